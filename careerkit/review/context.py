"""What every section of a review looks at: the tables, both ends of the period, and who reads it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.records import is_blank, split_list
from careerkit.records.settings import Settings
from careerkit.review.figures import Figure, explained, number
from careerkit.review.reader import Reader
from careerkit.topics import RECORDS
from careerkit.topics.goals import measures as goals
from careerkit.topics.goals.plan import Plan, plans
from careerkit.topics.habits import measures as habits
from careerkit.topics.networking import measures as networking
from careerkit.topics.periods import ORDINALS, Period, containing, last_complete
from careerkit.topics.review import measures
from careerkit.topics.review.lookup import review_of

Tables = Mapping[str, pd.DataFrame]
NOUNS = {"fiscal quarter": "quarter", "fiscal year": "year", "days": "period"}
# They tell of times long before the workbook; nobody looks back on those with it.
BACKGROUND = ("positions", "credentials", "contacts")


class Context:
    """A period looked at on one day for one reader.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What the reader may see.
    settings : Settings
        The workbook's settings.
    period : Period
        The stretch of days.
    today : date
        Nothing after this day has happened.
    reader : Reader
        Who reads it.
    first : date or None
        The day of the first record; before it there is nothing to compare with.
    end : str
        Empty for the review's own period, ``previous`` or ``year before`` for one that it is compared with.
    """

    def __init__(
        self, tables: Tables, settings: Settings, period: Period, today: dt.date, reader: Reader, first: dt.date | None, end: str = ""
    ) -> None:
        self.tables, self.settings, self.period, self.today = tables, settings, period, today
        self.reader, self.first, self.end = reader, first, end
        self.on = min(period.end, today)
        self.before = period.start - dt.timedelta(days=1)
        self.running = today <= period.end
        self.own = reader.name == "self"
        self._ids = itertools.count(1)

    def has(self, section: str) -> bool:
        """Say whether the reader's review has a section."""
        return section in self.reader.sections

    @property
    def noun(self) -> str:
        """What the period is called, such as quarter."""
        return NOUNS.get(self.period.kind, self.period.kind)

    @cached_property
    def next(self) -> Period:
        """The period after this one; of days of one's own, as many again."""
        after = self.period.end + dt.timedelta(days=1)
        if self.period.kind == "days":
            return Period.parse(f"{after}..{after + (self.period.end - self.period.start)}")
        return containing(after, self.period.kind, self.settings.fiscal_first_month)

    def _at(self, period: Period, end: str) -> Context | None:
        if self.first is None or period.end < self.first:
            return None
        return Context(self.tables, self.settings, period, self.today, self.reader, self.first, end)

    @cached_property
    def previous(self) -> Context | None:
        """The period before this one; none where there were no records yet."""
        return self._at(self.period.previous(), "previous")

    @cached_property
    def year_before(self) -> Context | None:
        """The same period a year before; none where there were no records yet, or where that is the period before."""
        earlier = self.period.year_before()
        return None if earlier.start >= self.period.previous().start else self._at(earlier, "year before")

    def ends(self) -> list[Context]:
        """Return this period and those that it is compared with."""
        return [context for context in (self, self.previous, self.year_before) if context]

    @property
    def headings(self) -> list[str]:
        """What the columns of a table are called that shows this period and those that it is compared with."""
        return [f"This {self.noun}", *(upper_first(each.when) for each in self.ends()[1:])]

    @property
    def when(self) -> str:
        """Which of the compared periods it is, in words."""
        return {"": "", "previous": f"the {self.noun} before", "year before": "a year before"}[self.end]

    def within(self, table: str, column: str) -> pd.DataFrame:
        """Return the rows whose day is in the period."""
        frame = self.tables[table]
        return frame[self.inside(frame[column])]

    def inside(self, days: pd.Series) -> pd.Series:
        """Say which days are in the period."""
        return (days > pd.Timestamp(self.before)) & (days <= pd.Timestamp(self.on))

    def known(self, table: str) -> pd.DataFrame:
        """Return the rows that were known at the period's end."""
        return RECORDS[table].known(self.tables[table], self.on)

    def review_of(self, period: Period) -> pd.Series | None:
        """Return the review that was written of a period, None where there is none."""
        return review_of(self.tables, period, self.settings.fiscal_first_month, self.today)

    # -- measures at the ends of the period, each calculated once

    @cached_property
    def plans(self) -> list[Plan]:
        """The goals as they were planned at the period's end."""
        return list(plans(self.tables, self.on))

    @cached_property
    def pace(self) -> pd.DataFrame:
        """goals.pace at the period's end."""
        return goals.pace(self.tables, self.on)

    @cached_property
    def as_planned(self) -> dict[str, pd.DataFrame]:
        """The tables with the goals as they were planned at the period's end, for charts that know no later plan."""
        changes, frame = self.tables["goal_changes"], self.tables["goals"]
        if not (changes["changed_on"] > pd.Timestamp(self.on)).any():
            return dict(self.tables)
        then = pd.DataFrame([plan.goal for plan in self.plans], columns=list(frame.columns)).astype(frame.dtypes.to_dict())
        return {**self.tables, "goals": then, "goal_changes": changes[changes["changed_on"] <= pd.Timestamp(self.on)]}

    @cached_property
    def due(self) -> pd.DataFrame:
        """networking.due at the period's end."""
        return networking.due(self.tables, self.on, self.settings)

    @cached_property
    def promises(self) -> pd.DataFrame:
        """networking.promises at the period's end."""
        return networking.promises(self.tables, self.on)

    @cached_property
    def habits(self) -> pd.DataFrame:
        """habits.index at the period's end, by habit."""
        return habits.index(self.tables, self.on, self.settings).set_index("habit")

    @cached_property
    def counts(self) -> pd.DataFrame:
        """review.counts of the period, by figure."""
        return measures.counts(self.tables, self.on, self.settings, self.period.start).set_index("figure")

    # -- figures

    def counted(self, name: str, *, whole: bool = False) -> Figure:
        """Return a figure of review.counts, with the whole of which it is a part where that is asked for."""
        row = self.counts.loc[name]
        shown = look.number(round(float(row["value"]), 1))
        if whole and not is_blank(row["of"]) and row["of"]:
            shown += f" of {look.number(round(float(row['of']), 1))}"
        last = f"{look.long_day(self.period.start)} to {look.long_day(self.on)}" if self.running else self.period.days()
        return self._labelled(name, name, shown, row["value"], "review.counts", f"{row['formula']}, {last}", [row["records"]])

    def figure(self, key: str, label: str, shown: str, value: Any, measure: str, formula: str, records: Iterable[str]) -> Figure:
        """Return a figure that some measure gives for the period's end."""
        return self._labelled(key, label, shown, value, measure, f"{formula}, on {look.long_day(self.on)}", records)

    def _labelled(self, key: str, label: str, shown: str, value: Any, measure: str, formula: str, records: Iterable[str]) -> Figure:
        full_label = f"{upper_first(label)}{f', {self.when}' if self.end else ''}"
        return Figure(f"{self.end}: {key}" if self.end else key, full_label, shown, number(value), measure, formula, gathered(records))

    def show(self, figure: Figure, shown: str = "") -> look.Html:
        """Return a figure that explains itself."""
        return explained(figure, f"tip-{self.period.name}-{next(self._ids)}", shown)

    def amount(self, figure: Figure, singular: str, plural: str = "") -> look.Html:
        """Return a figure that explains itself, with what it counts, such as "3 wins"."""
        return self.show(figure, look.count(int(figure.value or 0), singular, plural))


def gathered(records: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of ';'-joined cells, each once."""
    return tuple(dict.fromkeys(key for cell in records for key in split_list(cell)))


def first_day(tables: Tables) -> dt.date | None:
    """Return the day of the first record, None where there is none; the background does not count."""
    days = [_first(table, frame) for table, frame in tables.items() if len(frame)]
    known = [day for day in days if not is_blank(day)]
    return min(known).date() if known else None


def _first(table: str, frame: pd.DataFrame) -> Any:
    past = [] if table in BACKGROUND else RECORDS[table].past_days()
    return frame[["created_at", *past]].min().min()


def checked(tables: Tables, period: Period, settings: Settings, today: dt.date) -> Period:
    """Return the period when there is something to look back on.

    Raises
    ------
    CareerkitError
        When it has not begun, or was over before the first record.
    """
    latest = last_complete(today, settings.review_period, settings.fiscal_first_month)
    if period.start > today:
        raise CareerkitError(f"{period.label} has not begun. The latest complete one is {latest.name}.")
    first = first_day(tables)
    if first is not None and period.end < first:
        earliest = containing(first, settings.review_period, settings.fiscal_first_month)
        raise CareerkitError(
            f"Your first record is from {look.long_day(first)}, after the end of {lower_first(period.label)}. "
            f"The earliest review you can make is {earliest.name}."
        )
    return period


def upper_first(label: str) -> str:
    """Return a label with a capital letter."""
    return f"{label[:1].upper()}{label[1:]}"


def lower_first(label: str) -> str:
    """Return a label as it is written within a sentence; names of months stay."""
    return label[:1].lower() + label[1:] if label.split()[0] in (*ORDINALS, "Week", "Fiscal") else label
