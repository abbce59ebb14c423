"""A full round between a coach and a client in the browser, on three folders with keys of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser import Visit
from page_driver import IMAGE, choose_file, fill, fold_out, form, has_no_failure, open_notebook, press, rows
from playwright.sync_api import expect
from practice_round import COACH, keys_of

from careerkit import Workbook
from careerkit.coach import Practice
from careerkit.lab import launch
from careerkit.store import layout

NAME = f"Lena Vogt {IMAGE}"
TASK = f"Three sponsors {IMAGE}"
ASKED = "Who loses if this succeeds?"


@contextmanager
def lab_of(folder: Path, keys: Path, first: str) -> Iterator[launch.Server]:
    """Run JupyterLab as somebody with keys of their own."""
    with keys_of(keys), launch.lab_server(folder, folder / layout.LAB, notebook=first) as server:
        yield server


def test_a_coach_assigns_a_client_works_and_shares_the_coach_comments_and_the_client_sees_it_and_is_done(
    browser: Visit, tmp_path: Path
) -> None:
    practice = Practice.create(tmp_path / "practice")
    book = Workbook.create(tmp_path / "career", owner=NAME)
    goal = book.add("goals", title="Find a sponsor")
    coach, client = tmp_path / "coach-keys", tmp_path / "client-keys"

    with (
        lab_of(practice.folder, coach, "notebooks/coach/01_prepare.ipynb") as at_coach,
        lab_of(book.folder, client, "notebooks/00_start_here.ipynb") as at_client,
    ):
        # The coach assigns.
        page = open_notebook(browser, at_coach, "coach/01_prepare.ipynb")
        page.get_by_label("Your name, as your clients know you").fill(COACH)
        page.locator(".ck-form").filter(has_text="Your name, as your clients").get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".ck-form").filter(has_text="Your key is in")).to_be_visible()
        part = form(page, "Save part")
        fill(part, programme="Beginning", title=TASK, due="week 2")
        press(part, "Save part")
        giving = form(page, "Make the files")
        giving.get_by_placeholder("Lena Vogt").fill(NAME)
        press(giving, "Make the files")
        made = giving.locator("table:has(caption:text-is('Files to send')) tbody td")
        expect(made).to_have_count(3)
        starter, spoken = practice.folder / made.nth(1).inner_text(), made.nth(2).inner_text()

        # The client takes it in, works, and shares.
        page = open_notebook(browser, at_client, "00_start_here.ipynb")
        taking = fold_out(page, "Take in a file")
        choose_file(taking, "Choose the file", starter)
        taking.get_by_placeholder("lusab-babad").fill(spoken)
        press(taking, "Open it")
        expect(taking.locator(".ck-preview")).to_contain_text(f"{COACH} becomes your coach here")
        press(taking, "Take it in")
        expect(taking).to_contain_text("Taken in: 1 assignment.")
        task = page.locator(".ck-task").filter(has_text=TASK).first
        press(task, "Hand in")
        expect(task).to_contain_text("submitted")
        sharing = fold_out(page, "Share something")
        press(sharing, "Write the file")
        expect(sharing).to_contain_text("in your workbook.")
        (sent,) = (book.folder / "shared").iterdir()

        # The coach receives, reads, and comments.
        page = open_notebook(browser, at_coach, "coach/02_roster.ipynb")
        inbox = page.locator(".ck-form").filter(has=page.get_by_role("button", name=re.compile("Add files")))
        choose_file(inbox, "Add files", sent)
        press(inbox, "Receive them all")
        expect(inbox).to_contain_text(f"{NAME}, a new client")
        everybody = page.locator("table:has(caption:text-is('All clients')) tbody tr")
        expect(everybody).to_have_count(1)
        expect(everybody).to_contain_text("1 submitted")
        page = open_notebook(browser, at_coach, "coach/03_session.ipynb")
        expect(page.locator("table:has(caption:text-is('Assignments that are open'))")).to_contain_text(TASK)
        talking = form(page, "Write the comment")
        talking.get_by_label("Your comment").fill(ASKED)
        press(talking, "Write the comment")
        expect(page.locator(".ck-form").filter(has_text=f"waits for {NAME}")).to_contain_text(ASKED)
        sending = page.locator(".ck-form").filter(has_text="not one row of")
        sending.get_by_role("button", name=re.compile("Make the file for")).click()
        answer = sending.locator("table:has(caption:text-is('Files to send')) tbody td").nth(1)
        expect(answer).to_contain_text("outbox/")
        answered = practice.folder / answer.inner_text()

        # The client sees the comment beside the record, and marks the assignment done.
        page = open_notebook(browser, at_client, "00_start_here.ipynb")
        taking = fold_out(page, "Take in a file")
        choose_file(taking, "Choose the file", answered)
        press(taking, "Take it in")
        expect(taking).to_contain_text("Taken in: 1 comment.")
        press(page.locator(".ck-task").filter(has_text=TASK).first, "It is done")
        expect(page.locator(".ck-coach")).to_contain_text("1 assignment done so far.")
        page = open_notebook(browser, at_client, "04_goals.ipynb")
        line = page.locator(".ck-form-goals .ck-record").filter(has_text="Find a sponsor")
        expect(line).to_contain_text("1 open comment")
        line.get_by_role("button", name="Change").click()
        expect(page.locator(".ck-form-goals .ck-remarks")).to_contain_text(ASKED)
        assert page.locator(".jp-Notebook img").count() == 0
        for place in (practice, book):
            has_no_failure(browser, place)

    (said,) = rows(book, "comments").to_dict("records")
    (task_row,) = rows(book, "assignments").to_dict("records")
    assert (said["author"], said["record_id"], said["text"]) == (COACH, goal, ASKED)
    assert task_row["submitted_on"] and task_row["done_on"] and task_row["due_on"]
    assert not [file for file in book.folder.rglob("*") if b"AGE-SECRET" in (file.read_bytes() if file.is_file() else b"")]
