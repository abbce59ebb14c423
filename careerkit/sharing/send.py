"""Bundles made and written: by a client for the coach, by a coach for a client, by an owner for another machine."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from careerkit.errors import CareerkitError
from careerkit.records import Record
from careerkit.records.settings import Settings
from careerkit.sharing import encryption, keys, pending, rules
from careerkit.sharing.bundle import CLIENT, COACH, STARTER, SYNC, Bundle, Part, mark, pack
from careerkit.sharing.selection import Choice, Selection, select
from careerkit.sharing.sync_state import SELF, Base, Bases
from careerkit.store.files.atomic import write_atomically
from careerkit.store.files.raw_table import Texts
from careerkit.store.history.changed_rows import timestamp
from careerkit.store.store import Store

NO_CALL_BACK = "What you send cannot be called back: whoever opens it may keep a copy."


@dataclass(frozen=True)
class Sent:
    """What was written, or would be.

    Parameters
    ----------
    bundle : Bundle
        What left.
    chosen : Selection, optional
        What was chosen for a coach.
    file : Path, optional
        Where it was written; None: nowhere.
    passphrase : str
        What opens it, shown this once; '' where a key does.
    """

    bundle: Bundle
    chosen: Selection | None
    file: Path | None
    passphrase: str

    def summary(self) -> list[str]:
        """Return what leaves, in sentences."""
        everything = [f"{table}: {len(part.rows)} rows" for table, part in self.bundle.parts.items() if part.rows]
        lines = self.chosen.summary() if self.chosen else everything
        if self.file is None:
            return [*lines, "Nothing was written: this was a dry run."]
        by_key = f"Only {self.bundle.recipient or 'your coach'} can open it."
        by_passphrase = f"It opens with this passphrase, which is shown once; tell it by phone, not by mail: {self.passphrase}"
        return [*lines, f"Wrote {self.file}.", by_passphrase if self.passphrase else by_key, NO_CALL_BACK]

    def plain(self) -> dict[str, Any]:
        """Return what leaves, row by row, for other programs."""
        tables = {table: {"columns": list(part.columns), "rows": list(part.rows.values())} for table, part in self.bundle.parts.items()}
        sealed = {"file": str(self.file) if self.file else None, "recipient": self.bundle.recipient, "passphrase": self.passphrase or None}
        return {**sealed, "tables": tables, "withheld": dict(self.bundle.withheld)}


def share(
    store: Store,
    settings: Settings,
    file: Path | None,
    recipient: str = "coach",
    choice: Choice | None = None,
    with_passphrase: bool = False,
) -> Sent:
    """Write a bundle for the coach, or for one's "self" on another machine, into a new file; without a file, only show it.

    It is sealed for the coach's key, where a starter brought one and no passphrase is asked for.
    """
    if file is not None:
        _refuse_taken(file)
    coach = keys.coach(store.folder) if recipient == "coach" else None
    name = coach.name if coach else ""
    chosen = preview(store, settings, choice or Choice(), name) if recipient == "coach" else None
    mine = keys.own_or_new().public if file else ""
    bundle = for_coach(store, settings, chosen, mine, name) if chosen else for_self(store, settings, mine)
    if file is None:
        return Sent(bundle, chosen, None, "")
    key = coach.key if coach and not with_passphrase else ""
    passphrase = "" if key else encryption.new_passphrase()
    write(sealed(bundle, key, passphrase), file)
    if not chosen:
        note_sent(store, bundle)
    return Sent(bundle, chosen, file, passphrase)


def preview(store: Store, settings: Settings, choice: Choice, recipient: str = "") -> Selection:
    """Return exactly what would leave for a coach."""
    tables = {table: store.read(table) for table in store.records}
    return select(tables, choice, keys.workbook_secret(store.folder), settings.owner, recipient)


def for_coach(store: Store, settings: Settings, chosen: Selection, author_key: str, recipient: str = "") -> Bundle:
    """Return a client's bundle of what `preview` showed."""
    bundle = _of_owner(CLIENT, store, settings, author_key, chosen.parts)
    pairing = keys.pairing(store.folder) if author_key else ""
    return replace(bundle, recipient=recipient, withheld=chosen.withheld, hidden=chosen.hidden, pairing=pairing)


def for_self(store: Store, settings: Settings, author_key: str) -> Bundle:
    """Return everything for another machine of the owner, private records included, with what both already know.

    Rows that cannot be read stay behind; of their tables, no row that is missing counts as deleted.
    """
    parts = {table: _all_rows(store, table) for table in store.records if store.data.path(table).is_file()}
    with store.workspace.existing_journal() as journal:
        knows = tuple(base.id for base in Bases(store.folder, SELF).in_force(journal))
    undecided = tuple(conflict.place for conflict in pending.undecided(store))
    bundle = _of_owner(SYNC, store, settings, author_key, parts)
    return replace(bundle, recipient=bundle.author, knows=knows, undecided=undecided)


def _of_owner(kind: str, store: Store, settings: Settings, author_key: str, parts: Mapping[str, Part]) -> Bundle:
    if not settings.owner.strip():
        raise CareerkitError('Your workbook doesn\'t have your name yet. Write your name into workbook.toml, such as owner = "Nora Berg".')
    return Bundle(kind, settings.id, settings.owner, author_key, timestamp(store.now()), parts)


def _all_rows(store: Store, table: str) -> Part:
    loaded, sheet = store.data.loaded(table), store.data.snapshot(table).sheet
    good, all_rows = set(loaded.frame["id"]), sheet.all_texts()
    rows = {key: texts for key, texts in all_rows.items() if key in good}
    columns = [name for name in dict.fromkeys(["id", *sheet.header]) if name.strip() and name.isprintable()]
    return Part(tuple(columns), rows, whole=len(rows) == len(sheet.rows))


def starter(author: str, author_key: str, rows: Mapping[str, Iterable[Mapping[str, object]]], made_at: str, recipient: str = "") -> Bundle:
    """Return what a coach begins with a client with: assignments, questions, sessions, and skills that are proposed.

    Parameters
    ----------
    rows : mapping
        Table to the values of its records; each gets an id of the coach's own.

    Raises
    ------
    CareerkitError
        When a record is wrong.
    """
    parts = {table: _new_part(table, values, author, author_key, made_at) for table, values in rows.items()}
    return rules.checked(Bundle(STARTER, "", author, author_key, made_at, parts, recipient=recipient))


def _new_part(table: str, rows: Iterable[Mapping[str, object]], author: str, author_key: str, made_at: str) -> Part:
    record = rules.RECORDS[table]
    made = {}
    for values in rows:
        key = rules.new_coach_id(author_key)
        whose = {rules.AUTHOR[table]: author} if table in rules.AUTHOR else {}
        times = {"created_at": made_at, "updated_at": made_at}
        cleaned, wrong = record.clean({**record.defaults(), **values, **whose, **times, "id": key})
        if wrong:
            raise CareerkitError(" ".join(wrong.values()))
        made[key] = record.texts(cleaned)
    return _part(record, made)


def from_coach(store: Store, workbook_id: str, author: str, author_key: str) -> Bundle:
    """Return everything that a coach wrote in their copy of a client's workbook, and none of the client's own rows.

    It has a mark made with the secret that came in the client's last bundle, without which the client takes nothing in.
    """
    parts = {}
    for table in rules.FROM_COACH[COACH]:
        frame = store.read(table)
        own = frame[frame["id"].map(lambda key: rules.is_from(key, author_key)).astype("bool") & ~frame["private"]]
        record = store.data.record(table)
        whose = {rules.AUTHOR[table]: author} if table in rules.AUTHOR else {}
        rows = {row["id"]: {**record.texts(row), **whose} for row in own.to_dict("records")}
        if rows:
            parts[table] = _part(record, rows)
    bundle = rules.checked(Bundle(COACH, workbook_id, author, author_key, timestamp(store.now()), parts))
    return replace(bundle, mark=mark(bundle, keys.known_pairing(store.folder)))


def _part(record: type[Record], rows: Mapping[str, Texts]) -> Part:
    columns = tuple(name for name in record.fields if name not in rules.CLIENTS_OWN.get(record.table, ()))
    return Part(columns, {key: {name: texts[name] for name in columns} for key, texts in rows.items()})


def sealed(bundle: Bundle, key: str = "", passphrase: str = "") -> bytes:
    """Return a bundle sealed for a public key, else with a passphrase."""
    content = pack(bundle)
    return encryption.seal_to_key(content, key) if key else encryption.seal_with_passphrase(content, passphrase)


def write(content: bytes, file: Path) -> None:
    """Write a sealed bundle into a file that is not there yet.

    Raises
    ------
    CareerkitError
        When it is there already, or cannot be written.
    """
    _refuse_taken(file)
    try:
        write_atomically(file, content)
    except OSError as error:
        raise CareerkitError(f"{file} could not be written: {error.strerror or error}. Choose another place.") from error


def _refuse_taken(file: Path) -> None:
    if os.path.lexists(file):
        raise CareerkitError(f"{file} is there already. Give another name, or move it away.")


def note_sent(store: Store, bundle: Bundle) -> None:
    """Remember what was sent to another machine: it is what both hold, once that has taken it in."""
    conflicts = tuple(pending.undecided(store))
    Bases(store.folder, SELF).keep(Base(bundle.id, bundle.made_at, bundle.rows(), bundle.knows, conflicts=conflicts))
