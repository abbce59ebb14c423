"""What may leave, and for whom: the one function that reports and bundles pass.

An audience names the tables and columns that may leave; what it does not name stays. Whatever a private record owns
(the steps of a private goal, the talks with a private contact) stays with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.records import Record, Reference, References, join_list, join_or, split_list
from careerkit.sharing import hidden_names
from careerkit.topics import RECORDS
from careerkit.topics.networking.records import Contact

Columns = Mapping[str, tuple[str, ...]]
# Always there, so that measures run and rows are told apart.
ALWAYS = ("id", "private", "created_at", "updated_at")
PRIVATE = "private records"
# Beside what a record must refer to, this is what it belongs to.
OWNERS = {"learning_log": ("item_id",), "interactions": ("contact_ids",), "role_fit": ("position_id",)}


@dataclass(frozen=True)
class Audience:
    """Somebody for whom a view of the workbook is made.

    Parameters
    ----------
    name : str
        As it is typed, and as reports are filed.
    called : str
        How it is called in a sentence, such as "your manager".
    columns : mapping of str to tuple of str, or None
        Table to the columns that may leave; a table that is not named is withheld whole. None: everything.
    private : bool
        Whether private records may leave.
    only : mapping
        Table to a column and its values: the only rows that may leave.
    unsaid : mapping of str to tuple of str
        Table to columns whose names may not stand in any text either, such as the role that somebody is aiming at.
    hidden : mapping of str to tuple of str
        Table to columns of which only whether they are filled may leave.
    sections : tuple of str
        The review's sections that it starts with.
    addable : mapping of str to mapping
        Further sections, and what each needs beside: table to columns.
    frees : mapping of str to tuple of str
        An added section to the tables whose rows it limits no longer.
    never : tuple of str
        The sections that it may never have.
    """

    name: str
    called: str = ""
    columns: Columns | None = field(default_factory=dict)
    private: bool = False
    only: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    unsaid: Columns = field(default_factory=dict)
    hidden: Columns = field(default_factory=dict)
    sections: tuple[str, ...] = ()
    addable: Mapping[str, Columns] = field(default_factory=dict)
    frees: Columns = field(default_factory=dict)
    never: tuple[str, ...] = ()

    def adding(self, sections: str | Iterable[str]) -> Audience:
        """Return the same audience with further sections of the review, and with what they need.

        Parameters
        ----------
        sections : str or iterable of str
            Their names; in one text, with commas between.

        Raises
        ------
        CareerkitError
            When there is no such section, or this audience may not have it.
        """
        named = sections.split(",") if isinstance(sections, str) else sections
        wanted = [name.strip().lower() for name in named if name.strip()]
        for name in wanted:
            if name not in self.addable and name not in self.sections:
                raise CareerkitError(self._refused(name))
        added = [name for name in dict.fromkeys(wanted) if name not in self.sections]
        columns = self.columns
        for name in added:
            columns = _merged(columns, self.addable[name])
        free = {table for name in added for table in self.frees.get(name, ())}
        only = {table: limit for table, limit in self.only.items() if table not in free}
        return replace(self, columns=columns, only=only, sections=(*self.sections, *added))

    def _refused(self, name: str) -> str:
        more = [section for section in self.addable if section not in self.sections]
        may = f"You can add {join_or(more)}." if more else "It has all that it may have."
        whom = self.called or self.name
        if name in self.never:
            return f"A review for {whom} never shows {name}. {may}"
        return f"A review has no section {name!r} for {whom}. {may}"


def view(tables: Mapping[str, pd.DataFrame], audience: str | Audience) -> tuple[dict[str, pd.DataFrame], dict[str, int]]:
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

    Raises
    ------
    CareerkitError
        When there is no such audience.
    """
    whom = named(audience)
    if whom.columns is None and whom.private:
        return dict(tables), {}
    kept, private = _without_private(tables, whom)
    counts = {PRIVATE: private} if private else {}
    names = hidden_names.names(tables, whom.unsaid)
    seen = _tied({table: hidden_names.without(table, _rows(table, frame, whom), names) for table, frame in kept.items()})
    for table, frame in seen.items():
        if len(frame) < len(kept[table]):
            counts[table] = len(kept[table]) - len(frame)
        seen[table], withheld = _columns(table, frame, whom)
        counts |= withheld
    return seen, counts


def _without_private(tables: Mapping[str, pd.DataFrame], whom: Audience) -> tuple[dict[str, pd.DataFrame], int]:
    """Return the tables without private rows and without what those own, and how many rows that are."""
    if whom.private:
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


def _rows(table: str, frame: pd.DataFrame, whom: Audience) -> pd.DataFrame:
    """Return the rows of a table that may leave."""
    if not _allowed(table, whom):
        return frame.iloc[:0]
    if table in whom.only:
        column, values = whom.only[table]
        frame = frame[frame[column].isin(values)]
    # What a withheld field was before says as much as what it is.
    return frame[frame["field"].isin(_allowed("goals", whom))] if table == "goal_changes" else frame


def _columns(table: str, frame: pd.DataFrame, whom: Audience) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return a table with what may not leave blank or marked, and how many filled cells that were."""
    made, counts = frame.copy(), {}
    allowed, hidden = _allowed(table, whom), whom.hidden.get(table, ())
    for name in frame.columns:
        if name in ALWAYS or (name in allowed and name not in hidden):
            continue
        filled = frame[name].notna() & ~frame[name].isin(["", False])
        made[name] = _mark(filled) if name in hidden else _blank(frame[name])
        if filled.any():
            counts[f"{table}.{name}"] = int(filled.sum())
    return _former(table, made, whom), counts


def _former(table: str, frame: pd.DataFrame, whom: Audience) -> pd.DataFrame:
    """Return changes of plan with what a hidden field was and became marked as well."""
    if table != "goal_changes" or not whom.hidden.get("goals"):
        return frame
    hidden = frame["field"].isin(whom.hidden["goals"])
    return frame.assign(**{name: frame[name].mask(hidden, _mark(frame[name] != "")) for name in ("was", "now")})


def _allowed(table: str, whom: Audience) -> tuple[str, ...]:
    fields = RECORDS[table].fields if table in RECORDS else {}
    allowed = tuple(fields) if whom.columns is None else tuple(whom.columns.get(table, ()))
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


def named(audience: str | Audience) -> Audience:
    """Return the audience of a name; an audience is returned as it is.

    Raises
    ------
    CareerkitError
        When there is none of that name.
    """
    if isinstance(audience, Audience):
        return audience
    if audience not in AUDIENCES:
        raise CareerkitError(f"There is no audience {audience!r} yet. A review can be made for {join_or(AUDIENCES)}.")
    return AUDIENCES[audience]


def _merged(columns: Columns | None, more: Columns) -> Columns | None:
    if columns is None:
        return None
    return {table: tuple(dict.fromkeys((*columns.get(table, ()), *more.get(table, ())))) for table in {**columns, **more}}


# In the order in which a review has them.
SECTIONS = ("wins", "goals", "habits", "network", "learning", "feedback", "skills", "fit", "coaching", "reflection", "focus")
_GOALS = ("title", "metric", "unit", "baseline", "target", "started_on", "deadline", "status", "closed_on", "skill_id")
_PROGRESS = ("metric", "baseline", "target", "started_on", "deadline", "status", "closed_on")
_OF_GOALS = {
    "goal_changes": ("changed_on", "goal_id", "field", "was", "now"),
    "action_steps": ("goal_id", "title", "due_on", "done_on"),
    "check_ins": ("goal_id", "checked_on", "value"),
}

SELF = Audience("self", "yourself", columns=None, private=True, sections=SECTIONS)

MANAGER = Audience(
    "manager",
    "your manager",
    columns={
        "positions": ("started_on", "ended_on", "title", "organisation"),
        "achievements": ("achieved_on", "title", "situation", "action", "result", "my_part", "impact", "metric", "skill_ids", "goal_id", "link"),
        "skills": ("name", "category", "retired_on"),
        "goals": _GOALS,
        **_OF_GOALS,
        "learning_items": ("title", "kind", "skill_id", "status", "started_on", "finished_on", "expected_hours"),
        "learning_log": ("studied_on", "item_id", "minutes", "takeaway"),
        "credentials": ("name", "kind", "provider", "status", "started_on", "earned_on", "expires_on", "link", "skill_id", "renewal_days"),
    },
    only={
        "goals": ("status", ("done",)),
        "skill_ratings": ("rater", ("self",)),
        # Whom one spoke to about another post is nobody's business at this one.
        "contacts": ("relationship", tuple(each for each in ("", *Contact.relationship.choices) if each != "recruiter")),
    },
    unsaid={"positions": ("target_role",), "roles": ("name",)},
    # That something was promised, and not what.
    hidden={"interactions": ("follow_up",)},
    sections=("wins", "finished", "learning"),
    addable={
        "goals": {"goals": _GOALS},
        "network": {
            "contacts": ("name", "organisation", "role", "closeness", "met_on", "cadence_days", "archived_on"),
            "interactions": ("happened_on", "planned_on", "contact_ids", "kind", "direction", "follow_up", "follow_up_due", "follow_up_done_on"),
        },
        "feedback": {
            "feedback": (
                "requested_on", "due_on", "received_on", "declined_on", "reflected_on", "decided_on", "decision", "acted_on", "followed_up_on",
            ),
        },
        "skills": {"skill_ratings": ("rated_on", "skill_id", "rater", "level")},
        "focus": {"reviews": ("period", "written_on", "last_focus_outcome", "next_focus")},
        "reflection": {"reviews": ("period", "written_on", "wins", "lessons")},
    },
    frees={"goals": ("goals",)},
    never=("habits", "fit", "coaching"),
)  # fmt: skip

SPONSOR = Audience(
    "sponsor",
    "your sponsor",
    columns={
        "goals": _PROGRESS,
        "goal_changes": ("changed_on", "goal_id", "field", "was", "now"),
        "action_steps": ("goal_id", "due_on", "done_on"),
        "check_ins": ("goal_id", "checked_on", "value"),
        "sessions": ("held_on", "minutes", "attended"),
        "assignments": ("given_on", "due_on", "started_on", "submitted_on", "done_on"),
    },
    hidden={"goals": ("metric",)},
    sections=("progress", "coaching"),
    never=("wins", "finished", "goals", "habits", "network", "learning", "feedback", "skills", "fit", "focus", "reflection"),
)

AUDIENCES: dict[str, Audience] = {each.name: each for each in (SELF, MANAGER, SPONSOR)}
