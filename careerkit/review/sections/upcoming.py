"""What comes next: the focus that was chosen, and the dates ahead in the period to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.review.context import Scene, lower_first
from careerkit.review.sections.layout import NOTHING, more, note, part, section, wide
from careerkit.review.sections.reflections import numbered, written
from careerkit.topics.learning import measures as learning
from careerkit.topics.tables import named

Date = tuple[Any, str, str]
MOST = 15


def ahead(scene: Scene) -> look.Html:
    """Return the focus chosen for the next period, and what has its day in it."""
    if not scene.shows("focus"):
        return NOTHING
    now = written(scene, scene.period)
    focus = "" if now is None else now["next_focus"].strip()
    box = (
        look.Html(
            f'<div class="ck-next">{look.strong("What you chose to focus on" if scene.own else "The focus chosen")}{numbered(focus)}</div>'
        )
        if focus
        else ""
    )
    if not focus and scene.own:
        box = note("What will you focus on next? Three lines are plenty.")
    # A step is often promised to somebody as well.
    once = {(day, what.strip().casefold()): (day, what, kind) for day, what, kind in dates_ahead(scene)}
    dates = sorted(once.values(), key=lambda each: each[0])
    if not str(box) and not dates:
        return NOTHING
    return section(f"Next {scene.noun}", look.joined([box, _calendar(scene, dates)]), _said(scene, dates))


def _said(scene: Scene, dates: list[Date]) -> str:
    what = f"{look.long_day(scene.on + dt.timedelta(days=1))} to {look.long_day(scene.next.end)}"
    return f"{what}: {look.count(len(dates), 'date')} ahead." if len(dates) > 1 else f"{what}."


def _calendar(scene: Scene, dates: list[Date]) -> look.Html:
    if not dates:
        return NOTHING
    rows = [(look.day(day), look.strong(what), look.muted(kind)) for day, what, kind in dates[:MOST]]
    table = wide(("Day", "What", "Kind"), rows, f"Dates ahead in {lower_first(scene.next.label)}")
    return part("Dates ahead", look.joined([table, more(len(dates) - MOST, "date")]))


def dates_ahead(scene: Scene) -> Iterator[Date]:
    """Yield day, what and kind of what lies between the period's end and the next one's."""
    for source in (_of_goals, _of_people, _of_learning, _of_coaching):
        for day, what, kind in source(scene):
            if not is_blank(day) and pd.Timestamp(scene.on) < day <= pd.Timestamp(scene.next.end):
                yield day, what, kind
    if scene.own:
        yield pd.Timestamp(scene.next.end + dt.timedelta(days=1)), f"Look back on {lower_first(scene.next.label)}", "your next review"


def _of_goals(scene: Scene) -> Iterator[Date]:
    for plan in scene.plans:
        title = plan.goal["title"]
        if plan.status == "active":
            yield plan.goal["deadline"], title, "deadline of a goal"
            yield plan.start, title, "start of a goal"
            for step in plan.open_steps():
                if step["created_at"].normalize() <= pd.Timestamp(scene.on):
                    yield step["due_on"], step["title"], f"step · {look.short(title, 60)}"


def _of_people(scene: Scene) -> Iterator[Date]:
    if not (scene.own and scene.shows("network")):
        return
    people = scene.tables["interactions"].set_index("id")["contact_ids"]
    for _, row in scene.promises.iterrows():
        yield row["due_on"], row["follow_up"], f"promised to {named(people[row['interaction_id']], scene.tables['contacts']) or 'someone'}"
    talks = scene.known("interactions")
    talks = talks[~(talks["happened_on"] <= pd.Timestamp(scene.on))]
    for _, row in talks.iterrows():
        yield row["planned_on"], named(row["contact_ids"], scene.tables["contacts"]) or "A talk", f"planned: {row['kind'] or 'a talk'}"
    for _, row in scene.known("events").iterrows():
        yield row["starts_on"], row["name"], row["kind"] or "event"
    yield from _cadence(scene)


def _cadence(scene: Scene) -> Iterator[Date]:
    """Yield the people whose day comes, in one line: a list of all of them stands in the notebook on the network."""
    due = scene.due[(scene.due["due_on"] > pd.Timestamp(scene.on)) & (scene.due["due_on"] <= pd.Timestamp(scene.next.end))]
    first = due.sort_values(["due_on", "contact_id"], kind="stable")
    if len(first):
        names = ", ".join(first["name"].head(3)) + (f" and {len(first) - 3} more" if len(first) > 3 else "")
        yield first["due_on"].iloc[0], names, "to be in touch again, from this day on"


def _of_learning(scene: Scene) -> Iterator[Date]:
    if scene.shows("learning"):
        for _, row in learning.credentials(scene.tables, scene.on).iterrows():
            if row["status"] in ("valid", "to renew"):
                yield row["renew_from"], row["name"], "begin to renew it"
                yield row["expires_on"], row["name"], "expires"


def _of_coaching(scene: Scene) -> Iterator[Date]:
    if not scene.shows("coaching"):
        return
    for _, row in scene.known("sessions").iterrows():
        yield row["next_on"], "Session with your coach", "next session"
    given = scene.known("assignments")
    for _, row in given[~(given["done_on"] <= pd.Timestamp(scene.on))].iterrows():
        yield row["due_on"], row["title"], "assignment"
