"""The commands share, receive, key and comment: what leaves, what comes in, and what waits for an answer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command_line import run, run_in
from form_driver import words
from practice_round import COACH

from careerkit import Workbook
from careerkit.sharing import encryption, keys, send
from careerkit.sharing.bundle import pack
from careerkit.sharing.selection import is_written
from careerkit.topics import RECORDS


@pytest.fixture
def place(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setenv("CAREERKIT_KEYS", str(tmp_path / "keys"))
    return tmp_path


@pytest.fixture
def book(place) -> Workbook:
    book = Workbook.create(place / "book", owner="Maren Okafor")
    book.add("goals", title="Find a sponsor", why="Oskar asked me why I have none.")
    book.add("goals", title="Leave quietly", private=True)
    return book


@pytest.fixture(scope="module")
def coach(tmp_path_factory) -> keys.KeyPair:
    return keys.own_or_new(tmp_path_factory.mktemp("coach"))


@pytest.fixture(scope="module")
def spoken() -> str:
    return encryption.new_passphrase()


@pytest.fixture(scope="module")
def starter(tmp_path_factory, coach, spoken) -> Path:
    rows = {"assignments": [{"title": "Three sponsors", "given_on": "2026-09-09"}], "skills": [{"name": "Delegation"}]}
    bundle = send.starter(COACH, coach.public, rows, "2026-09-09T09:00:00Z")
    file = tmp_path_factory.mktemp("mail") / "starter.careerkit"
    file.write_bytes(encryption.seal_with_passphrase(pack(bundle), spoken))
    return file


def test_share_says_before_that_nothing_can_be_called_back():
    assert "cannot be called back" in " ".join(run("share", "--help")[1].split())


def test_key_shows_the_public_key_and_never_the_private_one(place):
    code, out, err = run("key")
    assert code == 0 and re.fullmatch(r"age1[0-9a-z]{58}\n", out) and "A new key was made" in err and "Never send that file" in err
    assert run("key")[1] == out and json.loads(run("key", "--json")[1])["new"] is False
    assert "SECRET" not in out + err


def test_share_wants_a_file_or_a_dry_run(book):
    assert run_in(book, "share")[0] == 2
    assert run_in(book, "share", "--to", "x", "--dry-run")[0] == 2


def test_a_dry_run_shows_what_would_leave_and_writes_nothing(place, book):
    before = sorted(place.iterdir())
    code, out, _ = run_in(book, "share", "--dry-run", "--topics", "goals")
    assert code == 0 and out.startswith("goals: 1 row, id, title, why") and "private records (1)" in out
    assert "goals.why (1)" in out and out.endswith("Nothing was written: this was a dry run.\n") and sorted(place.iterdir()) == before
    tables = json.loads(run_in(book, "share", "--dry-run", "--json", "--topics", "goals")[1])["tables"]
    assert [(row["title"], row["why"]) for row in tables["goals"]["rows"]] == [("Find a sponsor", "…")]


def test_without_a_coachs_key_a_passphrase_is_shown_once_and_opens_the_file(place, book):
    code, out, _ = run_in(book, "share", "--to", str(place / "mine.careerkit"))
    spoken = re.search(r"by phone, not by mail: (\S+)", out)
    assert code == 0 and spoken and "What you send cannot be called back" in out
    content = (place / "mine.careerkit").read_bytes()
    assert b"sponsor" not in content and b"PK" in encryption.open_with_passphrase(content, spoken[1])


def test_an_existing_file_is_not_overwritten(place, book):
    (place / "mine.careerkit").write_text("keep me")
    code, _, err = run_in(book, "share", "--to", str(place / "mine.careerkit"))
    assert code == 1 and "is there already" in err and (place / "mine.careerkit").read_text() == "keep me"


def test_an_unknown_topic_is_an_error_in_a_sentence(place, book):
    code, _, err = run_in(book, "share", "--dry-run", "--topics", "golas")
    assert code == 1 and "There is no topic 'golas'" in err and err.count("\n") == 1


def test_a_field_has_to_name_its_table(book):
    assert run_in(book, "share", "--dry-run", "--fields", "title")[0] == 2


def test_a_starter_comes_in_and_what_is_shared_then_is_for_the_coach_alone(place, book, coach, spoken, starter):
    code, out, _ = run_in(book, "receive", str(starter), "--dry-run", typed=f"{spoken}\n")
    assert code == 0 and "assignments: 1 new." in out and "this was a dry run" in out and book.read("assignments").empty
    assert run_in(book, "receive", str(starter), typed=f"{spoken}\n")[0] == 0
    assert list(book.read("assignments")["title"]) == ["Three sponsors"]
    out = run_in(book, "share", "--to", str(place / "back.careerkit"))[1]
    assert f"Only {COACH} can open it." in out and "passphrase" not in out
    assert encryption.open_with_key((place / "back.careerkit").read_bytes(), coach.private).startswith(b"PK")


def test_proposed_skills_wait_and_are_accepted_by_name(book, spoken, starter):
    run_in(book, "receive", str(starter), typed=f"{spoken}\n")
    assert "Ines Valdivia proposes the skill Delegation." in run_in(book, "receive")[1]
    assert json.loads(run_in(book, "receive", "--json")[1]) == [{"author": COACH, "skill": "Delegation"}]
    assert run_in(book, "receive", "--accept", "Delegation")[0] == 0
    assert list(book.read("skills")["name"]) == ["Delegation"]
    assert run_in(book, "receive")[1] == "Nothing waits for your answer.\n"


def test_a_wrong_passphrase_is_an_error_in_a_sentence(book, starter):
    code, _, err = run_in(book, "receive", str(starter), typed="lusab-babad-gutih-tugad-mavol\n")
    assert code == 1 and "The passphrase does not open this file" in err and book.read("assignments").empty


def test_a_missing_file_is_an_error(book):
    code, _, err = run_in(book, "receive", "nothing.careerkit")
    assert code == 1 and "cannot be read" in err


def test_everything_goes_to_another_machine_of_ones_own_and_undo_takes_it_back(place, book):
    out = run_in(book, "share", "--for", "self", "--to", str(place / "sync.careerkit"))[1]
    spoken = re.search(r"by mail: (\S+)", out)[1]
    other = Workbook.create(place / "laptop", owner="Maren Okafor")
    other.change_settings(id=book.settings.id)
    code, said, _ = run_in(other, "receive", str(place / "sync.careerkit"), typed=f"{spoken}\n")
    assert code == 0 and "goals: 2 new." in said and len(other.read("goals")) == 2
    assert "Undone: merged what was written on another machine." in run_in(other, "undo")[1]


def test_a_field_changed_on_both_machines_is_listed_and_decided(place, book):
    goal = book.read("goals")["id"][0]
    other = Workbook.create(place / "laptop", owner="Maren Okafor")
    other.change_settings(id=book.settings.id)
    other.add("goals", id=goal, title="Find two sponsors")
    spoken = re.search(r"by mail: (\S+)", run_in(other, "share", "--for", "self", "--to", str(place / "s"))[1])[1]
    assert "What is here stays." in run_in(book, "receive", str(place / "s"), typed=f"{spoken}\n")[1]
    place_of_it = ("goals", goal, "title")
    assert f"Keep yours: careerkit receive --keep goals {goal} title" in run_in(book, "receive")[1]
    assert run_in(book, "receive", "--keep", *place_of_it)[0] == 0
    assert run_in(book, "receive")[1] == "Nothing waits for your answer.\n"
    assert run_in(book, "receive", "--keep", *place_of_it)[0] == 1


def test_a_comment_is_tied_to_the_record_and_its_version(book):
    goal = book.read("goals").iloc[0]
    code, out, _ = run_in(book, "comment", "goals", goal["id"], "Is one enough?")
    (row,) = book.read("comments").to_dict("records")
    assert code == 0 and row["id"] in out
    expected = {"author": "Maren Okafor", "table": "goals", "record_id": goal["id"], "record_updated_at": goal["updated_at"]}
    assert {name: row[name] for name in expected} == expected


def test_a_comment_on_a_missing_record_is_an_error(book):
    code, _, err = run_in(book, "comment", "goals", "k9", "Hello")
    assert code == 1 and "There is no record 'k9' in goals" in err and book.read("comments").empty


def test_a_sponsor_gets_a_page_of_progress_and_attendance_without_a_text_of_the_records(tmp_path):
    book = Workbook.create(tmp_path / "career", example=True)
    page = tmp_path / "for the sponsor.html"
    code, out, _ = run_in(book, "share", "--for", "sponsor", "--period", "2026Q3", "--to", str(page))
    assert code == 0 and "cannot be called back" in out and page.is_file()
    said = words(page.read_text(encoding="utf-8").split("<main", 1)[1])
    assert "sessions took place" in said
    written = {
        (table, name): set(frame[name])
        for table, frame in book.tables().items()
        for name, kind in RECORDS[table].fields.items()
        if is_written(kind) and name not in ("id", "table", "field", "topic")
    }
    assert sum(map(len, written.values())) > 900
    assert [(place, text) for place, texts in written.items() for text in texts if len(text) > 7 and text in said] == []
