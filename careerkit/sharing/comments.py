"""What a coach and a client say about a record: comments tied to it and to the version that they were written about."""

from __future__ import annotations

from careerkit.errors import CareerkitError
from careerkit.sharing.rules import new_coach_id
from careerkit.store.changes import Change, new_id
from careerkit.store.store import Store


def comment(store: Store, table: str, id: str, text: str, author: str, written_on: str, coach: str = "", reply_to: str = "") -> str:
    """Write a comment on a record as it is now, and return its id.

    Parameters
    ----------
    coach : str
        The public key of the coach who writes it; '' for the workbook's owner.

    Raises
    ------
    CareerkitError
        When there is no such record, or the comment is wrong.
    """
    stored = store.data.snapshot(store.data.record(table).table).sheet.texts(id)
    if stored is None:
        raise CareerkitError(f"There is no record {id!r} in {table} to comment on. Look for its id in data/{table}.csv.")
    key = new_coach_id(coach) if coach else new_id()
    values = {"id": key, "written_on": written_on, "author": author, "table": table, "record_id": id, "text": text, "reply_to": reply_to}
    store.save(
        [Change("comments", None, {**values, "record_updated_at": stored.get("updated_at", "")})],
        f"a comment on {_called(store, table, id)}",
    )
    return key


def _called(store: Store, table: str, id: str) -> str:
    record = store.data.record(table)
    texts = store.data.snapshot(table).sheet.texts(id) or {}
    return record.label({name: texts.get(name, "") for name in record.fields})
