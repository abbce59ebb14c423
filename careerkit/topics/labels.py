"""How a person recognises a record: by its name, never by its id."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from careerkit import look
from careerkit.records import Date, Flag, Record, Reference, References, Words, is_blank, split_list
from careerkit.topics import RECORDS

Read = Callable[[str], pd.DataFrame]


def names(table: str, read: Read) -> dict[str, str]:
    """Return id to name for every row of a table, in the order of the names.

    Parameters
    ----------
    table : str
        The table's name.
    read : callable
        Table name to typed frame.
    """
    frame, record = read(table), RECORDS[table]
    if frame.empty:
        return {}
    if record.named_by:
        return dict(sorted(_distinct(frame, record).items(), key=lambda pair: pair[1].casefold()))
    newest = frame.sort_values(_day_column(record) or "created_at", ascending=False)
    return {str(row["id"]): described(row, record, read) for _, row in newest.iterrows()}


def _distinct(frame: pd.DataFrame, record: type[Record]) -> dict[str, str]:
    plain = frame[record.named_by].where(frame[record.named_by] != "", f"{record.noun} without a name")
    twice = plain.duplicated(keep=False)
    if twice.any() and "organisation" in frame:
        apart = plain + " (" + frame["organisation"].where(frame["organisation"] != "", "no organisation") + ")"
        plain = plain.mask(twice, apart)
    return dict(zip(frame["id"], plain, strict=True))


def described(row: pd.Series, record: type[Record], read: Read) -> str:
    """Return one row as a short text: its day, and who or what it is about."""
    column = _day_column(record, row)
    parts = [look.day(row[column])] if column else []
    if row.get("kind"):
        parts.append(str(row["kind"]))
    for name, field in record.fields.items():
        if isinstance(field, Reference | References) and row[name]:
            parts.append(named(row[name], field.table, read))
            break
    if "value" in row and not is_blank(row["value"]):
        parts.append(look.number(row["value"]))
    return " · ".join(part for part in parts if part) or record.noun


def named(ids: str, table: str, read: Read) -> str:
    """Return ids, ';'-joined, as names."""
    record, frame = RECORDS[table], read(table).set_index("id")
    wanted = [key for key in split_list(ids) if key in frame.index]
    if not record.named_by:
        return record.noun if wanted else ""
    return ", ".join(str(frame.at[key, record.named_by]) for key in wanted)


def _day_column(record: type[Record], row: pd.Series | None = None) -> str:
    days = [name for name, field in record.fields.items() if isinstance(field, Date)]
    filled = [name for name in days if row is None or not is_blank(row[name])]
    return filled[0] if filled else ""


def shown(row: pd.Series, name: str, record: type[Record], read: Read) -> str:
    """Return one cell as a person reads it: names for ids, '30 Nov 2026' for days."""
    field, value = record.fields[name], row[name]
    if is_blank(value):
        planned = row[field.else_planned] if isinstance(field, Date) and field.else_planned else None
        return "" if is_blank(planned) else f"planned for {look.day(planned)}"
    if isinstance(field, Date):
        return look.day(value)
    if isinstance(field, Reference | References):
        return named(value, field.table, read)
    if isinstance(field, Flag):
        return field.label.lower() if value else ""
    if field.dtype in ("Int64", "Float64"):
        return f"{look.number(value)} {field.unit}".strip()
    return ", ".join(split_list(value)) if isinstance(field, Words) else str(value)
