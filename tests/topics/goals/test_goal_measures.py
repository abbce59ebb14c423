"""What goals.pace and goals.smart say, by hand: a goal of 100 days from 1 January to 11 April 2026, from 0 to 10."""

from __future__ import annotations

import datetime as dt
from typing import Any

import frames
import pandas as pd
import pytest

from careerkit.topics.goals import measures
from careerkit.topics.goals.forecast import reached, theil_sen

DAY_50 = dt.date(2026, 2, 20)
GOAL = frames.goal(
    title="Speak to ten people in climate tech", why="A field I want to work in", started_on="2026-01-01", deadline="2026-04-11"
)


def check_in(on: str, value: float | None = None, **more: Any) -> dict[str, Any]:
    return {"goal_id": "g1", "checked_on": on, "value": value, **more}


def step(**values: Any) -> dict[str, Any]:
    return {"goal_id": "g1", "title": "Write to Maya", **values}


def pace(on: dt.date = DAY_50, goal: dict[str, Any] | None = None, **tables: Any) -> pd.Series:
    rows = measures.pace(frames.tables(goals=[{**GOAL, **(goal or {})}], **tables), on)
    assert len(rows) == 1
    return rows.iloc[0]


def test_the_latest_value_counts_and_ties_go_by_id():
    told = [check_in("2026-02-20", 4, id="k2"), check_in("2026-02-20", 3, id="k1"), check_in("2026-02-21", 9, id="k3")]
    row = pace(check_ins=told)
    assert (row["value"], row["progress"], row["elapsed"]) == (4.0, 0.4, 0.5)
    assert row["gap"] == pytest.approx(0.1)


def test_without_a_check_in_the_value_is_the_baseline_and_a_blank_one_is_0():
    assert pace()["value"] == 0
    assert pace(goal={"baseline": 5})["value"] == 5


def test_progress_is_kept_raw_below_0_and_above_1():
    assert pace(goal={"baseline": 2}, check_ins=[check_in("2026-02-20", 0)])["progress"] == -0.25
    assert pace(check_ins=[check_in("2026-02-20", 12)])["progress"] == 1.2


def test_a_goal_that_goes_down_makes_progress_downwards():
    assert pace(goal={"baseline": 20, "target": 10}, check_ins=[check_in("2026-02-20", 15)])["progress"] == 0.5


@pytest.mark.parametrize(("on", "elapsed"), [("2026-03-02", 0.3), ("2026-03-03", 0.61)])
def test_time_is_taken_at_the_check_in_up_to_30_days_back(on, elapsed):
    assert pace(dt.date.fromisoformat(on), check_ins=[check_in("2026-01-31", 4)])["elapsed"] == pytest.approx(elapsed)


def test_time_gone_stays_within_0_and_1():
    assert pace(dt.date(2026, 5, 1))["elapsed"] == 1
    assert pace(dt.date(2025, 12, 1))["elapsed"] == 0


def test_without_a_metric_the_share_of_steps_done_by_the_day_counts_and_time_runs_to_the_day():
    steps = [step(done_on="2026-01-10"), step(done_on="2026-02-20"), step(done_on="2026-02-21"), step()]
    row = pace(goal={"metric": "", "target": None}, action_steps=steps, check_ins=[check_in("2026-02-01", confidence=4)])
    assert (row["progress"], row["elapsed"], row["status"]) == (0.5, 0.5, "on track")
    assert (row["steps_done"], row["steps"]) == (2, 4)


def test_a_step_written_down_later_counts_from_its_goals_start():
    steps = [step(done_on="2026-01-10"), step(created_at="2026-06-01T08:00:00Z")]
    assert pace(goal={"metric": ""}, action_steps=steps)["progress"] == 0.5


@pytest.mark.parametrize(
    ("value", "status"),
    [(10, "achieved"), (5, "on track"), (3.36, "on track"), (3.35, "behind"), (1.71, "behind"), (1.7, "at risk")],
)
def test_status_by_the_gap_on_day_50(value, status):
    assert pace(check_ins=[check_in("2026-02-20", value)])["status"] == status


def test_achieved_comes_before_missed_and_before_unclear():
    told = [check_in("2026-02-20", 10)]
    assert pace(dt.date(2026, 6, 1), check_ins=told)["status"] == "achieved"
    assert pace(goal={"deadline": None}, check_ins=told)["status"] == "achieved"


@pytest.mark.parametrize("goal", [{"deadline": None}, {"metric": ""}, {"target": None}, {"target": 3, "baseline": 3}, {"target": 0}])
def test_unclear_without_a_deadline_or_anything_to_go_by(goal):
    assert pace(goal=goal)["status"] == "unclear"


@pytest.mark.parametrize("goal", [{"target": None}, {"target": 3, "baseline": 3}])
def test_no_progress_where_the_target_is_missing_or_equals_the_baseline(goal):
    assert pd.isna(pace(goal=goal, check_ins=[check_in("2026-02-20", 3)])["progress"])


def test_missed_from_the_day_after_the_deadline():
    told = [check_in("2026-04-11", 9)]
    assert pace(dt.date(2026, 4, 11), check_ins=told)["status"] == "on track"
    assert pace(dt.date(2026, 4, 12), check_ins=told)["status"] == "missed"


def test_not_started_before_its_start_and_active_in_its_own_word():
    row = pace(dt.date(2025, 12, 31))
    assert (row["status"], row["goal_status"]) == ("not started", "active")


def test_no_recent_check_in_from_30_days_after_the_last():
    told = [check_in("2026-02-01", 4)]
    assert pace(dt.date(2026, 3, 2), check_ins=told)["status"] == "on track"
    assert pace(dt.date(2026, 3, 3), check_ins=told)["status"] == "no recent check-in"


def test_a_goal_is_given_30_days_until_its_first_check_in():
    assert pace(dt.date(2026, 1, 31))["status"] == "behind"
    assert pace(dt.date(2026, 2, 1))["status"] == "no recent check-in"


def test_a_closed_goal_stands_as_on_the_day_it_was_closed():
    told = [check_in("2026-02-10", 4, confidence=2), check_in("2026-03-01", 9, confidence=5)]
    row = pace(dt.date(2026, 12, 1), goal={"status": "dropped", "closed_on": "2026-02-20"}, check_ins=told)
    shown = frames.values(row.to_frame().T, "value", "elapsed", "confidence", "status", "goal_status")
    assert shown == [(4, 0.4, 2, "on track", "dropped")]


def test_a_goal_closed_later_was_active_on_the_day():
    goal = {"status": "done", "closed_on": "2026-02-21"}
    assert pace(goal=goal)["goal_status"] == "active"
    assert pace(dt.date(2026, 2, 21), goal=goal)["goal_status"] == "done"


def test_a_slipped_deadline_counts_from_the_day_it_slipped():
    changes = [
        {"goal_id": "g1", "changed_on": "2026-02-21", "field": "deadline", "was": "2026-04-11", "now": "2026-05-01"},
        {"goal_id": "g1", "changed_on": "2026-03-15", "field": "deadline", "was": "2026-05-01", "now": "2026-07-20"},
    ]
    plan = {"goal": {"deadline": "2026-07-20"}, "goal_changes": changes}
    assert pace(dt.date(2026, 2, 20), **plan)["elapsed"] == pytest.approx(50 / 100)
    assert pace(dt.date(2026, 2, 21), **plan)["elapsed"] == pytest.approx(51 / 120)
    assert pace(dt.date(2026, 3, 15), **plan)["elapsed"] == pytest.approx(73 / 200)


def test_a_target_in_force_is_read_as_a_number():
    change = {"goal_id": "g1", "changed_on": "2026-03-01", "field": "target", "was": "8", "now": "10"}
    assert pace(check_ins=[check_in("2026-02-20", 4)], goal_changes=[change])["progress"] == 0.5


def test_a_goal_taken_up_again_was_paused_in_between():
    changes = [
        {"goal_id": "g1", "changed_on": "2026-02-01", "field": "closed_on", "was": "", "now": "2026-02-01"},
        {"goal_id": "g1", "changed_on": "2026-03-01", "field": "closed_on", "was": "2026-02-01", "now": ""},
    ]
    told = {"goal_changes": changes}
    days = [dt.date(2026, 1, 31), dt.date(2026, 2, 10), dt.date(2026, 3, 1)]
    assert [pace(day, **told)["goal_status"] for day in days] == ["active", "paused", "active"]


def test_confidence_is_the_latest_given_by_the_day():
    told = [check_in("2026-01-10", 1, confidence=2), check_in("2026-01-20", 2), check_in("2026-03-01", 3, confidence=5)]
    assert pace(check_ins=told)["confidence"] == 2
    assert pd.isna(pace()["confidence"])


def test_a_steady_line_reaches_the_target_on_its_day():
    told = [check_in("2026-01-11", 1), check_in("2026-01-21", 2), check_in("2026-01-31", 3)]
    row = pace(check_ins=told)
    assert row["forecast_on"] == pd.Timestamp("2026-04-11")
    assert row["forecast_low"] == row["forecast_high"] == pd.Timestamp("2026-04-11")


def test_no_forecast_from_two_check_ins_nor_when_nothing_moves():
    two = [check_in("2026-01-11", 1), check_in("2026-01-21", 2)]
    still = [check_in("2026-01-11", 1), check_in("2026-01-21", 1), check_in("2026-01-31", 1)]
    assert pd.isna(pace(check_ins=two)["forecast_on"])
    assert pd.isna(pace(check_ins=still)["forecast_on"])


def test_theil_sen_and_sens_limits_worked_by_hand():
    """Slopes in order: 1 1 1 4/3 1.5 1.5 5/3 2 2 2. The spread is 1.96 x sqrt(300 / 18) = 8: first and last."""
    slope, low, high = theil_sen([0, 1, 2, 3, 4], [0, 1, 2, 4, 6])
    assert (slope, low, high) == (1.5, 1.0, 2.0)


def test_a_line_that_leads_away_never_reaches_the_target():
    assert all(day != day for day in reached([0, 10, 20], [5, 4, 3], 0, 10))


def test_once_the_target_is_passed_the_limits_are_still_in_order():
    """Slopes -1 to 2 with median 0.75 through day 1.5 at 12.5: back to 10 on day -1.8 and, at the steepest, 0.25."""
    low, on, high = reached([0, 1, 2, 3], [11, 13, 12, 14], 0, 10)
    assert low != low
    assert (on, high) == (-1, 1)


def test_a_nearly_flat_line_reaches_nothing_within_a_century_either_way():
    assert all(day != day for target in (10, 14) for day in reached([0, 10, 20], [12, 12.0001, 12.0002], 0, target))


def test_only_goals_known_on_the_day_have_a_row():
    goal = {**GOAL, "created_at": "2026-01-05T08:00:00Z"}
    assert measures.pace(frames.tables(goals=[goal]), dt.date(2025, 12, 31)).empty
    assert len(measures.pace(frames.tables(goals=[goal]), dt.date(2026, 1, 1))) == 1


def test_the_records_are_the_goal_its_check_ins_and_steps():
    row = pace(check_ins=[check_in("2026-02-01", 4, id="k1"), check_in("2026-03-01", 5, id="k2")], action_steps=[step(id="s1")])
    assert row["records"] == "g1;k1;s1"


def smart(on: dt.date = DAY_50, goal: dict[str, Any] | None = None, **tables: Any) -> dict[str, bool]:
    row = measures.smart(frames.tables(goals=[{**GOAL, **(goal or {})}], **tables), on).iloc[0]
    return {name: bool(row[name]) for name in ("specific", "measurable", "achievable", "relevant", "time_bound")}


def test_a_whole_goal_passes_all_five():
    assert all(smart(action_steps=[step()]).values())


@pytest.mark.parametrize(("title", "passed"), [("Run a lab", True), ("Leadership", True), ("Lead more", False)])
def test_specific_is_three_words_or_ten_characters(title, passed):
    assert smart(goal={"title": title})["specific"] is passed


def test_measurable_by_metric_and_target_or_by_three_dated_steps():
    assert not smart(goal={"target": 0})["measurable"]
    assert not smart(goal={"metric": ""}, action_steps=[step(due_on="2026-02-01")] * 2 + [step()])["measurable"]
    dated = [step(id=f"s{number}", due_on="2026-02-01") for number in range(3)]
    assert smart(goal={"metric": ""}, action_steps=dated)["measurable"]


def test_achievable_needs_a_step_and_no_low_confidence():
    assert not smart()["achievable"]
    assert smart(action_steps=[step()], check_ins=[check_in("2026-02-01", confidence=3)])["achievable"]
    assert not smart(action_steps=[step()], check_ins=[check_in("2026-02-01", confidence=2)])["achievable"]


def test_relevant_and_time_bound_need_their_fields():
    tests = smart(goal={"why": " ", "deadline": None})
    assert not tests["relevant"]
    assert not tests["time_bound"]


@pytest.mark.parametrize(("on", "rows"), [("2025-12-31", 0), ("2026-01-01", 1), ("2026-02-19", 1), ("2026-02-20", 0)])
def test_smart_looks_at_goals_that_are_active_on_the_day(on, rows):
    tables = frames.tables(goals=[{**GOAL, "status": "done", "closed_on": "2026-02-20"}])
    assert len(measures.smart(tables, dt.date.fromisoformat(on))) == rows
