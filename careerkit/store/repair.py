"""What `check --repair` mends: it says what, keeps a backup, does only that, and is one save, which undo takes back.

It never touches a row that can be read, but for an id or a time of creation that is missing and an id that stands twice.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from careerkit.errors import Problem
from careerkit.records import TIMES, Record
from careerkit.store import external_edits, layout
from careerkit.store.changes import new_id
from careerkit.store.files import decoding, table_file
from careerkit.store.files.raw_table import ALPHABET
from careerkit.store.files.table_file import Sheet, Texts
from careerkit.store.history.changed_rows import RowChange, differences, same
from careerkit.store.history.journal import Journal, is_sound, set_journal_aside
from careerkit.store.merging import common_ancestor, merge
from careerkit.store.merging.merge import Conflict, Place
from careerkit.store.merging.sync_copies import ConflictCopy, conflict_copies
from careerkit.store.store import Store
from careerkit.store.transaction import Transaction

OLD_SECONDS = 24 * 3600
TEMPORARY = re.compile(r"\..+\.tmp")
CONFLICTS = "conflicts"
DERIVED_ID = re.compile(rf"\bk[{ALPHABET}]{{13}}\b")


@dataclass
class TableRepair:
    """A table as it will stand.

    Parameters
    ----------
    table : str
        Which.
    sheet : Sheet
        The rows that stay in the file.
    lines : list of str
        What is done, in sentences.
    moved : list of Problem
        Why rows are taken out of the file, with their lines.
    moved_ids : set of str
        The ids of those that are well shaped.
    copies : list of ConflictCopy
        What was taken in from beside it.
    others : list of RowChange
        Texts that do not stand, for history.
    conflicts : list of Conflict
        Fields that a copy and the table both changed; what stands in the table stays until somebody decides.
    """

    table: str
    sheet: Sheet
    lines: list[str] = field(default_factory=list)
    moved: list[Problem] = field(default_factory=list)
    moved_ids: set[str] = field(default_factory=set)
    copies: list[ConflictCopy] = field(default_factory=list)
    others: list[RowChange] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


class Repair:
    """The mending of one workbook.

    Parameters
    ----------
    store : Store
        Its tables.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.data = store.data
        self.workspace = store.workspace
        self.place = self.data.folder / layout.OWN

    def plan(self) -> list[str]:
        """Return what would be done, a sentence each, and change nothing."""
        with self.workspace.explained_errors():
            lines = self._journal_lines(self._is_damaged())
            return [*lines, *(line for one in self._tables(None) for line in one.lines), *self._temporary_lines()]

    def carry_out(self) -> tuple[list[str], str]:
        """Do what the plan says; return what was done, and the backup of what stood before ('' when no table was touched)."""
        with self.workspace.explained_errors():
            damaged = self._is_damaged()
            done = self._journal_lines(damaged)
            if damaged:
                set_journal_aside(self.workspace.file)
            with self.workspace.transaction(backup=False) as transaction:
                repaired = self._tables(transaction.journal)
                backup = self.workspace.backups.make("repair") if repaired else ""
                if repaired:
                    self._write(transaction, repaired)
                transaction.journal.note_fact("lost", "")
                conflicts = [*kept_conflicts(transaction.journal), *(met for one in repaired for met in one.conflicts)]
                keep_conflicts(transaction.journal, conflicts)
        done += [line for one in repaired for line in one.lines] + self._temporary_lines()
        self._put_copies_aside(repaired)
        self._clear_away()
        return done, backup

    def _write(self, transaction: Transaction, repaired: list[TableRepair]) -> None:
        snapshots = transaction.take_in([one.table for one in repaired])
        changes: list[RowChange] = []
        held: dict[str, dict[str, Texts]] = {}
        for one in repaired:
            record, known = self.data.record(one.table), transaction.journal.rows(one.table)
            stamped = external_edits.stamps(record, one.sheet.all_texts(), known, transaction.now)
            sheet = one.sheet.applied(stamped.items(), record.fields)
            external_edits.keep_unreadable(self.data, self.data.snapshot(one.table), one.moved, transaction.now)
            held[one.table] = _last_readable(transaction.journal, record, one.moved_ids)
            if one.others:
                transaction.journal.record(
                    "outside", f"other texts of rows in {self.data.file_name(one.table)}", one.others, transaction.now, applied=True
                )
            changes += differences(one.table, known, sheet.all_texts())
            snapshots[one.table].exact = table_file.encode(sheet)
        transaction.write(snapshots, changes, f"repaired {', '.join(self.data.file_name(one.table) for one in repaired)}", "repair")
        for table, rows in held.items():
            transaction.journal.hold_vanished(table, rows, transaction.now, known=0)

    # -- the journal and what lies about

    def _is_damaged(self) -> bool:
        return self.workspace.file.is_file() and self.workspace.file.stat().st_size > 0 and not is_sound(self.workspace.file)

    def _journal_lines(self, damaged: bool) -> list[str]:
        name = layout.JOURNAL
        if damaged:
            return [f"{name}: it is damaged; it goes to {layout.SET_ASIDE}, and another is started. Undo and history are lost."]
        lines = []
        with self.workspace.existing_journal() as journal:
            count = len(journal.pending()) if journal else 0
            lost = bool(journal and journal.fact("lost"))
        if count:
            lines.append(
                f"{name}: {count} {'save that a crash interrupted is' if count == 1 else 'saves that a crash interrupted are'} completed."
            )
        if lost or self._damaged_journals() or self.workspace.has_lost_its_journal():
            lines.append(f"{name}: an earlier one was lost; that is noted, and what is left of it goes to {layout.SET_ASIDE}.")
        return lines

    def _damaged_journals(self) -> list[Path]:
        return sorted(self.workspace.file.parent.glob(f"{self.workspace.file.name}*.damaged-*"))

    def _temporary_lines(self) -> list[str]:
        return [
            f"{file.relative_to(self.data.folder).as_posix()}: it was left behind by a crash, and is removed." for file in self._temporary()
        ]

    def _temporary(self) -> Iterator[Path]:
        for folder in (self.data.folder / "data", self.place, self.data.folder / layout.BACKUPS, self.data.folder / layout.SET_ASIDE):
            for file in sorted(folder.glob(".*.tmp")):
                with contextlib.suppress(OSError):
                    if TEMPORARY.fullmatch(file.name) and time.time() - file.stat().st_mtime > OLD_SECONDS:
                        yield file

    def _clear_away(self) -> None:
        for file in list(self._temporary()):
            with contextlib.suppress(OSError):
                file.unlink()
        for file in self._damaged_journals():
            aside = self.data.folder / layout.SET_ASIDE / file.name
            aside.parent.mkdir(parents=True, exist_ok=True)
            os.replace(file, aside)

    # -- tables

    def _tables(self, journal: Journal | None) -> list[TableRepair]:
        copies: dict[str, list[ConflictCopy]] = {}
        for copy in conflict_copies(self.data.names(), self.data.records):
            copies.setdefault(copy.table, []).append(copy)
        if journal:
            return self._repaired(journal, copies)
        with self.workspace.existing_journal() as known, contextlib.nullcontext(known) if known else Journal.in_memory() as journal:
            return self._repaired(journal, copies)

    def _repaired(self, journal: Journal, copies: dict[str, list[ConflictCopy]]) -> list[TableRepair]:
        found = []
        for table in self.data.records:
            snapshot = self.data.snapshot(table)
            if external_edits.unreadable_file(self.data, snapshot):
                continue
            repaired = self._form(table)
            for copy in copies.get(table, []):
                self._take_copy_in(repaired, copy, journal)
            if repaired.lines:
                found.append(repaired)
        return found

    def _form(self, table: str) -> TableRepair:
        snapshot, loaded = self.data.snapshot(table), self.data.loaded(table)
        sheet, called = snapshot.sheet, self.data.file_name(table)
        repaired = TableRepair(table, sheet)
        if not sheet.rows:
            return repaired
        if loaded.problems:
            self._sort_out(repaired)
        stays = repaired.sheet.all_texts()
        if count := len(_unwritten(snapshot.data, sheet) & stays.keys()):
            repaired.lines.append(f"{called}: {_rows(count, 'without an id gets', 'without an id get')} one.")
        if count := sum(not texts.get("created_at", "").strip() for texts in stays.values()):
            repaired.lines.append(f"{called}: {_rows(count, 'without a time of creation gets', 'without a time of creation get')} one.")
        # Where a person has to be asked about the file as a whole, nothing is certain.
        if (sheet.foreign or loaded.notes) and not any(problem.line is None for problem in loaded.problems):
            repaired.lines += [*loaded.notes, f"{called}: it is rewritten in careerkit's own format."]
        return repaired

    def _sort_out(self, repaired: TableRepair) -> None:
        """Give an id of its own to each row whose id stands twice, and take out the rows that cannot be read."""
        table, record, called = repaired.table, self.data.record(repaired.table), self.data.file_name(repaired.table)
        sheet, twice = _with_ids_of_their_own(repaired.sheet)
        read = table_file.load(table_file.encode(sheet), record, called)
        good, at, width = set(read.frame["id"]), sheet.header.index("id"), len(sheet.header)
        kept = [place for place, row in enumerate(sheet.rows) if len(row) == width and row[at] in good]
        out = sorted(set(range(len(sheet.rows))) - set(kept))
        reasons = _reasons(read.problems, table_file.parse(table_file.encode(sheet)).lines)
        repaired.moved = [Problem(called, sheet.lines[place], "", "", reasons.get(place, "It cannot be read.")) for place in out]
        repaired.moved_ids = {sheet.rows[place][at] for place in out if len(sheet.rows[place]) == width}
        repaired.sheet = Sheet(sheet.header, [sheet.rows[place] for place in kept], [sheet.lines[place] for place in kept])
        for place in twice:
            if place not in out:
                repaired.lines.append(
                    f"{called}, line {sheet.lines[place]}: the row gets an id of its own, because another row has the same one."
                )
        for one in repaired.moved:
            repaired.lines.append(f"{called}, line {one.line}: the row goes to {layout.SET_ASIDE}/{table}.csv. {one.message}")

    # -- copies that a sync client left

    def _take_copy_in(self, repaired: TableRepair, copy: ConflictCopy, journal: Journal) -> None:
        record = self.data.record(copy.table)
        sheet = table_file.interpret((self.data.folder / "data" / copy.name).read_bytes(), record, f"data/{copy.name}").sheet
        read = set(table_file.load(table_file.encode(sheet), record, copy.name).frame["id"]) if sheet.rows else set()
        rows = {key: texts for key, texts in sheet.all_texts().items() if key in read}
        stands = repaired.sheet.all_texts()
        added = {key: texts for key, texts in rows.items() if key not in stands and not _deleted_here(journal, copy.table, key, texts)}
        differing = {key: texts for key, texts in rows.items() if key in stands and not same(stands[key], texts)}
        changed = {key: self._merged(repaired, journal, key, stands[key], texts) for key, texts in differing.items()}
        newer = {key: texts for key, texts in changed.items() if not same(texts, stands[key])}
        for key, texts in changed.items():
            if not same(texts, differing[key]):
                repaired.others += [
                    RowChange(copy.table, key, stands[key], differing[key]),
                    RowChange(copy.table, key, differing[key], stands[key]),
                ]
        if newer or added:
            repaired.sheet = repaired.sheet.applied({**newer, **added}.items(), record.fields)
        in_both = sum(one.place.id in differing for one in repaired.conflicts)
        unread = len(sheet.rows) - len(rows)
        kept = len(differing) - len(newer)
        done = {
            f"{_rows(len(added), 'that only it has is', 'that only it has are')} added to {self.data.file_name(copy.table)}": added,
            f"{_rows(len(newer), 'takes', 'take')} its changes": newer,
            f"{_rows(kept, 'differs', 'differ')}, and history keeps the copy's text": kept,
            f"{_fields(in_both)} changed in both; the text here stays until you decide: careerkit receive": in_both,
            f"{_rows(unread, 'cannot', 'cannot')} be read and stay in the copy": unread,
        }
        told = "; ".join(sentence for sentence, matters in done.items() if matters) or "it holds nothing new"
        repaired.lines.append(f"data/{copy.name}: {told}. The copy goes to {layout.SET_ASIDE}.")
        repaired.copies.append(copy)

    def _merged(self, repaired: TableRepair, journal: Journal, key: str, here: Texts, there: Texts) -> Texts:
        """Return what comes of a row that stands otherwise in a copy; where nothing tells what both came from, the later of the two."""
        base = common_ancestor.common(journal.history(repaired.table, key), here, there)
        if base is None:
            return there if there.get("updated_at", "") > here.get("updated_at", "") else here
        record = self.data.record(repaired.table)

        def fits(table: str, texts: Texts) -> bool:
            return not record.clean({name: texts.get(name, "") for name in record.fields})[1]

        merged = merge.merge(*({repaired.table: {key: each}} for each in (base, here, there)), fits=fits)
        repaired.conflicts += [one for one in merged.conflicts if one not in repaired.conflicts]
        texts = merged.rows[repaired.table][key]
        # That it was saved at another time is no reason to write it.
        return here if all(texts.get(name) == here.get(name) for name in texts if name not in TIMES) else texts

    def _put_copies_aside(self, repaired: list[TableRepair]) -> None:
        for copy in (copy for one in repaired for copy in one.copies):
            file = self.data.folder / "data" / copy.name
            external_edits.put_aside(self.data.folder, copy.name, file.read_bytes())
            file.unlink()


def kept_conflicts(journal: Journal) -> list[Conflict]:
    """Return the fields that a copy and the table both changed, and that nobody has decided yet."""
    told = json.loads(journal.fact(CONFLICTS) or "[]")
    return [Conflict(Place(*place), mine, theirs) for *place, mine, theirs in told]


def keep_conflicts(journal: Journal, conflicts: Iterable[Conflict]) -> None:
    """Keep these, the last of each field."""
    last = {one.place: one for one in conflicts}
    told = [[place.table, place.id, place.column, one.mine, one.theirs] for place, one in last.items()]
    journal.note_fact(CONFLICTS, json.dumps(told, ensure_ascii=False) if told else "")


def _rows(count: int, one: str, more: str) -> str:
    return f"1 row {one}" if count == 1 else f"{count} rows {more}"


def _fields(count: int) -> str:
    return "1 field was" if count == 1 else f"{count} fields were"


def _reasons(problems: list[Problem], begins: list[int]) -> dict[int, str]:
    """Return what is wrong with each row, by its place; ``begins`` says on which line of what was read each stands."""
    places = {line: place for place, line in enumerate(begins)}
    found: dict[int, list[str]] = {}
    for problem in problems:
        if problem.line in places:
            found.setdefault(places[problem.line], []).append(problem.message)
    return {place: " ".join(messages) for place, messages in found.items()}


def _unwritten(data: bytes, sheet: Sheet) -> set[str]:
    """Return the ids that stand for rows without one: they follow from the row, and are nowhere in the file."""
    return {key for key in sheet.places if DERIVED_ID.fullmatch(key)} - set(DERIVED_ID.findall(decoding.text_of(data)))


def _with_ids_of_their_own(sheet: Sheet) -> tuple[Sheet, list[int]]:
    at, width = sheet.header.index("id"), len(sheet.header)
    twice = [place for place, row in enumerate(sheet.rows) if len(row) == width and sheet.places[row[at]] != place]
    rows = [list(row) for row in sheet.rows]
    for place in twice:
        rows[place][at] = new_id()
    return Sheet(sheet.header, rows, sheet.lines, sheet.foreign, sheet.encoding), twice


def _last_readable(journal: Journal, record: type[Record], keys: set[str]) -> dict[str, Texts]:
    """Return the latest text that could be read of rows that are taken out, where one is known."""
    found = {}
    for key in sorted(keys):
        past = journal.history(record.table, key)
        for texts in [text for *_, before, after in reversed(past) for text in (after, before) if text is not None]:
            alone = table_file.encode(Sheet(list(texts), [list(texts.values())], []))
            if len(table_file.load(alone, record, "").frame):
                found[key] = texts
                break
    return found


def _deleted_here(journal: Journal, table: str, key: str, texts: Texts) -> bool:
    """Say whether this very text was deleted by careerkit, so that the copy only lags behind."""
    past = journal.history(table, key)
    if not past:
        return False
    _, source, _, before, after = past[-1]
    return after is None and source != "outside" and same(before, texts)
