"""The notebooks as they are shipped: short code, known tags, no outputs, a question first and the next step last."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from careerkit.notebook.guides import NOTEBOOKS
from careerkit.store import packaged

FOLDER = packaged.path("notebooks")
ALL = sorted(FOLDER.rglob("*.ipynb"))
EXERCISES = FOLDER / "exercises.ipynb"
GUIDED = [*(FOLDER / name for name, _, _ in NOTEBOOKS), EXERCISES]
TAGS = {"setup", "form", "chart", "table", "say", "section", "parameters", "hide-input"}


def ids(path: Path) -> str:
    return path.stem


@pytest.fixture(params=ALL, ids=ids)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_a_notebook_is_stored_without_outputs(notebook):
    assert all(not cell.outputs and cell.execution_count is None for cell in code(notebook))


def test_every_code_cell_has_tags_of_the_vocabulary(notebook):
    assert all(cell.metadata.get("tags") and set(cell.metadata["tags"]) <= TAGS for cell in code(notebook))


def test_after_the_set_up_a_code_cell_is_one_call(notebook):
    calls = [cell.source for cell in code(notebook) if not {"setup", "parameters"} & set(cell.metadata["tags"])]
    assert calls and all(len(source.splitlines()) == 1 and source.endswith(")") for source in calls)


@pytest.mark.parametrize("path", GUIDED, ids=ids)
def test_a_guided_notebook_opens_with_a_question_and_what_one_will_see(path):
    first = nbformat.read(path, as_version=4).cells[0].source
    assert first.startswith("# ") and first.splitlines()[0].endswith("?")
    assert all(row in first for row in ("| You will answer |", "| Takes |", "| You will see |"))


@pytest.mark.parametrize("path", GUIDED, ids=ids)
def test_a_guided_notebook_says_what_comes_next(path):
    assert "Next:" in nbformat.read(path, as_version=4).cells[-1].source


def test_pitfalls_are_named_once_in_the_introduction():
    said = [path.stem for path in GUIDED if "pitfall" in path.read_text(encoding="utf-8").lower()]
    assert said == ["00_start_here"]
