"""A folder of CSVs: typed read, locked save with a journal, undo, history and check.

A save is safe at every moment: it is journalled before a file is touched, each file is replaced whole, and what a crash
left undone is completed at the next opening. The CSVs stay the truth; an edit made outside is taken in, never lost.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from careerkit import journal as journals
from careerkit import table_file
from careerkit.changes import Change, Checking, Step, ids_in
from careerkit.data_folder import DataFolder, Page
from careerkit.errors import CareerkitError, Problem, StaleRecord
from careerkit.journal import Journal, RowChange
from careerkit.record import Record
from careerkit.table_file import Texts, digest


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
        self._journal_file = self.folder / ".careerkit" / "journal.sqlite3"
        self._complete_what_a_crash_left()

    # -- reading

    def read(self, table: str) -> pd.DataFrame:
        """Return a table's good rows, typed, columns in the record's order; never writes."""
        return self.data.loaded(table).frame.copy(deep=False)

    def problems(self, table: str | None = None) -> list[Problem]:
        """Return what could not be read, of one table or of all."""
        tables = self.records if table is None else [table]
        return [problem for name in tables for problem in self.data.loaded(name).problems]

    def check(self) -> list[Problem]:
        """Return what could not be read, references to rows that do not exist, and rows that vanished outside."""
        dangling = [problem for table in self.records for problem in self._dangling(table)]
        return [*self.problems(), *dangling, *self._vanished()]

    def history(self, table: str, id: str) -> pd.DataFrame:
        """Return every change of a row known here, oldest first.

        Returns
        -------
        DataFrame
            at (datetime), source ("own", "undo" or "outside"), what, column, before, after; one row for a changed cell.
        """
        self.data.record(table)
        with self._peek() as journal:
            found = journal.history(table, id) if journal else []
        rows = [
            (at, source, what, name, (before or {}).get(name, ""), (after or {}).get(name, ""))
            for at, source, what, before, after in found
            for name in {**(before or {}), **(after or {})}
            if (before or {}).get(name, "") != (after or {}).get(name, "")
        ]
        frame = pd.DataFrame(rows, columns=["at", "source", "what", "column", "before", "after"], dtype="str")
        return frame.assign(at=pd.to_datetime(frame["at"], format="%Y-%m-%dT%H:%M:%SZ").astype("datetime64[s]"))

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
        told = f"added {self._named(record, steps[0].texts or {})} to {table}" if len(steps) == 1 else f"added {len(steps)} rows to {table}"
        self._commit(steps, told, "own")
        return [step.id for step in steps]

    def update(self, table: str, id: str, values: dict[str, Any], seen: Mapping[Any, Any] | pd.Series | None = None) -> None:
        """Change fields of a row.

        Parameters
        ----------
        seen : Series or dict, optional
            The row from which the change was made; its own fields, typed or as texts.

        Raises
        ------
        StaleRecord
            When the row's content is no longer what was seen.
        CareerkitError
            Naming every field that is wrong, or when there is no such row.
        """
        record = self.data.record(table)
        mine = self._mine(record, values)
        self._refuse_stale(record, self.data.page(table).sheet.texts(id), seen, mine)
        steps = self._validated([Change(table, id, values)])

        def guard(rows: Callable[[str, str], Texts | None]) -> None:
            self._refuse_stale(record, rows(table, id), seen, mine)

        now_called = {**(self.data.page(table).sheet.texts(id) or {}), **mine}
        self._commit(steps, f"changed {self._named(record, now_called)} in {table}", "own", guard)

    def delete(self, table: str, id: str) -> None:
        """Take a row out; undo brings it back."""
        record = self.data.record(table)
        steps = self._validated([Change(table, id, None)])
        called = self._named(record, self.data.page(table).sheet.texts(id) or {})
        self._commit(steps, f"deleted {called} from {table}", "own")

    def save(self, changes: Sequence[Change], what: str) -> None:
        """Make changes to several rows and tables in one save and one undo step, all or none.

        Parameters
        ----------
        what : str
            What undo calls it, such as "a rhythm for 3 people".
        """
        steps = self._validated(list(changes))
        if steps:
            self._commit(steps, what, "own")

    def undo(self) -> str:
        """Take the latest save back and say what it was.

        Raises
        ------
        CareerkitError
            When there is nothing to undo, or its rows have changed since.
        """
        with self.data.locked(), self._journal() as journal:
            self._roll_forward(journal)
            last = journal.last_undoable()
            if last is None:
                raise CareerkitError("There is nothing to undo: no save is known on this machine.")
            changes = journal.changes(last.id)
            pages = self._taken_in(journal, {change.table for change in changes})
            for change in changes:
                if not _same(journal.row(change.table, change.id), change.after):
                    raise CareerkitError(
                        f"This cannot be undone: {last.what}. A row in {self.data.called(change.table)} has changed since."
                        " Change it by hand instead."
                    )
            back = [RowChange(change.table, change.id, change.after, change.before) for change in changes]
            journal.mark_undone(last.id)
            try:
                self._write(journal, pages, back, f"undid: {last.what}", "undo")
            except CareerkitError:
                journal.connection.execute("UPDATE saves SET undone = 0 WHERE id = ?", (last.id,))
                journal.commit()
                raise
        return f"Undone: {last.what.rstrip('.')}."

    # -- checks before a save

    def _validated(self, changes: list[Change]) -> list[Step]:
        return Checking(self.data, self.now()).steps(changes)

    def _mine(self, record: type[Record], values: Mapping[str, Any]) -> Texts:
        return {name: _text(record, name, value) for name, value in values.items() if name in record.own_fields()}

    def _refuse_stale(self, record: type[Record], stored: Texts | None, seen: Any, mine: Texts) -> None:
        if seen is None or stored is None:
            return
        names = [name for name in record.own_fields() if name in seen]
        theirs = {name: _text(record, name, stored.get(name, "")) for name in record.own_fields()}
        if any(_text(record, name, seen[name]) != theirs[name] for name in names):
            called = self._named(record, stored)
            raise StaleRecord(
                f"{called} was changed elsewhere since you opened it. Compare the two, and choose which shall stand.", mine, theirs
            )

    def _named(self, record: type[Record], texts: Mapping[str, str]) -> str:
        return record.label({name: texts.get(name, "") for name in record.fields})

    # -- a save

    def _commit(
        self, steps: list[Step], what: str, source: str, guard: Callable[[Callable[[str, str], Texts | None]], None] | None = None
    ) -> None:
        try:
            self._commit_once(steps, what, source, guard)
        except sqlite3.OperationalError as error:
            raise _journal_error(self._journal_file, error) from error
        except sqlite3.DatabaseError:
            # Damage in the middle of the journal shows only where it is touched; nothing was committed yet.
            journals.set_aside(self._journal_file)
            self._commit_once(steps, what, source, guard)

    def _commit_once(self, steps: list[Step], what: str, source: str, guard: Any) -> None:
        with self.data.locked(), self._journal() as journal:
            self._roll_forward(journal)
            pages = self._taken_in(journal, {step.table for step in steps})
            if guard:
                guard(journal.row)
            changes = self._row_changes(journal, steps)
            if changes:
                self._write(journal, pages, changes, what, source)

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
                    f"This row is no longer in {self.data.called(step.table)}. Look at the table again; nothing was saved."
                )
            now[key] = None if step.texts is None else {**(stored or {}), **step.texts}
        return [RowChange(*key, first[key], after) for key, after in now.items() if first[key] is not None or after is not None]

    def _write(self, journal: Journal, pages: dict[str, Page], changes: list[RowChange], what: str, source: str) -> None:
        by_table: dict[str, list[RowChange]] = {}
        for change in changes:
            by_table.setdefault(change.table, []).append(change)
        written = {table: self._content(pages[table], mine) for table, mine in by_table.items()}
        number = journal.record(source, what, changes, self.now())
        for table, data in written.items():
            journal.note(table, digest(data), ours=True)
        journal.commit()
        try:
            for table, data in written.items():
                self.data.replace(table, data)
        except OSError as error:
            self._withdraw(journal, number, pages, list(written))
            raise CareerkitError(
                f"{self.data.called(table)} could not be written: {error.strerror or error}. Nothing was saved;"
                " close the file elsewhere or make room on the disk, then save again."
            ) from error
        journal.mark_applied(number)

    def _content(self, page: Page, changes: list[RowChange]) -> bytes:
        record = self.records[page.table]
        if page.ours and all(change.before is None for change in changes):
            header = table_file.header_of(page.data)
            if all(name in header for name in record.fields):
                rows = [[(change.after or {}).get(name, "") for name in header] for change in changes]
                return page.data + table_file.row_bytes(rows)
        pairs = [(change.id, change.after) for change in changes]
        return table_file.encode(page.sheet.applied(pairs, list(record.fields)))

    def _withdraw(self, journal: Journal, number: int, pages: dict[str, Page], tables: list[str]) -> None:
        # Where even this fails the save stays journalled, and is completed at the next opening.
        with contextlib.suppress(OSError, sqlite3.Error):
            for table in tables:
                page = pages[table]
                if self.data.content(table) != page.data:
                    self.data.replace(table, page.data)
                journal.note(table, page.digest, page.ours)
            journal.forget(number)
            journal.commit()

    # -- what happened outside, and after a crash

    def _taken_in(self, journal: Journal, tables: Iterable[str]) -> dict[str, Page]:
        """Return the files of tables, after what was changed outside has been journalled."""
        return {table: self._take_in(journal, table) for table in sorted(tables)}

    def _take_in(self, journal: Journal, table: str) -> Page:
        page = self.data.page(table)
        seen = journal.seen(table)
        if seen and seen[0] == page.digest:
            page.ours = seen[1]
            return page
        loaded = self.data.loaded(table)
        if loaded.problems and not len(loaded.frame) and loaded.problems[0].line == 1:
            raise CareerkitError(f"{loaded.problems[0]} Until then nothing can be saved to this table.", loaded.problems[:1])
        stands = page.sheet.all_texts()
        if seen is None:
            journal.seed(table, stands)
        else:
            self._journal_outside(journal, table, stands, page.sheet.ids)
        journal.note(table, page.digest, ours=False)
        return page

    def _journal_outside(self, journal: Journal, table: str, stands: dict[str, Texts], ids: frozenset[str]) -> None:
        known = journal.rows(table)
        gone = {key: texts for key, texts in known.items() if key not in ids}
        changed = [RowChange(table, key, known.get(key), texts) for key, texts in stands.items() if not _same(known.get(key), texts)]
        changed += [RowChange(table, key, texts, None) for key, texts in gone.items()]
        if changed:
            journal.record("outside", f"changes made outside to {self.data.called(table)}", changed, self.now(), applied=True)
            journal.hold_vanished(table, gone, self.now())

    def _complete_what_a_crash_left(self) -> None:
        # A workbook that cannot be written may still be read; the next save tries again, and says what is wrong.
        with contextlib.suppress(OSError, sqlite3.Error, CareerkitError):
            with self._peek() as journal:
                waiting = bool(journal and journal.pending())
            if waiting:
                with self.data.locked(), self._journal() as journal:
                    self._roll_forward(journal)

    def _roll_forward(self, journal: Journal) -> None:
        for save in journal.pending():
            by_table: dict[str, list[RowChange]] = {}
            for change in journal.changes(save.id):
                by_table.setdefault(change.table, []).append(change)
            for table, changes in by_table.items():
                self._roll_table_forward(journal, table, changes)
            journal.mark_applied(save.id)
            journal.commit()

    def _roll_table_forward(self, journal: Journal, table: str, changes: list[RowChange]) -> None:
        page = self.data.page(table)
        seen = journal.seen(table)
        if seen and seen[0] == page.digest:
            return
        # A row that was edited outside meanwhile keeps that edit; the next save takes it in.
        due = [(one.id, one.after) for one in changes if _same(page.sheet.texts(one.id), one.before)]
        data = table_file.encode(page.sheet.applied(due, list(self.records[table].fields))) if due else page.data
        if due:
            self.data.replace(table, data)
        # An unknown hash makes the next save compare the file with the mirror.
        journal.note(table, "", ours=False)

    # -- checks

    def _dangling(self, table: str) -> list[Problem]:
        loaded = self.data.loaded(table)
        found = []
        for name, kind in self.data.references(table).items():
            texts = loaded.frame[name]
            known = self.data.loaded(kind.table).ids
            for place in texts.index[texts != ""]:
                missing = [key for key in ids_in(kind, texts[place]) if key not in known]
                found += [(str(loaded.frame.at[place, "id"]), name, key, kind.table) for key in missing]
        if not found:
            return []
        sheet = self.data.page(table).sheet
        return [
            Problem(
                self.data.called(table), sheet.lines[sheet.places[row]], name, key, f"There is no row with this id in {other}.",
                "Choose another, or empty the cell.",
            )
            for row, name, key, other in found
        ]  # fmt: skip

    def _vanished(self) -> list[Problem]:
        with contextlib.suppress(sqlite3.Error), self._peek() as journal:
            if journal is None:
                return []
            return [problem for table in self.records for problem in self._vanished_of(journal, table)]
        return []

    def _vanished_of(self, journal: Journal, table: str) -> list[Problem]:
        page = self.data.page(table)
        gone = journal.vanished(table)
        seen = journal.seen(table)
        if seen and seen[0] != page.digest:
            gone = {**gone, **journal.rows(table)}
        missing = {key: texts for key, texts in gone.items() if key not in page.sheet.ids} if gone else {}
        return [
            Problem(
                self.data.called(table), None, "id", key, f"{self._named(self.records[table], texts)} is no longer in this file.",
                "It was taken out outside careerkit; if that was not meant, put the row back.",
            )
            for key, texts in missing.items()
        ]  # fmt: skip

    # -- the journal

    @contextlib.contextmanager
    def _peek(self) -> Iterator[Journal | None]:
        """Open the journal where there is one; else None, so that reading never makes a file."""
        if not self._journal_file.is_file():
            yield None
            return
        with journals.opened(self._journal_file) as journal:
            yield journal

    @contextlib.contextmanager
    def _journal(self) -> Iterator[Journal]:
        with journals.opened(self._journal_file) as journal:
            yield journal


def _same(one: Texts | None, other: Texts | None) -> bool:
    # A column that was added since counts as blank in the older text.
    if one is None or other is None:
        return one is other
    return all(one.get(name, "") == other.get(name, "") for name in {**one, **other})


def _text(record: type[Record], name: str, value: Any) -> str:
    kind = record.fields[name]
    try:
        return kind.write(kind.clean(value))
    except ValueError:
        return str(value)


def _journal_error(file: Path, error: sqlite3.Error) -> CareerkitError:
    return CareerkitError(
        f"The journal {file.name} in .careerkit could not be written: {error}. Nothing was saved; make room on the disk, then save again."
    )
