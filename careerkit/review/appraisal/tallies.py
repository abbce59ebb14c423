"""Figures that one may name in an appraisal: what was counted in a period, and nothing about how one feels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from careerkit import look
from careerkit.records import split_list
from careerkit.records.settings import Settings
from careerkit.review.context import upper_first
from careerkit.review.sections.phrases import shortlist
from careerkit.topics.review import measures

Tables = Mapping[str, pd.DataFrame]
MOST_NAMED = 4


@dataclass(frozen=True)
class Tally:
    """A figure with its sentence.

    Parameters
    ----------
    id : str
        Its name in the measure review.counts.
    value : float
        The number.
    text : str
        A sentence for a form.
    kinds : tuple of str
        Which kinds of heading it answers, the likeliest first.
    formula : str
        How it was counted.
    """

    id: str
    value: float
    text: str
    kinds: tuple[str, ...]
    formula: str


def tallies(seen: Tables, start: dt.date, end: dt.date, settings: Settings) -> list[Tally]:
    """Return the figures of some days that are not nothing, from review.counts.

    Parameters
    ----------
    seen : mapping of str to DataFrame
        What may leave in a document.
    """
    counts = measures.counts(seen, end, settings, start).set_index("figure")
    texts = {name: text for name, text in _texts(counts, seen) if counts.at[name, "value"] >= 1}
    return [
        Tally(name, round(float(counts.at[name, "value"]), 1), text, KINDS[name], _formula(counts, name)) for name, text in texts.items()
    ]


KINDS = {
    "goals finished": ("goals", "results"),
    "steps done": ("goals",),
    "hours studied": ("growth",),
    "learning items finished": ("growth",),
    "credentials earned": ("growth", "results"),
    "feedback received": ("people",),
    "people spoken to": ("people",),
}


def _texts(counts: pd.DataFrame, tables: Tables) -> Iterator[tuple[str, str]]:
    value = {name: round(float(amount)) for name, amount in counts["value"].items()}
    yield "goals finished", f"{look.count(value['goals finished'], 'goal')} finished: {_named(counts, 'goals finished', tables['goals'])}."
    yield "steps done", f"{look.count(value['steps done'], 'step')} towards my goals done."
    yield "hours studied", f"{look.count(value['hours studied'], 'hour')} of study."
    items = look.count(value["learning items finished"], "course or book", "courses and books")
    yield "learning items finished", f"{items} finished: {_named(counts, 'learning items finished', tables['learning_items'])}."
    yield "credentials earned", f"Earned: {_named(counts, 'credentials earned', tables['credentials'], 'name')}."
    givers = value["givers told"]
    after = f", and {look.count(givers, 'person', 'people')} told what came of it" if givers else ""
    yield "feedback received", f"{look.count(value['feedback received'], 'piece')} of feedback heard{after}."
    yield "people spoken to", f"{look.count(value['people spoken to'], 'person', 'people')} spoken to."


def _formula(counts: pd.DataFrame, name: str) -> str:
    formula = str(counts.at[name, "formula"]).split(", against")[0].replace("whose day for this (received_on) lies", "received")
    return f"{upper_first(formula)}."


def _named(counts: pd.DataFrame, figure: str, frame: pd.DataFrame, column: str = "title") -> str:
    known = dict(zip(frame["id"], frame[column], strict=True))
    titles = [" ".join(str(known[key]).split()).rstrip(".") for key in split_list(counts.at[figure, "records"]) if key in known]
    return shortlist(titles, MOST_NAMED) if titles else ""
