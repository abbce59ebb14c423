"""The goals finished in the period, for a reader who does not see the table of goals."""

from __future__ import annotations

import pandas as pd

from careerkit import look
from careerkit.review.context import Context
from careerkit.review.reader import Access
from careerkit.review.section import Section
from careerkit.review.sections.layout import entry, lines, quiet, section
from careerkit.review.sections.phrases import NOTHING, marked, sentence
from careerkit.topics.goals.plan import Plan

GOAL = ("title", "metric", "unit", "baseline", "target", "started_on", "deadline", "status", "closed_on", "skill_id")
BESIDE_GOALS = {
    "goal_changes": ("changed_on", "goal_id", "field", "was", "now"),
    "action_steps": ("goal_id", "title", "due_on", "done_on"),
    "check_ins": ("goal_id", "checked_on", "value"),
}


def finished(context: Context) -> look.Html:
    """Return the goals finished in the period, nothing where the table of goals shows them."""
    if context.has("goals"):
        return NOTHING
    done = finished_plans(context)
    if not done:
        return quiet("Finished goals", "No goal was finished in this period.")
    count = context.show(context.counted("goals finished"), look.count(len(done), "goal"))
    return section("Finished goals", lines(_goal(plan) for plan in done), sentence(count, " finished."))


def finished_plans(context: Context) -> list[Plan]:
    """Return the goals that were finished in the period."""
    return [plan for plan in context.plans if plan.status == "done" and context.before < plan.day.date() <= context.on]


def _goal(plan: Plan) -> look.Html:
    goal, due = plan.goal, plan.goal["deadline"]
    planned = f", planned for {look.day(due)}" if pd.notna(due) else ""
    measured = bool(goal["metric"].strip()) and pd.notna(goal["target"])
    reach = f"{goal['metric']}: {look.number(goal['baseline']) or '0'} to {look.number(goal['target'])}" if measured else ""
    return entry(look.strong(goal["title"]), f"finished {look.day(plan.day)}{planned}", reach)


def gain(context: Context) -> look.Html:
    """Return which goals were finished, in a sentence."""
    done = finished_plans(context)
    if not done:
        return NOTHING
    count = context.show(context.counted("goals finished"), f"{len(done)} goals")
    more = ("; ", count, " in all") if len(done) > 1 else ()
    return sentence("You finished " if context.own else "Finished: ", marked(done[0].goal["title"]), *more, ".")


SECTION = Section(
    "finished",
    "Goals you finished",
    cells={"finished": finished},
    counts=("goals finished",),
    glance=("goals finished",),
    gain=gain,
    own=False,
    access={"manager": Access({"goals": GOAL, **BESIDE_GOALS})},
)
