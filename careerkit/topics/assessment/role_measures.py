"""What the records of roles say, in numbers: how the present one fits, how far the others are, and what was tried out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from careerkit.records import join_list, typed_frame
from careerkit.topics.assessment.role_fit import Course, courses
from careerkit.topics.assessment.targets import GAPS, MIDDLE, levels, of_role, thought_about, with_gaps
from careerkit.topics.learning.records import LearningItem
from careerkit.topics.tables import Row, Tables, columns, names, unique_ids
from careerkit.topics.windows import past

NOT_FITTING = 2.5

FIT = columns(
    "position_id position dimension: text; score: whole; rated_on: day; before: whole; before_on: day;"
    "year_before: whole; year_before_on: day; drift: whole; finding records: text"
)
OVERALL = columns("position_id position: text; rated_on: day; dimensions: whole; mean drift: number; finding records: text")
ROLES = {**columns("role_id role: text"), **GAPS}
DISTANCE = columns("role_id name status: text; skills reached unrated: whole; to_go: number; records: text")
EXPERIMENTS = columns("item_id title status skill_id roles: text; hours: number; takeaway records: text")
STATUS_ORDER = ("doing", "planned", "done", "dropped")


def fit(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return how the position you hold fits in each aspect, and how that has moved.

    Formula
    -------
    score = latest up to the day, of the positions held on it; before = the one of an earlier day; year before = the one
    nearest to 365 days before the latest, at most 90 days off. drift = score - year before, else score - before.
    finding, first that holds: does not fit (score 2 or less), slipping (drift below 0), fits (4 or more), in part.
    Aspects are told apart by their words, capitals aside; a score without a position counts for the one begun last.
    """
    return typed_frame([_fit_row(course) for course in courses(tables, on)], FIT)


def fit_overall(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return how each position you hold fits all in all, with a warning when it no longer does.

    Formula
    -------
    mean = mean of the latest scores (assessment.fit); drift = mean of their drifts, where there are any. finding, first
    that holds: too early to say (fewer than 3 aspects), no longer fits (mean below 2.5, or drift -1 or lower), slipping
    (drift -0.5 or lower), fits (mean 3.5 or more), fits in part.
    """
    rows = fit(tables, on)
    return typed_frame([_overall_row(part) for _, part in rows.groupby("position_id", sort=False)], OVERALL)


def roles(tables: Tables, on: dt.date, role: str | None = None) -> pd.DataFrame:
    """Return the distance to each role you think about, skill by skill, to be read side by side.

    Formula
    -------
    For each role known on the day and not dropped, or the one named: the rows of assessment.gaps against its targets.
    A role's status counts as it stands today.
    """
    own = levels(tables, on)
    parts = [with_gaps(of_role(tables, on, key), own).assign(role_id=key, role=name) for key, name in thought_about(tables, on, role)]
    return pd.concat([typed_frame([], ROLES), *parts], ignore_index=True)[list(ROLES)].astype(ROLES)


def distance(tables: Tables, on: dt.date, role: str | None = None) -> pd.DataFrame:
    """Return how far each role you think about is, all skills together, the one with least to go first.

    Formula
    -------
    Over the role's targets (assessment.roles): skills = how many, reached = level at the target or beyond, unrated =
    no level of your own yet; to go = sum of importance x what is missing / sum of importance x target level, over those
    with a level: 0 is there, 1 is all of the way; NA where none has one.
    """
    rows, known = roles(tables, on, role), thought_about(tables, on, role)
    status = names(tables["roles"], "status")
    made = typed_frame([_distance_row(key, name, status[key], rows[rows["role_id"] == key]) for key, name in known], DISTANCE)
    return made.sort_values("to_go", na_position="last", kind="stable", ignore_index=True)


def experiments(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the small experiments by which you try out a role or a skill, those under way first.

    Formula
    -------
    Learning items of the kind experiment known on the day; hours = all logged with it up to the day; takeaway = the
    latest one; roles = those not dropped that ask for its skill. Status counts as it stands today.
    """
    items = LearningItem.known(tables["learning_items"], on)
    items = items[items["kind"] == "experiment"]
    log = tables["learning_log"]
    log = log[past(log["studied_on"], on)].sort_values(["studied_on", "id"], kind="stable")
    logged, asking = dict(list(log.groupby("item_id"))), roles(tables, on)
    rows = []
    for item in items.to_dict("records"):
        mine, by = logged.get(item["id"], log[:0]), asking[asking["skill_id"] == item["skill_id"]]
        noted = [text for text in mine["takeaway"] if text.strip()]
        rows.append(
            {
                **item,
                "item_id": item["id"],
                "hours": mine["minutes"].sum() / 60,
                "takeaway": noted[-1] if noted else "",
                "roles": join_list(by["role_id"]) if item["skill_id"] else "",
                "records": join_list([item["id"], *mine["id"]]),
            }
        )
    rows.sort(key=lambda row: _place(row["status"], STATUS_ORDER))
    return typed_frame(rows, EXPERIMENTS)


def two_roles(tables: Tables, on: dt.date, first: str | None = None, second: str | None = None) -> list[str]:
    """Return the ids of the roles to compare: those named, else the ones furthest on, chosen before tested before explored."""
    known = distance(tables, on)
    known = known.assign(place=[_place(status, ("chosen", "testing", "exploring", "")) for status in known["status"]])
    usual = list(known.sort_values(["place", "skills"], ascending=[True, False], kind="stable")["role_id"])
    # Of two places, the one left open goes to the role that comes next.
    left, right = (key if key in usual else None for key in (first, second))
    rest = iter([key for key in usual if key not in (left, right)])
    pair = [left or next(rest, None), right or next(rest, None)]
    return list(dict.fromkeys(key for key in pair if key))


def _place(status: str, order: tuple[str, ...]) -> int:
    return order.index(status) if status in order else len(order)


def _fit_row(course: Course) -> Row:
    last, before, year = course.last, course.before, course.year_before
    drift = course.drift()
    used = [row["id"] for row in (last, before, year) if row is not None]
    return {
        "position_id": course.position_id,
        "position": course.position,
        "dimension": course.dimension,
        "score": last["score"],
        "rated_on": last["rated_on"],
        "before": pd.NA if before is None else before["score"],
        "before_on": pd.NaT if before is None else before["rated_on"],
        "year_before": pd.NA if year is None else year["score"],
        "year_before_on": pd.NaT if year is None else year["rated_on"],
        "drift": pd.NA if drift is None else drift,
        "finding": _fitting(int(last["score"]), drift),
        "records": join_list([*used, course.position_id]),
    }


def _fitting(score: int, drift: int | None) -> str:
    if score <= 2:
        return "does not fit"
    if drift is not None and drift < 0:
        return "slipping"
    return "fits" if score >= 4 else "in part"


def _overall_row(rows: pd.DataFrame) -> Row:
    mean, drift = rows["score"].mean(), rows["drift"].mean()
    return {
        "position_id": rows["position_id"].iloc[0],
        "position": rows["position"].iloc[0],
        "rated_on": rows["rated_on"].max(),
        "dimensions": len(rows),
        "mean": mean,
        "drift": drift,
        "finding": _overall(len(rows), mean, drift),
        "records": unique_ids(rows["records"]),
    }


def _overall(aspects: int, mean: Any, drift: Any) -> str:
    fallen = 0.0 if pd.isna(drift) else float(drift)
    if aspects < 3:
        return "too early to say"
    if mean < NOT_FITTING or fallen <= -1:
        return "no longer fits"
    if fallen <= -0.5:
        return "slipping"
    return "fits" if mean >= 3.5 else "fits in part"


def _distance_row(key: str, name: str, status: str, rows: pd.DataFrame) -> Row:
    rated = rows[rows["gap"].notna()]
    weight = rated["importance"].fillna(MIDDLE)
    full = float((rated["target_level"] * weight).sum())
    missing = float((rated["gap"].clip(lower=0) * weight).sum())
    return {
        "role_id": key,
        "name": name,
        "status": status,
        "skills": len(rows),
        "reached": int((rated["gap"] <= 0).sum()),
        "unrated": int(rows["level"].isna().sum()),
        "to_go": missing / full if full else (0.0 if len(rated) else pd.NA),
        "records": unique_ids([key, *rows["records"]]),
    }
