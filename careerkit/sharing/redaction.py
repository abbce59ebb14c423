"""A person taken out of texts: the name, wherever it stands, becomes "someone"; ids and addresses go."""

from __future__ import annotations

import csv
import html
import io
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from careerkit.errors import CareerkitError
from careerkit.records import Reference, References, join_list, split_list
from careerkit.sharing.pseudonyms import PLAIN, WORDS_TOO, folded, parts, singly
from careerkit.store.files import table_file
from careerkit.store.files.raw_table import Sheet, Texts
from careerkit.topics import RECORDS

SOMEONE = "someone"
DETAILS = ("email", "phone", "link")
# A telephone extension or the like stands in many a text that says nothing of a person.
LONG_DETAIL = 6
COMBINING = re.compile("[\u0300-\u036f]+")
BOTH_CASES = (
    PLAIN | {ord("ß"): "ss"} | {ord(chr(letter).upper()): plain.title() for letter, plain in PLAIN.items() if len(chr(letter).upper()) == 1}
)
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Person:
    """Whom to take out.

    Parameters
    ----------
    name : str
        As the workbook calls them.
    id : str
        Of the contact; '' of one who is none.
    names : tuple of str
        Every name they were ever written down with.
    details : tuple of str
        Their e-mail addresses, telephone numbers and links.
    """

    name: str
    id: str = ""
    names: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


class Unnaming:
    """Takes one person out of texts, rows and tables.

    Parameters
    ----------
    person : Person
        Whom.
    others : iterable of str
        Names of other people; what one of them bears as well stays.
    """

    def __init__(self, person: Person, others: Iterable[str]) -> None:
        self.person = person
        borne = {part for name in others for one in singly(name) for part in (folded(one), *parts(one))}
        single = dict.fromkeys(part for name in person.names if len(parts(name)) > 1 for part in parts(name))
        whole = [name for name in dict.fromkeys(person.names) if folded(name) not in borne]
        self.stays = [part for part in single if part in borne or part in WORDS_TOO]
        self.stays += [name for name in person.names if folded(name) in borne]
        details = [re.escape(each) for each in sorted(person.details, key=len, reverse=True)]
        spelled = [_spelled(name) for name in sorted(whole, key=len, reverse=True)]
        alone = [_with_a_capital(part) for part in sorted(single, key=len, reverse=True) if part not in self.stays]
        names = [
            rf"(?<![^\W_])(?:{each})(?=s?(?![^\W_]))" for each in ("|".join(f"(?i:{one})" for one in spelled), "|".join(alone)) if each
        ]
        exact = [f"(?i:{each})" for each in details] + ([rf"(?<![0-9a-z]){person.id}(?![0-9a-z])"] if person.id else [])
        found = [*exact, *names]
        self._pattern = re.compile("|".join(found)) if found else re.compile(r"(?!)")

    # -- texts

    def mentions(self, text: str) -> bool:
        """Say whether a text, or the page or chart that it is the source of, names the person."""
        readings = (text, html.unescape(text), ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
        return any(self._pattern.search(_bare(reading)) for reading in readings)

    def text(self, text: str) -> str:
        """Return a text without the person."""
        if not text or not self._pattern.search(_bare(text)):
            return text
        if self.person.id in split_list(text):
            return join_list(each for each in split_list(text) if each != self.person.id)
        plain, places = _with_places(text)
        made, last = [], 0
        for found in self._pattern.finditer(plain):
            made += [text[last : places[found.start()]], SOMEONE]
            last = places[found.end()]
        return "".join([*made, text[last:]])

    def value(self, value: Any) -> Any:
        """Return what a JSON file says without the person."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(each) for each in value if each != self.person.id or not self.person.id]
        return {self.text(name): self.value(each) for name, each in value.items()} if isinstance(value, dict) else value

    # -- rows

    def row(self, table: str, texts: Texts) -> Texts | None:
        """Return a row without the person, None where it is the person's own, or a comment on that."""
        if self.person.id and self._is_own(table, texts):
            return None
        return {name: self._cell(table, name, text) for name, text in texts.items()}

    def _is_own(self, table: str, texts: Texts) -> bool:
        about = table == "comments" and (texts.get("table"), texts.get("record_id")) == ("contacts", self.person.id)
        return about or (table == "contacts" and texts.get("id") == self.person.id)

    def _cell(self, table: str, name: str, text: str) -> str:
        kind = RECORDS[table].fields.get(name) if table in RECORDS else None
        if isinstance(kind, Reference | References):
            return (
                join_list(each for each in split_list(text) if each != self.person.id)
                if self.person.id and self.person.id in text
                else text
            )
        return self.text(text)

    def sheet(self, table: str, sheet: Sheet) -> Sheet:
        """Return the rows of a table without the person."""
        kept = [row for row in (self._line(table, sheet.header, row) for row in sheet.rows) if row is not None]
        return Sheet(sheet.header, kept, list(range(2, len(kept) + 2)))

    def _line(self, table: str, header: list[str], row: list[str]) -> list[str] | None:
        if len(row) != len(header):
            return None if table == "contacts" and self.person.id and row[:1] == [self.person.id] else [self.text(cell) for cell in row]
        texts = self.row(table, dict(zip(header, row, strict=True)))
        return None if texts is None else [texts[name] for name in header]

    # -- files

    def table(self, table: str, data: bytes) -> bytes:
        """Return the content of a table's CSV without the person; one without them stays as it is, to the byte.

        Raises
        ------
        ValueError
            When it cannot be read.
        """
        if not self.mentions(table_file.decode(data)):
            return data
        try:
            sheet = table_file.understood(data, RECORDS[table], table).sheet
        except CareerkitError as error:
            raise ValueError(str(error)) from error
        made = self.sheet(table, sheet)
        return data if made.rows == sheet.rows else table_file.encode(made)

    def cells(self, data: bytes, own: bool = False) -> bytes:
        """Return a CSV that is no table without the person; ``own``: whole rows that name them go."""
        said = table_file.decode(data)
        if not self.mentions(said):
            return data
        rows = list(csv.reader(io.StringIO(said, newline="")))
        kept = [[self.text(cell) for cell in row] for row in rows if not (own and any(self.mentions(cell) for cell in row))]
        return table_file.BOM * data.startswith(table_file.BOM) + table_file.row_bytes(kept)


def rows_of(file: bytes, table: str) -> Iterator[Texts]:
    """Yield the rows of a table's CSV that can be read."""
    try:
        yield from table_file.understood(file, RECORDS[table], table).sheet.all_texts().values()
    except CareerkitError:
        return


def details_of(rows: Iterable[Texts], others: Iterable[Texts]) -> tuple[str, ...]:
    """Return by what else a person is found: addresses that no other row bears."""
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
    """Return a text without accents, and for each of its letters the place in the text that it came from."""
    if text.isascii():
        return text, list(range(len(text) + 1))
    bare = [_bare(letter) for letter in text]
    places = itertools.chain.from_iterable([place] * len(letters) for place, letters in enumerate(bare))
    return "".join(bare), [*places, len(text)]
