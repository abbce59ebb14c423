"""The first page's figures of the habits: each with its formula in plain words and the records behind it."""

from __future__ import annotations

import re
from itertools import pairwise

import frames
from form_driver import TODAY, words

from careerkit import look
from careerkit.topics.habits import charts, measures
from careerkit.topics.habits.provenance import Provenance


def rated(rater: str, on: str = "2026-10-01", name: str = "") -> dict[str, object]:
    return {"skill_id": "s1", "rated_on": on, "rater": rater, "rater_name": name, "level": 3}


SKILLS = [{"id": "s1", "name": "Delegation"}, {"id": "s2", "name": "Writing"}]


def behind(ids: str, **tables: list[dict[str, object]]) -> str:
    return words(Provenance(frames.tables(**tables)).folded(ids))


def test_the_records_behind_a_figure_are_counted_and_named():
    assert behind("x1;x2") == ""
    told = behind(
        "k1;k2;r1",
        skills=[{"id": "k1", "name": "Delegation"}, {"id": "k2", "name": "Writing"}],
        skill_ratings=[{**rated("self"), "id": "r1", "skill_id": "k1"}],
    )
    assert told.startswith("from 2 skills and 1 rating")
    assert "Delegation and Writing" in told
    assert "1 Oct 2026 Delegation" in told


def test_beyond_twelve_the_others_are_counted():
    skills = [{"id": f"k{number}", "name": f"Skill {number}"} for number in range(15)]
    assert "Skill 11 and 3 more" in behind(";".join(each["id"] for each in skills), skills=skills)


def test_what_peers_rated_is_neither_named_nor_counted():
    ratings = [{**rated("peer", name="Ada"), "id": "r1"}, {**rated("manager", name="Ruth"), "id": "r2"}]
    told = behind("r1;r2", skills=SKILLS, skill_ratings=ratings)
    assert told == "from ratingsratings1 Oct 2026 Delegation and those that are only shown together"


def test_every_indicator_has_its_figure_its_formula_and_its_records(example):
    told = words(charts.indicators(example.tables(), example.today, example.settings))
    rows = measures.indicators(example.tables(), example.today, example.settings)
    assert len(rows) == 20
    for formula, value in zip(rows["formula"], rows["value"], strict=True):
        assert formula in told
        assert look.percent(value) in told
    assert told.count("from ") >= 18


def test_no_formula_names_a_measure_or_a_column(example):
    rows = measures.indicators(example.tables(), example.today, example.settings)
    assert [formula for formula in rows["formula"] if re.search(r"[a-z]+[._][a-z]+", formula)] == []


def test_habits_are_called_as_their_notebooks_are(example):
    told = words(charts.cards(example.tables(), example.today, example.settings))
    assert [name for name in ("Self-assessment", "Networking", "Learning", "Goals", "Feedback") if name not in told] == []


def test_the_names_of_lines_that_end_together_stand_apart(example):
    figure = charts.trend(example.tables(), example.today, example.settings)
    heights = sorted(note.y for note in figure.layout.annotations)
    assert len(heights) == 5
    assert min(upper - lower for lower, upper in pairwise(heights)) >= 8.99


def test_an_empty_workbook_says_that_it_is_too_early():
    told = words(charts.cards(frames.tables(), TODAY, frames.settings()))
    assert told.count("too early to say") == 5
