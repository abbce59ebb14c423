"""Dated backups, kept by a stated rule, and the way back to one of them."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from itertools import groupby
from pathlib import Path

import pytest
from boats import again, all_bytes, edit, fleet, names, opened, path, rows, text, write
from command_line import run, run_in
from example_counts import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from careerkit.errors import CareerkitError
from careerkit.store import restoration
from careerkit.store.history.backups import kept
from careerkit.store.store import Store

MONDAY = dt.date(2026, 11, 2)


@pytest.fixture
def store(tmp_path) -> Store:
    store = opened(tmp_path)
    on(store, MONDAY)
    store.add_many("boats", [{"name": "Mira"}, {"name": "Nora"}, {"name": "Ida"}])
    return store


def on(store: Store, day: dt.date) -> None:
    """Let it be another day on this machine."""
    store.workspace.backups.today = lambda: day


def next_day(store: Store, days: int = 1) -> str:
    day = store.workspace.backups.today() + dt.timedelta(days=days)
    on(store, day)
    return day.isoformat()


def saved_next_day(store: Store) -> str:
    """Add a boat on the next day, which makes that day's backup, and return the day."""
    day = next_day(store)
    store.add_many("boats", [{"name": "Asa"}])
    return day


def backups(store: Store) -> list[str]:
    return store.workspace.backups.names()


def zipped(store: Store, name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(store.folder / ".careerkit" / "backups" / f"{name}.zip") as bundle:
        return {member: bundle.read(member) for member in bundle.namelist()}


# -- making


def test_the_first_save_of_a_day_keeps_what_stood_before_it(store):
    (store.folder / "workbook.toml").write_text('owner = "Maya"')
    (store.folder / "data" / "mine.txt").write_text("kept too")
    before = path(store).read_bytes()
    day = saved_next_day(store)
    assert zipped(store, day) == {"data/boats.csv": before, "data/mine.txt": b"kept too", "workbook.toml": b'owner = "Maya"'}


def test_further_saves_of_a_day_make_no_other(store):
    day = saved_next_day(store)
    first = zipped(store, day)
    other = again(store)
    on(other, dt.date.fromisoformat(day))
    other.add_many("boats", [{"name": "Embla"}])
    store.undo()
    assert backups(store) == [MONDAY.isoformat(), day] and zipped(store, day) == first


def test_an_edit_made_outside_before_the_days_first_save_is_in_its_backup(store):
    day = next_day(store)
    edit(store, "Mira", "Mirabelle")
    store.add_many("boats", [{"name": "Asa"}])
    assert b"Mirabelle" in zipped(store, day)["data/boats.csv"]


def test_reading_and_checking_make_none(store):
    next_day(store)
    store.read("boats"), store.check(), again(store)
    assert backups(store) == [MONDAY.isoformat()]


def test_a_save_goes_on_when_no_backup_can_be_made_and_check_tells_so(store):
    place = store.folder / ".careerkit" / "backups"
    shutil.rmtree(place)
    place.write_text("in the way")
    day = saved_next_day(store)
    (problem,) = store.check()
    assert names(store)[-1] == "Asa" and f"No backup could be made on {day}" in problem.message
    place.unlink()
    next_day(store)
    store.add_many("boats", [{"name": "Embla"}])
    assert store.check() == [] and len(backups(store)) == 1


def test_no_half_written_backup_stays_behind(store, monkeypatch):
    import careerkit.store.history.backups as module

    def full(place: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_atomically", full)
    next_day(store)
    store.add_many("boats", [{"name": "Asa"}])
    assert [file.name for file in (store.folder / ".careerkit" / "backups").iterdir()] == [f"{MONDAY}.zip"]


# -- the rule


def test_of_every_day_for_twelve_years_the_rule_keeps_these():
    days: list[str] = []
    for number in range(12 * 365):
        days.append((dt.date(2026, 1, 1) + dt.timedelta(days=number)).isoformat())
        days = sorted(kept(days))
    last = dt.date.fromisoformat(days[-1])
    assert days[-7:] == [(last - dt.timedelta(days=back)).isoformat() for back in reversed(range(7))]
    mondays = [day for day in days if dt.date.fromisoformat(day).weekday() == 0 and day >= (last - dt.timedelta(weeks=8)).isoformat()]
    assert len(mondays) >= 8
    assert len([day for day in days if day.endswith("-01")]) >= 24
    assert [day for day in days if day.endswith("-01-01")] == [f"{year}-01-01" for year in range(2026, 2038)]
    assert len(days) <= 7 + 8 + 24 + 12


@settings(max_examples=examples(60), deadline=None)
@given(gaps=st.lists(st.integers(1, 90), min_size=1, max_size=120))
def test_however_often_one_saves_days_weeks_months_and_years_are_kept(gaps):
    day, ever, standing = dt.date(2026, 1, 1), [], []
    for gap in gaps:
        day += dt.timedelta(days=gap)
        ever.append(day.isoformat())
        standing = sorted(kept([*standing, day.isoformat()]))
    assert standing[-7:] == ever[-7:]

    def periods(days: list[str], of) -> list:
        return [period for period, _ in groupby(days, of)]

    def week(day: str):
        return dt.date.fromisoformat(day).isocalendar()[:2]

    assert periods(standing, week)[-8:] == periods(ever, week)[-8:]
    assert periods(standing, lambda day: day[:7])[-24:] == periods(ever, lambda day: day[:7])[-24:]
    assert periods(standing, lambda day: day[:4]) == periods(ever, lambda day: day[:4])
    assert len(standing) <= 7 + 8 + 24 + len(periods(ever, lambda day: day[:4]))


def test_old_backups_go_and_files_of_ones_own_stay(store):
    place = store.folder / ".careerkit" / "backups"
    for name in ("before the move.zip", "2026-13-45.zip", "notes.txt"):
        (place / name).write_text("mine")
    for _ in range(40):
        next_day(store)
        store.add_many("boats", [{"name": "Asa"}])
    assert len(backups(store)) < 20
    assert {"before the move.zip", "2026-13-45.zip", "notes.txt"} <= {file.name for file in place.iterdir()}


def test_a_backup_before_a_repair_counts_as_that_days():
    days = ["2026-01-05", "2026-01-05T101500-before-repair", *(f"2026-02-{day:02}" for day in range(2, 10))]
    assert "2026-01-05" in kept(days) and "2026-01-05T101500-before-repair" not in kept(days)
    assert "2026-02-09T101500-before-restore" in kept([*days, "2026-02-09T101500-before-restore"])


# -- the way back


def test_a_restore_brings_every_table_back_as_one_save(store):
    mira = names(store) and next(iter(rows(store)))
    store.add_many("trips", [{"goal": "Island", "boat_id": mira}])
    before = {table: rows(store, table) for table in ("boats", "trips")}
    day = next_day(store)
    store.update("boats", mira, {"length": 8})
    store.delete("boats", list(rows(store))[1])
    store.add_many("boats", [{"name": "Asa"}])
    store.undo(), store.add_many("trips", [{"goal": "Cape"}])
    saves = len(store.saves(99))
    restoration.restore(store, day)
    assert {table: rows(store, table) for table in before} == before
    assert len(store.saves(99)) == saves + 1 and store.check() == []


def test_undo_takes_a_restore_back(store):
    day = next_day(store)
    store.delete("boats", next(iter(rows(store))))
    now = rows(store)
    restoration.restore(store, day)
    assert store.undo() == f"Undone: restored all tables from the backup {day}."
    assert rows(store) == now
    assert store.undo() == "Undone: deleted Mira from boats." and len(rows(store)) == 3


def test_one_table_can_be_restored_alone(store):
    store.add_many("trips", [{"goal": "Island"}])
    day = next_day(store)
    store.add_many("trips", [{"goal": "Cape"}])
    store.add_many("boats", [{"name": "Asa"}])
    restoration.restore(store, day, "trips")
    assert list(store.read("trips")["goal"]) == ["Island"] and "Asa" in names(store)


def test_settings_and_other_files_are_not_touched(store):
    (store.folder / "workbook.toml").write_text('owner = "Maya"')
    day = saved_next_day(store)
    (store.folder / "workbook.toml").write_text('owner = "Maya Lindt"')
    (store.folder / "data" / "mine.txt").write_text("later")
    restoration.restore(store, day)
    assert (store.folder / "workbook.toml").read_text() == 'owner = "Maya Lindt"' and (store.folder / "data" / "mine.txt").exists()


def test_a_backup_is_made_before_a_restore(store):
    day = saved_next_day(store)
    now = path(store).read_bytes()
    restoration.restore(store, day)
    (made,) = [name for name in backups(store) if name.endswith("-before-restore")]
    assert zipped(store, made)["data/boats.csv"] == now
    restoration.restore(store, made)
    assert "Asa" in names(store)


def test_a_column_of_ones_own_comes_back(store):
    write(
        store,
        "\n".join(line + ("harbour" if not place else f"0{place}").join([",", ""]) for place, line in enumerate(text(store).splitlines()))
        + "\n",
    )
    before = rows(store)
    day = saved_next_day(store)
    write(store, "\n".join(",".join(line.split(",")[:-1]) for line in text(store).splitlines()) + "\n")
    restoration.restore(store, day)
    assert {key: row["harbour"] for key, row in rows(store).items()} == {key: row["harbour"] for key, row in before.items()}


def test_rows_that_vanished_and_were_restored_wait_for_no_answer(store):
    day = saved_next_day(store)
    path(store).write_bytes(b"")
    assert len(store.check()) == 1
    restoration.restore(store, day)
    assert names(store) == ["Mira", "Nora", "Ida"]
    assert list(restoration.vanished(store)["what"]) == ["Asa"]


@pytest.mark.parametrize("content", [b"\0" * 500, b"<!doctype html><p>Sign in", b"PK\x03\x04 a spreadsheet"])
def test_a_file_overwritten_with_something_else_is_restored(store, content):
    before = rows(store)
    day = saved_next_day(store)
    path(store).write_bytes(content)
    restoration.restore(store, day)
    assert rows(store) == before
    store.undo()
    assert path(store).read_bytes() == content


def test_a_restore_of_what_stands_saves_nothing(store):
    day = saved_next_day(store)
    store.undo()
    before = all_bytes(store.folder)
    assert restoration.restore(store, day) == [] and all_bytes(store.folder) == before


def test_the_list_says_what_differs_by_table(store):
    day = next_day(store)
    one, two, _ = rows(store)
    store.update("boats", one, {"length": 8})
    store.delete("boats", two)
    store.add_many("boats", [{"name": "Asa"}, {"name": "Embla"}])
    assert [str(found) for found in dict(restoration.listed(store))[day]] == ["boats: 1 comes back, 2 go, 1 changes"]


def test_a_damaged_backup_is_told_and_changes_nothing(store):
    day = saved_next_day(store)
    file = store.folder / ".careerkit" / "backups" / f"{day}.zip"
    whole, before = file.read_bytes(), path(store).read_bytes()
    for broken in (
        b"",
        whole[: len(whole) // 2],
        b"\0" * len(whole),
        whole[:40] + bytes(byte ^ 0xFF for byte in whole[40:60]) + whole[60:],
    ):
        file.write_bytes(broken)
        with pytest.raises(CareerkitError, match=f"The backup {day} is damaged"):
            restoration.restore(store, day)
        assert path(store).read_bytes() == before and "is damaged" in str(dict(restoration.listed(store))[day])


def test_a_day_without_a_backup_names_the_nearest(store):
    with pytest.raises(CareerkitError, match=r"There is no backup '2026-11-09'. The nearest is 2026-11-02. careerkit restore lists"):
        restoration.restore(store, "2026-11-09")


BOATS = st.dictionaries(st.integers(0, 7), st.tuples(st.text('abc é,"\n', max_size=5), st.sampled_from(["", "7", "9.5"])), max_size=8)


@settings(max_examples=examples(40), deadline=None)
@given(one=BOATS, other=BOATS)
def test_a_restore_leads_from_any_state_to_any_other_and_undo_back(tmp_path_factory, one, other):
    store = opened(tmp_path_factory.mktemp("states"))
    on(store, MONDAY)
    put(store, one)
    before, day = rows(store), next_day(store)
    put(store, other)
    now = rows(store)
    changed = restoration.restore(store, day) if day in backups(store) else []
    assert rows(store) == (before if day in backups(store) else now)
    if changed:
        store.undo()
        assert rows(store) == now


def put(store: Store, boats: dict[int, tuple[str, str]]) -> None:
    """Bring the store to exactly these boats, a save for each step."""
    standing = rows(store)
    for key in standing.keys() - {f"kboat{number}" for number in boats}:
        store.delete("boats", key)
    for number, (log, length) in boats.items():
        key, values = f"kboat{number}", {"name": f"boat {number}", "log": log, "length": length}
        store.update("boats", key, values) if key in standing else store.add_many("boats", [{"id": key, **values}])


# -- the command


def test_before_any_save_the_command_says_that_there_is_none(book):
    assert run_in(book, "restore") == (0, "There is no backup yet: the first save makes one.\n", "")


def test_the_command_lists_shows_and_restores(book):
    today = dt.date.today().isoformat()
    book.add("goals", title="Learn to sail")
    code, out, _ = run_in(book, "restore")
    assert code == 0 and f"{today}  goals: 1 goes" in out
    code, out, _ = run_in(book, "restore", today, "--dry-run")
    assert (code, out) == (0, "goals: 1 goes\nNothing was changed: this was a dry run.\n") and len(book.read("goals")) == 1
    code, out, _ = run_in(book, "restore", today, "--table", "goals")
    assert (code, out) == (0, "goals: 1 goes\nDone. careerkit undo takes it back.\n") and book.read("goals").empty
    assert run_in(book, "undo")[0] == 0 and len(book.read("goals")) == 1


def test_an_unknown_table_names_those_there_are(book):
    book.add("goals", title="Learn to sail")
    code, _, err = run_in(book, "restore", dt.date.today().isoformat(), "--table", "goal")
    assert code == 1 and "There is no table 'goal'" in err


def test_the_help_states_the_rule():
    said = " ".join(run("restore", "--help")[1].split())
    assert "the last 7 days that had saves, then one a week for 8 weeks, one a month for 24 months, one a year for ever" in said


def test_a_fleet_saved_on_one_day_has_one_backup(tmp_path):
    assert len(backups(fleet(tmp_path, "Mira"))) == 1
