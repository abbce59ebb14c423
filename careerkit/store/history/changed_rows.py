"""What one save changed, and how two versions of a table's rows differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from careerkit.records import Moment

Texts = dict[str, str]


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


@dataclass(frozen=True)
class Vanished:
    """A row that went away outside, with its texts, when that was found, and how many rows its table had before."""

    table: str
    id: str
    texts: Texts
    since: str
    known: int


@dataclass(frozen=True)
class FileChange:
    """A file that a save wrote whole, to the byte, before and after."""

    before: bytes
    after: bytes


def timestamp(now: dt.datetime) -> str:
    """Return a moment as the journal and the tables write it."""
    return now.strftime(Moment.FORMAT)


def same(one: Texts | None, other: Texts | None) -> bool:
    """Say whether two rows hold the same; a column that was added since counts as blank in the older."""
    if one is None or other is None:
        return one is other
    return all(one.get(name, "") == other.get(name, "") for name in {**one, **other})


def differences(table: str, before: Mapping[str, Texts], after: Mapping[str, Texts]) -> list[RowChange]:
    """Return the changes that lead from some rows of a table to others."""
    changed = [RowChange(table, key, before.get(key), texts) for key, texts in after.items() if not same(before.get(key), texts)]
    return [*changed, *(RowChange(table, key, texts, None) for key, texts in before.items() if key not in after)]
