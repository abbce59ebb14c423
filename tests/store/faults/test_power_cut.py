"""A power cut: whatever of the unflushed is lost, every acknowledged save is there, and the one under way whole or not at all.

The saves below are recorded call by call, and at each call the disk is built as a power cut may leave it. By default
about 650 of these images are opened. All of them: CAREERKIT_LONG=1 python -m pytest -n 0 -s tests/store/faults/test_power_cut.py
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fleet import LONG, fresh_copy, litter, opened, standing
from power_cut import EXTREMES, Choice, Disk, at_random
from system_calls import Call, run

from careerkit.store.store import Change, Store

SAVES: list[Callable[[Store], object]] = [
    lambda store: store.save(
        [Change("boats", None, {"id": "kmira", "name": "Mira"}), Change("trips", None, {"id": "kout", "boat_id": "kmira", "goal": "Cape"})],
        "a first trip",
    ),
    lambda store: store.add_many("boats", [{"id": "knora", "name": "Nora", "log": "two\nlines"}]),
    lambda store: store.update("boats", "kmira", {"length": 8}),
    lambda store: store.save([Change("boats", "kmira", {"name": "Mira II"}), Change("trips", "kout", {"goal": "Island"})], "both"),
    lambda store: store.delete("boats", "knora"),
    lambda store: store.undo(),
]
RANDOM_IMAGES = 20 if LONG else 1


@pytest.fixture(scope="module")
def recorded(tmp_path_factory) -> tuple[list[list[Call]], list[dict]]:
    """Return the calls of each save, all made one after the other in a new folder, and what stood before and after each."""
    folder = tmp_path_factory.mktemp("recorded")
    calls, stood = [], [standing(folder)]
    for save in SAVES:
        done = run(folder, lambda save=save: save(opened(folder)))
        assert done.said == "done", done.said
        calls.append(done.calls)
        stood.append(standing(folder))
    return calls, stood


def cuts(template: Path, calls: list[list[Call]]) -> Iterator[tuple[int, bool, Call, Disk]]:
    """Yield, after each call: which save it belongs to, whether that save had ended, the call, and the disk."""
    disk = Disk(template)
    for save, its_calls in enumerate(calls):
        for number, call in enumerate(its_calls, start=1):
            disk.do(call)
            yield save, number == len(its_calls), call, disk


def choices(number: int, ended: bool, chance: random.Random) -> list[Choice]:
    extremes = EXTREMES if LONG or ended else [EXTREMES[number % len(EXTREMES)]]
    return [*extremes, *(at_random(chance) for _ in range(RANDOM_IMAGES if LONG or number % 5 == 0 else 0))]


def test_the_disk_replayed_to_its_end_is_the_disk_as_it_is(tmp_path):
    template, folder = tmp_path / "template", tmp_path / "folder"
    opened(template).add_many("boats", [{"name": "Ida"}])
    calls = run(fresh_copy(template, folder), lambda: opened(folder).add_many("boats", [{"name": "Nora"}])).calls
    disk = Disk(template)
    for call in calls:
        disk.do(call)
    disk.written_to(tmp_path / "image", next(choice for choice in EXTREMES if choice.title == "all contents, all names"))
    for file in (path for path in folder.rglob("*") if path.is_file()):
        assert (tmp_path / "image" / file.relative_to(folder)).read_bytes() == file.read_bytes()


def test_after_a_power_cut_at_any_call_all_that_was_acknowledged_is_there(tmp_path, recorded):
    calls, stood = recorded
    chance = random.Random(7)
    image, empty = tmp_path / "image", tmp_path / "empty"
    empty.mkdir()
    built = 0
    for number, (save, ended, call, disk) in enumerate(cuts(empty, calls)):
        for choice in choices(number, ended, chance):
            shutil.rmtree(image, ignore_errors=True)
            disk.written_to(image, choice)
            allowed = [stood[save + 1]] if ended else [stood[save], stood[save + 1]]
            check(image, allowed, f"save {save + 1}, cut after {call.kind} {call.path}, {choice.title}")
            built += 1
    print(f"\n{built} power-cut images opened, none lost a save")


def check(image: Path, allowed: list[dict], where: str) -> None:
    store = opened(image)
    stands = standing(image)
    assert stands in allowed, where
    store.add_many("boats", [{"id": "knext", "name": "next"}])
    assert standing(image)["boats"].keys() == {*stands["boats"], "knext"}, where
    assert litter(image) == [], where
