"""The feedback of the period, and what was done with it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.review import key_figures
from careerkit.review.context import Scene
from careerkit.review.sections.layout import NOTHING, note, own_lines, quiet, section, sentence, sentences, wide
from careerkit.topics.feedback.charts import stage_chip
from careerkit.topics.feedback.loop import givers, reached
from careerkit.topics.review.measures import FEEDBACK

MOST = 10


def feedback(scene: Scene) -> look.Html:
    """Return how much feedback came and what became of it; for oneself also what was said, and what one made of it."""
    if not scene.shows("feedback"):
        return NOTHING
    figures = [scene.counted(name) for name in FEEDBACK]
    if not any(figure.value for figure in figures):
        return quiet(
            "Feedback",
            "No feedback was asked for or given in this period." + (" One question to one person is enough." if scene.own else ""),
        )
    told = [_told(scene)] if scene.own else []
    return section("Feedback, and what became of it", look.joined([_stages(scene), *told]), _said(scene))


def _said(scene: Scene) -> look.Html:
    received, acted, told = (scene.counted(name) for name in ("feedback received", "feedback acted on", "givers told"))
    open_still = key_figures.feedback_open(scene)
    parts = sentence(scene.fig(received), " received, ", scene.fig(acted), " acted on, ", scene.fig(told), " closed by telling the giver.")
    return sentences(
        parts,
        sentence(scene.fig(open_still), f" not closed yet when the {scene.noun} ended.") if open_still.value and not scene.running else "",
    )


def _stages(scene: Scene) -> look.Html:
    ends = scene.ends()
    heads = ("Stage", f"This {scene.noun}", *(f"{each.when[:1].upper()}{each.when[1:]}" for each in ends[1:]))
    rows = [(look.strong(name[:1].upper() + name[1:]), *(scene.fig(each.counted(name)) for each in ends)) for name in FEEDBACK]
    return wide(heads, rows, "Feedback by stage")


def _told(scene: Scene) -> look.Html:
    rows = reached(scene.tables["feedback"], scene.on)
    days = [*FEEDBACK.values(), "declined_on"]
    moved = pd.concat([scene.inside(rows[name]) for name in days], axis=1).any(axis=1)
    named = rows.assign(giver=givers(rows, scene.tables["contacts"]))[moved].sort_values("since", ascending=False, kind="stable")
    if named.empty:
        return NOTHING
    table = wide(
        ("From", "What was said", "What came of it", "Stands"),
        [_row(row, scene) for _, row in named.head(MOST).iterrows()],
        "Feedback of the period",
        texts=True,
    )
    left = len(named) - MOST
    return look.joined([table, note(f"And {left} more.") if left > 0 else NOTHING])


def _row(row: pd.Series, scene: Scene) -> tuple[Any, ...]:
    who = sentence(look.strong(row["giver"] or "Someone"), look.Html("<br>"), look.muted(look.short(row["question"], 120)))
    return who, _words(row, scene), _became(row, scene), stage_chip(row)


def _came(day: Any, scene: Scene) -> bool:
    return not is_blank(day) and day.date() <= scene.on


def _words(row: pd.Series, scene: Scene) -> look.Html:
    if not _came(row["received_on"], scene):
        return look.muted("declined" if _came(row["declined_on"], scene) else "no answer yet")
    return look.Html("<br>".join(str(own_lines(row[name])) for name in ("went_well", "to_improve") if row[name].strip()))


def _became(row: pd.Series, scene: Scene) -> look.Html:
    told = [own_lines(row["reflection"])] if _came(row["reflected_on"], scene) and row["reflection"].strip() else []
    if _came(row["decided_on"], scene) and row["decision"]:
        told.append(
            sentence(look.strong(row["decision"][:1].upper() + row["decision"][1:]), f": {row['action']}" if row["action"].strip() else "")
        )
    return look.Html("<br>".join(str(each) for each in told))
