"""Builds every table as a typed frame from plain rows, for tests of measures."""

from __future__ import annotations

import datetime as dt
import itertools
from functools import cache
from typing import Any

import pandas as pd

from careerkit.records import Record
from careerkit.records.settings import Settings
from careerkit.topics import RECORDS

CREATED = "2020-01-01T08:00:00Z"
# The day that most measures are asked about: a Monday.
ON = dt.date(2026, 10, 12)


def tables(**rows: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """Return all tables, those named filled with the rows given.

    A row without an id gets the table's first letter and its number, such as g1; one without ``created_at`` was
    written on 1 January 2020.
    """
    unknown = set(rows) - set(RECORDS)
    assert not unknown, f"no such tables: {unknown}"
    return {table: frame(record, rows.get(table, [])) for table, record in RECORDS.items()}


def frame(record: type[Record], rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return rows of one table as the store reads them."""
    if not rows:
        return _empty(record)
    texts = [_texts(record, row, number) for row, number in zip(rows, itertools.count(1), strict=False)]
    cells = pd.DataFrame(texts, dtype="str")
    return pd.DataFrame({name: field.column(cells[name])[0].astype(field.dtype) for name, field in record.fields.items()})


@cache
def _empty(record: type[Record]) -> pd.DataFrame:
    # Made once: no measure changes what it is given, and a test holds that.
    return record.empty()


def settings(**values: Any) -> Settings:
    """Return settings for a measure."""
    return Settings(**{"owner": "Nora Berg", "id": "w1", **values})


def values(rows: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """Return the rows as tuples, None for what is missing."""
    cells = [[None if pd.isna(cell) else cell for cell in rows[column]] for column in columns]
    return list(zip(*cells, strict=True))


def person(number: int = 1, **more: Any) -> dict[str, Any]:
    """Return a contact, c1 unless another is named."""
    return {"id": f"c{number}", "name": f"Person {number}", **more}


def talk(on: str, people: str = "c1", **more: Any) -> dict[str, Any]:
    """Return a call with people on a day."""
    return {"happened_on": on, "contact_ids": people, "kind": "call", **more}


def skill(number: int = 1, **more: Any) -> dict[str, Any]:
    """Return a skill, s1 unless another is named."""
    return {"id": f"s{number}", "name": f"Skill {number}", **more}


def rating(on: str, level: int = 3, skill_id: str = "s1", **more: Any) -> dict[str, Any]:
    """Return a rating of a skill, one's own unless another is named."""
    return {"rated_on": on, "skill_id": skill_id, "rater": "self", "level": level, **more}


def study(on: str, minutes: int = 60, **more: Any) -> dict[str, Any]:
    """Return a study note."""
    return {"studied_on": on, "minutes": minutes, **more}


def goal(**more: Any) -> dict[str, Any]:
    """Return a goal with a number, from 0 to 10."""
    return {"id": "g1", "title": "Speak to ten people", "metric": "talks", "target": 10, **more}


def _texts(record: type[Record], row: dict[str, Any], number: int) -> dict[str, str]:
    given = {"id": f"{record.table[0]}{number}", "created_at": CREATED, **row}
    given.setdefault("updated_at", given["created_at"])
    cleaned, wrong = record.clean(given)
    assert not wrong, f"{record.table} row {number}: {wrong}"
    return record.texts(cleaned)
