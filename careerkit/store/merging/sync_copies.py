"""Copies that sync clients leave beside a table when two machines wrote it at once, known by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# What each client puts between the table's name and ".csv".
MARKS = tuple(
    re.compile(mark)
    for mark in (
        r" \(\d+\)",  # Google Drive
        r" \d+",  # iCloud
        r" ?\([^)]*(?:\([^)]*\)[^)]*)*\)",  # Dropbox, Nextcloud, Seafile: says conflict, and mostly a day
        r"\.sync-conflict-\d{8}-\d{6}-\w+",  # Syncthing
        r"_conflict-\d{8}-\d{6}",  # ownCloud
        r"\.Conflict",  # Resilio
        r"-[\w.-]*[A-Z][\w.-]*",  # OneDrive: the name of the machine, which Windows writes in capitals
    )
)
SAYS_SO = re.compile(r"conf|konf|\d{4}-\d{2}-\d{2}|^ \(\d+\)$", re.IGNORECASE)


@dataclass(frozen=True)
class ConflictCopy:
    """A file that looks like a copy of a table."""

    name: str
    table: str


def conflict_copies(names: Iterable[str], tables: Iterable[str]) -> list[ConflictCopy]:
    """Return which of these files are copies of which table."""
    longest_first = sorted(tables, key=len, reverse=True)
    found = []
    for name in sorted(names):
        table = next((table for table in longest_first if name.startswith(table) and name.lower().endswith(".csv")), None)
        if table and _marks_a_copy(name[len(table) : -len(".csv")]):
            found.append(ConflictCopy(name, table))
    return found


def _marks_a_copy(rest: str) -> bool:
    return any(mark.fullmatch(rest) for mark in MARKS) and ("(" not in rest or bool(SAYS_SO.search(rest)))
