"""What stands beside the questions of a review, so that one answers from the records and not from the mood of the day."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.review.appraisal.wins import MOST, Month, months
from careerkit.review.context import Scene, lower_first
from careerkit.review.sections import headline
from careerkit.review.sections.layout import note
from careerkit.review.sections.reflections import numbered, written
from careerkit.review.sections.upcoming import dates_ahead

FEW = 6


def moved(scene: Scene) -> look.Html:
    """Return what moved, in three sentences, and the key figures, folded."""
    glance = str(headline.glance(scene))
    folded = f'<details class="ck-folded"><summary>The key figures, beside those of before</summary>{glance}</details>' if glance else ""
    return look.joined([headline.lead(scene), folded])


def planned(scene: Scene) -> look.Html:
    """Return what the review before had set as its focus."""
    before = written(scene, scene.period.previous())
    label = lower_first(scene.period.previous().label)
    if before is None:
        return _aside("What you had planned", note(f"There is no review of the {scene.noun} before ({label})."))
    if not before["next_focus"].strip():
        return _aside("What you had planned", note(f"Your review of the {scene.noun} before ({label}) names no focus."))
    return _aside(
        "What you had planned",
        look.joined([numbered(before["next_focus"]), note(f"From your review of the {scene.noun} before ({label}).")]),
    )


def won(scene: Scene) -> look.Html:
    """Return the wins month by month; where there is none, what else was noted."""
    found = months(scene.tables, scene.period.start, scene.on)
    several = [month for month in found if month.wins or len(found) <= FEW]
    told = look.joined([_month(month) for month in several]) if several else note("No win was noted in this period.")
    return _aside("What you noted as wins", told)


def _month(month: Month) -> look.Html:
    wins = [win.title for win in month.wins]
    private = [f"{look.count(month.private, 'private win')}, in Brand"] if month.private else []
    name = look.Html(f'<p class="ck-monthname">{look.strong(month.name)}</p>')
    if wins or private:
        return look.joined([name, _lines([*wins, *private])])
    return look.joined([name, _lines(month.jogs[:3])]) if month.jogs else look.joined([name, note("Nothing is noted.")])


def stood(scene: Scene) -> look.Html:
    """Return how the goals stood at the end of the period, those closed in it first."""
    closed = {plan.goal["id"] for plan in scene.plans if plan.status != "active" and plan.day > pd.Timestamp(scene.before)}
    rows = [row for row in scene.pace.to_dict("records") if row["goal_status"] == "active" or row["goal_id"] in closed]
    if not rows:
        return _aside("Your goals", note("There was no goal in this period."))
    ranked = sorted(rows, key=lambda row: row["goal_status"] == "active")
    items = [f"{look.text(row['title'])} {_status(row)}" for row in ranked[:FEW]]
    more = note(f"and {len(ranked) - FEW} more, in Goals") if len(ranked) > FEW else look.Html("")
    return _aside("Your goals", look.joined([look.Html(f'<ul class="ck-jogs">{"".join(f"<li>{item}</li>" for item in items)}</ul>'), more]))


def _status(row: dict[str, object]) -> look.Html:
    if row["goal_status"] in ("paused", "dropped"):
        return look.muted(row["goal_status"])
    share = "" if is_blank(row["progress"]) else f" {look.muted(look.percent(row['progress']))}"
    return look.Html(f"{look.chip(str(row['status']))}{share}")


def upcoming(scene: Scene) -> look.Html:
    """Return the next dates ahead."""
    # A review is written some days after its period: what has passed since lies ahead no more.
    ahead = sorted((each for each in dates_ahead(scene) if each[0] >= pd.Timestamp(scene.today)), key=lambda each: each[0])[:FEW]
    told = [f"{look.day(day)}: {what} ({kind})" for day, what, kind in ahead]
    return _aside("What lies ahead", _lines(told) if told else note("No date is noted for what comes next."))


def _aside(title: str, inside: look.Html) -> look.Html:
    return look.Html(f'<aside class="ck-aside"><p class="ck-asidehead">{look.strong(title)}</p>{inside}</aside>')


def _lines(said: Sequence[str]) -> look.Html:
    return look.Html(f'<ul class="ck-jogs">{"".join(f"<li>{look.text(each)}</li>" for each in said[: MOST + 1])}</ul>')
