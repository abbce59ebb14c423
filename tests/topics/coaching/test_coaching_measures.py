"""The coaching measures, by hand: how assignments stand, and who is to answer a comment."""

from __future__ import annotations

import datetime as dt
from typing import Any

import frames
import pytest

from careerkit import topics
from careerkit.topics.attention import charts

TODAY = dt.date(2026, 10, 12)
COACH, OWNER = "Ines Valdivia", "Nora Berg"
TASK = {"id": "a1", "given_on": "2026-09-01", "author": COACH, "title": "Three sponsors", "notebook": "02_networking"}
SAID = {"id": "c1", "written_on": "2026-10-05", "author": COACH, "table": "goals", "record_id": "g1", "text": "Known by whom?"}


def measured(name: str, on: dt.date = TODAY, **tables: Any) -> list[dict[str, Any]]:
    return topics.measure(f"coaching.{name}", frames.tables(**tables), on, frames.settings(owner=OWNER)).to_dict("records")


@pytest.mark.parametrize(
    "changed, state, days",
    [
        ({}, "assigned", None),
        ({"due_on": "2026-10-20"}, "assigned", -8),
        ({"due_on": "2026-10-19"}, "due soon", -7),
        ({"due_on": "2026-10-12"}, "due soon", 0),
        ({"due_on": "2026-10-11"}, "overdue", 1),
        ({"due_on": "2026-10-01", "started_on": "2026-09-03"}, "overdue", 11),
        ({"due_on": "2026-10-01", "submitted_on": "2026-10-12"}, "submitted", None),
        ({"due_on": "2026-10-01", "submitted_on": "2026-10-02", "done_on": "2026-10-12"}, "done", None),
        ({"due_on": "2026-10-01", "done_on": "2026-10-10"}, "done", None),
    ],
)
def test_an_assignments_state_is_the_furthest_that_it_has_reached(changed, state, days):
    (row,) = measured("assignments", assignments=[{**TASK, **changed}])
    assert (row["state"], None if state in ("submitted", "done") or days is None else int(row["days_overdue"])) == (state, days)


def test_on_a_past_day_an_assignment_stands_as_it_did():
    task = {**TASK, "created_at": "2026-09-01T08:00:00Z", "due_on": "2026-10-01", "submitted_on": "2026-10-05", "done_on": "2026-10-10"}
    days = [(8, 31), (9, 1), (9, 24), (10, 2), (10, 5), (10, 10)]
    found = [[row["state"] for row in measured("assignments", dt.date(2026, *day), assignments=[task])] for day in days]
    assert found == [[], ["assigned"], ["due soon"], ["overdue"], ["submitted"], ["done"]]


def test_what_is_due_first_stands_first_and_what_is_done_last():
    tasks = [
        {**TASK, "id": "a1", "done_on": "2026-09-09"},
        {**TASK, "id": "a2"},
        {**TASK, "id": "a3", "submitted_on": "2026-10-01"},
        {**TASK, "id": "a4", "due_on": "2026-11-01"},
        {**TASK, "id": "a5", "due_on": "2026-10-01"},
    ]
    assert [row["assignment_id"] for row in measured("assignments", assignments=tasks)] == ["a5", "a4", "a2", "a3", "a1"]


def test_a_comment_waits_for_the_owner_until_the_owner_answers_and_then_for_the_coach():
    (row,) = measured("comments", comments=[SAID])
    assert (row["comment_id"], row["waits_for"], row["days_waiting"], row["records"]) == ("c1", "owner", 7, "c1")
    answer = {**SAID, "id": "c2", "written_on": "2026-10-08", "author": "nora berg", "text": "By Ruth.", "reply_to": "c1"}
    (row,) = measured("comments", comments=[answer, SAID])
    assert (row["comment_id"], row["author"], row["text"]) == ("c1", "nora berg", "By Ruth.")
    assert (row["waits_for"], row["days_waiting"], row["records"]) == ("coach", 4, "c1;c2")
    again = {**SAID, "id": "c3", "written_on": "2026-10-12", "text": "And who else?", "reply_to": "c2"}
    (row,) = measured("comments", comments=[again, answer, SAID])
    assert (row["waits_for"], row["text"], row["days_waiting"]) == ("owner", "And who else?", 0)


def test_a_resolved_comment_is_open_no_longer_and_was_so_before():
    done = {**SAID, "created_at": "2026-10-05T08:00:00Z", "resolved_on": "2026-10-09"}
    assert measured("comments", comments=[done]) == []
    assert len(measured("comments", dt.date(2026, 10, 8), comments=[done])) == 1
    assert measured("comments", dt.date(2026, 10, 4), comments=[done]) == []


def test_an_answer_whose_comment_is_not_here_stands_alone_and_two_that_answer_each_other_end():
    assert [row["comment_id"] for row in measured("comments", comments=[{**SAID, "reply_to": "gone"}])] == ["c1"]
    circle = [{**SAID, "reply_to": "c2"}, {**SAID, "id": "c2", "reply_to": "c1"}]
    assert len(measured("comments", comments=circle)) == 2


def listed(on: dt.date = TODAY, **tables: Any) -> list[tuple[Any, ...]]:
    rows = topics.measure("attention.list", frames.tables(**tables), on, frames.settings(owner=OWNER)).to_dict("records")
    return [(row["kind"], row["record_id"], int(row["days_overdue"]), round(row["urgency"], 4)) for row in rows]


def test_an_assignment_asks_for_attention_a_week_before_its_day_until_it_is_handed_in():
    """Three days late by an interval of 7: 3/7. Seven days ahead: -1."""
    assert listed(assignments=[{**TASK, "due_on": "2026-10-09"}]) == [("assignment", "a1", 3, 0.4286)]
    assert listed(assignments=[{**TASK, "due_on": "2026-10-19"}]) == [("assignment", "a1", -7, -1.0)]
    assert listed(assignments=[{**TASK, "due_on": "2026-10-20"}]) == []
    assert listed(assignments=[TASK]) == [] == listed(assignments=[{**TASK, "due_on": "2026-10-09", "submitted_on": "2026-10-10"}])


def test_a_comment_asks_for_attention_from_its_day_until_it_is_answered():
    """A week by an interval of 14: 0.5."""
    assert listed(comments=[SAID]) == [("comment", "c1", 7, 0.5)]
    assert listed(comments=[SAID, {**SAID, "id": "c2", "author": OWNER, "reply_to": "c1"}]) == []
    assert listed(comments=[{**SAID, "resolved_on": "2026-10-06"}]) == []


def test_the_list_leads_to_the_notebook_that_the_coach_named_or_in_which_the_record_stands():
    tables = frames.tables(
        assignments=[{**TASK, "due_on": "2026-10-15"}, {**TASK, "id": "a2", "notebook": "../evil", "due_on": "2026-10-15"}],
        comments=[SAID, {**SAID, "id": "c2", "table": "nothing", "text": "x" * 200}],
    )
    made = str(charts.list(tables, TODAY, frames.settings(owner=OWNER)))
    assert [part.split('"')[0] for part in made.split('href="')[1:]] == [
        "04_goals.ipynb",
        "00_start_here.ipynb",
        "02_networking.ipynb",
        "00_start_here.ipynb",
    ]
    assert "due 15 Oct 2026" in made and "x" * 90 not in made and "evil" not in made


def test_a_session_that_coach_and_client_both_wrote_down_counts_once():
    rows = [
        {"held_on": "2026-09-20", "attended": True, "minutes": 50, "agreed": "Two sponsors."},
        {"held_on": "2026-09-20", "attended": False, "agenda": "How do I say no?"},
        {"held_on": "2026-09-27", "attended": False},
        {"held_on": "2026-10-04", "attended": True, "minutes": 40},
        {"held_on": "2026-10-04", "attended": True, "minutes": 45},
    ]
    frame = topics.measure("review.counts", frames.tables(sessions=rows), TODAY, frames.settings())
    found = frame.set_index("figure").loc[["sessions held", "minutes in sessions"]]
    assert list(found["value"]) == [2, 95] and found["of"].iloc[0] == 3
