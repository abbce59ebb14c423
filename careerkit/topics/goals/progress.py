"""How far a goal has come on a day, against how much of its time has gone."""

from __future__ import annotations

import pandas as pd

from careerkit.records import is_blank
from careerkit.topics.goals.plan import Plan

RECENT = pd.Timedelta(days=30)
ON_TRACK = 0.165
BEHIND = 0.33


def has_metric(plan: Plan) -> bool:
    """Say whether it is followed by a number."""
    return bool(plan.goal["metric"].strip())


def baseline(plan: Plan) -> float:
    """Return where the number began."""
    return 0.0 if is_blank(plan.goal["baseline"]) else float(plan.goal["baseline"])


def distance(plan: Plan) -> float:
    """Return how far the target lies from the baseline, 0 when there is no target."""
    return 0.0 if is_blank(plan.goal["target"]) else float(plan.goal["target"]) - baseline(plan)


def value(plan: Plan) -> float:
    """Return the latest value, the baseline before the first."""
    return float(plan.measured[-1]["value"]) if plan.measured else baseline(plan)


def progress(plan: Plan) -> float | None:
    """Return how much of it is done, None where that is not clear."""
    if has_metric(plan):
        return (value(plan) - baseline(plan)) / distance(plan) if distance(plan) else None
    return len(plan.done()) / len(plan.steps) if plan.steps else None


def elapsed(plan: Plan) -> float | None:
    """Return how much of its time has gone, 0 to 1."""
    if is_blank(plan.goal["deadline"]):
        return None
    day, length = plan.day, (plan.goal["deadline"] - plan.start).days
    if has_metric(plan) and plan.measured and plan.day - plan.measured[-1]["checked_on"] <= RECENT:
        day = plan.measured[-1]["checked_on"]
    if length <= 0:
        return 1.0 if day >= plan.goal["deadline"] else 0.0
    return min(max((day - plan.start).days / length, 0.0), 1.0)


def gap(plan: Plan) -> float | None:
    """Return how much more of the time has gone than of the work is done."""
    made, gone = progress(plan), elapsed(plan)
    return None if made is None or gone is None else gone - made


def status(plan: Plan) -> str:
    """Return a goal's status, the first word that holds (see goals.pace)."""
    made, late = progress(plan), gap(plan)
    if made is not None and made >= 1:
        return "achieved"
    if made is None or late is None:
        return "unclear"
    if plan.day > plan.goal["deadline"]:
        return "missed"
    if plan.day < plan.start:
        return "not started"
    if has_metric(plan) and plan.day - plan.start > RECENT and not _checked_lately(plan):
        return "no recent check-in"
    # 0.5 - 0.335 is 0.165 on paper, and a little more in a computer.
    return "on track" if round(late, 9) < ON_TRACK else "behind" if round(late, 9) < BEHIND else "at risk"


def _checked_lately(plan: Plan) -> bool:
    return bool(plan.check_ins) and plan.check_ins[-1]["checked_on"] > plan.day - RECENT
