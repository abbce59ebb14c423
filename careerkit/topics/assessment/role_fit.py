"""How a position fits in each aspect: the latest score, the one before, and the one about a year before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from careerkit.records import is_blank
from careerkit.topics.assessment.snapshot import held_positions
from careerkit.topics.tables import Tables
from careerkit.topics.windows import past

# A look a quarter seldom falls on the same day of the next year.
A_YEAR, EITHER_WAY = 365, 90


@dataclass(frozen=True)
class Course:
    """The scores of one position in one aspect, earliest first.

    Parameters
    ----------
    position_id, position : str
        Empty where no position is held.
    scores : DataFrame
        Its rows of ``role_fit``, one or more.
    """

    position_id: str
    position: str
    scores: pd.DataFrame

    @property
    def dimension(self) -> str:
        """What is scored, in its latest spelling."""
        return str(self.last["dimension"]).strip()

    @property
    def last(self) -> pd.Series:
        """The latest."""
        return self.scores.iloc[-1]

    @property
    def before(self) -> pd.Series | None:
        """The one of the day before that."""
        earlier = self.scores[self.scores["rated_on"] < self.last["rated_on"]]
        return earlier.iloc[-1] if len(earlier) else None

    @property
    def year_before(self) -> pd.Series | None:
        """The one nearest to a year before the latest, up to 90 days either way."""
        off = ((self.last["rated_on"] - self.scores["rated_on"]).dt.days - A_YEAR).abs()
        return self.scores.loc[off.idxmin()] if off.min() <= EITHER_WAY else None

    def drift(self) -> int | None:
        """Return the latest score minus that of about a year before, else minus the one before."""
        earlier = self.year_before if self.year_before is not None else self.before
        return None if earlier is None else int(self.last["score"]) - int(earlier["score"])


def courses(tables: Tables, on: dt.date) -> Iterator[Course]:
    """Yield the course of each aspect of the positions held on a day, in the order in which they were first named.

    A score that names no position belongs to the one begun last, from its start on.
    """
    positions = held_positions(tables, on)
    titles = dict(zip(positions["id"], positions["title"], strict=True))
    for (position, _), scores in _scores(tables["role_fit"], positions, on).groupby(["of", "aspect"], sort=False):
        yield Course(str(position), titles.get(position, ""), scores)


def _scores(fits: pd.DataFrame, positions: pd.DataFrame, on: dt.date) -> pd.DataFrame:
    scored = fits[past(fits["rated_on"], on) & fits["score"].notna()].sort_values(["rated_on", "id"], kind="stable")
    of = scored["position_id"]
    if len(positions):
        main = positions.iloc[0]
        since = main["started_on"]
        unnamed = (of == "") & (is_blank(since) | (scored["rated_on"] >= since))
        of = of.mask(unnamed, main["id"])
        scored, of = scored[of.isin(positions["id"])], of[of.isin(positions["id"])]
    else:
        scored, of = scored[of == ""], of[of == ""]
    return scored.assign(of=of, aspect=scored["dimension"].str.strip().str.casefold())
