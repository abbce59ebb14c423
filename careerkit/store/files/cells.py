"""The cells of a file that a spreadsheet program saved, set against the rows last seen: mended, asked about, or kept as known."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from careerkit.errors import Problem
from careerkit.records import Record
from careerkit.records.fields import Date, Field, Flag, Moment, Number
from careerkit.store.files import readings
from careerkit.store.files.raw_table import Known, Sheet

# Beyond this many of a kind in a column, the rest is one sentence.
SINGLY = 20
DAY_WAYS = {readings.DAY_FIRST: "day first", readings.MONTH_FIRST: "month first"}

_OWN_FORM = {
    "day": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "moment": re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z"),
    "flag": re.compile("true|false"),
}
_THOUSANDS = re.compile(r"-?\d{1,3}\.\d{3}")
_OWN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


@dataclass
class Cells:
    """What was found in the cells of a sheet; its rows are mended in place.

    Attributes
    ----------
    asked : set of tuple
        Row and column of each cell that can be read in several ways; it stays as it is and counts as blank.
    """

    sheet: Sheet
    record: type[Record]
    known: Known
    file: str
    dates: str = ""
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: set[tuple[int, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        width = len(self.sheet.header)
        at = self.sheet.header.index("id")
        self._rows = [place for place, row in enumerate(self.sheet.rows) if len(row) == width]
        self._known = {place: self.known[key] for place in self._rows if (key := self.sheet.rows[place][at]) in self.known}
        self._shown: dict[str, set[str]] = defaultdict(set)
        self._open: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
        self._mended: Counter[str] = Counter()
        self._lost: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        self._spreadsheet = self.sheet.foreign or self._changed_its_words()

    def mend(self) -> None:
        """Go through every column."""
        for name in self.sheet.header:
            kind = self.record.fields.get(name)
            if name == "id":
                continue
            if isinstance(kind, (Date, Moment, Number, Flag)):
                self._values(name, kind)
            else:
                self._texts(name)
        for name in list(self._open):
            self._decide(name, self.record.fields[name])
        for name, lost in self._lost.items():
            self.problems += self._lost_problems(name, lost)
        if self._mended:
            told = ", ".join(f"{count} in {name}" for name, count in self._mended.items())
            self.notes.append(f"{self.file}: cells that another program had rewritten in its own format were converted back: {told}.")

    def _changed_its_words(self) -> bool:
        """Say whether known booleans stand in a spreadsheet's spelling; no text editor does that to a file."""
        for name in self.sheet.header:
            if isinstance(self.record.fields.get(name), Flag):
                at = self.sheet.header.index(name)
                for place, known in self._known.items():
                    cell = self.sheet.rows[place][at]
                    if cell != known.get(name) and known.get(name) in ("true", "false") and readings.boolean(cell) is not None:
                        return True
        return False

    # -- texts

    def _texts(self, name: str) -> None:
        at = self.sheet.header.index(name)
        for place in self._rows:
            row = self.sheet.rows[place]
            known = self._known.get(place, {}).get(name, "")
            if row[at] == known:
                continue
            if known and self._spreadsheet and readings.same(row[at], known):
                self._set(place, name, known)
            elif self._emptied(row[at], known):
                self._keep(place, name, known)
            elif self._spreadsheet and (readings.is_error(row[at]) or readings.is_cut_to_a_power(row[at])):
                said = f"{row[at]!r} is what a spreadsheet shows when it has lost the text."
                self._report(place, name, said, "Type it again.")

    def _emptied(self, cell: str, known: str) -> bool:
        if not known:
            return False
        if readings.is_error(cell):
            return not readings.is_error(known)
        return self._spreadsheet and readings.emptied(cell, known, self.sheet.encoding)

    # -- days, numbers, yes and no

    def _values(self, name: str, kind: Field) -> None:
        at = self.sheet.header.index(name)
        own = _OWN_FORM.get(kind.kind, _OWN_NUMBER)
        for place in self._rows:
            cell = self.sheet.rows[place][at]
            known = self._known.get(place, {}).get(name, "")
            if not cell.strip() or (own.fullmatch(cell) and (cell == known or not _in_doubt(kind, cell, known))):
                continue
            read = _readings(kind, cell)
            if own.fullmatch(known) and (ways := _agreeing(kind, read, known)):
                self._shown[name].update(ways if len(set(read.values())) > 1 else ())
                self._set(place, name, known)
            elif own.fullmatch(known) and readings.emptied(cell, known):
                self._keep(place, name, known)
            elif len(set(read.values())) == 1:
                self._shown[name].update(read)
                self._open[name].append((place, read))
            elif read:
                self._open[name].append((place, read))

    def _decide(self, name: str, kind: Field) -> None:
        """Read the cells of a column that known rows do not explain, in the way that other cells show."""
        ways = self._ways(name, kind)
        unclear = []
        for place, read in self._open[name]:
            values = {read[way] for way in ways if way in read} or set(read.values())
            if len(values) > 1 and isinstance(kind, Number) and readings.COMMA not in ways and self._is_own_number(place, name):
                values = {read[readings.POINT]}
            if len(values) == 1:
                self._write(place, name, kind, values.pop())
            else:
                unclear.append((place, read))
        if unclear:
            self.asked |= {(place, name) for place, _ in unclear}
            self.problems.append(self._question(name, kind, unclear))

    def _ways(self, name: str, kind: Field) -> set[str]:
        days = isinstance(kind, (Date, Moment))
        if days and self.dates:
            return {self.dates}
        alike = [other for other, field in self.record.fields.items() if days == isinstance(field, (Date, Moment))]
        shown = (self._shown[name] - {readings.SURE}) or {way for other in alike for way in self._shown[other]} - {readings.SURE}
        return shown

    def _is_own_number(self, place: int, name: str) -> bool:
        return _OWN_NUMBER.fullmatch(self._cell(place, name)) is not None

    def _write(self, place: int, name: str, kind: Field, value: Any) -> None:
        try:
            text = kind.write(kind.clean(value if isinstance(kind, (Date, Moment, Flag)) else str(value)))
        except ValueError:
            return
        own = isinstance(kind, Number) and self._is_own_number(place, name) and float(self._cell(place, name)) == value
        if text != self._cell(place, name) and not own:
            self._set(place, name, text)

    def _question(self, name: str, kind: Field, unclear: list[tuple[int, dict[str, Any]]]) -> Problem:
        place, read = unclear[0]
        cell = self._cell(place, name)
        more = f" So can {len(unclear) - 1} more in this column." if len(unclear) > 1 else ""
        ways = [kind.write(kind.clean(value if isinstance(kind, (Date, Moment)) else str(value))) for value in dict.fromkeys(read.values())]
        said = f"{cell!r} can be read as {' or as '.join(ways)}, and no other row shows which.{more}"
        if DAY_WAYS.keys() & read.keys():
            command = f"careerkit check --repair --dates {readings.DAY_FIRST} (or {readings.MONTH_FIRST})"
            remedy = f"Write it as year-month-day, or say which: {command}."
        elif isinstance(kind, Number):
            remedy = "Write it with a point before the decimals and nothing between thousands."
        else:
            remedy = "Write it as year-month-day."
        return Problem(self.file, self.sheet.lines[place], name, cell, said, remedy)

    # -- what was found

    def _cell(self, place: int, name: str) -> str:
        return self.sheet.rows[place][self.sheet.header.index(name)]

    def _set(self, place: int, name: str, text: str) -> None:
        self.sheet.rows[place][self.sheet.header.index(name)] = text
        self._mended[name] += 1

    def _keep(self, place: int, name: str, known: str) -> None:
        self._lost[name].append((place, self._cell(place, name), known))
        self.sheet.rows[place][self.sheet.header.index(name)] = known

    def _report(self, place: int, name: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, self.sheet.lines[place], name, self._cell(place, name), message, remedy))

    def _lost_problems(self, name: str, lost: list[tuple[int, str, str]]) -> Iterable[Problem]:
        remedy = "The next save writes the known text back; to change it, change it in careerkit."
        for place, cell, known in lost[:SINGLY]:
            said = f"A spreadsheet program turned {_short(known)} into {_short(cell)} here. The known text is kept."
            yield Problem(self.file, self.sheet.lines[place], name, cell, said, remedy)
        if len(lost) > SINGLY:
            place, cell, _ = lost[SINGLY]
            said = f"{len(lost) - SINGLY} more cells of this column lost their text in the same way. The known texts are kept."
            yield Problem(self.file, self.sheet.lines[place], name, cell, said, remedy)


def _in_doubt(kind: Field, cell: str, known: str) -> bool:
    # Only a number in careerkit's form may mean another, where its point parts thousands, or be the known one written otherwise.
    return isinstance(kind, Number) and (bool(known) or _THOUSANDS.fullmatch(cell) is not None)


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:39]}…")


def _readings(kind: Field, cell: str) -> dict[str, Any]:
    if isinstance(kind, Flag):
        truth = readings.boolean(cell)
        return {} if truth is None else {readings.SURE: truth}
    if isinstance(kind, Number):
        return dict(readings.numbers(cell))
    read = readings.moments(cell)
    return {way: moment.date() for way, moment in read.items()} if isinstance(kind, Date) else dict(read)


def _agreeing(kind: Field, read: dict[str, Any], known: str) -> list[str]:
    """Return the ways of reading a cell by which it says what is known."""
    there = _readings(kind, known)
    wanted = there.get(readings.SURE, there.get(readings.POINT))
    if isinstance(kind, Moment):
        # Many programs write a time to the minute only.
        return [way for way, value in read.items() if value in (wanted, wanted.replace(second=0) if wanted else None)]
    return [way for way, value in read.items() if value == wanted]
