"""What the review notebook asks and says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd

from careerkit import look
from careerkit.records import FormPlan
from careerkit.records.settings import Settings
from careerkit.review.appraisal import draft, prose
from careerkit.review.context import first_day, lower_first
from careerkit.review.sections.layout import filled_lines
from careerkit.topics.periods import Period, containing, last_complete
from careerkit.topics.review.lookup import review_of
from careerkit.topics.review.records import Appraisal, Review

Tables = Mapping[str, pd.DataFrame]
SOON = 21

FORMS = {"reviews": FormPlan(Review), "appraisals": FormPlan(Appraisal)}


def status(tables: Tables, on: dt.date, settings: Settings) -> str:
    """Return whether a review is due, or in how many weeks the next one is."""
    last, first = _last(on, settings), first_day(tables)
    if first is not None and first <= last.end and _review(tables, last, on, settings) is None:
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
        end = f"{running.label} is over on {look.long_day(running.end)}: that's the time to look back."
        return [f"Your records begin on {look.long_day(first)}. {end}"]
    return [*_look_back(tables, on, last, settings), *_draft(tables, on, settings)][:3]


def _look_back(tables: Tables, on: dt.date, last: Period, settings: Settings) -> Iterator[str]:
    review = _review(tables, last, on, settings)
    if review is None:
        yield f"{last.label} is over, and you haven't looked back on it yet. Half an hour is enough: the figures are next to the questions."
        before = _review(tables, last.previous(), on, settings)
        if planned := [] if before is None else filled_lines(before["next_focus"]):
            count = look.count(len(planned), "thing")
            yield f"You had planned {count} for it; the first was “{look.short(planned[0], 90)}”. What became of it?"
    elif chosen := filled_lines(review["next_focus"]):
        rest = f" and {len(chosen) - 1} more" if len(chosen) > 1 else ""
        first = f"In your review of {lower_first(last.label)} you chose “{look.short(chosen[0], 90)}”"
        yield f"{first}{rest}. Which of them could move this week?"
    else:
        yield f"Your review of {lower_first(last.label)} has nothing to focus on next. One line is enough."


def _draft(tables: Tables, on: dt.date, settings: Settings) -> Iterator[str]:
    period = draft.usual_period(tables, on, settings)
    if period.start > on:
        return
    kept, material = draft.stored(tables, period), draft.collect(tables, on, settings, period)
    if kept:
        for gap in prose.gaps(kept, material)[:1]:
            yield f"In your draft of the appraisal for {lower_first(period.label)}: {gap}"
        return
    empty = [month for month in material.months if month.jogs and not month.private]
    for month in empty[:1]:
        yield f"{month.name} has no win, though your records say: {month.jogs[0]} Was that a win?"


def _last(on: dt.date, settings: Settings) -> Period:
    return last_complete(on, settings.review_period, settings.fiscal_first_month)


def _review(tables: Tables, period: Period, on: dt.date, settings: Settings) -> pd.Series | None:
    return review_of(tables, period, settings.fiscal_first_month, on)
