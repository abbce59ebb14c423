"""What a ready text to send is: whom it can be for, and what it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from careerkit.settings import Settings

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Letter:
    """A text for mail or chat, written from the records.

    Parameters
    ----------
    title : str
        What it is, in a few words.
    whom : callable
        Returns (id, label) of each record that it can be written for, the likeliest first.
    text : callable
        Returns the text for one of these ids.
    empty : str
        What to do when it can be written for nobody.
    choose : str
        What stands above the choice.
    """

    title: str
    whom: Callable[[Tables, dt.date, Settings], Sequence[tuple[str, str]]]
    text: Callable[[Tables, dt.date, Settings, str], str]
    empty: str
    choose: str = "Whom is it for?"
