"""The goals and networking notebooks in use: a person types, clicks, and finds it all in the CSVs and on the page."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from browser import Visit
from page_driver import (
    HOSTILE,
    clear,
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
    pick,
    press,
    rows,
    undo,
)
from playwright.sync_api import Locator, Page, expect

from careerkit.lab import launch
from careerkit.store import layout
from careerkit.workbook import Workbook

GOALS, NETWORKING = "04_goals.ipynb", "02_networking.ipynb"
PACE, TIMELINE = "Do they keep pace with the calendar?", "What is on your calendar?"
# What each trace of a chart draws, by the chart's title.
DRAWN = """title => {
  const found = [...document.querySelectorAll('.js-plotly-plot')].find(plot => plot._fullLayout?.title?.text === title);
  return found && found.data.map(trace => [Array.from(trace.x, String), Array.from(trace.y, String)]);
}"""
TICKS = "title => [...document.querySelectorAll('.js-plotly-plot')].find(p => p._fullLayout?.title?.text === title).layout.yaxis.ticktext"


@pytest.fixture
def goals(browser: Visit, running: launch.Server) -> Page:
    return open_notebook(browser, running, GOALS)


@pytest.fixture
def networking(browser: Visit, running: launch.Server) -> Page:
    return open_notebook(browser, running, NETWORKING)


def overview(page: Page) -> Locator:
    return page.locator("table:has(caption:text-is('Your goals'))")


def test_the_goals_notebook_opens_as_a_calm_filled_page(goals: Page, browser: Visit, book: Workbook) -> None:
    expect(goals.locator("nav.ck-nav")).to_be_visible()
    expect(overview(goals).locator("tbody tr")).to_have_count(10)
    for button in ("Save goal", "Save step", "Save check-in"):
        expect(form(goals, button)).to_be_visible()
    eventually(goals, lambda: drawn_charts(goals) == 3)
    assert goals.locator(".jp-CodeCell .jp-InputArea >> visible=true").count() == 0
    has_no_failure(browser, book)


@pytest.mark.parametrize("width", [1280, 1040, 760, 640])
def test_nothing_is_cut_at_the_windows_edge(goals: Page, width: int) -> None:
    goals.set_viewport_size({"width": width, "height": 900})
    goals.wait_for_timeout(400)
    edges = goals.evaluate(
        "[...document.querySelectorAll('.ck-form, .ck-live, .js-plotly-plot')].map(part => part.getBoundingClientRect().right)"
    )
    # What is wider than the page scrolls within its own box.
    cut = goals.evaluate(
        "[...document.querySelectorAll('table.ck-table')].filter(table => table.getBoundingClientRect().right > innerWidth - 16"
        " && getComputedStyle(table.closest('.widget-html-content')).overflowX !== 'auto').length"
    )
    labels = goals.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {"
        " const edge = plot.querySelector('.main-svg').getBoundingClientRect().right + 1;"
        " const beyond = [...plot.querySelectorAll('text')].filter(label => label.getBoundingClientRect().right > edge);"
        " return beyond.map(label => label.textContent) })"
    )
    goals.set_viewport_size({"width": 1280, "height": 900})
    assert max(edges) <= width - 16
    assert cut == 0
    assert labels == []


def test_opening_a_notebook_writes_nothing(goals: Page, book: Workbook, tmp_path: Path) -> None:
    untouched = Workbook.create(tmp_path / "career", example=True)
    assert fingerprints(book.folder) == fingerprints(untouched.folder)


def test_the_smart_marks_follow_what_is_typed(goals: Page) -> None:
    card = form(goals, "Save goal")
    met = card.locator(".ck-chip.ck-yes")
    expect(met).to_have_count(0)
    field(card, "title").press_sequentially("Mentor two new analysts")
    expect(met).to_have_text(["✓ Specific"])
    fill(card, why="I learn most by explaining", baseline="0", target="2", deadline="2027-06-30", metric="people")
    expect(met).to_have_text(["✓ Specific", "✓ Measurable", "✓ Relevant", "✓ Time-bound"])
    clear(card)
    expect(met).to_have_count(0)


def test_a_deadline_before_the_start_is_told_beside_the_field_and_nothing_is_saved(goals: Page, book: Workbook) -> None:
    card, before = form(goals, "Save goal"), fingerprints(book.folder)
    fill(card, title="Mentor two new analysts", deadline="2026-01-31")
    press(card, "Save goal")
    expect(card.locator(".ck-field-deadline .ck-help")).to_contain_text("is not after the start, 12 October 2026.")
    expect(card.locator(".ck-said")).to_have_text("Not saved yet: see the note in red.")
    expect(field(card, "title")).to_have_value("Mentor two new analysts")
    assert fingerprints(book.folder) == before
    clear(card)


def test_a_goal_is_saved_seen_everywhere_at_once_and_taken_back(goals: Page, book: Workbook) -> None:
    card, before = form(goals, "Save goal"), rows(book, "goals")
    fill(card, title="Mentor two new analysts", metric="people", baseline="0", target="2", deadline="2027-06-30")
    press(card, "Save goal")
    expect_saved(card)
    last = rows(book, "goals").iloc[-1]
    assert (last["title"], last["baseline"], last["target"], last["deadline"]) == ("Mentor two new analysts", "0", "2", "2027-06-30")
    expect(overview(goals)).to_contain_text("Mentor two new analysts")
    eventually(goals, lambda: "Mentor two new analysts" in goals.evaluate(TICKS, TIMELINE))
    undo(card)
    expect(overview(goals)).not_to_contain_text("Mentor two new analysts")
    assert rows(book, "goals").equals(before)


def test_the_last_letters_count_however_fast_save_is_pressed(goals: Page, book: Workbook) -> None:
    card, title = form(goals, "Save goal"), "Say in one sentence what the team is for, and mean it"
    for why in ("once", "twice", "three times"):
        field(card, "title").press_sequentially(title)
        fill(card, why=why, deadline="2027-06-30")
        # Within the page, since the test's own way from the keys to the button takes the time that a busy kernel needs.
        card.get_by_role("button", name="Save goal", exact=True).dispatch_event("click")
        expect_saved(card)
        last = rows(book, "goals").iloc[-1]
        assert (last["title"], last["why"], last["deadline"]) == (title, why, "2027-06-30")
        undo(card)


def test_a_check_in_moves_the_goals_line(goals: Page, book: Workbook) -> None:
    card, before = form(goals, "Save check-in"), goals.evaluate(DRAWN, PACE)
    goal = book.read("goals").set_index("title")["id"]["Lead one cross-team project"]
    field(card, "goal_id").select_option(label="Lead one cross-team project")
    fill(card, value="3")
    press(card, "Save check-in")
    expect_saved(card)
    last = rows(book, "check_ins").iloc[-1]
    assert (last["goal_id"], last["value"], last["checked_on"]) == (goal, "3", "2026-10-12")
    eventually(goals, lambda: goals.evaluate(DRAWN, PACE) != before)
    ends = [float(ys[-1]) for _, ys in goals.evaluate(DRAWN, PACE)]
    assert 75.0 in ends
    undo(card)
    eventually(goals, lambda: goals.evaluate(DRAWN, PACE) == before)


def test_deleting_asks_first(goals: Page, book: Workbook) -> None:
    card, title = form(goals, "Save goal"), "Give two public talks"
    card.locator("select").first.select_option(label=title)
    expect(field(card, "title")).to_have_value(title)
    press(card, "Delete")
    expect(card).to_contain_text("Delete this goal?")
    press(card, "Keep it")
    assert title in set(rows(book, "goals")["title"])
    press(card, "Delete")
    press(card, "Yes, delete")
    expect(card.locator(".ck-said")).to_have_text("Deleted.")
    assert title not in set(rows(book, "goals")["title"])
    book.undo()
    assert title in set(rows(book, "goals")["title"])


def test_running_everything_again_changes_no_file_and_keeps_what_was_begun(goals: Page, browser: Visit, book: Workbook) -> None:
    fill(form(goals, "Save goal"), title="Begun, and not saved")
    expect(form(goals, "Save goal").locator(".ck-chip.ck-yes")).to_have_count(1)
    before = fingerprints(book.folder)
    goals.reload()
    browser.wait_until_filled(GOALS)
    card = form(goals, "Save goal")
    expect(field(card, "title")).to_have_value("Begun, and not saved")
    expect(card.locator(".ck-said")).to_have_text("Here's what you started writing. It isn't saved yet.")
    assert fingerprints(book.folder) == before
    clear(card)


def test_a_page_loaded_anew_fills_itself_from_the_kernel_that_runs(goals: Page, browser: Visit) -> None:
    goals.reload()
    browser.wait_until_filled(GOALS)
    eventually(goals, lambda: drawn_charts(goals) == 3)
    expect(form(goals, "Save goal")).to_be_visible()


def test_a_conversation_with_two_people_is_noted_by_parts_of_their_names(networking: Page, book: Workbook) -> None:
    card, due = form(networking, "Save conversation"), networking.locator("ul.ck-list").first
    people = book.read("contacts").set_index("name")["id"]
    expect(due).to_contain_text("Gareth Hughes")
    began = time.monotonic()
    pick(card, "gar hug", "Gareth Hughes")
    pick(card, "kare", "Karen Whitby")
    fill(card, summary="Talked about the reading list")
    press(card, "Save conversation")
    expect_saved(card)
    print(f"From the first key to saved: {time.monotonic() - began:.1f} s")
    last = rows(book, "interactions").iloc[-1]
    assert last["contact_ids"].split(";") == [people["Gareth Hughes"], people["Karen Whitby"]]
    assert (last["kind"], last["happened_on"]) == ("conversation", "2026-10-12")
    expect(due).not_to_contain_text("Gareth Hughes")
    expect(due).not_to_contain_text("Karen Whitby")
    undo(card)
    expect(due).to_contain_text("Gareth Hughes")


def test_a_new_name_becomes_a_contact(networking: Page, book: Workbook) -> None:
    card = form(networking, "Save conversation")
    field(card, "contact_ids").press_sequentially("Ada Nowhere")
    card.get_by_role("button", name="+ add “Ada Nowhere”").click()
    card.locator(".ck-chosen").filter(has_text="Ada Nowhere").wait_for()
    press(card, "Save conversation")
    expect_saved(card)
    added = rows(book, "contacts").iloc[-1]
    assert added["name"] == "Ada Nowhere"
    assert rows(book, "interactions")["contact_ids"].iloc[-1] == added["id"]


def test_an_interview_is_planned_with_questions_that_are_there_already(networking: Page, book: Workbook) -> None:
    card = form(networking, "Save interview")
    assert "How did you come to this work?" in field(card, "questions").input_value()
    pick(card, "tess", "Tess Okonkwo")
    fill(card, planned_on="2026-10-20")
    press(card, "Save interview")
    expect_saved(card)
    last = rows(book, "interactions").iloc[-1]
    assert (last["kind"], last["planned_on"], last["happened_on"]) == ("informational interview", "2026-10-20", "")
    planned = networking.locator("table:has(caption:text-is('Planned conversations')) tr").filter(has_text="Tess Okonkwo")
    expect(planned).to_contain_text("20 Oct 2026")
    expect(planned).to_contain_text("How did you come to this work?")


def test_all_of_this_asked_nobody_outside_and_logged_no_failure(networking: Page, browser: Visit, book: Workbook) -> None:
    has_no_failure(browser, book)


def hostile_book(folder: Path) -> Workbook:
    """Make a workbook in which every text that a person can type is an attack, or hard to draw."""
    book = Workbook.create(folder)
    for text in HOSTILE:
        contact = book.add("contacts", name=text, organisation=text, role=text, cadence_days=30, met_on="2026-01-05")
        talk = {"contact_ids": contact, "happened_on": "2026-02-02", "kind": "conversation", "direction": "gave"}
        book.add("interactions", summary=text, follow_up=text, **talk)
        goal = {"metric": text, "unit": text, "baseline": 0, "target": 4, "started_on": "2026-01-05", "deadline": "2030-12-31"}
        key = book.add("goals", title=text, why=text, **goal)
        book.add("action_steps", goal_id=key, title=text, due_on="2030-01-01")
        book.add("check_ins", goal_id=key, checked_on="2026-02-02", value=1, note=text, blocker=text)
    return book


def test_hostile_text_is_text_in_every_part_of_a_notebook(browser: Visit, dialogs: list[str], tmp_path: Path) -> None:
    book = hostile_book(tmp_path / "career")
    with launch.lab_server(book.folder, book.folder / layout.LAB) as server:
        for name, table in ((NETWORKING, "ul.ck-list"), (GOALS, "table:has(caption:text-is('Your goals'))")):
            page = open_notebook(browser, server, name)
            for text in HOSTILE:
                expect(page.locator(table).first).to_contain_text(text)
            is_plain_text(page)
            assert dialogs == []
        has_no_failure(browser, book)


def test_an_empty_workbook_invites(browser: Visit, dialogs: list[str], tmp_path: Path) -> None:
    book = Workbook.create(tmp_path / "career")
    with launch.lab_server(book.folder, book.folder / layout.LAB) as server:
        for name, invitation in ((NETWORKING, "Nobody is on your list yet."), (GOALS, "No goal yet.")):
            page = open_notebook(browser, server, name)
            expect(page.locator(".ck-invite").filter(has_text=invitation)).to_be_visible()
            expect(page.locator("p.ck-say")).to_contain_text("yet")
            assert dialogs == []
        has_no_failure(browser, book)
