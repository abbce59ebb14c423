"""check --repair: it says what it will do, keeps a backup, does only that, and a second repair does nothing."""

from __future__ import annotations

import os
import sqlite3
import time
import zipfile
from pathlib import Path

import pytest
from boats import RECORDS, again, all_bytes, edit, fleet, lines, names, opened, path, rows, set_aside, text, write
from command_line import run_in
from example_counts import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from careerkit import Workbook
from careerkit.errors import CareerkitError
from careerkit.sharing import pending
from careerkit.store import restoration
from careerkit.store.merging.sync_copies import conflict_copies
from careerkit.store.repair import Repair
from careerkit.store.store import Store


@pytest.fixture
def store(tmp_path) -> Store:
    return fleet(tmp_path, "Mira", "Nora", "Ida")


def repair(store: Store) -> list[str]:
    return Repair(store).carry_out()[0]


def beside(store: Store, name: str, content: str) -> Path:
    file = store.folder / "data" / name
    file.write_bytes(content.encode("utf-8-sig"))
    return file


def key_of(store: Store, name: str) -> str:
    return next(key for key, row in rows(store).items() if row["name"] == name)


# -- what it says, and that it does nothing else


def test_where_nothing_is_wrong_there_is_nothing_to_do(store):
    before = all_bytes(store.folder)
    assert Repair(store).plan() == [] and all_bytes(store.folder) == before


def test_a_plan_changes_nothing(store):
    damage(store)
    before = all_bytes(store.folder)
    assert len(Repair(store).plan()) >= 5
    assert {name: data for name, data in all_bytes(store.folder).items() if name in before} == before


def test_what_was_planned_is_what_was_done(store):
    damage(store)
    plan = Repair(store).plan()
    assert repair(store) == plan


def test_a_second_repair_does_nothing(store):
    damage(store)
    repair(store)
    before = all_bytes(store.folder / "data")
    assert repair(again(store)) == [] and all_bytes(store.folder / "data") == before


def test_only_what_was_named_is_touched(store):
    store.add_many("trips", [{"goal": "Island", "boat_id": key_of(store, "Mira")}])
    kept = beside(store, "notes.txt", "mine")
    letter = store.folder / "letter.txt"
    letter.write_text("mine too")
    write(store, text(store) + "kasa,Asa,,,steam,,,,\n")
    before = all_bytes(store.folder)
    repair(store)
    after = all_bytes(store.folder)
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {"data/boats.csv", ".careerkit/journal.sqlite3"}
    assert after["data/boats.csv"] == before["data/boats.csv"].replace(b"kasa,Asa,,,steam,,,,\n", b"")
    new = {name.split("/")[1] for name in after.keys() - before.keys()}
    assert new == {"set_aside", "backups"} and kept.exists() and letter.exists()


def test_other_cells_of_a_repaired_file_stay_word_for_word(store):
    edit(store, lines(store)[0], lines(store)[0].replace("\n", ",harbour\n"))
    write(store, "".join([lines(store)[0], *(line.replace("\n", f",007{place}\n") for place, line in enumerate(lines(store)[1:]))]))
    write(store, text(store) + lines(store)[1].replace(",Mira,", ",Asa,"))
    before = lines(store)
    repair(store)
    assert lines(store)[:4] == before[:4] and lines(store)[4].split(",")[1:] == before[4].split(",")[1:]


def test_a_backup_is_kept_of_what_stood_before(store):
    write(store, text(store) + "kasa,Asa,,,steam,,,,\n")
    before = path(store).read_bytes()
    _, name = Repair(store).carry_out()
    assert name.endswith("-before-repair")
    with zipfile.ZipFile(store.folder / ".careerkit" / "backups" / f"{name}.zip") as bundle:
        assert bundle.read("data/boats.csv") == before


def test_without_a_backup_nothing_is_repaired(store):
    write(store, text(store) + "kasa,Asa,,,steam,,,,\n")
    before = path(store).read_bytes()
    backups = store.folder / ".careerkit" / "backups"
    for file in backups.iterdir():
        file.unlink()
    backups.rmdir()
    backups.write_text("in the way")
    with pytest.raises(CareerkitError, match=r"The backup before the repair could not be written: .*Nothing was changed"):
        repair(store)
    assert path(store).read_bytes() == before


def damage(store: Store) -> None:
    """Do to boats what wants every kind of repair."""
    first = lines(store)[1]
    copy = text(store).replace(",Nora,", ",Nora II,")
    beside(store, "boats (1).csv", copy + "kcopy,Embla,,,sail,,false,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z\n")
    write(store, text(store) + first.replace(",Mira,", ",Asa,") + ",Freya,,,row,,,,\n" + "kbad,Gro,,,steam,,,,\n" + "kcut,Hel\n")


# -- rows


def test_a_row_without_an_id_gets_one_and_its_times(store):
    write(store, text(store) + ",Asa,,,row,,,,\n")
    assert Repair(store).plan() == [
        "data/boats.csv: 1 row without an id gets one.",
        "data/boats.csv: 1 row without a time of creation gets one.",
    ]
    repair(store)
    asa = rows(store)[key_of(store, "Asa")]
    assert asa["id"] and asa["created_at"] and asa["updated_at"] and asa["kind"] == "row"


def test_a_second_row_with_an_id_gets_another(store):
    mira = key_of(store, "Mira")
    write(store, text(store) + lines(store)[1].replace(",Mira,", ",Asa,"))
    (line,) = Repair(store).plan()
    assert line.startswith("data/boats.csv, line 5: the row gets an id of its own")
    repair(store)
    assert names(store) == ["Mira", "Nora", "Ida", "Asa"] and rows(store)[mira]["name"] == "Mira" and store.check() == []


def test_a_row_that_cannot_be_read_is_moved_out_word_for_word(store):
    raw = 'kbad,"Gro, the old",,,steam,"one\ntwo",,,'
    write(store, text(store) + raw + "\n")
    (line,) = Repair(store).plan()
    assert "line 5: the row goes to .careerkit/set_aside/boats.csv" in line and "steam" in line
    repair(store)
    assert [row["row"] for row in set_aside(store)] == [raw]
    assert names(store) == ["Mira", "Nora", "Ida"] and store.problems() == []


def test_of_a_row_that_is_moved_out_the_last_text_that_could_be_read_is_offered_back(store):
    nora = rows(store)[key_of(store, "Nora")]
    edit(store, ",Nora,,,sail,", ",Nora,,,steam,")
    store.add_many("boats", [{"name": "Asa"}])
    repair(store)
    assert "Nora" not in names(store) and list(restoration.vanished(store)["what"]) == ["Nora"]
    restoration.answer_vanished(store)
    assert rows(store)[nora["id"]] == nora


def test_rows_that_vanished_are_left_for_their_answer(store):
    write(store, "".join(line for line in lines(store) if ",Nora," not in line) + "kbad,Gro,,,steam,,,,\n")
    repair(store)
    assert "Nora" not in names(store) and "Nora" in list(restoration.vanished(store)["what"])


def test_a_file_of_which_nothing_can_be_read_is_left_as_it_is(store):
    path(store).write_bytes(b"<!doctype html><p>Sign in")
    assert repair(store) == [] and path(store).read_bytes() == b"<!doctype html><p>Sign in"


# -- form


def test_separators_letters_and_line_ends_come_back_into_form(store):
    store.update("boats", key_of(store, "Nora"), {"log": "Ålesund, and back"})
    before = rows(store)
    sheet = "\r\n".join(";".join(row) for row in [list(next(iter(before.values()))), *(list(row.values()) for row in before.values())])
    path(store).write_bytes((sheet + "\r\n").encode("cp1252"))
    plan = Repair(store).plan()
    assert "data/boats.csv: it is rewritten in careerkit's own format." in plan
    repair(store)
    assert rows(store) == before and path(store).read_bytes().startswith(b"\xef\xbb\xbfid,name,") and b"\r" not in path(store).read_bytes()


def test_letters_that_nothing_explains_are_asked_about_and_left(tmp_path):
    store = opened(tmp_path)
    (tmp_path / "data").mkdir()
    path(store).write_bytes("id,name\nkone,Ålesund\n".encode("cp1252"))
    before = path(store).read_bytes()
    assert not any("written anew" in line for line in Repair(store).plan())
    assert path(store).read_bytes() == before


# -- undo


def test_a_repair_is_undone_to_the_byte(store):
    damage(store)
    before = path(store).read_bytes()
    repair(store)
    assert store.undo() == "Undone: repaired data/boats.csv."
    assert path(store).read_bytes() == before and sorted(names(again(store))) == sorted(names(store))


def test_a_repair_whose_file_changed_since_says_where_the_files_of_before_are(store):
    damage(store)
    repair(store)
    edit(store, ",Ida,", ",Ida II,")
    with pytest.raises(
        CareerkitError, match=r"cannot be undone: repaired data/boats.csv. data/boats.csv has changed since. careerkit restore"
    ):
        store.undo()


def test_saves_before_and_after_a_repair_are_undone_one_after_the_other(store):
    write(store, text(store) + lines(store)[1].replace(",Mira,", ",Asa,"))
    damaged = path(store).read_bytes()
    repair(store)
    store.add_many("boats", [{"name": "Embla"}])
    assert [store.undo(), store.undo()] == ["Undone: added Embla to boats.", "Undone: repaired data/boats.csv."]
    assert path(store).read_bytes() == damaged


# -- copies that a sync client left


NAMES = """
    boats (conflicted copy 2026-03-04).csv
    boats (Maya's conflicted copy 2026-03-04).csv
    boats (Maya's conflicted copy 2026-03-04 (1)).csv
    boats (in Konflikt stehende Kopie von Maya 2026-03-04).csv
    boats-DESKTOP-1.csv
    boats-Mayas-MacBook-Pro.csv
    boats (1).csv
    boats.sync-conflict-20260304-101010-ABCDEFG.csv
    boats 2.csv
    boats (SFConflict maya@example.org 2026-03-04-10-10-10).csv
    boats_conflict-20260304-101010.csv
    boats.Conflict.csv
    """.strip().split("\n    ")


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_known_by_its_name(store, name):
    beside(store, name, text(store))
    (problem,) = store.check()
    assert (
        problem.file == f"data/{name}"
        and "copy of data/boats.csv that a sync client left" in problem.message
        and "--repair" in problem.remedy
    )


@pytest.mark.parametrize(
    "name", ["boats-2025.csv", "boats old.csv", "boats (mine).csv", "boatsheds.csv", "harbours (1).csv", "boats (1).txt", "boats-old.csv"]
)
def test_a_file_of_ones_own_is_no_copy(name):
    assert conflict_copies([name], RECORDS) == []


def test_the_longer_table_name_is_meant():
    assert conflict_copies(["goal_changes (1).csv"], ["goal", "goal_changes"])[0].table == "goal_changes"


def test_rows_only_in_a_copy_are_added_and_the_copy_is_put_aside(store):
    content = text(store) + "kasa,Asa,,,row,,false,2026-03-04T10:00:00Z,2026-03-04T10:00:00Z\n"
    file = beside(store, NAMES[0], content)
    repair(store)
    assert names(store) == ["Mira", "Nora", "Ida", "Asa"] and not file.exists() and store.check() == []
    assert (store.folder / ".careerkit" / "set_aside" / NAMES[0]).read_bytes() == content.encode("utf-8-sig")


def test_of_two_texts_the_later_stands_and_history_keeps_the_other(store):
    mira, nora = key_of(store, "Mira"), key_of(store, "Nora")
    ahead, behind = lines(store)[1].replace(",Mira,", ",Mira later,"), lines(store)[2].replace(",Nora,", ",Nora earlier,")
    beside(store, NAMES[0], lines(store)[0] + ahead[:-21] + "2099-01-01T00:00:00Z\n" + behind[:-21] + "2001-01-01T00:00:00Z\n")
    repair(store)
    assert (rows(store)[mira]["name"], rows(store)[nora]["name"]) == ("Mira later", "Nora")
    assert "Mira" in set(store.history("boats", mira)["before"])
    past = store.history("boats", nora)
    assert "Nora earlier" in set(past[past["source"] == "outside"]["after"])


def cell(store: Store, boat: str, **changed: str) -> str:
    """Return the file as another machine would write it that changed one row."""
    header = lines(store)[0].rstrip("\n").lstrip("\ufeff").split(",")
    told = []
    for line in lines(store)[1:]:
        cells = line.rstrip("\n").split(",")
        if cells[header.index("name")] == boat:
            for column, text_ in changed.items():
                cells[header.index(column)] = text_
        told.append(",".join(cells) + "\n")
    return lines(store)[0] + "".join(told)


@pytest.mark.parametrize("swapped", [False, True])
def test_of_one_row_changed_on_two_machines_both_changes_stand(store, swapped):
    """Whichever of the two files the sync client left in the table's place."""
    mira = key_of(store, "Mira")
    there = cell(store, "Mira", kind="row", updated_at="2099-01-01T00:00:00Z")
    store.update("boats", mira, {"length": 9.5})
    if swapped:
        here, there = text(store), there
        write(store, there)
        there = here
    beside(store, NAMES[0], there)
    repair(store)
    assert (rows(store)[mira]["kind"], rows(store)[mira]["length"]) == ("row", "9.5")
    assert pending.waiting(store) == []


def with_a_name_changed_in_both(store: Store) -> str:
    """Put a copy beside in which a boat was renamed that was renamed here as well, and return the boat's id."""
    mira = key_of(store, "Mira")
    there = cell(store, "Mira", name="Mira II", updated_at="2099-01-01T00:00:00Z")
    store.update("boats", mira, {"name": "Mira the first"})
    beside(store, NAMES[0], there)
    return mira


def test_the_same_field_changed_on_two_machines_waits_for_a_decision_and_nothing_is_lost(store):
    mira = with_a_name_changed_in_both(store)
    assert any("1 field was changed in both" in line for line in repair(store))
    assert rows(store)[mira]["name"] == "Mira the first" and "Mira II" in set(store.history("boats", mira)["after"])
    (one,) = pending.waiting(store)
    assert (one["id"], one["column"], one["mine"], one["theirs"]) == (mira, "name", "Mira the first", "Mira II")
    pending.keep_mine(store, "boats", mira, "name")
    assert pending.waiting(store) == []


def test_to_take_the_other_text_the_record_is_changed_to_it(store):
    mira = with_a_name_changed_in_both(store)
    repair(store)
    store.update("boats", mira, {"name": "Mira II"})
    assert pending.waiting(store) == []


def test_the_same_copy_again_changes_nothing(store):
    mira = key_of(store, "Mira")
    there = cell(store, "Mira", kind="row", name="Mira II", updated_at="2099-01-01T00:00:00Z")
    store.update("boats", mira, {"length": 9.5, "name": "Mira the first"})
    beside(store, NAMES[0], there)
    repair(store)
    before, met = path(store).read_bytes(), pending.waiting(store)
    beside(store, NAMES[0], there)
    repair(store)
    assert path(store).read_bytes() == before and pending.waiting(store) == met


def test_a_copy_that_lags_behind_takes_no_change_back(store):
    mira, old = key_of(store, "Mira"), text(store)
    store.update("boats", mira, {"length": 9.5})
    store.update("boats", mira, {"kind": "row"})
    beside(store, NAMES[0], old)
    repair(store)
    assert (rows(store)[mira]["kind"], rows(store)[mira]["length"]) == ("row", "9.5") and pending.waiting(store) == []


def test_a_copy_deletes_nothing(store):
    beside(store, NAMES[0], "".join(lines(store)[:2]))
    repair(store)
    assert names(store) == ["Mira", "Nora", "Ida"]


def test_a_copy_with_nothing_new_changes_no_byte_of_the_table(store):
    beside(store, NAMES[0], text(store))
    before = path(store).read_bytes()
    (line,) = repair(store)
    assert "holds nothing new" in line and path(store).read_bytes() == before


def test_a_row_deleted_here_does_not_come_back_from_a_copy_that_lags_behind(store):
    old = text(store)
    store.delete("boats", key_of(store, "Nora"))
    beside(store, NAMES[0], old)
    repair(store)
    assert names(store) == ["Mira", "Ida"]


def test_a_row_deleted_here_and_changed_there_comes_back(store):
    old = text(store)
    store.delete("boats", key_of(store, "Nora"))
    beside(store, NAMES[0], old.replace(",Nora,", ",Nora changed,"))
    repair(store)
    assert "Nora changed" in names(store)


def test_when_a_client_swapped_the_files_both_sides_rows_are_there_afterwards(store):
    ours = text(store)
    theirs = "".join(lines(store)[:2]) + "kasa,Asa,,,row,,false,2026-03-04T10:00:00Z,2026-03-04T10:00:00Z\n"
    write(store, theirs)
    beside(store, NAMES[0], ours)
    store.add_many("boats", [{"name": "Embla"}])
    repair(store)
    assert sorted(names(store)) == ["Asa", "Embla", "Ida", "Mira", "Nora"] and store.check() == []


def test_several_copies_are_one_save_and_one_undo_step(store):
    for place, name in enumerate(NAMES[:3]):
        beside(store, name, text(store) + f"kcopy{place},Copy {place},,,row,,false,2026-03-04T10:00:00Z,2026-03-04T10:00:00Z\n")
    repair(store)
    assert len(names(store)) == 6
    store.undo()
    assert names(store) == ["Mira", "Nora", "Ida"]


def test_rows_of_a_copy_that_cannot_be_read_stay_in_it_and_are_counted(store):
    beside(store, NAMES[0], text(store) + "kbad,Gro,,,steam,,,,\n")
    (line,) = repair(store)
    assert "1 row cannot be read and stay" in line or "1 row cannot be read and stays" in line
    assert names(store) == ["Mira", "Nora", "Ida"]


def test_two_copies_of_one_name_are_both_kept(store):
    for content in ("kone,One", "ktwo,Two"):
        beside(store, NAMES[0], f"id,name\n{content}\n")
        repair(store)
    kept = list((store.folder / ".careerkit" / "set_aside").glob("boats (conflicted*"))
    assert len(kept) == 2 and {"One", "Two"} <= set(names(store))


# -- what lies about, and the journal


def test_old_temporary_files_are_taken_away_and_young_ones_stay(store):
    for folder in ("data", ".careerkit", ".careerkit/backups"):
        for name, age in ((".old.abc.tmp", 25 * 3600), (".young.abc.tmp", 60)):
            file = store.folder / folder / name
            file.write_text("left")
            os.utime(file, (time.time() - age,) * 2)
    assert len(repair(store)) == 3
    assert [file.name for file in store.folder.rglob("*.tmp")] == [".young.abc.tmp"] * 3


def test_a_damaged_journal_is_put_aside_and_another_begun(store):
    journal = store.folder / ".careerkit" / "journal.sqlite3"
    journal.write_bytes(b"not a database" * 99)
    assert any("is damaged" in line for line in repair(store))
    assert [file.read_bytes()[:14] for file in (store.folder / ".careerkit" / "set_aside").glob("journal*")] == [b"not a database"]
    assert store.check() == [] and repair(store) == []
    assert sqlite3.connect(journal).execute("PRAGMA quick_check").fetchone() == ("ok",)


def test_that_a_journal_was_lost_is_told_until_it_is_noted(store):
    (store.folder / ".careerkit" / "journal.sqlite3").unlink()
    assert len(store.check()) == 1
    store.add_many("boats", [{"name": "Asa"}])
    assert len(store.check()) == 1
    repair(store)
    assert store.check() == []


# -- any damage at all


CELL = st.sampled_from(["", "sail", "steam", "7", "x", '"', "a,b", "2026-01-01", "kmine", "true"])
LINE = st.lists(CELL, min_size=1, max_size=10).map(",".join)


@settings(max_examples=examples(60), deadline=None)
@given(
    extra=st.lists(LINE, max_size=5),
    separator=st.sampled_from([",", ";"]),
    end=st.sampled_from(["\n", "\r\n"]),
    copy=st.lists(LINE, max_size=3),
)
def test_a_second_repair_does_nothing_whatever_was_wrong(tmp_path_factory, extra, separator, end, copy):
    store = fleet(tmp_path_factory.mktemp("any"), "Mira", "Nora", "Ida")
    known = set(rows(store))
    content = [line.rstrip("\n") for line in lines(store)]
    write(store, end.join([*(line.replace(",", separator) for line in content), *extra]) + end)
    if copy:
        beside(store, NAMES[0], "\n".join([*content, *copy]) + "\n")
    repair(store)
    assert known <= set(store.read("boats")["id"]) and store.problems() == []
    before = all_bytes(store.folder / "data")
    assert Repair(again(store)).plan() == [] and all_bytes(store.folder / "data") == before


# -- the command


@pytest.fixture
def book(book) -> Workbook:
    book.add("contacts", name="Maya Lindt")
    return book


def test_the_command_with_nothing_to_do_says_so(book):
    assert run_in(book, "check", "--repair") == (0, "There is nothing to repair.\n", "")


def test_the_command_says_what_it_will_do_does_it_and_says_how_to_go_back(book):
    file = book.folder / "data" / "contacts.csv"
    file.write_bytes(file.read_bytes() + b"kbad,too short\n")
    before = file.read_bytes()
    code, out, _ = run_in(book, "check", "--repair", "--dry-run")
    assert code == 0 and "line 3: the row goes to .careerkit/set_aside/contacts.csv" in out and out.endswith("this was a dry run.\n")
    assert file.read_bytes() == before
    code, out, _ = run_in(book, "check", "--repair")
    assert code == 0 and "To be repaired:" in out and "careerkit undo takes it back; the earlier files are in .careerkit/backups/" in out
    assert run_in(book, "check") == (0, "All is well: every row can be read.\n", "")
    assert "Undone: repaired data/contacts.csv" in run_in(book, "undo")[1] and file.read_bytes() == before


def test_dry_run_goes_with_repair(book):
    assert run_in(book, "check", "--dry-run")[0] == 2
