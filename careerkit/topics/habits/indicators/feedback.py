"""The indicators of the feedback habit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from careerkit.records.settings import Settings
from careerkit.topics.feedback.records import Feedback
from careerkit.topics.habits.indicators.indicator import Indicator, share
from careerkit.topics.tables import Tables
from careerkit.topics.windows import past

# The records whose first day says when the habit began.
RECORDS = (Feedback,)


def indicators(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Indicator]:
    """Yield the indicators of the feedback habit."""
    rows, day = tables["feedback"], pd.Timestamp(on)
    asked = rows[past(rows["requested_on"], on, 180)]
    yield Indicator("asked", min(1.0, len(asked) / 4), "requests of the past 180 days / 4, at most 1", asked["id"])
    due = rows[_aged(rows["requested_on"], on, 28)]
    heard = (due[["received_on", "declined_on", "reminded_on"]] <= day).any(axis=1)
    formula = "requests 28 to 365 days old that were received, declined or reminded by the day / all of them"
    yield Indicator("answered", share(int(heard.sum()), len(due)), formula, due["id"])
    steps = (
        ("decided", 14, "decided_on", "with a decision by the day"),
        ("closed", 45, "followed_up_on", "whose giver was told by the day"),
    )
    for name, age, column, words in steps:
        received = rows[_aged(rows["received_on"], on, age)]
        formula = f"feedback received {age} to 365 days ago {words} / all of it"
        yield Indicator(name, share(int(past(received[column], on).sum()), len(received)), formula, received["id"])


def _aged(days: pd.Series, on: dt.date, least: int) -> pd.Series:
    """Say which days lie from that many to 365 days back."""
    age = (pd.Timestamp(on) - days).dt.days
    return (age >= least) & (age <= 365)
