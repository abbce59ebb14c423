"""What `check` finds; it changes nothing, and costs next to nothing while the files stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from careerkit.errors import Problem
from careerkit.store import external_edits
from careerkit.store.changes import ids_in
from careerkit.store.files.data_folder import DataFolder
from careerkit.store.files.table_file import Loaded
from careerkit.store.history.journal import Journal, is_damage
from careerkit.store.history.schema import NewerJournal
from careerkit.store.layout import BACKUPS, JOURNAL
from careerkit.store.merging.sync_copies import conflict_copies
from careerkit.store.transaction import Workspace

REPAIR = "careerkit check --repair"
# Beyond this many cells of a column that name rows which are not there, the first is told with their number.
MOST_SAID = 5


class Inspection:
    """The checks of a workbook's files, each kept until a file that it rests on changes.

    Parameters
    ----------
    data : DataFolder
        The tables.
    workspace : Workspace
        Where saves are made.
    """

    def __init__(self, data: DataFolder, workspace: Workspace) -> None:
        self.data = data
        self.workspace = workspace
        self._dangling: dict[str, tuple[list[Loaded], list[Problem]]] = {}

    def problems(self, table: str | None = None) -> list[Problem]:
        """Return what could not be read, of one table or of all."""
        tables = self.data.records if table is None else [table]
        return [problem for name in tables for problem in self.data.loaded(name).problems]

    def all(self) -> list[Problem]:
        """Return everything that is wrong."""
        dangling = [problem for table in self.data.records for problem in self._dangling_of(table)]
        return [*self.problems(), *dangling, *self._copies(), *self._from_the_journal()]

    def _dangling_of(self, table: str) -> list[Problem]:
        references = self.data.references(table)
        if not references:
            return []
        rests_on = [self.data.loaded(name) for name in (table, *(kind.table for kind in references.values()))]
        kept = self._dangling.get(table)
        if kept is None or any(one is not other for one, other in zip(kept[0], rests_on, strict=True)):
            kept = self._dangling[table] = (rests_on, self._find_dangling(table, rests_on[0]))
        return kept[1]

    def _find_dangling(self, table: str, loaded: Loaded) -> list[Problem]:
        found = []
        for name, kind in self.data.references(table).items():
            texts = loaded.frame[name]
            known = self.data.loaded(kind.table).ids
            missing = [
                (str(loaded.frame.at[place, "id"]), key)
                for place in texts.index[(texts != "") & ~texts.isin(known)]
                for key in ids_in(kind, texts[place])
                if key not in known
            ]
            if missing:
                found += self._say_dangling(table, name, kind.table, missing)
        return found

    def _say_dangling(self, table: str, column: str, other: str, missing: list[tuple[str, str]]) -> list[Problem]:
        sheet = self.data.snapshot(table).sheet
        lines = [(sheet.lines[sheet.places[row]], key) for row, key in missing if row in sheet.places]
        said = f"There is no row with this id in {other}."
        # A table that lost its rows would fill the screen with those that name them.
        if len(lines) > MOST_SAID:
            more = f"{said} The same is true of {len(lines) - 1} lines below, such as {lines[1][0]} and {lines[2][0]}."
            lines, said = lines[:1], more
        remedy = "Choose another, or empty the cell."
        return [Problem(self.data.file_name(table), line, column, key, said, remedy) for line, key in lines]

    def _copies(self) -> list[Problem]:
        found = []
        for copy in conflict_copies(self.data.names(), self.data.records):
            message = f"This is a copy of {self.data.file_name(copy.table)} that a sync client left."
            remedy = f"{REPAIR} takes in what only the copy has, and sets the copy aside."
            found.append(Problem(f"data/{copy.name}", None, "", "", message, remedy))
        return found

    def _from_the_journal(self) -> list[Problem]:
        try:
            with self.workspace.existing_journal() as journal:
                if journal is None:
                    return [_lost()] if self.workspace.has_lost_its_journal() else []
                gone = external_edits.vanished(self.data, journal, self.workspace.now())
                return [*_facts(journal), *external_edits.vanished_problems(self.data, gone)]
        except sqlite3.Error as error:
            return [_unreadable(error)]


def _facts(journal: Journal) -> Sequence[Problem]:
    failed = journal.fact("backup")
    told = [Problem(BACKUPS, None, "", "", failed, "Make room on the disk; the next save of a day tries again.")] if failed else []
    return [*told, _lost()] if journal.fact("lost") else told


def _lost() -> Problem:
    message = "The history of earlier saves was lost with this file: undo and history start over. Your records are complete."
    return Problem(JOURNAL, None, "", "", message, f"{REPAIR} clears this notice.")


def _unreadable(error: sqlite3.Error) -> Problem:
    if isinstance(error, NewerJournal):
        message = "A newer careerkit wrote this file: undo and history aren't available."
        remedy = "Use the newer one; the next save with this one sets the file aside and starts another."
    elif is_damage(error):
        message = "This file is damaged: undo and history are lost."
        remedy = f"The next save, or {REPAIR}, sets it aside and starts another."
    else:
        message = f"This file can't be read now ({error}): undo and history aren't available."
        remedy = "Close it in the other program, or check its permissions."
    return Problem(JOURNAL, None, "", "", f"{message} Your records are complete.", remedy)
