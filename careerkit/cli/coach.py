"""The commands of a coach: what goes to clients, what came from them, and how all of them are."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from careerkit.cli.options import JSON, PRACTICE

if TYPE_CHECKING:
    from careerkit.coach.practice import Practice
    from careerkit.coach.programme import Programme


# The line "\b" keeps the lines below it as they are.
PROGRAMME = """\b
A programme's file:
    name = "Twelve weeks"
    [[exercise]]
    title = "What are you good at?"
    notebook = "01_assessment"
    words = "Rate your skills, with one line of evidence each."
    due = "week 2"
    [[question]]
    topic = "goals"
    title = "What would you try if nobody could say no?"
    [[skill]]
    title = "Delegation"
    target_level = 4
    words = "1: does it all alone; 5: hands over the outcome"
    [[review]]
    title = "Look back on the first quarter"
    due = "week 13"
"""


@click.command(epilog=PROGRAMME)
@PRACTICE
@click.option("--client", "clients", multiple=True, required=True, metavar="NAME", help="For whom; may be given several times.")
@click.option("--programme", metavar="FILE", help="A TOML file, or the name of a programme written in coach/01_prepare.")
@click.option("--title", help="A single assignment, and no programme.")
@click.option("--notebook", default="", help="With --title: where it is done, such as 04_goals.")
@click.option("--words", default="", help="With --title: what to do.")
@click.option("--due", default="", help='With --title: by when, such as 2026-11-30, "week 3" or "day 10".')
@click.option("--start", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="The day from which weeks count; default: today.")
@click.option("--coach", default="", metavar="NAME", help="Your name, as your clients read it; needed once.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="The folder of the files; default: the practice's outbox.")
@click.option("--passphrase", is_flag=True, help="Seal with a passphrase also where a client's key is known.")
@JSON
def assign(
    practice: str | None, clients: tuple[str, ...], programme: str | None, title: str | None, notebook: str, words: str, due: str,
    start: dt.datetime | None, coach: str, out: Path | None, passphrase: bool, as_json: bool,
) -> None:  # fmt: skip
    """Make a file with exercises, questions, proposed skills and review dates for one client or many.

    Whoever is new gets a first file, which opens with a passphrase that is shown once. For a client whose workbook you
    have, what you give is added to what they have. A NAME may go on with the day they begin and their public key:
    --client "Lena Vogt, 2026-11-02".
    """
    from careerkit.coach import assignment
    from careerkit.coach.practice import open_or_new

    if bool(programme) == bool(title):
        raise click.UsageError("Give --programme or --title.")
    opened = open_or_new(practice, coach) if practice else _opened(practice)
    if coach and not practice:
        opened.call(coach)
    day = start.date() if start else opened.today
    given = _programme(opened, programme) if programme else _single(title or "", notebook, words, due)
    made = assignment.assign(opened, given, [assignment.whom(each, day) for each in clients], out, passphrase)
    if as_json:
        click.echo(json.dumps([each.plain() for each in made], ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(each.told() for each in made))


def _opened(folder: str | None) -> Practice:
    from careerkit.coach.practice import Practice

    return Practice.open(folder)


def _programme(practice: Practice, named: str) -> Programme:
    from careerkit.coach import programme

    file = Path(named)
    return programme.of_file(file) if file.suffix == ".toml" or file.is_file() else programme.of_table(practice.read("programmes"), named)


def _single(title: str, notebook: str, words: str, due: str) -> Programme:
    from careerkit.coach.programme import Programme, ProgrammePart
    from careerkit.errors import CareerkitError

    typed = {"programme": title, "kind": "exercise", "title": title, "notebook": notebook, "words": words, "due": due}
    part, wrong = ProgrammePart.clean({**ProgrammePart.defaults(), **typed})
    if wrong:
        raise CareerkitError(" ".join(wrong.values()))
    return Programme(title, (part,))


@click.command()
@PRACTICE
@JSON
def roster(practice: str | None, as_json: bool) -> None:
    """List all clients by name: when each was last heard from, what is due, how habits and goals stand.

    Only from what was shared, as of the day it was shared; what a client keeps is said to be not shared.
    """
    from careerkit.coach import roster as rosters

    opened = _opened(practice)
    if as_json:
        told = [row.plain(opened.today) for row in rosters.rows(opened)]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(rosters.summary(opened)))


@click.group()
def cohort() -> None:
    """Look at all clients of a practice at once."""


@cohort.command("report")
@PRACTICE
@click.option("--period", help="2026Q3, 2026-09, 2026 or START..END; default: the last complete quarter.")
@click.option("--to", "formats", default="html", show_default=True, help="Of ipynb, html, pdf and md, with commas between.")
@JSON
def cohort_report(practice: str | None, period: str | None, formats: str, as_json: bool) -> None:
    """Make every client's review of a period, and one page over all of them without names.

    A client whose review fails stops no other. On the page, no group of fewer than five is shown. Exit 1 if any review failed.
    """
    from careerkit.coach import cohort

    wanted = tuple(name.strip() for name in formats.split(",") if name.strip())
    made = cohort.report(_opened(practice), period, wanted)
    click.echo(json.dumps(made.plain(), ensure_ascii=False, indent=1) if as_json else "\n".join(made.summary()))
    if made.failed:
        sys.exit(1)


# -- what the commands share, receive, comment and forget do with --practice


def share(practice: str, client: str, file: str | None, spoken: bool, as_json: bool) -> None:
    """Write what the coach wrote for a client."""
    from careerkit.coach import assignment

    opened = _opened(practice)
    given = assignment.share(opened, opened.client(client), Path(file) if file else None, spoken)
    click.echo(json.dumps(given.plain(), ensure_ascii=False, indent=1) if as_json else f"{given.told()}\n{assignment.BACK}")


def receive(practice: str, file: str | None, new_keys: bool, as_json: bool) -> None:
    """Take in the inbox, and a file from elsewhere."""
    from careerkit.coach import inbox

    opened = _opened(practice)
    extra = [Path(file)] if file else []
    trusted = [each.name for each in [*inbox.files(opened), *extra]] if new_keys else []
    taken = inbox.receive(opened, _ask, trusted, extra)
    click.echo(json.dumps(taken.plain(), ensure_ascii=False, indent=1) if as_json else "\n".join(taken.summary()))
    if taken.stayed:
        sys.exit(1)


def _ask(file: Path) -> str:
    return str(click.prompt(f"Passphrase of {file.name}, Enter to leave it", default="", show_default=False, hide_input=True, err=True))


def comment(practice: str, client: str, about: tuple[str, str, str] | None, reply_to: str, settled: str) -> None:
    """Write a coach's comment, or note that one is settled."""
    copy = _opened(practice).client(client)
    if settled:
        copy.resolve(settled)
        click.echo("Settled. It leaves with the next careerkit share.")
    elif about:
        made = copy.comment(*about, reply_to)
        click.echo(f"Written as comment {made}. It leaves with the next careerkit share.")


def forgetting(practice: str) -> Callable[..., Any]:
    """Return what forgets a client of a practice."""
    from careerkit.coach import forget_client

    return partial(forget_client.forget, _opened(practice))


COMMANDS = (assign, roster, cohort)
