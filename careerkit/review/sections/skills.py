"""The skills that moved in the period, how others see them, and how the role fits."""

from __future__ import annotations

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.review import key_figures
from careerkit.review.context import Scene
from careerkit.review.sections.layout import NOTHING, note, quiet, section, sentence, sentences, wide
from careerkit.topics.assessment import measures as assessment
from careerkit.topics.feedback import measures as feedback
from careerkit.topics.feedback.charts import skill_summary
from careerkit.topics.rater_comparison import DIFFERENTLY

MOST = 8
# A measure's finding, as one would say it to a friend.
FOUND = {"no longer fits": "it no longer fits as it did", "slipping": "it fits a little less than it did", "fits": "it fits"}


def skills(scene: Scene) -> look.Html:
    """Return which skills were rated otherwise at the two ends of the period, and for oneself how others see them."""
    if not scene.shows("skills"):
        return NOTHING
    rows = assessment.changes(scene.tables, scene.on, scene.before)
    moved = rows[(rows["change"] != 0).fillna(False)]
    first = rows[rows["was"].isna() & rows["level"].notna()]
    seen = [_seen(scene)] if scene.own else []
    if moved.empty and first.empty:
        quiet_line = "No skill was rated otherwise than before." if len(rows) else "No skill is rated yet."
        return section("Skills", look.joined(seen), quiet_line)
    said = [_moved_said(scene, moved), _first_said(first)]
    return section("Skills that moved", look.joined(seen), sentences(*(one for one in said if str(one))))


def _moved_said(scene: Scene, moved: pd.DataFrame) -> look.Html:
    if moved.empty:
        return NOTHING
    up, down = scene.counted("skills rated higher"), scene.counted("skills rated lower")
    told = "; ".join(f"{row['name']} from {row['was']} to {row['level']}" for _, row in moved.head(MOST).iterrows())
    left = f"; and {len(moved) - MOST} more" if len(moved) > MOST else ""
    lower = (", ", scene.fig(down), " lower") if down.value else ()
    return sentence(scene.fig(up), " rated higher than before", *lower, f": {told}{left}.")


def _first_said(first: pd.DataFrame) -> look.Html:
    if first.empty:
        return NOTHING
    names = [str(name) for name in first["name"].head(MOST)]
    more = f" and {len(first) - MOST} more" if len(first) > MOST else ""
    return sentence(f"Rated for the first time: {', '.join(names)}{more}." if more else f"Rated for the first time: {look.listed(names)}.")


def _seen(scene: Scene) -> look.Html:
    spots = feedback.blind_spots(scene.tables, scene.on)
    apart = [skill for skill in dict.fromkeys(spots[spots["finding"] == DIFFERENTLY]["skill_id"])]
    said = [skill_summary(spots[spots["skill_id"] == skill]) for skill in apart[:MOST]]
    return look.joined(note(f"{one}.") for one in said)


def fit(scene: Scene) -> look.Html:
    """Return how the role fits in each respect: now, at the start of the period, and a year before."""
    if not scene.shows("fit"):
        return NOTHING
    now = assessment.fit(scene.tables, scene.on)
    if now.empty:
        return quiet("Role fit", "How your role fits is not scored yet.")
    earlier = assessment.fit(scene.tables, scene.before)
    was = {_key(row): row["score"] for _, row in earlier.iterrows()}
    rows = [_fit_row(row, was.get(_key(row))) for _, row in now.iterrows()]
    heads = ("In what respect", "Now", f"When the {scene.noun} began", "A year before")
    return section("Role fit", wide(heads, rows, "Role fit"), _fit_said(scene))


def _key(row: pd.Series) -> tuple[str, str]:
    return str(row["position_id"]), str(row["dimension"]).strip().casefold()


def _fit_row(row: pd.Series, was: object) -> tuple[object, ...]:
    scores = [None if is_blank(score) else score for score in (row["score"], was, row["year_before"])]
    return (look.strong(row["dimension"]), *(look.muted("–") if score is None else look.dots(score) for score in scores))


def _fit_said(scene: Scene) -> look.Html:
    rows = assessment.fit_overall(scene.tables, scene.on)
    return sentences(*(_overall_said(scene, row) for _, row in rows.iterrows()))


def _overall_said(scene: Scene, row: pd.Series) -> look.Html:
    name = row["position"] or "Your role"
    if is_blank(row["mean"]) or row["finding"] == "too early to say":
        return sentence(f"{name}: too early to say.")
    figure = key_figures.fit(scene, row)
    return sentence(f"{name}: ", scene.fig(figure), f" of 5 all in all; {FOUND.get(row['finding'], 'it fits in part')}.")
