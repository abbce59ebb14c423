"""A person forgotten: no byte of the workbook's folder says their name, address or id any more, and all else stands as it did."""

from __future__ import annotations

import json
import sqlite3
import zipfile
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from form_driver import rows

from careerkit import CareerkitError, Workbook
from careerkit.cli.main import main
from careerkit.sharing import keys, proposals
from careerkit.sharing.forget import forget
from careerkit.sharing.sync_state import Base, Bases

NAME, MAIL = "Zoë Brandão-Ølsen", "zoe@brandao.example"


def said_in(folder: Path) -> dict[str, str]:
    """Return every text of a folder: files, members of zips, packed states, and the pages of the journal."""
    found = {}
    for file in (each for each in folder.rglob("*") if each.is_file()):
        data = file.read_bytes()
        found[str(file)] = data.decode("utf-8", "replace")
        if file.suffix == ".zip":
            with zipfile.ZipFile(file) as opened:
                found |= {f"{file}/{name}": opened.read(name).decode() for name in opened.namelist()}
        if file.suffix == ".z":
            found[f"{file} unpacked"] = zlib.decompress(data).decode()
    with sqlite3.connect(folder / ".careerkit" / "journal.sqlite3") as ask:
        for table in ("wholes",):
            for row in ask.execute(f"SELECT before, after FROM {table}"):
                found[f"{table} {row!r:.40}"] = "".join(zlib.decompress(each).decode() for each in row)
    return found


def where(folder: Path, *words: str) -> list[str]:
    return sorted({place for place, text in said_in(folder).items() for word in words if word.casefold() in text.casefold()})


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    """Return a workbook in which one person stands wherever a person can."""
    book = Workbook.create(tmp_path / "career", owner="Nora Berg")
    book.add("contacts", name="Zoë Berg", organisation="Harbour")
    ole = book.add("contacts", name="Ole Vik")
    zoe = book.add("contacts", name="Zoe Olsen", email="old@brandao.example", phone="+47 900 11 222", notes="Met in Bergen.")
    book.update("contacts", zoe, name=NAME, email=MAIL)
    book.add("interactions", kind="call", happened_on="2026-09-01", contact_ids=f"{ole};{zoe}", summary=f"{NAME} and Ole on prices.")
    goal = book.add("goals", title="Speak up", why="BRANDAO-OLSEN said: be in the room.", accountable_to=zoe)
    book.add("feedback", giver=NAME, question="What less?", requested_on="2026-08-01")
    book.add("feedback", contact_id=zoe, question="What more?", requested_on="2026-08-01")
    book.comment("contacts", zoe, "What does she need?")
    book.comment("goals", goal, f"Ask {NAME}, {MAIL}.")
    gone = book.add("goals", title=f"Lunch with {NAME}")
    book.delete("goals", gone)
    return book


def person(book: Workbook) -> str:
    return next(row["id"] for row in rows(book, "contacts") if row["name"] == NAME)


def scattered(book: Workbook) -> str:
    """Put the person into everything else that lies in a workbook, and return their id."""
    zoe, folder = person(book), book.folder
    book.workspace = book.store.workspace
    book.store.workspace.backups.make("repair")
    with (folder / "data" / "goals.csv").open("ab") as file:
        file.write(f"broken,{NAME}\n".encode())
    book.repair()
    texts = next(row for row in rows(book, "contacts") if row["id"] == zoe)
    Bases(folder, "self").keep(Base("b1", "2026-09-01T10:00:00Z", {"contacts": {zoe: texts}, "goals": {"g": {"why": NAME}}}))
    proposals.hold(folder, [{"name": f"Listening like {NAME}"}], "Ines Valdivia")
    made = folder / "reports" / "2026Q3" / "self"
    made.mkdir(parents=True)
    (made / "review.html").write_text("<p>Zo&euml; Brand\\u00e3o-Ølsen</p>", encoding="utf-8")
    (made / "review.pdf").write_bytes(b"%PDF-1.7 \xff packed")
    other = folder / "reports" / "2026Q2" / "self"
    other.mkdir(parents=True)
    (other / "review.html").write_text("<p>Ole Vik</p>", encoding="utf-8")
    cell = {"cell_type": "code", "metadata": {}, "source": [f"# {NAME}"], "outputs": [{"data": {"text/html": [f"<b>{NAME}</b>"]}}]}
    (folder / "notebooks" / "mine.ipynb").write_text(json.dumps({"cells": [cell], "metadata": {}}), encoding="utf-8")
    (folder / ".careerkit" / "errors.log").write_text(f"KeyError: {zoe}\n", encoding="utf-8")
    (folder / "data" / "contacts (conflicted copy 2026-09-02).csv").write_bytes((folder / "data" / "contacts.csv").read_bytes())
    (folder / ".careerkit" / "journal.sqlite3.damaged-1").write_bytes(b"\xff" + NAME.encode())
    return zoe


def test_no_byte_of_the_folder_names_a_person_who_was_forgotten(book):
    zoe = scattered(book)
    words = (NAME, "Zoe Olsen", MAIL, "old@brandao.example", "+47 900 11 222", zoe, "Brandao-Olsen", "Bergen")
    assert len(where(book.folder, *words)) > 12
    book.forget(zoe)
    assert where(book.folder, *words) == []


def test_all_else_stands_as_it_did(book):
    zoe = scattered(book)
    before = {table: rows(book, table) for table in ("contacts", "interactions", "goals", "feedback", "comments")}
    book.forget(zoe)
    assert book.check() == [] or all("conflict" in str(problem) for problem in book.check())
    assert [row["name"] for row in rows(book, "contacts")] == ["Zoë Berg", "Ole Vik"]
    (talk,) = rows(book, "interactions")
    assert (talk["summary"], talk["contact_ids"]) == ("someone and Ole on prices.", before["interactions"][0]["contact_ids"].split(";")[0])
    assert rows(book, "goals")[0]["why"] == "someone said: be in the room." and rows(book, "goals")[0]["accountable_to"] == ""
    assert [row["giver"] for row in rows(book, "feedback")] == ["someone", ""]
    assert [row["text"] for row in rows(book, "comments")] == ["Ask someone, someone."]
    for table, former in before.items():
        now = {row["id"]: row for row in rows(book, table)}
        assert all(now[row["id"]]["created_at"] == row["created_at"] for row in former if row["id"] in now)
    assert (book.folder / "reports" / "2026Q2" / "self" / "review.html").is_file()
    assert not (book.folder / "reports" / "2026Q3" / "self" / "review.pdf").exists()


def test_saves_afterwards_and_undo_go_on_as_before(book):
    book.add("goals", title="A later goal")
    book.forget(NAME)
    assert book.undo() == "Undone: added A later goal to goals."
    book.add("contacts", name="Ruth Adeyemi")
    assert list(book.vanished()["id"]) == [] and book.check() == []
    assert book.history("goals", rows(book, "goals")[0]["id"])["after"].isin(["someone said: be in the room."]).any()


def test_a_backup_can_be_restored_and_does_not_bring_the_person_back(book):
    name = book.store.workspace.backups.make("repair")
    book.forget(NAME)
    book.delete("contacts", rows(book, "contacts")[0]["id"])
    book.restore(name)
    assert sorted(row["name"] for row in rows(book, "contacts")) == ["Ole Vik", "Zoë Berg"]


def test_a_first_name_that_somebody_else_bears_stays_and_is_told(book):
    book.add("goals", title="Thank Zoë")
    said = book.forget(NAME).summary(done=True)
    assert rows(book, "goals")[-1]["title"] == "Thank Zoë"
    assert any("Stays where it appears alone" in line and "zoe" in line for line in said)


def test_a_namesakes_row_and_texts_are_not_touched(book):
    other = book.add("contacts", name=NAME, email="other@example.org")
    with pytest.raises(CareerkitError, match=r"2 contacts are called .*Say which by its id"):
        book.forget(NAME)
    (first,) = {row["id"] for row in rows(book, "contacts") if row["name"] == NAME} - {other}
    book.forget(first)
    assert [row["email"] for row in rows(book, "contacts") if row["name"] == NAME] == ["other@example.org"]
    assert where(book.folder, first, MAIL) == []


def test_somebody_who_is_no_contact_is_forgotten_by_name(book):
    book.add(
        "skill_ratings", skill_id=book.add("skills", name="Writing"), rated_on="2026-09-01", rater="peer", rater_name="Ada Price", level=3
    )
    book.add("goals", title="Lower the price, as Ada Price said. Price it well, says Ada.")
    book.forget("Ada Price")
    assert rows(book, "skill_ratings")[0]["rater_name"] == "someone"
    assert rows(book, "goals")[-1]["title"] == "Lower the price, as someone said. someone it well, says someone."
    with pytest.raises(CareerkitError, match="Nobody in this workbook is called 'Ada Price'"):
        book.forget("Ada Price")


def test_a_contact_that_was_deleted_is_still_found_and_forgotten(book):
    zoe = person(book)
    book.delete("contacts", zoe)
    book.forget("Zoe Olsen")
    assert where(book.folder, NAME, MAIL, zoe) == []


def test_one_that_was_interrupted_is_completed_by_doing_it_again(book, monkeypatch):
    zoe = scattered(book)
    monkeypatch.setattr("careerkit.store.history.journal.Journal.rewrite", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        forget(book.store, zoe, "Nora Berg")
    monkeypatch.undo()
    Workbook.open(book.folder).forget(zoe)
    assert where(book.folder, NAME, MAIL, zoe) == []


def test_the_coachs_name_by_which_bundles_are_known_stays(book):
    keys.keep_coach(book.folder, keys.Partner(NAME, keys.own_or_new(book.folder.parent / "coach").public))
    book.forget(person(book))
    assert keys.coach(book.folder).name == NAME


def test_the_command_asks_first_says_what_it_cannot_reach_and_without_a_yes_changes_nothing(book):
    (book.folder / "shared").mkdir()
    (book.folder / "shared" / "for Ines.careerkit").write_bytes(b"age-encryption.org/v1\n-> sealed")
    asked = CliRunner().invoke(main, ["forget", NAME, "--workbook", str(book.folder)], input="n\n")
    assert "will be taken out" in asked.output and "Out of reach: what you sent already" in asked.output
    assert "Nothing was changed." in asked.output and where(book.folder, NAME)
    done = CliRunner().invoke(main, ["forget", NAME, "--yes", "--workbook", str(book.folder)])
    assert done.exit_code == 0 and "Removed: shared/for Ines.careerkit." in done.output and where(book.folder, NAME) == []
