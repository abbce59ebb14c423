"""A goal's plan over time: a change of plan is remembered, a slip is put right, moved deadlines and forecasts are told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import frames
import pandas as pd
import pytest
from form_driver import buttons, fill, hidden, pages, press, rows, words

from careerkit import Workbook
from careerkit.notebook import guides
from careerkit.store.changes import Change
from careerkit.topics.goals import charts, measures

GOAL = {"title": "Give two public talks", "metric": "talks", "target": 2, "started_on": "2026-01-05", "deadline": "2026-11-30"}
TODAY = dt.date(2026, 10, 12)


@pytest.fixture
def book(tmp_path) -> Workbook:
    made = Workbook.create(tmp_path / "career", owner="Maya Lindt")
    made.today = TODAY
    return made


@pytest.fixture
def opened(book) -> Any:
    """The form of a goal that exists, its deadline moved by two months and not saved yet."""
    key = book.add("goals", **GOAL)
    form = book.form("goals")
    form.show(key)
    fill(form, deadline=dt.date(2027, 1, 31))
    press(form, "Save goal")
    return form


def stored(book: Workbook) -> list[tuple[str, ...]]:
    return [(row["changed_on"], row["field"], row["was"], row["now"]) for row in rows(book, "goal_changes")]


# -- the question


def test_a_moved_deadline_is_asked_about_before_anything_is_saved(book, opened):
    assert rows(book, "goals")[0]["deadline"] == "2026-11-30"
    assert "Deadline: 30 Nov 2026 until now, 31 Jan 2027 from today." in words(pages(opened.confirm))
    assert buttons(opened.confirm) == ["The plan has changed", "I'm correcting a mistake"]


def test_a_change_of_plan_is_remembered_in_the_same_save(book, opened):
    press(opened, "The plan has changed")
    assert rows(book, "goals")[0]["deadline"] == "2027-01-31"
    assert stored(book) == [("2026-10-12", "deadline", "2026-11-30", "2027-01-31")]
    book.undo()
    assert rows(book, "goals")[0]["deadline"] == "2026-11-30" and stored(book) == []


def test_a_slip_put_right_leaves_no_trace_among_the_changes(book, opened):
    press(opened, "I'm correcting a mistake")
    assert rows(book, "goals")[0]["deadline"] == "2027-01-31" and stored(book) == []


def test_what_was_empty_is_filled_in_without_a_question(book):
    key = book.add("goals", title="Give two public talks", started_on="2026-01-05")
    form = book.form("goals")
    form.show(key)
    fill(form, metric="talks", target="2", deadline=dt.date(2026, 11, 30))
    press(form, "Save goal")
    assert rows(book, "goals")[0]["target"] == "2" and stored(book) == []


def test_closing_a_goal_asks_nothing_and_opening_it_again_does(book):
    key = book.add("goals", **GOAL)
    form = book.form("goals")
    form.show(key)
    fill(form, status="done")
    press(form, "Save goal")
    assert (rows(book, "goals")[0]["closed_on"], stored(book)) == ("2026-10-12", [])
    form.show(key)
    fill(form, status="active")
    press(form, "Save goal")
    press(form, "The plan has changed")
    assert stored(book) == [("2026-10-12", "closed_on", "2026-10-12", "")]


def test_a_goal_changed_elsewhere_meanwhile_is_still_not_overwritten(book, opened):
    (goal,) = rows(book, "goals")
    Workbook.open(book.folder).update("goals", goal["id"], title="Give three public talks")
    press(opened, "The plan has changed")
    assert rows(book, "goals")[0]["deadline"] == "2026-11-30" and stored(book) == []
    assert buttons(opened.confirm) == ["Keep mine", "Keep what is stored"]


def test_what_belongs_to_an_update_is_refused_with_it(book):
    key = book.add("goals", **GOAL)
    with pytest.raises(Exception, match="What changed is empty"):
        book.update("goals", key, target=3, also=[Change("goal_changes", None, {"goal_id": key})])
    assert rows(book, "goals")[0]["target"] == "2"


# -- deadlines that moved


def slips(on: dt.date = TODAY, **tables: Any) -> pd.DataFrame:
    return measures.slips(frames.tables(**tables), on)


MOVED = [
    {"goal_id": "g1", "changed_on": "2026-05-01", "field": "deadline", "was": "2026-06-30", "now": "2026-08-31"},
    {"goal_id": "g1", "changed_on": "2026-08-20", "field": "deadline", "was": "2026-08-31", "now": "2026-11-30"},
    {"goal_id": "g1", "changed_on": "2026-08-20", "field": "target", "was": "3", "now": "2"},
]


def test_each_move_of_a_deadline_counts_and_the_days_are_those_from_the_first_to_the_present_one():
    (row,) = slips(goals=[{**GOAL, "id": "g1"}], goal_changes=MOVED).to_dict("records")
    assert (row["times"], row["first_deadline"], row["deadline"]) == (2, pd.Timestamp("2026-06-30"), pd.Timestamp("2026-11-30"))
    # 30 June to 30 November: 31 + 31 + 30 + 31 + 30 days.
    assert row["days_moved"] == 153


def test_on_an_earlier_day_only_the_moves_until_then_count():
    (row,) = slips(dt.date(2026, 6, 1), goals=[{**GOAL, "id": "g1"}], goal_changes=MOVED).to_dict("records")
    assert (row["times"], row["deadline"], row["days_moved"]) == (1, pd.Timestamp("2026-08-31"), 62)
    assert slips(dt.date(2026, 4, 30), goals=[{**GOAL, "id": "g1"}], goal_changes=MOVED).empty


def test_a_deadline_taken_out_has_no_days():
    changes = [{"goal_id": "g1", "changed_on": "2026-05-01", "field": "deadline", "was": "2026-06-30", "now": ""}]
    (row,) = slips(goals=[{**GOAL, "id": "g1", "deadline": None}], goal_changes=changes).to_dict("records")
    assert row["times"] == 1 and pd.isna(row["days_moved"])


def test_a_deadline_moved_twice_is_asked_about():
    tables = frames.tables(goals=[{**GOAL, "id": "g1"}], goal_changes=MOVED, check_ins=[])
    said = guides.findings("goals", tables, TODAY, frames.settings())
    assert any("“Give two public talks” was moved 2 times" in line for line in said)


# -- the forecast as a chart


def test_the_forecast_chart_draws_span_likely_day_and_deadline_of_each_goal():
    told = [
        {"goal_id": "g1", "checked_on": f"2026-{month:02}-01", "value": value} for month, value in ((7, 0.5), (8, 0.8), (9, 1.0), (10, 1.4))
    ]
    tables = frames.tables(goals=[{**GOAL, "id": "g1"}], check_ins=told)
    figure = charts.forecast(tables, TODAY, frames.settings())
    (row,) = measures.pace(tables, TODAY).to_dict("records")
    span, likely, deadline = figure.data
    assert likely.x[0] == row["forecast_on"] and deadline.x[0] == pd.Timestamp("2026-11-30")
    assert span.x[0] == row["forecast_low"] and span.x[1] <= row["forecast_high"]
    assert "Give two public talks: likely" in figure.layout.meta["description"]


def test_without_three_check_ins_the_forecast_invites():
    figure = charts.forecast(frames.tables(goals=[{**GOAL, "id": "g1"}]), TODAY, frames.settings())
    assert "three check-ins" in figure.layout.annotations[0].text


# -- someone to be accountable to


def test_the_text_names_the_goal_where_it_stands_and_the_next_step():
    tables = frames.tables(
        goals=[{**GOAL, "id": "g1", "accountable_to": "c1"}],
        contacts=[{"id": "c1", "name": "Piotr Zieliński"}],
        check_ins=[{"goal_id": "g1", "checked_on": "2026-09-27", "value": 1}],
        action_steps=[
            {"goal_id": "g1", "title": "Rehearse with a camera", "due_on": "2026-10-20"},
            {"goal_id": "g1", "title": "Write the abstract", "due_on": "2026-10-15"},
        ],
    )
    letter = guides.letter("goals.accountable")
    assert letter.recipients(tables, TODAY, frames.settings()) == [("g1", "Give two public talks (Piotr Zieliński)")]
    text = letter.text(tables, TODAY, frames.settings(owner="Maya Lindt"), "g1")
    assert text.startswith("Hello Piotr,") and text.endswith("Maya Lindt")
    assert "“Give two public talks” by 30 November 2026" in text
    assert "On 27 September 2026 I was at 1 of 2 (talks)." in text and "My next step: Write the abstract." in text


def test_a_goal_that_nobody_asks_about_yet_has_a_text_as_well():
    tables = frames.tables(goals=[{"id": "g1", "title": "A new post"}])
    letter = guides.letter("goals.accountable")
    text = letter.text(tables, TODAY, frames.settings(), letter.recipients(tables, TODAY, frames.settings())[0][0])
    assert text.startswith("Hello,") and "“A new post”." in text


# -- what a goal grows from


def grown(book: Workbook) -> dict[str, Any]:
    form = book.form("goals")
    return {label: place for label, place in form.grown.options if place != ""}


def test_a_goal_grows_from_a_skill_gap_and_keeps_the_link(book):
    # A skill has no day of its own: it is known from the moment it was written down.
    book.today = dt.date.today()
    skill = book.add("skills", name="Delegation", target_level=4, importance=5)
    book.add("skill_ratings", skill_id=skill, level=2, rated_on="2026-10-01")
    form = book.form("goals")
    form.grown.value = grown(book)["Skill gap: Delegation, 2 now and 4 wanted"]
    assert form.fields["title"].value == "Raise my level of Delegation from 2 to 4"
    press(form, "Save goal")
    (row,) = rows(book, "goals")
    assert (row["skill_id"], row["habit"], row["baseline"], row["target"]) == (skill, "assessment", "2", "4")


def test_a_goal_grows_from_what_others_see_differently(book):
    # A skill has no day of its own: it is known from the moment it was written down.
    book.today = dt.date.today()
    skill = book.add("skills", name="Delegation")
    book.add("skill_ratings", skill_id=skill, level=4, rated_on="2026-10-01")
    book.add("skill_ratings", skill_id=skill, level=2, rated_on="2026-10-01", rater="manager", rater_name="Ruth")
    assert "Others see it differently: Delegation" in grown(book)


def test_a_goal_grows_from_a_habit_that_stands_low(book):
    book.add("feedback", requested_on="2026-08-01", question="What less?")
    form = book.form("goals")
    (label,) = [each for each in grown(book) if each.startswith("Habit: feedback")]
    form.grown.value = grown(book)[label]
    assert form.fields["habit"].value == "feedback" and form.fields["title"].value == ""


def test_where_there_is_nothing_to_grow_from_nothing_is_offered(book):
    assert grown(book) == {}
    assert hidden(book.form("goals").grown_box)


def test_a_goal_that_exists_is_not_grown_again(book):
    # A skill has no day of its own: it is known from the moment it was written down.
    book.today = dt.date.today()
    skill = book.add("skills", name="Delegation", target_level=4)
    book.add("skill_ratings", skill_id=skill, level=2, rated_on="2026-10-01")
    form = book.form("goals")
    assert not hidden(form.grown_box)
    form.show(book.add("goals", **GOAL))
    assert hidden(form.grown_box)
