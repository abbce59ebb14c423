"""The feedback notebook in use: a question is asked and copied, an answer taken the whole way, and it all stands in the CSVs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import Visit
from page_driver import (
    HOSTILE,
    drawn_charts,
    eventually,
    expect_saved,
    field,
    fill,
    fingerprints,
    form,
    has_no_failure,
    is_plain_text,
    open_notebook,
    press,
    rows,
)
from playwright.sync_api import Locator, Page, expect

from careerkit.lab import launch
from careerkit.store import layout
from careerkit.workbook import Workbook

NOTEBOOK = "05_feedback.ipynb"
QUESTION = "What should I have asked you a year ago?"


@pytest.fixture(scope="module")
def browser(browser: Visit) -> Visit:
    browser.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return browser


def letter(page: Page, label: str):
    return page.locator(".ck-form").filter(has=page.get_by_label(label))


def copy(text: Locator) -> None:
    text.get_by_role("button", name="Copy", exact=True).click()
    expect(text.locator(".ck-messagesaid")).to_have_text("Copied.")


def clipboard(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")


def test_the_notebook_opens_as_a_calm_filled_page(page: Page, browser: Visit, book: Workbook, tmp_path: Path) -> None:
    expect(page.locator("table:has(caption:text-is('Open feedback')) tbody tr")).to_have_count(7)
    eventually(page, lambda: drawn_charts(page) == 2)
    assert page.locator(".jp-CodeCell .jp-InputArea >> visible=true").count() == 0
    assert browser.errors == [] and browser.outside() == []
    assert fingerprints(book.folder) == fingerprints(Workbook.create(tmp_path / "career", example=True).folder)


def test_a_question_is_saved_and_its_text_copied_with_one_click(page: Page, book: Workbook) -> None:
    card = form(page, "Save question").filter(has=page.locator(".ck-field-due_on"))
    field(card, "contact_id").press_sequentially("tess")
    card.get_by_role("button", name="Tess Okonkwo", exact=True).click()
    fill(card, question=QUESTION)
    press(card, "Save question")
    expect_saved(card)
    last = rows(book, "feedback").iloc[-1]
    assert (last["question"], last["requested_on"], last["due_on"]) == (QUESTION, "2026-10-12", "2026-10-26")
    text = letter(page, "Your question, ready to send")
    expect(text.get_by_label("Your question, ready to send")).to_have_value(
        f"Hello Tess,\n\nI would like to get better at what I do, and you see things that I cannot. One question: {QUESTION}\n\n"
        "Two or three sentences are plenty, whatever comes to mind first. An answer by Monday, 26 October, would help me most. "
        "If you would rather not, just say so; that is fine.\n\nThank you\n\nMaren Okafor"
    )
    copy(text)
    assert QUESTION in clipboard(page)


def test_what_is_copied_has_the_last_letter_typed(page: Page) -> None:
    text = letter(page, "Your question, ready to send")
    area = text.get_by_label("Your question, ready to send")
    area.press("Control+End")
    area.press_sequentially(", and a dog")
    copy(text)
    assert clipboard(page) == area.input_value()
    assert clipboard(page).endswith("Maren Okafor, and a dog")


def test_where_the_browser_gives_no_clipboard_a_text_is_copied_all_the_same(page: Page) -> None:
    text = letter(page, "Your question, ready to send")
    # A page that was not loaded safely has no clipboard but the one of the selection.
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')) }")
    text.get_by_label("Your question, ready to send").fill("Hello, old way")
    copy(text)
    assert clipboard(page) == "Hello, old way"


def test_an_answer_is_written_down_and_rests_until_tomorrow(page: Page, book: Workbook) -> None:
    card = page.locator(".ck-stages .ck-form")
    card.locator("select").first.select_option(label=f"Tess Okonkwo · {QUESTION}")
    expect(card).to_contain_text("Has an answer come?")
    fill(card, to_improve="Whether I had time.", first_reaction="Fair.")
    press(card, "Save the answer")
    expect(card).to_contain_text("Come back tomorrow")
    last = rows(book, "feedback").iloc[-1]
    assert (last["received_on"], last["to_improve"], last["first_reaction"]) == ("2026-10-12", "Whether I had time.", "Fair.")


def test_an_older_answer_is_thought_over_decided_and_closed(page: Page, book: Workbook) -> None:
    card = page.locator(".ck-stages .ck-form")
    card.locator("select").first.select_option(label="Oskar Lindqvist · Is the weekly report yours now, truly?")
    expect(card).to_contain_text("What part of it is useful?")
    fill(card, reflection="He saw it, and said so.")
    press(card, "Save what is useful")
    expect(card).to_contain_text("What will you do with it?")
    field(card, "decision").select_option(label="keep doing")
    press(card, "Save the decision")
    expect(card).to_contain_text("Have you told them?")
    press(card, "Close the loop")
    expect(card).not_to_contain_text("Oskar Lindqvist · Is")
    row = rows(book, "feedback").set_index("question").loc["Is the weekly report yours now, truly?"]
    assert (row["reflection"], row["decision"], row["followed_up_on"]) == ("He saw it, and said so.", "keep doing", "2026-10-12")


def test_questions_are_answered_with_one_save_and_taken_back_with_one_undo(page: Page, book: Workbook) -> None:
    before = rows(book, "reflections")
    card = page.locator(".ck-questions .ck-form")
    card.get_by_title("Which words about your work do you still think of?").fill("Slow down.")
    three = card.locator(".ck-asked").filter(has_text="tell you something unwelcome").get_by_role("button", name="3", exact=True)
    three.click()
    expect(three).to_have_class(re.compile("mod-active"))
    press(card, "Save answers")
    expect(card.locator(".ck-said")).to_have_text("2 answers saved a moment ago.")
    assert list(rows(book, "reflections")["answer"].tail(2)) == ["Slow down.", "3"]
    expect(card).to_contain_text("What you wrote on 12 Oct 2026")
    card.get_by_role("button", name="Undo", exact=True).click()
    expect(card.locator(".ck-said")).to_contain_text("Undone")
    assert rows(book, "reflections").equals(before)


def test_no_rating_by_a_peer_is_on_the_page(page: Page) -> None:
    text = page.inner_text(".jp-Notebook")
    assert "Ines Valdivia" in text
    assert "Her hands are still in it" not in text and "level 2" not in text


def test_all_of_this_asked_nobody_outside_and_logged_no_failure(page: Page, browser: Visit, book: Workbook) -> None:
    has_no_failure(browser, book)


def test_hostile_text_is_text_in_every_part(browser: Visit, dialogs: list[str], tmp_path: Path) -> None:
    book = Workbook.create(tmp_path / "career")
    for text in HOSTILE:
        skill = book.add("skills", name=text)
        for rater, level in (("self", 5), ("manager", 2)):
            book.add("skill_ratings", skill_id=skill, rated_on=book.today, rater=rater, rater_name=text, level=level)
        key = book.add("feedback", giver=text, question=text, requested_on="2026-09-01", received_on="2026-09-02", to_improve=text)
        book.add("goals", title=text, skill_id=skill, feedback_id=key, started_on=book.today, habit="feedback")
        book.add("prompts", topic="feedback", question=text, help=text, author=text)
        book.add("reflections", topic="feedback", prompt=text, answer=text, written_on="2026-09-01")
    with launch.lab_server(book.folder, book.folder / layout.LAB) as server:
        page = open_notebook(browser, server, NOTEBOOK)
        for text in HOSTILE:
            expect(page.locator("table:has(caption:text-is('Open feedback'))")).to_contain_text(text)
            expect(page.locator(".ck-questions")).to_contain_text(text)
        is_plain_text(page)
        assert dialogs == []
        has_no_failure(browser, book)
