"""A chart that compares, and the choice of what: two days, or two roles."""

from __future__ import annotations

import datetime as dt
import inspect
from typing import Any, Protocol

import ipywidgets as widgets
import pandas as pd

from careerkit import look, topics
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import Book
from careerkit.notebook.widgets.live import LiveChart, LiveHtml
from careerkit.topics.assessment.role_measures import two_roles
from careerkit.topics.labels import names

YEAR = dt.timedelta(days=365)


class DrawingBook(Book, Protocol):
    """A book that also draws."""

    def figure(self, name: str, on: Any = None, **compared: Any) -> Any: ...
    def tables(self) -> dict[str, pd.DataFrame]: ...


class Comparing(widgets.VBox):
    """A chart with what it compares above it.

    Parameters
    ----------
    book : DrawingBook
        Reads and draws.
    name : str
        A chart that takes ``since``, or ``first`` and ``second``.
    """

    def __init__(self, book: DrawingBook, name: str) -> None:
        self.book, self.name, self.notice = book, name, elements.Notice()
        takes = inspect.signature(topics.chart(name)).parameters
        if "since" in takes:
            self.choices = _two_days(book.today)
        elif "second" in takes:
            self.choices = _two_roles()
        else:
            raise CareerkitError(f"{name} compares nothing. Show it with wb.chart({name!r}).")
        self._fill_roles()
        self._drawn: dict[str, Any] = self._chosen()
        asked = elements.line([elements.column([each], "field") for each in self.choices.values()], "row", "n2")
        kind = LiveHtml if isinstance(self._make(), look.Html) else LiveChart
        self.drawing = kind(self._make)
        super().__init__([asked, self.notice, self.drawing], **elements.shared(widgets.VBox))
        self.add_class("ck")
        for each in self.choices.values():
            each.observe(lambda _: elements.guarded(self.book, self.notice, self._choose), names="value")

    def refresh(self) -> None:
        """Show what the records say now."""
        self._fill_roles()
        self.drawing.refresh()

    def _fill_roles(self) -> None:
        if "second" not in self.choices:
            return
        known = names("roles", self.book.read)
        kept = [each.value if each.value in known else "" for each in self.choices.values()]
        usual = iter([key for key in two_roles(self.book.tables(), self.book.today) if key not in kept])
        for each, value in zip(self.choices.values(), kept, strict=True):
            each.options = [("–", ""), *((name, key) for key, name in known.items())]
            each.value = value or next(usual, "")

    def _chosen(self) -> dict[str, Any]:
        return {name: each.value or None for name, each in self.choices.items()}

    def _make(self) -> Any:
        return self.book.figure(self.name, **self._drawn)

    def _choose(self) -> None:
        chosen = self._chosen()
        if chosen.get("since") and chosen["since"] > (chosen["on"] or self.book.today):
            raise CareerkitError("The first day lies after the second. Choose an earlier one.")
        self._drawn = chosen
        self.notice.clear()
        self.drawing.refresh()


def _two_days(today: dt.date) -> dict[str, Any]:
    shared = elements.shared(widgets.DatePicker)
    return {
        "since": widgets.DatePicker(description="From", value=today - YEAR, **shared),
        "on": widgets.DatePicker(description="To", value=today, **shared),
    }


def _two_roles() -> dict[str, Any]:
    shared = elements.shared(widgets.Dropdown)
    return {name: widgets.Dropdown(description=label, **shared) for name, label in (("first", "This role"), ("second", "Beside this one"))}
