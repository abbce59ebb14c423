"""The tables of the journal's file, and how it is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

VERSION = 2

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS saves("
    "id INTEGER PRIMARY KEY, made_at TEXT, source TEXT, what TEXT, applied INTEGER, undone INTEGER DEFAULT 0)",
    "CREATE TABLE IF NOT EXISTS changes(save INTEGER, tbl TEXT, id TEXT, before TEXT, after TEXT)",
    "CREATE INDEX IF NOT EXISTS changes_by_row ON changes(tbl, id)",
    "CREATE INDEX IF NOT EXISTS changes_by_save ON changes(save)",
    "CREATE TABLE IF NOT EXISTS rows(tbl TEXT, id TEXT, texts TEXT, PRIMARY KEY(tbl, id)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS files(tbl TEXT PRIMARY KEY, hash TEXT, ours INTEGER)",
    "CREATE TABLE IF NOT EXISTS vanished(tbl TEXT, id TEXT, texts TEXT, made_at TEXT, PRIMARY KEY(tbl, id))",
    "CREATE TABLE IF NOT EXISTS wholes(save INTEGER, tbl TEXT, before BLOB, after BLOB, PRIMARY KEY(save, tbl))",
    "CREATE TABLE IF NOT EXISTS facts(name TEXT PRIMARY KEY, value TEXT)",
)
# What the first release's journal had not.
ADDED_COLUMNS = {"vanished": {"answered": "INTEGER", "known": "INTEGER DEFAULT 0"}}


class NewerJournal(sqlite3.DatabaseError):
    """A journal that a later careerkit wrote; it is left as it is, and another begun."""


def connect(file: Path, patience: float) -> sqlite3.Connection:
    """Open the journal's file, made or brought up to date where need be; ``patience`` in seconds is for other programs."""
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, timeout=patience)
    try:
        # EXTRA flushes the folder too once a commit took the rollback file away; else a power cut may bring that back, and undo the commit.
        connection.execute("PRAGMA synchronous=EXTRA")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise NewerJournal(f"the journal has version {version}, and this careerkit knows {VERSION}")
        if version < VERSION:
            bring_up_to_date(connection)
    except UnicodeDecodeError as error:
        connection.close()
        raise sqlite3.DatabaseError(f"a name in the journal is damaged: {error}") from error
    except BaseException:
        connection.close()
        raise
    return connection


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make the tables that are not there yet, and add the columns that an earlier careerkit did not have."""
    # This has an effect only on a file without tables; there it lets compaction give room back to the disk.
    connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
    connection.execute("BEGIN IMMEDIATE")
    for line in SCHEMA:
        connection.execute(line)
    for table, columns in ADDED_COLUMNS.items():
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        for name in columns.keys() - there:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {name} {columns[name]}")
    connection.execute(f"PRAGMA user_version={VERSION}")
    connection.commit()
