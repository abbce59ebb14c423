"""Types a command, and reads what it says."""

from __future__ import annotations

from click.testing import CliRunner

from careerkit.cli.main import main


def run(*words: str, said: str = "") -> tuple[int, str, str]:
    done = CliRunner().invoke(main, list(words), input=said)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr
