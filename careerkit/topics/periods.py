"""Periods: what 2026Q3, FY2026Q3, 2026-09, 2026-W36, 2026, FY2026 and START..END mean."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.records import join_or

ORDINALS = ("First", "Second", "Third", "Fourth")
EXAMPLES = ("2026Q3", "FY2026Q3", "2026-09", "2026-W36", "2026", "FY2026", "2026-07-01..2026-09-30")


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
        ``week``, ``month``, ``quarter``, ``fiscal quarter``, ``year``, ``fiscal year`` or ``days``.
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
            made.year_before().previous()
            return made
        except (ValueError, OverflowError):
            raise CareerkitError(f"{text!r} is not a period. Write it such as {join_or(EXAMPLES)}.") from None

    def previous(self) -> Period:
        """Return the period of the same kind before this one."""
        before = self.start - dt.timedelta(days=1)
        if self.kind == "days":
            return _of_days(before - (self.end - self.start), before)
        # Fiscal periods are as long as calendar ones, so the month they begin in says which fiscal year is meant.
        return containing(before, self.kind, self._fiscal_first_month())

    def year_before(self) -> Period:
        """Return the same period of the year before; of a week 53 that it lacks, its last; of 29 February, the 28th."""
        if self.kind == "days":
            return _of_days(_year_earlier(self.start), _year_earlier(self.end))
        if self.kind == "week":
            year, week, _ = self.start.isocalendar()
            return _parsed(f"{year - 1}-W{min(week, _weeks_of(year - 1)):02d}", 1)
        return containing(_year_earlier(self.start), self.kind, self._fiscal_first_month())

    def _fiscal_first_month(self) -> int:
        quarter = int(self.name[-1]) if self.kind == "fiscal quarter" else 1
        return (self.start.month - 1 - 3 * (quarter - 1)) % 12 + 1

    def days(self) -> str:
        """Return the first and last day, spelled out."""
        return _span(self.start, self.end)


def containing(day: dt.date, kind: str, fiscal_first_month: int = 1) -> Period:
    """Return the week, month, quarter or year in which a day lies; the fiscal ones by the year's first month."""
    if kind == "week":
        year, week, _ = day.isocalendar()
        return _parsed(f"{year}-W{week:02d}", 1)
    # A fiscal year is called after the calendar year in which it ends.
    fiscal = day.year + (1 < fiscal_first_month <= day.month)
    quarter = (day.month - fiscal_first_month) % 12 // 3 + 1
    names = {
        "month": f"{day:%Y-%m}",
        "quarter": f"{day.year}Q{(day.month + 2) // 3}",
        "fiscal quarter": f"FY{fiscal}Q{quarter}",
        "year": f"{day.year:04}",
        "fiscal year": f"FY{fiscal}",
    }
    return _parsed(names[kind], fiscal_first_month)


def parse_day(text: str) -> dt.date:
    """Return a day that somebody wrote.

    Raises
    ------
    CareerkitError
        When it is none.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CareerkitError(f"{text!r} is not a day. Write it as year-month-day, such as 2026-09-30.") from None


def last_complete(today: dt.date, kind: str = "quarter", fiscal_first_month: int = 1) -> Period:
    """Return the latest period of a kind that is over."""
    return containing(today, kind, fiscal_first_month).previous()


def _parsed(text: str, first_month: int) -> Period:
    if found := re.fullmatch(r"(\d{4})-?Q([1-4])", text, re.IGNORECASE):
        year, quarter = int(found[1]), int(found[2])
        return _of_months(f"{year}Q{quarter}", _quarter_label(quarter, str(year)), dt.date(year, 3 * quarter - 2, 1), 3, "quarter")
    if found := re.fullmatch(r"FY(\d{4})(?:-?Q([1-4]))?", text, re.IGNORECASE):
        return _fiscal(int(found[1]), int(found[2] or 0), first_month)
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
    return _of_days(start, end)


def _fiscal(year: int, quarter: int, first_month: int) -> Period:
    """Return a quarter of a fiscal year, or the whole of it for quarter 0."""
    first = dt.date(year if first_month == 1 else year - 1, first_month, 1)
    if not quarter:
        return _of_months(f"FY{year}", f"Fiscal year {year}", first, 12, "fiscal year")
    label = _quarter_label(quarter, f"fiscal year {year}")
    return _of_months(f"FY{year}Q{quarter}", label, _months_on(first, 3 * (quarter - 1)), 3, "fiscal quarter")


def _year_earlier(day: dt.date) -> dt.date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


def _weeks_of(year: int) -> int:
    # 28 December lies in the last week of its year, always.
    return dt.date(year, 12, 28).isocalendar().week


def _of_days(start: dt.date, end: dt.date) -> Period:
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
