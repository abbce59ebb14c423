"""The skills that moved in the period, and for oneself how others see them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from careerkit import look
from careerkit.review.chart import Chart, chart
from careerkit.review.context import Context
from careerkit.review.reader import Access
from careerkit.review.section import Section
from careerkit.review.sections.layout import note, section
from careerkit.review.sections.phrases import NOTHING, marked, sentence, sentences, shortlist
from careerkit.topics.assessment import measures as assessment
from careerkit.topics.feedback import measures as feedback
from careerkit.topics.feedback.charts import skill_summary
from careerkit.topics.rater_comparison import DIFFERENTLY

MOST = 8


def skills(context: Context) -> look.Html:
    """Return which skills were rated differently at the two ends of the period, and for oneself how others see them."""
    rows = assessment.changes(context.tables, context.on, context.before)
    moved = rows[(rows["change"] != 0).fillna(False)]
    first = rows[rows["was"].isna() & rows["level"].notna()]
    others = _seen_by_others(context) if context.own else NOTHING
    if moved.empty and first.empty:
        return section("Skills", others, "No rating of a skill has changed." if len(rows) else "No skill is rated yet.")
    return section("Skills that moved", others, sentences(_moved(context, moved), _first(list(first["name"]))))


def levels(context: Context) -> Chart | look.Html:
    """Return the levels of the skills at both ends of the period."""
    moved = any(context.counted(name).value for name in SECTION.counts)
    return chart(context, "assessment.changes", since=context.before) if moved else NOTHING


def _moved(context: Context, moved: pd.DataFrame) -> look.Html:
    if moved.empty:
        return NOTHING
    up, down = context.counted("skills rated higher"), context.counted("skills rated lower")
    changes = "; ".join(f"{row['name']} from {row['was']} to {row['level']}" for _, row in moved.head(MOST).iterrows())
    left = f"; and {len(moved) - MOST} more" if len(moved) > MOST else ""
    lower = (", ", context.show(down), " lower") if down.value else ()
    return sentence(context.show(up), " rated higher than before", *lower, f": {changes}{left}.")


def _first(names: Sequence[str]) -> str:
    return f"Rated for the first time: {shortlist(names, MOST)}." if names else ""


def _seen_by_others(context: Context) -> look.Html:
    spots = feedback.blind_spots(context.tables, context.on)
    skills = list(dict.fromkeys(spots[spots["finding"] == DIFFERENTLY]["skill_id"]))
    return look.joined(note(f"{skill_summary(spots[spots['skill_id'] == skill])}.") for skill in skills[:MOST])


def _gain(context: Context) -> look.Html:
    figure = context.counted("skills rated higher")
    if not figure.value:
        return NOTHING
    return sentence(marked(context.amount(figure, "skill")), f" rated higher than when the {context.noun} began.")


SECTION = Section(
    "skills",
    "Skills that moved",
    cells={"skills": skills, "levels": levels},
    counts=("skills rated higher", "skills rated lower"),
    glance=("skills rated higher",),
    gain=_gain,
    access={"manager": Access({"skill_ratings": ("rated_on", "skill_id", "rater", "level")}, on_request=True)},
    label_for_others="Skills that moved, by your own rating",
)
