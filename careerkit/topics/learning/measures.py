"""What the learning records say, in numbers."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit.records import join_list, typed_frame
from careerkit.records.settings import Settings
from careerkit.topics.cache import remembered
from careerkit.topics.learning.records import Credential, LearningItem, Trend
from careerkit.topics.tables import Tables, columns
from careerkit.topics.windows import in_force, past

QUARTER = 91
HALF_YEAR = 180
WEEKS_SHOWN = 26
LEAD = 90
RINGS = ("adopt", "trial", "assess", "hold")
PACE = columns("hours target_hours ratio: number; streak_weeks: whole; last_on: day; records: text")


def pace(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return the hours of the past quarter of a year against your weekly target, and for how many weeks in a row you studied.

    Formula
    -------
    hours = minutes studied in the past 91 days / 60. target_hours = 13 x the weekly learning hours of the settings. ratio =
    hours / target_hours, none where the target is 0. streak_weeks = ISO weeks in a row with study, counted back from the
    running week, or from the week before where the running week has none yet. last_on = latest day of study up to the day.
    """
    log = _studied(tables, on)
    recent = log[past(log["studied_on"], on, QUARTER)]
    hours, target = recent["minutes"].sum() / 60, 13 * settings.weekly_learning_hours
    weeks, streak = _weeks(log), _streak(log, on)
    counted = log[log["studied_on"].isin(recent["studied_on"]) | weeks.isin(streak)]
    row = {
        "hours": hours,
        "target_hours": target,
        "ratio": hours / target if target else None,
        "streak_weeks": len(streak),
        "last_on": log["studied_on"].max(),
        "records": join_list(counted["id"]),
    }
    return typed_frame([row], PACE)


def weeks(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return the hours studied in each of the last 26 ISO weeks, oldest first.

    Formula
    -------
    hours = minutes studied from Monday to Sunday, and no later than the day, / 60; the last row is the running week.
    target_hours = the weekly learning hours of the settings.
    """
    log = _studied(tables, on)
    mondays = pd.date_range(end=_monday(on), periods=WEEKS_SHOWN, freq="7D").astype("datetime64[s]")
    recent = log.assign(week_on=_weeks(log))
    recent = recent[recent["week_on"].isin(mondays)]
    minutes = recent.groupby("week_on")["minutes"].sum().reindex(mondays, fill_value=0)
    ids = recent.groupby("week_on")["id"].agg(";".join).reindex(mondays, fill_value="")
    return pd.DataFrame(
        {
            "week_on": pd.Series(mondays),
            "hours": (minutes.reset_index(drop=True) / 60).astype("Float64"),
            "target_hours": pd.Series(float(settings.weekly_learning_hours), index=range(len(mondays)), dtype="Float64"),
            "records": ids.reset_index(drop=True).astype("str"),
        }
    )


@remembered("learning_items", "learning_log")
def items(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return what you learn from, with the hours you gave it and what you took from it, latest first.

    Formula
    -------
    hours = minutes logged with the item up to the day / 60; recent_hours the same in the past 180 days. takeaways = its
    study notes that have one. status, first that holds: done, or dropped where it says so (finished by the day), doing
    (begun or studied by the day, and finished later or still marked as planned), planned (to be begun or finished later),
    else as it stands today.
    """
    frame = LearningItem.known(tables["learning_items"], on)
    ids = frame["id"]
    log = _studied(tables, on).sort_values(["studied_on", "id"], kind="stable")
    log = log[log["item_id"].isin(ids)].set_index("item_id")
    recent = log[past(log["studied_on"], on, HALF_YEAR)]
    noted = log[log["takeaway"].str.strip() != ""].groupby(level=0)["takeaway"]
    hours = _hours(ids, log)
    rows = pd.DataFrame(
        {
            "item_id": ids,
            "title": frame["title"],
            "kind": frame["kind"],
            "status": _item_status(frame, hours > 0, on),
            "hours": hours,
            "expected_hours": frame["expected_hours"],
            "recent_hours": _hours(ids, recent),
            "started_on": frame["started_on"],
            "finished_on": frame["finished_on"],
            "last_on": _beside(ids, log.groupby(level=0)["studied_on"].max()).astype("datetime64[s]"),
            "takeaways": _beside(ids, noted.size()).fillna(0).astype("Int64"),
            "latest_takeaway": _beside(ids, noted.last()).fillna("").astype("str"),
            "records": _with(ids.set_axis(ids), log["id"]).set_axis(ids.index),
        }
    )
    days = rows[["last_on", "finished_on", "started_on"]]
    order = rows.assign(latest=days.where(days <= pd.Timestamp(on)).max(axis=1))
    order = order.sort_values(["latest", "item_id"], ascending=[False, True], na_position="last", kind="stable")
    return order.drop(columns="latest").reset_index(drop=True)


def takeaways(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return what you took from your study, latest first.

    Formula
    -------
    Study notes up to the day that have a takeaway, with the title of what you studied; empty where it belongs to none.
    """
    log = _studied(tables, on)
    log = log[log["takeaway"].str.strip() != ""].sort_values(["studied_on", "id"], ascending=False, kind="stable", ignore_index=True)
    titles = tables["learning_items"].drop_duplicates("id").set_index("id")["title"]
    title = _beside(log["item_id"], titles)
    return pd.DataFrame(
        {
            "log_id": log["id"],
            "studied_on": log["studied_on"],
            "title": title.fillna("").astype("str"),
            "takeaway": log["takeaway"],
            "records": log["id"].where(title.isna(), log["id"] + ";" + log["item_id"]).astype("str"),
        }
    )


@remembered("trends", "trend_reviews", "learning_items")
def radar(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the trends you follow, by ring, with the last time you looked at each.

    Formula
    -------
    Trends known on the day and not retired by then. ring and note = those of the latest review up to the day, ties by id,
    empty before the first; ring_before = that of the review before it. days_since = day - latest review. items = learning
    items that answer the trend. Order: adopt, trial, assess, hold, not placed yet; within a ring the longest unseen first.
    """
    frame = in_force(Trend.known(tables["trends"], on), "retired_on", on)
    ids = frame["id"]
    reviews = _reviewed(tables, on, ids)
    last = reviews[~reviews.index.duplicated(keep="last")]
    earlier = reviews[~reviews["id"].isin(last["id"])]
    before = earlier[~earlier.index.duplicated(keep="last")]
    answering = LearningItem.known(tables["learning_items"], on).set_index("trend_id")["id"]
    reviewed_on = _beside(ids, last["reviewed_on"])
    rows = pd.DataFrame(
        {
            "trend_id": ids,
            "name": frame["name"],
            "quadrant": frame["quadrant"],
            "ring": _beside(ids, last["ring"]).fillna("").astype("str"),
            "ring_before": _beside(ids, before["ring"]).fillna("").astype("str"),
            "reviewed_on": reviewed_on,
            "days_since": (pd.Timestamp(on) - reviewed_on).dt.days.astype("Int64"),
            "note": _beside(ids, last["note"]).fillna("").astype("str"),
            "why_it_matters": frame["why_it_matters"],
            "my_response": frame["my_response"],
            "items": _beside(ids, answering.groupby(level=0).size()).fillna(0).astype("Int64"),
            "records": _with(_with(ids.set_axis(ids), reviews["id"]), answering).set_axis(ids.index),
        }
    )
    place = rows["ring"].map({ring: number for number, ring in enumerate(RINGS)}).fillna(len(RINGS))
    order = rows.assign(place=place).sort_values(["place", "reviewed_on", "trend_id"], na_position="first", kind="stable")
    return order.drop(columns="place").reset_index(drop=True)


@remembered("credentials")
def credentials(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return your credentials, and how long each is valid, soonest to expire first.

    Formula
    -------
    Credentials known on the day and not dropped. status, first that holds: expired (the day is after expires_on), to renew
    (the day is renew_from or later), valid (earned by the day, or earned with no day noted), in progress (begun by the day),
    planned. renew_from = expires_on - the days you set for the renewal, 90 where you set none. days_left = expires_on - day.
    What is not earned yet neither expires nor needs renewing. Status dropped counts as it stands today.
    """
    frame = Credential.known(tables["credentials"], on)
    frame = frame[frame["status"] != "dropped"]
    day = pd.Timestamp(on)
    days = frame["renewal_days"].fillna(LEAD).astype("int64")
    renew_from = (frame["expires_on"] - pd.to_timedelta(days, unit="D")).astype("datetime64[s]")
    held = _held(frame, on)
    status = pd.Series("planned", index=frame.index, dtype="str")
    status = status.mask(frame["started_on"] <= day, "in progress").mask(held, "valid")
    status = status.mask(held & (renew_from <= day), "to renew").mask(held & (frame["expires_on"] < day), "expired")
    rows = pd.DataFrame(
        {
            "credential_id": frame["id"],
            "name": frame["name"],
            "kind": frame["kind"],
            "status": status,
            "started_on": frame["started_on"],
            "earned_on": frame["earned_on"],
            "expires_on": frame["expires_on"],
            "renew_from": renew_from,
            "days_left": (frame["expires_on"] - day).dt.days.astype("Int64"),
            "records": frame["id"],
        }
    )
    return rows.sort_values(["expires_on", "credential_id"], na_position="last", kind="stable", ignore_index=True)


def expiring(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the credentials that expire soon, soonest first.

    Formula
    -------
    Credentials held on the day (see learning.credentials) with 0 to 90 days until they expire, or up to the days you set for
    the renewal where those are more. days_left = expires_on - day. renew_from = expires_on - the days you set, else 90.
    """
    rows = credentials(tables, on)
    # Held on the day: what is planned or begun cannot expire.
    held = rows["status"].isin(("valid", "to renew"))
    soon = rows["days_left"].between(0, LEAD) | (rows["status"] == "to renew")
    columns = ["credential_id", "name", "expires_on", "days_left", "renew_from", "records"]
    return rows.loc[held & soon.fillna(False), columns].reset_index(drop=True)


def _held(frame: pd.DataFrame, on: dt.date) -> pd.Series:
    """Say which credentials were held on a day; without a day it was earned on, by its status or an expiry date."""
    undated = frame["earned_on"].isna() & ((frame["status"] == "earned") | frame["expires_on"].notna())
    return past(frame["earned_on"], on) | undated


def _studied(tables: Tables, on: dt.date) -> pd.DataFrame:
    log = tables["learning_log"]
    return log[past(log["studied_on"], on)]


def _hours(ids: pd.Series, log: pd.DataFrame) -> pd.Series:
    """Return the hours of each item in a log whose index names the items."""
    return (_beside(ids, log.groupby(level=0)["minutes"].sum()) / 60).fillna(0).astype("Float64")


def _reviewed(tables: Tables, on: dt.date, ids: pd.Series) -> pd.DataFrame:
    """Return the reviews of trends up to a day, earliest first, each under its trend's id."""
    reviews = tables["trend_reviews"]
    reviews = reviews[reviews["trend_id"].isin(ids) & past(reviews["reviewed_on"], on)]
    return reviews.sort_values(["reviewed_on", "id"], kind="stable").set_index("trend_id")


def _monday(on: dt.date) -> pd.Timestamp:
    return pd.Timestamp(on) - pd.Timedelta(days=on.weekday())


def _weeks(log: pd.DataFrame) -> pd.Series:
    """Return the Monday of each study note's ISO week."""
    return (log["studied_on"] - pd.to_timedelta(log["studied_on"].dt.day_of_week, unit="D")).astype("datetime64[s]")


def _streak(log: pd.DataFrame, on: dt.date) -> list[pd.Timestamp]:
    """Return the Mondays of the weeks in a row with study; the running week need not have any yet."""
    studied, week, found = set(_weeks(log[log["minutes"] > 0])), _monday(on), []
    if week not in studied:
        week -= pd.Timedelta(days=7)
    while week in studied:
        found.append(week)
        week -= pd.Timedelta(days=7)
    return found


def _item_status(frame: pd.DataFrame, studied: pd.Series, on: dt.date) -> pd.Series:
    day = pd.Timestamp(on)
    begun, later = (frame["started_on"] <= day) | studied, frame["finished_on"] > day
    status = frame["status"].mask(frame["status"] == "", "planned")
    status = status.mask(begun & ((status == "planned") | later), "doing")
    status = status.mask(~begun & ((frame["started_on"] > day) | later), "planned")
    return status.mask((frame["finished_on"] <= day) & (status != "dropped"), "done").astype("str")


def _beside(ids: pd.Series, values: pd.Series) -> pd.Series:
    """Return the value of each id, in the order of the ids."""
    return values.reindex(pd.Index(ids)).set_axis(ids.index)


def _with(records: pd.Series, more: pd.Series) -> pd.Series:
    """Return records with more ids beside them, ';'-joined; the index says whose they are."""
    added = more.groupby(level=0).agg(";".join).reindex(records.index)
    return records.where(added.isna(), records + ";" + added.fillna("")).astype("str")
