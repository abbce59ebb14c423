"""An upgrade: the notebooks that come with careerkit are renewed, the earlier ones kept, one's own left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from boats import all_bytes

from careerkit import CareerkitError, Workbook
from careerkit.store import packaged

GOALS = "04_goals.ipynb"


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    return Workbook.create(tmp_path / "career", owner="Maya Lindt")


def earlier(book: Workbook, name: str = GOALS) -> bytes:
    """Make a notebook one of an earlier release: a cell calls what is called otherwise now."""
    place = book.folder / "notebooks" / name
    place.write_bytes(place.read_bytes().replace(b"wb.form", b"wb.old_form"))
    return place.read_bytes()


def test_a_new_workbook_needs_none_and_nothing_is_written(book):
    before = all_bytes(book.folder)
    assert book.upgrade() == ["Your notebooks are up to date, and your records need no change. There's nothing to do."]
    assert all_bytes(book.folder) == before


def test_a_notebook_of_an_earlier_release_is_renewed_and_kept_aside(book):
    was = earlier(book)
    renewed, kept = book.upgrade()
    assert renewed == f"Renewed: {GOALS}."
    place = kept.split(" in ")[1].split(";")[0]
    assert (book.folder / place / GOALS).read_bytes() == was
    assert (book.folder / "notebooks" / GOALS).read_bytes() == (packaged.path("notebooks") / GOALS).read_bytes()


def test_an_upgrade_is_taken_back(book):
    was = earlier(book)
    book.upgrade()
    assert book.upgrade(back=True) == [f"Put back: {GOALS}."]
    assert (book.folder / "notebooks" / GOALS).read_bytes() == was
    with pytest.raises(CareerkitError, match="there is nothing to put back"):
        book.upgrade(back=True)


def test_of_two_upgrades_the_later_is_taken_back_first(book):
    first = earlier(book)
    book.upgrade()
    second = earlier(book, "02_networking.ipynb")
    book.upgrade()
    assert book.upgrade(back=True) == ["Put back: 02_networking.ipynb."]
    assert (book.folder / "notebooks" / "02_networking.ipynb").read_bytes() == second
    assert book.upgrade(back=True) == [f"Put back: {GOALS}."]
    assert (book.folder / "notebooks" / GOALS).read_bytes() == first


def test_what_a_notebook_showed_is_no_difference(book):
    place = book.folder / "notebooks" / GOALS
    told = json.loads(place.read_bytes())
    for cell in told["cells"]:
        if cell["cell_type"] == "code":
            cell.update(execution_count=3, outputs=[{"output_type": "stream", "name": "stdout", "text": "seen"}])
    place.write_text(json.dumps(told))
    assert book.upgrade()[0].endswith("There's nothing to do.")


def test_a_notebook_of_ones_own_stays_and_a_missing_one_comes(book):
    own = book.folder / "notebooks" / "mine.ipynb"
    own.write_text("{}")
    (book.folder / "notebooks" / "reports" / "quarterly_review.ipynb").unlink()
    assert book.upgrade() == ["Added: reports/quarterly_review.ipynb."]
    assert own.read_text() == "{}" and not (book.folder / "notebooks" / "coach").exists()


def test_what_is_no_notebook_any_more_is_kept_aside_word_for_word(book):
    (book.folder / "notebooks" / GOALS).write_text("cut of")
    place = book.upgrade()[1].split(" in ")[1].split(";")[0]
    assert (book.folder / place / GOALS).read_text() == "cut of"


def test_a_dry_run_only_says_it(book):
    earlier(book)
    before = all_bytes(book.folder)
    assert book.upgrade(dry_run=True)[0] == f"Would be renewed: {GOALS}."
    assert all_bytes(book.folder) == before


def test_records_are_as_they_were(book):
    book.add("goals", title="Learn to sail")
    earlier(book)
    before = all_bytes(book.folder / "data")
    book.upgrade()
    assert all_bytes(book.folder / "data") == before
