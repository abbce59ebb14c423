"""Forms: what is filled in reaches the CSV or meets a sentence, and nothing a person wrote is lost or taken for markup."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import ipywidgets as widgets
import pytest
from form_driver import HOSTILE, SAVED, buttons, fill, hidden, pages, parts, press, press_enter, rows, save, sent, tags, words

from careerkit import Workbook, look, records
from careerkit.notebook.guides import GUIDES
from careerkit.notebook.widgets.fields import LONGEST_LIST, FieldBox, Picker
from careerkit.notebook.widgets.form import chips
from careerkit.topics import RECORDS

# The tags of which the house makes its own HTML.
HOUSE = {"div", "p", "span", "strong", "br", "table", "thead", "tbody", "tr", "th", "td"}
GOAL = {"title": "Give two public talks", "metric": "talks", "target": 2, "started_on": "2026-01-05", "deadline": "2026-12-31"}


def elsewhere(book: Workbook) -> Workbook:
    """Return the same workbook as a second notebook has it."""
    return Workbook.open(book.folder)


def note(form, name: str) -> str:
    return words(form.fields[name].note.value)


def wrong(form) -> set[str]:
    return {name for name, box in form.fields.items() if "ck-wrong" in box._dom_classes}


@pytest.fixture
def form(book) -> Any:
    """Return the form of goals."""
    return book.form("goals")


def open_first(form) -> None:
    next(each for each in parts(form.list) if getattr(each, "description", "") == "Change").click()


def opened_goal(book: Workbook) -> Any:
    """Return the form of goals in which a stored one is open."""
    book.add("goals", **GOAL)
    form = book.form("goals")
    open_first(form)
    return form


# -- saving


def test_what_is_filled_in_and_saved_is_a_row_in_the_csv(book):
    form = save(book.form("goals"), title="Give two public talks", metric="talks", baseline="0", target="2", deadline=dt.date(2099, 12, 31))
    (row,) = rows(book, "goals")
    told = {name: row[name] for name in ("title", "metric", "baseline", "target", "deadline", "why")}
    assert told == {
        "title": "Give two public talks",
        "metric": "talks",
        "baseline": "0",
        "target": "2",
        "deadline": "2099-12-31",
        "why": "",
    }
    assert words(form.notice.value) == SAVED


def test_a_new_record_begins_with_its_defaults_and_with_the_day_it_is(example):
    form = example.form("goals")
    assert (form.fields["status"].value, form.fields["started_on"].value) == ("active", dt.date(2026, 10, 12))


def test_after_a_save_the_form_is_empty_for_the_next(book):
    form = save(book.form("goals"), title="Give two public talks", target="2")
    assert (form.fields["title"].value, form.fields["target"].value) == ("", "")
    save(form, title="Read twelve books")
    assert [row["title"] for row in rows(book, "goals")] == ["Give two public talks", "Read twelve books"]


def test_what_a_form_does_not_ask_for_is_saved_as_it_was_begun(book):
    contact = book.add("contacts", name="Maya Lindt")
    form = book.form("networking.interview")
    assert "How did you come to this work?" in form.fields["questions"].value
    save(form, contact_ids=contact, planned_on=dt.date(2026, 11, 3))
    assert [(row["kind"], row["contact_ids"]) for row in rows(book, "interactions")] == [("informational interview", contact)]


def test_closing_a_goal_fills_in_the_day(book):
    form = opened_goal(book)
    save(form, status="done")
    assert [(row["status"], row["closed_on"]) for row in rows(book, "goals")] == [("done", book.today.isoformat())]


# -- what is wrong


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(book):
    form = save(book.form("goals"), title="Give two public talks", target="many")
    assert note(form, "target") == "'many' is not a number. Write To with digits and a point, such as 12.5."
    assert wrong(form) == {"target"}
    assert words(form.notice.value) == "Not saved yet: see the note in red."
    assert rows(book, "goals") == []


def test_every_wrong_field_has_its_own_message_at_once(book):
    form = save(book.form("goals"), baseline="few", target="many")
    assert wrong(form) == {"title", "baseline", "target"}
    assert note(form, "title") == "What do you want to achieve? is empty. Fill it in to save."


def test_what_was_filled_in_stays_when_a_save_is_refused(book):
    form = save(book.form("goals"), why="I avoid rooms", target="many")
    assert (form.fields["why"].value, form.fields["target"].value) == ("I avoid rooms", "many")


def test_fields_that_do_not_fit_each_other_are_told_beside_the_later_one(book):
    form = save(book.form("goals"), title="Give two public talks", started_on=dt.date(2026, 3, 1), deadline=dt.date(2026, 2, 1))
    assert note(form, "deadline") == "The deadline is not after the start, 1 March 2026. Choose a later day."
    assert rows(book, "goals") == []


def test_more_opens_when_what_is_wrong_stands_in_it(form):
    assert form.more.selected_index is None
    save(form, title="Give two public talks", started_on=dt.date(2026, 3, 1), closed_on=dt.date(2026, 2, 1), status="done")
    assert (wrong(form), form.more.selected_index) == ({"closed_on"}, 0)


def test_the_help_is_back_once_it_is_mended(book):
    form = save(book.form("goals"), title="Give two public talks", target="many")
    save(form, target="2")
    assert (wrong(form), note(form, "target")) == (set(), "The number to reach.")
    assert len(rows(book, "goals")) == 1


def test_a_refusal_that_no_field_of_the_form_can_show_is_told_in_the_answer(book):
    contact = book.add("contacts", name="Maya Lindt")
    form = book.form("networking.log")
    fill(form, contact_ids=contact)
    elsewhere(book).delete("contacts", contact)
    press(form, "Save conversation")
    assert "isn't in contacts" in words(form.notice.value)
    assert rows(book, "interactions") == []


def test_an_unknown_failure_is_a_sentence_and_stands_in_the_log(book, form):
    form.attempt(lambda: print(1 / 0))
    assert "nothing was saved" in words(form.notice.value)
    assert "ZeroDivisionError" in (book.folder / ".careerkit" / "errors.log").read_text(encoding="utf-8")


# -- undo and delete


def test_undo_takes_the_save_back_and_says_what_it_was(book, form):
    assert "Undo" not in buttons(form)
    save(form, title="Give two public talks")
    press(form, "Undo")
    assert rows(book, "goals") == []
    assert words(form.notice.value) == "Undone: added Give two public talks to goals."
    assert "Undo" not in buttons(form)


def test_undo_that_cannot_be_done_is_a_sentence(book):
    form = save(book.form("goals"), title="Give two public talks")
    elsewhere(book).undo()
    press(form, "Undo")
    assert "nothing to undo" in words(form.notice.value)


def test_delete_is_offered_for_a_stored_record_only(book):
    book.add("goals", **GOAL)
    form = book.form("goals")
    assert "Delete" not in buttons(form)
    open_first(form)
    assert "Delete" in buttons(form)


def test_delete_asks_first(book):
    form = opened_goal(book)
    press(form, "Delete")
    assert "Delete this goal?" in words(pages(form.confirm))
    assert len(rows(book, "goals")) == 1


def test_keep_it_keeps_the_record_and_takes_the_question_away(book):
    form = opened_goal(book)
    press(form, "Delete")
    press(form, "Keep it")
    assert (buttons(form.confirm), len(rows(book, "goals"))) == ([], 1)
    assert form.fields["title"].value == GOAL["title"]


def test_yes_deletes_and_undo_brings_it_back(book):
    key = book.add("goals", **GOAL)
    form = book.form("goals")
    open_first(form)
    press(form, "Delete")
    press(form, "Yes, delete")
    assert (rows(book, "goals"), form.fields["title"].value, words(form.notice.value)) == ([], "", "Deleted.")
    press(form, "Undo")
    assert [row["id"] for row in rows(book, "goals")] == [key]


# -- changing a record


def test_change_in_the_list_opens_the_record_and_saving_changes_that_row(book):
    key = book.add("goals", **GOAL, why="I avoid rooms")
    form = book.form("goals")
    open_first(form)
    assert (form.fields["title"].value, form.fields["target"].value) == (GOAL["title"], "2")
    save(form, unit="evenings")
    (row,) = rows(book, "goals")
    assert (row["id"], row["unit"], row["why"]) == (key, "evenings", "I avoid rooms")


def test_the_record_to_change_can_be_chosen_by_name(book):
    book.add("goals", **GOAL)
    form = book.form("goals")
    form.chooser.label = GOAL["title"]
    assert form.fields["metric"].value == "talks"


def test_what_the_form_does_not_show_is_left_as_it_is(book):
    contact = book.add("contacts", name="Maya Lindt")
    book.add("interactions", contact_ids=contact, kind="informational interview", happened_on="2026-03-01", summary="Her way into data")
    form = book.form("networking.interview")
    assert "summary" not in form.fields
    open_first(form)
    save(form, learned="Ask sooner")
    assert [(row["summary"], row["learned"]) for row in rows(book, "interactions")] == [("Her way into data", "Ask sooner")]


@pytest.fixture
def stale(book):
    """A form whose record was changed elsewhere after it was opened, with a change of its own on top."""
    key = book.add("goals", **GOAL)
    form = book.form("goals")
    open_first(form)
    elsewhere(book).update("goals", key, title="Give three public talks", why="They asked me to")
    save(form, title="Give one good talk")
    return form


def test_a_record_changed_elsewhere_is_not_overwritten_and_both_texts_are_offered(book, stale):
    assert [row["title"] for row in rows(book, "goals")] == ["Give three public talks"]
    assert words(stale.notice.value) == "This was changed elsewhere since you opened it. Which one do you want to keep?"
    both = words(pages(stale.confirm))
    assert all(text in both for text in ("Give one good talk", "Give three public talks", "They asked me to"))
    assert buttons(stale.confirm) == ["Keep mine", "Keep what is stored"]


def test_only_fields_that_differ_are_set_side_by_side(stale):
    both = words(pages(stale.confirm))
    assert "What do you want to achieve?" in both and "Why does it matter?" in both
    assert "Measured by" not in both and "Deadline" not in both


def test_keep_mine_saves_what_was_written(book, stale):
    press(stale, "Keep mine")
    assert [(row["title"], row["why"]) for row in rows(book, "goals")] == [("Give one good talk", "")]
    assert (words(stale.notice.value), buttons(stale.confirm)) == (SAVED, [])


def test_keep_mine_can_be_undone(book, stale):
    press(stale, "Keep mine")
    press(stale, "Undo")
    assert [row["title"] for row in rows(book, "goals")] == ["Give three public talks"]


def test_keep_what_is_stored_saves_nothing_and_shows_what_is_stored(book, stale):
    press(stale, "Keep what is stored")
    assert [row["title"] for row in rows(book, "goals")] == ["Give three public talks"]
    assert (stale.fields["title"].value, stale.fields["why"].value) == ("Give three public talks", "They asked me to")
    assert buttons(stale.confirm) == []
    fill(stale, why="I asked them to")
    press(stale, "Save goal")
    assert [row["why"] for row in rows(book, "goals")] == ["I asked them to"]


# -- drafts


def test_what_was_begun_is_there_when_the_cell_runs_again_and_nothing_is_saved(book):
    contact = book.add("contacts", name="Maya Lindt")
    begun = {"title": "Give two talks", "target": "2", "deadline": dt.date(2026, 12, 31), "accountable_to": contact, "private": True}
    fill(book.form("goals"), **begun)
    again = book.form("goals")
    assert {name: again.fields[name].value for name in begun} == begun
    assert words(again.notice.value) == "Here's what you started writing. It isn't saved yet."
    assert rows(book, "goals") == []


def test_two_forms_of_one_table_keep_their_drafts_apart(book):
    fill(book.form("networking.log"), summary="Talked about the move")
    fill(book.form("networking.interview"), learned="Ask sooner")
    assert book.form("networking.log").fields["summary"].value == "Talked about the move"
    assert book.form("networking.interview").fields["learned"].value == "Ask sooner"


def test_a_draft_stays_in_its_workbook(book, tmp_path):
    fill(book.form("goals"), title="Give two public talks")
    assert Workbook.create(tmp_path / "another").form("goals").fields["title"].value == ""


@pytest.mark.parametrize("end", ["Save goal", "Clear"])
def test_nothing_is_left_of_a_draft_once_it_is_saved_or_cleared(book, form, end):
    fill(form, title="Give two public talks")
    press(form, end)
    again = book.form("goals")
    assert (again.fields["title"].value, again.notice.value) == ("", "")
    assert len(rows(book, "goals")) == (end == "Save goal")


def test_a_refused_save_is_still_a_draft(book):
    form = save(book.form("goals"), why="I avoid rooms")
    assert (wrong(form), book.form("goals").fields["why"].value) == ({"title"}, "I avoid rooms")


def test_opening_a_form_writes_nothing(tmp_path):
    book = Workbook.create(tmp_path / "career", example=True)
    before = {path: path.read_bytes() for path in book.folder.rglob("*") if path.is_file()}
    book.form("goals"), book.form("networking.log")
    assert {path: path.read_bytes() for path in book.folder.rglob("*") if path.is_file()} == before


def test_what_a_form_hides_is_hidden_by_the_style_sheet():
    assert re.search(r"\.ck-none\b[^{}]*\{[^}]*display: ?none", look.css())


# -- the list below


def test_the_list_shows_the_newest_six_and_all_on_request(book):
    book.add_many("goals", [{"title": f"Goal number {number}", "created_at": f"2026-01-{number:02d}T08:00:00Z"} for number in range(1, 10)])
    form = book.form("goals")
    assert re.findall(r"number \d", words(pages(form.list))) == [f"number {number}" for number in (9, 8, 7, 6, 5, 4)]
    press(form, "Show all 9")
    assert len(re.findall(r"number \d", words(pages(form.list)))) == 9
    press(form, "Show fewer")
    assert len(re.findall(r"number \d", words(pages(form.list)))) == 6


def test_the_list_shows_names_for_ids_and_days_in_words(book):
    contact = book.add("contacts", name="Maya Lindt")
    book.add("interactions", contact_ids=contact, kind="call", happened_on="2026-03-01")
    assert words(pages(book.form("networking.log").list)) == "Maya Lindt call · 1 Mar 2026"


def test_the_list_shows_only_the_records_that_the_form_is_about(book):
    book.add("interactions", kind="call", happened_on="2026-03-01", learned="A call")
    book.add("interactions", kind="informational interview", happened_on="2026-03-02", learned="Ask sooner")
    told = words(pages(book.form("networking.interview").list))
    assert "Ask sooner" in told and "A call" not in told


def test_what_a_form_no_longer_shows_is_closed_so_that_a_long_day_keeps_no_heap_of_it(form):
    living = []
    for title in ("Give two public talks", "Speak to ten people", "Finish the course"):
        save(form, title=title)
        press(form, "Undo")
        living.append(len(widgets.widget._instances))
    assert living[0] == living[1] == living[2]


def test_a_save_in_one_form_is_seen_in_another(book):
    goals, check_ins = book.form("goals"), book.form("check_ins")
    fill(goals, title="Give two public talks")
    press(goals, "Save goal")
    assert "Give two public talks" in check_ins.fields["goal_id"].input._options_labels
    assert "Give two public talks" in words(pages(goals.list))
    assert "Give two public talks" in goals.chooser._options_labels


# -- hints while one types


def test_a_goal_is_told_as_one_types_which_smart_tests_it_passes(form):
    assert "○ Relevant: say why it matters" in words(form.chips.value)
    fill(form, why="I avoid rooms")
    assert "✓ Relevant" in words(form.chips.value)
    assert not hidden(form.chips)


def test_a_form_without_hints_shows_no_chips(book):
    assert hidden(book.form("contacts").chips)


# -- fields


@pytest.mark.parametrize(
    ("field", "widget"),
    [
        (records.Text(label="Name"), widgets.Text),
        (records.LongText(label="Notes"), widgets.Textarea),
        (records.Link(label="Link"), widgets.Text),
        (records.Words(label="Tags"), widgets.Text),
        (records.Number(label="To"), widgets.Text),
        (records.Integer(label="Minutes"), widgets.Text),
        (records.Scale(label="Closeness", low=1, high=5), widgets.ToggleButtons),
        (records.Choice(label="Kind", choices=("call", "note")), widgets.Dropdown),
        (records.Flag(label="Private"), widgets.Checkbox),
        (records.Date(label="Due"), widgets.DatePicker),
        (records.Reference(label="Goal", table="goals"), widgets.Dropdown),
        (records.References(label="With whom?", table="contacts"), Picker),
    ],
    ids=lambda item: type(item).__name__ if isinstance(item, records.Field) else "",
)
def test_each_kind_of_field_has_its_widget(field, widget):
    assert type(FieldBox(field, lambda table: {}).input) is widget


def test_a_scale_offers_each_step_and_none():
    box = FieldBox(records.Scale(label="Level", low=0, high=5), lambda table: {})
    assert list(box.input._options_labels) == ["–", "0", "1", "2", "3", "4", "5"]


def test_a_choice_offers_its_words_and_none():
    box = FieldBox(records.Choice(label="Kind", choices=("call", "note")), lambda table: {})
    assert list(box.input._options_labels) == ["–", "call", "note"]


def test_label_unit_example_and_help_are_shown():
    box = FieldBox(records.Integer(label="Be in touch every", unit="days", example="90", help="A rough date is fine."), lambda table: {})
    assert (box.input.description, box.input.placeholder) == ("Be in touch every (days)", "90")
    assert (words(box.note.value), hidden(box.note)) == ("A rough date is fine.", False)


def test_a_field_without_help_leaves_no_empty_line():
    assert hidden(FieldBox(records.Text(label="Name"), lambda table: {}).note)


def test_a_long_text_is_as_high_as_it_is_long():
    box = FieldBox(records.LongText(label="Notes"), lambda table: {})
    box.value = "one\ntwo\nthree\nfour\nfive"
    assert box.input.rows == 5


def test_a_number_is_shown_without_a_needless_fraction():
    box = FieldBox(records.Number(label="To"), lambda table: {})
    box.value = 2.0
    assert box.value == "2"


@pytest.mark.parametrize(("known", "widget"), [(LONGEST_LIST, widgets.Dropdown), (LONGEST_LIST + 1, Picker)])
def test_a_long_list_of_names_becomes_a_search_box(known, widget):
    listed = {f"k{number}": f"Skill {number}" for number in range(known)}
    assert type(FieldBox(records.Reference(label="Skill", table="skills"), lambda table: listed).input) is widget


def test_a_long_list_of_records_to_change_becomes_a_search_box(book):
    book.add_many("events", [{"name": f"Meetup {number}", "place": f"Room {number}"} for number in range(LONGEST_LIST + 1)])
    form = book.form("events")
    form.chooser.search.value = "meetup 40"
    press(form.chooser, "Meetup 40")
    assert form.fields["place"].value == "Room 40"
    fill(form, place="The big room")
    press(form, "Save event")
    assert [row["place"] for row in rows(book, "events") if row["name"] == "Meetup 40"] == ["The big room"]
    assert len(rows(book, "events")) == LONGEST_LIST + 1


# -- choosing people


PEOPLE = ("Maya Lindt", "Omar Aziz", "Mayra Linde")


@pytest.fixture
def ids(book) -> dict[str, str]:
    return dict(zip(PEOPLE, book.add_many("contacts", [{"name": name} for name in PEOPLE]), strict=True))


@pytest.fixture
def picker(book, ids) -> Picker:
    return book.form("networking.log").fields["contact_ids"].input


def type_in(picker: Picker, text: str) -> None:
    picker.search.value = text


def test_a_few_letters_find_a_person_and_a_click_chooses(picker, ids):
    type_in(picker, "lin may")
    assert buttons(picker) == ["Maya Lindt", "Mayra Linde", "+ add “lin may”"]
    press(picker, "Mayra Linde")
    assert (picker.value, picker.search.value, buttons(picker)) == (ids["Mayra Linde"], "", ["Mayra Linde ✕"])


def test_nothing_is_offered_before_one_types(picker):
    assert buttons(picker) == []


def test_several_people_are_chosen_one_after_the_other_each_once(picker, ids):
    for letters in ("maya", "omar"):
        type_in(picker, letters)
        press_enter(picker.search)
    type_in(picker, "maya")
    assert "Maya Lindt" not in buttons(picker)
    assert picker.value == f"{ids['Maya Lindt']};{ids['Omar Aziz']}"


def test_enter_chooses_the_first_match(picker, ids):
    type_in(picker, "may")
    press_enter(picker.search)
    assert picker.value == ids["Maya Lindt"]


def test_enter_never_adds_anybody(book, picker):
    type_in(picker, "Priya Raman")
    press_enter(picker.search)
    assert picker.value == "" and picker.search.value == "Priya Raman"
    assert len(rows(book, "contacts")) == len(PEOPLE)


def test_add_adds_a_person_by_name_and_chooses_them(book, picker):
    type_in(picker, "Priya Raman")
    press(picker, "+ add “Priya Raman”")
    added = rows(book, "contacts")[-1]
    assert (added["name"], picker.value, buttons(picker)) == ("Priya Raman", added["id"], ["Priya Raman ✕"])


def test_a_name_that_is_there_already_is_not_offered_for_adding(picker):
    type_in(picker, "Maya Lindt")
    assert buttons(picker) == ["Maya Lindt"]


def test_only_people_can_be_added_by_name(book):
    book.add_many("skills", [{"name": f"Skill {number}"} for number in range(LONGEST_LIST + 1)])
    picker = book.form("goals").fields["skill_id"].input
    type_in(picker, "Rowing")
    assert buttons(picker) == []


def test_a_person_is_taken_out_again(picker, ids):
    picker.value = f"{ids['Maya Lindt']};{ids['Omar Aziz']}"
    press(picker, "Maya Lindt ✕")
    assert (picker.value, buttons(picker)) == (ids["Omar Aziz"], ["Omar Aziz ✕"])


def test_where_one_is_asked_for_the_next_choice_replaces_the_first(book, ids):
    picker = book.form("goals").fields["accountable_to"].input
    for letters in ("maya", "omar"):
        type_in(picker, letters)
        press_enter(picker.search)
    assert picker.value == ids["Omar Aziz"]


def test_someone_deleted_since_is_said_to_be_gone_and_shown_without_the_id(book, picker, ids):
    picker.value = ids["Omar Aziz"]
    book.delete("contacts", ids["Omar Aziz"])
    assert buttons(picker) == ["someone no longer listed ✕"]


def test_namesakes_are_told_apart_by_where_they_work(book):
    book.add_many("contacts", [{"name": "Maya Lindt", "organisation": "Nordwind"}, {"name": "Maya Lindt"}])
    picker = book.form("networking.log").fields["contact_ids"].input
    type_in(picker, "maya")
    assert buttons(picker)[:2] == ["Maya Lindt (no organisation)", "Maya Lindt (Nordwind)"]


# `comments` names a record of any table by its id; the coach's notebook fills it, and no form asks for it.
FORMS = [name for name in dict.fromkeys([*RECORDS, *(plan for guide in GUIDES.values() for plan in guide.FORMS)]) if name != "comments"]


@pytest.mark.parametrize("name", FORMS)
def test_no_id_ever_travels_to_the_page(example, name):
    form = example.form(name)
    open_first(form)
    known = {key for table in RECORDS for key in example.read(table)["id"]}
    assert form.seen is not None
    assert known & set(re.findall(r"\bk1\w{12}\b", sent(form))) == set()


# -- typed text is text


@pytest.mark.parametrize("text", HOSTILE)
def test_the_list_of_records_shows_a_typed_text_as_text(book, text):
    contact = book.add("contacts", name=text)
    book.add("goals", title=text, why=text)
    book.add("interactions", contact_ids=contact, kind="call", happened_on="2026-03-01", summary=text)
    for name in ("goals", "networking.log"):
        told = pages(book.form(name))
        assert tags(told) <= HOUSE
        assert words(told).count(text) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_chips_show_text_as_text(text):
    made = chips([(True, text), (False, text)])
    assert tags(made) <= HOUSE
    assert words(made) == f"✓ {text}○ {text}"


@pytest.mark.parametrize("text", HOSTILE)
def test_the_two_texts_of_a_stale_record_are_shown_as_text(book, text):
    key = book.add("goals", **GOAL)
    form = book.form("goals")
    open_first(form)
    elsewhere(book).update("goals", key, why=f"theirs {text}")
    save(form, why=f"mine {text}")
    both = pages(form.confirm)
    assert tags(both) <= HOUSE
    assert f"mine {text}" in words(both) and f"theirs {text}" in words(both)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_message_that_repeats_what_was_typed_shows_it_as_text(book, text):
    form = save(book.form("goals"), title="Give two public talks", target=text)
    assert tags(pages(form)) <= HOUSE
    assert note(form, "target").startswith(f"{text!r} is not a number.")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_undo_says_shows_a_name_as_text(book, text):
    form = save(book.form("goals"), title=text)
    press(form, "Undo")
    assert tags(form.notice.value) <= HOUSE
    assert words(form.notice.value) == f"Undone: added {text} to goals."


def test_no_description_is_ever_taken_for_html(example):
    allowed = [getattr(each, "description_allow_html", False) for name in FORMS for each in parts(example.form(name))]
    assert not any(allowed)


def test_a_draft_survives_any_number_of_runs(book):
    fill(book.form("goals"), title="Learn to draw")
    for _ in range(3):
        form = book.form("goals")
    assert form.fields["title"].value == "Learn to draw"


def test_the_draft_of_a_change_stays_a_change(book):
    key = book.add("goals", **GOAL)
    form = book.form("goals")
    form.show(key)
    fill(form, why="It matters to my team")
    again = book.form("goals")
    press(again, "Save goal")
    (row,) = rows(book, "goals")
    assert (row["id"], row["why"]) == (key, "It matters to my team")


def test_a_draft_with_a_word_where_a_number_belongs_comes_back_as_typed(book):
    fill(book.form("goals"), title="Learn to draw", target="many")
    assert book.form("goals").fields["target"].value == "many"


def test_a_save_elsewhere_is_not_taken_for_typing(book):
    skill = book.add("skills", name="Speaking")
    key = book.add("goals", **GOAL, skill_id=skill)
    form = book.form("goals")
    form.show(key)
    book.add("skills", name="Facilitation")
    assert dict(book.drafts) == {}


def test_both_texts_name_people_and_days_and_never_ids(book):
    first, second = book.add_many("contacts", [{"name": "Maya Lindt"}, {"name": "Tom Reyes"}])
    key = book.add("goals", **GOAL)
    form = book.form("goals")
    form.show(key)
    form.fields["accountable_to"].value = first
    elsewhere(book).update("goals", key, accountable_to=second, deadline="2027-01-31")
    press(form, "Save goal")
    both = words(pages(form.confirm))
    assert "31 Jan 2027" in both
    assert "Maya Lindt" in both and "Tom Reyes" in both
    assert first not in both and second not in both


def test_a_record_deleted_elsewhere_can_be_saved_as_new(book):
    key = book.add("goals", **GOAL)
    form = book.form("goals")
    form.show(key)
    fill(form, why="It still matters")
    elsewhere(book).delete("goals", key)
    press(form, "Save goal")
    assert words(form.notice.value) == "This goal was deleted elsewhere since you opened it."
    press(form, "Save it as new")
    (row,) = rows(book, "goals")
    assert (row["title"], row["why"]) == (GOAL["title"], "It still matters")
    assert row["id"] != key
