"""One habit's score on one day, and its course over many."""

from __future__ import annotations

import datetime as dt
import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from careerkit.record import Date, Record, join_list
from careerkit.settings import Settings
from careerkit.topics.habits import of_assessment, of_feedback, of_goals, of_learning, of_networking
from careerkit.topics.habits.indicator import Indicator

Tables = Mapping[str, pd.DataFrame]
# Each habit: a module with its signs and its records.
HABITS: dict[str, Any] = {
    "assessment": of_assessment,
    "networking": of_networking,
    "change": of_learning,
    "goals": of_goals,
    "feedback": of_feedback,
}
# An index from fewer signals, or from fewer days, would be a guess.
FEWEST_SIGNALS = 2
FEWEST_DAYS = 14
# More than a page's worth of past days; beyond it, the memory begins anew.
MOST_KNOWN = 500
_prints: dict[int, tuple[weakref.ref[pd.DataFrame], int]] = {}
_known: dict[tuple[Any, ...], list[Indicator]] = {}


def signs(habit: str, tables: Tables, on: dt.date, settings: Settings) -> list[Indicator]:
    """Return a habit's indicators on a day.

    What was reckoned before is remembered while the habit's records are the same: a page asks for the same ones several
    times, and a save of one topic then costs one topic's course.
    """
    module = HABITS[habit]
    key = (habit, on, repr(settings), *(_print(tables[record.table]) for record in module.RECORDS))
    if key not in _known:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[key] = [replace(sign, records=tuple(sign.records)) for sign in module.signs(tables, on, settings)]
    return _known[key]


def scored(habit: str, tables: Tables, on: dt.date, settings: Settings) -> dict[str, Any]:
    """Return a habit's score out of 100, None while it is too early to say, with its signals and the ids behind it."""
    found = [(sign.value, sign) for sign in signs(habit, tables, on, settings) if sign.value is not None]
    early = len(found) < FEWEST_SIGNALS or not _old_enough(tables, on, HABITS[habit].RECORDS)
    records = dict.fromkeys(key for _, sign in found for key in sign.records)
    score = None if early else 100 * sum(value for value, _ in found) / len(found)
    return {"habit": habit, "score": score, "signals": len(found), "records": join_list(records)}


def course(tables: Tables, days: Sequence[dt.date], settings: Settings) -> pd.DataFrame:
    """Return each habit's score on each day, those too early to say left out: habit, on, score."""
    rows = [(habit, day, scored(habit, tables, day, settings)["score"]) for habit in HABITS for day in days]
    frame = pd.DataFrame(rows, columns=["habit", "on", "score"])
    return frame[frame["score"].notna()]


def _print(frame: pd.DataFrame) -> int:
    """Return what tells a table's content from any other; the same frame is read through once."""
    seen = _prints.get(id(frame))
    if seen and seen[0]() is frame:
        return seen[1]
    if len(_prints) >= MOST_KNOWN:
        _prints.clear()
    made = hash((len(frame), *pd.util.hash_pandas_object(frame, index=False)))
    _prints[id(frame)] = (weakref.ref(frame), made)
    return made


def _old_enough(tables: Tables, on: dt.date, records: Iterable[type[Record]]) -> bool:
    """Say whether the first dated record of a topic is two weeks old."""
    firsts = [tables[record.table][_past_days(record)].min().min() for record in records]
    known = [first for first in firsts if pd.notna(first)]
    return bool(known) and (pd.Timestamp(on) - min(known).normalize()).days >= FEWEST_DAYS


def _past_days(record: type[Record]) -> list[str]:
    return [
        "created_at",
        *(name for name, field in record.fields.items() if isinstance(field, Date) and not field.ahead),
    ]
