"""A record: what a row of one table is, and what a valid one looks like.

A record class is written once. The CSV's header and types, the form, the validation and its sentences, the importers'
targets and the data dictionary are all derived from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import pandas as pd

from careerkit.records.fields import Date, Field, Flag, Moment, Text, is_blank

# The fields that careerkit fills by its clock.
TIMES = ("created_at", "updated_at")


class Record:
    """A row of a table; a subclass declares its fields as class attributes, in the order of the CSV's columns.

    Attributes
    ----------
    table : str
        The CSV's name without its ending.
    noun : str
        What one row is called in a sentence.
    named_by : str
        The column by which a person recognises a row.
    rows : tuple of tuple of str
        How a form lays its fields out, one tuple a line; fields not named are under "More".
    order : tuple of tuple of str
        Pairs of days of which the second may not be before the first, and what is wrong when it is.
    """

    table: ClassVar[str] = ""
    noun: ClassVar[str] = "record"
    named_by: ClassVar[str] = ""
    rows: ClassVar[tuple[tuple[str, ...], ...]] = ()
    order: ClassVar[tuple[tuple[str, str, str], ...]] = ()
    fields: ClassVar[dict[str, Field]] = {}

    def __init_subclass__(cls) -> None:
        # A column may be called as something that the class itself needs, such as "table"; then the field says its name.
        own = {field.name or name: field for name, field in vars(cls).items() if isinstance(field, Field)}
        cls.fields = {"id": Text(label="Id"), **own, **_common()}
        for name, field in cls.fields.items():
            field.name = name

    @classmethod
    def own_fields(cls) -> dict[str, Field]:
        """Return the fields that a person fills."""
        return {name: field for name, field in cls.fields.items() if name not in ("id", *TIMES)}

    @classmethod
    def is_named_in(cls, header: Iterable[str]) -> bool:
        """Say whether a header names any field that a person fills; else nothing can be told about the rows below it."""
        return not cls.own_fields().keys().isdisjoint(header)

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """Return what a new record begins with where nothing is said, but for days, which need a clock."""
        return {name: field.default for name, field in cls.fields.items() if field.default not in (None, "today")}

    @classmethod
    def empty(cls) -> pd.DataFrame:
        """Return a frame of no rows, with every column in its type."""
        return typed_frame([], {name: field.dtype for name, field in cls.fields.items()})

    @classmethod
    def clean(cls, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the values in their types, and a sentence for every field that is wrong.

        Parameters
        ----------
        values : dict
            A whole record, field name to value; fields that are missing count as blank.
        """
        cleaned: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for name in values:
            if name not in cls.fields:
                wrong[name] = f"{cls.table} has no column {name}. It has {', '.join(cls.own_fields())}."
        for name, field in cls.fields.items():
            try:
                cleaned[name] = field.clean(values.get(name))
            except ValueError as error:
                wrong[name] = str(error)
                continue
            if field.required and is_blank(cleaned[name]):
                wrong[name] = f"{field.label} is empty. Fill it in to save."
        if not wrong:
            wrong = cls.check(cleaned)
        return cleaned, wrong

    @classmethod
    def check(cls, values: dict[str, Any]) -> dict[str, str]:
        """Return a sentence for each field that does not fit the others: days out of order, and what subclasses add."""
        return {
            later: f"{wrong}, {values[first].day} {values[first]:%B %Y}. Choose a later day."
            for first, later, wrong in cls.order
            if values[first] and values[later] and values[later] < values[first]
        }

    @classmethod
    def texts(cls, cleaned: dict[str, Any]) -> dict[str, str]:
        """Return the CSV's cells of a cleaned record."""
        return {name: field.write(cleaned.get(name)) for name, field in cls.fields.items()}

    @classmethod
    def past_days(cls) -> list[str]:
        """Return the fields of days that have passed: all but those that may lie ahead."""
        return [name for name, field in cls.fields.items() if isinstance(field, Date) and not field.ahead]

    @classmethod
    def known(cls, frame: pd.DataFrame, on: dt.date) -> pd.DataFrame:
        """Return the rows that were known on a day.

        A row is known from the earliest of its created day and its filled past-tense dates.
        """
        since = frame[["created_at", *cls.past_days()]].min(axis=1)
        return frame[since.dt.normalize() <= pd.Timestamp(on)]

    @classmethod
    def listed(cls, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that a page may show one by one; a subclass says which are only told together."""
        return frame

    @classmethod
    def label_of_texts(cls, texts: Mapping[str, str]) -> str:
        """Return how a person recognises a row of which perhaps not every cell is known."""
        return cls.label({name: texts.get(name, "") for name in cls.fields})

    @classmethod
    def label(cls, row: Any) -> str:
        """Return how a person recognises a row."""
        text = row[cls.named_by] if cls.named_by else ""
        return str(text).strip() or f"{cls.noun} without a name"


def typed_frame(rows: Iterable[Mapping[str, Any]], dtypes: Mapping[str, str]) -> pd.DataFrame:
    """Return rows as a frame whose columns have these types, also where there is no row."""
    rows = list(rows)
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=dtype) for name, dtype in dtypes.items()})


def _common() -> dict[str, Field]:
    return {
        "private": Flag(label="Private", help="Never leaves this workbook, whoever it is shared with."),
        "created_at": Moment(label="Created"),
        "updated_at": Moment(label="Changed"),
    }
