"""Which review has come due, and which earlier ones were never made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from careerkit import look
from careerkit.records.settings import Settings
from careerkit.review.context import first_day, lower_first
from careerkit.review.report.archive import Archive
from careerkit.topics.periods import Period, last_complete

# More than this many are counted, not named.
MOST_NAMED = 4


@dataclass(frozen=True)
class DueReview:
    """What is to be made.

    Parameters
    ----------
    period : Period or None
        The last complete one, None when its review was made, or when nothing was written down by its end.
    missed : list of Period
        Earlier ones with no review, the latest first. They are listed, not made: a person who begins with two years of
        records wants this quarter's review, and not nine at once.
    message : str
        A sentence that says so; empty when there is nothing to say.
    """

    period: Period | None
    missed: list[Period]
    message: str


def due(archive: Archive, audience: str, tables: Mapping[str, pd.DataFrame], settings: Settings, today: dt.date) -> DueReview:
    """Return which review has come due for a reader."""
    last = last_complete(today, settings.review_period, settings.fiscal_first_month)
    first = first_day(tables)
    if archive.has(last, audience):
        return DueReview(None, [], f"No review is due: the one for {lower_first(last.label)} is made.")
    if first is None:
        return DueReview(None, [], "No review is due: nothing is written down yet.")
    if first > last.end:
        return DueReview(
            None, [], f"No review is due: your records begin on {look.long_day(first)}, after {lower_first(last.label)} was over."
        )
    missed = _missed(archive, audience, last, first)
    return DueReview(last, missed, _message(missed))


def _missed(archive: Archive, audience: str, last: Period, first: dt.date) -> list[Period]:
    found, period = [], last.previous()
    while period.end >= first:
        if not archive.has(period, audience):
            found.append(period)
        period = period.previous()
    return found


def _message(missed: list[Period]) -> str:
    if not missed:
        return ""
    names = look.listed([period.name for period in missed[:MOST_NAMED]])
    more = f", and {len(missed) - MOST_NAMED} before them" if len(missed) > MOST_NAMED else ""
    return f"Never made: {names}{more}. To make one: careerkit report --period {missed[0].name}"
