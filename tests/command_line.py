"""The command line as a person uses it: type a command, and read its exit code and what it prints."""

from __future__ import annotations

from click.testing import CliRunner

from careerkit.cli.main import main
from careerkit.coach import Practice
from careerkit.workbook import Workbook


def run(*words: str, typed: str = "") -> tuple[int, str, str]:
    """Return a command's exit code, what it prints and its errors; ``typed`` answers its questions."""
    done = CliRunner().invoke(main, list(words), input=typed)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def run_in(place: Workbook | Practice, *words: str, typed: str = "") -> tuple[int, str, str]:
    """Return the same of a command in a workbook or a practice."""
    return run(*words, "--practice" if isinstance(place, Practice) else "--workbook", str(place.folder), typed=typed)
