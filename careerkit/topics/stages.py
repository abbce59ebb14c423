"""A record that one comes back to: a few stages, each with its own question and fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import Record
from careerkit.topics.tables import Tables


@dataclass(frozen=True)
class Stage:
    """What is asked of a record next.

    Parameters
    ----------
    question : str
        The question above the fields.
    rows : tuple of tuple of str
        The fields of each line.
    advice : str
        One or two sentences below the question.
    button : str
        The label of the save button.
    preset : dict
        What fields begin with that are blank; "today" is the day it is.
    needs : str
        The field without which a save says nothing.
    fill : callable, optional
        What follows from what was filled in, as of today.
    """

    question: str
    rows: tuple[tuple[str, ...], ...]
    advice: str = ""
    button: str = "Save"
    preset: dict[str, Any] = field(default_factory=dict)
    needs: str = ""
    fill: Callable[[dict[str, Any], dt.date], dict[str, Any]] | None = None

    def fields(self) -> tuple[str, ...]:
        """Return the fields that it asks for."""
        return tuple(name for line in self.rows for name in line)


@dataclass(frozen=True)
class Stages:
    """A record's path from beginning to end, one stage at a time.

    Parameters
    ----------
    record : type of Record
        What is changed.
    choose : str
        The label of the choice.
    waiting : callable
        Returns (id, label) of each record that has a next stage, the most urgent first.
    stage : callable
        Returns the next stage of one row.
    summary : callable
        Returns what is known of one id so far.
    empty : tuple of str
        A sentence, and what to do, when none has a next stage.
    """

    record: type[Record]
    choose: str
    waiting: Callable[[Tables, dt.date], Sequence[tuple[str, str]]]
    stage: Callable[[pd.Series, dt.date], Stage]
    summary: Callable[[Tables, dt.date, str], look.Html]
    empty: tuple[str, str]
