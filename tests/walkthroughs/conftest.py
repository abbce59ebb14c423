"""What every walk through the notebooks begins with: a browser, the example's workbook, and JupyterLab running on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import Visit, visiting
from page_driver import open_notebook
from playwright.sync_api import Dialog, Page

from careerkit import Workbook
from careerkit.lab import launch
from careerkit.store import layout


@pytest.fixture(scope="module")
def browser() -> Iterator[Visit]:
    with visiting() as visit:
        yield visit


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return Workbook.create(tmp_path_factory.mktemp("example") / "career", example=True)


@pytest.fixture(scope="module")
def running(browser: Visit, book: Workbook) -> Iterator[launch.Server]:
    with launch.lab_server(book.folder, book.folder / layout.LAB) as server:
        yield server


@pytest.fixture(scope="module")
def page(browser: Visit, running: launch.Server, request: pytest.FixtureRequest) -> Page:
    """Provide the notebook that a file of walks is about, its ``NOTEBOOK``, opened once."""
    return open_notebook(browser, running, request.module.NOTEBOOK)


@pytest.fixture
def dialogs(browser: Visit) -> Iterator[list[str]]:
    """Provide what dialogs said while another workbook is looked at, which begins and ends on an empty page."""
    messages: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        messages.append(dialog.message)
        dialog.dismiss()

    browser.page.on("dialog", dismiss)
    browser.page.goto("about:blank")
    # The server before this one may be closed already, and its page said so.
    browser.errors.clear()
    yield messages
    browser.page.goto("about:blank")
    browser.page.remove_listener("dialog", dismiss)
