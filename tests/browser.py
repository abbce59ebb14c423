"""A headless browser for tests: every request's address and every error on the console are recorded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect, sync_playwright

# On two busy cores a save takes a while to be seen; what never comes fails all the same.
expect.set_options(timeout=60_000)
NAMES = ("chromium", "chromium-browser", "google-chrome")
# A test machine has no screen and may run as root; and the browser itself must ask the network for nothing.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# What anywidget says of a page that took over two seconds. That ours hears its kernel all the same has a test of its own.
TOO_SLOW = "[anywidget] Failed to initialize model."


@dataclass
class Visit:
    """A page, and what happened on it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def outside(self) -> list[str]:
        """Return the addresses asked for that are not on this machine."""
        return [url for url in self.requests if _leaves(url)]

    def open(self, address: str) -> None:
        """Open a notebook and wait until all of its cells have run."""
        self.page.goto(address)
        self.wait_until_filled()

    def wait_until_filled(self, notebook: str = "") -> None:
        """Wait until the notebook in front (whose address ends so) has run, and fail with its text when a cell failed."""
        self.page.wait_for_function(
            "end => location.pathname.endsWith(end) && ['ready', 'failed'].includes(document.body?.dataset.careerkit)",
            arg=notebook,
            timeout=180_000,
        )
        assert self.page.evaluate("document.body.dataset.careerkit") == "ready", self.page.inner_text("body")

    def picture(self, path: str) -> None:
        """Store what is on screen."""
        self.page.screenshot(path=path)


def _leaves(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in {"127.0.0.1", "localhost"}


def executable() -> str:
    """Return the path of an installed browser, or skip the test with the reason.

    Where CAREERKIT_BROWSER_REQUIRED is 1, no browser is a failure.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing = pytest.fail if os.environ.get("CAREERKIT_BROWSER_REQUIRED") == "1" else pytest.skip
        missing(f"no browser is installed: looked for {', '.join(NAMES)}")
    return found


@contextmanager
def visiting(width: int = 1280, height: int = 900) -> Iterator[Visit]:
    """Open a browser with an empty page for as long as the block lasts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(60_000)
        visit = Visit(page)
        page.on("request", lambda request: visit.requests.append(request.url))
        page.on("websocket", lambda socket: visit.requests.append(socket.url))
        page.on("console", lambda message: visit.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: visit.errors.append(str(error)) if str(error) != TOO_SLOW else None)
        yield visit
        browser.close()
