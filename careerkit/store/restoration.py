"""Rows brought back: those that vanished outside, and tables as a backup holds them. Each is one save, which undo takes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.store import external_edits
from careerkit.store.files import table_file
from careerkit.store.files.data_folder import Snapshot
from careerkit.store.files.table_file import Texts
from careerkit.store.history.changed_rows import RowChange, Vanished, differences, same
from careerkit.store.store import Store, with_moments
from careerkit.store.transaction import Transaction

VANISHED = ("table", "id", "what", "since")


@dataclass(frozen=True)
class Difference:
    """How many rows of a table come back, go and change when a backup is restored."""

    table: str
    come_back: int
    go: int
    change: int

    def __str__(self) -> str:
        one = {"come back": "comes back", "go": "goes", "change": "changes"}
        counts = {"come back": self.come_back, "go": self.go, "change": self.change}
        said = ", ".join(f"{count} {one[verb] if count == 1 else verb}" for verb, count in counts.items() if count)
        return f"{self.table}: {said}"


# -- rows that vanished


def vanished(store: Store) -> pd.DataFrame:
    """Return the rows that went away outside and wait for an answer: table, id, what, since."""
    with store.workspace.explained_errors(), store.workspace.existing_journal() as journal:
        gone = external_edits.vanished(store.data, journal, store.now()) if journal else []
    frame = pd.DataFrame(
        [(one.table, one.id, store.data.record(one.table).label_of_texts(one.texts), one.since) for one in gone],
        columns=list(VANISHED),
        dtype="str",
    )
    return with_moments(frame, "since")


def answer_vanished(store: Store, ids: Iterable[str] | None = None, restore: bool = True, table: str | None = None) -> str:
    """Put rows back that went away outside, or note that it was meant; one save and one undo step.

    Parameters
    ----------
    ids : iterable of str, optional
        Which rows; default: all.
    restore : bool
        False: they were meant to go, and are no longer listed.
    table : str, optional
        Only rows of this table.

    Raises
    ------
    CareerkitError
        When a row that is named does not wait for an answer.
    """
    with store.workspace.explained_errors(), store.workspace.transaction() as transaction:
        snapshots = _opened(transaction, [table] if table else [name for name in store.records if transaction.journal.seen(name)])
        gone = _asked_for(transaction.journal.vanished(), ids, table)
        if not gone:
            return "No row is waiting for an answer."
        rows = "1 row" if len(gone) == 1 else f"{len(gone)} rows"
        if restore:
            _put_back(transaction, snapshots, gone, f"put back {rows} that had vanished")
            return f"Put back {rows}. careerkit undo takes that back."
        number = transaction.write({}, [], f"noted that {rows} vanished on purpose", "restore")
        transaction.journal.answer_vanished(number, [(one.table, one.id) for one in gone])
        return f"Noted: you meant {rows} to go."


def _asked_for(gone: Sequence[Vanished], ids: Iterable[str] | None, table: str | None) -> list[Vanished]:
    waiting = [one for one in gone if table in (None, one.table)]
    if ids is None:
        return waiting
    wanted = list(ids)
    if unknown := set(wanted) - {one.id for one in waiting}:
        raise CareerkitError(
            f"No row with the id {', '.join(sorted(unknown))} waits for an answer. careerkit restore --vanished --dry-run lists them."
        )
    return [one for one in waiting if one.id in wanted]


def _put_back(transaction: Transaction, snapshots: dict[str, Snapshot], gone: Sequence[Vanished], what: str) -> None:
    by_table: dict[str, dict[str, Texts]] = {}
    for one in gone:
        by_table.setdefault(one.table, {})[one.id] = one.texts
    for table, rows in by_table.items():
        # What a cut left of these rows is in .careerkit/set_aside by now, and would stand beside them.
        snapshots[table].sheet = external_edits.without_fragments(snapshots[table].sheet, rows)
        snapshots[table].ours = False
    changes = [RowChange(table, key, None, texts) for table, rows in by_table.items() for key, texts in rows.items()]
    transaction.write(snapshots, changes, what, "restore")


def _opened(transaction: Transaction, tables: Iterable[str]) -> dict[str, Snapshot]:
    """Return tables taken in; a file of which nothing can be read counts as empty."""
    found = {}
    for table in sorted(tables):
        snapshot = transaction.data.snapshot(table)
        if external_edits.unreadable_file(transaction.data, snapshot):
            external_edits.take_in_as_empty(transaction.data, transaction.journal, snapshot, transaction.now)
        else:
            snapshot = transaction.take_in([table])[table]
        found[table] = snapshot
    return found


# -- backups


def listed(store: Store) -> Iterator[tuple[str, list[Difference] | str]]:
    """Yield each backup, the newest first, with what restoring it would change, or with a sentence when it is damaged."""
    now: dict[str, dict[str, Texts]] = {}
    for name in reversed(store.workspace.backups.names()):
        try:
            yield name, _differing(store, name, list(store.records), now)
        except CareerkitError as error:
            yield name, str(error)


def differing(store: Store, asked: str, table: str | None = None) -> list[Difference]:
    """Return what restoring a backup would change, by table; tables that would not change are left out."""
    return _differing(store, store.workspace.backups.named(asked), _tables(store, table), {})


def _differing(store: Store, name: str, tables: list[str], now: dict[str, dict[str, Texts]]) -> list[Difference]:
    held = store.workspace.backups.tables(name)
    found = []
    for table in tables:
        # A file that stands as it did needs no reading.
        if held.get(table, b"") == store.data.content(table):
            continue
        if table not in now:
            now[table] = store.data.snapshot(table).sheet.all_texts()
        found.append(_difference(table, now[table], _rows(store, table, held.get(table, b""))))
    return [one for one in found if one.come_back or one.go or one.change]


def _difference(table: str, now: dict[str, Texts], then: dict[str, Texts]) -> Difference:
    changed = [key for key in now.keys() & then.keys() if now[key] != then[key] and not same(now[key], then[key])]
    return Difference(table, len(then.keys() - now.keys()), len(now.keys() - then.keys()), len(changed))


def restore(store: Store, asked: str, table: str | None = None) -> list[Difference]:
    """Bring all tables, or one, back to what a backup holds, and return what changed; the settings stay.

    Raises
    ------
    CareerkitError
        When there is no such backup, or it is damaged; then nothing is changed.
    """
    name = store.workspace.backups.named(asked)
    tables = store.workspace.backups.tables(name)
    changed = differing(store, name, table)
    if not changed:
        return []
    with store.workspace.explained_errors(), store.workspace.transaction(backup=False) as transaction:
        store.workspace.backups.make("restore")
        snapshots = _opened(transaction, _tables(store, table))
        changes = []
        for one in snapshots:
            changes += differences(one, transaction.journal.rows(one), _rows(store, one, tables.get(one, b"")))
        transaction.write(snapshots, changes, f"restored {table or 'all tables'} from the backup {name}", "restore")
    return changed


def _tables(store: Store, table: str | None) -> list[str]:
    if table is not None:
        store.data.record(table)
    return list(store.records) if table is None else [table]


def _rows(store: Store, table: str, data: bytes) -> dict[str, Texts]:
    sheet = table_file.parse(data, table)
    return (table_file.interpret(data, store.records[table], store.data.file_name(table)).sheet if sheet.foreign else sheet).all_texts()
