"""The command line: sentences out; exit 0 when done, 1 for a failure in a sentence, 2 for wrong usage."""

from __future__ import annotations

import json
import subprocess
import sys

import click
import pytest
from command_line import run, run_in

from careerkit import Workbook
from careerkit.cli.main import main
from careerkit.topics import MEASURES

CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Maya,Lindt,https://www.linkedin.com/in/maya-lindt,,Nordwind,Analyst,12 Mar 2024\n"
)


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Workbook:
    return Workbook.create(tmp_path_factory.mktemp("cli") / "book", example=True)


def test_new_makes_a_workbook_and_says_how_to_open_it(tmp_path):
    code, out, _ = run("new", str(tmp_path / "mine"), "--owner", "Maya Lindt")
    assert code == 0 and "Open it with: careerkit lab" in out
    assert {"workbook.toml", "notebooks", "data", "reports"} <= {path.name for path in (tmp_path / "mine").iterdir()}
    assert Workbook.open(tmp_path / "mine").settings.owner == "Maya Lindt"


def test_new_refuses_a_folder_that_has_files(tmp_path):
    (tmp_path / "letter.txt").write_text("keep me")
    code, _, err = run("new", str(tmp_path))
    assert code == 1 and "has files in it already" in err and err.count("\n") == 1


def test_a_folder_that_holds_no_workbook_is_an_error_in_a_sentence(tmp_path):
    code, out, err = run("check", "--workbook", str(tmp_path))
    assert (code, out) == (1, "") and "isn't a careerkit workbook" in err and "careerkit new" in err


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
    code, out, _ = run_in(example, "measure", "goals.pace", "--on", "2026-09-30", "--json")
    rows = {row["title"]: row for row in json.loads(out)}
    assert code == 0
    assert rows["Become better known in my field"]["progress"] is None
    assert rows["Learn from twelve people who lead a data team"]["forecast_on"].startswith("2026-")


def test_an_unknown_measure_names_those_there_are(example):
    code, _, err = run_in(example, "measure", "goals.peace")
    assert code == 1 and "goals.pace" in err


def test_a_word_that_is_no_day_is_an_error(example):
    code, _, err = run_in(example, "measure", "goals.pace", "--on", "yesterday")
    assert code == 1 and "year-month-day" in err


def test_check_says_all_is_well_and_exits_1_with_the_place_when_not(tmp_path):
    book = Workbook.create(tmp_path / "book")
    book.add("goals", title="Learn to sail")
    assert run_in(book, "check") == (0, "All is well: every row can be read.\n", "")
    file = book.folder / "data" / "goals.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace(",active,", ",asleep,"), encoding="utf-8")
    code, out, _ = run_in(book, "check")
    assert code == 1 and "data/goals.csv, line 2, column status" in out and "asleep" in out


def test_import_previews_then_stores_then_finds_nothing_new(tmp_path):
    book = Workbook.create(tmp_path / "book")
    file = tmp_path / "Connections.csv"
    file.write_text(CONNECTIONS, encoding="utf-8")
    words = ("import", "linkedin", str(file))
    assert "1 new contact" in run_in(book, *words, "--dry-run")[1] and book.read("contacts").empty
    assert run_in(book, *words)[0] == 0 and list(book.read("contacts")["name"]) == ["Maya Lindt"]
    assert "0 new contacts, 1 unchanged" in run_in(book, *words)[1]
    assert "Undone" in run_in(book, "undo")[1]
    assert book.read("contacts").empty


def test_an_unknown_format_names_those_there_are(example):
    code, _, err = run_in(example, "import", "rolodex", "cards.csv")
    assert code == 1 and "linkedin" in err


def commands(group: click.Group, *words: str) -> list[tuple[str, ...]]:
    found = []
    for name, command in group.commands.items():
        found += [(*words, name), *(commands(command, *words, name) if isinstance(command, click.Group) else [])]
    return found


@pytest.mark.parametrize("words", commands(main), ids=" ".join)
def test_every_command_explains_itself(words):
    code, out, _ = run(*words, "--help")
    assert code == 0 and f"Usage: main {' '.join(words)}" in out and len(out.splitlines()) > 4


def test_help_lists_every_command():
    assert {line.split()[0] for line in run("--help")[1].partition("Commands:")[2].splitlines() if line} == set(main.commands)
