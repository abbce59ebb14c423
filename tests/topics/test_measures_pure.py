"""What holds for every measure: pure, typed, its records last, at work from the first day on."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import frames
import pandas as pd
import pytest
from frames import ON

from careerkit import CareerkitError, topics

TYPES = {"str", "Int64", "Float64", "datetime64[s]", "bool"}


@cache
def _filled() -> dict[str, pd.DataFrame]:
    return frames.tables(
        **skills_and_roles(),
        contacts=[
            frames.person(n, organisation=f"Firm {n % 2}", cadence_days=30, closeness=5, can_ask="How?", skill_ids="s1") for n in range(6)
        ],
        events=[{"id": "e1", "name": "Data Days", "starts_on": "2026-09-01", "attended": True}],
        interactions=[
            frames.talk(f"2026-09-{day:02}", "c1;c2;c3", direction="mutual", follow_up="Write", event_id="e1") for day in range(1, 9)
        ],
        goals=[
            frames.goal(started_on="2026-08-01", deadline="2026-12-21"),
            {"id": "g2", "title": "A new post", "deadline": "2026-12-01", "started_on": "2026-09-20"},
        ],
        goal_changes=[
            {"goal_id": "g1", "changed_on": "2026-10-20", "field": "target", "was": "8", "now": "10"},
            {"goal_id": "g1", "changed_on": "2026-09-20", "field": "deadline", "was": "2026-11-30", "now": "2026-12-21"},
        ],
        action_steps=[{"goal_id": "g2", "title": "Write", "due_on": "2026-10-01", "done_on": "2026-10-02"}],
        check_ins=[{"goal_id": "g1", "checked_on": f"2026-09-{day:02}", "value": day, "confidence": 4} for day in (1, 5, 9)],
        achievements=[
            {"id": f"w{month}", "title": "Cut the close", "achieved_on": f"2026-0{month}-01", "impact": "beyond", "result": "Four days"}
            for month in (2, 7)
        ],
        brand=[
            {"id": f"b{month}", "channel": "My page", "reviewed_on": f"2026-0{month}-01", "intended_words": "clear;brave", "score": 3}
            for month in (2, 7)
        ],
        credentials=[{"id": "k1", "name": "Boat licence", "status": "earned", "earned_on": "2024-05-01", "expires_on": "2026-11-01"}],
        learning_items=[
            {"id": "l1", "title": "Negotiation", "kind": "experiment", "skill_id": "s1", "trend_id": "t1", "started_on": "2026-09-01"}
            | {"expected_hours": 9}
        ],
        learning_log=[frames.study(f"2026-10-{day:02}", 50, id=f"n{day}", item_id="l1", takeaway="Ask first.") for day in (1, 8)],
        trends=[{"id": "t1", "name": "Data contracts", "noted_on": "2026-01-01"}],
        trend_reviews=[{"id": f"r{month}", "trend_id": "t1", "reviewed_on": f"2026-0{month}-01", "ring": "trial"} for month in (2, 8)],
        feedback=[
            {"requested_on": "2026-07-01", "received_on": "2026-07-08", "skill_id": "s1", "goal_id": "g1"},
            {"requested_on": "2026-10-01", "giver": "Priya"},
        ],
        assignments=[{"given_on": "2026-09-01", "title": "Three sponsors", "due_on": "2026-10-05"}],
        comments=[{"written_on": "2026-09-08", "author": "Ines", "table": "goals", "record_id": "g1", "text": "By whom?"}],
    )


def filled() -> dict[str, pd.DataFrame]:
    return {table: frame.copy(deep=True) for table, frame in _filled().items()}


def skills_and_roles() -> dict[str, list[dict[str, Any]]]:
    others = [("manager", "Ruth", 4), ("coach", "", 4), ("peer", "Ada", 2), ("peer", "Ben", 3), ("report", "Cem", 3)]
    own = [("s1", "2025-09-01", 5, 3), ("s1", "2026-09-01", 3, 4), ("s2", "2026-09-01", 4, None)]
    return {
        "positions": [{"id": "p1", "title": "Analyst", "started_on": "2024-01-01"}],
        "skills": [
            {"id": "s1", "name": "Delegation", "importance": 4, "target_level": 5},
            {"id": "s2", "name": "Writing"},
            {"id": "s3", "name": "Macros", "retired_on": "2026-01-01"},
        ],
        "roles": [{"id": "r1", "name": "Lead", "status": "chosen"}, {"id": "r2", "name": "Expert", "status": "dropped"}],
        "role_targets": [{"role_id": "r1", "skill_id": "s1", "level": 4, "importance": 5}, {"role_id": "r1", "skill_id": "s3", "level": 2}],
        "skill_ratings": [
            *(frames.rating(on, level, skill, enjoyment=joy) for skill, on, level, joy in own),
            *(frames.rating("2026-08-01", level, rater=rater, rater_name=name) for rater, name, level in others),
        ],
        "role_fit": [
            {"rated_on": on, "dimension": word, "score": score}
            for on in ("2025-09-01", "2026-09-01")
            for word, score in (("growth", 4), ("people", 2), ("meaning", 3))
        ],
    }


def measured(name: str, tables: dict[str, pd.DataFrame], on: dt.date = ON) -> pd.DataFrame:
    return topics.measure(name, tables, on, frames.settings(cadence={5: 30}))


@pytest.mark.parametrize("name", topics.MEASURES)
def test_a_measure_never_changes_its_input(name):
    tables = filled()
    before = {table: frame.copy(deep=True) for table, frame in tables.items()}
    measured(name, tables)
    assert set(tables) == set(before)
    for table, frame in tables.items():
        pd.testing.assert_frame_equal(frame, before[table])


@pytest.mark.parametrize("name", topics.MEASURES)
def test_a_measure_says_the_same_twice(name):
    pd.testing.assert_frame_equal(measured(name, filled()), measured(name, filled()))


@pytest.mark.parametrize("name", topics.MEASURES)
def test_columns_and_types_are_the_same_empty_or_filled_and_records_come_last(name):
    empty, full = measured(name, frames.tables()), measured(name, filled())
    assert list(full.columns)[-1] == "records"
    assert dict(empty.dtypes.astype(str)) == dict(full.dtypes.astype(str))
    assert set(full.dtypes.astype(str)) <= TYPES


@pytest.mark.parametrize("name", topics.MEASURES)
def test_records_name_rows_that_exist(name):
    tables = filled()
    ids = {each for frame in tables.values() for each in frame["id"]}
    rows = measured(name, tables)
    assert len(rows)
    assert {each for text in rows["records"] for each in text.split(";") if each} <= ids


@pytest.mark.parametrize("name", topics.MEASURES)
def test_a_measure_works_before_the_first_record(name):
    early = measured(name, filled(), dt.date(1999, 1, 1))
    assert dict(early.dtypes.astype(str)) == dict(measured(name, filled()).dtypes.astype(str))


@pytest.mark.parametrize("name", topics.MEASURES)
def test_every_measure_tells_its_formula(name):
    told = topics.formula(name)
    assert "Formula" not in told
    assert len(told) > 80


def test_an_unknown_measure_is_met_with_near_ones_and_the_list():
    with pytest.raises(CareerkitError, match=r"no measure 'goals.pase'. Did you mean goals.pace.* The measures are .*networking.due"):
        measured("goals.pase", frames.tables())


@pytest.mark.parametrize("given", [{"since": ON}, {"role": "r1"}])
def test_an_argument_that_a_measure_does_not_take_is_told(given: dict[str, Any]):
    with pytest.raises(CareerkitError, match=f"goals.pace does not take {next(iter(given))}"):
        topics.measure("goals.pace", frames.tables(), ON, frames.settings(), **given)


def test_a_chart_is_found_by_name_and_an_unknown_one_is_told():
    assert topics.chart("goals.timeline").__name__ == "timeline"
    with pytest.raises(CareerkitError, match=r"no chart 'goals.timeline2'. Did you mean goals.timeline"):
        topics.chart("goals.timeline2")


def test_the_tables_are_a_workbooks_and_no_practices():
    assert {"goals", "contacts", "reviews", "prompts"} <= set(topics.RECORDS)
    assert "coach_notes" not in topics.RECORDS
