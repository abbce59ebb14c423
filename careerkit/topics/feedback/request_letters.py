"""Texts to send: to ask for feedback, to remind, and to tell the giver what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd

from careerkit import look
from careerkit.records.settings import Settings
from careerkit.topics.feedback.loop import called, first_name, givers, reached, still_open, waits_for_answer
from careerkit.topics.letters import Letter
from careerkit.topics.tables import Tables

Selection = Callable[[pd.DataFrame, dt.date], pd.Series]
QUESTION = "what should I do more of, and what less of?"


def _asked(rows: pd.DataFrame, on: dt.date) -> pd.Series:
    return (rows["stage"] == "requested") & ~(rows["reminded_on"] <= pd.Timestamp(on))


def _overdue(rows: pd.DataFrame, on: dt.date) -> pd.Series:
    return pd.Series([waits_for_answer(row, on) for _, row in rows.iterrows()], index=rows.index, dtype="bool")


def _to_thank(rows: pd.DataFrame, on: dt.date) -> pd.Series:
    return rows["stage"].isin(("received", "reflected", "decided", "acted"))


def _recipients(chosen: Selection, newest_first: bool = False) -> Callable[[Tables, dt.date, Settings], list[tuple[str, str]]]:
    def recipients(tables: Tables, on: dt.date, settings: Settings) -> list[tuple[str, str]]:
        rows = still_open(tables["feedback"], tables["contacts"], on)
        rows = rows[chosen(rows, on)]
        rows = rows.sort_values(["since", "id"], ascending=False, kind="stable") if newest_first else rows
        return [(row["id"], called(row)) for _, row in rows.iterrows()]

    return recipients


def _written(text: Callable[[pd.Series, dt.date], list[str]]) -> Callable[[Tables, dt.date, Settings, str], str]:
    def write(tables: Tables, on: dt.date, settings: Settings, key: str) -> str:
        rows = reached(tables["feedback"], on)
        rows = rows.assign(giver=givers(rows, tables["contacts"]))
        row = rows[rows["id"] == key].iloc[0]
        return "\n\n".join([f"Hello {first_name(row['giver'])}".strip() + ",", *text(row, on), settings.owner]).strip()

    return write


def _ask(row: pd.Series, on: dt.date) -> list[str]:
    question = row["question"].strip() or QUESTION
    ahead = pd.notna(row["due_on"]) and row["due_on"] > pd.Timestamp(on)
    by = f" An answer by {_weekday(row['due_on'])} would help me most." if ahead else ""
    return [
        f"I would like to get better at what I do, and you see things that I cannot. One question: {question}",
        f"Two or three sentences are plenty, whatever comes to mind first.{by} If you would rather not, just say so; that is fine.",
        "Thank you",
    ]


def _remind(row: pd.Series, on: dt.date) -> list[str]:
    asked = f"on {look.long_day(row['requested_on'])} I asked you: {row['question'].strip() or QUESTION}"
    return [
        f"{asked[0].upper()}{asked[1:]}",
        "It may well have got lost among everything else. Even one sentence would help me. If you would rather not, I will not ask again.",
        "Thank you",
    ]


def _thank(row: pd.Series, on: dt.date) -> list[str]:
    words = row["to_improve"].strip() or row["went_well"].strip()
    quoted = f" You said: “{words}”" if words else ""
    when = f" on {look.long_day(row['received_on'])}" if pd.notna(row["received_on"]) else ""
    return [f"Thank you for what you told me{when}.{quoted}", _outcome(row), "Thank you"]


def _outcome(row: pd.Series) -> str:
    action = row["action"].strip()
    action = f" {action[0].upper()}{action[1:]}{'' if action.endswith(('.', '!', '?')) else '.'}" if action else ""
    if row["stage"] == "acted":
        return f"I have done something about it.{action} I would be glad to hear whether you notice a difference."
    if row["stage"] != "decided":
        return "I am still thinking about it, and will tell you what comes of it."
    if row["decision"] == "keep doing":
        return f"It helped me to see what works, and I will keep doing it.{action}"
    if row["decision"] == "not now":
        return "I have thought about it. Other things have to come first for now, and I did not want to leave you without an answer."
    return f"I have decided to do something about it.{action} In a few weeks I will ask you whether it shows."


def _weekday(day: pd.Timestamp) -> str:
    return f"{day:%A}, {day.day} {day:%B},"


LETTERS = {
    "feedback.ask": Letter(
        title="Your question, ready to send",
        recipients=_recipients(_asked, newest_first=True),
        text=_written(_ask),
        empty="Save a question above. A text to send it with is then written here.",
    ),
    "feedback.remind": Letter(
        title="A friendly reminder",
        recipients=_recipients(_overdue),
        text=_written(_remind),
        empty="Nobody needs a reminder. When an answer is late, a text is written here.",
    ),
    "feedback.thank": Letter(
        title="What came of it",
        recipients=_recipients(_to_thank),
        text=_written(_thank),
        empty="Nobody waits to hear from you. When feedback has come, a thank-you is written here.",
    ),
}
