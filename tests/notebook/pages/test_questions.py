"""A set of questions as a page: what is answered is saved at once, shown the next time, and never lost."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import pytest
from form_driver import HOSTILE, buttons, pages, press, rows, seen, sent, tags, words

from careerkit import CareerkitError, Workbook
from careerkit.notebook import question_sets

STANDS = "Which words about your work do you still think of?"
EASY = "How easy do you make it to tell you something unwelcome?"
KNOWS = "Does the person who told you know what came of it?"


@pytest.fixture
def asking(book) -> Any:
    """Return the questions about feedback."""
    return book.questions("feedback")


def asked(asking, question: str):
    (found,) = (each for each in asking.questions if each.question.text == question)
    return found


def answer(asking, question: str, text: str) -> None:
    asked(asking, question).box.input.value = text


def earlier(asking, question: str) -> str:
    return words(asked(asking, question).earlier.value)


def stored(book: Workbook) -> list[tuple[str, str]]:
    return [(row["prompt"], row["answer"]) for row in rows(book, "reflections")]


def test_every_question_of_the_set_is_there_with_its_help(book, asking):
    told = words(pages(asking))
    for question in question_sets.of_set("feedback", book.read("prompts")):
        assert question.text in told and question.help in told


def test_text_a_scale_and_a_choice_are_each_answered_in_their_way(asking):
    assert isinstance(asked(asking, STANDS).box.input, widgets.Textarea)
    scale, choice = asked(asking, EASY).box.input, asked(asking, KNOWS).box.input
    assert isinstance(scale, widgets.ToggleButtons) and [value for _, value in scale.options] == ["", "1", "2", "3", "4", "5"]
    assert [label for label, _ in choice.options] == ["–", "yes", "not yet", "there was nothing to tell"]


def test_each_answer_given_becomes_a_row_and_the_others_none(book, asking):
    answer(asking, STANDS, "Slow down.\nThen say it again.")
    answer(asking, EASY, "3")
    press(asking, "Save answers")
    assert stored(book) == [(STANDS, "Slow down.\nThen say it again."), (EASY, "3")]
    assert {(row["topic"], row["written_on"], row["private"]) for row in rows(book, "reflections")} == {
        ("feedback", book.today.isoformat(), "false")
    }
    assert words(asking.notice.value) == "2 answers saved a moment ago."


def test_after_a_save_the_fields_are_empty_and_the_answers_stand_below(asking):
    answer(asking, STANDS, "Slow down.")
    answer(asking, EASY, "3")
    press(asking, "Save answers")
    assert asking.answers() == {}
    assert "What you wrote on" in earlier(asking, STANDS) and "Slow down." in earlier(asking, STANDS)
    assert "3 of 5" in earlier(asking, EASY)
    assert earlier(asking, KNOWS) == ""


def test_one_undo_takes_all_answers_back_and_puts_them_into_the_fields_again(book, asking):
    answer(asking, STANDS, "Slow down.")
    answer(asking, EASY, "3")
    asking.private.input.value = True
    press(asking, "Save answers")
    press(asking, "Undo")
    assert stored(book) == []
    assert asking.answers() == {STANDS: "Slow down.", EASY: "3"}
    assert asking.private.value is True
    assert words(asking.notice.value) == "Undone: added 2 rows to reflections."
    assert "Undo" not in buttons(asking)


def test_an_undo_that_meant_another_save_leaves_the_fields_alone(book, asking):
    answer(asking, STANDS, "Slow down.")
    press(asking, "Save answers")
    book.add("goals", title="Give two talks")
    press(asking, "Undo")
    assert stored(book) == [(STANDS, "Slow down.")] and asking.answers() == {}


def test_with_nothing_answered_it_says_so_and_saves_nothing(book, asking):
    answer(asking, STANDS, "  \n ")
    press(asking, "Save answers")
    assert words(asking.notice.value) == "Nothing is answered yet. One answer is enough to save."
    assert stored(book) == []


def test_answers_can_be_kept_to_oneself(book, asking):
    answer(asking, STANDS, "I was hurt.")
    asking.private.input.value = True
    press(asking, "Save answers")
    assert [row["private"] for row in rows(book, "reflections")] == ["true"]
    assert asking.private.value is False


def test_a_second_run_of_the_cell_loses_nothing(book):
    first = book.questions("feedback")
    answer(first, STANDS, "Slow down.")
    answer(first, EASY, "3")
    first.private.input.value = True
    again = book.questions("feedback")
    assert again.answers() == {STANDS: "Slow down.", EASY: "3"} and again.private.value is True
    assert words(again.notice.value) == "Here's what you started writing. It isn't saved yet."


def test_a_saved_answer_is_no_draft_any_more(book, asking):
    answer(asking, STANDS, "Slow down.")
    press(asking, "Save answers")
    assert book.questions("feedback").answers() == {}


def test_opening_a_set_writes_nothing(book):
    book.questions("feedback")
    assert rows(book, "reflections") == [] and not book.drafts


def test_the_latest_of_earlier_answers_comes_first_and_three_are_shown(book):
    for day, text in (("2024-05-01", "one"), ("2026-05-01", "four"), ("2025-05-01", "three"), ("2024-09-01", "two")):
        book.add("reflections", prompt=STANDS, topic="", answer=text, written_on=day)
    told = earlier(book.questions("feedback"), STANDS)
    assert told.startswith("What you wrote on 1 May 2026")
    assert [told.index(text) for text in ("four", "three", "two")] == sorted(told.index(text) for text in ("four", "three", "two"))
    assert "one" not in told


def test_an_answer_of_two_years_ago_stands_below_the_question_in_the_example(example):
    asking = example.questions("start")
    assert "6 Oct 2024" in earlier(asking, "What brings you here?")
    assert "I have done the same year three times." in earlier(asking, "What brings you here?")


def test_a_coachs_question_is_asked_with_the_coachs_name(example):
    told = words(pages(asked(example.questions("feedback"), "How hard was it to hear this?")))
    assert "asked by Ines Valdivia" in told
    assert "asked by" not in words(pages(asked(example.questions("feedback"), STANDS)))


def test_a_question_added_elsewhere_appears_and_what_was_typed_stays(book, asking):
    answer(asking, STANDS, "Slow down.")
    book.add("prompts", topic="feedback", question="Who else?")
    assert asking.questions[-1].question.text == "Who else?"
    assert asking.answers() == {STANDS: "Slow down."}
    answer(asking, "Who else?", "Rashid")
    assert asking.answers() == {STANDS: "Slow down.", "Who else?": "Rashid"}
    assert book.drafts["questions:feedback"]["answers"] == asking.answers()


def test_an_answer_saved_elsewhere_is_seen_at_once(book, asking):
    book.add("reflections", prompt=STANDS, answer="Slow down.", written_on="2026-05-01")
    assert "Slow down." in earlier(asking, STANDS)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_typed_is_text(book, text):
    book.add("prompts", topic="feedback", question=text, help=text, author=text)
    book.add("prompts", topic="feedback", question="Which?", answer_kind="choice", choices=f"{text};b")
    book.add("reflections", prompt=text, answer=text, written_on="2026-05-01")
    asking = book.questions("feedback")
    assert tags(pages(asking)) <= {"strong", "span", "details", "summary", "p", "br"}
    assert words(pages(asking)).count(text) >= 4
    # A label would turn "$" into a formula.
    assert all(text not in getattr(each, "description", "") for each in seen(asking))
    assert "onerror=alert(1)>" not in "".join(each.value for each in seen(asking) if isinstance(each, widgets.HTML))


def test_every_input_has_its_question_as_its_name(asking):
    assert all(each.box.input.tooltip == each.question.text for each in asking.questions)
    assert STANDS in sent(asking)


def test_a_set_that_there_is_not_is_a_sentence(book):
    with pytest.raises(CareerkitError, match="There is no set of questions 'luck'"):
        book.questions("luck")


# -- the notebook that shows any set


def test_every_set_can_be_chosen_by_its_title(book):
    labels = [label for label, _ in book.exercises().choice.options]
    assert {"Where do I begin?", "Who is around me?", "What do I want to reach?", "How do others see me?"} <= set(labels)


def test_the_set_that_is_chosen_is_asked(book):
    exercises = book.exercises()
    exercises.choice.value = "feedback"
    answer(exercises.form, STANDS, "Slow down.")
    press(exercises, "Save answers")
    assert stored(book) == [(STANDS, "Slow down.")]


def test_going_to_another_set_and_back_loses_nothing(book):
    exercises = book.exercises()
    exercises.choice.value = "feedback"
    answer(exercises.form, STANDS, "Slow down.")
    exercises.choice.value = "goals"
    assert exercises.form.answers() == {}
    exercises.choice.value = "feedback"
    assert exercises.form.answers() == {STANDS: "Slow down."}
    again = book.exercises()
    assert again.choice.value == "feedback" and again.form.answers() == {STANDS: "Slow down."}


def test_a_set_added_elsewhere_can_be_chosen_at_once(book):
    exercises = book.exercises()
    exercises.choice.value = "goals"
    book.add("prompts", topic="side business", question="Who would pay for it?")
    assert ("Side business", "side business") in exercises.choice.options
    assert exercises.choice.value == "goals"
    exercises.choice.value = "side business"
    assert [each.question.text for each in exercises.form.questions] == ["Who would pay for it?"]


def test_a_set_whose_last_question_is_gone_gives_way_to_another(book):
    key = book.add("prompts", topic="side business", question="Who would pay for it?")
    exercises = book.exercises()
    exercises.choice.value = "side business"
    book.delete("prompts", key)
    assert exercises.choice.value == "start" and exercises.form.name == "start"
    assert not (book.folder / ".careerkit" / "errors.log").exists()
