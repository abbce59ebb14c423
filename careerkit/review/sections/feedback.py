"""The feedback of the period, and what was done with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.review.context import Context, upper_first
from careerkit.review.figures import Figure
from careerkit.review.reader import Access
from careerkit.review.section import Section
from careerkit.review.sections.layout import note, own_lines, quiet, section, wide
from careerkit.review.sections.phrases import NOTHING, marked, sentence, sentences
from careerkit.topics.feedback.charts import stage_chip
from careerkit.topics.feedback.loop import givers, reached
from careerkit.topics.review.measures import FEEDBACK

MOST = 10


def feedback(context: Context) -> look.Html:
    """Return how much feedback came and what became of it; for oneself also what was said, and what one made of it."""
    if not any(context.counted(name).value for name in FEEDBACK):
        invitation = " One question to one person is enough." if context.own else ""
        return quiet("Feedback", f"No feedback was asked for or given in this period.{invitation}")
    table = [_table(context)] if context.own else []
    return section("Feedback, and what became of it", look.joined([_stages(context), *table]), _summary(context))


def _summary(context: Context) -> look.Html:
    received, acted, closed = (context.show(context.counted(name)) for name in ("feedback received", "feedback acted on", "givers told"))
    still_open = feedback_open(context)
    waiting = still_open.value and not context.running
    return sentences(
        sentence(received, " received, ", acted, " acted on, ", closed, " closed by telling the giver."),
        sentence(context.show(still_open), f" not closed yet when the {context.noun} ended.") if waiting else "",
    )


def _stages(context: Context) -> look.Html:
    rows = [(look.strong(upper_first(name)), *(context.show(each.counted(name)) for each in context.ends())) for name in FEEDBACK]
    return wide(("Stage", *context.headings), rows, "Feedback by stage")


def _table(context: Context) -> look.Html:
    rows = reached(context.tables["feedback"], context.on)
    days = [*FEEDBACK.values(), "declined_on"]
    moved = pd.concat([context.inside(rows[name]) for name in days], axis=1).any(axis=1)
    named = rows.assign(giver=givers(rows, context.tables["contacts"]))[moved].sort_values("since", ascending=False, kind="stable")
    if named.empty:
        return NOTHING
    shown = [_row(row, context) for _, row in named.head(MOST).iterrows()]
    table = wide(("From", "What was said", "What came of it", "Status"), shown, "Feedback of the period", texts=True)
    left = len(named) - MOST
    return look.joined([table, note(f"And {left} more.") if left > 0 else NOTHING])


def _row(row: pd.Series, context: Context) -> tuple[Any, ...]:
    giver = sentence(look.strong(row["giver"] or "Someone"), look.Html("<br>"), look.muted(look.short(row["question"], 120)))
    return giver, _words(row, context), _outcome(row, context), stage_chip(row)


def _has_passed(day: Any, context: Context) -> bool:
    return not is_blank(day) and day.date() <= context.on


def _words(row: pd.Series, context: Context) -> look.Html:
    if not _has_passed(row["received_on"], context):
        return look.muted("declined" if _has_passed(row["declined_on"], context) else "no answer yet")
    return look.Html("<br>".join(str(own_lines(row[name])) for name in ("went_well", "to_improve") if row[name].strip()))


def _outcome(row: pd.Series, context: Context) -> look.Html:
    parts = [own_lines(row["reflection"])] if _has_passed(row["reflected_on"], context) and row["reflection"].strip() else []
    if _has_passed(row["decided_on"], context) and row["decision"]:
        action = f": {row['action']}" if row["action"].strip() else ""
        parts.append(sentence(look.strong(upper_first(row["decision"])), action))
    return look.Html("<br>".join(str(each) for each in parts))


def feedback_open(context: Context) -> Figure:
    """Return how much feedback had come and was not closed."""
    rows = reached(context.tables["feedback"], context.on)
    rows = rows[rows["stage"].isin(("received", "reflected", "decided", "acted"))]
    formula = "feedback that has come and whose giver was not told yet what became of it"
    return context.figure("feedback open", "feedback not closed yet", str(len(rows)), len(rows), "feedback.loop", formula, rows["id"])


def _measured(context: Context) -> Iterator[Figure]:
    yield feedback_open(context)


def _gain(context: Context) -> look.Html:
    figure = context.counted("givers told")
    if not figure.value:
        return NOTHING
    people = marked(context.amount(figure, "person", "people"))
    if context.own:
        return sentence("You told ", people, " what became of their feedback.")
    return sentence(people, " heard what became of their feedback.")


DAYS = ("requested_on", "due_on", "received_on", "declined_on", "reflected_on", "decided_on", "acted_on", "followed_up_on")
SECTION = Section(
    "feedback",
    "Feedback",
    cells={"feedback": feedback},
    counts=tuple(FEEDBACK),
    measured=_measured,
    glance=("feedback received",),
    gain=_gain,
    access={"manager": Access({"feedback": (*DAYS, "decision")}, on_request=True)},
    label_for_others="Feedback: how much came and what became of it, not a word of what was said",
)
