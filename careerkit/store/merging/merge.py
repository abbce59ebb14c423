"""Three-way merging, by record and field, of what one owner wrote in two places since both last held the same.

What holds, for tables that both sides hold whole:

- Nothing that was written on either side is lost: it stands in the result, or is named in a conflict with both values.
- A field that both changed is a conflict; one's own value stands until it is decided, and the conflict is found again by
  every merge until then.
- An edit beats a deletion, and a row that something new refers to stays.
- A column that one side does not have, because it was withheld, is never taken for a change.
- Merging the same again changes nothing.
- Whoever merges whom, the results are equal but for the fields in conflict, of which each side keeps its own.

The times of a row are not compared: the merged row has the earliest creation and the latest change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from careerkit.records import TIMES, split_list
from careerkit.store.files.raw_table import Texts

Rows = Mapping[str, Mapping[str, Texts]]
# Of a table, the columns that name rows of other tables.
References = Mapping[str, Mapping[str, str]]
Fits = Callable[[str, Texts], bool]


@dataclass(frozen=True, order=True)
class Place:
    """One field of one row."""

    table: str
    id: str
    column: str


@dataclass(frozen=True)
class Conflict:
    """A field that both sides changed, with both values; one's own stands."""

    place: Place
    mine: str
    theirs: str


@dataclass
class Merged:
    """What came of a merge.

    Parameters
    ----------
    rows : dict
        Table to id to texts.
    conflicts : list of Conflict
        What both sides changed.
    kept : list of (str, str)
        Table and id of rows that one side deleted and that stay, because the other changed or needs them.
    common : dict
        What both sides hold from now on: the base of the next merge. Of a field in conflict it holds the former text.
    """

    rows: dict[str, dict[str, Texts]]
    conflicts: list[Conflict] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    common: dict[str, dict[str, Texts]] = field(default_factory=dict)


def merge(
    base: Rows,
    mine: Rows,
    theirs: Rows,
    *,
    partial: Iterable[str] = (),
    undecided: Iterable[Place] = (),
    references: References | None = None,
    fits: Fits = lambda table, texts: True,
) -> Merged:
    """Return what comes of two sides that began with the same rows; a pure function.

    Parameters
    ----------
    base : mapping
        The last state that both sides held; nothing, where none is known. Then no row counts as deleted.
    mine, theirs : mapping
        Table to id to column to text.
    partial : iterable of str
        Tables of which ``theirs`` does not hold every row, so that one that is missing is not deleted.
    undecided : iterable of Place
        Fields whose conflict the other side has not decided yet.
    references : mapping, optional
        Of each table, which columns name rows of which other table.
    fits : callable, optional
        Table and texts of a merged row to whether its fields go together; where not, one's own row stands, and what the
        other side changed in it is a conflict.
    """
    merged = Merged({}, common={table: dict(rows) for table, rows in base.items() if table not in theirs})
    open_places, parts = frozenset(undecided), frozenset(partial)
    for table in dict.fromkeys([*mine, *theirs]):
        one = _Table(table, base.get(table, {}), mine.get(table, {}), theirs.get(table), table in parts, open_places, fits, merged)
        one.merge()
    _keep_what_is_named(merged, base, mine, theirs, references or {})
    return merged


@dataclass
class _Table:
    name: str
    base: Mapping[str, Texts]
    mine: Mapping[str, Texts]
    theirs: Mapping[str, Texts] | None
    partial: bool
    undecided: frozenset[Place]
    fits: Fits
    merged: Merged

    def merge(self) -> None:
        if self.theirs is None:
            self.merged.rows[self.name] = dict(self.mine)
            return
        rows = self.merged.rows[self.name] = {}
        common = self.merged.common[self.name] = {key: {**self.base.get(key, {}), **texts} for key, texts in self.theirs.items()}
        if self.partial:
            common.update({key: texts for key, texts in self.base.items() if key not in self.theirs})
        for key in dict.fromkeys([*self.mine, *self.theirs]):
            row = self._row(key, self.base.get(key), self.mine.get(key), self.theirs.get(key))
            if row is not None:
                rows[key] = row

    def _row(self, key: str, base: Texts | None, mine: Texts | None, theirs: Texts | None) -> Texts | None:
        if mine is not None and theirs is not None:
            return self._fields(key, base or {}, mine, theirs)
        there = mine if mine is not None else theirs
        if there is None or base is None or (theirs is None and self.partial):
            return there
        if not _changed(base, there):
            return None
        self.merged.kept.append((self.name, key))
        return {**base, **there}

    def _fields(self, key: str, base: Texts, mine: Texts, theirs: Texts) -> Texts:
        row: Texts = {}
        met: list[Conflict] = []
        for name in dict.fromkeys([*mine, *theirs]):
            place = Place(self.name, key, name)
            if name not in theirs or mine.get(name) == theirs[name]:
                row[name] = mine[name]
            elif name in TIMES:
                row[name] = _time(name, mine.get(name, ""), theirs[name])
            elif name not in mine or (place not in self.undecided and mine[name] == base.get(name, "")):
                row[name] = theirs[name]
            else:
                row[name] = mine[name]
                if place in self.undecided or theirs[name] != base.get(name, ""):
                    met.append(Conflict(place, mine[name], theirs[name]))
        if not self.fits(self.name, row) and self.fits(self.name, mine):
            row, met = self._own(key, mine, theirs, row, met)
        self._note(met, base)
        return row

    def _own(self, key: str, mine: Texts, theirs: Texts, row: Texts, met: list[Conflict]) -> tuple[Texts, list[Conflict]]:
        taken = [name for name in row if name in mine and name not in TIMES and row[name] != mine[name]]
        times = {name: row[name] for name in TIMES if name in row}
        return {**row, **mine, **times}, [*met, *(Conflict(Place(self.name, key, name), mine[name], theirs[name]) for name in taken)]

    def _note(self, met: list[Conflict], base: Texts) -> None:
        for conflict in met:
            # As long as nothing is decided, neither side's text counts as known to the other.
            self.merged.common[self.name][conflict.place.id][conflict.place.column] = base.get(conflict.place.column, "")
        self.merged.conflicts += met


def _changed(base: Texts, now: Texts) -> bool:
    return any(now[name] != base.get(name, "") for name in now if name not in TIMES)


def _time(name: str, one: str, other: str) -> str:
    return min(one, other) if name == "created_at" and one and other else max(one, other)


def _keep_what_is_named(merged: Merged, base: Rows, mine: Rows, theirs: Rows, references: References) -> None:
    """Put rows back that one side deleted and that something new, or newly changed, on the other side refers to."""
    waiting = [(table, key) for table in references for key in merged.rows.get(table, {})]
    while waiting:
        table, key = waiting.pop()
        for name, other in references.get(table, {}).items():
            # One side has no such row any more, so all that it names is new to that side.
            known = [] if (table, key) in merged.kept else split_list(base.get(table, {}).get(key, {}).get(name, ""))
            for named in split_list(merged.rows[table][key].get(name, "")):
                texts = mine.get(other, {}).get(named) or theirs.get(other, {}).get(named)
                if texts and named not in known and named not in merged.rows.get(other, {}):
                    merged.rows[other][named] = {**base.get(other, {}).get(named, {}), **texts}
                    merged.kept.append((other, named))
                    waiting.append((other, named))


def without(rows: Rows, hidden: Mapping[str, Iterable[str]]) -> dict[str, dict[str, Texts]]:
    """Return rows without the columns that were withheld or whose names were replaced, so that these are never merged."""
    drop = {table: frozenset(columns) for table, columns in hidden.items()}
    return {
        table: {
            key: {name: text for name, text in texts.items() if name not in drop.get(table, frozenset())} for key, texts in of_table.items()
        }
        for table, of_table in rows.items()
    }


def one_base(heads: Sequence[Rows], mine: Rows, theirs: Rows) -> dict[str, dict[str, Texts]]:
    """Return one common state of several that neither side made from another, such as after both sent at the same time.

    Parameters
    ----------
    heads : sequence
        The states, the latest first. Both sides know all of them, so a value that stands in any is no change; where only one
        side's value stands in one, that side left the field alone.
    """
    made: dict[str, dict[str, Texts]] = {}
    for head in reversed(heads):
        for table, rows in head.items():
            made.setdefault(table, {}).update({key: {**texts} for key, texts in rows.items()})
    for head in heads[1:]:
        for table, rows in head.items():
            for key, texts in rows.items():
                _prefer_known(made[table][key], texts, mine.get(table, {}).get(key, {}), theirs.get(table, {}).get(key, {}))
    return made


def _prefer_known(base: Texts, other: Texts, mine: Texts, theirs: Texts) -> None:
    for name, text in other.items():
        sides = (mine.get(name), theirs.get(name))
        if sides.count(text) == 1 and base.get(name) not in sides:
            base[name] = text
