"""The skills followed, the latest own levels and the positions held, as of a day."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit.topics.assessment.records import Position, Skill
from careerkit.topics.tables import Tables
from careerkit.topics.windows import in_force, past


def active_skills(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the skills that were followed on a day, in the table's order."""
    return in_force(Skill.known(tables["skills"], on), "retired_on", on).reset_index(drop=True)


def own_ratings(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the ratings by oneself up to a day, earliest first, ties by id."""
    ratings = tables["skill_ratings"]
    own = ratings[(ratings["rater"] == "self") & past(ratings["rated_on"], on)]
    return own.sort_values(["rated_on", "id"], kind="stable")


def latest(ratings: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return each skill's last rating that has this column filled: the column, rated_on and id, by skill_id."""
    filled = ratings[ratings[column].notna()].drop_duplicates("skill_id", keep="last").set_index("skill_id")
    return filled[[column, "rated_on", "id"]]


def held_positions(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the positions held on a day, the one begun last first."""
    day, positions = pd.Timestamp(on), Position.known(tables["positions"], on)
    held = positions[~(positions["started_on"] > day) & ~(positions["ended_on"] < day)]
    return held.sort_values(["started_on", "id"], ascending=[False, True], na_position="last", kind="stable")
