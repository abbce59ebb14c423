"""Comments with the answers to them, and whose they are."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from careerkit.records import is_blank
from careerkit.topics.tables import Row


def is_owners(author: str, owner: str) -> bool:
    """Say whether the owner of the workbook wrote a comment."""
    return bool(owner.strip()) and author.strip().casefold() == owner.strip().casefold()


def grouped(comments: pd.DataFrame) -> list[list[Row]]:
    """Return each comment with the answers to it, in the order in which they were written."""
    rows = comments.sort_values(["written_on", "created_at", "id"], kind="stable").to_dict("records")
    answered = {row["id"]: row["reply_to"] for row in rows}
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(_first(row["id"], answered), []).append(row)
    return [[*(row for row in talk if row["id"] == key), *(row for row in talk if row["id"] != key)] for key, talk in found.items()]


def _first(key: str, answered: Mapping[str, str]) -> str:
    """Return the comment with which a conversation began; an answer to one that is not here begins its own."""
    seen = set()
    while not is_blank(answered[key]) and answered[key] in answered and key not in seen:
        seen.add(key)
        key = answered[key]
    return key
