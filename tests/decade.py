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
        "role_fit": [{"rated_on": some.day(), "dimension": some.one("growth", "people", "meaning"), "score": some.one(1, 3, 5)} for _ in range(200)],
        "trend_reviews": [{"trend_id": some.one(*trends), "reviewed_on": some.day(), "ring": some.one("adopt", "trial", "hold")} for _ in range(200)],
        "learning_log": [{"studied_on": some.day(), "minutes": 45, "item_id": some.one(*items), "takeaway": "Ask first."} for _ in range(2000)],
        "credentials": [{"name": f"Paper {number}", "status": "earned", "earned_on": some.day(), "expires_on": "2026-12-01"} for number in range(20)],
        "check_ins": [{"goal_id": some.one(*goals), "checked_on": some.day(), "value": some.one(1, 4, 9), "confidence": 3} for _ in range(1500)],
        "action_steps": [{"goal_id": some.one(*goals), "title": "Write", "due_on": some.day(), "done_on": some.one(None, some.day())} for _ in range(400)],
        "goal_changes": [{"goal_id": some.one(*goals), "changed_on": some.day(), "field": "deadline", "was": "2026-06-30", "now": ""} for _ in range(60)],
        "feedback": [some.feedback(people, skills) for _ in range(200)],
        "achievements": [{"achieved_on": some.day(), "title": f"Win {number}", "impact": some.one("myself", "beyond")} for number in range(250)],
        "brand": [{"reviewed_on": some.day(), "channel": some.one("My page", "A talk"), "intended_words": "clear;brave"} for _ in range(120)],
        "reflections": [{"written_on": some.day(), "topic": "goals", "prompt": "What kept you?", "answer": "Time."} for _ in range(200)],
    }  # fmt: skip
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

    def people(self, amount: int) -> Rows:
        return [
            {
                "name": f"Person {number}", "organisation": f"Firm {number % 40}", "closeness": 1 + number % 5, "met_on": self.day(),
                "cadence_days": self.one(None, 30, 90, 180), "relationship": self.one("mentor", "colleague", "friend", "sponsor"),
            }
            for number in range(amount)
        ]  # fmt: skip

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
            made.append(
                {
                    "title": f"Reach goal number {number}",
                    "metric": "talks",
                    "target": 10,
                    "status": status,
                    "skill_id": self.one(*skills),
                    **days,
                }
            )
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
        return {
            "requested_on": asked,
            "received_on": came,
            "contact_id": self.one(*people),
            "question": "What less?",
            "skill_id": self.one(*skills),
            **after,
        }
