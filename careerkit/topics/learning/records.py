"""What is written down about learning, credentials and how the field changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from careerkit.records import Choice, Date, Integer, Link, LongText, Number, Record, Reference, Text, is_blank


def item_days(values: dict[str, Any], today: dt.date) -> dict[str, Any]:
    """Return the days that follow from a learning item's status, where none was given."""
    status, days = values.get("status"), {}
    if status in ("doing", "done") and is_blank(values.get("started_on")) and is_blank(values.get("finished_on")):
        days["started_on"] = today
    if status == "done" and is_blank(values.get("finished_on")):
        days["finished_on"] = today
    return days


class Credential(Record):
    """A certificate, course, degree or licence."""

    table = "credentials"
    noun = "credential"
    named_by = "name"
    rows = (("name", "kind"), ("provider", "status"), ("started_on", "earned_on"), ("expires_on", "renewal_days"))
    order = (("earned_on", "expires_on", "It expires before it was earned"),)

    name = Text(label="Name", help="As on the certificate.", required=True, example="Cloud architect certification")
    kind = Choice(label="Kind", help="What sort of proof it is.", choices=("certification", "course", "degree", "licence"))
    provider = Text(label="Issued by", help="Who issues it.")
    status = Choice(
        label="Status", help="How far you are with it.", choices=("planned", "in progress", "earned", "dropped"), default="planned"
    )
    started_on = Date(label="Started on", help="Empty while it is planned.")
    earned_on = Date(label="Earned on", help="The date on the certificate.")
    expires_on = Date(label="Expires on", ahead=True, help="Empty if it never expires.")
    cost = Number(label="Cost", help="What it costs you, in your own currency.", low=0)
    link = Link(label="Link", help="Where others can check it.")
    skill_id = Reference(label="Skill it shows", help="The one it shows best.", table="skills")
    renewal_days = Integer(
        label="Begin the renewal this long before", unit="days", low=1, high=3650, help="Empty: you will be told 90 days before it expires."
    )


class LearningItem(Record):
    """Something to learn from."""

    table = "learning_items"
    noun = "learning item"
    named_by = "title"
    rows = (("title", "kind"), ("skill_id", "status"), ("started_on", "finished_on", "expected_hours"))
    order = (("started_on", "finished_on", "It was finished before it was started"),)

    title = Text(label="What is it?", help="As you would look for it.", required=True, example="A course on negotiation")
    kind = Choice(
        label="Kind",
        help="What sort of learning it is.",
        choices=("course", "book", "project", "experiment", "talk", "certification", "other"),
    )
    skill_id = Reference(label="Skill it builds", help="The one you do it for.", table="skills")
    trend_id = Reference(label="Trend it answers", help="If it helps you with something new in your field.", table="trends")
    status = Choice(label="Status", help="How far you are with it.", choices=("planned", "doing", "done", "dropped"), default="planned")
    started_on = Date(label="Started on", help="Empty while it is planned.")
    finished_on = Date(label="Finished on", help="Empty until you finish.")
    expected_hours = Number(label="Expected", help="A guess is fine.", unit="hours", low=0)


class LearningLog(Record):
    """Time spent learning on a day."""

    table = "learning_log"
    noun = "study note"
    rows = (("item_id", "studied_on", "minutes"), ("takeaway",))

    studied_on = Date(label="On", help="The day you studied.", required=True, default="today")
    item_id = Reference(label="With what?", help="Empty if it belongs to none.", table="learning_items")
    minutes = Integer(label="How long?", help="Ten minutes count too.", unit="minutes", low=1, high=1440, required=True)
    takeaway = LongText(label="What do you take from it?", help="One sentence that you would tell a colleague.")


class Trend(Record):
    """Something that changes in your field."""

    table = "trends"
    noun = "trend"
    named_by = "name"
    rows = (("name", "quadrant"), ("why_it_matters",), ("my_response",))

    noted_on = Date(label="Noted on", help="When you first noticed it.", default="today")
    name = Text(label="Trend", help="In a few words.", required=True, example="Forecasts written by machines")
    quadrant = Text(label="Area", help="Such as tools, methods, market or rules.")
    why_it_matters = LongText(label="Why does it matter to you?", help="What becomes harder or easier for you.")
    my_response = LongText(label="What will you do about it?", help="The smallest useful step.")
    retired_on = Date(label="No longer followed since", help="Its history is kept; it no longer counts as one to watch.")


class TrendReview(Record):
    """Where you placed a trend when you last looked at it."""

    table = "trend_reviews"
    noun = "look at a trend"
    rows = (("trend_id", "reviewed_on", "ring"), ("note",))

    reviewed_on = Date(label="On", help="The day you looked.", required=True, default="today")
    trend_id = Reference(label="Trend", help="The one you looked at.", table="trends", required=True)
    ring = Choice(
        label="Where is it now?",
        help="adopt: use it; trial: try it; assess: watch it; hold: leave it.",
        choices=("adopt", "trial", "assess", "hold"),
        required=True,
    )
    note = Text(label="Why?", help="What you saw since last time.")
