"""Attendance alone: how many sessions took place, and how many assignments were done."""

from __future__ import annotations

from careerkit import look
from careerkit.review.context import Context
from careerkit.review.reader import Access
from careerkit.review.section import Section
from careerkit.review.sections.layout import quiet, section
from careerkit.review.sections.phrases import NOTHING, marked, sentence, sentences


def attendance(context: Context) -> look.Html:
    """Return how many sessions took place, and how many assignments were done."""
    held, minutes = context.counted("sessions held", whole=True), context.counted("minutes in sessions")
    given, done = context.counted("assignments given"), context.counted("assignments done")
    planned = _any_session(context)
    if not planned and not given.value and not done.value:
        return NOTHING if context.own else quiet("Attendance", "There was no session in this period.")
    sessions = (context.show(held), " sessions took place, ", context.show(minutes), " minutes in all.") if planned else ()
    assignments = (context.show(given), " assignments given, ", context.show(done), " done.")
    return section("Coaching" if context.own else "Attendance", "", sentences(sentence(*sessions), sentence(*assignments)))


def _any_session(context: Context) -> bool:
    return bool(context.counts.loc["sessions held", "of"])


def _state(context: Context) -> look.Html:
    if context.own or not _any_session(context):
        return NOTHING
    held = context.counted("sessions held", whole=True)
    return sentence(marked(context.show(held, f"{held.shown} sessions")), " took place.")


COLUMNS = {
    "sessions": ("held_on", "minutes", "attended"),
    "assignments": ("given_on", "due_on", "started_on", "submitted_on", "done_on"),
}
SECTION = Section(
    "coaching",
    "Sessions and assignments",
    cells={"attendance": attendance},
    counts=("sessions held", "minutes in sessions", "assignments given", "assignments done"),
    glance=("sessions held",),
    states=(_state,),
    access={"sponsor": Access(COLUMNS)},
    withheld_as="coaching",
)
