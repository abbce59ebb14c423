"""A disk that does not do as asked: full, read-only, a file held open. The save is refused in a sentence, nothing that
existed changes, nothing piles up, and all works again when the cause is gone.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fleet import fresh_copy, litter, opened, raw, standing
from processes import begun, done

from careerkit.errors import CareerkitError
from careerkit.store.files import atomic
from careerkit.store.store import Change, Store

NOBODY = 65534
BOTH = [Change("boats", "kmira", {"name": "Mira II"}), Change("trips", None, {"id": "ktrip", "boat_id": "kmira", "goal": "Island"})]
SAVES: dict[str, Callable[[Store], object]] = {
    "an addition": lambda store: store.add_many("boats", [{"id": "knora", "name": "Nora", "log": "long " * 3_000}]),
    "a change": lambda store: store.update("boats", "kmira", {"log": "long " * 3_000}),
    "a save over two tables": lambda store: store.save(BOTH, "a trip"),
    "an undo": lambda store: store.undo(),
}


def harbour(folder: Path) -> Path:
    store = opened(folder)
    store.add_many("boats", [{"id": "kmira", "name": "Mira"}, *({"name": f"boat {number}"} for number in range(40))])
    store.save(
        [Change("boats", "kmira", {"length": 6}), Change("trips", None, {"id": "kfirst", "boat_id": "kmira", "goal": "Cape"})], "out"
    )
    return folder


def tables(folder: Path) -> tuple[bytes, bytes]:
    return raw(folder, "boats"), raw(folder, "trips")


def saves_again(folder: Path) -> None:
    opened(folder).add_many("boats", [{"id": "knext", "name": "next"}])
    assert "knext" in standing(folder)["boats"] and litter(folder) == []
    assert opened(folder).undo() == "Undone: added next to boats."


# -- a full disk


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """Return a disk of 1 MB; where none may be mounted, the limit on the size of files tests the refusal alone."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("only root may mount a small disk; the test of limited file sizes stands in")
    yield place
    subprocess.run(["umount", place], check=True)


def fill_but(disk: Path, pages: int) -> None:
    """Fill a disk so that only this many pages of 4 kB are left."""
    with (disk / "filler").open("wb") as filler, contextlib.suppress(OSError):
        while True:
            os.write(filler.fileno(), bytes(4096))
    size = (disk / "filler").stat().st_size
    os.truncate(disk / "filler", max(0, size - pages * 4096))


@pytest.mark.parametrize("save", SAVES)
def test_on_a_disk_that_is_full_at_any_page_a_save_is_made_or_refused_whole(tmp_path, small_disk, save):
    template = harbour(tmp_path / "template")
    outcomes = []
    for pages in range(40):
        folder = fresh_copy(template, small_disk / "book")
        store, before = opened(folder), tables(folder)
        fill_but(small_disk, pages)
        refused = said_instead(lambda store=store: SAVES[save](store))
        if refused:
            assert tables(folder) == before and "make room on the disk" in refused
        else:
            assert tables(folder) != before
        assert litter(folder) == []
        after = tables(folder)
        (small_disk / "filler").unlink()
        saves_again(folder)
        assert standing(folder) == standing_of(after, tmp_path)
        outcomes.append(bool(refused))
    assert outcomes[0] and not outcomes[-1], "the disk was to be full at first, and to have room at last"


def test_a_disk_that_fills_up_once_the_table_is_written_does_not_make_a_save_look_lost(tmp_path, small_disk, monkeypatch):
    folder = fresh_copy(harbour(tmp_path / "template"), small_disk / "book")
    store, real = opened(folder), os.replace

    def then_full(beside: object, place: object) -> None:
        real(beside, place)
        fill_but(small_disk, 0)

    monkeypatch.setattr(os, "replace", then_full)
    SAVES["an addition"](store)
    monkeypatch.undo()
    assert "knora" in standing(folder)["boats"]
    (small_disk / "filler").unlink()
    assert opened(folder).undo() == "Undone: added Nora to boats."
    saves_again(folder)


def standing_of(files: tuple[bytes, bytes], tmp_path: Path) -> dict:
    kept = tmp_path / "kept" / "data"
    kept.mkdir(parents=True, exist_ok=True)
    for table, data in zip(("boats", "trips"), files, strict=True):
        (kept / f"{table}.csv").write_bytes(data)
    return standing(kept.parent)


def said_instead(act: Callable[[], object]) -> str:
    """Return the sentence by which an act was refused, '' when it was done; any other error is one."""
    try:
        act()
    except CareerkitError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("save", SAVES)
def test_where_no_file_may_grow_a_save_is_made_or_refused_whole(tmp_path, save):
    template, folder = harbour(tmp_path / "template"), tmp_path / "limited"
    before = tables(template)
    largest = max(file.stat().st_size for file in template.rglob("*") if file.is_file())
    outcomes = []
    for limit in [0, 1, 512, 4096, 8192, 20_000, largest - 4096, largest, largest + 8192, largest * 4]:
        fresh_copy(template, folder)
        (said,) = done([begun(lambda say, limit=limit: limited(folder, limit, SAVES[save], say))])
        refused = said != "done\n"
        assert (tables(folder) == before) == refused, said
        assert "Nothing was saved" in said or not refused
        assert litter(folder) == []
        saves_again(folder)
        outcomes.append(refused)
    assert outcomes[0] and not outcomes[-1]


def limited(folder: Path, limit: int, save: Callable[[Store], object], say: Callable[[str], None]) -> None:
    store = opened(folder)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    if sentence := said_instead(lambda: save(store)):
        say(sentence)


# -- a folder that may not be written


@pytest.fixture
def open_place(monkeypatch) -> Iterator[Path]:
    """Return a folder that belongs to a person without special rights, for whom alone modes count."""
    place = Path(tempfile.mkdtemp(prefix="careerkit-"))
    monkeypatch.setenv("XDG_STATE_HOME", str(place / "state"))
    if os.geteuid() == 0:
        os.chown(place, NOBODY, NOBODY)
    yield place
    for folder in (path for path in place.rglob("*") if path.is_dir()):
        folder.chmod(0o755)
    shutil.rmtree(place)


def as_that_person(act: Callable[[], object]) -> str:
    def plainly(say: Callable[[str], None]) -> None:
        if os.geteuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        if sentence := said_instead(act):
            say(sentence)

    (said,) = done([begun(plainly)])
    return said.removesuffix("done\n")


@pytest.mark.parametrize("locked", ["data", ".careerkit", "both"])
@pytest.mark.parametrize("save", SAVES)
def test_a_save_into_a_read_only_folder_is_refused_and_changes_nothing(open_place, save, locked):
    folder = open_place / "book"
    assert as_that_person(lambda: harbour(folder)) == ""
    before = tables(folder)
    shut = [folder / name for name in ([locked] if locked != "both" else ["data", ".careerkit"])]
    for place in shut:
        place.chmod(0o555)
    said = as_that_person(lambda: SAVES[save](opened(folder)))
    assert "Nothing was saved" in said and tables(folder) == before and litter(folder) == []
    assert as_that_person(lambda: opened(folder).read("boats")) == ""
    for place in shut:
        place.chmod(0o755)
    assert as_that_person(lambda: saves_again(folder)) == ""
    assert tables(folder) == before


# -- a file held open by another program, as Windows refuses it


def hold(monkeypatch, name: str, times: float) -> None:
    real, left = os.replace, [times]

    def refusing(beside: object, place: object) -> None:
        if Path(str(place)).name == name and left[0] > 0:
            left[0] -= 1
            raise PermissionError(13, "Access is denied")
        real(beside, place)

    monkeypatch.setattr(os, "replace", refusing)


@pytest.fixture
def book(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(atomic, "RETRY_SECONDS", (0.01, 0.02, 0.04))
    return harbour(tmp_path / "book")


@pytest.mark.parametrize("save", SAVES)
def test_a_file_that_another_program_soon_lets_go_is_saved_after_some_tries(book, monkeypatch, save):
    before = tables(book)
    hold(monkeypatch, "boats.csv", 3)
    SAVES[save](opened(book))
    assert tables(book) != before and litter(book) == []


@pytest.mark.parametrize(("save", "held"), [*((save, "boats.csv") for save in SAVES), ("a save over two tables", "trips.csv")])
def test_a_file_that_another_program_keeps_is_named_and_nothing_changes(book, monkeypatch, save, held):
    before = tables(book)
    hold(monkeypatch, held, float("inf"))
    with pytest.raises(CareerkitError, match=f"data/{held} could not be written: another program.*Excel.*Nothing was saved"):
        SAVES[save](opened(book))
    assert tables(book) == before and litter(book) == []
    monkeypatch.undo()
    assert opened(book).undo() == "Undone: out."


def test_the_waits_for_a_held_file_grow_and_last_a_few_seconds():
    waits = list(atomic.RETRY_SECONDS)
    assert waits == sorted(waits) and 2 <= sum(waits) <= 10
