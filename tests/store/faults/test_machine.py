"""Saves, undo, edits made outside, crashes and reopening in any order, held against a plain dict.

By default 30 sequences of 25 steps. The long run, 400 of them: CAREERKIT_LONG=1 python -m pytest -n 0 tests/store/faults
"""

from __future__ import annotations

import csv
import io
import itertools
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from fleet import LONG, litter, opened, parsed, raw
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from system_calls import Call, run

from careerkit.errors import CareerkitError
from careerkit.store.store import Store

# A boat is its name and its length, as they stand in the file; None is no boat.
Boat = tuple[str, str]
SOME = st.integers(0, 99)
ADJECTIVES = st.sampled_from(["Zoë", "Ägir", "two\nlines", "a; b", 'say "ho"', "plain", "1E5"])
BOTH_STORES = st.sampled_from([0, 1])


@dataclass(frozen=True)
class Op:
    """A save of one boat: what it was and what it becomes, and how it is asked for."""

    id: str
    before: Boat | None
    after: Boat | None

    def ask(self, store: Store) -> None:
        if self.after is None:
            store.delete("boats", self.id)
        elif self.before is None:
            store.add_many("boats", [{"id": self.id, "name": self.after[0], "length": self.after[1]}])
        else:
            store.update("boats", self.id, {"name": self.after[0], "length": self.after[1]})


class Harbour(RuleBasedStateMachine):
    """A workbook with two notebooks open on it, and the dict that says what must stand."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="careerkit-"))
        self.stores = [opened(self.folder), opened(self.folder)]
        self.boats: dict[str, Boat] = {}
        self.saves: list[Op] = []
        self.known: set[str] = set()  # the boats that the journal has seen
        self.gone: set[str] = set()  # those that went away outside since
        self.journal_was_lost = False
        self.counter = itertools.count()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    # -- saves

    def op(self, kind: str, number: int, adjective: str) -> Op:
        """Return a save of this kind; an addition where there is no boat yet."""
        turn = next(self.counter)
        fresh = (f"{adjective} {turn}", str(number))
        if kind == "add" or not self.boats:
            return Op(f"kboat{turn}", None, fresh)
        key = sorted(self.boats)[number % len(self.boats)]
        return Op(key, self.boats[key], None if kind == "delete" else fresh)

    def happened(self, op: Op) -> None:
        """Note a save that stands, together with the edits made outside that it took in."""
        self.set(op.id, op.after)
        self.saves.append(op)
        self.take_in()

    def set(self, key: str, boat: Boat | None) -> None:
        if boat is None:
            del self.boats[key]
        else:
            self.boats[key] = boat

    def take_in(self) -> None:
        self.gone |= self.known - set(self.boats) - self.deleted()
        self.known = set(self.boats)

    def deleted(self) -> set[str]:
        last = self.saves[-1:]
        return {op.id for op in last}

    @rule(kind=st.sampled_from(["add", "update", "delete"]), number=SOME, adjective=ADJECTIVES, by=BOTH_STORES)
    def save(self, kind: str, number: int, adjective: str, by: int) -> None:
        op = self.op(kind, number, adjective)
        op.ask(self.stores[by])
        self.happened(op)

    @rule(by=BOTH_STORES)
    def undo(self, by: int) -> None:
        last = self.saves[-1] if self.saves else None
        if last and self.boats.get(last.id) == last.after:
            assert self.stores[by].undo().startswith("Undone: ")
            self.set(last.id, last.before)
            self.take_in()
            self.saves.pop()
        else:
            with pytest.raises(CareerkitError, match="cannot be undone" if last else "nothing to undo"):
                self.stores[by].undo()

    @rule(by=BOTH_STORES)
    def reopen(self, by: int) -> None:
        self.stores[by] = opened(self.folder)

    # -- crashes

    def crash(self, op: Op, before: Callable[[int, Call], bool]) -> bool:
        """Save in a process that is killed; say whether it was."""
        done = run(self.folder, lambda: op.ask(opened(self.folder)), before)
        assert done.said in (None, "done"), done.said
        return done.said is None

    @rule(kind=st.sampled_from(["add", "update", "delete"]), number=SOME, adjective=ADJECTIVES, place=st.integers(0, 90))
    def crash_anywhere(self, kind: str, number: int, adjective: str, place: int) -> None:
        op = self.op(kind, number, adjective)
        self.crash(op, lambda here, call: here == place)
        self.stores[0] = opened(self.folder)
        if self.standing().get(op.id) == op.after:
            self.happened(op)

    @rule(kind=st.sampled_from(["add", "update", "delete"]), number=SOME, adjective=ADJECTIVES)
    def crash_with_the_file_not_replaced(self, kind: str, number: int, adjective: str) -> None:
        op = self.op(kind, number, adjective)
        assert self.crash(op, lambda here, call: call.to == "data/boats.csv")
        self.stores[0] = opened(self.folder)
        self.happened(op)

    @rule(kind=st.sampled_from(["add", "update", "delete"]), number=SOME, adjective=ADJECTIVES)
    def crash_with_the_file_replaced_and_the_journal_not_told(self, kind: str, number: int, adjective: str) -> None:
        op = self.op(kind, number, adjective)
        replaced: list[Call] = []

        def after_that(here: int, call: Call) -> bool:
            if call.to == "data/boats.csv":
                replaced.append(call)
            return bool(replaced) and "journal" in call.path

        assert self.crash(op, after_that)
        self.stores[0] = opened(self.folder)
        self.happened(op)

    @precondition(lambda self: len(self.boats) > 1 and self.ids_stand())
    @rule(number=SOME, adjective=ADJECTIVES, other=SOME)
    def crash_and_an_edit_outside_before_the_save_is_completed(self, number: int, adjective: str, other: int) -> None:
        op = self.op("update", number, adjective)
        assert self.crash(op, lambda here, call: call.to == "data/boats.csv")
        edited = sorted(self.boats)[other % len(self.boats)]
        here_edited = self.edit_name(edited)
        self.stores[0] = opened(self.folder)
        self.happened(op)
        self.boats[edited] = here_edited  # where both changed one boat, the edit stands, and undo says so

    @rule(way=st.sampled_from(["taken away", "damaged"]))
    def lose_the_journal(self, way: str) -> None:
        for file in (self.folder / ".careerkit").glob("journal.sqlite3*"):
            if way == "taken away":
                file.unlink()
            elif file.name == "journal.sqlite3":
                file.write_bytes(b"no database " * 400)
        self.saves, self.known, self.gone, self.journal_was_lost = [], set(), set(), True
        # The next save begins a new journal; it is made here, so that undo has one thing to say.
        self.save("add", 1, "after the loss", 0)

    # -- edits made outside

    def cells(self) -> tuple[list[str], list[list[str]]]:
        data = raw(self.folder).decode("utf-8-sig") if not self.in_windows_letters() else raw(self.folder).decode("cp1252")
        header, *rows = csv.reader(io.StringIO(data, newline=""), delimiter=";" if self.in_windows_letters() else ",")
        return header, rows

    def in_windows_letters(self) -> bool:
        return b";name;" in raw(self.folder).split(b"\n")[0]

    def write(self, header: list[str], rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8-sig") -> None:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter).writerows([header, *rows])
        (self.folder / "data" / "boats.csv").write_bytes(text.getvalue().encode(encoding))

    def edit_name(self, key: str) -> Boat:
        header, rows = self.cells()
        boat = (f"outside {next(self.counter)}", self.boats[key][1])
        (row,) = (row for row in rows if row[header.index("id")] == key)
        row[header.index("name")] = boat[0]
        self.write(header, rows)
        return boat

    def ids_stand(self) -> bool:
        """Say whether each row carries its id in the file; one typed outside gets it at the next save."""
        return bool(self.boats) and all(row[0] for row in self.cells()[1])

    @precondition(ids_stand)
    @rule(number=SOME)
    def change_a_cell_outside(self, number: int) -> None:
        key = sorted(self.boats)[number % len(self.boats)]
        self.boats[key] = self.edit_name(key)

    @precondition(lambda self: bool(self.boats))
    @rule()
    def add_a_row_without_id_outside(self) -> None:
        header, rows = self.cells()
        boat = (f"typed {next(self.counter)}", "")
        self.write(header, [*rows, [boat[0] if name == "name" else "" for name in header]])
        (key,) = set(self.stores[0].read("boats")["id"]) - set(self.boats)
        self.boats[key] = boat

    @precondition(ids_stand)
    @rule(number=SOME)
    def remove_a_row_outside(self, number: int) -> None:
        header, rows = self.cells()
        key = rows.pop(number % len(rows))[header.index("id")]
        self.write(header, rows)
        del self.boats[key]

    @precondition(lambda self: bool(self.boats))
    @rule()
    def reorder_outside(self) -> None:
        header, rows = self.cells()
        self.write(header, rows[::-1])

    @precondition(lambda self: bool(self.boats))
    @rule()
    def save_as_a_windows_spreadsheet_does(self) -> None:
        header, rows = self.cells()
        self.write(header, rows, delimiter=";", encoding="cp1252")

    # -- what must hold

    def standing(self) -> dict[str, Boat]:
        frame = self.stores[0].read("boats")
        lengths = ["" if length != length else f"{length:g}" for length in frame["length"].astype("float64")]
        return dict(zip(frame["id"], zip(frame["name"], lengths, strict=True), strict=True))

    @invariant()
    def the_boats_are_those_of_the_dict(self) -> None:
        if not hasattr(self, "folder"):
            return
        assert self.standing() == self.boats
        assert set(self.stores[1].read("boats")["id"]) == set(self.boats)

    @invariant()
    def a_boat_that_went_away_outside_is_told_and_nothing_else_is_wrong(self) -> None:
        if not hasattr(self, "folder"):
            return
        gone = (self.gone | self.known) - set(self.boats)
        problems = [problem for problem in self.stores[1].check() if "journal" not in str(problem)]
        named = {problem.value for problem in problems if problem.column == "id"}
        assert named <= gone
        assert named == gone or any("has lost" in problem.message for problem in problems)
        assert not problems or gone

    @invariant()
    def nothing_piles_up(self) -> None:
        if hasattr(self, "folder") and (self.folder / "data").is_dir():
            assert len(litter(self.folder)) <= 1

    @invariant()
    def the_file_is_whole_to_other_programs(self) -> None:
        if hasattr(self, "folder") and not self.in_windows_letters() and raw(self.folder) and self.ids_stand():
            assert parsed(raw(self.folder)).keys() == self.boats.keys()


Harbour.TestCase.settings = settings(max_examples=400 if LONG else 30, stateful_step_count=25, deadline=None, phases=[Phase.generate])
test_any_sequence_of_saves_edits_and_crashes_leaves_what_a_dict_would_hold = Harbour.TestCase
