"""A folder of CSVs: typed read, locked save with a journal, undo, history and check.

A save is safe at every moment: it is journalled before a file is touched, each file is replaced whole, and what a crash
left undone is completed at the next opening. The CSVs stay the truth; an edit made outside is taken in, never lost.

Two machines that write one synced folder at the same time are not locked against each other. It is noticed afterwards:
a file whose content is not what was last seen is compared row by row and taken in, and a copy that a sync client left
beside it is named by `check` and taken in by `check --repair`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from careerkit.errors import CareerkitError, Problem, StaleRecord
from careerkit.records import Moment, Record
from careerkit.store.changes import Change, Step, Validation
from careerkit.store.check import Inspection
from careerkit.store.files.data_folder import DataFolder
from careerkit.store.files.table_file import Texts
from careerkit.store.history.changed_rows import RowChange, Save, same
from careerkit.store.history.journal import Journal, is_busy, is_damage
from careerkit.store.transaction import Transaction, Workspace, in_sentences

HISTORY = ("at", "source", "what", "column", "before", "after")
SAVES = ("at", "source", "what", "undone")
Guard = Callable[[Callable[[str, str], Texts | None]], None]


def utc_now() -> dt.datetime:
    """Return the present moment in UTC, without a zone, to the second."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)


class Store:
    """The tables of a workbook.

    Parameters
    ----------
    folder : Path
        The workbook; its CSVs lie in ``data``.
    records : dict
        Table name to record class.
    now : callable
        The present moment in UTC, for created_at and updated_at.
    """

    def __init__(self, folder: Path, records: dict[str, type[Record]], now: Callable[[], dt.datetime] = utc_now) -> None:
        self.folder = Path(folder)
        self.data = DataFolder(self.folder, records)
        self.records = records
        self.now = now
        self.workspace = Workspace(self.data, lambda: self.now())
        self.inspection = Inspection(self.data, self.workspace)
        self._complete_what_a_crash_left()

    # -- reading

    def read(self, table: str) -> pd.DataFrame:
        """Return a table's good rows, typed, columns in the record's order; never writes."""
        return self.data.loaded(table).frame.copy(deep=False)

    def problems(self, table: str | None = None) -> list[Problem]:
        """Return what could not be read, of one table or of all."""
        return self.inspection.problems(table)

    def check(self) -> list[Problem]:
        """Return what is wrong in the files, changing nothing.

        That is what could not be read, references to rows that do not exist, rows that vanished outside, copies that a
        sync client left, and what was lost of the journal and the backups.
        """
        return self.inspection.all()

    def history(self, table: str, id: str) -> pd.DataFrame:
        """Return every change of a row known here, oldest first; of one that never was known, none.

        Returns
        -------
        DataFrame
            at (datetime), source ("own", "import", "outside", "undo", "repair" or "restore"), what, column, before,
            after; one row for a changed cell.
        """
        self.data.record(table)
        found = self._asked(lambda journal: journal.history(table, id))
        rows = [
            (at, source, what, name, (before or {}).get(name, ""), (after or {}).get(name, ""))
            for at, source, what, before, after in found
            for name in {**(before or {}), **(after or {})}
            if (before or {}).get(name, "") != (after or {}).get(name, "")
        ]
        return with_moments(pd.DataFrame(rows, columns=list(HISTORY), dtype="str"), "at")

    def saves(self, count: int = 20) -> pd.DataFrame:
        """Return the latest saves known here, newest first: at, source, what, and whether it was undone."""
        rows = self._asked(lambda journal: journal.saves(count))
        return with_moments(
            pd.DataFrame(rows, columns=list(SAVES)).astype({"at": "str", "source": "str", "what": "str", "undone": "bool"}), "at"
        )

    def _asked(self, question: Callable[[Journal], list[Any]]) -> list[Any]:
        with self.workspace.explained_errors(), self.workspace.existing_journal() as journal:
            return question(journal) if journal else []

    # -- saving

    def add_many(self, table: str, values: Sequence[dict[str, Any]]) -> list[str]:
        """Add rows in one save and one undo step, all or none; return their ids.

        Raises
        ------
        CareerkitError
            Naming every field that is wrong.
        """
        values = list(values)
        record = self.data.record(table)
        steps = self._validated([Change(table, None, row) for row in values])
        if not steps:
            return []
        told = (
            f"added {record.label_of_texts(steps[0].texts or {})} to {table}" if len(steps) == 1 else f"added {len(steps)} rows to {table}"
        )
        self._commit(steps, told, "own")
        return [step.id for step in steps]

    def update(
        self, table: str, id: str, values: dict[str, Any], seen: Mapping[Any, Any] | pd.Series | None = None, also: Sequence[Change] = ()
    ) -> None:
        """Change fields of a row.

        Parameters
        ----------
        seen : Series or dict, optional
            The row from which the change was made; its own fields, typed or as texts.
        also : sequence of Change
            What belongs to the same save and is undone with it.

        Raises
        ------
        StaleRecord
            When the row's content is no longer what was seen.
        CareerkitError
            Naming every field that is wrong, or when there is no such row.
        """
        record = self.data.record(table)
        mine = self._mine(record, values)
        self._refuse_stale(record, self.data.snapshot(table).sheet.texts(id), seen, mine)
        steps = self._validated([Change(table, id, values), *also])

        def guard(rows: Callable[[str, str], Texts | None]) -> None:
            self._refuse_stale(record, rows(table, id), seen, mine)

        now_called = {**(self.data.snapshot(table).sheet.texts(id) or {}), **mine}
        self._commit(steps, f"changed {record.label_of_texts(now_called)} in {table}", "own", guard)

    def delete(self, table: str, id: str) -> None:
        """Take a row out; undo brings it back."""
        record = self.data.record(table)
        steps = self._validated([Change(table, id, None)])
        called = record.label_of_texts(self.data.snapshot(table).sheet.texts(id) or {})
        self._commit(steps, f"deleted {called} from {table}", "own")

    def save(self, changes: Sequence[Change], what: str, source: str = "own") -> None:
        """Make changes to several rows and tables in one save and one undo step, all or none.

        Parameters
        ----------
        what : str
            What undo calls it, such as "a cadence for 3 people".
        source : str
            What history calls its kind: own, import or merge.
        """
        steps = self._validated(list(changes))
        if steps:
            self._commit(steps, what, source)

    def undo(self) -> str:
        """Take the latest save that stands back, and say what it was; again, the one before.

        Raises
        ------
        CareerkitError
            When there is nothing to undo, or its rows have changed since.
        """
        # A journal that cannot be read is told, and left for the next save to put aside.
        if not any(self._asked(lambda journal: [journal.last_undoable() or journal.pending()])):
            raise _nothing_to_undo()
        with self.workspace.explained_errors(), self.workspace.transaction() as transaction:
            last = transaction.journal.last_undoable()
            if last is None:
                raise _nothing_to_undo()
            self._take_back(transaction, last)
        return f"Undone: {last.what.rstrip('.')}."

    def _take_back(self, transaction: Transaction, last: Save) -> None:
        changes, file_changes = transaction.journal.changes(last.id), transaction.journal.file_changes(last.id)
        snapshots = transaction.take_in({*file_changes, *(change.table for change in changes)})
        for table, file_change in file_changes.items():
            if snapshots[table].data != file_change.after:
                raise self._cannot_undo(last, table, f"{self.data.file_name(table)} has changed since")
            snapshots[table].exact = file_change.before
        for change in changes:
            if not same(transaction.journal.row(change.table, change.id), change.after):
                raise self._cannot_undo(last, change.table, f"A row in {self.data.file_name(change.table)} has changed since")
        back = [RowChange(change.table, change.id, change.after, change.before) for change in changes]
        transaction.write(snapshots, back, f"undid: {last.what}", "undo", undoes=last.id)

    def _cannot_undo(self, save: Save, table: str, why: str) -> CareerkitError:
        remedy = "Change it by hand instead" if save.source == "own" else "careerkit restore lists the backups from before"
        return CareerkitError(f"This cannot be undone: {save.what}. {why}. {remedy}.")

    # -- checks before a save

    def _validated(self, changes: list[Change]) -> list[Step]:
        return Validation(self.data, self.now()).steps(changes)

    def _mine(self, record: type[Record], values: Mapping[str, Any]) -> Texts:
        return {name: _text(record, name, value) for name, value in values.items() if name in record.own_fields()}

    def _refuse_stale(self, record: type[Record], stored: Texts | None, seen: Any, mine: Texts) -> None:
        if seen is None or stored is None:
            return
        names = [name for name in record.own_fields() if name in seen]
        theirs = {name: _text(record, name, stored.get(name, "")) for name in record.own_fields()}
        if any(_text(record, name, seen[name]) != theirs[name] for name in names):
            called = record.label_of_texts(stored)
            raise StaleRecord(
                f"{called} was changed elsewhere since you opened it. Compare the two, and choose which to keep.", mine, theirs
            )

    # -- a save

    def _commit(self, steps: list[Step], what: str, source: str, guard: Guard | None = None) -> None:
        try:
            try:
                self._commit_once(steps, what, source, guard)
            except sqlite3.DatabaseError as error:
                # Damage in the middle of the journal shows only where it is touched; it is put aside by now, and nothing was saved.
                if not is_damage(error):
                    raise
                self._commit_once(steps, what, source, guard)
        except sqlite3.Error as error:
            if not is_busy(error) or len({step.table for step in steps}) > 1:
                raise in_sentences(self.workspace.file, error) from error
            # One table is replaced whole or not at all even without the journal; several need it.
            with self.workspace.transaction_without_journal() as transaction:
                self._save_steps(transaction, steps, what, source, guard)

    def _commit_once(self, steps: list[Step], what: str, source: str, guard: Guard | None) -> None:
        with self.workspace.transaction() as transaction:
            self._save_steps(transaction, steps, what, source, guard)

    def _save_steps(self, transaction: Transaction, steps: list[Step], what: str, source: str, guard: Guard | None) -> None:
        snapshots = transaction.take_in({step.table for step in steps})
        if guard:
            guard(transaction.journal.row)
        changes = self._row_changes(transaction.journal, steps)
        if changes:
            transaction.write(snapshots, changes, what, source)

    def _row_changes(self, journal: Journal, steps: list[Step]) -> list[RowChange]:
        first: dict[tuple[str, str], Texts | None] = {}
        now: dict[tuple[str, str], Texts | None] = {}
        for step in steps:
            key = (step.table, step.id)
            if key not in now:
                first[key] = now[key] = None if step.adds else journal.row(*key)
            stored = now[key]
            if stored is None and not step.adds:
                raise CareerkitError(
                    f"This row is no longer in {self.data.file_name(step.table)}. Look at the table again; nothing was saved."
                )
            now[key] = None if step.texts is None else {**(stored or {}), **step.texts}
        return [RowChange(*key, first[key], after) for key, after in now.items() if first[key] is not None or after is not None]

    def take_note(self) -> None:
        """Note every row as it stands, so that one which goes away outside is noticed from the first day."""
        with self.workspace.transaction(backup=False):
            pass

    def _complete_what_a_crash_left(self) -> None:
        # A workbook that cannot be written may still be read; the next save tries again, and says what is wrong.
        with contextlib.suppress(OSError, sqlite3.Error, CareerkitError):
            with self.workspace.existing_journal() as journal:
                waiting = bool(journal and journal.pending())
            if waiting:
                self.take_note()


def with_moments(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return a frame with the journal's times of a column in their type."""
    return frame.assign(**{column: pd.to_datetime(frame[column], format=Moment.FORMAT).astype(Moment.dtype)})


def _nothing_to_undo() -> CareerkitError:
    return CareerkitError("There is nothing to undo: no save is known on this machine.")


def _text(record: type[Record], name: str, value: Any) -> str:
    kind = record.fields[name]
    try:
        return kind.write(kind.clean(value))
    except ValueError:
        return str(value)
