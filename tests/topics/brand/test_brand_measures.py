"""What the brand measures say, by hand."""

from __future__ import annotations

import datetime as dt
import random
import time
from typing import Any

import frames
import pandas as pd
import pytest
from frames import ON

from careerkit import CareerkitError, topics
from careerkit.topics.brand import measures


def win(on: str, **values: Any) -> dict[str, Any]:
    return {"achieved_on": on, "title": "Cut the close", **values}


def look(on: str, **values: Any) -> dict[str, Any]:
    return {"reviewed_on": on, "channel": "My profile page", **values}


def words(*rows: dict[str, Any], on: dt.date = ON) -> pd.DataFrame:
    return measures.words(frames.tables(brand=list(rows)), on)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# -- wins

WINS = [
    win("2026-01-05", id="w1", impact="myself"),
    win("2026-10-12", id="w2", impact="beyond", metric="9 to 4"),
    win("2026-10-13", id="w3"),
    win("2026-01-05", id="w4"),
]


@pytest.mark.parametrize(
    ("on", "since", "ids"),
    [
        ("2026-01-04", None, []),
        ("2026-01-05", None, ["w4", "w1"]),
        ("2026-10-12", None, ["w2", "w4", "w1"]),
        ("2026-10-12", "2026-01-05", ["w2", "w4", "w1"]),
        ("2026-10-12", "2026-01-06", ["w2"]),
        ("2026-10-12", "2026-10-13", []),
        ("2026-12-31", "2026-10-12", ["w3", "w2"]),
    ],
)
def test_wins_are_those_from_the_first_day_to_the_last_both_counted(on, since, ids):
    rows = measures.wins(frames.tables(achievements=WINS), day(on), since=since and day(since))
    assert list(rows["achievement_id"]) == ids


def test_a_win_says_when_how_far_and_by_which_number():
    row = measures.wins(frames.tables(achievements=WINS), ON).iloc[0]
    assert tuple(row[["title", "achieved_on", "impact", "metric", "records"]]) == (
        "Cut the close",
        pd.Timestamp("2026-10-12"),
        "beyond",
        "9 to 4",
        "w2",
    )


def test_wins_since_a_day_are_had_by_name():
    tables = frames.tables(achievements=WINS)
    assert len(topics.measure("brand.wins", tables, ON, frames.settings(), since=dt.date(2026, 10, 1))) == 1
    with pytest.raises(CareerkitError, match="does not take role"):
        topics.measure("brand.wins", tables, ON, frames.settings(), role="r1")


# -- quarters


def test_quarters_run_from_the_first_win_to_the_day_and_those_without_one_count_none():
    given = [("2025-12-31", "beyond"), ("2026-04-01", "team or class"), ("2026-06-30", "organisation"), ("2026-05-05", "")]
    rows = measures.quarters(frames.tables(achievements=[win(on, impact=impact) for on, impact in given]), ON)
    assert list(rows["quarter"]) == ["2025Q4", "2026Q1", "2026Q2", "2026Q3", "2026Q4"]
    assert list(rows["starts_on"].dt.strftime("%Y-%m-%d"))[:2] == ["2025-10-01", "2026-01-01"]
    counted = rows[["wins", "beyond", "organisation", "team", "myself"]].values.tolist()
    assert counted == [[1, 1, 0, 0, 0], [0] * 5, [3, 0, 1, 1, 0], [0] * 5, [0] * 5]
    assert sorted(rows["records"].iloc[2].split(";")) == ["a2", "a3", "a4"]


def test_what_lies_ahead_counts_in_no_quarter():
    tables = frames.tables(achievements=[win("2026-03-31"), win("2026-05-01")])
    assert list(measures.quarters(tables, day("2026-04-30"))["wins"]) == [1, 0]
    assert measures.quarters(tables, day("2026-03-30")).empty


# -- stories


def test_a_story_is_ready_with_situation_action_and_result():
    told = {"situation": "Nine days.", "action": "Drew it.", "result": "Four."}
    rows = [win("2026-03-01", id="w1", **told), win("2026-02-01", id="w2", **{**told, "action": " "}), win("2026-01-01", id="w3")]
    found = measures.stories(frames.tables(achievements=rows), ON)
    assert found[["situation", "action", "result", "ready"]].values.tolist() == [
        [True, True, True, True],
        [True, False, True, False],
        [False, False, False, False],
    ]
    assert list(measures.stories(frames.tables(achievements=rows), ON, since=day("2026-02-01"))["achievement_id"]) == ["w1", "w2"]


# -- words


def test_words_intended_are_set_against_words_heard():
    """clear: intended twice, heard once; brave: intended once; modest: heard once."""
    rows = words(
        look("2026-02-01", id="b1", intended_words="clear;brave", heard_words="modest"),
        look("2026-09-01", id="b2", intended_words="Clear", heard_words="clear;CLEAR"),
    )
    assert rows.drop(columns="last_heard_on").values.tolist() == [
        ["clear", 2, 1, "heard as intended", "b1;b2"],
        ["brave", 1, 0, "not heard yet", "b1"],
        ["modest", 0, 1, "heard, not intended", "b1"],
    ]
    assert list(rows["last_heard_on"].dropna()) == [pd.Timestamp("2026-09-01"), pd.Timestamp("2026-02-01")]


def test_a_word_is_spelled_as_it_was_last():
    rows = words(look("2026-09-01", intended_words="HANDS-ON"), look("2026-02-01", intended_words=" hands-on "))
    assert list(rows["word"]) == ["HANDS-ON"] and list(rows["intended"]) == [2]


@pytest.mark.parametrize(("on", "found"), [("2026-01-31", 0), ("2026-02-01", 1), ("2027-01-31", 1), ("2027-02-01", 0)])
def test_words_are_those_of_the_past_365_days(on, found):
    assert len(words(look("2026-02-01", intended_words="clear"), on=day(on))) == found


def test_within_a_finding_the_most_frequent_word_stands_first_then_the_alphabet():
    rows = words(look("2026-02-01", intended_words="brave;calm;clear"), look("2026-03-01", intended_words="clear"))
    assert list(rows["word"]) == ["clear", "brave", "calm"]


def test_looks_without_words_say_nothing():
    assert words(look("2026-02-01", intended_words="", heard_words=" ; ")).empty


def test_five_thousand_looks_are_read_quickly():
    chance = random.Random(7)
    known = [f"word {number}" for number in range(400)]
    rows = [
        look(
            str(ON - dt.timedelta(chance.randrange(364))),
            id=f"b{number}",
            channel=f"Page {number % 40}",
            intended_words=";".join(chance.sample(known, 4)),
            heard_words=";".join(chance.sample(known, 4)),
        )
        for number in range(5000)
    ]
    wins = [win(str(ON - dt.timedelta(chance.randrange(3650))), id=f"w{number}", impact="beyond") for number in range(5000)]
    tables = frames.tables(brand=rows, achievements=wins)
    for measure in (measures.words, measures.channels, measures.wins, measures.quarters, measures.stories):
        began = time.process_time()
        assert len(measure(tables, ON))
        assert time.process_time() - began < 0.3, measure


# -- channels


def test_a_channel_stands_with_its_latest_look_and_the_score_before():
    rows = [
        look("2026-01-01", id="b1", score=2, headline="Analyst"),
        look("2026-08-30", id="b2", score=4, headline="Nine days to four", next_step="Ask Kwame", channel="my profile page "),
        look("2026-10-13", id="b3", score=5),
        look("2026-03-01", id="b4", channel="A talk", score=3),
    ]

    def seen(on: str) -> list[list[Any]]:
        found = measures.channels(frames.tables(brand=rows), day(on))
        return (
            found[["channel", "score", "score_before", "looks", "days_since", "records"]]
            .astype("object")
            .where(found.notna(), None)
            .values.tolist()
        )

    assert seen("2025-12-31") == []
    assert seen("2026-01-02") == [["My profile page", 2, None, 1, 1, "b1"]]
    assert seen("2026-10-12") == [["A talk", 3, None, 1, 225, "b4"], ["my profile page", 4, 2, 2, 43, "b1;b2"]]


def test_of_two_looks_on_a_day_the_later_id_counts():
    rows = [look("2026-01-01", id="b2", score=4), look("2026-01-01", id="b1", score=2)]
    found = measures.channels(frames.tables(brand=rows), ON).iloc[0]
    assert (found["score"], found["score_before"]) == (4, 2)


def test_a_look_without_a_place_is_no_channel():
    frame = frames.tables(brand=[look("2026-01-01")])
    frame["brand"]["channel"] = ""
    assert measures.channels(frame, ON).empty
