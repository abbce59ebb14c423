"""What is written down at the end of a period."""

from __future__ import annotations

from careerkit.record import Date, LongText, Record, Scale, Text


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
