"""How long 8 processes that add 200 records each wait for the workbook's lock, and how many kills a minute a save survives.

Usage: python tests/benchmarks/writers.py
"""

from __future__ import annotations

import contextlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "store" / "faults")]

from fleet import opened  # noqa: E402  # the fault tests are no package
from processes import begun, done  # noqa: E402

from careerkit.store.files.data_folder import DataFolder  # noqa: E402

WRITERS, EACH = 8, 200
locked = DataFolder.locked


def add(folder: Path, say: Callable[[str], None]) -> None:
    """Add records one after the other, and say how long each waited for the lock."""

    @contextlib.contextmanager
    def timed(data: DataFolder) -> Iterator[None]:
        start = time.perf_counter()
        with locked(data):
            say(str(time.perf_counter() - start))
            yield

    DataFolder.locked = timed  # type: ignore[method-assign]
    store = opened(folder)
    for number in range(EACH):
        store.add_many("boats", [{"name": str(number)}])


def waits() -> None:
    """Print the worst and the median wait for the lock."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        texts = done([begun(lambda say: add(Path(folder), say)) for _ in range(WRITERS)])
        took = time.perf_counter() - began
        rows = len(opened(Path(folder)).read("boats"))
    seconds = [float(line) for text in texts for line in text.splitlines()[:-1]]
    print(f"{WRITERS} writers x {EACH} records: {rows} rows in {took:.1f} s")
    print(f"worst wait for the lock: {max(seconds):.2f} s (reach 2); median {statistics.median(seconds):.3f} s")


def kills() -> None:
    """Print how many kills a minute the test of random kills makes and survives."""
    test = "tests/store/faults/test_kills.py::test_no_kill_at_a_random_moment_loses_a_save_and_readers_see_whole_files"
    asked = [sys.executable, "-m", "pytest", "-n", "0", "-s", test]
    told = subprocess.run(asked, cwd=TESTS.parent, capture_output=True, text=True, env=os.environ)
    said = re.search(r"^\d+ kills.*$", told.stdout, re.MULTILINE)
    print(said.group() if said else told.stdout)
    sys.exit(told.returncode)


if __name__ == "__main__":
    waits()
    kills()
