"""Which rows and columns each kind of bundle may carry, and the check of what came as records.

A coach's rows have ids of their own kind, which begin with a mark made of the coach's public key. The rows of a client
never begin like that, so nothing that a coach sends can replace a client's row.
"""

from __future__ import annotations

import hashlib
import re

from careerkit.errors import CareerkitError
from careerkit.records import Record, is_blank
from careerkit.sharing.bundle import CLIENT, COACH, STARTER, SYNC, Bundle, Part, member
from careerkit.sharing.encryption import is_public_key
from careerkit.store.changes import new_id
from careerkit.store.files.raw_table import ALPHABET, Texts, base32
from careerkit.topics import RECORDS

FROM_COACH = {
    STARTER: ("assignments", "prompts", "sessions", "skills"),
    COACH: ("comments", "assignments", "sessions", "prompts", "skill_ratings"),
}
# The column in which a coach's row says whose it is.
AUTHOR = {"comments": "author", "assignments": "author", "prompts": "author", "skill_ratings": "rater_name"}
# What only the client writes into a coach's row; what the coach holds of it is not sent back.
CLIENTS_OWN = {"assignments": ("started_on", "submitted_on")}
# What a client may say in a coach's row; the rest of it is the coach's word.
CLIENT_MAY = {"assignments": ("started_on", "submitted_on", "done_on"), "comments": ("resolved_on",)}
# Whose ratings may leave: those of peers, reports and others never do.
RATERS = ("self", "manager", "coach")
MARK = re.compile(rf"c[{ALPHABET}]{{8}}")
MOST_ROWS = 300_000
LONGEST_TEXT = 100_000
ASK = "Nothing was stored. Ask who sent it to make it again with careerkit."


def mark_of(public: str) -> str:
    """Return the mark with which the ids of a coach's rows begin."""
    return "c" + base32(int.from_bytes(hashlib.sha256(public.encode()).digest()[:5], "big"), 8)


def new_coach_id(public: str) -> str:
    """Return an id for a row that a coach writes; later ones sort later."""
    return mark_of(public) + new_id()


def is_from(id: str, public: str) -> bool:
    """Say whether a row was written by the owner of a public key."""
    return id.startswith(mark_of(public)) and len(id) > len(mark_of(public))


def is_a_coachs(id: str) -> bool:
    """Say whether a row was written by any coach."""
    return MARK.match(id) is not None and len(id) == 23


def checked(bundle: Bundle) -> Bundle:
    """Return a bundle whose every cell is a value of its column, written as the tables write it.

    Raises
    ------
    CareerkitError
        When it carries what its kind may not, or a row that isn't a valid record; the sentence says which.
    """
    if not bundle.author.strip() or not is_public_key(bundle.author_key):
        raise _refused("it does not say who made it")
    if sum(len(part.rows) for part in bundle.parts.values()) > MOST_ROWS:
        raise _refused("it holds far more rows than a workbook has")
    for table, part in bundle.parts.items():
        _refuse_columns(bundle, table, part)
    parts = {table: Part(part.columns, _rows(bundle, table, part), part.whole) for table, part in bundle.parts.items()}
    return Bundle(**{**vars(bundle), "parts": parts})


def _refuse_columns(bundle: Bundle, table: str, part: Part) -> None:
    if bundle.kind in FROM_COACH and table not in FROM_COACH[bundle.kind]:
        raise _refused(f"a coach's bundle holds {table}, which only the workbook's owner writes")
    fields = RECORDS[table].fields
    if bundle.kind != SYNC:
        if strange := next((name for name in part.columns if name not in fields or fields[name].never_leaves), None):
            raise _refused(f"{member(table)} has a column {strange!r}, which no bundle of this kind has")
        if bundle.kind in FROM_COACH and (part.whole or set(CLIENTS_OWN.get(table, ())) & set(part.columns)):
            raise _refused(f"a coach's bundle changes in {table} what only the workbook's owner can change")


def _rows(bundle: Bundle, table: str, part: Part) -> dict[str, Texts]:
    return {key: _row(bundle, table, key, texts) for key, texts in part.rows.items()}


def _row(bundle: Bundle, table: str, key: str, texts: Texts) -> Texts:
    record = RECORDS[table]
    cleaned = {name: _cell(record, name, text, key) for name, text in texts.items()}
    if bundle.kind == SYNC:
        return texts
    for name, kind in record.fields.items():
        if kind.required and name not in bundle.hidden.get(table, ()) and is_blank(cleaned.get(name, "")):
            raise _refused(f"{kind.label} is empty in the row {key!r} of {table}")
    written = {name: record.fields[name].write(value) for name, value in cleaned.items()}
    if cleaned.get("private"):
        raise _refused(f"the row {key!r} of {table} is private, and private rows never leave")
    if bundle.kind == CLIENT and table == "skill_ratings" and written.get("rater") not in RATERS:
        raise _refused("it holds how peers rated, which never leaves")
    if bundle.kind in FROM_COACH and table != "skills":
        _refuse_anothers(bundle, table, key, written)
    if record.fields.keys() <= cleaned.keys() and (wrong := record.check(cleaned)):
        raise _refused(f"the row {key!r} of {table} does not fit together: {next(iter(wrong.values()))}")
    return written


def _cell(record: type[Record], name: str, text: str, key: str) -> object:
    kind = record.fields.get(name)
    if len(text) > LONGEST_TEXT:
        raise _refused(f"{name} in the row {key!r} of {record.table} is {len(text)} characters long")
    try:
        return text if kind is None else kind.clean(text)
    except ValueError as error:
        raise _refused(f"the row {key!r} of {record.table} isn't a valid record: {error}") from error


def _refuse_anothers(bundle: Bundle, table: str, key: str, written: Texts) -> None:
    """Refuse a row in a coach's bundle that is not that coach's own."""
    if not is_from(key, bundle.author_key) or not is_a_coachs(key):
        raise _refused(f"the row {key!r} of {table} was not written by {bundle.author}, and a coach sends only rows of their own")
    if table in AUTHOR and written.get(AUTHOR[table], "") != bundle.author:
        raise _refused(f"the row {key!r} of {table} has a different name from {bundle.author}")
    if table == "skill_ratings" and written.get("rater") != "coach":
        raise _refused(f"the row {key!r} of {table} is not a coach's rating")


def _refused(why: str) -> CareerkitError:
    return CareerkitError(f"This bundle was not taken in: {why}. {ASK}")
