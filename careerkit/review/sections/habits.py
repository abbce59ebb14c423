"""The five habits at the period's end, at its start, a year before, and their course between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from careerkit import look
from careerkit.records import is_blank
from careerkit.review import key_figures
from careerkit.review.context import Scene
from careerkit.review.sections.layout import NOTHING, section, sentence, sentences
from careerkit.topics.habits import scores as habit_scores
from careerkit.topics.periods import containing

SPARK_QUARTERS = 8


def cards(scene: Scene) -> look.Html:
    """Return a card for each habit: its score, its change in the period and in a year, and its course over eight quarters."""
    if not scene.shows("habits"):
        return NOTHING
    course = habit_scores.course(scene.tables, _quarter_ends(scene.on), scene.settings)
    by_habit = {str(habit): dict(zip(rows["on"], rows["score"], strict=True)) for habit, rows in course.groupby("habit")}
    made = "".join(_card(scene, str(habit), by_habit.get(str(habit), {})) for habit in scene.habits.index)
    return section("Five habits", f'<div class="ck-cards ck-habits">{made}</div>', _said(scene))


def _said(scene: Scene) -> look.Html:
    moved = _moved(scene)
    line = "The line is the course over eight quarters. What your records show; nobody needs 100."
    if scene.habits["score"].isna().all():
        return sentences("A habit has a figure after two weeks of records.")
    if not scene.previous:
        return sentences(line)
    rose, fell = ([key_figures.NAMES[name].lower() for name, change in moved if sign * change > 0] for sign in (1, -1))
    said = [f"{look.listed(names)} {verb}" for names, verb in ((rose, "rose"), (fell, "fell")) if names]
    first = (
        f"Since the {scene.noun} began, {'; '.join(said)}." if said else f"Since the {scene.noun} began, nothing moved by a point or more."
    )
    return sentences(first, line)


def _moved(scene: Scene) -> list[tuple[str, int]]:
    then = scene.previous.habits["score"] if scene.previous else scene.habits["score"]
    pairs = [(str(name), scene.habits.loc[name, "score"], then.get(name)) for name in scene.habits.index]
    return [(name, round(float(now)) - round(float(was))) for name, now, was in pairs if not is_blank(now) and not is_blank(was)]


def _quarter_ends(on: dt.date) -> list[dt.date]:
    ends, quarter = [on], containing(on, "quarter")
    while len(ends) < SPARK_QUARTERS:
        quarter = quarter.previous()
        ends.append(quarter.end)
    return ends[::-1]


def _card(scene: Scene, habit: str, course: dict[dt.date, float]) -> str:
    figure, title = key_figures.habit(scene, habit), f"<h3>{key_figures.NAMES[habit]}</h3>"
    if figure.value is None:
        signals = look.count(int(scene.habits.loc[habit, "signals"]), "sign")
        return f'<article class="ck-card">{title}{look.muted("too early to say")}<br>{look.muted(f"{signals} so far")}</article>'
    ends = _quarter_ends(scene.on)
    big = f'<div class="ck-big">{scene.fig(figure)}<span class="ck-of"> / 100</span></div>'
    return f'<article class="ck-card">{title}{big}{_change(scene, habit)}{_year(scene, habit)}{spark([course.get(day) for day in ends], key_figures.NAMES[habit])}</article>'


def _change(scene: Scene, habit: str) -> str:
    then = key_figures.habit(scene.previous, habit) if scene.previous else None
    if then is None or then.value is None:
        return '<div class="ck-change">first figure</div>'
    difference = round(float(scene.habits.loc[habit, "score"])) - round(then.value)
    arrow, kind = ("↗", "ck-good") if difference > 0 else ("↘", "") if difference < 0 else ("→", "")
    words = f"{difference:+d} from ".replace("-", "−") if difference else "unchanged at "
    return f'<div class="ck-change {kind}">{arrow} {words}{scene.fig(then)}</div>'


def _year(scene: Scene, habit: str) -> str:
    then = key_figures.habit(scene.year_before, habit) if scene.year_before else None
    return f'<div class="ck-change">{sentence("a year before ", scene.fig(then))}</div>' if then and then.value is not None else ""


def spark(scores: Sequence[float | None], name: str = "") -> str:
    """Return a small line through scores from 0 to 100; gaps are left out."""
    points = [(6 + 120 * place / (len(scores) - 1), 30 - 0.26 * score) for place, score in enumerate(scores) if score is not None]
    if len(points) < 2:
        return ""
    told = ", ".join("none" if score is None else str(round(score)) for score in scores)
    path = " L".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return (
        f'<svg viewBox="0 0 132 34" class="ck-spark" role="img" aria-label="{look.text(name)}, course over eight quarters: {told}">'
        f'<path d="M{path}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="3.2"/></svg>'
    )
