"""What leaves for a coach: chosen topics and fields, without what is private, names replaced unless chosen otherwise.

Text that a person wrote freely stays out unless it is chosen; a column that nobody has named here counts as such. What the
two wrote to each other (comments, assignments, sessions, questions) leaves with the topic "coaching". Names are replaced in
every text that leaves, also names of people whose own records stay.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.look import count
from careerkit.records import Choice as OneOf
from careerkit.records import Field, Record, Reference, References, Text, join_or
from careerkit.sharing.audience import ALWAYS, Audience, view
from careerkit.sharing.bundle import Part
from careerkit.sharing.pseudonyms import Pseudonyms
from careerkit.sharing.rules import RATERS
from careerkit.store.files.raw_table import Texts
from careerkit.topics import RECORDS

Tables = Mapping[str, pd.DataFrame]

# Columns that hold nothing but names of persons.
NAMES = {
    "contacts": ("name",),
    "feedback": ("giver",),
    "skill_ratings": ("rater_name",),
    "action_steps": ("owner",),
    "comments": ("author",),
    "assignments": ("author",),
    "prompts": ("author",),
}
ORGANISATIONS = {"contacts": ("organisation",)}
# Columns that tell who someone is as well as a name does; they leave with the names.
TELLING = {"contacts": ("role",), "feedback": ("relationship",)}
DETAILS = {"contacts": ("email", "phone", "link")}
# Short texts that name a thing, and what coach and client wrote to each other; any other text is free text.
PLAIN = {
    "positions": ("title", "organisation", "target_role"),
    "skills": ("name", "category"),
    "roles": ("name",),
    "role_fit": ("dimension",),
    "reflections": ("topic", "prompt"),
    "events": ("name", "place"),
    "credentials": ("name", "provider"),
    "learning_items": ("title",),
    "trends": ("name", "quadrant"),
    "goals": ("title", "metric", "unit"),
    "goal_changes": ("field", "was", "now"),
    "action_steps": ("title",),
    "achievements": ("title",),
    "brand": ("channel",),
    "comments": ("table", "record_id", "text"),
    "assignments": ("title", "notebook", "instructions"),
    "sessions": ("agenda", "agreed"),
    "prompts": ("topic", "question", "help", "choices"),
    "reviews": ("period",),
}
# Where a measure asks whether something was written at all, that leaves, and not what.
MARKED: dict[str, tuple[str, ...]] = {"goals": ("why",), "skill_ratings": ("evidence",), "interactions": ("follow_up",)}
TOPICS = tuple(dict.fromkeys(record.__module__.split(".")[-2] for record in RECORDS.values()))


@dataclass(frozen=True)
class Choice:
    """What a person chose to share.

    Parameters
    ----------
    topics : tuple of str
        Such as "goals"; see TOPICS.
    fields : mapping, optional
        Table to the columns that may leave at most, where not all of its topic may.
    names : bool
        Whether names of third persons stay as they are.
    free_text : bool
        Whether notes, answers and other free text leave, with known names replaced unless ``names``.
    details : bool
        Whether contacts' e-mail, phone and link leave.
    """

    topics: tuple[str, ...] = ("goals", "coaching")
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: bool = False
    free_text: bool = False
    details: bool = False

    def columns(self) -> dict[str, tuple[str, ...]]:
        """Return table to the columns that may leave.

        Raises
        ------
        CareerkitError
            When there is no such topic, table or column.
        """
        for topic in self.topics:
            if topic not in TOPICS:
                raise CareerkitError(f"There is no topic {topic!r} to share. Choose among {', '.join(TOPICS)}.")
        chosen = {table: record for table, record in RECORDS.items() if record.__module__.split(".")[-2] in self.topics}
        self._refuse_unknown(chosen)
        may = {
            table: tuple(name for name, kind in record.fields.items() if self._leaves(table, name, kind))
            for table, record in chosen.items()
        }
        return {table: tuple(name for name in names if name in self.fields.get(table, names)) for table, names in may.items()}

    def without(self, left_out: Collection[str]) -> Choice:
        """Return the same choice without some fields, such as "goals.deadline"."""
        columns = self.columns().items()
        return replace(self, fields={table: tuple(name for name in names if f"{table}.{name}" not in left_out) for table, names in columns})

    def marked(self) -> dict[str, tuple[str, ...]]:
        """Return table to the columns of which only leaves whether they are filled."""
        return {} if self.free_text else {**MARKED}

    def _refuse_unknown(self, chosen: Mapping[str, type[Record]]) -> None:
        for table, names in self.fields.items():
            if table not in chosen:
                raise CareerkitError(f"{table!r} belongs to no topic that you chose. Choose its topic too, or leave it out.")
            if unknown := [name for name in names if name not in chosen[table].fields]:
                raise CareerkitError(f"{table} has no column {unknown[0]!r}. Choose {join_or(chosen[table].own_fields())}.")

    def _leaves(self, table: str, name: str, kind: Field) -> bool:
        if kind.never_leaves:
            return False
        if name in DETAILS.get(table, ()):
            return self.details
        if name in TELLING.get(table, ()):
            return self.names
        named = any(name in columns.get(table, ()) for columns in (NAMES, ORGANISATIONS, PLAIN))
        return named or not is_written(kind) or self.free_text or name in MARKED.get(table, ())


def is_written(kind: Field) -> bool:
    """Say whether a field holds text in a person's own words."""
    return isinstance(kind, Text) and not isinstance(kind, (OneOf, Reference, References))


@dataclass(frozen=True)
class Selection:
    """What was selected: exactly what will leave.

    Parameters
    ----------
    parts : dict
        Table to its rows as they will be in the bundle.
    withheld : dict
        What stays, to how many rows or cells: "private records", a table, "table.column", "names replaced".
    hidden : dict
        Table to columns that were withheld, or in which a name was replaced.
    """

    parts: dict[str, Part]
    withheld: dict[str, int]
    hidden: dict[str, tuple[str, ...]]

    def summary(self) -> list[str]:
        """Return a sentence for each table that leaves, and one for all that stays."""
        lines = [f"{table}: {count(len(part.rows), 'row')}, {', '.join(part.columns)}" for table, part in self.parts.items() if part.rows]
        stays = ", ".join(f"{what} ({amount})" for what, amount in self.withheld.items())
        return [*lines, *([f"Not in it: {stays}."] if stays else [])]


def select(tables: Tables, choice: Choice, secret: bytes, owner: str = "", recipient: str = "") -> Selection:
    """Return what leaves of a workbook; it reads and writes no file.

    Parameters
    ----------
    tables : mapping
        Every table, typed, with its times in UTC.
    secret : bytes
        The workbook's own, for pseudonyms.
    owner, recipient : str
        Whose names stay.
    """
    columns = choice.columns()
    coach = Audience("coach", "your coach", columns=columns, only={"skill_ratings": ("rater", RATERS)}, hidden=choice.marked())
    seen, withheld = view(tables, coach)
    hiding = None if choice.names else pseudonyms(secret, lambda columns: _cells(tables, columns), [owner, recipient])
    parts, hidden, replaced = {}, {}, 0
    for table, names in columns.items():
        part = _part(RECORDS[table], names, seen[table], len(seen[table]) == len(tables[table]))
        part, changed, count = _with_pseudonyms(table, part, hiding) if hiding else (part, set(), 0)
        parts[table] = part
        replaced += count
        marked = {name for name in choice.marked().get(table, ()) if name in part.columns}
        hidden[table] = tuple(name for name in RECORDS[table].fields if name not in part.columns or name in changed | marked)
    return Selection(parts, withheld | ({"names replaced": replaced} if replaced else {}), hidden)


def pseudonyms(secret: bytes, cells: Callable[[Mapping[str, tuple[str, ...]]], list[str]], spared: Iterable[str]) -> Pseudonyms:
    """Return the pseudonyms of each person and organisation that any record names, private ones included.

    Parameters
    ----------
    cells : callable
        Returns what is written in columns, named by table.
    spared : iterable of str
        Names that stay; those of the owner's own organisations stay too.
    """
    return Pseudonyms(secret, cells(NAMES), cells(ORGANISATIONS), [*spared, *cells({"positions": ("organisation",)})])


def _cells(tables: Tables, columns: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [str(cell) for table, names in columns.items() for name in names for cell in tables[table][name] if str(cell).strip()]


def _part(record: type[Record], names: tuple[str, ...], frame: pd.DataFrame, whole: bool) -> Part:
    columns = tuple(name for name in record.fields if name in names or name in ALWAYS)
    rows = {row["id"]: {name: record.fields[name].write(row[name]) for name in columns} for row in frame.to_dict("records")}
    return Part(columns, rows, whole)


def _with_pseudonyms(table: str, part: Part, hiding: Pseudonyms) -> tuple[Part, set[str], int]:
    """Return a part with names replaced, the columns in which any was, and in how many cells."""
    changed: set[str] = set()
    count = 0
    rows: dict[str, Texts] = {}
    for key, texts in part.rows.items():
        rows[key] = {name: _hidden(table, name, text, hiding) for name, text in texts.items()}
        different = [name for name, text in texts.items() if rows[key][name] != text]
        changed.update(different)
        count += len(different)
    return replace(part, rows=rows), changed, count


def _hidden(table: str, name: str, text: str, hiding: Pseudonyms) -> str:
    if name in NAMES.get(table, ()):
        return hiding.of(text)
    if name in ORGANISATIONS.get(table, ()):
        return hiding.organisation(text)
    kind = RECORDS[table].fields[name]
    ids = (table == "comments" and name in ("table", "record_id")) or (table == "goal_changes" and name == "field") or name == "id"
    return hiding.within(text) if is_written(kind) and not ids else text
