"""What the first page says of all habits together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.record import FormPlan
from careerkit.settings import Settings
from careerkit.topics.attention import measures as attention
from careerkit.topics.goals import measures as goals
from careerkit.topics.networking import measures as networking

Tables = Mapping[str, pd.DataFrame]
FORMS: dict[str, FormPlan] = {}
HINTS: dict[str, Callable[[Tables, dt.date, dict[str, Any]], list[tuple[bool, str]]]] = {}


# A week without a win noted is the rule, and the reason why so few are remembered in December.
WEEK = pd.Timedelta(days=7)


def status(tables: Tables, on: dt.date, settings: Settings) -> str:
    """Return how many things of all topics are due."""
    due = len(attention.list(tables, on, settings))
    return f"{due} due" if due else ""


def findings(tables: Tables, on: dt.date, settings: Settings) -> list[str]:
    """Return this week's fifteen minutes: one person or promise, one check-in, one win."""
    waiting, promised, unchecked = _waiting(tables, on, settings), _promised(tables, on), _unchecked(tables, on)
    said = []
    if len(waiting):
        said.append(f"Write to {waiting.iloc[0]['name']}.")
    elif len(promised):
        said.append(f"Keep one promise: “{promised.iloc[0]['follow_up']}”.")
    if len(unchecked):
        said.append(f"Note where “{unchecked.iloc[0]['title']}” stands.")
    if said:
        return [*said, *_win(tables, on)]
    if tables["goals"].empty and tables["contacts"].empty:
        return ["Begin with one goal, or with three people you would like to stay in touch with. Each takes a few minutes."]
    return [f"Nothing is waiting on {look.long_day(on)}. A conversation you had, or a step you took, can be noted in half a minute."]


def _win(tables: Tables, on: dt.date) -> list[str]:
    wins, day = tables["achievements"], pd.Timestamp(on)
    wins = wins[wins["achieved_on"] <= day].sort_values(["achieved_on", "id"], kind="stable")
    if wins.empty:
        return ["Write down one win of the past week, however small."]
    last = wins.iloc[-1]
    if last["achieved_on"] > day - WEEK:
        return []
    return [f"Write down one win, however small: the last one, “{last['title']}”, is of {look.day(last['achieved_on'])}."]


def _waiting(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    rows = networking.due(tables, on, settings)
    return rows[rows["days_overdue"] > 0]


def _promised(tables: Tables, on: dt.date) -> pd.DataFrame:
    rows = networking.promises(tables, on)
    return rows[(rows["days_overdue"] > 0).fillna(False)]


def _unchecked(tables: Tables, on: dt.date) -> pd.DataFrame:
    rows = goals.pace(tables, on)
    return rows[(rows["goal_status"] == "active") & (rows["status"] == "no recent check-in")]
