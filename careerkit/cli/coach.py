"""The commands of a coach: what goes to clients, what came from them, and how all of them are."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import careerkit.coach
from careerkit.cli.options import JSON, PRACTICE, formats
from careerkit.cli.output import print_json, print_lines, print_result

if TYPE_CHECKING:
    from careerkit.coach.client_copy import ClientCopy


SAMPLE_PROGRAMME = Path(__file__).parent.parent / "coach" / "sample_programme.toml"


def _sample_programme() -> str:
    # The line "\b" keeps the lines below it as they are, up to an empty one.
    lines = [line for line in SAMPLE_PROGRAMME.read_text(encoding="utf-8").splitlines() if line]
    return "\n    ".join(["\b\nA programme's file:", *lines])


@click.command(epilog=_sample_programme())
@PRACTICE
@click.option("--client", "clients", multiple=True, required=True, metavar="NAME", help="A client; may be given several times.")
@click.option("--programme", metavar="FILE", help="A TOML file, or the name of a programme written in coach/01_prepare.")
@click.option("--title", default="", help="A single assignment instead of a programme.")
@click.option("--notebook", default="", help="With --title: where it is done, such as 04_goals.")
@click.option("--words", default="", help="With --title: what to do.")
@click.option("--due", default="", help='With --title: by when, such as 2026-11-30, "week 3" or "day 10".')
@click.option("--start", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="The day from which weeks count; default: today.")
@click.option("--coach", default="", metavar="NAME", help="Your name, as your clients know you; needed once.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="The folder of the files; default: the practice's outbox.")
@click.option("--passphrase", is_flag=True, help="Seal with a passphrase even where a client's key is known.")
@JSON
def assign(
    practice: str | None,
    clients: tuple[str, ...],
    programme: str | None,
    start: dt.datetime | None,
    coach: str,
    out: Path | None,
    passphrase: bool,
    as_json: bool,
    **single: str,
) -> None:
    """Make a file with exercises, questions, proposed skills and review dates for one client or many.

    A new client gets a first file, which opens with a passphrase that is shown once. For a client whose workbook you have,
    what you give is added to what they have. After a NAME you may write the day they begin and their public key:
    --client "Lena Vogt, 2026-11-02".
    """
    from careerkit.coach import assignment
    from careerkit.coach import programme as programmes
    from careerkit.coach.practice import open_or_new

    if bool(programme) == bool(single["title"]):
        raise click.UsageError("Give --programme or --title.")
    opened = open_or_new(practice, coach) if practice else careerkit.coach.Practice.open(practice)
    if coach and not practice:
        opened.rename_coach(coach)
    day = start.date() if start else opened.today
    chosen = programmes.named(programme, opened.read("programmes")) if programme else programmes.single(**single)
    made = assignment.assign(opened, chosen, [assignment.recipient(each, day) for each in clients], out, passphrase)
    print_json([each.plain() for each in made]) if as_json else print_lines(each.summary() for each in made)


@click.command()
@PRACTICE
@JSON
def roster(practice: str | None, as_json: bool) -> None:
    """List all clients by name: when you last heard from them, what is due, how habits and goals are going.

    Only from what was shared, as of the day it was shared; what a client keeps to themselves is listed as not shared.
    """
    from careerkit.coach import roster

    opened = careerkit.coach.Practice.open(practice)
    print_json([row.plain(opened.today) for row in roster.rows(opened)]) if as_json else print_lines(roster.summary(opened))


@click.group()
def cohort() -> None:
    """Look at all clients of a practice at once."""


@cohort.command("report")
@PRACTICE
@click.option("--period", help="2026Q3, 2026-09, 2026 or START..END; default: the last complete quarter.")
@formats("html")
@JSON
def cohort_report(practice: str | None, period: str | None, formats: tuple[str, ...], as_json: bool) -> None:
    """Make every client's review of a period, and one page over all of them without names.

    If a review fails, the others are made all the same, and it exits 1. On the page, no group of fewer than five is shown.
    """
    from careerkit.coach import cohort

    made = cohort.report(careerkit.coach.Practice.open(practice), period, formats)
    print_result(made, as_json)
    if made.failed:
        sys.exit(1)


# -- what the commands share, receive, comment and forget do with --practice


def share(practice: str, client: str, file: Path | None, passphrase: bool, as_json: bool) -> None:
    """Write what the coach wrote for a client."""
    from careerkit.coach import assignment

    made = assignment.deliver(careerkit.coach.Practice.open(practice), client_copy(practice, client), file, passphrase)
    print_json(made.plain()) if as_json else print_lines([made.summary(), assignment.NO_CALL_BACK])


def receive(practice: str, file: Path | None, new_keys: bool, as_json: bool) -> None:
    """Take in the inbox, and a file from elsewhere."""
    from careerkit.coach import inbox

    opened = careerkit.coach.Practice.open(practice)
    extra = [file] if file else []
    trusted = [each.name for each in [*inbox.files(opened), *extra]] if new_keys else []
    outcome = inbox.receive(opened, _ask_passphrase, trusted, extra)
    print_result(outcome, as_json)
    if outcome.refused:
        sys.exit(1)


def _ask_passphrase(file: Path) -> str:
    return str(click.prompt(f"Passphrase of {file.name}, Enter to leave it", default="", show_default=False, hide_input=True, err=True))


def client_copy(practice: str, client: str) -> ClientCopy:
    """Return the coach's copy of a client's workbook."""
    if not client:
        raise click.UsageError("Give --client NAME with --practice.")
    return careerkit.coach.Practice.open(practice).client(client)


def forgetting(practice: str) -> Callable[..., Any]:
    """Return what forgets a client of a practice."""
    from careerkit.coach import forget_client

    return partial(forget_client.forget, careerkit.coach.Practice.open(practice))


COMMANDS = (assign, roster, cohort)
