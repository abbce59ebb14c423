"""A coach's practice: a folder with a copy of each client's workbook, an inbox, and notes that stay there."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import pandas as pd
import tomlkit

from careerkit.coach.client_copy import ClientCopy
from careerkit.coach.programme import ProgrammePart
from careerkit.errors import CareerkitError
from careerkit.notebook.refresh import LiveFolder
from careerkit.records import join_or
from careerkit.records.settings import Settings
from careerkit.sharing import keys
from careerkit.store.files.atomic import write_atomically
from careerkit.store.layout import OWN
from careerkit.store.store import Change, Store
from careerkit.store.workbook_folder import COACH_NOTEBOOKS, SETTINGS_FILE, FolderKind, copy_notebooks, locate, make, new_or_empty
from careerkit.topics.coaching.records import CoachNote

FILE = "practice.toml"
FORMAT = 1
CHOSEN = "chosen"
PRACTICE = FolderKind(
    "practice",
    FILE,
    "CAREERKIT_PRACTICE",
    make="careerkit lab --practice",
    nowhere="Go to its folder, or name it with --practice DIR; careerkit lab --practice DIR makes one.",
)
RECORDS = {CoachNote.table: CoachNote, ProgrammePart.table: ProgrammePart}
# The name of a folder on any system, and never a way out of it.
SAFE_ID = re.compile(r"[a-z0-9][a-z0-9_-]{4,63}")


class PracticeFolder(LiveFolder):
    """A coach's folder: ``practice.toml``, ``inbox``, ``outbox``, ``clients``, and own tables in ``data``.

    Parameters
    ----------
    folder : Path
        Where ``practice.toml`` is; use `create` or `open`.
    today : date, optional
        The day on which everything is looked at; else the present one.
    """

    def __init__(self, folder: Path, today: dt.date | None = None) -> None:
        super().__init__(folder)
        self.today = today or dt.date.today()
        self.coach = _coach(folder / FILE)
        self.store = Store(folder, dict(RECORDS))
        self._copies: dict[str, ClientCopy] = {}

    @classmethod
    def create(cls, folder: str | Path, coach: str = "") -> Self:
        """Make a practice in a folder that is new or empty.

        Raises
        ------
        CareerkitError
            When the folder has files in it already, or cannot be written.
        """
        made = new_or_empty(folder)
        try:
            # What is in it is about other people: nobody else on this machine is to look into it.
            made.mkdir(parents=True, exist_ok=True, mode=0o700)
            for part in ("inbox", "outbox", "clients", "data", OWN):
                (made / part).mkdir(exist_ok=True)
            copy_notebooks(made, COACH_NOTEBOOKS)
            _write(made / FILE, coach)
        except OSError as error:
            raise CareerkitError(f"The practice could not be made in {made}: {error.strerror}. Choose another place.") from error
        return cls(made)

    @classmethod
    def open(cls, folder: str | Path | None = None, today: dt.date | None = None) -> Self:
        """Open a practice: the folder given, else the nearest at or above here, else ``$CAREERKIT_PRACTICE``.

        Raises
        ------
        CareerkitError
            When there is none.
        """
        return cls(find(folder), today)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.folder)!r})"

    # -- whose it is

    def named(self) -> str:
        """Return the coach's name.

        Raises
        ------
        CareerkitError
            When it is not known yet.
        """
        if not self.coach.strip():
            raise CareerkitError(
                f'Your practice doesn\'t have your name yet. Write your name into {FILE}, such as coach = "Ines Valdivia".'
            )
        return self.coach

    def rename_coach(self, coach: str) -> None:
        """Write down the coach's name, as clients see it."""
        _write(self.folder / FILE, " ".join(coach.split()))
        self.coach = _coach(self.folder / FILE)
        self._copies.clear()

    @cached_property
    def key(self) -> str:
        """The coach's public key, made where there is none yet."""
        return keys.own_or_new().public

    # -- clients

    def clients(self) -> list[ClientCopy]:
        """Return every client's copy, by name."""
        found = [folder for folder in (self.folder / "clients").glob("*") if (folder / SETTINGS_FILE).is_file()]
        return sorted((self._copy(folder) for folder in found), key=lambda copy: (copy.name.casefold(), copy.id))

    def client(self, named: str) -> ClientCopy:
        """Return a client's copy, by the id of the workbook or by name.

        Raises
        ------
        CareerkitError
            When there is none, or several have that name.
        """
        if found := self.known(named):
            return found
        known = self.clients()
        listed = f"There is {join_or(f'{copy.name} ({copy.id})' for copy in known)}." if known else "Nobody has shared anything yet."
        raise CareerkitError(f"There is no client {named!r} in this practice. {listed}")

    def known(self, named: str) -> ClientCopy | None:
        """Return a client's copy, by the id of the workbook or by name; None where there is none.

        Raises
        ------
        CareerkitError
            When several have that name.
        """
        known, wanted = self.clients(), named.strip()
        meant = [copy for copy in known if copy.id == wanted] or [copy for copy in known if copy.name.casefold() == wanted.casefold()]
        if len(meant) > 1:
            raise CareerkitError(f"{len(meant)} clients are called {named}. Give the id: {join_or(copy.id for copy in meant)}.")
        return meant[0] if meant else None

    def new_client(self, workbook: str, name: str) -> ClientCopy:
        """Return the copy of a client's workbook, made where there is none yet.

        Raises
        ------
        CareerkitError
            When the id is none that a workbook has, or the folder cannot be written.
        """
        if not SAFE_ID.fullmatch(workbook):
            raise CareerkitError("This bundle doesn't say which workbook it comes from. Ask who sent it to make it again with careerkit.")
        place = self.folder / "clients" / workbook
        if not (place / SETTINGS_FILE).is_file():
            # Only a complete copy gets the name; what an interrupted attempt left is not one.
            beside = place.with_name(f".{workbook}")
            shutil.rmtree(beside, ignore_errors=True)
            make(beside, name, copy_of=workbook)
            os.replace(beside, place)
        return self._copy(place)

    def forget_copies(self) -> None:
        """Forget the copies that are loaded, as after one was removed."""
        self._copies.clear()
        self.refresh()

    def _copy(self, folder: Path) -> ClientCopy:
        if folder.name not in self._copies:
            self._copies[folder.name] = ClientCopy(folder, self.coach, self.key, self.today)
        return self._copies[folder.name]

    @property
    def chosen(self) -> ClientCopy | None:
        """The client whom the session's cells are about; the first by name until one is chosen."""
        known = self.clients()
        named = self.drafts.get(CHOSEN, {}).get("id")
        return next((copy for copy in known if copy.id == named), known[0] if known else None)

    def choose(self, id: str) -> None:
        """Choose the client whom the session's cells are about."""
        self.drafts[CHOSEN] = {"id": id}
        self.refresh()

    # -- records of the practice's own, as a form takes them

    @property
    def settings(self) -> Settings:
        """What a text to send is written with: whose it is."""
        return Settings(owner=self.coach, id="")

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the practice's own tables."""
        return {table: self.store.read(table) for table in RECORDS}

    def read(self, table: str) -> pd.DataFrame:
        """Return one of the practice's own tables."""
        return self.store.read(table)

    def add(self, table: str, **values: Any) -> str:
        """Add a record to one of the practice's own tables, and return its id."""
        return str(self._refreshed(self.store.add_many(table, [values])[0]))

    def update(self, table: str, id: str, *, seen: Any = None, also: Sequence[Change] = (), **values: Any) -> None:
        """Change a record; with ``seen``, refuse when it has changed since."""
        self.store.update(table, id, values, seen=seen, also=also)
        self.refresh()

    def delete(self, table: str, id: str) -> None:
        """Take a record out; undo brings it back."""
        self.store.delete(table, id)
        self.refresh()

    def undo(self) -> str:
        """Take the latest save in the practice's own tables back."""
        return str(self._refreshed(self.store.undo()))

    def note(self, client: str, text: str) -> str:
        """Write a note about a client for oneself; it stays in this folder and goes into no bundle."""
        return self.add("coach_notes", client=self.client(client).id, text=text, written_on=self.today)

    def notes(self, client: ClientCopy) -> pd.DataFrame:
        """Return the notes about a client, the latest first."""
        frame = self.read("coach_notes")
        mine = frame[frame["client"].str.strip().str.casefold().isin({client.id, client.name.casefold()})]
        return mine.sort_values(["written_on", "id"], ascending=False)


def find(folder: str | Path | None = None) -> Path:
    """Return the folder of the practice meant: the one given, else at or above here, else ``$CAREERKIT_PRACTICE``."""
    return locate(folder, PRACTICE)


def _coach(file: Path) -> str:
    settings = _parsed(file)
    found = settings.get("format", FORMAT)
    if type(found) is not int or found > FORMAT:
        raise CareerkitError(f"{file} was written by a newer careerkit. Update careerkit, then open it again; nothing was changed.")
    coach = settings.get("coach", "")
    if not isinstance(coach, str):
        raise CareerkitError(f'{file}: coach isn\'t text. Write your name, such as coach = "Ines Valdivia".')
    return coach


def _parsed(file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CareerkitError(f"{file} cannot be read: {error.strerror}. Check that the file is yours to open.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CareerkitError(f"{file} cannot be understood: {error}. Correct that place, or put the file back from a backup.") from None


def _write(file: Path, coach: str) -> None:
    document = tomlkit.parse(file.read_text(encoding="utf-8-sig")) if file.is_file() else tomlkit.document()
    if not document:
        document.add(tomlkit.comment("Your name, as your clients read it."))
    document["coach"] = coach
    document.setdefault("format", FORMAT)
    write_atomically(file, tomlkit.dumps(document).encode())
