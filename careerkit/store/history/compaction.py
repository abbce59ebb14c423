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
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from careerkit.errors import CareerkitError
from careerkit.store.files.data_folder import DataFolder
from careerkit.store.history import journal as journals
from careerkit.store.history.journal import UNDO_STEPS, UNDOABLE, Journal, moment

DAYS = 400
CHANGES_OF_A_ROW = 20
SECONDS = 2
AT_A_TIME = 200
# Pages of the file that are given back to the disk with each of these.
PAGES = 500

# A change that may go: where it stands in the journal, and its save.
Old = tuple[int, int]


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
        return journal.connection.execute("SELECT 1 FROM saves WHERE made_at < ? LIMIT 1", (_old(now),)).fetchone() is not None

    def start(self) -> None:
        """Compact beside what goes on."""
        self.running = threading.Thread(target=self._run, name="careerkit-compaction")
        # A program that is about to end starts no threads; the next one will.
        with contextlib.suppress(RuntimeError):
            self.running.start()

    def _run(self) -> None:
        # What fails here is tried again on another day; it is nobody's loss.
        with contextlib.suppress(CareerkitError, OSError, sqlite3.Error):
            with journals.opened(self.file) as journal:
                found = droppable(journal, self.now())
            ends = time.monotonic() + SECONDS
            for begin in range(0, max(len(found), 1), AT_A_TIME):
                if time.monotonic() > ends:
                    break
                with self.data.locked(), journals.opened(self.file) as journal:
                    drop(journal, found[begin : begin + AT_A_TIME], self.now())
                # Longer than a save waits before it looks at the lock again.
                time.sleep(0.1)


def drop(journal: Journal, changes: Sequence[Old], now: dt.datetime) -> None:
    """Drop changes, and the saves that have none left, in one transaction."""
    ask = journal.connection
    ask.executemany("DELETE FROM changes WHERE rowid = ?", [(row,) for row, _ in changes])
    emptied = "DELETE FROM saves WHERE id = ? AND NOT EXISTS (SELECT 1 FROM changes WHERE save = saves.id)"
    ask.executemany(emptied, [(save,) for save in {save for _, save in changes}])
    ask.execute("DELETE FROM wholes WHERE save < ?", (_first_undoable(journal),))
    journal.note_fact("compacted", now.date().isoformat())
    journal.commit()
    # Only a script is run to its end; as a single statement this would free one page.
    ask.executescript(f"PRAGMA incremental_vacuum({PAGES})")


def droppable(journal: Journal, now: dt.datetime) -> list[Old]:
    """Return the changes that the rule lets go."""
    ask, old, first_undoable = journal.connection, _old(now), _first_undoable(journal)
    found: list[Old] = []
    # This walks an index alone, so that rows with few changes, which are nearly all, cost nothing.
    often = ask.execute("SELECT tbl, id FROM changes GROUP BY tbl, id HAVING count(*) > ?", (CHANGES_OF_A_ROW + 1,)).fetchall()
    for key in often:
        changes = ask.execute(
            "SELECT changes.rowid, save, made_at FROM changes JOIN saves ON saves.id = save"
            " WHERE tbl = ? AND changes.id = ? ORDER BY changes.rowid",
            key,
        ).fetchall()
        found += [(row, save) for row, save, made in changes[1:-CHANGES_OF_A_ROW] if made < old and save < first_undoable]
    return found


def _first_undoable(journal: Journal) -> int:
    kinds = ", ".join("?" * len(UNDOABLE))
    row = journal.connection.execute(
        f"SELECT min(id) FROM (SELECT id FROM saves WHERE source IN ({kinds}) ORDER BY id DESC LIMIT ?)", (*UNDOABLE, UNDO_STEPS)
    ).fetchone()
    return row[0] or sys.maxsize


def _old(now: dt.datetime) -> str:
    return moment(now - dt.timedelta(days=DAYS))
