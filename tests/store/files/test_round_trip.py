"""Text comes back to the character: through a save, a new opening, an undo, and into other programs' hands."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careerkit import CareerkitError, Workbook
from careerkit.store.files import table_file
from careerkit.topics import RECORDS

LONG = os.environ.get("CAREERKIT_LONG") == "1"

TEXTS = {
    "empty": "",
    "NA": "NA",
    "None": "None",
    "nan": "nan",
    "null": "null",
    "TRUE": "TRUE",
    "leading zeros": "001",
    "a power of ten": "1E10",
    "a formula": "=1+1",
    "a formula with a comma": '=HYPERLINK("https://example.org","x")',
    "a formula by @": "@SUM(1)",
    "spaces around": "  leading and trailing  ",
    "only spaces": "   ",
    "a no-break space": "\xa0a\xa0",
    "tabs": "\ta\tb\t",
    "LF": "a\nb",
    "CR": "a\rb",
    "CRLF": "a\r\nb",
    "all line ends": "\r\n\n\ra\r\r\n\n",
    "only a CR": "\r",
    "a line that looks like a row": "a\nk1m4zq7x0000aa,Mira,false\nb",
    "vertical tab and form feed": "a\x0bb\x0cc",
    "Unicode's line ends": "a\x85b\u2028c\u2029d",
    "quotes": '"a" ""b"" "',
    "one quote": '"',
    "commas and semicolons": "a,b;c,,;;",
    "a line that names a separator": "sep=;",
    "a byte order mark": "\ufeffa\ufeff",
    "emoji": "🙂👩‍👩‍👧‍👦🏳️‍🌈",
    "right to left": "שלום \u202bעולם\u202c \u200fمرحبا",
    "zero-width joiners": "क्‍ष\u200b\u200c\u200d",
    "combining marks, apart": "e\u0301 A\u030a",
    "combining marks, joined": "\u00e9 \u00c5",
    "outside the first plane": "𝒜𐍈𠀀\U0010fffd",
    "control characters": "\x01\x02\x1b\x7f",
    "no characters": "\ufffe\uffff",
    "40 kB": "Grüße 🙂, " * 4_000,
    "40 kB of quotes": '"' * 40_000,
    "an error word": "#NAME?",
    "a day": "30.06.2026",
}
ANY_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200) | st.text(
    st.sampled_from(list(',;\t"\r\n =a0\ufeff\u2028')), max_size=12
)


@pytest.fixture
def wb(tmp_path) -> Workbook:
    return Workbook.create(tmp_path / "book")


def contacts(wb: Workbook) -> Path:
    return wb.folder / "data" / "contacts.csv"


def written(notes: str, **more: str) -> bytes:
    """Return the file of one contact."""
    row = RECORDS["contacts"].texts({"id": "k1", "name": "Mira", "notes": notes, **more})
    return table_file.encode(table_file.Sheet(list(row), [list(row.values())], [2]))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_is_read_back_after_a_new_opening(wb, text):
    key = wb.add("contacts", name="Mira", notes=text, met_where=text, link=text)
    row = Workbook.open(wb.folder).read("contacts").set_index("id").loc[key]
    assert (row["notes"], row["met_where"], row["link"]) == (text, text, text)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_survives_a_change_of_its_neighbour_a_deletion_and_undo(wb, text):
    key = wb.add("contacts", name="Mira", notes=text)
    wb.update("contacts", key, name="Nora")
    wb.delete("contacts", key)
    wb.undo()
    assert Workbook.open(wb.folder).read("contacts")["notes"].tolist() == [text]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_is_read_alike_by_pythons_csv(wb, text):
    wb.add("contacts", name="Mira", notes=text)
    with contacts(wb).open(encoding="utf-8-sig", newline="") as file:
        assert [row["notes"] for row in csv.DictReader(file)] == [text]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_is_read_alike_by_pandas(wb, text):
    wb.add("contacts", name="Mira", notes=text)
    assert pd.read_csv(contacts(wb), dtype=str, keep_default_na=False)["notes"].tolist() == [text]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_is_read_alike_beside_a_row_that_cannot_be_read(wb, text):
    wb.add("contacts", name="Mira", notes=text)
    with contacts(wb).open("ab") as file:
        file.write(b"k9,too,few\n")
    opened = Workbook.open(wb.folder)
    assert opened.read("contacts")["notes"].tolist() == [text]
    opened.add("contacts", name="Nora")
    assert Workbook.open(wb.folder).read("contacts")["notes"].tolist() == [text, ""]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_of_a_known_row_is_no_edit_when_only_the_files_form_changed(wb, text):
    key = wb.add("contacts", name="Mira", notes=text)
    contacts(wb).write_bytes(contacts(wb).read_bytes().removeprefix(table_file.BOM))
    opened = Workbook.open(wb.folder)
    opened.add("contacts", name="Nora")
    assert opened.read("contacts")["notes"].tolist() == [text, ""]
    assert "outside" not in set(opened.store.history("contacts", key)["source"])


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "a\udfff", "\udc80", "\ud83d"])
def test_what_no_file_can_keep_is_refused_in_a_sentence(wb, text):
    for column in ("name", "notes", "link"):
        with pytest.raises(CareerkitError, match=r"Take it out\.$") as error:
            wb.add("contacts", **{"name": "Mira", column: text})
        assert [problem.column for problem in error.value.problems] == [column]
    assert not contacts(wb).exists()


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_what_no_file_can_keep_is_refused_in_a_change_too(wb, text):
    key = wb.add("contacts", name="Mira", notes="before")
    before = contacts(wb).read_bytes()
    with pytest.raises(CareerkitError, match=r"Take it out\.$"):
        wb.update("contacts", key, notes=text)
    assert contacts(wb).read_bytes() == before


@settings(max_examples=10_000 if LONG else 300, deadline=None)
@given(notes=ANY_TEXT, where=ANY_TEXT)
def test_any_text_is_read_alike_in_both_ways_of_reading_and_by_others(notes, where):
    data = written(notes, met_where=where)
    quick = table_file.load(data, RECORDS["contacts"], "data/contacts.csv")
    careful = table_file.interpret(data, RECORDS["contacts"], "data/contacts.csv").sheet.all_texts()
    others = next(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert quick.frame[["notes", "met_where"]].iloc[0].tolist() == [notes, where] and quick.problems == []
    assert (careful["k1"]["notes"], careful["k1"]["met_where"]) == (notes, where)
    assert (others["notes"], others["met_where"]) == (notes, where)


@settings(max_examples=10_000 if LONG else 300, deadline=None)
@given(notes=ANY_TEXT)
def test_any_text_is_read_alike_by_pandas(notes):
    frame = pd.read_csv(io.BytesIO(written(notes)), dtype=str, keep_default_na=False)
    assert frame["notes"].tolist() == [notes]


@settings(max_examples=600 if LONG else 25, deadline=None)
@given(notes=ANY_TEXT, name=ANY_TEXT.filter(bool))
def test_any_text_is_read_back_through_a_workbook(tmp_path_factory, notes, name):
    wb = Workbook.create(tmp_path_factory.mktemp("text") / "book")
    wb.add("contacts", name=name, notes=notes)
    row = Workbook.open(wb.folder).read("contacts").iloc[0]
    assert (row["name"], row["notes"]) == (name, notes)


@settings(max_examples=5_000 if LONG else 200, deadline=None)
@given(first=ANY_TEXT, second=ANY_TEXT)
def test_any_text_stays_in_a_column_that_comes_first(first, second):
    # A person may move a column to the front, where a row's first letters decide how a reader takes the line.
    row = RECORDS["contacts"].texts({"id": "k1", "name": "Mira", "notes": first, "met_where": second})
    columns = ["notes", "met_where", *(name for name in row if name not in ("notes", "met_where"))]
    data = table_file.encode(table_file.Sheet(columns, [[row[name] for name in columns]], [2]))
    loaded = table_file.load(data, RECORDS["contacts"], "data/contacts.csv")
    assert loaded.frame[["notes", "met_where"]].iloc[0].tolist() == [first, second] and loaded.problems == []
