"""What one did in a period, as Markdown: export only."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.records.settings import Settings
from careerkit.sharing.audience import DOCUMENT, view
from careerkit.topics.brand import document, measures
from careerkit.topics.periods import Period

NAME = "brag"
YEAR = dt.timedelta(days=364)
Tables = Mapping[str, pd.DataFrame]


def span(period: str | dt.date | None, on: dt.date, settings: Settings) -> tuple[dt.date, dt.date]:
    """Return a first and a last day: of a period such as 2026Q3, or from a day until now; else of the past twelve months.

    Raises
    ------
    CareerkitError
        When the text names neither a period nor a day, or the days are still to come.
    """
    if period is None:
        return on - YEAR, on
    if isinstance(period, dt.date):
        start, end = period, on
    elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", period.strip()):
        start, end = _day(period.strip()), on
    else:
        named = Period.parse(period, settings.fiscal_first_month)
        start, end = named.start, min(named.end, on)
    if start > on:
        raise CareerkitError(f"{look.long_day(start)} is still to come, so there is nothing to tell yet. Choose an earlier day or period.")
    return start, end


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CareerkitError(f"{text!r} is not a day of the calendar. Write it as year-month-day, such as 2026-01-01.") from None


def export(tables: Tables, on: dt.date, settings: Settings, period: str | dt.date | None = None) -> tuple[str, str]:
    """Return the wins of a period as Markdown, the stories among them, and what was left out in a sentence, '' for nothing."""
    start, end = span(period, on, settings)
    seen, _ = view(tables, DOCUMENT)
    private = len(measures.wins(tables, end, since=start)) - len(measures.wins(seen, end, since=start))
    left_out = f"{look.count(private, 'private win')} {'is' if private == 1 else 'are'} left out." if private else ""
    return document.written(seen, start, end, settings.owner), left_out
