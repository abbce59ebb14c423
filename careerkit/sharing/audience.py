"""What may leave, and for whom: the one filter of reports, documents and bundles alike.

An audience names the tables and columns that may leave; what it does not name stays. Whatever a private record owns
(the steps of a private goal, the talks with a private contact) stays with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from careerkit.records import Record, Reference, References, join_list, split_list
from careerkit.sharing import hidden_names
from careerkit.topics import RECORDS

Columns = Mapping[str, tuple[str, ...]]
# Always there, so that measures run and rows can be distinguished.
ALWAYS = ("id", "private", "created_at", "updated_at")
PRIVATE = "private records"
# Beside what a record must refer to, this is what it belongs to.
OWNERS = {
    "feedback": ("contact_id",),
    "interactions": ("contact_ids",),
    "learning_log": ("item_id",),
    "role_fit": ("position_id",),
}


@dataclass(frozen=True)
class Audience:
    """Somebody for whom a view of the workbook is made.

    Parameters
    ----------
    name : str
        As it is typed, and as reports are filed.
    label : str
        The name in a sentence, such as "your manager".
    columns : mapping of str to tuple of str, or None
        Table to the columns that may leave; a table that is not named is withheld whole. None: everything.
    private : bool
        Whether private records may leave.
    only : mapping
        Table to a column and its values: the only rows that may leave.
    unsaid : mapping of str to tuple of str
        Table to columns whose names may not appear in any text either, such as the role that somebody is aiming at.
    hidden : mapping of str to tuple of str
        Table to columns of which only whether they are filled may leave.
    """

    name: str
    label: str = ""
    columns: Columns | None = field(default_factory=dict)
    private: bool = False
    only: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    unsaid: Columns = field(default_factory=dict)
    hidden: Columns = field(default_factory=dict)


# Whoever reads what one writes oneself about one's work: a list of wins, an appraisal.
DOCUMENT = Audience("document", "whoever reads it", columns=None)


def view(tables: Mapping[str, pd.DataFrame], audience: Audience) -> tuple[dict[str, pd.DataFrame], dict[str, int]]:
    """Return the tables that an audience may see, and counts of what is withheld.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Typed, as `Workbook.tables` returns them; they stay as they are.

    Returns
    -------
    dict of str to DataFrame
        The same tables in the same types: withheld rows are missing, withheld columns blank.
    dict of str to int
        "private records", a table withheld in part or whole -> its rows, "table.column" -> its cells that were filled.
    """
    if audience.columns is None and audience.private:
        return dict(tables), {}
    kept, private = _without_private(tables, audience)
    counts = {PRIVATE: private} if private else {}
    names = hidden_names.names(tables, audience.unsaid)
    seen = _tied({table: hidden_names.without(table, _rows(table, frame, audience), names) for table, frame in kept.items()})
    for table, frame in seen.items():
        if len(frame) < len(kept[table]):
            counts[table] = len(kept[table]) - len(frame)
        seen[table], withheld = _columns(table, frame, audience)
        counts |= withheld
    return seen, counts


def _without_private(tables: Mapping[str, pd.DataFrame], audience: Audience) -> tuple[dict[str, pd.DataFrame], int]:
    """Return the tables without private rows and without what those own, and how many rows that are."""
    if audience.private:
        return dict(tables), 0
    kept = {table: frame[~frame["private"].fillna(False).astype("bool")] for table, frame in tables.items()}
    # What a row owns may own something in turn: feedback a rating, a goal its steps.
    for _ in range(3):
        gone = {table: set(tables[table]["id"]) - set(kept[table]["id"]) for table in tables}
        kept = {table: _without_owned(table, frame, gone) for table, frame in kept.items()}
    return kept, sum(len(tables[table]) - len(kept[table]) for table in tables)


def _without_owned(table: str, frame: pd.DataFrame, gone: Mapping[str, set[str]]) -> pd.DataFrame:
    for name, target in _owners(table):
        lost = gone.get(target)
        if lost:
            frame = frame[~frame[name].map(lambda ids, lost=lost: bool(ids) and set(split_list(ids)) <= lost).astype("bool")]
    if table == "comments" and any(gone.values()):
        frame = frame[~frame["record_id"].isin(set().union(*gone.values()))]
    return frame


def _owners(table: str) -> list[tuple[str, str]]:
    """Return the columns of a table that say what a row belongs to, with the tables they refer to."""
    record = RECORDS.get(table, Record)
    fields = [(name, each) for name, each in record.fields.items() if isinstance(each, Reference | References)]
    return [(name, each.table) for name, each in fields if each.required or name in OWNERS.get(table, ())]


def _rows(table: str, frame: pd.DataFrame, audience: Audience) -> pd.DataFrame:
    """Return the rows of a table that may leave."""
    if not _allowed(table, audience):
        return frame.iloc[:0]
    if table in audience.only:
        column, values = audience.only[table]
        frame = frame[frame[column].isin(values)]
    # What a withheld field was before says as much as what it is.
    return frame[frame["field"].isin(_allowed("goals", audience))] if table == "goal_changes" else frame


def _columns(table: str, frame: pd.DataFrame, audience: Audience) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return a table with what may not leave blank or marked, and how many filled cells that were."""
    made, counts = frame.copy(), {}
    allowed, hidden = _allowed(table, audience), audience.hidden.get(table, ())
    for name in frame.columns:
        if name in ALWAYS or (name in allowed and name not in hidden):
            continue
        filled = frame[name].notna() & ~frame[name].isin(["", False])
        made[name] = _mark(filled) if name in hidden else _blank(frame[name])
        if filled.any():
            counts[f"{table}.{name}"] = int(filled.sum())
    return _former(table, made, audience), counts


def _former(table: str, frame: pd.DataFrame, audience: Audience) -> pd.DataFrame:
    """Return changes of plan with what a hidden field was and became marked as well."""
    if table != "goal_changes" or not audience.hidden.get("goals"):
        return frame
    hidden = frame["field"].isin(audience.hidden["goals"])
    return frame.assign(**{name: frame[name].mask(hidden, _mark(frame[name] != "")) for name in ("was", "now")})


def _allowed(table: str, audience: Audience) -> tuple[str, ...]:
    fields = RECORDS[table].fields if table in RECORDS else {}
    allowed = tuple(fields) if audience.columns is None else tuple(audience.columns.get(table, ()))
    return tuple(name for name in allowed if name in fields and not fields[name].never_leaves)


def _mark(filled: pd.Series) -> pd.Series:
    return pd.Series("…", index=filled.index, dtype="str").where(filled, "")


def _blank(column: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(column.dtype):
        return pd.Series(False, index=column.index, dtype=column.dtype)
    blank = pd.NaT if pd.api.types.is_datetime64_any_dtype(column.dtype) else pd.NA
    return pd.Series("" if pd.api.types.is_string_dtype(column.dtype) else blank, index=column.index, dtype=column.dtype)


def _tied(seen: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables with no reference to a row that is not there, and no row without the one it has to belong to."""
    ids = {table: set(frame["id"]) for table, frame in seen.items()}
    return {table: _without_loose_ends(table, frame, ids) for table, frame in seen.items()}


def _without_loose_ends(table: str, frame: pd.DataFrame, ids: Mapping[str, set[str]]) -> pd.DataFrame:
    made = frame.reset_index(drop=True)
    for name, each in (RECORDS[table].fields if table in RECORDS else {}).items():
        if isinstance(each, Reference | References) and each.table in ids:
            kept = [join_list(key for key in split_list(cell) if key in ids[each.table]) for cell in made[name]]
            made[name] = pd.Series(kept, index=made.index, dtype=made[name].dtype)
            made = made[made[name] != ""].reset_index(drop=True) if each.required else made
    return made
