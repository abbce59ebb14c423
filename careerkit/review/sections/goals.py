"""The goals of the period: one's own table, for a manager those that were finished, for a sponsor how many have which status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import Date, is_blank
from careerkit.review.chart import Chart, chart
from careerkit.review.context import Context
from careerkit.review.figures import Figure
from careerkit.review.reader import Access
from careerkit.review.section import Section
from careerkit.review.sections.layout import entry, lines, quiet, section, wide
from careerkit.review.sections.phrases import NOTHING, marked, sentence, sentences
from careerkit.topics.goals.plan import Plan
from careerkit.topics.goals.records import Goal

ORDER = ("active", "done", "paused", "dropped")
ON_PACE = ("on track", "achieved")
WITHOUT = {"no recent check-in": "without a recent check-in", "unclear": "without a deadline or a measure"}
# What another reader needs of the goals, whether they see all of them or those that were finished.
COLUMNS = {
    "goals": ("title", "metric", "unit", "baseline", "target", "started_on", "deadline", "status", "closed_on", "skill_id"),
    "goal_changes": ("changed_on", "goal_id", "field", "was", "now"),
    "action_steps": ("goal_id", "title", "due_on", "done_on"),
    "check_ins": ("goal_id", "checked_on", "value"),
}
WITHOUT_NAMES = {
    **COLUMNS,
    "goals": ("metric", "baseline", "target", "started_on", "deadline", "status", "closed_on"),
    "action_steps": ("goal_id", "due_on", "done_on"),
}


def table(context: Context) -> look.Html:
    """Return the table Goal | Action steps | Deadline | Progress | Status | Confidence | Likely done.

    Goals that were paused or dropped in the period, or are still paused, are in it too.
    """
    plans = sorted((plan for plan in context.plans if _belongs(plan, context)), key=_place)
    if not plans:
        return quiet("Goals", "There was no goal in this period." + (" One is enough to begin with." if context.own else ""))
    pace = context.pace.set_index("goal_id", drop=False)
    heads = ["Goal", "Action steps", "Deadline", "Progress", "Status", *(["Confidence"] if context.own else []), "Likely done"]
    rows = [_row(plan, pace.loc[plan.goal["id"]], context) for plan in plans]
    return section("Goals", wide(heads, rows, "Goals", texts=True), _summary(context))


def _belongs(plan: Plan, context: Context) -> bool:
    return plan.status in ("active", "paused") or plan.day.date() > context.before


def _place(plan: Plan) -> tuple[int, pd.Timestamp]:
    due = plan.goal["deadline"]
    return ORDER.index(plan.status), pd.Timestamp.max if is_blank(due) else due


def _summary(context: Context) -> look.Html:
    kept = sentence(active_on_pace(context), f" {_keeps(context)} pace. ") if len(started(context)) else ""
    return sentences(kept, "The bar is what is done, the tick is how much of the time has gone.")


def _keeps(context: Context) -> str:
    return "keeps" if on_pace(context).value == 1 else "keep"


def _row(plan: Plan, row: pd.Series, context: Context) -> list[Any]:
    shown = None if is_blank(row["progress"]) else context.show(progress(context, row))
    cells = [
        look.strong(plan.goal["title"]),
        look.muted(_steps(plan)),
        look.Html(f'<span class="ck-nowrap">{look.day(plan.goal["deadline"])}</span>'),
        look.bar(row["progress"], row["elapsed"], row["status"], shown),
        _state(plan, row),
    ]
    return [*cells, *([look.dots(row["confidence"])] if context.own else []), look.muted(_likely(plan, row))]


def _state(plan: Plan, row: pd.Series) -> look.Html:
    if plan.status in ("active", "done"):
        return look.chip(row["status"])
    return look.Html(f'<span class="ck-chip">○ {plan.status}</span>')


def _steps(plan: Plan) -> str:
    if not plan.steps:
        return "none yet"
    done = f"{len(plan.done())} of {len(plan.steps)} done"
    waiting = sorted(plan.open_steps(), key=lambda step: pd.Timestamp.max if is_blank(step["due_on"]) else step["due_on"])
    if not waiting or plan.status != "active":
        return done
    due = "" if is_blank(waiting[0]["due_on"]) else f", {look.day(waiting[0]['due_on'])}"
    return f"{done} · next: {waiting[0]['title']}{due}"


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


def pace(context: Context) -> Chart | look.Html:
    """Return the goals' course against the calendar."""
    return chart(context, "goals.pace", tables=context.as_planned) if len(started(context)) else NOTHING


def plans(context: Context) -> look.Html:
    """Return what changed in plans: deadlines and targets moved, goals paused or dropped."""
    titles = context.tables["goals"].set_index("id")["title"]
    moved = context.within("goal_changes", "changed_on")
    # That a goal was closed is said among the goals; its change of status is the same news again.
    shown = moved["goal_id"].isin(titles.index) & moved["field"].isin([*Goal.own_fields()]) & ~moved["field"].isin(("status", "closed_on"))
    items = [_change(row, titles) for _, row in moved[shown].sort_values(["changed_on", "id"], kind="stable").iterrows()]
    stopped = [plan for plan in context.plans if plan.status in ("paused", "dropped") and plan.day.date() > context.before]
    items += [sentence(look.strong(plan.goal["title"]), f": {plan.status} on {look.day(plan.day)}") for plan in stopped]
    if not items:
        return NOTHING
    comfort = " Changing a plan isn't failing; a plan that keeps changing is worth a question." if context.own else ""
    return section("Plans that changed", lines(items), f"{look.count(len(items), 'change')} since the {context.noun} began.{comfort}")


def _change(row: pd.Series, titles: pd.Series) -> look.Html:
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


# -- for other readers


def finished(context: Context) -> look.Html:
    """Return the goals finished in the period, nothing where the table of goals shows them."""
    if context.has("goals"):
        return NOTHING
    done = finished_plans(context)
    if not done:
        return quiet("Finished goals", "No goal was finished in this period.")
    count = context.show(context.counted("goals finished"), look.count(len(done), "goal"))
    return section("Finished goals", lines(_finished_goal(plan) for plan in done), sentence(count, " finished."))


def finished_plans(context: Context) -> list[Plan]:
    """Return the goals that were finished in the period."""
    return [plan for plan in context.plans if plan.status == "done" and context.before < plan.day.date() <= context.on]


def _finished_goal(plan: Plan) -> look.Html:
    goal, due = plan.goal, plan.goal["deadline"]
    planned = f", planned for {look.day(due)}" if pd.notna(due) else ""
    measured = bool(goal["metric"].strip()) and pd.notna(goal["target"])
    reach = f"{goal['metric']}: {look.number(goal['baseline']) or '0'} to {look.number(goal['target'])}" if measured else ""
    return entry(look.strong(goal["title"]), f"finished {look.day(plan.day)}{planned}", reach)


def _gain(context: Context) -> look.Html:
    """Return which goals were finished, in a sentence."""
    done = finished_plans(context)
    if not done:
        return NOTHING
    count = context.show(context.counted("goals finished"), f"{len(done)} goals")
    more = ("; ", count, " in all") if len(done) > 1 else ()
    return sentence("You finished " if context.own else "Finished: ", marked(done[0].goal["title"]), *more, ".")


def status_counts(context: Context) -> look.Html:
    """Return the number of goals by status, without their names."""
    figures = by_status(context)
    if not figures:
        return quiet("Progress", "There was no active goal when the period ended.")
    total = sum(figure.value or 0 for figure in figures.values())
    rows = [
        (look.chip(status), context.show(figure), f"{look.number(round(100 * (figure.value or 0) / total, 1))} %")
        for status, figure in figures.items()
    ]
    return section("Progress", wide(("Status", "Goals", "Share"), rows, "Active goals by status"), _status_summary(context))


def _status_summary(context: Context) -> look.Html:
    done, stopped = context.counted("goals finished"), context.counted("goals paused or dropped")
    first = sentence(active_on_pace(context), " on pace.") if len(started(context)) else ""
    closed = (context.show(done), " finished and ", context.show(stopped), f" paused or dropped in this {context.noun}.")
    return sentences(first, sentence(*closed))


# -- figures


def started(context: Context) -> pd.DataFrame:
    """Return goals.pace of the goals that were active at the period's end and had begun."""
    return context.pace[(context.pace["goal_status"] == "active") & (context.pace["status"] != "not started")]


def on_pace(context: Context) -> Figure:
    """Return how many active goals keep pace with the calendar."""
    active = started(context)
    good = len(active[active["status"].isin(ON_PACE)])
    shown = f"{good} of {len(active)}" if len(active) else "none"
    formula = "active goals on track or achieved, of all active goals that have begun"
    return context.figure("goals on pace", "goals on pace", shown, good, "goals.pace", formula, active["records"])


def active_on_pace(context: Context) -> look.Html:
    """Return the same with what it counts, such as "2 of 3 active goals"."""
    figure = on_pace(context)
    return context.show(figure, f"{figure.shown} active {'goal' if len(started(context)) == 1 else 'goals'}")


def by_status(context: Context) -> dict[str, Figure]:
    """Return the number of active goals by status, the statuses in use alone."""
    active = context.pace[context.pace["goal_status"] == "active"]
    rows = {status: active[active["status"] == status] for status in look.STATUS}
    return {status: _of_status(context, status, found) for status, found in rows.items() if len(found)}


def _of_status(context: Context, status: str, rows: pd.DataFrame) -> Figure:
    label, formula = f"goals {WITHOUT.get(status, status)}", f"active goals whose status is {status}"
    return context.figure(f"goals {status}", label, str(len(rows)), len(rows), "goals.pace", formula, rows["records"])


def progress(context: Context, row: pd.Series) -> Figure:
    """Return how far a goal was, from its row of goals.pace."""
    by_number = any(plan.goal["id"] == row["goal_id"] and plan.goal["metric"].strip() for plan in context.plans)
    formula = f"{row['steps_done']} of {row['steps']} action steps done"
    if by_number:
        formula = f"(value - baseline) / (target - baseline), the value being {look.number(row['value'])}"
    if not is_blank(row["elapsed"]):
        formula += f"; {look.percent(row['elapsed'])} of its time had gone"
    key, label = f"progress of goal {row['goal_id']}", f"progress of “{look.short(row['title'], 60)}”"
    return context.figure(key, label, look.percent(row["progress"]), row["progress"], "goals.pace", formula, [row["records"]])


def pace_figures(context: Context) -> Iterator[Figure]:
    """Yield how many goals keep pace, and how many have which status."""
    yield on_pace(context)
    yield from by_status(context).values()


def _measured(context: Context) -> Iterator[Figure]:
    yield from pace_figures(context)
    if not context.end:
        yield from (progress(context, row) for _, row in context.pace.iterrows() if not is_blank(row["progress"]))


def pace_sentence(context: Context) -> look.Html:
    """Return how many active goals keep pace, and how many did when the period began."""
    if started(context).empty:
        return NOTHING
    before = context.previous
    then = ("; when the ", context.noun, " began it was ", context.show(on_pace(before))) if before and len(started(before)) else ()
    return sentence(marked(active_on_pace(context)), f" {_keeps(context)} pace with the calendar", *then, ".")


FINISHED = Section(
    "finished",
    "Goals you finished",
    cells={"finished": finished},
    counts=("goals finished",),
    glance=("goals finished",),
    gain=_gain,
    own=False,
    access={"manager": Access(COLUMNS)},
)
PROGRESS = Section(
    "progress",
    "Goals by status, without their names",
    cells={"progress": status_counts},
    measured=pace_figures,
    glance=(on_pace,),
    states=(pace_sentence,),
    own=False,
    access={"sponsor": Access(WITHOUT_NAMES)},
)
SECTION = Section(
    "goals",
    "All goals, with steps, deadlines and progress",
    cells={"goals": table, "pace": pace, "plans": plans},
    counts=("goals finished", "goals paused or dropped", "goals begun", "steps done"),
    measured=_measured,
    glance=("goals finished", on_pace),
    gain=_gain,
    states=(pace_sentence,),
    access={"manager": Access(COLUMNS, on_request=True, lifts=("goals",))},
)
