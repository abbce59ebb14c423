"""The indicators of the networking habit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from careerkit.records import split_list
from careerkit.records.settings import Settings
from careerkit.topics.habits.indicators.indicator import Indicator, share
from careerkit.topics.networking import measures as networking
from careerkit.topics.networking.conversations import spoken_by
from careerkit.topics.networking.records import Contact, Event, Interaction
from careerkit.topics.tables import Tables
from careerkit.topics.windows import past

# The records whose first day says when the habit began.
RECORDS = (Contact, Interaction, Event)


def indicators(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Indicator]:
    """Yield the indicators of the networking habit."""
    interactions = tables["interactions"]
    yield _kept_up(networking.due(tables, on, settings))
    recent = interactions[past(interactions["happened_on"], on, 90)]
    yield _activity(spoken_by(tables, on, 90), recent)
    yield _breadth(networking.hhi(tables, on).iloc[0])
    yield _reciprocity(interactions, on)


def _kept_up(due: pd.DataFrame) -> Indicator:
    value = share(int((due["priority"] <= 0.25).sum()), len(due)) if len(due) >= 3 else None
    formula = "contacts with a cadence that are overdue by no more than a quarter of it / all contacts with one; needs 3"
    return Indicator("kept up", value, formula, due["contact_id"])


def _activity(spoken: pd.DataFrame, interactions: pd.DataFrame) -> Indicator:
    public = interactions[interactions["kind"].isin(("post", "comment"))]
    value = min(1.0, (spoken["contact_id"].nunique() + min(3, len(public))) / 12)
    formula = "(different people spoken to in the past 90 days + at most 3 posts and comments) / 12, at most 1"
    return Indicator("activity", value, formula, [*spoken["interaction_id"], *public["id"]])


def _breadth(spread: pd.Series) -> Indicator:
    people = int(spread["people"])
    value = min(1.0, (1 - float(spread["hhi"])) / (0.8 * (1 - 1 / people))) if people >= 5 else None
    formula = (
        "(1 - sum of the squared shares of their organisations) / (0.8 x (1 - 1 / n)), over the n people spoken to in the past "
        "365 days whose organisation is noted, at most 1; needs 5"
    )
    return Indicator("breadth", value, formula, split_list(spread["records"]))


def _reciprocity(interactions: pd.DataFrame, on: dt.date) -> Indicator:
    recent = past(interactions["happened_on"], on, 365)
    gave = interactions[recent & interactions["direction"].isin(("gave", "mutual"))]["id"]
    received = interactions[recent & interactions["direction"].isin(("received", "mutual"))]["id"]
    kept = interactions[past(interactions["follow_up_done_on"], on, 365)]["id"]
    given = len(gave) + len(kept)
    value = None if given + len(received) < 5 else min(1.0, 2 * given / len(received)) if len(received) else 1.0
    formula = (
        "in the past 365 days: 2 x (times you gave, or both, + promises kept) / times you received, or both, at most 1, and 1 "
        "when nothing was received; needs 5 given and received together"
    )
    return Indicator("reciprocity", value, formula, [*gave, *received, *kept])
