"""A form of a record for one purpose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from careerkit.records.record import Record


@dataclass
class FormPlan:
    """A form of a record for one purpose: which fields, in which lines, begun with what.

    Parameters
    ----------
    record : type of Record
        What it saves.
    rows : tuple of tuple of str
        The fields of each line.
    title : str
        What the save button says after "Save".
    preset : dict
        What a new record begins with.
    more : bool
        Whether the record's other fields stand under "More".
    only : dict
        Field to value: which of the existing records it lists.
    choose : bool
        Whether one chooses a record above the fields; else the list below is the way to change one.
    among : callable, optional
        Frame to the rows that it lists, where one value does not say which.
    fill : callable, optional
        What follows from what was filled in, as of today, and need not be asked for.
    revised : callable, optional
        A record as it was, what was filled in, and the day -> (table, values) of what remembers the former plan. Where it
        returns some, the form asks whether the plan has changed, or a slip is put right.
    examples : dict
        Field to the example that stands in it while it is empty, where the record's own would mislead.
    """

    record: type[Record]
    rows: tuple[tuple[str, ...], ...] = ()
    title: str = ""
    preset: dict[str, Any] = field(default_factory=dict)
    more: bool = True
    only: dict[str, Any] = field(default_factory=dict)
    choose: bool = True
    fill: Callable[[dict[str, Any], dt.date], dict[str, Any]] | None = None
    among: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    examples: dict[str, str] = field(default_factory=dict)
    revised: Callable[[pd.Series, dict[str, Any], dt.date], list[tuple[str, dict[str, Any]]]] | None = None

    def lines(self) -> tuple[tuple[str, ...], ...]:
        """Return the lines in view."""
        return self.rows or self.record.rows

    def hidden(self) -> tuple[str, ...]:
        """Return the fields under "More"."""
        shown = {name for line in self.lines() for name in line}
        return tuple(name for name in self.record.own_fields() if name not in shown) if self.more else ()
