"""What the learning measures say, by hand."""

from __future__ import annotations

import datetime as dt
import random
import time
from typing import Any

import frames
import pandas as pd
import pytest
from frames import ON, study

from careerkit import Workbook
from careerkit.topics.learning import measures


def pace(*log: dict[str, Any], on: dt.date = ON, **settings: Any) -> pd.Series:
    return measures.pace(frames.tables(learning_log=list(log)), on, frames.settings(**settings)).iloc[0]


def items(*rows: dict[str, Any], log: list[dict[str, Any]] | None = None, on: dt.date = ON) -> pd.DataFrame:
    return measures.items(frames.tables(learning_items=list(rows), learning_log=log or []), on)


def course(**values: Any) -> dict[str, Any]:
    return {"id": "l1", "title": "Negotiation", "status": "planned", **values}


def credentials(*rows: dict[str, Any], on: dt.date = ON) -> pd.DataFrame:
    return measures.credentials(frames.tables(credentials=list(rows)), on)


def expiring(*rows: dict[str, Any], on: dt.date = ON) -> pd.DataFrame:
    return measures.expiring(frames.tables(credentials=list(rows)), on)


def licence(**values: Any) -> dict[str, Any]:
    return {"id": "k1", "name": "Boat licence", "status": "earned", "earned_on": "2024-05-01", **values}


def radar(trends: list[dict[str, Any]], reviews: list[dict[str, Any]] | None = None, on: dt.date = ON, **tables: Any) -> pd.DataFrame:
    return measures.radar(frames.tables(trends=trends, trend_reviews=reviews or [], **tables), on)


def look(trend: str, on: str, ring: str, **values: Any) -> dict[str, Any]:
    return {"trend_id": trend, "reviewed_on": on, "ring": ring, **values}


# -- pace


def test_hours_are_those_of_91_days_up_to_and_including_the_day():
    """14 July is the 91st day back; 13 July is the 92nd, and 13 October has not come."""
    row = pace(study("2026-10-12", 30), study("2026-07-14", 60), study("2026-07-13", 600), study("2026-10-13", 600))
    assert (row["hours"], row["target_hours"], row["ratio"]) == (1.5, 26, pytest.approx(1.5 / 26))
    assert row["last_on"] == pd.Timestamp("2026-10-12")
    assert row["records"] == "l1;l2"


@pytest.mark.parametrize(("on", "hours"), [("2026-07-13", 10), ("2026-07-14", 11), ("2026-10-12", 1.5), ("2027-02-01", 0)])
def test_hours_on_other_days(on, hours):
    log = [study("2026-10-12", 30), study("2026-07-14", 60), study("2026-07-13", 600)]
    assert pace(*log, on=dt.date.fromisoformat(on))["hours"] == hours


def test_a_target_of_another_size_and_one_of_nothing():
    assert pace(study("2026-10-12", 780), weekly_learning_hours=4)["ratio"] == 0.25
    row = pace(study("2026-10-12"), weekly_learning_hours=0)
    assert row["target_hours"] == 0 and pd.isna(row["ratio"])


def test_before_the_first_note_there_are_no_hours_and_no_streak():
    row = pace(study("2026-10-12"), on=dt.date(2026, 10, 11))
    assert (row["hours"], row["ratio"], row["streak_weeks"], row["records"]) == (0, 0, 0, "")
    assert pd.isna(row["last_on"])


WEEKS = ("2026-09-20", "2026-09-21", "2026-10-04", "2026-10-05")


@pytest.mark.parametrize(
    ("on", "streak"),
    [
        ("2026-09-19", 0),
        ("2026-09-20", 1),
        ("2026-09-21", 2),
        ("2026-09-30", 2),  # the week of 28 September has no study yet
        ("2026-10-04", 3),
        ("2026-10-12", 4),  # a Monday: the running week is empty and breaks nothing
        ("2026-10-18", 4),  # its Sunday
        ("2026-10-19", 0),  # now a whole week has gone without
    ],
)
def test_the_running_week_never_breaks_the_streak(on, streak):
    """Sunday 20 September, then the weeks of 21 and 28 September and of 5 October."""
    assert pace(*(study(day) for day in WEEKS), on=dt.date.fromisoformat(on))["streak_weeks"] == streak


def test_a_streak_passes_from_year_to_year():
    """28 December 2026 begins week 53; 4 January 2027 week 1."""
    log = [study("2026-12-24"), study("2027-01-03"), study("2027-01-04")]
    assert pace(*log, on=dt.date(2027, 1, 5))["streak_weeks"] == 3


def test_records_of_a_streak_older_than_the_hours_are_named():
    log = [study(f"{dt.date(2026, 6, 1) + dt.timedelta(weeks=week)}") for week in range(19)]
    row = pace(*log)
    assert row["streak_weeks"] == 19
    assert len(row["records"].split(";")) == 19


# -- weeks


def test_a_week_is_from_monday_to_sunday_and_no_longer_than_the_day():
    log = [study("2026-10-04", 30), study("2026-10-05", 60), study("2026-10-11", 60), study("2026-10-14", 600), study("2026-04-19", 60)]
    rows = measures.weeks(frames.tables(learning_log=log), ON, frames.settings(weekly_learning_hours=3))
    assert len(rows) == 26
    assert list(rows["week_on"].tail(3).dt.strftime("%Y-%m-%d")) == ["2026-09-28", "2026-10-05", "2026-10-12"]
    assert list(rows["hours"].tail(3)) == [0.5, 2, 0]
    assert list(rows["records"].tail(3)) == ["l1", "l2;l3", ""]
    assert rows["hours"].sum() == 2.5 and set(rows["target_hours"]) == {3}


# -- items


def test_hours_and_takeaways_of_an_item_are_those_up_to_the_day():
    log = [
        study("2026-04-15", 30, item_id="l1", id="n1", takeaway="Ask first."),
        study("2026-04-16", 60, item_id="l1", id="n2", takeaway="Then wait."),
        study("2026-10-12", 15, item_id="l1", id="n3"),
        study("2026-10-13", 600, item_id="l1", id="n4", takeaway="Not yet."),
        study("2026-10-01", 600, id="n5"),
    ]
    row = items(course(status="doing"), log=log).iloc[0]
    assert (row["hours"], row["recent_hours"]) == (1.75, 1.25)
    assert (row["takeaways"], row["latest_takeaway"]) == (2, "Then wait.")
    assert row["last_on"] == pd.Timestamp("2026-10-12")
    assert row["records"] == "l1;n1;n2;n3"


@pytest.mark.parametrize(
    ("values", "on", "status"),
    [
        ({}, "2026-10-12", "planned"),
        ({"started_on": "2026-10-12"}, "2026-10-12", "doing"),
        ({"started_on": "2026-10-13"}, "2026-10-12", "planned"),
        ({"status": "done", "started_on": "2026-03-01", "finished_on": "2026-06-01"}, "2026-02-28", "planned"),
        ({"status": "done", "started_on": "2026-03-01", "finished_on": "2026-06-01"}, "2026-05-31", "doing"),
        ({"status": "done", "started_on": "2026-03-01", "finished_on": "2026-06-01"}, "2026-06-01", "done"),
        ({"status": "dropped", "started_on": "2026-03-01", "finished_on": "2026-06-01"}, "2026-05-31", "doing"),
        ({"status": "dropped", "started_on": "2026-03-01", "finished_on": "2026-06-01"}, "2026-06-01", "dropped"),
        ({"status": "done"}, "2026-06-01", "done"),
        ({"status": ""}, "2026-06-01", "planned"),
        ({"status": "doing", "finished_on": "2026-06-01"}, "2026-06-01", "done"),
    ],
)
def test_an_items_status_follows_its_dates(values, on, status):
    assert list(items(course(**values), on=dt.date.fromisoformat(on))["status"]) == [status]


def test_a_planned_item_that_was_studied_is_being_done():
    log = [study("2026-10-01", item_id="l1")]
    assert list(items(course(), log=log)["status"]) == ["doing"]
    assert list(items(course(), log=log, on=dt.date(2026, 9, 30))["status"]) == ["planned"]


def test_items_stand_in_the_order_of_their_latest_day_and_are_not_known_before_they_were():
    rows = [
        course(id="l1", started_on="2026-01-01"),
        course(id="l2", started_on="2026-03-01"),
        course(id="l3"),
        course(id="l4", created_at="2026-11-01T08:00:00Z"),
    ]
    log = [study("2026-05-05", item_id="l1")]
    assert list(items(*rows, log=log)["item_id"]) == ["l1", "l2", "l3"]
    assert items(*rows, log=log, on=dt.date(2019, 12, 31)).empty


# -- takeaways


def test_takeaways_are_the_latest_first_with_what_was_studied():
    log = [
        study("2026-10-01", id="n1", item_id="l1", takeaway="Ask first."),
        study("2026-10-02", id="n2", takeaway=" "),
        study("2026-10-03", id="n3", item_id="gone", takeaway="Wait."),
        study("2026-10-13", id="n4", takeaway="Not yet."),
    ]
    rows = measures.takeaways(frames.tables(learning_items=[course()], learning_log=log), ON)
    assert [tuple(row) for row in rows[["log_id", "title", "takeaway", "records"]].itertuples(index=False)] == [
        ("n3", "", "Wait.", "n3"),
        ("n1", "Negotiation", "Ask first.", "n1;l1"),
    ]


# -- radar


def test_a_trends_ring_is_that_of_its_latest_review_and_the_one_before_is_kept():
    reviews = [look("t1", "2026-01-10", "hold", id="r1"), look("t1", "2026-05-10", "trial", id="r2", note="It works.")]
    trend = {"id": "t1", "name": "Data contracts", "noted_on": "2026-01-01"}

    def seen(on: str) -> tuple[Any, ...]:
        rows = radar([trend], reviews, dt.date.fromisoformat(on))
        return () if rows.empty else tuple(rows.iloc[0][["ring", "ring_before", "note", "records"]])

    assert seen("2019-12-31") == ()
    assert seen("2026-01-09") == ("", "", "", "t1")
    assert seen("2026-01-10") == ("hold", "", "", "t1;r1")
    assert seen("2026-05-10") == ("trial", "hold", "It works.", "t1;r1;r2")
    row = radar([trend], reviews).iloc[0]
    assert (row["reviewed_on"], row["days_since"]) == (pd.Timestamp("2026-05-10"), 155)


def test_of_two_reviews_on_a_day_the_later_id_counts():
    reviews = [look("t1", "2026-05-10", "adopt", id="r2"), look("t1", "2026-05-10", "hold", id="r1")]
    assert tuple(radar([{"id": "t1", "name": "Voice"}], reviews).iloc[0][["ring", "ring_before"]]) == ("adopt", "hold")


def test_trends_stand_from_adopt_to_hold_then_those_without_a_place():
    trends = [{"id": f"t{n}", "name": f"Trend {n}"} for n in range(1, 7)]
    reviews = [
        look("t1", "2026-05-01", "hold"),
        look("t2", "2026-05-01", "assess"),
        look("t3", "2026-06-01", "adopt"),
        look("t4", "2026-05-01", "adopt"),
        look("t5", "2026-05-01", "trial"),
    ]
    assert list(radar(trends, reviews)["trend_id"]) == ["t4", "t3", "t5", "t2", "t1", "t6"]


@pytest.mark.parametrize(("retired", "rows"), [("2026-10-12", 0), ("2026-10-13", 1)])
def test_from_the_day_it_is_retired_a_trend_is_not_on_the_radar(retired, rows):
    assert len(radar([{"id": "t1", "name": "Voice", "retired_on": retired}])) == rows


def test_what_you_learn_about_a_trend_is_counted():
    learned = [course(trend_id="t1"), course(id="l2", trend_id="t1", created_at="2026-11-01T08:00:00Z"), course(id="l3")]
    row = radar([{"id": "t1", "name": "Voice"}], learning_items=learned).iloc[0]
    assert (row["items"], row["records"]) == (1, "t1;l1")


# -- credentials


@pytest.mark.parametrize(("on", "rows"), [("2026-09-30", 0), ("2026-10-01", 1), ("2026-12-30", 1), ("2026-12-31", 0)])
def test_a_credential_is_about_to_expire_from_90_days_before_to_its_last_day(on, rows):
    """From 1 October to 30 December are 90 days."""
    found = expiring(licence(expires_on="2026-12-30"), on=dt.date.fromisoformat(on))
    assert len(found) == rows
    if rows:
        assert (found.iloc[0]["name"], found.iloc[0]["records"]) == ("Boat licence", "k1")
        assert found.iloc[0]["days_left"] == (dt.date(2026, 12, 30) - dt.date.fromisoformat(on)).days


def test_a_longer_renewal_shows_it_sooner_and_a_shorter_one_no_later():
    row = expiring(licence(expires_on="2027-03-01", renewal_days=150)).iloc[0]
    assert (row["days_left"], row["renew_from"]) == (140, pd.Timestamp("2026-10-02"))
    assert expiring(licence(expires_on="2027-03-01", renewal_days=139)).empty
    row = expiring(licence(expires_on="2026-12-30", renewal_days=30)).iloc[0]
    assert (row["days_left"], row["renew_from"]) == (79, pd.Timestamp("2026-11-30"))


def test_what_is_dropped_or_not_earned_yet_or_never_ends_does_not_expire():
    rows = [
        licence(expires_on="2026-11-01", status="dropped"),
        licence(id="k2", expires_on="2026-11-01", earned_on="2026-10-13"),
        licence(id="k3"),
        licence(id="k4", status="planned", earned_on=None),
    ]
    assert expiring(*rows).empty
    assert list(expiring(*rows, on=dt.date(2026, 10, 13))["credential_id"]) == ["k2"]


def test_a_day_of_expiry_alone_speaks_for_a_credential():
    assert len(expiring({"name": "First aid", "status": "planned", "expires_on": "2026-11-01"})) == 1


def test_those_about_to_expire_stand_soonest_first():
    rows = expiring(licence(expires_on="2026-12-01"), licence(id="k2", expires_on="2026-11-01"))
    assert list(rows["credential_id"]) == ["k2", "k1"]


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2023-12-31", "planned"),
        ("2024-01-01", "in progress"),
        ("2024-05-01", "valid"),
        ("2026-09-30", "valid"),
        ("2026-10-01", "to renew"),
        ("2026-12-30", "to renew"),
        ("2026-12-31", "expired"),
    ],
)
def test_a_credentials_status_follows_its_days(on, status):
    row = licence(started_on="2024-01-01", expires_on="2026-12-30")
    assert list(credentials(row, on=dt.date.fromisoformat(on))["status"]) == [status]


def test_before_a_credential_was_known_there_is_none():
    assert credentials(licence(), on=dt.date(2019, 12, 31)).empty


def test_a_file_of_before_the_column_for_renewal_is_read_whole_and_saved_to(tmp_path):
    book = Workbook.create(tmp_path / "career")
    path = book.folder / "data" / "credentials.csv"
    path.write_text(
        "id,name,kind,provider,status,started_on,earned_on,expires_on,cost,link,skill_id,private,created_at,updated_at\n"
        "k1,Boat licence,licence,,earned,,2024-05-01,2026-12-30,,,,false,2024-05-01T08:00:00Z,2024-05-01T08:00:00Z\n",
        encoding="utf-8-sig",
    )
    assert book.check() == []
    assert list(book.measure("learning.expiring", on="2026-10-12")["days_left"]) == [79]
    book.update("credentials", "k1", renewal_days=120)
    assert list(book.measure("learning.expiring", on="2026-09-10")["days_left"]) == [111]


# -- size


def test_ten_years_are_measured_quickly():
    """2,500 notes of study, 400 items, 200 trends with 3,000 reviews."""
    chance = random.Random(4)

    def day() -> str:
        return str(dt.date(2016, 10, 12) + dt.timedelta(chance.randrange(3650)))

    tables = frames.tables(
        learning_items=[{"id": f"l{n}", "title": f"Item {n}", "trend_id": f"t{n % 200}", "started_on": day()} for n in range(400)],
        learning_log=[study(day(), 45, id=f"n{n}", item_id=f"l{n % 400}", takeaway="So." if n % 3 else "") for n in range(2500)],
        trends=[{"id": f"t{n}", "name": f"Trend {n}"} for n in range(200)],
        trend_reviews=[look(f"t{n % 200}", day(), chance.choice(measures.RINGS), id=f"r{n}") for n in range(3000)],
        credentials=[licence(id=f"k{n}", earned_on=None, expires_on=day()) for n in range(300)],
    )
    for measure in (measures.pace, measures.weeks):
        began = time.process_time()
        measure(tables, ON, frames.settings())
        assert time.process_time() - began < 0.3, measure
    for measure in (measures.items, measures.takeaways, measures.radar, measures.credentials, measures.expiring):
        began = time.process_time()
        measure(tables, ON)
        assert time.process_time() - began < 0.3, measure
