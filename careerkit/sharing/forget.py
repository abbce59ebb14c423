"""A person forgotten: taken out of the tables, the journal, the backups, the reports, and whatever else is in the workbook."""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from careerkit.errors import CareerkitError
from careerkit.sharing import keys
from careerkit.sharing.encryption import is_sealed
from careerkit.sharing.erasure import Erasure, Forgotten, erase
from careerkit.sharing.pseudonyms import folded, split_names
from careerkit.sharing.redaction import SOMEONE, Person, PersonRedaction, details_of, rows_of
from careerkit.sharing.selection import NAMES
from careerkit.store.history.changed_rows import Texts
from careerkit.store.layout import COACH_KEY, FIGURES, FIRST, FORMATS, INDEX, JOURNAL, REVIEW, reports
from careerkit.store.store import Store
from careerkit.store.transaction import Transaction
from careerkit.topics import RECORDS

OUT_OF_REACH = (
    "Out of reach: what you sent already, copies that a sync client, a backup program or another machine of yours keeps (do it"
    " there too), and pages that are open in a browser (reload them)."
)


@dataclass
class ForgottenPerson(Forgotten):
    """What is done to forget a person.

    Parameters
    ----------
    person : Person
        Who is forgotten.
    stays : list of str
        Names that stay in texts, because others have them or they are words.
    """

    person: Person = field(default_factory=lambda: Person(""))
    stays: list[str] = field(default_factory=list)

    def details(self, done: bool) -> list[str]:
        """Return it in sentences."""
        name = f"{self.person.name} ({self.person.id})" if self.person.id else self.person.name
        lines = [f"{name} {'was' if done else 'will be'} taken out of this workbook; where a text names them, it says “{SOMEONE}”."]
        if self.rewritten:
            lines.append(f"Rewritten without them: {', '.join(self.rewritten)}.")
        if self.saves:
            lines.append(f"History and undo: {self.saves} earlier saves mentioned them and no longer {'do' if done else 'will'}.")
        if self.removed:
            lines.append(f"Removed: {', '.join(self.removed)}. careerkit report makes a review again; it then no longer mentions them.")
        if self.stays:
            lines.append(f"Stays where it appears alone, because somebody or something else has that name: {', '.join(self.stays)}.")
        if self.left:
            lines.append(f"Could not be searched; look yourself: {', '.join(self.left)}.")
        return [*lines, OUT_OF_REACH]


def forget(store: Store, name: str, owner: str, dry_run: bool = False) -> Forgotten:
    """Take a person out of everything in a workbook, and return what was done; a dry run only says what would be.

    Parameters
    ----------
    name : str
        The id of a contact, or the name of a contact or of somebody who gave feedback, rated, or was named in a step.
    owner : str
        Who keeps the workbook, and is not forgotten.

    Raises
    ------
    CareerkitError
        When nobody has that name, when several have, or when a file could not be written.
    """

    def prepare(transaction: Transaction) -> tuple[Erasure, Forgotten]:
        known = _KnownPeople(store, transaction)
        person = known.person(name)
        redaction = PersonRedaction(person, known.others(person, owner))
        erasure = _PersonErasure(store, transaction, known.pages, redaction)
        removed = erasure.look()
        return erasure, ForgottenPerson(removed=removed, person=person, stays=redaction.stays)

    return erase(store, prepare, dry_run)


class _KnownPeople:
    """Everybody named in a workbook, now or in its past."""

    def __init__(self, store: Store, transaction: Transaction) -> None:
        self.store = store
        self.journal = transaction.journal
        self.pages = transaction.take_in(table for table in store.records if store.data.path(table).is_file())
        self.rows = {table: list(page.sheet.all_texts().values()) for table, page in self.pages.items()}

    def person(self, wanted: str) -> Person:
        """Return who is meant by an id or a name."""
        known = self._contacts()
        same = [wanted] if wanted in known else [key for key, rows in known.items() if folded(rows[0].get("name", "")) == folded(wanted)]
        if len(same) > 1:
            raise CareerkitError(f"{len(same)} contacts are called {wanted}: {', '.join(same)}. Say which by its id.")
        if same:
            return self._contact(same[0], known)
        if folded(wanted) not in {folded(name) for name in self._names()} or not folded(wanted):
            raise CareerkitError(
                f"Nobody in this workbook is called {wanted!r}. Give the name as the workbook has it, or the contact's id."
            )
        return Person(wanted, names=(wanted,))

    def _contact(self, key: str, known: dict[str, list[Texts]]) -> Person:
        mine, others = known[key], [row for other, rows in known.items() if other != key for row in rows]
        names = tuple(dict.fromkeys(row["name"].strip() for row in mine if row.get("name", "").strip()))
        return Person(names[0] if names else key, key, names, details_of(mine, others))

    def _contacts(self) -> dict[str, list[Texts]]:
        """Return id to every text that is known of each contact, the present one first."""
        known: dict[str, list[Texts]] = {row["id"]: [row] for row in self.rows.get("contacts", [])}
        for row in [*self.journal.known_texts("contacts"), *self._in_backups()]:
            if row.get("id") and row not in known.setdefault(row["id"], []):
                known[row["id"]].append(row)
        return known

    def _in_backups(self) -> Iterator[Texts]:
        backups = self.store.workspace.backups
        for name in backups.names():
            with contextlib.suppress(CareerkitError):
                yield from rows_of(backups.tables(name).get("contacts", b""), "contacts")

    def _names(self) -> list[str]:
        cells = (row.get(column, "") for table, columns in NAMES.items() for row in self.rows.get(table, []) for column in columns)
        return [name for cell in cells if cell.strip() for name in split_names(cell)]

    def others(self, person: Person, owner: str) -> list[str]:
        """Return the names of everybody else."""
        mine = {folded(name) for name in person.names}
        namesakes = [row["name"] for row in self.rows.get("contacts", []) if row["id"] != person.id and folded(row["name"]) in mine]
        # Whoever has the same name in feedback or a rating is the same person, and no other contact.
        others = [name for name in self._names() if folded(name) not in mine]
        coach = keys.coach(self.store.folder)
        return [*others, *(namesakes if person.id else []), owner, *([coach.name] if coach else [])]


class _PersonErasure(Erasure):
    """One person taken out of one workbook, in which any file may name them."""

    redaction: PersonRedaction

    def look(self) -> list[str]:
        """Look at every file, and return the names of what is removed."""
        for file in self._all_files():
            self.look_at(file, lambda data, file=file: self._redacted(file, data))  # type: ignore[misc]
        reviews = self._look_at_reviews()
        if reviews and (index := reports(self.folder) / INDEX).is_file():
            self.files[index] = None
        return [*reviews, *(self.name_of(file) for file in self.removed if not self._is_of_review(file))]

    def _all_files(self) -> Iterator[Path]:
        # Nobody could tell any more who the coach is without their key; their name there isn't a contact's.
        spared = {*map(self.store.data.path, self.store.records), self.folder / COACH_KEY}
        journal = (self.folder / JOURNAL).name
        for place, folders, names in os.walk(self.folder):
            folders[:] = sorted(name for name in folders if name != ".git")
            for file in (Path(place) / name for name in sorted(names)):
                skipped = file in spared or file.is_symlink() or file.name in (journal, f"{journal}-journal")
                if not skipped and not self._is_of_review(file):
                    yield file

    def _redacted(self, file: Path, data: bytes) -> bytes | None:
        if is_sealed(data):
            return None
        if file.suffix == ".zip":
            return self.zipped(data)
        if file.suffix == ".z":
            text = zlib.decompress(data).decode()
            return zlib.compress(self._sync_state(text).encode()) if self.redaction.mentions(text) else data
        if file.suffix == ".csv":
            return self._csv(file, data)
        text = data.decode()
        if not self.redaction.mentions(text):
            return data
        if file.suffix in (".json", ".ipynb"):
            return self._json(file, text)
        return self.redaction.text(text).encode() if file.suffix != ".html" else None

    def _csv(self, file: Path, data: bytes) -> bytes:
        table = next((name for name in RECORDS if file.parent == self.folder / "data" and file.name.startswith(name)), "")
        return self.redaction.table(table, data) if table else self.redaction.cells(data, own=file.name.startswith("contacts"))

    def other_member(self, name: str, content: bytes) -> bytes:
        """Return another member of a backup without the person."""
        return self.redaction.cells(content) if name.endswith(".csv") else self.redaction.text(content.decode()).encode()

    def _sync_state(self, text: str) -> str:
        """Return a common state with another machine or the coach without the person."""
        state = json.loads(text)
        for table, rows in state.get("rows", {}).items():
            kept = {key: self.redaction.row(table, texts) for key, texts in rows.items()}
            state["rows"][table] = {key: texts for key, texts in kept.items() if texts is not None}
        about_others = [each for each in state.get("conflicts", []) if each["place"]["id"] != self.redaction.person.id]
        state["conflicts"] = self.redaction.value(about_others)
        return json.dumps(state, ensure_ascii=False)

    def _json(self, file: Path, text: str) -> bytes:
        content = json.loads(text)
        if file.suffix == ".ipynb" and isinstance(content, dict):
            for cell in content.get("cells", []):
                # What a cell showed is made again when the notebook is opened.
                if self.redaction.mentions(json.dumps(cell.get("outputs", []), ensure_ascii=False)):
                    cell["outputs"] = []
            if self.redaction.mentions(json.dumps(content.get("metadata", {}), ensure_ascii=False)):
                content.get("metadata", {}).pop("widgets", None)
        return json.dumps(self.redaction.value(content), ensure_ascii=False, indent=1).encode()

    # -- reviews

    def _is_of_review(self, file: Path) -> bool:
        return file.parent.parent.parent == reports(self.folder) and file.name in {f"{REVIEW}.{each}" for each in FORMATS}

    def _look_at_reviews(self) -> list[str]:
        """Find the reviews that name the person, and return their folders; one that is only a PDF can't be searched, and goes too."""
        gone = []
        for place in sorted(self.folder.glob("reports/*/*/")):
            files = [file for each in FORMATS if (file := place / f"{REVIEW}.{each}").is_file()]
            readable = [file for file in files if file.suffix != ".pdf"]
            if files and (not readable or any(self._mentioned_in(file) for file in [*readable, place / FIGURES, place / FIRST])):
                self.files.update(dict.fromkeys(files))
                gone.append(self.name_of(place))
        return gone

    def _mentioned_in(self, file: Path) -> bool:
        return file.is_file() and self.redaction.mentions(file.read_bytes().decode("utf-8", "replace"))
