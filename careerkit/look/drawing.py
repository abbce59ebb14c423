"""Pieces that several charts are drawn with: words, rows with names, bars, spans, marks, and a line for today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from careerkit.look.html import text
from careerkit.look.palette import INK, MUTED

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

# What lies behind two marks that belong together.
TRACK = "#d5dae0"


def label(
    figure: go.Figure, x: Any, y: Any, words: str, colour: str = MUTED, size: float = 12, right: int | None = None, **more: Any
) -> None:
    """Write a few words, already safe, at a place, or so many pixels to the right of it."""
    beside = {} if right is None else {"xanchor": "left", "xshift": right}
    figure.add_annotation(x=x, y=y, text=words, showarrow=False, font={"color": colour, "size": size}, **beside, **more)


def name_rows(figure: go.Figure, names: Sequence[str], below: float = 0.6, above: float | None = None, **more: Any) -> None:
    """Name the rows at heights 0, 1, 2 and so on, with so much room below the first and above the last."""
    room = {} if above is None else {"range": [-below, len(names) - 1 + above]}
    figure.update_yaxes(tickvals=list(range(len(names))), ticktext=[text(name) for name in names], showgrid=False, **room, **more)


def bars(
    figure: go.Figure,
    lengths: pd.Series,
    words: Sequence[str],
    colours: Any,
    room: float = 1.45,
    width: float = 0.6,
    hover: str = "",
    **more: Any,
) -> None:
    """Draw a bar a row with words at its end, for which there is so much room beyond the longest."""
    figure.add_bar(
        y=list(range(len(lengths))),
        x=lengths,
        orientation="h",
        width=width,
        marker_color=colours,
        text=list(words),
        textposition="outside",
        cliponaxis=False,
        **hovering(hover),
        **more,
    )
    figure.update_xaxes(showticklabels=False, showgrid=False, range=[0, lengths.max() * room])


def span(figure: go.Figure, row: float, start: Any, end: Any, colour: str, width: float, hover: str = "", **more: Any) -> None:
    """Draw a line in a row from one place to another."""
    figure.add_scatter(x=[start, end], y=[row, row], mode="lines", line={"color": colour, "width": width}, **hovering(hover), **more)


def mark(figure: go.Figure, x: Any, y: float, colour: str, size: float, hover: str, symbol: str = "", **outline: Any) -> None:
    """Draw one mark, a dot unless another symbol is named."""
    marker = {"color": colour, "size": size, **({"symbol": symbol} if symbol else {}), **outline}
    figure.add_scatter(x=[x], y=[y], mode="markers", marker=marker, **hovering(hover))


def way(figure: go.Figure, row: float, start: Any, end: Any, marker: dict[str, Any], hover: str) -> None:
    """Draw a line in a row between two marks, from the first to the second."""
    line = {"color": TRACK, "width": 4}
    figure.add_scatter(
        x=[float(start), float(end)], y=[row, row], mode="lines+markers", line=line, marker={"opacity": 1, **marker}, **hovering(hover)
    )


def hovering(words: str) -> dict[str, str]:
    """Return what a mark says under the pointer, and nothing where there is nothing to say."""
    return {"hovertemplate": f"{words}<extra></extra>"} if words else {"hoverinfo": "skip"}


def today(figure: go.Figure, on: dt.date) -> None:
    """Draw a line on a calendar where today is."""
    figure.add_vline(x=_moment(on), line={"color": INK, "width": 1, "dash": "dot"})
    label(figure, _moment(on), 1, "today", yref="paper", yanchor="bottom")


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)
