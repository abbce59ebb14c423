"""The end of a review: how each figure is calculated, and what was withheld from whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from careerkit import look, topics
from careerkit.review.context import Context
from careerkit.review.figures import MIME_TYPE, Figure
from careerkit.review.reader import Reader
from careerkit.review.sections import habits
from careerkit.review.sections.layout import part, section, wide
from careerkit.sharing.audience import PRIVATE


class Appendix(look.Html):
    """The last section, which carries the review's figures beside what it shows."""

    def __init__(self, markup: str, figures: Sequence[Figure]) -> None:
        super().__init__(markup)
        self.figures = [figure.plain() for figure in figures]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/html": self.markup, MIME_TYPE: self.figures}


def appendix(context: Context, figures: Sequence[Figure], withheld: Mapping[str, int]) -> Appendix:
    """Return each figure with its value, its formula and the number of records behind it, and what was withheld.

    Parameters
    ----------
    withheld : mapping of str to int
        As `view` counts it.
    """
    rows = _rows(context, figures) if context.first else []
    heads = ("Figure", *context.headings, "How it is calculated", "Records")
    parts = [wide(heads, rows, "How each figure is calculated", texts=True)] if rows else []
    if context.has("habits") and rows:
        parts.append(part("The signs of the five habits", habits.signs(context)))
    measures = dict.fromkeys(figure.measure for figure in figures) if rows else {}
    parts.append(part("The measures", look.Html(f"<dl>{''.join(map(_definition, measures))}</dl>") if measures else ""))
    known = sum(len(context.known(table)) for table in context.tables)
    foot = f"Made from {look.count(known, 'record')} as of {look.long_day(context.on)}. {withheld_sentence(context.reader, withheld)}"
    summary = "Every figure with its formula for this period, and how many records are behind each value."
    made = section("Appendix: how each figure is calculated", look.joined(parts), summary if rows else "There is no figure yet.")
    return Appendix(f"{made}<footer>{look.text(foot)}</footer>", figures)


def _rows(context: Context, figures: Sequence[Figure]) -> list[tuple[Any, ...]]:
    """Return a row for each figure, its values at all ends beside each other; what is nothing everywhere is left out."""
    ends = [each.end for each in context.ends()]
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


def _definition(measure: str) -> str:
    return f"<dt><code>{look.text(measure)}</code></dt><dd>{look.text(topics.formula(measure))}</dd>"


def withheld_sentence(reader: Reader, counts: Mapping[str, int]) -> str:
    """Return what was withheld from a reader, in a sentence that says how much and not what.

    Whole tables and single columns are counted together: that there are notes on other roles is already too much.
    """
    of_feedback = {name: count for name, count in counts.items() if name.split(".")[0] == "feedback"}
    others = {name: count for name, count in counts.items() if name not in (PRIVATE, *of_feedback)}
    cells = sum(count for name, count in others.items() if "." in name)
    amounts = {
        "private record": counts.get(PRIVATE, 0),
        "feedback text": sum(of_feedback.values()),
        "other record": sum(others.values()) - cells,
        "detail": cells,
    }
    found = [look.count(amount, noun) for noun, amount in amounts.items() if amount]
    return f"For {reader.label}: {look.listed(found or ['nothing'])} withheld."
