"""Boats and trips, on which the fault tests act: a small workbook, its files read without careerkit, and what a save does."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import shutil
from pathlib import Path

from boats import RECORDS, Rows

from careerkit.store.store import Store

# One command for the long runs: CAREERKIT_LONG=1 python -m pytest -n 0 tests/store/faults
LONG = os.environ.get("CAREERKIT_LONG") == "1"


def opened(folder: Path) -> Store:
    """Return the workbook's store, whose clock stands still, so that a save writes the same bytes each time."""
    return Store(folder, RECORDS, now=lambda: dt.datetime(2026, 10, 12, 9, 30))


def raw(folder: Path, table: str = "boats") -> bytes:
    """Return a table's file as it stands, empty where there is none."""
    file = folder / "data" / f"{table}.csv"
    return file.read_bytes() if file.exists() else b""


def parsed(data: bytes) -> Rows:
    """Return the rows of a file by id, read by Python's own reader; each must be whole."""
    if not data:
        return {}
    assert data.endswith(b"\n"), "the file is cut"
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert all(len(row) == len(header) for row in rows), "a row is cut"
    named = [dict(zip(header, row, strict=True)) for row in rows]
    found = {row["id"]: row for row in named}
    assert len(found) == len(named), "a row stands twice"
    return found


def standing(folder: Path) -> dict[str, Rows]:
    """Return the rows of every table as they stand on the disk, but for the times, which a row typed outside gets later."""
    return {
        table: {key: {name: text for name, text in row.items() if not name.endswith("ed_at")} for key, row in rows.items()}
        for table, rows in ((table, parsed(raw(folder, table))) for table in RECORDS)
    }


def litter(folder: Path) -> list[str]:
    """Return the files of the data folder that are no tables."""
    return [file.name for file in (folder / "data").iterdir() if file.suffix != ".csv"]


def fresh_copy(template: Path, folder: Path) -> Path:
    """Return a folder made anew as a copy of another."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    return folder
