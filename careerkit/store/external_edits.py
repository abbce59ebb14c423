"""What other programs did to the files: their edits taken in, rows that went away held, unreadable rows kept twice."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from careerkit.errors import CareerkitError, Problem
from careerkit.records import TIMES, Record
from careerkit.store.files import decoding, table_file
from careerkit.store.files.atomic import write_atomically
from careerkit.store.files.data_folder import DataFolder, Snapshot
from careerkit.store.files.table_file import BOM, Sheet, Texts
from careerkit.store.history.changed_rows import Vanished, differences, timestamp
from careerkit.store.history.journal import Journal
from careerkit.store.layout import SET_ASIDE

# A file that lost so many rows, and more than half of them, was more likely cut than edited.
MANY_ROWS = 5
SET_ASIDE_COLUMNS = ("set_aside_at", "file", "line", "reason", "row")


def take_in(data: DataFolder, journal: Journal, table: str, now: dt.datetime) -> Snapshot:
    """Return a table's file as it stands, after what was changed in it outside has been journalled.

    Rows typed outside get their times of creation; rows that went away are held; rows that cannot be read stay in the
    file and are copied, once each, to ``.careerkit/set_aside/<table>.csv``.

    Raises
    ------
    CareerkitError
        When the first line names no column, so that nothing can be told about the rows.
    """
    snapshot = data.snapshot(table)
    seen = journal.seen(table)
    if seen and seen[0] == snapshot.digest:
        snapshot.ours = seen[1]
        return snapshot
    data.compare(snapshot, journal.rows(table))
    loaded = data.loaded(table)
    if problem := unreadable_file(data, snapshot):
        raise CareerkitError(f"{problem} Until then nothing can be saved to this table.", [problem])
    if not snapshot.sheet.rows and not data.record(table).is_named_in(snapshot.sheet.header):
        _as_void(data, snapshot)
    keep_unreadable(data, snapshot, loaded.problems, now)
    stands = snapshot.sheet.all_texts()
    if seen is None:
        journal.seed(table, stands)
    _journal_edits(data, journal, snapshot, stands, now)
    # An unknown hash makes the next save compare again, should this one not come to write the file.
    journal.note(table, "" if snapshot.ahead else snapshot.digest, ours=False)
    return snapshot


def unreadable_file(data: DataFolder, snapshot: Snapshot) -> Problem | None:
    """Return why nothing at all of a file can be read, None when its columns are known."""
    problems, record = data.loaded(snapshot.table).problems, data.record(snapshot.table)
    return problems[0] if problems and problems[0].line == 1 and not record.is_named_in(snapshot.sheet.header) else None


def take_in_as_empty(data: DataFolder, journal: Journal, snapshot: Snapshot, now: dt.datetime) -> None:
    """Take a file in of which nothing can be read as one without rows; its content is put aside."""
    _as_void(data, snapshot)
    _journal_edits(data, journal, snapshot, {}, now)


def _as_void(data: DataFolder, snapshot: Snapshot) -> None:
    if snapshot.data.strip(b"\0\xef\xbb\xbf \t\r\n"):
        put_aside(data.folder, f"{snapshot.table}.unreadable.csv", snapshot.data)
    snapshot.sheet = Sheet([], [], [])
    snapshot.void = bool(snapshot.data)


def _journal_edits(data: DataFolder, journal: Journal, snapshot: Snapshot, stands: dict[str, Texts], now: dt.datetime) -> None:
    table = snapshot.table
    known = journal.rows(table)
    stamped = stamps(data.record(table), stands, known, now)
    gone = {key: texts for key, texts in known.items() if key not in stands}
    changes = differences(table, known, {**stands, **stamped})
    if stamped:
        snapshot.sheet = snapshot.sheet.applied(stamped.items(), data.record(table).fields)
        snapshot.ahead = True
    if changes:
        timed = f"; {len(stamped)} of them had no time of creation and got one" if stamped else ""
        journal.record("outside", f"changes made outside to {data.file_name(table)}{timed}", changes, now, applied=True)
        journal.hold_vanished(table, gone, now, known=len(known))


def stamps(record: type[Record], stands: dict[str, Texts], known: dict[str, Texts], now: dt.datetime) -> dict[str, Texts]:
    """Return the rows whose times are missing or cut, with those that are known, else now."""
    found = {}
    for key, texts in stands.items():
        before = known.get(key, {})
        if not texts.get("created_at", "").strip() or any(_is_cut(texts.get(name, ""), before.get(name, "")) for name in TIMES):
            given = {name: before.get(name) or texts.get(name, "").strip() or timestamp(now) for name in TIMES}
            found[key] = {**dict.fromkeys(record.fields, ""), **texts, **given}
    return found


def _is_cut(text: str, known: str) -> bool:
    # A file cut within its last cell keeps the beginning of the time; nobody types that.
    return text != known and known.startswith(text)


# -- rows that went away


def vanished(data: DataFolder, journal: Journal, now: dt.datetime) -> list[Vanished]:
    """Return the rows that went away outside and wait for an answer, those included that no save has noticed yet."""
    seen = journal.all_seen()
    changed = [table for table in seen if table in data.records and data.digest(table) != seen[table]]
    fresh = [one for table in changed for one in _just_gone(data, journal, table, now)]
    noticed = {(one.table, one.id) for one in fresh}
    held = [one for one in journal.vanished() if one.table in data.records and (one.table, one.id) not in noticed]
    snapshots = {table: data.snapshot(table) for table in {one.table for one in held}}
    return [*(one for one in held if one.id not in snapshots[one.table].sheet.places), *fresh]


def _just_gone(data: DataFolder, journal: Journal, table: str, now: dt.datetime) -> list[Vanished]:
    known, places = journal.rows(table), data.snapshot(table).sheet.places
    return [Vanished(table, key, texts, timestamp(now), len(known)) for key, texts in known.items() if key not in places]


def vanished_problems(data: DataFolder, gone: Sequence[Vanished]) -> list[Problem]:
    """Return a sentence for each row that went away, and one for a file that lost most of its rows at once."""
    together: dict[tuple[str, str], list[Vanished]] = {}
    for one in gone:
        together.setdefault((one.table, one.since), []).append(one)
    found = []
    for (table, since), rows in together.items():
        known = rows[0].known
        if 1 < known <= len(rows) or (known and len(rows) >= MANY_ROWS and 2 * len(rows) > known):
            found.append(_emptied(data.file_name(table), len(rows), known, since))
        else:
            found += [_one_gone(data, one) for one in rows]
    return found


def _emptied(file: str, lost: int, known: int, since: str) -> Problem:
    message = f"This file has lost {lost} of {max(lost, known)} rows since careerkit last saw it (found on {since[:10]})."
    remedy = "careerkit restore --vanished puts them back; if you meant it: careerkit restore --vanished --meant"
    return Problem(file, None, "", "", message, remedy)


def _one_gone(data: DataFolder, one: Vanished) -> Problem:
    called = data.record(one.table).label_of_texts(one.texts)
    message = f"{called} is no longer in this file; it was removed outside careerkit."
    remedy = f"careerkit restore --vanished --table {one.table} --id {one.id} puts it back; if you meant it, add --meant."
    return Problem(data.file_name(one.table), None, "id", one.id, message, remedy)


# -- rows that cannot be read


def raw_rows(snapshot: Snapshot, lines: Iterable[int]) -> dict[int, str]:
    """Return the text of the rows that begin on these lines, word for word."""
    text = io.StringIO(decoding.text_of(snapshot.data), newline="").readlines()
    begins = [*snapshot.sheet.lines, len(text) + 1]
    ends = dict(itertools.pairwise(begins))
    return {line: "".join(text[line - 1 : ends[line] - 1]).rstrip("\r\n") for line in lines if line in ends}


def keep_unreadable(data: DataFolder, snapshot: Snapshot, problems: Sequence[Problem], now: dt.datetime) -> None:
    """Copy the rows that cannot be read to ``.careerkit/set_aside``, each once, known again by its text."""
    reasons: dict[int, list[str]] = {}
    for problem in problems:
        if problem.line and problem.line > 1:
            reasons.setdefault(problem.line, []).append(problem.message)
    if not reasons:
        return
    rows = [
        (timestamp(now), data.file_name(snapshot.table), str(line), " ".join(reasons[line]), raw)
        for line, raw in raw_rows(snapshot, reasons).items()
    ]
    try:
        _append_set_aside(data.folder / SET_ASIDE / f"{snapshot.table}.csv", rows)
    except OSError as error:
        raise CareerkitError(
            f"Rows of {data.file_name(snapshot.table)} that cannot be read could not be copied to .careerkit/set_aside:"
            f" {error.strerror or error}. Nothing was saved; make room on the disk, then save again."
        ) from error


def _append_set_aside(place: Path, rows: Iterable[Sequence[str]]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    standing = place.read_bytes() if place.exists() else BOM + table_file.row_bytes([SET_ASIDE_COLUMNS])
    # Read word for word, without the care that tables get: what stands here is never rewritten, only added to.
    known = {row[-1] for row in csv.reader(io.StringIO(decoding.text_of(standing), newline="")) if row}
    added = [row for row in rows if row[-1] not in known]
    if added:
        write_atomically(place, standing + table_file.row_bytes(added))


def put_aside(folder: Path, name: str, data: bytes) -> Path:
    """Write a file's content to ``.careerkit/set_aside``, under another name where that one is taken, and return where."""
    place = folder / SET_ASIDE / name
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists() and place.read_bytes() != data:
        place = place.with_name(f"{place.stem} {table_file.digest(data)[:12]}{place.suffix}")
    write_atomically(place, data)
    return place


def without_fragments(sheet: Sheet, rows: Mapping[str, Texts]) -> Sheet:
    """Return a sheet without what a cut left of these rows: the id in a row of a wrong length, or the beginning of the row."""
    if "id" not in sheet.header:
        return sheet
    at, width = sheet.header.index("id"), len(sheet.header)
    whole = [[texts.get(name, "") for name in sheet.header] for texts in rows.values()]

    def is_fragment(row: list[str]) -> bool:
        if len(row) == width:
            return False
        begun = any(
            row[:-1] == cells[: len(row) - 1] and cells[len(row) - 1].startswith(row[-1]) for cells in whole if 0 < len(row) < width
        )
        return begun or (len(row) > at and row[at] in rows)

    kept = [place for place, row in enumerate(sheet.rows) if not is_fragment(row)]
    return Sheet(sheet.header, [sheet.rows[place] for place in kept], [sheet.lines[place] for place in kept])
