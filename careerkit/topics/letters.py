"""What a notebook writes from the records: a text to send, and a page to read before you meet somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from careerkit.look import Html
from careerkit.records.settings import Settings
from careerkit.topics.tables import Tables


@dataclass(frozen=True)
class Letter:
    """A text for mail or chat, written from the records.

    Parameters
    ----------
    title : str
        What it is, in a few words.
    recipients : callable
        Returns (id, label) of each record that it can be written for, the likeliest first.
    text : callable
        Returns the text for one of these ids.
    empty : str
        What to do when it can be written for nobody.
    choose : str
        The label of the choice.
    """

    title: str
    recipients: Callable[[Tables, dt.date, Settings], Sequence[tuple[str, str]]]
    text: Callable[[Tables, dt.date, Settings, str], str]
    empty: str
    choose: str = "Who is it for?"


@dataclass(frozen=True)
class Brief:
    """A page about one record, to read before one needs it.

    Parameters
    ----------
    table : str
        The table of the record.
    choose : str
        The label of the choice.
    first : callable
        Returns the id of the record that it opens with, '' for none.
    show : callable
        Returns the page for an id.
    empty : str
        What is shown while nothing is chosen.
    """

    table: str
    choose: str
    first: Callable[[Tables, dt.date, Settings], str]
    show: Callable[[Tables, dt.date, Settings, str], Html]
    empty: str
