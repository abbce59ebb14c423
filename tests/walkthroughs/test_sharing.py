"""Working with a coach in the browser: a starter taken in, a skill accepted, a part shared after a look, a comment answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Visit, executable, visiting
from hostile_bundles import coach_bundle, comment, marked
from page_driver import IMAGE, rows, save
from playwright.sync_api import Locator, Page, expect

from careerkit import Workbook
from careerkit.lab import launch
from careerkit.sharing import encryption, keys, send
from careerkit.sharing.bundle import pack
from careerkit.sharing.unpack import unpack

COACH, SPOKEN = "Ines Valdivia", "lusab-babad-gutih-tugad-mavol"
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
def browser(place: Path) -> Iterator[Visit]:
    with visiting() as opened:
        # After each save the page of Start here reckons all its figures anew.
        yield opened


@pytest.fixture(scope="module")
def running(book: Workbook, place: Path) -> Iterator[launch.Running]:
    executable()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CAREERKIT_KEYS", str(place / "client"))
        with launch.lab_running(book.folder) as server:
            yield server


@pytest.fixture(scope="module")
def page(browser: Visit, running: launch.Running) -> Page:
    browser.page.goto(f"{running.origin}/doc/tree/notebooks/00_start_here.ipynb?token={running.token}")
    browser.wait_until_filled("00_start_here.ipynb")
    return browser.page


def fold(page: Page, title: str) -> Locator:
    """Unfold a form, and return the part of the page in which it stands."""
    part = page.locator(".ck-coach .jupyter-widget-Collapse").filter(has=page.get_by_text(title, exact=True))
    part.locator(".jupyter-widget-Collapse-header").click()
    return part


def give(part: Locator, name: str, content: bytes) -> None:
    """Choose a file, as a person does in the window that the system opens."""
    with part.page.expect_file_chooser() as asked:
        part.get_by_role("button", name="Choose the file").click()
    asked.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def test_a_starter_is_previewed_with_its_passphrase_taken_in_and_its_skill_accepted(page: Page, book: Workbook, coach) -> None:
    starter = send.starter(COACH, coach.public, {"assignments": [ASSIGNMENT], "skills": [SKILL]}, "2026-10-12T09:00:00Z")
    before = rows(book, "assignments")
    part = fold(page, "Take in a file")
    give(part, "starter.careerkit", send.sealed(starter, passphrase=SPOKEN))
    part.get_by_placeholder("lusab-babad").fill(SPOKEN.replace("-", " ").upper())
    save(part, "Open it")
    expect(part.locator(".ck-preview")).to_contain_text(f"{COACH} becomes your coach here")
    expect(part.locator(".ck-preview")).to_contain_text(IMAGE)
    assert rows(book, "assignments").equals(before)
    save(part, "Take it in")
    expect(part).to_contain_text("Taken in: 1 assignment and 1 proposed skill.")
    save(part, "Take it among my skills")
    expect(part).to_contain_text("Chairing is among your skills.")
    assert rows(book, "skills").iloc[-1]["name"] == "Chairing" and len(rows(book, "assignments")) == len(before) + 1


def test_an_assignment_is_begun_and_handed_in(page: Page, book: Workbook) -> None:
    task = page.locator(".ck-task").filter(has_text="Three sponsors").first
    save(task, "I have begun")
    expect(task).to_contain_text("begun 12 Oct 2026")
    save(task, "Hand in")
    expect(task).to_contain_text("submitted")
    row = rows(book, "assignments").set_index("title").loc[ASSIGNMENT["title"]]
    assert (row["started_on"], row["submitted_on"]) == ("2026-10-12", "2026-10-12")


def test_what_leaves_is_what_the_preview_shows(page: Page, book: Workbook, coach) -> None:
    part = fold(page, "Share something")
    preview = part.locator(".ck-preview")
    expect(preview).to_contain_text("action steps: ")
    part.get_by_text("Coaching: comments").click()
    part.get_by_text("Networking: contacts").click()
    expect(preview).to_contain_text(re.compile(r"contacts: \d+ rows"))
    expect(preview).not_to_contain_text("assignments: 5")
    preview.get_by_text(re.compile(r"^contacts: \d+ rows")).click()
    expect(preview.locator("table:has(caption:text-is('contacts'))")).to_contain_text(re.compile("Person [0-9A-Z]{6}"))
    shown = preview.inner_text()
    save(part, "Write the file")
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
    part = fold(page, "Take in a file")
    give(part, "answer.careerkit", encryption.seal_to_key(pack(bundle), keys.own(place / "client").public))
    save(part, "Take it in")
    expect(part).to_contain_text("Taken in: 1 comment.")
    page.goto(f"{running.origin}/doc/tree/notebooks/04_goals.ipynb?token={running.token}")
    browser.wait_until_filled("04_goals.ipynb")
    line = page.locator(".ck-form-goals .ck-record").filter(has_text="Give two public talks")
    expect(line).to_contain_text("1 open comment")
    line.get_by_role("button", name="Change").click()
    remarks = page.locator(".ck-form-goals .ck-remarks")
    expect(remarks).to_contain_text(f"Which two? {IMAGE}")
    expect(remarks).to_contain_text("about an earlier version")
    remarks.locator("textarea").fill("The meetup, and Harbour Data Days.")
    save(remarks, "Answer")
    expect(remarks).to_contain_text("The meetup, and Harbour Data Days.")
    answer = rows(book, "comments").iloc[-1]
    assert (answer["author"], answer["record_id"], answer["reply_to"]) == ("Maren Okafor", goal["id"], said["id"])
    assert browser.errors == [] and browser.outside() == []
    assert page.locator(".jp-Notebook img").count() == 0 and not (book.folder / ".careerkit" / "errors.log").exists()
