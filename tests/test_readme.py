"""The README: what it says to type is what works."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

import pytest
from command_line import run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, flags=re.DOTALL)


def commands() -> list[str]:
    return [line for language, block in BLOCKS if language == "sh" for line in block.strip().splitlines()]


def test_two_commands_are_all_the_set_up_and_each_is_one_line():
    start, tests = commands()[:2]
    assert start == "python -m pip install uv; python -m uv run careerkit start"
    assert tests == "python -m pip install uv; python -m uv run --extra test pytest"


def test_ci_calls_the_readmes_test_command():
    assert commands()[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    from careerkit import Workbook

    return Workbook.create(tmp_path_factory.mktemp("readme") / "my-career", example=True).folder


@pytest.mark.parametrize("line", [line for line in commands()[2:] if line.startswith("careerkit ")])
def test_each_further_command_works(line, example, tmp_path, monkeypatch):
    from careerkit import Workbook

    folder = shutil.copytree(example, tmp_path / "my-career")
    (tmp_path / "Connections.csv").write_text(
        "First Name,Last Name,Email Address,Company,Position,Connected On\nMaya,Lindt,m@example.org,Nordwind,Analyst,12 Mar 2021\n"
    )
    if line.split()[1] == "undo":
        Workbook.open(folder).add("goals", title="Learn to sail")
    monkeypatch.setenv("CAREERKIT_KEYS", str(tmp_path / "keys"))
    monkeypatch.chdir(tmp_path if "new" in line else folder)
    code, _, err = run(*shlex.split(line)[1:])
    assert code == 0, err


def test_the_command_is_a_program_of_its_own(example):
    done = subprocess.run([sys.executable, "-m", "careerkit", "check"], cwd=example, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_python_block_runs(tmp_path):
    block = next(block for language, block in BLOCKS if language == "python")
    done = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def clone(tmp_path) -> Path:
    """A copy of what git tracks, as somebody downloads it."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (tmp_path / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / "copy" / name)
    return tmp_path / "copy"


def test_the_first_command_ends_with_jupyterlab_on_a_workbook(clone):
    environment = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT")}
    # There is no browser to open here, so the address is printed.
    line = commands()[0].replace("python", sys.executable).split("; ")[1] + " --no-browser"
    server = subprocess.Popen(line.split(), cwd=clone, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
    try:
        said = ""
        for read in server.stdout:
            said += read
            if found := re.search(r"http://127\.0\.0\.1:\d+/\S+", said):
                break
        else:
            pytest.fail(said)
        with urllib.request.urlopen(found[0]) as page:
            assert page.status == 200
        assert (clone / "my-career" / "workbook.toml").is_file()
    finally:
        server.terminate()
        server.wait(30)


def test_the_wheel_makes_workbooks_as_the_checkout_does(clone, tmp_path):
    from uv import find_uv_bin

    uv = find_uv_bin()
    subprocess.run([uv, "build", "--wheel", "--out-dir", str(tmp_path / "dist"), str(clone)], check=True, capture_output=True)
    subprocess.run([uv, "venv", "--python", sys.executable, str(tmp_path / "env")], check=True, capture_output=True)
    place = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    wheel = next((tmp_path / "dist").glob("*.whl"))
    newest = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["uv"]["exclude-newer"]
    subprocess.run(
        [uv, "pip", "install", "--python", str(place / "python"), "--exclude-newer", newest, str(wheel)], check=True, capture_output=True
    )
    subprocess.run([str(place / "careerkit"), "new", "mine", "--example"], cwd=tmp_path, check=True)
    made = {path.relative_to(tmp_path / "mine").as_posix() for path in (tmp_path / "mine").rglob("*") if path.is_file()}
    assert {"workbook.toml", "notebooks/04_goals.ipynb", "notebooks/reports/quarterly_review.ipynb", "data/goals.csv"} <= made
    done = subprocess.run(
        [str(place / "careerkit"), "report", "--workbook", "mine", "--period", "2026Q3"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "Plotly.newPlot" in (tmp_path / "mine" / "reports" / "2026Q3" / "self" / "review.html").read_text(encoding="utf-8")
