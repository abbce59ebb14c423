"""How fast things are, as ratios measured in one run.

Usage: python tests/benchmarks/bench.py
"""

from __future__ import annotations

import datetime as dt
import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from careerkit import Workbook
from careerkit.store import packaged
from careerkit.store.store import Store
from careerkit.topics import RECORDS
from careerkit.topics.networking.records import Interaction

ROUNDS = 7


def compared(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the median seconds of both, run in turns so that both see the same machine."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for kept, run in zip(times, (ours, theirs), strict=True):
            start = time.perf_counter()
            run()
            kept.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def say(what: str, seconds: tuple[float, float], reach: str) -> None:
    """Print a ratio with both times behind it."""
    ours, theirs = seconds
    print(f"{what}: {ours / theirs:.2f} ({ours:.3f} s against {theirs:.3f} s; reach {reach})", flush=True)


def importing() -> None:
    """Compare loading the package with loading pandas, each in a new process."""

    def load(code: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", code], check=True)

    say("from careerkit import Workbook / import pandas", compared(load("from careerkit import Workbook"), load("import pandas")), "1.25")


def talks(count: int) -> list[dict[str, object]]:
    """Return that many interactions."""
    first = dt.date(2016, 1, 1)
    return [
        {
            "happened_on": first + dt.timedelta(days=place % 3600),
            "kind": "call",
            "direction": "mutual",
            "summary": f"The plan for week {place}",
        }
        for place in range(count)
    ]


def saving(folder: Path) -> None:
    """Compare a safe save into 10,000 rows with pandas' read, append and write of the same table."""
    store = Store(folder, RECORDS)
    store.add_many("interactions", talks(10_000))
    file, copy = folder / "data" / "interactions.csv", folder / "copy.csv"
    copy.write_bytes(file.read_bytes())
    row = dict.fromkeys(Interaction.fields, "x")

    def unsafe() -> None:
        pd.concat([pd.read_csv(copy), pd.DataFrame([row])]).to_csv(copy, index=False)

    say(
        "a safe save into 10,000 rows / pandas read, append, to_csv",
        compared(lambda: store.add_many("interactions", talks(1)), unsafe),
        "1.0",
    )


def reading(folder: Path) -> None:
    """Compare a typed read of 100,000 rows with pandas' read of the same as text."""
    Store(folder, RECORDS).add_many("interactions", talks(100_000))
    file = folder / "data" / "interactions.csv"
    seconds = compared(lambda: Store(folder, RECORDS).read("interactions"), lambda: pd.read_csv(file, dtype=str), rounds=5)
    say("a typed read of 100,000 rows / read_csv(dtype=str)", seconds, "1.5")


def reporting(folder: Path) -> None:
    """Compare our report with papermill and then nbconvert on the same notebook, each in a new process."""
    book = Workbook.create(folder / "book", example=True)
    notebook = packaged.path("notebooks") / "reports" / "quarterly_review.ipynb"
    out = folder / "out.ipynb"

    def plain() -> None:
        given = ["-p", "workbook", str(book.folder), "-p", "period", "2026Q3"]
        subprocess.run([sys.executable, "-m", "papermill", str(notebook), str(out), *given], check=True, capture_output=True)
        subprocess.run([sys.executable, "-m", "nbconvert", "--to", "html", str(out)], check=True, capture_output=True)

    ours = [sys.executable, "-m", "careerkit", "report", "--workbook", str(book.folder), "--period", "2026Q3"]
    say(
        "careerkit report / papermill, then nbconvert",
        compared(lambda: subprocess.run(ours, check=True, capture_output=True), plain, rounds=3),
        "1.0",
    )


def taking_in(folder: Path) -> None:
    """Time the import of 30,000 connections, with its memory."""
    file = folder / "Connections.csv"
    text = io.StringIO()
    text.write("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n")
    for place in range(30_000):
        text.write(
            f"Maya{place},Lindt,https://www.linkedin.com/in/maya-{place},,Nordwind {place % 900},Analyst,{1 + place % 28} Mar 2022\n"
        )
    file.write_text(text.getvalue(), encoding="utf-8")
    book = Workbook.create(folder / "book")
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    book.import_file("linkedin", file)
    seconds = time.perf_counter() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    start = time.perf_counter()
    book.import_file("linkedin", file)
    again = time.perf_counter() - start
    print(f"import of 30,000 connections: {seconds:.1f} s, {grown:.0f} MB more at the most; the same again: {again:.1f} s")


def main() -> None:
    """Run all of them, each in a folder of its own."""
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    with tempfile.TemporaryDirectory() as place:
        # Memory is measured first, while nothing else has grown it.
        for name, run in (("import", taking_in), ("save", saving), ("read", reading), ("report", reporting)):
            (Path(place) / name).mkdir()
            run(Path(place) / name)
        importing()


if __name__ == "__main__":
    main()
