"""The command line: sentences out, 0 done, 1 a failure told in a sentence, 2 wrong usage."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from careerkit import Workbook
from careerkit.cli.main import main
from careerkit.topics import MEASURES


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    return Workbook.create(tmp_path_factory.mktemp("cli") / "book", example=True).folder


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, list(words))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def test_new_makes_a_workbook_and_says_how_to_open_it(tmp_path):
    code, out, _ = run("new", str(tmp_path / "mine"), "--owner", "Maya Lindt")
    assert code == 0 and "Open it with: careerkit lab" in out
    assert {"workbook.toml", "notebooks", "data", "reports"} <= {path.name for path in (tmp_path / "mine").iterdir()}
    assert Workbook.open(tmp_path / "mine").settings.owner == "Maya Lindt"


def test_new_refuses_a_folder_that_has_files(tmp_path):
    (tmp_path / "letter.txt").write_text("keep me")
    code, _, err = run("new", str(tmp_path))
    assert code == 1 and "has files in it already" in err and err.count("\n") == 1


def test_a_folder_that_is_no_workbook_is_told_in_a_sentence(tmp_path):
    code, out, err = run("check", "--workbook", str(tmp_path))
    assert (code, out) == (1, "") and "is no workbook" in err and "careerkit new" in err


def test_wrong_usage_exits_2():
    assert run("measure", "--no-such-option")[0] == 2
    assert run("no-such-command")[0] == 2


def test_debug_shows_where_it_happened(tmp_path):
    said = subprocess.run(
        [sys.executable, "-m", "careerkit", "--debug", "check", "--workbook", str(tmp_path)], capture_output=True, text=True
    )
    assert said.returncode == 1 and "Traceback" in said.stderr


def test_measure_without_a_name_lists_every_measure_with_its_formula():
    code, out, _ = run("measure")
    assert code == 0 and all(name in out for name in MEASURES)
    listed = json.loads(run("measure", "--json")[1])
    assert {row["measure"] for row in listed} == set(MEASURES) and all(row["formula"] for row in listed)


def test_measure_prints_json_with_iso_days_and_null(example):
    code, out, _ = run("measure", "goals.pace", "--workbook", str(example), "--on", "2026-09-30", "--json")
    rows = {row["title"]: row for row in json.loads(out)}
    assert code == 0
    assert rows["Become better known in my field"]["progress"] is None
    assert rows["Learn from twelve people who lead a data team"]["forecast_on"].startswith("2026-")


def test_an_unknown_measure_names_those_there_are(example):
    code, _, err = run("measure", "goals.peace", "--workbook", str(example))
    assert code == 1 and "goals.pace" in err


def test_a_day_that_is_none_is_told(example):
    code, _, err = run("measure", "goals.pace", "--workbook", str(example), "--on", "yesterday")
    assert code == 1 and "year-month-day" in err


def test_check_says_all_is_well_and_exits_1_with_the_place_when_not(tmp_path):
    book = Workbook.create(tmp_path / "book")
    book.add("goals", title="Learn to sail")
    assert run("check", "--workbook", str(book.folder)) == (0, "All is well: every row can be read.\n", "")
    file = book.folder / "data" / "goals.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace(",active,", ",asleep,"), encoding="utf-8")
    code, out, _ = run("check", "--workbook", str(book.folder))
    assert code == 1 and "data/goals.csv, line 2, column status" in out and "asleep" in out


CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nMaya,Lindt,https://www.linkedin.com/in/maya-lindt,,Nordwind,Analyst,12 Mar 2024\n"


def test_import_previews_then_stores_then_finds_nothing_new(tmp_path):
    book = Workbook.create(tmp_path / "book")
    file = tmp_path / "Connections.csv"
    file.write_text(CONNECTIONS, encoding="utf-8")
    words = ("import", "linkedin", str(file), "--workbook", str(book.folder))
    assert "1 new contact" in run(*words, "--dry-run")[1] and book.read("contacts").empty
    assert run(*words)[0] == 0 and list(book.read("contacts")["name"]) == ["Maya Lindt"]
    assert "0 new contacts, 1 unchanged" in run(*words)[1]
    assert "Undone" in run("undo", "--workbook", str(book.folder))[1]
    assert book.read("contacts").empty


def test_an_unknown_format_names_those_there_are(example):
    code, _, err = run("import", "rolodex", "cards.csv", "--workbook", str(example))
    assert code == 1 and "linkedin" in err


@pytest.mark.parametrize(
    "command", ["start", "new", "lab", "app", "report", "appraisal", "measure", "import", "export", "check", "undo", "history", "restore"]
)
def test_every_command_explains_itself(command):
    code, out, _ = run(command, "--help")
    assert code == 0 and f"Usage: main {command}" in out and len(out.splitlines()) > 4
