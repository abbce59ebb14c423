"""Names for files: one that is free, and one made from what a person typed."""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

LONGEST_SLUG = 40


def free(path: Path, joint: str = "-", may_take: Callable[[Path], bool] = lambda path: False) -> Path:
    """Return a path that isn't taken yet: the one given, else with a number behind its name.

    Parameters
    ----------
    joint : str
        What comes before the number.
    may_take : callable
        Says whether a file that exists may be taken all the same, because it holds the same.
    """
    numbered = (path.with_name(f"{path.stem}{joint}{number}{path.suffix}") for number in itertools.count(2))
    return next(each for each in itertools.chain([path], numbered) if not os.path.lexists(each) or may_take(each))


def slug(text: str, otherwise: str) -> str:
    """Return a text in small letters, digits and dashes, as a file can be called; ``otherwise`` where nothing of it is left."""
    from slugify import slugify  # Its tables take 15 ms, and few commands need them.

    return slugify(text, max_length=LONGEST_SLUG) or otherwise


def slugs(text: str, otherwise: str) -> list[str]:
    """Return the slug of a text, and the one that the first careerkit made of it, by which older files are found again."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    former = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG] or otherwise
    return list(dict.fromkeys([slug(text, otherwise), former]))
