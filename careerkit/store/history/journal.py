"""What this machine knows of past saves: undo, history, and a mirror of the rows last seen.

It may be lost at any time at the price of undo and history alone: the CSVs are the truth. It is kept small by
`careerkit.store.history.compaction`, whose docstring states the rule.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from careerkit.store.history.changed_rows import FileChange, RowChange, Save, Texts, Vanished, timestamp
from careerkit.store.history.schema import NewerJournal, bring_up_to_date, connect

# A change that compaction may drop: its place in the journal, and its save.
OldChange = tuple[int, int]

# Of the saves that a person made, by whatever command, the last so many can be undone.
UNDOABLE = ("own", "import", "merge", "repair", "restore")
UNDO_STEPS = 200
# A save waits this long for another program to let go of the journal; a look into it, which can do without, less.
PATIENCE_SECONDS = 10
GLANCE_SECONDS = 2

# Errors of the disk, the permissions or another program, which pass.
PASSING = "BUSY LOCKED FULL READONLY IOERR CANTOPEN PERM NOMEM INTERRUPT AUTH"
PASSING_ERRORS = frozenset(getattr(sqlite3, f"SQLITE_{name}") for name in PASSING.split())


class Journal:
    """The journal's file, open; use `open` or `in_memory`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    @classmethod
    @contextlib.contextmanager
    def open(cls, file: Path, glance: bool = False) -> Iterator[Journal]:
        """Open a journal, made where it is missing; what was written is committed at the end, unless that is an error.

        Parameters
        ----------
        glance : bool
            Whether it is only looked into, and not waited for long.

        Raises
        ------
        sqlite3.Error
            When it cannot be opened; `is_damage` tells whether it is to be moved out of the way.
        """
        connection = connect(file, GLANCE_SECONDS if glance else PATIENCE_SECONDS)
        try:
            yield cls(connection)
            connection.commit()
        finally:
            connection.close()

    @classmethod
    @contextlib.contextmanager
    def in_memory(cls) -> Iterator[Journal]:
        """Open a journal that knows nothing and is gone afterwards, for a save while another program holds the file."""
        with contextlib.closing(sqlite3.connect(":memory:")) as connection:
            bring_up_to_date(connection)
            yield cls(connection)

    # -- saves

    def record(self, source: str, what: str, changes: Iterable[RowChange], now: dt.datetime, applied: bool = False) -> int:
        """Write a save, its changes and the mirror of its rows; the caller commits."""
        changes = list(changes)
        ask = self.connection
        made = ask.execute(
            "INSERT INTO saves(made_at, source, what, applied) VALUES(?, ?, ?, ?)", (timestamp(now), source, what, int(applied))
        ).lastrowid
        written = [(change.table, change.id, _json(change.before), _json(change.after)) for change in changes]
        ask.executemany("INSERT INTO changes VALUES(?, ?, ?, ?, ?)", ((made, *row) for row in written))
        self._mirror(written)
        # A row put back is held still, so that undoing this lists it again; any other change of a row is an answer.
        if source not in ("restore", "undo") and ask.execute("SELECT 1 FROM vanished LIMIT 1").fetchone():
            ask.executemany("DELETE FROM vanished WHERE tbl = ? AND id = ?", [(table, key) for table, key, _, _ in written])
        return int(made or 0)

    def _mirror(self, written: list[tuple[str, str, str | None, str | None]]) -> None:
        ask = self.connection
        ask.executemany(
            "INSERT OR REPLACE INTO rows VALUES(?, ?, ?)", [(table, key, new) for table, key, _, new in written if new is not None]
        )
        ask.executemany("DELETE FROM rows WHERE tbl = ? AND id = ?", [(table, key) for table, key, _, new in written if new is None])

    def forget(self, save: int) -> None:
        """Take a save out again whose files could not be written, mirror and all; what it undid is as it was."""
        back: list[tuple[str, str, str | None, str | None]] = [
            (change.table, change.id, None, _json(change.before)) for change in self.changes(save)
        ]
        self._mirror(back)
        ask = self.connection
        ask.execute("DELETE FROM changes WHERE save = ?", (save,))
        ask.execute("DELETE FROM wholes WHERE save = ?", (save,))
        ask.execute("DELETE FROM saves WHERE id = ?", (save,))
        ask.execute("UPDATE saves SET undone = 0 WHERE undone = ?", (save,))
        ask.execute("UPDATE vanished SET answered = NULL WHERE answered = ?", (save,))

    def changes(self, save: int) -> list[RowChange]:
        """Return what a save changed, in its order."""
        found = self.connection.execute("SELECT tbl, id, before, after FROM changes WHERE save = ? ORDER BY rowid", (save,))
        return [RowChange(table, key, _texts(before), _texts(after)) for table, key, before, after in found]

    def pending(self) -> list[Save]:
        """Return the saves whose files were perhaps not replaced, oldest first."""
        return [Save(*row) for row in self.connection.execute("SELECT id, source, what FROM saves WHERE applied = 0 ORDER BY id")]

    def mark_applied(self, save: int) -> None:
        """Note that the files of a save stand."""
        self.connection.execute("UPDATE saves SET applied = 1 WHERE id = ?", (save,))

    def last_undoable(self) -> Save | None:
        """Return the latest of a person's last saves that was not undone."""
        kinds = ", ".join("?" * len(UNDOABLE))
        row = self.connection.execute(
            f"SELECT id, source, what FROM (SELECT * FROM saves WHERE source IN ({kinds}) ORDER BY id DESC LIMIT ?)"
            " WHERE undone = 0 ORDER BY id DESC LIMIT 1",
            (*UNDOABLE, UNDO_STEPS),
        ).fetchone()
        return Save(*row) if row else None

    def mark_undone(self, save: int, by: int) -> None:
        """Note which save took another back."""
        self.connection.execute("UPDATE saves SET undone = ? WHERE id = ?", (by, save))

    def was_undone(self, save: int) -> bool:
        """Say whether a save was taken back."""
        row = self.connection.execute("SELECT undone FROM saves WHERE id = ?", (save,)).fetchone()
        return bool(row and row[0])

    def saves(self, count: int) -> list[tuple[str, str, str, bool]]:
        """Return made_at, source, what, and whether it was undone, of the latest saves, newest first."""
        found = self.connection.execute("SELECT made_at, source, what, undone FROM saves ORDER BY id DESC LIMIT ?", (count,))
        return [(made, source, what, bool(undone)) for made, source, what, undone in found]

    def history(self, table: str, key: str) -> list[tuple[str, str, str, Texts | None, Texts | None]]:
        """Return made_at, source, what, before, after of each change of a row, oldest first."""
        found = self.connection.execute(
            "SELECT made_at, source, what, before, after FROM changes JOIN saves ON saves.id = changes.save"
            " WHERE tbl = ? AND changes.id = ? ORDER BY changes.rowid",
            (table, key),
        )
        return [(made, source, what, _texts(before), _texts(after)) for made, source, what, before, after in found]

    # -- files written whole

    def keep_file(self, save: int, table: str, change: FileChange) -> None:
        """Keep a file as it was before and after a save that no list of rows can tell."""
        packed = (zlib.compress(change.before), zlib.compress(change.after))
        self.connection.execute("INSERT OR REPLACE INTO wholes VALUES(?, ?, ?, ?)", (save, table, *packed))

    def file_changes(self, save: int) -> dict[str, FileChange]:
        """Return the files that a save wrote whole, by table."""
        found = self.connection.execute("SELECT tbl, before, after FROM wholes WHERE save = ?", (save,))
        try:
            return {table: FileChange(zlib.decompress(before), zlib.decompress(after)) for table, before, after in found}
        except zlib.error as error:
            raise sqlite3.DatabaseError(str(error)) from error

    # -- the mirror

    def seen(self, table: str) -> tuple[str, bool] | None:
        """Return the hash of a table's file when it was last seen and whether we wrote it; None when it never was seen."""
        row = self.connection.execute("SELECT hash, ours FROM files WHERE tbl = ?", (table,)).fetchone()
        return (row[0], bool(row[1])) if row else None

    def all_seen(self) -> dict[str, str]:
        """Return the hash of each table's file when it was last seen."""
        return dict(self.connection.execute("SELECT tbl, hash FROM files"))

    def note(self, table: str, digest: str, ours: bool) -> None:
        """Note the hash of a table's file, and whether we wrote it."""
        self.connection.execute("INSERT OR REPLACE INTO files VALUES(?, ?, ?)", (table, digest, int(ours)))

    def commit(self) -> None:
        """Make what was written so far last."""
        self.connection.commit()

    def roll_back(self) -> None:
        """Take back what was written since the last commit."""
        self.connection.rollback()

    def rows(self, table: str) -> dict[str, Texts]:
        """Return the rows of a table that were last seen."""
        found = self.connection.execute("SELECT id, texts FROM rows WHERE tbl = ?", (table,))
        return {key: _texts(texts) or {} for key, texts in found}

    def row(self, table: str, key: str) -> Texts | None:
        """Return one row that was last seen."""
        found = self.connection.execute("SELECT texts FROM rows WHERE tbl = ? AND id = ?", (table, key)).fetchone()
        return _texts(found[0]) if found else None

    def seed(self, table: str, rows: dict[str, Texts]) -> None:
        """Mirror the rows of a file that is seen for the first time."""
        self._mirror([(table, key, None, _json(texts)) for key, texts in rows.items()])

    # -- rows that went away outside

    def hold_vanished(self, table: str, rows: dict[str, Texts], now: dt.datetime, known: int) -> None:
        """Keep rows that went away outside, until it is said whether that was meant."""
        held = [(table, key, _json(texts), timestamp(now), known) for key, texts in rows.items()]
        self.connection.executemany("INSERT OR REPLACE INTO vanished(tbl, id, texts, made_at, known) VALUES(?, ?, ?, ?, ?)", held)

    def vanished(self) -> list[Vanished]:
        """Return the rows that went away outside, and of which nobody has said yet whether that was meant."""
        found = self.connection.execute(
            "SELECT tbl, id, texts, made_at, known FROM vanished AS held"
            " WHERE NOT EXISTS (SELECT 1 FROM rows WHERE rows.tbl = held.tbl AND rows.id = held.id)"
            " AND (answered IS NULL OR EXISTS (SELECT 1 FROM saves WHERE saves.id = held.answered AND undone))"
            " ORDER BY made_at, tbl, id"
        )
        return [Vanished(table, key, _texts(texts) or {}, made, known or 0) for table, key, texts, made, known in found]

    def answer_vanished(self, save: int, keys: Iterable[tuple[str, str]]) -> None:
        """Note the save by which it was said that rows were meant to go."""
        self.connection.executemany("UPDATE vanished SET answered = ? WHERE tbl = ? AND id = ?", [(save, *key) for key in keys])

    # -- compaction and forgetting

    def has_saves_before(self, before: dt.datetime) -> bool:
        """Say whether any save is older than this."""
        return self.connection.execute("SELECT 1 FROM saves WHERE made_at < ? LIMIT 1", (timestamp(before),)).fetchone() is not None

    def old_changes(self, before: dt.datetime, newest: int) -> list[OldChange]:
        """Return the changes older than this that no undo needs, but for the first of each row and its ``newest`` last ones."""
        ask, first_undoable = self.connection, self._first_undoable()
        found: list[OldChange] = []
        # This walks an index alone, so that rows with few changes, which are nearly all, cost nothing.
        often = ask.execute("SELECT tbl, id FROM changes GROUP BY tbl, id HAVING count(*) > ?", (newest + 1,)).fetchall()
        for key in often:
            changes = ask.execute(
                "SELECT changes.rowid, save, made_at FROM changes JOIN saves ON saves.id = save"
                " WHERE tbl = ? AND changes.id = ? ORDER BY changes.rowid",
                key,
            ).fetchall()
            found += [(row, save) for row, save, made in changes[1:-newest] if made < timestamp(before) and save < first_undoable]
        return found

    def drop(self, changes: Iterable[OldChange], pages: int) -> None:
        """Drop changes, the saves that have none left and files that no undo needs; give pages of the file back to the disk."""
        changes = list(changes)
        ask = self.connection
        ask.executemany("DELETE FROM changes WHERE rowid = ?", [(row,) for row, _ in changes])
        emptied = "DELETE FROM saves WHERE id = ? AND NOT EXISTS (SELECT 1 FROM changes WHERE save = saves.id)"
        ask.executemany(emptied, [(save,) for save in {save for _, save in changes}])
        ask.execute("DELETE FROM wholes WHERE save < ?", (self._first_undoable(),))
        self.commit()
        # Only a script is run to its end; as a single statement this would free one page.
        ask.executescript(f"PRAGMA incremental_vacuum({pages})")

    def _first_undoable(self) -> int:
        kinds = ", ".join("?" * len(UNDOABLE))
        row = self.connection.execute(
            f"SELECT min(id) FROM (SELECT id FROM saves WHERE source IN ({kinds}) ORDER BY id DESC LIMIT ?)", (*UNDOABLE, UNDO_STEPS)
        ).fetchone()
        return row[0] or sys.maxsize

    def all_changes(self) -> Iterator[tuple[int, RowChange]]:
        """Yield the save and the change of each row that is kept, the oldest first."""
        for save, table, key, before, after in self.connection.execute("SELECT save, tbl, id, before, after FROM changes ORDER BY rowid"):
            yield save, RowChange(table, key, _texts(before), _texts(after))

    def known_texts(self, table: str) -> Iterator[Texts]:
        """Yield every text that is kept of the rows of a table, also of rows that went away."""
        kept = "SELECT after FROM changes WHERE tbl = :table UNION ALL SELECT before FROM changes WHERE tbl = :table"
        found = self.connection.execute(f"{kept} UNION ALL SELECT texts FROM vanished WHERE tbl = :table", {"table": table})
        return (texts for (written,) in found if (texts := _texts(written)) is not None)

    def rewrite(
        self,
        row: Callable[[str, Texts], Texts | None],
        file: Callable[[str, bytes], bytes | None],
        sentence: Callable[[str], str] = lambda text: text,
    ) -> None:
        """Rewrite everything that is kept, so that something is forgotten; the caller commits, and then calls `vacuum`.

        Parameters
        ----------
        row, file : callable
            Table and texts of a row, or content of a file, to what is kept of it; None where nothing is.
        sentence : callable
            What a save or a fact says to what it says from now on.
        """
        ask = self.connection

        def kept(table: str, written: str | None) -> str | None:
            texts = _texts(written)
            return None if texts is None else _json(row(table, texts))

        for place, table, *was in ask.execute("SELECT rowid, tbl, before, after FROM changes").fetchall():
            now = [kept(table, each) for each in was]
            if now.count(None) > was.count(None):
                ask.execute("DELETE FROM changes WHERE rowid = ?", (place,))
            elif now != was:
                ask.execute("UPDATE changes SET before = ?, after = ? WHERE rowid = ?", (*now, place))
        for mirror in ("rows", "vanished"):
            for table, key, written in ask.execute(f"SELECT tbl, id, texts FROM {mirror}").fetchall():
                texts = kept(table, written)
                if texts is None:
                    ask.execute(f"DELETE FROM {mirror} WHERE tbl = ? AND id = ?", (table, key))
                elif texts != written:
                    ask.execute(f"UPDATE {mirror} SET texts = ? WHERE tbl = ? AND id = ?", (texts, table, key))
        self._rewrite_files(file)
        for save, what in ask.execute("SELECT id, what FROM saves").fetchall():
            ask.execute("UPDATE saves SET what = ? WHERE id = ?", (sentence(what or ""), save))
        for name, value in ask.execute("SELECT name, value FROM facts").fetchall():
            self.note_fact(name, sentence(value or ""))
        ask.execute(
            "DELETE FROM saves WHERE NOT EXISTS (SELECT 1 FROM changes WHERE save = saves.id)"
            " AND NOT EXISTS (SELECT 1 FROM wholes WHERE save = saves.id)"
        )

    def _rewrite_files(self, file: Callable[[str, bytes], bytes | None]) -> None:
        ask = self.connection
        for save, table, *packed in ask.execute("SELECT save, tbl, before, after FROM wholes").fetchall():
            ask.execute("DELETE FROM wholes WHERE save = ? AND tbl = ?", (save, table))
            # One that cannot be read goes.
            with contextlib.suppress(ValueError, zlib.error):
                before, after = (file(table, zlib.decompress(each)) for each in packed)
                if before is not None and after is not None:
                    self.keep_file(save, table, FileChange(before, after))

    # -- single facts

    def fact(self, name: str) -> str:
        """Return what was noted under a name, '' when nothing was."""
        row = self.connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def note_fact(self, name: str, value: str) -> None:
        """Note something under a name; '' takes it out."""
        if value:
            self.connection.execute("INSERT OR REPLACE INTO facts VALUES(?, ?)", (name, value))
        else:
            self.connection.execute("DELETE FROM facts WHERE name = ?", (name,))


def vacuum(file: Path) -> None:
    """Write the journal's file anew, so that nothing of what was deleted is left in its free pages."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("VACUUM")


def is_busy(error: sqlite3.Error) -> bool:
    """Say whether another program holds the journal."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_damage(error: sqlite3.Error) -> bool:
    """Say whether an error lies in the journal's content; else in the disk, the permissions or another program."""
    return isinstance(error, sqlite3.DatabaseError) and _code(error) not in PASSING_ERRORS


def _code(error: sqlite3.Error) -> int | None:
    # Python's own complaints, such as of a text that is no UTF-8, have no code.
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def is_sound(file: Path) -> bool:
    """Read a journal through and say whether all of it can be read; one of a later version is an error."""
    try:
        with Journal.open(file) as journal:
            found = journal.connection.execute("PRAGMA quick_check(1)").fetchone()
            return bool(found and found[0] == "ok")
    except NewerJournal:
        raise
    except sqlite3.Error as error:
        return not is_damage(error)


def set_journal_aside(file: Path, why: str = "damaged") -> None:
    """Move a journal that cannot be read out of the way, keeping it."""
    stamp = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}"
    for part in (file, file.with_name(file.name + "-journal")):
        if part.exists():
            os.replace(part, part.with_name(f"{part.name}.{why}-{stamp}"))


def _json(texts: Texts | None) -> str | None:
    return None if texts is None else json.dumps(texts, ensure_ascii=False)


def _texts(written: Any) -> Texts | None:
    try:
        return None if written is None else json.loads(written)
    except ValueError as error:
        raise sqlite3.DatabaseError(f"a text of the journal is damaged: {error}") from error
