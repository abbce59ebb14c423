"""How far the habits are kept up: an index a habit, from indicators between 0 and 1."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd

from careerkit.records import join_list, typed_frame
from careerkit.records.settings import Settings
from careerkit.topics.cache import remembered
from careerkit.topics.habits.actions import ACTIONS, Action
from careerkit.topics.habits.scores import HABITS, indicators_of, scored
from careerkit.topics.tables import Tables, columns

# Less than half a point is no reason to do something.
LEAST_GAIN = 0.5

INDICATORS = columns("habit indicator: text; value: number; formula records: text")
INDEX = columns("habit: text; score: number; signals: whole; records: text")
NEXT_ACTIONS = columns("habit action: text; gain: number; records: text")


def indicators(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return each habit's indicators, 0 to 1, or none where one does not apply.

    Formula
    -------
    Each indicator's own is in the column formula. One whose denominator is empty does not apply, unless a value is
    stated there. "Past N days" are the N days up to and including the day.
    """
    found = [(habit, each) for habit in HABITS for each in indicators_of(habit, tables, on, settings)]
    rows = [(habit, each.name, each.value, each.formula, join_list(each.records)) for habit, each in found]
    return typed_frame((dict(zip(INDICATORS, row, strict=True)) for row in rows), INDICATORS)


def index(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return a score out of 100 for each habit, or none while it is too early to say.

    Formula
    -------
    score = 100 x mean of the habit's indicators that apply (see habits.indicators); none until 2 of them apply and the
    topic's first dated record is 14 days old. signals = how many of them apply.
    """
    rows = [scored(habit, tables, on, settings) for habit in HABITS]
    return typed_frame(rows, INDEX)


def next_actions(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return what you could do next, with what it would add to its habit's index, the most first.

    Formula
    -------
    gain = the habit's index as if the action were done today, minus the index now (see habits.index). Only what adds half
    a point or more; nothing for a habit for which it is too early to say; never to retire, archive, lower a cadence or
    move a deadline.
    """
    rows = [row for habit in HABITS for row in _GAINS[habit](tables, on, settings)]
    frame = typed_frame(rows, NEXT_ACTIONS)
    frame = frame[frame["gain"] >= LEAST_GAIN]
    return frame.sort_values(["gain", "action"], ascending=[False, True], kind="stable", ignore_index=True)


def _gains(habit: str) -> Callable[[Tables, dt.date, Settings], list[dict[str, Any]]]:
    actions, about = ACTIONS[habit]

    def found(tables: Tables, on: dt.date, settings: Settings) -> list[dict[str, Any]]:
        now = scored(habit, tables, on, settings)["score"]
        return [] if now is None else [_gain(habit, action, now, on, settings) for action in actions(tables, on, settings)]

    # A save of one topic then costs one topic's actions.
    return remembered(*about)(found)


def _gain(habit: str, action: Action, now: float, on: dt.date, settings: Settings) -> dict[str, Any]:
    then = scored(habit, action.after, on, settings)["score"]
    return {"habit": habit, "action": action.what, "gain": then - now, "records": join_list(action.records)}


_GAINS = {habit: _gains(habit) for habit in HABITS}
