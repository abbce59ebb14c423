"""One owner's two machines: each takes in what the other wrote, in any order, and nothing written on either is lost."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from pathlib import Path

import pytest
from example_counts import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from careerkit import Workbook
from careerkit.errors import CareerkitError
from careerkit.sharing import pending, receive, send
from careerkit.sharing.bundle import Bundle, pack
from careerkit.sharing.rules import checked
from careerkit.sharing.sync_state import Base, heads
from careerkit.sharing.unpack import unpack
from careerkit.store.merging.merge import Conflict, Merged, Place, merge, one_base

OWNER = "Maren Okafor"


@pytest.fixture
def machines(tmp_path: Path) -> tuple[Workbook, Workbook]:
    first = Workbook.create(tmp_path / "desk", owner=OWNER)
    first.add_many("goals", [{"id": "k1", "title": "Learn to sail", "started_on": "2026-01-01"}, {"id": "k2", "title": "Find a sponsor"}])
    shutil.copytree(first.folder, tmp_path / "laptop")
    clock = itertools.count()
    both = first, Workbook.open(tmp_path / "laptop")
    for book in both:
        book.store.now = lambda: dt.datetime(2026, 10, 12, 10) + dt.timedelta(seconds=next(clock))
    return both


def sent(book: Workbook, key: str) -> Bundle:
    bundle = send.for_self(book.store, book.settings, key)
    send.note_sent(book.store, bundle)
    return bundle


def take(book: Workbook, bundle: Bundle, dry_run: bool = False) -> receive.Received:
    return receive.take_in(book.store, book.settings.id, checked(unpack(pack(bundle))), dry_run)


def exchange(one: Workbook, other: Workbook, key: str) -> None:
    """Let both send, then both take in."""
    first, second = sent(one, key), sent(other, key)
    take(one, second)
    take(other, first)


@pytest.fixture
def known(machines: tuple[Workbook, Workbook], key: str) -> tuple[Workbook, Workbook]:
    """Two machines that have each taken in what the other holds."""
    exchange(*machines, key)
    return machines


@pytest.fixture
def in_conflict(known: tuple[Workbook, Workbook], key: str) -> tuple[Workbook, Workbook]:
    """Two machines on which the same field was changed to different texts, and that have exchanged them."""
    desk, laptop = known
    desk.update("goals", "k1", title="Learn to dive")
    laptop.update("goals", "k1", title="Learn to row")
    exchange(desk, laptop, key)
    return known


def titles(book: Workbook) -> dict[str, str]:
    frame = book.read("goals")
    return dict(zip(frame["id"], frame["title"], strict=True))


def files(book: Workbook) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (book.folder / "data").glob("*.csv")}


def test_what_was_written_on_one_comes_to_the_other_private_and_first_reactions_included(known, key):
    desk, laptop = known
    laptop.add("feedback", giver="Ruth Adeyemi", first_reaction="Ouch.", private=True)
    laptop.update("goals", "k1", title="Learn to row")
    laptop.delete("goals", "k2")
    take(desk, sent(laptop, key))
    assert titles(desk) == {"k1": "Learn to row"} and list(desk.read("feedback")["first_reaction"]) == ["Ouch."]


def test_it_is_one_save_that_undo_takes_back_and_can_be_taken_in_again(known, key):
    desk, laptop = known
    laptop.update("goals", "k1", title="Learn to row")
    laptop.add("contacts", name="Oskar Lindqvist")
    bundle = sent(laptop, key)
    take(desk, bundle)
    assert desk.undo() == "Undone: merged what was written on another machine." and titles(desk)["k1"] == "Learn to sail"
    assert desk.read("contacts").empty
    take(desk, bundle)
    assert titles(desk)["k1"] == "Learn to row" and len(desk.read("contacts")) == 1


def test_a_dry_run_says_what_would_be_and_stores_nothing(known, key):
    desk, laptop = known
    laptop.update("goals", "k2", title="Find two sponsors")
    bundle, before = sent(laptop, key), files(desk)
    told = take(desk, bundle, dry_run=True).summary()
    assert told[1:] == ["goals: 1 changed."] and files(desk) == before
    assert take(desk, bundle).summary() == told


def test_the_same_field_changed_on_both_is_told_until_it_is_decided_and_ones_own_stands(in_conflict, key):
    desk, laptop = in_conflict
    assert (titles(desk)["k1"], titles(laptop)["k1"]) == ("Learn to dive", "Learn to row")
    (met,) = pending.undecided(desk.store)
    assert (met.mine, met.theirs) == ("Learn to dive", "Learn to row")
    exchange(desk, laptop, key)
    assert pending.undecided(desk.store) == [met] and titles(laptop)["k1"] == "Learn to row"


def test_deciding_for_ones_own_text_carries_it_over(in_conflict, key):
    desk, laptop = in_conflict
    pending.keep_mine(desk.store, "goals", "k1", "title")
    assert pending.undecided(desk.store) == []
    take(laptop, sent(desk, key))
    assert titles(laptop)["k1"] == "Learn to dive" and pending.undecided(laptop.store) == []


def test_deciding_for_the_other_text_is_writing_it(in_conflict, key):
    desk, laptop = in_conflict
    desk.update("goals", "k1", title="Learn to row")
    assert pending.undecided(desk.store) == []
    take(laptop, sent(desk, key))
    assert pending.undecided(laptop.store) == [] and titles(laptop)["k1"] == "Learn to row"


def test_fields_that_do_not_go_together_are_told_and_ones_own_row_stands(known, key):
    desk, laptop = known
    desk.update("goals", "k1", started_on="2026-09-01")
    laptop.update("goals", "k1", deadline="2026-06-01")
    received = take(desk, sent(laptop, key))
    assert [each.place.column for each in received.conflicts] == ["deadline"] and desk.read("goals")["deadline"].isna().all()


def test_rows_that_the_sender_cannot_read_are_not_taken_for_deleted(known, key):
    desk, laptop = known
    file = laptop.folder / "data" / "goals.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace(",2026-01-01,", ",some day,"), encoding="utf-8-sig")
    take(desk, sent(Workbook.open(laptop.folder), key))
    assert set(titles(desk)) == {"k1", "k2"}


def test_a_column_of_ones_own_comes_along(machines, key):
    desk, laptop = machines
    file = laptop.folder / "data" / "goals.csv"
    head, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    file.write_text("\n".join([f"{head},mood", *(f"{row},glad" for row in rows)]) + "\n", encoding="utf-8-sig")
    take(desk, sent(Workbook.open(laptop.folder), key))
    assert (desk.folder / "data" / "goals.csv").read_text(encoding="utf-8-sig").count(",glad") == 2


def test_a_bundle_older_than_one_that_was_taken_in_is_refused(machines, key):
    desk, laptop = machines
    old = sent(laptop, key)
    laptop.update("goals", "k1", title="Learn to row")
    take(desk, sent(laptop, key))
    with pytest.raises(CareerkitError, match="A later bundle than this one was taken in already"):
        take(desk, old)


def test_another_persons_workbook_does_not_take_it_in(tmp_path, machines, key):
    other = Workbook.create(tmp_path / "other", owner="Ahmed Farouk")
    with pytest.raises(CareerkitError, match="made for another workbook"):
        take(other, sent(machines[0], key))


def test_without_its_careerkit_folder_a_machine_deletes_nothing_and_asks_more(known, key):
    desk, laptop = known
    shutil.rmtree(desk.folder / ".careerkit")
    laptop.delete("goals", "k2")
    laptop.update("goals", "k1", title="Learn to row")
    received = take(Workbook.open(desk.folder), sent(laptop, key))
    assert set(titles(desk)) == {"k1", "k2"} and [each.theirs for each in received.conflicts] == ["Learn to row"]


# -- any course of two machines


class Machine:
    """A machine as the merge sees it: its rows, and the common states that it keeps."""

    def __init__(self) -> None:
        self.rows = {"goals": {"k1": {"title": "a"}, "k2": {"title": "a"}}}
        self.bases: list[Base] = []
        self.told: set[tuple[str, str]] = set()

    def edit(self, key: str, text: str) -> None:
        if text:
            self.rows["goals"][key] = {"title": text}
        else:
            self.rows["goals"].pop(key, None)

    def send(self, number: int) -> Base:
        rows = {"goals": {key: {**texts} for key, texts in self.rows["goals"].items()}}
        base = Base(f"b{number}", "", rows, tuple(each.id for each in self.bases), conflicts=self.conflicts())
        self.bases.insert(0, base)
        return base

    def take(self, theirs: Base, open_there: tuple[Place, ...]) -> Merged | None:
        if any(theirs.id in base.knows for base in self.bases):
            return None
        common = [base.rows for base in heads(self.bases, {*theirs.knows, theirs.id})]
        merged = merge(one_base(common, self.rows, theirs.rows), self.rows, theirs.rows, undecided=open_there)
        self.rows = merged.rows
        self.bases.insert(0, Base(theirs.id, "", merged.common, theirs.knows, conflicts=tuple(merged.conflicts)))
        return merged

    def conflicts(self) -> tuple[Conflict, ...]:
        now = self.rows["goals"]
        return tuple(
            met for base in self.bases[:1] for met in base.conflicts if now.get(met.place.id, {}).get("title", met.theirs) != met.theirs
        )

    def undecided(self) -> tuple[Place, ...]:
        return tuple(met.place for met in self.conflicts())


edits = st.tuples(st.just("edit"), st.booleans(), st.sampled_from(["k1", "k2", "k3"]), st.sampled_from(["", "b", "c", "d", "e"]))
mails = st.tuples(st.sampled_from(["mail", "both at once"]), st.booleans(), st.just(""), st.just(""))


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(st.one_of(edits, mails), max_size=14))
def test_after_any_course_both_hold_the_same_but_for_the_conflicts_that_are_told(course):
    """Machines edit and send as they like, also both at once. A last exchange brings them together."""
    machines = Machine(), Machine()
    numbers = itertools.count()
    for what, at_first, key, text in [*course, *[("mail", True, "", ""), ("mail", False, "", "")] * 2]:
        one, other = machines if at_first else machines[::-1]
        if what == "edit":
            one.edit(key, text)
            continue
        mails = [(each, each.send(next(numbers)), each.undecided()) for each in ((one, other) if what == "both at once" else (one,))]
        for sender, state, undecided in mails:
            (other if sender is one else one).take(state, undecided)
    one, other = machines
    differing = {key for key in {**one.rows["goals"], **other.rows["goals"]} if one.rows["goals"].get(key) != other.rows["goals"].get(key)}
    assert differing <= {place.id for place in (*one.undecided(), *other.undecided())}


def test_after_both_sent_at_once_a_later_change_of_either_is_no_conflict(known, key):
    desk, laptop = known
    desk.update("goals", "k1", title="Learn to dive")
    laptop.update("goals", "k2", title="Find two sponsors")
    exchange(desk, laptop, key)
    laptop.update("goals", "k1", title="Learn to dive deep")
    desk.delete("goals", "k2")
    exchange(desk, laptop, key)
    assert titles(desk) == titles(laptop) == {"k1": "Learn to dive deep"}
    assert pending.undecided(desk.store) == pending.undecided(laptop.store) == []
