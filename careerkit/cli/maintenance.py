"""The commands that look after the files: check and repair them, undo, history, backups, upgrades."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

import careerkit
from careerkit.cli.options import DATES, DRY_RUN, JSON, WORKBOOK
from careerkit.cli.output import objects, print_json, print_lines, print_outcome
from careerkit.errors import CareerkitError


@click.command()
@WORKBOOK
@click.option("--repair", is_flag=True, help="List what can be repaired for certain, make a backup, and repair that alone.")
@click.option("--dry-run", is_flag=True, help="With --repair: only list it.")
@DATES
@JSON
def check(folder: str | None, repair: bool, dry_run: bool, dates: str | None, as_json: bool) -> None:
    """List what is wrong in the files, changing nothing."""
    if dry_run and not repair:
        raise click.UsageError("--dry-run goes with --repair.")
    book = careerkit.Workbook.open(folder)
    if dates:
        book.read_days(dates)
    if repair:
        _repair(book, dry_run)
        return
    problems = book.check()
    if as_json:
        print_json([asdict(problem) for problem in problems])
    else:
        print_lines(problems, empty="All is well: every row can be read.")
    if problems:
        sys.exit(1)


def _repair(book: careerkit.Workbook, dry_run: bool) -> None:
    plan = book.repair(dry_run=True)
    if not plan:
        click.echo("There is nothing to repair.")
        return
    print_lines(["To be repaired:", *plan])
    if dry_run:
        print_outcome(dry_run)
        return
    before = set(book.backups())
    done = book.repair()
    if done != plan:
        print_lines(["The files changed meanwhile. What was done:", *done])
    kept = sorted(set(book.backups()) - before)
    click.echo("Done." + (f" careerkit undo takes it back; the earlier files are in .careerkit/backups/{kept[0]}.zip." if kept else ""))


@click.command()
@WORKBOOK
def undo(folder: str | None) -> None:
    """Undo the latest save; run it again for the one before.

    Saves of every kind can be undone, the last 200 of them: your own, imports, repairs and restores.
    """
    click.echo(careerkit.Workbook.open(folder).undo())


@click.command()
@WORKBOOK
@DRY_RUN
@click.option("--back", is_flag=True, help="Bring back the notebooks that the latest upgrade replaced.")
def upgrade(folder: str | None, dry_run: bool, back: bool) -> None:
    """Update the workbook's notebooks to this careerkit; the earlier ones are kept, and can be brought back."""
    print_lines(careerkit.Workbook.open(folder).upgrade(dry_run, back))


@click.command()
@click.argument("table", required=False)
@click.argument("id", required=False)
@WORKBOOK
@JSON
def history(table: str | None, id: str | None, folder: str | None, as_json: bool) -> None:
    """Show every change of the record ID in TABLE; without them, the last 20 saves.

    History is kept on the machine where the saves were made. Of changes older than 400 days it keeps the first text and the
    last 20 changes of each record.
    """
    if table and not id:
        raise click.UsageError("Give the ID of the record too; it is in the first column of the CSV.")
    book = careerkit.Workbook.open(folder)
    frame = book.history(table, id)
    if as_json:
        print_json(objects(frame.assign(at=frame["at"].dt.strftime("%Y-%m-%dT%H:%M:%SZ"))))
    elif table and frame.empty and id not in set(book.read(table)["id"]):
        raise CareerkitError(f"There is no record {id!r} in {table}, now or earlier. Look for its id in data/{table}.csv.")
    else:
        print_lines(_history_lines(frame), empty=f"This machine knows of no {'changes to it' if table else 'saves'}.")


def _history_lines(frame: Any) -> Iterator[str]:
    for row in frame.itertuples():
        changed = f"{row.column}: {row.before or '(empty)'} → {row.after or '(empty)'}" if "column" in frame else row.what
        yield f"{row.at:%Y-%m-%d %H:%M}  {row.source:8} {changed}{' (undone)' if getattr(row, 'undone', False) else ''}"


@click.command()
@click.argument("backup", required=False)
@click.option("--table", help="Only this table.")
@click.option("--vanished", is_flag=True, help="Put back the rows that disappeared outside careerkit.")
@click.option("--id", "ids", multiple=True, help="With --vanished: only this row; may be given several times.")
@click.option("--meant", is_flag=True, help="With --vanished: they were meant to go; stop listing them.")
@DRY_RUN
@WORKBOOK
def restore(
    backup: str | None, table: str | None, vanished: bool, ids: tuple[str, ...], meant: bool, dry_run: bool, folder: str | None
) -> None:
    """Bring the tables back to a BACKUP; without one, list the backups and what differs from now.

    A backup is made before the first save of a day. Kept are the last 7 days that had saves, then one a week for 8 weeks,
    one a month for 24 months, one a year for ever. A restore leaves the settings alone, and careerkit undo takes it back.
    """
    if vanished and backup:
        raise click.UsageError("Give a BACKUP or --vanished, not both.")
    if (ids or meant) and not vanished:
        raise click.UsageError("--id and --meant go with --vanished.")
    book = careerkit.Workbook.open(folder)
    if vanished and dry_run:
        _list_vanished(book, table, ids)
    elif vanished:
        click.echo(book.answer_vanished(ids or None, restore=not meant, table=table))
    elif backup is None:
        _list_backups(book)
    else:
        changed = book.restore(backup, table, dry_run=dry_run)
        print_lines(changed, empty="Everything is as it was in that backup.")
        if changed:
            print_outcome(dry_run)


def _list_vanished(book: careerkit.Workbook, table: str | None, ids: tuple[str, ...]) -> None:
    rows = [row for row in book.vanished().itertuples() if table in (None, row.table) and (not ids or row.id in ids)]
    print_lines(
        (f"{row.table}  {row.id}  {row.what} (since {row.since:%Y-%m-%d})" for row in rows), empty="No row is waiting for an answer."
    )
    if rows:
        print_outcome(dry_run=True)


def _list_backups(book: careerkit.Workbook) -> None:
    from careerkit.store import restoration

    found = False
    for name, differences in restoration.listed(book.store):
        found = True
        click.echo(f"{name}  {differences if isinstance(differences, str) else '; '.join(map(str, differences)) or 'as it is now'}")
    click.echo(
        "careerkit restore BACKUP brings the tables back to one of them." if found else "There is no backup yet: the first save makes one."
    )


COMMANDS = (check, undo, upgrade, history, restore)
