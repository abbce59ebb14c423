"""A person taken out of texts, rows and tables: the name becomes "someone" wherever it appears; ids and addresses go."""

from __future__ import annotations

import contextlib
import csv
import html
import io
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from careerkit.errors import CareerkitError
from careerkit.records import Record, Reference, References, join_list, split_list
from careerkit.sharing.pseudonyms import PLAIN, WORDS_TOO, folded, name_parts, split_names
from careerkit.store.files import decoding, table_file
from careerkit.store.files.raw_table import Sheet, Texts
from careerkit.topics import RECORDS

SOMEONE = "someone"
DETAILS = ("email", "phone", "link")
# A telephone extension or the like is in many texts that have nothing to do with a person.
LONG_DETAIL = 6
COMBINING = re.compile("[\u0300-\u036f]+")
BOTH_CASES = (
    PLAIN | {ord("ß"): "ss"} | {ord(chr(letter).upper()): plain.title() for letter, plain in PLAIN.items() if len(chr(letter).upper()) == 1}
)
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Person:
    """Somebody to take out.

    Parameters
    ----------
    name : str
        As the workbook calls them.
    id : str
        Of the contact; '' for somebody who isn't one.
    names : tuple of str
        Every name they ever had in the workbook.
    details : tuple of str
        Their e-mail addresses, telephone numbers and links.
    """

    name: str
    id: str = ""
    names: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


class Redaction:
    """Takes somebody out of rows and tables; a subclass says which texts and rows are about them.

    Parameters
    ----------
    records : mapping
        The tables' records.
    """

    def __init__(self, records: Mapping[str, type[Record]]) -> None:
        self.records = records

    def mentions(self, text: str) -> bool:
        """Say whether a text may have to change."""
        raise NotImplementedError

    def text(self, text: str) -> str:
        """Return a text as it may stay."""
        raise NotImplementedError

    def row(self, table: str, texts: Texts) -> Texts | None:
        """Return a row as it may stay, None where it has to go."""
        raise NotImplementedError

    def sheet(self, table: str, sheet: Sheet) -> Sheet:
        """Return the rows of a table as they may stay."""
        kept = [row for row in (self._line(table, sheet.header, row) for row in sheet.rows) if row is not None]
        return Sheet(sheet.header, kept, list(range(2, len(kept) + 2)))

    def _line(self, table: str, header: list[str], row: list[str]) -> list[str] | None:
        texts = self.row(table, dict(zip(header, row, strict=False)))
        if texts is None:
            return None
        return [texts[name] for name in header] if len(row) == len(header) else [self.text(cell) for cell in row]

    def table(self, table: str, data: bytes) -> bytes:
        """Return the content of a table's CSV as it may stay; one that needs no change stays as it is, to the byte.

        Raises
        ------
        ValueError
            When it can't be read.
        """
        if not self.mentions(decoding.text_of(data)):
            return data
        sheet = _understood(data, self.records[table])
        made = self.sheet(table, sheet)
        return data if made.rows == sheet.rows else table_file.encode(made)


class PersonRedaction(Redaction):
    """Takes one person out of texts, rows and tables.

    Parameters
    ----------
    person : Person
        Whom.
    others : iterable of str
        Names of other people; a name that one of them has too stays.
    """

    def __init__(self, person: Person, others: Iterable[str]) -> None:
        super().__init__(RECORDS)
        self.person = person
        taken = {part for name in others for one in split_names(name) for part in (folded(one), *name_parts(one))}
        single = dict.fromkeys(part for name in person.names if len(name_parts(name)) > 1 for part in name_parts(name))
        full = [name for name in dict.fromkeys(person.names) if folded(name) not in taken]
        self.stays = [part for part in single if part in taken or part in WORDS_TOO]
        self.stays += [name for name in person.names if folded(name) in taken]
        details = [re.escape(each) for each in sorted(person.details, key=len, reverse=True)]
        spelled = [_spelled(name) for name in sorted(full, key=len, reverse=True)]
        alone = [_with_a_capital(part) for part in sorted(single, key=len, reverse=True) if part not in self.stays]
        names = [
            rf"(?<![^\W_])(?:{each})(?=s?(?![^\W_]))" for each in ("|".join(f"(?i:{one})" for one in spelled), "|".join(alone)) if each
        ]
        exact = [f"(?i:{each})" for each in details] + ([rf"(?<![0-9a-z]){person.id}(?![0-9a-z])"] if person.id else [])
        patterns = [*exact, *names]
        self._pattern = re.compile("|".join(patterns)) if patterns else re.compile(r"(?!)")

    def mentions(self, text: str) -> bool:
        """Say whether a text, or the page or chart that it is the source of, names the person."""
        readings = (text, html.unescape(text), ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
        return any(self._pattern.search(_bare(reading)) for reading in readings)

    def text(self, text: str) -> str:
        """Return a text without the person."""
        if not text or not self._pattern.search(_bare(text)):
            return text
        if self.person.id in split_list(text):
            return self._without_id(text)
        plain, places = _with_places(text)
        made, last = [], 0
        for match in self._pattern.finditer(plain):
            made += [text[last : places[match.start()]], SOMEONE]
            last = places[match.end()]
        return "".join([*made, text[last:]])

    def value(self, value: Any) -> Any:
        """Return what a JSON file holds without the person."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(each) for each in value if each != self.person.id or not self.person.id]
        return {self.text(name): self.value(each) for name, each in value.items()} if isinstance(value, dict) else value

    def row(self, table: str, texts: Texts) -> Texts | None:
        """Return a row without the person, None where it is the person's own, or a comment on that."""
        if self.person.id and self._is_own(table, texts):
            return None
        if not self._pattern.search(_bare("\n".join(texts.values()))):
            return texts
        return {name: self._cell(table, name, text) for name, text in texts.items()}

    def _is_own(self, table: str, texts: Texts) -> bool:
        about = table == "comments" and (texts.get("table"), texts.get("record_id")) == ("contacts", self.person.id)
        return about or (table == "contacts" and texts.get("id") == self.person.id)

    def _cell(self, table: str, name: str, text: str) -> str:
        kind = RECORDS[table].fields.get(name) if table in RECORDS else None
        return self._without_id(text) if isinstance(kind, Reference | References) else self.text(text)

    def _without_id(self, ids: str) -> str:
        if not self.person.id or self.person.id not in ids:
            return ids
        return join_list(each for each in split_list(ids) if each != self.person.id)

    def cells(self, data: bytes, own: bool = False) -> bytes:
        """Return a CSV of another kind without the person; ``own``: whole rows that name them go."""
        text = decoding.text_of(data)
        if not self.mentions(text):
            return data
        rows = list(csv.reader(io.StringIO(text, newline="")))
        kept = [[self.text(cell) for cell in row] for row in rows if not (own and any(self.mentions(cell) for cell in row))]
        return table_file.BOM * data.startswith(table_file.BOM) + table_file.row_bytes(kept)


def _understood(data: bytes, record: type[Record]) -> Sheet:
    try:
        return table_file.interpret(data, record, record.table).sheet
    except CareerkitError as error:
        raise ValueError(str(error)) from error


def rows_of(file: bytes, table: str) -> Iterator[Texts]:
    """Yield the rows of a table's CSV that can be read."""
    with contextlib.suppress(ValueError):
        yield from _understood(file, RECORDS[table]).all_texts().values()


def details_of(rows: Iterable[Texts], others: Iterable[Texts]) -> tuple[str, ...]:
    """Return what else identifies a person: addresses that no other row has."""
    shared = {text for row in others for text in _details(row)}
    return tuple(dict.fromkeys(text for row in rows for text in _details(row) if text not in shared))


def _details(row: Texts) -> list[str]:
    return [text for name in DETAILS if len(text := row.get(name, "").strip()) >= LONG_DETAIL]


def _spelled(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in _bare(name).split())


def _with_a_capital(part: str) -> str:
    # Many a name is a word as well: price, baker, king.
    return f"{re.escape(part[0].upper())}(?i:{re.escape(part[1:])})"


def _bare(text: str) -> str:
    return text if text.isascii() else COMBINING.sub("", unicodedata.normalize("NFKD", text)).translate(BOTH_CASES)


def _with_places(text: str) -> tuple[str, list[int]]:
    """Return a text without accents, and for each of its letters its position in the original."""
    if text.isascii():
        return text, list(range(len(text) + 1))
    bare = [_bare(letter) for letter in text]
    places = itertools.chain.from_iterable([place] * len(letters) for place, letters in enumerate(bare))
    return "".join(bare), [*places, len(text)]
