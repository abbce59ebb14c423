"""A figure of a review: what it says, how it is calculated, and the records behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import is_blank, join_list, typed_frame

# How an executed notebook carries them.
MIME_TYPE = "application/vnd.careerkit.figures+json"
COLUMNS = ("key", "label", "shown", "value", "measure", "formula", "records")


@dataclass(frozen=True)
class Figure:
    """A number that explains itself.

    Parameters
    ----------
    key : str
        Tells it from the other figures of its review, in every review of that period.
    label : str
        What it is, in words.
    shown : str
        As it is shown on the page.
    value : float or None
        Not rounded; None where it is too early to say.
    measure : str
        The measure it is taken from.
    formula : str
        How it is calculated.
    records : tuple of str
        The ids behind it.
    """

    key: str
    label: str
    shown: str
    value: float | None
    measure: str
    formula: str
    records: tuple[str, ...]

    def explanation(self) -> str:
        """Return how it is calculated, and from how many records."""
        return f"{self.label}: {self.formula}. From {look.count(len(self.records), 'record')}."

    def plain(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {**asdict(self), "records": list(self.records)}


def number(value: Any) -> float | None:
    """Return a value as a plain number, None for none."""
    return None if is_blank(value) else float(value)


def explained(figure: Figure, key: str, shown: str = "") -> look.Html:
    """Return a figure as a button; its explanation shows by pointer, tap and keyboard, and on paper in the appendix.

    Parameters
    ----------
    key : str
        An id that nothing else on the page has.
    shown : str
        What the button says, where it is more than the figure's own text.
    """
    label = look.text(shown or figure.shown)
    return look.Html(
        f'<span class="ck-figbox"><button type="button" class="ck-fig" aria-describedby="{key}">{label}</button>'
        f'<span role="tooltip" class="ck-tip" id="{key}" hidden>{look.text(figure.explanation())}</span></span>'
    )


def frame(figures: Iterable[Figure]) -> pd.DataFrame:
    """Return figures as a frame, one a row, records ';'-joined."""
    rows = [{**asdict(figure), "records": join_list(figure.records)} for figure in figures]
    types = {name: "Float64" if name == "value" else "str" for name in COLUMNS}
    return typed_frame(rows, types)
