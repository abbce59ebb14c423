"""How much is tried: little by default, much in the long run (CAREERKIT_LONG=1)."""

from __future__ import annotations

import os

LONG = os.environ.get("CAREERKIT_LONG") == "1"
FEWEST = 8


def examples(long: int) -> int:
    """Return how many examples a property is tried on: all of them in the long run, else an eighth."""
    return long if LONG else max(FEWEST, long // 8)
