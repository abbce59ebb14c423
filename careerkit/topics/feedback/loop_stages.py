"""The way of feedback, a stage at a time: what came, a first reaction, what is useful, a decision, a deed, and telling the giver."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.topics.feedback.loop import called, givers, reached, still_open
from careerkit.topics.feedback.records import Feedback
from careerkit.topics.stages import Stage, Stages
from careerkit.topics.tables import Tables


def dated(values: dict[str, Any], today: dt.date) -> dict[str, Any]:
    """Return the day on which words came, when there are words and no day was given."""
    words = any(str(values.get(name) or "").strip() for name in ("went_well", "to_improve", "first_reaction"))
    return {"received_on": today} if words and is_blank(values.get("received_on")) else {}


WAITING = Stage(
    asks="Has an answer come?",
    says="Write it down in their words, and the day. If none came, note that you reminded them, or that they would rather not.",
    rows=(("received_on", "reminded_on", "declined_on"), ("went_well",), ("to_improve",), ("first_reaction",)),
    button="Save what came",
    fill=dated,
)
RESTING = Stage(
    asks="What was your first reaction?",
    says="This is for you alone and never leaves this workbook. Then let it rest. Come back tomorrow: what part of it is useful is easier to see after a night.",
    rows=(("first_reaction",),),
    button="Save for myself",
    needs="first_reaction",
)
REFLECT = Stage(
    asks="What part of it is useful?",
    says="A day has passed. Perhaps all of it, perhaps one word. Say it in your own words.",
    rows=(("reflection",), ("skill_id", "reflected_on")),
    button="Save what is useful",
    preset={"reflected_on": "today"},
    needs="reflection",
)
DECIDE = Stage(
    asks="What will you do with it?",
    says="Not now is an answer too. If you act, begin with something small enough for this week.",
    rows=(("decision", "decided_on"), ("action", "goal_id")),
    button="Save the decision",
    preset={"decided_on": "today"},
    needs="decision",
)
ACT = Stage(
    asks="Have you done it?",
    says="Note the day when you have. If it has become something larger, link the goal.",
    rows=(("action",), ("acted_on", "goal_id")),
    button="Save the day",
    needs="acted_on",
)
TELL = Stage(
    asks="Have you told them?",
    says="Whoever hears what came of their words will tell you more. The text further down is ready to send.",
    rows=(("followed_up_on",),),
    button="Close the circle",
    preset={"followed_up_on": "today"},
    needs="followed_up_on",
)


def waiting(tables: Tables, on: dt.date) -> list[tuple[str, str]]:
    """Return each feedback that has a next stage, what is nearly closed first."""
    rows = still_open(tables["feedback"], tables["contacts"], on)
    return [(row["id"], called(row)) for _, row in rows.iterrows()]


def stage(row: pd.Series, on: dt.date) -> Stage:
    """Return what is asked of a feedback next."""
    rows = reached(row.to_frame().T.astype({name: field.dtype for name, field in Feedback.fields.items()}), on)
    at = rows["stage"].iloc[0] if len(rows) else "requested"
    if at == "received":
        return RESTING if rows["received_on"].iloc[0] >= pd.Timestamp(on) else REFLECT
    if at == "decided":
        return ACT if row["decision"] in ("act", "") else TELL
    return {"reflected": DECIDE, "acted": TELL}.get(at, WAITING)


def told(tables: Tables, on: dt.date, key: str) -> look.Html:
    """Return what is known of a feedback so far."""
    rows = tables["feedback"][tables["feedback"]["id"] == key]
    row = rows.iloc[0]
    giver = givers(rows, tables["contacts"]).iloc[0]
    days = [
        (word, row[name]) for word, name in (("asked on", "requested_on"), ("reminded on", "reminded_on"), ("received on", "received_on"))
    ]
    when = " · ".join(f"{word} {look.day(day)}" for word, day in days if not is_blank(day))
    said = (
        ("You asked", row["question"]),
        ("What went well", row["went_well"]),
        ("What could be better", row["to_improve"]),
        ("Your first reaction, for you alone", row["first_reaction"]),
        ("What is useful", row["reflection"]),
        ("The first thing you will do", row["action"]),
    )
    lines = [look.paragraph(look.joined([look.muted(f"{word}: "), look.text(text)])) for word, text in said if text.strip()]
    return look.joined([look.paragraph(look.joined([look.strong(giver or "Someone"), look.muted(f" {when}")])), *lines])


STAGES = Stages(
    record=Feedback,
    choose="Which feedback?",
    waiting=waiting,
    stage=stage,
    told=told,
    empty=(
        "One question at a time.",
        "Ask someone above, or write down what you were told unasked. It comes back here until it is closed.",
    ),
)
