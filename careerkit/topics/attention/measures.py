"""What needs attention over all topics, in one list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pandas as pd

from careerkit.records import is_blank, typed_frame
from careerkit.records.settings import Settings
from careerkit.topics.assessment import snapshot
from careerkit.topics.coaching import measures as coaching
from careerkit.topics.feedback import measures as feedback
from careerkit.topics.goals.plan import Plan, plans
from careerkit.topics.learning import measures as learning
from careerkit.topics.networking import measures as networking
from careerkit.topics.tables import Row, Tables, columns, names

# Days after which each kind of thing usually comes back; what is later than that by as much again is twice as urgent.
USUAL = {
    "promise": 14,
    "step": 7,
    "check-in": 30,
    "goal": 30,
    "answer to feedback": 14,
    "feedback to close": 45,
    "credential": 90,
    "trend": 180,
    "self-assessment": 90,
    "assignment": 7,
    "comment": 14,
}
# These are listed so many days before.
AHEAD = {"assignment": coaching.SOON}
COLUMNS = columns("kind table record_id what: text; due_on: day; days_overdue: whole; urgency: number; records: text")


def list(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return what is due or slipping over all topics, the most urgent first.

    Formula
    -------
    urgency = days overdue / the usual interval of its kind; what is due on the day itself has 0, and what is due soon
    is below it. Contact:
    networking.due, by its cadence. Promise: by its day, else 14 days after the conversation; 14. Step of an active goal: by its
    day; 7. Check-in: 30 days after the last one, or after the start, of an active goal with a metric; 30. Goal: past its
    deadline and still active; 30. Answer to feedback: by the day hoped for, else 14 days after asking, while nothing
    came and nobody was reminded; 14. Feedback to close: 45 days after it came, until the giver was told; 45. Credential:
    from the day to begin its renewal; 90. Trend: 180 days after the last review, or after it was noted; 180.
    Self-assessment: 90 days after the last self rating, once there are skills; 90. Assignment: by its day, listed from 7 days
    before, until it is handed in; 7. Comment: from the day it was written, until you answer it or it is resolved; 14.
    """
    day = pd.Timestamp(on)
    found = [row for source in _SOURCES for row in source(tables, on, settings) if _is_due(row, day)]
    for row in found:
        row["days_overdue"] = (day - row["due_on"]).days
        row["urgency"] = row["days_overdue"] / row.pop("usual")
    return typed_frame(found, COLUMNS).sort_values(
        ["urgency", "due_on", "record_id"], ascending=[False, True, True], kind="stable", ignore_index=True
    )


def _is_due(row: Row, day: pd.Timestamp) -> bool:
    return not is_blank(row["due_on"]) and row["due_on"] <= day + pd.Timedelta(days=AHEAD.get(row["kind"], 0))


def _row(kind: str, table: str, key: str, what: str, due_on: Any, records: str = "", usual: int = 0) -> Row:
    row = {"kind": kind, "table": table, "record_id": key, "what": what, "due_on": due_on}
    return {**row, "usual": usual or USUAL[kind], "records": records or key}


def _after(day: Any, kind: str) -> Any:
    """Return the day on which a kind of thing is due when it last happened on a day."""
    return day + pd.Timedelta(days=USUAL[kind])


def _contacts(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Row]:
    for row in networking.due(tables, on, settings).to_dict("records"):
        yield _row("contact", "contacts", row["contact_id"], row["name"], row["due_on"], row["records"], int(row["cadence_days"]))


def _promises(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Row]:
    made = names(tables["interactions"], "happened_on")
    for row in networking.promises(tables, on).to_dict("records"):
        key = row["interaction_id"]
        due_on = _after(made[key], "promise") if is_blank(row["due_on"]) else row["due_on"]
        yield _row("promise", "interactions", key, row["follow_up"], due_on)


def _goals(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Row]:
    for plan in plans(tables, on):
        if plan.active:
            yield from _steps(plan)
            yield from _checked(plan)
            if not is_blank(plan.goal["deadline"]):
                # On its last day a goal is not late yet.
                yield _row("goal", "goals", plan.goal["id"], plan.goal["title"], plan.goal["deadline"] + pd.Timedelta(days=1))


def _steps(plan: Plan) -> Iterator[Row]:
    for step in plan.open_steps():
        yield _row("step", "action_steps", step["id"], step["title"], step["due_on"], f"{step['id']};{plan.goal['id']}")


def _checked(plan: Plan) -> Iterator[Row]:
    if plan.goal["metric"].strip():
        last = plan.check_ins[-1]["checked_on"] if plan.check_ins else plan.start
        records = ";".join([plan.goal["id"], *(row["id"] for row in plan.check_ins[-1:])])
        yield _row("check-in", "goals", plan.goal["id"], plan.goal["title"], _after(last, "check-in"), records)


def _feedback(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Row]:
    rows, day = tables["feedback"].set_index("id"), pd.Timestamp(on)
    for loop in feedback.loop(tables, on).to_dict("records"):
        key, row = loop["feedback_id"], rows.loc[loop["feedback_id"]]
        if loop["stage"] == "requested" and not row["reminded_on"] <= day:
            due_on = _after(row["requested_on"], "answer to feedback") if is_blank(row["due_on"]) else row["due_on"]
            yield _row("answer to feedback", "feedback", key, loop["giver"], due_on)
        elif loop["stage"] in ("received", "reflected", "decided", "acted"):
            yield _row("feedback to close", "feedback", key, loop["giver"], _after(row["received_on"], "feedback to close"))


def _credentials(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Row]:
    rows = learning.credentials(tables, on)
    for row in rows[rows["status"].isin(("to renew", "expired"))].to_dict("records"):
        yield _row("credential", "credentials", row["credential_id"], row["name"], row["renew_from"], row["records"])


def _trends(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Row]:
    trends = tables["trends"].set_index("id")
    noted = trends["noted_on"].fillna(trends["created_at"].dt.normalize())
    for row in learning.radar(tables, on).to_dict("records"):
        last = noted[row["trend_id"]] if is_blank(row["reviewed_on"]) else row["reviewed_on"]
        yield _row("trend", "trends", row["trend_id"], row["name"], _after(last, "trend"), row["records"])


def _assessment(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Row]:
    skills, own = snapshot.active_skills(tables, on), snapshot.own_ratings(tables, on)
    if len(skills):
        what = f"{len(skills)} skills" if len(skills) > 1 else "1 skill"
        if len(own):
            last = own.iloc[-1]
            yield _row("self-assessment", "skill_ratings", last["id"], what, _after(last["rated_on"], "self-assessment"))
        else:
            yield _row("self-assessment", "skills", skills["id"].iloc[0], what, skills["created_at"].min().normalize())


def _assignments(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Row]:
    rows = coaching.assignments(tables, on)
    for row in rows[rows["state"].isin(("assigned", "due soon", "overdue"))].to_dict("records"):
        yield _row("assignment", "assignments", row["assignment_id"], row["title"], row["due_on"])


def _comments(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Row]:
    rows = coaching.comments(tables, on, settings)
    for row in rows[rows["waits_for"] == coaching.OWNER].to_dict("records"):
        yield _row("comment", "comments", row["comment_id"], row["text"], row["written_on"], row["records"])


_SOURCES = (_contacts, _promises, _goals, _feedback, _credentials, _trends, _assessment, _assignments, _comments)
