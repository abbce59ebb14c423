"""What stands on a day: the skills followed, the latest own levels, the positions held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from careerkit.records import join_list
from careerkit.topics.assessment.records import Position, Skill

Tables = Mapping[str, pd.DataFrame]


def ids(*columns: Iterable[Any]) -> list[str]:
    """Return the ids behind each row, ';'-joined, missing ones left out."""
    return [join_list("" if pd.isna(each) else each for each in row) for row in zip(*columns, strict=True)]


def active(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the skills that were followed on a day, in the table's order."""
    skills = Skill.known(tables["skills"], on)
    return skills[~(skills["retired_on"] <= pd.Timestamp(on))].reset_index(drop=True)


def own_ratings(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the ratings by oneself up to a day, earliest first, ties by id."""
    ratings = tables["skill_ratings"]
    told = ratings[(ratings["rater"] == "self") & (ratings["rated_on"] <= pd.Timestamp(on))]
    return told.sort_values(["rated_on", "id"], kind="stable")


def latest(ratings: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return each skill's last rating that has this column filled: the column, rated_on and id, by skill_id."""
    told = ratings[ratings[column].notna()].drop_duplicates("skill_id", keep="last").set_index("skill_id")
    return told[[column, "rated_on", "id"]]


def held(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the positions held on a day, the one begun last first."""
    day, positions = pd.Timestamp(on), Position.known(tables["positions"], on)
    kept = positions[~(positions["started_on"] > day) & ~(positions["ended_on"] < day)]
    return kept.sort_values(["started_on", "id"], ascending=[False, True], na_position="last", kind="stable")
