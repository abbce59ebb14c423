"""Names of third persons: found in any text, replaced by the same pseudonym each time, and not to be guessed."""

from __future__ import annotations

import re

import pytest
from example_counts import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from careerkit.sharing.pseudonyms import Pseudonyms, folded

SECRET = b"s" * 32
KNOWN = (
    "Oskar Lindqvist",
    "Sinéad Byrne",
    "Fatima Zahra El Idrissi",
    "Will Hope",
    "Mei-Ling Chow",
    "Søren Łukasz",
    "Ann Smith",
    "Bo Smith",
)


@pytest.fixture(scope="module")
def names() -> Pseudonyms:
    return Pseudonyms(SECRET, KNOWN, organisations=["Larkfield Freight"], spared=["Ines Valdivia"])


def test_a_pseudonym_is_the_same_each_time_and_another_in_another_workbook(names):
    assert re.fullmatch(r"Person [0-9A-HJKMNP-TV-Z]{6}", names.of("Oskar Lindqvist"))
    assert Pseudonyms(SECRET, ["Oskar Lindqvist"]).of("oskar  lindqvist") == names.of("Oskar Lindqvist")
    assert Pseudonyms(b"t" * 32, KNOWN).of("Oskar Lindqvist") != names.of("Oskar Lindqvist")


def test_two_people_never_share_one():
    people = [f"First{number} Last{number}" for number in range(2_000)]
    named = Pseudonyms(SECRET, people)
    assert len({named.of(name) for name in people}) == 2_000


@pytest.mark.parametrize(
    "text, left",
    [
        ("I asked Oskar Lindqvist twice.", "I asked {0} twice."),
        ("oskar and LINDQVIST", "{0} and {0}"),
        ("Oskar's worry, Oskars Team", "{0}'s worry, {0}s Team"),
        ("Oskar\nLindqvist", "{0}"),
        ("(Oskar)_Oskar/Oskar", "({0})_{0}/{0}"),
        ("Oskarshamn and Lindqvists", "Oskarshamn and {0}s"),
    ],
)
def test_whole_words_are_replaced_whatever_their_case(names, text, left):
    assert names.within(text) == left.format(names.of("Oskar Lindqvist"))


@pytest.mark.parametrize("text", ["Sinead", "SINÉAD", "Sine\u0301ad", "Byrne"])
def test_accents_do_not_hide_a_name(names, text):
    assert names.within(f"with {text}.") == f"with {names.of('Sinéad Byrne')}."


def test_letters_that_have_no_accent_and_are_typed_otherwise_are_found(names):
    assert names.within("Soren, Lukasz, SØREN") == ", ".join([names.of("Søren Łukasz")] * 3)


def test_a_name_of_several_parts_is_found_by_each_but_not_by_its_particle(names):
    assert names.within("Fatima, Zahra, Idrissi") == ", ".join([names.of("Fatima Zahra El Idrissi")] * 3)
    assert names.within("el niño, Mei-Ling") == f"el niño, {names.of('Mei-Ling Chow')}"


def test_a_name_that_is_a_word_too_counts_with_a_capital_only(names):
    assert names.within("I will hope that Will comes") == f"I will hope that {names.of('Will Hope')} comes"


def test_a_part_that_two_people_bear_tells_neither(names):
    left = names.within("Smith, Ann, Bo")
    assert left.split(", ")[1:] == [names.of("Ann Smith"), names.of("Bo Smith")]
    assert left.split(", ")[0] not in (names.of("Ann Smith"), names.of("Bo Smith")) and "Smith" not in left


def test_a_cell_that_names_several_people_is_replaced_name_by_name():
    named = Pseudonyms(SECRET, ["Lukas, Mei-Ling and Oskar", "Oskar Lindqvist"])
    assert named.of("Lukas, Mei-Ling and Oskar").count("Person ") == 3
    assert named.of("Oskar") == named.of("Oskar Lindqvist")


def test_organisations_have_pseudonyms_of_their_own(names):
    assert names.organisation("larkfield freight") == names.within("Larkfield Freight") and "Organisation " in names.within(
        "Larkfield Freight"
    )
    assert names.organisation("") == ""


def test_who_receives_it_keeps_their_name(names):
    assert names.of("Ines Valdivia") == names.within("Ines Valdivia") == "Ines Valdivia"


def test_a_blank_cell_stays_blank(names):
    assert (names.of(""), names.within(""), Pseudonyms(SECRET, []).within("Oskar")) == ("", "", "Oskar")


def test_the_owner_of_the_secret_reads_the_names_again(names):
    hidden = names.within("Ask Oskar and sinead at Larkfield Freight, not Person AAAAAA.")
    assert names.restored(hidden) == "Ask Oskar Lindqvist and Sinéad Byrne at Larkfield Freight, not Person AAAAAA."
    assert names.restored(hidden, "Ask Oskar and Sinéad at Larkfield Freight, not Person AAAAAA.").startswith("Ask Oskar and Sinéad at")


@settings(max_examples=examples(60), deadline=None)
@given(st.text(), st.sampled_from(KNOWN))
def test_no_full_name_survives_in_any_text(names, around, name):
    assert folded(name) not in folded(names.within(f"{around} {name} {around}"))


@settings(max_examples=examples(60), deadline=None)
@given(st.text(alphabet="äÉß xy.\n1"))
def test_a_text_without_names_stays_as_it_is(names, text):
    assert names.within(text) == text
