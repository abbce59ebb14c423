"""Escaped text, and the few HTML fragments that pages are made of."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from careerkit.look.palette import STATUS
from careerkit.look.words import percent
from careerkit.records import is_blank

# Letters of a cell that never wraps: '30 Nov 2026' has eleven.
SHORT = 12
STATIC = Path(__file__).with_name("static")


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
    return f'<td class="ck-short">{safe(cell)}</td>' if short else f"<td>{safe(cell)}</td>"


def safe(value: Any) -> str:
    """Return a fragment as it is, and anything else as escaped text."""
    return str(value) if isinstance(value, Html) else text(value)


def strong(value: Any) -> Html:
    """Return text that stands out."""
    return Html(f"<strong>{text(value)}</strong>")


def muted(value: Any) -> Html:
    """Return text that stands back."""
    return Html(f'<span class="ck-muted">{text(value)}</span>')


def unbroken(value: Any) -> Html:
    """Return text that stays on one line."""
    return Html(f'<span class="ck-nowrap">{text(value)}</span>')


def heading(content: Any) -> Html:
    """Return a heading within a page's part."""
    return Html(f"<h3>{safe(content)}</h3>")


def paragraph(content: Any, kind: str = "") -> Html:
    """Return a paragraph of text or of a safe fragment."""
    return Html(f'<p class="ck-{kind}">{safe(content)}</p>' if kind else f"<p>{safe(content)}</p>")


def folded(summary: Any, entries: Iterable[tuple[Any, Any]]) -> Html:
    """Return a line that unfolds to dated texts, whose lines stay as they were typed."""
    inside = joined(dated(when, words) for when, words in entries)
    return Html(f'<details class="ck-folded"><summary>{safe(summary)}</summary>{inside}</details>')


def dated(when: Any, words: Any) -> Html:
    """Return a text below its day, its lines as they were typed."""
    return Html(f'<p class="ck-told"><span class="ck-muted">{safe(when)}</span><br>{safe(words)}</p>')


def sentences(findings: Sequence[Any], lead: str = "What your records say.") -> Html:
    """Return computed sentences as the page's finding."""
    return Html(f'<p class="ck-say">{strong(lead)} {" ".join(safe(one) for one in findings)}</p>')


def invitation(title: str, what_to_do: str) -> Html:
    """Return what stands where there are no records yet."""
    return Html(f'<div class="ck-invite">{strong(title)}<br>{muted(what_to_do)}</div>')


def static(*names: str) -> str:
    """Return style sheets or scripts of ours, one after the other."""
    return "".join((STATIC / name).read_text(encoding="utf-8") for name in names)


@cache
def css() -> str:
    """Return the style sheet that notebooks and pages share."""
    return static("look.css")


def live(markup: Any) -> str:
    """Return a fragment in the wrapper that carries the house's type."""
    return f'<div class="ck">{safe(markup)}</div>'
