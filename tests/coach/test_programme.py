"""A programme: what a TOML file or the practice's table gives a client, with days that count from the client's start."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from practice_round import part

from careerkit import CareerkitError
from careerkit.cli.coach import SAMPLE_PROGRAMME
from careerkit.coach.assignment import Recipient, recipient
from careerkit.coach.programme import Programme, day_of, of_file, of_table

START = dt.date(2026, 11, 2)


def written(folder: Path, text: str) -> Path:
    file = folder / "p.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("week 1", dt.date(2026, 11, 8)),
        ("Week 3", dt.date(2026, 11, 22)),
        ("day 1", START),
        ("day 10", dt.date(2026, 11, 11)),
        ("2027-01-31", dt.date(2027, 1, 31)),
        ("", None),
    ],
)
def test_a_due_day_counts_from_the_clients_start(due, day):
    assert day_of(due, START) == day


@pytest.mark.parametrize("due", ["week 0", "month 2", "soon", "2026-13-01", "week 1000"])
def test_what_is_no_day_is_told(due):
    with pytest.raises(CareerkitError, match='"week 3" or "day 10"'):
        day_of(due, START)


def test_the_sample_in_the_help_is_a_programme():
    made = of_file(SAMPLE_PROGRAMME)
    rows = made.rows(START, START)
    assert made.name == "Twelve weeks" and {table: len(held) for table, held in rows.items()} == {
        "assignments": 2,
        "prompts": 1,
        "skills": 1,
    }
    assert [each["due_on"] for each in rows["assignments"]] == [dt.date(2026, 11, 15), dt.date(2027, 1, 31)]
    assert rows["assignments"][1]["notebook"] == "07_review"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = [", "cannot be understood"),
        ("name = 3", "the name isn't text"),
        ('name = "P"', "has nothing to assign"),
        ('[[homework]]\ntitle = "A"', "nothing called 'homework'"),
        ('[exercise]\ntitle = "A"', "double brackets"),
        ('[[exercise]]\nnotebook = "01_assessment"', "exercise 1"),
        ('[[exercise]]\ntitle = "A"\ndue = "soon"', "'soon' isn't a day"),
        ('[[exercise]]\ntitle = "A"\nnotebook = "99_none"', "exercise 1"),
        ('[[exercise]]\ntitle = "A"\nduo = "week 1"', "there is no 'duo'"),
        ('[[question]]\ntitle = "Why?"', "belongs to a topic"),
        ('[[skill]]\ntitle = "A"\ntarget_level = 9', "skill 1"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place(tmp_path, text, said):
    with pytest.raises(CareerkitError, match=said) as told:
        of_file(written(tmp_path, text))
    assert "p.toml" in str(told.value)


def test_a_day_of_tomls_own_is_understood(tmp_path):
    (row,) = of_file(written(tmp_path, '[[exercise]]\ntitle = "A"\ndue = 2026-12-01')).rows(START, START)["assignments"]
    assert row["due_on"] == dt.date(2026, 12, 1)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CareerkitError, match="cannot be read"):
        of_file(tmp_path / "none.toml")


def test_a_programme_that_was_never_written_is_told(tmp_path):
    from careerkit.coach import Practice

    made = Practice.create(tmp_path / "practice", "Ines Valdivia")
    with pytest.raises(CareerkitError, match="There is no programme 'Spring'"):
        of_table(made.read("programmes"), "Spring")
    made.add("programmes", programme="Autumn", title="Rate your skills")
    assert [each["title"] for each in of_table(made.read("programmes"), "Autumn").parts] == ["Rate your skills"]


def test_a_skills_words_become_its_level_anchors():
    (row,) = Programme("P", (part("skill", title="Delegation", words="1: alone", importance=4),)).rows(START, START)["skills"]
    assert row == {"name": "Delegation", "level_anchors": "1: alone", "importance": 4}


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Lena Vogt", Recipient("Lena Vogt", START)),
        ("Lena Vogt, 2026-12-07", Recipient("Lena Vogt", dt.date(2026, 12, 7))),
        ("Vogt, Lena", Recipient("Vogt, Lena", START)),
    ],
)
def test_a_line_names_a_client_and_the_day_they_begin(line, meant):
    assert recipient(line, START) == meant


def test_a_line_without_a_name_is_told():
    with pytest.raises(CareerkitError, match="names nobody"):
        recipient(" , 2026-12-07", START)
