"""A bundle taken in: what a coach sent, or another machine of the owner, merged as one save that undo takes back."""

from __future__ import annotations

import hmac
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from careerkit.errors import CareerkitError
from careerkit.records import join_list, split_list
from careerkit.sharing import keys, proposals, rules
from careerkit.sharing.bundle import CLIENT, COACH, STARTER, SYNC, Bundle, mark
from careerkit.sharing.encryption import is_sealed, open_with_key, open_with_passphrase, wants_passphrase
from careerkit.sharing.keys import Partner
from careerkit.sharing.selection import pseudonyms
from careerkit.sharing.sync_state import SELF, Base, Bases, heads
from careerkit.sharing.unpack import MOST_SEALED, unpack
from careerkit.store.files.raw_table import Texts
from careerkit.store.history.changed_rows import RowChange, differences, timestamp
from careerkit.store.history.journal import Journal
from careerkit.store.merging.merge import TIMES, Conflict, Merged, merge, one_base
from careerkit.store.store import Store
from careerkit.store.transaction import Transaction

Rows = dict[str, dict[str, Texts]]
NOTHING_NEW = "There is nothing in it that isn't here already."


@dataclass
class Received:
    """What a bundle brings.

    Parameters
    ----------
    bundle : Bundle
        The bundle.
    changes : list of RowChange
        The rows that come, change or go.
    conflicts : list of Conflict
        Fields that were changed here as well; the text here stays.
    kept : list of (str, str)
        Rows deleted on one side that stay.
    left_out : list of str
        What could not be taken in, in sentences.
    proposed : list of str
        Skills that are proposed, and wait to be accepted.
    """

    bundle: Bundle
    changes: list[RowChange] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    proposed: list[str] = field(default_factory=list)

    def by_table(self) -> dict[str, list[RowChange]]:
        """Return table to its changes."""
        tables = dict.fromkeys(change.table for change in self.changes)
        return {table: [change for change in self.changes if change.table == table] for table in tables}

    def summary(self) -> list[str]:
        """Return what it brings, in sentences."""
        sender = "your other machine" if self.bundle.kind == SYNC else self.bundle.author
        lines = [f"From {sender}, made on {self.bundle.made_at[:10]}."]
        for table, changes in self.by_table().items():
            lines.append(f"{table}: {', '.join(f'{count} {what}' for what, count in counted(changes).items() if count)}.")
        if not self.changes and not self.proposed:
            lines.append(NOTHING_NEW)
        if self.bundle.kind == STARTER:
            lines.append(f"From now on, what you share with your coach is sealed for {self.bundle.author}.")
        if self.proposed:
            lines.append(f"Proposed skills, which wait for your answer: {', '.join(self.proposed)}.")
        lines += [f"{table} {key} was deleted on one side and stays, because the other side needs it." for table, key in self.kept]
        lines += [
            f"{each.place.table} {each.place.id}, {each.place.column}: here {each.mine!r}, there {each.theirs!r}. What is here stays."
            for each in self.conflicts
        ]
        return [*lines, *self.left_out]

    def plain(self) -> dict[str, Any]:
        """Return what it brings, for other programs."""
        return {
            "from": self.bundle.author,
            "kind": self.bundle.kind,
            "made_at": self.bundle.made_at,
            "changes": [{"table": each.table, "id": each.id, "before": each.before, "after": each.after} for each in self.changes],
            "conflicts": [{**vars(each.place), "mine": each.mine, "theirs": each.theirs} for each in self.conflicts],
            "kept": [{"table": table, "id": key} for table, key in self.kept],
            "left_out": self.left_out,
            "proposed": self.proposed,
        }


def counted(changes: Iterable[RowChange]) -> dict[str, int]:
    """Return how many rows are new, changed and deleted."""
    kinds = Counter("new" if change.before is None else "deleted" if change.after is None else "changed" for change in changes)
    return {kind: kinds[kind] for kind in ("new", "changed", "deleted")}


def open_file(file: Path, passphrase: str = "", keys_folder: Path | None = None) -> Bundle:
    """Return the bundle in a file, opened and checked; nothing is stored.

    Raises
    ------
    CareerkitError
        When it cannot be read, is not for this key or passphrase, or anything in it is not right.
    """
    try:
        if file.stat().st_size > MOST_SEALED:
            raise CareerkitError(f"{file.name} is far too large to be a bundle. It was not opened, and nothing was stored.")
        content = file.read_bytes()
    except OSError as error:
        closed = isinstance(error, PermissionError) and not os.path.isdir(file)
        remedy = "Ask who put it there to let you read it." if closed else "Give the name of the file you were sent."
        raise CareerkitError(f"{file} cannot be read: {error.strerror or error}. {remedy}") from error
    return open_sealed(content, passphrase, keys_folder)


def asks_for_passphrase(file: Path) -> bool:
    """Say whether a file opens with a passphrase."""
    try:
        with file.open("rb") as opened:
            return wants_passphrase(opened.read(100))
    except OSError:
        return False


def open_sealed(content: bytes, passphrase: str = "", keys_folder: Path | None = None) -> Bundle:
    """Return the bundle in the bytes of a file, opened and checked."""
    if not is_sealed(content):
        raise CareerkitError("This file was not sealed by careerkit. Nothing was stored. Choose the file that the other side made with it.")
    if wants_passphrase(content):
        if not passphrase.strip():
            raise CareerkitError("This file opens with a passphrase. Ask who sent it to tell you, by phone; nothing was stored.")
        return rules.checked(unpack(open_with_passphrase(content, passphrase)))
    mine = keys.own(keys_folder)
    if mine is None:
        raise CareerkitError("This file was sealed for a key, and there is none on this machine. Ask for one with a passphrase.")
    return rules.checked(unpack(open_with_key(content, mine.private)))


def take_in(store: Store, workbook_id: str, bundle: Bundle, dry_run: bool = False, coach: str = "") -> Received:
    """Merge a bundle into a workbook as one save, and return what it brings; a dry run stores nothing.

    Parameters
    ----------
    coach : str
        The public key of the coach whose copy of a client's workbook this is; '' in one's own workbook.

    Raises
    ------
    CareerkitError
        When the bundle is not for this workbook, or older than what was taken in already.
    """
    _refuse_misdirected(store, workbook_id, bundle, coach)
    intake = _Intake(store, bundle, coach)
    with store.workspace.explained_errors():
        if dry_run:
            with store.workspace.existing_journal() as journal:
                return intake.plan(journal, lambda table: store.data.snapshot(table).sheet.all_texts())
        with store.workspace.transaction() as transaction:
            return intake.carry_out(transaction)


def _refuse_misdirected(store: Store, workbook_id: str, bundle: Bundle, coach: str) -> None:
    if bundle.kind != CLIENT and coach:
        raise _refused(f"This isn't a client's bundle: {bundle.author} made it for a workbook. Receive it there.")
    if bundle.kind == CLIENT and not coach:
        raise _refused("This is what a client shared with a coach. It belongs in the coach's practice folder.")
    if bundle.workbook != workbook_id and (bundle.kind != STARTER or bundle.workbook):
        raise _refused("This bundle was made for another workbook. Open the one it is for, then receive it there.")
    known = keys.coach(store.folder) if bundle.kind in rules.FROM_COACH else None
    if bundle.kind == STARTER and known and known.key != bundle.author_key:
        raise _refused(
            f"This starter comes with another key than that of your coach here, {known.name},"
            " and whoever has the key can read what you share. If it is right, keep the new key first,"
            f" under Keys or with: careerkit key --coach NAME {bundle.author_key}"
        )
    if bundle.kind == COACH and (known is None or known.key != bundle.author_key):
        coach_here = f"your coach here is {known.name}" if known else "no coach is known here"
        raise _refused(
            f"This comes from {bundle.author}, and {coach_here}. Ask {bundle.author} for a starter bundle, and receive that first."
        )
    if bundle.kind == COACH:
        _refuse_unmarked(store, bundle)


def _refuse_unmarked(store: Store, bundle: Bundle) -> None:
    """Refuse what was made in the coach's name by somebody who knows no more than the client's public key."""
    pairing = keys.known_pairing(store.folder)
    if pairing and hmac.compare_digest(mark(bundle, pairing).encode(), bundle.mark.encode()):
        return
    unshared = "you have shared nothing with them from here, so they cannot prove it"
    why = "it lacks the mark that only they can make" if pairing else unshared
    raise _refused(
        f"This says that it comes from {bundle.author}, but {why}. Share something with {bundle.author}, and ask them to answer that."
    )


def _refused(sentences: str) -> CareerkitError:
    return CareerkitError(f"{sentences} Nothing was stored.")


class _Intake:
    """One bundle on its way into one workbook."""

    def __init__(self, store: Store, bundle: Bundle, coach: str) -> None:
        self.store = store
        self.bundle = bundle
        self.coach = coach
        self.bases = Bases(store.folder, _partner(bundle))
        self.merged: Merged | None = None

    def carry_out(self, transaction: Transaction) -> Received:
        pages = transaction.take_in(self._theirs())
        received = self.plan(transaction.journal, transaction.journal.rows)
        number = 0
        if received.changes:
            number = transaction.write(pages, received.changes, self._what(), "merge" if self.bundle.kind == SYNC else "import")
        if self.merged:
            self.bases.keep(self._base(number, received.conflicts))
        if self.bundle.kind == STARTER:
            keys.keep_coach(self.store.folder, Partner(self.bundle.author, self.bundle.author_key))
            proposals.hold(self.store.folder, self._proposed(), self.bundle.author)
        if self.bundle.kind == CLIENT:
            keys.keep_pairing(self.store.folder, self.bundle.pairing)
        return received

    def plan(self, journal: Journal | None, rows: Callable[[str], dict[str, Texts]]) -> Received:
        """Return what comes of it; ``rows`` returns what is in a table now."""
        bases = self.bases.in_force(journal)
        self._refuse_older(bases)
        received = Received(self.bundle, proposed=[texts["name"] for texts in self._proposed()])
        theirs = self._theirs()
        mine = {table: rows(table) for table in theirs}
        if self.bundle.kind in rules.FROM_COACH:
            author = self.bundle.author_key
            mine = {table: {key: texts for key, texts in of.items() if rules.is_from(key, author)} for table, of in mine.items()}
            theirs = self._with_names(self._without_lost_references(theirs, rows, received), mine, rows)
        elif self.bundle.kind == CLIENT:
            theirs = {table: self._as_client_may(table, of, mine[table]) for table, of in theirs.items()}
        self.merged = self._merge(bases, mine, theirs)
        received.conflicts, received.kept = self.merged.conflicts, self.merged.kept
        changes = [change for table in theirs for change in differences(table, mine[table], self.merged.rows[table])]
        received.changes = [self._timed(change) for change in changes if not _only_times(change)]
        return received

    def _theirs(self) -> Rows:
        return {table: rows for table, rows in self.bundle.rows().items() if table != "skills" or self.bundle.kind != STARTER}

    def _as_client_may(self, table: str, theirs: dict[str, Texts], mine: dict[str, Texts]) -> dict[str, Texts]:
        """Return a client's rows for the coach's copy: of the coach's own rows, none goes, and little is the client's to change."""
        own = {key for key in mine if rules.is_from(key, self.coach)}
        may = rules.CLIENT_MAY.get(table, ())
        return {**theirs, **{key: {name: text for name, text in theirs.get(key, {}).items() if name in may} for key in own}}

    def _with_names(self, theirs: Rows, mine: Rows, rows: Callable[[str], dict[str, Texts]]) -> Rows:
        """Return a coach's rows with names in place of pseudonyms; a name that was hidden from the coach is no change."""
        secret = keys.known_secret(self.store.folder)
        if secret is None:
            return theirs

        def cells(columns: Mapping[str, tuple[str, ...]]) -> list[str]:
            return [texts.get(name, "") for table, names in columns.items() for texts in rows(table).values() for name in names]

        names = pseudonyms(secret, cells, [self.bundle.author])

        def restored(texts: Texts, before: Texts) -> Texts:
            return {name: names.restored(text, before.get(name, "")) for name, text in texts.items()}

        return {table: {key: restored(texts, mine[table].get(key, {})) for key, texts in of.items()} for table, of in theirs.items()}

    def _merge(self, bases: list[Base], mine: Rows, theirs: Rows) -> Merged:
        sync = self.bundle.kind == SYNC
        common = [base.rows for base in (heads(bases, {*self.bundle.knows, self.bundle.id}) if sync else bases[:1])]
        partial = () if self.bundle.kind == CLIENT else self.bundle.partial()
        base, undecided, references = one_base(common, mine, theirs), self.bundle.undecided, self._references()
        return merge(base, mine, theirs, partial=partial, undecided=undecided, references=references, fits=self._fits)

    def _timed(self, change: RowChange) -> RowChange:
        if change.after is None:
            return change
        now = timestamp(self.store.now())
        return replace(change, after={**change.after, **{name: change.after.get(name) or now for name in TIMES}})

    def _references(self) -> dict[str, dict[str, str]]:
        data = self.store.data
        return {table: {name: kind.table for name, kind in data.references(table).items()} for table in self.bundle.parts}

    def _fits(self, table: str, texts: Texts) -> bool:
        record = self.store.data.record(table)
        return not record.clean({name: texts.get(name, "") for name in record.fields})[1]

    def _refuse_older(self, bases: list[Base]) -> None:
        sync = self.bundle.kind == SYNC
        if any(self.bundle.id in base.knows if sync else base.made_at > self.bundle.made_at for base in bases):
            raise CareerkitError(
                "A later bundle than this one was taken in already. Nothing was stored, and nothing in it is missing here."
            )

    def _without_lost_references(self, theirs: Rows, rows: Callable[[str], dict[str, Texts]], received: Received) -> Rows:
        """Return a coach's rows without references to rows that are not here, and without rows that need such a reference."""
        kept: Rows = {table: {} for table in theirs}
        for table, of_table in theirs.items():
            references = self.store.data.references(table)
            known = {name: rows(kind.table).keys() | theirs.get(kind.table, {}).keys() for name, kind in references.items()}
            for key, texts in of_table.items():
                found = {name: join_list(id for id in split_list(texts.get(name, "")) if id in ids) for name, ids in known.items()}
                lost = next((kind.label for name, kind in references.items() if kind.required and not found[name]), None)
                if lost:
                    received.left_out.append(f"One row of {table} was left out: its {lost.lower()} is no longer in your workbook.")
                else:
                    kept[table][key] = {**texts, **found}
        return kept

    def _proposed(self) -> list[Texts]:
        part = self.bundle.parts.get("skills") if self.bundle.kind == STARTER else None
        return list(part.rows.values()) if part else []

    def _what(self) -> str:
        return "merged what was written on another machine" if self.bundle.kind == SYNC else f"took in what {self.bundle.author} sent"

    def _base(self, save: int, conflicts: Iterable[Conflict]) -> Base:
        assert self.merged is not None
        return Base(self.bundle.id, self.bundle.made_at, self.merged.common, self.bundle.knows, save, tuple(conflicts))


def _partner(bundle: Bundle) -> str:
    return {SYNC: SELF, CLIENT: CLIENT}.get(bundle.kind) or rules.mark_of(bundle.author_key)


def _only_times(change: RowChange) -> bool:
    before, after = change.before, change.after
    return bool(before and after and all(before.get(name, "") == text for name, text in after.items() if name not in TIMES))
