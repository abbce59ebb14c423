"""Which figures of a review have changed since it was first made, and because of which corrections."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.review.figures import Figure
from careerkit.review.sections.layout import note, section, wide
from careerkit.review.sections.phrases import NOTHING
from careerkit.topics import RECORDS

Tables = Mapping[str, pd.DataFrame]
MOST_NAMED = 3
# A figure is shown with one digit after the point; less than this is no change.
LEAST = 1e-9


@dataclass(frozen=True)
class Change:
    """A figure that is no longer what it was.

    Parameters
    ----------
    label : str
        Which figure.
    was, now : str
        What it said then and says now; empty where it was not there.
    because : tuple of str
        The corrections behind it, in words.
    """

    label: str
    was: str
    now: str
    because: tuple[str, ...]


def changed(figures_then: Iterable[Mapping[str, Any]], made_at: dt.datetime, figures_now: Iterable[Figure], tables: Tables) -> list[Change]:
    """Return the figures that have changed since, and the records that were added, corrected or taken out for it.

    Parameters
    ----------
    figures_then : iterable of mapping
        As they were kept: key, label, shown, value, records.
    made_at : datetime
        When they were made, in UTC.
    """
    then = {figure["key"]: figure for figure in figures_then}
    now = {figure.key: figure.plain() for figure in figures_now}
    rows = _rows(tables)
    found = []
    for key in dict.fromkeys((*now, *then)):
        was, present = then.get(key), now.get(key)
        if _differ(was, present) and ((one := _change(was, present, made_at, rows)).because or (was and present)):
            found.append(one)
    return found


def _differ(was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> bool:
    first, second = (None if each is None else each.get("value") for each in (was, now))
    if first is None or second is None:
        return first is not second
    return abs(float(first) - float(second)) > LEAST


def _change(was: Mapping[str, Any] | None, now: Mapping[str, Any] | None, made_at: dt.datetime, rows: Mapping[str, Any]) -> Change:
    old, new = (list(each["records"]) if each else [] for each in (was, now))
    reasons = [_correction(key, key in old, made_at, rows) for key in dict.fromkeys((*old, *new))]
    because = tuple(reason for reason in reasons if reason)
    return Change((now or was or {})["label"], was["shown"] if was else "", now["shown"] if now else "", because)


def _rows(tables: Tables) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return id -> table and row of every record."""
    return {str(row["id"]): (table, row) for table, frame in tables.items() for row in frame.to_dict("records")}


def _correction(key: str, counted: bool, made_at: dt.datetime, rows: Mapping[str, Any]) -> str:
    """Return what was done to a record since, '' for nothing."""
    if key not in rows:
        return "a record that is no longer there" if counted else ""
    table, row = rows[key]
    if is_blank(row["updated_at"]) or row["updated_at"] <= pd.Timestamp(made_at):
        return ""
    added = not counted and not is_blank(row["created_at"]) and row["created_at"] > pd.Timestamp(made_at)
    return f"{'added' if added else 'corrected'}: {_name(table, row)}, {look.day(row['updated_at'])}"


def _name(table: str, row: Mapping[str, Any]) -> str:
    record = RECORDS[table]
    name = str(row.get(record.named_by) or "").strip() if record.named_by else ""
    days = [row[field] for field, kind in record.fields.items() if kind.kind == "day" and not is_blank(row[field])]
    return f"{record.noun} “{look.short(name, 60)}”" if name else f"{record.noun}{f' of {look.day(days[0])}' if days else ''}"


def read_figures(path: str | Path | None) -> dict[str, Any] | None:
    """Return the figures kept from an earlier make, None where there are none, or they cannot be read."""
    if not path:
        return None
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
        made = dt.datetime.fromisoformat(found["made_at"])
        figures = [dict(figure, records=list(figure["records"]), shown=str(figure["shown"])) for figure in found["figures"]]
        return {"made_at": made.astimezone(dt.UTC).replace(tzinfo=None) if made.tzinfo else made, "figures": figures}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def corrections(earlier: dict[str, Any] | None, figures: Sequence[Figure], tables: Tables) -> look.Html:
    """Return what has changed since the review was first made, in one quiet line where nothing has."""
    if earlier is None:
        return NOTHING
    first_made = f"This review was first made on {look.long_day(earlier['made_at'])}"
    found = changed(earlier["figures"], earlier["made_at"], figures, tables)
    if not found:
        return note(f"{first_made}; no figure has changed since.")
    rows = [(look.strong(one.label), one.was or "–", one.now or "–", look.muted(_because(one.because))) for one in found]
    table = wide(("Figure", "Then", "Now", "Because of"), rows, "Figures that changed", texts=True)
    summary = f"{first_made}. Since then {look.count(len(found), 'figure')} changed, because records were corrected or added."
    return section("Changed since it was first made", table, summary)


def _because(reasons: Sequence[str]) -> str:
    if not reasons:
        return "no record behind it: a setting, or how it's calculated"
    more = f"; and {len(reasons) - MOST_NAMED} more" if len(reasons) > MOST_NAMED else ""
    return "; ".join(reasons[:MOST_NAMED]) + more
