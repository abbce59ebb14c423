"""Every notebook runs from top to bottom and saves nothing: on an empty workbook and on the example.

The long run, also a second time in a row, ten months away, and on ten years of records:
CAREERKIT_LONG=1 python -m pytest -n 0 tests/notebook/test_notebooks_run.py
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import decade
from example_counts import LONG

from careerkit import Workbook
from careerkit.lab import launch
from careerkit.notebook.guides import NOTEBOOKS
from careerkit.store import layout

NAMES = [*(file for file, _, _ in NOTEBOOKS), "exercises.ipynb"]


def empty(folder: Path) -> Workbook:
    return Workbook.create(folder, owner="Maya Lindt")


def example(folder: Path) -> Workbook:
    return Workbook.create(folder, example=True)


def ten_months_away(folder: Path) -> Workbook:
    """Make the example, and let the calendar go on without anybody writing."""
    made = Workbook.create(folder, example=True)
    settings = folder / "workbook.toml"
    settings.write_text(re.sub(r"2026-10-12", "2027-08-12", settings.read_text("utf-8")), "utf-8")
    return made


BOOKS: dict[str, Callable[[Path], Workbook]] = {"empty": empty, "example": example}
if LONG:
    BOOKS |= {"ten-months-away": ten_months_away, "ten-years": decade.workbook}


def fingerprint(book: Workbook) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted((book.folder / "data").iterdir())}


def test_every_notebook_runs_and_saves_nothing(tmp_path: Path) -> None:
    books = {name: make(tmp_path / name) for name, make in BOOKS.items()}
    before = {name: fingerprint(book) for name, book in books.items()}
    notebooks = [book.folder / "notebooks" / file for book in books.values() for file in NAMES]
    # A second time in a row, by a copy: one run takes each file once.
    for file in NAMES if LONG else ():
        again = books["example"].folder / "notebooks" / f"again_{file}"
        again.write_bytes((again.parent / file).read_bytes())
        notebooks.append(again)
    # One run for all, so that the libraries are loaded once.
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "-p", "no:cacheprovider", "-o", "addopts=", "-q", *map(str, notebooks)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=launch.isolated(launch.prepare(books["empty"].folder / layout.LAB)),
    )
    assert run.returncode == 0, run.stdout[-3000:]
    assert {name: fingerprint(book) for name, book in books.items()} == before
