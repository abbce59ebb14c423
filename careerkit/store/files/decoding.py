"""Bytes to rows of text: encodings, separators, broken quotes, and other things that lie under a CSV's name."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from careerkit.errors import Problem
from careerkit.store.files import own_format, readings
from careerkit.store.files.own_format import BOM, Records, lines_of
from careerkit.store.files.raw_table import ALPHABET, Known

SEPARATORS = ",;\t|"
# The first stands where nothing tells which it is; the others count only when they bring back letters that are known.
ENCODINGS = ("cp1252", "cp1250", "mac_roman", "cp850", "mac_latin2", "cp1251", "cp1253", "cp1254", "cp1257", "cp932", "gb18030", "cp949")
OWN_ID = re.compile(f"k[{ALPHABET}]{{13,15}}")
# Those that write many letters alike, so that one name does not tell them apart.
NEIGHBOURS = frozenset(("cp1252", "cp1250", "cp1254", "cp1257"))
LOOK = "Check that the names are right; if not, save it again in its program as CSV UTF-8."
_WORD = re.compile(r"\w*[^\W\x00-\x7f]\w*")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[,;\t|]*(?:\r\n|\r|\n)', re.IGNORECASE)
_ESCAPED = re.compile("[\udc80-\udcff]")
_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in range(128, 256)}

DISGUISES = {
    "a spreadsheet program's own workbook": re.compile(rb"PK\x03\x04|\xd0\xcf\x11\xe0"),
    "a web page": re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|\?xml|table|head|meta)", re.IGNORECASE),
    "a word processor's document": re.compile(rb"\{\\rtf"),
}

ColumnFinder = Callable[[str], str | None]


@dataclass
class Raw:
    """A file's rows before anything is known of their columns.

    Parameters
    ----------
    records : list of tuple
        The line on which each begins, and its cells; rows without any text are left out.
    separator, encoding : str
        What stands between its cells, and how its letters are written.
    foreign : bool
        Whether something of its form is not as careerkit writes it.
    whole : bool
        Whether its last line is closed by a line end.
    """

    records: Records
    separator: str = ","
    encoding: str = "utf-8"
    foreign: bool = False
    whole: bool = True
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(data: bytes, find_column: ColumnFinder, known: Known, file: str) -> Raw:
    """Return the rows of a file in whatever form a program or a person left it.

    Parameters
    ----------
    find_column : callable
        A header's text to the column it names, None where it names none.
    known : mapping
        The rows last seen, by id; they tell which encoding it is.
    """
    own = _in_own_form(data, known)
    if own is not None:
        return Raw(_filled(own))
    for kind, pattern in DISGUISES.items():
        if pattern.match(data):
            message = f"This is {kind} with a CSV's name."
            remedy = "Open it in the program that made it and save it as CSV UTF-8 under this name."
            return Raw([], foreign=True, problems=[Problem(file, 1, "", "", message, remedy)])
    raw = Raw([])
    text = _text(data, known, raw, file)
    skipped = _SEPARATOR_LINE.match(text)
    body = text[skipped.end() :] if skipped else text
    raw.separator = skipped.group(1) if skipped and skipped.group(1) in SEPARATORS else _separator(body, find_column)
    raw.records = _filled(_records(body, raw.separator, known))
    unwrapped = _unwrapped(body, raw, find_column)
    if unwrapped is not None:
        raw.separator, raw.foreign, raw.records = ",", True, unwrapped
        raw.notes.append(f"{file}: each line was in one cell, and was split at its commas.")
    elif raw.separator != ",":
        raw.notes.append(f"{file}: its cells are separated by {_called(raw.separator)}.")
    first = body[: body.find("\n") + 1]
    raw.foreign |= bool(skipped) or raw.separator != "," or not data.startswith(BOM) or "\r" in first or "\n" not in first
    raw.whole = body.endswith(("\n", "\r"))
    if skipped:
        raw.records = [(line + 1, cells) for line, cells in raw.records]
    return raw


def _in_own_form(data: bytes, known: Known) -> Records | None:
    """Return the rows of a file that is to the byte as careerkit writes it, None where it is not, or hides a known row in a text."""
    records = own_format.records(data)
    if not records or not known:
        return records
    lines = lines_of(data[len(BOM) :].decode("utf-8"))
    swallowed = _Swallowed(lines, ",", known)
    ends = [*(line - 1 for line, _ in records[1:]), len(lines)]
    # Two quotes that a person took out may leave a file that looks whole; a row that is missed tells it.
    hidden = (swallowed.missed(swallowed.rows(line - 1, end)) for (line, _), end in zip(records, ends, strict=True))
    return records if all(place is None for place in hidden) else None


def _called(separator: str) -> str:
    return "tabs" if separator == "\t" else separator


# -- letters


def text_of(data: bytes, known: Known | None = None) -> str:
    """Return a file's text, in the encoding that its bytes or the rows last seen show; cp1252 where they show none."""
    return _text(data, known or {}, Raw([]), "")


def _text(data: bytes, known: Known, raw: Raw, file: str) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if marked or (encoding := _without_a_mark(data)):
        raw.foreign = True
        text = data.decode("utf-16" if marked else encoding, errors="replace")
        raw.notes.append(f"{file}: its encoding is UTF-16.")
        _tell_lost(text, raw, file)
        return text
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raw.foreign = True
    words = {word for row in known.values() for text in row.values() if not text.isascii() for word in _WORD.findall(text)}
    if data.startswith(BOM):
        return _with_single_letters_mended(data, raw, file)
    text = _by_known_words(data, words, raw, file)
    return text or (_with_single_letters_mended(data, raw, file) if _is_mostly_utf8(data) else _by_its_line_ends(data, raw, file))


def _without_a_mark(data: bytes) -> str:
    head = data[:400]
    if len(head) < 8 or head.count(0) < len(head) * 0.4:
        return ""
    odd, even = head[1::2].count(0), head[::2].count(0)
    return "utf-16-le" if odd > 4 * even else "utf-16-be" if even > 4 * odd else ""


def _tell_lost(text: str, raw: Raw, file: str) -> None:
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raw.problems.append(Problem(file, line, "", "\ufffd", "The file ends in the middle of a letter here.", "Check this row."))


def _is_mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "surrogateescape")
    bad = len(_ESCAPED.findall(text))
    return sum(not letter.isascii() for letter in text) - bad > bad


def _with_single_letters_mended(data: bytes, raw: Raw, file: str) -> str:
    """Return the text of a file that is UTF-8 but for a few letters."""
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    lines = {text.count("\n", 0, found.start()) + 1 for found, _ in zip(_ESCAPED.finditer(text), range(50), strict=False)}
    for line in sorted(lines):
        said = "A letter on this line is not UTF-8; it was read as Windows writes it."
        raw.problems.append(Problem(file, line, "", "", said, "Check that the words in this row are right, and correct them here."))
    return text.translate(_WINDOWS)


def _by_known_words(data: bytes, words: set[str], raw: Raw, file: str) -> str:
    """Return the text in the encoding that brings back the words that are known, '' when none does."""
    wanted = words | readings.OWN_WORDS
    found: dict[str, tuple[int, str]] = {}
    for encoding in (*ENCODINGS, "utf-8"):
        text = data.decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")
        found[encoding] = (len(wanted.intersection(_WORD.findall(text))), text)
    most = max(hits for hits, _ in found.values())
    best = [encoding for encoding, (hits, _) in found.items() if hits == most]
    if not most or best == ["utf-8"]:
        return ""
    raw.encoding, text = best[0], found[best[0]][1]
    if len({found[encoding][1] for encoding in best if encoding in NEIGHBOURS}) > 1:
        said = f"Its encoding may be {' or '.join(best)}; it was read as {raw.encoding}."
        raw.problems.append(Problem(file, None, "", "", said, LOOK))
    else:
        raw.notes.append(f"{file}: its encoding is {raw.encoding}, as the words of known rows show.")
    return text


def _by_its_line_ends(data: bytes, raw: Raw, file: str) -> str:
    raw.encoding = "mac_roman" if b"\n" not in data and b"\r" in data else "cp1252"
    said = f"Its encoding isn't UTF-8, and nothing shows which it is; it was read as {raw.encoding}."
    raw.problems.append(Problem(file, None, "", "", said, LOOK))
    return data.decode(raw.encoding) if raw.encoding == "mac_roman" else data.decode("ascii", "surrogateescape").translate(_WINDOWS)


# -- separators


def _separator(text: str, find_column: ColumnFinder) -> str:
    def named(separator: str) -> int:
        return sum(find_column(cell) is not None for cell in _first(text, separator))

    best = max(SEPARATORS, key=named)
    if named(best):
        return best
    head = text[:20_000].split("\n", 1)[0] or text[:20_000]
    return max(SEPARATORS, key=head.count)


def _first(text: str, separator: str) -> list[str]:
    return next((cells for cells in own_format.reader(io.StringIO(text, newline=""), separator) if any(map(str.strip, cells))), [])


def _filled(records: Records) -> Records:
    return [(line, cells) for line, cells in records if any(map(str.strip, cells))]


def _unwrapped(text: str, raw: Raw, find_column: ColumnFinder) -> Records | None:
    """Return the rows of a file whose lines a spreadsheet with other separators took for one cell each."""
    header = raw.records[0][1] if raw.records else []
    if len(header) > 1 and not header[-1].endswith((";", "\t")) and all(len(cells) == len(header) for _, cells in raw.records):
        return None
    for wrap in ";\t":
        lines = [wrap.join(row).rstrip(wrap) if len(row) > 1 else "".join(row) for row in own_format.reader(lines_of(text), wrap)]
        rows = _filled(_records("\n".join(lines), ",", {}))
        named = sum(find_column(cell) is not None for cell in rows[0][1]) if rows else 0
        if named > 1 and all(len(row) == len(rows[0][1]) for _, row in rows) and not _swallows(rows, raw, len(header)):
            return rows
    return None


def _swallows(rows: Records, raw: Raw, width: int) -> bool:
    """Say whether a row that stands well as it is would become part of another's text."""
    standing = {cells[0] for _, cells in raw.records if len(cells) == width > 1}
    return not standing <= {cells[0] for _, cells in rows}


# -- rows, also those behind a quote that was never closed


def _records(text: str, separator: str, known: Known) -> Records:
    """Return every record with the line it begins on; a stray quote costs the row it stands in, not those below."""
    lines = lines_of(text)
    swallowed = _Swallowed(lines, separator, known)
    found: Records = []
    start = offset = 0
    reader = own_format.reader(_from(lines, 0), separator)
    while (cells := next(reader, None)) is not None:
        ends = offset + reader.line_num
        own_line = swallowed.row(start, ends, len(cells)) if ends - start > 1 else None
        if own_line is not None:
            cells = ["".join(lines[start:own_line]).rstrip("\r\n")]
            offset = ends = own_line
            reader = own_format.reader(_from(lines, own_line), separator)
        found.append((start + 1, cells))
        swallowed.width = swallowed.width or len(cells)
        start = ends
    return found


def _from(lines: list[str], start: int) -> Iterator[str]:
    return (lines[place] for place in range(start, len(lines)))


class _Swallowed:
    """Finds a row that was taken for text, because a quote above it was not closed."""

    def __init__(self, lines: list[str], separator: str, known: Known) -> None:
        self.lines, self.separator, self.known = lines, separator, known
        self.width = 0

    def row(self, start: int, ends: int, width: int) -> int | None:
        """Return the first line within a record of several lines on which a row of its own begins."""
        rows = self.rows(start, ends)
        if not rows:
            return None
        if width != self.width or not self._valid(start, ends):
            return rows[0]
        # A well-shaped record with a row inside is believed, unless that row is known and stands nowhere else.
        return self.missed(rows)

    def rows(self, start: int, ends: int) -> list[int]:
        """Return the lines within a record of several lines that look as if a row began there."""
        return [place for place in range(start + 1, ends) if self._begins(self.lines[place])]

    def missed(self, rows: list[int]) -> int | None:
        """Return the first of these lines whose row is known and stands nowhere else."""
        return next((place for place in rows if self._counts.get(self._key(self.lines[place])) == 1), None)

    def _key(self, line: str) -> str:
        return line.split(self.separator, 1)[0].strip('"\r\n')

    def _begins(self, line: str) -> bool:
        key = self._key(line)
        return self.separator in line and (key in self.known or OWN_ID.fullmatch(key) is not None)

    def _valid(self, start: int, ends: int) -> bool:
        try:
            list(csv.reader(self.lines[start:ends], delimiter=self.separator, strict=True))
        except csv.Error:
            return False
        return True

    @cached_property
    def _counts(self) -> dict[str, int]:
        return Counter(key for key in map(self._key, self.lines) if key in self.known)
