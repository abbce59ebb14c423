"""What happened from one day to another, over all topics, in numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from careerkit.records import join_list, split_list, typed_frame
from careerkit.records.settings import Settings
from careerkit.topics.assessment import measures as assessment
from careerkit.topics.brand import measures as brand
from careerkit.topics.feedback.loop import reached
from careerkit.topics.goals.plan import plans
from careerkit.topics.learning import measures as learning
from careerkit.topics.networking import measures as networking
from careerkit.topics.networking.records import Contact
from careerkit.topics.tables import Tables, columns
from careerkit.topics.windows import within

Row = tuple[str, float, float | None, str, Iterable[str]]
COUNTS = columns("figure: text; value of: number; formula records: text")
QUARTER = 91
WIDE = ("organisation", "beyond")
# What became of feedback in a period: its name and the day that says so.
FEEDBACK = {
    "feedback asked for": "requested_on",
    "feedback received": "received_on",
    "feedback thought over": "reflected_on",
    "feedback decided on": "decided_on",
    "feedback acted on": "acted_on",
    "givers told": "followed_up_on",
}


def counts(tables: Tables, on: dt.date, settings: Settings, since: dt.date | None = None) -> pd.DataFrame:
    """Return what was done from one day to another, a figure a row: wins, goals, people, study, feedback, skills, coaching.

    Formula
    -------
    Each figure's own is in the column formula; the period runs from the first day (default: 91 days up to the day) to
    the day, both counted. of = the whole of which value is a part, or the target it is measured against.
    """
    first = since or on - dt.timedelta(days=QUARTER - 1)
    figures = [row for part in _PARTS for row in part(tables, on, first, settings)]
    rows = [dict(zip(COUNTS, (*row[:4], join_list(row[4])), strict=True)) for row in figures]
    return typed_frame(rows, COUNTS)


def _wins(tables: Tables, on: dt.date, first: dt.date, settings: Settings) -> Iterator[Row]:
    won = brand.wins(tables, on, since=first)
    wide = won[won["impact"].isin(WIDE)]
    yield "wins", len(won), None, "wins achieved in the period", won["achievement_id"]
    formula = "of these, wins from which the organisation or people beyond it gained"
    yield "wins that reached further", len(wide), len(won), formula, wide["achievement_id"]


def _goals(tables: Tables, on: dt.date, first: dt.date, settings: Settings) -> Iterator[Row]:
    known, start = list(plans(tables, on)), pd.Timestamp(first)
    closed = [plan for plan in known if plan.status != "active" and plan.day >= start]
    done = [plan for plan in closed if plan.status == "done"]
    stopped = [plan for plan in closed if plan.status != "done"]
    begun = [plan for plan in known if start <= plan.start <= pd.Timestamp(on)]
    steps = tables["action_steps"]
    steps = steps[within(steps["done_on"], first, on)]
    yield "goals finished", len(done), None, "goals closed as done in the period", (plan.goal["id"] for plan in done)
    yield "goals paused or dropped", len(stopped), None, "goals paused or dropped in the period", (plan.goal["id"] for plan in stopped)
    yield "goals begun", len(begun), None, "goals whose start lies in the period", (plan.goal["id"] for plan in begun)
    yield "steps done", len(steps), None, "action steps done in the period", steps["id"]


def _people(tables: Tables, on: dt.date, first: dt.date, settings: Settings) -> Iterator[Row]:
    spoken = networking.spoken(tables, on)
    inside = spoken[spoken["happened_on"] >= pd.Timestamp(first)]
    before = set(spoken[spoken["happened_on"] < pd.Timestamp(first)]["contact_id"])
    new = inside[~inside["contact_id"].isin(before)]
    contacts = Contact.known(tables["contacts"], on)
    added = contacts[~contacts["id"].isin(Contact.known(tables["contacts"], first - dt.timedelta(days=1))["id"])]
    kept = tables["interactions"]
    kept = kept[within(kept["follow_up_done_on"], first, on)]
    people = inside["contact_id"].nunique()
    yield "people spoken to", people, None, "different people spoken to in the period (networking.spoken)", _ids(inside)
    formula = "of these, people without a talk before the period"
    yield "people spoken to for the first time", new["contact_id"].nunique(), people, formula, _ids(new)
    yield "contacts added", len(added), None, "contacts met or written down in the period", added["id"]
    yield "promises kept", len(kept), None, "follow-ups done in the period", kept["id"]


def _ids(spoken: pd.DataFrame) -> Iterator[str]:
    yield from spoken["contact_id"]
    yield from spoken["interaction_id"]


def _study(tables: Tables, on: dt.date, first: dt.date, settings: Settings) -> Iterator[Row]:
    log, items, credentials = tables["learning_log"], tables["learning_items"], tables["credentials"]
    log = log[within(log["studied_on"], first, on)]
    target = settings.weekly_learning_hours * ((on - first).days + 1) / 7
    noted = log[log["takeaway"].str.strip() != ""]
    done = learning.items(tables, on)
    done = done[done["item_id"].isin(items[within(items["finished_on"], first, on)]["id"]) & (done["status"] == "done")]
    earned = credentials[within(credentials["earned_on"], first, on)]
    formula = "minutes studied in the period / 60, against the weekly hours of the settings x days / 7"
    yield "hours studied", log["minutes"].sum() / 60, target or None, formula, log["id"]
    yield "takeaways noted", len(noted), None, "study notes of the period that have a takeaway", noted["id"]
    yield "learning items finished", len(done), None, "courses, books and projects finished in the period", done["item_id"]
    yield "credentials earned", len(earned), None, "credentials earned in the period", earned["id"]


def _feedback(tables: Tables, on: dt.date, first: dt.date, settings: Settings) -> Iterator[Row]:
    rows = reached(tables["feedback"], on)
    for name, column in FEEDBACK.items():
        found = rows[within(rows[column], first, on)]
        yield name, len(found), None, f"feedback whose day for this ({column}) lies in the period", found["id"]


def _skills(tables: Tables, on: dt.date, first: dt.date, settings: Settings) -> Iterator[Row]:
    moved = assessment.changes(tables, on, first - dt.timedelta(days=1)).dropna(subset="change")
    for name, found in (("skills rated higher", moved[moved["change"] > 0]), ("skills rated lower", moved[moved["change"] < 0])):
        ids = split_list(";".join(found["records"]))
        yield name, len(found), len(moved), "skills whose own level differs at the ends of the period (assessment.changes)", ids


def _coaching(tables: Tables, on: dt.date, first: dt.date, settings: Settings) -> Iterator[Row]:
    sessions, given = tables["sessions"], tables["assignments"]
    due = sessions[within(sessions["held_on"], first, on)]
    # Coach and client may both write of one session, so days count and not rows.
    days = due.groupby("held_on")["attended"].any()
    held = due[due["attended"]]
    done = given[within(given["done_on"], first, on)]
    handed = given[within(given["given_on"], first, on)]
    yield "sessions held", int(days.sum()), len(days), "days of the period with a session that took place, of all days with one", due["id"]
    minutes = held.groupby("held_on")["minutes"].max().sum()
    yield "minutes in sessions", float(minutes), None, "minutes of the sessions that took place, each day once", held["id"]
    yield "assignments given", len(handed), None, "assignments given in the period", handed["id"]
    yield "assignments done", len(done), None, "assignments done in the period", done["id"]


_PARTS: tuple[Any, ...] = (_wins, _goals, _people, _study, _feedback, _skills, _coaching)
