"""What was written down at the end of the period, and what the review before had promised."""

from __future__ import annotations

from typing import Any

import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.records import is_blank
from careerkit.review.context import Scene, lower_first
from careerkit.review.sections.layout import NOTHING, note, own_lines, part, quiet, section, sentence, two
from careerkit.topics.periods import Period


def written(scene: Scene, period: Period) -> pd.Series | None:
    """Return what was written down about a period, the latest of it, None for nothing."""
    rows = scene.tables["reviews"]
    rows = rows[rows["written_on"].isna() | (rows["written_on"] <= pd.Timestamp(scene.today))]
    mine = rows[rows["period"].map(lambda name: _means(name, period, scene)).astype("bool")].sort_values(
        ["written_on", "id"], kind="stable"
    )
    return None if mine.empty else mine.iloc[-1]


def _means(name: str, period: Period, scene: Scene) -> bool:
    try:
        meant = Period.parse(name, scene.settings.fiscal_first_month)
    except CareerkitError:
        return False
    return (meant.start, meant.end) == (period.start, period.end)


def promised(scene: Scene) -> look.Html:
    """Return what the review before had set as its focus, and what became of it."""
    if not scene.shows("focus"):
        return NOTHING
    before, now = written(scene, scene.period.previous()), written(scene, scene.period)
    focus = "" if before is None else before["next_focus"].strip()
    outcome = "" if now is None else now["last_focus_outcome"].strip()
    if not focus and not outcome:
        return NOTHING
    chosen = numbered(focus) if focus else note("No focus was written down then.")
    became = look.paragraph(own_lines(outcome)) if outcome else note("Not written down yet.")
    title = "What the last review promised"
    inside = two(part(f"The focus chosen for {lower_first(scene.period.label)}", chosen), part("What became of it", became))
    return section(title, inside, f"On the left what was planned when the {scene.noun} began, on the right how it went.")


def numbered(text: str) -> look.Html:
    """Return the lines of a text as a numbered list."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return look.Html(f"<ol>{''.join(f'<li>{look.text(line)}</li>' for line in lines)}</ol>")


def answers(scene: Scene) -> look.Html:
    """Return what went well and what was learned, in one's own words; for oneself also satisfaction and reflections."""
    if not scene.shows("reflection"):
        return NOTHING
    now = written(scene, scene.period)
    told = [] if now is None else [made for name in ("wins", "lessons") if str(made := _answer(name, now[name]))]
    told += _reflections(scene) if scene.own else []
    satisfied = _satisfied(scene, now) if scene.own else NOTHING
    if not told and not str(satisfied):
        return quiet("In your own words", "What went well, and what did you learn? Three lines are plenty.") if scene.own else NOTHING
    pairs = [two(told[place], told[place + 1] if place + 1 < len(told) else "") for place in range(0, len(told), 2)]
    return section(
        "In your own words" if scene.own else "In own words", look.joined(pairs), satisfied or "What went well, and what was learned."
    )


def _answer(name: str, text: str) -> look.Html:
    question = {"wins": "What went well?", "lessons": "What was learned?"}[name]
    return part(question, look.paragraph(own_lines(text))) if text.strip() else NOTHING


def _satisfied(scene: Scene, now: pd.Series | None) -> Any:
    if now is None or is_blank(now["satisfaction"]):
        return NOTHING
    earlier = written(scene, scene.period.previous())
    before = (
        []
        if earlier is None or is_blank(earlier["satisfaction"])
        else [f" · the {scene.noun} before: ", look.dots(earlier["satisfaction"])]
    )
    return sentence("Your satisfaction: ", look.dots(now["satisfaction"]), *before)


def _reflections(scene: Scene) -> list[look.Html]:
    rows = scene.within("reflections", "written_on").sort_values(["written_on", "id"], kind="stable")
    rows = rows[rows["answer"].str.strip() != ""]
    return [
        part(row["prompt"], look.joined([look.paragraph(own_lines(row["answer"])), note(look.day(row["written_on"]))]))
        for _, row in rows.iterrows()
    ]
