"""Records: every table of the design is declared once, with what a form and a CSV need."""

from __future__ import annotations

import datetime as dt
import importlib

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerkit.records import BLANK, Choice, Date, Flag, Integer, Moment, Number, Record, References, Scale, Text, Words
from careerkit.topics import RECORDS
from careerkit.topics.goals.records import CheckIn, Goal
from careerkit.topics.networking.records import Contact, Interaction

CONTRACT = {
    "positions": "started_on ended_on title organisation target_role statement",
    "skills": "name category importance target_level level_anchors retired_on",
    "roles": "noted_on name why status source",
    "role_targets": "role_id skill_id level importance",
    "skill_ratings": "rated_on skill_id rater rater_name feedback_id level enjoyment evidence",
    "role_fit": "rated_on position_id dimension score note",
    "reflections": "written_on topic prompt answer",
    "credentials": "name kind provider status started_on earned_on expires_on cost link skill_id renewal_days",
    "contacts": "name organisation role email phone link relationship closeness met_on met_where cadence_days skill_ids "
    "can_offer can_ask tags archived_on notes",
    "interactions": "happened_on planned_on contact_ids trend_id event_id kind direction questions summary learned "
    "follow_up follow_up_due follow_up_done_on",
    "events": "name kind starts_on ends_on place purpose attended",
    "learning_items": "title kind skill_id trend_id status started_on finished_on expected_hours",
    "learning_log": "studied_on item_id minutes takeaway",
    "trends": "noted_on name quadrant why_it_matters my_response retired_on",
    "trend_reviews": "reviewed_on trend_id ring note",
    "goals": "title why metric unit baseline target started_on deadline status closed_on habit skill_id feedback_id accountable_to",
    "goal_changes": "changed_on goal_id field was now",
    "action_steps": "goal_id title owner due_on done_on",
    "check_ins": "goal_id checked_on value confidence note blocker",
    "feedback": "requested_on giver contact_id relationship question due_on reminded_on received_on declined_on went_well "
    "to_improve skill_id first_reaction reflection reflected_on decision decided_on action goal_id acted_on followed_up_on",
    "achievements": "achieved_on title situation action result my_part impact metric skill_ids goal_id link",
    "brand": "reviewed_on channel headline intended_words heard_words score next_step",
    "reviews": "period written_on wins lessons last_focus_outcome next_focus satisfaction",
    "comments": "written_on author table record_id record_updated_at text reply_to resolved_on",
    "assignments": "given_on author title notebook instructions due_on started_on submitted_on done_on",
    "sessions": "held_on minutes attended agenda agreed next_on",
    "prompts": "topic position question help answer_kind choices author",
}
CHOICES = {
    ("contacts", "relationship"): "mentor, sponsor, peer in my target field, colleague, former colleague, manager, recruiter, "
    "someone I help, friend, other",
    ("interactions", "kind"): "conversation, call, message, event, informational interview, introduction, post, comment, note",
    ("interactions", "direction"): "gave, received, mutual",
    ("goals", "status"): "active, done, paused, dropped",
    ("roles", "status"): "exploring, testing, chosen, dropped",
    ("skill_ratings", "rater"): "self, manager, peer, report, coach, other",
    ("credentials", "kind"): "certification, course, degree, licence",
    ("credentials", "status"): "planned, in progress, earned, dropped",
    ("learning_items", "kind"): "course, book, project, experiment, talk, certification, other",
    ("learning_items", "status"): "planned, doing, done, dropped",
    ("trend_reviews", "ring"): "adopt, trial, assess, hold",
    ("feedback", "decision"): "act, keep doing, not now",
    ("achievements", "impact"): "myself, team or class, organisation, beyond",
    ("events", "kind"): "conference, workshop, meetup, other",
    ("prompts", "answer_kind"): "text, scale, choice",
}


# Tables beside those of the contract, which allows more of them.
ADDED = {"appraisals"}


def test_every_table_of_the_design_is_declared_and_no_other_but_what_was_added():
    assert set(RECORDS) == set(CONTRACT) | ADDED


@pytest.mark.parametrize("table", CONTRACT)
def test_columns_stand_in_the_designs_order_between_the_common_ones(table):
    assert list(RECORDS[table].fields) == ["id", *CONTRACT[table].split(), "private", "created_at", "updated_at"]


@pytest.mark.parametrize(("table", "column"), CHOICES)
def test_choices_are_the_designs(table, column):
    field = RECORDS[table].fields[column]
    assert isinstance(field, Choice) and ", ".join(field.choices) == CHOICES[table, column]


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_every_field_has_a_label_and_a_sentence_of_help_and_every_reference_a_table(record):
    for name, field in record.fields.items():
        assert field.label and field.name == name
        assert name not in record.own_fields() or field.help.endswith(".")
        assert not hasattr(field, "table") or field.table in RECORDS


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_a_forms_lines_name_fields_that_exist_at_most_four_a_line(record):
    for line in record.rows:
        assert len(line) <= 4
        assert set(line) <= set(record.own_fields())


def test_a_coachs_notes_are_no_table_of_a_workbook():
    notes = importlib.import_module("careerkit.topics.coaching.records").CoachNote
    assert notes.table == "coach_notes" and "coach_notes" not in RECORDS


def test_only_the_first_reaction_never_leaves():
    kept = {(table, name) for table, record in RECORDS.items() for name, field in record.fields.items() if field.never_leaves}
    assert kept == {("feedback", "first_reaction")}


@pytest.mark.parametrize(
    ("table", "named", "first", "later", "wrong"),
    [
        ("goals", "title", "started_on", "deadline", "The deadline is not after the start"),
        ("goals", "title", "started_on", "closed_on", "It was closed before its start"),
        ("positions", "title", "started_on", "ended_on", "It ends before it begins"),
        ("events", "name", "starts_on", "ends_on", "It ends before it begins"),
        ("credentials", "name", "earned_on", "expires_on", "It expires before it was earned"),
        ("learning_items", "title", "started_on", "finished_on", "It was finished before it was started"),
    ],
)
def test_days_that_do_not_fit_each_other_are_told_with_both_and_what_to_do(table, named, first, later, wrong):
    values = {named: "Harbour Days", first: "2026-07-01", later: "2026-06-30"}
    assert RECORDS[table].clean(values)[1] == {later: f"{wrong}, 1 July 2026. Choose a later day."}


def test_a_promise_marked_as_kept_says_what_was_promised():
    values = {"kind": "call", "happened_on": "2026-07-01", "follow_up_done_on": "2026-07-02"}
    assert RECORDS["interactions"].clean(values)[1] == {"follow_up": "Say what you promised, since it is marked as kept."}


def test_a_target_may_equal_its_baseline_and_a_closed_goal_may_lack_its_day():
    _, wrong = Goal.clean({"title": "Stay calm", "baseline": 1, "target": 1, "status": "done"})
    assert wrong == {}


def test_an_interaction_needs_a_day_had_or_planned():
    _, wrong = Interaction.clean({"kind": "call"})
    assert wrong == {"happened_on": "Say when it was, or when it is planned."}


def test_a_column_that_does_not_exist_is_named_with_those_that_do():
    _, wrong = Contact.clean({"name": "Maya Lindt", "nickname": "M"})
    assert wrong["nickname"].startswith("contacts has no column nickname. It has name, organisation")


def test_every_wrong_field_gets_its_own_sentence():
    _, wrong = CheckIn.clean({"checked_on": "soon", "confidence": 9})
    assert set(wrong) == {"goal_id", "checked_on", "confidence"}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (Date(label="Deadline"), "30 Febr", "'30 Febr' is not a day. Write Deadline as year-month-day, such as 2026-06-30."),
        (Date(label="Deadline"), "2026-02-30", "'2026-02-30' is not a day of the calendar. Choose another for Deadline."),
        (Number(label="To"), "twelve", "'twelve' is not a number. Write To with digits and a point, such as 12.5."),
        (Number(label="Cost", low=0), "-1", "-1 is outside what Cost can be. Give a number of 0 or more."),
        (Integer(label="How long?"), "1.5", "1.5 is not a whole number. Write How long? without a fraction."),
        (Choice(label="Ring", choices=("adopt", "hold")), "drop", "'drop' is not one of the choices for Ring. Choose adopt or hold."),
        (Flag(label="I was there"), "perhaps", "'perhaps' is neither yes nor no. Write true or false."),
        (Text(label="Name"), "a\0b", "Name has a character that can't be saved. Take it out."),
    ],
)
def test_a_bad_value_is_met_with_what_is_wrong_and_what_to_write(field, value, sentence):
    with pytest.raises(ValueError) as error:
        field.clean(value)
    assert str(error.value) == sentence


KINDS = {
    "text": (Text(label="x"), st.text().filter(lambda text: "\0" not in text)),
    "number": (Number(label="x"), st.floats(allow_nan=False, allow_infinity=False, width=32)),
    "whole number": (Integer(label="x"), st.integers(-(10**12), 10**12)),
    "scale": (Scale(label="x", low=1, high=5), st.integers(1, 5)),
    "day": (Date(label="x"), st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1))),
    "moment": (Moment(label="x"), st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2200, 1, 1)).map(lambda m: m.replace(microsecond=0))),
    "flag": (Flag(label="x"), st.booleans()),
    "choice": (Choice(label="x", choices=("one", "two")), st.sampled_from(("one", "two"))),
}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_what_is_written_is_read_back_as_it_was(kind, data):
    field, values = KINDS[kind]
    value = field.clean(data.draw(values))
    column, bad = field.column(pd.Series([field.write(value)], dtype="str"))
    assert not bad.any()
    assert field.clean(column.iloc[0]) == value or (kind == "number" and column.iloc[0] == pytest.approx(value))


@pytest.mark.parametrize("kind", KINDS)
def test_blank_is_blank_in_every_kind(kind):
    field, _ = KINDS[kind]
    for blank in BLANK:
        assert field.clean(blank) == field.blank


def test_lists_are_taken_as_lists_or_as_text_and_each_part_once():
    people = References(label="With whom?", table="contacts")
    assert people.clean(["ka", "kb", "ka"]) == people.clean("ka; kb;ka") == "ka;kb"
    assert Words(label="Tags").clean(["data", " data "]) == "data"


def test_choices_do_not_mind_capitals():
    column, bad = Goal.fields["status"].column(pd.Series(["Active", "DONE", ""], dtype="str"))
    assert list(column) == ["active", "done", ""] and not bad.any()


def frame(record: type[Record], **columns: str) -> pd.DataFrame:
    texts = {name: columns.get(name, "") for name in record.fields}
    return pd.DataFrame({name: record.fields[name].column(pd.Series([text], dtype="str"))[0] for name, text in texts.items()})


def test_a_row_is_known_from_an_earlier_past_day_than_its_creation():
    rows = frame(Contact, id="ka", met_on="2026-03-01", created_at="2026-05-10T09:00:00Z")
    assert len(Contact.known(rows, dt.date(2026, 2, 28))) == 0
    assert len(Contact.known(rows, dt.date(2026, 3, 1))) == 1


def test_a_goal_that_starts_later_is_known_since_it_was_written():
    rows = frame(Goal, id="ka", started_on="2026-09-01", created_at="2026-05-10T09:00:00Z")
    assert len(Goal.known(rows, dt.date(2026, 5, 9))) == 0
    assert len(Goal.known(rows, dt.date(2026, 5, 10))) == 1


def test_a_planned_day_does_not_make_a_row_known():
    rows = frame(Interaction, id="ka", planned_on="2026-01-01", created_at="2026-05-10T09:00:00Z")
    assert len(Interaction.known(rows, dt.date(2026, 5, 9))) == 0
