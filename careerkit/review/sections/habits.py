"""The five habits at the period's end, at its start, a year before, and their course between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from careerkit import look
from careerkit.records import is_blank, split_list
from careerkit.review.context import Context
from careerkit.review.figures import Figure
from careerkit.review.section import Section
from careerkit.review.sections.layout import section, wide
from careerkit.review.sections.phrases import NOTHING, marked, sentence, sentences
from careerkit.topics.habits import measures
from careerkit.topics.habits import scores as habit_scores
from careerkit.topics.periods import containing

NAMES = {"assessment": "Self-assessment", "networking": "Networking", "change": "Change", "goals": "Goals", "feedback": "Feedback"}
SPARK_QUARTERS = 8


def cards(context: Context) -> look.Html:
    """Return a card for each habit: its score, its change in the period and in a year, and its course over eight quarters."""
    course = habit_scores.course(context.tables, _quarter_ends(context.on), context.settings)
    by_habit = {str(habit): dict(zip(rows["on"], rows["score"], strict=True)) for habit, rows in course.groupby("habit")}
    made = "".join(_card(context, str(habit), by_habit.get(str(habit), {})) for habit in context.habits.index)
    return section("Five habits", f'<div class="ck-cards ck-habits">{made}</div>', _summary(context))


def _summary(context: Context) -> look.Html:
    line = "The line is the course over eight quarters. What your records show; nobody needs 100."
    if context.habits["score"].isna().all():
        return sentences("A habit has a figure after two weeks of records.")
    if not context.previous:
        return sentences(line)
    moved = _moved(context, context.previous)
    rose, fell = ([NAMES[name].lower() for name, change in moved if sign * change > 0] for sign in (1, -1))
    changes = "; ".join(f"{look.listed(names)} {verb}" for names, verb in ((rose, "rose"), (fell, "fell")) if names)
    return sentences(f"Since the {context.noun} began, {changes or 'nothing moved by a point or more'}.", line)


def _moved(context: Context, previous: Context) -> list[tuple[str, int]]:
    pairs = [(str(name), context.habits.loc[name, "score"], previous.habits["score"].get(name)) for name in context.habits.index]
    return [(name, round(float(now)) - round(float(was))) for name, now, was in pairs if not is_blank(now) and not is_blank(was)]


def _quarter_ends(on: dt.date) -> list[dt.date]:
    ends, quarter = [on], containing(on, "quarter")
    while len(ends) < SPARK_QUARTERS:
        quarter = quarter.previous()
        ends.append(quarter.end)
    return ends[::-1]


def _card(context: Context, habit: str, course: dict[dt.date, float]) -> str:
    score, title = figure(context, habit), f"<h3>{NAMES[habit]}</h3>"
    if score.value is None:
        signals = look.count(int(context.habits.loc[habit, "signals"]), "sign")
        return f'<article class="ck-card">{title}{look.muted("too early to say")}<br>{look.muted(f"{signals} so far")}</article>'
    big = f'<div class="ck-big">{context.show(score)}<span class="ck-of"> / 100</span></div>'
    line = spark([course.get(day) for day in _quarter_ends(context.on)], NAMES[habit])
    return f'<article class="ck-card">{title}{big}{_change(context, habit)}{_year(context, habit)}{line}</article>'


def _change(context: Context, habit: str) -> str:
    then = figure(context.previous, habit) if context.previous else None
    if then is None or then.value is None:
        return '<div class="ck-change">first figure</div>'
    difference = round(float(context.habits.loc[habit, "score"])) - round(then.value)
    arrow, kind = ("↗", "ck-good") if difference > 0 else ("↘", "") if difference < 0 else ("→", "")
    words = f"{difference:+d} from ".replace("-", "−") if difference else "unchanged at "
    return f'<div class="ck-change {kind}">{arrow} {words}{context.show(then)}</div>'


def _year(context: Context, habit: str) -> str:
    then = figure(context.year_before, habit) if context.year_before else None
    return f'<div class="ck-change">{sentence("a year before ", context.show(then))}</div>' if then and then.value is not None else ""


def spark(scores: Sequence[float | None], name: str = "") -> str:
    """Return a small line through scores from 0 to 100; gaps are left out."""
    points = [(6 + 120 * place / (len(scores) - 1), 30 - 0.26 * score) for place, score in enumerate(scores) if score is not None]
    if len(points) < 2:
        return ""
    in_words = ", ".join("none" if score is None else str(round(score)) for score in scores)
    path = " L".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return (
        f'<svg viewBox="0 0 132 34" class="ck-spark" role="img" aria-label="{look.text(name)}, course over eight quarters: {in_words}">'
        f'<path d="M{path}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="3.2"/></svg>'
    )


def signs(context: Context) -> look.Html:
    """Return a table of the signs that the scores are made of, for the appendix."""
    rows = [
        (f"{NAMES[row['habit']]}: {row['indicator']}", look.percent(row["value"]) or "not applicable", row["formula"], _records(row))
        for row in measures.indicators(context.tables, context.on, context.settings).to_dict("records")
    ]
    return wide(("Sign", "Value", "How it is calculated", "Records"), rows, "The signs of the five habits", texts=True)


def _records(row: dict[object, str]) -> str:
    return str(len(split_list(row["records"])))


def figure(context: Context, name: str) -> Figure:
    """Return a habit's score out of 100."""
    row = context.habits.loc[name]
    shown = "too early to say" if is_blank(row["score"]) else str(round(float(row["score"])))
    formula = f"100 x the mean of its {look.count(int(row['signals']), 'sign')} that apply (habits.index)"
    return context.figure(f"habit {name}", f"{NAMES[name]} habit", shown, row["score"], "habits.index", formula, [row["records"]])


def _measured(context: Context) -> Iterator[Figure]:
    yield from (figure(context, str(name)) for name in context.habits.index)


def _gain(context: Context) -> look.Html:
    if not context.previous:
        return NOTHING
    gained = (context.habits["score"] - context.previous.habits["score"]).dropna()
    if gained.empty or gained.max() < 1:
        return NOTHING
    name = str(gained.idxmax())
    now, then = figure(context, name), figure(context.previous, name)
    if now.shown == then.shown:
        return NOTHING
    rise = sentence("from ", context.show(then), " to ", context.show(now))
    return sentence(f"Your {NAMES[name].lower()} habit rose ", marked(rise), ".")


SECTION = Section("habits", "The five habits", cells={"habits": cards}, measured=_measured, gain=_gain, withheld_as="scores of habits")
