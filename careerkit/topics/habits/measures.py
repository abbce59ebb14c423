"""How far the habits are kept up: an index a habit, from indicators between 0 and 1."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import pandas as pd

from careerkit.record import Date, Record, join_list, split_list
from careerkit.settings import Settings
from careerkit.topics.habits import of_assessment, of_feedback, of_goals, of_learning, of_networking
from careerkit.topics.habits.candidates import actions

Tables = Mapping[str, pd.DataFrame]
# An index from fewer signals, or from fewer days, would be a guess.
FEWEST_SIGNALS = 2
FEWEST_DAYS = 14
# Less than half a point is no reason to do something.
LEAST_GAIN = 0.5


def indicators(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return each habit's indicators, 0 to 1, or none where one does not apply.

    Formula
    -------
    Each indicator's own stands in the column formula. One whose denominator is empty does not apply, unless a value is
    stated there. "Past N days" are the N days up to and including the day.
    """
    found = [(habit, sign) for habit, module in HABITS.items() for sign in module.signs(tables, on, settings)]
    return pd.DataFrame(
        {
            "habit": pd.Series([habit for habit, _ in found], dtype="str"),
            "indicator": pd.Series([sign.name for _, sign in found], dtype="str"),
            "value": pd.Series([sign.value for _, sign in found], dtype="Float64"),
            "formula": pd.Series([sign.formula for _, sign in found], dtype="str"),
            "records": pd.Series([join_list(sign.records) for _, sign in found], dtype="str"),
        }
    )


def index(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return a score out of 100 for each habit, or none while it is too early to say.

    Formula
    -------
    score = 100 x mean of the habit's indicators that apply (see habits.indicators); none until 2 of them apply and the
    topic's first dated record is 14 days old. signals = how many of them apply.
    """
    rows = indicators(tables, on, settings)
    scores = {habit: rows.loc[(rows["habit"] == habit) & rows["value"].notna()] for habit in HABITS}
    early = {habit: len(scores[habit]) < FEWEST_SIGNALS or not _old_enough(tables, on, HABITS[habit].RECORDS) for habit in HABITS}
    return pd.DataFrame(
        {
            "habit": pd.Series(list(HABITS), dtype="str"),
            "score": pd.Series([None if early[habit] else 100 * scores[habit]["value"].mean() for habit in HABITS], dtype="Float64"),
            "signals": pd.Series([len(scores[habit]) for habit in HABITS], dtype="Int64"),
            "records": pd.Series([join_list(split_list(";".join(scores[habit]["records"]))) for habit in HABITS], dtype="str"),
        }
    )


def next_actions(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return what you could do next, with what it would add to its habit's index, the most first.

    Formula
    -------
    gain = the habit's index as if the action were done today, minus the index now (see habits.index). Only what adds half
    a point or more; nothing for a habit for which it is too early to say; never to retire, archive, lower a cadence or
    move a deadline.
    """
    now = index(tables, on, settings).set_index("habit")["score"].dropna()
    rows = []
    for action in actions(tables, on, settings):
        if action.habit in now.index:
            gain = _score(action.habit, action.after, on, settings) - float(now[action.habit])
            rows.append({"habit": action.habit, "action": action.what, "gain": gain, "records": join_list(action.records)})
    kinds = {"habit": "str", "action": "str", "gain": "Float64", "records": "str"}
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in kinds.items()})
    frame = frame[frame["gain"] >= LEAST_GAIN]
    return frame.sort_values(["gain", "action"], ascending=[False, True], kind="stable", ignore_index=True)


def _score(habit: str, tables: Tables, on: dt.date, settings: Settings) -> float:
    values = [sign.value for sign in HABITS[habit].signs(tables, on, settings) if sign.value is not None]
    return 100 * sum(values) / len(values) if values else 0.0


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


# Each habit: a module with its signs and its records.
HABITS = {
    "assessment": of_assessment,
    "networking": of_networking,
    "change": of_learning,
    "goals": of_goals,
    "feedback": of_feedback,
}
