"""A coach's copy of a client's workbook: what the client shared, and beside it what the coach wrote."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.sharing import comments, keys, rules
from careerkit.sharing.bundle import Bundle
from careerkit.store import layout
from careerkit.store.files.atomic import write_json
from careerkit.store.store import Change
from careerkit.workbook import Workbook

# What the two write to each other: the coach's own rows of it are there whatever the client shares.
TOGETHER = rules.FROM_COACH["coach"]


@dataclass(frozen=True)
class Shared:
    """What the latest bundle of a client held.

    Parameters
    ----------
    made_at : str
        When it was made, in UTC; '' where none came yet.
    tables : mapping
        Table to the columns that were shared.
    withheld : mapping
        What stayed with the client, to how many rows or cells.
    """

    made_at: str = ""
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    withheld: Mapping[str, int] = field(default_factory=dict)

    @property
    def on(self) -> dt.date | None:
        """The day on which it was made, in local time."""
        if not self.made_at:
            return None
        return dt.datetime.fromisoformat(self.made_at).astimezone().date()

    def has(self, needed: Mapping[str, Iterable[str]]) -> bool:
        """Say whether all of these columns were shared."""
        return all(set(columns) <= set(self.tables.get(table, ())) for table, columns in needed.items())


class ClientCopy(Workbook):
    """A client's workbook as their coach has it. Whatever is added to it is the coach's own.

    Parameters
    ----------
    folder : Path
        In the practice's ``clients``.
    coach : str
        The coach's name.
    key : str
        The coach's public key.
    today : date, optional
        The day on which everything is looked at; else the present one.
    """

    def __init__(self, folder: Path, coach: str, key: str, today: dt.date | None = None) -> None:
        super().__init__(folder, today)
        self.coach, self.key = coach, key
        # The same frames each time, so that measures know them again.
        self._nothing: dict[str, pd.DataFrame] = {}

    @property
    def id(self) -> str:
        """The id of the client's workbook."""
        return self.settings.id

    @property
    def name(self) -> str:
        """The client's name."""
        return self.settings.owner or self.id

    def add_many(self, table: str, records: Iterable[dict[str, Any]]) -> list[str]:
        """Add rows of the coach's own in one save."""
        return super().add_many(table, [self._own(table, values) for values in records])

    def _own(self, table: str, values: Mapping[str, Any]) -> dict[str, Any]:
        whose = {rules.AUTHOR[table]: self.coach} if table in rules.AUTHOR else {}
        return {**values, **whose, "id": rules.new_coach_id(self.key)}

    def update(self, table: str, id: str, *, seen: Any = None, also: Iterable[Change] = (), **values: Any) -> None:
        """Change a row of the coach's own.

        Raises
        ------
        CareerkitError
            When the client wrote it.
        """
        self._refuse_clients(id)
        super().update(table, id, seen=seen, also=also, **values)

    def delete(self, table: str, id: str) -> None:
        """Take a row of the coach's own out."""
        self._refuse_clients(id)
        super().delete(table, id)

    def _refuse_clients(self, id: str) -> None:
        if not self.is_own(id):
            raise CareerkitError(f"{self.name} wrote this, and only {self.name} can change it. Write a comment instead.")

    def is_own(self, id: str) -> bool:
        """Say whether the coach wrote a row."""
        return rules.is_from(id, self.key)

    def is_coachs(self, row: Mapping[str, Any]) -> bool:
        """Say whether a comment is the coach's: by its id, or by the name, where it was written before there was a key."""
        return self.is_own(row["id"]) or (bool(self.coach) and row["author"].strip().casefold() == self.coach.casefold())

    def comment(self, table: str, id: str, text: str, reply_to: str = "") -> str:
        """Write a comment of the coach's on a record as it is now, and return its id."""
        day = self.today.isoformat()
        return str(self._refreshed(comments.comment(self.store, table, id, text, self.coach, day, self.key, reply_to)))

    def resolve(self, id: str) -> None:
        """Note that a comment of the coach's is dealt with; of the client's, only the client can say so."""
        if id not in set(self.read("comments")["id"]):
            raise CareerkitError(f"There is no comment {id!r} here. Look for its id in data/comments.csv.")
        self.update("comments", id, resolved_on=self.today)

    # -- what was shared

    @property
    def partner(self) -> keys.Partner | None:
        """The client's name and public key, None until something came."""
        return keys.client(self.folder)

    @property
    def shared(self) -> Shared:
        """What the latest bundle held; nothing until one came."""
        try:
            stored = json.loads((self.folder / layout.SHARED).read_text(encoding="utf-8"))
            tables = {str(table): tuple(columns) for table, columns in stored["tables"].items()}
            return Shared(str(stored["made_at"]), tables, dict(stored["withheld"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Shared()

    def keep_shared(self, bundle: Bundle) -> None:
        """Keep what a bundle held, and whose it is."""
        keys.keep_client(self.folder, keys.Partner(bundle.author, bundle.author_key))
        tables = {table: part.columns for table, part in bundle.parts.items()}
        write_json(self.folder / layout.SHARED, asdict(Shared(bundle.made_at, tables, dict(bundle.withheld))))

    def cached_tables(self) -> dict[str, pd.DataFrame]:
        """Return every table; empty where the latest bundle did not share it, so that nothing is read from what is out of date."""
        held = self.shared.tables
        return {
            table: frame if table in held or table in TOGETHER else self._nothing.setdefault(table, frame.iloc[:0])
            for table, frame in super().cached_tables().items()
        }
