"""The store: checked, locked, journalled, swapped in whole; what happens outside is taken in; nothing is lost."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from boats import RECORDS, Boat, again, edit, path
from example_counts import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from careerkit.errors import CareerkitError, StaleRecord
from careerkit.store.store import Change, Store

# Where a process of its own finds this file and what it imports.
TESTS = [str(folder) for folder in Path(__file__).parents[:2]]


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path, RECORDS)


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no umask")
def test_a_new_file_is_closed_where_the_account_closes_its_files_and_one_that_was_closed_stays_so(store):
    before = os.umask(0o077)
    try:
        (boat,) = store.add_many("boats", [{"name": "Ada"}])
    finally:
        os.umask(before)
    assert stat.S_IMODE(path(store).stat().st_mode) == 0o600
    store.update("boats", boat, {"name": "Ada II"})
    assert stat.S_IMODE(path(store).stat().st_mode) == 0o600


def test_a_table_without_a_file_is_empty_and_typed(store):
    frame = store.read("boats")
    assert list(frame.columns) == list(Boat.fields) and frame.empty
    assert str(frame["length"].dtype) == "Float64" and str(frame["built_on"].dtype) == "datetime64[s]"


def test_reading_writes_nothing(store):
    store.read("boats"), store.check()
    assert list(store.folder.iterdir()) == []


def test_an_added_row_is_read_back_typed_with_id_times_and_defaults(store):
    (key,) = store.add_many("boats", [{"name": "Mira", "length": "7.5", "built_on": "1998-05-01"}])
    row = store.read("boats").iloc[0]
    assert (row["id"], row["length"], row["built_on"], row["kind"]) == (key, 7.5, pd.Timestamp("1998-05-01"), "sail")
    assert key[0] == "k" and row["created_at"] == row["updated_at"]


def test_a_csv_begins_with_a_mark_so_that_excel_reads_its_letters(store):
    store.add_many("boats", [{"name": "Ålesund"}])
    assert path(store).read_bytes().startswith(b"\xef\xbb\xbfid,")


def test_ids_sort_by_creation(store):
    ids = store.add_many("boats", [{"name": str(place)} for place in range(50)]) + store.add_many("boats", [{"name": "last"}])
    assert ids == sorted(set(ids))


def test_a_refused_save_names_every_wrong_field_and_stores_nothing(store):
    with pytest.raises(CareerkitError) as error:
        store.add_many("boats", [{"name": "Mira"}, {"length": -1, "kind": "steam"}])
    assert {problem.column for problem in error.value.problems} == {"name", "length", "kind"}
    assert store.read("boats").empty


def test_a_reference_must_lead_somewhere(store):
    with pytest.raises(CareerkitError, match="isn't in boats"):
        store.add_many("trips", [{"boat_id": "k0", "goal": "Island"}])


def test_several_tables_change_in_one_save_and_one_undo(store):
    (boat,) = store.add_many("boats", [{"name": "Mira"}])
    store.save([Change("boats", boat, {"length": 8}), Change("trips", None, {"boat_id": boat, "goal": "Island"})], "a trip")
    assert store.undo() == "Undone: a trip."
    assert store.read("trips").empty and pd.isna(store.read("boats")["length"].iloc[0])


def test_a_change_from_a_stale_copy_is_refused_with_both_texts(store):
    (key,) = store.add_many("boats", [{"name": "Mira"}])
    seen = store.read("boats").iloc[0]
    again(store).update("boats", key, {"name": "Mira II"})
    with pytest.raises(StaleRecord) as error:
        store.update("boats", key, {"name": "Mirabelle"}, seen=seen)
    assert (error.value.mine["name"], error.value.theirs["name"]) == ("Mirabelle", "Mira II")


def test_undo_takes_back_one_save_after_the_other(store):
    (key,) = store.add_many("boats", [{"name": "Mira"}])
    store.update("boats", key, {"name": "Nora"})
    store.delete("boats", key)
    for left in (["Nora"], ["Mira"], []):
        store.undo()
        assert list(store.read("boats")["name"]) == left
    with pytest.raises(CareerkitError, match="nothing to undo"):
        store.undo()


def test_undo_is_refused_when_the_row_has_changed_since(store):
    store.add_many("boats", [{"name": "Mira"}])
    edit(store, "Mira", "Nora")
    with pytest.raises(CareerkitError, match="cannot be undone"):
        store.undo()


def test_an_edit_made_outside_is_read_taken_in_and_remembered(store):
    (key,) = store.add_many("boats", [{"name": "Mira"}])
    edit(store, "Mira", "Nora")
    assert list(again(store).read("boats")["name"]) == ["Nora"]
    store.add_many("boats", [{"name": "Ida"}])
    assert list(store.read("boats")["name"]) == ["Nora", "Ida"]
    assert "outside" in set(store.history("boats", key)["source"])


def test_a_row_that_vanished_outside_stays_away_and_is_told(store):
    store.add_many("boats", [{"name": "Mira"}, {"name": "Nora"}])
    lines = path(store).read_bytes().splitlines(keepends=True)
    path(store).write_bytes(b"".join(line for line in lines if b"Mira" not in line))
    store.add_many("boats", [{"name": "Ida"}])
    assert list(store.read("boats")["name"]) == ["Nora", "Ida"]
    assert any("Mira is no longer in this file" in problem.message for problem in store.check())


def test_an_own_column_is_kept_word_for_word(store):
    (key,) = store.add_many("boats", [{"name": "Mira"}])
    text = path(store).read_bytes().decode("utf-8-sig").splitlines()
    path(store).write_text("\n".join([text[0] + ",harbour", text[1] + ",07"]) + "\n", encoding="utf-8-sig")
    store.update("boats", key, {"length": 6})
    assert "harbour" in path(store).read_text(encoding="utf-8-sig") and ",07" in path(store).read_text(encoding="utf-8-sig")


def test_a_cell_that_cannot_be_read_is_a_problem_with_its_place_and_the_row_stays(store):
    store.add_many("boats", [{"name": "Mira", "log": "two\nlines"}, {"name": "Nora", "kind": "row"}])
    edit(store, ",row,", ",steam,")
    (problem,) = store.problems()
    assert (problem.file, problem.line, problem.column, problem.value) == ("data/boats.csv", 4, "kind", "steam")
    assert list(store.read("boats")["name"]) == ["Mira"]
    store.add_many("boats", [{"name": "Ida"}])
    assert ",steam," in path(store).read_text(encoding="utf-8-sig")


def test_a_second_row_with_the_same_id_is_a_problem(store):
    store.add_many("boats", [{"name": "Mira"}])
    lines = path(store).read_bytes().splitlines(keepends=True)
    path(store).write_bytes(b"".join([*lines, lines[1].replace(b"Mira", b"Nora")]))
    assert [problem.line for problem in store.problems()] == [3]


def test_a_reference_that_leads_nowhere_is_found_by_check(store):
    (boat,) = store.add_many("boats", [{"name": "Mira"}])
    store.add_many("trips", [{"boat_id": boat, "goal": "Island"}])
    store.delete("boats", boat)
    assert [(problem.file, problem.column) for problem in store.check()] == [("data/trips.csv", "boat_id")]


def test_a_workbook_without_its_journal_opens_whole(store):
    store.add_many("boats", [{"name": "Mira"}])
    shutil.rmtree(store.folder / ".careerkit")
    assert list(again(store).read("boats")["name"]) == ["Mira"]
    again(store).add_many("boats", [{"name": "Nora"}])


def test_a_damaged_journal_is_set_aside_and_costs_undo_only(store):
    store.add_many("boats", [{"name": "Mira"}])
    (store.folder / ".careerkit" / "journal.sqlite3").write_bytes(b"not a database" * 99)
    again(store).add_many("boats", [{"name": "Nora"}])
    assert list(again(store).read("boats")["name"]) == ["Mira", "Nora"]


KILLED = """
import os, sys
sys.path[:0] = {tests!r}
from test_store import RECORDS, Store
store = Store({folder!r}, RECORDS)
real, left = os.{call}, {after}
def stop(*given, **named):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    return real(*given, **named)
os.{call} = stop
store.add_many("boats", [{{"name": "Nora"}}])
"""


@pytest.mark.parametrize(("call", "after"), [("replace", 0), ("fsync", 0), ("fsync", 1)])
def test_a_kill_in_the_middle_of_a_save_leaves_the_old_or_the_new_row_whole(store, call, after):
    store.add_many("boats", [{"name": "Mira"}])
    code = KILLED.format(tests=TESTS, folder=str(store.folder), call=call, after=after)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 9, done.stderr
    assert path(store).read_bytes().endswith(b"\n")
    # The save was journalled, so the next opening completes it.
    assert list(again(store).read("boats")["name"]) == ["Mira", "Nora"]
    again(store).add_many("boats", [{"name": "Ida"}])
    assert list(again(store).read("boats")["name"]) == ["Mira", "Nora", "Ida"]


ADDING = """
import sys
sys.path[:0] = {tests!r}
from test_store import RECORDS, Store
store = Store({folder!r}, RECORDS)
for place in range(40):
    store.add_many("boats", [{{"name": f"{who}-{{place}}"}}])
"""


def test_two_processes_that_add_at_once_lose_nothing(store):
    codes = [ADDING.format(tests=TESTS, folder=str(store.folder), who=who) for who in "ab"]
    running = [subprocess.Popen([sys.executable, "-c", code]) for code in codes]
    assert [process.wait(120) for process in running] == [0, 0]
    assert sorted(store.read("boats")["name"]) == sorted(f"{who}-{place}" for who in "ab" for place in range(40))


TEXTS = st.one_of(
    st.sampled_from(
        ["", "NA", "001", "=1+1", "a\rb", "a\nb", "a\r\nb", '"', "1E10", "None", "שלום", "🙂", "x" * 40_000, " spaced ", "a;b"]
    ),
    st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60),
)


@settings(max_examples=examples(60), deadline=None)
@given(text=TEXTS)
def test_text_is_read_back_to_the_character(tmp_path_factory, text):
    store = Store(tmp_path_factory.mktemp("text"), RECORDS)
    store.add_many("boats", [{"name": "Mira", "log": text}])
    assert again(store).read("boats")["log"].iloc[0] == text


ACTIONS = st.lists(st.tuples(st.sampled_from(["add", "update", "delete", "undo", "outside", "reopen"]), st.integers(0, 99)), max_size=14)


@settings(max_examples=examples(40), deadline=None)
@given(actions=ACTIONS)
def test_the_store_agrees_with_a_plain_dict(tmp_path_factory, actions):
    store = Store(tmp_path_factory.mktemp("model"), RECORDS)
    model: dict[str, str] = {}
    past: list[dict[str, str]] = []
    for action, number in actions:
        ids = list(model)
        key = ids[number % len(ids)] if ids else ""
        if action == "add":
            past.append(dict(model))
            (made,) = store.add_many("boats", [{"name": f"boat {number}"}])
            model[made] = f"boat {number}"
        elif action == "update" and ids:
            past.append(dict(model))
            store.update("boats", key, {"name": f"changed {number}"})
            model[key] = f"changed {number}"
        elif action == "delete" and ids:
            past.append(dict(model))
            store.delete("boats", key)
            del model[key]
        elif action == "undo" and past:
            store.undo()
            model = past.pop()
        elif action == "outside" and ids and len(set(model.values())) == len(model):
            edit(store, f",{model[key]},", f",outside {number} {len(past)},")
            model[key] = f"outside {number} {len(past)}"
            past.clear()
            break
        elif action == "reopen":
            store = again(store)
        assert dict(zip(store.read("boats")["id"], store.read("boats")["name"], strict=True)) == model
    assert dict(zip(again(store).read("boats")["id"], again(store).read("boats")["name"], strict=True)) == model
