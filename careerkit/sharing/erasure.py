"""Somebody erased from a folder of records, past any undo: from files, tables, backups and the journal.

First everything beside the tables is rewritten or removed, file by file, then the tables, and last the journal; so an erasure
that is interrupted still knows who it was about, and is completed by doing it again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from careerkit.errors import CareerkitError
from careerkit.sharing.redaction import Redaction
from careerkit.store.files import table_file
from careerkit.store.files.atomic import write_atomically
from careerkit.store.files.data_folder import Snapshot
from careerkit.store.files.zip_members import UNREADABLE
from careerkit.store.history.backups import with_each
from careerkit.store.history.changed_rows import RowChange
from careerkit.store.history.journal import vacuum
from careerkit.store.layout import OWN
from careerkit.store.store import Store
from careerkit.store.transaction import Transaction

IMAGES = (".png", ".jpg", ".jpeg", ".svg")


@dataclass
class Forgotten:
    """What was erased, or would be.

    Parameters
    ----------
    rewritten, removed, left : list of str
        Files from which somebody is taken out, that are removed, and that couldn't be searched.
    saves : int
        The saves of the journal that mentioned them.
    """

    rewritten: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    saves: int = 0

    def summary(self, done: bool) -> list[str]:
        """Return it in sentences."""
        return [*self.details(done), "This cannot be undone."]

    def details(self, done: bool) -> list[str]:
        """Return the sentences that differ by what was forgotten."""
        raise NotImplementedError


class Erasure:
    """One erasure in one folder; nothing is written before `carry_out`.

    Parameters
    ----------
    store : Store
        The tables.
    saving : Transaction
        With the lock held and the journal open.
    pages : mapping
        The tables' files, after outside edits were taken in.
    redaction : Redaction
        Who is erased.
    """

    def __init__(self, store: Store, transaction: Transaction, pages: Mapping[str, Snapshot], redaction: Redaction) -> None:
        self.store = store
        self.journal = transaction.journal
        self.folder = store.folder
        self.redaction = redaction
        self.left: list[str] = []
        # A file's new content, None where it is removed; what goes last is what the folder knows them by.
        self.files: dict[Path, bytes | None] = {}
        self.last: list[Path] = []
        self._tables: dict[str, bytes] = {}
        for table, page in pages.items():
            made = redaction.sheet(table, page.sheet)
            if made.rows != page.sheet.rows:
                self._tables[table] = table_file.encode(made)

    def look_at(self, file: Path, redacted: Callable[[bytes], bytes | None]) -> None:
        """Find what becomes of a file, whose new content ``redacted`` returns; None: it is removed."""
        data = file.read_bytes()
        try:
            made = redacted(data)
        except (ValueError, KeyError, TypeError, *UNREADABLE):
            made = self._of_unknown_form(file, data)
        if made != data:
            self.files[file] = made

    def _of_unknown_form(self, file: Path, data: bytes) -> bytes | None:
        if OWN in file.parts and self.redaction.mentions(data.decode("utf-8", "replace")):
            return None
        if file.suffix not in IMAGES:
            self.left.append(self.name_of(file))
        return data

    def zipped(self, data: bytes) -> bytes:
        """Return the content of a backup as it may stay."""
        return with_each(data, self._member)

    def _member(self, name: str, content: bytes) -> bytes:
        folder, _, file = name.rpartition("/")
        table = file.removesuffix(".csv")
        if folder == "data" and file.endswith(".csv") and table in self.redaction.records:
            return self.redaction.table(table, content)
        return self.other_member(name, content)

    def other_member(self, name: str, content: bytes) -> bytes:
        """Return another member of a backup as it may stay."""
        return content

    def name_of(self, file: Path) -> str:
        """Return how a file or folder is named in sentences."""
        return file.relative_to(self.folder).as_posix()

    @property
    def rewritten(self) -> list[str]:
        """The files that are rewritten."""
        tables = [self.store.data.file_name(table) for table in self._tables]
        return [*tables, *(self.name_of(file) for file, data in self.files.items() if data is not None)]

    @property
    def removed(self) -> list[Path]:
        """The files and folders that are removed."""
        return [*self.last, *(file for file, data in self.files.items() if data is None)]

    def is_about(self, change: RowChange) -> bool:
        """Say whether a change in the journal mentions them."""
        return any(texts is not None and self.redaction.row(change.table, texts) != texts for texts in (change.before, change.after))

    def carry_out(self) -> None:
        """Write what was found.

        Raises
        ------
        CareerkitError
            When a file couldn't be written or removed.
        """
        file = self.folder
        try:
            for file, data in self.files.items():
                _remove(file) if data is None else write_atomically(file, data)
            for table, data in self._tables.items():
                file = self.store.data.path(table)
                self.store.data.replace(table, data)
            self._clean_journal()
            for file in self.last:
                _remove(file)
        except OSError as error:
            raise CareerkitError(
                f"{self.name_of(file)} could not be written or removed: {error.strerror or error}. Not everything is gone yet;"
                " close it elsewhere or make room, then do it again."
            ) from error

    def _clean_journal(self) -> None:
        self.journal.rewrite(self.redaction.row, self.redaction.table, self.redaction.text)
        for table, data in self._tables.items():
            self.journal.note(table, table_file.digest(data), ours=True)


def erase(store: Store, prepare: Callable[[Transaction], tuple[Erasure, Forgotten]], dry_run: bool) -> Forgotten:
    """Erase what ``prepare`` finds, and return what was done; a dry run only says what would be.

    Raises
    ------
    CareerkitError
        When a file couldn't be written or removed, or the journal can't be opened.
    """
    with store.workspace.explained_errors():
        with store.workspace.transaction(backup=False) as transaction:
            erasure, forgotten = prepare(transaction)
            forgotten.rewritten, forgotten.left = erasure.rewritten, erasure.left
            forgotten.saves = len({save for save, change in transaction.journal.all_changes() if erasure.is_about(change)})
            if not dry_run:
                erasure.carry_out()
        if not dry_run:
            vacuum(store.workspace.file)
    return forgotten


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
