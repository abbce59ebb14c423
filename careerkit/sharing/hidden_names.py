"""Names that somebody may not read, in whatever text they appear."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from careerkit.records import Reference, References, Text
from careerkit.topics import RECORDS

# A shorter name, such as "Lead", is in many texts that have nothing to do with it.
LONG_NAME = 7


def names(tables: Mapping[str, pd.DataFrame], columns: Mapping[str, tuple[str, ...]]) -> re.Pattern[str] | None:
    """Return what finds the names in those columns, None where there are none.

    A post that one has held is no secret.
    """
    found = {name.strip() for table, own in columns.items() for column in own for name in tables[table][column]} if tables else set()
    held = {title.strip().casefold() for title in tables["positions"]["title"]} if found else set()
    secret = sorted(re.escape(name) for name in found if len(name) >= LONG_NAME and name.casefold() not in held)
    return re.compile(rf"(?<!\w)(?:{'|'.join(secret)})(?!\w)", re.IGNORECASE) if secret else None


def without(table: str, frame: pd.DataFrame, names: re.Pattern[str] | None) -> pd.DataFrame:
    """Return a table without the rows that are called by such a name, and without the lines that say one."""
    record = RECORDS.get(table)
    if names is None or record is None or frame.empty:
        return frame
    if record.named_by:
        frame = frame[~frame[record.named_by].str.contains(names)]
    texts = [name for name, each in record.own_fields().items() if isinstance(each, Text) and not isinstance(each, Reference | References)]
    return frame.assign(**{name: frame[name].map(lambda text: _lines(text, names)).astype(frame[name].dtype) for name in texts})


def _lines(text: str, names: re.Pattern[str]) -> str:
    return "\n".join(line for line in text.splitlines() if not names.search(line)) if names.search(text) else text
