"""Figures that one may name in an appraisal: what was counted in a period, and nothing about how one feels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from careerkit import look
from careerkit.topics.goals.plan import plans
from careerkit.topics.learning import measures as learning
from careerkit.topics.networking import measures as networking
from careerkit.topics.review.recalling import shareable

Tables = Mapping[str, pd.DataFrame]
MOST_NAMED = 4


@dataclass(frozen=True)
class Figure:
    """A figure with its sentence.

    Parameters
    ----------
    id : str
        Its key, which stays the same.
    value : float
        What was counted.
    text : str
        As a form may say it.
    kinds : tuple of str
        Which kinds of heading it answers.
    formula : str
        How it was counted.
    """

    id: str
    value: float
    text: str
    kinds: tuple[str, ...]
    formula: str


def figures(tables: Tables, start: dt.date, end: dt.date) -> list[Figure]:
    """Return the figures of some days that are not nothing; private records are not counted."""
    shown = shareable(tables)
    kinds = (_goals, _steps, _hours, _items, _credentials, _feedback, _people)
    return [each for kind in kinds for each in kind(shown, start, end)]


def _goals(tables: Tables, start: dt.date, end: dt.date) -> Iterator[Figure]:
    done = [plan.goal["title"] for plan in plans(tables, end) if plan.status == "done" and start <= plan.goal["closed_on"].date() <= end]
    if done:
        text = f"{_head('goal', len(done))} finished: {_named(done)}."
        yield Figure("goals finished", len(done), text, ("goals", "results"), "Goals closed as done in the period.")


def _steps(tables: Tables, start: dt.date, end: dt.date) -> Iterator[Figure]:
    count = int(_within(tables["action_steps"]["done_on"], start, end).sum())
    if count:
        yield Figure("steps done", count, f"{_head('step', count)} towards my goals done.", ("goals",), "Action steps done in the period.")


def _hours(tables: Tables, start: dt.date, end: dt.date) -> Iterator[Figure]:
    log = tables["learning_log"]
    hours = float(log[_within(log["studied_on"], start, end)]["minutes"].sum()) / 60
    if hours >= 1:
        yield Figure("hours studied", round(hours, 1), f"{_head('hour', round(hours))} of study.", ("growth",), "Minutes of study logged in the period / 60, rounded.")  # fmt: skip


def _items(tables: Tables, start: dt.date, end: dt.date) -> Iterator[Figure]:
    rows = learning.items(tables, end)
    done = list(rows[(rows["status"] == "done") & _within(rows["finished_on"], start, end)]["title"])
    if done:
        text = f"{_head('course or book', len(done), 'courses and books')} finished: {_named(done)}."
        yield Figure("learning finished", len(done), text, ("growth",), "Learning items finished in the period.")


def _credentials(tables: Tables, start: dt.date, end: dt.date) -> Iterator[Figure]:
    rows = learning.credentials(tables, end)
    earned = list(rows[_within(rows["earned_on"], start, end)]["name"])
    if earned:
        yield Figure("credentials earned", len(earned), f"Earned: {_named(earned)}.", ("growth", "results"), "Credentials earned in the period.")  # fmt: skip


def _feedback(tables: Tables, start: dt.date, end: dt.date) -> Iterator[Figure]:
    rows = tables["feedback"]
    came, told = (int(_within(rows[name], start, end).sum()) for name in ("received_on", "followed_up_on"))
    if came:
        after = f", and {look.count(told, 'person', 'people')} told what came of it" if told else ""
        text = f"{_head('piece', came)} of feedback heard{after}."
        yield Figure("feedback heard", came, text, ("people",), "Feedback received in the period; told, those followed up in it.")


def _people(tables: Tables, start: dt.date, end: dt.date) -> Iterator[Figure]:
    rows = networking.spoken(tables, end)
    rows = rows[_within(rows["happened_on"], start, end) & rows["contact_id"].isin(tables["contacts"]["id"])]
    count = rows["contact_id"].nunique()
    if count:
        yield Figure("people spoken to", count, f"{_head('person', count, 'people')} spoken to.", ("people",), "Different contacts of networking.spoken in the period.")  # fmt: skip


def _head(noun: str, amount: int, plural: str = "") -> str:
    return look.count(amount, noun, plural)


def _named(titles: Sequence[str]) -> str:
    named = [" ".join(str(title).split()).rstrip(".") for title in titles[:MOST_NAMED]]
    return look.listed([*named, f"{len(titles) - MOST_NAMED} more"] if len(titles) > MOST_NAMED else named)


def _within(days: pd.Series, start: dt.date, end: dt.date) -> pd.Series:
    return (days >= pd.Timestamp(start)) & (days <= pd.Timestamp(end))
