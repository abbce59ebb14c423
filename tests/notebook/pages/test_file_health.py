"""The part of the first page that asks about rows that went away and mends what is certain."""

from __future__ import annotations

from pathlib import Path

import pytest
from form_driver import buttons, hidden, pages, press, rows, tags, words

from careerkit import Workbook

PEOPLE = ("Maya Lindt", "Tom Reyes", "Omar Aziz")


@pytest.fixture
def book(book) -> Workbook:
    book.add_many("contacts", [{"name": name} for name in PEOPLE])
    return book


def contacts(book: Workbook) -> Path:
    return book.folder / "data" / "contacts.csv"


def without_last(book: Workbook) -> None:
    """Take the last row out as a text editor would."""
    lines = contacts(book).read_bytes().splitlines(keepends=True)
    contacts(book).write_bytes(b"".join(lines[:-1]))


def test_while_all_is_well_nothing_is_shown(book):
    assert hidden(book.keeping().card)


def test_a_row_that_went_away_is_named_and_asked_about(book):
    without_last(book)
    form = book.keeping()
    assert not hidden(form.card)
    assert "1 record is no longer in data/contacts.csv" in words(pages(form))
    assert "Omar Aziz" in words(pages(form))
    assert buttons(form) == ["Put them back", "That was intended"]


def test_looking_puts_nothing_back(book):
    without_last(book)
    before = contacts(book).read_bytes()
    book.keeping()
    assert contacts(book).read_bytes() == before


def test_put_back_it_stands_in_the_file_and_undo_takes_it_out_again(book):
    without_last(book)
    form = book.keeping()
    press(form, "Put them back")
    assert [row["name"] for row in rows(book, "contacts")] == list(PEOPLE)
    press(form, "Undo")
    assert [row["name"] for row in rows(book, "contacts")] == list(PEOPLE[:2])


def test_what_was_meant_is_asked_once(book):
    without_last(book)
    press(book.keeping(), "That was intended")
    assert [row["name"] for row in rows(book, "contacts")] == list(PEOPLE[:2])
    assert hidden(book.keeping().card)


def test_a_row_that_cannot_be_read_is_told_with_its_line(book):
    with contacts(book).open("ab") as file:
        file.write(b"only,three,cells\n")
    told = words(pages(book.keeping()))
    assert "data/contacts.csv, line 5" in told


def test_what_can_be_mended_is_said_before_it_is_done(book):
    with contacts(book).open("ab") as file:
        file.write(b"only,three,cells\n")
    form = book.keeping()
    before = contacts(book).read_bytes()
    assert "careerkit can do this for you, after a backup:" in words(pages(form))
    assert contacts(book).read_bytes() == before
    press(form, "Do this")
    assert b"only,three,cells" not in contacts(book).read_bytes()
    assert list((book.folder / ".careerkit" / "backups").glob("*.zip"))


def test_what_a_person_typed_is_text(book):
    book.add("contacts", name="<img src=x onerror=alert(1)>")
    without_last(book)
    made = pages(book.keeping())
    assert "img" not in tags(made)
    assert "<img src=x onerror=alert(1)>" in words(made)
