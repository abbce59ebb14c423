"""What a save is asked to change, checked before anything is touched."""

from __future__ import annotations

import datetime as dt
import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from careerkit.errors import CareerkitError, Problem
from careerkit.records import TIMES, Record, Reference, References, split_list
from careerkit.store.files import table_file
from careerkit.store.files.data_folder import DataFolder, Snapshot
from careerkit.store.files.table_file import Texts


@dataclass(frozen=True)
class Change:
    """One change of a save: ``id`` None adds a row, ``values`` None deletes one, else the values are updated."""

    table: str
    id: str | None
    values: dict[str, Any] | None


@dataclass(frozen=True)
class Step:
    """A checked change: which texts to set, None to delete."""

    table: str
    id: str
    texts: Texts | None
    adds: bool = False


class Validation:
    """The check of one save, which names every field that is wrong.

    Parameters
    ----------
    data : DataFolder
        What stands now.
    now : datetime
        The moment of the save, in UTC.
    """

    def __init__(self, data: DataFolder, now: dt.datetime) -> None:
        self.data = data
        self.now = now
        self.several = False
        self.problems: list[Problem] = []
        self.snapshots: dict[str, Snapshot] = {}
        self.added: dict[str, set[str]] = {}
        self.deleted: set[tuple[str, str | None]] = set()
        self.existing: dict[str, frozenset[str]] = {}

    def steps(self, changes: Sequence[Change]) -> list[Step]:
        """Return the checked changes.

        Raises
        ------
        CareerkitError
            With a Problem for every field that is wrong.
        """
        self.several = len(changes) > 1
        self.deleted = {(change.table, change.id) for change in changes if change.values is None}
        steps = [self._step(place, change) for place, change in enumerate(changes, start=1)]
        for place, step in enumerate(steps, start=1):
            self._check_references(place, step)
        if self.problems:
            told = [problem.message for problem in self.problems[:20]]
            more = len(self.problems) - len(told)
            raise CareerkitError(" ".join([*told, f"And {more} more."] if more else told), self.problems)
        return steps

    def _step(self, place: int, change: Change) -> Step:
        record = self.data.record(change.table)
        if change.id is None:
            return self._addition(place, change.table, dict(change.values or {}), record)
        stored = self._stored(change.table, change.id)
        if change.values is None:
            return Step(change.table, change.id, None)
        whole = {name: stored.get(name, "") for name in record.fields} | change.values | {"id": change.id}
        texts = self._cleaned(place, record, whole)
        given = {name: text for name, text in texts.items() if name in change.values and name != "id"}
        return Step(change.table, change.id, {**given, "updated_at": self._moment(record)})

    def _addition(self, place: int, table: str, values: dict[str, Any], record: type[Record]) -> Step:
        values = {**record.defaults(), **values}
        key = str(values.get("id") or new_id())
        if key in self._existing_ids(table) or key in self.added.get(table, ()):
            self._wrong(place, "id", key, f"{table} already has a row with the id {key}. Leave the id out to get a new one.")
        self.added.setdefault(table, set()).add(key)
        texts = self._cleaned(place, record, {**values, "id": key})
        for name in TIMES:
            texts[name] = texts.get(name) or self._moment(record)
        return Step(table, key, texts, adds=True)

    def _stored(self, table: str, key: str) -> Texts:
        if table not in self.snapshots:
            self.snapshots[table] = self.data.snapshot(table)
        stored = self.snapshots[table].sheet.texts(key)
        if stored is None and key not in self.added.get(table, ()):
            raise CareerkitError(
                f"There is no row with the id {key!r} in {self.data.file_name(table)}. Look at the table again; nothing was saved."
            )
        return stored or {}

    def _cleaned(self, place: int, record: type[Record], values: dict[str, Any]) -> Texts:
        cleaned, wrong = record.clean(values)
        texts = {name: kind.write(cleaned[name]) for name, kind in record.fields.items() if name in cleaned}
        for name, sentence in wrong.items():
            self._wrong(place, name, values.get(name), sentence)
        return texts

    def _wrong(self, place: int, name: str, value: Any, sentence: str) -> None:
        said = f"Row {place}: {sentence}" if self.several else sentence
        self.problems.append(Problem("", None, name, "" if value is None else str(value), said))

    def _check_references(self, place: int, step: Step) -> None:
        for name, kind in self.data.references(step.table).items():
            text = (step.texts or {}).get(name, "")
            if not text or (not step.adds and text == self._stored(step.table, step.id).get(name, "")):
                continue
            for key in ids_in(kind, text):
                if not self._exists(kind.table, key):
                    self._wrong(place, name, text, f"{kind.label} names {key!r}, which isn't in {kind.table}. Choose one that is.")

    def _exists(self, table: str, key: str) -> bool:
        standing = key in self._existing_ids(table) or key in self.added.get(table, ())
        return standing and (table, key) not in self.deleted

    def _existing_ids(self, table: str) -> frozenset[str]:
        if table not in self.existing:
            self.existing[table] = self.data.loaded(table).ids
        return self.existing[table]

    def _moment(self, record: type[Record]) -> str:
        return record.fields["updated_at"].write(self.now)


_last_id = 0
_id_lock = threading.Lock()


def new_id() -> str:
    """Return an id: 'k' and 13 letters of base32, from the milliseconds and 20 random bits; later ids sort later."""
    global _last_id
    with _id_lock:
        _last_id = max((time.time_ns() // 1_000_000) << 20 | secrets.randbits(20), _last_id + 1)
        return "k" + table_file.base32(_last_id)


def ids_in(kind: Reference | References, text: str) -> list[str]:
    """Return the ids that a reference names."""
    return split_list(text) if isinstance(kind, References) else [text]
