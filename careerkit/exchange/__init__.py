"""Outside formats: each a module, in and out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.exchange import brag, linkedin
from careerkit.exchange.incoming import Plan
from careerkit.records.settings import Settings
from careerkit.store.files import decoding
from careerkit.store.files.atomic import write_new

FORMATS: dict[str, ModuleType] = {linkedin.NAME: linkedin}
# Each module has export(tables, on, settings, **options) -> the text, and a sentence on what was left out of it.
EXPORTS: dict[str, ModuleType] = {brag.NAME: brag}


def plan(format: str, file: Path | str | bytes, contacts: pd.DataFrame, **options: Any) -> Plan:
    """Read an outside file and return what taking it in would do; nothing is stored.

    Parameters
    ----------
    format : str
        One of `FORMATS`.
    file : path or bytes
        The file, or its content.
    contacts : DataFrame
        The table contacts.

    Raises
    ------
    CareerkitError
        When the format is unknown, or the file cannot be read as one.
    """
    if format not in FORMATS:
        raise CareerkitError(f"There is no import called {format!r}. There is {', '.join(FORMATS)}.")
    name, content = _content(file)
    take_theirs = options.pop("take_theirs", False)
    incoming = FORMATS[format].read(content, name, **options)
    return Plan.of(incoming, contacts, take_theirs=take_theirs)


def export(format: str, tables: Mapping[str, pd.DataFrame], on: dt.date, settings: Settings, **options: Any) -> tuple[str, str]:
    """Return the text of an export, and a sentence on what was left out of it.

    Raises
    ------
    CareerkitError
        When there is no such export, or its options mean nothing.
    """
    if format not in EXPORTS:
        raise CareerkitError(f"There is no export called {format!r}. There is {', '.join(EXPORTS)}.")
    return EXPORTS[format].export(tables, on, settings, **options)


def write_file(text: str, path: Path) -> Path:
    """Write a text into a new file; one that is there already is never written over.

    Raises
    ------
    CareerkitError
        When the file is there already, or cannot be written.
    """
    path = path.expanduser()
    try:
        write_new(path, text.encode())
    except FileExistsError:
        raise CareerkitError(f"{path} is there already. Choose another name, or move that file away first.") from None
    except OSError as error:
        raise CareerkitError(f"{path} could not be written: {error.strerror}. Choose another place.") from error
    return path


def read_text(file: Path | str) -> str:
    """Return the text of a file that somebody wrote, in whatever letters their program uses.

    Raises
    ------
    CareerkitError
        When it cannot be read, or holds no text.
    """
    name, content = _content(file)
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CareerkitError(f"{name} holds no text. Copy the headings into a text file, one a line.")
    return decoding.text_of(content)


def _content(file: Path | str | bytes) -> tuple[str, bytes]:
    if isinstance(file, bytes):
        return "the file", file
    path = Path(file)
    try:
        return path.name, path.read_bytes()
    except IsADirectoryError:
        raise CareerkitError(f"{path} is a folder. Give a file in it.") from None
    except OSError as error:
        raise CareerkitError(f"{path} could not be read: {error.strerror}. Check its name and place.") from error
