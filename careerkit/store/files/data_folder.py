"""The folder of CSVs on the disk: whole files read, replaced and locked, typed frames kept while a file stands."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from careerkit.errors import CareerkitError
from careerkit.records import Record, Reference, References
from careerkit.store.files import table_file
from careerkit.store.files.atomic import flush_folder, write_atomically
from careerkit.store.files.lock import locked
from careerkit.store.files.table_file import Known, Loaded, Sheet

LOCK_SECONDS = 30
# Two seconds is the coarsest clock of a file system in use (FAT); within it, an edit may leave no trace in the times.
SETTLED_SECONDS = 2

Stamp = tuple[int, int, int]
# The rows of a table that were last seen; none where its content is what careerkit wrote, None where nothing is known.
LastSeen = Callable[[str, str], Known | None]


@dataclass
class Snapshot:
    """A table's file at one moment.

    Parameters
    ----------
    table : str
        Its table.
    data : bytes
        Its content, empty where there is no file.
    ours : bool
        Whether it is, to the byte, what careerkit wrote.
    ahead : bool
        Whether the rows hold more than the file, such as times of creation, and the journal knows it.
    void : bool
        Whether nothing in it can be read, so that the next save writes it anew; its content is kept elsewhere.
    exact : bytes, optional
        What the next save writes, whatever the rows say.
    reader : callable, optional
        Reads the rows of a content that another program may have written.
    """

    table: str
    data: bytes
    ours: bool = False
    ahead: bool = False
    void: bool = False
    exact: bytes | None = None
    reader: Callable[[bytes], Sheet] | None = None

    @cached_property
    def digest(self) -> str:
        """Return the hash of the content."""
        return table_file.digest(self.data)

    @cached_property
    def sheet(self) -> Sheet:
        """Return the rows of text."""
        return self.reader(self.data) if self.reader else table_file.parse(self.data, self.table)


@dataclass(frozen=True)
class _Kept:
    stamp: Stamp | None
    settled: bool
    digest: str
    loaded: Loaded


class DataFolder:
    """The CSVs of a workbook.

    Parameters
    ----------
    folder : Path
        The workbook; its CSVs lie in ``data``.
    records : dict
        Table name to record class.

    Attributes
    ----------
    last_seen : callable
        Table and hash of its content to the rows last seen; set by who knows the journal.
    dates : str
        ``day-first`` or ``month-first``, where a person has said how days are to be read that leave it open.
    """

    def __init__(self, folder: Path, records: dict[str, type[Record]]) -> None:
        self.folder = Path(folder)
        self.records = records
        self.last_seen: LastSeen = lambda table, digest: None
        self.dates = ""
        self._kept: dict[str, _Kept] = {}
        self._names_are_sure = False

    def record(self, table: str) -> type[Record]:
        """Return a table's record class; a CareerkitError names the tables there are."""
        if table not in self.records:
            raise CareerkitError(f"There is no table {table!r}. The tables are {', '.join(sorted(self.records))}.")
        return self.records[table]

    def references(self, table: str) -> dict[str, Reference | References]:
        """Return the fields of a table that name rows of another table kept here."""
        fields = self.record(table).fields
        return {name: kind for name, kind in fields.items() if isinstance(kind, (Reference, References)) and kind.table in self.records}

    def path(self, table: str) -> Path:
        """Return where a table's CSV lies."""
        return self.folder / "data" / f"{table}.csv"

    def file_name(self, table: str) -> str:
        """Return what a sentence calls a table's CSV."""
        return f"data/{table}.csv"

    def content(self, table: str) -> bytes:
        """Return a file's bytes, none where there is no file."""
        try:
            return self.path(table).read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise self._unreadable(table, error) from error

    def snapshot(self, table: str) -> Snapshot:
        """Return a table's file as it stands."""
        self.record(table)
        return Snapshot(table, self.content(table), reader=partial(self._rows, table))

    def loaded(self, table: str) -> Loaded:
        """Return a table's typed rows, read anew only where the file has changed."""
        record = self.record(table)
        stamp, settled = self._stamp(table)
        kept = self._kept.get(table)
        if kept and kept.settled and kept.stamp == stamp:
            return kept.loaded
        data = self.content(table)
        digest = table_file.digest(data)
        if kept and kept.digest == digest:
            loaded = kept.loaded
        else:
            loaded = table_file.load(data, record, self.file_name(table), self.last_seen(table, digest), self.dates)
        self._kept[table] = _Kept(stamp, settled, digest, loaded)
        return loaded

    def _rows(self, table: str, data: bytes) -> Sheet:
        known = self.last_seen(table, table_file.digest(data))
        if known is not None and not known and not self.dates:
            return table_file.parse(data, table)
        return table_file.interpret(data, self.record(table), self.file_name(table), known, self.dates).sheet

    def read_days(self, order: str) -> None:
        """Read days that leave it open in this order, ``day-first`` or ``month-first``, from now on."""
        self.dates = order
        self._kept.clear()

    def compare(self, snapshot: Snapshot, known: Known) -> None:
        """Let a snapshot be read against the rows last seen that the caller has at hand, whoever else holds the journal."""
        table = snapshot.table
        snapshot.reader = lambda data: table_file.interpret(data, self.record(table), self.file_name(table), known, self.dates).sheet
        kept = self._kept.get(table)
        if not kept or kept.digest != snapshot.digest:
            loaded = table_file.load(snapshot.data, self.record(table), self.file_name(table), known, self.dates)
            self._kept[table] = _Kept(None, False, snapshot.digest, loaded)

    def digest(self, table: str) -> str:
        """Return the hash of a table's content, read anew only where the file has changed."""
        self.loaded(table)
        return self._kept[table].digest

    def names(self) -> list[str]:
        """Return the files in the data folder, the tables' own left out."""
        own = {f"{table}.csv" for table in self.records}
        try:
            return sorted(entry.name for entry in os.scandir(self.folder / "data") if entry.name not in own and entry.is_file())
        except OSError:
            return []

    def _stamp(self, table: str) -> tuple[Stamp | None, bool]:
        """Return inode, size and time of a file, and whether these are old enough to be trusted."""
        try:
            status = self.path(table).stat()
        except FileNotFoundError:
            return None, True
        except OSError as error:
            raise self._unreadable(table, error) from error
        return (status.st_ino, status.st_size, status.st_mtime_ns), time.time() - status.st_mtime > SETTLED_SECONDS

    def _unreadable(self, table: str, error: OSError) -> CareerkitError:
        return CareerkitError(
            f"{self.file_name(table)} cannot be read: {error.strerror or error}. Close it elsewhere, or look at its permissions."
        )

    def replace(self, table: str, data: bytes) -> None:
        """Replace a file whole: written beside, flushed, swapped, the folder flushed; nothing stays behind on failure."""
        place = self.path(table)
        place.parent.mkdir(parents=True, exist_ok=True)
        self._make_names_sure()
        self._sweep()
        write_atomically(place, data)

    def _make_names_sure(self) -> None:
        # A power cut takes a folder whose own name was never flushed, and all that is in it.
        if not self._names_are_sure:
            flush_folder(self.folder)
            flush_folder(self.folder.parent)
            self._names_are_sure = True

    def _sweep(self) -> None:
        """Take away what killed saves left beside the tables; the lock tells that no other save is at it."""
        for left in (self.folder / "data").glob(".*.tmp"):
            if left.name.split(".")[1] in self.records:
                with contextlib.suppress(OSError):
                    left.unlink()

    def locked(self) -> AbstractContextManager[None]:
        """Hold the workbook's lock for as long as the block lasts."""
        busy = f"Another notebook has been saving to this workbook for {LOCK_SECONDS} seconds. Wait a moment, then save again."
        return locked(self.folder, LOCK_SECONDS, busy)
