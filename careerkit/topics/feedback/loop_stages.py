"""Feedback a stage at a time: the answer, a first reaction, what is useful, a decision, an action, and telling the giver."""

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


def received_day(values: dict[str, Any], today: dt.date) -> dict[str, Any]:
    """Return the day on which an answer came, when there is one and no day was given."""
    words = any(str(values.get(name) or "").strip() for name in ("went_well", "to_improve", "first_reaction"))
    return {"received_on": today} if words and is_blank(values.get("received_on")) else {}


WAITING = Stage(
    question="Has an answer come?",
    advice="Write it down in their words, and the day. If none came, note that you reminded them, or that they would rather not.",
    rows=(("received_on", "reminded_on", "declined_on"), ("went_well",), ("to_improve",), ("first_reaction",)),
    button="Save the answer",
    fill=received_day,
)
RESTING = Stage(
    question="What was your first reaction?",
    advice="This is for you alone and never leaves this workbook. Come back tomorrow: "
    "after a night's sleep it is easier to see what is useful.",
    rows=(("first_reaction",),),
    button="Save for myself",
    needs="first_reaction",
)
REFLECT = Stage(
    question="What part of it is useful?",
    advice="A day has passed. It may be all of it or a single word. Say it in your own words.",
    rows=(("reflection",), ("skill_id", "reflected_on")),
    button="Save what is useful",
    preset={"reflected_on": "today"},
    needs="reflection",
)
DECIDE = Stage(
    question="What will you do with it?",
    advice="Not now is an answer too. If you act, begin with something small enough for this week.",
    rows=(("decision", "decided_on"), ("action", "goal_id")),
    button="Save the decision",
    preset={"decided_on": "today"},
    needs="decision",
)
ACT = Stage(
    question="Have you done it?",
    advice="Note the day when you have. If it has become something larger, link the goal.",
    rows=(("action",), ("acted_on", "goal_id")),
    button="Save the day",
    needs="acted_on",
)
TELL = Stage(
    question="Have you told them?",
    advice="People who hear what came of their feedback will tell you more. The text further down is ready to send.",
    rows=(("followed_up_on",),),
    button="Close the loop",
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


def summary(tables: Tables, on: dt.date, key: str) -> look.Html:
    """Return what is known of a feedback so far."""
    rows = tables["feedback"][tables["feedback"]["id"] == key]
    row = rows.iloc[0]
    giver = givers(rows, tables["contacts"]).iloc[0]
    days = {"asked on": row["requested_on"], "reminded on": row["reminded_on"], "received on": row["received_on"]}
    when = " · ".join(f"{word} {look.day(day)}" for word, day in days.items() if not is_blank(day))
    parts = (
        ("You asked", row["question"]),
        ("What went well", row["went_well"]),
        ("What could be better", row["to_improve"]),
        ("Your first reaction, for you alone", row["first_reaction"]),
        ("What is useful", row["reflection"]),
        ("The first thing you will do", row["action"]),
    )
    lines = [look.paragraph(look.joined([look.muted(f"{word}: "), look.text(text)])) for word, text in parts if text.strip()]
    return look.joined([look.paragraph(look.joined([look.strong(giver or "Someone"), look.muted(f" {when}")])), *lines])


STAGES = Stages(
    record=Feedback,
    choose="Which feedback?",
    waiting=waiting,
    stage=stage,
    summary=summary,
    empty=(
        "One question at a time.",
        "Ask someone above, or write down what you were told unasked. It stays here until it is closed.",
    ),
)
