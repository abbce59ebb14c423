"""The notebooks after ten months away, and on ten years of records: each runs, and none saves anything."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import decade
import pytest

from careerkit import Workbook, launch
from careerkit.topics.guides import NOTEBOOKS

NAMES = [*(file for file, _, _ in NOTEBOOKS), "exercises.ipynb"]


def ten_months_later(folder: Path) -> Workbook:
    """Make the example, and let the calendar go on without anybody writing."""
    made = Workbook.create(folder, example=True)
    settings = folder / "workbook.toml"
    settings.write_text(re.sub(r"2026-10-12", "2027-08-12", settings.read_text("utf-8")), "utf-8")
    return made


@pytest.mark.parametrize("make", [ten_months_later, decade.workbook], ids=["ten months away", "ten years"])
def test_every_notebook_runs_and_saves_nothing(tmp_path: Path, make: Callable[[Path], Workbook]) -> None:
    made = make(tmp_path / "book")
    before = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (made.folder / "data").iterdir()}
    paths = [str(made.folder / "notebooks" / name) for name in NAMES]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "-p", "no:cacheprovider", "-o", "addopts=", "-q", *paths],
        capture_output=True,
        text=True,
        cwd=made.folder,
        env=launch.isolated(launch.prepare(made.folder)),
    )
    assert run.returncode == 0, run.stdout[-3000:]
    assert {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (made.folder / "data").iterdir()} == before
