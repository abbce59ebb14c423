"""The roster and the page before a session: only what was shared, by name, and never by score."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from form_driver import words
from practice_round import COACH, LENA, TOMAS, Round

from careerkit import topics
from careerkit.coach import roster, session_page
from careerkit.coach.pages.roster import roster_table
from careerkit.records.settings import Settings
from careerkit.sharing.audience import Audience, view
from careerkit.sharing.selection import TOPICS, Choice
from careerkit.topics.habits.scores import HABITS

AYSE = "Ayşe Yılmaz"


@pytest.fixture(scope="module")
def round(tmp_path_factory) -> Round:
    """Lena shares all of the example, Tomas his goals alone, and Ayşe has only been sent a starter."""
    made = Round(tmp_path_factory.mktemp("roster"))
    made.joined(TOMAS, Choice(("goals", "coaching")), example=True)
    made.joined(LENA, Choice(TOPICS), example=True)
    made.assign(AYSE)
    return made


@pytest.fixture(scope="module")
def rows(round) -> dict[str, roster.Row]:
    return {row.name: row for row in roster.rows(round.practice)}


def test_clients_stand_by_name_whatever_their_scores(rows):
    assert list(rows) == [AYSE, LENA, TOMAS]


def test_figures_are_those_of_the_clients_own_workbook_but_for_private_records(round, rows):
    book = round.books[LENA]
    open_ones, _ = view(book.tables(), Audience("all but private", columns=None))

    def own(name: str, on: dt.date) -> Any:
        # Settings do not travel: neither rhythms by closeness nor hours a week.
        return topics.measure(name, open_ones, on, Settings.new())

    pace = own("goals.pace", book.today)
    assert rows[LENA].goals == pace[pace["goal_status"] == "active"]["status"].value_counts().to_dict()
    now, earlier = (own("habits.index", day).set_index("habit")["score"] for day in (book.today, book.today - dt.timedelta(days=91)))
    for habit in ("networking", "change", "goals", "feedback"):
        assert rows[LENA].habits[habit].score == pytest.approx(now[habit])
        assert rows[LENA].habits[habit].change == pytest.approx(now[habit] - earlier[habit])


def test_what_was_not_shared_is_missing_and_never_zero(rows):
    assert rows[TOMAS].reviews_due is None and rows[TOMAS].goals
    assert {name: each.score for name, each in rows[TOMAS].habits.items() if name != "goals"} == {
        name: None for name in HABITS if name != "goals"
    }
    assert set(rows[TOMAS].not_shared) == {"self-assessment", "network", "learning", "feedback", "reviews"}
    assert rows[AYSE].heard_on is None and rows[AYSE].goals is None


def test_one_withheld_column_takes_its_figure_away(tmp_path):
    made = Round(tmp_path)
    keep = ("title", "metric", "baseline", "target", "started_on", "status", "closed_on")
    made.joined(LENA, Choice(("goals", "coaching"), {"goals": keep}), example=True)
    (row,) = roster.rows(made.practice)
    assert row.goals is None and row.habits["goals"].score is None and "how goals are going" in row.not_shared


def test_what_is_no_longer_shared_is_no_longer_shown(tmp_path):
    made = Round(tmp_path)
    made.joined(LENA, Choice(("goals", "coaching")), example=True)
    made.books[LENA].add("goals", title="One more")
    made.hand_in(LENA, Choice(("coaching",)))
    made.receive()
    (row,) = roster.rows(made.practice)
    assert row.goals is None and made.practice.clients()[0].tables()["goals"].empty


@pytest.mark.parametrize(("days", "quiet"), [(20, False), (21, True)])
def test_a_client_is_quiet_from_the_21st_day_on(rows, days, quiet):
    assert rows[LENA].quiet(rows[LENA].since + dt.timedelta(days=days)) is quiet
    assert rows[AYSE].quiet(rows[AYSE].since + dt.timedelta(days=days)) is quiet


def test_a_quiet_client_can_be_written_to(rows):
    text = roster.greeting(rows[LENA], COACH, rows[LENA].since + dt.timedelta(days=36))
    assert text.startswith("Hello Lena,") and "5 weeks" in text and text.endswith(COACH)
    assert "first file" in roster.greeting(rows[AYSE], COACH, rows[AYSE].since + dt.timedelta(days=36))


def test_the_table_says_not_shared(round):
    said = words(roster_table(round.practice))
    assert "not shared" in said and said.index(AYSE) < said.index(LENA) < said.index(TOMAS) and "None" not in said and "nan" not in said


def test_other_programs_get_null_for_what_was_not_shared(round, rows):
    told = rows[TOMAS].plain(round.practice.today)
    assert told["reviews_due"] is None and told["habits"]["feedback"] == {"index": None, "change": None}


# -- the page before a session


def test_the_page_tells_what_changed_what_was_agreed_and_what_waits(round):
    copy = round.practice.client(LENA)
    said = words(session_page.briefing(copy, round.practice.notes(copy)))
    assert "You met last on 6 October 2026" in said and "Ask two people how the last handover felt" in said
    assert "What changed since 6 Oct 2026" in said and "1 new study note" in said and "Two questions after a handover" in said
    assert "private records stayed with Lena Vogt" in said


def test_the_clients_question_is_the_agenda_they_wrote_for_the_next_session(met):
    book, copy = met.books[LENA], met.practice.client(LENA)
    assert "has not written one" in words(session_page.briefing(copy, met.practice.notes(copy)))
    book.add("sessions", held_on=dt.date.today() + dt.timedelta(days=3), attended=False, agenda="Should I say yes?")
    met.hand_in(LENA)
    met.receive()
    assert "Should I say yes?" in words(session_page.briefing(copy, met.practice.notes(copy)))


def test_without_an_agenda_it_is_the_latest_answer_that_was_shared(met):
    book = met.books[LENA]
    book.add("reflections", topic="goals", prompt="What would you try?", answer="I would move to Oslo.", written_on=book.today)
    met.hand_in(LENA, Choice(TOPICS, free_text=True))
    met.receive()
    copy = met.practice.client(LENA)
    assert "I would move to Oslo." in words(session_page.briefing(copy, met.practice.notes(copy)))


def test_the_first_page_of_all_says_so(met):
    copy = met.practice.client(LENA)
    assert "This will be your first session" in words(session_page.briefing(copy, met.practice.notes(copy)))


def test_of_two_notes_on_one_session_the_coachs_stands(met):
    book = met.books[LENA]
    book.add("sessions", held_on="2026-11-02", agreed="Her words")
    met.hand_in(LENA)
    met.receive()
    copy = met.practice.client(LENA)
    copy.add("sessions", held_on="2026-11-02", agreed="My words")
    assert [row["agreed"] for row in session_page.sessions(copy)] == ["My words"]


def test_the_text_after_a_session_names_what_was_agreed_and_what_is_open(met):
    copy = met.practice.client(LENA)
    key = copy.add("sessions", held_on=copy.today, agreed="Two names by Friday.", next_on=copy.today + dt.timedelta(days=14))
    letter = session_page.letter(copy, COACH)
    text = letter.text({}, copy.today, copy.settings, key)
    assert letter.recipients({}, copy.today, copy.settings)[0][0] == key
    assert text.startswith("Hello Lena,\n\nThank you for our talk today.") and "Two names by Friday." in text
    assert "- Rate your skills, by" in text and "We meet next on" in text and text.endswith(COACH)


def test_what_a_client_typed_is_no_markup_on_the_coachs_pages(tmp_path):
    made = Round(tmp_path)
    name = "Lena <img src=x onerror=alert(1)>"
    book = made.joined(name)
    book.add("goals", title="<script>alert(1)</script>")
    book.add("sessions", held_on="2026-11-02", agreed="<b>bold</b>", agenda="<i>x</i>")
    made.hand_in(name)
    made.receive()
    (copy,) = made.practice.clients()
    for page in (session_page.briefing(copy, made.practice.notes(copy)), roster_table(made.practice)):
        assert not {"<img", "<script", "<b>", "<i>"} & {each for each in ("<img", "<script", "<b>", "<i>") if each in str(page)}
