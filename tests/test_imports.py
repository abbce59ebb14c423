"""The house: imports point one way, and the package stays what it says it is."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import careerkit
from careerkit import topics

PACKAGE = Path(careerkit.__file__).parent

# Each may import only those above it, imports inside functions included. Modules on one line do not know each other,
# but those inside one room (a topic, the exchange) may.
ORDER = (
    ("errors",),
    ("kinds",),
    ("record",),
    ("look", "markdown", "landmarks", "printing"),
    ("settings", "shipped", "standalone", "pasting"),
    ("letters", "stages"),
    ("sheet", "meanings", "own_form"),
    ("dialect", "cells"),
    ("excel",),
    ("table_file",),
    ("journal", "data_folder", "merging"),
    ("conflict_copies", "backups", "compaction", "outside", "changes", "lineage"),
    ("saving",),
    ("inspection",),
    ("store",),
    ("mending", "restoring"),
    ("topics",),
    ("naming", "questions", "unsaid"),
    ("audience", "shelf"),
    ("schedule", "catalogue"),
    ("reviewing",),
    ("parts",),
    ("fields", "remarks"),
    ("forms",),
    ("live", "choosing", "asking", "copying", "following", "intake", "keeping", "pages", "rating"),
    ("comparing",),
    ("kernels",),
    ("execution",),
    ("report",),
    ("exchange", "sharing"),
    ("unnaming",),
    ("forgetting",),
    ("bragging",),
    ("spanning",),
    ("appraising", "looking_back", "assigned", "taking", "handing", "sessions"),
    ("with_coach",),
    ("making",),
    ("folder", "on_page", "watching"),
    ("upgrading",),
    ("workbook",),
    ("coach",),
    ("cohort",),
    ("launch", "cli_options"),
    ("cli_coach",),
    ("cli_sharing",),
    ("cli",),
    ("__main__",),
)
# The workbook hands files to the exchange, which the design lists below it; it is found late and by name.
LATE = {("workbook", "exchange")}
PLACE = {name: place for place, names in enumerate(ORDER) for name in names}


@cache
def rooms() -> dict[str, set[str]]:
    """Return which rooms of the house each room imports."""
    found: dict[str, set[str]] = {}
    for file in PACKAGE.rglob("*.py"):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        if parts == ("__init__",):
            continue
        found.setdefault(parts[0], set()).update(_imported(file))
    return found


def _imported(file: Path) -> set[str]:
    named = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "careerkit":
            rest = node.module.split(".")[1:]
            named |= {rest[0]} if rest else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            named |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("careerkit.")}
    return {name for name in named if name in PLACE or (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()}


def test_every_module_has_its_place_in_the_house():
    assert set(rooms()) - {"shipped_files"} <= set(PLACE)


@pytest.mark.parametrize("room", sorted(rooms()))
def test_a_module_imports_only_from_those_above_it(room):
    below = {other for other in rooms()[room] - {room} if PLACE[other] >= PLACE[room]}
    assert not {other for other in below if (room, other) not in LATE}


@pytest.mark.parametrize("topic", topics.TOPICS)
def test_a_topic_is_a_folder_with_its_records(topic):
    folder = PACKAGE / "topics" / topic
    assert (folder / "__init__.py").read_text(encoding="utf-8").startswith('"""')


def test_store_sharing_and_launch_stay_under_a_third_of_the_package():
    lines = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in PACKAGE.rglob("*.py")}
    keeping = {
        "store", "changes", "data_folder", "journal", "table_file", "saving", "outside", "inspection", "mending", "restoring", "backups",
        "compaction", "conflict_copies", "merging", "lineage",
    }  # fmt: skip
    machinery = sum(count for file, count in lines.items() if file.stem in keeping | {"launch"} or file.parent.name == "sharing")
    assert machinery < sum(lines.values()) / 3


def test_few_names_are_exported():
    assert sorted(careerkit.__all__) == ["CareerkitError", "Problem", "Workbook"]


def test_importing_loads_no_charts_no_forms_and_no_papermill():
    code = "import sys; from careerkit import Workbook; print([m for m in ('plotly', 'ipywidgets', 'papermill', 'jupyterlab') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
