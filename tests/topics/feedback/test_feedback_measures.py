"""What the feedback measures say, worked out by hand."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import frames
import pandas as pd
import pytest
from frames import ON

from careerkit.topics.feedback import measures

LATE = "2026-10-12T08:00:00Z"
GOAL = {"id": "g1", "title": "Hand over the report", "skill_id": "s1", "started_on": "2026-03-01"}


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


def asked(id: str = "f1", on: str | None = "2026-03-02", **values: Any) -> dict[str, Any]:
    return {"id": id, "requested_on": on, "created_at": LATE, **values}


def rows(name: str, on: dt.date | str = ON, **tables: Any) -> pd.DataFrame:
    on = dt.date.fromisoformat(on) if isinstance(on, str) else on
    return getattr(measures, name)(frames.tables(**tables), on)


# -- loop

# Asked on 2 March, received on the 16th, thought over on the 17th, decided on the 20th, acted on 3 April, told on 1 May.
WHOLE = asked(
    received_on="2026-03-16", reflected_on="2026-03-17", decided_on="2026-03-20", acted_on="2026-04-03", followed_up_on="2026-05-01"
)


@pytest.mark.parametrize(
    ("on", "stage", "days"),
    [
        ("2026-03-02", "requested", 0),
        ("2026-03-15", "requested", 13),
        ("2026-03-16", "received", 0),
        ("2026-03-17", "reflected", 0),
        ("2026-03-19", "reflected", 2),
        ("2026-04-02", "decided", 13),
        ("2026-04-30", "acted", 27),
        ("2026-05-01", "followed up", 0),
        ("2026-10-12", "followed up", 164),
    ],
)
def test_each_stage_is_reached_on_its_day(on, stage, days):
    row = rows("loop", on, feedback=[WHOLE]).iloc[0]
    assert (row["feedback_id"], row["stage"], row["days_in_stage"]) == ("f1", stage, days)


def test_before_it_was_asked_for_there_is_none():
    assert rows("loop", "2026-03-01", feedback=[WHOLE]).empty


@pytest.mark.parametrize(
    ("on", "stage", "days"), [("2026-03-29", "requested", 27), ("2026-03-30", "expired", 0), ("2026-04-09", "expired", 10)]
)
def test_28_days_without_an_answer_are_enough(on, stage, days):
    row = rows("loop", on, feedback=[asked()]).iloc[0]
    assert (row["stage"], row["days_in_stage"]) == (stage, days)


def test_an_answer_after_that_is_received_all_the_same():
    assert rows("loop", "2026-06-01", feedback=[asked(received_on="2026-05-01")])["stage"].tolist() == ["received"]


def test_declined_counts_from_its_day_and_never_expires():
    row = asked(declined_on="2026-03-10")
    assert rows("loop", "2026-03-09", feedback=[row])["stage"].tolist() == ["requested"]
    last = rows("loop", "2026-10-12", feedback=[row]).iloc[0]
    assert (last["stage"], last["days_in_stage"]) == ("declined", 216)


def test_who_declined_and_answered_after_all_has_answered():
    assert rows("loop", feedback=[asked(declined_on="2026-03-10", received_on="2026-03-12")])["stage"].tolist() == ["received"]


def test_unasked_feedback_begins_when_it_was_received():
    row = asked(on=None, received_on="2025-02-27")
    assert rows("loop", "2025-02-26", feedback=[row]).empty
    assert rows("loop", "2025-03-01", feedback=[row])[["stage", "days_in_stage"]].iloc[0].tolist() == ["received", 2]


def test_without_any_day_it_was_received_when_it_was_written_down():
    row = asked(on=None, created_at="2026-10-02T20:00:00Z")
    assert rows("loop", "2026-10-01", feedback=[row]).empty
    assert rows("loop", feedback=[row])[["stage", "days_in_stage"]].iloc[0].tolist() == ["received", 10]


def test_a_stage_that_was_left_out_does_not_hold_a_later_one_up():
    assert rows("loop", feedback=[asked(followed_up_on="2026-04-01")])["stage"].tolist() == ["followed up"]


def test_the_giver_is_the_contact_else_as_written_else_the_relationship():
    people = [{"id": "c1", "name": "Omar Aziz"}]
    told = [asked("f1", contact_id="c1", giver="O."), asked("f2", giver="Priya"), asked("f3", relationship="client"), asked("f4")]
    assert rows("loop", contacts=people, feedback=told).set_index("feedback_id")["giver"].to_dict() == {
        "f1": "Omar Aziz",
        "f2": "Priya",
        "f3": "client",
        "f4": "",
    }


def test_the_latest_begun_comes_first():
    told = [asked("f1", "2026-03-02"), asked("f2", None, received_on="2026-05-01"), asked("f3", "2026-04-02")]
    assert rows("loop", feedback=told)["feedback_id"].tolist() == ["f2", "f3", "f1"]


# -- closure

FOUR = [
    WHOLE,
    asked("f2", "2026-04-01", received_on="2026-04-05", reflected_on="2026-04-11"),
    asked("f3", None, received_on="2026-04-10", reflected_on="2026-04-12", decided_on="2026-04-20"),
    asked("f4", "2026-05-01", declined_on="2026-05-03"),
]


def counted(on: str | dt.date, feedback: list[dict[str, Any]]) -> dict[str, list[Any]]:
    found = rows("closure", on, feedback=feedback)
    return {row["stage"]: [row["count"], row["median_days"], row["share"]] for _, row in found.iterrows()}


def test_counts_are_cumulative_and_shares_are_of_all():
    """Received after 14, 4 and 0 days; thought over after 15, 10 and 2; decided after 18 and 10; acted 32; told 60."""
    assert counted(ON, FOUR) == {
        "requested": [4, 0.0, 1.0],
        "received": [3, 4.0, 0.75],
        "reflected": [3, 10.0, 0.75],
        "decided": [2, 14.0, 0.5],
        "acted": [1, 32.0, 0.25],
        "followed up": [1, 60.0, 0.25],
    }


def test_on_an_earlier_day_only_what_had_happened_counts():
    found = counted("2026-04-11", FOUR)
    assert [found[stage][0] for stage in found] == [3, 3, 2, 1, 1, 0]
    assert found["followed up"][2] == 0 and pd.isna(found["followed up"][1])


def test_before_the_first_record_every_count_is_0_and_there_is_no_share():
    found = rows("closure", "2020-01-01", feedback=FOUR)
    assert found["count"].tolist() == [0] * 6
    assert found[["median_days", "share"]].isna().all(axis=None)


# -- blind spots

SKILLS = [{"id": "s1", "name": "Delegation"}, {"id": "s2", "name": "Writing"}]


def rating(level: int, rater: str = "self", name: str = "", on: str = "2026-09-01", skill: str = "s1", **values: Any) -> dict[str, Any]:
    return {"skill_id": skill, "rater": rater, "rater_name": name, "level": level, "rated_on": on, "created_at": LATE, **values}


def peers(*levels: int, on: str = "2026-09-02", **values: Any) -> list[dict[str, Any]]:
    return [rating(level, "peer", f"Person {number}", on, **values) for number, level in enumerate(levels)]


def spots(*ratings: dict[str, Any], on: str | dt.date = ON, skills: list[dict[str, Any]] = SKILLS) -> list[tuple[Any, ...]]:
    found = rows("blind_spots", on, skills=skills, skill_ratings=list(ratings))
    columns = ["name", "self_level", "source", "others_level", "raters", "difference", "finding"]
    return [tuple(None if pd.isna(value) else value for value in row) for row in found[columns].itertuples(index=False)]


def test_three_others_are_told_as_their_mean():
    assert spots(rating(4), *peers(2, 3, 4)) == [("Delegation", 4, "others", 3.0, 3, 1.0, "others see it differently")]


def test_of_two_neither_score_nor_number_nor_any_row_is_told():
    assert spots(rating(4), *peers(2, 3)) == []


@pytest.mark.parametrize(("own", "finding"), [(4, "others see it differently"), (3, ""), (2, "hidden strength")])
def test_a_whole_level_apart_is_a_finding_either_way(own, finding):
    """Of 3, 3 and 3 the mean is 3."""
    assert spots(rating(own), *peers(3, 3, 3))[0][-1] == finding


def test_two_thirds_of_a_level_are_none():
    """Of 3, 3 and 4 the mean is 10/3."""
    assert spots(rating(4), *peers(3, 3, 4)) == [("Delegation", 4, "others", pytest.approx(10 / 3), 3, pytest.approx(2 / 3), "")]


def test_managers_and_coaches_stand_singly_and_never_in_the_mean():
    told = [rating(4), rating(1, "manager", "Ruth"), rating(5, "coach", "Ines"), *peers(3, 3, 3)]
    assert spots(*told) == [
        ("Delegation", 4, "manager", 1.0, 1, 3.0, "others see it differently"),
        ("Delegation", 4, "others", 3.0, 3, 1.0, "others see it differently"),
        ("Delegation", 4, "coach", 5.0, 1, -1.0, "hidden strength"),
    ]


def test_a_manager_does_not_make_two_peers_three():
    assert [row[2] for row in spots(rating(4), rating(1, "manager", "Ruth"), *peers(3, 3))] == ["manager"]


def test_peers_reports_and_others_are_one_group():
    told = [rating(2, "peer", "A"), rating(2, "report", "B"), rating(5, "other", "C")]
    assert spots(rating(4), *told)[0][2:5] == ("others", 3.0, 3)


def test_of_each_rater_only_the_latest_level_counts():
    old = [rating(0, "peer", "Person 0", "2026-05-01"), rating(0, "peer", " person 1 ", "2026-05-01")]
    assert spots(rating(4), *old, *peers(3, 3, 3))[0][3:5] == (3.0, 3)
    assert spots(rating(4), *old, *peers(3, 3)) == []


def test_raters_without_a_name_are_told_apart_by_the_feedback_they_came_with_else_by_the_row():
    same = [rating(3, "peer", on="2026-09-02", feedback_id="f1") for _ in range(3)]
    assert spots(rating(4), *same) == []
    assert spots(rating(4), *same, rating(3, "peer", feedback_id="f2"), rating(3, "peer"))[0][4] == 3
    assert spots(rating(4), *(rating(3, "peer") for _ in range(3)))[0][4] == 3


def test_others_count_for_365_days_and_ones_own_level_for_ever():
    told = [rating(4, on="2024-01-01"), *peers(3, 3, 3, on="2025-10-13")]
    assert len(spots(*told, on="2026-10-12")) == 1
    assert spots(*told, on="2026-10-13") == []


def test_with_one_gone_the_others_are_too_few():
    told = [rating(4), *peers(3, 3, on="2026-09-02"), rating(3, "peer", "Person 2", "2025-10-01")]
    assert len(spots(*told, on="2026-09-30")) == 1
    assert spots(*told, on="2026-10-12") == []


def test_ones_own_latest_level_counts():
    told = [rating(2, on="2026-01-01"), rating(4, on="2026-09-01"), *peers(3, 3, 3, on="2026-06-01")]
    assert spots(*told)[0][-2:] == (1.0, "others see it differently")
    assert spots(*told, on="2026-08-31")[0][-2:] == (-1.0, "hidden strength")


def test_without_a_level_of_ones_own_there_is_no_difference():
    assert spots(*peers(3, 3, 3)) == [("Delegation", None, "others", 3.0, 3, None, "")]


def test_a_retired_skill_is_left_out():
    retired = [{"id": "s1", "name": "Delegation", "retired_on": "2026-10-01"}]
    assert spots(rating(4), *peers(3, 3, 3), skills=retired) == []
    assert len(spots(rating(4), *peers(3, 3, 3), skills=retired, on="2026-09-30")) == 1


def test_before_the_first_rating_there_is_nothing():
    assert spots(rating(4), *peers(3, 3, 3), on="2026-08-31") == []


def test_the_largest_difference_comes_first_and_none_last():
    told = [rating(4), *peers(3, 3, 3), rating(5, skill="s2"), *peers(1, 1, 1, skill="s2"), rating(3, "manager", "Ruth", skill="s3")]
    skills = [*SKILLS, {"id": "s3", "name": "Speaking"}]
    assert [row[0] for row in spots(*told, skills=skills)] == ["Writing", "Delegation", "Speaking"]


# -- a blind spot, the goal that answers it, and the next rating

SPOT = [rating(4, on="2026-01-05"), *peers(2, 3, 3, on="2026-02-01")]
COLUMNS = ["goal_id", "name", "source", "seen_on", "difference", "difference_after", "outcome"]


def answers(*ratings: dict[str, Any], on: str | dt.date = ON, goals: Any = (GOAL,), **tables: Any) -> list[tuple[Any, ...]]:
    found = rows("spot_goals", on, skills=SKILLS, skill_ratings=list(ratings), goals=list(goals), **tables)
    return [tuple(None if pd.isna(value) else value for value in row) for row in found[COLUMNS].itertuples(index=False)]


def test_a_goal_answers_what_others_saw_differently_when_it_began():
    assert answers(*SPOT) == [("g1", "Delegation", "others", day("2026-03-01"), pytest.approx(4 / 3), None, "not rated again yet")]


def test_the_next_rating_closes_it():
    again = peers(4, 4, 3, on="2026-08-01")
    assert answers(*SPOT, *again)[0][-2:] == (pytest.approx(1 / 3), "closed")
    assert answers(*SPOT, *again, on="2026-07-31")[0][-1] == "not rated again yet"


def test_or_it_is_still_seen_differently():
    assert answers(*SPOT, *peers(3, 3, 3, on="2026-08-01"))[0][-2:] == (1.0, "still seen differently")


def test_a_level_of_ones_own_that_is_put_lower_closes_it_too():
    assert answers(*SPOT, rating(3, on="2026-07-01"), *peers(3, 3, 3, on="2026-08-01"))[0][-2:] == (0.0, "closed")


def test_two_new_answers_are_too_few_to_be_told():
    assert answers(*SPOT, *peers(5, 5, on="2026-08-01"))[0][-1] == "not rated again yet"


def test_a_spot_that_shows_while_the_goal_runs_counts_from_that_day():
    told = [rating(3, on="2026-01-05"), *peers(2, 3, 3, on="2026-02-01"), rating(4, on="2026-07-05")]
    assert answers(*told)[0][3:5] == (day("2026-07-05"), pytest.approx(4 / 3))
    assert answers(*told, on="2026-07-04") == []


def test_a_goal_that_was_closed_before_answers_nothing():
    closed = {**GOAL, "status": "done", "closed_on": "2026-06-01"}
    told = [rating(3, on="2026-01-05"), *peers(2, 3, 3, on="2026-02-01"), rating(4, on="2026-07-05")]
    assert answers(*told, goals=[closed]) == []
    assert len(answers(*SPOT, goals=[closed])) == 1


def test_the_skill_may_come_with_the_feedback_that_the_goal_is_linked_with():
    goal = {"id": "g1", "title": "Hand over the report", "started_on": "2026-03-01"}
    by_goal = {"goals": [{**goal, "feedback_id": "f1"}], "feedback": [asked("f1", skill_id="s1")]}
    by_feedback = {"goals": [goal], "feedback": [asked("f1", skill_id="s1", goal_id="g1")]}
    assert len(answers(*SPOT, **by_goal)) == len(answers(*SPOT, **by_feedback)) == 1
    assert answers(*SPOT, goals=[goal], feedback=[asked("f1", skill_id="s1")]) == []


def test_a_manager_is_followed_by_the_same_manager():
    told = [rating(4, on="2026-01-05"), rating(3, "manager", "Ruth", "2026-02-01"), rating(4, "manager", "Henrik", "2026-08-01")]
    assert answers(*told)[0][2:] == ("manager", day("2026-03-01"), 1.0, None, "not rated again yet")
    assert answers(*told, rating(4, "manager", "ruth", "2026-09-01"))[0][-2:] == (0.0, "closed")


def test_before_the_goal_there_is_nothing():
    assert answers(*SPOT, on="2026-02-28") == []


# -- ten years


def test_ten_years_of_records_are_measured_fast():
    skills = [{"id": f"s{n}", "name": f"Skill {n}"} for n in range(25)]
    first = dt.date(2016, 10, 1)
    ratings = [
        rating(
            n * 7 % 6,
            ("self", "peer", "peer", "report", "manager")[n % 5],
            f"Person {n % 17}",
            str(first + dt.timedelta(n * 36 // 50)),
            f"s{n % 25}",
        )
        for n in range(5000)
    ]
    goals = [{**GOAL, "id": f"g{n}", "skill_id": f"s{n % 25}", "started_on": str(first + dt.timedelta(n * 60))} for n in range(60)]
    told = [asked(f"f{n}", str(first + dt.timedelta(n * 9)), received_on=str(first + dt.timedelta(n * 9 + 5))) for n in range(400)]
    tables = frames.tables(skills=skills, skill_ratings=ratings, goals=goals, feedback=told)
    for name in ("loop", "closure", "blind_spots", "spot_goals"):
        began = time.perf_counter()
        getattr(measures, name)(tables, ON)
        took = time.perf_counter() - began
        print(f"feedback.{name}: {took:.3f} s")
        assert took < 1.5
