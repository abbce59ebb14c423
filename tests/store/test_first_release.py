"""A workbook that the first release wrote: every later version opens it.

The folder ``first_release`` was written once, by ``python tests/store/test_first_release.py FOLDER`` at version 0.1.0, whose
journal knew neither answers to vanished rows nor compaction. It is not written anew: what it holds is what people have.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from pathlib import Path

import pytest

from careerkit import Workbook
from careerkit.topics import RECORDS

WRITTEN = Path(__file__).parent / "first_release"
COUNTS = dict(contacts=5, interactions=4, skills=3, goals=3, action_steps=4, check_ins=4, feedback=3, achievements=3)
NOTES = 'leading 007, "quoted"; two\nlines — Ålesund, שלום, 🙂'


@pytest.fixture
def book(tmp_path) -> Workbook:
    shutil.copytree(WRITTEN, tmp_path / "book")
    return Workbook.open(tmp_path / "book", today="2026-06-30")


def test_every_table_is_read_whole(book):
    assert {table: len(book.read(table)) for table in RECORDS if len(book.read(table))} == COUNTS


def test_what_was_typed_stands_to_the_character(book):
    contacts = book.read("contacts").set_index("name")
    assert contacts.at["Maya Lindt", "notes"] == NOTES
    assert contacts.at["Jonas Weber", "phone"] == "0049 30 001"
    assert contacts.at["Ana Duarte", "role"] == "=lead"
    assert list(book.read("goals")["target"])[:2] == [12, 2]


def test_its_files_are_clean(book):
    assert book.check() == []


def test_there_is_nothing_to_repair_in_it(book):
    before = {file.name: file.read_bytes() for file in (book.folder / "data").iterdir()}
    assert book.repair(dry_run=True) == book.repair() == []
    assert {file.name: file.read_bytes() for file in (book.folder / "data").iterdir()} == before


def test_a_row_that_vanishes_from_it_is_offered_back(book):
    file = book.folder / "data" / "skills.csv"
    file.write_bytes(b"".join(line for line in file.read_bytes().splitlines(keepends=True) if b",SQL," not in line))
    assert list(book.vanished()["what"]) == ["SQL"]
    book.answer_vanished()
    assert len(book.read("skills")) == COUNTS["skills"] and book.check() == []


def test_a_measure_reads_it(book):
    pace = book.measure("goals.pace").set_index("title")
    assert pace.at["Give two public talks", "value"] == 1


def test_it_can_be_saved_to(book):
    book.add("contacts", name="Noor Haddad")
    book.update("contacts", book.read("contacts")["id"].iloc[0], role="Head of research")
    assert len(Workbook.open(book.folder).read("contacts")) == COUNTS["contacts"] + 1 and book.check() == []


def test_saves_of_that_time_are_undone_one_after_the_other(book):
    told = [book.undo(), book.undo(), book.undo()]
    assert told == [
        "Undone: deleted A first draft of the talk from achievements.",
        "Undone: added A first draft of the talk to achievements.",
        "Undone: changed Maya Lindt in contacts.",
    ]
    assert set(book.read("contacts")["organisation"]) == {"Nordwind", "Aurel", "Lumen", ""}


def test_changes_of_that_time_are_known(book):
    ids = book.read("contacts").set_index("name")["id"]
    maya, emile = book.store.history("contacts", ids["Maya Lindt"]), book.store.history("contacts", ids["Émile Roux"])
    assert ("Nordwind", "Kielwasser") in set(zip(maya["before"], maya["after"], strict=True))
    assert [list(row) for row in emile[emile["source"] == "outside"][["column", "before", "after"]].values] == [["closeness", "2", "3"]]


def write(folder: Path) -> None:
    """Write the workbook, as a person would over a few days: forms, an edit in an editor, an undo."""
    book = Workbook.create(folder, owner="Lea Brandt")
    shutil.rmtree(folder / "notebooks")
    moments = (dt.datetime(2026, 3, 2, 8) + dt.timedelta(hours=7 * place) for place in range(999))
    book.store.now = lambda: next(moments)
    people = book.add_many(
        "contacts",
        [
            {"name": "Maya Lindt", "organisation": "Nordwind", "closeness": 4, "cadence_days": 60, "notes": NOTES},
            {"name": "Jonas Weber", "organisation": "Aurel", "phone": "0049 30 001", "relationship": "mentor"},
            {"name": "Ana Duarte", "organisation": "Lumen", "role": "=lead", "met_on": "2024-11-05"},
            {"name": "Émile Roux", "closeness": 2, "tags": "data; sailing"},
            {"name": "Kim", "email": "kim@example.org", "private": True},
        ],
    )
    skills = book.add_many(
        "skills",
        [
            {"name": "Facilitation", "importance": 4, "target_level": 4},
            {"name": "SQL", "importance": 3, "target_level": 3},
            {"name": "Public speaking", "importance": 5, "target_level": 4},
        ],
    )
    goals = book.add_many(
        "goals",
        [
            {
                "title": "Twelve useful conversations",
                "metric": "conversations",
                "target": 12,
                "started_on": "2026-01-05",
                "deadline": "2026-12-31",
            },
            {
                "title": "Give two public talks",
                "metric": "talks",
                "target": 2,
                "started_on": "2026-02-01",
                "deadline": "2026-11-30",
                "skill_id": skills[2],
                "accountable_to": people[1],
            },
            {"title": "Move into research", "why": "It is what I would do unpaid.", "started_on": "2026-03-01", "deadline": "2027-03-01"},
        ],
    )
    book.add_many(
        "action_steps",
        [
            {"goal_id": goals[2], "title": "Write to the research lead", "due_on": "2026-04-01", "done_on": "2026-03-28"},
            {"goal_id": goals[2], "title": "Read two of their papers", "due_on": "2026-05-01"},
            {"goal_id": goals[1], "title": "Choose a meetup", "due_on": "2026-03-15", "done_on": "2026-03-14"},
            {"goal_id": goals[1], "title": "Write the outline"},
        ],
    )
    book.add_many(
        "check_ins",
        [
            {"goal_id": goals[0], "checked_on": "2026-03-31", "value": 3, "confidence": 4},
            {"goal_id": goals[0], "checked_on": "2026-05-31", "value": 5, "confidence": 3, "blocker": "travel"},
            {"goal_id": goals[1], "checked_on": "2026-04-30", "value": 0, "confidence": 2},
            {"goal_id": goals[1], "checked_on": "2026-06-15", "value": 1, "confidence": 4, "note": "The first one is done.\nIt went well."},
        ],
    )
    book.add_many(
        "interactions",
        [
            {
                "happened_on": "2026-03-10",
                "contact_ids": people[0],
                "kind": "call",
                "direction": "received",
                "learned": "They hire in autumn.",
            },
            {"happened_on": "2026-03-24", "contact_ids": f"{people[0]};{people[1]}", "kind": "conversation", "direction": "mutual"},
            {
                "happened_on": "2026-04-02",
                "contact_ids": people[2],
                "kind": "message",
                "follow_up": "Send the slides",
                "follow_up_due": "2026-04-09",
            },
            {
                "planned_on": "2026-07-08",
                "contact_ids": people[3],
                "kind": "informational interview",
                "questions": "1. How did you begin?\n2. What is dull?",
            },
        ],
    )
    book.add_many(
        "feedback",
        [
            {
                "requested_on": "2026-04-20",
                "contact_id": people[1],
                "question": "How do I run our meetings?",
                "received_on": "2026-04-27",
                "went_well": "You listen.",
                "to_improve": "Stop on time.",
                "first_reaction": "Ouch.",
                "skill_id": skills[0],
            },
            {"requested_on": "2026-05-20", "giver": "Pat, from the choir", "question": "Is my writing clear?"},
            {
                "received_on": "2026-06-01",
                "giver": "a visitor",
                "question": "Unasked, after the talk",
                "went_well": "The example with the ferry.",
            },
        ],
    )
    book.add_many(
        "achievements",
        [
            {"achieved_on": "2026-02-27", "title": "Cut the month-end close from nine days to four", "impact": "organisation"},
            {"achieved_on": "2026-06-15", "title": "Gave my first public talk", "goal_id": goals[1], "skill_ids": skills[2]},
            {"achieved_on": "2026-06-20", "title": "NA", "result": "001", "metric": "1E10"},
        ],
    )
    file = folder / "data" / "contacts.csv"
    file.write_bytes(file.read_bytes().replace(b",2,,,", b",3,,,"))
    book.update("goals", goals[2], why="It is what I would do unpaid, and on Sundays.")
    book.undo()
    book.update("contacts", people[0], organisation="Kielwasser")
    draft = book.add("achievements", title="A first draft of the talk", achieved_on="2026-06-21")
    book.delete("achievements", draft)
    print(json.dumps({table: len(book.read(table)) for table in COUNTS}), book.check())


if __name__ == "__main__":
    write(Path(sys.argv[1]))
