"""All clients at once: everybody's review of a period, and a page without names on which no small group stands."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
import termios

import pytest
from form_driver import words
from practice_round import Round

from careerkit import CareerkitError
from careerkit.coach import Practice, cohort
from careerkit.coach.client_review import ClientReview
from careerkit.sharing.selection import TOPICS, Choice
from careerkit.topics.periods import Period

NAMES = ("Lena Vogt", "Tomas Brandt", "Priya Nair", "Jonas Weber", "Maren Okafor")
QUARTER = Period.parse("2026Q3")
TODAY = dt.date(2026, 11, 28)


@pytest.fixture(scope="module")
def round(tmp_path_factory) -> Round:
    """Five clients share the example's goals and sessions; the first of them shares all."""
    made = Round(tmp_path_factory.mktemp("cohort"))
    for name, given in zip(NAMES, made.assign(*NAMES), strict=True):
        made.begin(name, example=True)
        made.take_in(name, given)
        made.hand_in(name, Choice(TOPICS if name == NAMES[0] else ("goals", "coaching")))
    assert not made.receive().refused
    return made


def test_a_figure_from_five_clients_is_shown_and_one_from_fewer_is_not(round):
    said = words(cohort.cohort_page(round.practice.clients(), QUARTER, TODAY))
    assert "goals of 5 clients" in said and "fewer than 5 clients" in said
    network = said[said.index("network") : said.index("learning")]
    assert not any(letter.isdigit() for letter in network.replace("fewer than 5 clients", ""))


def test_sums_are_those_of_the_single_workbooks(round):
    frame = round.books[NAMES[0]].read("sessions")
    held = frame[frame["held_on"].between("2026-07-01", "2026-09-30")]
    attended, total = 5 * int(held["attended"].sum()), 5 * len(held)
    assert (attended, total) == (10, 15)
    assert f"{attended} of {total}, 5 clients" in words(cohort.cohort_page(round.practice.clients(), QUARTER, TODAY))


@pytest.mark.parametrize(
    "done, total, told",
    [
        (5, 5, "most or all of 5"),
        (0, 5, "few or none of 5"),
        (3, 5, "some of 5"),
        (4, 20, "few or none of 20"),
        (16, 20, "most or all of 20"),
        (15, 20, "15 of 20"),
        (5, 20, "5 of 20"),
    ],
)
def test_where_few_did_or_few_did_not_no_number_stands_because_it_would_tell_of_each(done, total, told):
    assert cohort.rounded(done, total) == told


def test_no_name_and_no_title_stands_on_the_page(round):
    said = str(cohort.cohort_page(round.practice.clients(), QUARTER, TODAY))
    titles = set(round.books[NAMES[0]].read("goals")["title"])
    assert not [each for each in (*NAMES, *titles) if each in said]


def test_four_clients_have_no_page(round):
    said = words(cohort.cohort_page(round.practice.clients()[:4], QUARTER, TODAY))
    assert "fewer than 5 clients" in said and "Habits" not in said


def test_a_review_has_only_the_sections_that_were_shared_and_says_so(round):
    some, everything = (ClientReview(round.practice.client(name), "2026Q3") for name in (NAMES[1], NAMES[0]))
    assert some.reader.sections == ("goals", "coaching")
    assert "Not shared, and so not in it: wins, habits" in words(some.about())
    assert {"goals", "habits", "network", "learning", "feedback", "skills", "coaching"} <= set(everything.reader.sections)


@pytest.fixture(scope="module")
def reported(tmp_path_factory) -> tuple[cohort.Cohort, str]:
    """Make the reviews of two clients, one of whom has no records; with what a terminal showed meanwhile."""
    made = Round(tmp_path_factory.mktemp("reported"))
    made.joined(NAMES[0], example=True)
    made.joined(NAMES[1])
    screen, terminal = os.openpty()
    termios.tcsetwinsize(terminal, (24, 80))
    os.set_blocking(screen, False)
    with pytest.MonkeyPatch.context() as changed, open(terminal, "w") as drawn:
        changed.setattr(sys, "stderr", drawn)
        done = cohort.report(made.practice, "2025Q4")
        drawn.flush()
        return done, os.read(screen, 100_000).decode()


def test_one_failing_client_stops_no_other(reported):
    done, _ = reported
    (failed,) = done.failed
    (review,) = (files["html"] for files in done.made.values())
    assert failed.startswith(NAMES[1]) and done.failed[failed].endswith(".") and len(done.made) == 1
    assert "from nothing else" in review.read_text(encoding="utf-8") and "script-src" in review.read_text(encoding="utf-8")
    assert done.page and done.page.parts[-3:] == ("reports", "2025Q4", "cohort.html")
    assert "1 review made, 1 failed." in done.summary()[-2]


def test_a_bar_shows_how_many_clients_are_done(reported):
    assert re.search(r"Reviews 2025Q4: .* 1 of 2 clients", reported[1])


def test_without_clients_there_is_nothing_to_report(tmp_path):
    with pytest.raises(CareerkitError, match="Nobody has shared anything yet"):
        cohort.report(Practice.create(tmp_path / "practice"))
