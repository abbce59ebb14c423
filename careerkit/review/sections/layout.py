"""How a section of a review is laid out: a title, a sentence that says what to see, and what there is to see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from careerkit import look
from careerkit.review.context import Context
from careerkit.review.figures import Figure

NOTHING = look.Html("")


def section(title: str, inside: Any, say: Any = "") -> look.Html:
    """Return a titled part of the page, begun with what to see in it."""
    return look.Html(f"<section><h2>{look.text(title)}</h2>{note(say) if str(say) else ''}{inside}</section>")


def quiet(title: str, sentence: Any) -> look.Html:
    """Return a part that has nothing to show, in one line."""
    return section(title, note(sentence))


def note(content: Any) -> look.Html:
    """Return a sentence in small print."""
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


def compared(context: Context, name: str) -> tuple[Any, ...]:
    """Return the end of a sentence such as '; 9 in the quarter before, 11 a year before', as far as there were records."""
    found: list[Any] = []
    for each in context.ends()[1:]:
        found += [", " if found else "; ", context.show(each.counted(name)), f" {'in ' if each.end == 'previous' else ''}{each.when}"]
    return tuple(found)


def part_of(context: Context, figure: Figure, whole: Figure, what: str) -> tuple[Any, ...]:
    """Return the middle of a sentence such as ', 3 of them for the first time'; nothing for none of them."""
    if not figure.value:
        return ()
    if figure.value < (whole.value or 0):
        return (", ", context.show(figure), f" of them {what}")
    return (", ", *((context.show(figure, "all"), " of them ") if figure.value > 1 else ()), what)
