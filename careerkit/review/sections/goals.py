"""The goals of the period: the table with status and pace, and which plans changed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import Date, is_blank
from careerkit.review import key_figures
from careerkit.review.context import Scene
from careerkit.review.sections.layout import NOTHING, lines, quiet, section, sentence, sentences, wide
from careerkit.topics.goals.plan import Plan
from careerkit.topics.goals.records import Goal

ORDER = ("active", "done", "paused", "dropped")


def table(scene: Scene) -> look.Html:
    """Return the table Goal | Action steps | Deadline | Progress | Status | Confidence | Likely done.

    Goals that were paused or dropped in the period, or stand paused, are in it too.
    """
    if not scene.shows("goals"):
        return NOTHING
    plans = sorted((plan for plan in scene.plans if _belongs(plan, scene)), key=_place)
    if not plans:
        return quiet("Goals", "There was no goal in this period." + (" One is enough to begin with." if scene.own else ""))
    pace = scene.pace.set_index("goal_id")
    heads = ["Goal", "Action steps", "Deadline", "Progress", "Status", *(["Confidence"] if scene.own else []), "Likely done"]
    rows = [_row(plan, pace.loc[plan.goal["id"]], scene) for plan in plans]
    return section("Goals", wide(heads, rows, "Goals", texts=True), _said(scene))


def _belongs(plan: Plan, scene: Scene) -> bool:
    return plan.status in ("active", "paused") or plan.day.date() > scene.before


def _place(plan: Plan) -> tuple[int, pd.Timestamp]:
    due = plan.goal["deadline"]
    return ORDER.index(plan.status), pd.Timestamp.max if is_blank(due) else due


def _said(scene: Scene) -> look.Html:
    active, figure = len(key_figures.started(scene)), key_figures.on_pace(scene)
    kept = sentence(
        scene.fig(figure, f"{figure.shown} active {'goal' if active == 1 else 'goals'}"),
        f" {'keeps' if figure.value == 1 else 'keep'} pace. ",
    )
    return sentences(kept if active else "", "The bar is what is done, the tick is how much of the time has gone.")


def _row(plan: Plan, row: pd.Series, scene: Scene) -> list[Any]:
    goal = plan.goal
    shown = (
        None if is_blank(row["progress"]) else scene.fig(key_figures.progress(scene, pd.concat([row, pd.Series({"goal_id": goal["id"]})])))
    )
    cells = [
        look.strong(goal["title"]),
        look.muted(_steps(plan)),
        look.Html(f'<span class="ck-nowrap">{look.day(goal["deadline"])}</span>'),
        look.bar(row["progress"], row["elapsed"], row["status"], shown),
        _state(plan, row),
    ]
    return [*cells, *([look.dots(row["confidence"])] if scene.own else []), look.muted(_likely(plan, row))]


def _state(plan: Plan, row: pd.Series) -> look.Html:
    if plan.status in ("active", "done"):
        return look.chip(row["status"])
    return look.Html(f'<span class="ck-chip">○ {plan.status}</span>')


def _steps(plan: Plan) -> str:
    if not plan.steps:
        return "none yet"
    said = f"{len(plan.done())} of {len(plan.steps)} done"
    waiting = sorted(plan.open_steps(), key=lambda step: pd.Timestamp.max if is_blank(step["due_on"]) else step["due_on"])
    if not waiting or plan.status != "active":
        return said
    due = "" if is_blank(waiting[0]["due_on"]) else f", {look.day(waiting[0]['due_on'])}"
    return f"{said} · next: {waiting[0]['title']}{due}"


def _likely(plan: Plan, row: pd.Series) -> str:
    if plan.status != "active":
        return f"{plan.status} {look.day(plan.day)}"
    if row["status"] == "achieved" or is_blank(row["forecast_on"]):
        return "–"
    if not is_blank(plan.goal["deadline"]) and row["forecast_on"] > plan.goal["deadline"]:
        return "after the deadline"
    if is_blank(row["forecast_low"]) or is_blank(row["forecast_high"]):
        return look.day(row["forecast_on"])
    return f"{look.day(row['forecast_low'])} – {look.day(row['forecast_high'])}"


def plans(scene: Scene) -> look.Html:
    """Return what changed in plans: deadlines and targets moved, goals paused or dropped."""
    if not scene.shows("goals"):
        return NOTHING
    titles = scene.tables["goals"].set_index("id")["title"]
    moved = scene.within("goal_changes", "changed_on")
    # That a goal was closed stands among the goals; its change of status is the same news again.
    told = moved[moved["goal_id"].isin(titles.index) & ~moved["field"].isin(("status", "closed_on"))]
    told = told[told["field"].isin(list(Goal.own_fields()))].sort_values(["changed_on", "id"], kind="stable")
    items = [_moved(row, titles) for _, row in told.iterrows()]
    stopped = [plan for plan in scene.plans if plan.status in ("paused", "dropped") and plan.day.date() > scene.before]
    items += [sentence(look.strong(plan.goal["title"]), f": {plan.status} on {look.day(plan.day)}") for plan in stopped]
    if not items:
        return NOTHING
    comfort = " A plan that moves is no failure; one that moves often asks a question." if scene.own else ""
    return section("Plans that changed", lines(items), f"{look.count(len(items), 'change')} since the {scene.noun} began.{comfort}")


def _moved(row: pd.Series, titles: pd.Series) -> look.Html:
    field = Goal.fields[row["field"]]
    was, now = (_read(field, text) for text in (row["was"], row["now"]))
    what = field.name.replace("_", " ").removesuffix(" on")
    return sentence(look.strong(titles[row["goal_id"]]), f": {what} from {was} to {now}, on {look.day(row['changed_on'])}")


def _read(field: Any, text: str) -> str:
    """Return a text of the change log as a person reads it."""
    try:
        value = field.clean(text) if isinstance(field, Date) else text
    except ValueError:
        return text
    return (look.day(value) if isinstance(field, Date) else value) or "nothing"
