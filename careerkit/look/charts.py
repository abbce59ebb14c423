"""The one Plotly template, and what every chart begins with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from careerkit.look.html import text
from careerkit.look.palette import AMBER, BLUE, INK, LINE, MUTED, PAPER, RED, SANS, SERIF, TEAL

if TYPE_CHECKING:
    import plotly.graph_objects as go


def apart(heights: Sequence[float], gap: float, most: float) -> list[float]:
    """Return the heights of labels moved just so far that none covers another and none stands above ``most``, in the order given."""
    moved, floor = list(heights), float("-inf")
    for place in sorted(range(len(heights)), key=lambda index: heights[index]):
        moved[place] = max(heights[place], floor + gap)
        floor = moved[place]
    ceiling = most
    for place in sorted(range(len(moved)), key=lambda index: -moved[index]):
        moved[place] = min(moved[place], ceiling)
        ceiling = moved[place] - gap
    return moved


@cache
def template() -> go.layout.Template:
    """Return the one Plotly template: one ink, one faint grid, room for direct labels."""
    import plotly.graph_objects as go

    axis = {
        "gridcolor": "#eceff2",
        "linecolor": "#cfd5db",
        "zeroline": False,
        "ticks": "",
        "automargin": True,
        "title": {"font": {"size": 12.5, "color": MUTED}, "standoff": 12},
        "tickfont": {"size": 12, "color": MUTED},
    }
    layout = {
        "font": {"family": SANS, "size": 13, "color": INK},
        "title": {"font": {"family": SERIF, "size": 17, "color": INK}, "x": 0, "xanchor": "left", "xref": "container"},
        "colorway": [TEAL, AMBER, BLUE, "#7c3aed", RED, MUTED],
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": {"l": 56, "r": 24, "t": 56, "b": 44},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": LINE, "font": {"family": SANS, "size": 13, "color": INK}},
        "xaxis": axis,
        "yaxis": axis,
        "height": 340,
    }
    return go.layout.Template(layout=layout)


def figure(title: str, description: str, height: int = 340) -> go.Figure:
    """Return an empty figure in the house's look.

    Parameters
    ----------
    title : str
        A question or a finding.
    description : str
        What a person who cannot see it should know; becomes the alternative text.
    height : int
        In pixels.
    """
    import plotly.graph_objects as go

    made = go.Figure(layout={"template": template(), "title": {"text": text(title)}, "height": height})
    made.update_layout(meta={"description": description})
    return made


def empty_figure(title: str, what_to_do: str) -> go.Figure:
    """Return a figure that invites, for where there is nothing to draw yet."""
    made = figure(title, what_to_do, height=200)
    made.update_xaxes(visible=False).update_yaxes(visible=False)
    made.add_annotation(text=text(what_to_do), showarrow=False, font={"size": 14, "color": MUTED}, x=0.5, y=0.5, xref="paper", yref="paper")
    return made
