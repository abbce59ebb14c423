"""All clients at once: everybody's review of a period, and a page without names on which no small group stands."""

from __future__ import annotations

import datetime as dt

import pytest
from coachs import Round
from hands import words

from careerkit import CareerkitError, cohort
from careerkit.coach import Practice
from careerkit.coach.client_review import ClientReview
from careerkit.sharing.leaving import TOPICS, Choice
from careerkit.topics.review.periods import Period

NAMES = ("Lena Vogt", "Tomas Brandt", "Priya Nair", "Jonas Weber", "Maren Okafor")
QUARTER = Period.parse("2026Q3")
TODAY = dt.date(2026, 11, 28)


@pytest.fixture(scope="module")
def round(tmp_path_factory) -> Round:
    """Five clients share the example's goals and sessions; the first of them shares all."""
    made = Round(tmp_path_factory.mktemp("cohort"))
    for name, given in zip(NAMES, made.assign(*NAMES), strict=True):
        made.begin(name, example=True)
        made.arrive(name, given)
        made.hand_in(name, Choice(TOPICS if name == NAMES[0] else ("goals", "coaching")))
    assert not made.receive().stayed
    return made


def test_a_figure_from_five_clients_is_shown_and_one_from_fewer_is_not(round):
    said = words(cohort.page(round.practice.clients(), QUARTER, TODAY))
    assert "goals of 5 clients" in said and "fewer than 5 clients" in said
    network = said[said.index("network") : said.index("learning")]
    assert not any(letter.isdigit() for letter in network.replace("fewer than 5 clients", ""))


def test_sums_are_those_of_the_single_workbooks(round):
    frame = round.books[NAMES[0]].read("sessions")
    held = frame[frame["held_on"].between("2026-07-01", "2026-09-30")]
    assert f"{5 * int(held['attended'].sum())} of {5 * len(held)}, 5 clients" in words(
        cohort.page(round.practice.clients(), QUARTER, TODAY)
    )


def test_no_name_and_no_title_stands_on_the_page(round):
    said = str(cohort.page(round.practice.clients(), QUARTER, TODAY))
    titles = set(round.books[NAMES[0]].read("goals")["title"])
    assert not [each for each in (*NAMES, *titles) if each in said]


def test_four_clients_have_no_page(round):
    said = words(cohort.page(round.practice.clients()[:4], QUARTER, TODAY))
    assert "fewer than 5 clients" in said and "Habits" not in said


def test_a_review_has_only_the_sections_that_were_shared_and_says_so(round):
    some, everything = (ClientReview(round.practice.client(name), "2026Q3") for name in (NAMES[1], NAMES[0]))
    assert some.audience.sections == ("goals", "coaching")
    assert "Not shared, and so not in it: wins, habits" in words(some.about())
    assert {"goals", "habits", "network", "learning", "feedback", "skills", "coaching"} <= set(everything.audience.sections)


def test_one_failing_client_stops_no_other(tmp_path):
    made = Round(tmp_path)
    made.joined(NAMES[0], example=True)
    made.joined(NAMES[1])
    done = cohort.report(made.practice, "2025Q4", progress=False)
    (failed,) = done.failed
    (review,) = (files["html"] for files in done.made.values())
    assert failed.startswith(NAMES[1]) and done.failed[failed].endswith(".") and len(done.made) == 1
    assert "from nothing else" in review.read_text(encoding="utf-8") and "script-src" in review.read_text(encoding="utf-8")
    assert done.page == made.practice.folder / "reports" / "2025Q4" / "cohort.html" and "1 review made, 1 failed." in done.summary()[-2]


def test_without_clients_there_is_nothing_to_report(tmp_path):
    with pytest.raises(CareerkitError, match="Nobody has shared anything yet"):
        cohort.report(Practice.create(tmp_path / "practice"))
