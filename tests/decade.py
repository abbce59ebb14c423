"""Ten years of somebody's records, the same ones each time: 2017 to 2026, as much as a diligent person writes down."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

from careerkit import Workbook

FIRST, LAST = dt.date(2017, 1, 2), dt.date(2026, 10, 11)
KINDS = ("conversation", "call", "message", "event", "informational interview", "introduction", "post", "comment", "note")
RATERS = ("self", "self", "self", "manager", "peer", "peer", "report", "coach", "other")
Rows = list[dict[str, Any]]


def workbook(folder: Path) -> Workbook:
    """Make the workbook; what is planned lies ahead of its last day."""
    book, some = Workbook.create(folder, owner="Maya Lindt"), Some(random.Random(2017))
    people = book.add_many("contacts", some.people(300))
    skills = book.add_many(
        "skills", [{"name": f"Skill {number}", "importance": 1 + number % 5, "target_level": 3 + number % 3} for number in range(25)]
    )
    roles = book.add_many("roles", [{"name": f"Role {number}", "noted_on": FIRST, "status": "exploring"} for number in range(6)])
    book.add_many(
        "role_targets", [{"role_id": role, "skill_id": skill, "level": 4, "importance": 3} for role in roles for skill in skills[:8]]
    )
    events = book.add_many("events", [{"name": f"Days {number}", "starts_on": some.day(), "attended": True} for number in range(40)])
    trends = book.add_many("trends", [{"name": f"Trend {number}", "noted_on": FIRST} for number in range(20)])
    items = book.add_many("learning_items", some.items(80, skills, trends))
    goals = book.add_many("goals", some.goals(80, skills))
    later: dict[str, Rows] = {
        "interactions": [some.talk(people, events) for _ in range(2500)],
        "skill_ratings": [some.rating(skills) for _ in range(1500)],
        "role_fit": some.rows(200, rated_on=some.day, dimension=("growth", "people", "meaning"), score=(1, 3, 5)),
        "trend_reviews": some.rows(200, trend_id=tuple(trends), reviewed_on=some.day, ring=("adopt", "trial", "hold")),
        "learning_log": some.rows(2000, studied_on=some.day, minutes=45, item_id=tuple(items), takeaway="Ask first."),
        "credentials": some.rows(20, name="Paper {}", status="earned", earned_on=some.day, expires_on="2026-12-01"),
        "check_ins": some.rows(1500, goal_id=tuple(goals), checked_on=some.day, value=(1, 4, 9), confidence=3),
        "action_steps": some.rows(400, goal_id=tuple(goals), title="Write", due_on=some.day, done_on=some.day_or_none),
        "goal_changes": some.rows(60, goal_id=tuple(goals), changed_on=some.day, field="deadline", was="2026-06-30", now=""),
        "feedback": [some.feedback(people, skills) for _ in range(200)],
        "achievements": some.rows(250, achieved_on=some.day, title="Win {}", impact=("myself", "beyond")),
        "brand": some.rows(120, reviewed_on=some.day, channel=("My page", "A talk"), intended_words="clear;brave"),
        "reflections": some.rows(200, written_on=some.day, topic="goals", prompt="What kept you?", answer="Time."),
    }
    for table, rows in later.items():
        book.add_many(table, rows)
    return book


class Some:
    """Picks days, names and numbers.

    Parameters
    ----------
    chance : Random
        Where they come from.
    """

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def one(self, *values: Any) -> Any:
        return self.chance.choice(values)

    def day(self) -> dt.date:
        return FIRST + dt.timedelta(self.chance.randrange((LAST - FIRST).days))

    def day_or_none(self) -> dt.date | None:
        return self.one(None, self.day())

    def rows(self, amount: int, **cells: Any) -> Rows:
        """Return so many rows: a cell is one of a tuple's values, what a function gives, or a text with the row's number at {}."""
        return [{name: self._cell(cell, number) for name, cell in cells.items()} for number in range(amount)]

    def _cell(self, cell: Any, number: int) -> Any:
        if isinstance(cell, tuple):
            return self.one(*cell)
        return cell() if callable(cell) else cell.format(number) if isinstance(cell, str) else cell

    def people(self, amount: int) -> Rows:
        own = [{"organisation": f"Firm {number % 40}", "closeness": 1 + number % 5} for number in range(amount)]
        relationship = ("mentor", "colleague", "friend", "sponsor")
        made = self.rows(amount, name="Person {}", met_on=self.day, cadence_days=(None, 30, 90, 180), relationship=relationship)
        return [{**row, **more} for row, more in zip(made, own, strict=True)]

    def items(self, amount: int, skills: list[str], trends: list[str]) -> Rows:
        made = []
        for number in range(amount):
            begun = self.day()
            done = self.one(None, begun + dt.timedelta(60))
            status = "done" if done else self.one("doing", "dropped")
            own = {"skill_id": self.one(*skills), "trend_id": self.one("", *trends), "expected_hours": 20}
            made.append({"title": f"Course {number}", "started_on": begun, "finished_on": done, "status": status, **own})
        return made

    def goals(self, amount: int, skills: list[str]) -> Rows:
        made = []
        for number in range(amount):
            begun = self.day()
            closed = begun + dt.timedelta(150) if number % 8 else None
            status = self.one("done", "dropped", "paused") if closed else "active"
            days = {"started_on": begun, "deadline": max(begun + dt.timedelta(180), LAST if not closed else begun), "closed_on": closed}
            plan = {"title": f"Reach goal number {number}", "metric": "talks", "target": 10, "skill_id": self.one(*skills)}
            made.append({**plan, "status": status, **days})
        return made

    def talk(self, people: list[str], events: list[str]) -> dict[str, Any]:
        promise = {"follow_up": "Send it", "follow_up_done_on": self.one(None, LAST, LAST)} if self.one(0, 0, 1) else {}
        told = {"kind": self.one(*KINDS), "direction": self.one("gave", "received", "mutual"), "summary": "About work"}
        who = ";".join(self.chance.sample(people, self.one(1, 1, 2)))
        return {"happened_on": self.day(), "contact_ids": who, "event_id": self.one("", "", *events), **told, **promise}

    def rating(self, skills: list[str]) -> dict[str, Any]:
        rater = self.one(*RATERS)
        name = "" if rater == "self" else f"Rater {self.chance.randrange(9)}"
        told = {"level": self.chance.randrange(6), "enjoyment": 1 + self.chance.randrange(5), "evidence": self.one("", "Ran the close")}
        return {"rated_on": self.day(), "skill_id": self.one(*skills), "rater": rater, "rater_name": name, **told}

    def feedback(self, people: list[str], skills: list[str]) -> dict[str, Any]:
        asked = self.day()
        came = self.one(None, asked + dt.timedelta(10))
        after = {"reflected_on": came and came + dt.timedelta(1), "followed_up_on": came and self.one(None, came + dt.timedelta(30))}
        about = {"contact_id": self.one(*people), "question": "What less?", "skill_id": self.one(*skills)}
        return {"requested_on": asked, "received_on": came, **about, **after}
