"""What takes minutes begins first, so that no process is left with it at the end; one JupyterLab serves all who only use it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import Shelf, executable

from careerkit import Workbook, launch

LONG = ("test_notebooks_run", "test_use_", "test_lab_browser", "test_readme", "test_report", "test_letters", "test_launch")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next((place for place, name in enumerate(LONG) if item.path.stem.startswith(name)), len(LONG)))


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Provide one JupyterLab for all workbooks that are made on it: each start takes seconds, and each loads the libraries anew."""
    executable()
    folder = tmp_path_factory.mktemp("shelf")
    Workbook.create(folder / "first")
    with launch.lab_running(folder, notebook=f"first/{launch.START}") as server:
        yield Shelf(folder, server)
