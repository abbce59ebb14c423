"""CONTRIBUTING: the paths it names exist, its tasks are tasks, and the code it shows does what it says where it says."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
TASKS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["poe"]["tasks"]
BLOCKS = re.findall(r"```python\n# (\S+?)(?:, ([^\n]+))?\n(.*?)```", TEXT, flags=re.DOTALL)
MAP = re.findall(r"^\| `([a-z_/]+(?:\.py)?)` \| [^|]+ \|([^|]*)\|$", TEXT, flags=re.MULTILINE)


def paths() -> list[str]:
    """Return what the text names as a path from the top, but for those of the topic that it invents."""
    named = re.findall(r"`((?:careerkit|tests|notebooks|data|\.ci)/[\w/.]*)`", TEXT)
    return sorted({name for name in named if "energy" not in name})


@pytest.mark.parametrize("path", paths())
def test_every_path_exists(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize(("name", "path"), re.findall(r"`([A-Z_]{3,})` (?:in|of)\s`([\w/.]+)`", TEXT))
def test_every_name_is_in_the_file_that_it_is_said_to_be_in(name, path):
    assert re.search(rf"^{name}\b", (ROOT / path).read_text(encoding="utf-8"), flags=re.MULTILINE)


@pytest.mark.parametrize(("folder", "modules"), MAP)
def test_the_map_names_what_is_there(folder, modules):
    place = ROOT / "careerkit" / folder
    assert place.exists()
    assert [name for name in re.findall(r"`([\w/.]+)`", modules) if not (place / name).exists()] == []


def test_the_map_has_every_folder_of_the_package():
    entries = {entry.name for entry in (ROOT / "careerkit").iterdir() if not entry.name.startswith("__") and entry.suffix in ("", ".py")}
    assert entries == {folder.split("/")[0] for folder, _ in MAP}


def test_every_task_is_in_the_table_and_the_other_way_round():
    assert set(re.findall(r"^\| `(\w+)` \|", TEXT.partition("## Where things are")[0], flags=re.MULTILINE)) == set(TASKS)


def test_the_clean_machine_runs_the_same_check():
    assert "uv run --extra test poe check" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


# -- the code that it shows


@dataclass
class Planted:
    """A copy of the package with the code of CONTRIBUTING in it."""

    folder: Path

    def run(self, *command: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(self.folder)}
        done = subprocess.run([sys.executable, *command], cwd=self.folder, capture_output=True, text=True, env=environment)
        assert done.returncode == 0, done.stderr
        return done.stdout


def _position(tree: ast.Module, where: str) -> tuple[int, int]:
    """Return the line and column at which a block goes: below or in a name that is assigned, or among the imports."""
    if where == "among the imports":
        return max(node.end_lineno for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)), -1
    assigned = {target.id: node for node in ast.walk(tree) for target in _targets(node) if isinstance(target, ast.Name)}
    relation, name = where.split()
    node = assigned[name]
    if relation == "below":
        return node.end_lineno, -1
    listed = next(each for each in ast.walk(node.value) if isinstance(each, ast.Tuple | ast.Dict))
    return listed.end_lineno, listed.end_col_offset - 1


def _targets(node: ast.AST) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []


def plant(folder: Path, file: str, where: str, code: str) -> None:
    """Write a block of code where its first comment says: into a new file, at the end of one, or at a name in it."""
    path = folder / file
    path.parent.mkdir(exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if not where:
        path.write_text(f"{text}\n\n{code}" if text else code, encoding="utf-8")
        return
    line, column = _position(ast.parse(text), where)
    lines = text.splitlines(keepends=True)
    before, after = "".join(lines[:line]), "".join(lines[line:])
    if column >= 0:
        before, after = "".join(lines[: line - 1]) + lines[line - 1][:column], lines[line - 1][column:] + after
        before += "\n" if before.rstrip().endswith((",", "(", "{")) else ",\n"
    path.write_text(before + code + after, encoding="utf-8")


@pytest.fixture(scope="module")
def planted(tmp_path_factory) -> Planted:
    folder = tmp_path_factory.mktemp("planted")
    for name in ("careerkit", "notebooks", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for file, where, code in BLOCKS:
        plant(folder, file, where, code)
    made = Planted(folder)
    made.run("-m", "careerkit", "new", "book", "--example")
    return made


def test_a_field_is_in_the_csv_and_in_the_form(planted):
    code = """
from careerkit import Workbook
for wb in (Workbook.create("fresh"), Workbook.open("book")):
    wb.add("contacts", name="Ada Nowhere", pronouns="she")
    print((wb.folder / "data" / "contacts.csv").read_text(encoding="utf-8-sig").splitlines()[0])
print(wb.form("contacts").fields["pronouns"].input.description)
"""
    fresh, known, label = planted.run("-c", code).splitlines()
    assert "met_where,pronouns,cadence_days" in fresh and known.endswith(",updated_at,pronouns") and label == "Pronouns"


def test_a_measure_is_listed_with_its_formula_and_printed(planted):
    listed = json.loads(planted.run("-m", "careerkit", "measure", "--json"))
    assert next(each["formula"] for each in listed if each["measure"] == "goals.finished").endswith("the day on which each was closed.")
    rows = json.loads(planted.run("-m", "careerkit", "measure", "goals.finished", "--json", "--workbook", "book"))
    assert {row["title"]: row["closed_on"] for row in rows}["Become a senior data analyst"] == "2025-04-01"
    assert all(row["records"] == row["goal_id"] for row in rows)


def test_a_chart_is_drawn(planted):
    assert "Become a senior data analyst" in planted.run(
        "-c", "from careerkit import Workbook; print(Workbook.open('book').figure('goals.finished'))"
    )


def test_a_topic_has_a_table_and_a_form(planted):
    code = "from careerkit import Workbook; wb = Workbook.open('book'); wb.add('energy_notes', noted_on=wb.today, level=4)"
    planted.run("-c", f"{code}; print(wb.form('energy_notes').fields['level'], *wb.read('energy_notes')['level'])")
    assert (planted.folder / "book" / "data" / "energy_notes.csv").is_file()


def test_a_format_is_imported(planted):
    (planted.folder / "people.txt").write_text("Cem Elsewhere\nDora Nowhere\n", encoding="utf-8")
    shown = planted.run("-m", "careerkit", "import", "names", "people.txt", "--dry-run", "--workbook", "book")
    assert shown.startswith("people.txt: 2 new contacts, 0 unchanged.")


def test_a_section_is_in_ones_own_review_and_in_the_managers_when_it_is_chosen(planted):
    code = """
from careerkit import Workbook
wb = Workbook.open("book")
for reader, chosen in (("self", ()), ("manager", ("events",)), ("manager", ())):
    print("Northern Analytics Meetup" in str(wb.review("2025Q4", reader, chosen).events()))
"""
    assert planted.run("-c", code).split() == ["True", "True", "False"]


def test_a_section_that_says_nothing_of_coaches_is_not_in_a_clients_review(planted):
    code = """
from careerkit.coach.client_copy import Shared
from careerkit.coach.client_review import reader
sections = reader(Shared(tables={"events": ("name", "starts_on", "attended"), "achievements": ("achieved_on", "title")})).sections
print(*sections)
"""
    assert planted.run("-c", code).split() == ["wins"]


def test_what_is_added_keeps_to_the_contracts(planted):
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    planted.run("-c", command, "--no-cache")
