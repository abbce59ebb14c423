"""What holds for measures of any workbook, and for networking.due against the same reckoning in plain loops."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import frames
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerkit import topics
from careerkit.topics.goals.forecast import reached

FIRST = dt.date(2026, 1, 1)
CADENCE = {5: 30}
Rows = list[dict[str, Any]]


class Chance:
    """Rows as people leave them: fields blank, days in any order, names of rows that are gone."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.on = FIRST + dt.timedelta(self.random.randrange(-10, 420))
        self.contacts = [self.contact(n) for n in range(self.random.randrange(12))]
        self.interactions = [self.interaction(n) for n in range(self.random.randrange(30))]
        goals = [self.goal(n) for n in range(self.random.randrange(6))]
        self.tables = frames.tables(
            **self.skills_and_roles(),
            contacts=self.contacts,
            interactions=self.interactions,
            goals=goals,
            goal_changes=self.several(6, lambda: self.change(goals)),
            action_steps=self.several(15, lambda: self.step(goals)),
            check_ins=self.several(30, lambda: self.check_in(goals)),
            **self.learning(),
            achievements=self.several(12, self.win),
            brand=self.several(12, self.appearance),
            feedback=self.several(12, lambda: self.feedback(goals)),
        )

    def several(self, most: int, row: Any) -> Rows:
        return [row() for _ in range(self.random.randrange(most))]

    def one(self, *values: Any) -> Any:
        return self.random.choice(values)

    def day(self, chance: float = 0.5) -> str | None:
        found = FIRST + dt.timedelta(self.random.randrange(400))
        return found.isoformat() if self.random.random() < chance else None

    def contact(self, number: int) -> dict[str, Any]:
        days = {"met_on": self.day(0.3), "archived_on": self.day(0.2), "created_at": f"{self.day(1)}T08:00:00Z"}
        reach = {"closeness": self.one(None, 1, 5), "cadence_days": self.one(None, 7, 40)}
        return {
            "id": f"c{number}",
            "name": "Maya Lindt",
            "skill_ids": self.one("", "s1", "s2;gone"),
            "organisation": self.one("", "Acme", "ACME ", "Brook"),
            **days,
            **reach,
        }

    def interaction(self, number: int) -> dict[str, Any]:
        people = ";".join(self.random.choices([*(row["id"] for row in self.contacts), "gone"], k=self.random.randrange(4)))
        said = {"kind": self.one("call", "message", "note", "post"), "direction": self.one("", "gave", "received", "mutual")}
        promise = {"follow_up": "Write", "follow_up_due": self.day(), "follow_up_done_on": self.day()} if self.one(0, 1) else {}
        return {"id": f"i{number}", "happened_on": self.day(0.8), "planned_on": "2026-05-05", "contact_ids": people, **said, **promise}

    def goal(self, number: int) -> dict[str, Any]:
        start = FIRST + dt.timedelta(self.random.randrange(200))
        later = [start + dt.timedelta(self.random.randrange(1, 200)) for _ in range(2)]
        days = {"started_on": self.one(None, start), "deadline": self.one(None, later[0]), "closed_on": self.one(None, None, later[1])}
        numbers = {"baseline": self.one(None, 0, 2), "target": self.one(None, 2, 10), "metric": self.one("", "talks")}
        return {"id": f"g{number}", "title": "Lead", "status": self.one("active", "done", "paused"), **days, **numbers}

    def change(self, goals: Rows) -> dict[str, Any]:
        field, was = self.one("deadline", "target", "closed_on", "started_on", "luck"), self.one("", "2026-05-01", "7", "soon")
        return {"goal_id": self.of(goals), "changed_on": self.day(1), "field": field, "was": was}

    def step(self, goals: Rows) -> dict[str, Any]:
        return {"goal_id": self.of(goals), "title": "Write", "due_on": self.day(), "done_on": self.day()}

    def check_in(self, goals: Rows) -> dict[str, Any]:
        said = {"value": self.one(None, 0, 1, 3, 5, 9, 12), "confidence": self.one(None, 1, 3, 5)}
        return {"goal_id": self.of(goals), "checked_on": self.day(1), **said}

    def skills_and_roles(self) -> dict[str, Rows]:
        return {
            "positions": self.several(4, lambda: {"title": "Analyst", "started_on": self.day(0.8)}),
            "skills": [self.skill(n) for n in range(self.random.randrange(8))],
            "roles": [
                {"id": f"r{n}", "name": "Lead", "noted_on": self.day(), "status": self.one("", "chosen", "dropped")} for n in range(3)
            ],
            "role_targets": self.several(12, self.role_target),
            "skill_ratings": self.several(60, self.rating),
            "role_fit": self.several(
                30,
                lambda: {"rated_on": self.day(1), "dimension": self.one("growth", "Growth ", "people"), "score": self.one(1, 2, 3, 4, 5)},
            ),
        }

    def skill(self, number: int) -> dict[str, Any]:
        wanted = {"importance": self.one(None, 1, 5), "target_level": self.one(None, 0, 5), "retired_on": self.day(0.2)}
        return {"id": f"s{number}", "name": "Writing", "created_at": f"{self.day(1)}T08:00:00Z", **wanted}

    def some_skill(self) -> str:
        return self.one("gone", "s0", "s1", "s2", "s3")

    def role_target(self) -> dict[str, Any]:
        asked = {"level": self.one(None, 0, 3, 5), "importance": self.one(None, 1, 5)}
        return {"role_id": self.one("gone", "r0", "r1"), "skill_id": self.some_skill(), **asked}

    def learning(self) -> dict[str, Rows]:
        trends = [self.trend(n) for n in range(self.random.randrange(5))]
        items = [self.item(n, trends) for n in range(self.random.randrange(6))]
        return {
            "trends": trends,
            "trend_reviews": self.several(12, lambda: self.trend_review(trends)),
            "learning_items": items,
            "learning_log": self.several(40, lambda: self.study(items)),
            "credentials": self.several(6, self.credential),
        }

    def trend(self, number: int) -> dict[str, Any]:
        return {"id": f"t{number}", "name": "Voice", "noted_on": self.day(), "retired_on": self.day(0.2)}

    def trend_review(self, trends: Rows) -> dict[str, Any]:
        return {
            "id": f"r{self.random.random()}",
            "trend_id": self.of(trends),
            "reviewed_on": self.day(1),
            "ring": self.one("adopt", "hold"),
        }

    def item(self, number: int, trends: Rows) -> dict[str, Any]:
        said = {"status": self.one("", "planned", "doing", "done", "dropped"), "expected_hours": self.one(None, 0, 9)}
        said |= {"kind": self.one("", "book", "experiment"), "skill_id": self.one("", "s1")}
        days = sorted(filter(None, (self.day(), self.day())))
        known = dict(zip(self.one(("started_on", "finished_on"), ("finished_on",)), days, strict=False))
        return {"id": f"l{number}", "title": "Negotiation", "trend_id": self.of(trends), **said, **known}

    def study(self, items: Rows) -> dict[str, Any]:
        said = {"minutes": self.one(1, 45, 600), "takeaway": self.one("", "Ask first.")}
        return {"studied_on": self.day(1), "item_id": self.one("", self.of(items)), **said}

    def credential(self) -> dict[str, Any]:
        days = sorted((self.day(1), self.day(1)))
        told = self.one({"earned_on": days[0]}, {"started_on": days[0]}, {})
        status = self.one("", "planned", "in progress", "earned", "dropped")
        return {"name": "Boat licence", "status": status, "expires_on": self.one(None, days[1]), "renewal_days": self.one(None, 9), **told}

    def win(self) -> dict[str, Any]:
        told = {name: self.one("", "So") for name in ("situation", "action", "result")}
        return {
            "achieved_on": self.day(1),
            "title": "Cut the close",
            "impact": self.one("", "myself", "beyond"),
            "skill_ids": self.one("", "s0", "s1;gone"),
            **told,
        }

    def appearance(self) -> dict[str, Any]:
        words = {name: self.one("", "clear", "Clear;brave", "calm;;calm") for name in ("intended_words", "heard_words")}
        return {"reviewed_on": self.day(1), "channel": self.one("My page", "my page ", "A talk"), "score": self.one(None, 1, 5), **words}

    def rating(self) -> dict[str, Any]:
        who = {
            "rater": self.one("self", "self", "manager", "peer", "report", "coach", "other"),
            "rater_name": self.one("", "A", "B", "b ", "C"),
        }
        said = {"level": self.one(0, 2, 3, 5), "enjoyment": self.one(None, 1, 3, 5), "evidence": self.one("", "Ran the close")}
        return {"skill_id": self.some_skill(), "rated_on": self.day(1), "feedback_id": self.one("", "f1"), **who, **said}

    def feedback(self, goals: Rows) -> dict[str, Any]:
        asked = self.day(0.7)
        # Received no sooner than asked, as the form holds; the later days stand as somebody typed them.
        received = max(self.day(1), asked or "") if self.one(0, 1) else None
        later = {name: self.day(0.4) for name in ("reminded_on", "declined_on", "reflected_on", "decided_on", "acted_on", "followed_up_on")}
        return {"requested_on": asked, "received_on": received, "goal_id": self.of(goals), "skill_id": self.one("", "s0", "s1"), **later}

    def of(self, goals: Rows) -> str:
        return self.one("gone", *(row["id"] for row in goals))

    def measured(self, name: str) -> pd.DataFrame:
        return topics.measure(name, self.tables, self.on, frames.settings(cadence=CADENCE))


@pytest.fixture(scope="module", params=range(5))
def chance(request: pytest.FixtureRequest) -> Chance:
    return Chance(request.param)


@pytest.mark.parametrize("name", topics.MEASURES)
def test_any_workbook_is_measured_twice_alike_and_left_as_it_was(chance: Chance, name: str) -> None:
    before = {table: frame.copy(deep=True) for table, frame in chance.tables.items()}
    pd.testing.assert_frame_equal(chance.measured(name), chance.measured(name))
    for table, frame in chance.tables.items():
        pd.testing.assert_frame_equal(frame, before[table])


def test_shares_and_indicators_stay_within_0_and_1(chance: Chance) -> None:
    shares = chance.measured("networking.concentration")["share"]
    assert shares.empty or shares.sum() == pytest.approx(1)
    assert chance.measured("habits.indicators")["value"].dropna().between(0, 1).all()
    assert chance.measured("goals.pace")["elapsed"].dropna().between(0, 1).all()


def test_gaps_agree_with_plain_loops(chance: Chance) -> None:
    """Own skills on the day, each with the last self rating by then."""
    rows = chance.measured("assessment.gaps")
    found = {row["skill_id"]: None if pd.isna(row["gap"]) else row["gap"] for _, row in rows.iterrows()}
    day, ratings = pd.Timestamp(chance.on), chance.tables["skill_ratings"]
    expected = {}
    for skill in chance.tables["skills"].to_dict("records"):
        first = min(moment for moment in (skill["created_at"], skill["retired_on"]) if not pd.isna(moment)).normalize()
        if first > day or skill["retired_on"] <= day:
            continue
        mine = [
            row
            for row in ratings.to_dict("records")
            if row["skill_id"] == skill["id"] and row["rater"] == "self" and row["rated_on"] <= day
        ]
        level = max(mine, key=lambda row: (row["rated_on"], row["id"]))["level"] if mine else None
        wanted = skill["target_level"]
        expected[skill["id"]] = None if pd.isna(wanted) or level is None else wanted - level
    assert found == expected


def test_the_streak_agrees_with_going_back_week_by_week(chance: Chance) -> None:
    days = [day.date() for day in chance.tables["learning_log"]["studied_on"] if day.date() <= chance.on]
    weeks, (year, week, _) = {day.isocalendar()[:2] for day in days}, chance.on.isocalendar()
    monday, streak = dt.date.fromisocalendar(year, week, 1), 0
    if monday.isocalendar()[:2] not in weeks:
        monday -= dt.timedelta(7)
    while monday.isocalendar()[:2] in weeks:
        monday, streak = monday - dt.timedelta(7), streak + 1
    assert list(chance.measured("learning.pace")["streak_weeks"]) == [streak]


def test_of_fewer_than_three_others_nothing_is_told(chance: Chance) -> None:
    spots = chance.measured("feedback.blind_spots")
    assert (spots[spots["source"] == "others"]["raters"] >= 3).all()
    assert (spots[spots["source"] != "others"]["raters"] == 1).all()


def test_no_later_stage_of_feedback_counts_more_than_an_earlier_one(chance: Chance) -> None:
    counts = chance.measured("feedback.closure")["count"].tolist()
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == len(chance.measured("feedback.loop"))


def test_due_agrees_with_plain_loops(chance: Chance) -> None:
    rows = chance.measured("networking.due")
    found = [tuple(row) for row in rows[["contact_id", "days_overdue", "priority"]].itertuples(index=False)]
    expected = [row for row in (_due(chance, contact) for contact in chance.contacts) if row]
    assert found == sorted(expected, key=lambda row: (-row[2], row[0]))


def _due(chance: Chance, contact: dict[str, Any]) -> tuple[str, int, float] | None:
    added, met, archived = (_day(contact[name]) for name in ("created_at", "met_on", "archived_on"))
    cadence = contact["cadence_days"] or CADENCE.get(contact["closeness"])
    known = min(day for day in (added, met, archived) if day) <= chance.on
    if not known or not cadence or (archived and archived <= chance.on):
        return None
    days = [_day(row["happened_on"]) for row in chance.interactions if _speaks(row, contact["id"])]
    spoken = [day for day in days if day and day <= chance.on]
    since = max(spoken) if spoken else max(day for day in (added, met) if day)
    late = (chance.on - since).days - cadence
    return contact["id"], late, late / cadence


def _speaks(row: dict[str, Any], contact: str) -> bool:
    return row["kind"] not in ("note", "post", "comment") and contact in row["contact_ids"].split(";")


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def test_every_win_up_to_the_day_counts_in_one_quarter(chance: Chance) -> None:
    wins, quarters = chance.measured("brand.wins"), chance.measured("brand.quarters")
    assert quarters["wins"].sum() == len(wins)
    assert (quarters[["beyond", "organisation", "team", "myself"]].sum(axis=1) <= quarters["wins"]).all()


VALUES = st.lists(st.tuples(st.integers(0, 1000), st.integers(-50, 50)), min_size=1, max_size=12)


@given(told=VALUES, baseline=st.integers(-20, 20), target=st.integers(-20, 20))
def test_a_forecasts_days_are_in_order(told: list[tuple[int, int]], baseline: int, target: int) -> None:
    days = reached([day for day, _ in told], [value for _, value in told], baseline, target)
    there = [day for day in days if day == day]
    assert there == sorted(there)
