"""What went wrong, as values and sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing that could not be read or may not be saved: what, where, and what to do."""

    file: str
    line: int | None
    column: str
    value: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        if self.line is not None:
            place.append(f"line {self.line}")
        if self.column:
            place.append(f"column {self.column}")
        where = ", ".join(place)
        said = f"{where}: {self.message}" if where else self.message
        return f"{said} {self.remedy}".strip()


class CareerkitError(Exception):
    """A known failure, told in a sentence that ends with what to do next.

    Parameters
    ----------
    message : str
        The sentence.
    problems : iterable of Problem
        The single things that were wrong, where there are several.
    """

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = list(problems)

    def _render_traceback_(self) -> list[str]:
        """Show the sentence alone in a notebook; the cell still counts as failed."""
        return [str(self)]


class StaleRecord(CareerkitError):
    """A save from a copy that is out of date; both texts are at hand.

    Parameters
    ----------
    message : str
        The sentence.
    mine, theirs : dict
        The values that were to be saved, and those that are stored now.
    """

    def __init__(self, message: str, mine: dict[str, Any], theirs: dict[str, Any]) -> None:
        super().__init__(message)
        self.mine = mine
        self.theirs = theirs
