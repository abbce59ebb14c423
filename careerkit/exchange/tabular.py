"""Tables as other programs write them: encodings, separators, and a header that may come below a preamble."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from careerkit.errors import CareerkitError

SEPARATORS = (",", ";", "\t")
# How far down a header may be: LinkedIn's notes take three rows, a re-save may add some.
DEEPEST_HEADER = 15


@dataclass(frozen=True)
class Row:
    """A row of an outside table: where it begins, and its cells by header name."""

    line: int
    cells: dict[str, str]


def decode(content: bytes, name: str) -> str:
    """Return a file's text: UTF-8 or UTF-16 with or without a mark, else cp1252.

    Raises
    ------
    CareerkitError
        When the file is empty, or is something else under a CSV's name.
    """
    if not content.strip():
        raise CareerkitError(f"{name} is empty. Download it again.")
    _refuse_disguise(content, name)
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return _decoded(content, encoding, name)
    if content[1::2][:200].count(0) > 50 or (len(content) < 400 and b"\0" in content[1::2]):
        return _decoded(content, "utf-16-le", name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise CareerkitError(f"{name} breaks off in the middle of a letter. Download it again.") from None


def _refuse_disguise(content: bytes, name: str) -> None:
    head = content[:500].lstrip().lower()
    if content.startswith(b"PK\x03\x04") or content.startswith(b"\xd0\xcf\x11\xe0"):
        raise CareerkitError(f"{name} is a workbook of a spreadsheet program. Save it there as CSV, and import that.")
    if head.startswith((b"<!doctype html", b"<html")):
        raise CareerkitError(f"{name} is a web page. Download the data file itself, and import that.")


def read_table(text: str, wanted: set[str], name: str) -> tuple[list[str], list[Row]]:
    """Return the header and the rows of the first table whose header holds the wanted names.

    Parameters
    ----------
    text : str
        The file's text.
    wanted : set of str
        Header names, lower case, by which the table is recognised.

    Raises
    ------
    CareerkitError
        When there is no such table, or the file breaks off inside a quoted cell.
    """
    for separator in SEPARATORS:
        records = list(_records(text, separator, name, DEEPEST_HEADER))
        for place, (_, cells) in enumerate(records):
            header = [cell.strip() for cell in cells]
            if wanted <= {cell.casefold() for cell in header}:
                return header, list(_rows(text, separator, name, place, header))
    raise CareerkitError(f"{name} has no columns {', '.join(sorted(wanted))}, so it is another kind of file. Nothing was stored.")


def _records(text: str, separator: str, name: str, most: int | None = None) -> Iterator[tuple[int, list[str]]]:
    reader, line = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1
    try:
        for count, cells in enumerate(reader):
            if most is not None and count >= most:
                return
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        if most is not None:
            return
        raise CareerkitError(f"{name} breaks off or is damaged at line {line} ({error}). Download it again. Nothing was stored.") from error


def _rows(text: str, separator: str, name: str, skip: int, header: list[str]) -> Iterator[Row]:
    for place, (line, cells) in enumerate(_records(text, separator, name)):
        if place > skip and any(cell.strip() for cell in cells):
            yield Row(line, dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=False)))
