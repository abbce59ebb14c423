"""The house: its folders, the order in which they import each other, and what importing the package costs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import careerkit
from careerkit import topics

PACKAGE = Path(careerkit.__file__).parent
ROOT = PACKAGE.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
ORDER = "errors → records → look | lab → store → topics → sharing → review → exchange → notebook → workbook → coach → cli"
# A file, an import that it must not have, and the contract that says so.
PLANTED = (
    ("store/store.py", "from careerkit.topics import RECORDS", 0),
    ("look/words.py", "from careerkit.lab import kernels", 0),
    ("records/fields.py", "def late():\n    from careerkit.workbook import Workbook", 0),
    ("records/fields.py", "from careerkit.records.form_plan import FormPlan", 1),
    ("topics/goals/plan.py", "from careerkit.topics.brand.measures import wins", 2),
    ("topics/attention/measures.py", "from careerkit.topics.goals.charts import timeline", 3),
)


def linted(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts on the package in a folder."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_every_import_keeps_to_the_contracts():
    """The order of folders, no loops, and what a topic may take from another, as pyproject.toml has them."""
    done = linted(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"), PLANTED, ids=[f"{file}: {line.splitlines()[-1].strip()}" for file, line, _ in PLANTED]
)
def test_a_wrong_import_breaks_its_contract(tmp_path, file, line, contract):
    """Also one inside a function."""
    shutil.copytree(PACKAGE, tmp_path / "careerkit", ignore=shutil.ignore_patterns("__pycache__", "lab*ions", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "careerkit" / file).open("a", encoding="utf-8") as planted:
        planted.write(f"\n\n{line}\n")
    done = linted(tmp_path)
    assert done.returncode == 1, done.stdout
    assert f"{CONTRACTS[contract]['name']} BROKEN" in " ".join(done.stdout.split())


def test_the_order_is_one_line_that_is_the_same_everywhere():
    """README, CONTRIBUTING and the contract say the same."""
    layers = [layer for layer in reversed(CONTRACTS[0]["layers"]) if layer != "__main__"]
    assert " → ".join(layers) == ORDER
    for file in ("README.md", ".github/CONTRIBUTING.md"):
        assert ORDER in (ROOT / file).read_text(encoding="utf-8"), file


def test_the_house_has_thirteen_entries_at_most():
    entries = {entry.name for entry in PACKAGE.iterdir() if not entry.name.startswith("__") and entry.suffix in ("", ".py")}
    assert entries <= set(re.findall(r"[a-z]+", ORDER)) | {f"{name}.py" for name in ("errors", "workbook")}
    assert len(entries) <= 13


@pytest.mark.parametrize("topic", topics.TOPICS)
def test_a_topic_is_a_folder_that_says_what_it_is(topic):
    folder = PACKAGE / "topics" / topic
    assert (folder / "__init__.py").read_text(encoding="utf-8").startswith('"""')


def test_every_test_is_in_the_folder_it_is_about():
    """The folders of tests are those of the package, beside walks through the whole product and the example."""
    folders = {file.relative_to(ROOT / "tests").parts[0] for file in (ROOT / "tests").rglob("test_*.py") if file.parent != ROOT / "tests"}
    beside = {"walkthroughs", "example", "before_the_house"}
    assert folders - beside <= {entry.name for entry in PACKAGE.iterdir()}


def test_store_sharing_and_launch_stay_under_a_third_of_the_package():
    lines = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in PACKAGE.rglob("*.py")}
    machinery = sum(
        count for file, count in lines.items() if file.relative_to(PACKAGE).parts[0] in ("store", "sharing") or file.stem == "launch"
    )
    assert machinery < sum(lines.values()) / 3


def test_few_names_are_exported():
    assert sorted(careerkit.__all__) == ["CareerkitError", "Problem", "Workbook"]


def test_importing_loads_no_charts_no_forms_and_no_papermill():
    code = "import sys; from careerkit import Workbook; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"plotly", "ipywidgets", "papermill", "jupyterlab"}.isdisjoint(loaded) and "pandas" in loaded
