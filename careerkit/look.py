"""How everything looks: the palette, the one Plotly template, escaped text, and the few HTML fragments."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from careerkit.record import is_blank

if TYPE_CHECKING:
    import plotly.graph_objects as go

INK, MUTED, LINE, WASH, PAPER = "#1c2733", "#5b6876", "#dfe3e7", "#f6f7f5", "#ffffff"
TEAL, AMBER, RED, BLUE, GREY = "#0f766e", "#b45309", "#b42318", "#1d4ed8", "#9aa5b0"
SANS = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
SERIF = 'Georgia, "Iowan Old Style", "Times New Roman", serif'

# A status is always a colour, a symbol and a word, so that it can be told without colours.
STATUS = {
    "achieved": ("✓", BLUE, "x"),
    "on track": ("●", TEAL, "circle"),
    "behind": ("▲", AMBER, "triangle-up"),
    "at risk": ("■", RED, "square"),
    "missed": ("■", RED, "square"),
    "no recent check-in": ("○", MUTED, "circle-open"),
    "not started": ("○", MUTED, "circle-open"),
    "unclear": ("○", MUTED, "circle-open"),
}
# Letters of a cell that never wraps: '30 Nov 2026' has eleven.
SHORT = 12


class Html:
    """A fragment of a page, already safe; shows itself in a notebook.

    Parameters
    ----------
    markup : str
        HTML in which every text that a person typed has passed `text`.
    """

    def __init__(self, markup: str) -> None:
        self.markup = markup

    def __str__(self) -> str:
        return self.markup

    def _repr_html_(self) -> str:
        return self.markup


def text(value: Any) -> str:
    """Return what a person typed as text that no page, chart or formula takes for markup."""
    # "$" starts a formula in Plotly and Jupyter, and Plotly knows quotes by their number only.
    escaped = html.escape(str(value), quote=False)
    return escaped.replace('"', "&#34;").replace("'", "&#39;").replace("$", "&#36;")


def joined(fragments: Iterable[Any]) -> Html:
    """Return fragments one below the other."""
    return Html("".join(str(fragment) for fragment in fragments))


def day(value: Any) -> str:
    """Return a day as '30 Nov 2026', '' for none."""
    if is_blank(value):
        return ""
    return f"{value.day} {value:%b %Y}"


def long_day(value: dt.date) -> str:
    """Return a day as '30 November 2026'."""
    return f"{value.day} {value:%B %Y}"


def number(value: Any) -> str:
    """Return a number without a needless fraction, '' for none."""
    if is_blank(value):
        return ""
    return f"{float(value):.10g}"


def percent(share: Any) -> str:
    """Return a share between 0 and 1 as '67 %', '' for none."""
    return "" if is_blank(share) else f"{round(100 * float(share))} %"


def short(said: str, most: int, whole_words: bool = True) -> str:
    """Return text of so many letters at the most, cut after a word where it is longer."""
    if len(said) <= most:
        return said
    kept = said[: most - 1]
    return f"{kept.rsplit(' ', 1)[0] if whole_words else kept.rstrip()}…"


def count(amount: int, singular: str, plural: str = "") -> str:
    """Return '1 person' or '6 people'."""
    return f"{amount} {singular if amount == 1 else plural or singular + 's'}"


def listed(words: Sequence[str]) -> str:
    """Return 'a, b and c'."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def chip(status: str) -> Html:
    """Return a status as symbol and word on its colour."""
    symbol, _, _ = STATUS[status]
    return Html(f'<span class="ck-chip ck-{status.replace(" ", "-")}">{symbol} {text(status)}</span>')


def dots(score: Any, of: int = 5) -> Html:
    """Return a score as filled and empty dots, with the number for those who cannot see them."""
    if is_blank(score):
        return Html("")
    filled = int(score)
    empty = f'<span class="ck-off">{"●" * (of - filled)}</span>'
    return Html(f'<span class="ck-dots" role="img" aria-label="{filled} of {of}">{"●" * filled}{empty}</span>')


def bar(share: Any, tick: Any, status: str, shown: Html | None = None) -> Html:
    """Return a progress bar with a tick where the calendar stands, both as shares of 1; beside it the share, or what is shown instead."""
    if is_blank(share):
        return Html("")
    width = min(max(float(share), 0.0), 1.0) * 150
    mark, said = "", f"{percent(share)} done"
    if not is_blank(tick):
        x = min(max(float(tick), 0.0), 1.0) * 150
        mark = f'<line x1="{x:.0f}" x2="{x:.0f}" y1="0" y2="16" class="ck-tick"/>'
        said += f", {percent(tick)} of the time gone"
    return Html(
        f'<span class="ck-bar"><svg viewBox="0 0 150 16" role="img" aria-label="{said}">'
        '<rect x="0" y="4" width="150" height="8" rx="4" class="ck-track"/>'
        f'<rect x="0" y="4" width="{max(width, 3):.0f}" height="8" rx="4" class="ck-fill ck-{status.replace(" ", "-")}"/>'
        f'{mark}</svg><span class="ck-pct">{shown or percent(share)}</span></span>'
    )


def table(headings: Sequence[str], rows: Iterable[Sequence[Any]], caption: str = "") -> Html:
    """Return a table; a cell is text, or an `Html` that is safe already."""
    head = "".join(f'<th scope="col">{text(heading)}</th>' for heading in headings)
    body = "".join("<tr>" + "".join(_column(cell) for cell in row) + "</tr>" for row in rows)
    named = f'<caption class="ck-unseen">{text(caption)}</caption>' if caption else ""
    return Html(f'<table class="ck-table">{named}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _column(cell: Any) -> str:
    # A day or a number is read as one, so it stays on its line.
    short = not isinstance(cell, Html) and len(str(cell)) <= SHORT
    return f'<td class="ck-short">{_cell(cell)}</td>' if short else f"<td>{_cell(cell)}</td>"


def _cell(value: Any) -> str:
    return str(value) if isinstance(value, Html) else text(value)


def strong(value: Any) -> Html:
    """Return text that stands out."""
    return Html(f"<strong>{text(value)}</strong>")


def muted(value: Any) -> Html:
    """Return text that stands back."""
    return Html(f'<span class="ck-muted">{text(value)}</span>')


def heading(content: Any) -> Html:
    """Return a heading within a page's part."""
    return Html(f"<h3>{_cell(content)}</h3>")


def paragraph(content: Any, kind: str = "") -> Html:
    """Return a paragraph of text or of a safe fragment."""
    return Html(f'<p class="ck-{kind}">{_cell(content)}</p>' if kind else f"<p>{_cell(content)}</p>")


def folded(summary: Any, told: Iterable[tuple[Any, Any]]) -> Html:
    """Return a line that unfolds to dated texts, whose lines stay as they were typed."""
    inside = joined(dated(when, words) for when, words in told)
    return Html(f'<details class="ck-folded"><summary>{_cell(summary)}</summary>{inside}</details>')


def dated(when: Any, words: Any) -> Html:
    """Return a text below its day, its lines as they were typed."""
    return Html(f'<p class="ck-told"><span class="ck-muted">{_cell(when)}</span><br>{_cell(words)}</p>')


def sentences(said: Sequence[Any], lead: str = "What your records say.") -> Html:
    """Return computed sentences as the page's finding."""
    return Html(f'<p class="ck-say">{strong(lead)} {" ".join(_cell(one) for one in said)}</p>')


def invitation(title: str, what_to_do: str) -> Html:
    """Return what stands where there are no records yet."""
    return Html(f'<div class="ck-invite">{strong(title)}<br>{muted(what_to_do)}</div>')


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
def css() -> str:
    """Return the style sheet that notebooks and pages share."""
    return files("careerkit").joinpath("look.css").read_text(encoding="utf-8")


def live(markup: Any) -> str:
    """Return a fragment in the wrapper that carries the house's type."""
    return f'<div class="ck">{_cell(markup)}</div>'


@cache
def template() -> go.layout.Template:
    """Return the one Plotly template: one ink, one faint grid, room for direct labels."""
    import plotly.graph_objects as go

    axis = {
        "gridcolor": "#eceff2", "linecolor": "#cfd5db", "zeroline": False, "ticks": "", "automargin": True,
        "title": {"font": {"size": 12.5, "color": MUTED}, "standoff": 12}, "tickfont": {"size": 12, "color": MUTED},
    }  # fmt: skip
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
