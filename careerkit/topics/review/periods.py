"""Periods: what 2026Q3, FY2026Q3, 2026-09, 2026-W36, 2026 and START..END mean."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.record import join_or

ORDINALS = ("First", "Second", "Third", "Fourth")
EXAMPLES = ("2026Q3", "FY2026Q3", "2026-09", "2026-W36", "2026", "2026-07-01..2026-09-30")


@dataclass(frozen=True)
class Period:
    """A stretch of days, both ends included.

    Parameters
    ----------
    name : str
        As it is typed, and as reports are filed.
    label : str
        As it is read.
    start, end : date
        First and last day.
    kind : str
        ``week``, ``month``, ``quarter``, ``fiscal quarter``, ``year`` or ``days``.
    """

    name: str
    label: str
    start: dt.date
    end: dt.date
    kind: str

    @classmethod
    def parse(cls, text: str, fiscal_first_month: int = 1) -> Period:
        """Return the period that a text names.

        Raises
        ------
        CareerkitError
            When it names none.
        """
        try:
            made = _parsed(text.strip(), fiscal_first_month)
            # A review also looks at the year before.
            made.previous().previous().start.replace(year=made.start.year - 1, day=1)
            return made
        except (ValueError, OverflowError):
            raise CareerkitError(f"{text!r} is not a period. Write it such as {join_or(EXAMPLES)}.") from None

    def previous(self) -> Period:
        """Return the period of the same kind before this one."""
        before = self.start - dt.timedelta(days=1)
        if self.kind == "days":
            start = before - (self.end - self.start)
            return Period(f"{start}..{before}", _span(start, before), start, before, "days")
        if self.kind == "fiscal quarter":
            # Fiscal quarters are as long as calendar ones, so the first month says which year is meant.
            start = _months_on(self.start, -3)
            year, quarter = int(self.name[2:6]), int(self.name[-1])
            year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
            return Period(f"FY{year}Q{quarter}", _quarter_label(quarter, f"fiscal year {year}"), start, before, self.kind)
        return containing(before, self.kind)

    def days(self) -> str:
        """Return the first and last day, spelled out."""
        return _span(self.start, self.end)


def containing(day: dt.date, kind: str) -> Period:
    """Return the week, month, quarter or year in which a day lies."""
    if kind == "week":
        year, week, _ = day.isocalendar()
        return _parsed(f"{year}-W{week:02d}", 1)
    names = {"month": f"{day:%Y-%m}", "quarter": f"{day.year}Q{(day.month + 2) // 3}", "year": str(day.year)}
    return _parsed(names[kind], 1)


def last_complete(today: dt.date, kind: str = "quarter") -> Period:
    """Return the latest period of a kind that is over."""
    return containing(today, kind).previous()


def _parsed(text: str, first_month: int) -> Period:
    if found := re.fullmatch(r"(\d{4})-?Q([1-4])", text, re.IGNORECASE):
        year, quarter = int(found[1]), int(found[2])
        return _of_months(f"{year}Q{quarter}", _quarter_label(quarter, str(year)), dt.date(year, 3 * quarter - 2, 1), 3, "quarter")
    if found := re.fullmatch(r"FY(\d{4})-?Q([1-4])", text, re.IGNORECASE):
        year, quarter = int(found[1]), int(found[2])
        # A fiscal year is called after the calendar year in which it ends.
        first = dt.date(year if first_month == 1 else year - 1, first_month, 1)
        start = _months_on(first, 3 * (quarter - 1))
        return _of_months(f"FY{year}Q{quarter}", _quarter_label(quarter, f"fiscal year {year}"), start, 3, "fiscal quarter")
    if found := re.fullmatch(r"(\d{4})-W(\d{1,2})", text, re.IGNORECASE):
        start = dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return Period(
            f"{found[1]}-W{int(found[2]):02d}", f"Week {int(found[2])} of {found[1]}", start, start + dt.timedelta(days=6), "week"
        )
    if found := re.fullmatch(r"(\d{4})-(\d{2})", text):
        start = dt.date(int(found[1]), int(found[2]), 1)
        return _of_months(text, f"{start:%B %Y}", start, 1, "month")
    if re.fullmatch(r"\d{4}", text):
        return _of_months(text, text, dt.date(int(text), 1, 1), 12, "year")
    start, end = (dt.date.fromisoformat(part) for part in text.split(".."))
    if end < start:
        raise ValueError(text)
    return Period(f"{start}..{end}", _span(start, end), start, end, "days")


def _of_months(name: str, label: str, start: dt.date, months: int, kind: str) -> Period:
    return Period(name, label, start, _months_on(start, months) - dt.timedelta(days=1), kind)


def _months_on(day: dt.date, months: int) -> dt.date:
    place = day.year * 12 + day.month - 1 + months
    return dt.date(place // 12, place % 12 + 1, 1)


def _quarter_label(quarter: int, year: str) -> str:
    return f"{ORDINALS[quarter - 1]} quarter {year}" if year.isdigit() else f"{ORDINALS[quarter - 1]} quarter of {year}"


def _span(start: dt.date, end: dt.date) -> str:
    if start.year == end.year:
        return f"{start.day} {start:%B} to {look.long_day(end)}"
    return f"{look.long_day(start)} to {look.long_day(end)}"
