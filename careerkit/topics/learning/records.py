"""What is written down about learning, credentials and how the field changes."""

from __future__ import annotations

from typing import Any

from careerkit import look
from careerkit.record import Choice, Date, Integer, Link, LongText, Number, Record, Reference, Text


class Credential(Record):
    """A certificate, course, degree or licence."""

    table = "credentials"
    noun = "credential"
    named_by = "name"
    rows = (("name", "kind"), ("provider", "status"), ("started_on", "earned_on", "expires_on"))

    name = Text(label="Name", required=True, example="Cloud architect certification")
    kind = Choice(label="Kind", choices=("certification", "course", "degree", "licence"))
    provider = Text(label="Given by")
    status = Choice(label="Status", choices=("planned", "in progress", "earned", "dropped"), default="planned")
    started_on = Date(label="Begun on")
    earned_on = Date(label="Earned on")
    expires_on = Date(label="Expires on", ahead=True, help="You will be told 90 days before.")
    cost = Number(label="Cost", low=0)
    link = Link(label="Link")
    skill_id = Reference(label="Skill it shows", table="skills")

    @classmethod
    def check(cls, values: dict[str, Any]) -> dict[str, str]:
        earned, expires = values["earned_on"], values["expires_on"]
        if earned and expires and expires < earned:
            return {"expires_on": f"It expires before it was earned, {look.long_day(earned)}. Choose a later day."}
        return {}


class LearningItem(Record):
    """Something to learn from."""

    table = "learning_items"
    noun = "learning item"
    named_by = "title"
    rows = (("title", "kind"), ("skill_id", "status"), ("started_on", "finished_on", "expected_hours"))

    title = Text(label="What is it?", required=True, example="A course on negotiation")
    kind = Choice(label="Kind", choices=("course", "book", "project", "experiment", "talk", "certification", "other"))
    skill_id = Reference(label="Skill it builds", table="skills")
    trend_id = Reference(label="Trend it answers", table="trends")
    status = Choice(label="Status", choices=("planned", "doing", "done", "dropped"), default="planned")
    started_on = Date(label="Begun on")
    finished_on = Date(label="Finished on")
    expected_hours = Number(label="Hours you expect", unit="hours", low=0)

    @classmethod
    def check(cls, values: dict[str, Any]) -> dict[str, str]:
        start, end = values["started_on"], values["finished_on"]
        if start and end and end < start:
            return {"finished_on": f"It was finished before it was begun, {look.long_day(start)}. Choose a later day."}
        return {}


class LearningLog(Record):
    """Time spent learning on a day."""

    table = "learning_log"
    noun = "study note"
    rows = (("item_id", "studied_on", "minutes"), ("takeaway",))

    studied_on = Date(label="On", required=True, default="today")
    item_id = Reference(label="With what?", table="learning_items")
    minutes = Integer(label="How long?", unit="minutes", low=1, high=1440, required=True)
    takeaway = LongText(label="What do you take from it?")


class Trend(Record):
    """Something that changes in your field."""

    table = "trends"
    noun = "trend"
    named_by = "name"
    rows = (("name", "quadrant"), ("why_it_matters",), ("my_response",))

    noted_on = Date(label="Noted on", default="today")
    name = Text(label="Trend", required=True, example="Forecasts written by machines")
    quadrant = Text(label="Area", help="Such as tools, methods, market or rules.")
    why_it_matters = LongText(label="Why does it matter to you?")
    my_response = LongText(label="What will you do about it?")
    retired_on = Date(label="No longer followed since")


class TrendReview(Record):
    """Where a trend stood when you last looked."""

    table = "trend_reviews"
    noun = "look at a trend"
    rows = (("trend_id", "reviewed_on", "ring"), ("note",))

    reviewed_on = Date(label="On", required=True, default="today")
    trend_id = Reference(label="Trend", table="trends", required=True)
    ring = Choice(label="Where is it now?", choices=("adopt", "trial", "assess", "hold"), required=True)
    note = Text(label="Why?")
