"""What a spreadsheet program or a text editor did to a table's file: its columns and rows found again, its cells mended.

What is certain is mended and noted, what can be read in several ways is asked about, and where the meaning is gone the text
last seen is kept and told. Nothing here opens a file.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass, field

from careerkit.errors import Problem
from careerkit.records import Record
from careerkit.records.fields import Date, Flag, Moment, Number
from careerkit.store.files import readings
from careerkit.store.files.cells import Cells
from careerkit.store.files.decoding import ColumnFinder, Raw
from careerkit.store.files.raw_table import Known, Sheet, unique

# As alike as "titel" and "title"; and the part of the known rows that must agree before a renamed column is believed.
ALIKE = 0.75
AGREEING = 0.8


@dataclass(frozen=True)
class Interpretation:
    """A file's rows once understood.

    Parameters
    ----------
    sheet : Sheet
        The rows, in careerkit's form where that is certain.
    problems : list of Problem
        What is asked, and where the known text was kept.
    notes : list of str
        What was mended, in sentences.
    asked : frozenset of tuple
        Row and column of each cell that can be read in several ways; it stays word for word and counts as blank.
    """

    sheet: Sheet
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: frozenset[tuple[int, str]] = frozenset()


def column_finder(record: type[Record]) -> ColumnFinder:
    """Return how a header's text is known again as a column: in any case, with spaces, or by what the form calls it."""
    names = {_plain(field.label): name for name, field in record.fields.items()} | {_plain(name): name for name in record.fields}
    return lambda text: names.get(_plain(text))


def _plain(text: str) -> str:
    # A byte order mark that was read in another encoding, or cut, stands before the first name.
    return re.sub(r"\W+", "_", text.casefold().removeprefix("ï»¿")).strip("_")


def match_columns(raw: Raw, record: type[Record], known: Known, file: str, dates: str = "") -> Interpretation:
    """Return a file's rows with what a spreadsheet did to them undone where that is certain.

    Parameters
    ----------
    raw : Raw
        The file's rows of text.
    record : type of Record
        What a row is.
    known : mapping
        The rows last seen, id to column to text; empty where nothing is known.
    file : str
        What problems call the file.
    dates : str
        ``day-first`` or ``month-first``, where a person has said it.
    """
    result = Interpretation(Sheet([], [], [], raw.foreign, raw.encoding), list(raw.problems), list(raw.notes))
    if not raw.records:
        return result
    sheet = _headed(raw, record, known, file, result)
    if not record.is_named_in(sheet.header):
        return Interpretation(sheet.with_ids(record.table), result.problems, result.notes)
    if "id" not in sheet.header and known:
        sheet = _identified(sheet, record, known, file, result)
    sheet = _shaped(sheet, raw, record, known).with_ids(record.table)
    sheet = _renamed(sheet, record, known, file, result)
    sheet = _restored(sheet, record, known, file, result)
    cells = Cells(sheet, record, known, file, dates)
    cells.mend()
    return Interpretation(sheet, [*result.problems, *cells.problems], [*result.notes, *cells.notes], frozenset(cells.asked))


def word_for_word(raw: Raw, table: str) -> Sheet:
    """Return a file's rows as they stand, for a file whose table is not known."""
    if not raw.records:
        return Sheet([], [], [], raw.foreign, raw.encoding)
    (_, header), *others = raw.records
    names = unique(name.strip() for name in header)
    sheet = Sheet(names, [cells for _, cells in others], [line for line, _ in others], raw.foreign, raw.encoding)
    return sheet.with_ids(table)


# -- the header


def _headed(raw: Raw, record: type[Record], known: Known, file: str, result: Interpretation) -> Sheet:
    place = _header_place(raw, record)
    if place:
        result.notes.append(f"{file}: the column names were on line {raw.records[place][0]}, below other rows.")
    others = raw.records[:place] + raw.records[place + 1 :]
    header, width = _without_padding(raw.records[place][1], [cells for _, cells in others])
    # In careerkit's own form a blank cell too many is what keeps a row that cannot be read apart from the others.
    rows = [cells[:width] if raw.foreign and not any(map(str.strip, cells[width:])) else [*cells] for _, cells in others]
    names = _names(header, record, known)
    changed = [f"{old!r} as {new}" for old, new in zip(header, names, strict=True) if old.strip() != new]
    if changed:
        result.notes.append(f"{file}: columns were recognised: {', '.join(changed)}.")
    return Sheet(unique(names), rows, [line for line, _ in others], raw.foreign, raw.encoding)


def _header_place(raw: Raw, record: type[Record]) -> int:
    """Return which record names the columns; sorting a sheet with its header carries it down."""
    find, own = column_finder(record), record.own_fields()
    if any(find(cell) in own for cell in raw.records[0][1]):
        return 0
    for place, (_, cells) in enumerate(raw.records):
        if "id" in cells and "created_at" in cells and sum(cell in own for cell in cells) > 1:
            return place
    return 0


def _without_padding(header: list[str], rows: list[list[str]]) -> tuple[list[str], int]:
    width = len(header)
    while width and not header[width - 1].strip() and not any(len(row) >= width and row[width - 1].strip() for row in rows):
        width -= 1
    return header[:width], width


def _names(header: list[str], record: type[Record], known: Known) -> list[str]:
    find = column_finder(record)
    own = {_plain(name): name for name in _columns(known) if name not in record.fields}
    names = [name.strip() for name in header]
    for place, name in enumerate(names):
        meant = name if name in record.fields else find(name) or own.get(_plain(name))
        if meant and meant not in names:
            names[place] = meant
    return names


# -- rows


def _identified(sheet: Sheet, record: type[Record], known: Known, file: str, result: Interpretation) -> Sheet:
    """Return the sheet with the ids of rows that their other cells prove to be known ones."""
    texts = [name for name in sheet.header if not isinstance(record.fields.get(name), (Date, Moment, Number, Flag))]
    by_texts: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, row in known.items():
        by_texts[tuple(row.get(name, "") for name in texts)].append(key)
    found: dict[str, list[int]] = defaultdict(list)
    for place, row_cells in enumerate(sheet.rows):
        if len(row_cells) == len(sheet.header):
            cells = dict(zip(sheet.header, row_cells, strict=True))
            alike = by_texts.get(tuple(cells[name] for name in texts), [])
            meant = [key for key in alike if all(_agrees(cells[name], known[key].get(name, "")) for name in cells)]
            if len(meant) == 1:
                found[meant[0]].append(place)
    ids = {places[0]: key for key, places in found.items() if len(places) == 1}
    said = f"The column id is missing. {len(ids)} of {len(sheet.rows)} rows were recognised by their other cells; the rest count as new."
    result.problems.append(Problem(file, 1, "id", "", said, "The next save writes the ids back. Leave that column as it is next time."))
    rows = [[ids.get(place, ""), *row] for place, row in enumerate(sheet.rows)]
    return Sheet(["id", *sheet.header], rows, sheet.lines, sheet.foreign, sheet.encoding)


def _agrees(cell: str, known: str) -> bool:
    return cell == known or readings.same(cell, known)


def _shaped(sheet: Sheet, raw: Raw, record: type[Record], known: Known) -> Sheet:
    """Return the sheet with rows of another length mended where the known row, or the program that saved it, explains them."""
    header, width = sheet.header, len(sheet.header)
    at = header.index("id") if "id" in header else width
    rows = sheet.rows
    for place, row in enumerate(rows):
        key = row[at].strip() if len(row) > at else ""
        if key not in known:
            continue
        row[at] = key
        before = [known[key].get(name, "") for name in header]
        if len(row) != width and raw.separator.join(row) == raw.separator.join(before):
            rows[place] = before
        elif len(row) < width and not any(before[len(row) :]) and row[-1] == before[len(row) - 1]:
            rows[place] = [*row, *before[len(row) :]]
    short = [place for place, row in enumerate(rows) if len(row) != width]
    if len(short) < len(rows) and all(_left_open(place, sheet, raw, record) for place in short):
        for place in short:
            rows[place] = [*rows[place], *[""] * (width - len(rows[place]))]
    return Sheet(header, rows, sheet.lines, sheet.foreign, sheet.encoding)


def _left_open(place: int, sheet: Sheet, raw: Raw, record: type[Record]) -> bool:
    """Say whether a short row may be a new one, whose last separators Excel leaves out; it must be no piece of a broken row."""
    cells = dict(zip(sheet.header, sheet.rows[place], strict=False))
    needed = [name for name, field in record.fields.items() if field.required]
    is_new = len(sheet.rows[place]) < len(sheet.header) and "id" in cells and not cells["id"].strip()
    whole = raw.whole or place < len(sheet.rows) - 1
    return raw.separator in ";\t" and is_new and whole and all(cells.get(name, "").strip() for name in needed)


# -- columns


def _renamed(sheet: Sheet, record: type[Record], known: Known, file: str, result: Interpretation) -> Sheet:
    """Return the sheet with columns under their old names where their cells prove them to be the same."""
    missing, strange = _missing(sheet, record, known), _strange(sheet, record, known)
    pairs = [(old, new) for old in missing for new in strange if _same_column(sheet, known, old, new)]
    header = list(sheet.header)
    for old, new in pairs:
        if sum(old == other for other, _ in pairs) == sum(new == other for _, other in pairs) == 1:
            header[header.index(new)] = old
            result.notes.append(f"{file}: the column {new} holds what {old} held, and was read as {old}.")
    if not known:
        result.problems.extend(_asked_names(record, missing, strange, file))
    return Sheet(header, sheet.rows, sheet.lines, sheet.foreign, sheet.encoding)


def _missing(sheet: Sheet, record: type[Record], known: Known) -> list[str]:
    return [name for name in dict.fromkeys([*record.fields, *_columns(known)]) if name not in sheet.header]


def _strange(sheet: Sheet, record: type[Record], known: Known) -> list[str]:
    own = _columns(known)
    return [name for name in sheet.header if name and name not in record.fields and name not in own]


def _columns(known: Known) -> dict[str, None]:
    # Nearly all rows have the same columns, so that looking at the set of each tuple once is enough.
    return dict.fromkeys(name for names in dict.fromkeys(map(tuple, known.values())) for name in names)


def _same_column(sheet: Sheet, known: Known, old: str, new: str) -> bool:
    at = sheet.header.index(new)
    cells = [(sheet.rows[place][at], known[key].get(old, "")) for key, place in sheet.places.items() if key in known]
    filled = [(cell, before) for cell, before in cells if before]
    agreeing = [before for cell, before in filled if _agrees(cell, before)]
    enough = len(agreeing) > 1 or any(len(before) > 3 for before in agreeing)
    return enough and len(agreeing) >= AGREEING * len(filled)


def _asked_names(record: type[Record], missing: list[str], strange: list[str], file: str) -> list[Problem]:
    found = []
    for new in strange:
        for old in difflib.get_close_matches(_plain(new), missing, n=1, cutoff=ALIKE):
            said = f"This column is unknown, and {old} is missing. If they are the same, its cells aren't read."
            found.append(Problem(file, 1, new, new, said, f"Rename it to {old}, or give your own column a less similar name."))
    return found


def _restored(sheet: Sheet, record: type[Record], known: Known, file: str, result: Interpretation) -> Sheet:
    """Return the sheet with the known values of columns that are missing; taking a column out deletes nothing."""
    places = {place: known[key] for key, place in sheet.places.items() if key in known}
    back = [name for name in _missing(sheet, record, known) if name != "id" and any(row.get(name) for row in places.values())]
    if not back:
        return sheet
    width = len(sheet.header)
    rows = [
        [*row, *(places.get(place, {}).get(name, "") for name in back)] if len(row) == width else [*row, *[""] * len(back)]
        for place, row in enumerate(sheet.rows)
    ]
    for name in back:
        said = f"The column {name} is missing. Its {sum(bool(row.get(name)) for row in places.values())} known values are kept."
        remedy = "The next save writes them back. To remove them, empty the cells and keep the column's name."
        result.problems.append(Problem(file, 1, name, "", said, remedy))
    return Sheet([*sheet.header, *back], rows, sheet.lines, sheet.foreign, sheet.encoding)
