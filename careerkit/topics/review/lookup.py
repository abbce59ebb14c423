"""The review that was written of a period, whichever way its name was typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.topics.periods import Period


def review_of(tables: Mapping[str, pd.DataFrame], period: Period, fiscal_first_month: int, on: dt.date) -> pd.Series | None:
    """Return the review of a period, of several the latest; None when the period was not reviewed by a day.

    Parameters
    ----------
    fiscal_first_month : int
        What a fiscal period's name means.
    on : date
        What was written after this day is not known yet.
    """
    rows = tables["reviews"]
    rows = rows[rows["written_on"].isna() | (rows["written_on"] <= pd.Timestamp(on))]
    rows = rows[rows["period"].map(lambda name: _days(name, fiscal_first_month) == (period.start, period.end)).astype("bool")]
    return None if rows.empty else rows.sort_values(["written_on", "id"], kind="stable").iloc[-1]


def _days(name: str, fiscal_first_month: int) -> tuple[dt.date, dt.date] | None:
    try:
        period = Period.parse(name, fiscal_first_month)
    except CareerkitError:
        return None
    return period.start, period.end
