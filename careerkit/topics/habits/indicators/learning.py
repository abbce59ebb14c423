"""The indicators of the habit of changing with your field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from careerkit.records import split_list
from careerkit.records.settings import Settings
from careerkit.topics.habits.indicators.indicator import Indicator, share
from careerkit.topics.learning import measures as learning
from careerkit.topics.learning.records import Credential, LearningItem, LearningLog, Trend, TrendReview
from careerkit.topics.tables import Tables
from careerkit.topics.windows import past

# The records whose first day says when the habit began.
RECORDS = (Credential, LearningItem, LearningLog, Trend, TrendReview)
HALF_YEAR = 180
# As much as a small course: who gave it that much has learned something, finished or not.
ENOUGH_HOURS = 15


def indicators(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Indicator]:
    """Yield the indicators of the habit of changing with your field."""
    yield _study(learning.pace(tables, on, settings).iloc[0])
    yield _completion(learning.items(tables, on), on)
    yield _trends(learning.radar(tables, on), on)
    yield _credentials(learning.credentials(tables, on))


def _study(pace: pd.Series) -> Indicator:
    value = None if pd.isna(pace["ratio"]) else min(1.0, float(pace["ratio"]))
    formula = "hours studied in the past 91 days / 13 x the weekly target, at most 1; none with a target of 0"
    return Indicator("study", value, formula, split_list(pace["records"]))


def _completion(items: pd.DataFrame, on: dt.date) -> Indicator:
    finished = past(items["finished_on"], on, HALF_YEAR) & (items["status"] == "done")
    # Three quarters of an hour, twenty times, may come to a little less than 15 in a computer.
    counted = items[finished | (items["recent_hours"].round(6) >= ENOUGH_HOURS)]
    formula = "items finished in the past 180 days, or with 15 hours or more logged in those days, / 2, at most 1"
    return Indicator("completion", min(1.0, len(counted) / 2), formula, split_list(";".join(counted["records"])))


def _trends(radar: pd.DataFrame, on: dt.date) -> Indicator:
    looked = past(radar["reviewed_on"], on, HALF_YEAR)
    formula = "active trends with a review in the past 180 days / active trends"
    return Indicator("trends", share(int(looked.sum()), len(radar)), formula, split_list(";".join(radar["records"])))


def _credentials(credentials: pd.DataFrame) -> Indicator:
    earned = credentials[credentials["expires_on"].notna() & credentials["status"].isin(("valid", "to renew", "expired"))]
    good = int((earned["status"] != "expired").sum())
    return Indicator("credentials", share(good, len(earned)), "unexpired / earned, over those with an expiry date", earned["credential_id"])
