"""The indicators of the goals habit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from careerkit.records.settings import Settings
from careerkit.topics.goals import measures as goals
from careerkit.topics.goals import progress
from careerkit.topics.goals.plan import Plan, plans
from careerkit.topics.goals.records import ActionStep, CheckIn, Goal, GoalChange
from careerkit.topics.habits.indicators.indicator import Indicator, share
from careerkit.topics.tables import Tables

# The records whose first day says when the habit began.
RECORDS = (Goal, GoalChange, ActionStep, CheckIn)


def indicators(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Indicator]:
    """Yield the indicators of the goals habit."""
    active = [plan for plan in plans(tables, on) if plan.active]
    ids = [plan.goal["id"] for plan in active]
    yield _clarity(goals.smart(tables, on), ids)
    yield _reviewed(active, pd.Timestamp(on))
    well = sum(progress.status(plan) in ("on track", "achieved") for plan in active)
    yield Indicator("pace", share(well, len(ids)), "active goals on track or achieved / active goals", ids)
    yield _steps(active, pd.Timestamp(on))


def _clarity(smart: pd.DataFrame, ids: list[str]) -> Indicator:
    tests = smart[["specific", "measurable", "achievable", "relevant", "time_bound"]]
    value = float(tests.mean(axis=1).mean()) if len(tests) else 0.0
    marks = "specific, measurable, achievable, relevant, time-bound"
    return Indicator("clarity", value, f"mean share of the five marks ({marks}) that active goals have; 0 with none", ids)


def _reviewed(active: list[Plan], day: pd.Timestamp) -> Indicator:
    since = day - pd.Timedelta(days=30)
    looked = [plan for plan in active if any(when > since for when in _days(plan))]
    formula = "active goals with a check-in, a step done or their start in the past 30 days / active goals"
    return Indicator("reviewed", share(len(looked), len(active)), formula, [key for plan in active for key in plan.ids()])


def _days(plan: Plan) -> list[pd.Timestamp]:
    return [plan.start, *(row["checked_on"] for row in plan.check_ins), *(step["done_on"] for step in plan.done())]


def _steps(active: list[Plan], day: pd.Timestamp) -> Indicator:
    since = day - pd.Timedelta(days=90)
    due = [(plan, step) for plan in active for step in plan.steps if since < step["due_on"] <= day]
    done = [step for plan, step in due if step["id"] in {each["id"] for each in plan.done()}]
    formula = "of active goals' steps due in the past 90 days, those done by the day / all"
    return Indicator("steps", share(len(done), len(due)), formula, [step["id"] for _, step in due])
