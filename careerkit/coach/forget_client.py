"""A client forgotten: their copy with all that came and was made of it, what was sent to them, and the notes about them.

The notes go from the table, from its history and from its backups. It cannot be undone, and says what it does not reach.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from careerkit.coach import inbox, starters
from careerkit.coach.assignment import SUFFIX
from careerkit.coach.client_copy import ClientCopy
from careerkit.errors import CareerkitError
from careerkit.look import count, listed
from careerkit.store import layout
from careerkit.store.files.atomic import write_atomically
from careerkit.store.files.file_names import slugs
from careerkit.store.history.backups import with_each
from careerkit.store.history.journal import write_anew
from careerkit.store.transaction import in_sentences

if TYPE_CHECKING:
    from careerkit.coach.practice_folder import PracticeFolder

NOTES = "coach_notes"
OUT_OF_REACH = (
    "Out of reach: the files that you sent and the client's own workbook; files that still lie in the inbox, in your mail or among"
    " your downloads; copies that a sync client, a backup program or another machine of yours keeps. A cohort page that was made"
    " before holds no name; make it again if their figures shall leave it."
)


@dataclass
class Forgotten:
    """What is done, or would be.

    Parameters
    ----------
    name : str
        The client's.
    removed : list of str
        Files and folders that go, as they are called in the practice.
    notes : int
        The notes about the client.
    """

    name: str
    removed: list[str] = field(default_factory=list)
    notes: int = 0

    def summary(self, done: bool) -> list[str]:
        """Return it in sentences."""
        lines = [f"{self.name} {'was' if done else 'will be'} forgotten in this practice."]
        if self.removed:
            lines.append(f"Taken away, with keys, reports and what both last held: {', '.join(self.removed)}.")
        if self.notes:
            lines.append(f"{count(self.notes, 'note')} about them, out of history and backups too.")
        return [*lines, OUT_OF_REACH, "This cannot be undone."]


def forget(practice: PracticeFolder, named: str, dry_run: bool = False) -> Forgotten:
    """Take a client out of a practice for good, and return what was done; a dry run only says what would be.

    Raises
    ------
    CareerkitError
        When nobody is so called, several are, or something could not be taken away.
    """
    client, name = _meant(practice, named)
    mine = {name.casefold(), *([client.id] if client else [])}
    about = _about(mine, shared_name=_has_namesake(practice, client, name), id=client.id if client else "")
    places = [place for place in _places(practice, client, name) if place.exists()]
    notes = practice.read(NOTES)
    gone = [row["id"] for row in notes.to_dict("records") if about(row)]
    found = Forgotten(name, [place.relative_to(practice.folder).as_posix() for place in places], len(gone))
    if not dry_run:
        _carry_out(practice, places, gone, about, name)
    return found


def _meant(practice: PracticeFolder, named: str) -> tuple[ClientCopy | None, str]:
    """Return the copy of whom is meant, and the name; no copy, where only a starter went out."""
    try:
        client = practice.client(named)
        return client, client.name
    except CareerkitError:
        waiting = [each.client for each in starters.waiting(practice.folder) if each.client.casefold() == named.strip().casefold()]
        if not waiting or any(copy.name.casefold() == named.strip().casefold() for copy in practice.clients()):
            raise
        return None, waiting[0]


def _has_namesake(practice: PracticeFolder, client: ClientCopy | None, name: str) -> bool:
    return any(copy.name.casefold() == name.casefold() and copy is not client for copy in practice.clients())


def _about(mine: Iterable[str], shared_name: bool, id: str) -> Callable[[Mapping[str, str]], bool]:
    # What is written by a name that another client has too may be about that one.
    meant = {id} if shared_name else set(mine)
    return lambda row: str(row.get("client", "")).strip().casefold() in meant


def _places(practice: PracticeFolder, client: ClientCopy | None, name: str) -> list[Path]:
    folder = practice.folder
    own = [client.folder, folder / "inbox" / inbox.DONE / client.id] if client else []
    if _has_namesake(practice, client, name):
        return own
    called = "|".join(map(re.escape, slugs(name, "client")))
    sent = re.compile(rf"({called})-\d{{4}}-\d\d-\d\d(-\d+)?{re.escape(SUFFIX)}")
    outbox = [file for file in sorted((folder / "outbox").glob("*")) if sent.fullmatch(file.name)]
    log = folder / layout.ERROR_LOG
    told = log.is_file() and name.casefold() in log.read_text(encoding="utf-8", errors="replace").casefold()
    return [*own, *outbox, *starters.files(folder, name), *([log] if told else [])]


def _carry_out(
    practice: PracticeFolder, places: list[Path], gone: list[str], about: Callable[[Mapping[str, str]], bool], name: str
) -> None:
    left = []
    for place in places:
        try:
            shutil.rmtree(place) if place.is_dir() and not place.is_symlink() else place.unlink()
        except OSError as error:
            left.append(f"{place} ({error.strerror or error})")
    for key in gone:
        practice.store.delete(NOTES, key)
    _clean_history(practice, about)
    for file in sorted((practice.folder / layout.BACKUPS).glob("*.zip")):
        _clean_backup(file, about)
    # What was put aside stands there word for word, and cannot be searched row by row.
    for file in (practice.folder / layout.SET_ASIDE).glob(f"{NOTES}*"):
        file.unlink(missing_ok=True)
    practice.forget_copies()
    if left:
        raise CareerkitError(f"Not all of {name} is gone: {listed(left)} could not be taken away. Close it elsewhere, then do it again.")


def _clean_history(practice: PracticeFolder, about: Callable[[Mapping[str, str]], bool]) -> None:
    """Take the notes out of the journal, and write its file anew, so that nothing is left in its free pages."""
    file = practice.store.desk.file
    try:
        with practice.store.desk.held(backup=False) as saving:
            saving.journal.rewrite(
                row=lambda table, texts: None if table == NOTES and about(texts) else texts,
                file=lambda table, content: None if table == NOTES else content,
            )
        write_anew(file)
    except sqlite3.Error as error:
        raise in_sentences(file, error) from error


def _clean_backup(file: Path, about: Callable[[Mapping[str, str]], bool]) -> None:
    """Write a backup anew without the notes; one that cannot be read goes."""
    try:
        was = file.read_bytes()
        made = with_each(was, lambda name, data: _without(data, about) if name == f"data/{NOTES}.csv" else data)
    except (zipfile.BadZipFile, OSError, ValueError, csv.Error):
        file.unlink(missing_ok=True)
        return
    if made != was:
        write_atomically(file, made)


def _without(data: bytes, about: Callable[[Mapping[str, str]], bool]) -> bytes:
    text = data.decode("utf-8-sig")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    rows = list(reader)
    kept = [row for row in rows if not about(row)]
    if len(kept) == len(rows):
        return data
    sink = io.StringIO(newline="")
    writer = csv.DictWriter(sink, reader.fieldnames or [], lineterminator="\r\n" if "\r\n" in text else "\n")
    writer.writeheader()
    writer.writerows(kept)
    return sink.getvalue().encode("utf-8-sig")
