"""LinkedIn's Connections.csv, of every era, alone or inside the export's zip."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePosixPath

from careerkit.errors import CareerkitError, Problem
from careerkit.exchange import tabular
from careerkit.exchange.incoming import Incoming, Person, address, identity
from careerkit.exchange.tabular import Row
from careerkit.store.files import zip_members

NAME = "linkedin"
WANTED = {"first name", "last name", "connected on"}
MONTHS = {
    month: place
    for place, month in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
NAMED_MONTH = re.compile(r"(\d{1,2})[.\s-]+([A-Za-z]{3,9})\.?[\s-]+(\d{4}|\d{2})")
# 2018: "6/14/18, 9:05 AM". LinkedIn wrote month first then, which its clock with AM and PM gives away.
WITH_CLOCK = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2}),?\s+\d{1,2}:\d{2}(?::\d{2})?\s*[AP]M", re.IGNORECASE)
NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:,?\s+\d{1,2}:\d{2}(?::\d{2})?)?")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
# What a spreadsheet leaves in a cell whose meaning is gone.
SPOILT = re.compile(r"#(NAME\?|VALUE!|REF!|N/A|NULL!|DIV/0!|NUM!|#+)", re.IGNORECASE)
# A full export has some 60 members and tens of megabytes; these bounds leave room.
MOST_MEMBERS = 2_000
MOST_BYTES = 200_000_000
COLUMNS = {"organisation": "company", "role": "position", "email": "email address", "link": "url"}


def read(content: bytes, name: str, *, dates: str | None = None) -> Incoming:
    """Return the people in a Connections.csv, or in the zip that holds one.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        How to call it in sentences.
    dates : {"day-first", "month-first"}, optional
        How to read 03/04/2026 where the file leaves it open.

    Raises
    ------
    CareerkitError
        When it is no such file, is damaged, or leaves the order of its dates open.
    """
    name, text = _connections(content, name)
    _, rows = tabular.read_table(text, WANTED, name)
    order = _date_order([_cell(row, "connected on") for row in rows], dates, name)
    incoming = Incoming(name, source="LinkedIn")
    for row in rows:
        _take(row, order, name, incoming)
    return incoming


def _connections(content: bytes, name: str) -> tuple[str, str]:
    if not zip_members.is_zip(content):
        return name, tabular.decode(content, name)
    try:
        with zip_members.opened(content) as archive:
            for path, inside in zip_members.members(archive, MOST_MEMBERS, MOST_BYTES, lambda path: path.lower().endswith(".csv")):
                member = PurePosixPath(path).name
                if inside.strip() and _is_connections(inside, member):
                    return member, tabular.decode(inside, member)
            names = [path.lower() for path in archive.namelist()]
    except zip_members.RefusedZip as reason:
        raise CareerkitError(f"{name} was not opened: {reason}. Download it again.") from reason
    if "[content_types].xml" in names:
        raise CareerkitError(f"{name} is a workbook of a spreadsheet program. Save it there as CSV, and import that.")
    raise CareerkitError(f"{name} holds no list of connections. In LinkedIn's export, tick Connections, and download again.")


def _is_connections(content: bytes, name: str) -> bool:
    try:
        tabular.read_table(tabular.decode(content[:20_000], name), WANTED, name)
    except CareerkitError as error:
        # A long list cut at 20 kB may end inside a quoted cell; the header was found all the same.
        return "breaks off" in str(error)
    return True


def _take(row: Row, order: str, name: str, incoming: Incoming) -> None:
    cells = {column: _cell(row, column) for column in ("first name", "last name", *COLUMNS.values())}
    if not any(cells.values()):
        incoming.hidden += 1
        return
    for column, text in cells.items():
        if SPOILT.fullmatch(text):
            cells[column] = ""
            lost = f"{text} is what a spreadsheet leaves where the text is gone."
            incoming.skipped.append(Problem(name, row.line, column, text, lost, "It was left empty; the original download has it."))
    full = " ".join(f"{cells['first name']} {cells['last name']}".split())
    if not full:
        remedy = "It was left out; add the person by hand if you know them."
        incoming.skipped.append(Problem(name, row.line, "first name", "", "The row has no name.", remedy))
        return
    values = {ours: cells[theirs] for ours, theirs in COLUMNS.items()}
    values["link"] = address(values["link"])
    met_on = _day(row, order, name, incoming)
    incoming.people.append(Person(row.line, {"name": full, **values, "met_on": met_on}, identity(values["link"], values["email"])))


def _cell(row: Row, column: str) -> str:
    return next((text.strip() for heading, text in row.cells.items() if heading.casefold() == column), "")


def _day(row: Row, order: str, name: str, incoming: Incoming) -> dt.date | None:
    text = _cell(row, "connected on")
    if not text:
        return None
    day = parse_day(text, order)
    if day is None:
        unread = f"{text!r} could not be read as a day."
        incoming.skipped.append(Problem(name, row.line, "Connected On", text, unread, "The person is taken in without it."))
    return day


def parse_day(text: str, order: str) -> dt.date | None:
    """Return a day as LinkedIn or a spreadsheet wrote it, None when it cannot be read.

    Parameters
    ----------
    order : {"day-first", "month-first", ""}
        For days in numbers.
    """
    if found := ISO.fullmatch(text):
        return _date(*found.groups())
    if found := NAMED_MONTH.fullmatch(text):
        month = MONTHS.get(found[2][:3].casefold())
        return _date(found[3], str(month), found[1]) if month else None
    if found := WITH_CLOCK.fullmatch(text):
        return _date(found[3], found[1], found[2])
    if found := NUMERIC.fullmatch(text):
        day_first = order == "day-first" or "." in text
        return _date(found[3], found[2], found[1]) if day_first else _date(found[3], found[1], found[2])
    return None


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _date_order(texts: list[str], given: str | None, name: str) -> str:
    """Return how days in numbers are to be read; asks when no row of the file shows it."""
    open_ones = [found for text in texts if "." not in text and not WITH_CLOCK.fullmatch(text) and (found := NUMERIC.fullmatch(text))]
    day_first = any(int(found[1]) > 12 for found in open_ones)
    month_first = any(int(found[2]) > 12 for found in open_ones)
    if day_first and month_first:
        raise CareerkitError(f"{name} mixes days such as 25/12 and 12/25. Make them alike, or download it again. Nothing was stored.")
    if day_first or month_first:
        return "day-first" if day_first else "month-first"
    unclear = [found[0] for found in open_ones if found[1] != found[2]]
    if unclear and not given:
        raise CareerkitError(
            f"{name} has days such as {unclear[0]}, which can be read in two ways. "
            "Say which with --dates day-first or --dates month-first. Nothing was stored."
        )
    return given or ""
