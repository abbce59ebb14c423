"""Builds every table as a typed frame from plain rows, for tests of measures."""

from __future__ import annotations

import itertools
from functools import cache
from typing import Any

import pandas as pd

from careerkit.records import Record
from careerkit.records.settings import Settings
from careerkit.topics import RECORDS

CREATED = "2020-01-01T08:00:00Z"


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


def _texts(record: type[Record], row: dict[str, Any], number: int) -> dict[str, str]:
    given = {"id": f"{record.table[0]}{number}", "created_at": CREATED, **row}
    given.setdefault("updated_at", given["created_at"])
    cleaned, wrong = record.clean(given)
    assert not wrong, f"{record.table} row {number}: {wrong}"
    return record.texts(cleaned)
