"""Who sees what: a view lets out what its audience names, and nothing else, and leaves what it is given as it is."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import frames
import pandas as pd
import pytest

from careerkit import CareerkitError
from careerkit.exchange import brag
from careerkit.review.appraisal import placement, prose
from careerkit.review.outline import CELLS, MANAGER, READERS, SELF, SPONSOR
from careerkit.review.review import Review
from careerkit.sharing.audience import DOCUMENT, Audience, view
from careerkit.topics import RECORDS
from careerkit.topics.goals import measures as goals
from careerkit.topics.learning import measures as learning
from careerkit.topics.periods import Period

ON = dt.date(2026, 9, 30)
SECRET = "unspeakable"
EVERYTHING = "goals,network,feedback,skills,focus,reflection"


@cache
def everything() -> dict[str, pd.DataFrame]:
    """Return a workbook in which every text that a person can type holds one word."""
    return frames.tables(**{table: [_filled(table)] for table in RECORDS})


def _filled(table: str) -> dict[str, Any]:
    row: dict[str, Any] = {"id": f"{table}-1"}
    for name, field in RECORDS[table].own_fields().items():
        if field.kind in ("text", "long text", "words"):
            row[name] = f"{SECRET} {table} {name}"
        elif field.kind == "day" and name not in ("closed_on", "ended_on", "archived_on", "retired_on", "declined_on"):
            row[name] = "2026-08-01"
        elif field.kind in ("reference", "references"):
            row[name] = f"{field.table}-1"
    fixed = {
        "goals": {"status": "done", "closed_on": "2026-08-20", "deadline": "2026-12-01", "target": 4},
        "interactions": {"kind": "call"},
        "skill_ratings": {"level": 3, "rater": "self"},
        "learning_log": {"minutes": 60},
        "role_fit": {"score": 3},
        "role_targets": {"level": 3},
        "trend_reviews": {"ring": "trial"},
        "reviews": {"period": "2026Q3", "satisfaction": 2},
        "check_ins": {"value": 1, "confidence": 1},
        "credentials": {"expires_on": "2027-01-01"},
        "goal_changes": {"field": "title"},
    }
    return {**row, **fixed.get(table, {})}


def texts(tables: dict[str, pd.DataFrame]) -> set[str]:
    """Return table.column of every cell that holds the word."""
    return {
        f"{table}.{name}"
        for table, frame in tables.items()
        for name in frame.columns
        if frame[name].dtype == "str" and frame[name].str.contains(SECRET).any()
    }


# -- what holds for every audience


@pytest.mark.parametrize("audience", [*READERS.values(), MANAGER.adding(EVERYTHING)], ids=lambda each: each.name)
def test_a_view_changes_nothing_of_what_it_is_given_and_no_type(audience):
    tables = everything()
    before = {name: frame.copy(deep=True) for name, frame in tables.items()}
    seen, _ = view(tables, audience)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(tables[name], frame)
    assert {name: list(frame.dtypes) for name, frame in seen.items()} == {name: list(frame.dtypes) for name, frame in tables.items()}
    assert {name: list(frame.columns) for name, frame in seen.items()} == {name: list(frame.columns) for name, frame in tables.items()}


@pytest.mark.parametrize("audience", [MANAGER.adding(EVERYTHING), SPONSOR], ids=["manager", "sponsor"])
def test_a_private_record_is_seen_by_oneself_alone(audience):
    marked = {table: frame.assign(private=True) for table, frame in everything().items()}
    seen, withheld = view(marked, audience)
    assert [table for table, frame in seen.items() if len(frame)] == []
    assert withheld == {"private records": len(RECORDS)}
    assert [table for table, frame in view(marked, SELF)[0].items() if len(frame) != 1] == []


def test_nothing_is_withheld_from_oneself():
    tables = everything()
    seen, withheld = view(tables, SELF)
    assert withheld == {}
    assert all(seen[name] is tables[name] for name in tables)


def test_a_table_that_an_audience_does_not_name_is_withheld_whole_and_counted():
    tables = frames.tables(goals=[{"title": "Give two talks"}], roles=[{"name": "Head of Data"}, {"name": "Teacher"}])
    seen, withheld = view(tables, Audience("friend", columns={"goals": ("title",)}))
    assert len(seen["roles"]) == 0 and withheld == {"roles": 2}
    assert list(seen["goals"]["title"]) == ["Give two talks"]


def test_a_column_that_an_audience_does_not_name_is_blank_and_its_filled_cells_are_counted():
    tables = frames.tables(goals=[{"title": "Give two talks", "why": "To be heard"}, {"title": "Read twelve books"}])
    seen, withheld = view(tables, Audience("friend", columns={"goals": ("title",)}))
    assert list(seen["goals"]["why"]) == ["", ""]
    assert withheld == {"goals.why": 1}


def test_what_never_leaves_does_not_leave_though_everything_else_may():
    tables = frames.tables(feedback=[{"giver": "Omar Aziz", "first_reaction": "That hurt"}])
    seen, withheld = view(tables, Audience("coach", columns=None))
    assert list(seen["feedback"]["giver"]) == ["Omar Aziz"]
    assert list(seen["feedback"]["first_reaction"]) == [""] and withheld == {"feedback.first_reaction": 1}


# -- what belongs to something private


def test_the_steps_check_ins_and_changes_of_a_private_goal_stay_with_it():
    tables = frames.tables(
        goals=[{"id": "g1", "title": "Find another post", "private": True}, {"id": "g2", "title": "Give two talks", "status": "done"}],
        action_steps=[{"goal_id": "g1", "title": "Ask about the notice"}, {"goal_id": "g2", "title": "Write the outline"}],
        check_ins=[{"goal_id": "g1", "checked_on": "2026-08-01", "note": "One advert"}],
        goal_changes=[{"goal_id": "g1", "changed_on": "2026-08-01", "field": "title", "was": "Leave", "now": "Find another post"}],
    )
    seen, withheld = view(tables, MANAGER)
    assert list(seen["action_steps"]["title"]) == ["Write the outline"]
    assert len(seen["check_ins"]) == len(seen["goal_changes"]) == 0
    assert withheld["private records"] == 4


def test_a_talk_with_private_contacts_alone_stays_and_another_keeps_no_mark_of_them():
    tables = frames.tables(
        contacts=[{"id": "c1", "name": "A headhunter", "private": True}, {"id": "c2", "name": "Lucia Ortega"}],
        interactions=[
            {"id": "i1", "contact_ids": "c1", "happened_on": "2026-08-01", "kind": "call"},
            {"id": "i2", "contact_ids": "c1;c2", "happened_on": "2026-08-02", "kind": "call"},
        ],
    )
    seen, _ = view(tables, MANAGER.adding("network"))
    assert list(seen["interactions"]["id"]) == ["i2"]
    assert list(seen["interactions"]["contact_ids"]) == ["c2"]


def test_a_win_that_belongs_to_a_private_goal_stays_a_win_without_it():
    tables = frames.tables(
        goals=[{"id": "g1", "title": "Find another post", "private": True}],
        achievements=[{"title": "Gave a talk", "achieved_on": "2026-08-01", "goal_id": "g1"}],
    )
    seen, _ = view(tables, MANAGER)
    assert list(seen["achievements"]["title"]) == ["Gave a talk"]
    assert list(seen["achievements"]["goal_id"]) == [""]


# -- the manager


NEVER_BY_TABLE = {
    "positions": "target_role statement",
    "roles": "name",
    "role_fit": "note",
    "goals": "why",
    "feedback": "giver went_well to_improve first_reaction reflection action question",
    "contacts": "notes can_ask",
    "interactions": "summary follow_up",
    "check_ins": "note blocker",
    "reflections": "answer",
    "skill_ratings": "evidence rater_name",
    "comments": "text",
    "sessions": "agenda",
    "action_steps": "owner",
}
NEVER = {f"{table}.{name}" for table, names in NEVER_BY_TABLE.items() for name in names.split()}


def test_the_manager_begins_with_wins_finished_goals_and_learning():
    told = texts(view(everything(), MANAGER)[0])
    of_goals, of_learning = {"goals", "goal_changes", "action_steps"}, {"learning_items", "learning_log", "credentials"}
    assert {name.split(".")[0] for name in told} == {"positions", "achievements", "skills", *of_goals, *of_learning}
    assert told & NEVER == set()


def test_whatever_is_added_the_manager_never_sees_these():
    seen, withheld = view(everything(), MANAGER.adding(EVERYTHING))
    assert texts(seen) & NEVER == set()
    assert seen["check_ins"]["confidence"].isna().all() and seen["reviews"]["satisfaction"].isna().all()
    assert withheld["check_ins.confidence"] == withheld["reviews.satisfaction"] == 1


def test_a_goal_that_is_not_finished_is_seen_once_the_goals_are_added():
    tables = frames.tables(goals=[{"title": "Give two talks"}, {"title": "Read twelve books", "status": "done", "closed_on": "2026-08-01"}])
    assert list(view(tables, MANAGER)[0]["goals"]["title"]) == ["Read twelve books"]
    assert list(view(tables, MANAGER.adding("goals"))[0]["goals"]["title"]) == ["Give two talks", "Read twelve books"]


def test_names_of_others_come_with_the_network_alone_and_recruiters_never():
    tables = frames.tables(
        contacts=[{"id": "c1", "name": "Lucia Ortega"}, {"id": "c2", "name": "A headhunter", "relationship": "recruiter"}],
        interactions=[{"contact_ids": "c2", "happened_on": "2026-08-01", "kind": "call"}],
    )
    assert len(view(tables, MANAGER)[0]["contacts"]) == 0
    seen, _ = view(tables, MANAGER.adding("network"))
    assert list(seen["contacts"]["name"]) == ["Lucia Ortega"]
    assert list(seen["interactions"]["contact_ids"]) == [""]


def test_a_role_that_one_is_aiming_at_stands_in_no_text_either():
    tables = frames.tables(
        positions=[{"title": "Senior analyst", "target_role": "Head of Data"}, {"title": "Analyst", "target_role": "Senior analyst"}],
        roles=[{"name": "Teacher"}, {"name": "Lead"}],
        goals=[
            {"id": "g1", "title": "Move into a head of data role"},
            {"id": "g2", "title": "Lead one project"},
            {"id": "g3", "title": "Become a senior analyst"},
        ],
        action_steps=[{"goal_id": "g1", "title": "Ask Karen"}, {"goal_id": "g2", "title": "Find a sponsor"}],
        reviews=[{"period": "2026Q3", "written_on": "2026-10-01", "next_focus": "Ask a teacher about her day.\nSleep."}],
    )
    seen, _ = view(tables, MANAGER.adding("goals,focus"))
    # A post that was held is no secret, and a short word stands in many a text.
    assert list(seen["goals"]["title"]) == ["Lead one project", "Become a senior analyst"]
    assert list(seen["action_steps"]["title"]) == ["Find a sponsor"]
    assert list(seen["reviews"]["next_focus"]) == ["Sleep."]


def test_measures_run_on_what_the_manager_sees_and_say_the_same():
    tables = frames.tables(
        goals=[
            {"id": "g1", "title": "Give two talks", "metric": "talks", "target": 2, "started_on": "2026-07-01", "deadline": "2026-12-31"}
        ],
        check_ins=[{"goal_id": "g1", "checked_on": "2026-09-20", "value": 1, "confidence": 1}],
        learning_log=[{"studied_on": "2026-09-01", "minutes": 90}],
    )
    seen, _ = view(tables, MANAGER.adding("goals"))
    columns = ["progress", "elapsed", "gap", "status"]
    pd.testing.assert_frame_equal(goals.pace(seen, ON)[columns], goals.pace(tables, ON)[columns])
    assert goals.pace(seen, ON)["confidence"].isna().all()
    settings = frames.settings()
    pd.testing.assert_frame_equal(learning.pace(seen, ON, settings), learning.pace(tables, ON, settings))


@pytest.mark.parametrize("name", ["habits", "fit", "coaching"])
def test_a_section_that_the_manager_may_never_see_is_refused_in_a_sentence(name):
    with pytest.raises(CareerkitError) as error:
        MANAGER.adding(f"goals, {name}")
    assert str(error.value) == (
        f"A review for your manager never shows {name}. You can add goals, network, feedback, skills, focus or reflection."
    )


def test_a_section_that_there_is_not_is_refused_with_what_there_is():
    with pytest.raises(CareerkitError, match=r"for your manager has no section 'moods'. You can add goals, network, .*"):
        MANAGER.adding(["moods"])


def test_sections_are_added_from_a_text_or_a_list_each_once_and_the_audience_stays_as_it_is():
    assert MANAGER.adding(" Goals,network,,goals ").sections == MANAGER.adding(["goals", "network"]).sections
    assert MANAGER.sections == ("wins", "finished", "learning")
    assert MANAGER.adding("") == MANAGER


# -- the sponsor


def test_the_sponsor_sees_no_text_at_all():
    assert texts(view(everything(), SPONSOR)[0]) == set()


def test_the_sponsors_progress_is_the_true_one():
    plan = {"metric": "talks", "target": 4, "started_on": "2026-07-01", "deadline": "2026-10-31"}
    tables = frames.tables(
        goals=[{"id": "g1", "title": "Give four talks", **plan}, {"id": "g2", "title": "Settle the plan", "deadline": "2026-12-31"}],
        check_ins=[{"goal_id": "g1", "checked_on": "2026-09-20", "value": 1}],
        action_steps=[{"goal_id": "g1", "title": "Ask", "done_on": "2026-08-01"}, {"goal_id": "g2", "title": "Write"}],
        goal_changes=[
            {"goal_id": "g1", "changed_on": "2026-10-05", "field": "metric", "was": "talks given", "now": "talks"},
            {"goal_id": "g1", "changed_on": "2026-10-05", "field": "title", "was": "Speak up", "now": "Give four talks"},
        ],
    )
    seen, _ = view(tables, SPONSOR)
    columns = ["progress", "elapsed", "gap", "status", "goal_status"]
    pd.testing.assert_frame_equal(goals.pace(seen, ON)[columns], goals.pace(tables, ON)[columns])
    assert "Speak up" not in set(seen["goal_changes"]["was"]) and "talks given" not in set(seen["goal_changes"]["was"])


def test_the_sponsor_may_be_shown_nothing_more():
    with pytest.raises(CareerkitError, match=r"A review for your sponsor never shows wins\. It already shows everything it can\."):
        SPONSOR.adding("wins")


# -- documents


def shown(review: Review, name: str) -> str:
    made = getattr(review, name)()
    return str(made._repr_mimebundle_() if hasattr(made, "_repr_mimebundle_") else made)


def documents(tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Return the text of everything that leaves for somebody else, each with all that it may hold."""
    settings, period, today = frames.settings(), Period.parse("2026Q3"), dt.date(2026, 10, 12)
    passages, material = placement.prepared(tables, today, settings, period.name, "Results\nGoals\nLearning\nFeedback from others")
    made = {
        "appraisal": prose.document(passages, period, "Nora"),
        "appraisal, in lines": "\n".join(prose.as_lines(passages, material)),
        "appraisal, for programs": str(prose.as_json(passages, material)),
        "list of wins": brag.export(tables, today, settings, "2026Q3")[0],
    }
    for reader in (MANAGER.adding(EVERYTHING), SPONSOR):
        review = Review(tables, settings, period, reader, today)
        cells = ("header", "lead", "glance", *CELLS, "appendix")
        made[reader.name] = " ".join(shown(review, name) for name in cells)
    return made


def test_nothing_private_and_nothing_that_never_leaves_is_in_any_document():
    never = {"first_reaction": "unspeakable reaction"}
    tables = frames.tables(**{table: [{**_filled(table), "private": True}] for table in RECORDS})
    open_ones = frames.tables(
        contacts=[{"id": "contacts-1", "name": "unspeakable Priya", "private": True}],
        goals=[{"id": "goals-1", "title": "unspeakable plan", "private": True, "started_on": "2026-01-01"}],
        action_steps=[{"goal_id": "goals-1", "title": "unspeakable step", "done_on": "2026-08-02"}],
        interactions=[{"contact_ids": "contacts-1", "happened_on": "2026-08-01", "kind": "call", "summary": "unspeakable talk"}],
        feedback=[
            {"contact_id": "contacts-1", "received_on": "2026-08-01", "went_well": "unspeakable praise"},
            {"giver": "Omar", "received_on": "2026-08-03", "went_well": "You listen.", **never},
        ],
        achievements=[
            {"achieved_on": "2026-08-04", "title": "Cut the close", "result": "Four days", "goal_id": "goals-1"},
            {"achieved_on": "2026-08-05", "title": "unspeakable win", "private": True},
        ],
    )
    for made in (documents(tables), documents(open_ones)):
        assert [name for name, text in made.items() if SECRET in text] == []
    assert [name for name, text in documents(open_ones).items() if "Cut the close" in text] == [
        *("appraisal", "appraisal, in lines", "appraisal, for programs", "list of wins", "manager")
    ]


def test_oneself_reads_first_reactions_in_no_review_either():
    tables = frames.tables(feedback=[{"giver": "Omar", "received_on": "2026-08-03", "first_reaction": SECRET}])
    review = Review(tables, frames.settings(), "2026Q3", SELF, dt.date(2026, 10, 12))
    assert all(SECRET not in shown(review, name) for name in CELLS)


def test_a_document_has_all_that_is_not_private():
    tables = everything()
    seen, withheld = view(tables, DOCUMENT)
    assert set(withheld) == {"feedback.first_reaction"}
    assert {table: len(frame) for table, frame in seen.items()} == {table: 1 for table in tables}
