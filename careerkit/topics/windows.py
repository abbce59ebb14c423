"""Windows of days: the past so many, and those from one day to another."""

from __future__ import annotations

import datetime as dt

import pandas as pd


def past(days: pd.Series, on: dt.date, length: int | None = None) -> pd.Series:
    """Say which days have come by a day; with a length, which lie in that many days up to and including it."""
    come = days <= pd.Timestamp(on)
    return come if length is None else come & (days > pd.Timestamp(on) - pd.Timedelta(days=length))


def within(days: pd.Series, first: dt.date, last: dt.date) -> pd.Series:
    """Say which days lie from one day to another, both counted."""
    return (days >= pd.Timestamp(first)) & (days <= pd.Timestamp(last))


def in_force(frame: pd.DataFrame, ended: str, on: dt.date) -> pd.DataFrame:
    """Return the rows whose end, such as ``retired_on``, had not come by a day."""
    return frame[~past(frame[ended], on)]
