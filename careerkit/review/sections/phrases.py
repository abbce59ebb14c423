"""Sentences of a review: figures and safe fragments joined with words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from careerkit import look
from careerkit.review.context import Context
from careerkit.review.figures import Figure

NOTHING = look.Html("")


def sentence(*parts: Any) -> look.Html:
    """Return text and safe fragments as one sentence; what is a text passes `look.text`."""
    return look.Html("".join(str(part) if isinstance(part, look.Html) else look.text(part) for part in parts))


def sentences(*parts: Any) -> look.Html:
    """Return sentences one after the other, empty ones left out."""
    return look.Html(" ".join(str(sentence(one)) for one in parts if str(one)))


def shortlist(words: Sequence[str], most: int) -> str:
    """Return 'a, b and 3 more'; all of them where there are no more than ``most``."""
    return look.listed([*words[:most], *([f"{len(words) - most} more"] if len(words) > most else [])])


def apart(parts: Iterable[str]) -> look.Html:
    """Return texts with dots between, each read in its own direction."""
    return look.Html(" · ".join(f"<bdi>{look.text(text)}</bdi>" for text in parts if text))


def marked(content: Any) -> look.Html:
    """Return what is emphasised in a sentence."""
    return look.Html(f"<b>{sentence(content)}</b>")


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
