"""What is written down at the end of a period."""

from __future__ import annotations

from careerkit.records import Choice, Date, Integer, LongText, Record, References, Scale, Text, Words


class Review(Record):
    """A look back on a period, and what comes next."""

    table = "reviews"
    noun = "review"
    named_by = "period"
    rows = (("period", "written_on"), ("wins",), ("lessons",), ("last_focus_outcome",), ("next_focus",), ("satisfaction",))

    period = Text(label="Period", help="Such as 2026Q3, 2026-09 or FY2026Q3.", required=True, example="2026Q3")
    written_on = Date(label="Written on", help="The day you looked back.", required=True, default="today")
    wins = LongText(label="What went well?", help="Small ones count.")
    lessons = LongText(label="What did you learn?", help="What you would do differently.")
    last_focus_outcome = LongText(label="What became of what you had planned?", help="Yes, partly or no, and why.")
    next_focus = LongText(label="What will you focus on next?", help="One a line; three are plenty.")
    satisfaction = Scale(label="How satisfied are you?", low=1, high=5, ends=("not at all", "fully"), help="1 not at all, 5 fully.")


class Appraisal(Record):
    """One heading of somebody else's form, and the draft of what goes below it.

    A table of its own, and not a kind of reflection: a draft is written over many times, its headings have an order and a
    limit, and it knows which wins it uses. As a record it is saved, undone, backed up and found in a CSV like any other.
    """

    table = "appraisals"
    noun = "part of an appraisal"
    named_by = "heading"
    rows = (("period", "position"), ("heading",), ("limit", "counted_in"), ("text",))

    period = Text(label="Period", help="Such as 2026 or 2026Q3.", required=True, example="2026")
    position = Integer(label="Place in the form", help="1 is the first heading.", low=1)
    heading = Text(label="Heading", help="As the form words it.", required=True, example="Key achievements")
    limit = Integer(label="Limit", help="Empty where the form names none.", low=1)
    counted_in = Choice(label="What the limit counts", help="Characters or words.", choices=("characters", "words"), default="characters")
    text = LongText(label="Draft", help="What you will copy into the form.")
    achievement_ids = References(label="Wins it uses", help="Those placed under this heading.", table="achievements")
    figures = Words(label="Figures it uses", help="Those placed under this heading.")
