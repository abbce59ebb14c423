"""Goals by status, as numbers alone: what the sponsor of a coaching sees of them."""

from __future__ import annotations

from careerkit import look
from careerkit.review.context import Context
from careerkit.review.reader import Access
from careerkit.review.section import Section
from careerkit.review.sections import goals
from careerkit.review.sections.layout import quiet, section, wide
from careerkit.review.sections.phrases import sentence, sentences


def progress(context: Context) -> look.Html:
    """Return the number of goals by status, without their names."""
    figures = goals.by_status(context)
    if not figures:
        return quiet("Progress", "There was no active goal when the period ended.")
    total = sum(figure.value or 0 for figure in figures.values())
    rows = [
        (look.chip(status), context.show(figure), f"{look.number(round(100 * (figure.value or 0) / total, 1))} %")
        for status, figure in figures.items()
    ]
    return section("Progress", wide(("Status", "Goals", "Share"), rows, "Active goals by status"), _summary(context))


def _summary(context: Context) -> look.Html:
    done, stopped = context.counted("goals finished"), context.counted("goals paused or dropped")
    first = sentence(goals.active_on_pace(context), " on pace.") if len(goals.started(context)) else ""
    closed = (context.show(done), " finished and ", context.show(stopped), f" paused or dropped in this {context.noun}.")
    return sentences(first, sentence(*closed))


GOAL = ("metric", "baseline", "target", "started_on", "deadline", "status", "closed_on")
SECTION = Section(
    "progress",
    "Goals by status, without their names",
    cells={"progress": progress},
    measured=goals.pace_figures,
    glance=(goals.on_pace,),
    states=(goals.pace_sentence,),
    own=False,
    access={
        "sponsor": Access(
            {
                "goals": GOAL,
                "goal_changes": ("changed_on", "goal_id", "field", "was", "now"),
                "action_steps": ("goal_id", "due_on", "done_on"),
                "check_ins": ("goal_id", "checked_on", "value"),
            }
        )
    },
)
