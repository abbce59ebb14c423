"""A chart that compares, and the choice of what: two days, or two roles."""

from __future__ import annotations

import datetime as dt
import inspect
from typing import Any

import ipywidgets as widgets

from careerkit import topics
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements, live
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import Card
from careerkit.topics.assessment.role_measures import two_roles
from careerkit.topics.labels import names

YEAR = dt.timedelta(days=365)


class Comparison(Card[CareerBook]):
    """A chart with what it compares above it.

    Parameters
    ----------
    book : CareerBook
        Reads and draws.
    name : str
        A chart that takes ``since``, or ``first`` and ``second``.
    """

    def __init__(self, book: CareerBook, name: str) -> None:
        super().__init__(book)
        self.name = name
        takes = inspect.signature(topics.chart(name)).parameters
        if "since" in takes:
            self.choices = _two_days(book.today)
        elif "second" in takes:
            self.choices = _two_roles()
        else:
            raise CareerkitError(f"{name} doesn't compare anything. Show it with wb.chart({name!r}).")
        self._fill_roles()
        self._drawn: dict[str, Any] = self._chosen()
        self.drawing = live.drawing(lambda: book.figure(self.name, **self._drawn))
        self.children = [elements.row([elements.field(each) for each in self.choices.values()]), self.notice, self.drawing]
        self.on_change(self._choose, *self.choices.values())

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

    def _choose(self) -> None:
        chosen = self._chosen()
        if chosen.get("since") and chosen["since"] > (chosen["on"] or self.book.today):
            raise CareerkitError("The first day comes after the second. Choose an earlier one.")
        self._drawn = chosen
        self.notice.clear()
        self.drawing.refresh()


def _two_days(today: dt.date) -> dict[str, Any]:
    return {
        "since": elements.make(widgets.DatePicker, description="From", value=today - YEAR),
        "on": elements.make(widgets.DatePicker, description="To", value=today),
    }


def _two_roles() -> dict[str, Any]:
    labels = {"first": "This role", "second": "Beside this one"}
    return {name: elements.make(widgets.Dropdown, description=label) for name, label in labels.items()}
