"""A killed save: every acknowledged record stands once, and the one under way is there whole or not at all.

The kills fall before every system call of a save that changes the disk, and at random moments. By default a short run is
made. The long one (every call, 3,000 random kills): CAREERKIT_LONG=1 python -m pytest -n 0 -s tests/store/faults/test_kills.py
"""

from __future__ import annotations

import itertools
import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fleet import LONG, fresh_copy, litter, opened, parsed, raw, standing
from processes import Numbers, begun, looking_on
from system_calls import Call, run

from careerkit.errors import CareerkitError
from careerkit.store.store import Change, Store

SAVES: dict[str, Callable[[Store], object]] = {
    "an addition": lambda store: store.add_many("boats", [{"id": "knora", "name": "Nora", "log": "two\nlines"}]),
    "a change": lambda store: store.update("boats", "kmira", {"length": 8}),
    "a deletion": lambda store: store.delete("boats", "kida"),
    "a save over two tables": lambda store: store.save(
        [Change("boats", "kmira", {"name": "Mira II"}), Change("trips", None, {"id": "ktrip", "boat_id": "kmira", "goal": "Island"})],
        "a trip",
    ),
    "an undo": lambda store: store.undo(),
    "a first look after an edit made outside": lambda store: store.update("boats", "kedited", {"length": 9}),
    "a save over two tables after a row was typed outside": lambda store: store.save(
        [Change("boats", "ktyped", {"length": 9}), Change("trips", None, {"id": "ktrip", "boat_id": "kmira", "goal": "Island"})], "a trip"
    ),
}


def harbour(folder: Path, save: str) -> Path:
    """Return a workbook of two saves, so that there is something to lose and something to undo."""
    store = opened(folder)
    store.add_many("boats", [{"id": "kmira", "name": "Mira"}, {"id": "kida", "name": "Ida"}])
    store.save([Change("boats", "kida", {"length": 6}), Change("trips", None, {"id": "kfirst", "boat_id": "kida", "goal": "Cape"})], "out")
    file = folder / "data" / "boats.csv"
    if "edit" in save:
        file.write_bytes(file.read_bytes() + file.read_bytes().splitlines(keepends=True)[1].replace(b"kmira", b"kedited"))
    if "typed" in save:
        cells = {"id": "ktyped", "name": "Thea"}
        columns = file.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
        file.write_bytes(file.read_bytes() + ",".join(cells.get(name, "") for name in columns).encode() + b"\n")
    return folder


def worth_a_kill(calls: list[Call]) -> list[int]:
    """Return the calls before which to kill: in the short run not those that go on writing what another has begun."""
    goes_on = [here.kind == before.kind == "write" and here.path == before.path for before, here in itertools.pairwise(calls)]
    return [number for number, skipped in enumerate([False, *goes_on]) if LONG or not skipped]


def kill(folder: Path, act: Callable[[Store], object], number: int) -> None:
    done = run(folder, lambda: act(opened(folder)), lambda place, call: place == number)
    assert done.said is None, done.said


def outcome_of(folder: Path, act: Callable[[Store], object]) -> list[Call]:
    done = run(folder, lambda: act(opened(folder)))
    assert done.said == "done", done.said
    return done.calls


def sound_after(folder: Path, old: dict, new: dict) -> dict:
    """Hold a folder whose save was killed against what may stand there; return what stood after it was opened again."""
    store = opened(folder)
    stood = standing(folder)
    assert stood in (old, new), "a save is there by half"
    store.add_many("boats", [{"id": "knext", "name": "next"}])
    assert standing(folder)["boats"].keys() == {*stood["boats"], "knext"}
    assert litter(folder) == []
    assert store.undo() == "Undone: added next to boats."
    assert standing(folder) == stood
    return stood


@pytest.mark.parametrize("save", SAVES)
def test_a_save_killed_before_any_system_call_is_there_whole_or_not_at_all(tmp_path, save):
    template, folder = harbour(tmp_path / "template", save), tmp_path / "killed"
    calls = outcome_of(fresh_copy(template, folder), SAVES[save])
    old, new = standing(template), standing(folder)
    files = {table: (raw(template, table), raw(folder, table)) for table in old}
    outcomes = []
    for number in worth_a_kill(calls):
        kill(fresh_copy(template, folder), SAVES[save], number)
        assert all(raw(folder, table) in pair for table, pair in files.items()), f"a reader sees a mix: {calls[number]}"
        outcomes.append(sound_after(folder, old, new) == new)
    assert {True, False} == set(outcomes) and outcomes == sorted(outcomes), "a save that was sure once stays sure"


@pytest.mark.parametrize("save", ["an addition", "a change", "a deletion", "a save over two tables"])
def test_a_save_that_a_kill_left_to_be_completed_can_be_undone(tmp_path, save):
    folder = harbour(tmp_path / "killed", save)
    old = standing(folder)
    done = run(folder, lambda: SAVES[save](opened(folder)), lambda place, call: call.kind == "rename")
    assert done.said is None and standing(folder) == old
    store = opened(folder)
    assert standing(folder) != old
    store.undo()
    assert standing(folder) == old


@pytest.mark.parametrize("save", ["an addition", "a save over two tables", "an undo"])
def test_completing_a_killed_save_may_be_killed_before_any_system_call_too(tmp_path, save):
    template, folder = harbour(tmp_path / "template", save), tmp_path / "killed"
    new_folder = fresh_copy(template, tmp_path / "new")
    outcome_of(new_folder, SAVES[save])
    new = standing(new_folder)
    assert run(template, lambda: SAVES[save](opened(template)), lambda place, call: call.kind == "rename").said is None
    calls = outcome_of(fresh_copy(template, folder), lambda store: None)
    for number in worth_a_kill(calls):
        kill(fresh_copy(template, folder), lambda store: None, number)
        assert sound_after(folder, new, new) == new


def test_an_undo_after_each_kill_takes_back_a_save_or_says_why_not(tmp_path):
    template, folder = harbour(tmp_path / "template", ""), tmp_path / "killed"
    calls = outcome_of(fresh_copy(template, folder), SAVES["an undo"])
    for number in worth_a_kill(calls)[::3]:
        kill(fresh_copy(template, folder), SAVES["an undo"], number)
        try:
            assert opened(folder).undo().startswith("Undone: ")
        except CareerkitError as error:
            assert "undo" in str(error)


KILLS = 3_000 if LONG else 40
MOST_BOATS = 60


def keep_saving(folder: Path, names: dict[str, str], kept: Numbers, chance: random.Random, say: Callable[[str], None]) -> None:
    """Add and change boats until killed, saying what is to be saved and, when the save has returned, that it is."""
    store = opened(folder)
    for number in itertools.count(len(names)):
        adds = number < MOST_BOATS
        key, name = (f"k{number}" if adds else chance.choice(sorted(names))), f"name {chance.random()}"
        say(json.dumps([key, name]))
        if adds:
            store.add_many("boats", [{"id": key, "name": name}])
        else:
            store.update("boats", key, {"name": name})
        say("saved")
        names[key] = name
        kept[0] = len(names)


def acknowledged(said: str, names: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names that are sure after what a killed process said, and those if the save under way is counted too."""
    sure, under_way = dict(names), dict(names)
    for line in said.splitlines():
        if line == "saved":
            sure = dict(under_way)
        else:
            key, name = json.loads(line)
            under_way = {**sure, key: name}
    return sure, under_way


def usual_seconds(folder: Path) -> float:
    """Return how long a process takes for its first save here and now, so that kills fall in the midst of saves."""
    lasted = []
    for number in range(5):
        process = begun(lambda say, number=number: opened(folder).add_many("boats", [{"name": str(number)}]))
        start = time.monotonic()
        process.said()
        lasted.append(time.monotonic() - start)
    return statistics.median(lasted)


def test_no_kill_at_a_random_moment_loses_a_save_and_readers_see_whole_files(tmp_path):
    folder, kept, chance = tmp_path / "killed", Numbers(1), random.Random()
    opened(folder).add_many("boats", [{"id": "k0", "name": "first"}])
    names, saves, began = {"k0": "first"}, 0, time.monotonic()

    def look() -> None:
        least = kept[0]
        assert len(parsed(raw(folder))) >= least
        assert len(opened(folder).read("boats")) >= least
        time.sleep(0.01)

    with looking_on(look):
        usual = usual_seconds(tmp_path / "unharmed")
        for _ in range(KILLS):
            here = dict(names)
            process = begun(lambda say, here=here, seed=chance.random(): keep_saving(folder, here, kept, random.Random(seed), say))
            # Some are killed while they open the workbook, most in the midst of their saves.
            if chance.random() < 0.8:
                process.wait_until_it_speaks()
            time.sleep(chance.uniform(0, 2.5 * usual))
            said = process.kill()
            allowed = acknowledged(said, names)
            store = opened(folder)
            names = {key: row["name"] for key, row in parsed(raw(folder)).items()}
            assert names in allowed and dict(zip(*(store.read("boats")[one] for one in ("id", "name")), strict=True)) == names
            saves += said.count("saved")
    opened(folder).add_many("boats", [{"name": "last"}])
    assert litter(folder) == [] and saves > 0
    print(
        f"\n{KILLS} kills at random moments, {saves} acknowledged saves, none lost;"
        f" {KILLS / (time.monotonic() - began) * 60:.0f} kills a minute"
    )
