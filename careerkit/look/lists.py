"""Several things below or beside each other: lists, cards and boards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from careerkit.look.html import Html, muted, paragraph, safe
from careerkit.look.words import count


def item(*parts: Any, right: Any = "", below: Any = "") -> Html:
    """Return an entry of a list: its words, what stands at its right edge, and a quiet line below."""
    edge = f'<span class="ck-right">{safe(right)}</span>' if right else ""
    beneath = f"<br>{muted(below)}" if below else ""
    return Html(f"<li>{edge}{' '.join(safe(part) for part in parts)}{beneath}</li>")


def listing(items: Iterable[Html]) -> Html:
    """Return entries as a list."""
    return Html(f'<ul class="ck-list">{"".join(map(str, items))}</ul>')


def more(left: int, singular: str, plural: str = "", then: str = "") -> Html:
    """Return how many entries a list leaves out, and what of them; nothing where it leaves out none."""
    if left <= 0:
        return Html("")
    amount = count(left, singular, plural)
    return paragraph(f"{amount} {then}." if then else f"And {amount}.", "note")


def cards(entries: Iterable[tuple[str, str, Any]]) -> Html:
    """Return a card an entry: its name, a large figure and what it counts; without a figure, words alone."""
    return Html(f'<div class="ck-cards">{"".join(_card(*entry) for entry in entries)}</div>')


def _card(name: str, figure: str, words: Any) -> str:
    inside = (
        f'<span class="ck-big">{safe(figure)}</span><span class="ck-of"> {safe(words)}</span>'
        if figure
        else f'<span class="ck-muted">{safe(words)}</span>'
    )
    return f'<div class="ck-card"><b>{safe(name)}</b>{inside}</div>'


def board(columns: Iterable[tuple[str, Any, Iterable[Html]]]) -> Html:
    """Return columns side by side: each one's place among them, its heading and its entries."""
    return Html(f'<div class="ck-board">{"".join(_column(*column) for column in columns)}</div>')


def _column(place: str, heading: Any, entries: Iterable[Html]) -> str:
    inside = "".join(map(str, entries)) or str(item(muted("none")))
    return f'<section class="ck-ring ck-{place}"><p>{safe(heading)}</p><ul>{inside}</ul></section>'
