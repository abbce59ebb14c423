"""A section is declared once: the notebook, the form and the readers follow from that; and a period's review is found by any name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import frames
import nbformat
import pytest
from form_driver import words

from careerkit.review import guide
from careerkit.review.outline import CELLS, READERS, SECTIONS
from careerkit.review.review import Review
from careerkit.store import packaged
from careerkit.topics.periods import Period
from careerkit.topics.review.lookup import review_of

TODAY = dt.date(2026, 10, 12)
Q3 = Period.parse("2026Q3")
NOTEBOOK = packaged.path("notebooks") / Path("reports", "quarterly_review.ipynb")
FRAME = (["header", "lead", "glance", "corrections"], ["appendix"])


def test_the_reports_notebook_has_the_cells_of_every_section_once_and_in_order():
    cells = [cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells if "section" in cell.metadata.get("tags", ())]
    assert [cell.source for cell in cells] == [f"review.{name}()" for name in (*FRAME[0], *CELLS, *FRAME[1])]
    assert all(cell.metadata["tags"] == ["section", "hide-input"] for cell in cells)


def test_every_cell_is_a_call_of_the_review_that_can_be_found_by_its_name():
    review = Review(frames.tables(), frames.settings(), "2026Q3", "self", TODAY)
    assert set(CELLS) <= set(dir(review))
    with pytest.raises(AttributeError, match="'Review' object has no attribute 'moods'"):
        review.moods()


@pytest.mark.parametrize("name", READERS)
def test_a_reader_has_may_add_or_never_sees_each_section(name):
    reader = READERS[name]
    everything = [section.name for section in SECTIONS]
    if reader.private:
        assert set(reader.sections) == {section.name for section in SECTIONS if section.own} and not reader.addable
    else:
        assert sorted([*reader.sections, *reader.addable, *reader.never]) == sorted(everything)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_a_section_reads_only_columns_that_there_are(section):
    tables = frames.tables()
    assert section.label and section.cells
    for access in section.access.values():
        assert [(table, name) for table, names in access.reads.items() for name in names if name not in tables[table].columns] == []


# -- was this period reviewed?


@pytest.mark.parametrize("name", ["2026Q3", "2026-Q3", "2026q3", " 2026-q3 ", "2026-07-01..2026-09-30"])
def test_a_review_is_that_of_its_days_however_its_period_was_typed(name):
    row = {"period": name, "written_on": "2026-10-04", "wins": "A calm close"}
    tables = frames.tables(reviews=[row], achievements=[{"achieved_on": "2026-07-05", "title": "A win"}])
    found = review_of(tables, Q3, 1, TODAY)
    assert found is not None and found["wins"] == "A calm close"
    assert guide.status(tables, TODAY, frames.settings()) == "2026Q4 in 12 weeks"
    assert "A calm close" in words(Review(tables, frames.settings(), "2026Q3", "self", TODAY).answers())


@pytest.mark.parametrize("row", [{"period": "2026-09"}, {"period": "last autumn"}, {"period": "2026Q3", "written_on": "2026-10-20"}])
def test_a_review_of_other_days_or_of_a_later_day_is_not_found(row):
    tables = frames.tables(reviews=[{"written_on": "2026-10-04", **row}], achievements=[{"achieved_on": "2026-07-05", "title": "A win"}])
    assert review_of(tables, Q3, 1, TODAY) is None
    assert guide.status(tables, TODAY, frames.settings()) == "2026Q3 due"


def test_of_two_reviews_of_a_period_the_one_written_last_counts():
    rows = [{"period": "2026Q3", "written_on": f"2026-10-0{day}", "wins": str(day)} for day in (5, 3)]
    found = review_of(frames.tables(reviews=rows), Q3, 1, TODAY)
    assert found is not None and found["wins"] == "5"


def test_a_fiscal_period_is_found_by_the_workbooks_first_month():
    tables = frames.tables(reviews=[{"period": "FY2027Q1", "written_on": "2026-10-04"}])
    assert review_of(tables, Q3, 7, TODAY) is not None
    assert review_of(tables, Q3, 1, TODAY) is None
