"""Ready texts: written from the records, changed by hand, copied with one click."""

from __future__ import annotations

import pytest
from form_driver import HOSTILE, buttons, press, rows, seen, tags, words

from careerkit import CareerkitError, Workbook
from careerkit.notebook import guides
from careerkit.notebook.widgets.copy_text import CopyText
from careerkit.notebook.widgets.letter import LetterForm
from careerkit.topics.letters import Letter


def waiting(tables, on, settings) -> list[tuple[str, str]]:
    """Return contacts that are not archived, as whom a letter can be for."""
    people = tables["contacts"]
    return [(row["id"], row["name"]) for _, row in people[people["archived_on"].isna()].iterrows()]


def greeting(tables, on, settings, key) -> str:
    name = tables["contacts"].set_index("id").loc[key, "name"]
    return f"Hello {name},\n\nit is {on:%A}.\n\n{settings.owner}"


GREETING = Letter("A greeting", waiting, greeting, "Add a contact, and a greeting is written for you.")


@pytest.fixture
def form(book) -> LetterForm:
    book.add("contacts", id="c1", name="Omar Aziz")
    book.add("contacts", id="c2", name="Priya Raman")
    return written(book)


def written(book: Workbook) -> LetterForm:
    return book.live("letter:greeting", LetterForm(book, "greeting", GREETING))


def choose(form: LetterForm, name: str) -> None:
    form.recipient.label = name


def test_the_text_is_written_for_the_first_whom_it_can_be_for(form):
    assert form.recipient.label == "Omar Aziz"
    assert form.message.text == "Hello Omar Aziz,\n\nit is Monday.\n\nMaya Lindt"


def test_choosing_another_writes_it_for_them(form):
    choose(form, "Priya Raman")
    assert form.message.text.startswith("Hello Priya Raman,")


def test_a_letter_saves_nothing(book, form):
    before = rows(book, "contacts")
    form.message.text = "Hi!"
    choose(form, "Priya Raman")
    assert rows(book, "contacts") == before


def test_for_nobody_it_says_what_to_do(book):
    form = written(book)
    shown = [words(each.value) for each in seen(form) if hasattr(each, "value") and isinstance(each.value, str)]
    assert any("Add a contact, and a greeting is written for you." in each for each in shown)
    assert not any(isinstance(each, CopyText) for each in seen(form))


def test_someone_added_elsewhere_can_be_written_to_at_once(book):
    form = written(book)
    book.add("contacts", name="Omar Aziz")
    assert form.message.text.startswith("Hello Omar Aziz,")
    assert any(isinstance(each, CopyText) for each in seen(form))


def test_whoever_is_added_elsewhere_is_written_to_next_unless_a_text_is_begun(book, form):
    book.add("contacts", id="c3", name="Tess Okonkwo")
    assert form.message.text.startswith("Hello Tess Okonkwo,")
    form.message.text = "Hi Tess"
    book.add("contacts", id="c4", name="Zoltán Kiss")
    assert form.message.text == "Hi Tess"


def test_a_record_changed_elsewhere_is_in_the_text_at_once(book, form):
    book.update("contacts", "c1", name="Omar A. Aziz")
    assert form.message.text.startswith("Hello Omar A. Aziz,")


def test_a_text_changed_by_hand_stays_when_something_is_saved_elsewhere(book, form):
    form.message.text = "Hi Omar"
    book.update("contacts", "c1", name="Omar A. Aziz")
    assert form.message.text == "Hi Omar"


def test_each_persons_text_keeps_its_changes(book, form):
    form.message.text = "Hi Omar"
    choose(form, "Priya Raman")
    form.message.text = "Hi Priya"
    choose(form, "Omar Aziz")
    assert form.message.text == "Hi Omar"
    choose(form, "Priya Raman")
    assert form.message.text == "Hi Priya"


def test_a_second_run_of_the_cell_keeps_what_was_changed(book, form):
    choose(form, "Priya Raman")
    form.message.text = "Hi Priya"
    again = written(book)
    assert (again.recipient.label, again.message.text) == ("Priya Raman", "Hi Priya")


def test_one_can_go_back_to_the_first_text(form):
    assert "Back to the original text" not in buttons(form)
    form.message.text = "Hi Omar"
    press(form, "Back to the original text")
    assert form.message.text.startswith("Hello Omar Aziz,")
    assert "Back to the original text" not in buttons(form)


def test_a_changed_text_stays_though_it_can_no_longer_be_for_them(book, form):
    form.message.text = "Hi Omar"
    book.update("contacts", "c1", archived_on="2026-10-01")
    assert (form.recipient.label, form.message.text) == ("Omar Aziz", "Hi Omar")
    press(form, "Back to the original text")
    assert form.message.text.startswith("Hello Priya Raman,")
    assert [label for label, _ in form.recipient.options] == ["Priya Raman"]


def test_of_one_that_was_not_changed_the_next_is_written(book, form):
    book.update("contacts", "c1", archived_on="2026-10-01")
    assert form.message.text.startswith("Hello Priya Raman,")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_name_is_text(book, text):
    book.add("contacts", name=text)
    form = written(book)
    assert text in form.message.text
    assert tags(form.empty.value) <= {"div", "strong", "br", "span"}


def test_a_letter_that_there_is_not_is_a_sentence(book):
    with pytest.raises(CareerkitError, match=r"There is no letter 'networking\.love'"):
        book.letter("networking.love")


@pytest.mark.parametrize("topic", list(guides.GUIDES))
def test_every_letter_of_a_topic_can_be_had_on_an_empty_workbook(book, topic):
    for name in getattr(guides.GUIDES[topic], "LETTERS", {}):
        assert name.startswith(f"{topic}.")
        assert book.letter(name).message.text == ""
