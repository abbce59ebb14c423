"""What spreadsheet programs do to a CSV that is opened, perhaps changed in one cell, and saved."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Program:
    """A program in one country's settings.

    Parameters
    ----------
    day, moment : str
        How it shows days and times, as for strftime.
    yes, no : str
        Its words for true and false; only its own language's words, and English ones, are taken for booleans.
    """

    name: str
    separator: str = ","
    encoding: str = "utf-8-sig"
    line_end: str = "\r\n"
    day: str = "%Y-%m-%d"
    moment: str = "%Y-%m-%d %H:%M"
    decimal: str = "."
    yes: str = "TRUE"
    no: str = "FALSE"

    def saved(self, data: bytes, change: dict[tuple[str, str], str] | None = None) -> bytes:
        """Return the file as it lies there after opening and saving.

        Parameters
        ----------
        change : dict
            Old cell and column name to the text that a person types over it.
        """
        header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        rows = [[(change or {}).get((cell, name)) or self.shown(cell) for name, cell in zip(header, row, strict=True)] for row in rows]
        sink = io.StringIO()
        csv.writer(sink, delimiter=self.separator, lineterminator=self.line_end).writerows([header, *rows])
        text = sink.getvalue()
        if self.encoding.startswith("utf"):
            return text.encode(self.encoding)
        wide = "".join(letter if ord(letter) < 0x10000 else "??" for letter in text)
        return wide.encode(self.encoding, "replace")

    def shown(self, cell: str) -> str:
        """Return what the program makes of a cell's text."""
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
            return self._dated(dt.datetime.fromisoformat(cell), self.day)
        if cell.endswith("Z") and re.fullmatch(r"\d{4}-\d{2}-\d{2}T[\d:]{8}Z", cell):
            return self._dated(dt.datetime.fromisoformat(cell[:-1]), self.moment)
        if cell in ("true", "false"):
            return self.yes if cell == "true" else self.no
        if re.fullmatch(r"\+?\d+", cell):
            return self._number(int(cell))
        if re.fullmatch(r"\d+\.\d+", cell):
            return f"{float(cell):.15g}".replace(".", self.decimal)
        if cell.startswith("="):
            return "2" if cell == "=1+1" else "#NAME?"
        return "#NAME?" if re.match(r"[-+@][A-Za-z]", cell) else cell

    def _number(self, number: int) -> str:
        # From 12 digits on a column of usual width shows a power of ten.
        return str(number) if number < 10**11 else f"{number:.5E}".replace(".", self.decimal)

    def _dated(self, moment: dt.datetime, form: str) -> str:
        short = {"{d}": str(moment.day), "{m}": str(moment.month), "{n}": str((moment - dt.datetime(1899, 12, 30)).days)}
        for mark, text in short.items():
            form = form.replace(mark, text)
        return moment.strftime(form)


GERMAN = {"decimal": ",", "yes": "WAHR", "no": "FALSCH"}
PROGRAMS = (
    Program("Excel, Germany", ";", "cp1252", day="%d.%m.%Y", moment="%d.%m.%Y %H:%M", **GERMAN),
    Program("Excel, France", ";", "cp1252", day="%d/%m/%Y", moment="%d/%m/%Y %H:%M", decimal=",", yes="VRAI", no="FAUX"),
    Program("Excel, Italy", ";", "cp1252", day="%d/%m/%Y", moment="%d/%m/%Y %H:%M", decimal=",", yes="VERO", no="FALSO"),
    Program("Excel, Poland", ";", "cp1250", day="%d.%m.%Y", moment="%d.%m.%Y %H:%M", decimal=",", yes="PRAWDA", no="FAŁSZ"),
    Program("Excel, USA", ",", "cp1252", day="{m}/{d}/%Y", moment="{m}/{d}/%Y %H:%M"),
    Program("Excel, USA, two digits", ",", "cp1252", day="{m}/{d}/%y", moment="{m}/{d}/%y %I:%M %p"),
    Program("Excel, United Kingdom", ",", "cp1252", day="%d/%m/%Y", moment="%d/%m/%Y %H:%M"),
    Program("Excel, UTF-8, Germany", ";", "utf-8-sig", day="%d.%m.%Y", moment="%d.%m.%Y %H:%M", **GERMAN),
    Program("Excel, Unicode text", "\t", "utf-16", day="%d.%m.%Y", moment="%d.%m.%Y %H:%M", **GERMAN),
    Program("Excel, Mac", ";", "mac_roman", "\r", day="%d.%m.%y", moment="%d.%m.%y %H:%M", **GERMAN),
    Program("Excel, MS-DOS", ";", "cp850", day="%d.%m.%Y", moment="%d.%m.%Y %H:%M", **GERMAN),
    Program("Excel, days as numbers", ";", "cp1252", day="{n}", decimal=","),
    Program("Excel, months by name", ",", "cp1252", day="{d}-%b-%y", moment="{d}-%b-%y %H:%M"),
    Program("LibreOffice", ",", "utf-8", "\n", moment="%Y-%m-%d %H:%M:%S"),
    Program("LibreOffice, Germany", ",", "utf-8", "\n", day="%d.%m.%y", moment="%d.%m.%y %H:%M", **GERMAN),
    Program("Numbers", ";", "utf-8", day="%d.%m.%Y", moment="%d.%m.%Y %H:%M:%S", decimal=","),
    Program("Google Sheets", ",", "utf-8", day="{m}/{d}/%Y", moment="{m}/{d}/%Y %H:%M:%S"),
    Program(
        "a data frame, written anew", ",", "utf-8", "\n", day="%Y-%m-%d 00:00:00", moment="%Y-%m-%d %H:%M:%S+00:00", yes="True", no="False"
    ),
)
