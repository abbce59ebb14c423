"""What a goal may grow from: a skill gap, what others see differently, a habit that stands low."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records.settings import Settings
from careerkit.topics.assessment import measures as assessment
from careerkit.topics.feedback import measures as feedback
from careerkit.topics.habits import measures as habits

Tables = Mapping[str, pd.DataFrame]
# A longer list to grow a goal from is a list of everything one is not.
MOST_GROWN = 3
LOW = 70


def beginnings(tables: Tables, on: dt.date, settings: Settings) -> list[tuple[str, dict[str, Any]]]:
    """Return what a goal may grow from: the widest skill gaps, what others see differently, the habits that stand lowest."""
    gaps = assessment.gaps(tables, on)
    gaps = gaps[(gaps["gap"] > 0).fillna(False)].sort_values(["weighted_gap", "gap"], ascending=False, na_position="last", kind="stable")
    spots = feedback.blind_spots(tables, on)
    spots = spots[spots["finding"] == "others see it differently"].drop_duplicates("skill_id")
    scores = habits.index(tables, on, settings).dropna(subset="score").sort_values("score", kind="stable")
    found = [_from_gap(row) for row in gaps.head(MOST_GROWN).to_dict("records")]
    found += [_from_spot(row) for row in spots.head(MOST_GROWN).to_dict("records")]
    return found + [_from_habit(row) for row in scores[scores["score"] < LOW].head(2).to_dict("records")]


def _from_gap(row: Mapping[Hashable, Any]) -> tuple[str, dict[str, Any]]:
    now, wanted = look.number(row["level"]), look.number(row["target_level"])
    begun = {"title": f"Raise my level of {row['name']} from {now} to {wanted}", "metric": "my level", "baseline": now, "target": wanted}
    return f"Skill gap: {row['name']}, {now} now and {wanted} wanted", {**begun, "skill_id": row["skill_id"], "habit": "assessment"}


def _from_spot(row: Mapping[Hashable, Any]) -> tuple[str, dict[str, Any]]:
    begun = {"title": f"See my {row['name']} as others see it", "skill_id": row["skill_id"], "habit": "feedback"}
    return f"Others see it differently: {row['name']}", begun


def _from_habit(row: Mapping[Hashable, Any]) -> tuple[str, dict[str, Any]]:
    return f"Habit: {row['habit']}, {round(row['score'])} of 100", {"habit": row["habit"]}
