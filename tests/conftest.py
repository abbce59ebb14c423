"""What takes minutes begins first, so that no process is left with it at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        file = item.path.relative_to(TESTS).as_posix() if item.path.is_relative_to(TESTS) else ""
        return next((place for place, name in enumerate(LONG) if file.startswith(name)), len(LONG))

    items.sort(key=place)
