"""An indicator of a habit, and the arithmetic that all of them share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Indicator:
    """One indicator of a habit.

    Parameters
    ----------
    name : str
        What a person reads.
    value : float or None
        0 to 1; None when it does not apply.
    formula : str
        How it is computed.
    records : iterable of str
        The ids behind it.
    """

    name: str
    value: float | None
    formula: str
    records: Iterable[str]


def share(part: float, whole: float) -> float | None:
    """Return a part of a whole, None where there is nothing to divide."""
    return part / whole if whole else None
