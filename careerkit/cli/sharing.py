"""The commands by which a coach and a client, or two machines of one owner, send each other what they chose; and to forget."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from careerkit.cli import coach as coach_commands
from careerkit.cli.options import CLIENT, JSON, PRACTICE, WORKBOOK


@click.command()
@click.option("--to", "file", type=click.Path(dir_okay=False), help="The file to write; it must not be there yet.")
@click.option(
    "--for",
    "whom",
    type=click.Choice(["coach", "self", "sponsor"]),
    default="coach",
    show_default=True,
    help="self: another machine of yours. sponsor: a page of progress and attendance alone, not sealed.",
)
@click.option("--topics", default="goals,coaching", show_default=True, help="What to share, with commas between, or all.")
@click.option("--fields", default="", help="Only these, such as goals.title,goals.deadline; default: all of the topics.")
@click.option("--names", is_flag=True, help="Leave names of other people as they are; else pseudonyms stand for them.")
@click.option("--free-text", is_flag=True, help="Share notes and answers too; known names in them are replaced.")
@click.option("--details", is_flag=True, help="Share e-mail, phone and link of contacts too.")
@click.option("--passphrase", is_flag=True, help="Seal with a passphrase, shown once, and not for the coach's key.")
@click.option("--period", help="For a sponsor: 2026Q3, 2026 or another; default: the last complete one.")
@click.option("--dry-run", is_flag=True, help="Show exactly what would leave; write nothing.")
@PRACTICE
@CLIENT
@WORKBOOK
@JSON
def share(
    file: str | None, whom: str, topics: str, fields: str, names: bool, free_text: bool, details: bool, passphrase: bool,
    period: str | None, dry_run: bool, practice: str | None, client: str, folder: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Write what you choose into a sealed FILE for your coach, or everything for another machine of yours.

    Private records, first reactions and peers' ratings never leave for a coach, whatever you choose. What you send cannot be
    called back.

    With --practice and --client, as a coach: everything you wrote for that client, and not one of the client's rows; without
    --to, into the practice's outbox.
    """
    if practice:
        coach_commands.share(practice, _required(client), file, passphrase, as_json)
        return
    from careerkit import Workbook
    from careerkit.sharing.selection import TOPICS, Choice

    if (file is None) != dry_run:
        raise click.UsageError("Give --to FILE, or --dry-run to look first.")
    if whom == "sponsor":
        _release(file, folder, period)
        return
    chosen = TOPICS if topics.strip() == "all" else tuple(part.strip() for part in topics.split(",") if part.strip())
    choice = Choice(chosen, _fields(fields), names, free_text, details)
    sent = Workbook.open(folder).share(Path(file) if file else None, whom, choice, passphrase)
    click.echo(json.dumps(sent.plain(), ensure_ascii=False, indent=1) if as_json else "\n".join(sent.summary()))


def _required(client: str) -> str:
    if not client:
        raise click.UsageError("Give --client NAME with --practice.")
    return client


def _release(file: str | None, folder: str | None, period: str | None) -> None:
    from careerkit import Workbook

    if file is None:
        raise click.UsageError("For a sponsor, --to PAGE.html writes the page; read it, then hand it over. careerkit report makes it too.")
    click.echo("\n".join(Workbook.open(folder).release(Path(file), period)))


def _fields(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        table, dot, name = part.partition(".")
        if not dot or not name:
            raise click.UsageError(f"--fields takes TABLE.COLUMN, and {part!r} is none.")
        found[table] = (*found.get(table, ()), name)
    return found


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Show what would come in; store nothing.")
@click.option("--keep", nargs=3, metavar="TABLE ID COLUMN", help="Of a field changed on both machines: what stands here is right.")
@click.option("--accept", metavar="NAME", help="Take a skill that your coach proposed among yours.")
@click.option("--decline", metavar="NAME", help="Let a skill that your coach proposed go.")
@PRACTICE
@click.option("--new-key", is_flag=True, help="With --practice: clients whose key is another than before have said that it is right.")
@WORKBOOK
@JSON
def receive(
    file: str | None,
    dry_run: bool,
    keep: tuple[str, str, str] | None,
    accept: str | None,
    decline: str | None,
    practice: str | None,
    new_key: bool,
    folder: str | None,
    as_json: bool,
) -> None:
    """Take in a FILE that your coach sent, or that you made on another machine; without one, list what waits for your answer.

    Nothing of yours is overwritten: where both changed the same field, what stands here stays until you decide. It is one
    save, and careerkit undo takes it back.

    With --practice, as a coach: everything that clients sent and that lies in the inbox, each file into its client's copy. A
    file that cannot be taken in stays there, stops no other, and makes it exit 1.
    """
    from careerkit import Workbook
    from careerkit.sharing import pending

    if practice:
        coach_commands.receive(practice, file, new_key, as_json)
        return

    book = Workbook.open(folder)
    if keep or accept or decline:
        click.echo(_answered(book, keep, accept, decline))
    elif file is None:
        waiting = pending.waiting(book.store)
        click.echo(
            json.dumps(waiting, ensure_ascii=False, indent=1) if as_json else "\n".join(_asked(waiting)) or "Nothing waits for your answer."
        )
    else:
        received = book.receive(Path(file), _passphrase(file), dry_run=dry_run)
        lines = [*received.summary(), "Nothing was stored: this was a dry run." if dry_run else "Done. careerkit undo takes it back."]
        click.echo(json.dumps(received.plain(), ensure_ascii=False, indent=1) if as_json else "\n".join(lines))


def _passphrase(file: str) -> str:
    from careerkit.sharing.receive import asks_for_passphrase

    return click.prompt("Passphrase", hide_input=True, err=True) if asks_for_passphrase(Path(file)) else ""


def _answered(book: Any, keep: tuple[str, str, str] | None, accept: str | None, decline: str | None) -> str:
    from careerkit.sharing import pending, proposals

    return pending.keep_mine(book.store, *keep) if keep else proposals.answer(book.store, accept or decline or "", accepted=bool(accept))


def _asked(waiting: list[dict[str, str]]) -> list[str]:
    lines = []
    for one in waiting:
        if "skill" in one:
            lines.append(f"{one['author']} proposes the skill {one['skill']}. Take it: careerkit receive --accept {one['skill']!r}")
        else:
            place = f"{one['table']} {one['id']} {one['column']}"
            lines.append(f"{place}: here {one['mine']!r}, there {one['theirs']!r}. Keep yours: careerkit receive --keep {place}")
    return lines


@click.command()
@click.option("--coach", nargs=2, metavar="NAME KEY", help="Keep this public key as your coach's: what you share is sealed for it.")
@WORKBOOK
@JSON
def key(coach: tuple[str, str] | None, folder: str | None, as_json: bool) -> None:
    """Show your public key, by which others seal what they send you; it is made where there is none yet.

    The private key stays in a file of your own on this machine, outside of every workbook. Whoever has it can open what was
    sent to you; without it nobody can, so keep a copy in a safe place.
    """
    from careerkit.sharing import keys

    if coach:
        click.echo(_keep_coach(folder, *coach))
        return
    fresh = keys.own() is None
    mine = keys.own_or_new()
    if as_json:
        click.echo(json.dumps({"public_key": mine.public, "file": str(keys.place() / keys.FILE), "new": fresh}, indent=1))
        return
    click.echo(mine.public)
    click.echo(
        f"{'A new key was made; it' if fresh else 'The private one'} lies in {keys.place() / keys.FILE}. Never send that file.", err=True
    )


def _keep_coach(folder: str | None, name: str, key: str) -> str:
    from careerkit.sharing import keys
    from careerkit.store.workbook_folder import find

    return keys.keep_given(find(folder), name, key)


@click.command()
@click.argument("table", required=False)
@click.argument("id", required=False)
@click.argument("text", required=False)
@click.option("--reply-to", metavar="ID", default="", help="The comment that it answers.")
@click.option("--settled", metavar="ID", default="", help="With --practice: a comment of yours that is dealt with.")
@PRACTICE
@CLIENT
@WORKBOOK
def comment(
    table: str | None, id: str | None, text: str | None, reply_to: str, settled: str, practice: str | None, client: str, folder: str | None
) -> None:
    """Write a comment on the record of TABLE with this ID, as it stands now.

    With --practice and --client, as a coach: on a record that the client shared.
    """
    from careerkit import Workbook

    about = (table, id, text) if table and id and text else None
    if bool(about) == bool(settled):
        raise click.UsageError("Give TABLE, ID and TEXT of a comment, or --settled ID.")
    if practice:
        coach_commands.comment(practice, _required(client), about, reply_to, settled)
    elif about:
        made = Workbook.open(folder).comment(*about, reply_to)
        click.echo(f"Written as comment {made}. It leaves with the next careerkit share.")


@click.command()
@click.argument("who", metavar="NAME_OR_ID")
@click.option("--yes", is_flag=True, help="Do not ask; do it.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@PRACTICE
@WORKBOOK
def forget(who: str, yes: bool, dry_run: bool, practice: str | None, folder: str | None) -> None:
    """Take a person out of the workbook for good: tables, history, backups, reports, and what was put aside.

    Where a text names them it says "someone" from then on. It cannot be undone, and does not reach what you sent or what
    lies on other machines.

    With --practice, as a coach: a client, with the copy of their workbook, keys, reports, what came and went, and your notes.
    """
    from careerkit import Workbook

    forgetting = coach_commands.forgetting(practice) if practice else Workbook.open(folder).forget
    if not yes:
        click.echo("\n".join(forgetting(who, dry_run=True).summary(done=False)))
        if dry_run or not click.confirm("Do it?"):
            click.echo("Nothing was changed.")
            return
    said = forgetting(who).summary(done=True)
    click.echo("\n".join(said) if yes else "Done.")


COMMANDS = (share, receive, key, comment, forget)
