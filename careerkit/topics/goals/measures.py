"""What the goals' records say, in numbers."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd

from careerkit.records import is_blank, join_list, typed_frame
from careerkit.topics.cache import remembered
from careerkit.topics.goals import progress
from careerkit.topics.goals.forecast import reached
from careerkit.topics.goals.plan import Plan, plans
from careerkit.topics.tables import Row, Tables, columns
from careerkit.topics.windows import past

PACE = columns(
    "goal_id title: text; value progress elapsed gap: number; status goal_status: text; confidence: whole;"
    "forecast_low forecast_on forecast_high: day; steps_done steps: whole; records: text"
)
SMART = columns("goal_id: text; specific measurable achievable relevant time_bound: flag; records: text")
SLIPS = columns("goal_id title: text; times: whole; first_deadline deadline: day; days_moved: whole; goal_status records: text")


@remembered("goals", "check_ins", "goal_changes", "action_steps")
def pace(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return how far each known goal is, against how much of its time has gone.

    Formula
    -------
    value = latest check-in with a value up to the day, ties by id, else the baseline (blank: 0). progress = (value -
    baseline) / (target - baseline), kept raw; with no metric, the share of action steps done; NA where the target is
    missing or equals the baseline. elapsed = (day - start) / (deadline - start), within 0 and 1, the day being that of
    the value's check-in when at most 30 days ago, else the day itself; for goals followed by steps, the day itself. A
    closed goal counts as on the day it was closed. gap = elapsed - progress. status, first that holds: achieved
    (progress 1 or more), unclear (no deadline, or no progress to compute: neither metric nor steps, or a metric without
    a target that differs from the baseline), missed (past the deadline), not started, no recent check-in (a metric,
    started over 30 days ago, no check-in in the past 30 days), on track (gap below 0.165), behind (gap below 0.33), at
    risk. Confidence is kept beside it. Forecast: the days on which the Theil-Sen line through 3 or more check-ins, and
    its 95 % confidence limits (Sen 1968), reach the target; past days once it is passed, none if never.

    Returns
    -------
    DataFrame
        One row a goal. ``forecast_low`` is the earliest day, ``forecast_high`` the latest. ``goal_status`` is the one
        in force on the day; a goal that has not begun is active there, and "not started" in ``status``.
    """
    return typed_frame([_pace_row(plan) for plan in plans(tables, on)], PACE)


@remembered("goals", "check_ins", "goal_changes", "action_steps")
def smart(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return which of the five SMART tests each active goal passes.

    Formula
    -------
    Specific: a title of 3 words or more, or 10 characters or more. Measurable: a metric and a target that differs from
    the baseline (blank: 0), or 3 steps or more with due dates. Achievable: one step or more, and the latest confidence,
    if any, 3 or more. Relevant: why is filled. Time-bound: the deadline is after the start.
    """
    return typed_frame([_smart_row(plan) for plan in plans(tables, on) if plan.active], SMART)


def slips(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the goals whose deadline was moved by a change of plan, the furthest moved first.

    Formula
    -------
    times = changes of plan (goal_changes) of the deadline up to the day, corrections not among them; first_deadline =
    what the deadline was before the first of them; days_moved = the deadline in force minus the first, in days; none
    where one of the two is empty.
    """
    moved = tables["goal_changes"]
    moved = moved[(moved["field"] == "deadline") & past(moved["changed_on"], on)]
    before = {plan.goal["id"]: plan for plan in plans(tables, on)}
    rows = [
        _slip_row(before[str(key)], group)
        for key, group in moved.sort_values(["changed_on", "id"], kind="stable").groupby("goal_id", sort=False)
        if key in before
    ]
    return typed_frame(rows, SLIPS).sort_values(["days_moved", "goal_id"], ascending=[False, True], na_position="last", ignore_index=True)


def _slip_row(plan: Plan, moved: pd.DataFrame) -> Row:
    first = pd.to_datetime(moved["was"].iloc[0].strip(), errors="coerce", format="%Y-%m-%d")
    now = plan.goal["deadline"]
    return {
        "goal_id": plan.goal["id"],
        "title": plan.goal["title"],
        "times": len(moved),
        "first_deadline": first,
        "deadline": now,
        "days_moved": None if is_blank(first) or is_blank(now) else (now - first).days,
        "goal_status": plan.status,
        "records": join_list([plan.goal["id"], *moved["id"]]),
    }


def _pace_row(plan: Plan) -> Row:
    low, on, high = _forecast(plan)
    return {
        "goal_id": plan.goal["id"],
        "title": plan.goal["title"],
        "value": progress.value(plan),
        "progress": progress.progress(plan),
        "elapsed": progress.elapsed(plan),
        "gap": progress.gap(plan),
        "status": progress.status(plan),
        "goal_status": plan.status,
        "confidence": plan.confidence,
        "forecast_low": low,
        "forecast_on": on,
        "forecast_high": high,
        "steps_done": len(plan.done()),
        "steps": len(plan.steps),
        "records": join_list(plan.ids()),
    }


def _forecast(plan: Plan) -> list[pd.Timestamp]:
    if not progress.has_metric(plan) or not progress.distance(plan):
        return [pd.NaT, pd.NaT, pd.NaT]  # type: ignore[list-item]
    days = [float((row["checked_on"] - plan.start).days) for row in plan.measured]
    found = reached(days, [float(row["value"]) for row in plan.measured], progress.baseline(plan), float(plan.goal["target"]))
    return [pd.NaT if math.isnan(day) else plan.start + pd.Timedelta(days=int(day)) for day in found]  # type: ignore[misc]


def _smart_row(plan: Plan) -> Row:
    title, deadline = plan.goal["title"].strip(), plan.goal["deadline"]
    dated = [step for step in plan.steps if not is_blank(step["due_on"])]
    return {
        "goal_id": plan.goal["id"],
        "specific": len(title.split()) >= 3 or len(title) >= 10,
        "measurable": (progress.has_metric(plan) and progress.distance(plan) != 0) or len(dated) >= 3,
        "achievable": bool(plan.steps) and (is_blank(plan.confidence) or int(plan.confidence) >= 3),
        "relevant": bool(plan.goal["why"].strip()),
        "time_bound": not is_blank(deadline) and deadline > plan.start,
        "records": join_list(plan.ids()),
    }
