"""Which review has come due, and which earlier ones were never made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from careerkit import look
from careerkit.records.settings import Settings
from careerkit.review.context import first_day, lower_first
from careerkit.review.report.archive import Shelf
from careerkit.topics.periods import Period, last_complete

# More than this many are told as a number.
TOLD = 4


@dataclass(frozen=True)
class Due:
    """What is to be made.

    Parameters
    ----------
    period : Period or None
        The last complete one, None when its review was made, or when nothing was written down by its end.
    missed : list of Period
        Earlier ones with no review, the latest first. They are told, not made: a person who begins with two years of
        records wants this quarter's review, and not nine at once.
    said : str
        In a sentence.
    """

    period: Period | None
    missed: list[Period]
    said: str


def due(shelf: Shelf, audience: str, tables: Mapping[str, pd.DataFrame], settings: Settings, today: dt.date) -> Due:
    """Return which review has come due for a reader."""
    last = last_complete(today, settings.review_period, settings.fiscal_first_month)
    first = first_day(tables)
    if shelf.has(last, audience):
        return Due(None, [], f"No review is due: that of {lower_first(last.label)} is made.")
    if first is None:
        return Due(None, [], "No review is due: nothing is written down yet.")
    if first > last.end:
        return Due(None, [], f"No review is due: your records begin on {look.long_day(first)}, after {lower_first(last.label)} was over.")
    missed = _missed(shelf, audience, last, first)
    return Due(last, missed, _said(missed))


def _missed(shelf: Shelf, audience: str, last: Period, first: dt.date) -> list[Period]:
    found, period = [], last.previous()
    while period.end >= first:
        if not shelf.has(period, audience):
            found.append(period)
        period = period.previous()
    return found


def _said(missed: list[Period]) -> str:
    if not missed:
        return ""
    names = look.listed([period.name for period in missed[:TOLD]])
    more = f", and {len(missed) - TOLD} before them" if len(missed) > TOLD else ""
    return f"Never made: {names}{more}. To make one: careerkit report --period {missed[0].name}"
