"""A person forgotten: taken out of the tables, the journal, the backups, the reports, and whatever else lies in the workbook.

First everything beside the tables is written anew, file by file, then the tables, and last the journal; so one that is
interrupted still knows whom it was about, and is completed by doing it again. It cannot be undone.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from careerkit.errors import CareerkitError
from careerkit.sharing import keys
from careerkit.sharing.encryption import is_sealed
from careerkit.sharing.pseudonyms import folded, singly
from careerkit.sharing.redaction import SOMEONE, Person, Unnaming, details_of, rows_of
from careerkit.sharing.selection import NAMES
from careerkit.store import layout
from careerkit.store.files import table_file
from careerkit.store.files.atomic import write_atomically
from careerkit.store.files.zip_members import UNREADABLE
from careerkit.store.history.backups import with_each
from careerkit.store.history.journal import RowChange, Texts, write_anew
from careerkit.store.layout import FIGURES, FIRST, FORMATS, INDEX, REVIEW, reports
from careerkit.store.store import Store
from careerkit.store.transaction import Saving, in_sentences
from careerkit.topics import RECORDS

# Without these nobody could read who the coach is; her name there is no record of a contact.
LEFT = (layout.COACH,)
OUT_OF_REACH = (
    "Out of reach: what you sent already, copies that a sync client, a backup program or another machine of yours keeps (do it"
    " there too), and pages that are open in a browser (load them anew)."
)


@dataclass
class Forgotten:
    """What is done, or would be.

    Parameters
    ----------
    person : Person
        Who is forgotten.
    rewritten, removed, left : list of str
        Files from which the person is taken out, that are taken away, and that could not be searched.
    saves : int
        The saves of the journal that said something of them.
    stays : list of str
        Names that stay in texts, because others bear them or they are words.
    """

    person: Person
    rewritten: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    saves: int = 0
    stays: list[str] = field(default_factory=list)

    def summary(self, done: bool) -> list[str]:
        """Return it in sentences."""
        whom = f"{self.person.name} ({self.person.id})" if self.person.id else self.person.name
        lines = [f"{whom} {'was' if done else 'will be'} taken out of this workbook; where a text names them, it says “{SOMEONE}”."]
        if self.rewritten:
            lines.append(f"Written anew without them: {', '.join(self.rewritten)}.")
        if self.saves:
            lines.append(f"History and undo: {self.saves} earlier saves said something of them and no longer {'do' if done else 'will'}.")
        if self.removed:
            lines.append(
                f"Taken away: {', '.join(self.removed)}. A review can be made again with careerkit report; it then names them no more."
            )
        if self.stays:
            lines.append(f"Stays where it stands alone, because somebody else or something else is called so: {', '.join(self.stays)}.")
        if self.left:
            lines.append(f"Could not be searched; look yourself: {', '.join(self.left)}.")
        return [*lines, OUT_OF_REACH, "This cannot be undone."]


def forget(store: Store, who: str, owner: str, dry_run: bool = False) -> Forgotten:
    """Take a person out of everything that lies in a workbook, and return what was done; a dry run only says what would be.

    Parameters
    ----------
    who : str
        The id of a contact, or the name of a contact or of somebody who gave feedback, rated, or was named in a step.
    owner : str
        Who keeps the workbook, and is not forgotten.

    Raises
    ------
    CareerkitError
        When nobody is so called, when several are, or when a file could not be written.
    """
    try:
        with store.desk.held(backup=False) as saving:
            forgetting = _Forgetting(store, saving, who, owner)
            forgetting.look()
            if not dry_run:
                forgetting.carry_out()
        if not dry_run:
            write_anew(store.desk.file)
    except sqlite3.Error as error:
        raise in_sentences(store.desk.file, error) from error
    return forgetting.found


class _Forgetting:
    """One person on the way out of one workbook."""

    def __init__(self, store: Store, saving: Saving, who: str, owner: str) -> None:
        self.store = store
        self.journal = saving.journal
        self.folder = store.folder
        self.pages = saving.taken_in(table for table in store.records if store.data.path(table).is_file())
        self.rows = {table: list(page.sheet.all_texts().values()) for table, page in self.pages.items()}
        person = self._person(who)
        self.unnaming = Unnaming(person, self._others(person, owner))
        self.found = Forgotten(person, stays=self.unnaming.stays)
        self._files: dict[Path, bytes | None] = {}
        self._tables: dict[str, bytes] = {}

    # -- who it is

    def _person(self, who: str) -> Person:
        known = self._known_contacts()
        if who in known:
            return self._contact(who, known)
        same = [key for key, rows in known.items() if folded(rows[0].get("name", "")) == folded(who)]
        if len(same) > 1:
            raise CareerkitError(f"{len(same)} contacts are called {who}: {', '.join(same)}. Say which by its id.")
        if same:
            return self._contact(same[0], known)
        if folded(who) not in {folded(name) for name in self._names()} or not folded(who):
            raise CareerkitError(f"Nobody in this workbook is called {who!r}. Give the name as it is written there, or the contact's id.")
        return Person(who, names=(who,))

    def _contact(self, key: str, known: dict[str, list[Texts]]) -> Person:
        mine, others = known[key], [row for other, rows in known.items() if other != key for row in rows]
        names = tuple(dict.fromkeys(row["name"].strip() for row in mine if row.get("name", "").strip()))
        return Person(names[0] if names else key, key, names, details_of(mine, others))

    def _known_contacts(self) -> dict[str, list[Texts]]:
        """Return id to every text that is known of each contact, the present one first."""
        known: dict[str, list[Texts]] = {row["id"]: [row] for row in self.rows.get("contacts", [])}
        for texts in self.journal.known_texts("contacts"):
            self._learn(known, texts)
        for name in self.store.desk.backups.names():
            with contextlib.suppress(CareerkitError):
                for row in rows_of(self.store.desk.backups.tables(name).get("contacts", b""), "contacts"):
                    self._learn(known, row)
        return known

    def _learn(self, known: dict[str, list[Texts]], row: Texts) -> None:
        if row.get("id") and row not in known.setdefault(row["id"], []):
            known[row["id"]].append(row)

    def _names(self) -> list[str]:
        cells = (row.get(column, "") for table, columns in NAMES.items() for row in self.rows.get(table, []) for column in columns)
        return [name for cell in cells if cell.strip() for name in singly(cell)]

    def _others(self, person: Person, owner: str) -> list[str]:
        mine = {folded(name) for name in person.names}
        namesakes = [row["name"] for row in self.rows.get("contacts", []) if row["id"] != person.id and folded(row["name"]) in mine]
        # Whoever is called the same in feedback or a rating is the same person, and no other contact.
        others = [name for name in self._names() if folded(name) not in mine]
        coach = keys.coach(self.folder)
        return [*others, *(namesakes if person.id else []), owner, *([coach.name] if coach else [])]

    # -- what there is

    def look(self) -> None:
        """Find what is to be written anew or taken away; nothing is written yet."""
        for table, page in self.pages.items():
            made = self.unnaming.sheet(table, page.sheet)
            if made.rows != page.sheet.rows:
                self._tables[table] = table_file.encode(made)
        tables = [self.store.data.called(table) for table in self._tables]
        for file in self._all_files():
            self._look_at(file)
        self._look_at_reviews()
        self.found.rewritten = [*tables, *(self._called(file) for file, data in self._files.items() if data is not None)]
        self.found.removed += [self._called(file) for file, data in self._files.items() if data is None and not self._is_of_review(file)]
        self.found.saves = len({save for save, change in self.journal.all_changes() if self._is_about(change)})

    def _all_files(self) -> Iterator[Path]:
        own = {self.store.data.path(table) for table in self.pages}
        for place, folders, names in os.walk(self.folder):
            folders[:] = sorted(name for name in folders if name != ".git")
            for name in sorted(names):
                file = Path(place) / name
                if file not in own and not file.is_symlink() and self._called(file) not in (layout.JOURNAL, f"{layout.JOURNAL}-journal"):
                    yield file

    def _look_at(self, file: Path) -> None:
        if self._called(file) in LEFT or self._is_of_review(file):
            return
        data = file.read_bytes()
        try:
            made = self._without(file, data)
        except (ValueError, KeyError, TypeError, *UNREADABLE):
            made = self._torn(file, data)
        if made != data:
            self._files[file] = made

    def _without(self, file: Path, data: bytes) -> bytes | None:
        """Return a file's content without the person, None where it is to go."""
        if is_sealed(data):
            return None
        if file.suffix == ".zip":
            return with_each(data, self._member)
        if file.suffix == ".z":
            said = zlib.decompress(data).decode()
            return zlib.compress(self._state(said).encode()) if self.unnaming.mentions(said) else data
        if file.suffix == ".csv":
            return self._csv(file, data)
        said = data.decode()
        if not self.unnaming.mentions(said):
            return data
        if file.suffix in (".json", ".ipynb"):
            return self._json(file, said)
        return self.unnaming.text(said).encode() if file.suffix != ".html" else None

    def _torn(self, file: Path, data: bytes) -> bytes | None:
        """Return what becomes of a file of no known form: what careerkit put aside goes, where it names the person."""
        if self.unnaming.mentions(data.decode("utf-8", "replace")) and layout.OWN in file.parts:
            return None
        if file.suffix not in (".png", ".jpg", ".jpeg", ".svg"):
            self.found.left.append(self._called(file))
        return data

    def _csv(self, file: Path, data: bytes) -> bytes:
        table = next((name for name in RECORDS if file.parent == self.folder / "data" and file.name.startswith(name)), "")
        return self.unnaming.table(table, data) if table else self.unnaming.cells(data, own=file.name.startswith("contacts"))

    def _member(self, name: str, content: bytes) -> bytes:
        found = re.fullmatch(r"data/(\w+)\.csv", name)
        if found and found[1] in RECORDS:
            return self.unnaming.table(found[1], content)
        return self.unnaming.cells(content) if name.endswith(".csv") else self.unnaming.text(content.decode()).encode()

    def _state(self, said: str) -> str:
        """Return a common state with another machine or the coach without the person."""
        told = json.loads(said)
        for table, rows in told.get("rows", {}).items():
            kept = {key: self.unnaming.row(table, texts) for key, texts in rows.items()}
            told["rows"][table] = {key: texts for key, texts in kept.items() if texts is not None}
        own = [each for each in told.get("conflicts", []) if self.unnaming.person.id not in (each["place"]["id"], None)]
        told["conflicts"] = self.unnaming.value(own if self.unnaming.person.id else told.get("conflicts", []))
        return json.dumps(told, ensure_ascii=False)

    def _json(self, file: Path, said: str) -> bytes:
        told = json.loads(said)
        if file.suffix == ".ipynb" and isinstance(told, dict):
            for cell in told.get("cells", []):
                # What a cell showed is made anew when the notebook is opened.
                if self.unnaming.mentions(json.dumps(cell.get("outputs", []), ensure_ascii=False)):
                    cell["outputs"] = []
            if self.unnaming.mentions(json.dumps(told.get("metadata", {}), ensure_ascii=False)):
                told.get("metadata", {}).pop("widgets", None)
        return json.dumps(self.unnaming.value(told), ensure_ascii=False, indent=1).encode()

    # -- reviews

    def _is_of_review(self, file: Path) -> bool:
        return file.parent.parent.parent == reports(self.folder) and file.name in {f"{REVIEW}.{each}" for each in FORMATS}

    def _look_at_reviews(self) -> None:
        """Find the reviews that name the person; one that is a PDF alone cannot be searched, and goes too."""
        for place in sorted(self.folder.glob("reports/*/*/")):
            files = [file for each in FORMATS if (file := place / f"{REVIEW}.{each}").is_file()]
            readable = [file for file in files if file.suffix != ".pdf"]
            if files and (not readable or any(self._tells(file) for file in [*readable, place / FIGURES, place / FIRST])):
                self._files.update(dict.fromkeys(files))
                self.found.removed.append(self._called(place))
        if self.found.removed and (index := reports(self.folder) / INDEX).is_file():
            self._files[index] = None

    def _tells(self, file: Path) -> bool:
        return file.is_file() and self.unnaming.mentions(file.read_bytes().decode("utf-8", "replace"))

    def _called(self, file: Path) -> str:
        return file.relative_to(self.folder).as_posix()

    # -- doing it

    def carry_out(self) -> None:
        """Write what was found: first what lies beside the tables, then these, then the journal."""
        file = self.folder
        try:
            for file, data in self._files.items():
                _put(file, data)
            for table, data in self._tables.items():
                file = self.store.data.path(table)
                self.store.data.replace(table, data)
        except OSError as error:
            raise CareerkitError(
                f"{self._called(file)} could not be written: {error.strerror or error}. They are not forgotten whole yet;"
                " close the file elsewhere or make room, then do it again."
            ) from error
        self._clean_journal()

    def _is_about(self, change: RowChange) -> bool:
        own = change.table == "contacts" and change.id == self.unnaming.person.id and change.id
        return bool(own) or any(texts and self._mentions(texts) for texts in (change.before, change.after))

    def _clean_journal(self) -> None:
        self.journal.rewrite(self._row, self.unnaming.table, self.unnaming.text)
        for table, data in self._tables.items():
            self.journal.note(table, table_file.digest(data), ours=True)

    def _row(self, table: str, texts: Texts) -> Texts | None:
        return self.unnaming.row(table, texts) if self._mentions(texts) else texts

    def _mentions(self, texts: Texts) -> bool:
        return self.unnaming.mentions(json.dumps(texts, ensure_ascii=False))


def _put(file: Path, data: bytes | None) -> None:
    if data is None:
        file.unlink(missing_ok=True)
    else:
        write_atomically(file, data)
