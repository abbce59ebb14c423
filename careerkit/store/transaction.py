"""One save under the workbook's lock: the journal first, then each file whole, so that a crash at any moment loses nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from careerkit.errors import CareerkitError
from careerkit.records import TIMES
from careerkit.store import external_edits
from careerkit.store.files import table_file
from careerkit.store.files.data_folder import DataFolder, Snapshot
from careerkit.store.files.table_file import Known, Texts, digest
from careerkit.store.history.backups import Backups
from careerkit.store.history.changed_rows import FileChange, RowChange, same
from careerkit.store.history.compaction import Compaction
from careerkit.store.history.journal import Journal, is_busy, is_damage, set_journal_aside
from careerkit.store.history.schema import NewerJournal
from careerkit.store.layout import JOURNAL

LOST = "The history of earlier saves was lost with the journal: undo and history start over. Your records are complete."


class Transaction:
    """The workbook while its lock is held and its journal is open; use `Workspace.transaction`.

    Parameters
    ----------
    data : DataFolder
        The tables.
    journal : Journal
        What is known of them.
    now : datetime
        The moment, in UTC.
    """

    def __init__(self, data: DataFolder, journal: Journal, now: dt.datetime) -> None:
        self.data = data
        self.journal = journal
        self.now = now

    def take_in(self, tables: Iterable[str]) -> dict[str, Snapshot]:
        """Return the files of tables, after what was changed outside has been journalled."""
        return {table: external_edits.take_in(self.data, self.journal, table, self.now) for table in sorted(tables)}

    def note_new_tables(self) -> None:
        """Note the rows of tables that were never seen before, so that one which goes away outside is noticed."""
        seen = self.journal.all_seen()
        for table in self.data.records:
            if table not in seen and self.data.path(table).is_file():
                # A file that cannot be read now stands in no other table's way.
                with contextlib.suppress(CareerkitError, OSError):
                    external_edits.take_in(self.data, self.journal, table, self.now)

    def write(self, snapshots: dict[str, Snapshot], changes: list[RowChange], what: str, source: str, undoes: int = 0) -> int:
        """Journal a save and replace its files; return its number.

        Parameters
        ----------
        snapshots : dict
            The files as `take_in` returned them; one with an ``exact`` content is written though no row changes.
        undoes : int
            The save that this one takes back.

        Raises
        ------
        CareerkitError
            When a file could not be replaced; then nothing is changed.
        """
        by_table = _by_table(changes, [table for table, snapshot in snapshots.items() if snapshot.exact is not None])
        written = {table: self._content(snapshots[table], mine) for table, mine in by_table.items()}
        for table, data in written.items():
            if snapshots[table].void:
                snapshots[table].exact = data
        number = self._journalled(snapshots, written, changes, what, source, undoes)
        try:
            for table, data in written.items():
                self.data.replace(table, data)
        except OSError as error:
            self._withdraw(number, snapshots, list(written))
            raise CareerkitError(
                f"{self.data.file_name(table)} could not be written: {error.strerror or error}. Nothing was saved;"
                " close the file elsewhere or make room on the disk, then save again."
            ) from error
        self._mark_applied(number)
        return number

    def _mark_applied(self, number: int) -> None:
        # The files stand, so the save does; one that could not be marked is found to stand at the next opening.
        try:
            self.journal.mark_applied(number)
            self.journal.commit()
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self.journal.roll_back()

    def _journalled(
        self, snapshots: dict[str, Snapshot], written: dict[str, bytes], changes: list[RowChange], what: str, source: str, undoes: int
    ) -> int:
        number = self.journal.record(source, what, changes, self.now)
        if undoes:
            self.journal.mark_undone(undoes, by=number)
        for table, data in written.items():
            if snapshots[table].exact is not None:
                self.journal.keep_file(number, table, FileChange(snapshots[table].data, data))
            self.journal.note(table, digest(data), ours=snapshots[table].exact is None)
        self.journal.commit()
        return number

    def _content(self, snapshot: Snapshot, changes: list[RowChange]) -> bytes:
        if snapshot.exact is not None:
            return snapshot.exact
        fields = self.data.record(snapshot.table).fields
        if snapshot.ours and all(change.before is None for change in changes):
            header = table_file.header_of(snapshot.data)
            if {*fields, *(name for change in changes for name in change.after or ())} <= set(header):
                rows = [[(change.after or {}).get(name, "") for name in header] for change in changes]
                return snapshot.data + table_file.row_bytes(rows)
        return table_file.encode(snapshot.sheet.applied([(change.id, change.after) for change in changes], fields))

    def _withdraw(self, number: int, snapshots: dict[str, Snapshot], tables: list[str]) -> None:
        # Where even this fails the save stays journalled, and is completed at the next opening.
        with contextlib.suppress(OSError, sqlite3.Error):
            for table in tables:
                snapshot = snapshots[table]
                if self.data.content(table) != snapshot.data:
                    self.data.replace(table, snapshot.data)
                # An unknown hash makes the next save compare the file with the mirror.
                self.journal.note(table, "" if snapshot.ahead else snapshot.digest, snapshot.ours and not snapshot.ahead)
            self.journal.forget(number)
            self.journal.commit()

    # -- after a crash

    def roll_forward(self) -> int:
        """Complete the saves that were journalled and whose files were perhaps not replaced; return how many."""
        waiting = self.journal.pending()
        for save in waiting:
            file_changes = self.journal.file_changes(save.id)
            for table, changes in _by_table(self.journal.changes(save.id), file_changes).items():
                self._roll_table_forward(table, changes, file_changes.get(table))
            self.journal.mark_applied(save.id)
            self.journal.commit()
        return len(waiting)

    def _roll_table_forward(self, table: str, changes: list[RowChange], file_change: FileChange | None) -> None:
        snapshot = self.data.snapshot(table)
        seen = self.journal.seen(table)
        if seen and seen[0] == snapshot.digest:
            return
        if file_change and snapshot.data == file_change.before:
            self.data.replace(table, file_change.after)
            return
        # A row that was edited outside meanwhile keeps that edit; the next save takes it in.
        due = [(one.id, one.after) for one in changes if _is_unchanged(snapshot.sheet.texts(one.id), one.before)]
        if due:
            self.data.replace(table, table_file.encode(snapshot.sheet.applied(due, self.data.record(table).fields)))
        # An unknown hash makes the next save compare the file with the mirror.
        self.journal.note(table, "", ours=False)


def _is_unchanged(texts: Texts | None, before: Texts | None) -> bool:
    # The times that the save gave a row typed outside do not stand in the file before it is written.
    if texts and before:
        texts = {**texts, **{name: before.get(name, "") for name in TIMES if not texts.get(name, "").strip()}}
    return same(texts, before)


def _by_table(changes: Iterable[RowChange], tables: Iterable[str]) -> dict[str, list[RowChange]]:
    """Return the changes of each table; these tables are there though none of their rows changes."""
    found: dict[str, list[RowChange]] = {table: [] for table in tables}
    for change in changes:
        found.setdefault(change.table, []).append(change)
    return found


class Workspace:
    """Where saves are made: the workbook's tables, its journal's file and its backups.

    Parameters
    ----------
    data : DataFolder
        The tables.
    now : callable
        The present moment in UTC.
    """

    def __init__(self, data: DataFolder, now: Callable[[], dt.datetime]) -> None:
        self.data = data
        self.now = now
        self.backups = Backups(data.folder)
        self.file = data.folder / JOURNAL
        self.compaction = Compaction(data, self.file, now)
        data.last_seen = self.last_seen

    @contextlib.contextmanager
    def transaction(self, backup: bool = True) -> Iterator[Transaction]:
        """Hold the lock with the journal open and earlier saves completed; the day's backup is made first.

        A journal that is damaged, or from a later version, is moved aside and begun anew, even when that shows in the
        middle; what was under way then fails with a `sqlite3.DatabaseError`, and nothing of it was saved.
        """
        due = False
        with self.data.locked():
            lost = self.has_lost_its_journal()
            failed = self.backups.keep_day() if backup else None
            with self._journal() as journal:
                if lost:
                    journal.note_fact("lost", LOST)
                if failed is not None and failed != journal.fact("backup"):
                    journal.note_fact("backup", failed)
                transaction = Transaction(self.data, journal, self.now())
                transaction.roll_forward()
                transaction.note_new_tables()
                yield transaction
                due = self.compaction.is_due(journal, transaction.now)
        if due:
            self.compaction.start()

    def has_lost_its_journal(self) -> bool:
        """Say whether earlier saves left traces here, but no journal."""
        if self.file.is_file() and self.file.stat().st_size:
            return False
        return self.backups.any() or any(self.file.parent.glob(f"{self.file.name}.*-*"))

    @contextlib.contextmanager
    def _journal(self) -> Iterator[Journal]:
        try:
            with Journal.open(self.file) as journal:
                yield journal
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                set_journal_aside(self.file, "newer" if isinstance(error, NewerJournal) else "damaged")
            raise

    @contextlib.contextmanager
    def transaction_without_journal(self) -> Iterator[Transaction]:
        """Hold the lock while another program holds the journal; the next save takes this one in as an edit made outside."""
        with self.data.locked(), Journal.in_memory() as journal:
            yield Transaction(self.data, journal, self.now())

    @contextlib.contextmanager
    def explained_errors(self) -> Iterator[None]:
        """Let a failure of the journal be a sentence."""
        try:
            yield
        except sqlite3.Error as error:
            raise in_sentences(self.file, error) from error

    def last_seen(self, table: str, digest: str) -> Known | None:
        """Return the rows of a table that were last seen, none where its content is what we wrote, None where nothing is known."""
        with contextlib.suppress(sqlite3.Error, OSError), self.existing_journal() as journal:
            if journal and (seen := journal.seen(table)):
                return {} if seen == (digest, True) else journal.rows(table) or None
        return None

    @contextlib.contextmanager
    def existing_journal(self) -> Iterator[Journal | None]:
        """Open the journal where there is one; else None, so that reading never makes a file."""
        if not self.file.is_file() or not self.file.stat().st_size:
            yield None
            return
        with Journal.open(self.file, glance=True) as journal:
            yield journal


def in_sentences(file: Path, error: sqlite3.Error) -> CareerkitError:
    """Return a failure of the journal as a sentence."""
    if is_busy(error):
        return CareerkitError(
            f"Another program is using {JOURNAL}, the history of earlier saves. Close it there, then try again; nothing was saved."
        )
    if isinstance(error, NewerJournal):
        return CareerkitError(f"A newer careerkit wrote {JOURNAL}, the history of earlier saves. Update careerkit to read it.")
    if is_damage(error):
        return CareerkitError(
            f"{JOURNAL}, the history of earlier saves, can't be read: undo and history are lost."
            " Your records are complete, and the next save starts a new history."
        )
    return CareerkitError(f"{JOURNAL} could not be written: {error}. Nothing was saved; make room on the disk, then save again.")
