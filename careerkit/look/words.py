"""Days, numbers and counts as a person reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from careerkit.records import is_blank


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


def hours(value: Any) -> str:
    """Return hours with at most one digit after the point, such as '24.5'."""
    return number(round(float(value), 1))


def study_time(value: Any) -> str:
    """Return hours as '24.5 h', 'no hours' for none."""
    shown = hours(value)
    return "no hours" if shown == "0" else f"{shown} h"


def percent(share: Any) -> str:
    """Return a share between 0 and 1 as '67 %', '' for none."""
    return "" if is_blank(share) else f"{round(100 * float(share))} %"


def short(text: str, length: int, whole_words: bool = True) -> str:
    """Return text of so many letters at the most, cut after a word where it is longer."""
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    return f"{kept.rsplit(' ', 1)[0] if whole_words else kept.rstrip()}…"


def count(amount: int, singular: str, plural: str = "") -> str:
    """Return '1 person' or '6 people'."""
    return f"{amount} {singular if amount == 1 else plural or singular + 's'}"


def listed(words: Sequence[str]) -> str:
    """Return 'a, b and c'."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
