"""The command line: words in, Workbook calls, sentences out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from careerkit.cli import coach, sharing
from careerkit.cli.options import JSON, PRACTICE, WORKBOOK
from careerkit.errors import CareerkitError


class Sentences(click.Group):
    """A group whose known failures are one sentence on standard error, and exit 1."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except CareerkitError as error:
            if context.params.get("debug"):
                raise
            click.echo(_failure(error), err=True)
            context.exit(1)


def _failure(error: CareerkitError) -> str:
    # The sentence may already hold its problems; a list below it is for those it does not.
    details = [f"  {problem}" for problem in error.problems if problem.message not in str(error)]
    return "\n".join([str(error), *details])


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--debug", is_flag=True, help="Show where in the program a failure happened.")
@click.version_option(package_name="careerkit")
def main(debug: bool) -> None:
    """A career workbook in Jupyter: records you own, and a review that tells the truth."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console in another code page would stop at the first name with an accent.
        stream.reconfigure(errors="replace") if hasattr(stream, "reconfigure") else None


for _each in (*sharing.COMMANDS, *coach.COMMANDS):
    main.add_command(_each)


def command(function: Callable[..., None]) -> click.Command:
    """Make a command of a function, its first docstring line the help."""
    return main.command()(wraps(function)(function))


@command
@click.argument("folder", default="my-career", metavar="[DIR]")
@click.option("--example", is_flag=True, help="Fill it with an invented person's two years.")
@click.option("--owner", default="", help="Your name, as it shall stand in reports.")
@click.option("--no-browser", is_flag=True, help="Print the address; open no browser.")
@click.option("--port", type=click.IntRange(1, 65535), help="Serve on this port.")
def start(folder: str, example: bool, owner: str, no_browser: bool, port: int | None) -> None:
    """Make the workbook if it is not there, and open JupyterLab on it."""
    from careerkit import Workbook
    from careerkit.store.workbook_folder import SETTINGS_FILE

    if not (Path(folder).expanduser() / SETTINGS_FILE).is_file():
        made = Workbook.create(folder, owner=owner, example=example)
        click.echo(f"Made a workbook in {made.folder}.")
    _lab(folder, no_browser, port)


@command
@click.argument("folder", metavar="DIR")
@click.option("--owner", default="", help="Your name, as it shall stand in reports.")
@click.option("--example", is_flag=True, help="Fill it with an invented person's two years.")
def new(folder: str, owner: str, example: bool) -> None:
    """Make a workbook in a new or empty folder."""
    from careerkit.workbook import Workbook

    made = Workbook.create(folder, owner=owner, example=example)
    click.echo(f"Made a workbook in {made.folder}. Open it with: careerkit lab --workbook {folder}")


@command
@WORKBOOK
@PRACTICE
@click.option("--no-browser", is_flag=True, help="Print the address; open no browser.")
@click.option("--port", type=click.IntRange(1, 65535), help="Serve on this port.")
def lab(folder: str | None, practice: str | None, no_browser: bool, port: int | None) -> None:
    """Open JupyterLab on the workbook, or on a coach's practice, which is made if it is not there."""
    _lab(folder, no_browser, port, practice)


@command
@WORKBOOK
@PRACTICE
@click.option("--no-browser", is_flag=True, help="Print the address; open no browser.")
@click.option("--port", type=click.IntRange(1, 65535), help="Serve on this port.")
def app(folder: str | None, practice: str | None, no_browser: bool, port: int | None) -> None:
    """Open the workbook, or a coach's practice, as an app, without JupyterLab around it."""
    from careerkit.lab import launch

    place, notebook = _meant(folder, practice)
    sys.exit(launch.app(place, notebook=notebook, port=port, browser=not no_browser))


def _lab(folder: str | None, no_browser: bool, port: int | None, practice: str | None = None) -> None:
    from careerkit.lab import launch

    place, notebook = _meant(folder, practice)
    sys.exit(launch.lab(place, notebook=notebook, port=port, browser=not no_browser))


def _meant(folder: str | None, practice: str | None) -> tuple[Path, str | None]:
    """Return what to open, and the notebook to begin with; None for a workbook's own first page."""
    from careerkit.store.workbook_folder import find

    if not practice:
        return find(folder), None
    from careerkit.coach.practice import FILE, open_or_new

    new = not (Path(practice).expanduser() / FILE).is_file()
    opened = open_or_new(practice)
    if new:
        click.echo(f"Made a practice in {opened.folder}.")
    return opened.folder, opened.start


@command
@WORKBOOK
@click.option("--period", help="2026Q3, FY2026Q3, 2026-09, 2026-W36, 2026 or START..END; default: the last complete one.")
@click.option("--for", "audience", default="self", show_default=True, help="Who will read it.")
@click.option("--with", "chosen", default="", metavar="SECTIONS", help="Further sections for this reader, with commas between.")
@click.option("--to", "formats", default="ipynb,html", show_default=True, help="Of ipynb, html, pdf and md, with commas between.")
@click.option("--due", is_flag=True, help="Make the last complete one if it is missing, else do nothing.")
@click.option(
    "--template", type=click.Path(dir_okay=False), metavar="NOTEBOOK", help="Run this notebook, your own copy of quarterly_review."
)
def report(folder: str | None, period: str | None, audience: str, chosen: str, formats: str, due: bool, template: str | None) -> None:
    """Make the review of a period as an executed notebook and a page.

    What was made before stays in place until the new one is whole. --due is safe to run every day from cron, a systemd
    timer or Task Scheduler: it makes each review once.
    """
    if due and period:
        raise click.UsageError("Give --period or --due, not both.")
    from careerkit import Workbook

    options: dict[str, Any] = {"formats": _names(formats), "chosen": _names(chosen), "template": template}
    book, said = Workbook.open(folder), ""
    try:
        made, said = book.report_due(audience, **options) if due else (book.report(period, audience, **options), "")
    except KeyboardInterrupt:
        raise CareerkitError("Stopped. Any earlier review is untouched.") from None
    click.echo("\n".join([*map(str, made.values()), *([said] if said else [])]))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


@command
@click.argument("name", required=False)
@WORKBOOK
@click.option("--on", metavar="DATE", help="As of this day; default: today.")
@click.option("--since", metavar="DATE", help="From this day, for measures over a period.")
@click.option("--role", metavar="ID", help="Against this role's targets.")
@JSON
def measure(name: str | None, folder: str | None, on: str | None, since: str | None, role: str | None, as_json: bool) -> None:
    """Print a measure; without a NAME, the list of measures with their formulas."""
    from careerkit import Workbook, topics

    if name is None:
        _list_measures(as_json, topics)
        return
    frame = Workbook.open(folder).measure(name, on=on, since=since, role=role)
    if as_json:
        click.echo(json.dumps(_objects(frame), ensure_ascii=False, indent=1))
    else:
        click.echo(frame.drop(columns="records").to_string(index=False, na_rep="–") if len(frame) else "No rows on that day.")


def _list_measures(as_json: bool, topics: Any) -> None:
    told = {name: topics.formula(name) for name in topics.MEASURES}
    if as_json:
        click.echo(json.dumps([{"measure": name, "formula": text} for name, text in told.items()], ensure_ascii=False, indent=1))
        return
    for name, text in told.items():
        click.echo(f"{name}\n    {text}\n")


def _objects(frame: Any) -> list[dict[str, Any]]:
    """Return a frame as a list of objects, dates ISO, missing null."""
    import pandas as pd

    from careerkit.records import is_blank

    def plain(value: Any) -> Any:
        if value is not None and not isinstance(value, str) and is_blank(value):
            return None
        if isinstance(value, pd.Timestamp):
            return value.date().isoformat()
        return value.item() if hasattr(value, "item") else value.isoformat() if hasattr(value, "isoformat") else value

    return [{str(key): plain(value) for key, value in row.items()} for row in frame.to_dict("records")]


@command
@click.argument("format")
@click.argument("file", type=click.Path(dir_okay=False))
@WORKBOOK
@click.option("--dry-run", is_flag=True, help="Show what would happen; store nothing.")
@click.option("--dates", type=click.Choice(["day-first", "month-first"]), help="How to read 03/04/2026, where the file leaves it open.")
@click.option("--take-theirs", is_flag=True, help="Where the file differs from what you have, take the file's word.")
def import_(format: str, file: str, folder: str | None, dry_run: bool, dates: str | None, take_theirs: bool) -> None:
    """Take in an outside FILE; FORMAT is linkedin."""
    from careerkit import Workbook

    plan = Workbook.open(folder).import_file(format, Path(file), dry_run=dry_run, dates=dates, take_theirs=take_theirs)
    for line in plan.summary():
        click.echo(line)
    click.echo("Nothing was stored: this was a dry run." if dry_run else "Done. careerkit undo takes it back.")


import_.name = "import"
main.add_command(import_, "import")
main.commands.pop("import-", None)


@command
@click.argument("format")
@click.option("--out", "file", required=True, type=click.Path(dir_okay=False), help="The file to write; it must not be there yet.")
@click.option("--period", metavar="PERIOD", help="2026Q3, 2026-09, 2026 or START..END, or a day to begin with; default: the past year.")
@WORKBOOK
def export(format: str, file: str, period: str | None, folder: str | None) -> None:
    """Write something to hand over into a FILE; FORMAT is brag: what you did, and stories to tell, as Markdown.

    Private records are left out, and counted.
    """
    from careerkit import Workbook

    said = Workbook.open(folder).export_file(format, file, period=period)
    click.echo(" ".join(part for part in (f"Wrote {file}.", said) if part))


@command
@click.option("--period", help="2026, 2026Q3 or START..END; default: that of your latest draft, else the year.")
@click.option("--form", "form", metavar="FILE", type=click.Path(dir_okay=False), help="The form's headings, one a line, with their limits.")
@click.option("--out", "file", metavar="FILE", type=click.Path(dir_okay=False), help="Write the draft as Markdown; not there yet.")
@JSON
@WORKBOOK
def appraisal(period: str | None, form: str | None, file: str | None, as_json: bool, folder: str | None) -> None:
    """Draft an appraisal: wins by month, wins and figures under the form's headings, and what is missing.

    Without --form it takes the draft that you keep in the workbook, else four usual headings. A limit may be written as
    you find it, such as "Key achievements (max 500 characters)". Private records are left out, and nothing is saved.
    """
    from careerkit import Workbook, exchange
    from careerkit.review.appraisal import prose

    book = Workbook.open(folder)
    parts, found = book.draft_appraisal(period, exchange.text(form) if form else None)
    if file:
        exchange.put(prose.document(parts, found.period, book.settings.owner), Path(file))
    if as_json:
        click.echo(json.dumps(prose.objects(parts, found), ensure_ascii=False, indent=1))
    elif file:
        click.echo("\n".join([f"Wrote {file}.", *prose.missing(parts, found)]))
    else:
        click.echo("\n".join(prose.told(parts, found)))


@command
@WORKBOOK
@click.option("--repair", is_flag=True, help="Say what can be mended for certain, keep a backup, mend that and nothing else.")
@click.option("--dry-run", is_flag=True, help="With --repair: only say what it would do.")
@click.option("--dates", type=click.Choice(["day-first", "month-first"]), help="How to read 03/04/2026, where a file leaves it open.")
@JSON
def check(folder: str | None, repair: bool, dry_run: bool, dates: str | None, as_json: bool) -> None:
    """Say what is wrong in the files, and change nothing."""
    from dataclasses import asdict

    from careerkit import Workbook

    if dry_run and not repair:
        raise click.UsageError("--dry-run goes with --repair.")
    book = Workbook.open(folder)
    if dates:
        book.read_days(dates)
    if repair:
        _repair(book, dry_run)
        return
    problems = book.check()
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(str(problem) for problem in problems) or "All is well: every row can be read.")
    if problems:
        sys.exit(1)


def _repair(book: Any, dry_run: bool) -> None:
    plan = book.repair(dry_run=True)
    if not plan:
        click.echo("There is nothing to repair.")
        return
    click.echo("\n".join(["To be mended:", *plan]))
    if dry_run:
        click.echo("Nothing was changed: this was a dry run.")
        return
    before = set(book.backups())
    done = book.repair()
    if done != plan:
        click.echo("\n".join(["The files changed meanwhile. What was done:", *done]))
    kept = sorted(set(book.backups()) - before)
    click.echo("Done." + (f" careerkit undo takes it back; the files of before are in .careerkit/backups/{kept[0]}.zip." if kept else ""))


@command
@WORKBOOK
def undo(folder: str | None) -> None:
    """Take the latest save back; again, the one before.

    Saves of every kind can be undone: your own, imports, repairs and restores, as far back as the last 200 of them.
    """
    from careerkit import Workbook

    click.echo(Workbook.open(folder).undo())


@command
@WORKBOOK
@click.option("--dry-run", is_flag=True, help="Only say what would be renewed.")
@click.option("--back", is_flag=True, help="Put back the notebooks that the latest upgrade put aside.")
def upgrade(folder: str | None, dry_run: bool, back: bool) -> None:
    """Renew the workbook's notebooks after careerkit was updated; the earlier ones are kept, and can be put back."""
    from careerkit import Workbook

    click.echo("\n".join(Workbook.open(folder).upgrade(dry_run, back)))


@command
@click.argument("table", required=False)
@click.argument("id", required=False)
@WORKBOOK
@JSON
def history(table: str | None, id: str | None, folder: str | None, as_json: bool) -> None:
    """Print how a record of TABLE with this ID came to be; without them, the last 20 saves.

    History is kept on the machine where the saves were made. Of changes older than 400 days it keeps the first text and the
    last 20 changes of each record.
    """
    from careerkit import Workbook

    if table and not id:
        raise click.UsageError("Give the ID of the record too; it stands in the first column of the CSV.")
    book = Workbook.open(folder)
    frame = book.history(table, id)
    if as_json:
        click.echo(json.dumps(_objects(frame.assign(at=frame["at"].dt.strftime("%Y-%m-%dT%H:%M:%SZ"))), ensure_ascii=False, indent=1))
        return
    if len(frame):
        click.echo("\n".join(_history_lines(frame)))
    elif table and id not in set(book.read(table)["id"]):
        raise CareerkitError(
            f"There is no record {id!r} in {table}, and none is known to have been there. Look for its id in data/{table}.csv."
        )
    else:
        click.echo("Nothing is known on this machine of how it came to be." if table else "No save is known on this machine.")


def _history_lines(frame: Any) -> list[str]:
    at = frame["at"].dt.strftime("%Y-%m-%d %H:%M")
    if "column" not in frame:
        return [
            f"{when}  {row.source:8} {row.what}{' (undone)' if row.undone else ''}"
            for when, row in zip(at, frame.itertuples(), strict=True)
        ]
    rows = zip(at, frame.itertuples(), strict=True)
    return [f"{when}  {row.source:8} {row.column}: {row.before or '(empty)'} → {row.after or '(empty)'}" for when, row in rows]


@command
@click.argument("backup", required=False)
@click.option("--table", help="Only this table.")
@click.option("--vanished", is_flag=True, help="Put back the rows that went away outside careerkit.")
@click.option("--id", "ids", multiple=True, help="With --vanished: only this row; may be given several times.")
@click.option("--meant", is_flag=True, help="With --vanished: they were meant to go; stop listing them.")
@click.option("--dry-run", is_flag=True, help="Show what would happen; store nothing.")
@WORKBOOK
def restore(
    backup: str | None, table: str | None, vanished: bool, ids: tuple[str, ...], meant: bool, dry_run: bool, folder: str | None
) -> None:
    """Bring the tables back to a BACKUP; without one, list the backups and what differs from now.

    A backup is made before the first save of a day. Kept are the last 7 days that had saves, then one a week for 8 weeks,
    one a month for 24 months, one a year for ever. A restore leaves the settings alone, and careerkit undo takes it back.
    """
    from careerkit import Workbook

    if vanished == bool(backup) and vanished:
        raise click.UsageError("Give a BACKUP or --vanished, not both.")
    if (ids or meant) and not vanished:
        raise click.UsageError("--id and --meant go with --vanished.")
    book = Workbook.open(folder)
    if vanished:
        _answer(book, table, ids, meant, dry_run)
    elif backup is None:
        _list_backups(book)
    else:
        changed = book.restore(backup, table, dry_run=dry_run)
        click.echo("\n".join(changed) or "Everything stands as it does in that backup.")
        if changed:
            click.echo("Nothing was changed: this was a dry run." if dry_run else "Done. careerkit undo takes it back.")


def _answer(book: Any, table: str | None, ids: tuple[str, ...], meant: bool, dry_run: bool) -> None:
    if not dry_run:
        click.echo(book.answer_vanished(ids or None, restore=not meant, table=table))
        return
    frame = book.vanished()
    waiting = frame[(frame["table"] == table) | (table is None)]
    for row in waiting[waiting["id"].isin(ids) | (not ids)].itertuples():
        click.echo(f"{row.table}  {row.id}  {row.what} (since {row.since:%Y-%m-%d})")
    click.echo("Nothing was changed: this was a dry run." if len(waiting) else "No row waits for an answer.")


def _list_backups(book: Any) -> None:
    from careerkit.store import restore as store_restore

    found = False
    for name, differences in store_restore.listed(book.store):
        found = True
        click.echo(f"{name}  {differences if isinstance(differences, str) else '; '.join(map(str, differences)) or 'as it is now'}")
    click.echo(
        "careerkit restore BACKUP brings the tables back to one of them." if found else "There is no backup yet: the first save makes one."
    )
