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
from collections.abc import Callable, Mapping
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
Check = Callable[[Any], bool]
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
    manifest = _manifest(files.pop(MANIFEST))
    wanted = {member(table): table for table in manifest["tables"]}
    if extra := sorted(files.keys() - wanted.keys()):
        raise _refused(f"it holds {extra[0]}, which isn't in its list of contents")
    if missing := sorted(wanted.keys() - files.keys()):
        raise _refused(f"{missing[0]} is missing, which its list of contents names")
    return _bundle(manifest, {table: _part(table, entry, files[member(table)]) for table, entry in manifest["tables"].items()})


# -- the zip


def _files(content: bytes) -> dict[str, bytes]:
    if len(content) > MOST_BYTES:
        raise _refused("it is far too large to be a bundle")
    if not zip_members.is_zip(content):
        raise CareerkitError(f"This file isn't a careerkit bundle. {NOTHING} Choose the file that the other side made with careerkit.")
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
        raise _refused(f"it holds {_short(strange)}, which does not belong in a bundle")
    if MANIFEST not in names:
        raise _refused("its list of contents (manifest.json) is missing")
    if archive.comment or min(entry.header_offset for entry in entries):
        raise _refused("something else is hidden before or after it")
    for entry in entries:
        _refuse_packing(entry)


def _refuse_packing(entry: zipfile.ZipInfo) -> None:
    if entry.orig_filename != entry.filename:
        raise _refused(f"{entry.filename} in it is not a plain file")
    if entry.flag_bits & 0x1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _refused(f"{entry.filename} in it is locked or packed in an unknown way")
    if entry.filename == MANIFEST and entry.file_size > MOST_MANIFEST:
        raise _refused("its list of contents is far too long")


# -- the manifest


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MOST_TEXT and value.isprintable()


def _is_moment(value: Any) -> bool:
    return _is_text(value) and re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", value) is not None


def _is_count(value: Any) -> bool:
    # A bool is an int too, and 1.0 equals 1.
    return type(value) is int


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(each and _is_text(each) for each in value)


def _maps_to(fits: Check) -> Check:
    return lambda value: isinstance(value, dict) and _are_names(list(value)) and all(fits(each) for each in value.values())


def _are_places(value: Any) -> bool:
    return isinstance(value, list) and all(_are_names(each) and len(each) == 3 for each in value)


ENTRIES: dict[str, Check] = {
    "kind": _is_text,
    "workbook": _is_text,
    "author": _is_text,
    "author_key": _is_text,
    "recipient": _is_text,
    "made_at": _is_moment,
    "tables": lambda value: isinstance(value, dict),
    "withheld": _maps_to(_is_count),
    "hidden": _maps_to(_are_names),
}
ENTRIES_OF_KIND: dict[str, dict[str, Check]] = {
    CLIENT: {"pairing": _is_text},
    COACH: {"mark": _is_text},
    SYNC: {"knows": _are_names, "undecided": _are_places},
}
ENTRIES_OF_TABLE: dict[str, Check] = {
    "columns": _are_names,
    "rows": _is_count,
    "sha256": _is_text,
    "whole": lambda value: isinstance(value, bool),
}


def _manifest(content: bytes) -> dict[str, Any]:
    """Return the list of contents, each entry of the type it has to be."""
    try:
        manifest = json.loads(content.decode(), object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        raise _refused("its list of contents cannot be read") from None
    if not isinstance(manifest, dict):
        raise _refused("its list of contents cannot be read")
    _refuse_unfit(manifest, {"format": _is_count})
    if manifest["format"] > FORMAT:
        raise CareerkitError(
            f"This bundle was made by a newer careerkit (format {manifest['format']}; this one knows {FORMAT})."
            f" {NOTHING} Update careerkit, then receive it again."
        )
    _refuse_unfit(manifest, ENTRIES)
    if manifest["format"] != FORMAT or manifest["kind"] not in KINDS:
        raise _refused("it is of an unknown kind")
    _refuse_unfit(manifest, ENTRIES_OF_KIND.get(manifest["kind"], {}))
    for table, entry in manifest["tables"].items():
        _refuse_table(table, entry)
    return manifest


def _refuse_unfit(entries: Mapping[str, Any], checks: Mapping[str, Check]) -> None:
    if unfit := next((name for name, fits in checks.items() if not fits(entries.get(name))), None):
        raise _refused(f"its list of contents has no {unfit} that can be read")


def _refuse_table(table: str, entry: Any) -> None:
    if not isinstance(entry, dict):
        raise _refused(f"its list of contents says nothing about {_short(table)}")
    _refuse_unfit(entry, ENTRIES_OF_TABLE)
    columns = entry["columns"]
    if len(set(columns)) != len(columns) or "id" not in columns:
        raise _refused(f"its list of contents names the columns of {_short(table)} twice, or no id")
    if table not in RECORDS:
        raise _refused(f"it names a table {_short(table)}, which no workbook has")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name appears twice")
    return dict(pairs)


def _bundle(manifest: Mapping[str, Any], parts: Mapping[str, Part]) -> Bundle:
    known = {*ENTRIES, *ENTRIES_OF_KIND.get(manifest["kind"], {})} - {"tables"}
    values = {name: manifest[name] for name in known}
    values["hidden"] = {table: tuple(columns) for table, columns in manifest["hidden"].items()}
    if manifest["kind"] == SYNC:
        values |= {"knows": tuple(manifest["knows"]), "undecided": tuple(Place(*each) for each in manifest["undecided"])}
    return Bundle(parts=parts, **values)


# -- the tables


def _part(table: str, entry: Mapping[str, Any], content: bytes) -> Part:
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise _refused(f"{member(table)} is not what it was when the bundle was made")
    try:
        lines = list(csv.reader(io.StringIO(content.removeprefix(BOM).decode(), newline=""), strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise _refused(f"{member(table)} cannot be read ({error})") from error
    if not lines or lines[0] != entry["columns"]:
        raise _refused(f"the columns of {member(table)} are not those that its list of contents names")
    rows = _rows(table, lines[0], lines[1:])
    if len(rows) != entry["rows"]:
        raise _refused(f"{member(table)} holds {len(rows)} rows, and its list of contents says {entry['rows']}")
    return Part(tuple(lines[0]), rows, entry["whole"])


def _rows(table: str, columns: list[str], lines: list[list[str]]) -> dict[str, Texts]:
    rows: dict[str, Texts] = {}
    for line in lines:
        if len(line) != len(columns):
            raise _refused(f"a row of {member(table)} has {len(line)} cells where there are {len(columns)} columns")
        texts = dict(zip(columns, line, strict=True))
        key = texts["id"]
        if not key.strip() or len(key) > MOST_TEXT or not key.isprintable() or ";" in key or key in rows:
            raise _refused(f"{member(table)} holds {_short(key)} as the id of a row, which is blank, no id, or appears twice")
        rows[key] = texts
    return rows


def _refused(why: str) -> CareerkitError:
    return CareerkitError(f"This bundle was not opened: {why}. {AGAIN}")


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:60]}…")
