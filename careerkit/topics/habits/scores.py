"""One habit's score on one day, and its course over many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from careerkit.records import Record, join_list
from careerkit.records.settings import Settings
from careerkit.topics.cache import remembered
from careerkit.topics.habits.indicators import assessment, feedback, goals, learning, networking
from careerkit.topics.habits.indicators.indicator import Indicator
from careerkit.topics.tables import Tables

# Each habit: a module with its indicators and its records.
HABITS: dict[str, Any] = {
    "assessment": assessment,
    "networking": networking,
    "change": learning,
    "goals": goals,
    "feedback": feedback,
}
# An index from fewer signals, or from fewer days, would be a guess.
FEWEST_SIGNALS = 2
FEWEST_DAYS = 14


def _remembered(module: Any) -> Callable[..., tuple[Indicator, ...]]:
    def found(tables: Tables, on: dt.date, settings: Settings) -> tuple[Indicator, ...]:
        return tuple(replace(each, records=tuple(each.records)) for each in module.indicators(tables, on, settings))

    return remembered(*(record.table for record in module.RECORDS))(found)


_INDICATORS = {habit: _remembered(module) for habit, module in HABITS.items()}


def indicators_of(habit: str, tables: Tables, on: dt.date, settings: Settings) -> tuple[Indicator, ...]:
    """Return a habit's indicators on a day; a save of one topic then costs one topic's course."""
    return _INDICATORS[habit](tables, on, settings)


def scored(habit: str, tables: Tables, on: dt.date, settings: Settings) -> dict[str, Any]:
    """Return a habit's score out of 100, None while it is too early to say, with its signals and the ids behind it."""
    found = [(each.value, each) for each in indicators_of(habit, tables, on, settings) if each.value is not None]
    early = len(found) < FEWEST_SIGNALS or not _old_enough(tables, on, HABITS[habit].RECORDS)
    records = dict.fromkeys(key for _, each in found for key in each.records)
    score = None if early else 100 * sum(value for value, _ in found) / len(found)
    return {"habit": habit, "score": score, "signals": len(found), "records": join_list(records)}


def course(tables: Tables, days: Sequence[dt.date], settings: Settings) -> pd.DataFrame:
    """Return each habit's score on each day, those too early to say left out: habit, on, score."""
    rows = [(habit, day, scored(habit, tables, day, settings)["score"]) for habit in HABITS for day in days]
    frame = pd.DataFrame(rows, columns=["habit", "on", "score"])
    return frame[frame["score"].notna()]


def _old_enough(tables: Tables, on: dt.date, records: Iterable[type[Record]]) -> bool:
    """Say whether the first dated record of a topic is two weeks old."""
    firsts = [_FIRST[record.table](tables) for record in records]
    known = [first for first in firsts if pd.notna(first)]
    return bool(known) and (pd.Timestamp(on) - min(known).normalize()).days >= FEWEST_DAYS


def _first_day(record: type[Record]) -> Callable[[Tables], Any]:
    return remembered(record.table)(lambda tables: tables[record.table][["created_at", *record.past_days()]].min().min())


_FIRST = {record.table: _first_day(record) for module in HABITS.values() for record in module.RECORDS}
