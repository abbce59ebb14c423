"""Dated backups of a workbook's data, made before the first save of a day.

The rule by which they are kept: the last 7 days that had saves, then one a week for 8 weeks, one a month for 24 months,
one a year for ever. Of a week, month or year it is the earliest that stays. Weeks, months and years without saves are not
counted, so that a pause costs nothing. Each is a zip of ``data/`` and ``workbook.toml`` as they stood before that save,
in ``.careerkit/backups/``; one made before a repair or a restore counts as that day's.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from careerkit.errors import CareerkitError
from careerkit.records.settings import FILE as SETTINGS_FILE
from careerkit.store.files.atomic import write_atomically
from careerkit.store.files.zip_members import UNREADABLE
from careerkit.store.layout import BACKUPS

DAYS, WEEKS, MONTHS = 7, 8, 24
# Nothing else in the folder is ever taken away: it may be the person's own.
NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{6}-before-(?:repair|restore))?\.zip")


class Backups:
    """The backups of a workbook.

    Parameters
    ----------
    folder : Path
        The workbook.
    today : callable
        The day on this machine.
    """

    def __init__(self, folder: Path, today: Callable[[], dt.date] = dt.date.today) -> None:
        self.folder = folder
        self.place = folder / BACKUPS
        self.today = today
        self._tried_on: dt.date | None = None

    def names(self) -> list[str]:
        """Return the names of the backups, the oldest first."""
        found = (NAME.fullmatch(path.name) for path in self.place.glob("*.zip"))
        return sorted((match.string.removesuffix(".zip") for match in found if match and _day(match.string)), key=_order)

    def any(self) -> bool:
        """Say whether there is a backup."""
        return bool(self.names())

    def keep_day(self) -> str | None:
        """Make the day's backup where there is none yet, and let go of those that the rule no longer keeps.

        Returns
        -------
        str or None
            None when nothing was to do, '' when it was made, else a sentence that says why not: a save never fails by it.
        """
        day = self.today()
        if self._tried_on == day:
            return None
        self._tried_on = day
        if any(name.startswith(day.isoformat()) for name in self.names()):
            return None
        try:
            self._write(day.isoformat())
            self._thin()
        except OSError as error:
            return f"No backup could be made on {day.isoformat()}: {error.strerror or error}."
        return ""

    def make(self, before: str) -> str:
        """Make a backup now and return its name.

        Parameters
        ----------
        before : str
            "repair" or "restore".

        Raises
        ------
        CareerkitError
            When it could not be written.
        """
        moment = dt.datetime.combine(self.today(), dt.datetime.now().time())
        while (stamp := f"{moment:%Y-%m-%dT%H%M%S}-before-{before}") in self.names():
            moment += dt.timedelta(seconds=1)
        try:
            self._write(stamp)
        except OSError as error:
            raise CareerkitError(
                f"The backup before the {before} could not be written: {error.strerror or error}. Nothing was changed;"
                " make room on the disk, then try again."
            ) from error
        return stamp

    def _write(self, name: str) -> None:
        self.place.mkdir(parents=True, exist_ok=True)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as bundle:
            for file in self._files():
                bundle.write(file, file.relative_to(self.folder).as_posix())
        write_atomically(self.place / f"{name}.zip", packed.getvalue())

    def _files(self) -> Iterable[Path]:
        data = sorted(path for path in (self.folder / "data").rglob("*") if path.is_file() and path.suffix != ".tmp")
        settings = self.folder / SETTINGS_FILE
        return [*data, *([settings] if settings.is_file() else [])]

    def _thin(self) -> None:
        names = self.names()
        for name in sorted(set(names) - kept(names)):
            (self.place / f"{name}.zip").unlink()

    # -- reading

    def named(self, asked: str) -> str:
        """Return the name of the backup that is meant: a name, or a day of which there is one.

        Raises
        ------
        CareerkitError
            When there is none.
        """
        names = self.names()
        if asked in names:
            return asked
        that_day = [name for name in names if name.startswith(f"{asked}T")]
        if that_day and _day(asked):
            return that_day[0]
        near = f" The nearest is {min(names, key=lambda name: _distance(name, asked))}." if names and _day(asked) else ""
        raise CareerkitError(f"There is no backup {asked!r}.{near} careerkit restore lists the ones there are.")

    def tables(self, name: str) -> dict[str, bytes]:
        """Return the content of each CSV in a backup, by table.

        Raises
        ------
        CareerkitError
            When it cannot be read whole.
        """
        try:
            with zipfile.ZipFile(self.place / f"{name}.zip") as bundle:
                members = [member for member in bundle.namelist() if re.fullmatch(r"data/[^/]+\.csv", member)]
                return {member[len("data/") : -len(".csv")]: bundle.read(member) for member in members}
        except UNREADABLE as error:
            raise CareerkitError(
                f"The backup {name} is damaged and cannot be read: {error}. Take another; careerkit restore lists them."
            ) from error


def with_each(packed: bytes, make: Callable[[str, bytes], bytes]) -> bytes:
    """Return a backup's bytes with each member made anew from its name and content; the same bytes where none changes."""
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        was = {entry: opened.read(entry) for entry in opened.infolist()}
    made = {entry: make(entry.filename, content) for entry, content in was.items()}
    if made == was:
        return packed
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as written:
        for entry, content in made.items():
            written.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return sink.getvalue()


def kept(names: Iterable[str]) -> set[str]:
    """Return which backups the rule keeps."""
    names = sorted(names, key=_order)
    days = sorted({name[:10] for name in names})
    recent = set(days[-DAYS:])
    keep = {name for name in names if name[:10] in recent}
    for count, period in ((WEEKS, _week), (MONTHS, _month), (None, _year)):
        first: dict[str, str] = {}
        for name in names:
            first.setdefault(period(name), name)
        keep |= set(list(first.values())[-count:] if count else first.values())
    return keep


def _week(name: str) -> str:
    year, week, _ = dt.date.fromisoformat(name[:10]).isocalendar()
    return f"{year}-{week:02}"


def _month(name: str) -> str:
    return name[:7]


def _year(name: str) -> str:
    return name[:4]


def _order(name: str) -> tuple[str, str]:
    return name[:10], name


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _distance(name: str, asked: str) -> int:
    one, other = _day(name), _day(asked)
    return abs((one - other).days) if one and other else 0
