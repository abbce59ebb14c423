"""The rows of a CSV as they stand, every cell a text."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

# Crockford's base32 leaves out i, l, o and u, which are misread or make words.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"

Texts = dict[str, str]
Known = Mapping[str, Mapping[str, str]]


@dataclass
class Sheet:
    """The rows of a CSV as they stand, every cell a text.

    Parameters
    ----------
    header : list of str
        The columns.
    rows : list of list of str
        The cells, also of rows that are too long or too short.
    lines : list of int
        The line on which each row begins, the header's being 1.
    foreign : bool
        Whether another program has saved the file: in its form something is not as careerkit writes it.
    encoding : str
        Its encoding.
    """

    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    foreign: bool = False
    encoding: str = "utf-8"

    @cached_property
    def places(self) -> dict[str, int]:
        """Return the row of each id, the first where an id stands twice; rows of another length are left out."""
        if "id" not in self.header:
            return {}
        at, width = self.header.index("id"), len(self.header)
        found: dict[str, int] = {}
        for place, row in enumerate(self.rows):
            if len(row) == width:
                found.setdefault(row[at], place)
        return found

    @cached_property
    def ids(self) -> frozenset[str]:
        """Return every id that stands in the file, also of rows that cannot be read."""
        if "id" not in self.header:
            return frozenset()
        at = self.header.index("id")
        return frozenset(row[at] for row in self.rows if len(row) > at)

    def texts(self, key: str) -> Texts | None:
        """Return a row as column to text, None when there is none with this id."""
        place = self.places.get(key)
        return None if place is None else dict(zip(self.header, self.rows[place], strict=True))

    def all_texts(self) -> dict[str, Texts]:
        """Return every well-shaped row by its id."""
        return {key: dict(zip(self.header, self.rows[place], strict=True)) for key, place in self.places.items()}

    def applied(self, changes: Iterable[tuple[str, Texts | None]], columns: Iterable[str]) -> Sheet:
        """Return the sheet with rows replaced, added at the end (unknown id) or taken out (None).

        Every other cell stays word for word; ``columns`` that are missing, and those of added rows, are added at the end.
        """
        changes = list(changes)
        wanted = dict.fromkeys([*columns, *(name for _, texts in changes for name in texts or ())])
        missing = [name for name in wanted if name not in self.header]
        header = [*self.header, *missing]
        # Rows of another length get as many blanks as the others, so that they stay as wrong as they were.
        rows: list[list[str] | None] = [[*row, *[""] * len(missing)] for row in self.rows] if missing else [*self.rows]
        for key, texts in changes:
            place = self.places.get(key)
            if place is not None:
                rows[place] = None if texts is None else [texts.get(name, "") for name in header]
            elif texts is not None:
                rows.append([texts.get(name, "") for name in header])
        kept = [row for row in rows if row is not None]
        return Sheet(header, kept, [])

    def with_ids(self, table: str) -> Sheet:
        """Return the sheet with an id in every row; it follows from the row's content, so that reading and saving agree on it."""
        blank = "id" not in self.header
        header = ["id", *self.header] if blank else self.header
        rows = [["", *row] if blank else [*row] for row in self.rows]
        at, width = header.index("id"), len(header)
        seen: Counter[str] = Counter()
        for row in rows:
            if len(row) == width and not row[at].strip():
                content = "\x1f".join([table, *row])
                seen[content] += 1
                row[at] = _derived_id(f"{content}\x1f{seen[content]}")
        return Sheet(header, rows, self.lines, self.foreign, self.encoding)


def base32(number: int, length: int = 13) -> str:
    """Return a number in Crockford's base32, so that texts sort as numbers do."""
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(length)))


def _derived_id(content: str) -> str:
    return "k" + base32(int.from_bytes(hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()[:9], "big"))


def unique(header: Iterable[str]) -> list[str]:
    """Return the names with the second column of a name under another, else one of the two would be lost."""
    names: list[str] = []
    for name in header:
        count, called = 1, name
        while called in names:
            count += 1
            called = f"{name} ({count})"
        names.append(called)
    return names
