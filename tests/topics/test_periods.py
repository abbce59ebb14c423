"""Periods: every kind, by hand; and that periods tile the calendar."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerkit import CareerkitError
from careerkit.records.settings import PERIODS
from careerkit.topics.periods import EXAMPLES, Period, containing, last_complete

DAY = dt.timedelta(days=1)


def span(period: Period) -> tuple[str, str]:
    return period.start.isoformat(), period.end.isoformat()


def meant(text: str, first_month: int = 1) -> tuple[str, str]:
    return span(Period.parse(text, first_month))


@pytest.mark.parametrize(
    ("text", "start", "end", "kind", "label"),
    [
        ("2026Q3", "2026-07-01", "2026-09-30", "quarter", "Third quarter 2026"),
        ("2026Q4", "2026-10-01", "2026-12-31", "quarter", "Fourth quarter 2026"),
        ("2024Q1", "2024-01-01", "2024-03-31", "quarter", "First quarter 2024"),
        ("FY2026Q3", "2026-07-01", "2026-09-30", "fiscal quarter", "Third quarter of fiscal year 2026"),
        ("FY2026", "2026-01-01", "2026-12-31", "fiscal year", "Fiscal year 2026"),
        ("2026-09", "2026-09-01", "2026-09-30", "month", "September 2026"),
        ("2024-02", "2024-02-01", "2024-02-29", "month", "February 2024"),
        ("2026-12", "2026-12-01", "2026-12-31", "month", "December 2026"),
        ("2026-W36", "2026-08-31", "2026-09-06", "week", "Week 36 of 2026"),
        ("2026", "2026-01-01", "2026-12-31", "year", "2026"),
        ("2026-07-01..2026-09-30", "2026-07-01", "2026-09-30", "days", "1 July to 30 September 2026"),
        ("2025-12-15..2026-01-10", "2025-12-15", "2026-01-10", "days", "15 December 2025 to 10 January 2026"),
    ],
)
def test_what_a_period_means(text, start, end, kind, label):
    period = Period.parse(text)
    assert (*span(period), period.kind, period.label, period.name) == (start, end, kind, label, text)


def test_a_period_may_be_one_day():
    assert meant("2026-07-01..2026-07-01") == ("2026-07-01", "2026-07-01")


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_in_the_message_are_periods(text):
    assert Period.parse(text).name == text


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" 2026q3 ", "2026Q3"),
        ("2026-Q3", "2026Q3"),
        ("fy2026q1", "FY2026Q1"),
        ("FY2026-Q1", "FY2026Q1"),
        ("2026-w6", "2026-W06"),
    ],
)
def test_a_period_is_filed_under_one_name_however_it_is_typed(typed, name):
    assert Period.parse(typed).name == name


@pytest.mark.parametrize(
    ("first_month", "quarter", "start", "end"),
    [
        (10, 1, "2025-10-01", "2025-12-31"),
        (10, 2, "2026-01-01", "2026-03-31"),
        (10, 4, "2026-07-01", "2026-09-30"),
        (4, 1, "2025-04-01", "2025-06-30"),
        (4, 4, "2026-01-01", "2026-03-31"),
        (2, 4, "2025-11-01", "2026-01-31"),
        (12, 1, "2025-12-01", "2026-02-28"),
        (1, 1, "2026-01-01", "2026-03-31"),
        (1, 4, "2026-10-01", "2026-12-31"),
    ],
)
def test_a_fiscal_year_is_called_after_the_calendar_year_in_which_it_ends(first_month, quarter, start, end):
    assert meant(f"FY2026Q{quarter}", first_month) == (start, end)


@pytest.mark.parametrize(
    ("first_month", "start", "end"),
    [(1, "2026-01-01", "2026-12-31"), (4, "2025-04-01", "2026-03-31"), (10, "2025-10-01", "2026-09-30"), (12, "2025-12-01", "2026-11-30")],
)
def test_a_fiscal_year_has_twelve_months_from_its_first_month_on(first_month, start, end):
    assert meant("fy2026", first_month) == (start, end)


def test_the_first_month_of_the_fiscal_year_moves_no_calendar_quarter():
    assert meant("2026Q3", 10) == ("2026-07-01", "2026-09-30")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2025-W01", "2024-12-30", "2025-01-05"),
        ("2021-W01", "2021-01-04", "2021-01-10"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
    ],
)
def test_the_first_and_last_week_of_a_year_reach_across_it(text, start, end):
    assert meant(text) == (start, end)


NO_PERIODS = (
    *("", "last quarter", "2026Q5", "2026Q0", "26Q3", "FY26", "FY2026Q5", "2026-13", "2026-00", "2026-9", "2025-W53", "2026-W54"),
    *("2026-W00", "0000", "9999", "2026-07-01", "2026-07-01..", "2026-02-30..2026-03-01", "2026-09-30..2026-07-01"),
    *("2026-07-01..2026-08-01..2026-09-01", "../../etc"),
)


@pytest.mark.parametrize("text", NO_PERIODS)
def test_anything_else_is_a_sentence_with_what_to_write(text):
    with pytest.raises(CareerkitError) as error:
        Period.parse(text)
    assert str(error.value) == (
        f"{text!r} is not a period. Write it such as 2026Q3, FY2026Q3, 2026-09, 2026-W36, 2026, FY2026 or 2026-07-01..2026-09-30."
    )


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2026Q3", "2026Q2"),
        ("2026Q1", "2025Q4"),
        ("FY2026Q2", "FY2026Q1"),
        ("FY2026Q1", "FY2025Q4"),
        ("2026-09", "2026-08"),
        ("2026-01", "2025-12"),
        ("2026-W36", "2026-W35"),
        ("2026-W01", "2025-W52"),
        ("2021-W01", "2020-W53"),
        ("2026", "2025"),
        ("FY2026", "FY2025"),
        ("2026-07-01..2026-09-30", "2026-03-31..2026-06-30"),
        ("2026-03-01..2026-03-01", "2026-02-28..2026-02-28"),
    ],
)
def test_the_period_before_is_of_the_same_kind(text, before):
    assert Period.parse(text).previous() == Period.parse(before)


@pytest.mark.parametrize("first_month", range(1, 13))
def test_the_fiscal_quarter_before_is_the_one_that_its_name_means(first_month):
    period = Period.parse("FY2026Q3", first_month)
    for name in ("FY2026Q2", "FY2026Q1", "FY2025Q4", "FY2025Q3"):
        period = period.previous()
        assert period == Period.parse(name, first_month)


@pytest.mark.parametrize(
    ("text", "steps", "year_before"), [("2026Q3", 4, "2025Q3"), ("2024-02", 12, "2023-02"), ("FY2026Q1", 4, "FY2025Q1")]
)
def test_a_years_worth_of_steps_back_is_the_same_period_of_the_year_before(text, steps, year_before):
    period = Period.parse(text, 10)
    for _ in range(steps):
        period = period.previous()
    assert period == Period.parse(year_before, 10)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2026Q3", "2025Q3"),
        ("2026Q1", "2025Q1"),
        ("FY2026Q2", "FY2025Q2"),
        ("2026-09", "2025-09"),
        ("2024-02", "2023-02"),
        ("2026", "2025"),
        ("FY2026", "FY2025"),
        ("2026-W36", "2025-W36"),
        # 2020 and 2026 have 53 weeks, and the years before them 52.
        ("2020-W53", "2019-W52"),
        ("2026-W53", "2025-W52"),
        ("2021-W01", "2020-W01"),
        ("2026-07-01..2026-09-30", "2025-07-01..2025-09-30"),
        ("2024-02-29..2024-02-29", "2023-02-28..2023-02-28"),
        ("2024-02-01..2024-02-29", "2023-02-01..2023-02-28"),
    ],
)
def test_the_same_period_a_year_before(text, before):
    assert Period.parse(text).year_before() == Period.parse(before)


@pytest.mark.parametrize("first_month", range(1, 13))
def test_the_fiscal_periods_a_year_before_are_the_ones_that_their_names_mean(first_month):
    assert Period.parse("FY2026Q3", first_month).year_before() == Period.parse("FY2025Q3", first_month)
    assert Period.parse("FY2026", first_month).year_before() == Period.parse("FY2025", first_month)


@pytest.mark.parametrize(
    ("today", "kind", "first_month", "name"),
    [
        ("2026-10-12", "fiscal quarter", 10, "FY2026Q4"),
        ("2026-10-12", "fiscal quarter", 4, "FY2027Q2"),
        ("2026-10-12", "fiscal quarter", 1, "FY2026Q3"),
        ("2026-10-12", "fiscal quarter", 12, "FY2026Q3"),
        ("2026-10-12", "fiscal year", 10, "FY2026"),
        ("2026-09-30", "fiscal year", 10, "FY2025"),
        ("2026-10-12", "quarter", 10, "2026Q3"),
    ],
)
def test_the_last_complete_fiscal_period_goes_by_the_years_first_month(today, kind, first_month, name):
    assert last_complete(dt.date.fromisoformat(today), kind, first_month).name == name


@pytest.mark.parametrize(
    ("today", "kind", "name"),
    [
        ("2026-10-12", "quarter", "2026Q3"),
        ("2026-10-01", "quarter", "2026Q3"),
        ("2026-09-30", "quarter", "2026Q2"),
        ("2026-02-01", "quarter", "2025Q4"),
        ("2026-10-12", "month", "2026-09"),
        ("2026-01-31", "month", "2025-12"),
        ("2026-10-12", "week", "2026-W41"),
        ("2026-10-11", "week", "2026-W40"),
        ("2027-01-03", "week", "2026-W52"),
        ("2027-01-04", "week", "2026-W53"),
        ("2026-10-12", "year", "2025"),
        ("2026-12-31", "year", "2025"),
    ],
)
def test_the_last_complete_period_is_over_and_ends_before_today(today, kind, name):
    assert last_complete(dt.date.fromisoformat(today), kind).name == name


def test_the_last_complete_period_is_a_quarter_unless_said_otherwise():
    assert last_complete(dt.date(2026, 10, 12)).name == "2026Q3"


def test_its_days_are_spelled_out():
    assert Period.parse("2026Q3").days() == "1 July to 30 September 2026"
    assert Period.parse("2026-W01").days() == "29 December 2025 to 4 January 2026"


# -- every day lies in exactly one period of a kind

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))


@given(day=DAYS, kind=st.sampled_from(PERIODS), month=st.integers(1, 12))
def test_periods_tile_the_calendar_with_no_gap_and_no_overlap(day, kind, month):
    period = containing(day, kind, month)
    assert period.start <= day <= period.end
    assert containing(period.start, kind, month) == containing(period.end, kind, month) == period
    assert containing(period.end + DAY, kind, month).start == period.end + DAY
    assert containing(period.end + DAY, kind, month).previous() == period


@given(day=DAYS, kind=st.sampled_from(PERIODS), month=st.integers(1, 12))
def test_a_period_is_what_its_name_says(day, kind, month):
    assert Period.parse(containing(day, kind, month).name, month) == containing(day, kind, month)


@given(day=DAYS, kind=st.sampled_from(PERIODS), month=st.integers(1, 12))
def test_a_year_before_lies_a_year_before(day, kind, month):
    period = containing(day, kind, month)
    assert dt.timedelta(days=363) <= period.start - period.year_before().start <= dt.timedelta(days=371)


@given(year=st.integers(1900, 2200), first_month=st.integers(1, 12))
def test_four_fiscal_quarters_are_a_year_and_the_next_year_follows(year, first_month):
    quarters = [Period.parse(f"FY{year}Q{number}", first_month) for number in (1, 2, 3, 4)]
    quarters.append(Period.parse(f"FY{year + 1}Q1", first_month))
    assert all(after.start == before.end + DAY for before, after in itertools.pairwise(quarters))
    assert (quarters[0].start.month, quarters[-1].start.month) == (first_month, first_month)
    assert quarters[3].end.year == year


@given(start=DAYS, length=st.integers(0, 400))
def test_days_of_ones_own_have_as_many_days_before_them(start, length):
    period = Period.parse(f"{start}..{start + length * DAY}")
    before = period.previous()
    assert before.end + DAY == period.start
    assert before.end - before.start == period.end - period.start
    assert Period.parse(before.name) == before
