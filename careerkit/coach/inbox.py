"""What clients sent: the files in a practice's inbox, received together, each matched to its workbook."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from careerkit.coach import starters
from careerkit.coach.client_copy import ClientCopy
from careerkit.errors import CareerkitError
from careerkit.look import count
from careerkit.sharing import keys
from careerkit.sharing.bundle import CLIENT, Bundle
from careerkit.sharing.receive import Received, asks_for_passphrase, open_file, take_in
from careerkit.store import layout
from careerkit.store.files.file_names import free

if TYPE_CHECKING:
    from careerkit.coach.practice_folder import PracticeFolder

DONE = "done"


@dataclass(frozen=True)
class ReceivedFile:
    """A client's bundle that was received.

    Parameters
    ----------
    file : str
        Its name in the inbox.
    client : ClientCopy
        Whose it is.
    received : Received
        What it brought.
    new : bool
        Whether it is this client's first.
    """

    file: str
    client: ClientCopy
    received: Received
    new: bool

    def summary(self) -> str:
        """Return what it brought, in a line."""
        changes = len(self.received.changes)
        contents = count(changes, "new or changed row") if changes else "nothing that wasn't here already"
        return f"{self.client.name}{', a new client' if self.new else ''}: {contents}."


@dataclass
class Outcome:
    """What became of the files in the inbox.

    Parameters
    ----------
    received : list of ReceivedFile
        Those received; their files are in ``inbox/done``.
    refused : dict
        The name of each file that stays in the inbox, to why.
    changed_keys : list of str
        Of those, the files of known clients that came with another key than before.
    """

    received: list[ReceivedFile] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    changed_keys: list[str] = field(default_factory=list)

    def summary(self) -> list[str]:
        """Return what happened, in sentences."""
        lines = [each.summary() for each in self.received]
        lines += [f"{name} stays in the inbox. {why}" for name, why in self.refused.items()]
        return lines or ["The inbox is empty."]

    def plain(self) -> dict[str, Any]:
        """Return what happened, for other programs."""
        received = [
            {"file": each.file, "client": each.client.id, "name": each.client.name, "new": each.new, **each.received.plain()}
            for each in self.received
        ]
        return {"received": received, "stayed": self.refused}


def files(practice: PracticeFolder) -> list[Path]:
    """Return the files in the inbox; hidden files are those that a program is still writing."""
    return sorted(file for file in (practice.folder / "inbox").glob("*") if file.is_file() and not file.name.startswith("."))


def receive(
    practice: PracticeFolder,
    passphrases: Mapping[str, str] | Callable[[Path], str] | None = None,
    trusted: Collection[str] = (),
    extra: Collection[Path] = (),
) -> Outcome:
    """Take in everything in the inbox; a file that can't be taken in stays there, and stops no other.

    Parameters
    ----------
    passphrases : mapping or callable, optional
        File name to passphrase, or what is asked for one, for files that open with it.
    trusted : collection of str
        The files whose key is another than before, and whose client has said that it is right.
    extra : collection of Path
        Files from elsewhere to take in as well; they stay where they are.
    """
    ask = passphrases if callable(passphrases) else lambda file: (passphrases or {}).get(file.name, "")
    outcome, bundles = Outcome(), []
    for file in [*files(practice), *extra]:
        with _refused_in_a_sentence(practice, outcome, file):
            bundles.append((open_file(file, ask(file) if asks_for_passphrase(file) else ""), file))
    # Of several by one client the earliest comes first, so that none is refused as out of date.
    for bundle, file in sorted(bundles, key=lambda pair: (pair[0].made_at, pair[1].name)):
        with _refused_in_a_sentence(practice, outcome, file):
            received = _take_in(practice, bundle, file, file.name in trusted, outcome)
            if file not in extra:
                _put_away(practice, file, received.client)
            outcome.received.append(received)
    practice.refresh()
    return outcome


@contextmanager
def _refused_in_a_sentence(practice: PracticeFolder, outcome: Outcome, file: Path) -> Iterator[None]:
    try:
        yield
    except CareerkitError as error:
        outcome.refused[file.name] = str(error)
    except Exception as error:
        practice.log(error)
        outcome.refused[file.name] = f"It could not be taken in; what happened is in {layout.ERROR_LOG} of the practice."


def _take_in(practice: PracticeFolder, bundle: Bundle, file: Path, trusted: bool, outcome: Outcome) -> ReceivedFile:
    if bundle.kind != CLIENT:
        raise CareerkitError("This isn't a client's bundle: it was made for a workbook. Receive it there.")
    known = {copy.id for copy in practice.clients()}
    client = practice.new_client(bundle.workbook, bundle.author)
    before = client.partner
    # Who knows the secret of the earlier bundles is the same person with a new key.
    proven = bool(bundle.pairing) and bundle.pairing == keys.known_pairing(client.folder)
    if before and before.key != bundle.author_key and not proven and not trusted:
        outcome.changed_keys.append(file.name)
        raise CareerkitError(
            f"It says that it comes from {client.name}, but its key has changed. Ask {client.name} by phone"
            " whether they have a new computer or key; then take it in with --new-key."
        )
    for starter in starters.claimed(practice.folder, bundle, practice.key):
        starters.put_into(client, starter)
    received = take_in(client.store, client.id, bundle, coach=practice.key)
    client.keep_shared(bundle)
    if client.settings.owner != bundle.author:
        client.change_settings(owner=bundle.author)
    client.refresh()
    return ReceivedFile(file.name, client, received, new=client.id not in known)


def _put_away(practice: PracticeFolder, file: Path, client: ClientCopy) -> None:
    place = practice.folder / "inbox" / DONE / client.id
    try:
        place.mkdir(parents=True, exist_ok=True)
        os.replace(file, free(place / file.name))
    except OSError as error:
        raise CareerkitError(
            f"It was received, and could not be moved to inbox/{DONE} ({error.strerror or error}). Move it there yourself, or leave it."
        ) from error
