"""Which period one looks at: a list of the likely ones, and any two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as widgets

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import Book
from careerkit.notebook.widgets.card import Card
from careerkit.topics.periods import Period, containing

OWN = ""


class PeriodChoice(Card[Book]):
    """A list of periods, and two days for any other.

    Parameters
    ----------
    book : Book
        Whose days they are. What is chosen is kept among its drafts, so that several parts of a page look at one period.
    topic : str
        What the period is chosen for, such as "review".
    label : str
        The question above the list.
    periods : sequence of Period
        What can be chosen; the first is the usual one.
    """

    def __init__(self, book: Book, topic: str, label: str, periods: Sequence[Period]) -> None:
        super().__init__(book)
        self.topic, self.periods = topic, {each.name: each for each in periods}
        self.choice: Any = elements.make(widgets.Dropdown, description=label)
        self.first: Any = elements.make(widgets.DatePicker, description="From")
        self.last: Any = elements.make(widgets.DatePicker, description="To")
        self.days = elements.row([elements.field(each) for each in (self.first, self.last)])
        self.children = [elements.field(self.choice), self.days, self.notice]
        self._followers: list[Callable[[], None]] = []
        self._offer(self.period)
        self.on_change(self._choose, self.choice, self.first, self.last)

    @property
    def draft_key(self) -> str:
        """Where the period chosen is kept."""
        return f"period:{self.topic}"

    @property
    def period(self) -> Period:
        """The period chosen."""
        return chosen_period(self.book, self.topic, next(iter(self.periods.values())))

    def observe_change(self, handler: Callable[[], None]) -> None:
        """Call back when another period was chosen."""
        self._followers.append(handler)

    def _offer(self, period: Period) -> None:
        self.periods.setdefault(period.name, period)
        self.choice.options = [
            *((_label(each, self.book.today), each.name) for each in self.periods.values()),
            ("Choose two days", OWN),
        ]
        self.choice.value = period.name
        self.first.value, self.last.value = period.start, min(period.end, self.book.today)
        elements.show(self.days, False)

    def _choose(self) -> None:
        own = self.choice.value == OWN
        elements.show(self.days, own)
        self.notice.clear()
        period = self._of_days() if own else self.periods[self.choice.value]
        if period != self.period:
            self.draft = {"name": period.name}
            for handler in self._followers:
                handler()

    def _of_days(self) -> Period:
        first, last = self.first.value, self.last.value
        if first is None or last is None:
            raise CareerkitError("Choose a first and a last day.")
        if first > last:
            raise CareerkitError("The first day comes after the last. Choose an earlier one.")
        if first > self.book.today:
            raise CareerkitError("The first day is in the future. Choose today or an earlier one.")
        return Period.parse(f"{first}..{last}", self.book.settings.fiscal_first_month)


def chosen_period(book: Book, topic: str, usual: Period) -> Period:
    """Return the period chosen for a topic on this page, else the usual one."""
    name = book.drafts.get(f"period:{topic}", {}).get("name")
    return Period.parse(name, book.settings.fiscal_first_month) if name else usual


def review_periods(today: dt.date, kind: str, first_month: int = 1) -> list[Period]:
    """Return the periods one may look back on: the last complete one of a kind, the running one, those before, and other kinds.

    Parameters
    ----------
    kind : str
        How often one looks back, such as "quarter".
    first_month : int
        Of the fiscal year.
    """
    now = containing(today, kind, first_month)
    before = [now.previous()]
    while len(before) < 4:
        before.append(before[-1].previous())
    kinds = ("week", "month", "quarter", "year", *(("fiscal quarter", "fiscal year") if first_month != 1 else ()))
    running = [containing(today, other, first_month) for other in kinds if other != kind]
    others = [each for now in running for each in (now.previous(), now)]
    return _once(before[0], now, *before[1:], *others)


def appraisal_periods(usual: Period, today: dt.date, first_month: int = 1) -> list[Period]:
    """Return the periods one may be appraised for, the usual one first."""
    kinds = ("year", "quarter", *(("fiscal year",) if first_month != 1 else ()))
    running = [containing(today, kind, first_month) for kind in kinds]
    months = Period.parse(f"{today - dt.timedelta(days=364)}..{today}")
    return _once(usual, *(each for now in running for each in (now, now.previous())), months)


def _once(*periods: Period) -> list[Period]:
    return list({each.name: each for each in periods}.values())


def _label(period: Period, today: dt.date) -> str:
    label = f"The past twelve months, {period.label}" if period.kind == "days" and (period.end - period.start).days == 364 else period.label
    return f"{label} (still running)" if period.end >= today and period.kind != "days" else label


def still_running(period: Period, today: dt.date) -> look.Html:
    """Return a note on a period that is not over yet, '' for others."""
    if period.end <= today:
        return look.Html("")
    return look.paragraph(f"It is still running: what you see is what has happened by {look.long_day(today)}.", "note")
