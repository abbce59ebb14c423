"""Working with a coach in the browser: a starter taken in, a skill accepted, a part shared after a look, a comment answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Visit
from hostile_bundles import coach_bundle, comment, marked
from page_driver import IMAGE, choose_file, fold_out, has_no_failure, open_notebook, press, rows
from playwright.sync_api import FilePayload, Page, expect
from practice_round import COACH, keys_of

from careerkit import Workbook
from careerkit.lab import launch
from careerkit.sharing import encryption, keys, send
from careerkit.sharing.bundle import pack
from careerkit.sharing.unpack import unpack
from careerkit.store import layout

NOTEBOOK = "00_start_here.ipynb"
PASSPHRASE = "lusab-babad-gutih-tugad-mavol"
ASSIGNMENT = {"title": f"Three sponsors {IMAGE}", "notebook": "02_networking", "instructions": "One page.", "given_on": "2026-10-12"}
SKILL = {"name": "Chairing", "target_level": 4, "level_anchors": "1: follows\n5: decides"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exchange")


@pytest.fixture(scope="module")
def coach(place: Path) -> keys.KeyPair:
    return keys.own_or_new(place / "coach")


@pytest.fixture(scope="module")
def book(place: Path) -> Workbook:
    return Workbook.create(place / "career", example=True)


@pytest.fixture(scope="module")
def running(book: Workbook, place: Path) -> Iterator[launch.Server]:
    with keys_of(place / "client"), launch.lab_server(book.folder, book.folder / layout.LAB) as server:
        yield server


def upload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_a_starter_is_previewed_with_its_passphrase_taken_in_and_its_skill_accepted(page: Page, book: Workbook, coach) -> None:
    starter = send.starter(COACH, coach.public, {"assignments": [ASSIGNMENT], "skills": [SKILL]}, "2026-10-12T09:00:00Z")
    before = rows(book, "assignments")
    part = fold_out(page, "Take in a file")
    choose_file(part, "Choose the file", upload("starter.careerkit", send.sealed(starter, passphrase=PASSPHRASE)))
    part.get_by_placeholder("lusab-babad").fill(PASSPHRASE.replace("-", " ").upper())
    press(part, "Open it")
    expect(part.locator(".ck-preview")).to_contain_text(f"{COACH} becomes your coach here")
    expect(part.locator(".ck-preview")).to_contain_text(IMAGE)
    assert rows(book, "assignments").equals(before)
    press(part, "Take it in")
    expect(part).to_contain_text("Taken in: 1 assignment and 1 proposed skill.")
    press(part, "Add it to my skills")
    expect(part).to_contain_text("Chairing is among your skills.")
    assert rows(book, "skills").iloc[-1]["name"] == "Chairing" and len(rows(book, "assignments")) == len(before) + 1


def test_an_assignment_is_begun_and_handed_in(page: Page, book: Workbook) -> None:
    task = page.locator(".ck-task").filter(has_text="Three sponsors").first
    press(task, "I've started")
    expect(task).to_contain_text("started 12 Oct 2026")
    press(task, "Hand in")
    expect(task).to_contain_text("submitted")
    row = rows(book, "assignments").set_index("title").loc[ASSIGNMENT["title"]]
    assert (row["started_on"], row["submitted_on"]) == ("2026-10-12", "2026-10-12")


def test_what_leaves_is_what_the_preview_shows(page: Page, book: Workbook, coach) -> None:
    part = fold_out(page, "Share something")
    preview = part.locator(".ck-preview")
    expect(preview).to_contain_text("action steps: ")
    part.get_by_text("Coaching: comments").click()
    part.get_by_text("Networking: contacts").click()
    expect(preview).to_contain_text(re.compile(r"contacts: \d+ rows"))
    expect(preview).not_to_contain_text("assignments: 5")
    preview.get_by_text(re.compile(r"^contacts: \d+ rows")).click()
    expect(preview.locator("table:has(caption:text-is('contacts'))")).to_contain_text(re.compile("Person [0-9A-Z]{6}"))
    shown = preview.inner_text()
    press(part, "Write the file")
    expect(part).to_contain_text("Written. What you send cannot be called back")
    (file,) = (book.folder / "shared").iterdir()
    bundle = unpack(encryption.open_with_key(file.read_bytes(), coach.private))
    for table, part_of in bundle.parts.items():
        assert not part_of.rows or f"{table.replace('_', ' ')}: {len(part_of.rows)} row" in shown
    assert all(row["name"] in shown for row in bundle.parts["contacts"].rows.values())
    assert "Ruth Adeyemi" not in shown and bundle.recipient == COACH


def test_a_coachs_comment_comes_in_and_is_answered_beside_its_goal(
    page: Page, browser: Visit, book: Workbook, coach, running, place
) -> None:
    goal = next(row for row in rows(book, "goals").to_dict("records") if row["title"] == "Give two public talks")
    said = comment(coach.public, record_id=goal["id"], text=f"Which two? {IMAGE}", record_updated_at="2026-01-01T00:00:00Z")
    bundle = marked(coach_bundle(coach.public, said, workbook=book.settings.id, made_at="2026-10-12T10:00:00Z"), book.folder)
    part = fold_out(page, "Take in a file")
    answer = encryption.seal_to_key(pack(bundle), keys.own(place / "client").public)
    choose_file(part, "Choose the file", upload("answer.careerkit", answer))
    press(part, "Take it in")
    expect(part).to_contain_text("Taken in: 1 comment.")
    open_notebook(browser, running, "04_goals.ipynb")
    line = page.locator(".ck-form-goals .ck-record").filter(has_text="Give two public talks")
    expect(line).to_contain_text("1 open comment")
    line.get_by_role("button", name="Change").click()
    remarks = page.locator(".ck-form-goals .ck-remarks")
    expect(remarks).to_contain_text(f"Which two? {IMAGE}")
    expect(remarks).to_contain_text("about an earlier version")
    remarks.locator("textarea").fill("The meetup, and Harbour Data Days.")
    press(remarks, "Answer")
    expect(remarks).to_contain_text("The meetup, and Harbour Data Days.")
    reply = rows(book, "comments").iloc[-1]
    assert (reply["author"], reply["record_id"], reply["reply_to"]) == ("Maren Okafor", goal["id"], said["id"])
    has_no_failure(browser, book)
    assert page.locator(".jp-Notebook img").count() == 0
