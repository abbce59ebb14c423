"""What the habits' indicators and index say, by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import frames
import pandas as pd
import pytest
from frames import ON, person, rating, skill, study, talk

from careerkit.topics.habits import measures


def signs(habit: str, on: dt.date = ON, **tables: Any) -> dict[str, Any]:
    rows = measures.indicators(frames.tables(**tables), on, frames.settings())
    rows = rows[rows["habit"] == habit]
    return {name: None if pd.isna(value) else value for name, value in zip(rows["indicator"], rows["value"], strict=True)}


def index(habit: str, on: dt.date = ON, **tables: Any) -> pd.Series:
    rows = measures.index(frames.tables(**tables), on, frames.settings())
    return rows[rows["habit"] == habit].iloc[0]


def test_kept_up_needs_three_contacts_with_a_cadence():
    """Due 40 days after 23 August is 2 October: priority 10/40 on 12 October still counts, 11/40 does not."""
    people = [person(number, cadence_days=40) for number in (1, 2, 3)]
    told = [talk("2026-08-23", "c1;c2"), talk("2026-08-22", "c3")]
    assert signs("networking", contacts=people[:2], interactions=told)["kept up"] is None
    assert signs("networking", contacts=people, interactions=told)["kept up"] == pytest.approx(2 / 3)


def test_activity_is_people_of_the_past_90_days_and_at_most_three_posts_of_twelve():
    told = [talk("2026-10-12", "c1;c2"), talk("2026-07-15", "c3"), talk("2026-07-14", "c4"), talk("2026-10-01", "c1")]
    posts = [talk("2026-10-01", "", kind="post") for _ in range(4)]
    assert signs("networking", interactions=told)["activity"] == 3 / 12
    assert signs("networking", interactions=[*told, *posts])["activity"] == 6 / 12
    assert signs("networking", interactions=[talk("2026-10-01", ";".join(f"c{n}" for n in range(20)))])["activity"] == 1


def test_breadth_needs_five_people_and_is_1_when_spread_widely():
    """Organisations of 3, 1 and 1 people: hhi 11/25, breadth (14/25) / (0.8 x 4/5) = 0.875."""
    people = [person(number, organisation=name) for number, name in enumerate("AAABC", start=1)]
    told = [talk("2026-10-01", "c1;c2;c3;c4;c5")]
    assert signs("networking", contacts=people, interactions=told)["breadth"] == pytest.approx(0.875)
    assert signs("networking", contacts=people[:4], interactions=told)["breadth"] is None
    apart = [person(number, organisation=f"Firm {number}") for number in range(1, 6)]
    assert signs("networking", contacts=apart, interactions=told)["breadth"] == 1


def test_reciprocity_is_twice_given_over_received_with_follow_ups_done():
    """Gave 1, mutual 1, follow-up done 1: given 3; received 6 and mutual 1: 7; 2 x 3 / 7."""
    told = [talk("2026-09-01", "c1", direction="gave", follow_up="Send notes", follow_up_done_on="2026-09-02")]
    told += [talk("2026-09-01", "c1", direction="mutual")]
    told += [talk("2026-09-01", "c1;c2", direction="received") for _ in range(6)]
    told += [talk("2025-10-12", "c1", direction="gave")]
    assert signs("networking", interactions=told)["reciprocity"] == pytest.approx(6 / 7)


def test_reciprocity_needs_five_and_is_1_when_nothing_was_received():
    gave = [talk("2026-09-01", "c1", direction="gave") for _ in range(5)]
    assert signs("networking", interactions=gave[:4])["reciprocity"] is None
    assert signs("networking", interactions=gave)["reciprocity"] == 1


GOAL = frames.goal(why="For a change", started_on="2026-09-12", deadline="2026-12-21")


def test_without_an_active_goal_clarity_is_0_and_the_rest_does_not_apply():
    assert signs("goals") == {"clarity": 0, "reviewed": None, "pace": None, "steps": None}


def test_clarity_is_the_mean_share_of_smart_tests_passed():
    vague = {"id": "g2", "title": "Lead more", "started_on": "2026-09-12"}
    assert signs("goals", goals=[GOAL])["clarity"] == pytest.approx(0.8)
    assert signs("goals", goals=[GOAL, vague])["clarity"] == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("more", "share"),
    [
        ({}, 0),
        ({"check_ins": [{"goal_id": "g1", "checked_on": "2026-09-13"}]}, 1),
        ({"check_ins": [{"goal_id": "g1", "checked_on": "2026-09-12"}]}, 0),
        ({"action_steps": [{"goal_id": "g1", "title": "Write", "done_on": "2026-10-12"}]}, 1),
        ({"action_steps": [{"goal_id": "g1", "title": "Write", "done_on": "2026-10-13"}]}, 0),
    ],
)
def test_reviewed_is_a_check_in_or_a_step_done_in_the_past_30_days(more, share):
    assert signs("goals", goals=[GOAL], **more)["reviewed"] == share


def test_a_goal_started_in_the_past_30_days_counts_as_reviewed():
    assert signs("goals", goals=[{**GOAL, "started_on": "2026-09-13"}])["reviewed"] == 1


def test_pace_is_the_share_of_active_goals_on_track_or_achieved():
    """Day 30 of 100: g1 with 3 of 10 is on track, g2 achieved, g3 with 0 behind; g4 is closed and counts nowhere."""
    goals = [
        GOAL,
        {**GOAL, "id": "g2"},
        {**GOAL, "id": "g3"},
        {**GOAL, "id": "g4", "status": "dropped", "closed_on": "2026-10-01"},
    ]
    told = [{"goal_id": goal, "checked_on": "2026-10-12", "value": value} for goal, value in (("g1", 3), ("g2", 10), ("g3", 0))]
    assert signs("goals", goals=goals, check_ins=told)["pace"] == pytest.approx(2 / 3)


def test_steps_are_those_due_in_the_past_90_days():
    steps = [
        {"goal_id": "g1", "title": "Write", "due_on": due, "done_on": done}
        for due, done in (
            ("2026-07-15", "2026-10-12"),
            ("2026-07-14", None),
            ("2026-10-12", "2026-10-13"),
            ("2026-10-13", None),
        )
    ]
    assert signs("goals", goals=[GOAL], action_steps=steps)["steps"] == 0.5


def test_study_is_the_hours_of_91_days_over_13_weeks_of_the_target_at_most_1():
    """The usual target of 2 hours a week makes 26."""
    assert signs("change")["study"] == 0
    assert signs("change", learning_log=[study("2026-07-14", 780, item_id="l1")])["study"] == 0.5
    assert signs("change", learning_log=[study("2026-07-13", 780, item_id="l1")])["study"] == 0
    assert signs("change", learning_log=[study("2026-10-01", 1000, item_id="l1"), study("2026-10-02", 1000, item_id="l1")])["study"] == 1


def test_study_does_not_apply_where_the_target_is_0():
    rows = measures.indicators(frames.tables(), ON, frames.settings(weekly_learning_hours=0)).set_index("indicator")
    assert pd.isna(rows.at["study", "value"])


@pytest.mark.parametrize(
    ("days", "share"),
    [
        (("2026-10-12",), 0.5),
        (("2026-04-16",), 0.5),
        (("2026-04-15",), 0),
        (("2026-10-13",), 0),
        (("2026-05-01", "2026-06-01"), 1),
        (("2026-05-01", "2026-06-01", "2026-07-01"), 1),
    ],
)
def test_completion_is_two_items_finished_in_the_past_180_days(days, share):
    """16 April is the 180th day back from 12 October."""
    items = [{"title": "Negotiation", "status": "done", "finished_on": day} for day in days]
    assert signs("change", learning_items=items)["completion"] == share


def test_what_was_dropped_is_not_finished():
    assert signs("change", learning_items=[{"title": "German", "status": "dropped", "finished_on": "2026-10-01"}])["completion"] == 0


@pytest.mark.parametrize(("on", "minutes", "share"), [("2026-04-16", 20, 0.5), ("2026-04-16", 19, 0), ("2026-04-15", 600, 0)])
def test_fifteen_hours_of_the_past_180_days_count_like_an_item_finished(on, minutes, share):
    log = [study("2026-10-01", 440, item_id="l1"), study("2026-10-02", 440, item_id="l1"), study(on, minutes, item_id="l1")]
    assert signs("change", learning_items=[{"id": "l1", "title": "Cloud", "status": "doing"}], learning_log=log)["completion"] == share


def test_an_item_that_is_finished_and_has_its_hours_counts_once():
    item = {"id": "l1", "title": "Cloud", "status": "done", "finished_on": "2026-10-01"}
    assert signs("change", learning_items=[item], learning_log=[study("2026-09-01", 960, item_id="l1")])["completion"] == 0.5


def test_trends_are_those_looked_at_in_the_past_180_days():
    trends = [{"id": f"t{number}", "name": f"Trend {number}"} for number in range(1, 5)]
    trends.append({"id": "t5", "name": "Gone by", "retired_on": "2026-09-01"})
    looks = [("t1", "2026-10-12"), ("t2", "2026-04-16"), ("t3", "2026-04-15"), ("t5", "2026-08-01")]
    reviews = [{"trend_id": key, "reviewed_on": day, "ring": "trial"} for key, day in looks]
    assert signs("change", trends=trends, trend_reviews=reviews)["trends"] == 0.5
    assert signs("change")["trends"] is None
    assert signs("change", trends=trends[4:])["trends"] is None


def test_credentials_are_those_unexpired_of_those_earned_that_expire():
    given = {"status": "earned", "earned_on": "2024-05-01"}
    rows = [
        {"name": "Runs out today", **given, "expires_on": "2026-10-12"},
        {"name": "Ran out yesterday", **given, "expires_on": "2026-10-11"},
        {"name": "Good for years", **given, "expires_on": "2029-01-01"},
        {"name": "For ever", **given},
        {"name": "Not yet", "status": "in progress", "started_on": "2026-01-01"},
        {"name": "Let go", "status": "dropped", "earned_on": "2024-05-01", "expires_on": "2025-01-01"},
    ]
    assert signs("change", credentials=rows)["credentials"] == pytest.approx(2 / 3)
    assert signs("change", credentials=rows[3:])["credentials"] is None


def test_change_before_the_first_record_and_while_it_is_early():
    """Study 13 of 26 hours and nothing finished: two signs, 25 of 100, once the first note is 14 days old."""
    log = [study("2026-10-01", 780, item_id="l1")]
    created = {"created_at": "2026-10-01T08:00:00Z"}
    rows = [{**log[0], **created}]
    early, later = (index("change", dt.date(2026, 10, day), learning_log=rows) for day in (14, 15))
    assert pd.isna(early["score"]) and early["signals"] == 2
    assert (later["score"], later["signals"]) == (25, 2)
    assert signs("change", dt.date(2026, 9, 30), learning_log=rows) == {"study": 0, "completion": 0, "trends": None, "credentials": None}


def test_an_index_is_100_times_the_mean_of_what_applies():
    """Clarity 0.8, reviewed 1, pace 1; no step due."""
    told = [{"goal_id": "g1", "checked_on": "2026-10-12", "value": 3}]
    row = index("goals", goals=[GOAL], check_ins=told)
    assert (row["score"], row["signals"]) == (pytest.approx(100 * 2.8 / 3), 3)


def test_one_signal_is_too_early_to_say():
    row = index("networking", contacts=[person(1)])
    assert pd.isna(row["score"])
    assert row["signals"] == 1


@pytest.mark.parametrize(("started", "early"), [("2026-09-28", False), ("2026-09-29", True)])
def test_the_first_record_must_be_14_days_old(started, early):
    goal = {**GOAL, "started_on": started, "created_at": "2026-10-12T08:00:00Z"}
    assert pd.isna(index("goals", goals=[goal])["score"]) is early


def test_before_any_record_nothing_is_scored():
    rows = measures.index(frames.tables(), ON, frames.settings())
    assert list(rows["habit"]) == list(measures.HABITS)
    assert rows["score"].isna().all()


@pytest.mark.parametrize(
    ("on", "freshness"),
    [
        ("2026-10-12", 1),
        ("2026-07-14", 1),  # 90 days ago
        ("2026-07-13", 274 / 275),
        ("2026-02-26", 137 / 275),  # 228 days ago
        ("2025-10-12", 0),  # 365 days ago
        ("2025-01-01", 0),
        ("2026-10-13", 0),  # not yet
    ],
)
def test_freshness_falls_evenly_from_90_days_to_365(on, freshness):
    assert signs("assessment", skills=[skill(1)], skill_ratings=[rating(on)])["freshness"] == pytest.approx(freshness)


def test_freshness_looks_at_self_ratings_alone():
    told = [rating("2026-10-01", rater="manager")]
    assert signs("assessment", skills=[skill(1)], skill_ratings=told)["freshness"] == 0


def test_coverage_is_the_share_of_active_skills_self_rated_in_the_past_180_days():
    """Rated 15 April (180 days ago) no longer counts, 16 April does; skill 4 is retired, and counts on neither side."""
    skills = [skill(1), skill(2), skill(3), skill(4, retired_on="2026-10-12")]
    told = [
        rating("2026-04-16"),
        rating("2026-04-15", skill_id="s2"),
        rating("2026-10-01", skill_id="s3", rater="peer"),
        rating("2026-10-01", skill_id="s4"),
    ]
    assert signs("assessment", skills=skills, skill_ratings=told)["coverage"] == pytest.approx(1 / 3)
    assert signs("assessment")["coverage"] is None


def test_outside_view_needs_five_skills_or_all_there_are():
    """Two of three skills were rated by someone else in the past 365 days; of seven skills five are enough."""
    told = [
        rating("2025-10-13", rater="peer"),
        rating("2026-10-01", skill_id="s2", rater="coach"),
        rating("2026-10-01", skill_id="s2", rater="peer"),
    ]
    told += [rating("2025-10-12", skill_id="s3", rater="peer"), rating("2026-10-01", skill_id="s3")]
    assert signs("assessment", skills=[skill(n) for n in (1, 2, 3)], skill_ratings=told)["outside view"] == pytest.approx(2 / 3)
    assert signs("assessment", skills=[skill(n) for n in range(1, 8)], skill_ratings=told)["outside view"] == pytest.approx(2 / 5)
    many = [rating("2026-10-01", skill_id=f"s{n}", rater="other") for n in range(1, 8)]
    assert signs("assessment", skills=[skill(n) for n in range(1, 8)], skill_ratings=many)["outside view"] == 1
    assert signs("assessment")["outside view"] is None


def test_evidence_is_the_share_of_the_years_self_ratings_that_have_some():
    told = [rating("2025-10-13", evidence="Ran the close"), rating("2026-10-01"), rating("2026-10-02", evidence=" ")]
    told += [rating("2025-10-12"), rating("2026-10-01", rater="peer")]
    assert signs("assessment", skills=[skill(1)], skill_ratings=told)["evidence"] == pytest.approx(1 / 3)
    assert signs("assessment", skills=[skill(1)])["evidence"] is None


def test_a_position_held_for_years_does_not_make_a_new_workbook_old():
    told = {
        "skills": [skill(1, created_at="2026-10-10T08:00:00Z")],
        "skill_ratings": [rating("2026-10-10", created_at="2026-10-10T08:00:00Z")],
    }
    position = {"title": "Analyst", "started_on": "2017-01-01", "created_at": "2026-10-10T08:00:00Z"}
    assert pd.isna(index("assessment", positions=[position], **told)["score"])
    told["skill_ratings"][0]["rated_on"] = "2026-09-28"
    assert index("assessment", positions=[position], **told)["score"] == pytest.approx(100 * (1 + 1 + 0 + 0) / 4)


def told(id: str, asked: str | None = None, **days: str) -> dict[str, Any]:
    return {"id": id, "requested_on": asked, **days}


def test_asked_is_requests_of_the_past_180_days_of_four():
    """180 days up to 12 October begin on 16 April."""
    on_time = [told(f"f{n}", "2026-04-16") for n in range(3)]
    assert signs("feedback", feedback=[*on_time, told("f9", "2026-04-15")])["asked"] == 3 / 4
    assert signs("feedback", feedback=[told(f"f{n}", "2026-10-12") for n in range(6)])["asked"] == 1
    assert signs("feedback")["asked"] == 0


def test_answered_looks_at_requests_28_to_365_days_old():
    """28 days before 12 October 2026 is 14 September, 365 days is 12 October 2025."""
    rows = [
        told("f1", "2026-09-14", received_on="2026-10-12"),
        told("f2", "2026-09-14", received_on="2026-10-13"),
        told("f3", "2026-06-01", declined_on="2026-06-03"),
        told("f4", "2025-10-12", reminded_on="2025-11-01"),
        told("f5", "2026-09-15"),
        told("f6", "2025-10-11"),
    ]
    assert signs("feedback", feedback=rows)["answered"] == 3 / 4
    assert signs("feedback", feedback=rows[4:])["answered"] is None


def test_decided_looks_at_what_was_received_14_to_365_days_ago():
    rows = [
        told("f1", received_on="2026-09-28", decided_on="2026-10-12"),
        told("f2", received_on="2026-09-28", decided_on="2026-10-13"),
        told("f3", received_on="2025-10-12"),
        told("f4", received_on="2026-09-29"),
        told("f5", received_on="2025-10-11", decided_on="2025-11-01"),
    ]
    assert signs("feedback", feedback=rows)["decided"] == pytest.approx(1 / 3)


def test_closed_looks_at_what_was_received_45_to_365_days_ago():
    rows = [
        told("f1", received_on="2026-08-28", followed_up_on="2026-10-12"),
        told("f2", received_on="2026-08-29", followed_up_on="2026-09-01"),
        told("f3", received_on="2026-01-08"),
    ]
    assert signs("feedback", feedback=rows)["closed"] == 1 / 2
    assert signs("feedback", dt.date(2026, 9, 11), feedback=rows)["closed"] == 0


def test_before_the_first_feedback_only_asked_has_a_value():
    rows = [told("f1", "2026-09-01", received_on="2026-09-03", created_at="2026-09-01T08:00:00Z")]
    assert signs("feedback", dt.date(2026, 1, 1), feedback=rows) == {"asked": 0, "answered": None, "decided": None, "closed": None}


def test_the_feedback_index_is_the_mean_of_what_applies():
    """Asked 1/4, answered 1, decided 0, closed does not apply: received 40 days ago."""
    rows = [told("f1", "2026-08-25", received_on="2026-09-02", created_at="2026-08-25T08:00:00Z")]
    row = index("feedback", feedback=rows)
    assert (row["score"], row["signals"]) == (pytest.approx(100 * (1 / 4 + 1 + 0) / 3), 3)
    assert pd.isna(index("feedback", dt.date(2026, 9, 7), feedback=rows)["score"])
