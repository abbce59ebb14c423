"""How all tests are run: what takes minutes begins first, and what needs a browser has a mark."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
# What takes minutes, so that no process is left with it at the end; folders, and beginnings of files' names.
LONG = (
    "notebook/test_notebooks_run",
    "walkthroughs",
    "lab/test_lab_browser",
    "test_readme",
    "review/report/test_report",
    "coach",
    "notebook/widgets/test_letter",
    "lab/test_launch",
)
IN_A_BROWSER = ("walkthroughs", "lab/test_lab_browser", "review/report/test_report_browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _file(item).startswith(IN_A_BROWSER):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: next((place for place, name in enumerate(LONG) if _file(item).startswith(name)), len(LONG)))


def _file(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).as_posix() if item.path.is_relative_to(TESTS) else ""
