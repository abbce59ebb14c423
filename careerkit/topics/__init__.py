"""The registry: which topics, records, measures and charts there are."""

from __future__ import annotations

import datetime as dt
import difflib
import importlib
import importlib.util
import inspect
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Any

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.records import Record
from careerkit.records.settings import Settings

Tables = Mapping[str, pd.DataFrame]
Measure = Callable[..., pd.DataFrame]

TOPICS = (
    "assessment",
    "networking",
    "learning",
    "goals",
    "feedback",
    "brand",
    "coaching",
    "habits",
    "attention",
    "review",
)
# Tables of a coach's practice, which no workbook has.
PRACTICE = ("coach_notes",)


def part(topic: str, name: str) -> ModuleType | None:
    """Return a topic's module such as ``measures``, None where it has none."""
    name = f"{__name__}.{topic}.{name}"
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


def _own(module: ModuleType | None) -> dict[str, Any]:
    """Return the names that a module's ``__all__`` lists, where it hands on those of others; else the public ones it defines itself."""
    if module is None:
        return {}
    named = vars(module)
    if "__all__" in named:
        return {name: named[name] for name in named["__all__"]}
    return {name: item for name, item in named.items() if name[0] != "_" and getattr(item, "__module__", "") == module.__name__}


def _records(topic: str) -> dict[str, type[Record]]:
    classes = [item for item in _own(part(topic, "records")).values() if inspect.isclass(item) and issubclass(item, Record)]
    return {item.table: item for item in classes if item.table not in PRACTICE}


def _measures(topic: str) -> dict[str, Measure]:
    functions = {name: item for name, item in _own(part(topic, "measures")).items() if inspect.isfunction(item)}
    return {f"{topic}.{name}": function for name, function in functions.items()}


RECORDS: dict[str, type[Record]] = {table: record for topic in TOPICS for table, record in _records(topic).items()}
MEASURES: dict[str, Measure] = {name: function for topic in TOPICS for name, function in _measures(topic).items()}


def record(table: str) -> type[Record]:
    """Return the class that declares a table's rows.

    Raises
    ------
    CareerkitError
        When there is no such table.
    """
    if table not in RECORDS:
        raise CareerkitError(f"There is no table {table!r}. The tables are {', '.join(sorted(RECORDS))}.")
    return RECORDS[table]


def formula(name: str) -> str:
    """Return what a measure says and how it is calculated, from its docstring, on one line.

    Raises
    ------
    CareerkitError
        When there is no such measure.
    """
    parts = inspect.cleandoc(_measure(name).__doc__ or "").split("\n\n")
    section = next((part for part in parts if part.startswith("Formula\n")), "")
    lines = [parts[0], *section.splitlines()[2:]]
    text = " ".join(line.strip() for line in lines).strip().removeprefix("Return ")
    return text[:1].upper() + text[1:]


def measure(
    name: str, tables: Tables, on: dt.date, settings: Settings, since: dt.date | None = None, role: str | None = None
) -> pd.DataFrame:
    """Return a measure's frame as of a day, passing on what the measure asks for.

    Parameters
    ----------
    name : str
        Such as "goals.pace".
    tables : mapping of str to DataFrame
        Every table, typed.
    since : date, optional
        First day, for measures over a period.
    role : str, optional
        Id of a role, for measures against its targets.

    Raises
    ------
    CareerkitError
        When there is no such measure, or it does not take ``since`` or ``role``.
    """
    function = _measure(name)
    takes = inspect.signature(function).parameters
    given: dict[str, Any] = {key: value for key, value in (("since", since), ("role", role)) if value is not None}
    for key in given:
        if key not in takes:
            raise CareerkitError(f"{name} does not take {key}. Leave {key} out.")
    if "settings" in takes:
        given["settings"] = settings
    missing = [key for key, asked in takes.items() if asked.default is asked.empty and key not in ("tables", "on", *given)]
    if missing:
        raise CareerkitError(f"{name} needs {' and '.join(missing)}. Name it as well.")
    return function(tables, on, **given)


def chart(name: str) -> Callable[..., Any]:
    """Return a chart's function, such as "goals.timeline"; Plotly loads no sooner.

    Raises
    ------
    CareerkitError
        When there is no such chart.
    """
    topic, _, wanted = name.partition(".")
    found = _charts(topic) if topic in TOPICS else {}
    if wanted in found:
        return found[wanted]
    known = [f"{each}.{chart}" for each in TOPICS for chart in _charts(each)]
    raise CareerkitError(_unknown("chart", name, known))


def _charts(topic: str) -> dict[str, Callable[..., Any]]:
    functions = {name: item for name, item in _own(part(topic, "charts")).items() if inspect.isfunction(item)}
    # Other public functions of the module help with words; only a chart is drawn from these three.
    return {name: item for name, item in functions.items() if _draws(inspect.signature(item))}


def _draws(asked: inspect.Signature) -> bool:
    """Say whether a function asks for what a chart is drawn from, and for nothing else that it must be given."""
    first, more = list(asked.parameters.values())[:3], list(asked.parameters.values())[3:]
    return [each.name for each in first] == ["tables", "on", "settings"] and all(each.default is not each.empty for each in more)


def _measure(name: str) -> Measure:
    if name not in MEASURES:
        raise CareerkitError(_unknown("measure", name, MEASURES))
    return MEASURES[name]


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    known = list(known)
    ends = {each.split(".")[1]: each for each in known}
    near = difflib.get_close_matches(name, known, n=3) or [ends[end] for end in difflib.get_close_matches(name, ends, n=3)]
    suggestion = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"There is no {what} {name!r}.{suggestion} The {what}s are {', '.join(known)}."
