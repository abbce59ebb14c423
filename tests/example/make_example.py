"""Make the example: an invented person's two years. Each run writes the same data/example/*.csv.

The story stands in ``tests/example/*.txt``: a section a table (``== table: columns``), a line a record, cells with "|"
between. Lines with ">" fill further columns, as the section's head says; "+ column: value" adds one; "//" begins a new
line. Records refer to each other by name, or by their ``key`` where a section has one; ``written`` is the day on which
a record was typed in, where that is not its own day.

Usage: python tests/example/make_example.py
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from careerkit.records import Date, Field, Reference, References, split_list
from careerkit.store.files.table_file import base32
from careerkit.topics import RECORDS

STORY = Path(__file__).parent
FOLDER = STORY.parents[1] / "data" / "example"
FILES = ("networking", "assessment", "goals", "learning", "feedback", "brand", "review", "coaching")
FIRST, TODAY = dt.date(2024, 10, 6), dt.date(2026, 10, 12)
SEED = 20261012

# The days on which she looked at her skills: once at the start, then on the first Sunday of each quarter.
LOOKS = tuple(
    ["2024-10-13", "2025-01-05", "2025-04-06", "2025-07-06", "2025-10-05", "2026-01-04", "2026-04-05", "2026-07-05", "2026-10-04"]
)
# Weeks without study: two Christmases, two holidays, and the spring of the long closes.
GAPS = (
    (dt.date(2024, 12, 20), dt.date(2025, 1, 6)),
    (dt.date(2025, 8, 4), dt.date(2025, 8, 24)),
    (dt.date(2025, 12, 19), dt.date(2026, 1, 5)),
    (dt.date(2026, 3, 9), dt.date(2026, 5, 17)),
    (dt.date(2026, 8, 17), dt.date(2026, 8, 26)),
)
LATER = ("appraisals",)
MINUTES = (30, 40, 45, 60, 60, 75, 90, 120)


@dataclass
class Draft:
    """A record on its way: its cells as told, the day it was typed in, and then its id and times."""

    table: str
    cells: dict[str, str]
    written: dt.date = FIRST
    id: str = ""
    created: dt.datetime = dt.datetime.min
    updated: dt.datetime = dt.datetime.min
    touched: list[dt.date] = field(default_factory=list)

    def fields(self) -> dict[str, Field]:
        """Return the columns of its table."""
        return RECORDS[self.table].fields

    def days(self) -> list[dt.date]:
        """Return the days on which something had happened to it, in the order of its columns."""
        past = [name for name, kind in self.fields().items() if isinstance(kind, Date) and not kind.ahead]
        days = [dt.date.fromisoformat(self.cells[name]) for name in past if self.cells.get(name)]
        return [day for day in days if day <= TODAY]

    def key(self) -> str:
        """Return the name by which others refer to it."""
        named_by = RECORDS[self.table].named_by
        return self.cells.get("key") or (self.cells.get(named_by, "") if named_by else "")


def read(path: Path) -> list[Draft]:
    """Return what a file of the story tells, in its order."""
    drafts: list[Draft] = []
    table, groups, filled = "", [[""]], 0
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark in ("", "#"):
            continue
        if mark == "==":
            table, _, columns = rest.partition(":")
            groups, filled = [_cells(columns)], -1
        elif mark == ">" and filled < 0:
            groups.append(_cells(rest))
        elif mark == ">":
            filled += 1
            drafts[-1].cells |= _named(groups[filled], rest, line)
        elif mark == "+":
            name, _, value = rest.partition(":")
            drafts[-1].cells[name] = _text(value)
        else:
            drafts.append(Draft(table, _named(groups[0], line, line)))
            filled = 0
    return drafts


def _cells(text: str) -> list[str]:
    return [_text(cell) for cell in text.split("|")]


def _text(cell: str) -> str:
    # "//" begins a new line, except within a web address.
    return re.sub(r"(?<!:)//", "\n", cell.strip())


def _named(columns: list[str], text: str, line: str) -> dict[str, str]:
    cells = _cells(text)
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        raise ValueError(f"More cells than columns in: {line}")
    return dict(zip(columns, cells, strict=False))


def own_ratings(told: list[Draft]) -> Iterator[Draft]:
    """Yield a rating a digit, with the evidence that is told for its skill and day."""
    evidence = {(one.cells["skill_id"], one.cells["rated_on"]): one.cells["evidence"] for one in told if one.table == "evidence"}
    for one in told:
        if one.table != "own_ratings":
            continue
        skill = one.cells["skill_id"]
        for on, level, enjoyment in zip(LOOKS, one.cells["levels"], one.cells["enjoyment"], strict=True):
            if level != ".":
                rest = {"level": level, "enjoyment": enjoyment, "evidence": evidence.get((skill, on), "")}
                yield Draft("skill_ratings", {"rated_on": on, "skill_id": skill, "rater": "self", **rest})


def study(told: list[Draft], chance: random.Random) -> Iterator[Draft]:
    """Yield the hours spent with each learning item, its takeaways spread over them."""
    takeaways = defaultdict(list)
    for one in told:
        if one.table == "takeaways":
            takeaways[one.cells["item_id"]].append(one.cells["takeaway"])
    for one in told:
        if one.table != "learning_items" or not one.cells.get("first"):
            continue
        days = sorted(_study_days(one, chance))
        said = takeaways[one.key()]
        at = {(2 * place + 1) * len(days) // (2 * len(said)): text for place, text in enumerate(said)} if said else {}
        for place, day in enumerate(days):
            cells = {"studied_on": day.isoformat(), "item_id": one.key(), "minutes": str(chance.choice(MINUTES))}
            yield Draft("learning_log", {**cells, "takeaway": at.get(place, "")})


def _study_days(item: Draft, chance: random.Random) -> set[dt.date]:
    first, last = (dt.date.fromisoformat(item.cells[name]) for name in ("first", "last"))
    days = set()
    for week in range(0, (last - first).days + 1, 7):
        for _ in range(int(float(item.cells["weekly"]) + chance.random())):
            day = first + dt.timedelta(days=week + chance.randrange(7))
            if day <= last and not any(begin <= day < end for begin, end in GAPS):
                days.add(day)
    return days


def date(drafts: list[Draft], chance: random.Random) -> None:
    """Give each record the day on which it was typed in: its own day, or up to three later for what happens often."""
    for draft in drafts:
        day = draft.cells.get("written")
        if day:
            draft.written = dt.date.fromisoformat(day)
        elif draft.table != "action_steps" and draft.days():
            often = draft.table in ("interactions", "learning_log", "check_ins")
            late = chance.choice((0, 0, 0, 0, 1, 1, 2, 3)) if often else 0
            draft.written = min(max(draft.days()[0] + dt.timedelta(days=late), FIRST), TODAY)
    goals = {draft.key(): draft for draft in drafts if draft.table == "goals"}
    for draft in drafts:
        if draft.table == "action_steps":
            draft.written = goals[draft.cells["goal_id"]].written
        if draft.table == "goal_changes":
            goals[draft.cells["goal_id"]].touched += draft.days()


def stamp(drafts: list[Draft], chance: random.Random) -> None:
    """Give each record its id and the time of its creation, in the order of the days."""
    # Ten in the morning, UTC, is the same day nearly everywhere.
    moment = dt.datetime.min
    for draft in sorted(drafts, key=lambda one: one.written):
        begin = dt.datetime.combine(draft.written, dt.time(10))
        moment = max(begin, moment) + dt.timedelta(seconds=chance.randint(15, 40))
        draft.created = moment
        milliseconds = int(moment.replace(tzinfo=dt.UTC).timestamp()) * 1000 + chance.randrange(1000)
        draft.id = "k" + base32(milliseconds << 20 | chance.getrandbits(20))


def refer(drafts: list[Draft]) -> None:
    """Put ids in the place of names, and the time of the latest change that the record shows."""
    known = {(draft.table, draft.key()): draft for draft in drafts if draft.key()}
    for draft in drafts:
        named: list[Draft] = []
        for name, kind in draft.fields().items():
            if isinstance(kind, (Reference, References)) and draft.cells.get(name):
                others = [known[kind.table, key] for key in split_list(draft.cells[name])]
                draft.cells[name] = ";".join(other.id for other in others)
                named += others
        changed = max([draft.written, *draft.days(), *draft.touched])
        seen = [draft.created, *(other.created + dt.timedelta(minutes=1) for other in named)]
        if changed > draft.written:
            seen.append(dt.datetime.combine(changed, dt.time(10, 59)))
        draft.updated = max(seen)
    for draft in drafts:
        if draft.table == "comments":
            _point(draft, known)


def _point(comment: Draft, known: dict[tuple[str, str], Draft]) -> None:
    table, _, key = comment.cells["record_id"].partition(":")
    about = known[table, key]
    version = about.updated if about.updated <= comment.created else about.created
    comment.cells |= {"record_id": about.id, "record_updated_at": version.strftime("%Y-%m-%dT%H:%M:%SZ")}


def texts(draft: Draft) -> dict[str, str]:
    """Return the cells of a record's line, checked as a save checks them."""
    record = RECORDS[draft.table]
    own = {name: value for name, value in draft.cells.items() if name in record.fields}
    cleaned, wrong = record.clean({**own, "id": draft.id, "created_at": draft.created, "updated_at": draft.updated})
    if wrong:
        raise ValueError(f"{draft.table}, {draft.key()}: {wrong}")
    return record.texts(cleaned)


def tell() -> list[Draft]:
    """Return the records of the two years, oldest first."""
    chance = random.Random(SEED)
    told = [draft for name in FILES for draft in read(STORY / f"{name}.txt")]
    drafts = [draft for draft in told if draft.table in RECORDS]
    drafts += [*own_ratings(told), *study(told, chance)]
    date(drafts, chance)
    # Apart, so that what came into the story later gives none of the others another id.
    stamp([draft for draft in drafts if draft.table not in LATER], chance)
    stamp([draft for draft in drafts if draft.table in LATER], random.Random(SEED + 1))
    refer(drafts)
    return sorted(drafts, key=lambda draft: draft.id)


def make(folder: Path) -> None:
    """Write the example's tables into a folder."""
    rows: dict[str, list[dict[str, str]]] = {table: [] for table in RECORDS}
    for draft in tell():
        rows[draft.table].append(texts(draft))
    folder.mkdir(parents=True, exist_ok=True)
    for table, lines in rows.items():
        sink = io.StringIO(newline="")
        writer = csv.DictWriter(sink, list(RECORDS[table].fields), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
        (folder / f"{table}.csv").write_bytes(sink.getvalue().encode("utf-8-sig"))


if __name__ == "__main__":
    make(FOLDER)
