"""The forms of Start here by which one works with a coach, used as a person does, without a browser."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from form_driver import buttons, give, pages, parts, press, rows, words

from careerkit import Workbook, look
from careerkit.notebook.pages.coaching import CoachingPage
from careerkit.sharing import encryption, keys, send
from careerkit.sharing.bundle import pack
from careerkit.sharing.unpack import unpack

COACH, OWNER, SPOKEN = "Ines Valdivia", "Nora Berg", "lusab-babad-gutih-tugad-mavol"
TASK = {"title": "Three sponsors", "notebook": "02_networking", "instructions": "One page.", "given_on": "2026-09-09"}
TAKE, SHARE, SESSIONS, KEYS = range(4)


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("CAREERKIT_KEYS", str(tmp_path / "keys"))


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory) -> keys.KeyPair:
    return keys.own_or_new(tmp_path_factory.mktemp("coach"))


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    return Workbook.create(tmp_path / "career", owner=OWNER)


def unfolded(page: CoachingPage, place: int) -> Any:
    page.folds.selected_index = place
    return page.folds.children[place].children[0]


def opened(page: CoachingPage, content: bytes, passphrase: str = SPOKEN) -> Any:
    """Return the form that takes a file in, with this file in it and opened."""
    form = unfolded(page, TAKE)
    give(form, content)
    form.passphrase.value = passphrase
    press(form, "Open it")
    return form


@cache
def starter(coach: keys.KeyPair) -> bytes:
    return send.sealed(send.starter(COACH, coach.public, {"assignments": [TASK]}, "2026-09-09T09:00:00Z"), passphrase=SPOKEN)


def test_without_a_coach_there_is_one_quiet_line_and_no_form_is_made_before_it_is_unfolded(book):
    page = book.coaching()
    assert words(pages(page)).startswith("Working with a coach?") and buttons(page) == []
    assert len(list(parts(page))) < 9
    assert "Choose the file" not in words(pages(page))
    unfolded(page, SHARE)
    assert buttons(page) == ["Write the file"]


def test_a_wrong_passphrase_is_a_sentence_and_what_was_left_leaves_no_trace(book, coach):
    form = opened(book.coaching(), starter(coach), "bobab-babad-gutih-tugad-mavol")
    assert "The passphrase does not open this file." in form.notice.value
    form.passphrase.value = SPOKEN
    press(form, "Open it")
    assert "becomes your coach here" in words(pages(form)) and buttons(form) == ["Take it in", "Leave it"]
    press(form, "Leave it")
    assert rows(book, "assignments") == [] and keys.coach(book.folder) is None and buttons(form) == []


def test_what_was_taken_in_shows_at_once_and_undo_takes_it_back(book, coach):
    page = book.coaching()
    form = opened(page, starter(coach))
    press(form, "Take it in")
    assert "Three sponsors" in words(pages(page)) and "I've started" in buttons(page)
    press(form, "Undo")
    assert rows(book, "assignments") == [] and "Undone: took in what Ines Valdivia sent." in words(form.notice.value)


def test_a_file_that_is_none_of_ours_is_refused_in_a_sentence(book):
    form = unfolded(book.coaching(), TAKE)
    give(form, b"Dear all, see you on Monday")
    assert "This file was not sealed by careerkit." in form.notice.value and buttons(form) == []


def test_an_assignment_goes_from_begun_to_handed_in_to_done_and_back(book):
    book.add("assignments", **TASK)
    page = book.coaching()
    press(page, "I've started")
    press(page, "Hand in")
    press(page, "It is done")
    (row,) = rows(book, "assignments")
    day = book.today.isoformat()
    assert (row["started_on"], row["submitted_on"], row["done_on"]) == (day, day, day)
    assert "1 assignment done so far." in words(pages(page))
    press(page, "Undo")
    assert rows(book, "assignments")[0]["done_on"] == "" and "It is done" in buttons(page)


def test_a_field_changed_on_two_machines_stands_side_by_side_until_one_chooses(book, tmp_path):
    goal, other = book.add("goals", title="Find a sponsor"), book.add("goals", title="Rest")
    sent = book.share(tmp_path / "out", "self", passphrase=True)
    there = Workbook.create(tmp_path / "there", owner=OWNER)
    there.change_settings(id=book.settings.id)
    there.receive(tmp_path / "out", sent.passphrase)
    for key in (goal, other):
        there.update("goals", key, title=f"There {key}")
        book.update("goals", key, title=f"Here {key}")
    back = there.share(tmp_path / "back", "self", passphrase=True)
    form = opened(book.coaching(), (tmp_path / "back").read_bytes(), back.passphrase)
    press(form, "Take it in")
    first, second = form.decisions.list.children
    told = words(pages(first)) + words(pages(second))
    assert all(f"{side} {key}" in told for side in ("Here", "There") for key in (goal, other))
    press(first, "Take the other")
    press(form.decisions.list.children[0], "Keep what is here")
    assert sorted(row["title"].split()[0] for row in rows(book, "goals")) == ["Here", "There"]
    assert form.decisions.list.children == ()


def test_the_preview_is_what_is_written_and_a_field_can_be_left_out(book, coach):
    keys.keep_coach(book.folder, keys.Partner(COACH, coach.public))
    book.add("goals", title="Find a sponsor", deadline="2026-12-01")
    book.add("goals", title="See a lawyer", private=True)
    form = unfolded(book.coaching(), SHARE)
    assert "Find a sponsor" in form.preview.value and "lawyer" not in form.preview.value
    assert "Marked private, so never shared: private records (1)" in words(form.preview.value)
    form.field.value = "goals.deadline"
    assert "Left out by you: goals: deadline (1)" in words(form.preview.value) and "2026-12-01" not in form.preview.value
    press(form, "Write the file")
    (file,) = (book.folder / "shared").iterdir()
    bundle = unpack(encryption.open_with_key(file.read_bytes(), coach.private))
    assert "deadline" not in bundle.parts["goals"].columns and str(file) in "".join(getattr(each, "text", "") for each in parts(form))
    press(form, "goals: deadline ×")
    assert "2026-12-01" in form.preview.value
    press(form, "Write the file")
    assert len(list((book.folder / "shared").iterdir())) == 2


def test_without_a_coachs_key_a_passphrase_is_shown_once_and_opens_the_file(book):
    form = unfolded(book.coaching(), SHARE)
    press(form, "Write the file")
    spoken = re.search(rf"{encryption.GROUP}(?:-{encryption.GROUP}){{4}}", words(pages(form.made)))[0]
    (file,) = (book.folder / "shared").iterdir()
    assert pack(unpack(encryption.open_with_passphrase(file.read_bytes(), spoken)))
    form.topics["brand"].value = True
    assert spoken not in pages(form)


def test_a_workbook_without_an_owner_asks_for_the_name(tmp_path):
    book = Workbook.create(tmp_path / "nobody")
    form = unfolded(book.coaching(), SHARE)
    press(form, "Write the file")
    assert "have your name yet" in form.notice.value
    form.owner.value = OWNER
    press(form, "Write the file")
    assert book.settings.owner == OWNER and "Written." in form.notice.value


def test_a_coachs_key_can_be_pasted_and_a_wrong_one_is_told(book, coach):
    form = unfolded(book.coaching(), KEYS)
    form.name.value, form.key.value = COACH, "age1nonsense"
    press(form, "Keep this key")
    assert "This isn&#39;t a public key." in form.notice.value and keys.coach(book.folder) is None
    form.key.value = f" {coach.public} "
    press(form, "Keep this key")
    assert keys.coach(book.folder) == keys.Partner(COACH, coach.public)
    press(form, "Make my key")
    assert keys.own().public in "".join(getattr(each, "text", "") for each in parts(form))


def answer(comments: Any) -> Any:
    """Return the one field for an answer."""
    (box,) = (each for each in parts(comments) if hasattr(each, "rows") and hasattr(each, "placeholder"))
    return box


def test_a_comment_stands_beside_its_record_alone_is_answered_and_resolved(book):
    first, second = book.add("goals", title="Find a sponsor"), book.add("goals", title="Rest")
    said = book.comment("goals", first, "Who would <b>lose</b>?")
    form = book.form("goals")
    assert "1 open comment" in words(pages(form.list)) and form.comments.children == ()
    form.show(second)
    assert form.comments.children == ()
    form.show(first)
    assert "Who would <b>lose</b>?" in words(pages(form.comments)) and "earlier version" not in pages(form.comments)
    box = answer(form.comments)
    box.value = "The old owner."
    press(form.comments, "Answer")
    assert [(row["text"], row["reply_to"]) for row in rows(book, "comments")][1:] == [("The old owner.", said)]
    press(form.comments, "Resolved")
    assert rows(book, "comments")[0]["resolved_on"] == book.today.isoformat() and "open comment" not in pages(form.list)


def test_an_answer_half_typed_outlives_a_comment_that_comes_in(book):
    goal = book.add("goals", title="Find a sponsor")
    book.comment("goals", goal, "Who would lose?")
    form = book.form("goals")
    form.show(goal)
    answer(form.comments).value = "The old"
    book.comment("goals", goal, "And who would win?")
    begun = [each.value for each in parts(form.comments) if hasattr(each, "rows") and hasattr(each, "placeholder")]
    assert begun == ["The old", ""]


def test_an_answer_that_was_sent_stands_no_longer_in_its_field(book):
    goal = book.add("goals", title="Find a sponsor")
    book.comment("goals", goal, "Who would lose?")
    form = book.form("goals")
    form.show(goal)
    answer(form.comments).value = "The old owner."
    press(form.comments, "Answer")
    assert answer(form.comments).value == ""


def test_a_comment_on_feedback_stands_beside_the_feedback_that_is_followed(book):
    first = book.add("feedback", giver="Ada", question="What should I stop?", requested_on=book.today)
    second = book.add("feedback", giver="Bo", question="And start?", requested_on=book.today)
    book.comment("feedback", second, "Ask one more person.")
    form = book.stages("feedback")
    form.choice.value = first
    assert form.comments.children == ()
    form.choice.value = second
    assert "Ask one more person." in words(pages(form.comments))
    press(form.comments, "Resolved")
    assert rows(book, "comments")[0]["resolved_on"] == book.today.isoformat()


def test_comments_on_ratings_stand_below_the_page_with_what_they_are_about_until_they_are_resolved(book):
    skill = book.add("skills", name="Budgeting")
    rating = book.add("skill_ratings", skill_id=skill, rated_on=book.today, rater="self", level=2)
    page = book.rating()
    assert page.comments.children == ()
    book.comment("skill_ratings", rating, "What would a 3 look like?")
    told = words(pages(page.comments))
    assert "Budgeting" in told and "What would a 3 look like?" in told
    answer(page.comments).value = "A budget that holds."
    press(page.comments, "Answer")
    assert rows(book, "comments")[1]["text"] == "A budget that holds." and "A budget that holds." in words(pages(page.comments))
    press(page.comments, "Resolved")
    assert page.comments.children == ()


def test_what_was_agreed_with_the_coach_stands_under_your_sessions_with_the_day_of_the_next(book):
    form = unfolded(book.coaching(), SESSIONS)
    assert "No session yet." in words(pages(form))
    book.add("sessions", held_on="2026-09-20", agreed="Two sponsors by <b>June</b>.", next_on=book.today, attended=True)
    book.add("sessions", held_on="2026-08-20", agreed="It fell through.", attended=False)
    told = words(pages(form.agreed))
    assert "What you agreed20 Sep 2026Two sponsors by <b>June</b>." in told and "fell through" not in told
    assert f"Your next session is on {look.long_day(book.today)}." in told


def test_a_question_for_the_next_session_is_a_session_that_has_not_taken_place(book):
    book.add("sessions", held_on="2026-09-20", next_on=book.today + dt.timedelta(days=5), attended=True)
    form = unfolded(book.coaching(), SESSIONS).form
    form.fields["agenda"].value = "How do I say no?"
    press(form, "Save question")
    row = rows(book, "sessions")[-1]
    assert (row["agenda"], row["attended"]) == ("How do I say no?", "false")
    assert row["held_on"] == (book.today + dt.timedelta(days=5)).isoformat()


def test_a_coachs_words_on_a_session_are_not_the_clients_to_change(book, coach):
    keys.keep_coach(book.folder, keys.Partner(COACH, coach.public))
    written = {"held_on": "2026-09-20", "agreed": "Two sponsors.", "attended": "true"}
    made = send.starter(COACH, coach.public, {"sessions": [written]}, "2026-09-20T09:00:00Z")
    book.receive(send.sealed(made, passphrase=SPOKEN), SPOKEN)
    book.add("sessions", held_on="2026-10-20", agenda="My own", attended=False)
    form = unfolded(book.coaching(), SESSIONS)
    assert "Two sponsors." in words(pages(form.agreed))
    assert "20 Oct 2026" in words(pages(form.form.list)) and "20 Sep 2026" not in words(pages(form.form.list))
