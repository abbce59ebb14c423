"""What a workbook is set to: whose it is, and a few habits of reckoning, in ``workbook.toml``."""

from __future__ import annotations

import datetime as dt
import secrets
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from careerkit.errors import CareerkitError

FILE = "workbook.toml"
FORMAT = 1
PERIODS = ("week", "month", "quarter", "fiscal quarter", "year", "fiscal year")

# Stands above each setting in a new file, for those who open it in an editor.
EXPLAINED = {
    "owner": "Your name, as it appears on reports.",
    "id": "Tells this workbook from others; leave it as it is.",
    "format": "Version of the files; leave it as it is.",
    "weekly_learning_hours": "Hours a week you want to learn.",
    "review_period": "How often you look back: week, month, quarter, fiscal quarter, year or fiscal year.",
    "fiscal_first_month": "First month of your employer's year, 1 to 12; fiscal quarters and years begin with it.",
    "today": "The example doesn't age: its today is always this day.",
    "cadence": "Days until you want to be in touch again, by closeness, such as 5 = 30; none is set until you do.",
}


@dataclass(frozen=True)
class Settings:
    """The settings of a workbook.

    Parameters
    ----------
    owner : str
        Whose workbook it is.
    id : str
        Tells this workbook from others.
    format : int
        Version of the files.
    weekly_learning_hours : float
        Hours a week to be learned.
    cadence : dict of int to int
        Closeness (1 to 5) to days until one wants to be in touch again; empty until set.
    review_period : str
        ``week``, ``month``, ``quarter``, ``fiscal quarter``, ``year`` or ``fiscal year``.
    fiscal_first_month : int
        1 to 12.
    today : date or None
        The day that the example stands still on.
    """

    owner: str
    id: str
    format: int = FORMAT
    weekly_learning_hours: float = 2.0
    cadence: dict[int, int] = field(default_factory=dict)
    review_period: str = "quarter"
    fiscal_first_month: int = 1
    today: dt.date | None = None

    @classmethod
    def new(cls) -> Settings:
        """Return the settings of a new workbook, with an id of its own and no owner yet."""
        return cls(owner="", id=_new_id())

    @classmethod
    def load(cls, folder: Path) -> Settings:
        """Return the settings in a workbook's folder.

        Raises
        ------
        CareerkitError
            When the file is missing, cannot be read, lacks its id, or comes from a newer careerkit.
        """
        path = Path(folder) / FILE
        values = _parse(path)
        if not values.get("id"):
            raise CareerkitError(f'{path}: the id is missing. Put the line back from a backup, or write a new one: id = "{_new_id()}"')
        return cls._from(values, path)

    @classmethod
    def load_file(cls, path: Path) -> Settings:
        """Return the settings in a file that workbooks are made from; one without an id is given a new one.

        Raises
        ------
        CareerkitError
            When the file is missing, cannot be read, or comes from a newer careerkit.
        """
        values = _parse(Path(path))
        return cls._from({**values, "id": values.get("id") or _new_id()}, Path(path))

    @classmethod
    def _from(cls, values: dict[str, Any], path: Path) -> Settings:
        for name, (right, said) in _RULES.items():
            if name in values and not right(values[name]):
                raise CareerkitError(f"{path}: {name} is {_shown(values[name])}. Write {said}.")
        own = {name: values[name] for name in _RULES if name in values}
        own["owner"] = own.get("owner", "")
        own["cadence"] = {int(closeness): days for closeness, days in own.get("cadence", {}).items()}
        own["weekly_learning_hours"] = float(own.get("weekly_learning_hours", cls.weekly_learning_hours))
        return cls(**own)

    def owned_by(self, name: str) -> Settings:
        """Return the same settings with another owner."""
        return replace(self, owner=name)

    def text(self, path: Path) -> str:
        """Return the text of a settings file with these settings, keeping what a person wrote into it: comments, order, own lines.

        Raises
        ------
        CareerkitError
            When the file that is there cannot be read, or comes from a newer careerkit.
        """
        document = _document(path)
        for name, value in self._values().items():
            _put(document, name, value)
        return tomlkit.dumps(document)

    def _values(self) -> dict[str, Any]:
        # `cadence` comes last: in TOML, whatever follows a table belongs to it.
        cadence = {str(closeness): days for closeness, days in sorted(self.cadence.items())}
        return {**{name: getattr(self, name) for name in EXPLAINED}, "cadence": cadence}


def _new_id() -> str:
    return f"w{secrets.token_hex(8)}"


def _is_whole(value: Any, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def _is_hours(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value <= 168


def _is_day(value: Any) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _is_cadence(value: Any) -> bool:
    return isinstance(value, dict) and all(key in tuple("12345") and _is_whole(days, 1, 3650) for key, days in value.items())


_RULES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "owner": (lambda value: isinstance(value, str), 'a name in quotes, such as owner = "Nora Berg"'),
    "id": (lambda value: isinstance(value, str), "it in quotes, as it was"),
    "format": (lambda value: _is_whole(value, 1, FORMAT), f"format = {FORMAT}"),
    "weekly_learning_hours": (_is_hours, "a number from 0 to 168, such as weekly_learning_hours = 2"),
    "cadence": (_is_cadence, "a section [cadence] with closeness 1 to 5 and whole days, such as 5 = 30"),
    "review_period": (
        lambda value: value in PERIODS,
        f'one of {", ".join(PERIODS)}, such as review_period = "quarter"',
    ),
    "fiscal_first_month": (lambda value: _is_whole(value, 1, 12), "a month from 1 to 12"),
    "today": (_is_day, "a day without quotes, such as today = 2026-10-12, or take the line out"),
}


def _shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else repr(value)


def _read(path: Path) -> str:
    try:
        # Editors on Windows may put a byte order mark in front, which TOML does not know.
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CareerkitError(f"{path} is missing. Without it the folder isn't a workbook; put it back from a backup.") from None
    except UnicodeDecodeError:
        raise CareerkitError(f"{path} is not written in UTF-8. Save it again as UTF-8 in your editor.") from None
    except OSError as error:
        raise CareerkitError(f"{path} cannot be read: {error.strerror}. Check that the file is yours to open.") from error


def _parse(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(_read(path))
    except tomllib.TOMLDecodeError as error:
        raise CareerkitError(f"{path} cannot be understood: {error}. Correct that place, or put the file back from a backup.") from None
    found = values.get("format", FORMAT)
    if type(found) is int and found > FORMAT:
        raise CareerkitError(
            f"{path} was written by a newer careerkit (format {found}; this one knows {FORMAT}). "
            "Update careerkit, then open the workbook again; nothing was changed."
        )
    return values


def _document(path: Path) -> tomlkit.TOMLDocument:
    if not path.exists():
        return tomlkit.document()
    _parse(path)
    try:
        return tomlkit.parse(_read(path))
    except TOMLKitError as error:
        raise CareerkitError(f"{path} cannot be understood: {error}. Correct that place, or put the file back from a backup.") from None


def _put(document: tomlkit.TOMLDocument, name: str, value: Any) -> None:
    if name == "cadence":
        _put_cadence(document, value)
    elif value is None:
        document.pop(name, None)
    elif name not in document:
        _add(document, name, value)
    elif document[name] != value:
        document[name] = value


def _add(document: tomlkit.TOMLDocument, name: str, value: Any) -> None:
    tables = [key for key, item in document.items() if isinstance(item, dict)]
    if not tables:
        document.add(tomlkit.comment(EXPLAINED[name]))
        document.add(name, value)
        return
    # A key added after a table would fall into it, so the tables are put back behind it.
    kept = {key: document.pop(key) for key in tables}
    document.add(name, value)
    for key, item in kept.items():
        document.add(key, item)


def _put_cadence(document: tomlkit.TOMLDocument, cadence: dict[str, int]) -> None:
    if "cadence" not in document:
        document.add(tomlkit.nl())
        document.add(tomlkit.comment(EXPLAINED["cadence"]))
        document.add("cadence", tomlkit.table())
    table: Any = document["cadence"]
    for closeness in [key for key in table if key not in cadence]:
        table.pop(closeness)
    for closeness, days in cadence.items():
        if table.get(closeness) != days:
            table[closeness] = days
