"""A goal as it was planned on a day: the values then in force, its check-ins and its steps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from careerkit.records import is_blank
from careerkit.topics.cache import remembered
from careerkit.topics.goals.records import ActionStep, Goal
from careerkit.topics.tables import Row, Tables


@dataclass(frozen=True)
class Plan:
    """One goal on one day.

    Parameters
    ----------
    goal : dict
        The goal's fields in force.
    day : Timestamp
        The day it is looked at, or the day it was closed.
    start : Timestamp
        ``started_on``; where that is blank, the day the goal was added.
    status : str
        active, done, paused or dropped.
    check_ins : list of dict
        Those up to the day, earliest first, ties by id.
    steps : list of dict
        Its action steps.
    changes : list of dict
        The later changes whose former value counts here.
    """

    goal: Row
    day: pd.Timestamp
    start: pd.Timestamp
    status: str
    check_ins: list[Row]
    steps: list[Row]
    changes: list[Row]

    @property
    def active(self) -> bool:
        """Whether it had been started and was not closed."""
        return self.status == "active" and self.start <= self.day

    @property
    def measured(self) -> list[Row]:
        """The check-ins that have a value."""
        return [row for row in self.check_ins if not is_blank(row["value"])]

    @property
    def confidence(self) -> Any:
        """The latest confidence, NA when none was given."""
        return next((row["confidence"] for row in reversed(self.check_ins) if not is_blank(row["confidence"])), pd.NA)

    def done(self) -> list[Row]:
        """Return the steps done by the day."""
        return [step for step in self.steps if not is_blank(step["done_on"]) and step["done_on"] <= self.day]

    def open_steps(self) -> list[Row]:
        """Return the steps not done by the day."""
        done = {step["id"] for step in self.done()}
        return [step for step in self.steps if step["id"] not in done]

    def ids(self) -> list[str]:
        """Return the ids of every record behind it."""
        return [row["id"] for row in (self.goal, *self.check_ins, *self.steps, *self.changes)]


@remembered("goals", "check_ins", "goal_changes", "action_steps")
def plans(tables: Tables, on: dt.date) -> tuple[Plan, ...]:
    """Return the plan of each goal known on a day, in the table's order."""
    day = pd.Timestamp(on)
    check_ins, changes, steps = _check_ins(tables), _changes(tables), _steps(tables)
    return tuple(
        _plan(goal, day, check_ins.get(goal["id"], []), steps.get(goal["id"], []), changes.get(goal["id"], []))
        for goal in _rows(Goal.known(tables["goals"], on))
    )


@remembered("check_ins")
def _check_ins(tables: Tables) -> dict[str, list[Row]]:
    return _by_goal(tables["check_ins"].sort_values(["checked_on", "id"], kind="stable"))


@remembered("goal_changes")
def _changes(tables: Tables) -> dict[str, list[Row]]:
    return _by_goal(tables["goal_changes"].sort_values(["changed_on", "id"], kind="stable"))


@remembered("action_steps")
def _steps(tables: Tables) -> dict[str, list[Row]]:
    return _by_goal(tables["action_steps"])


def _by_goal(frame: pd.DataFrame) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in _rows(frame):
        found.setdefault(row["goal_id"], []).append(row)
    return found


def _rows(frame: pd.DataFrame) -> list[Row]:
    # As to_dict("records") does, in a third of its time.
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*(frame[name].tolist() for name in frame.columns), strict=True)]


def _plan(present: Row, day: pd.Timestamp, check_ins: list[Row], steps: list[Row], changes: list[Row]) -> Plan:
    goal, used = _in_force(present, changes, day)
    status = "active"
    if not is_blank(goal["closed_on"]) and goal["closed_on"] <= day:
        # What was closed then and is active again had been paused.
        status = "paused" if goal["status"] in ("active", "") else goal["status"]
        day = goal["closed_on"]
        goal, used = _in_force(present, changes, day)
    start = goal["created_at"].normalize() if is_blank(goal["started_on"]) else goal["started_on"]
    so_far = [row for row in check_ins if row["checked_on"] <= day]
    return Plan(goal, day, start, status, so_far, [step for step in steps if _counts(step, start, day)], used)


def _in_force(goal: Row, changes: list[Row], day: pd.Timestamp) -> tuple[Row, list[Row]]:
    """Return a goal's values on a day, and the changes they were taken from."""
    first: dict[str, Row] = {}
    for change in changes:
        if change["changed_on"] > day and change["field"] in Goal.own_fields():
            first.setdefault(change["field"], change)
    values = dict(goal)
    for name, change in first.items():
        values[name] = _typed(name, change["was"], values[name])
    return values, list(first.values())


def _typed(name: str, was: str, present: Any) -> Any:
    known, value = _read(name, was.strip())
    # A former value that cannot be read says nothing; the present one is the best that is known.
    return value if known else present


@lru_cache(maxsize=4096)
def _read(name: str, was: str) -> tuple[bool, Any]:
    cells, bad = Goal.fields[name].column(pd.Series([was], dtype="str"))
    return not bad.iloc[0], cells.iloc[0]


def _counts(step: Row, start: pd.Timestamp, day: pd.Timestamp) -> bool:
    """Say whether a step counts: from its goal's start, or sooner when it was written down sooner."""
    known = [step[name] for name in ("created_at", *ActionStep.past_days()) if not is_blank(step[name])]
    return start <= day or any(moment.normalize() <= day for moment in known)
