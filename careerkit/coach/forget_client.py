"""A client forgotten: their copy with all that came and was made of it, what was sent to them, and the notes about them.

The notes go from the table, from its history and from its backups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from careerkit.coach import inbox, starters
from careerkit.coach.assignment import SUFFIX
from careerkit.coach.client_copy import ClientCopy
from careerkit.errors import CareerkitError
from careerkit.look import count
from careerkit.sharing.erasure import Erasure, Forgotten, erase
from careerkit.sharing.redaction import Redaction
from careerkit.store import layout
from careerkit.store.files.file_names import slugs
from careerkit.store.files.raw_table import Texts
from careerkit.store.transaction import Transaction

if TYPE_CHECKING:
    from careerkit.coach.practice_folder import PracticeFolder

NOTES = "coach_notes"
OUT_OF_REACH = (
    "Out of reach: the files that you sent and the client's own workbook; files that are still in the inbox, in your mail or among"
    " your downloads; copies that a sync client, a backup program or another machine of yours keeps. A cohort page that was made"
    " before has no names in it; make it again to take their figures out."
)


@dataclass
class ForgottenClient(Forgotten):
    """What is done to forget a client.

    Parameters
    ----------
    name : str
        The client's.
    notes : int
        The notes about them.
    """

    name: str = ""
    notes: int = 0

    def details(self, done: bool) -> list[str]:
        """Return it in sentences."""
        lines = [f"{self.name} {'was' if done else 'will be'} forgotten in this practice."]
        if self.removed:
            lines.append(f"Removed, with keys, reports and what you both last had: {', '.join(self.removed)}.")
        if self.notes:
            lines.append(f"{count(self.notes, 'note')} about them, out of history and backups too.")
        return [*lines, OUT_OF_REACH]


class NotesRedaction(Redaction):
    """Takes the notes about one client out of a practice's tables.

    Parameters
    ----------
    practice : PracticeFolder
        Whose tables.
    called : set of str
        How the notes name the client: by id or by name, in small letters.
    """

    def __init__(self, practice: PracticeFolder, called: set[str]) -> None:
        super().__init__(practice.store.records)
        self.called = called

    def mentions(self, text: str) -> bool:
        """Say that any text may be about the client: a note need not name them."""
        return True

    def text(self, text: str) -> str:
        """Return a text as it is: only whole notes go."""
        return text

    def row(self, table: str, texts: Texts) -> Texts | None:
        """Return a row, None where it is a note about the client."""
        return None if table == NOTES and texts.get("client", "").strip().casefold() in self.called else texts

    def table(self, table: str, data: bytes) -> bytes:
        """Return the content of a table without the notes about the client."""
        return super().table(table, data) if table == NOTES else data


def forget(practice: PracticeFolder, name_or_id: str, dry_run: bool = False) -> Forgotten:
    """Take a client out of a practice for good, and return what was done; a dry run only says what would be.

    Raises
    ------
    CareerkitError
        When nobody has that name, several have, or something could not be removed.
    """
    client, name = _client(practice, name_or_id)
    # What mentions only a name that another client has too may be about that one.
    namesake = any(copy.name.casefold() == name.casefold() and copy is not client for copy in practice.clients())
    redaction = NotesRedaction(practice, {*([] if namesake else [name.casefold()]), *([client.id] if client else [])})

    def prepare(transaction: Transaction) -> tuple[Erasure, Forgotten]:
        pages = transaction.take_in([NOTES])
        erasure = Erasure(practice.store, transaction, pages, redaction)
        for file in sorted((practice.folder / layout.BACKUPS).glob("*.zip")):
            erasure.look_at(file, erasure.zipped)
        # What was set aside is there word for word, and can't be searched row by row.
        set_aside = (practice.folder / layout.SET_ASIDE).glob(f"{NOTES}*")
        erasure.files |= dict.fromkeys([*_of_client(practice, client), *([] if namesake else _of_name(practice, name)), *set_aside])
        erasure.last = [client.folder] if client else []
        notes = sum(redaction.row(NOTES, texts) is None for texts in pages[NOTES].sheet.all_texts().values())
        return erasure, ForgottenClient(removed=[erasure.name_of(path) for path in erasure.removed], name=name, notes=notes)

    forgotten = erase(practice.store, prepare, dry_run)
    if not dry_run:
        practice.forget_copies()
    return forgotten


def _client(practice: PracticeFolder, name_or_id: str) -> tuple[ClientCopy | None, str]:
    """Return the client's copy and name; no copy, where only a starter went out."""
    try:
        client = practice.client(name_or_id)
        return client, client.name
    except CareerkitError:
        wanted = name_or_id.strip().casefold()
        waiting = [each.client for each in starters.waiting(practice.folder) if each.client.casefold() == wanted]
        if not waiting or any(copy.name.casefold() == wanted for copy in practice.clients()):
            raise
        return None, waiting[0]


def _of_client(practice: PracticeFolder, client: ClientCopy | None) -> Iterator[Path]:
    if client and (received := practice.folder / "inbox" / inbox.DONE / client.id).exists():
        yield received


def _of_name(practice: PracticeFolder, name: str) -> Iterator[Path]:
    called = "|".join(map(re.escape, slugs(name, "client")))
    sent = re.compile(rf"({called})-\d{{4}}-\d\d-\d\d(-\d+)?{re.escape(SUFFIX)}")
    yield from (file for file in sorted((practice.folder / "outbox").glob("*")) if sent.fullmatch(file.name))
    yield from starters.files(practice.folder, name)
    log = practice.folder / layout.ERROR_LOG
    if log.is_file() and name.casefold() in log.read_text(encoding="utf-8", errors="replace").casefold():
        yield log
