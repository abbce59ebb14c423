"""The end of a review: how each figure is computed, and what was withheld from whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from careerkit import look
from careerkit.record import split_list
from careerkit.topics.habits import measures as habits
from careerkit.topics.review.figures import Figure
from careerkit.topics.review.layout import part, section, wide
from careerkit.topics.review.scene import Scene


def appendix(scene: Scene, figures: Sequence[Figure], formula: Callable[[str], str], kept_back: str) -> look.Html:
    """Return each figure with its value, its formula and the number of records behind it, and what was withheld.

    Parameters
    ----------
    formula : callable
        A measure's name to its formula.
    kept_back : str
        What was withheld, in a sentence.
    """
    rows = [(figure.label, _value(figure), figure.formula, str(len(figure.records))) for figure in figures]
    parts: list[Any] = [wide(("Figure", "Value", "How it is computed", "Records"), rows, "How each figure is computed")]
    if scene.shows("habits"):
        parts.append(part("The signs of the five habits", _signs(scene)))
    used = dict.fromkeys(figure.measure for figure in figures)
    parts.append(part("The measures", look.Html(f"<dl>{''.join(_term(name, formula(name)) for name in used)}</dl>") if used else ""))
    known = sum(len(scene.known(table)) for table in scene.tables)
    foot = f"Made from {look.count(known, 'record')} as of {look.long_day(scene.on)}. {kept_back}"
    say = "Every figure, with the records behind it. Any of them can be had for any day." if rows else "There is no figure yet."
    return look.Html(f"{section('Appendix: how each figure is computed', look.joined(parts), say)}<footer>{look.text(foot)}</footer>")


def _value(figure: Figure) -> str:
    return figure.shown


def _term(name: str, told: str) -> str:
    return f"<dt><code>{look.text(name)}</code></dt><dd>{look.text(told)}</dd>"


def _signs(scene: Scene) -> look.Html:
    rows = [
        (f"{row['habit']}: {row['indicator']}", look.percent(row["value"]) or "not applicable", row["formula"], str(len(split_list(row["records"]))))
        for _, row in habits.indicators(scene.tables, scene.on, scene.settings).iterrows()
    ]  # fmt: skip
    return wide(("Sign", "Value", "How it is computed", "Records"), rows, "The signs of the five habits")


def kept_back(counts: Mapping[str, int], whom: str, *, own: bool) -> str:
    """Return what was withheld, in a sentence that says how much and not what.

    Whole tables and single columns are told together: that there are notes on other roles is already too much.
    """
    if own:
        return "For yourself: nothing withheld."
    private = counts.get("private records", 0)
    texts = sum(count for name, count in counts.items() if name.split(".")[0] == "feedback")
    rows = sum(count for name, count in counts.items() if "." not in name and name not in ("private records", "feedback"))
    cells = sum(count for name, count in counts.items() if "." in name and name.split(".")[0] != "feedback")
    parts = [(private, "private record"), (texts, "feedback text"), (rows, "other record"), (cells, "detail")]
    told = [look.count(count, noun) for count, noun in parts if count]
    return f"For {whom}: {look.listed(told)} withheld." if told else f"For {whom}: nothing withheld."
