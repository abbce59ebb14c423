"""Choosing whom to keep in touch with, taking a file in, and what follows a save at once."""

from __future__ import annotations

import json
import re
from typing import Any

import ipywidgets as widgets
import pytest
from form_driver import IMAGE, SAVED, buttons, fill, give, pages, parts, press, rows, sent, tags, words

from careerkit import Workbook
from careerkit.notebook.pages.cadences import MOST, SUGGESTED
from careerkit.notebook.widgets.live import PAGE

HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
MAYA = "Maya,Lindt,https://www.linkedin.com/in/maya-lindt,maya@example.org,Nordwind,Analyst,12 Mar 2024\n"
OMAR = "Omar,Aziz,https://www.linkedin.com/in/omar-aziz,,Larkfield,Planner,3 Apr 2025\n"


@pytest.fixture
def book(book) -> Workbook:
    # What is saved here is seen at once, and so on the day on which it is saved.
    return Workbook.open(book.folder)


def people(book: Workbook, count: int, **values) -> list[str]:
    """Add people named Person 01 and so on, the last one met most lately."""
    return book.add_many("contacts", [{"name": f"Person {n:02d}", "met_on": f"2026-01-{n:02d}", **values} for n in range(1, count + 1)])


def suggested(chooser) -> list[str]:
    return buttons(chooser.suggestions)


def cadences(book: Workbook) -> dict[str, str]:
    return {row["name"]: row["cadence_days"] for row in rows(book, "contacts") if row["cadence_days"]}


# -- whom would you be glad to hear from?


def test_the_closest_are_suggested_first_then_those_met_last(book):
    book.add("contacts", name="Maya Lindt", closeness=5, met_on="2020-01-01")
    book.add("contacts", name="Omar Aziz", closeness=3, met_on="2026-01-01")
    book.add("contacts", name="Priya Raman", closeness=3, met_on="2025-01-01")
    book.add("contacts", name="Jonas Keller", met_on="2026-06-01")
    assert suggested(book.chooser()) == ["+ Maya Lindt", "+ Omar Aziz", "+ Priya Raman", "+ Jonas Keller"]


def test_only_a_few_are_suggested_at_a_time(book):
    people(book, SUGGESTED + 5)
    assert len(suggested(book.chooser())) == SUGGESTED


def test_a_suggestion_that_is_taken_gives_way_to_the_next(book):
    people(book, SUGGESTED + 1)
    chooser = book.chooser()
    press(chooser, "+ Person 09")
    assert buttons(chooser.picker) == ["Person 09 ✕"]
    assert "+ Person 09" not in suggested(chooser) and "+ Person 01" in suggested(chooser)


def test_whoever_is_taken_out_again_is_suggested_again(book):
    people(book, 2)
    chooser = book.chooser()
    press(chooser, "+ Person 01")
    press(chooser, "Person 01 ✕")
    assert set(suggested(chooser)) == {"+ Person 01", "+ Person 02"}


def test_people_who_are_archived_or_have_a_cadence_are_not_offered(book):
    book.add("contacts", name="Maya Lindt", archived_on="2026-01-01")
    book.add("contacts", name="Mayra Linde", cadence_days=30)
    book.add("contacts", name="May Lin")
    chooser = book.chooser()
    chooser.picker.search.value = "may"
    assert suggested(chooser) == ["+ May Lin"]
    assert buttons(chooser.picker) == ["May Lin"]


def test_one_save_gives_all_of_them_the_cadence(book):
    people(book, 4)
    chooser = book.chooser()
    for name in ("Person 01", "Person 03"):
        press(chooser, f"+ {name}")
    chooser.cadence.label = "every two months"
    press(chooser, "Keep in touch")
    assert cadences(book) == {"Person 01": "60", "Person 03": "60"}
    assert words(chooser.notice.value) == SAVED
    assert set(suggested(chooser)) == {"+ Person 02", "+ Person 04"}


def test_one_undo_takes_all_of_them_back(book):
    people(book, 3)
    chooser = book.chooser()
    for name in ("Person 01", "Person 02"):
        press(chooser, f"+ {name}")
    press(chooser, "Keep in touch")
    press(chooser, "Undo")
    assert cadences(book) == {}
    assert words(chooser.notice.value) == "Undone: a cadence for 2 people."
    assert "Undo" not in buttons(chooser)


def test_with_nobody_chosen_it_says_how_to_choose(book):
    people(book, 1)
    chooser = book.chooser()
    press(chooser, "Keep in touch")
    assert words(chooser.notice.value) == "Nobody is chosen yet. Click a name, or type a few letters to find one."
    assert cadences(book) == {}


def test_more_than_are_plenty_is_refused_and_nothing_is_saved(book):
    people(book, MOST - 1, cadence_days=30)
    book.add_many("contacts", [{"name": "Maya Lindt"}, {"name": "Omar Aziz"}])
    chooser = book.chooser()
    for name in ("Maya Lindt", "Omar Aziz"):
        press(chooser, f"+ {name}")
    press(chooser, "Keep in touch")
    assert words(chooser.notice.value) == "That makes more than 15. Take out 1, or end someone else's cadence first."
    assert len(cadences(book)) == MOST - 1
    assert buttons(chooser.picker) == ["Maya Lindt ✕", "Omar Aziz ✕"]


def test_exactly_as_many_as_are_plenty_is_fine(book):
    people(book, MOST)
    chooser = book.chooser()
    while suggested(chooser):
        press(chooser, suggested(chooser)[0])
    press(chooser, "Keep in touch")
    assert len(cadences(book)) == MOST


def test_it_says_how_many_are_on_the_list(book):
    chooser = book.chooser()
    assert words(chooser.progress.value) == "Choose up to 15. You'll be shown five a week."
    book.add("contacts", name="Maya Lindt", cadence_days=30)
    assert words(chooser.progress.value) == "1 person on your list. 15 are plenty."


def test_a_person_added_elsewhere_on_the_page_can_be_chosen_at_once(book):
    chooser = book.chooser()
    assert suggested(chooser) == []
    book.add("contacts", name="Maya Lindt")
    assert suggested(chooser) == ["+ Maya Lindt"]


def test_no_id_of_a_person_travels_to_the_page(book):
    known = people(book, 3)
    chooser = book.chooser()
    press(chooser, "+ Person 02")
    assert [key for key in known if key in sent(chooser)] == []


# -- taking a file in


@pytest.fixture
def form(book) -> Any:
    """Return the form that takes a file in."""
    return book.importer()


def test_a_file_is_previewed_and_nothing_is_saved(book, form):
    assert "Add them" not in buttons(form)
    give(form, HEAD + MAYA + OMAR)
    assert "2 new contacts, 0 unchanged." in words(form.preview.value)
    assert "Add 2 contacts" in buttons(form)
    assert rows(book, "contacts") == []


def test_adding_saves_what_was_previewed_and_says_what_comes_next(book, form):
    give(form, HEAD + MAYA + OMAR)
    press(form, "Add 2 contacts")
    assert [(row["name"], row["organisation"]) for row in rows(book, "contacts")] == [
        ("Maya Lindt", "Nordwind"),
        ("Omar Aziz", "Larkfield"),
    ]
    assert words(form.notice.value) == "2 contacts added. Next, choose who you'd like to hear from."
    assert form.preview.value == "" and buttons(form) == ["Undo"]


def test_one_undo_takes_the_whole_file_back(book, form):
    give(form, HEAD + MAYA + OMAR)
    press(form, "Add 2 contacts")
    press(form, "Undo")
    assert rows(book, "contacts") == []
    assert words(form.notice.value) == "Undone: 2 connections from LinkedIn."


def test_the_same_file_again_offers_nothing_to_add(book, form):
    give(form, HEAD + MAYA)
    press(form, "Add 1 contact")
    again = book.importer()
    give(again, HEAD + MAYA)
    assert "0 new contacts, 1 unchanged." in words(again.preview.value)
    assert buttons(again) == []


def test_blanks_that_the_file_fills_are_shown_before_they_are_taken(book):
    book.add("contacts", name="Maya Lindt", link="https://www.linkedin.com/in/maya-lindt", role="Head of Data")
    form = book.importer()
    give(form, HEAD + MAYA)
    told = words(form.preview.value)
    assert "Filled in: Maya Lindt, organisation Nordwind" in told and "Kept yours: Maya Lindt, role Head of Data → Analyst" in told
    press(form, "Take the changes in")
    assert [(row["organisation"], row["role"]) for row in rows(book, "contacts")] == [("Nordwind", "Head of Data")]


@pytest.mark.parametrize("text", ["", "This is not a table.\n", "Date,Amount\n2026-01-01,5\n"])
def test_another_file_meets_a_sentence_and_nothing_can_be_added(book, form, text):
    give(form, HEAD + MAYA)
    give(form, text)
    assert words(form.notice.value) and "ck-sorry" in form.notice._dom_classes
    assert not (book.folder / ".careerkit" / "errors.log").exists()
    assert (form.preview.value, buttons(form), rows(book, "contacts")) == ("", [], [])


def test_a_good_file_after_a_bad_one_takes_the_complaint_away(form):
    give(form, "This is not a table.\n")
    give(form, HEAD + MAYA)
    assert (words(form.notice.value), buttons(form)) == ("", ["Add 1 contact"])


def test_names_in_a_file_are_text_in_the_preview(book):
    book.add("contacts", name=f"{IMAGE} Lindt", organisation=IMAGE)
    form = book.importer()
    give(form, f"{HEAD}{IMAGE},Lindt,,,Nordwind,Analyst,12 Mar 2024\n")
    assert tags(form.preview.value) == {"div", "p"}
    assert f"{IMAGE} Lindt (line 2) may be {IMAGE} Lindt ({IMAGE})" in words(form.preview.value)


# -- what follows a save


def test_a_sentence_follows_a_save(book):
    said = book.say("goals")
    assert "There is no active goal yet." in words(said.value)
    book.add("goals", title="Give two public talks", started_on="2026-01-01", deadline="2026-02-01", metric="talks", target=2)
    assert "The deadline of “Give two public talks” has passed." in words(said.value)
    book.undo()
    assert "There is no active goal yet." in words(said.value)


def test_a_table_chart_follows_a_save(book):
    chart = book.chart("goals.overview")
    assert isinstance(chart, widgets.HTML)
    book.add("goals", title="Give two public talks")
    assert "Give two public talks" in words(chart.value)


def drawn(chart) -> dict:
    """Return what a live chart draws, as the browser receives it."""
    return json.loads(chart.figure)


def anew(book: Workbook, name: str) -> dict:
    return json.loads(book.figure(name).to_json())


@pytest.mark.parametrize("name", ["goals.pace", "goals.timeline", "networking.people_a_month"])
def test_a_drawn_chart_follows_a_save_in_place(tmp_path, name):
    book = Workbook.create(tmp_path / "career", example=True)
    chart = book.chart(name)
    before = drawn(chart)
    assert before == anew(book, name)
    goal = book.add("goals", title="Give a third talk", metric="talks", target=9, started_on="2026-08-01", deadline="2026-12-24")
    book.add("check_ins", goal_id=goal, checked_on="2026-10-01", value=1)
    book.add("interactions", contact_ids=book.read("contacts")["id"].iloc[0], kind="call", happened_on="2026-10-11")
    assert drawn(chart) != before
    assert drawn(chart) == anew(book, name)


def test_a_chart_of_an_empty_workbook_invites_until_there_is_something(book):
    chart = book.chart("goals.pace")
    assert drawn(chart)["data"] == [] and drawn(chart)["layout"]["annotations"][0]["text"]
    goal = book.add("goals", title="Give two public talks", metric="talks", target=2, started_on="2026-01-01", deadline="2099-12-31")
    book.add("check_ins", goal_id=goal, checked_on="2026-02-01", value=1)
    assert drawn(chart)["data"] and drawn(chart) == anew(book, "goals.pace")


def test_a_cell_that_runs_again_replaces_what_follows_a_save(book):
    first, second = book.say("goals"), book.say("goals")
    before = first.value
    book.add("goals", title="Give two public talks")
    assert (first.value, second.value != before) == (before, True)


# -- all records of a table


def listed(table) -> list[str]:
    """Return the first cell of each row."""
    return re.findall("<tr><td[^>]*>(.*?)</td>", pages(table))


def test_an_empty_table_invites(book):
    table = book.table("contacts")
    assert words(pages(table)) == "Nothing here yet.What you save in the form above appears here."


def test_a_table_follows_a_save_with_the_newest_first(book):
    table = book.table("contacts")
    book.add_many("contacts", [{"name": "Maya Lindt", "created_at": "2026-01-01T08:00:00Z"}])
    book.add_many("contacts", [{"name": "Omar Aziz", "created_at": "2026-01-02T08:00:00Z"}])
    assert listed(table) == ["Omar Aziz", "Maya Lindt"]


def test_a_form_that_saves_fills_the_table(book):
    table, form = book.table("contacts"), book.form("contacts")
    fill(form, name="Maya Lindt", organisation="Nordwind")
    press(form, "Save contact")
    assert listed(table) == ["Maya Lindt"]
    press(form, "Undo")
    assert "Nothing here yet." in words(pages(table))


def test_a_long_table_is_shown_a_page_at_a_time(book):
    book.add_many("contacts", [{"name": f"Person {number}"} for number in range(PAGE + 1)])
    table = book.table("contacts")
    assert len(listed(table)) == PAGE
    press(table, "Show more")
    assert (len(listed(table)), buttons(table)) == (PAGE + 1, [])


def test_words_find_the_rows_that_hold_all_of_them(book):
    book.add_many("contacts", [{"name": "Maya Lindt", "organisation": "Nordwind"}, {"name": "Maya Berg"}, {"name": "Omar Aziz"}])
    table = book.table("contacts")
    table.search.value = "nord MAYA"
    assert listed(table) == ["Maya Lindt"]
    table.search.value = ""
    assert len(listed(table)) == 3


def test_signs_in_a_search_are_letters(book):
    book.add_many("contacts", [{"name": "Maya (Nordwind)"}, {"name": "Omar Aziz"}])
    table = book.table("contacts")
    table.search.value = "("
    assert listed(table) == ["Maya (Nordwind)"]


def test_a_search_begins_at_the_first_page(book):
    book.add_many("contacts", [{"name": f"Person {number}"} for number in range(2 * PAGE + 1)])
    table = book.table("contacts")
    press(table, "Show more")
    table.search.value = "person"
    assert len(listed(table)) == PAGE


def test_a_table_shows_names_for_ids_and_typed_text_as_text(book):
    contact = book.add("contacts", name=IMAGE)
    book.add("interactions", contact_ids=contact, kind="call", happened_on="2026-03-01")
    told = pages(book.table("interactions"))
    assert tags(told) <= {"table", "thead", "tbody", "tr", "th", "td"}
    assert IMAGE in words(told) and contact not in told


def test_every_live_part_stays_clear_of_html_in_descriptions(book):
    made = [book.chooser(), book.importer(), book.table("contacts")]
    assert not any(getattr(each, "description_allow_html", False) for widget in made for each in parts(widget))
