"""How far the habits are kept up: an index a habit, from indicators between 0 and 1."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from careerkit.record import Date, Record, join_list, split_list
from careerkit.settings import Settings
from careerkit.topics.goals import measures as goals
from careerkit.topics.goals.plan import Plan, plans
from careerkit.topics.goals.records import ActionStep, CheckIn, Goal, GoalChange
from careerkit.topics.networking import measures as networking
from careerkit.topics.networking.records import Contact, Event, Interaction

Tables = Mapping[str, pd.DataFrame]
# An index from fewer signals, or from fewer days, would be a guess.
FEWEST_SIGNALS = 2
FEWEST_DAYS = 14


@dataclass(frozen=True)
class Indicator:
    """One sign of a habit.

    Parameters
    ----------
    name : str
        What a person reads.
    value : float or None
        0 to 1; None when it does not apply.
    formula : str
        How it is computed.
    records : iterable of str
        The ids behind it.
    """

    name: str
    value: float | None
    formula: str
    records: Iterable[str]


def indicators(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return each habit's indicators, 0 to 1, or none where one does not apply.

    Formula
    -------
    Each indicator's own stands in the column formula. One whose denominator is empty does not apply, unless a value is
    stated there. "Past N days" are the N days up to and including the day.
    """
    found = [(habit, sign) for habit, (signs, _) in HABITS.items() for sign in signs(tables, on, settings)]
    return pd.DataFrame(
        {
            "habit": pd.Series([habit for habit, _ in found], dtype="str"),
            "indicator": pd.Series([sign.name for _, sign in found], dtype="str"),
            "value": pd.Series([sign.value for _, sign in found], dtype="Float64"),
            "formula": pd.Series([sign.formula for _, sign in found], dtype="str"),
            "records": pd.Series([join_list(sign.records) for _, sign in found], dtype="str"),
        }
    )


def index(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return a score out of 100 for each habit, or none while it is too early to say.

    Formula
    -------
    score = 100 x mean of the habit's indicators that apply (see habits.indicators); none until 2 of them apply and the
    topic's first dated record is 14 days old. signals = how many of them apply.
    """
    rows = indicators(tables, on, settings)
    scores = {habit: rows.loc[(rows["habit"] == habit) & rows["value"].notna()] for habit in HABITS}
    early = {habit: len(scores[habit]) < FEWEST_SIGNALS or not _old_enough(tables, on, HABITS[habit][1]) for habit in HABITS}
    return pd.DataFrame(
        {
            "habit": pd.Series(list(HABITS), dtype="str"),
            "score": pd.Series([None if early[habit] else 100 * scores[habit]["value"].mean() for habit in HABITS], dtype="Float64"),
            "signals": pd.Series([len(scores[habit]) for habit in HABITS], dtype="Int64"),
            "records": pd.Series([join_list(split_list(";".join(scores[habit]["records"]))) for habit in HABITS], dtype="str"),
        }
    )


def _old_enough(tables: Tables, on: dt.date, records: Iterable[type[Record]]) -> bool:
    """Say whether the first dated record of a topic is two weeks old."""
    firsts = [tables[record.table][_past_days(record)].min().min() for record in records]
    known = [first for first in firsts if pd.notna(first)]
    return bool(known) and (pd.Timestamp(on) - min(known).normalize()).days >= FEWEST_DAYS


def _past_days(record: type[Record]) -> list[str]:
    return [
        "created_at",
        *(name for name, field in record.fields.items() if isinstance(field, Date) and not field.ahead),
    ]


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _past(days: pd.Series, on: dt.date, length: int) -> pd.Series:
    return (days <= pd.Timestamp(on)) & (days > pd.Timestamp(on) - pd.Timedelta(days=length))


def _networking(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Indicator]:
    interactions = tables["interactions"]
    yield _kept_up(networking.due(tables, on, settings))
    recent = interactions[_past(interactions["happened_on"], on, 90)]
    yield _activity(networking.spoken({**tables, "interactions": recent}, on), recent)
    yield _breadth(networking.hhi(tables, on).iloc[0])
    yield _reciprocity(interactions, on)


def _kept_up(due: pd.DataFrame) -> Indicator:
    value = _share(int((due["priority"] <= 0.25).sum()), len(due)) if len(due) >= 3 else None
    said = "contacts with a cadence whose priority is 0.25 or less / all contacts with a cadence; needs 3"
    return Indicator("kept up", value, said, due["contact_id"])


def _activity(spoken: pd.DataFrame, interactions: pd.DataFrame) -> Indicator:
    public = interactions[interactions["kind"].isin(("post", "comment"))]
    value = min(1.0, (spoken["contact_id"].nunique() + min(3, len(public))) / 12)
    said = "(different people spoken to in the past 90 days + at most 3 posts and comments) / 12, at most 1"
    return Indicator("activity", value, said, [*spoken["interaction_id"], *public["id"]])


def _breadth(spread: pd.Series) -> Indicator:
    people = int(spread["people"])
    value = min(1.0, (1 - float(spread["hhi"])) / (0.8 * (1 - 1 / people))) if people >= 5 else None
    said = "(1 - networking.hhi) / (0.8 x (1 - 1 / n)) over the n people of networking.concentration, at most 1; needs 5"
    return Indicator("breadth", value, said, split_list(spread["records"]))


def _reciprocity(interactions: pd.DataFrame, on: dt.date) -> Indicator:
    recent = _past(interactions["happened_on"], on, 365)
    gave = interactions[recent & interactions["direction"].isin(("gave", "mutual"))]["id"]
    received = interactions[recent & interactions["direction"].isin(("received", "mutual"))]["id"]
    kept = interactions[_past(interactions["follow_up_done_on"], on, 365)]["id"]
    given = len(gave) + len(kept)
    value = None if given + len(received) < 5 else min(1.0, 2 * given / len(received)) if len(received) else 1.0
    said = (
        "in the past 365 days: 2 x (interactions gave or mutual + follow-ups done) / interactions received or mutual, "
        "at most 1, and 1 when nothing was received; needs 5 given and received together"
    )
    return Indicator("reciprocity", value, said, [*gave, *received, *kept])


def _goals(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Indicator]:
    active = [plan for plan in plans(tables, on) if plan.active]
    ids = [plan.goal["id"] for plan in active]
    yield _clarity(goals.smart(tables, on), ids)
    yield _reviewed(active, pd.Timestamp(on))
    rows = goals.pace(tables, on)
    well = rows["goal_id"].isin(ids) & rows["status"].isin(("on track", "achieved"))
    yield Indicator("pace", _share(int(well.sum()), len(ids)), "active goals on track or achieved (goals.pace) / active goals", ids)
    yield _steps(active, pd.Timestamp(on))


def _clarity(smart: pd.DataFrame, ids: list[str]) -> Indicator:
    tests = smart[["specific", "measurable", "achievable", "relevant", "time_bound"]]
    value = float(tests.mean(axis=1).mean()) if len(tests) else 0.0
    return Indicator("clarity", value, "mean share of SMART tests (goals.smart) that active goals pass; 0 with no active goal", ids)


def _reviewed(active: list[Plan], day: pd.Timestamp) -> Indicator:
    since = day - pd.Timedelta(days=30)
    looked = [
        plan
        for plan in active
        if any(
            when > since
            for when in (
                plan.start,
                *(row["checked_on"] for row in plan.check_ins),
                *(step["done_on"] for step in plan.done()),
            )
        )
    ]
    said = "active goals with a check-in, a step done or their start in the past 30 days / active goals"
    return Indicator("reviewed", _share(len(looked), len(active)), said, [key for plan in active for key in plan.ids()])


def _steps(active: list[Plan], day: pd.Timestamp) -> Indicator:
    since = day - pd.Timedelta(days=90)
    due = [(plan, step) for plan in active for step in plan.steps if since < step["due_on"] <= day]
    done = [step for plan, step in due if step["id"] in {each["id"] for each in plan.done()}]
    said = "of active goals' steps due in the past 90 days, those done by the day / all"
    return Indicator("steps", _share(len(done), len(due)), said, [step["id"] for _, step in due])


Signs = Callable[[Tables, dt.date, Settings], Iterator[Indicator]]
# Each habit: what yields its indicators, and the records whose first day says when it began.
HABITS: dict[str, tuple[Signs, tuple[type[Record], ...]]] = {
    "networking": (_networking, (Contact, Interaction, Event)),
    "goals": (_goals, (Goal, GoalChange, ActionStep, CheckIn)),
}
