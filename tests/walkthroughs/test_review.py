"""The review notebook in use: a person looks back, makes a page with a button, and drafts an appraisal."""

from __future__ import annotations

import re

from browser import Visit
from page_driver import eventually, field, fingerprints, form, has_no_failure, press, rows
from playwright.sync_api import Page, expect

from careerkit.workbook import Workbook

NOTEBOOK = "07_review.ipynb"


def test_the_review_notebook_opens_filled_and_writes_nothing(page: Page, browser: Visit, book: Workbook) -> None:
    before = fingerprints(book.folder)
    card = form(page, "Save changes")
    expect(card).to_contain_text("You finished Cut the month-end close from nine days to four.")
    expect(field(card, "next_focus").first).to_have_value(
        "Ask Henrik for an hour before 16 October, and leave with a name.\n"
        "Stop repairing Oskar's formulas.\nSend the four messages that I owe."
    )
    assert fingerprints(book.folder) == before
    assert browser.errors == []


def test_a_running_quarter_is_answered_beside_what_was_planned(page: Page, book: Workbook) -> None:
    card = page.locator(".ck-lookingback")
    card.locator("select").first.select_option(label="Fourth quarter 2026 (still running)")
    expect(card.locator(".ck-aside").first).to_contain_text("Ask Henrik for an hour before 16 October")
    field(card, "last_focus_outcome").fill("Henrik: asked.")
    press(card, "Save review")
    expect(card.locator(".ck-actions .ck-said")).to_have_text("Saved a moment ago.")
    reviews = rows(book, "reviews").set_index("period")
    assert list(reviews.loc["2026Q4", ["last_focus_outcome", "written_on"]]) == ["Henrik: asked.", "2026-10-12"]
    card.locator("select").first.select_option(label="Third quarter 2026")


def test_a_page_for_the_manager_is_made_with_a_button_and_its_progress_is_seen(page: Page, book: Workbook) -> None:
    maker = page.locator(".ck-maker")
    maker.locator("select").select_option(label="For my manager")
    expect(maker.locator(".ck-preview")).to_contain_text("Wins · Goals you finished · Learning")
    maker.get_by_label("All goals, with steps, deadlines and progress").check()
    expect(maker.locator(".ck-preview")).to_contain_text("Learning · All goals")
    maker.get_by_role("button", name="Make the review").click()
    expect(maker.locator(".ck-making")).to_contain_text("steps", timeout=90_000)
    expect(maker.locator(".ck-made")).to_contain_text("reports/2026Q3/manager/review.html", timeout=180_000)
    expect(maker.locator(".ck-actions .ck-said")).to_contain_text("Made.")
    expect(maker.locator(".ck-making")).to_be_hidden()
    made = (book.folder / "reports" / "2026Q3" / "manager" / "review.html").read_text(encoding="utf-8")
    assert "Cut the month-end close from nine days to four" in made


def test_a_win_is_recalled_and_an_appraisal_drafted_counted_and_kept(page: Page, book: Workbook) -> None:
    recall, draft = page.locator(".ck-recall"), page.locator(".ck-appraisal")
    february = recall.locator(".ck-month").filter(has_text="February 2026")
    february.locator("input").first.fill("Drew the whole close on one wall")
    february.get_by_role("button", name="Add this win").click()
    expect(february.locator(".ck-wins")).to_contain_text("Drew the whole close on one wall")
    draft.locator("textarea").first.fill("Key achievements (max 300 characters)\nTraining\nPlans for next year: 200")
    draft.get_by_role("button", name="Use these headings").click()
    parts = draft.locator(".ck-part")
    expect(parts).to_have_count(3)
    proposed = re.compile(r"^- The depots' training week ran without me: .*\n- 63 hours of study\.", re.DOTALL)
    expect(parts.nth(1).locator("textarea")).to_have_value(proposed, timeout=60_000)
    parts.nth(2).locator("textarea").fill("x" * 201)
    expect(parts.nth(2).locator(".ck-room")).to_contain_text("201 of 200 characters: 1 too many.")
    parts.nth(2).locator("textarea").fill("Hand over the rest.")
    expect(parts.nth(2).locator(".ck-room")).to_contain_text("19 of 200 characters, 181 left.")
    parts.nth(2).get_by_role("button", name="Copy").click()
    expect(parts.nth(2).locator(".ck-messagesaid")).to_have_text("Copied.")
    draft.get_by_role("button", name="Save draft").click()
    eventually(page, lambda: "Hand over the rest." in set(rows(book, "appraisals")["text"]))
    expect(draft.locator(".ck-actions .ck-said").last).to_have_text("Saved a moment ago.")


def test_all_of_this_asked_nobody_outside_and_logged_no_failure(page: Page, browser: Visit, book: Workbook) -> None:
    has_no_failure(browser, book)
