"""What takes minutes begins first, so that no process is left with it at the end."""

from __future__ import annotations

import pytest

LONG = (
    "test_notebooks_run",
    "test_use_",
    "test_lab_browser",
    "test_readme",
    "test_report",
    "test_coach",
    "test_cohort",
    "test_letters",
    "test_launch",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next((place for place, name in enumerate(LONG) if item.path.stem.startswith(name)), len(LONG)))
