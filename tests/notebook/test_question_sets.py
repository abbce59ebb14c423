"""The guided questions: those that come with the package are whole, and one's own stand after them."""

from __future__ import annotations

import csv

import frames
import pytest

from careerkit import CareerkitError
from careerkit.notebook import question_sets
from careerkit.records import split_list
from careerkit.store import packaged
from careerkit.topics.coaching.records import Prompt

COLUMNS = ["topic", "position", "question", "help", "answer_kind", "choices", "author"]


def built_in() -> list[dict[str, str]]:
    with (packaged.path("data") / "prompts.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def own(*rows: dict) -> object:
    return frames.tables(prompts=list(rows))["prompts"]


def texts(name: str, *rows: dict) -> list[str]:
    return [question.text for question in question_sets.of_set(name, own(*rows))]


def test_the_questions_that_come_with_the_package_have_the_columns_of_ones_own():
    assert all(list(row) == COLUMNS for row in built_in())


@pytest.mark.parametrize("row", built_in(), ids=lambda row: f"{row['topic']} {row['position']}")
def test_each_of_them_is_a_record_that_a_form_would_save(row):
    assert Prompt.clean(row)[1] == {}
    assert row["question"].endswith("?") and row["help"].endswith((".", "?"))
    assert row["author"] == ""
    assert (len(split_list(row["choices"])) >= 2) == (row["answer_kind"] == "choice")


def test_no_two_of_a_set_have_one_place_or_one_text():
    for column in ("position", "question"):
        pairs = [(row["topic"], row[column]) for row in built_in()]
        assert len(pairs) == len(set(pairs))


def test_every_set_has_a_title_of_its_own():
    assert {row["topic"] for row in built_in()} <= set(question_sets.TITLES)


def test_there_are_questions_for_a_beginning_for_goals_for_people_and_for_feedback():
    assert {"start", "goals", "networking", "feedback"} <= set(question_sets.all_sets(own()))


def test_ones_own_stand_after_the_built_in_ones_by_their_position():
    later, sooner = {"topic": "Goals ", "question": "And then?", "position": 2}, {"topic": "goals", "question": "Says who?", "position": 1}
    assert texts("goals", later, sooner) == [*texts("goals"), "Says who?", "And then?"]


def test_one_without_a_position_stands_last():
    assert texts("goals", {"topic": "goals", "question": "And then?"}, {"topic": "goals", "question": "Says who?", "position": 9})[-2:] == [
        "Says who?",
        "And then?",
    ]


def test_a_question_that_is_there_already_is_asked_once():
    first = texts("goals")[0]
    assert texts("goals", {"topic": "goals", "question": first, "author": "Ines Valdivia"}) == texts("goals")


def test_it_is_known_who_asks():
    asked = question_sets.of_set("goals", own({"topic": "goals", "question": "Says who?", "author": "Ines Valdivia"}))
    assert [question.author for question in asked][-2:] == ["", "Ines Valdivia"]


def test_a_topic_of_ones_own_is_a_set_with_its_own_name():
    row = {"topic": "Side business", "question": "Who would pay for it?"}
    assert texts("side business", row) == ["Who would pay for it?"]
    assert question_sets.title("side business") == "Side business"
    assert list(question_sets.all_sets(own(row)))[-1] == "side business"


def test_a_choice_with_nothing_to_choose_is_answered_in_words():
    (question,) = question_sets.of_set("x", own({"topic": "x", "question": "Which?", "answer_kind": "choice"}))
    assert question.kind == "text"


def test_a_set_that_there_is_not_is_a_sentence_with_those_there_are():
    with pytest.raises(
        CareerkitError, match=r"There is no set of questions 'luck'\. The sets are start, .*networking, .*goals, .*feedback"
    ):
        question_sets.of_set("luck", own())


def test_ones_own_questions_are_not_changed_by_reading_them():
    rows = own({"topic": "goals", "question": "b", "position": 2}, {"topic": "goals", "question": "a", "position": 1})
    before = rows.copy(deep=True)
    question_sets.all_sets(rows)
    assert rows.equals(before)
