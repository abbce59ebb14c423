"""A bundle that someone sent, read into memory under bounds and refused in a sentence where anything about it is not right.

Nothing is written, run or shown here: what comes out are texts, which `careerkit.sharing.rules` checks as records.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from typing import Any

from careerkit.errors import CareerkitError
from careerkit.sharing.bundle import CLIENT, COACH, FORMAT, KINDS, MANIFEST, SYNC, Bundle, Part, member
from careerkit.store.files import zip_members
from careerkit.store.files.raw_table import Texts
from careerkit.store.files.table_file import BOM
from careerkit.store.merging.merge import Place
from careerkit.topics import RECORDS

# Ten years of records are some 5 MB; these bounds leave room and stop bombs.
MOST_SEALED = 50_000_000
MOST_MEMBERS = 2 * len(RECORDS) + 2
MOST_BYTES = 100_000_000
MOST_MANIFEST = 2_000_000
MOST_TEXT = 200
NOTHING = "Nothing was stored."
AGAIN = f"{NOTHING} Ask for it to be sent again."


def unpack(content: bytes) -> Bundle:
    """Return the bundle in the bytes of an unsealed file.

    Raises
    ------
    CareerkitError
        When anything about it is not as `pack` makes it; the sentence says what, and what to do.
    """
    files = _files(content)
    manifest = _Manifest(files.pop(MANIFEST))
    wanted = {member(table): note for table, note in manifest.tables.items()}
    if extra := sorted(files.keys() - wanted.keys()):
        raise _refused(f"it holds {extra[0]}, which its list of contents does not name")
    if missing := sorted(wanted.keys() - files.keys()):
        raise _refused(f"{missing[0]} is missing, which its list of contents names")
    parts = {table: _part(table, note, files[member(table)]) for table, note in manifest.tables.items()}
    return manifest.bundle(parts)


# -- the zip


def _files(content: bytes) -> dict[str, bytes]:
    if len(content) > MOST_BYTES:
        raise _refused("it is far larger than a bundle is")
    if not zip_members.is_zip(content):
        raise CareerkitError(f"This file is no bundle of careerkit's. {NOTHING} Choose the file that the other side made with careerkit.")
    try:
        with zip_members.opened(content) as archive:
            _refuse_strange(archive)
            return dict(zip_members.members(archive, MOST_MEMBERS, MOST_BYTES))
    except zip_members.RefusedZip as reason:
        raise _refused(str(reason)) from reason


def _refuse_strange(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    allowed = {MANIFEST, *(member(table) for table in RECORDS)}
    names = [entry.filename for entry in entries]
    if len(names) > MOST_MEMBERS:
        raise _refused("it holds far too many files")
    if repeated := next((name for name in names if names.count(name) > 1), None):
        raise _refused(f"it holds {_short(repeated)} more than once")
    if strange := next((name for name in names if name not in allowed), None):
        raise _refused(f"it holds {_short(strange)}, which is no part of a bundle")
    if MANIFEST not in names:
        raise _refused("its list of contents (manifest.json) is missing")
    if archive.comment or min(entry.header_offset for entry in entries):
        raise _refused("something else is hidden before or after it")
    for entry in entries:
        _refuse_packing(entry)


def _refuse_packing(entry: zipfile.ZipInfo) -> None:
    if entry.orig_filename != entry.filename:
        raise _refused(f"{entry.filename} in it is no plain file")
    if entry.flag_bits & 0x1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _refused(f"{entry.filename} in it is locked or packed in an unknown way")
    if entry.filename == MANIFEST and entry.file_size > MOST_MANIFEST:
        raise _refused("its list of contents is far too long")


# -- the manifest


class _Manifest:
    """The list of contents, each entry of the kind it has to be."""

    def __init__(self, content: bytes) -> None:
        self.told = _json(content)
        version = self._is("format", int)
        if version > FORMAT:
            raise CareerkitError(
                f"This bundle was made by a newer careerkit (format {version}; this one knows {FORMAT})."
                f" {NOTHING} Update careerkit, then receive it again."
            )
        if version != FORMAT or self._text("kind") not in KINDS:
            raise _refused("it says of itself that it is of a kind that there is not")
        self.tables = {str(table): self._note(table, note) for table, note in self._is("tables", dict).items()}
        if strange := next((table for table in self.tables if table not in RECORDS), None):
            raise _refused(f"it names a table {_short(strange)}, which no workbook has")

    def bundle(self, parts: dict[str, Part]) -> Bundle:
        """Return the bundle with the parts that were read."""
        sync = self.told["kind"] == SYNC
        return Bundle(
            kind=self.told["kind"],
            workbook=self._text("workbook"),
            author=self._text("author"),
            author_key=self._text("author_key"),
            made_at=self._moment("made_at"),
            parts=parts,
            recipient=self._text("recipient"),
            withheld=self._counts("withheld"),
            hidden={table: tuple(columns) for table, columns in self._lists("hidden").items()},
            knows=tuple(self._texts(self._is("knows", list), "knows")) if sync else (),
            undecided=tuple(self._place(each) for each in self._is("undecided", list)) if sync else (),
            pairing=self._text("pairing") if self.told["kind"] == CLIENT else "",
            mark=self._text("mark") if self.told["kind"] == COACH else "",
        )

    def _is(self, name: str, kind: type, within: Any = None) -> Any:
        value = (self.told if within is None else within).get(name)
        if type(value) is not kind:
            raise _refused(f"its list of contents has no {name} that can be read")
        return value

    def _text(self, name: str, within: Any = None) -> str:
        value: str = self._is(name, str, within)
        if len(value) > MOST_TEXT or not value.isprintable():
            raise _refused(f"its list of contents has no {name} that can be read")
        return value

    def _moment(self, name: str) -> str:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", self._text(name)):
            raise _refused(f"its list of contents has no {name} that can be read")
        return self._text(name)

    def _note(self, table: str, note: Any) -> dict[str, Any]:
        if not isinstance(note, dict):
            raise _refused(f"its list of contents says nothing about {_short(table)}")
        columns = self._texts(self._is("columns", list, note), "columns")
        if len(set(columns)) != len(columns) or "id" not in columns:
            raise _refused(f"its list of contents names the columns of {_short(table)} twice, or no id")
        return {
            "columns": columns,
            "rows": self._is("rows", int, note),
            "sha256": self._text("sha256", note),
            "whole": self._is("whole", bool, note),
        }

    def _texts(self, values: list[Any], name: str) -> list[str]:
        if not all(isinstance(value, str) and 0 < len(value) <= MOST_TEXT and value.isprintable() for value in values):
            raise _refused(f"its list of contents has no {name} that can be read")
        return list(values)

    def _lists(self, name: str) -> dict[str, list[str]]:
        found = self._is(name, dict)
        return {str(key): self._texts(self._is(key, list, found), name) for key in found}

    def _counts(self, name: str) -> dict[str, int]:
        found = self._is(name, dict)
        return {each: self._is(each, int, found) for each in self._texts(list(found), name)}

    def _place(self, value: Any) -> Place:
        if not isinstance(value, list) or len(value) != 3:
            raise _refused("its list of contents has no undecided that can be read")
        return Place(*self._texts(value, "undecided"))


def _json(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content.decode(), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise _refused("its list of contents cannot be read") from None
    if not isinstance(told, dict):
        raise _refused("its list of contents cannot be read")
    return told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


# -- the tables


def _part(table: str, note: dict[str, Any], content: bytes) -> Part:
    if hashlib.sha256(content).hexdigest() != note["sha256"]:
        raise _refused(f"{member(table)} is not what it was when the bundle was made")
    try:
        lines = list(csv.reader(io.StringIO(content.removeprefix(BOM).decode(), newline=""), strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise _refused(f"{member(table)} cannot be read ({error})") from error
    if not lines or lines[0] != note["columns"]:
        raise _refused(f"the columns of {member(table)} are not those that its list of contents names")
    rows = _rows(table, lines[0], lines[1:])
    if len(rows) != note["rows"]:
        raise _refused(f"{member(table)} holds {len(rows)} rows, and its list of contents says {note['rows']}")
    return Part(tuple(lines[0]), rows, note["whole"])


def _rows(table: str, columns: list[str], lines: list[list[str]]) -> dict[str, Texts]:
    rows: dict[str, Texts] = {}
    for line in lines:
        if len(line) != len(columns):
            raise _refused(f"a row of {member(table)} has {len(line)} cells where there are {len(columns)} columns")
        texts = dict(zip(columns, line, strict=True))
        key = texts["id"]
        if not key.strip() or len(key) > MOST_TEXT or not key.isprintable() or ";" in key or key in rows:
            raise _refused(f"{member(table)} holds {_short(key)} as the id of a row, which is blank, no id, or there twice")
        rows[key] = texts
    return rows


def _refused(why: str) -> CareerkitError:
    return CareerkitError(f"This bundle was not opened: {why}. {AGAIN}")


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:60]}…")
