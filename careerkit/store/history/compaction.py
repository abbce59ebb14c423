"""How the journal is kept small.

The rule: of changes older than 400 days, each row keeps the first text that is known of it and its last 20 changes; the
others are dropped. The last 200 saves that a person made keep all their changes, and only these can be undone. The mirror
of the rows, which tells what other programs changed, stays whole.

It is done at most once a day, after a save was told and beside it: what may go is looked up without the workbook's lock, and
dropped 200 changes at a time, each time in a transaction of its own, so that a save meanwhile waits for one of these at
most. After two seconds the rest waits for the next day. The room goes back to the disk.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

from careerkit.errors import CareerkitError
from careerkit.store.files.data_folder import DataFolder
from careerkit.store.history.journal import Journal

OLD = dt.timedelta(days=400)
CHANGES_OF_A_ROW = 20
SECONDS = 2
AT_A_TIME = 200
# Pages of the file that are given back to the disk with each of these.
PAGES = 500


class Compaction:
    """The compaction of one journal.

    Parameters
    ----------
    data : DataFolder
        Whose lock is held meanwhile.
    file : Path
        The journal.
    now : callable
        The present moment in UTC.
    """

    def __init__(self, data: DataFolder, file: Path, now: Callable[[], dt.datetime]) -> None:
        self.data = data
        self.file = file
        self.now = now
        self._asked_on: dt.date | None = None
        self.running: threading.Thread | None = None

    def is_due(self, journal: Journal, now: dt.datetime) -> bool:
        """Say, once a day, whether the journal holds anything old enough."""
        if self._asked_on == now.date():
            return False
        self._asked_on = now.date()
        if journal.fact("compacted") == now.date().isoformat():
            return False
        return journal.has_saves_before(now - OLD)

    def start(self) -> None:
        """Compact beside what goes on."""
        self.running = threading.Thread(target=self._run, name="careerkit-compaction")
        # A program that is about to end starts no threads; the next one will.
        with contextlib.suppress(RuntimeError):
            self.running.start()

    def _run(self) -> None:
        # What fails here is tried again on another day; it is nobody's loss.
        with contextlib.suppress(CareerkitError, OSError, sqlite3.Error):
            with Journal.open(self.file) as journal:
                found = journal.old_changes(self.now() - OLD, CHANGES_OF_A_ROW)
            ends = time.monotonic() + SECONDS
            for begin in range(0, max(len(found), 1), AT_A_TIME):
                if time.monotonic() > ends:
                    break
                with self.data.locked(), Journal.open(self.file) as journal:
                    journal.note_fact("compacted", self.now().date().isoformat())
                    journal.drop(found[begin : begin + AT_A_TIME], PAGES)
                # Longer than a save waits before it looks at the lock again.
                time.sleep(0.1)
