"""Outside formats: each a module, in and out."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.exchange import linkedin
from careerkit.exchange.incoming import Plan

FORMATS: dict[str, ModuleType] = {linkedin.NAME: linkedin}


def plan(format: str, file: Path | str | bytes, contacts: pd.DataFrame, **options: Any) -> Plan:
    """Read an outside file and return what taking it in would do; nothing is stored.

    Parameters
    ----------
    format : str
        One of `FORMATS`.
    file : path or bytes
        The file, or its content.
    contacts : DataFrame
        The table contacts as it stands.

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


def _content(file: Path | str | bytes) -> tuple[str, bytes]:
    if isinstance(file, bytes):
        return "the file", file
    path = Path(file)
    try:
        return path.name, path.read_bytes()
    except IsADirectoryError:
        raise CareerkitError(f"{path} is a folder. Give the file in it, such as {path / 'Connections.csv'}.") from None
    except OSError as error:
        raise CareerkitError(f"{path} could not be read: {error.strerror}. Check its name and place.") from error
