"""A table's CSV: bytes to rows of text, rows to bytes, and rows to a typed frame with the problems that were met."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from careerkit.errors import Problem
from careerkit.record import Record

BOM = b"\xef\xbb\xbf"
DELIMITERS = ",;\t"
# Crockford's base32 leaves out i, l, o and u, which are misread or make words.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"

Texts = dict[str, str]


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
    """

    header: list[str]
    rows: list[list[str]]
    lines: list[int]

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

    def applied(self, changes: Iterable[tuple[str, Texts | None]], columns: Sequence[str]) -> Sheet:
        """Return the sheet with rows replaced, added at the end (unknown id) or taken out (None).

        Every other cell stays word for word; ``columns`` that are missing are added at the end.
        """
        missing = [name for name in columns if name not in self.header]
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


@dataclass(frozen=True)
class Loaded:
    """A table as it was read: the good rows typed, what could not be read, and every id that stands in the file."""

    frame: pd.DataFrame
    problems: list[Problem]
    left_out: frozenset[str] = frozenset()

    @cached_property
    def ids(self) -> frozenset[str]:
        """Return the ids of all rows, good or not."""
        return frozenset(self.frame["id"]) | self.left_out


def digest(data: bytes) -> str:
    """Return the hash by which a content is known again."""
    return hashlib.sha256(data).hexdigest()


def base32(number: int, length: int = 13) -> str:
    """Return a number in Crockford's base32, so that texts sort as numbers do."""
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(length)))


def decode(data: bytes) -> str:
    """Return a file's text: UTF-8, UTF-16 when it says so, else what Excel writes on Windows (cp1252)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def parse(data: bytes, table: str = "") -> Sheet:
    """Return the rows of a CSV; rows without an id get the one that the next save will give them."""
    text = decode(data)
    csv.field_size_limit(sys.maxsize if sys.maxsize < 2**32 else 2**31 - 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header: list[str] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    begins = 1
    for row in reader:
        if row and not header:
            header = _unique([name.strip() for name in row])
        elif row:
            rows.append(row)
            lines.append(begins)
        begins = reader.line_num + 1
    sheet = Sheet(header, rows, lines)
    return _with_ids(sheet, table)


def _delimiter(text: str) -> str:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def _unique(header: list[str]) -> list[str]:
    # The second column of a name is kept under another, else one of the two would be lost.
    seen: Counter[str] = Counter()
    names = []
    for name in header:
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _with_ids(sheet: Sheet, table: str) -> Sheet:
    """Give every row an id; it follows from the row's content, so that reading and saving agree on it."""
    header = sheet.header
    if "id" not in header:
        header = ["id", *header]
        sheet = Sheet(header, [["", *row] for row in sheet.rows], sheet.lines)
    at, width = header.index("id"), len(header)
    seen: Counter[str] = Counter()
    for row in sheet.rows:
        if len(row) == width and not row[at].strip():
            content = "\x1f".join([table, *row])
            seen[content] += 1
            row[at] = _derived_id(f"{content}\x1f{seen[content]}")
    return sheet


def _derived_id(content: str) -> str:
    return "k" + base32(int.from_bytes(hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()[:9], "big"))


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


def encode(sheet: Sheet) -> bytes:
    """Return a sheet as the bytes of its CSV, with a BOM so that Excel reads the letters right."""
    return BOM + row_bytes([sheet.header, *sheet.rows])


def header_of(data: bytes) -> list[str]:
    """Return the columns of a CSV that this module wrote, without reading its rows."""
    end = data.find(b"\n")
    first = data if end < 0 else data[:end]
    return next(csv.reader([first.decode("utf-8-sig")]), [])


def load(data: bytes, record: type[Record], file: str) -> Loaded:
    """Return the rows of a CSV in the record's types and order, and what could not be read.

    Parameters
    ----------
    data : bytes
        The file's content.
    record : type of Record
        What a row is.
    file : str
        What problems call the file.
    """
    quick = _quick(data)
    if quick is not None and _known(quick.columns, record):
        frame, bad = _typed(quick, record)
        if not any(cells.any() for cells in bad.values()):
            return Loaded(frame, [])
    return _careful(parse(data, record.table), record, file)


def _known(header: Iterable[str], record: type[Record]) -> bool:
    return bool(set(header) & set(record.own_fields()))


def _quick(data: bytes) -> pd.DataFrame | None:
    """Return the cells by pandas' fast reader, None when only the careful reading tells what is there."""
    body = data.removeprefix(BOM)
    if body.count(b"\r") != body.count(b"\r\n") or b"\0" in body:
        return None
    first = body[: body.find(b"\n")]
    if b";" in first or b"\t" in first or b'"' in first:
        return None
    try:
        frame = pd.read_csv(io.BytesIO(body), dtype=str, keep_default_na=False, na_filter=False)
    except (ValueError, pd.errors.ParserError):
        return None
    names = list(frame.columns)
    usual = isinstance(frame.index, pd.RangeIndex) and "id" in names and ",".join(names) == first.decode().rstrip("\r")
    if not usual or _ragged(body, frame) or not all(map(str.strip, frame["id"].to_numpy(object))) or frame["id"].duplicated().any():
        return None
    return frame


def _ragged(body: bytes, frame: pd.DataFrame) -> bool:
    """Say whether a row is too short: pandas fills it up, so only a blank last cell can hide one."""
    if not len(frame) or not (frame.iloc[:, -1] == "").any():
        return False
    bare = re.sub(rb'"[^"]*"', b"", body) if b'"' in body else body
    return bare.count(b",") != (len(frame) + 1) * (frame.shape[1] - 1)


def _typed(texts: pd.DataFrame, record: type[Record]) -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    columns, bad = {}, {}
    for name, field in record.fields.items():
        cells = texts[name] if name in texts else pd.Series("", index=texts.index, dtype="str")
        columns[name], bad[name] = field.column(cells)
    return pd.DataFrame(columns, index=texts.index), bad


def _careful(sheet: Sheet, record: type[Record], file: str) -> Loaded:
    if not sheet.header or (not sheet.rows and not _known(sheet.header, record)):
        return Loaded(record.empty(), [])
    if not _known(sheet.header, record):
        return Loaded(record.empty(), [_no_header(sheet, record, file)], sheet.ids)
    width = len(sheet.header)
    good = [place for place, row in enumerate(sheet.rows) if len(row) == width]
    problems = [_other_length(sheet, place, file) for place, row in enumerate(sheet.rows) if len(row) != width]
    texts = pd.DataFrame([sheet.rows[place] for place in good], index=good, columns=sheet.header, dtype="str")
    frame, bad = _typed(texts, record)
    twice = texts["id"].duplicated()
    problems += [_second(sheet, place, str(texts.at[place, "id"]), file) for place in texts.index[twice]]
    out = twice.copy()
    for name, cells in bad.items():
        problems += [_unreadable(record, name, str(texts.at[place, name]), sheet.lines[place], file) for place in texts.index[cells]]
        out |= cells
    problems.sort(key=lambda problem: problem.line or 0)
    return Loaded(frame[~out].reset_index(drop=True), problems, sheet.ids)


def _no_header(sheet: Sheet, record: type[Record], file: str) -> Problem:
    columns = ",".join(record.fields)
    message = "The first line names none of the columns of this table, so no row can be read."
    return Problem(file, 1, "", ",".join(sheet.header), message, f"Put this line first: {columns}")


def _other_length(sheet: Sheet, place: int, file: str) -> Problem:
    row = sheet.rows[place]
    message = f"This row has {len(row)} cells where the first line names {len(sheet.header)} columns."
    remedy = "Put a cell that holds a comma into double quotes, or add the commas that are missing."
    return Problem(file, sheet.lines[place], "", ",".join(row), message, remedy)


def _second(sheet: Sheet, place: int, key: str, file: str) -> Problem:
    first = sheet.lines[sheet.places[key]]
    message = f"This row has the same id as line {first}, so it is left out."
    return Problem(file, sheet.lines[place], "id", key, message, "Empty its id to keep it as a row of its own, or delete the row.")


def _unreadable(record: type[Record], name: str, text: str, line: int, file: str) -> Problem:
    message, remedy = record.fields[name].complaint(text)
    return Problem(file, line, name, text, message or f"{text!r} cannot be read here.", remedy)
