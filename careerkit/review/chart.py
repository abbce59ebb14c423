"""A chart in a review: Plotly's data without any script, in words that suit its reader."""

from __future__ import annotations

import json
from typing import Any

from careerkit import look, topics
from careerkit.review.context import Context, Tables

PLOTLY = "application/vnd.plotly.v1+json"
# What a chart calls its owner's levels, said to somebody else.
NEUTRAL = {"3<br>on your own": "3<br>alone", "5<br>others learn<br>from you": "5<br>teaches<br>others"}


class Chart:
    """A chart that shows itself as Plotly's data alone."""

    def __init__(self, figure: Any) -> None:
        self.figure = figure

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {PLOTLY: json.loads(self.figure.to_json()), "text/plain": self.figure.layout.meta["description"]}


def chart(context: Context, name: str, title: str = "", *, tables: Tables | None = None, **compared: Any) -> Chart:
    """Return a chart at the period's end.

    Parameters
    ----------
    name : str
        Such as "goals.pace".
    title : str
        The title for another reader, where the chart's own speaks to its owner.
    tables : mapping, optional
        What it is drawn from, where that is not everything the reader may see.
    """
    figure = topics.chart(name)(tables or context.tables, context.on, context.settings, **compared)
    return Chart(figure if context.own else _neutral(figure, title))


def _neutral(figure: Any, title: str) -> Any:
    if title:
        figure.update_layout(title_text=look.text(title))
    for note in figure.layout.annotations:
        note.text = NEUTRAL.get(note.text, note.text.replace("your target", "target"))
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        axis.ticktext = [NEUTRAL.get(text, text) for text in axis.ticktext] if axis.ticktext else None
    return figure
