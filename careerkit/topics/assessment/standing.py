"""What stands on a day: the skills followed, the latest own levels, and what others say without being told apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from careerkit.record import join_list
from careerkit.topics.assessment.records import Position, Skill

Tables = Mapping[str, pd.DataFrame]
YEAR = pd.Timedelta(days=365)
# Fewer than three could be told apart by whoever reads the mean.
FEWEST_OTHERS = 3
SINGLY = ("manager", "coach")


def frame(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Return rows as a frame with these columns in these types, also when there are none."""
    told = list(rows)
    return pd.DataFrame({name: pd.Series([row[name] for row in told], dtype=kind) for name, kind in columns.items()})


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


def by_others(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return each skill's level as others see it, by skill_id: manager, coach, rest, raters, ids.

    The latest level of each other rater in the past 365 days. Managers and coaches stand singly, the latest of each;
    the rest only as a mean of three or more.
    """
    told = _each_others_latest(tables["skill_ratings"], pd.Timestamp(on))
    singly = [_single(told, rater) for rater in SINGLY]
    rest = told[~told["rater"].isin(SINGLY)].groupby("skill_id")
    pooled = pd.DataFrame({"rest": rest["level"].mean(), "raters": rest["level"].count(), "rest_id": rest["id"].agg(";".join)})
    found = pd.concat([*singly, pooled[pooled["raters"] >= FEWEST_OTHERS]], axis=1)
    kinds = {"manager": "Int64", "coach": "Int64", "rest": "Float64", "raters": "Int64"}
    found = found.reindex(columns=[*kinds, "manager_id", "coach_id", "rest_id"]).astype(kinds)
    return found.assign(ids=ids(found["manager_id"], found["coach_id"], found["rest_id"]))[[*kinds, "ids"]].rename_axis("skill_id")


def _each_others_latest(ratings: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    recent = (ratings["rated_on"] <= day) & (ratings["rated_on"] > day - YEAR)
    told = ratings[recent & ratings["rater"].ne("self") & ratings["level"].notna()].sort_values(["rated_on", "id"], kind="stable")
    named = told["rater_name"].str.strip().str.casefold()
    who = named.where(named != "", told["feedback_id"]).where(lambda text: text != "", told["id"])
    return told.assign(who=told["rater"] + " " + who).drop_duplicates(["skill_id", "who"], keep="last")


def _single(told: pd.DataFrame, rater: str) -> pd.DataFrame:
    mine = told[told["rater"] == rater].drop_duplicates("skill_id", keep="last").set_index("skill_id")
    return mine[["level", "id"]].rename(columns={"level": rater, "id": f"{rater}_id"})
