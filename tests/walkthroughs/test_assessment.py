"""The self-assessment notebook in use: a person rates skills in a browser, and finds it in the CSV and on the page."""

from __future__ import annotations

import pytest
from browser import Visit
from page_driver import has_no_failure, press, rows
from playwright.sync_api import Locator, Page, expect

from careerkit.workbook import Workbook

NOTEBOOK = "01_assessment.ipynb"


def skills(page: Page) -> Locator:
    return page.locator(".ck-ratepage").filter(has_text="Level now")


def role(page: Page) -> Locator:
    return page.locator(".ck-ratepage").filter(has_text="What about it?")


def line(card: Locator, name: str) -> Locator:
    return card.locator(".ck-rate").filter(has=card.page.locator(".ck-skill strong", has_text=name))


def choose(row: Locator, field: str, step: int) -> None:
    row.locator(f".ck-field-{field}").get_by_role("button", name=str(step), exact=True).click()


def button(card: Locator, name: str) -> Locator:
    return card.get_by_role("button", name=name, exact=True)


def test_two_skills_are_rated_on_one_page_saved_once_and_taken_back(page: Page, book: Workbook) -> None:
    card, before = skills(page), rows(book, "skill_ratings")
    named = book.read("skills").set_index("name")["id"]
    choose(line(card, "Budgeting"), "level", 3)
    choose(line(card, "Budgeting"), "enjoyment", 2)
    line(card, "Budgeting").locator("input").fill("The budget held until June")
    choose(line(card, "Writing"), "level", 5)
    press(card, "Save 2 ratings")
    expect(card.locator(".ck-said")).to_have_text("2 ratings saved a moment ago.")
    told = rows(book, "skill_ratings").iloc[len(before) :].set_index("skill_id")
    columns = ["rated_on", "rater", "level", "enjoyment", "evidence"]
    assert list(told.loc[named["Budgeting"], columns]) == ["2026-10-12", "self", "3", "2", "The budget held until June"]
    assert list(told.loc[named["Writing"], columns]) == ["2026-10-12", "self", "5", "", ""]
    expect(line(card, "Budgeting")).to_contain_text("level 3, enjoyment 2 on 12 Oct 2026")
    expect(page.locator("table:has(caption:text-is('Two roles compared')) tr").filter(has_text="Budgeting")).to_contain_text(
        "1 level to go"
    )
    press(card, "Undo")
    expect(line(card, "Budgeting")).to_contain_text("level 2, enjoyment 2 on 4 Oct 2026")
    assert rows(book, "skill_ratings").equals(before)


def test_a_skill_is_added_by_its_name_to_the_last_letter(page: Page, book: Workbook) -> None:
    card = skills(page)
    card.locator(".ck-rateadd input").press_sequentially("Grant writing")
    press(card, "Add")
    expect(line(card, "Grant writing")).to_contain_text("not rated yet")
    assert rows(book, "skills")["name"].iloc[-1] == "Grant writing"
    press(card, "Undo")
    expect(line(card, "Grant writing")).to_have_count(0)


def test_a_role_is_scored_in_several_respects_at_once(page: Page, book: Workbook) -> None:
    card, before = role(page), rows(book, "role_fit")
    choose(line(card, "workload"), "score", 1)
    choose(line(card, "growth"), "score", 2)
    press(card, "Save 2 ratings")
    expect(card.locator(".ck-said")).to_have_text("2 ratings saved a moment ago.")
    told = rows(book, "role_fit").iloc[len(before) :]
    assert sorted(zip(told["dimension"], told["score"], strict=True)) == [("growth", "2"), ("workload", "1")]
    press(card, "Undo")
    expect(line(card, "workload")).to_contain_text("3 on 4 Oct 2026")


def test_what_was_begun_is_there_on_a_page_loaded_anew(page: Page, browser: Visit, book: Workbook) -> None:
    before = rows(book, "skill_ratings")
    choose(line(skills(page), "Delegation"), "level", 5)
    expect(button(skills(page), "Save 1 rating")).to_be_visible()
    page.reload()
    browser.wait_until_filled(NOTEBOOK)
    expect(skills(page).locator(".ck-said")).to_have_text("Here's what you started writing. It isn't saved yet.")
    expect(line(skills(page), "Delegation").locator(".ck-field-level .mod-active")).to_have_text("5")
    assert rows(book, "skill_ratings").equals(before)
    press(skills(page), "Clear")
    # A page just loaded may still be taking in what the kernel shows.
    expect(button(skills(page), "Save ratings")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 1040, 760])
def test_nothing_is_cut_at_the_windows_edge(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_timeout(400)
    cut = page.evaluate(
        "[...document.querySelectorAll('.ck-rate .widget-toggle-button, .ck-rate input')].filter(part => {"
        " const inside = part.closest('.ck-form').getBoundingClientRect(), own = part.getBoundingClientRect();"
        " return own.right > inside.right - 8 || own.left < inside.left }).length"
    )
    page.set_viewport_size({"width": 1280, "height": 900})
    assert cut == 0


def test_all_of_this_asked_nobody_outside_and_logged_no_failure(page: Page, browser: Visit, book: Workbook) -> None:
    has_no_failure(browser, book)
