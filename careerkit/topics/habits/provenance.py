"""The records behind a figure, by their names."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import Date, Record, Reference, References, is_blank, split_list
from careerkit.topics import RECORDS
from careerkit.topics.tables import Tables

# More names than these are a wall; the rest is counted.
MOST_NAMED = 12
PLURALS = {"feedback": "pieces of feedback", "look at a trend": "looks at trends", "change of plan": "changes of plan"}


class Provenance:
    """The records behind a figure, except those that a page never shows one by one.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Every table, typed.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._rows: dict[str, pd.DataFrame] = {}

    def folded(self, ids: str) -> look.Html:
        """Return a line such as '12 skills and 24 ratings' that unfolds to their names; nothing for no records."""
        found = self._by_table(split_list(ids))
        if not found:
            return look.Html("")
        parts = [(self._counted(table, keys), self._names(table, keys)) for table, keys in found.items()]
        return look.folded(f"from {look.listed([counted for counted, _ in parts])}", parts)

    @cached_property
    def _table_of(self) -> dict[str, str]:
        return {key: table for table, frame in self._tables.items() if table in RECORDS for key in frame["id"].tolist()}

    def _by_table(self, ids: list[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key in dict.fromkeys(ids):
            if table := self._table_of.get(key):
                found.setdefault(table, []).append(key)
        return found

    def _seen(self, table: str, keys: list[str]) -> list[str]:
        return [key for key in keys if key in self._listed(table).index]

    def _counted(self, table: str, keys: list[str]) -> str:
        noun, amount = RECORDS[table].noun, len(self._seen(table, keys))
        if amount < len(keys):
            # How many answered is not shown either.
            return PLURALS.get(noun, noun + "s")
        return look.count(amount, "piece of feedback" if noun == "feedback" else noun, PLURALS.get(noun, ""))

    def _names(self, table: str, keys: list[str]) -> str:
        seen = self._seen(table, keys)
        named = [self._name(RECORDS[table], self._listed(table).loc[key]) for key in seen[:MOST_NAMED]]
        more = [f"{len(seen) - MOST_NAMED} more"] if len(seen) > MOST_NAMED else []
        together = ["those that are only shown together"] if len(seen) < len(keys) else []
        return look.listed([*named, *more, *together])

    def _listed(self, table: str) -> pd.DataFrame:
        if table not in self._rows:
            self._rows[table] = RECORDS[table].listed(self._tables[table]).set_index("id")
        return self._rows[table]

    def _name(self, record: type[Record], row: pd.Series) -> str:
        if record.named_by and str(row[record.named_by]).strip():
            return look.short(str(row[record.named_by]), 60)
        days = [row[name] for name, field in record.fields.items() if isinstance(field, Date) and not is_blank(row[name])]
        parts = [*map(look.day, days[:1]), *self._about(record, row)]
        return " ".join(filter(None, parts)) or record.noun

    def _about(self, record: type[Record], row: pd.Series) -> list[str]:
        """Return who or what a record is about: the names behind its first filled reference."""
        for name, field in record.fields.items():
            if isinstance(field, Reference | References) and row[name]:
                return [self._named(field.table, row[name])]
        return [look.short(str(row[name]), 40) for name in ("question", "kind") if str(row.get(name, "") or "").strip()][:1]

    def _named(self, table: str, ids: Any) -> str:
        named, rows = RECORDS[table].named_by, self._listed(table)
        return ", ".join(str(rows.at[key, named]) for key in split_list(ids) if named and key in rows.index)
