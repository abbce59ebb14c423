"""What happens to the files outside: rows vanish, files are emptied or cut, rows cannot be read; nothing of it is lost or silent."""

from __future__ import annotations

import pytest
from boats import again, all_bytes, edit, fleet, lines, names, opened, path, rows, set_aside, take_out, text, write
from command_line import run_in
from example_counts import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from careerkit import Workbook
from careerkit.errors import CareerkitError
from careerkit.store import restoration
from careerkit.store.store import Store


@pytest.fixture
def store(tmp_path) -> Store:
    return fleet(tmp_path, "Mira", "Nora", "Ida", "Runa", "Tove", "Una", "Vera", "Ylva")


def told(store: Store) -> list[str]:
    return [str(problem) for problem in store.check()]


def waiting(store: Store) -> list[str]:
    return list(restoration.vanished(store)["what"])


# -- rows that cannot be read


def test_a_row_that_cannot_be_read_stays_in_its_file_and_is_copied_word_for_word(store):
    edit(store, lines(store)[1], lines(store)[1].replace(",Mira,", ',"Mira, the "" elder",').replace(",sail,", ",steam,"))
    before = lines(store)[1]
    store.add_many("boats", [{"name": "Asa"}])
    (kept,) = set_aside(store)
    assert lines(store)[1] == before and kept["row"] == before.rstrip("\n")
    assert (kept["file"], kept["line"]) == ("data/boats.csv", "2") and "steam" in kept["reason"] and kept["set_aside_at"].endswith("Z")


def test_what_was_set_aside_is_still_there_when_the_row_is_deleted_outside(store):
    edit(store, lines(store)[1], "kcut,Mira\n")
    store.add_many("boats", [{"name": "Asa"}])
    edit(store, "kcut,Mira\n", "")
    store.add_many("boats", [{"name": "Embla"}])
    assert [row["row"] for row in set_aside(store)] == ["kcut,Mira"]


def test_a_row_of_several_lines_is_set_aside_whole(store):
    edit(store, lines(store)[1], 'kold,Mira,7,,steam,"one\ntwo\n\nthree",false,,\n')
    store.add_many("boats", [{"name": "Asa"}])
    assert [row["row"] for row in set_aside(store)] == ['kold,Mira,7,,steam,"one\ntwo\n\nthree",false,,']


def test_a_row_is_set_aside_once_however_often_the_file_is_taken_in(store):
    edit(store, lines(store)[1], "kcut,Mira\n")
    for name in ("Asa", "Embla", "Freya"):
        store.add_many("boats", [{"name": name}])
        edit(store, ",Nora,", ",Nora ,") if ",Nora," in text(store) else edit(store, ",Nora ,", ",Nora,")
    assert len(set_aside(store)) == 1


def test_each_text_of_a_row_that_cannot_be_read_is_kept(store):
    edit(store, lines(store)[1], "kcut,Mira\n")
    store.add_many("boats", [{"name": "Asa"}])
    edit(store, "kcut,Mira\n", "kcut,Mira,wider\n")
    store.add_many("boats", [{"name": "Embla"}])
    assert [row["row"] for row in set_aside(store)] == ["kcut,Mira", "kcut,Mira,wider"]


def test_a_save_is_refused_when_what_cannot_be_read_cannot_be_set_aside(store):
    edit(store, lines(store)[1], "kcut,Mira\n")
    place = store.folder / ".careerkit" / "set_aside"
    place.write_text("in the way")
    before = text(store)
    with pytest.raises(CareerkitError, match=r"could not be copied to .careerkit/set_aside: .*Nothing was saved"):
        store.add_many("boats", [{"name": "Asa"}])
    assert text(store) == before
    place.unlink()
    store.add_many("boats", [{"name": "Asa"}])
    assert names(store)[-1] == "Asa"


@settings(max_examples=examples(40), deadline=None)
@given(damage=st.text(alphabet=st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_whatever_text_stands_for_a_row_it_is_read_or_kept(tmp_path_factory, damage):
    store = fleet(tmp_path_factory.mktemp("any"), "Mira", "Nora")
    write(store, "".join([lines(store)[0], f"kany,{damage}\n", *lines(store)[2:]]))
    store.add_many("boats", [{"name": "Asa"}])
    assert damage in text(store) or any(damage in row["row"] for row in set_aside(store)) or "kany" in rows(store)
    assert {"Nora", "Asa"} <= set(names(store))


# -- rows typed outside


def test_a_row_typed_outside_gets_an_id_and_its_times_at_the_next_save(store):
    write(store, text(store) + ",Asa,,,sail,,,,\n")
    store.add_many("boats", [{"name": "Embla"}])
    asa = next(row for row in rows(store).values() if row["name"] == "Asa")
    assert asa["id"].startswith("k") and asa["created_at"] == asa["updated_at"] != ""


def test_the_journal_tells_that_times_were_given(store):
    write(store, text(store) + ",Asa,,,sail,,,,\n")
    store.add_many("boats", [{"name": "Embla"}])
    assert "changes made outside to data/boats.csv; 1 of them had no time of creation and got one" in set(store.saves()["what"])


def test_times_given_once_stay(store):
    write(store, text(store) + "kasa,Asa,,,sail,,,,\n")
    store.add_many("boats", [{"name": "Embla"}])
    given_then = rows(store)["kasa"]["created_at"]
    edit(store, ",Asa,", ",Åsa,")
    store.add_many("boats", [{"name": "Freya"}])
    assert rows(store)["kasa"]["created_at"] == given_then


def test_undo_of_a_save_leaves_the_times_of_rows_typed_outside(store):
    write(store, text(store) + "kasa,Asa,,,sail,,,,\n")
    store.add_many("boats", [{"name": "Embla"}])
    store.undo()
    assert rows(store)["kasa"]["created_at"] and names(store)[-1] == "Asa"


# -- rows that vanish


def test_a_row_taken_out_outside_stays_away_and_is_listed_until_answered(store):
    take_out(store, "Mira")
    for _ in range(2):
        assert [line for line in told(store) if "Mira is no longer in this file" in line]
        store.add_many("boats", [{"name": "Asa"}])
    assert "Mira" not in names(store) and waiting(again(store)) == ["Mira"]


def test_a_row_is_listed_before_any_save_has_noticed(store):
    take_out(store, "Mira")
    before = all_bytes(store.folder)
    assert waiting(store) == ["Mira"] and all_bytes(store.folder) == before


def test_a_row_put_back_is_word_for_word_the_same_and_no_longer_listed(store):
    before = rows(store)
    take_out(store, "Mira", "Nora")
    store.add_many("boats", [{"name": "Asa"}])
    assert restoration.answer_vanished(store) == "Put back 2 rows. careerkit undo takes that back."
    assert {key: rows(store)[key] for key in before} == before and told(store) == []


def test_putting_back_is_one_undo_step_after_which_the_rows_are_listed_again(store):
    take_out(store, "Mira", "Nora")
    restoration.answer_vanished(store)
    assert store.undo() == "Undone: put back 2 rows that had vanished."
    assert "Mira" not in names(store) and sorted(waiting(store)) == ["Mira", "Nora"]


def test_one_row_of_several_can_be_put_back(store):
    take_out(store, "Mira", "Nora")
    nora = restoration.vanished(store).set_index("what").at["Nora", "id"]
    restoration.answer_vanished(store, [nora])
    assert "Nora" in names(store) and waiting(store) == ["Mira"]


def test_a_row_that_was_meant_to_go_is_no_longer_listed(store):
    take_out(store, "Mira")
    assert restoration.answer_vanished(store, restore=False) == "Noted: you meant 1 row to go."
    assert told(store) == [] and "Mira" not in names(store)


def test_saying_that_it_was_meant_can_be_undone(store):
    take_out(store, "Mira")
    restoration.answer_vanished(store, restore=False)
    assert store.undo() == "Undone: noted that 1 row vanished on purpose."
    assert waiting(store) == ["Mira"]


def test_a_row_that_comes_back_by_itself_is_no_longer_listed(store):
    whole = text(store)
    take_out(store, "Mira")
    store.add_many("boats", [{"name": "Asa"}])
    write(store, whole)
    assert told(store) == [] or "Mira" not in " ".join(told(store))
    assert restoration.answer_vanished(store, restore=False).startswith("Noted")  # Asa, who is gone with the older file
    assert "Mira" in names(store)


def test_a_row_deleted_by_careerkit_never_waits_for_an_answer(store):
    take_out(store, "Mira")
    restoration.answer_vanished(store)
    store.delete("boats", next(key for key, row in rows(store).items() if row["name"] == "Mira"))
    assert waiting(store) == [] and told(store) == []


def test_an_answer_for_a_row_that_does_not_wait_is_refused(store):
    with pytest.raises(CareerkitError, match="No row with the id knobody waits for an answer"):
        restoration.answer_vanished(store, ["knobody"])


def test_with_nothing_waiting_an_answer_saves_nothing(store):
    before = len(store.saves(99))
    assert restoration.answer_vanished(store) == "No row is waiting for an answer."
    assert len(store.saves(99)) == before


# -- files that lost most of their rows


@pytest.mark.parametrize("left", [b"", b"\xef\xbb\xbf"])
def test_an_emptied_file_is_told_with_its_own_sentence_and_saving_goes_on(store, left):
    path(store).write_bytes(left)
    (line,) = told(store)
    assert line.startswith("data/boats.csv: This file has lost 8 of 8 rows since careerkit last saw it")
    store.add_many("boats", [{"name": "Asa"}])
    assert names(store) == ["Asa"] and len(told(store)) == 1
    restoration.answer_vanished(store)
    assert len(names(store)) == 9 and told(store) == []


def test_a_deleted_file_is_told_and_its_rows_are_offered_back(store):
    before = rows(store)
    path(store).unlink()
    assert "has lost 8 of 8 rows" in told(store)[0]
    restoration.answer_vanished(store)
    assert rows(store) == before


def test_a_file_that_lost_more_than_half_its_rows_is_told_once(store):
    take_out(store, "Mira", "Nora", "Ida", "Runa", "Tove")
    assert ["has lost 5 of 8 rows" in line for line in told(store)] == [True]
    store.add_many("boats", [{"name": "Asa"}])
    assert ["has lost 5 of 8 rows" in line for line in told(store)] == [True]


def test_a_file_that_lost_half_its_rows_lists_each(store):
    take_out(store, "Mira", "Nora", "Ida", "Runa")
    assert len(told(store)) == 4


def test_a_file_cut_at_any_byte_keeps_the_rows_before_and_gives_the_others_back(tmp_path):
    content = path(fleet(tmp_path / "whole", "Mira", "Nora", "Ida")).read_bytes()
    header = content.index(b"\n") + 1
    for size in range(header, len(content), 3):
        store = fleet(tmp_path / str(size), "Mira", "Nora", "Ida")
        before = rows(store)
        path(store).write_bytes(path(store).read_bytes()[:size])
        whole = list(before)[: content[header:size].count(b"\n")]
        assert list(store.read("boats")["id"])[: len(whole)] == whole
        store.add_many("boats", [{"name": "Asa"}])
        restoration.answer_vanished(store)
        # A time cut to its day reads as that day.
        after = {key: {**rows(store)[key], "updated_at": row["updated_at"]} for key, row in before.items()}
        assert after == before, f"cut after {size} bytes"
        assert names(again(store)).count("Asa") == 1 and len(names(store)) == 4


def test_a_row_of_a_table_that_was_never_saved_to_is_missed_as_well(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "boats.csv").write_text("id,name,length\nkmira,Mira,\nknora,Nora,\n", encoding="utf-8")
    store = opened(tmp_path)
    store.add_many("trips", [{"goal": "Cape"}])
    take_out(store, "Mira")
    assert waiting(store) == ["Mira"]


def test_the_examples_rows_are_missed_from_the_first_day(tmp_path):
    book = Workbook.create(tmp_path / "book", example=True)
    file = book.folder / "data" / "goals.csv"
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:5]))
    assert len(book.vanished()) == 13
    with pytest.raises(CareerkitError, match="nothing to undo"):
        book.undo()


def test_many_cells_that_name_rows_which_are_gone_are_told_in_one_line(store):
    mira = next(iter(rows(store)))
    store.add_many("trips", [{"boat_id": mira, "goal": str(number)} for number in range(9)])
    take_out(store, "Mira")
    (line,) = [line for line in told(store) if "trips.csv" in line]
    assert line.startswith(
        "data/trips.csv, line 2, column boat_id: There is no row with this id in boats. The same is true of 8 lines below"
    )


@pytest.mark.parametrize("content", [b"\0" * 4000, b"id,na", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"<!doctype html><p>Sign in"])
def test_rows_of_a_file_overwritten_with_something_else_are_put_back_and_undo_gives_that_back(store, content):
    before = rows(store)
    path(store).write_bytes(content)
    restoration.answer_vanished(store)
    assert rows(store) == before and told(store) == []
    store.undo()
    assert path(store).read_bytes() == content


# -- the command


@pytest.fixture
def book(book) -> Workbook:
    book.add_many("contacts", [{"name": "Maya Lindt"}, {"name": "Jonas Weber"}])
    file = book.folder / "data" / "contacts.csv"
    file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])
    return book


def test_restore_vanished_lists_puts_back_and_takes_note(book):
    code, out, _ = run_in(book, "check")
    assert code == 1 and "has lost 2 of 2 rows" in out and "careerkit restore --vanished" in out
    code, out, _ = run_in(book, "restore", "--vanished", "--dry-run")
    assert code == 0 and "Maya Lindt" in out and "Nothing was changed" in out and book.read("contacts").empty
    maya = book.vanished().set_index("what").at["Maya Lindt", "id"]
    assert run_in(book, "restore", "--vanished", "--table", "contacts", "--id", maya) == (
        0,
        "Put back 1 row. careerkit undo takes that back.\n",
        "",
    )
    assert run_in(book, "restore", "--vanished", "--meant")[1] == "Noted: you meant 1 row to go.\n"
    assert run_in(book, "check") == (0, "All is well: every row can be read.\n", "")
    assert list(book.read("contacts")["name"]) == ["Maya Lindt"]


def test_the_answer_options_go_with_vanished(book):
    assert run_in(book, "restore", "--meant")[0] == 2
    assert run_in(book, "restore", "2026-01-01", "--vanished")[0] == 2
