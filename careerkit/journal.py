"""What this machine knows of past saves: undo, history, and a mirror of the rows last seen."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Texts = dict[str, str]

SCHEMA = """
CREATE TABLE IF NOT EXISTS saves(
    id INTEGER PRIMARY KEY, made_at TEXT, source TEXT, what TEXT, applied INTEGER, undone INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS changes(save INTEGER, tbl TEXT, id TEXT, before TEXT, after TEXT);
CREATE INDEX IF NOT EXISTS changes_by_row ON changes(tbl, id);
CREATE INDEX IF NOT EXISTS changes_by_save ON changes(save);
CREATE TABLE IF NOT EXISTS rows(tbl TEXT, id TEXT, texts TEXT, PRIMARY KEY(tbl, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files(tbl TEXT PRIMARY KEY, hash TEXT, ours INTEGER);
CREATE TABLE IF NOT EXISTS vanished(tbl TEXT, id TEXT, texts TEXT, made_at TEXT, PRIMARY KEY(tbl, id));
"""


@dataclass(frozen=True)
class RowChange:
    """A row before and after a save, as column to text; None where it did not exist."""

    table: str
    id: str
    before: Texts | None
    after: Texts | None


@dataclass(frozen=True)
class Save:
    """One save of the journal."""

    id: int
    source: str
    what: str


class Journal:
    """The journal's file, open; use `opened`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    # -- saves

    def record(self, source: str, what: str, changes: Iterable[RowChange], now: dt.datetime, applied: bool = False) -> int:
        """Write a save, its changes and the mirror of its rows; the caller commits."""
        changes = list(changes)
        ask = self.connection
        made = ask.execute(
            "INSERT INTO saves(made_at, source, what, applied) VALUES(?, ?, ?, ?)", (_moment(now), source, what, int(applied))
        ).lastrowid
        written = [(change.table, change.id, _json(change.before), _json(change.after)) for change in changes]
        ask.executemany("INSERT INTO changes VALUES(?, ?, ?, ?, ?)", ((made, *row) for row in written))
        self._mirror(written)
        return int(made or 0)

    def _mirror(self, written: list[tuple[str, str, str | None, str | None]]) -> None:
        ask = self.connection
        kept = [(table, key, after) for table, key, _, after in written if after is not None]
        gone = [(table, key) for table, key, _, after in written if after is None]
        ask.executemany("INSERT OR REPLACE INTO rows VALUES(?, ?, ?)", kept)
        ask.executemany("DELETE FROM rows WHERE tbl = ? AND id = ?", gone)
        if kept and ask.execute("SELECT 1 FROM vanished LIMIT 1").fetchone():
            ask.executemany("DELETE FROM vanished WHERE tbl = ? AND id = ?", [(table, key) for table, key, _ in kept])

    def forget(self, save: int) -> None:
        """Take a save out again whose files could not be written, mirror and all."""
        back: list[tuple[str, str, str | None, str | None]] = [
            (change.table, change.id, None, _json(change.before)) for change in self.changes(save)
        ]
        self._mirror(back)
        self.connection.execute("DELETE FROM changes WHERE save = ?", (save,))
        self.connection.execute("DELETE FROM saves WHERE id = ?", (save,))

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
        """Return the latest save of this workbook's owner that was not undone."""
        row = self.connection.execute(
            "SELECT id, source, what FROM saves WHERE source = 'own' AND undone = 0 ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return Save(*row) if row else None

    def mark_undone(self, save: int) -> None:
        """Note that a save was taken back."""
        self.connection.execute("UPDATE saves SET undone = 1 WHERE id = ?", (save,))

    def history(self, table: str, key: str) -> list[tuple[str, str, str, Texts | None, Texts | None]]:
        """Return made_at, source, what, before, after of each change of a row, oldest first."""
        found = self.connection.execute(
            "SELECT made_at, source, what, before, after FROM changes JOIN saves ON saves.id = changes.save"
            " WHERE tbl = ? AND changes.id = ? ORDER BY changes.rowid",
            (table, key),
        )
        return [(made, source, what, _texts(before), _texts(after)) for made, source, what, before, after in found]

    # -- the mirror

    def seen(self, table: str) -> tuple[str, bool] | None:
        """Return the hash of a table's file when it was last seen and whether we wrote it; None when it never was seen."""
        row = self.connection.execute("SELECT hash, ours FROM files WHERE tbl = ?", (table,)).fetchone()
        return (row[0], bool(row[1])) if row else None

    def note(self, table: str, digest: str, ours: bool) -> None:
        """Note the hash of a table's file, and whether we wrote it."""
        self.connection.execute("INSERT OR REPLACE INTO files VALUES(?, ?, ?)", (table, digest, int(ours)))

    def commit(self) -> None:
        """Make what was written so far last."""
        self.connection.commit()

    def rows(self, table: str) -> dict[str, Texts]:
        """Return the rows of a table that were last seen."""
        found = self.connection.execute("SELECT id, texts FROM rows WHERE tbl = ?", (table,))
        return {key: json.loads(texts) for key, texts in found}

    def row(self, table: str, key: str) -> Texts | None:
        """Return one row that was last seen."""
        found = self.connection.execute("SELECT texts FROM rows WHERE tbl = ? AND id = ?", (table, key)).fetchone()
        return json.loads(found[0]) if found else None

    def seed(self, table: str, rows: dict[str, Texts]) -> None:
        """Mirror the rows of a file that is seen for the first time."""
        self._mirror([(table, key, None, _json(texts)) for key, texts in rows.items()])

    def hold_vanished(self, table: str, rows: dict[str, Texts], now: dt.datetime) -> None:
        """Keep rows that went away outside, until it is said whether that was meant."""
        held = [(table, key, _json(texts), _moment(now)) for key, texts in rows.items()]
        self.connection.executemany("INSERT OR REPLACE INTO vanished VALUES(?, ?, ?, ?)", held)

    def vanished(self, table: str) -> dict[str, Texts]:
        """Return the rows of a table that went away outside."""
        found = self.connection.execute("SELECT id, texts FROM vanished WHERE tbl = ?", (table,))
        return {key: json.loads(texts) for key, texts in found}


@contextlib.contextmanager
def opened(file: Path) -> Iterator[Journal]:
    """Open the journal, made where it is missing; one that is damaged is moved aside and begun anew."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = _connect(file)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        set_aside(file)
        connection = _connect(file)
    try:
        yield Journal(connection)
        connection.commit()
    finally:
        connection.close()


def set_aside(file: Path) -> None:
    """Move a journal that cannot be read out of the way, keeping it."""
    stamp = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}"
    for part in (file, file.with_name(file.name + "-journal")):
        if part.exists():
            os.replace(part, part.with_name(f"{part.name}.damaged-{stamp}"))


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=10)
    try:
        # EXTRA flushes the folder too once a commit took the rollback file away; else a power cut may bring that back, and undo the commit.
        connection.execute("PRAGMA synchronous=EXTRA")
        known = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if not {"saves", "changes", "changes_by_row", "changes_by_save", "rows", "files", "vanished"} <= known:
            connection.executescript(SCHEMA)
    except BaseException:
        connection.close()
        raise
    return connection


def _moment(now: dt.datetime) -> str:
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(texts: Texts | None) -> str | None:
    return None if texts is None else json.dumps(texts, ensure_ascii=False)


def _texts(written: Any) -> Texts | None:
    return None if written is None else json.loads(written)
