"""The commands that say what the records show, and those that read a file of another program or write one to hand over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import careerkit
from careerkit.cli.options import DATES, DRY_RUN, FILE, JSON, WORKBOOK, Names, formats
from careerkit.cli.output import objects, print_json, print_lines, print_outcome
from careerkit.errors import CareerkitError


@click.command()
@click.argument("name", required=False)
@WORKBOOK
@click.option("--on", metavar="DATE", help="As of this day; default: today.")
@click.option("--since", metavar="DATE", help="From this day, for measures over a period.")
@click.option("--role", metavar="ID", help="Against this role's targets.")
@JSON
def measure(name: str | None, folder: str | None, on: str | None, since: str | None, role: str | None, as_json: bool) -> None:
    """Print a measure; without a NAME, the list of measures with their formulas."""
    from careerkit import topics

    if name is None:
        formulas = {each: topics.formula(each) for each in topics.MEASURES}
        if as_json:
            print_json([{"measure": each, "formula": formula} for each, formula in formulas.items()])
        else:
            print_lines(f"{each}\n    {formula}\n" for each, formula in formulas.items())
        return
    frame = careerkit.Workbook.open(folder).measure(name, on=on, since=since, role=role)
    if as_json:
        print_json(objects(frame))
    else:
        click.echo(frame.drop(columns="records").to_string(index=False, na_rep="–") if len(frame) else "No rows on that day.")


@click.command()
@WORKBOOK
@click.option("--period", help="2026Q3, FY2026Q3, 2026-09, 2026-W36, 2026 or START..END; default: the last complete one.")
@click.option("--for", "audience", default="self", show_default=True, help="Who will read it.")
@click.option("--with", "chosen", type=Names(), default="", metavar="SECTIONS", help="More sections for this reader, separated by commas.")
@formats("ipynb,html")
@click.option("--due", is_flag=True, help="Make the last complete one if it is missing, else do nothing.")
@click.option("--template", type=FILE, metavar="NOTEBOOK", help="Run this notebook, your own copy of quarterly_review.")
def report(folder: str | None, period: str | None, audience: str, due: bool, **options: Any) -> None:
    """Make the review of a period as an executed notebook and a page.

    The earlier one stays in place until the new one is complete. --due is safe to run every day from cron, a systemd
    timer or Task Scheduler: it makes each review once.
    """
    if due and period:
        raise click.UsageError("Give --period or --due, not both.")
    book = careerkit.Workbook.open(folder)
    try:
        files, note = book.report_due(audience, **options) if due else (book.report(period, audience, **options), "")
    except KeyboardInterrupt:
        raise CareerkitError("Stopped. Any earlier review is untouched.") from None
    print_lines([*files.values(), *filter(None, [note])])


@click.command()
@click.option("--period", help="2026, 2026Q3 or START..END; default: that of your latest draft, else the year.")
@click.option("--form", type=FILE, help="The form's headings, one a line, with their limits.")
@click.option("--out", "file", type=FILE, help="Write the draft as Markdown into a new file.")
@JSON
@WORKBOOK
def appraisal(period: str | None, form: Path | None, file: Path | None, as_json: bool, folder: str | None) -> None:
    """Draft an appraisal: wins by month, wins and figures under the form's headings, and what is missing.

    Without --form it uses the draft that you keep in the workbook, else four usual headings. Write a limit as the form has
    it, such as "Key achievements (max 500 characters)". Private records are left out, and nothing is saved.
    """
    from careerkit import exchange
    from careerkit.review.appraisal import prose

    book = careerkit.Workbook.open(folder)
    passages, material = book.draft_appraisal(period, exchange.read_text(form) if form else None)
    if file:
        exchange.write_file(prose.document(passages, material.period, book.settings.owner), file)
    if as_json:
        print_json(prose.as_json(passages, material))
    elif file:
        print_lines([f"Wrote {file}.", *prose.gaps(passages, material)])
    else:
        print_lines(prose.as_lines(passages, material))


@click.command("import")
@click.argument("format")
@click.argument("file", type=FILE)
@WORKBOOK
@DRY_RUN
@DATES
@click.option("--take-theirs", is_flag=True, help="Where the file differs from your records, use the file's.")
def import_(format: str, file: Path, folder: str | None, dry_run: bool, dates: str | None, take_theirs: bool) -> None:
    """Import a FILE from another program; FORMAT is linkedin."""
    plan = careerkit.Workbook.open(folder).import_file(format, file, dry_run=dry_run, dates=dates, take_theirs=take_theirs)
    print_lines(plan.summary())
    print_outcome(dry_run)


@click.command()
@click.argument("format")
@click.option("--out", "file", required=True, type=FILE, help="The file to write; it must not exist yet.")
@click.option("--period", metavar="PERIOD", help="2026Q3, 2026-09, 2026 or START..END, or a day to begin with; default: the past year.")
@WORKBOOK
def export(format: str, file: Path, period: str | None, folder: str | None) -> None:
    """Write a document to hand over; FORMAT is brag: what you did, and stories to tell, as Markdown.

    Private records are left out, and counted.
    """
    note = careerkit.Workbook.open(folder).export_file(format, file, period=period)
    click.echo(" ".join(filter(None, [f"Wrote {file}.", note])))


COMMANDS = (measure, report, appraisal, import_, export)
