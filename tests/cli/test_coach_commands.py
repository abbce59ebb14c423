"""The commands of a coach: assign, roster, cohort report, and those that take --practice."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command_line import run, run_in
from practice_round import COACH, Round, keys_of

from careerkit.cli.coach import SAMPLE_PROGRAMME

LENA = "Lena Vogt"


@pytest.fixture
def round(tmp_path: Path, monkeypatch) -> Round:
    made = Round(tmp_path)
    monkeypatch.setenv("CAREERKIT_KEYS", str(tmp_path / "coach-keys"))
    return made


def test_assign_makes_the_practice_where_it_is_not_there(tmp_path, monkeypatch):
    monkeypatch.setenv("CAREERKIT_KEYS", str(tmp_path / "keys"))
    place = str(tmp_path / "practice")
    code, _, err = run("assign", "--practice", place, "--client", LENA, "--title", "Rate your skills")
    assert code == 1 and "have your name yet" in err
    code, out, _ = run("assign", "--practice", place, "--coach", COACH, "--client", LENA, "--title", "Rate your skills", "--due", "week 2")
    assert code == 0 and re.search(r"Lena Vogt: 1 assignment, in \S+\. Its passphrase, to tell by phone: \S+", out)


def test_a_programmes_file_goes_to_many_clients(round):
    words = ("assign", "--programme", str(SAMPLE_PROGRAMME), "--client", LENA, "--client", "Tomas Brandt")
    code, out, _ = run_in(round.practice, *words, "--json")
    assert code == 0 and [each["client"] for each in json.loads(out)] == [LENA, "Tomas Brandt"]
    assert all(Path(each["file"]).is_file() and each["passphrase"] for each in json.loads(out))


def test_assign_wants_a_programme_or_a_title(round):
    assert run_in(round.practice, "assign", "--client", LENA)[0] == 2


def test_a_due_day_that_means_nothing_is_an_error_in_a_sentence(round):
    code, _, err = run_in(round.practice, "assign", "--client", LENA, "--title", "A", "--due", "soon")
    assert code == 1 and "'soon' isn't a day" in err and err.count("\n") == 1


def test_the_inbox_is_received_a_bad_file_makes_it_exit_1_and_the_rest_comes_in(round):
    (given,) = round.assign(LENA)
    round.begin(LENA)
    round.take_in(LENA, given)
    round.hand_in(LENA)
    (round.practice.folder / "inbox" / "odd.pdf").write_bytes(b"%PDF")
    code, out, _ = run_in(round.practice, "receive")
    assert code == 1 and "Lena Vogt, a new client" in out and "odd.pdf stays in the inbox." in out
    (round.practice.folder / "inbox" / "odd.pdf").unlink()
    code, out, _ = run_in(round.practice, "receive")
    assert (code, out) == (0, "The inbox is empty.\n")


def test_a_passphrase_is_asked_for_and_a_file_from_elsewhere_stays_there(round):
    book = round.begin(LENA)
    with keys_of(round.place / "keys-lena"):
        sent = book.share(round.place / "lena.careerkit", passphrase=True)
    code, out, err = run_in(round.practice, "receive", str(sent.file), typed=f"{sent.passphrase}\n")
    assert code == 0 and "Passphrase of lena.careerkit" in err and "a new client" in out and sent.file.is_file()


def test_a_comment_is_written_settled_and_shared(round):
    book = round.joined(LENA)
    goal = book.add("goals", title="Find a sponsor")
    round.hand_in(LENA)
    assert run_in(round.practice, "receive")[0] == 0
    code, out, _ = run_in(round.practice, "comment", "goals", goal, "Who loses?", "--client", LENA)
    key = re.search(r"comment (\w+)\.", out)[1]
    assert code == 0 and run_in(round.practice, "comment", "--settled", key, "--client", LENA)[0] == 0
    code, out, _ = run_in(round.practice, "share", "--client", LENA)
    assert code == 0 and "1 comment and 1 assignment" in out and "Only Lena Vogt can open it." in out and "cannot be called back" in out
    assert run_in(round.practice, "share")[0] == 2
    code, _, err = run_in(round.practice, "share", "--client", "Nobody")
    assert code == 1 and "There is no client 'Nobody'" in err and LENA in err


def test_the_roster_is_text_or_json(round):
    assert run_in(round.practice, "roster")[1] == "There are no clients yet. Begin with: careerkit assign\n"
    round.joined(LENA)
    out = run_in(round.practice, "roster")[1]
    assert out.startswith("Lena Vogt (w") and "not shared: self-assessment" in out
    (told,) = json.loads(run_in(round.practice, "roster", "--json")[1])
    assert told["name"] == LENA and told["quiet"] is False and told["reviews_due"] is None


def test_a_cohort_report_with_a_failure_exits_1_with_a_summary(round):
    round.joined(LENA)
    code, out, _ = run_in(round.practice, "cohort", "report", "--period", "2031Q1")
    assert code == 1 and "0 reviews made, 1 failed." in out and "cohort.html" in out
    assert run_in(round.practice, "cohort", "report", "--period", "someday")[0] == 1


def test_forget_asks_first(round):
    round.joined(LENA)
    code, out, _ = run_in(round.practice, "forget", LENA, typed="n\n")
    assert code == 0 and "will be forgotten" in out and "Nothing was changed." in out and round.practice.clients()
    code, out, _ = run_in(round.practice, "forget", LENA, "--yes")
    assert code == 0 and "Lena Vogt was forgotten" in out
    assert [*(round.practice.folder / "clients").glob("w*")] == []


def test_no_practice_here_says_how_to_make_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CAREERKIT_PRACTICE", raising=False)
    code, _, err = run("roster")
    assert code == 1 and "careerkit lab --practice DIR makes one" in err
