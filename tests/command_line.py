"""The command line as a person uses it: type a command, and read its exit code and what it prints."""

from __future__ import annotations

from click.testing import CliRunner, Result

from careerkit import Workbook
from careerkit.cli.main import main


def run(*words: str, typed: str = "") -> tuple[int, str, str]:
    """Return the exit code of a command, and what it printed on both streams; ``typed`` answers its questions."""
    done = _done(words, typed)
    return done.exit_code, done.stdout, done.stderr


def run_in(book: Workbook, *words: str, typed: str = "") -> tuple[int, str]:
    """Return the exit code of a command in a workbook, and all it printed."""
    done = _done((*words, "--workbook", str(book.folder)), typed)
    return done.exit_code, done.output


def _done(words: tuple[str, ...], typed: str) -> Result:
    done = CliRunner().invoke(main, list(words), input=typed)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done
