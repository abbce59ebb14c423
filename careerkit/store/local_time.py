"""Local time: tables as the person's own clock shows them, and the clock of an example whose day stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pandas as pd

from careerkit.store.files.data_folder import DataFolder


class LocalTables:
    """Every table with the time of creation in local time, each as the same frame until its records change.

    Parameters
    ----------
    data : DataFolder
        Where the tables are read.
    names : iterable of str
        Which tables.
    """

    def __init__(self, data: DataFolder, names: Iterable[str]) -> None:
        self.data, self.names = data, tuple(names)
        self._frames: dict[str, tuple[pd.DataFrame, pd.DataFrame]] = {}

    def all(self) -> dict[str, pd.DataFrame]:
        """Return every table; what was worked out from a frame holds as long as the frame is the same."""
        return {name: self._frame(name) for name in self.names}

    def _frame(self, name: str) -> pd.DataFrame:
        stored = self.data.loaded(name).frame
        if name not in self._frames or self._frames[name][0] is not stored:
            self._frames[name] = stored, _local(stored)
        return self._frames[name][1]


def _local(frame: pd.DataFrame) -> pd.DataFrame:
    # A record made in the evening west of Greenwich belongs to that day, though UTC is a day ahead.
    offset = dt.datetime.now().astimezone().utcoffset() or dt.timedelta(0)
    return frame.assign(created_at=frame["created_at"] + offset) if offset and len(frame) else frame


def now_on(day: dt.date) -> dt.datetime:
    """Return this moment of the day given, in UTC: dated by the clock, an example's new record would lie in its future, unseen."""
    here = dt.datetime.combine(day, dt.datetime.now().time().replace(microsecond=0))
    return here.astimezone(dt.UTC).replace(tzinfo=None)
