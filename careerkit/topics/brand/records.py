"""What is written down about what you did and what you are known for."""

from __future__ import annotations

from careerkit.records import Choice, Date, Link, LongText, Record, Reference, References, Scale, Text, Words


class Achievement(Record):
    """A win."""

    table = "achievements"
    noun = "win"
    named_by = "title"
    rows = (("title", "achieved_on"), ("result",), ("impact", "metric"))

    achieved_on = Date(label="When?", help="The day it was done.", required=True, default="today")
    title = Text(
        label="What did you do?", help="Begin with a verb.", required=True, example="Cut the month-end close from nine days to four"
    )
    situation = LongText(label="How was it before?", help="What was hard, slow or missing.")
    action = LongText(label="What did you do about it?", help="Two or three sentences.")
    result = LongText(label="What came of it?", help="A number helps.")
    my_part = LongText(label="Your own part in it", help="What would not have happened without you.")
    impact = Choice(label="Who gained from it?", help="How far it reached.", choices=("myself", "team or class", "organisation", "beyond"))
    metric = Text(label="The number that shows it", help="From what to what.")
    skill_ids = References(label="Skills it took", help="Those that it shows.", table="skills")
    goal_id = Reference(label="Goal it belongs to", help="If it was part of one.", table="goals")
    link = Link(label="Evidence", help="A link to something people can look at.")


class BrandReview(Record):
    """How you appear in one place on a day."""

    table = "brand"
    noun = "look at yourself"
    named_by = "channel"
    rows = (("channel", "reviewed_on"), ("headline",), ("intended_words", "heard_words"), ("score", "next_step"))

    reviewed_on = Date(label="On", help="The day you looked.", required=True, default="today")
    channel = Text(label="Where?", help="A page, a talk or a meeting.", required=True, example="My profile page")
    headline = Text(label="What it says first", help="The first line that others see.")
    intended_words = Words(label="Words you would like to hear", help="Separate them with semicolons.")
    heard_words = Words(label="Words that others used", help="Separate them with semicolons.")
    score = Scale(label="How well does it fit you?", low=1, high=5, ends=("not at all", "fully"), help="1 not at all, 5 fully.")
    next_step = Text(label="What would you change first?", help="The smallest change that helps.")
