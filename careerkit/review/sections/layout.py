"""How a section of a review is laid out: a title, a sentence that says what to see, and what there is to see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from careerkit import look

NOTHING = look.Html("")


def section(title: str, inside: Any, say: Any = "") -> look.Html:
    """Return a titled part of the page, begun with what to see in it."""
    return look.Html(f"<section><h2>{look.text(title)}</h2>{note(say) if str(say) else ''}{inside}</section>")


def quiet(title: str, sentence: Any) -> look.Html:
    """Return a part that has nothing to show, in one line."""
    return section(title, note(sentence))


def note(content: Any) -> look.Html:
    """Return a sentence that stands back."""
    return look.paragraph(content, "note")


def sentence(*parts: Any) -> look.Html:
    """Return text and safe fragments as one sentence; what is a text passes `look.text`."""
    return look.Html("".join(str(part) if isinstance(part, look.Html) else look.text(part) for part in parts))


def sentences(*said: Any) -> look.Html:
    """Return sentences one after the other, empty ones left out."""
    return look.Html(" ".join(str(sentence(one)) for one in said if str(one)))


def apart(parts: Iterable[str]) -> look.Html:
    """Return texts with dots between, each read in its own direction."""
    return look.Html(" · ".join(f"<bdi>{look.text(text)}</bdi>" for text in parts if text))


def marked(content: Any) -> look.Html:
    """Return what stands out in a sentence."""
    return look.Html(f"<b>{sentence(content)}</b>")


def part(title: str, inside: Any, say: Any = "") -> look.Html:
    """Return a part within a section."""
    return look.Html(f"<div>{look.heading(title)}{note(say) if str(say) else ''}{inside}</div>")


def two(left: Any, right: Any) -> look.Html:
    """Return two parts side by side, where the window is wide enough; one alone over the whole width."""
    if not str(left) or not str(right):
        return look.joined([left, right])
    return look.Html(f'<div class="ck-two"><div>{left}</div><div>{right}</div></div>')


def lines(items: Iterable[Any]) -> look.Html:
    """Return safe fragments or texts as a list."""
    return look.Html(f'<ul class="ck-list">{"".join(f"<li>{sentence(item)}</li>" for item in items)}</ul>')


def wide(headings: Sequence[str], rows: Iterable[Sequence[Any]], caption: str, *, texts: bool = False) -> look.Html:
    """Return a table that may be wider than a narrow window, which then moves it from side to side.

    Parameters
    ----------
    texts : bool
        Whether it holds sentences, which need room, and not numbers alone.
    """
    table = look.table(headings, rows, caption)
    return look.Html(
        f'<div class="ck-wide{" ck-texts" if texts else ""}" tabindex="0" role="region" aria-label="{look.text(caption)}">{table}</div>'
    )


def more(left: int, noun: str, plural: str = "") -> look.Html:
    """Return how many a list left out, nothing where it is whole."""
    return note(f"And {look.count(left, f'more {noun}', f'more {plural or noun + chr(115)}')}.") if left > 0 else NOTHING


def own_lines(text: str) -> look.Html:
    """Return a text of several lines as it was typed."""
    return look.Html("<br>".join(look.text(line) for line in text.strip().splitlines()))
