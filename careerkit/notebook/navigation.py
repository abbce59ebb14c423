"""What stands around a notebook's forms: the navigation, and what the records say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError, Problem
from careerkit.notebook import guides
from careerkit.records.settings import Settings

Tables = Mapping[str, pd.DataFrame]
# Notebooks that one reaches by a link, and that stand in no order.
BESIDE = ("exercises",)


def navigation(notebook: str, tables: Tables, on: dt.date, settings: Settings, problems: Sequence[Problem]) -> look.Html:
    """Return the style and the navigation beside a notebook.

    Parameters
    ----------
    notebook : str
        The number and name of the notebook that is open, such as "04_goals".
    problems : sequence of Problem
        What cannot be read; counted on screen, so that nothing goes missing in silence.
    """
    if notebook not in {*BESIDE, *(file.removesuffix(".ipynb") for file, _, _ in guides.NOTEBOOKS)}:
        raise CareerkitError(f"There is no notebook {notebook!r} in this workbook.")
    entries = [(file, title, guides.status(topic, tables, on, settings)) for file, title, topic in guides.NOTEBOOKS]
    return beside("Workbook", settings.owner or "My career", entries, notebook, _notes(settings, problems))


def beside(what: str, owner: str, entries: Iterable[tuple[str, str, str]], notebook: str, notes: Iterable[str] = ()) -> look.Html:
    """Return the style of a notebook and the navigation beside it: its entries are file, title, and how that stands."""
    links = "".join(_entry(file, title, status, notebook) for file, title, status in entries)
    foot = "".join(f'<p class="ck-navnote">{said}</p>' for said in notes)
    # MathJax would take "from $5k to $6k" in a name for a formula; this class keeps it away.
    nav = f'<nav class="ck ck-nav mathjax_ignore tex2jax_ignore" aria-label="{what}"><p>{look.text(owner)}</p>{links}{foot}</nav>'
    return look.Html(f"<style>{look.css()}</style>{nav}")


def _entry(file: str, title: str, status: str, notebook: str) -> str:
    here = ' aria-current="page"' if file.removesuffix(".ipynb") == notebook else ""
    return f'<a href="{file}"{here}>{look.text(title)} <span>{look.text(status)}</span></a>'


def _notes(settings: Settings, problems: Sequence[Problem]) -> list[str]:
    notes = []
    if settings.today:
        notes.append(f"An example with an invented person. Its calendar stays on {look.long_day(settings.today)}.")
    if problems:
        told = (
            "place in your files needs a look. Start here shows it."
            if len(problems) == 1
            else "places in your files need a look. Start here shows them."
        )
        notes.append(f"{len(problems)} {told}")
    return notes


def findings(topic: str, tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return what a topic's records say."""
    said = guides.findings(topic, tables, on, settings)
    if topic != "habits":
        return look.sentences(said, "What your records say.")
    greeting = guides.greeting(tables, on)
    return look.sentences([*greeting, *said], "Welcome back." if greeting else "This week, 15 minutes.")
