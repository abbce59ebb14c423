"""Three-way merging by record and field: what holds for any two sides that began with the same rows."""

from __future__ import annotations

from copy import deepcopy

from example_counts import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from careerkit.store.merging.merge import Conflict, Merged, Place, Rows, merge, without

GOAL = {"id": "k1", "title": "Learn to sail", "why": "the sea", "deadline": "2026-12-01"}
NAMES = {"steps": {"goal_id": "goals"}}

words = st.sampled_from(["", "a", "b", "c"])
rows_of_goals = st.fixed_dictionaries({"title": words, "why": words, "created_at": words, "updated_at": words})
rows_of_steps = st.fixed_dictionaries({"goal_id": st.sampled_from(["", "k1", "k2", "k3"]), "title": words})
keys = st.sampled_from(["k1", "k2", "k3"])
states = st.fixed_dictionaries(
    {"goals": st.dictionaries(keys, rows_of_goals), "steps": st.dictionaries(st.sampled_from(["s1", "s2"]), rows_of_steps)}
)


def goals(**changed: str) -> Rows:
    return {"goals": {"k1": {**GOAL, **changed}}}


def cells(rows: Rows) -> dict[Place, str]:
    """Return every field of every row, the times left out."""
    return {
        Place(table, key, name): text
        for table, of_table in rows.items()
        for key, texts in of_table.items()
        for name, text in texts.items()
        if not name.endswith("_at")
    }


def ids(rows: Rows) -> set[tuple[str, str]]:
    return {(table, key) for table, of_table in rows.items() for key in of_table}


def places(merged: Merged) -> set[Place]:
    return {conflict.place for conflict in merged.conflicts}


# -- what a person sees


def test_changes_of_different_fields_of_one_row_both_stand():
    merged = merge(goals(), goals(title="Learn to row"), goals(why="the lake"))
    assert merged.rows == goals(title="Learn to row", why="the lake") and not merged.conflicts


def test_the_same_field_changed_on_both_sides_is_told_with_both_values_and_ones_own_stands():
    merged = merge(goals(), goals(title="Learn to row"), goals(title="Learn to dive"))
    assert merged.rows == goals(title="Learn to row")
    assert merged.conflicts == [Conflict(Place("goals", "k1", "title"), "Learn to row", "Learn to dive")]


def test_a_conflict_is_told_again_until_it_is_decided():
    first = merge(goals(), goals(title="row"), goals(title="dive"))
    again = merge(first.common, first.rows, goals(title="dive"))
    assert again.conflicts == first.conflicts
    assert not merge(first.common, goals(title="dive"), goals(title="dive")).conflicts


def test_what_the_other_side_has_not_decided_is_told_here_too():
    place = Place("goals", "k1", "title")
    merged = merge(goals(title="row"), goals(title="row"), goals(title="dive"), undecided=[place])
    assert merged.rows == goals(title="row") and merged.conflicts == [Conflict(place, "row", "dive")]


def test_the_same_change_on_both_sides_is_no_conflict():
    merged = merge(goals(), goals(title="Learn to row"), goals(title="Learn to row"))
    assert merged.rows == goals(title="Learn to row") and not merged.conflicts


def test_a_row_that_one_side_deleted_goes_if_the_other_left_it_alone():
    assert merge(goals(), {"goals": {}}, goals()).rows == merge(goals(), goals(), {"goals": {}}).rows == {"goals": {}}


def test_an_edit_beats_a_deletion_from_either_side():
    edited = goals(why="the lake")
    for merged in (merge(goals(), {"goals": {}}, edited), merge(goals(), edited, {"goals": {}})):
        assert merged.rows == edited and merged.kept == [("goals", "k1")]


def test_a_row_missing_from_a_table_that_was_sent_in_part_is_not_deleted():
    assert merge(goals(), goals(), {"goals": {}}, partial=["goals"]).rows == goals()


def test_a_table_that_was_not_sent_stays_as_it_is():
    merged = merge(goals(), goals(why="the lake"), {})
    assert merged.rows == goals(why="the lake") and merged.common == goals()


def test_without_a_common_state_nothing_counts_as_deleted():
    other = {"goals": {"k2": {**GOAL, "id": "k2"}}}
    assert ids(merge({}, goals(), other).rows) == {("goals", "k1"), ("goals", "k2")}


def test_a_goal_deleted_here_comes_back_when_a_new_step_there_belongs_to_it():
    base, step = {**goals(), "steps": {}}, {"s1": {"goal_id": "k1"}}
    merged = merge(base, {"goals": {}, "steps": {}}, {**goals(), "steps": step}, references=NAMES)
    assert merged.rows == {**goals(), "steps": step} and merged.kept == [("goals", "k1")]


def test_a_goal_deleted_together_with_nothing_stays_deleted_though_an_old_step_names_it():
    base = {**goals(), "steps": {"s1": {"goal_id": "k1"}}}
    merged = merge(base, {**base, "goals": {}}, base, references=NAMES)
    assert merged.rows["goals"] == {}


def test_what_a_step_names_comes_back_with_it_when_it_was_changed_here_and_deleted_there():
    base = {**goals(), "steps": {"s1": {"goal_id": "k1", "title": "Book"}}}
    mine = {"goals": {}, "steps": {"s1": {"goal_id": "k1", "title": "Book a course"}}}
    theirs = {**goals(), "steps": {}}
    merged = merge(base, mine, theirs, references=NAMES)
    assert ids(merged.rows) == {("goals", "k1"), ("steps", "s1")}
    assert merge(merged.common, merged.rows, theirs, references=NAMES).rows == merged.rows


def test_fields_that_do_not_go_together_leave_ones_own_row_and_are_told():
    base = {"goals": {"k1": {"started_on": "2026-01-01", "deadline": "2026-12-01"}}}
    mine = {"goals": {"k1": {"started_on": "2026-09-01", "deadline": "2026-12-01"}}}
    theirs = {"goals": {"k1": {"started_on": "2026-01-01", "deadline": "2026-06-01"}}}
    merged = merge(base, mine, theirs, fits=lambda table, row: row["started_on"] < row["deadline"])
    assert merged.rows == mine
    assert merged.conflicts == [Conflict(Place("goals", "k1", "deadline"), "2026-12-01", "2026-06-01")]


def test_withheld_columns_are_taken_out_before():
    assert without(goals(), {"goals": ["why", "deadline"]}) == {"goals": {"k1": {"id": "k1", "title": "Learn to sail"}}}


def test_the_merged_row_has_the_earliest_creation_and_the_latest_change():
    mine = goals(created_at="2026-01-01T00:00:00Z", updated_at="2026-02-01T00:00:00Z")
    theirs = goals(created_at="2026-01-02T00:00:00Z", updated_at="2026-03-01T00:00:00Z")
    row = merge({}, mine, theirs).rows["goals"]["k1"]
    assert (row["created_at"], row["updated_at"]) == ("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z")


# -- what holds for all


@settings(max_examples=examples(60), deadline=None)
@given(states, states, states)
def test_nothing_written_on_either_side_is_lost(base, mine, theirs):
    merged = merge(base, mine, theirs, references=NAMES)
    stands, told = cells(merged.rows), {(conflict.place, conflict.theirs) for conflict in merged.conflicts}
    for side in (mine, theirs):
        for place, text in cells(side).items():
            if text != cells(base).get(place, ""):
                assert stands[place] == text or (place, text) in told


@settings(max_examples=examples(60), deadline=None)
@given(states, states, states)
def test_a_row_that_either_side_added_or_changed_is_there(base, mine, theirs):
    there = ids(merge(base, mine, theirs).rows)
    for side in (mine, theirs):
        changed = {(place.table, place.id) for place, text in cells(side).items() if text != cells(base).get(place, "")}
        added = ids(side) - ids(base)
        assert changed | added <= there


@settings(max_examples=examples(60), deadline=None)
@given(states, states, states)
def test_ones_own_value_stands_in_every_conflict(base, mine, theirs):
    merged = merge(base, mine, theirs)
    for conflict in merged.conflicts:
        assert cells(merged.rows)[conflict.place] == conflict.mine == cells(mine)[conflict.place]
        assert conflict.theirs == cells(theirs)[conflict.place] != conflict.mine


@settings(max_examples=examples(60), deadline=None)
@given(states, states, states)
def test_merging_the_same_again_changes_nothing(base, mine, theirs):
    once = merge(base, mine, theirs, references=NAMES)
    assert merge(once.common, once.rows, theirs, references=NAMES).rows == once.rows
    assert merge(base, once.rows, theirs, references=NAMES).rows == once.rows


@settings(max_examples=examples(60), deadline=None)
@given(states, states, states)
def test_it_does_not_matter_who_merges_whom_but_for_the_fields_in_conflict(base, mine, theirs):
    one, other = merge(base, mine, theirs, references=NAMES), merge(base, theirs, mine, references=NAMES)
    assert ids(one.rows) == ids(other.rows) and places(one) == places(other)
    assert {(each.place, each.mine, each.theirs) for each in one.conflicts} == {
        (each.place, each.theirs, each.mine) for each in other.conflicts
    }
    differing = {place for place, text in cells(one.rows).items() if cells(other.rows)[place] != text}
    assert differing == places(one)


@settings(max_examples=examples(60), deadline=None)
@given(states, states, states)
def test_two_sides_that_merged_each_other_hold_the_same_once_the_conflicts_are_decided(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    for conflict in one.conflicts:
        other.rows[conflict.place.table][conflict.place.id][conflict.place.column] = conflict.mine
    assert other.rows == one.rows


@settings(max_examples=examples(60), deadline=None)
@given(states, states)
def test_a_side_that_changed_nothing_takes_over_what_the_other_has(base, theirs):
    taken, left = merge(base, base, theirs), merge(base, theirs, base)
    assert cells(taken.rows) == cells(left.rows) == cells(theirs) and not taken.conflicts and not left.conflicts


@settings(max_examples=examples(60), deadline=None)
@given(states, states, states, st.sampled_from(["title", "why"]))
def test_a_withheld_column_is_never_taken_for_a_change(base, mine, theirs, name):
    seen = without(theirs, {"goals": [name]})
    merged = merge(base, mine, seen, partial=["goals"])
    for key, texts in mine["goals"].items():
        assert merged.rows["goals"][key][name] == texts[name]
    assert not any(place.column == name and place.table == "goals" for place in places(merged))


@settings(max_examples=examples(60), deadline=None)
@given(states, states, states)
def test_neither_side_nor_the_common_state_is_changed_by_it(base, mine, theirs):
    before = deepcopy((base, mine, theirs))
    merge(base, mine, theirs, references=NAMES)
    assert (base, mine, theirs) == before


@settings(max_examples=examples(60), deadline=None)
@given(states, states, states, states)
def test_three_machines_in_a_ring_end_with_the_rows_that_any_of_them_added(base, first, second, third):
    step = merge(base, merge(base, first, second).rows, third)
    other = merge(base, merge(base, third, second).rows, first)
    assert ids(first) - ids(base) <= ids(step.rows) & ids(other.rows)
