"""The journal: undo of every kind of save, the history of a record, a bounded size, and what its loss costs."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from boats import again, all_bytes, edit, fleet, names, path, rows, take_out, text, write
from command_line import run_in
from example_counts import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from careerkit.errors import CareerkitError
from careerkit.store import restoration
from careerkit.store.files import table_file
from careerkit.store.history import journal as journal_module
from careerkit.store.history.changed_rows import RowChange
from careerkit.store.history.compaction import CHANGES_OF_A_ROW, OLD
from careerkit.store.history.journal import Journal
from careerkit.store.history.schema import VERSION
from careerkit.store.repair import Repair
from careerkit.store.store import Change, Store


@pytest.fixture
def store(tmp_path) -> Store:
    return fleet(tmp_path, "Mira", "Nora", "Ida")


def journal_file(store: Store) -> Path:
    return store.folder / ".careerkit" / "journal.sqlite3"


def mira(store: Store) -> str:
    return next(iter(rows(store)))


# -- undo


def every_kind(store: Store) -> list[str]:
    """Make a save of every kind and return what undo shall call them, the latest first."""
    key, day = mira(store), store.workspace.backups.names()[0]
    store.update("boats", key, {"length": 8})
    store.save([Change("boats", None, {"name": "Asa"}), Change("boats", None, {"name": "Embla"})], "2 new boats", "import")
    store.save([Change("boats", key, {"length": 9})], "merged 1 row", "merge")
    take_out(store, "Nora")
    restoration.answer_vanished(store)
    restoration.restore(store, day)
    write(store, text(store) + "kgro,Gro,,,steam,,,,\n")
    Repair(store).carry_out()
    return [
        "Undone: repaired data/boats.csv.",
        f"Undone: restored all tables from the backup {day}.",
        "Undone: put back 1 row that had vanished.",
        "Undone: merged 1 row.",
        "Undone: 2 new boats.",
        "Undone: changed Mira in boats.",
    ]


def test_undo_goes_back_save_by_save_across_every_kind(store):
    said = every_kind(store)
    assert [store.undo() for _ in said[:2]] == said[:2]
    assert [again(store).undo() for _ in said[2:]] == said[2:]
    assert dict(zip(names(store), store.read("boats")["length"].isna(), strict=True))["Mira"]


def test_no_save_is_undone_twice(store):
    store.add_many("boats", [{"name": "Asa"}])
    told = [store.undo(), store.undo()]
    assert told == ["Undone: added Asa to boats.", "Undone: added 3 rows to boats."] and names(store) == []
    for _ in range(2):
        with pytest.raises(CareerkitError, match="There is nothing to undo"):
            store.undo()
    store.add_many("boats", [{"name": "Embla"}])
    assert store.undo() == "Undone: added Embla to boats."
    with pytest.raises(CareerkitError, match="There is nothing to undo"):
        store.undo()


def test_an_undo_that_could_not_be_written_may_be_tried_again(store, monkeypatch):
    store.add_many("boats", [{"name": "Asa"}])

    def full(table: str, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.data, "replace", full)
    with pytest.raises(CareerkitError, match="No space left on device"):
        store.undo()
    monkeypatch.undo()
    assert store.undo() == "Undone: added Asa to boats." and names(store) == ["Mira", "Nora", "Ida"]


UNDOING = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from boats import opened
from careerkit.errors import CareerkitError
try:
    print(opened(Path({folder!r})).undo())
except CareerkitError as error:
    print(error)
"""


def test_two_processes_that_undo_at_once_take_back_different_saves(store):
    for name in ("Asa", "Embla", "Freya"):
        store.add_many("boats", [{"name": name}])
    code = UNDOING.format(tests=str(Path(__file__).parents[2]), folder=str(store.folder))
    running = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = sorted(process.communicate(timeout=120)[0].strip() for process in running)
    assert said == ["Undone: added Embla to boats.", "Undone: added Freya to boats."] and names(store)[3:] == ["Asa"]


KILLED_IN_UNDO = """
import os, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from boats import opened
store = opened(Path({folder!r}))
os.replace = lambda *given: os._exit(9)
store.undo()
"""


def test_the_undo_of_a_repair_that_was_killed_is_completed_to_the_byte(store):
    write(store, text(store) + "kgro,Gro,,,steam,,,,\n" + text(store).splitlines()[1].replace(",Mira,", ",Asa,") + "\n")
    before = path(store).read_bytes()
    Repair(store).carry_out()
    code = KILLED_IN_UNDO.format(tests=str(Path(__file__).parents[2]), folder=str(store.folder))
    assert subprocess.run([sys.executable, "-c", code]).returncode == 9 and path(store).read_bytes() != before
    again(store)
    assert path(store).read_bytes() == before


# -- history


def test_history_tells_what_changed_when_and_by_what(store):
    key = mira(store)
    store.update("boats", key, {"length": 8})
    edit(store, ",Mira,8,", ",Mira,9,")
    store.add_many("boats", [{"name": "Asa"}])
    known = store.history("boats", key)
    lengths = known[known["column"] == "length"]
    assert [tuple(row) for row in lengths[["source", "before", "after"]].values] == [("own", "", "8"), ("outside", "8", "9")]
    assert known["at"].is_monotonic_increasing


def test_each_kind_of_save_is_called_by_its_name(store):
    every_kind(store)
    store.undo()
    assert {"own", "import", "merge", "outside", "restore", "repair", "undo"} == set(store.saves(99)["source"])


def test_the_saves_are_listed_the_latest_first_and_undone_ones_are_marked(store):
    store.add_many("boats", [{"name": "Asa"}])
    store.undo()
    listed = store.saves()
    assert list(listed["what"]) == ["undid: added Asa to boats", "added Asa to boats", "added 3 rows to boats"]
    assert list(listed["undone"]) == [False, True, False]


def test_a_row_that_is_gone_still_has_its_history(store):
    key = mira(store)
    store.delete("boats", key)
    assert "Mira" in set(store.history("boats", key)["before"])


# -- a bounded size


def later(store: Store, days: float) -> None:
    moment = store.now() + dt.timedelta(days=days)
    store.now = lambda: moment


def grow(store: Store, saves: int, days: float) -> None:
    """Save each boat that many times, so many days apart: in the journal as saves would, in the file at the end."""
    with Journal.open(journal_file(store)) as journal:
        for number in range(saves):
            later(store, days)
            for key, texts in journal.rows("boats").items():
                after = {**texts, "log": f"{number} " + "word " * 60}
                journal.record("own", f"changed {key}", [RowChange("boats", key, texts, after)], store.now(), applied=True)
        standing = list(journal.rows("boats").values())
        content = table_file.encode(table_file.Sheet(list(standing[0]), [list(row.values()) for row in standing], []))
        path(store).write_bytes(content)
        journal.note("boats", table_file.digest(content), ours=True)


def changes(store: Store) -> int:
    with Journal.open(journal_file(store)) as journal:
        return journal.connection.execute("SELECT count(*) FROM changes").fetchone()[0]


def compacted(store: Store) -> None:
    with Journal.open(journal_file(store)) as journal:
        journal.drop(journal.old_changes(store.now() - OLD, CHANGES_OF_A_ROW), pages=500)


def test_years_of_saves_keep_the_journal_at_one_size(store):
    sizes = []
    for _ in range(6):
        grow(store, saves=800, days=1)
        compacted(store)
        sizes.append(journal_file(store).stat().st_size)
    assert max(sizes[2:]) <= 1.05 * sizes[1]
    assert changes(store) <= 3 * (400 + CHANGES_OF_A_ROW + 1) + 200


def test_undo_and_history_still_work_after_compaction(store):
    key = mira(store)
    first = rows(store)[key]
    grow(store, saves=300, days=3)
    store.update("boats", key, {"log": "the present"})
    compacted(store)
    known = store.history("boats", key)
    logs = list(known[known["column"] == "log"]["after"])
    assert known["after"].iloc[0] == first["id"] and logs[-1] == "the present" and len(logs) > CHANGES_OF_A_ROW
    assert store.undo() == "Undone: changed Mira in boats." and rows(store)[key]["log"].startswith("299 word")


def test_the_last_200_saves_can_be_undone_however_old_and_none_before(tmp_path):
    store = fleet(tmp_path, "Mira")
    key = mira(store)
    grow(store, saves=230, days=10)
    compacted(store)
    for _ in range(200):
        store.undo()
    with pytest.raises(CareerkitError, match="There is nothing to undo"):
        store.undo()
    assert rows(store)[key]["log"].startswith("29 word")


def test_the_mirror_of_the_rows_stays_so_that_vanished_rows_are_noticed(store):
    later(store, 500)
    store.update("boats", mira(store), {"length": 8})
    compacted(store)
    take_out(store, "Ida")
    assert list(restoration.vanished(store)["what"]) == ["Ida"]


def test_compaction_comes_by_itself_after_a_save_once_a_day(store):
    grow(store, saves=300, days=2)
    before = changes(store)
    store.add_many("boats", [{"name": "Asa"}])
    store.workspace.compaction.running.join(60)
    after = changes(store)
    assert after < before and names(store)[-1] == "Asa"
    thread = store.workspace.compaction.running
    store.add_many("boats", [{"name": "Embla"}])
    again(store).add_many("boats", [{"name": "Freya"}])
    assert store.workspace.compaction.running is thread and changes(store) == after + 2


def test_room_goes_back_to_the_disk(store):
    grow(store, saves=900, days=2)
    before = journal_file(store).stat().st_size
    compacted(store)
    assert journal_file(store).stat().st_size < before / 2


@settings(max_examples=examples(25), deadline=None)
@given(gaps=st.lists(st.integers(0, 120), min_size=1, max_size=90))
def test_compaction_keeps_the_first_text_the_last_twenty_and_all_that_is_young(tmp_path_factory, gaps):
    store = fleet(tmp_path_factory.mktemp("compact"), "Mira")
    key = mira(store)
    with Journal.open(journal_file(store)) as journal:
        for number, gap in enumerate(gaps):
            later(store, gap)
            texts = journal.row("boats", key)
            journal.record("own", "one", [RowChange("boats", key, texts, {**texts, "log": str(number)})], store.now(), applied=True)
        for _ in range(201):
            # Saves of another row use up the undo steps, so that age and count alone decide.
            journal.record("own", "another", [RowChange("boats", "kother", None, {"id": "kother"})], store.now(), applied=True)
    before = store.history("boats", key)
    compacted(store)
    after = store.history("boats", key)
    logs = list(before[before["column"] == "log"]["after"])
    young = [
        log for log, at in zip(logs, before[before["column"] == "log"]["at"], strict=True) if at >= store.now() - dt.timedelta(days=400)
    ]
    kept = set(after[after["column"] == "log"]["after"])
    assert set(logs[-CHANGES_OF_A_ROW:]) | set(young) <= kept
    assert after["after"].iloc[0] == key and len(kept) <= max(CHANGES_OF_A_ROW, len(young)) + 1


# -- lost and damaged

DAMAGE = {
    "deleted": lambda data: None,
    "emptied": lambda data: b"",
    "zeros": lambda data: bytes(len(data)),
    "half": lambda data: data[: len(data) // 2],
    "another file": lambda data: b"PK\x03\x04 a spreadsheet" * 99,
    "garbage in the middle": lambda data: data[:4096] + b"\xa5garbage" * ((len(data) - 4096) // 8),
    "garbage in the head": lambda data: data[:30] + b"\xff" * 70 + data[100:],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_lost_or_damaged_journal_costs_undo_and_history_only(store, damage):
    whole = rows(store)
    ruin(store, damage)
    store = again(store)
    assert rows(store) == whole and names(store) == ["Mira", "Nora", "Ida"]
    assert [problem.file for problem in store.check()] == [".careerkit/journal.sqlite3"]
    store.add_many("boats", [{"name": "Asa"}])
    store.update("boats", mira(store), {"length": 8})
    assert names(again(store)) == ["Mira", "Nora", "Ida", "Asa"]
    (told,) = again(store).check()
    assert "undo and history start over. Your records are complete." in told.message
    assert store.undo() == "Undone: changed Mira in boats."


@pytest.mark.parametrize("damage", DAMAGE)
def test_undo_and_history_of_a_damaged_journal_fail_in_a_sentence_or_find_nothing(store, damage):
    key = mira(store)
    ruin(store, damage)
    for ask in (lambda: again(store).undo(), lambda: again(store).history("boats", key), lambda: again(store).saves()):
        try:
            assert not len(ask())
        except CareerkitError as error:
            assert "undo and history are lost" in str(error) or "There is nothing to undo" in str(error)
    assert names(store) == ["Mira", "Nora", "Ida"]


def ruin(store: Store, damage: str) -> None:
    data = DAMAGE[damage](journal_file(store).read_bytes())
    journal_file(store).unlink() if data is None else journal_file(store).write_bytes(data)


@settings(max_examples=examples(25), deadline=None)
@example(start=0.039172662206068194, size=442, seed=114)
@given(start=st.floats(0, 1), size=st.integers(1, 3000), seed=st.integers(0, 255))
def test_garbage_anywhere_in_the_journal_never_costs_a_record(tmp_path_factory, start, size, seed):
    store = fleet(tmp_path_factory.mktemp("garbage"), "Mira", "Nora", "Ida")
    data = bytearray(journal_file(store).read_bytes())
    place = int(start * (len(data) - 1))
    data[place : place + size] = bytes((seed + 7 * number) % 256 for number in range(len(data[place : place + size])))
    journal_file(store).write_bytes(data)
    store = again(store)
    assert names(store) == ["Mira", "Nora", "Ida"]
    store.check()
    store.add_many("boats", [{"name": "Asa"}])
    store.add_many("boats", [{"name": "Embla"}])
    assert names(again(store)) == ["Mira", "Nora", "Ida", "Asa", "Embla"]


def test_the_damaged_journal_itself_is_kept(store):
    journal_file(store).write_bytes(b"not a database" * 99)
    store.add_many("boats", [{"name": "Asa"}])
    (kept,) = journal_file(store).parent.glob("journal.sqlite3.damaged-*")
    assert kept.read_bytes() == b"not a database" * 99


def test_a_journal_of_a_later_version_is_kept_as_it_is_and_the_save_works(store):
    with sqlite3.connect(journal_file(store)) as connection:
        connection.execute(f"PRAGMA user_version={VERSION + 1}")
    later_one = journal_file(store).read_bytes()
    store = again(store)
    assert "A newer careerkit wrote this file" in store.check()[0].message
    with pytest.raises(CareerkitError, match="Update careerkit"):
        store.undo()
    assert journal_file(store).read_bytes() == later_one
    store.add_many("boats", [{"name": "Asa"}])
    (kept,) = journal_file(store).parent.glob("journal.sqlite3.newer-*")
    assert kept.read_bytes() == later_one and names(store)[-1] == "Asa"


def test_while_another_program_holds_the_journal_the_save_works_and_is_taken_in_later(store, monkeypatch):
    monkeypatch.setattr(journal_module, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(journal_module, "GLANCE_SECONDS", 0.1)
    holder = sqlite3.connect(journal_file(store), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    store = again(store)
    (problem,) = store.check()
    assert "can't be read now" in problem.message and "Your records are complete" in problem.message
    store.add_many("boats", [{"name": "Asa"}])
    store.update("boats", mira(store), {"length": 8})
    with pytest.raises(CareerkitError, match=r"Another program is using .careerkit/journal.sqlite3"):
        store.undo()
    holder.execute("ROLLBACK")
    holder.close()
    assert names(again(store)) == ["Mira", "Nora", "Ida", "Asa"] and store.check() == []
    store.add_many("boats", [{"name": "Embla"}])
    assert set(store.history("boats", mira(store))["source"]) == {"own", "outside"}


def test_while_another_program_holds_the_journal_a_save_of_several_tables_is_refused_whole(store, monkeypatch):
    monkeypatch.setattr(journal_module, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(journal_module, "GLANCE_SECONDS", 0.1)
    holder = sqlite3.connect(journal_file(store), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    both = [Change("boats", None, {"name": "Asa"}), Change("trips", None, {"goal": "Island"})]
    before = all_bytes(store.folder / "data")
    with pytest.raises(CareerkitError, match=r"Another program is using .*journal.sqlite3.*nothing was saved"):
        store.save(both, "both")
    assert all_bytes(store.folder / "data") == before
    holder.close()
    store.save(both, "both")
    assert len(store.read("trips")) == 1


# -- the commands


def test_history_prints_a_line_for_each_cell(book):
    key = book.add("goals", title="Learn to sail")
    book.update("goals", key, title="Learn to sail well")
    code, out, _ = run_in(book, "history", "goals", key)
    assert code == 0 and "own      title: Learn to sail → Learn to sail well" in out
    told = json.loads(run_in(book, "history", "goals", key, "--json")[1])
    assert told[-2]["column"] in ("title", "updated_at") and {"at", "source", "what", "column", "before", "after"} == set(told[0])
    assert told[0]["at"].endswith("Z")


def test_history_alone_lists_the_last_saves(book):
    book.add("goals", title="Learn to sail")
    book.undo()
    code, out, _ = run_in(book, "history")
    assert code == 0 and "undid: added Learn to sail to goals" in out and "added Learn to sail to goals (undone)" in out
    assert [row["undone"] for row in json.loads(run_in(book, "history", "--json")[1])] == [False, True]


def test_history_of_an_unknown_id_is_a_sentence(book):
    code, _, err = run_in(book, "history", "goals", "knobody")
    assert code == 1 and err.startswith("There is no record 'knobody' in goals") and err.count("\n") == 1


def test_history_of_an_unknown_table_names_those_there_are(book):
    code, _, err = run_in(book, "history", "goal", "knobody")
    assert code == 1 and "There is no table 'goal'" in err


def test_history_of_a_row_never_seen_says_so(book):
    (book.folder / "data" / "goals.csv").write_text("id,title\nkone,Learn to sail\n")
    assert run_in(book, "history", "goals", "kone") == (0, "This machine knows of no changes to it.\n", "")


def test_without_saves_history_says_so(book):
    assert run_in(book, "history") == (0, "This machine knows of no saves.\n", "")
    assert run_in(book, "history", "goals")[0] == 2


def test_an_import_is_called_so_and_undone(book, tmp_path):
    file = tmp_path / "Connections.csv"
    file.write_text("First Name,Last Name,URL,Email Address,Company,Position,Connected On\nMaya,Lindt,,,Nordwind,Analyst,12 Mar 2024\n")
    book.import_file("linkedin", file)
    assert list(book.history()["source"]) == ["import"]
    book.undo()
    assert book.read("contacts").empty
