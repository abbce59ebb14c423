"""What was sent to clients who have shared nothing yet.

A starter goes to somebody whose workbook the practice does not know. Its rows are kept here, in the coach's own words,
until the client's first bundle comes; then they are in the copy, and what is kept here is removed. A client sends them back
too, but in what they send, names may be replaced.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from careerkit.coach.client_copy import ClientCopy
from careerkit.sharing import rules
from careerkit.sharing.bundle import Bundle
from careerkit.store import layout
from careerkit.store.changes import Change
from careerkit.store.files.atomic import write_json
from careerkit.store.files.raw_table import Texts

Rows = dict[str, dict[str, Texts]]


@dataclass(frozen=True)
class Starter:
    """A starter whose client has not shared anything yet.

    Parameters
    ----------
    client : str
        The name it was made for.
    made_on : str
        The day, ISO.
    starts_on : str
        The day from which its dates count, ISO.
    rows : dict
        Table to id to texts: what the coach wrote.
    file : str
        The name of the file in the outbox.
    """

    client: str
    made_on: str
    starts_on: str
    rows: Rows
    file: str

    @property
    def on(self) -> dt.date:
        """The day it was made."""
        return dt.date.fromisoformat(self.made_on)


def keep(practice: Path, starter: Starter) -> None:
    """Keep what a starter held until its client is heard from."""
    write_json(_kept(practice, starter), asdict(starter))


def waiting(practice: Path) -> list[Starter]:
    """Return the starters whose clients have not shared anything yet, by name."""
    return sorted((starter for _, starter in _all(practice)), key=lambda each: (each.client.casefold(), each.made_on))


def claimed(practice: Path, bundle: Bundle, key: str) -> list[Starter]:
    """Return the starters that a client's bundle answers."""
    ids = {each for table in rules.FROM_COACH["starter"] for each in _ids(bundle, table) if rules.is_from(each, key)}
    known = waiting(practice)
    by_rows = [each for each in known if ids & {row for rows in each.rows.values() for row in rows}]
    # Where the client shares nothing of it, the name must do.
    return by_rows or [each for each in known if each.client.casefold() == bundle.author.casefold()]


def put_into(client: ClientCopy, starter: Starter) -> None:
    """Write what a starter held into the copy of its client, and let it go here."""
    there = {table: set(client.read(table)["id"]) for table in starter.rows}
    new = {table: {key: texts for key, texts in rows.items() if key not in there[table]} for table, rows in starter.rows.items()}
    write(new, client, "what the starter gave")
    _kept(client.folder.parent.parent, starter).unlink(missing_ok=True)


def write(rows: Rows, client: ClientCopy, what: str) -> None:
    """Write the coach's rows into a client's copy, in one save that is called so."""
    changes = [
        Change(table, None, {**{name: texts.get(name, "") for name in rules.RECORDS[table].own_fields()}, "id": key})
        for table, held in rows.items()
        for key, texts in held.items()
    ]
    if changes:
        client.save(changes, what)


def files(practice: Path, name: str) -> list[Path]:
    """Return where the starters of a client are kept."""
    return [file for file, starter in _all(practice) if starter.client.casefold() == name.casefold()]


def _ids(bundle: Bundle, table: str) -> list[str]:
    return list(bundle.parts[table].rows) if table in bundle.parts else []


def _all(practice: Path) -> list[tuple[Path, Starter]]:
    found = []
    for file in sorted((practice / layout.STARTERS).glob("*.json")):
        # One that cannot be read costs the coach's own wording, no more.
        with contextlib.suppress(OSError, ValueError, TypeError):
            found.append((file, Starter(**json.loads(file.read_text(encoding="utf-8")))))
    return found


def _kept(practice: Path, starter: Starter) -> Path:
    return practice / layout.STARTERS / f"{Path(starter.file).stem}.json"
