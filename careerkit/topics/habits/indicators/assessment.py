"""The indicators of the self-assessment habit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from careerkit.records.settings import Settings
from careerkit.topics.assessment import snapshot
from careerkit.topics.assessment.records import Role, RoleFit, RoleTarget, Skill, SkillRating
from careerkit.topics.habits.indicators.indicator import Indicator, share
from careerkit.topics.tables import Tables
from careerkit.topics.windows import past

# The records whose first day says when the habit began; a position's says when the work did.
RECORDS = (Skill, SkillRating, Role, RoleTarget, RoleFit)
FRESH, STALE = 90, 365
ENOUGH = 5


def indicators(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Indicator]:
    """Yield the indicators of the self-assessment habit."""
    skills, own = snapshot.active_skills(tables, on), snapshot.own_ratings(tables, on)
    ratings = tables["skill_ratings"]
    others = ratings[(ratings["rater"] != "self") & past(ratings["rated_on"], on, 365)]
    yield _freshness(own, on)
    yield _coverage(skills, own[past(own["rated_on"], on, 180)])
    yield _outside_view(skills, others)
    yield _evidence(own[past(own["rated_on"], on, 365)])


def _freshness(own: pd.DataFrame, on: dt.date) -> Indicator:
    last = own.tail(1)
    days = (pd.Timestamp(on) - last["rated_on"].iloc[0]).days if len(last) else STALE
    value = min(1.0, max(0.0, (STALE - days) / (STALE - FRESH)))
    formula = "1 up to 90 days since the last self rating, falling evenly to 0 at 365 days; 0 if there is none"
    return Indicator("freshness", value, formula, last["id"])


def _coverage(skills: pd.DataFrame, own: pd.DataFrame) -> Indicator:
    rated = own[own["skill_id"].isin(skills["id"])]
    value = share(rated["skill_id"].nunique(), len(skills))
    return Indicator("coverage", value, "active skills self-rated in the past 180 days / active skills", [*skills["id"], *rated["id"]])


def _outside_view(skills: pd.DataFrame, others: pd.DataFrame) -> Indicator:
    seen = others[others["skill_id"].isin(skills["id"])]
    part = share(seen["skill_id"].nunique(), min(ENOUGH, len(skills)))
    formula = "active skills rated by someone else in the past 365 days / (5, or all active skills if fewer), at most 1"
    return Indicator("outside view", None if part is None else min(1.0, part), formula, [*skills["id"], *seen["id"]])


def _evidence(own: pd.DataFrame) -> Indicator:
    shown = int((own["evidence"].str.strip() != "").sum())
    return Indicator("evidence", share(shown, len(own)), "self ratings of the past 365 days with evidence / all of those", own["id"])
