"""The headings of somebody else's form: read with their limits, in whatever way those are written; and what a text takes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerkit.review.appraisal.headings import CHARACTERS, WORDS, Heading, as_text, excess, length, parse, room_left

SHAPES = {
    "Key achievements (max 500 characters)": Heading("Key achievements", 500),
    "Objectives - 1000 chars": Heading("Objectives", 1000),
    "Stärken / Strengths: 300": Heading("Stärken / Strengths", 300),
    "What did you learn? [200 words]": Heading("What did you learn?", 200, WORDS),
    "What did you learn? 200 words": Heading("What did you learn?", 200, WORDS),
    "Top 3 wins (1,000 characters incl. spaces)": Heading("Top 3 wins", 1000),
    "1. Results – max. 1.500 Zeichen": Heading("Results", 1500),
    "a) Impact (between 200 and 300 words)": Heading("Impact", 300, WORDS),
    "Reflection 0/500": Heading("Reflection", 500),
    "Reflection 0 / 2000 characters": Heading("Reflection", 2000),
    "• Teamwork: up to 250 words.": Heading("Teamwork", 250, WORDS),
    "## Summary | 2000": Heading("Summary", 2000),
    "Wörter zählen (150 Wörter)": Heading("Wörter zählen", 150, WORDS),
    "Ambitions\t400": Heading("Ambitions", 400),
    "😀 Joy: 300": Heading("😀 Joy", 300),
    "Objectives (2026): 600": Heading("Objectives (2026)", 600),
    "Answer in no more than 150 words: what did you change?": Heading("Answer in no more than 150 words: what did you change?", 150, WORDS),
    "Three examples (500 characters): be specific": Heading("Three examples: be specific", 500),
    "Strengths <script>alert(1)</script> (300)": Heading("Strengths <script>alert(1)</script>", 300),
}
OTHER_NUMBERS = (
    "Goals for 2027",
    "Goals: 2027",
    "3 strengths",
    "OKR Q4 2026",
    "Feedback (from 360)",
    "0 characters",
    f"{10**20} characters",
)
NO_LIMIT = ("Teamwork", "Notes (optional)", "Characters of a leader", *OTHER_NUMBERS)


@pytest.mark.parametrize("line", SHAPES)
def test_a_limit_is_read_in_the_shape_it_is_written(line):
    assert parse(line) == [SHAPES[line]]


@pytest.mark.parametrize("line", NO_LIMIT)
def test_a_number_that_is_no_limit_stays_in_the_heading(line):
    assert parse(line) == [Heading(line)]


def test_empty_lines_are_left_out_and_a_limit_on_its_own_line_belongs_to_the_heading_above():
    assert parse("Results\n\n  Max 500 characters \n\nPlans\n200 words\n") == [Heading("Results", 500), Heading("Plans", 200, WORDS)]
    assert parse("") == parse(" \n\t\n") == parse("500 characters") == []


def test_two_headings_of_one_name_stay_two():
    assert parse("Goals: 300\nGoals: 400") == [Heading("Goals", 300), Heading("Goals", 400)]


@given(st.sampled_from(("Results", "What did you learn?", "Stärken")), st.integers(20, 1_000_000), st.sampled_from((CHARACTERS, WORDS)))
def test_headings_written_down_are_read_back(title, limit, unit):
    made = [Heading(title, limit, unit), Heading(title)]
    assert parse(as_text(made)) == made


@given(st.text(max_size=80))
def test_whatever_is_pasted_is_read_and_no_title_is_empty(text):
    assert all(each.title and (each.limit is None or each.limit >= 20) for each in parse(text))


@pytest.mark.parametrize(
    ("text", "characters", "words"),
    [
        ("", 0, 0),
        ("Cut the close", 13, 3),
        ("a\nb", 3, 2),
        ("é", 1, 1),
        ("e\u0301", 2, 1),
        ("😀", 2, 1),
        ("👩\u200d👧", 5, 1),
        ("שלום", 4, 1),
        ("  two  words ", 13, 2),
    ],
)
def test_characters_count_as_in_a_web_form_and_words_by_the_spaces_between(text, characters, words):
    assert (length(text), length(text, WORDS)) == (characters, words)


@given(st.text(), st.text())
def test_the_length_of_two_texts_is_that_of_both(first, second):
    assert length(first + second) == length(first) + length(second)


def test_what_is_over_the_limit_is_told_and_never_cut():
    heading = Heading("Results", 20)
    assert excess("x" * 23, heading) == 3 and excess("x" * 20, heading) == 0 and excess("x" * 999, Heading("Results")) == 0
    assert room_left("x" * 23, heading) == "23 of 20 characters: 3 too many. Nothing is cut; take out what matters least."
    assert room_left("x" * 12, heading) == "12 of 20 characters, 8 left."
    assert room_left("one", Heading("Results")) == "3 characters. The form gives no limit."
    assert room_left("one", Heading("Results", None, WORDS)) == "1 word. The form gives no limit."
