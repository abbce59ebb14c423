"""What the self-assessment measures say, by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import frames
import pandas as pd
import pytest
from frames import ON, rating, skill, values

from careerkit import CareerkitError, topics
from careerkit.topics.assessment import measures

EARLY = dt.date(2019, 12, 31)


def by(rater: str, level: int, name: str = "", on: str = "2026-09-01", **values: Any) -> dict[str, Any]:
    return rating(on, level, rater=rater, rater_name=name, **values)


# -- gaps


def gaps(on: dt.date = ON, role: str | None = None, **tables: Any) -> pd.DataFrame:
    return measures.gaps(frames.tables(**tables), on, role)


def test_a_gap_is_the_level_wanted_minus_the_latest_own_level_weighted_by_importance():
    told = [rating("2026-07-01", 1, id="k1"), rating("2026-10-12", 2, id="k2"), rating("2026-10-13", 5, id="k3")]
    row = gaps(skills=[skill(target_level=4, importance=5)], skill_ratings=told).iloc[0]
    assert values(row.to_frame().T, "skill_id", "name", "level", "target_level", "gap", "weighted_gap") == [("s1", "Skill 1", 2, 4, 2, 10)]
    assert (row["rated_on"], row["records"]) == (pd.Timestamp("2026-10-12"), "s1;k2")


@pytest.mark.parametrize(
    ("on", "level"), [("2026-06-30", None), ("2026-07-01", 1), ("2026-10-11", 1), ("2026-10-12", 2), ("2026-10-13", 5)]
)
def test_the_level_is_that_of_the_day(on, level):
    told = [rating("2026-07-01", 1), rating("2026-10-12", 2), rating("2026-10-13", 5)]
    rows = gaps(dt.date.fromisoformat(on), skills=[skill()], skill_ratings=told)
    assert values(rows, "level") == [(level,)]


def test_of_two_ratings_on_a_day_the_later_id_counts():
    told = [rating("2026-10-01", 4, id="k2"), rating("2026-10-01", 3, id="k1")]
    assert gaps(skills=[skill()], skill_ratings=told)["level"].iloc[0] == 4


def test_what_others_say_is_not_the_own_level():
    assert pd.isna(gaps(skills=[skill(target_level=3)], skill_ratings=[by("manager", 5)])["level"].iloc[0])


def test_without_a_level_or_a_target_there_is_no_gap_and_the_skill_is_listed_last():
    skills = [skill(1, target_level=3), skill(2), skill(3, target_level=2)]
    rows = gaps(skills=skills, skill_ratings=[rating("2026-10-01", 1, "s2"), rating("2026-10-01", 1, "s3")])
    assert values(rows, "skill_id", "gap", "weighted_gap") == [("s3", 1, 3), ("s1", None, None), ("s2", None, None)]


def test_no_importance_counts_as_the_middle_and_beyond_the_target_is_below_0():
    skills = [skill(1, target_level=1, importance=2), skill(2, target_level=5)]
    rows = gaps(skills=skills, skill_ratings=[rating("2026-10-01", 4), rating("2026-10-01", 4, "s2")])
    assert values(rows, "skill_id", "gap", "weighted_gap") == [("s2", 1, 3), ("s1", -3, -6)]


@pytest.mark.parametrize(("retired", "rows"), [("2026-10-12", 0), ("2026-10-13", 1)])
def test_a_skill_counts_until_it_is_retired(retired, rows):
    assert len(gaps(skills=[skill(retired_on=retired)])) == rows


def test_before_the_first_record_there_is_nothing():
    assert gaps(EARLY, skills=[skill()]).empty
    assert len(gaps(dt.date(2020, 1, 1), skills=[skill()])) == 1


ROLE = {"id": "r1", "name": "Head of Data", "noted_on": "2025-01-01"}


def test_against_a_role_its_levels_and_importance_count_and_only_its_skills():
    targets = [
        {"id": "t1", "role_id": "r1", "skill_id": "s1", "level": 5, "importance": 4},
        {"id": "t2", "role_id": "r1", "skill_id": "s3", "level": 2},
        {"role_id": "r2", "skill_id": "s2", "level": 5},
        {"role_id": "r1", "skill_id": "gone", "level": 5},
    ]
    told = {
        "skills": [skill(1, target_level=1, importance=1), skill(2), skill(3, retired_on="2026-01-01")],
        "skill_ratings": [rating("2026-10-01", 3, id="k1"), rating("2025-10-01", 1, "s3", id="k3")],
        "roles": [ROLE, {"id": "r2", "name": "Lead"}],
        "role_targets": targets,
    }
    rows = gaps(role="r1", **told)
    assert values(rows, "skill_id", "level", "target_level", "gap", "weighted_gap") == [("s1", 3, 5, 2, 8), ("s3", 1, 2, 1, 3)]
    assert list(rows["records"]) == ["s1;t1;k1", "s3;t2;k3"]


def test_of_two_targets_for_a_skill_the_later_one_counts():
    targets = [{"id": f"t{n}", "role_id": "r1", "skill_id": "s1", "level": level} for n, level in ((2, 5), (1, 2))]
    assert list(gaps(role="r1", skills=[skill()], roles=[ROLE], role_targets=targets)["target_level"]) == [5]


def test_a_role_not_yet_noted_asks_for_nothing():
    role = {**ROLE, "noted_on": "2026-10-13", "created_at": "2026-10-13T08:00:00Z"}
    assert gaps(role="r1", skills=[skill()], roles=[role], role_targets=[{"role_id": "r1", "skill_id": "s1", "level": 5}]).empty


def test_a_role_that_there_is_not_is_a_sentence_with_those_there_are():
    with pytest.raises(CareerkitError, match=r"There is no role 'r9'\. The roles are: r1 \(Head of Data\)\."):
        gaps(role="r9", roles=[ROLE])
    with pytest.raises(CareerkitError, match="none yet"):
        topics.measure("assessment.gaps", frames.tables(), ON, frames.settings(), role="r9")


# -- quadrants and strengths


@pytest.mark.parametrize(
    ("level", "enjoyment", "quadrant"),
    [
        (3, 3, "signature"),
        (5, 5, "signature"),
        (2, 3, "grow"),
        (3, 2, "drains you"),
        (2, 2, "hand over"),
        (0, 1, "hand over"),
        (4, None, ""),
    ],
)
def test_quadrants_part_at_3(level, enjoyment, quadrant):
    rows = measures.quadrants(frames.tables(skills=[skill()], skill_ratings=[rating("2026-10-01", level, enjoyment=enjoyment)]), ON)
    assert values(rows, "skill_id", "name", "level", "enjoyment", "quadrant") == [("s1", "Skill 1", level, enjoyment, quadrant)]


def test_enjoyment_is_the_latest_that_was_given():
    told = [rating("2026-07-01", 2, enjoyment=5, id="k1"), rating("2026-10-01", 4, id="k2")]
    row = measures.quadrants(frames.tables(skills=[skill()], skill_ratings=told), ON).iloc[0]
    assert (row["level"], row["enjoyment"], row["quadrant"], row["records"]) == (4, 5, "signature", "s1;k2;k1")


def test_a_skill_never_rated_has_no_quadrant_and_one_of_the_future_is_not_there():
    rows = measures.quadrants(frames.tables(skills=[skill(), skill(2, created_at="2026-10-13T08:00:00Z")]), ON)
    assert values(rows, "skill_id", "level", "quadrant") == [("s1", None, "")]


def idle(on: dt.date = ON, skills: list[dict[str, Any]] | None = None, **tables: Any) -> list[tuple[Any, ...]]:
    tables.setdefault("skill_ratings", [rating("2026-04-01", 4, enjoyment=4)])
    return values(measures.strengths(frames.tables(skills=skills or [skill()], **tables), on), "skill_id", "kind")


def test_a_signature_skill_that_nothing_uses_lies_idle():
    assert idle() == [("s1", "signature")]
    assert idle(dt.date(2026, 3, 31)) == []


@pytest.mark.parametrize(
    ("achieved", "idle_now"), [("2026-10-13", True), ("2026-10-12", False), ("2026-04-16", False), ("2026-04-15", True)]
)
def test_a_win_uses_a_skill_for_180_days(achieved, idle_now):
    assert bool(idle(achievements=[{"title": "Ran the close", "achieved_on": achieved, "skill_ids": "s9;s1"}])) is idle_now


@pytest.mark.parametrize(
    ("started", "closed", "idle_now"),
    [("2020-02-01", None, False), ("2020-02-01", "2026-04-16", False), ("2020-02-01", "2026-04-15", True), ("2026-10-13", None, True)],
)
def test_a_goal_uses_a_skill_while_it_is_active_and_180_days_longer(started, closed, idle_now):
    goal = {"title": "Lead", "skill_id": "s1", "started_on": started, "closed_on": closed, "status": "done" if closed else "active"}
    assert bool(idle(goals=[goal])) is idle_now


@pytest.mark.parametrize(
    ("others", "hidden"),
    [
        ([by("manager", 3)], True),
        ([by("coach", 2)], False),
        ([by("peer", 5, "Ada"), by("peer", 5, "Ben")], False),
        ([by("peer", 3, "Ada"), by("peer", 3, "Ben"), by("report", 3, "Cem")], True),
        ([by("peer", 3, "Ada"), by("peer", 3, "Ben"), by("report", 2, "Cem")], False),
        ([by("manager", 3, on="2025-10-12")], False),
    ],
)
def test_a_hidden_strength_is_one_that_others_rate_a_level_higher(others, hidden):
    told = [rating("2026-09-01", 2, enjoyment=2), *others]
    assert idle(skill_ratings=told) == ([("s1", "hidden strength")] if hidden else [])


# -- changes between two days

COURSE = [
    rating("2025-10-05", 2, enjoyment=2, id="k1"),
    rating("2026-01-04", 3, id="k2"),
    rating("2026-10-04", 4, enjoyment=4, id="k3"),
    rating("2026-10-04", 1, "s2", id="k4"),
    rating("2025-10-05", 4, "s3", id="k5"),
    rating("2026-10-04", 3, "s3", id="k6"),
]


def changes(since: str | None, on: str = "2026-10-12", skills: list[dict[str, Any]] | None = None) -> pd.DataFrame:
    tables = frames.tables(skills=skills or [skill(1), skill(2), skill(3), skill(4)], skill_ratings=COURSE)
    return measures.changes(tables, dt.date.fromisoformat(on), dt.date.fromisoformat(since) if since else None)


def test_change_is_the_level_on_one_day_minus_that_on_another():
    rows = changes("2025-12-31")
    assert values(rows, "skill_id", "was", "level", "change") == [("s1", 2, 4, 2), ("s3", 4, 3, -1), ("s2", None, 1, None)]
    assert values(rows, "enjoyment_was", "enjoyment")[0] == (2, 4)
    assert (rows["was_on"].iloc[0], rows["rated_on"].iloc[0]) == (pd.Timestamp("2025-10-05"), pd.Timestamp("2026-10-04"))


@pytest.mark.parametrize(
    ("since", "on", "told"),
    [
        ("2025-10-04", "2025-10-05", [("s1", None, 2), ("s3", None, 4)]),
        ("2025-10-05", "2026-01-04", [("s1", 2, 3), ("s3", 4, 4)]),
        ("2026-01-04", "2026-01-04", [("s1", 3, 3), ("s3", 4, 4)]),
        ("2019-01-01", "2020-01-01", []),
    ],
)
def test_any_two_days_can_be_compared(since, on, told):
    assert values(changes(since, on), "skill_id", "was", "level") == told


def test_without_a_first_day_it_is_the_one_365_days_before():
    pd.testing.assert_frame_equal(changes(None), changes("2025-10-12"))


@pytest.mark.parametrize(("retired", "there"), [("2025-12-31", False), ("2026-01-01", True)])
def test_a_skill_retired_by_the_first_day_is_left_out(retired, there):
    assert ("s1" in set(changes("2025-12-31", skills=[skill(1, retired_on=retired)])["skill_id"])) is there


def test_a_first_day_after_the_second_is_a_sentence():
    with pytest.raises(CareerkitError, match=r"13 October 2026 is after 12 October 2026\. Give the earlier day as since\."):
        changes("2026-10-13")


# -- ratings without evidence


def test_own_ratings_of_the_past_year_without_evidence_are_listed_newest_first():
    told = [
        rating("2025-10-12", 1, id="k1"),
        rating("2025-10-13", 2, id="k2"),
        rating("2026-10-01", 3, id="k3", evidence=" "),
        rating("2026-10-02", 3, "s2", id="k4", evidence="Ran the close"),
        rating("2026-10-03", 3, "gone", id="k5"),
        rating("2026-10-13", 3, id="k6"),
        by("manager", 4, id="k7"),
    ]
    tables = frames.tables(skills=[skill(1), skill(2)], skill_ratings=told)
    assert values(measures.evidence(tables, ON), "rating_id", "name", "level", "latest") == [
        ("k3", "Skill 1", 3, True),
        ("k2", "Skill 1", 2, False),
    ]
    assert values(measures.evidence(tables, dt.date(2025, 12, 31)), "rating_id", "latest") == [("k2", True), ("k1", False)]
    assert measures.evidence(tables, EARLY).empty


# -- role fit

POST = {"id": "p1", "title": "Analyst", "started_on": "2025-04-01"}


def fits(*told: tuple[str, str, int], position: str = "p1") -> list[dict[str, Any]]:
    return [
        {"id": f"f{n}", "rated_on": on, "dimension": word, "score": score, "position_id": position}
        for n, (on, word, score) in enumerate(told)
    ]


def fit(*told: tuple[str, str, int], on: dt.date = ON, positions: list[dict[str, Any]] | None = None, position: str = "p1") -> pd.DataFrame:
    return measures.fit(frames.tables(role_fit=fits(*told, position=position), positions=[POST] if positions is None else positions), on)


def test_fit_is_the_latest_score_beside_the_one_before_and_the_one_a_year_before():
    row = fit(("2025-10-05", "growth", 4), ("2026-07-05", "Growth", 3), ("2026-10-04", "growth ", 3)).iloc[0]
    assert (row["position_id"], row["position"], row["dimension"], row["score"]) == ("p1", "Analyst", "growth", 3)
    assert (row["before"], row["before_on"]) == (3, pd.Timestamp("2026-07-05"))
    assert (row["year_before"], row["year_before_on"], row["drift"]) == (4, pd.Timestamp("2025-10-05"), -1)
    assert (row["finding"], row["records"]) == ("slipping", "f2;f1;f0;p1")


@pytest.mark.parametrize(("before", "found"), [("2026-01-02", 2), ("2026-01-03", None), ("2025-07-06", 2), ("2025-07-05", None)])
def test_a_year_before_is_275_to_455_days_before(before, found):
    assert values(fit((before, "growth", 2), ("2026-10-04", "growth", 3)), "year_before") == [(found,)]


def test_without_a_score_of_a_year_before_the_drift_is_since_the_one_before():
    assert values(fit(("2026-07-05", "growth", 5), ("2026-10-04", "growth", 3)), "drift") == [(-2,)]
    assert values(fit(("2026-10-04", "growth", 3)), "before", "drift", "finding") == [(None, None, "in part")]


@pytest.mark.parametrize(("was", "score", "finding"), [(2, 2, "does not fit"), (5, 4, "slipping"), (4, 4, "fits"), (3, 3, "in part")])
def test_what_a_score_says(was, score, finding):
    assert values(fit(("2026-07-05", "growth", was), ("2026-10-04", "growth", score)), "finding") == [(finding,)]


@pytest.mark.parametrize(("on", "score"), [("2026-10-03", 5), ("2026-10-04", 3), ("2026-07-04", None)])
def test_fit_is_that_of_the_day(on, score):
    rows = fit(("2026-07-05", "growth", 5), ("2026-10-04", "growth", 3), on=dt.date.fromisoformat(on))
    assert values(rows, "score") == ([(score,)] if score else [])


def test_only_positions_held_on_the_day_count():
    told = [("2026-07-05", "growth", 5)]
    assert fit(*told, positions=[{**POST, "ended_on": "2026-10-11"}]).empty
    assert len(fit(*told, positions=[{**POST, "ended_on": "2026-10-12"}])) == 1
    assert fit(*told, positions=[{**POST, "started_on": "2026-10-13"}]).empty


def test_a_score_without_a_position_belongs_to_the_one_begun_last_from_its_start_on():
    posts = [POST, {"id": "p2", "title": "Lead", "started_on": "2026-06-01"}]
    told = [("2026-05-31", "growth", 1), ("2026-06-01", "people", 4)]
    assert values(fit(*told, positions=posts, position=""), "position", "dimension") == [("Lead", "people")]
    assert values(fit(*told, positions=[], position=""), "position", "dimension") == [("", "growth"), ("", "people")]


def overall(*scores: tuple[int, int]) -> tuple[Any, ...]:
    words = ("growth", "people", "meaning", "workload", "say")
    told = [
        (on, word, score)
        for word, pair in zip(words, scores, strict=False)
        for on, score in zip(("2025-10-05", "2026-10-04"), pair, strict=True)
    ]
    tables = frames.tables(role_fit=fits(*told), positions=[POST])
    return values(measures.fit_overall(tables, ON), "dimensions", "mean", "drift", "finding")[0]


def test_a_role_is_warned_of_when_its_mean_is_low_or_has_fallen_by_a_point():
    assert overall((4, 4), (4, 4), (4, 4)) == (3, 4.0, 0.0, "fits")
    assert overall((3, 3), (3, 3), (3, 3)) == (3, 3.0, 0.0, "fits in part")
    assert overall((5, 4), (5, 4), (4, 4), (4, 4)) == (4, 4.0, -0.5, "slipping")
    assert overall((5, 4), (5, 4), (5, 4)) == (3, 4.0, -1.0, "no longer fits")
    assert overall((2, 2), (2, 2), (3, 3)) == (3, pytest.approx(7 / 3), 0.0, "no longer fits")
    assert overall((5, 1), (5, 1)) == (2, 1.0, -4.0, "too early to say")


# -- roles side by side

TWO = {
    "roles": [
        {"id": "r1", "name": "Head", "status": "testing"},
        {"id": "r2", "name": "Expert", "status": "exploring"},
        {"id": "r3", "name": "Sales", "status": "dropped"},
    ],
    "role_targets": [
        {"role_id": "r1", "skill_id": "s1", "level": 4, "importance": 5},
        {"role_id": "r1", "skill_id": "s2", "level": 2, "importance": 1},
        {"role_id": "r2", "skill_id": "s2", "level": 5},
        {"role_id": "r3", "skill_id": "s2", "level": 5},
    ],
    "skills": [skill(1), skill(2)],
    "skill_ratings": [rating("2026-10-01", 2), rating("2026-10-01", 3, "s2")],
}


def test_roles_have_a_row_for_each_skill_they_ask_for_and_dropped_ones_none():
    rows = measures.roles(frames.tables(**TWO), ON)
    assert values(rows, "role", "skill_id", "level", "target_level", "gap") == [
        ("Head", "s1", 2, 4, 2),
        ("Head", "s2", 3, 2, -1),
        ("Expert", "s2", 3, 5, 2),
    ]
    assert set(measures.roles(frames.tables(**TWO), ON, "r3")["role"]) == {"Sales"}
    assert measures.roles(frames.tables(**TWO), EARLY).empty


def test_distance_is_what_is_missing_of_all_that_a_role_asks_for():
    """Head: 5 x 2 missing of 5 x 4 + 1 x 2 = 10/22; Expert: 3 x 2 of 3 x 5 = 0.4, nearer."""
    rows = measures.distance(frames.tables(**TWO), ON)
    assert values(rows, "name", "status", "skills", "reached", "unrated") == [
        ("Expert", "exploring", 1, 0, 0),
        ("Head", "testing", 2, 1, 0),
    ]
    assert list(rows["to_go"]) == [pytest.approx(0.4), pytest.approx(10 / 22)]


def test_before_a_level_of_ones_own_no_distance_is_told():
    rows = measures.distance(frames.tables(**TWO), dt.date(2026, 9, 30))
    assert values(rows, "name", "unrated", "to_go") == [("Head", 2, None), ("Expert", 1, None)]


# -- whom to ask, and where the time goes


def helped(on: dt.date = ON, **tables: Any) -> list[tuple[Any, ...]]:
    told = {
        "skills": [skill(1, target_level=4, importance=5), skill(2, target_level=4), skill(3, target_level=1)],
        "skill_ratings": [rating("2026-01-01", 2), rating("2026-01-01", 3, "s2"), rating("2026-01-01", 3, "s3")],
    }
    return values(measures.who_could_help(frames.tables(**told, **tables), on), "skill_id", "gap", "contact")


def test_contacts_whose_skills_name_the_gap_are_listed_under_it():
    people = [
        {"id": "c1", "name": "Ada", "skill_ids": "s3;s1"},
        {"id": "c2", "name": "Ben", "skill_ids": "s1", "archived_on": "2026-10-12"},
        {"id": "c3", "name": "Cem", "skill_ids": "s1", "created_at": "2026-10-13T08:00:00Z"},
    ]
    assert helped(contacts=people) == [("s1", 2, "Ada"), ("s2", 1, "")]
    assert helped(dt.date(2026, 10, 11), contacts=people) == [("s1", 2, "Ada"), ("s1", 2, "Ben"), ("s2", 1, "")]
    assert helped(dt.date(2025, 12, 31), contacts=people) == []


@pytest.mark.parametrize(("happened", "planned"), [(None, "2026-10-20"), ("2026-10-12", None), ("2026-10-13", "2026-10-20")])
def test_an_interview_is_planned_until_it_has_happened(happened, planned):
    talk = {"id": "i1", "kind": "informational interview", "planned_on": "2026-10-20", "happened_on": happened, "contact_ids": "c2"}
    tables = frames.tables(
        skills=[skill(target_level=4)],
        skill_ratings=[rating("2026-01-01", 2, id="k1")],
        contacts=[{"id": "c1", "name": "Ada", "skill_ids": "s1"}, {"id": "c2", "name": "Ben", "skill_ids": "s1"}],
        interactions=[talk, {**talk, "id": "i2", "planned_on": "2026-10-01", "kind": "call"}],
    )
    rows = measures.who_could_help(tables, ON)
    day = pd.Timestamp(planned) if planned else None
    assert values(rows, "contact", "planned_on") == ([("Ben", day), ("Ada", None)] if planned else [("Ada", None), ("Ben", None)])
    assert ("i1" in ";".join(rows["records"]).split(";")) is bool(planned)


def test_say_versus_do_sets_importance_beside_the_hours_of_the_past_182_days():
    """120 minutes for skill 1, 60 for skill 2, none for skill 3; 13 April 2026 is 182 days before the day, too early."""
    items = [{"id": f"l{n}", "title": "Book", "skill_id": f"s{n}"} for n in (1, 2)] + [{"id": "l9", "title": "Other"}]
    log = [
        ("l1", "2026-04-14", 60),
        ("l1", "2026-10-12", 60),
        ("l1", "2026-04-13", 600),
        ("l2", "2026-10-13", 600),
        ("l2", "2026-05-01", 60),
        ("l9", "2026-05-01", 60),
    ]
    tables = frames.tables(
        skills=[skill(1, importance=1), skill(2), skill(3, importance=4)],
        learning_items=items,
        learning_log=[frames.study(on, minutes, item_id=item) for item, on, minutes in log],
    )
    rows = measures.say_versus_do(tables, ON)
    assert values(rows, "skill_id", "hours", "said", "finding") == [
        ("s3", 0.0, 0.8, "said, not done"),
        ("s1", 2.0, 0.2, "done, not said"),
        ("s2", 1.0, None, ""),
    ]
    assert list(rows["done"]) == [0.0, pytest.approx(2 / 3), pytest.approx(1 / 3)]
    early = measures.say_versus_do(tables, dt.date(2026, 1, 1))
    assert values(early, "hours", "done", "finding") == [(0.0, None, "")] * 3


def test_experiments_tell_their_hours_their_latest_takeaway_and_the_roles_that_ask_for_the_skill():
    items = [
        {"id": "l1", "title": "A day with Ola", "kind": "experiment", "skill_id": "s1", "status": "done"},
        {"id": "l2", "title": "Lead one meeting", "kind": "experiment", "skill_id": "s2", "status": "doing"},
        {"id": "l3", "title": "A book", "kind": "book", "skill_id": "s1", "status": "doing"},
    ]
    log = [("2026-09-01", "Loud"), ("2026-09-02", "Then quiet"), ("2026-09-03", ""), ("2026-10-13", "Later")]
    notes = [frames.study(on, 30, item_id="l1", takeaway=takeaway) for on, takeaway in log]
    tables = frames.tables(**TWO, learning_items=items, learning_log=notes)
    rows = measures.experiments(tables, ON)
    assert values(rows, "title", "status", "hours", "takeaway", "roles") == [
        ("Lead one meeting", "doing", 0.0, "", "r1;r2"),
        ("A day with Ola", "done", 1.5, "Then quiet", "r1"),
    ]
    assert measures.experiments(tables, EARLY).empty
