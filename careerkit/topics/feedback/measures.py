"""What the feedback records say, in numbers."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator

import pandas as pd

from careerkit.records import join_list, typed_frame
from careerkit.topics import rater_comparison
from careerkit.topics.cache import remembered
from careerkit.topics.feedback.loop import STAGES, givers, reached
from careerkit.topics.goals.plan import Plan, plans
from careerkit.topics.rater_comparison import Ratings, View
from careerkit.topics.tables import Row, Tables, columns
from careerkit.topics.windows import past

CLOSURE = columns("stage: text; count: whole; median_days share: number; records: text")
BLIND_SPOTS = columns(
    "skill_id name: text; self_level others_level: number; raters: whole; difference: number; finding source rater_name records: text"
)
SPOT_GOALS = columns(
    "goal_id title skill_id name source rater_name: text; seen_on: day; difference difference_after: number; outcome records: text"
)


@remembered("feedback", "contacts")
def loop(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return how far each feedback has come and for how long it has been there, the latest begun first.

    Formula
    -------
    stage = the furthest of requested, received, reflected, decided, acted and followed up whose day has come; declined
    when they declined and nothing was received; expired 28 days after asking with nothing received. days in stage =
    day - the day it was reached. Feedback without any day counts as received on the day it was written down.
    """
    rows = reached(tables["feedback"], on).sort_values(["began", "id"], ascending=[False, True], kind="stable", ignore_index=True)
    return pd.DataFrame(
        {
            "feedback_id": rows["id"],
            "stage": rows["stage"].astype("str"),
            "days_in_stage": (pd.Timestamp(on) - rows["since"]).dt.days.astype("Int64"),
            "since": rows["since"],
            "giver": givers(rows, tables["contacts"]),
            "records": rows["id"],
        }
    )


def closure(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return how much of your feedback came at least as far as each stage, and how long that took.

    Formula
    -------
    count = feedback known on the day that reached the stage or a later one; the first stage counts all of it, what
    came unasked too. median days = median of the days from asking (unasked: from receiving) to the stage, where
    its day is known. share = count / all, none while there are none.
    """
    rows = reached(tables["feedback"], on)
    made = []
    for place, (stage, day) in enumerate(STAGES.items()):
        counted = rows[rows["place"] >= place] if place else rows
        took = (rows[day] - rows["began"]).dt.days[past(rows[day], on)].median()
        share = len(counted) / len(rows) if len(rows) else None
        made.append({"stage": stage, "count": len(counted), "median_days": took, "share": share, "records": join_list(counted["id"])})
    return typed_frame(made, CLOSURE)


def blind_spots(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return where others see your skills differently from you, the largest difference first.

    Formula
    -------
    difference = your latest level - the mean of the latest level of each other rater in the past 365 days, for each
    active skill; 1.0 or more: others see it differently; -1.0 or less: hidden strength. A rater is kind and name, else
    the feedback it came with, else the rating. Managers and coaches count split_names, never in the mean of the others; the
    others only as a mean of 3 or more: below that neither their scores nor their number is shown.
    """
    return typed_frame(rater_comparison.differences(tables, on), BLIND_SPOTS)


def spot_goals(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the goals that answer a blind spot, and whether the next rating closed it.

    Formula
    -------
    A goal answers a blind spot of a skill (its own, or that of feedback linked with it) when feedback.blind_spots says
    "others see it differently" at its start or on a later day of a rating while it runs; seen on = the first such day.
    difference after = your latest level - the latest levels of the same rater or group after that day, by the same
    rule; outcome: closed when it is below 1.0, still seen differently, or not rated again yet.
    """
    rated = {skill: (name, ratings) for skill, name, ratings in rater_comparison.rated(tables, on)}
    rows = [
        row
        for plan in plans(tables, on)
        for skill in _skills_of(plan, tables["feedback"])
        if skill in rated
        for row in _answered(plan, skill, *rated[skill], pd.Timestamp(on))
    ]
    rows.sort(key=lambda row: (-row["seen_on"].toordinal(), row["goal_id"], row["name"], row["source"]))
    return typed_frame(rows, SPOT_GOALS)


def _skills_of(plan: Plan, feedback: pd.DataFrame) -> list[str]:
    goal = plan.goal
    linked = feedback[(feedback["goal_id"] == goal["id"]) | ((feedback["id"] == goal["feedback_id"]) & (goal["feedback_id"] != ""))]
    return [skill for skill in dict.fromkeys([goal["skill_id"], *linked["skill_id"]]) if skill]


def _answered(plan: Plan, skill: str, name: str, ratings: Ratings, day: pd.Timestamp) -> Iterator[Row]:
    # A plan's own day is the one on which it was closed, else the day looked at.
    days = [plan.start, *ratings.days[bisect_right(ratings.days, plan.start) : bisect_right(ratings.days, plan.day)]]
    first: dict[tuple[str, ...], tuple[pd.Timestamp, float, View]] = {}
    for when in days:
        for view, difference in _apart(ratings, when) if when <= day else ():
            if view.who not in first and rater_comparison.finding(difference) == rater_comparison.DIFFERENTLY:
                first[view.who] = when, difference, view
    mine = ratings.own(day)
    for who, (when, difference, view) in first.items():
        again, after = next(((each, gap) for each, gap in _apart(ratings, day, when) if each.who == who), (None, None))
        yield {
            "goal_id": plan.goal["id"],
            "title": plan.goal["title"],
            "skill_id": skill,
            "name": name,
            "source": view.source,
            "rater_name": view.name,
            "seen_on": when,
            "difference": difference,
            "difference_after": after,
            "outcome": _outcome(after),
            "records": join_list([plan.goal["id"], skill, *view.ids, *(again.ids if again else ()), *([mine["id"]] if mine else [])]),
        }


def _apart(ratings: Ratings, day: pd.Timestamp, after: pd.Timestamp | None = None) -> list[tuple[View, float]]:
    """Return each view on a day with how far one's own level is above it; none before one rated oneself."""
    mine = ratings.own(day)
    return [(view, float(mine["level"]) - view.level) for view in ratings.views(day, after)] if mine else []


def _outcome(after: float | None) -> str:
    if after is None:
        return "not rated again yet"
    return "still seen differently" if after >= rater_comparison.APART else "closed"
