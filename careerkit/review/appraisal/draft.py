"""An appraisal: wins and figures of a period, placed under the headings of the form they are asked for in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.records import is_blank, split_list
from careerkit.records.settings import Settings
from careerkit.review.appraisal import headings as forms
from careerkit.review.appraisal.headings import Heading
from careerkit.review.appraisal.recall import Month, Win, months, wins
from careerkit.review.appraisal.tallies import Tally, tallies
from careerkit.sharing.audience import DOCUMENT, view
from careerkit.topics.periods import Period, containing

Tables = Mapping[str, pd.DataFrame]
Item = Win | Tally
# In the first weeks of a year people are appraised for the year before.
LATE = dt.timedelta(days=90)


@dataclass(frozen=True)
class Passage:
    """What is written under one heading.

    Parameters
    ----------
    wins, figures : tuple of str
        The ids of the wins and the names of the figures that were placed there.
    why : tuple of (str, str)
        For each that was proposed, its id and the reason.
    id : str
        Of the stored row, '' for none.
    """

    heading: Heading
    text: str = ""
    wins: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    why: tuple[tuple[str, str], ...] = ()
    id: str = ""

    @property
    def items(self) -> tuple[str, ...]:
        """The ids of everything that was placed there."""
        return (*self.wins, *self.figures)

    def without_id(self) -> Passage:
        """Return the same passage as one that is not stored."""
        return replace(self, id="")


@dataclass(frozen=True)
class Material:
    """What an appraisal is written from: the wins and figures of its period, without anything private."""

    period: Period
    end: dt.date
    months: tuple[Month, ...]
    wins: tuple[Win, ...]
    figures: tuple[Tally, ...]

    @property
    def items(self) -> list[Item]:
        """Everything that can be placed."""
        return [*self.wins, *self.figures]


def usual_period(tables: Tables, on: dt.date, settings: Settings) -> Period:
    """Return the period of the latest draft of the past half year, else the year, in its first 90 days the year before."""
    drafts = tables["appraisals"]
    lately = drafts[drafts["updated_at"] > pd.Timestamp(on) - 2 * LATE].sort_values(["updated_at", "id"])
    for name in reversed(list(lately["period"])):
        try:
            return Period.parse(name, settings.fiscal_first_month)
        except CareerkitError:
            continue
    kind = "year" if settings.fiscal_first_month == 1 else "fiscal year"
    return containing(on - LATE, kind, settings.fiscal_first_month)


def collect(tables: Tables, on: dt.date, settings: Settings, period: Period) -> Material:
    """Return what there is to write from.

    Raises
    ------
    CareerkitError
        When the period has not begun.
    """
    start, end = period.start, min(period.end, on)
    if start > on:
        raise CareerkitError(f"{period.label} has not begun, so there is nothing to write about yet. Choose an earlier period.")
    seen, _ = view(tables, DOCUMENT)
    figures = tallies(seen, start, end, settings)
    return Material(period, end, tuple(months(tables, start, end)), tuple(wins(seen, start, end)), tuple(figures))


def stored(tables: Tables, period: Period) -> list[Passage]:
    """Return the draft of a period that is kept in the workbook, in the form's order."""
    rows = tables["appraisals"]
    mine = rows[rows["period"].str.casefold() == period.name.casefold()].sort_values(["position", "id"], kind="stable")
    return [_stored(row) for row in mine.to_dict("records")]


def _stored(row: Mapping[Any, Any]) -> Passage:
    limit = None if is_blank(row["limit"]) else int(row["limit"])
    heading = Heading(str(row["heading"]), limit, str(row["counted_in"]) or forms.CHARACTERS)
    wins, figures = (tuple(split_list(row[name])) for name in ("achievement_ids", "figures"))
    return Passage(heading, str(row["text"]), wins, figures, id=str(row["id"]))


def _values(passage: Passage, period: Period, position: int) -> dict[str, Any]:
    """Return a passage as it is kept in the table of appraisals."""
    return {
        "period": period.name,
        "position": position,
        "heading": passage.heading.title,
        "limit": passage.heading.limit,
        "counted_in": passage.heading.counted_in,
        "text": passage.text,
        "achievement_ids": ";".join(passage.wins),
        "figures": ";".join(passage.figures),
    }


def row_changes(
    stored: Sequence[Passage], passages: Sequence[Passage], material: Material
) -> list[tuple[str | None, dict[str, Any] | None]]:
    """Return what turns the stored draft into these passages: (id, values), id None for a new row, values None for one that goes.

    Rows are used again in their order, so that each keeps its history; a win that has been deleted is no longer named.
    """
    known = {win.id for win in material.wins}
    current = [replace(each, wins=tuple(key for key in each.wins if key in known)) for each in passages]
    before, after = ([_values(each, material.period, place) for place, each in enumerate(draft, 1)] for draft in (stored, current))
    changed = [(old.id, new) for old, was, new in zip(stored, before, after, strict=False) if was != new]
    added = [(None, new) for new in after[len(stored) :]]
    return [*changed, *added, *((old.id, None) for old in stored[len(after) :])]


def item_name(item: Item) -> str:
    """Return a win or a figure in a few words."""
    return item.title if isinstance(item, Win) else item.id


def item_line(item: Item) -> str:
    """Return a win or a figure as a line for a form."""
    if isinstance(item, Tally):
        return f"- {item.text}"
    text = item.title.rstrip(".") + (f": {' '.join(item.result.split()).rstrip('.')}" if item.result else "")
    return f"- {text}{f' ({item.metric})' if item.metric and item.metric not in text else ''}."


def with_item(passage: Passage, item: Item, why: str = "") -> Passage:
    """Return a passage with one more win or figure, as a line below its text."""
    text = "\n".join(each for each in (passage.text.rstrip("\n"), item_line(item)) if each)
    reasons = (*passage.why, (item.id, why)) if why else passage.why
    if isinstance(item, Win):
        return replace(passage, text=text, wins=(*passage.wins, item.id), why=reasons)
    return replace(passage, text=text, figures=(*passage.figures, item.id), why=reasons)


def without_item(passage: Passage, item: Item) -> Passage:
    """Return a passage without a win or figure; its line goes too where nobody has reworded it."""
    text = "\n".join(each for each in passage.text.split("\n") if each != item_line(item))
    wins, figures = (tuple(key for key in keys if key != item.id) for keys in (passage.wins, passage.figures))
    return replace(passage, text=text, wins=wins, figures=figures, why=tuple(pair for pair in passage.why if pair[0] != item.id))
