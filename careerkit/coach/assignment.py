"""What a coach gives to clients: a starter for whoever is new, further assignments for those whose copy is at hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from careerkit.coach import starters
from careerkit.coach.client_copy import ClientCopy
from careerkit.coach.programme import Programme
from careerkit.errors import CareerkitError
from careerkit.look import count, listed
from careerkit.sharing import encryption, rules, send
from careerkit.sharing.bundle import STARTER, Bundle
from careerkit.sharing.encryption import is_public_key
from careerkit.store.files.file_names import free, slug
from careerkit.store.history.changed_rows import timestamp
from careerkit.topics.periods import parse_day

if TYPE_CHECKING:
    from careerkit.coach.practice_folder import PracticeFolder

SUFFIX = ".careerkit"
NO_CALL_BACK = "What you send cannot be called back."
NOUNS = {"assignments": "assignment", "prompts": "question", "skills": "proposed skill", "comments": "comment", "sessions": "session"}


@dataclass(frozen=True)
class Recipient:
    """A client to whom a programme is given.

    Parameters
    ----------
    name : str
        The client's name, or the id of a workbook that the practice knows.
    start : date
        The day from which the programme's days count.
    key : str
        Their public key, where they have told it.
    """

    name: str
    start: dt.date
    key: str = ""


@dataclass(frozen=True)
class Delivery:
    """A file that was made for a client.

    Parameters
    ----------
    client : str
        For whom.
    file : Path
        What to send.
    passphrase : str
        What opens it, shown only this once; '' where the client's key does.
    contents : str
        What is in it, such as "3 assignments and 1 question".
    """

    client: str
    file: Path
    passphrase: str
    contents: str

    def summary(self) -> str:
        """Return what to do with it, in sentences."""
        opens = f"Its passphrase, to tell by phone: {self.passphrase}" if self.passphrase else f"Only {self.client} can open it."
        return f"{self.client}: {self.contents}, in {self.file}. {opens}"

    def plain(self) -> dict[str, Any]:
        """Return it for other programs."""
        return {"client": self.client, "file": str(self.file), "passphrase": self.passphrase or None, "holds": self.contents}


def recipient(line: str, start: dt.date) -> Recipient:
    """Return who is meant by a line: a name, and after commas, if wanted, the day they begin and their public key.

    Raises
    ------
    CareerkitError
        When it names nobody.
    """
    name, key = line.strip(), ""
    while "," in name:
        before, last = (part.strip() for part in name.rsplit(",", 1))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", last):
            start = parse_day(last)
        elif is_public_key(last):
            key = last
        else:
            break
        name = before
    if not name:
        raise CareerkitError(f"{line!r} names nobody. Write a name, and after a comma, if you like, the day they begin.")
    return Recipient(name, start, key)


def assign(
    practice: PracticeFolder, programme: Programme, clients: Sequence[Recipient], out: Path | None = None, with_passphrase: bool = False
) -> list[Delivery]:
    """Make a file for each of these clients, and return what to send.

    Parameters
    ----------
    out : Path, optional
        The folder of the files; else the practice's ``outbox``.
    with_passphrase : bool
        Whether to seal with a passphrase even where the client's key is known.

    Raises
    ------
    CareerkitError
        When anything is wrong for any of them; then nothing was written.
    """
    practice.named()
    if not clients:
        raise CareerkitError("Say who it is for: give at least one name.")
    if len({each.name.casefold() for each in clients}) < len(clients):
        raise CareerkitError("A name appears twice. Name each client once; tell two of the same name apart by what you add to it.")
    orders = [_Order(practice, programme, each, with_passphrase) for each in clients]
    return [order.carry_out(out or practice.folder / "outbox") for order in orders]


class _Order:
    """What one client is given; anything wrong with it shows when it is made, and nothing is written before."""

    def __init__(self, practice: PracticeFolder, programme: Programme, recipient: Recipient, with_passphrase: bool) -> None:
        self.practice, self.recipient = practice, recipient
        self.client = practice.known(recipient.name)
        self.name = self.client.name if self.client else recipient.name
        rows = programme.rows(recipient.start, practice.today)
        self.bundle = send.starter(practice.coach, practice.key, rows, timestamp(practice.store.now()), self.name)
        partner = self.client.partner if self.client else None
        self.key = "" if with_passphrase else recipient.key or (partner.key if partner else "")
        self.contents = _contents(self.bundle)

    def carry_out(self, out: Path) -> Delivery:
        bundle = self._for_client(self.client) if self.client else self.bundle
        file = _new_file(out, self.name, self.practice.today)
        delivery = _sealed(file, bundle, self.key, self.name, self.contents)
        if not self.client:
            rows = {table: held for table, held in bundle.rows().items() if table != "skills"}
            today = self.practice.today.isoformat()
            starters.keep(self.practice.folder, starters.Starter(self.name, today, self.recipient.start.isoformat(), rows, file.name))
        return delivery

    def _for_client(self, client: ClientCopy) -> Bundle:
        """Return everything of the coach's for a client whose copy is here, once the new rows are in it."""
        rows = self.bundle.rows()
        skills = self.bundle.parts.get("skills")
        starters.write({table: held for table, held in rows.items() if table != "skills"}, client, f"gave {self.contents}")
        whole = send.from_coach(client.store, client.id, self.practice.coach, self.practice.key)
        if not skills:
            return whole
        # Only a starter may propose skills; it carries no comments, which go with the next bundle.
        parts = {table: part for table, part in whole.parts.items() if table in rules.FROM_COACH[STARTER]}
        return rules.checked(replace(whole, kind=STARTER, recipient=self.name, mark="", parts={**parts, "skills": skills}))


def deliver(practice: PracticeFolder, client: ClientCopy, file: Path | None = None, with_passphrase: bool = False) -> Delivery:
    """Write everything that the coach wrote for a client, and none of the client's rows, into a sealed file.

    Raises
    ------
    CareerkitError
        When the coach's name is not known, or the file is there already or cannot be written.
    """
    bundle = send.from_coach(client.store, client.id, practice.named(), practice.key)
    if not bundle.parts:
        raise CareerkitError(f"You have written nothing for {client.name} yet: no comment, no assignment, no session.")
    partner = client.partner
    file = file or _new_file(practice.folder / "outbox", client.name, practice.today)
    return _sealed(file, bundle, partner.key if partner and not with_passphrase else "", client.name, _contents(bundle))


def _sealed(file: Path, bundle: Bundle, key: str, client: str, contents: str) -> Delivery:
    """Write a bundle for a client, sealed for the key, else with a new passphrase."""
    passphrase = "" if key else encryption.new_passphrase()
    send.write(send.sealed(bundle, key, passphrase), file)
    return Delivery(client, file, passphrase, contents)


def _new_file(folder: Path, client: str, day: dt.date) -> Path:
    """Return a file for a client that is not there yet; the folder is made where it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CareerkitError(f"{folder} could not be made: {error.strerror or error}. Choose another place.") from error
    return free(folder / f"{slug(client, 'client')}-{day.isoformat()}{SUFFIX}")


def _contents(bundle: Bundle) -> str:
    parts = [count(len(part.rows), NOUNS.get(table, table)) for table, part in bundle.parts.items() if part.rows]
    return listed(parts) if parts else "nothing"
