"""What is shown beside the questions of a review, so that one answers from the records and not from the mood of the day."""

from __future__ import annotations

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.review import headline
from careerkit.review.appraisal.recall import MOST, Month, months
from careerkit.review.context import Context, lower_first
from careerkit.review.sections.layout import lines, note, numbered
from careerkit.review.sections.phrases import sentence
from careerkit.review.sections.reflection import dates_ahead

FEW = 6
NOTED = "ck-jogs"


def summary(context: Context) -> look.Html:
    """Return what moved, in three sentences, and the key figures, folded."""
    glance = str(headline.glance(context))
    folded = f'<details class="ck-folded"><summary>The key figures, next to earlier ones</summary>{glance}</details>' if glance else ""
    return look.joined([headline.lead(context), folded])


def planned(context: Context) -> look.Html:
    """Return what the review before had set as its focus."""
    period = context.period.previous()
    before, name = context.review_of(period), f"the {context.noun} before ({lower_first(period.label)})"
    if before is None:
        focus = note(f"There is no review of {name}.")
    elif not before["next_focus"].strip():
        focus = note(f"Your review of {name} has no focus.")
    else:
        focus = look.joined([numbered(before["next_focus"]), note(f"From your review of {name}.")])
    return _aside("What you had planned", focus)


def wins(context: Context) -> look.Html:
    """Return the wins month by month; where there is none, what else was noted."""
    found = months(context.tables, context.period.start, context.on)
    shown = [_month(month) for month in found if month.wins or len(found) <= FEW]
    return _aside("What you noted as wins", look.joined(shown) if shown else note("No win was noted in this period."))


def _month(month: Month) -> look.Html:
    private = [f"{look.count(month.private, 'private win')}, in Brand"] if month.private else []
    noted = [*(win.title for win in month.wins), *private] or month.jogs[:3]
    name = look.Html(f'<p class="ck-monthname">{look.strong(month.name)}</p>')
    return look.joined([name, lines(noted[: MOST + 1], NOTED) if noted else note("Nothing is noted.")])


def goals(context: Context) -> look.Html:
    """Return the goals at the end of the period, those closed in it first."""
    closed = {plan.goal["id"] for plan in context.plans if plan.status != "active" and plan.day > pd.Timestamp(context.before)}
    rows = [row for row in context.pace.to_dict("records") if row["goal_status"] == "active" or row["goal_id"] in closed]
    if not rows:
        return _aside("Your goals", note("There was no goal in this period."))
    ranked = sorted(rows, key=lambda row: row["goal_status"] == "active")
    items = (sentence(row["title"], " ", _status(row)) for row in ranked[:FEW])
    more = note(f"and {len(ranked) - FEW} more, in Goals") if len(ranked) > FEW else ""
    return _aside("Your goals", look.joined([lines(items, NOTED), more]))


def _status(row: dict[str, object]) -> look.Html:
    if row["goal_status"] in ("paused", "dropped"):
        return look.muted(row["goal_status"])
    share = "" if is_blank(row["progress"]) else f" {look.muted(look.percent(row['progress']))}"
    return look.Html(f"{look.chip(str(row['status']))}{share}")


def upcoming(context: Context) -> look.Html:
    """Return the next dates ahead."""
    # A review is written some days after its period: what has passed since is no longer ahead.
    ahead = sorted((date for date in dates_ahead(context) if date[0] >= pd.Timestamp(context.today)), key=lambda date: date[0])
    dates = [f"{look.day(day)}: {what} ({kind})" for day, what, kind in ahead[:FEW]]
    return _aside("What's ahead", lines(dates, NOTED) if dates else note("No date is noted for what comes next."))


def _aside(title: str, inside: look.Html) -> look.Html:
    return look.Html(f'<aside class="ck-aside"><p class="ck-asidehead">{look.strong(title)}</p>{inside}</aside>')
