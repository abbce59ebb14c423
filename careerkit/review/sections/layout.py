"""How a section of a review is laid out: a title, a sentence that says what to see, and what there is to see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from careerkit import look
from careerkit.review.sections.phrases import NOTHING, sentence


def section(title: str, inside: Any, summary: Any = "") -> look.Html:
    """Return a titled part of the page, begun with what to see in it."""
    return look.Html(f"<section><h2>{look.text(title)}</h2>{note(summary) if str(summary) else ''}{inside}</section>")


def quiet(title: str, sentence: Any) -> look.Html:
    """Return a part that has nothing to show, in one line."""
    return section(title, note(sentence))


def note(content: Any) -> look.Html:
    """Return a sentence in small print."""
    return look.paragraph(content, "note")


def part(title: str, inside: Any, summary: Any = "") -> look.Html:
    """Return a part within a section, nothing where there is nothing in it."""
    if not str(inside):
        return NOTHING
    return look.Html(f"<div>{look.heading(title)}{note(summary) if str(summary) else ''}{inside}</div>")


def two(left: Any, right: Any) -> look.Html:
    """Return two parts side by side, where the window is wide enough; one alone over the whole width."""
    if not str(left) or not str(right):
        return look.joined([left, right])
    return look.Html(f'<div class="ck-two"><div>{left}</div><div>{right}</div></div>')


def lines(items: Iterable[Any], kind: str = "ck-list") -> look.Html:
    """Return safe fragments or texts as a list, nothing where there is none."""
    made = "".join(f"<li>{sentence(item)}</li>" for item in items)
    return look.Html(f'<ul class="{kind}">{made}</ul>') if made else NOTHING


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


def entry(name: Any, *details: str) -> look.Html:
    """Return an item of a list: its name, and below it details in small print, empty ones left out."""
    return sentence(name, look.Html("<br>"), look.muted(" · ".join(detail for detail in details if detail)))


def listing(items: Iterable[Any], most: int, noun: str, plural: str = "") -> look.Html:
    """Return the first items as a list, and how many more there are."""
    found = list(items)
    return look.joined([lines(found[:most]), more(len(found) - most, noun, plural)])


def more(left: int, noun: str, plural: str = "") -> look.Html:
    """Return how many a list left out, nothing where it is whole."""
    return note(f"And {look.count(left, f'more {noun}', f'more {plural}' if plural else '')}.") if left > 0 else NOTHING


def numbered(text: str) -> look.Html:
    """Return the lines of a text as a numbered list."""
    return look.Html(f"<ol>{''.join(f'<li>{look.text(line)}</li>' for line in filled_lines(text))}</ol>")


def filled_lines(text: str) -> list[str]:
    """Return the lines of a text that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def own_lines(text: str) -> look.Html:
    """Return a text of several lines as it was typed."""
    return look.Html("<br>".join(look.text(line) for line in text.strip().splitlines()))
