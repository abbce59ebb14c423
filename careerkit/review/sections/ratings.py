"""What was rated: the skills that moved in the period, how others see them, and how the role fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.review.chart import Chart, chart
from careerkit.review.context import Context
from careerkit.review.figures import Figure
from careerkit.review.reader import Access
from careerkit.review.section import Section
from careerkit.review.sections.layout import note, quiet, section, wide
from careerkit.review.sections.phrases import NOTHING, marked, sentence, sentences, shortlist
from careerkit.topics.assessment import measures as assessment
from careerkit.topics.feedback import measures as feedback
from careerkit.topics.feedback.charts import skill_summary
from careerkit.topics.rater_comparison import DIFFERENTLY

MOST = 8
MOVES = ("skills rated higher", "skills rated lower")
# A measure's finding, as one would say it to a friend.
FINDINGS = {"no longer fits": "it no longer fits as it did", "slipping": "it fits a little less than it did", "fits": "it fits"}


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
    moved = any(context.counted(name).value for name in MOVES)
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


# -- how the role fits


def fit(context: Context) -> look.Html:
    """Return how each part of the role fits: now, at the start of the period, and a year before."""
    now = assessment.fit(context.tables, context.on)
    if now.empty:
        return quiet("Role fit", "You haven't scored yet how your role fits.")
    before = {_key(row): row["score"] for _, row in assessment.fit(context.tables, context.before).iterrows()}
    rows = [_row(row, before.get(_key(row))) for _, row in now.iterrows()]
    heads = ("What you rated", "Now", f"When the {context.noun} began", "A year before")
    overall = (_overall(context, row) for _, row in assessment.fit_overall(context.tables, context.on).iterrows())
    return section("Role fit", wide(heads, rows, "Role fit"), sentences(*overall))


def _key(row: pd.Series) -> tuple[str, str]:
    return str(row["position_id"]), str(row["dimension"]).strip().casefold()


def _row(row: pd.Series, before: object) -> tuple[object, ...]:
    scores = (row["score"], before, row["year_before"])
    return (look.strong(row["dimension"]), *(look.muted("–") if is_blank(score) else look.dots(score) for score in scores))


def _overall(context: Context, row: pd.Series) -> look.Html:
    name = row["position"] or "Your role"
    if is_blank(row["mean"]) or row["finding"] == "too early to say":
        return sentence(f"{name}: too early to say.")
    finding = FINDINGS.get(row["finding"], "it fits in part")
    return sentence(f"{name}: ", context.show(_figure(context, row)), f" of 5 overall; {finding}.")


def _figure(context: Context, row: pd.Series) -> Figure:
    key, label = f"fit {row['position_id']}", f"fit of {row['position'] or 'the role'}"
    shown = "too early to say" if is_blank(row["mean"]) else look.number(round(float(row["mean"]), 1))
    formula = "mean of the latest scores from 1 to 5"
    return context.figure(key, label, shown, row["mean"], "assessment.fit_overall", formula, [row["records"]])


def _measured(context: Context) -> Iterator[Figure]:
    yield from (_figure(context, row) for _, row in assessment.fit_overall(context.tables, context.on).iterrows())


SKILLS = Section(
    "skills",
    "Skills that moved",
    cells={"skills": skills, "levels": levels},
    counts=MOVES,
    glance=("skills rated higher",),
    gain=_gain,
    access={"manager": Access({"skill_ratings": ("rated_on", "skill_id", "rater", "level")}, on_request=True)},
    label_for_others="Skills that moved, by your own rating",
)
FIT = Section("fit", "How your role fits", cells={"fit": fit}, measured=_measured, withheld_as="how your role fits")
