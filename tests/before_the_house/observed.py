"""What one sees of what was made before: the same questions, put once to the code of then and in each test to that of now.

Only ``careerkit`` itself, the practice, its roster and the command that a person types are called, so that it does not matter
in which file the rest lives.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import json
import math
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import cached_property
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pandas as pd
from click.testing import CliRunner

from careerkit import Workbook
from careerkit.coach import Practice, roster

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"
PARTS = ("workbook", "practice", "keys", "bundles")
JOURNAL = "journal.sqlite3"
# Everything is looked at on this day, the last on which anything was written.
DAY, EARLIER, PERIOD = "2026-10-12", "2026-06-30", "2026Q3"
HANNA, BRUNO, PIET, AMAL = "Hanna Oyelaran", "Bruno Salgado", "Piet Sanders", "Amal Rashid"
# For whom a review was made, and how.
READERS: dict[str, dict[str, Any]] = {
    "self": {"formats": ("md",)},
    "manager": {"formats": ("md",), "chosen": ("goals",)},
    "sponsor": {"formats": ("md",)},
}
SINCE = ("assessment.changes", "brand.wins", "brand.stories", "review.counts")
ROLE = ("assessment.distance", "assessment.gaps", "assessment.roles", "assessment.who_could_help")
AS_OF = ("goals",)
UNDONE = 6


@contextlib.contextmanager
def keys_of(who: str, place: Path = HERE / "keys") -> Iterator[None]:
    """Be somebody for as long as the block lasts: their keys lie in a folder of theirs."""
    before = os.environ.get("CAREERKIT_KEYS")
    os.environ["CAREERKIT_KEYS"] = str(place / who.split()[0].lower())
    try:
        yield
    finally:
        if before is None:
            del os.environ["CAREERKIT_KEYS"]
        else:
            os.environ["CAREERKIT_KEYS"] = before


def command(*words: str | Path, said: str = "") -> tuple[int, str]:
    """Type a command, and return how it ended and what it printed."""
    (main,) = entry_points(group="console_scripts", name="careerkit")
    done = CliRunner().invoke(main.load(), [str(word) for word in words], input=said)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout


class Before:
    """A copy of everything that was made before, in a folder of its own.

    Parameters
    ----------
    place : Path
        An empty folder.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        for part in PARTS:
            shutil.copytree(HERE / part, place / part)
        for file in list(place.rglob(f"{JOURNAL}.gz")):
            file.with_name(JOURNAL).write_bytes(gzip.decompress(file.read_bytes()))
            file.unlink()
        for secret in ("key.txt", "secret", "pairing"):
            for file in place.rglob(secret):
                # A checkout keeps no such modes.
                file.chmod(0o600)
        self.folder, self.desk = place / "workbook", place / "practice"

    @cached_property
    def book(self) -> Workbook:
        """Hanna's workbook."""
        return Workbook.open(self.folder, today=DAY)

    @cached_property
    def practice(self) -> Practice:
        """Bruno's practice."""
        with self.being(BRUNO):
            practice = Practice.open(self.desk, today=dt.date.fromisoformat(DAY))
            assert practice.key
        return practice

    def being(self, who: str) -> contextlib.AbstractContextManager[None]:
        return keys_of(who, self.place / "keys")

    def outbox(self, file: str) -> Path:
        """A file that Bruno made."""
        return self.desk / "outbox" / file

    def passphrase(self, file: str) -> str:
        return json.loads((self.place / "bundles" / "passphrases.json").read_text(encoding="utf-8"))[file]


# -- as JSON holds it


def plain(value: Any) -> Any:
    """Return a cell, a row or a frame as JSON holds it; what is missing is null, and no float is told to its last bit."""
    if isinstance(value, pd.DataFrame):
        return {"columns": [str(name) for name in value.columns], "rows": [plain(row) for row in value.itertuples(index=False, name=None)]}
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if value is None or isinstance(value, (str, bool)):
        return value
    if pd.isna(value):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()
    value = value.item() if hasattr(value, "item") else value
    return round(value, 9) if isinstance(value, float) and math.isfinite(value) else value


def written(value: Any, depth: int = 4) -> str:
    """Return JSON with a line a row, so that one can read it and see what differs."""
    return _written(value, depth) + "\n"


def _written(value: Any, depth: int) -> str:
    if not depth or not value or not isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return (
            "{\n" + ",\n".join(f"{json.dumps(key, ensure_ascii=False)}: {_written(each, depth - 1)}" for key, each in value.items()) + "\n}"
        )
    return "[\n" + ",\n".join(_written(each, depth - 1) for each in value) + "\n]"


def expected(name: str) -> Any:
    """Return what the code of before said."""
    text = (EXPECTED / name).read_text(encoding="utf-8")
    return json.loads(text) if name.endswith(".json") else text


def cells(folder: Path) -> dict[str, list[str]]:
    """Return what each notebook of a folder calls after its first cell; that of the review is run as it is."""
    found = {}
    for file in sorted((folder / "notebooks").rglob("[0-9e]*.ipynb")):
        code = ["".join(cell["source"]) for cell in json.loads(file.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
        found[file.relative_to(folder / "notebooks").with_suffix("").as_posix()] = [code[0].splitlines()[-1], *code[1:]]
    return found


# -- a workbook, looked at


def tables(book: Workbook) -> dict[str, Any]:
    return {table: plain(book.read(table)) for table in book.tables()}


def measured(book: Workbook, name: str, arguments: dict[str, str]) -> Any:
    return plain(book.measure(name, **arguments))


def problems(book: Workbook) -> list[dict[str, Any]]:
    return [asdict(problem) for problem in book.check()]


def settings(book: Workbook) -> dict[str, Any]:
    names = ("owner", "id", "weekly_learning_hours", "review_period", "fiscal_first_month", "cadence")
    return {name: plain(getattr(book.settings, name)) for name in names}


def figures(book: Workbook, period: str, reader: str) -> Any:
    told = book.review(period, reader, READERS[reader].get("chosen", ())).figures()
    return plain(told[["key", "shown", "value", "records"]])


def brag(before: Before) -> str:
    file = before.place / "brag.md"
    code, _ = command("export", "brag", "--period", PERIOD, "--out", file, "--workbook", before.folder)
    assert code == 0
    return file.read_text(encoding="utf-8")


def appraisal(before: Before) -> Any:
    return json.loads(command("appraisal", "--period", PERIOD, "--json", "--workbook", before.folder)[1])


def leaving(before: Before) -> Any:
    """What would leave for the coach, with names replaced."""
    fields = "contacts.name,contacts.organisation,interactions.contact_ids,events.name,feedback.giver"
    return json.loads(
        command("share", "--dry-run", "--topics", "networking,feedback", "--fields", fields, "--json", "--workbook", before.folder)[1]
    )


def waiting(before: Before) -> Any:
    return json.loads(command("receive", "--json", "--workbook", before.folder)[1])


def forgetting(before: Before, *where: str | Path, who: str) -> list[str]:
    return command("forget", who, "--dry-run", *where)[1].splitlines()


# -- a workbook, changed


def changed(book: Workbook, act: Callable[[], Any]) -> dict[str, Any]:
    """Return what was said of an act, and which rows went and came by it."""
    was = tables(book)
    said = act()
    now = tables(book)
    differing = {table: _between(was[table]["rows"], now[table]["rows"]) for table in now if was[table] != now[table]}
    return {"said": plain(said), "rows": differing}


def _between(was: list[Any], now: list[Any]) -> dict[str, Any]:
    return {"went": [row for row in was if row not in now], "came": [row for row in now if row not in was]}


def undone(book: Workbook) -> list[dict[str, Any]]:
    """The latest saves taken back, one after the other."""
    return [changed(book, book.undo) for _ in range(UNDONE)]


def restored(book: Workbook, backup: str) -> dict[str, Any]:
    return changed(book, lambda: book.restore(backup))


def received(before: Before, book: Workbook, who: str, file: Path, passphrase: str = "") -> dict[str, Any]:
    """What a bundle brings; a passphrase is typed."""

    def act() -> Any:
        code, said = command("receive", file, "--json", "--workbook", book.folder, said=f"{passphrase}\n" if passphrase else "")
        assert code == 0, said
        return _without_changes(json.loads(said))

    with before.being(who):
        return changed(book, act)


def _without_changes(said: dict[str, Any]) -> dict[str, Any]:
    # The rows themselves are looked at before and after.
    return {**said, "changes": [[each["table"], each["id"]] for each in said["changes"]]}


def in_a_new_workbook(before: Before, who: str, file: str, passphrase: str = "") -> dict[str, Any]:
    book = Workbook.create(before.place / f"new {file}", owner=who)
    return received(before, book, who, before.outbox(file), passphrase)


STARTERS = {HANNA: "hanna-oyelaran-2026-06-01.careerkit", PIET: "piet-sanders-2026-06-01.careerkit"}
FURTHER, ANSWER = "hanna-oyelaran-2026-10-06.careerkit", "hanna-oyelaran-2026-10-07.careerkit"
LAPTOP = "from_the_laptop.careerkit"


def from_the_laptop(before: Before) -> dict[str, Any]:
    return received(before, before.book, HANNA, before.place / "bundles" / LAPTOP, before.passphrase(LAPTOP))


def from_the_coach(before: Before) -> dict[str, Any]:
    return {file: received(before, before.book, HANNA, before.outbox(file)) for file in (FURTHER, ANSWER)}


# -- a practice


def clients(practice: Practice) -> dict[str, Any]:
    """Each client: whose, what they shared, every table, what is wrong, and how things stand between the two."""
    return {
        copy.name: {
            "id": copy.id,
            "shared": plain(asdict(copy.shared)),
            "problems": problems(copy),
            "notes": plain(practice.notes(copy)),
            "tables": {table: frame for table, frame in tables(copy).items() if frame["rows"]},
            "coaching.assignments": measured(copy, "coaching.assignments", {}),
            "coaching.comments": measured(copy, "coaching.comments", {}),
        }
        for copy in practice.clients()
    }


def own(practice: Practice) -> dict[str, Any]:
    return {"coach": practice.coach, "key": practice.key, **{table: plain(practice.read(table)) for table in practice.tables()}}


def all_clients(practice: Practice) -> dict[str, Any]:
    """The roster: for programs, and in words."""
    return {"rows": [plain(row.plain(practice.today)) for row in roster.rows(practice)], "words": roster.summary(practice)}


def taken_in(before: Before) -> dict[str, Any]:
    """What the inbox brings; the file that opens with a passphrase asks for it."""
    was = {copy.name: tables(copy) for copy in before.practice.clients()}
    with before.being(BRUNO):
        code, said = command("receive", "--practice", before.desk, "--json", said=f"{before.passphrase('piet-october.careerkit')}\n")
        again = Practice.open(before.desk, today=before.practice.today)
        copies = {copy.name: tables(copy) for copy in again.clients()}
        told = all_clients(again)
    rows = {
        name: {table: _between(was[name][table]["rows"], frame["rows"]) for table, frame in now.items() if was[name][table] != frame}
        for name, now in copies.items()
    }
    lying = sorted(file.relative_to(before.desk).as_posix() for file in (before.desk / "inbox").rglob("*") if file.is_file())
    came = [_without_changes(each) for each in json.loads(said)["received"]]
    return {"code": code, "received": came, "stayed": json.loads(said)["stayed"], "rows": rows, "inbox": lying, "roster": told["rows"]}


# -- everything, as it was written down once


def everything(scratch: Path) -> dict[str, Any]:
    """Return each file of ``expected`` and what it holds."""
    places = (scratch / str(number) for number in range(99))

    def before() -> Before:
        return Before(next(places))

    one = before()
    book, practice = one.book, one.practice
    rows = {table: book.read(table) for table in book.tables()}
    role = rows["roles"]["id"].iloc[1]
    names = [each["measure"] for each in json.loads(command("measure", "--json")[1])]
    asked = [(name, arguments) for name in names for arguments in _arguments(name, role)]
    told = {
        "problems": problems(book),
        "settings": settings(book),
        "history": {f"{table} {key}": plain(book.history(table, key)) for table, key in _records(rows)},
        "saves": plain(book.history()),
        "vanished": plain(book.vanished()),
        "backups": book.backups(),
        "differences": {backup: book.restore(backup, dry_run=True) for backup in book.backups()},
        "repair": book.repair(dry_run=True),
        "waiting": waiting(one),
        "due": book.report_due()[1],
        "appraisal": appraisal(one),
        "leaving": leaving(one),
        "forgetting": forgetting(one, "--workbook", one.folder, who="Grace Mbeki"),
        "undone": undone(before().book),
        "restored": restored(before().book, book.backups()[-2]),
        "put_back": changed(again := before().book, again.answer_vanished),
    }
    reviewed = {period: figures(book, period, "self") for period in ("FY2027Q1", "2025Q4")}
    passed = {
        STARTERS[HANNA]: in_a_new_workbook(one, HANNA, STARTERS[HANNA]),
        STARTERS[PIET]: in_a_new_workbook(one, PIET, STARTERS[PIET], one.passphrase(STARTERS[PIET])),
        **from_the_coach(before()),
        LAPTOP: from_the_laptop(before()),
    }
    kept = {
        "own": own(practice),
        "clients": clients(practice),
        "roster": all_clients(practice),
        "taken_in": taken_in(before()),
        "undone": practice_undone(before()),
        "forgetting": forgetting(one, "--practice", one.desk, who=PIET),
    }
    return {
        "tables.json": tables(before().book),
        "measures.json": [{"name": name, "arguments": arguments, "said": measured(book, name, arguments)} for name, arguments in asked],
        "workbook.json": told,
        "brag.md": brag(one),
        "figures.json": reviewed,
        "bundles.json": passed,
        "practice.json": kept,
    }


def practice_undone(before: Before) -> list[str]:
    """The latest two saves of the practice's own taken back, and the note that then stands."""
    said = [before.practice.undo(), before.practice.undo()]
    return [*said, *before.practice.read("coach_notes")["text"]]


def _arguments(name: str, role: str) -> Iterator[dict[str, str]]:
    yield {"on": DAY}
    if name.split(".")[0] in AS_OF:
        yield {"on": EARLIER}
    if name in SINCE:
        yield {"on": DAY, "since": "2026-04-01"}
    if name in ROLE:
        yield {"on": DAY, "role": role}


def _records(rows: dict[str, pd.DataFrame]) -> Iterator[tuple[str, str]]:
    for table, column, name in (
        ("goals", "title", "Own a budget"),
        ("contacts", "name", "Mei Tanaka"),
        ("contacts", "name", "Tomasz Wilk"),
        ("contacts", "name", "Oskar Lind"),
        ("assignments", "title", "Rate your skills"),
        ("comments", "text", "Who would miss it if nobody owned it?"),
    ):
        yield table, rows[table].set_index(column).at[name, "id"]
