"""The learning and brand notebooks in use: a person types, clicks, and finds it all in the CSVs and on the page."""

from __future__ import annotations

import time

import pytest
from browser import Visit
from page_driver import (
    drawn_charts,
    eventually,
    expect_saved,
    field,
    fill,
    fingerprints,
    form,
    has_no_failure,
    open_notebook,
    press,
    rows,
    undo,
)
from playwright.sync_api import Page, expect

from careerkit.lab import launch
from careerkit.workbook import Workbook

LEARNING, BRAND = "03_learning.ipynb", "06_brand.ipynb"


@pytest.fixture
def learning(browser: Visit, running: launch.Server) -> Page:
    return open_notebook(browser, running, LEARNING)


@pytest.fixture
def brand(browser: Visit, running: launch.Server) -> Page:
    return open_notebook(browser, running, BRAND)


def test_the_learning_notebook_opens_filled_and_writes_nothing(learning: Page, browser: Visit, book: Workbook) -> None:
    before = fingerprints(book.folder)
    for button in ("Save study", "Save learning item", "Save trend", "Save credential", "Save answers"):
        expect(form(learning, button)).to_be_visible()
    eventually(learning, lambda: drawn_charts(learning) == 3)
    expect(learning.locator(".ck-board .ck-ring")).to_have_count(4)
    expect(learning.locator("p.ck-say")).to_contain_text("You studied 24.5 hours")
    assert fingerprints(book.folder) == before
    assert browser.errors == []


def test_study_is_logged_in_half_a_minute_and_seen_at_once(learning: Page, book: Workbook) -> None:
    card, week = form(learning, "Save study"), learning.locator(".ck-card").filter(has_text="This week, so far")
    item = book.read("learning_items").set_index("title")["id"]["Cloud architect course"]
    expect(week).to_contain_text("0 of 2 hours")
    began = time.monotonic()
    field(card, "item_id").select_option(label="Cloud architect course")
    fill(card, minutes="90", takeaway="A copy is not a backup.")
    press(card, "Save study")
    expect_saved(card)
    print(f"From the first field to saved: {time.monotonic() - began:.1f} s")
    assert time.monotonic() - began < 30
    last = rows(book, "learning_log").iloc[-1]
    assert (last["item_id"], last["minutes"], last["takeaway"], last["studied_on"]) == (item, "90", "A copy is not a backup.", "2026-10-12")
    expect(week).to_contain_text("1.5 of 2 hours")
    expect(learning.locator("ul.ck-list").first).to_contain_text("A copy is not a backup.")
    undo(card)
    expect(week).to_contain_text("0 of 2 hours")


def test_a_trend_moves_to_the_column_where_it_was_put(learning: Page, book: Workbook) -> None:
    card = learning.locator(".ck-form-trend_reviews")
    column = learning.locator(".ck-ring").filter(has_text="try it out")
    expect(column).not_to_contain_text("Rules for watching drivers")
    field(card, "trend_id").select_option(label="Rules for watching drivers")
    field(card, "ring").select_option(label="trial")
    press(card, "Save look")
    expect_saved(card)
    assert (rows(book, "trend_reviews").iloc[-1]["ring"], rows(book, "trend_reviews").iloc[-1]["reviewed_on"]) == ("trial", "2026-10-12")
    expect(column).to_contain_text("Rules for watching drivers")
    expect(column).to_contain_text("moved from assess")


def test_what_a_new_hire_would_find_dated_is_answered(learning: Page, book: Workbook) -> None:
    card = form(learning, "Save answers")
    card.locator("textarea").first.fill("The weekly report by mail.")
    press(card, "Save answers")
    eventually(learning, lambda: "The weekly report by mail." in set(rows(book, "reflections")["answer"]))
    last = rows(book, "reflections").iloc[-1]
    assert (last["topic"], last["prompt"]) == ("learning", "What would a new hire find dated in how you work?")


def test_the_brand_notebook_opens_filled_and_writes_nothing(brand: Page, browser: Visit, book: Workbook) -> None:
    before = fingerprints(book.folder)
    expect(form(brand, "Save win")).to_be_visible()
    eventually(brand, lambda: drawn_charts(brand) == 1)
    expect(brand.locator(".ck-board .ck-ring")).to_have_count(3)
    expect(brand.locator(".ck-page h1")).to_have_text("What I did")
    assert fingerprints(book.folder) == before
    assert browser.errors == []


def test_a_win_is_noted_in_under_a_minute_and_stands_in_the_document(brand: Page, book: Workbook) -> None:
    card, page = form(brand, "Save win"), brand.locator(".ck-page")
    began = time.monotonic()
    fill(card, title="Handed over the weekly report", result="Nobody noticed, which was the aim")
    field(card, "impact").select_option(label="team or class")
    press(card, "Save win")
    expect_saved(card)
    assert time.monotonic() - began < 60
    last = rows(book, "achievements").iloc[-1]
    assert (last["title"], last["impact"], last["achieved_on"]) == ("Handed over the weekly report", "team or class", "2026-10-12")
    expect(page).to_contain_text("Handed over the weekly report")
    expect(brand.locator("table:has(caption:text-is('Stories of the past year'))")).to_contain_text("Handed over the weekly report")
    undo(card)
    expect(page).not_to_contain_text("Handed over the weekly report")


def test_words_move_when_somebody_used_them(brand: Page, book: Workbook) -> None:
    card = brand.locator(".ck-form-brand")
    heard, unheard = brand.locator(".ck-ring").nth(0), brand.locator(".ck-ring").nth(1)
    expect(unheard).to_contain_text("brave")
    fill(card, channel="A talk", heard_words="brave")
    press(card, "Save look")
    expect_saved(card)
    expect(heard).to_contain_text("brave")
    assert rows(book, "brand").iloc[-1]["heard_words"] == "brave"
    undo(card)
    expect(unheard).to_contain_text("brave")


def test_the_document_of_a_quarter_is_saved_as_it_was_shown(brand: Page, book: Workbook) -> None:
    card = form(brand, "Save as Markdown")
    card.locator("select").select_option(label="The quarter before")
    expect(brand.locator(".ck-page")).to_contain_text("1 July 2026 to 30 September 2026")
    press(card, "Save as Markdown")
    expect(card.locator(".ck-said")).to_have_text("Saved as reports/brag/2026Q3.md in your workbook.")
    told = (book.folder / "reports" / "brag" / "2026Q3.md").read_text(encoding="utf-8")
    assert told.startswith("# What I did\n\nMaren Okafor, 1 July 2026 to 30 September 2026\n")


def test_all_of_this_asked_nobody_outside_and_logged_no_failure(brand: Page, browser: Visit, book: Workbook) -> None:
    has_no_failure(browser, book)
