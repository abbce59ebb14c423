"""A notebook in a browser, used as a person uses it: open it, fill a form in, save, undo, and read what the CSVs hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from browser import Visit
from playwright.sync_api import FilePayload, Locator, Page, expect

from careerkit.coach.practice_folder import PracticeFolder
from careerkit.lab import launch
from careerkit.workbook import Workbook

IMAGE = "<img src=x onerror=alert(1)>"
FORMULA = r"$\href{javascript:alert(1)}{x}$"
LONG = "Donaudampfschifffahrt" * 12
MIXED = "مرحبا بالعالم 🎉 \u202eetirw"
HOSTILE = (IMAGE, FORMULA, LONG, MIXED)


def open_notebook(visit: Visit, server: launch.Server, name: str) -> Page:
    """Open a notebook, unless it is open already, and wait until its cells have run."""
    if not (visit.page.url.startswith(server.origin) and visit.page.url.split("?")[0].endswith(name)):
        visit.page.goto(f"{server.origin}/doc/tree/notebooks/{name}?token={server.token}")
        visit.wait_until_filled(name)
        expect(visit.page.locator(".ck-nav a[aria-current]")).to_be_visible()
    return visit.page


def form(page: Page, save: str) -> Locator:
    """Return the form that has a button with this label."""
    return page.locator(".ck-form").filter(has=page.get_by_role("button", name=save, exact=True))


def field(card: Locator, name: str) -> Locator:
    return card.locator(f".ck-field-{name} :is(input, select, textarea)").first


def fill(card: Locator, **values: str) -> None:
    for name, value in values.items():
        field(card, name).fill(value)


def press(card: Locator, button: str) -> None:
    card.get_by_role("button", name=button, exact=True).click()


def clear(card: Locator) -> None:
    """Empty the form, and wait for it: what is typed too soon would be emptied too."""
    press(card, "Clear")
    expect(card.locator(".ck-said")).to_have_text("")
    for name in ("title", "deadline"):
        expect(field(card, name)).to_have_value("")


def undo(card: Locator) -> None:
    press(card, "Undo")
    expect(card.locator(".ck-said")).not_to_contain_text("Saved")


def expect_saved(card: Locator) -> None:
    expect(card.locator(".ck-said")).to_have_text("Saved a moment ago.")


def pick(card: Locator, typed: str, name: str) -> None:
    """Type part of a name, wait until it is offered, and press Enter."""
    box = field(card, "contact_ids")
    box.press_sequentially(typed)
    card.get_by_role("button", name=name, exact=True).wait_for()
    box.press("Enter")
    card.locator(".ck-chosen").filter(has_text=name).wait_for()
    expect(box).to_have_value("")


def fold_out(page: Page, title: str) -> Locator:
    """Unfold a section about the coach, and return it."""
    section = page.locator(".ck-coach .jupyter-widget-Collapse").filter(has=page.get_by_text(title, exact=True))
    section.locator(".jupyter-widget-Collapse-header").click()
    return section


def choose_file(card: Locator, button: str, file: Path | FilePayload) -> None:
    """Choose a file, as a person does in the window that the system opens."""
    with card.page.expect_file_chooser() as chooser:
        card.get_by_role("button", name=button).click()
    chooser.value.set_files(file)


def rows(book: Workbook, table: str) -> pd.DataFrame:
    """Return what the table's CSV holds."""
    return pd.read_csv(book.folder / "data" / f"{table}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")


def fingerprints(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((folder / "data").glob("*.csv"))}


def eventually(page: Page, true: Callable[[], bool]) -> None:
    """Wait until a condition holds, while the page goes on."""
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(100)
    pytest.fail("The condition did not hold within ten seconds.")


def drawn_charts(page: Page) -> int:
    return page.locator(".js-plotly-plot:has(.main-svg .trace)").count()


def has_no_failure(visit: Visit, place: PracticeFolder | Workbook) -> None:
    """Check that no cell and no callback failed, and that nothing outside of this machine was asked."""
    assert visit.page.locator("[data-mime-type*=stderr], [data-mime-type*=error]").count() == 0
    assert visit.errors == []
    assert visit.outside() == []
    assert not (place.folder / ".careerkit" / "errors.log").exists()


def is_plain_text(page: Page) -> None:
    """Check that nothing typed became markup, a formula or a link that runs code, and that it fits into the window."""
    assert page.locator(".jp-Notebook :is(img, mjx-container, .MathJax, a[href^=javascript])").count() == 0
    assert page.evaluate("document.querySelector('.jp-Notebook').scrollWidth <= innerWidth")
