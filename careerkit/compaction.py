"""How the journal is kept small.

The rule: of changes older than 400 days, each row keeps the first text that is known of it and its last 20 changes; the
others are dropped. The last 200 saves that a person made keep all their changes, and only these can be undone. The mirror
of the rows, which tells what other programs changed, stays whole.

It is done at most once a day, after a save was told and beside it, never while another save is made, and at most 20,000
changes at a time; what is left waits for the next day. The room goes back to the disk.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from careerkit import journal as journals
from careerkit.data_folder import DataFolder
from careerkit.errors import CareerkitError
from careerkit.journal import UNDO_STEPS, UNDOABLE, Journal, moment

DAYS = 400
CHANGES_OF_A_ROW = 20
AT_A_TIME = 20_000


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
        oldest = journal.connection.execute("SELECT made_at FROM saves ORDER BY id LIMIT 1").fetchone()
        return bool(oldest and oldest[0] < _old(now))

    def start(self) -> None:
        """Compact beside what goes on."""
        self.running = threading.Thread(target=self._run, name="careerkit-compaction")
        # A program that is about to end starts no threads; the next one will.
        with contextlib.suppress(RuntimeError):
            self.running.start()

    def _run(self) -> None:
        # What fails here is tried again on another day; it is nobody's loss.
        with (
            contextlib.suppress(CareerkitError, OSError, sqlite3.Error),
            self.data.locked(patience=0),
            journals.opened(self.file, journals.GLANCE_SECONDS) as journal,
        ):
            compact(journal, self.now())


def compact(journal: Journal, now: dt.datetime) -> int:
    """Drop what the rule lets go, in one transaction, and return how many changes these were."""
    ask = journal.connection
    dropped = _droppable(journal, now)
    saves = {save for _, save in dropped}
    ask.executemany("DELETE FROM changes WHERE rowid = ?", [(row,) for row, _ in dropped])
    emptied = "DELETE FROM saves WHERE id = ? AND NOT EXISTS (SELECT 1 FROM changes WHERE save = saves.id)"
    ask.executemany(emptied, [(save,) for save in saves])
    ask.execute("DELETE FROM wholes WHERE save < ?", (_first_undoable(journal),))
    journal.note_fact("compacted", now.date().isoformat())
    journal.commit()
    # Only a script is run to its end; as a single statement this would free one page.
    ask.executescript("PRAGMA incremental_vacuum")
    return len(dropped)


def _droppable(journal: Journal, now: dt.datetime) -> list[tuple[int, int]]:
    """Return the changes that may go, as their rowid and their save."""
    ask = journal.connection
    (last_old,) = ask.execute("SELECT max(id) FROM saves WHERE made_at < ?", (_old(now),)).fetchone()
    limit = min(last_old or 0, (_first_undoable(journal) or last_old or 0) - 1)
    found: list[tuple[int, int]] = []
    # This walks an index alone, so that rows with few changes, which are nearly all, cost nothing.
    often = ask.execute("SELECT tbl, id FROM changes GROUP BY tbl, id HAVING count(*) > ?", (CHANGES_OF_A_ROW + 1,)).fetchall()
    for key in often:
        changes = ask.execute("SELECT rowid, save FROM changes WHERE tbl = ? AND id = ? ORDER BY rowid", key).fetchall()
        found += [change for change in changes[1:-CHANGES_OF_A_ROW] if change[1] <= limit]
        if len(found) >= AT_A_TIME:
            break
    return found[:AT_A_TIME]


def _first_undoable(journal: Journal) -> int:
    kinds = ", ".join("?" * len(UNDOABLE))
    row = journal.connection.execute(
        f"SELECT min(id) FROM (SELECT id FROM saves WHERE source IN ({kinds}) ORDER BY id DESC LIMIT ?)", (*UNDOABLE, UNDO_STEPS)
    ).fetchone()
    return row[0] or 0


def _old(now: dt.datetime) -> str:
    return moment(now - dt.timedelta(days=DAYS))
