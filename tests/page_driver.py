"""Uses a notebook in a browser as a person does: opens it, fills a form, saves, takes back, and reads what the CSVs hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from browser import Visit
from playwright.sync_api import Locator, Page, expect

from careerkit.lab import launch
from careerkit.workbook import Workbook

IMAGE = "<img src=x onerror=alert(1)>"
FORMULA = r"$\href{javascript:alert(1)}{x}$"
LONG = "Donaudampfschifffahrt" * 12
MIXED = "مرحبا بالعالم 🎉 \u202eetirw"
HOSTILE = (IMAGE, FORMULA, LONG, MIXED)


def open_notebook(visit: Visit, server: launch.Running, name: str) -> Page:
    """Open a notebook, unless it is open already, and wait for its last chart."""
    if not (visit.page.url.startswith(server.origin) and visit.page.url.split("?")[0].endswith(name)):
        visit.page.goto(f"{server.origin}/doc/tree/notebooks/{name}?token={server.token}")
        visit.wait_until_filled(name)
        expect(visit.page.locator(".ck-nav a[aria-current]")).to_be_visible()
    return visit.page


def form(page: Page, save: str) -> Locator:
    """Return the form whose button reads so."""
    return page.locator(".ck-form").filter(has=page.get_by_role("button", name=save, exact=True))


def field(card: Locator, name: str) -> Locator:
    return card.locator(f".ck-field-{name} :is(input, select, textarea)").first


def fill(card: Locator, **values: str) -> None:
    for name, value in values.items():
        field(card, name).fill(value)


def save(card: Locator, button: str) -> None:
    card.get_by_role("button", name=button, exact=True).click()


def clear(card: Locator) -> None:
    """Empty the form and wait until it is: what is typed before would be emptied too."""
    save(card, "Clear")
    expect(card.locator(".ck-said")).to_have_text("")
    for name in ("title", "deadline"):
        expect(field(card, name)).to_have_value("")


def undo(card: Locator) -> None:
    card.get_by_role("button", name="Undo", exact=True).click()
    expect(card.locator(".ck-said")).not_to_contain_text("Saved")


def saved(card: Locator) -> None:
    expect(card.locator(".ck-said")).to_have_text("Saved a moment ago.")


def pick(card: Locator, typed: str, name: str) -> None:
    """Type part of a name, see it offered, press Enter."""
    box = field(card, "contact_ids")
    box.press_sequentially(typed)
    card.get_by_role("button", name=name, exact=True).wait_for()
    box.press("Enter")
    card.locator(".ck-chosen").filter(has_text=name).wait_for()
    expect(box).to_have_value("")


def rows(book: Workbook, table: str) -> pd.DataFrame:
    """Return what is in the file."""
    return pd.read_csv(book.folder / "data" / f"{table}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")


def fingerprints(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((folder / "data").glob("*.csv"))}


def eventually(page: Page, true: Callable[[], bool]) -> None:
    """Wait until something becomes so, while the page goes on."""
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(100)
    pytest.fail("It did not become so within ten seconds.")


def drawn_charts(page: Page) -> int:
    return page.locator(".js-plotly-plot:has(.main-svg .trace)").count()
