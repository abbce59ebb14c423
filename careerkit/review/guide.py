"""What the review notebook asks and says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.records import FormPlan
from careerkit.records.settings import Settings
from careerkit.review.appraisal import draft, prose
from careerkit.review.context import first_day, lower_first
from careerkit.topics.periods import Period, containing, last_complete
from careerkit.topics.review.records import Appraisal, Review

Tables = Mapping[str, pd.DataFrame]
SOON = 21

FORMS = {
    "reviews": FormPlan(Review),
    "appraisals": FormPlan(Appraisal),
}


def status(tables: Tables, on: dt.date, settings: Settings) -> str:
    """Return whether a review is due, or in how many weeks the next one is."""
    last, first = _last(on, settings), first_day(tables)
    if first is not None and first <= last.end and _review(tables, last, settings) is None:
        return f"{last.name} due"
    running = containing(on, settings.review_period, settings.fiscal_first_month)
    days = (running.end - on).days + 1
    return f"{running.name} in {look.count(days, 'day')}" if days <= SOON else f"{running.name} in {round(days / 7)} weeks"


def findings(tables: Tables, on: dt.date, settings: Settings) -> list[str]:
    """Return what the reviews say: which is due, what you set out to do, and what an appraisal lacks."""
    last, first = _last(on, settings), first_day(tables)
    if first is None:
        return ["There is nothing to look back on yet. One win, one talk or one goal is enough to begin with: note it, and come back."]
    if first > last.end:
        running = containing(on, settings.review_period, settings.fiscal_first_month)
        return [f"Your records begin on {look.long_day(first)}. {running.label} is over on {look.long_day(running.end)}: then is the time to look back."]  # fmt: skip
    return [*_due(tables, last, settings), *_focus(tables, on, last, settings), *_draft(tables, on, settings)][:3]


def _due(tables: Tables, last: Period, settings: Settings) -> Iterator[str]:
    if _review(tables, last, settings) is None:
        yield f"{last.label} is over and not looked back on. Half an hour is enough: the figures stand beside the questions."


def _focus(tables: Tables, on: dt.date, last: Period, settings: Settings) -> Iterator[str]:
    now = _review(tables, last, settings)
    if now is None:
        before = _review(tables, last.previous(), settings)
        lines = [] if before is None else _lines(before["next_focus"])
        if lines:
            yield f"You had planned {look.count(len(lines), 'thing')} for it; the first was “{look.short(lines[0], 90)}”. What became of it?"
        return
    lines = _lines(now["next_focus"])
    if lines:
        said = f"In your review of {lower_first(last.label)} you chose “{look.short(lines[0], 90)}”"
        rest = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
        yield f"{said}{rest}. Which of them could move this week?"
    else:
        yield f"Your review of {lower_first(last.label)} names nothing to focus on next. One line is enough."


def _draft(tables: Tables, on: dt.date, settings: Settings) -> Iterator[str]:
    period = draft.usual_period(tables, on, settings)
    if period.start > on:
        return
    kept = draft.stored(tables, period)
    lacking = prose.missing(kept, draft.material(tables, on, settings, period)) if kept else []
    if lacking:
        yield f"In your draft of the appraisal for {lower_first(period.label)}: {lacking[0]}"
        return
    if kept:
        return
    for month in draft.material(tables, on, settings, period).months:
        if month.jogs and not month.private:
            yield f"{month.name} has no win, though your records say: {month.jogs[0]} Was that a win?"
            return


def _last(on: dt.date, settings: Settings) -> Period:
    return last_complete(on, settings.review_period, settings.fiscal_first_month)


def _review(tables: Tables, period: Period, settings: Settings) -> pd.Series | None:
    rows = tables["reviews"]
    meant = rows["period"].map(lambda name: _means(name, period, settings)).astype("bool")
    mine = rows[meant].sort_values(["written_on", "id"], kind="stable")
    return None if mine.empty else mine.iloc[-1]


def _means(name: str, period: Period, settings: Settings) -> bool:
    try:
        meant = Period.parse(name, settings.fiscal_first_month)
    except CareerkitError:
        return False
    return (meant.start, meant.end) == (period.start, period.end)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
