"""A coach's practice and clients' workbooks, each with a folder of keys of its own, as on machines of their own."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from careerkit import Workbook
from careerkit.coach import Practice, assignment, inbox
from careerkit.coach.programme import Programme, ProgrammePart
from careerkit.sharing import keys
from careerkit.sharing.selection import Choice

COACH = "Ines Valdivia"
LENA, TOMAS = "Lena Vogt", "Tomas Brandt"


@contextlib.contextmanager
def keys_of(folder: Path) -> Iterator[None]:
    """Be somebody for as long as the block lasts: their keys lie in this folder."""
    before = os.environ.get("CAREERKIT_KEYS")
    os.environ["CAREERKIT_KEYS"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["CAREERKIT_KEYS"]
        else:
            os.environ["CAREERKIT_KEYS"] = before


def part(kind: str = "exercise", **values: object) -> dict[str, object]:
    """Return a part of a programme."""
    cleaned, wrong = ProgrammePart.clean({**ProgrammePart.defaults(), "programme": "P", "kind": kind, **values})
    assert not wrong, wrong
    return cleaned


PROGRAMME = Programme("P", (part(title="Rate your skills", notebook="01_assessment", due="week 2"),))


class Round:
    """A coach and clients, on folders of their own.

    Parameters
    ----------
    place : Path
        An empty folder.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        with keys_of(place / "coach-keys"):
            self.practice = Practice.create(place / "practice", COACH)
            assert self.practice.key
        self.books: dict[str, Workbook] = {}

    def copied(self, place: Path) -> Round:
        """Return all of it once more, on folders of its own."""
        shutil.copytree(self.place, place)
        other = copy.copy(self)
        other.place, other.practice = place, Practice.open(place / "practice")
        other.books = {name: Workbook.open(place / book.folder.name) for name, book in self.books.items()}
        return other

    def assign(
        self, *names: str, programme: Programme = PROGRAMME, start: dt.date | None = None, with_passphrase: bool = False
    ) -> list[assignment.Delivery]:
        """Give a programme to clients who have told their key; a passphrase is slow on purpose."""
        recipients = [assignment.recipient(line, start or self.practice.today) for line in names]
        with keys_of(self.place / "coach-keys"):
            with_keys = [each if each.key or self.practice.known(each.name) else self._with_key(each) for each in recipients]
            return assignment.assign(self.practice, programme, with_keys, with_passphrase=with_passphrase)

    def _with_key(self, recipient: assignment.Recipient) -> assignment.Recipient:
        return replace(recipient, key=keys.own_or_new(self.place / f"keys-{recipient.name}").public)

    def begin(self, name: str, example: bool = False) -> Workbook:
        """Make a client's workbook."""
        self.books[name] = Workbook.create(self.place / f"book-{len(self.books)}", owner=name, example=example)
        self.books[name].change_settings(id=f"w{len(self.books):016x}")
        return self.books[name]

    def take_in(self, name: str, given: assignment.Delivery) -> None:
        """Take in what the coach sent."""
        with keys_of(self.place / f"keys-{name}"):
            self.books[name].receive(given.file, given.passphrase)

    def hand_in(self, name: str, choice: Choice | None = None, file: str = "") -> Path:
        """Share something, and put it into the coach's inbox."""
        place = self.practice.folder / "inbox" / (file or f"{name.split()[0].lower()}.careerkit")
        with keys_of(self.place / f"keys-{name}"):
            self.books[name].share(place, choice=choice)
        return place

    def joined(self, name: str, choice: Choice | None = None, example: bool = False) -> Workbook:
        """Return the workbook of somebody who got a starter and has shared once."""
        (given,) = self.assign(name)
        book = self.begin(name, example)
        self.take_in(name, given)
        self.hand_in(name, choice)
        assert not self.receive().refused
        return book

    def receive(self, **options: object) -> inbox.Outcome:
        """Receive what lies in the inbox."""
        with keys_of(self.place / "coach-keys"):
            return inbox.receive(self.practice, **options)

    def deliver(self, name: str) -> assignment.Delivery:
        """Make the coach's file for a client."""
        with keys_of(self.place / "coach-keys"):
            return assignment.deliver(self.practice, self.practice.client(name))
