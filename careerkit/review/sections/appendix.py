"""The end of a review: how each figure is computed, and what was withheld from whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from careerkit import look
from careerkit.records import split_list
from careerkit.review.context import Scene
from careerkit.review.figures import Figure
from careerkit.review.key_figures import NAMES
from careerkit.review.sections.layout import part, section, wide
from careerkit.topics.habits import measures as habits


def appendix(scene: Scene, figures: Sequence[Figure], formula: Callable[[str], str], kept_back: str) -> look.Html:
    """Return each figure with its value, its formula and the number of records behind it, and what was withheld.

    Parameters
    ----------
    formula : callable
        A measure's name to its formula.
    kept_back : str
        What was withheld, in a sentence.
    """
    rows = _rows(scene, figures) if scene.first else []
    heads = ("Figure", *_heads(scene), "How it is computed", "Records")
    parts: list[Any] = [wide(heads, rows, "How each figure is computed", texts=True)] if rows else []
    if scene.shows("habits") and rows:
        parts.append(part("The signs of the five habits", _signs(scene)))
    used = dict.fromkeys(figure.measure for figure in figures) if rows else {}
    parts.append(part("The measures", look.Html(f"<dl>{''.join(_term(name, formula(name)) for name in used)}</dl>") if used else ""))
    known = sum(len(scene.known(table)) for table in scene.tables)
    foot = f"Made from {look.count(known, 'record')} as of {look.long_day(scene.on)}. {kept_back}"
    say = (
        "Every figure with its formula, told for this period, and how many records are behind each value."
        if rows
        else "There is no figure yet."
    )
    return look.Html(f"{section('Appendix: how each figure is computed', look.joined(parts), say)}<footer>{look.text(foot)}</footer>")


def _heads(scene: Scene) -> list[str]:
    return [f"This {scene.noun}", *(f"{each.when[:1].upper()}{each.when[1:]}" for each in scene.ends()[1:])]


def _rows(scene: Scene, figures: Sequence[Figure]) -> list[tuple[Any, ...]]:
    """Return a row for each figure, its values at all ends beside each other; what is nothing everywhere is left out."""
    ends = [each.end for each in scene.ends()]
    found: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        end = next((end for end in ends if end and figure.key.startswith(f"{end}: ")), "")
        found.setdefault(figure.key.removeprefix(f"{end}: "), {})[end] = figure
    return [_row(by_end, ends) for by_end in found.values() if any(figure.value or figure.records for figure in by_end.values())]


def _row(by_end: Mapping[str, Figure], ends: Sequence[str]) -> tuple[Any, ...]:
    first = by_end.get("") or next(iter(by_end.values()))
    values = [by_end[end].shown if end in by_end else "–" for end in ends]
    records = " · ".join(str(len(by_end[end].records)) for end in ends if end in by_end)
    return (first.label, *values, first.formula, records)


def _term(name: str, told: str) -> str:
    return f"<dt><code>{look.text(name)}</code></dt><dd>{look.text(told)}</dd>"


def _signs(scene: Scene) -> look.Html:
    rows = [
        (f"{NAMES[row['habit']]}: {row['indicator']}", look.percent(row["value"]) or "not applicable", row["formula"], str(len(split_list(row["records"]))))
        for _, row in habits.indicators(scene.tables, scene.on, scene.settings).iterrows()
    ]  # fmt: skip
    return wide(("Sign", "Value", "How it is computed", "Records"), rows, "The signs of the five habits", texts=True)


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
