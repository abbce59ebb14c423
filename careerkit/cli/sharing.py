"""The commands by which a coach and a client, or two machines of one owner, send each other what they chose; and to forget."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import careerkit
from careerkit.cli import coach
from careerkit.cli.options import CLIENT, DRY_RUN, FILE, JSON, PRACTICE, WORKBOOK, Columns, Names
from careerkit.cli.output import print_json, print_lines, print_outcome, print_result


@click.command()
@click.option("--to", "file", type=FILE, help="The file to write; it must not exist yet.")
@click.option(
    "--for",
    "recipient",
    type=click.Choice(["coach", "self", "sponsor"]),
    default="coach",
    show_default=True,
    help="self: another machine of yours. sponsor: a page of progress and attendance alone, not sealed.",
)
@click.option("--topics", type=Names(), default="goals,coaching", show_default=True, help="What to share, separated by commas, or all.")
@click.option("--fields", type=Columns(), default="", help="Only these, such as goals.title,goals.deadline; default: all of the topics.")
@click.option("--names", is_flag=True, help="Keep other people's names; otherwise pseudonyms replace them.")
@click.option("--free-text", is_flag=True, help="Share notes and answers too; known names in them are replaced.")
@click.option("--details", is_flag=True, help="Share e-mail, phone and link of contacts too.")
@click.option("--passphrase", is_flag=True, help="Seal with a passphrase, shown once, instead of the coach's key.")
@click.option("--period", help="For a sponsor: 2026Q3, 2026 or another; default: the last complete one.")
@click.option("--dry-run", is_flag=True, help="Show exactly what would leave; write nothing.")
@PRACTICE
@CLIENT
@WORKBOOK
@JSON
def share(file: Path | None, passphrase: bool, practice: str | None, client: str, as_json: bool, **choice: Any) -> None:
    """Write what you choose into a sealed FILE for your coach, or everything for another machine of yours.

    Private records, first reactions and peers' ratings never leave for a coach, whatever you choose. What you send cannot be
    called back.

    With --practice and --client, as a coach: everything you wrote for that client, and none of the client's own rows;
    without --to, into the practice's outbox.
    """
    if practice:
        coach.share(practice, client, file, passphrase, as_json)
    else:
        _share(file, passphrase, as_json, **choice)


def _share(
    file: Path | None, passphrase: bool, as_json: bool, folder: str | None, recipient: str, period: str | None, dry_run: bool, **choice: Any
) -> None:
    from careerkit.sharing.selection import TOPICS, Choice

    if (file is None) != dry_run:
        raise click.UsageError("Give --to FILE, or --dry-run to look first.")
    if recipient != "sponsor":
        topics = TOPICS if choice["topics"] == ("all",) else choice["topics"]
        sent = careerkit.Workbook.open(folder).share(file, recipient, Choice(**{**choice, "topics": topics}), passphrase)
        print_result(sent, as_json)
    elif file:
        print_lines(careerkit.Workbook.open(folder).release(file, period))
    else:
        raise click.UsageError("For a sponsor, --to PAGE.html writes the page; read it, then hand it over. careerkit report makes it too.")


@click.command()
@click.argument("file", required=False, type=FILE)
@DRY_RUN
@click.option("--keep", nargs=3, metavar="TABLE ID COLUMN", help="For a field changed on both machines: keep what is here.")
@click.option("--accept", metavar="NAME", help="Add a skill that your coach proposed to yours.")
@click.option("--decline", metavar="NAME", help="Decline a skill that your coach proposed.")
@PRACTICE
@click.option("--new-key", is_flag=True, help="With --practice: accept clients' new keys, once you asked them about it.")
@WORKBOOK
@JSON
def receive(
    file: Path | None, dry_run: bool, practice: str | None, new_key: bool, folder: str | None, as_json: bool, **answer: Any
) -> None:
    """Take in a FILE from your coach, or from another machine of yours; without one, list what waits for your answer.

    Nothing of yours is overwritten: where both sides changed the same field, yours stays until you decide. It is one save,
    and careerkit undo takes it back.

    With --practice, as a coach: everything that clients sent and that is in the inbox, each file into its client's copy. A
    file that can't be taken in stays there; the others come in all the same, and it exits 1.
    """
    if practice:
        coach.receive(practice, file, new_key, as_json)
        return
    from careerkit.sharing.receive import asks_for_passphrase

    book = careerkit.Workbook.open(folder)
    if any(answer.values()):
        click.echo(_answer(book, **answer))
    elif file is None:
        _list_waiting(book, as_json)
    else:
        passphrase = click.prompt("Passphrase", hide_input=True, err=True) if asks_for_passphrase(file) else ""
        print_result(book.receive(file, passphrase, dry_run=dry_run), as_json)
        if not as_json:
            print_outcome(dry_run)


def _answer(book: careerkit.Workbook, keep: tuple[str, str, str] | None, accept: str | None, decline: str | None) -> str:
    from careerkit.sharing import pending, proposals

    if keep:
        return pending.keep_mine(book.store, *keep)
    return proposals.answer(book.store, accept or decline or "", accepted=bool(accept))


def _list_waiting(book: careerkit.Workbook, as_json: bool) -> None:
    from careerkit.sharing import pending

    waiting = pending.waiting(book.store)
    print_json(waiting) if as_json else print_lines(map(_waiting_line, waiting), empty="Nothing waits for your answer.")


def _waiting_line(waiting: dict[str, str]) -> str:
    if skill := waiting.get("skill"):
        return f"{waiting['author']} proposes the skill {skill}. Take it: careerkit receive --accept {skill!r}"
    field = f"{waiting['table']} {waiting['id']} {waiting['column']}"
    return f"{field}: here {waiting['mine']!r}, there {waiting['theirs']!r}. Keep yours: careerkit receive --keep {field}"


@click.command()
@click.option("--coach", nargs=2, metavar="NAME KEY", help="Keep this public key as your coach's: what you share is sealed for it.")
@WORKBOOK
@JSON
def key(coach: tuple[str, str] | None, folder: str | None, as_json: bool) -> None:
    """Show your public key, with which others seal what they send you; it is made if you have none yet.

    The private key stays in a file of your own on this machine, outside of every workbook. Whoever has it can open what was
    sent to you; without it nobody can, so keep a copy in a safe place.
    """
    from careerkit.sharing import keys
    from careerkit.store.workbook_folder import find

    if coach:
        click.echo(keys.keep_given(find(folder), *coach))
        return
    is_new = keys.own() is None
    pair, file = keys.own_or_new(), keys.place() / keys.FILE
    if as_json:
        print_json({"public_key": pair.public, "file": str(file), "new": is_new})
    else:
        click.echo(pair.public)
        click.echo(f"{'A new key was made; it' if is_new else 'The private one'} is in {file}. Never send that file.", err=True)


@click.command()
@click.argument("table", required=False)
@click.argument("id", required=False)
@click.argument("text", required=False)
@click.option("--reply-to", metavar="ID", default="", help="The comment that it answers.")
@click.option("--settled", metavar="ID", default="", help="With --practice: a comment of yours that is settled.")
@PRACTICE
@CLIENT
@WORKBOOK
def comment(
    table: str | None, id: str | None, text: str | None, reply_to: str, settled: str, practice: str | None, client: str, folder: str | None
) -> None:
    """Comment on the record ID in TABLE, as it is now.

    With --practice and --client, as a coach: on a record that the client shared.
    """
    about = (table, id, text) if table and id and text else None
    if bool(about) == bool(settled):
        raise click.UsageError("Give TABLE, ID and TEXT of a comment, or --settled ID.")
    if settled and not practice:
        raise click.UsageError("--settled goes with --practice.")
    book: Any = coach.client_copy(practice, client) if practice else careerkit.Workbook.open(folder)
    if about:
        click.echo(f"Written as comment {book.comment(*about, reply_to)}. It leaves with the next careerkit share.")
    else:
        book.resolve(settled)
        click.echo("Settled. It leaves with the next careerkit share.")


@click.command()
@click.argument("who", metavar="NAME_OR_ID")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@DRY_RUN
@PRACTICE
@WORKBOOK
def forget(who: str, yes: bool, dry_run: bool, practice: str | None, folder: str | None) -> None:
    """Remove a person from the workbook for good: tables, history, backups, reports, and what was set aside.

    Where a text names them it says "someone" from then on. It cannot be undone, and does not reach what you sent or what is
    on other machines.

    With --practice, as a coach: a client, with the copy of their workbook, keys, reports, what came and went, and your notes.
    """
    forget_one = coach.forgetting(practice) if practice else careerkit.Workbook.open(folder).forget
    if not yes:
        print_lines(forget_one(who, dry_run=True).summary(done=False))
        if dry_run or not click.confirm("Do it?"):
            click.echo("Nothing was changed.")
            return
    summary = forget_one(who).summary(done=True)
    print_lines(summary if yes else ["Done."])


COMMANDS = (share, receive, key, comment, forget)
