"""Boats and trips, the small tables on which the tests of keeping stand, and the hands of another program on their files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from careerkit.records import Choice, Date, LongText, Number, Record, Reference, Text
from careerkit.store.store import Store


class Boat(Record):
    table = "boats"
    noun = "boat"
    named_by = "name"
    name = Text(label="Name", required=True)
    length = Number(label="Length", low=0)
    built_on = Date(label="Built")
    kind = Choice(label="Kind", choices=("sail", "row"), default="sail")
    log = LongText(label="Log")


class Trip(Record):
    table = "trips"
    noun = "trip"
    named_by = "goal"
    boat_id = Reference(label="Boat", table="boats")
    goal = Text(label="Where to")


RECORDS: dict[str, type[Record]] = {"boats": Boat, "trips": Trip}
Rows = dict[str, dict[str, str]]


def opened(folder: Path) -> Store:
    return Store(folder, RECORDS)


def again(store: Store) -> Store:
    """Return the workbook as another process opens it."""
    return Store(store.folder, RECORDS, now=store.now)


def path(store: Store, table: str = "boats") -> Path:
    return store.folder / "data" / f"{table}.csv"


def text(store: Store, table: str = "boats") -> str:
    return path(store, table).read_bytes().decode("utf-8-sig")


def write(store: Store, content: str, table: str = "boats") -> None:
    """Write a file as an editor does that keeps the mark at its front."""
    path(store, table).write_bytes(content.encode("utf-8-sig"))


def edit(store: Store, old: str, new: str, table: str = "boats") -> None:
    assert old in text(store, table)
    write(store, text(store, table).replace(old, new), table)


def lines(store: Store, table: str = "boats") -> list[str]:
    return text(store, table).splitlines(keepends=True)


def take_out(store: Store, *names: str) -> None:
    """Delete the lines of boats as an editor does."""
    write(store, "".join(line for line in lines(store) if not any(f",{name}," in line for name in names)))


def names(store: Store) -> list[str]:
    return list(store.read("boats")["name"])


def rows(store: Store, table: str = "boats") -> Rows:
    """Return a table's rows by id, read without careerkit."""
    if not path(store, table).exists():
        return {}
    header, *cells = csv.reader(io.StringIO(text(store, table), newline=""))
    return {row[header.index("id")]: dict(zip(header, row, strict=True)) for row in cells}


def set_aside(store: Store, table: str = "boats") -> list[dict[str, str]]:
    """Return what was set aside of a table."""
    file = store.folder / ".careerkit" / "set_aside" / f"{table}.csv"
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""))) if file.exists() else []


def all_bytes(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its content."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def fleet(folder: Path, *called: str) -> Store:
    """Return a store with boats of these names, saved one after the other."""
    store = opened(folder)
    store.add_many("boats", [{"name": name} for name in called])
    return store
