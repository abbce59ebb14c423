"""A table's CSV: bytes to rows of text, rows to bytes, and rows to a typed frame with the problems that were met."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from careerkit.errors import Problem
from careerkit.records import Record
from careerkit.store.files import decoding
from careerkit.store.files.columns import Interpretation, column_finder, match_columns, word_for_word
from careerkit.store.files.own_format import BOM, row_bytes
from careerkit.store.files.raw_table import Known, Sheet, Texts, base32

__all__ = ["BOM", "Interpretation", "Known", "Loaded", "Sheet", "Texts", "base32", "row_bytes"]


@dataclass(frozen=True)
class Loaded:
    """A table as it was read.

    Parameters
    ----------
    frame : DataFrame
        The good rows, typed.
    problems : list of Problem
        What could not be read, what is asked, and where a known text was kept.
    left_out : frozenset of str
        Every id that stands in the file, also of rows that could not be read.
    notes : list of str
        What another program had done to the file and was mended, in sentences.
    """

    frame: pd.DataFrame
    problems: list[Problem]
    left_out: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    @cached_property
    def ids(self) -> frozenset[str]:
        """Return the ids of all rows, good or not."""
        return frozenset(self.frame["id"]) | self.left_out


def digest(data: bytes) -> str:
    """Return the hash by which a content is known again."""
    return hashlib.sha256(data).hexdigest()


def parse(data: bytes, table: str = "") -> Sheet:
    """Return the rows of a CSV in careerkit's own format, word for word; rows without an id get the one that the next save gives them."""
    return word_for_word(decoding.read(data, lambda _: None, {}, ""), table)


def interpret(data: bytes, record: type[Record], file: str, known: Known | None = None, dates: str = "") -> Interpretation:
    """Return the rows of a CSV as text, in whatever form another program left it.

    Parameters
    ----------
    known : mapping, optional
        The rows last seen, id to column to text.
    dates : str
        ``day-first`` or ``month-first``, where a person has said it.
    """
    known = known or {}
    return match_columns(decoding.read(data, column_finder(record), known, file), record, known, file, dates)


def encode(sheet: Sheet) -> bytes:
    """Return a sheet as the bytes of its CSV, with a BOM so that Excel reads the letters right."""
    return BOM + row_bytes([sheet.header, *sheet.rows])


def header_of(data: bytes) -> list[str]:
    """Return the columns of a CSV that this module wrote, without reading its rows."""
    end = data.find(b"\n")
    first = data if end < 0 else data[:end]
    return next(csv.reader([first.decode("utf-8-sig")]), [])


def load(data: bytes, record: type[Record], file: str, known: Known | None = None, dates: str = "") -> Loaded:
    """Return the rows of a CSV in the record's types and order, and what could not be read.

    Parameters
    ----------
    data : bytes
        The file's content.
    record : type of Record
        What a row is.
    file : str
        What problems call the file.
    known : mapping, optional
        The rows last seen, id to column to text, where the file is not as it was then.
    dates : str
        ``day-first`` or ``month-first``, where a person has said it.
    """
    quick = None if known else _quick(data)
    if quick is not None and set(record.fields) <= set(quick.columns):
        frame, bad = _typed(quick, record)
        if not any(cells.any() for cells in bad.values()):
            return Loaded(frame, [])
    return load_carefully(data, record, file, known, dates)


def load_carefully(data: bytes, record: type[Record], file: str, known: Known | None = None, dates: str = "") -> Loaded:
    """Return what `load` returns, without its short cut for files that are as careerkit writes them."""
    return _typed_rows(interpret(data, record, file, known, dates), record, file)


def _quick(data: bytes) -> pd.DataFrame | None:
    """Return the cells by pandas' fast reader, None when only the careful reading tells what is there."""
    body = data.removeprefix(BOM)
    if body.count(b"\r") != body.count(b"\r\n") or b"\0" in body:
        return None
    first = body.split(b"\n", 1)[0]
    if b";" in first or b"\t" in first or b'"' in first:
        return None
    try:
        frame = pd.read_csv(io.BytesIO(body), dtype=str, keep_default_na=False, na_filter=False, skip_blank_lines=False)
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


def _typed_rows(found: Interpretation, record: type[Record], file: str) -> Loaded:
    sheet, notes = found.sheet, tuple(found.notes)
    if not sheet.header:
        return Loaded(record.empty(), found.problems, notes=notes)
    if not record.is_named_in(sheet.header):
        return Loaded(record.empty(), [_no_header(sheet, record, file), *found.problems], sheet.ids, notes)
    width = len(sheet.header)
    good = [place for place, row in enumerate(sheet.rows) if len(row) == width]
    problems = [_other_length(sheet, place, file) for place, row in enumerate(sheet.rows) if len(row) != width]
    texts = pd.DataFrame([sheet.rows[place] for place in good], index=good, columns=sheet.header, dtype="str")
    for place, name in found.asked:
        texts.at[place, name] = ""
    frame, bad = _typed(texts, record)
    twice = texts["id"].duplicated()
    problems += [_second(sheet, place, str(texts.at[place, "id"]), file) for place in texts.index[twice]]
    out = twice.copy()
    for name, cells in bad.items():
        problems += [_unreadable(record, name, str(texts.at[place, name]), sheet.lines[place], file) for place in texts.index[cells]]
        out |= cells
    problems = sorted([*found.problems, *problems], key=lambda problem: problem.line or 0)
    return Loaded(frame[~out].reset_index(drop=True), problems, sheet.ids, notes)


def _no_header(sheet: Sheet, record: type[Record], file: str) -> Problem:
    columns = ",".join(record.fields)
    message = "The first line names none of this table's columns, so no row can be read."
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
