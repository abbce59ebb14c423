"""Progress and attendance alone, as numbers: what a sponsor of a coaching sees."""

from __future__ import annotations

from careerkit import look
from careerkit.review import key_figures
from careerkit.review.context import Scene
from careerkit.review.sections.layout import NOTHING, quiet, section, sentence, sentences, wide


def progress(scene: Scene) -> look.Html:
    """Return how many goals stand how, without their names."""
    if not scene.shows("progress"):
        return NOTHING
    figures = key_figures.by_status(scene)
    if not figures:
        return quiet("Progress", "There was no active goal when the period ended.")
    whole = sum(int(figure.value or 0) for figure in figures)
    names = [status for status in look.STATUS if (scene.pace[scene.pace["goal_status"] == "active"]["status"] == status).any()]
    rows = [
        (look.chip(status), scene.fig(figure), f"{look.number(round(100 * (figure.value or 0) / whole, 1))} %")
        for status, figure in zip(names, figures, strict=True)
    ]
    return section("Progress", wide(("Status", "Goals", "Share"), rows, "Active goals by status"), _said(scene))


def _said(scene: Scene) -> look.Html:
    kept, active = key_figures.on_pace(scene), len(key_figures.started(scene))
    done, stopped = scene.counted("goals finished"), scene.counted("goals paused or dropped")
    first = sentence(scene.fig(kept, f"{kept.shown} active {'goal' if active == 1 else 'goals'}"), " on pace.") if active else ""
    return sentences(first, sentence(scene.fig(done), " finished and ", scene.fig(stopped), f" paused or dropped in this {scene.noun}."))


def attendance(scene: Scene) -> look.Html:
    """Return how many sessions took place, and how many assignments were done."""
    if not scene.shows("coaching"):
        return NOTHING
    held, minutes = scene.counted("sessions held", whole=True), scene.counted("minutes in sessions")
    given, done = scene.counted("assignments given"), scene.counted("assignments done")
    any_session = bool(scene.counts.loc["sessions held", "of"])
    if not any_session and not given.value and not done.value:
        return NOTHING if scene.own else quiet("Attendance", "There was no session in this period.")
    said = [sentence(scene.fig(held), " sessions took place, ", scene.fig(minutes), " minutes in all.")] if any_session else []
    said.append(sentence(scene.fig(given), " assignments given, ", scene.fig(done), " done."))
    return section("Coaching" if scene.own else "Attendance", "", sentences(*said))
