"""What needs attention: due days and urgencies by hand, one kind after the other, and what would help most."""

from __future__ import annotations

import datetime as dt
from typing import Any

import frames
import pandas as pd
import pytest
from form_driver import tags, words

from careerkit import Workbook
from careerkit.topics.attention import charts, measures
from careerkit.topics.habits import charts as habit_charts
from careerkit.topics.habits import measures as habits

TODAY = dt.date(2026, 10, 12)
IMAGE = "<img src=x onerror=alert(1)>"


def listed(on: dt.date = TODAY, **tables: Any) -> pd.DataFrame:
    return measures.list(frames.tables(**tables), on, frames.settings())


def only(on: dt.date = TODAY, **tables: Any) -> tuple[Any, ...]:
    """Return kind, record, due day, days and urgency of the one thing that is listed."""
    (row,) = listed(on, **tables).to_dict("records")
    return row["kind"], row["record_id"], str(row["due_on"].date()), row["days_overdue"], round(row["urgency"], 4)


GOAL = {"id": "g1", "title": "Give ten talks", "started_on": "2026-09-01", "deadline": "2026-12-31"}


def test_with_nothing_due_there_is_no_row():
    assert listed().empty and listed(dt.date(1999, 1, 1), goals=[GOAL]).empty


def test_a_contact_is_as_urgent_as_it_is_late_by_its_own_cadence():
    person = {"id": "c1", "name": "Omar Aziz", "cadence_days": 40, "met_on": "2026-08-13", "created_at": "2026-08-13T08:00:00Z"}
    assert only(contacts=[person]) == ("contact", "c1", "2026-09-22", 20, 0.5)


def test_a_promise_counts_from_its_day_or_two_weeks_after_the_talk():
    talk = {"id": "i1", "happened_on": "2026-09-14", "kind": "call", "follow_up": "Send the list"}
    assert only(interactions=[{**talk, "follow_up_due": "2026-10-05"}]) == ("promise", "i1", "2026-10-05", 7, 0.5)
    assert only(interactions=[talk]) == ("promise", "i1", "2026-09-28", 14, 1.0)
    assert listed(interactions=[{**talk, "follow_up_done_on": "2026-10-12"}]).empty


def test_a_step_of_an_active_goal_counts_from_its_day():
    step = {"id": "a1", "goal_id": "g1", "title": "Write", "due_on": "2026-10-05"}
    assert only(goals=[GOAL], action_steps=[step]) == ("step", "a1", "2026-10-05", 7, 1.0)
    assert listed(goals=[{**GOAL, "status": "paused", "closed_on": "2026-10-01"}], action_steps=[step]).empty


def test_a_check_in_is_due_thirty_days_after_the_last_or_the_start():
    goal = {**GOAL, "metric": "talks", "target": 10, "started_on": "2026-08-14"}
    assert only(goals=[goal]) == ("check-in", "g1", "2026-09-13", 29, round(29 / 30, 4))
    assert listed(goals=[goal], check_ins=[{"goal_id": "g1", "checked_on": "2026-09-12", "value": 1}])["days_overdue"].tolist() == [0]
    assert listed(goals=[goal], check_ins=[{"goal_id": "g1", "checked_on": "2026-09-13", "value": 1}]).empty


def test_a_goal_past_its_deadline_waits_for_a_decision_from_the_day_after():
    assert listed(dt.date(2026, 12, 31), goals=[GOAL]).empty
    assert only(dt.date(2027, 1, 1), goals=[GOAL]) == ("goal", "g1", "2027-01-01", 0, 0.0)
    assert only(dt.date(2027, 1, 31), goals=[GOAL]) == ("goal", "g1", "2027-01-01", 30, 1.0)


def test_an_answer_is_chased_once_two_weeks_after_asking_until_one_reminded():
    asked = {"id": "f1", "giver": "Ruth", "requested_on": "2026-09-21", "question": "What less?"}
    assert only(feedback=[asked]) == ("answer to feedback", "f1", "2026-10-05", 7, 0.5)
    assert listed(feedback=[{**asked, "due_on": "2026-10-20"}]).empty
    assert listed(feedback=[{**asked, "reminded_on": "2026-10-06"}]).empty
    assert listed(dt.date(2026, 11, 1), feedback=[asked]).empty, "expired after 28 days"


def test_feedback_is_to_be_closed_45_days_after_it_came():
    came = {"id": "f1", "giver": "Ruth", "requested_on": "2026-08-01", "received_on": "2026-08-14"}
    assert only(feedback=[came]) == ("feedback to close", "f1", "2026-09-28", 14, round(14 / 45, 4))
    assert listed(feedback=[{**came, "followed_up_on": "2026-10-12"}]).empty


def test_a_credential_waits_from_the_day_to_begin_its_renewal():
    paper = {"id": "k1", "name": "Boat licence", "status": "earned", "earned_on": "2024-05-01", "expires_on": "2026-11-01"}
    # 1 November less 90 days is 3 August; less 30 days, 2 October.
    assert only(credentials=[paper]) == ("credential", "k1", "2026-08-03", 70, round(70 / 90, 4))
    assert only(credentials=[{**paper, "renewal_days": 30}])[2:4] == ("2026-10-02", 10)
    assert listed(credentials=[{**paper, "status": "dropped"}]).empty


def test_a_trend_waits_180_days_after_its_last_review():
    trend = {"id": "t1", "name": "Data contracts", "noted_on": "2025-01-01"}
    assert only(trends=[trend], trend_reviews=[{"trend_id": "t1", "reviewed_on": "2026-03-07", "ring": "hold"}])[1:4] == (
        "t1",
        "2026-09-03",
        39,
    )
    assert only(trends=[trend])[2] == "2025-06-30"


def test_skills_are_looked_at_again_90_days_after_the_last_self_rating():
    skills = [{"id": "s1", "name": "Delegation"}]
    rating = {"id": "r1", "skill_id": "s1", "rated_on": "2026-07-05", "rater": "self", "level": 3}
    assert only(skills=skills, skill_ratings=[rating]) == ("self-assessment", "r1", "2026-10-03", 9, 0.1)
    assert listed(skills=skills)["record_id"].tolist() == ["s1"]


def test_the_most_urgent_stands_first():
    talk = {"id": "i1", "happened_on": "2026-09-14", "kind": "call", "follow_up": "Send", "follow_up_due": "2026-10-05"}
    found = listed(
        interactions=[talk], goals=[GOAL], action_steps=[{"id": "a1", "goal_id": "g1", "title": "Write", "due_on": "2026-09-28"}]
    )
    assert list(zip(found["record_id"], found["urgency"], strict=True)) == [("a1", 2.0), ("i1", 0.5)]


def test_each_kind_has_its_notebook_and_its_words():
    assert set(charts.WHERE) == {"contact", *measures.USUAL}


def test_the_list_links_to_where_one_sees_to_it_and_says_since_when():
    talk = {"happened_on": "2026-09-14", "kind": "call", "follow_up": "Send the list", "follow_up_due": "2026-10-05"}
    made = str(charts.list(frames.tables(interactions=[talk]), TODAY, frames.settings()))
    assert 'href="02_networking.ipynb"' in made and "since 5 Oct 2026, 7 days" in words(made)


def test_eight_stand_there_and_the_others_are_counted():
    steps = [{"goal_id": "g1", "title": f"Step {number}", "due_on": "2026-10-01"} for number in range(10)]
    assert "2 more things can wait." in words(charts.list(frames.tables(goals=[GOAL], action_steps=steps), TODAY, frames.settings()))


def test_one_kind_alone_does_not_fill_the_list_while_others_wait():
    """Ten steps are 11 days late, hence more urgent than a promise of the day before; of the steps three come first."""
    steps = [{"goal_id": "g1", "title": f"Step {number}", "due_on": "2026-10-01"} for number in range(10)]
    promise = {"happened_on": "2026-10-01", "kind": "call", "follow_up": "Send the list", "follow_up_due": "2026-10-11"}
    told = words(charts.list(frames.tables(goals=[GOAL], action_steps=steps, interactions=[promise]), TODAY, frames.settings()))
    assert "Send the list" in told
    assert told.count("Next step:") == 7 - told.count("How is it going?")
    assert told.index("Step 0") < told.index("Send the list")


def test_nothing_waiting_is_a_quiet_line():
    assert words(charts.list(frames.tables(), TODAY, frames.settings())) == "Nothing is waiting on 12 October 2026."


def test_typed_text_is_text():
    rows = {"interactions": [{"happened_on": "2026-09-14", "kind": "call", "follow_up": IMAGE}], "skills": [{"name": IMAGE}]}
    made = charts.list(frames.tables(**rows), TODAY, frames.settings())
    assert "img" not in tags(made) and IMAGE in words(made)


# -- what would help most


def gains(**tables: Any) -> dict[str, float]:
    rows = habits.next_actions(frames.tables(**tables), TODAY, frames.settings())
    return dict(zip(rows["action"], rows["gain"], strict=True))


def test_an_action_gains_what_the_index_would_be_less_what_it_is():
    """Two of four requests made, one of them 30 days old and unanswered: asked 0.5, answered 0; a third request: 0.75."""
    asked = [
        {"requested_on": "2026-09-12", "giver": "Ruth", "question": "?"},
        {"requested_on": "2026-10-01", "giver": "Omar", "question": "?"},
    ]
    found = gains(feedback=asked)
    assert found["Ask one person one question."] == pytest.approx(100 * (0.25 / 2))
    # Reminding the one who owes an answer makes answered 1 of 1.
    assert found["Remind Ruth."] == pytest.approx(100 * (1 / 2))


def test_the_first_goal_without_a_reason_gains_a_fifth_of_its_clarity():
    """One goal passes S and T of five: clarity 0.4; reviewed 1 (just begun), pace 0. With why it is 0.6: 20 points of 3 signs."""
    goal = {**GOAL, "started_on": "2026-09-25", "created_at": "2026-09-25T08:00:00Z"}
    found = gains(goals=[goal])
    assert found["Write down why “Give ten talks” matters."] == pytest.approx(100 * 0.2 / 3)


def test_before_it_can_be_said_how_a_habit_stands_nothing_is_proposed():
    assert gains() == {}
    assert gains(feedback=[{"requested_on": "2026-10-11", "created_at": "2026-10-11T08:00:00Z", "question": "?"}]) == {}


def test_nothing_proposes_to_retire_archive_or_move_anything(tmp_path):
    example = Workbook.create(tmp_path / "career", example=True)
    found = example.measure("habits.next_actions")
    assert len(found) >= 3 and (found["gain"] >= 0.5).all()
    assert not found["action"].str.contains("archive|retire|deadline|cadence", case=False).any()


def test_the_page_shows_three_for_different_habits(tmp_path):
    example = Workbook.create(tmp_path / "career", example=True)
    made = habit_charts.next_actions(example.tables(), example.today, example.settings)
    assert str(made).count("<li>") == 3


def test_an_empty_workbook_says_when_they_will_appear():
    assert "After two weeks of records" in words(habit_charts.next_actions(frames.tables(), TODAY, frames.settings()))
