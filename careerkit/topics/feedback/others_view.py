"""How others see a skill, as far as the promise to them allows: a manager or a coach singly, everyone else only as three or more."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

# They are few and speak for themselves; nobody's answer hides behind theirs, and theirs behind nobody's.
SINGLY = ("manager", "coach")
# Fewer could be told apart from their mean.
FEWEST = 3
YEAR = 365
APART = 1.0
DIFFERENTLY, HIDDEN = "others see it differently", "hidden strength"

Row = dict[str, Any]


@dataclass(frozen=True)
class View:
    """How one manager or coach, or three or more others together, see a skill.

    Parameters
    ----------
    source : str
        ``manager``, ``coach`` or ``others``.
    who : tuple
        Tells this view from the others of its skill.
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
        """Return how others see it on a day, from the latest rating of each in the past 365 days.

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


def by_skill(ratings: pd.DataFrame) -> dict[str, Ratings]:
    """Return each skill's ratings."""
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


def finding(difference: float | None) -> str:
    """Return what a difference between one's own level and others' means, '' when it is small."""
    if difference is None or abs(difference) < APART:
        return ""
    return DIFFERENTLY if difference > 0 else HIDDEN
