"""How careerkit itself writes a CSV, and how what it wrote is known again, to the byte."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _csv import Reader

BOM = b"\xef\xbb\xbf"

# The line on which each row begins, and its cells.
Records = list[tuple[int, list[str]]]


def row_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as UTF-8 CSV with LF line ends, quoted only where a cell needs it."""
    sink = _LineFeeds()
    # With CRLF as its line end the writer quotes a cell that holds either; the lines themselves end in LF.
    csv.writer(sink, lineterminator="\r\n").writerows(rows)
    return "".join(sink.parts).encode("utf-8")


class _LineFeeds:
    def __init__(self) -> None:
        self.parts: list[str] = []

    def write(self, row: str) -> None:
        self.parts.append(row[:-2] + "\n")


def lines_of(text: str) -> list[str]:
    """Return a text's lines with their ends, also those within cells."""
    return list(io.StringIO(text, newline=""))


def records(data: bytes) -> Records | None:
    """Return the line on which each row begins and its cells, None where a file is not to the byte as careerkit writes it.

    Its rows are those that give the same bytes when they are written again. So every quote is opened and closed where it
    should be, and nothing of it is open to more than one reading, whatever its texts look like.
    """
    if not data.startswith(BOM):
        return None
    try:
        lines = lines_of(data[len(BOM) :].decode("utf-8"))
    except UnicodeDecodeError:
        return None
    found = numbered(lines)
    is_own = found and "id" in found[0][1] and BOM + row_bytes([cells for _, cells in found]) == data
    return found if is_own else None


def numbered(lines: Iterable[str]) -> Records:
    """Return the rows that a plain reading of lines gives, with the line on which each begins."""
    found: Records = []
    begins = 1
    for cells in (rows := reader(lines, ",")):
        found.append((begins, cells))
        begins = rows.line_num + 1
    return found


def reader(lines: Iterable[str], separator: str) -> Reader:
    """Return a plain reading of lines, for cells of any length."""
    csv.field_size_limit(sys.maxsize if sys.maxsize < 2**32 else 2**31 - 1)
    return csv.reader(lines, delimiter=separator)
