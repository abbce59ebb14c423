"""Results of measures kept for the same tables, so that a page that asks for them several times does not wait."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping
from functools import wraps
from itertools import count
from typing import Any, TypeVar

import pandas as pd

Result = TypeVar("Result")
# A page of past days with a few hypothetical ones; beyond it, what was asked for longest ago is forgotten.
MOST_KNOWN = 60
_numbers: dict[int, tuple[weakref.ref[pd.DataFrame], int]] = {}
_next = count()


def number(frame: pd.DataFrame) -> int:
    """Return a number that this frame has, and no other while the program runs.

    A measure never changes a frame it was given, so the same frame holds the same records.
    """
    key = id(frame)
    seen = _numbers.get(key)
    if seen and seen[0]() is frame:
        return seen[1]
    made = next(_next)
    # When a frame is gone, another may get its id.
    _numbers[key] = (weakref.ref(frame, lambda _: _forget(key, made)), made)
    return made


def _forget(key: int, made: int) -> None:
    if key in _numbers and _numbers[key][1] == made:
        del _numbers[key]


def remembered(*names: str) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Keep what a pure function made of these tables, for a day and whatever else it was given.

    The function's first argument is the tables. What it returns is shared, and not to be changed, unless it is a frame.
    """

    def decorate(function: Callable[..., Result]) -> Callable[..., Result]:
        known: dict[tuple[Any, ...], Result] = {}

        @wraps(function)
        def again(tables: Mapping[str, pd.DataFrame], *more: Any, **named: Any) -> Result:
            key = (*(number(tables[name]) for name in names), *map(repr, more), repr(named))
            if key not in known:
                _make_room(known)
                known[key] = function(tables, *more, **named)
            # What was asked for just now goes last.
            known[key] = known.pop(key)
            return _own(known[key])

        return again

    return decorate


def _own(result: Any) -> Any:
    """Return a frame as one that may be changed without changing what is remembered."""
    return result.copy(deep=False) if isinstance(result, pd.DataFrame) else result


def _make_room(known: dict[tuple[Any, ...], Any]) -> None:
    while len(known) >= MOST_KNOWN:
        del known[next(iter(known))]
