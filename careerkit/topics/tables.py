"""The tables a measure is given, and the typed frames it returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from careerkit.records import join_list, split_list

Tables = Mapping[str, pd.DataFrame]
Row = dict[str, Any]
TYPES = {"text": "str", "whole": "Int64", "number": "Float64", "day": "datetime64[s]", "flag": "bool"}


def columns(declared: str) -> dict[str, str]:
    """Return column to type, as declared in words such as "title status: text; steps: whole; due_on: day"."""
    groups = (group.split(":") for group in declared.split(";"))
    return {name: TYPES[kind.strip()] for names, kind in groups for name in names.split()}


def names(table: pd.DataFrame, column: str = "name") -> dict[str, Any]:
    """Return each record's cell in a column, its name unless another is asked for, by its id."""
    return dict(zip(table["id"], table[column], strict=True))


def named(ids: str, table: pd.DataFrame) -> str:
    """Return ids, ';'-joined, as names; what is no longer in the table is left out."""
    known = names(table)
    return ", ".join(known[key] for key in split_list(ids) if key in known)


def ids(*parts: Iterable[Any]) -> list[str]:
    """Return the ids behind each row, ';'-joined, missing ones left out."""
    return [join_list("" if pd.isna(each) else each for each in row) for row in zip(*parts, strict=True)]


def unique_ids(cells: Iterable[str]) -> str:
    """Return the ids of several cells, ';'-joined, each once."""
    return join_list(key for cell in cells for key in split_list(cell))


def gathered(frame: pd.DataFrame, by: str, ids: tuple[str, ...]) -> dict[str, str]:
    """Return each value of a column with the ids beside it, ';'-joined, each once."""
    found: dict[str, dict[str, None]] = {}
    for key, *beside in zip(frame[by].tolist(), *(frame[column].tolist() for column in ids), strict=True):
        found.setdefault(key, {}).update(dict.fromkeys(beside))
    return {key: ";".join(each) for key, each in found.items()}
