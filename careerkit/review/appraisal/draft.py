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
from careerkit.review.appraisal.counts import Tally, tallies
from careerkit.review.appraisal.headings import Heading
from careerkit.review.appraisal.wins import Month, Win, months, wins
from careerkit.topics.periods import Period, containing

Tables = Mapping[str, pd.DataFrame]
Item = Win | Tally
# In the first weeks of a year people are appraised for the year before.
LATE = dt.timedelta(days=90)


@dataclass(frozen=True)
class Part:
    """What stands under one heading.

    Parameters
    ----------
    wins, figures : tuple of str
        The ids of the wins and the keys of the figures that were placed there.
    why : tuple of (str, str)
        For each that was proposed, its id and why it stands there.
    id : str
        Of the stored row, '' for none.
    """

    heading: Heading
    text: str = ""
    wins: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    why: tuple[tuple[str, str], ...] = ()
    id: str = ""

    def without_id(self) -> Part:
        """Return the same part as one that is not stored."""
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


def material(tables: Tables, on: dt.date, settings: Settings, period: Period) -> Material:
    """Return what there is to write from.

    Raises
    ------
    CareerkitError
        When the period has not begun.
    """
    if period.start > on:
        raise CareerkitError(f"{period.label} has not begun, so there is nothing to write about yet. Choose an earlier period.")
    end = min(period.end, on)
    return Material(
        period,
        end,
        tuple(months(tables, period.start, end)),
        tuple(wins(tables, period.start, end)),
        tuple(tallies(tables, period.start, end, settings)),
    )


def stored(tables: Tables, period: Period) -> list[Part]:
    """Return the draft of a period that is kept in the workbook, in the form's order."""
    rows = tables["appraisals"]
    mine = rows[rows["period"].str.casefold() == period.name.casefold()].sort_values(["position", "id"], kind="stable")
    return [_stored(row) for row in mine.to_dict("records")]


def _stored(row: Mapping[Any, Any]) -> Part:
    limit = None if is_blank(row["limit"]) else int(row["limit"])
    heading = Heading(str(row["heading"]), limit, str(row["counted_in"]) or forms.CHARACTERS)
    return Part(heading, str(row["text"]), tuple(split_list(row["achievement_ids"])), tuple(split_list(row["figures"])), id=str(row["id"]))


def row(part: Part, period: Period, position: int) -> dict[str, Any]:
    """Return a part as it is kept in the table of appraisals."""
    return {
        "period": period.name,
        "position": position,
        "heading": part.heading.title,
        "limit": part.heading.limit,
        "counted_in": part.heading.counted_in,
        "text": part.text,
        "achievement_ids": ";".join(part.wins),
        "figures": ";".join(part.figures),
    }


def changes(kept: Sequence[Part], parts: Sequence[Part], found: Material) -> list[tuple[str | None, dict[str, Any] | None]]:
    """Return what makes the stored draft what stands here: (id, values), id None for a new row, values None for one that goes.

    Rows are used again in their order, so that each keeps its history; a win that is gone meanwhile is no longer named.
    """
    there = {win.id for win in found.wins}
    rows = [row(replace(part, wins=tuple(key for key in part.wins if key in there)), found.period, place) for place, part in enumerate(parts, 1)]  # fmt: skip
    before = [row(part, found.period, place) for place, part in enumerate(kept, 1)]
    changed = [(old.id, new) for old, was, new in zip(kept, before, rows, strict=False) if was != new]
    added = [(None, new) for new in rows[len(kept) :]]
    return [*changed, *added, *((old.id, None) for old in kept[len(rows) :])]


def name(item: Item) -> str:
    """Return a win or a figure in a few words."""
    return item.title if isinstance(item, Win) else item.id


def line(item: Item) -> str:
    """Return a win or a figure as a line for a form."""
    if isinstance(item, Tally):
        return f"- {item.text}"
    told = item.title.rstrip(".") + (f": {' '.join(item.result.split()).rstrip('.')}" if item.result else "")
    return f"- {told}{f' ({item.metric})' if item.metric and item.metric not in told else ''}."


def placed(part: Part, item: Item, why: str = "") -> Part:
    """Return a part with one more win or figure, as a line below what stands there."""
    text = "\n".join(each for each in (part.text.rstrip("\n"), line(item)) if each)
    reasons = (*part.why, (item.id, why)) if why else part.why
    if isinstance(item, Win):
        return replace(part, text=text, wins=(*part.wins, item.id), why=reasons)
    return replace(part, text=text, figures=(*part.figures, item.id), why=reasons)


def taken_out(part: Part, item: Item) -> Part:
    """Return a part without a win or figure; its line goes where it still stands word for word."""
    text = "\n".join(each for each in part.text.split("\n") if each != line(item))
    kept = [tuple(key for key in keys if key != item.id) for keys in (part.wins, part.figures)]
    return replace(part, text=text, wins=kept[0], figures=kept[1], why=tuple(pair for pair in part.why if pair[0] != item.id))
