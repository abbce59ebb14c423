"""The command line: words in, Workbook calls, sentences out. Here is the group of all commands, and those that open a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

import careerkit
from careerkit.cli import coach, maintenance, records, sharing
from careerkit.cli.options import EXAMPLE, NO_BROWSER, OWNER, PORT, PRACTICE, WORKBOOK
from careerkit.errors import CareerkitError


class SentenceErrors(click.Group):
    """A group whose known failures are one sentence on standard error, and exit 1."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except CareerkitError as error:
            if context.params.get("debug"):
                raise
            # The sentence may quote its problems; those that it doesn't are listed below it.
            problems = [f"  {problem}" for problem in error.problems if problem.message not in str(error)]
            click.echo("\n".join([str(error), *problems]), err=True)
            context.exit(1)


@click.group(cls=SentenceErrors, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--debug", is_flag=True, help="Show where in the program a failure happened.")
@click.version_option(package_name="careerkit")
def main(debug: bool) -> None:
    """A career workbook in Jupyter: records you own, and a review that tells the truth."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console in another code page would stop at the first name with an accent.
        stream.reconfigure(errors="replace") if hasattr(stream, "reconfigure") else None


@main.command()
@click.argument("folder", default="my-career", metavar="[DIR]")
@EXAMPLE
@OWNER
@NO_BROWSER
@PORT
def start(folder: str, example: bool, owner: str, **options: Any) -> None:
    """Make the workbook if there is none yet, and open JupyterLab on it."""
    from careerkit.store.workbook_folder import SETTINGS_FILE

    if not (Path(folder).expanduser() / SETTINGS_FILE).is_file():
        book = careerkit.Workbook.create(folder, owner=owner, example=example)
        click.echo(f"Made a workbook in {book.folder}.")
    _open("lab", folder, **options)


@main.command()
@click.argument("folder", metavar="DIR")
@OWNER
@EXAMPLE
def new(folder: str, owner: str, example: bool) -> None:
    """Make a workbook in a new or empty folder."""
    book = careerkit.Workbook.create(folder, owner=owner, example=example)
    click.echo(f"Made a workbook in {book.folder}. Open it with: careerkit lab --workbook {folder}")


@main.command()
@WORKBOOK
@PRACTICE
@NO_BROWSER
@PORT
def lab(**options: Any) -> None:
    """Open JupyterLab on the workbook, or on a coach's practice, which is made if there is none yet."""
    _open("lab", **options)


@main.command()
@WORKBOOK
@PRACTICE
@NO_BROWSER
@PORT
def app(**options: Any) -> None:
    """Open the workbook, or a coach's practice, as an app, without JupyterLab around it."""
    _open("app", **options)


def _open(view: str, folder: str | None, no_browser: bool, port: int | None, practice: str | None = None) -> None:
    from careerkit.lab import launch
    from careerkit.store import layout
    from careerkit.store.workbook_folder import find

    # A workbook begins with its own first page.
    place, notebook = _practice_and_notebook(practice) if practice else (find(folder), None)
    serve = {"lab": launch.lab, "app": launch.app}[view]
    sys.exit(serve(place, place / layout.LAB, notebook=notebook, port=port, browser=not no_browser))


def _practice_and_notebook(folder: str) -> tuple[Path, str]:
    from careerkit.coach.practice import FILE, open_or_new

    is_new = not (Path(folder).expanduser() / FILE).is_file()
    practice = open_or_new(folder)
    if is_new:
        click.echo(f"Made a practice in {practice.folder}.")
    return practice.folder, practice.start


for command in (*records.COMMANDS, *maintenance.COMMANDS, *sharing.COMMANDS, *coach.COMMANDS):
    main.add_command(command)
