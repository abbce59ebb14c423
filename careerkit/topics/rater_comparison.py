"""How others rate a skill beside oneself, as far as the promise to them allows.

A manager or a coach is shown singly, everyone else only as the mean of three or more.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from careerkit.records import is_blank, join_list
from careerkit.topics.tables import Row, Tables
from careerkit.topics.windows import in_force

# They are few and speak for themselves; nobody's answer hides behind theirs, and theirs behind nobody's.
SINGLY = ("manager", "coach")
# Fewer could be told apart from their mean.
FEWEST = 3
YEAR = 365
APART = 1.0
DIFFERENTLY, HIDDEN_STRENGTH = "others see it differently", "hidden strength"


@dataclass(frozen=True)
class View:
    """How one manager or coach, or three or more others together, rate a skill.

    Parameters
    ----------
    source : str
        ``manager``, ``coach`` or ``others``.
    who : tuple
        The rater or group whose view it is, unlike any other of its skill.
    name : str
        The manager's or coach's, where it is known.
    level : float
        0 to 5, of others their mean.
    raters : int
        How many it rests on.
    ids : tuple of str
        The ratings behind it.
    """

    source: str
    who: tuple[str, ...]
    name: str
    level: float
    raters: int
    ids: tuple[str, ...]


class Ratings:
    """One skill's ratings, the earliest first.

    Parameters
    ----------
    rows : list of dict
        Ratings of one skill, sorted by their day.
    """

    def __init__(self, rows: list[Row]) -> None:
        self._mine = [row for row in rows if row["rater"] == "self"]
        self._others = [(_rater(row), row) for row in rows if row["rater"] != "self"]
        self._my_days = [row["rated_on"].toordinal() for row in self._mine]
        self._other_days = [row["rated_on"].toordinal() for _, row in self._others]
        self.days = list(dict.fromkeys(row["rated_on"] for row in rows))

    def own(self, day: pd.Timestamp) -> Row | None:
        """Return the latest rating by oneself up to a day."""
        place = bisect_right(self._my_days, day.toordinal())
        return self._mine[place - 1] if place else None

    def views(self, day: pd.Timestamp, after: pd.Timestamp | None = None) -> list[View]:
        """Return how others rate it on a day, from the latest rating of each in the past 365 days.

        Parameters
        ----------
        after : Timestamp, optional
            Only ratings later than this day count.
        """
        last = day.toordinal()
        since = last - YEAR if after is None else max(last - YEAR, after.toordinal())
        latest = dict(self._others[bisect_right(self._other_days, since) : bisect_right(self._other_days, last)])
        singly = [
            View(row["rater"], who, row["rater_name"].strip(), float(row["level"]), 1, (row["id"],))
            for who, row in latest.items()
            if row["rater"] in SINGLY
        ]
        return [*singly, *_together([row for row in latest.values() if row["rater"] not in SINGLY])]


def differences(tables: Tables, on: dt.date) -> list[Row]:
    """Return how each view of each active skill differs from one's own, the largest difference first.

    See feedback.blind_spots, whose columns the rows have.
    """
    rows = [row for skill, name, ratings in rated(tables, on) for row in _differences(skill, name, ratings, pd.Timestamp(on))]
    return sorted(
        rows, key=lambda row: (is_blank(row["difference"]), -(row["difference"] or 0.0), row["name"], row["source"], row["records"])
    )


def rated(tables: Tables, on: dt.date) -> Iterator[tuple[str, str, Ratings]]:
    """Yield id, name and ratings of each active skill that has any."""
    # A rating shows that the skill existed, though it may have been written down later.
    active, ratings = in_force(tables["skills"], "retired_on", on), _by_skill(tables["skill_ratings"])
    for skill, name in zip(active["id"], active["name"], strict=True):
        if skill in ratings:
            yield skill, name, ratings[skill]


def finding(difference: float | None) -> str:
    """Return what a difference between one's own level and others' means, '' when it is small."""
    if difference is None or abs(difference) < APART:
        return ""
    return DIFFERENTLY if difference > 0 else HIDDEN_STRENGTH


def _differences(skill: str, name: str, ratings: Ratings, day: pd.Timestamp) -> Iterator[Row]:
    mine = ratings.own(day)
    for view in ratings.views(day):
        difference = float(mine["level"]) - view.level if mine else None
        yield {
            "skill_id": skill,
            "name": name,
            "self_level": float(mine["level"]) if mine else None,
            "others_level": view.level,
            "raters": view.raters,
            "difference": difference,
            "finding": finding(difference),
            "source": view.source,
            "rater_name": view.name,
            "records": join_list([skill, *([mine["id"]] if mine else []), *view.ids]),
        }


def _by_skill(ratings: pd.DataFrame) -> dict[str, Ratings]:
    known = ratings[ratings["level"].notna() & ratings["rated_on"].notna()].sort_values(["rated_on", "id"], kind="stable")
    found: dict[str, list[Row]] = defaultdict(list)
    columns = ("id", "rated_on", "skill_id", "rater", "rater_name", "feedback_id", "level")
    for values in zip(*(known[name].tolist() for name in columns), strict=True):
        row = dict(zip(columns, values, strict=True))
        found[row["skill_id"]].append(row)
    return {skill: Ratings(rows) for skill, rows in found.items()}


def _together(rows: Sequence[Row]) -> list[View]:
    if len(rows) < FEWEST:
        return []
    mean = sum(row["level"] for row in rows) / len(rows)
    return [View("others", ("others",), "", float(mean), len(rows), tuple(row["id"] for row in rows))]


def _rater(row: Row) -> tuple[str, ...]:
    if name := row["rater_name"].strip().casefold():
        return row["rater"], "name", name
    return (row["rater"], "feedback", row["feedback_id"]) if row["feedback_id"] else (row["rater"], "row", row["id"])
