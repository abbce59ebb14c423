"""What the brand records say, in numbers."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit.topics.tables import Tables, gathered
from careerkit.topics.windows import past, within

YEAR = 365
# How far a win reached, widest first, and the column that counts it.
REACH = {"beyond": "beyond", "organisation": "organisation", "team or class": "team", "myself": "myself"}
FINDINGS = ("heard as intended", "not heard yet", "heard, not intended")


def wins(tables: Tables, on: dt.date, since: dt.date | None = None) -> pd.DataFrame:
    """Return what you achieved, latest first.

    Formula
    -------
    Wins achieved up to the day, and from the first day on where one is given; both days count.
    """
    frame = _achieved(tables, on, since)
    columns = frame[["title", "achieved_on", "impact", "metric", "result", "goal_id"]]
    return columns.assign(achievement_id=frame["id"], records=frame["id"])[["achievement_id", *columns.columns, "records"]]


def quarters(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return how many wins each quarter had, by how far they reached, earliest first.

    Formula
    -------
    Wins achieved up to the day, by calendar quarter, from the quarter of the first win to that of the day; quarters without
    one count 0. wins = all of a quarter, also those that do not say how far they reached.
    """
    frame = _achieved(tables, on)
    quarter = frame["achieved_on"].dt.to_period("Q")
    between = pd.period_range(quarter.min(), pd.Period(on, "Q"), freq="Q") if len(frame) else pd.PeriodIndex([], freq="Q")
    by_quarter = frame.set_index(pd.PeriodIndex(quarter, freq="Q"))
    counted = {name: _count(by_quarter[by_quarter["impact"] == impact], between) for impact, name in REACH.items()}
    ids = by_quarter["id"].groupby(level=0).agg(";".join).reindex(between)
    return pd.DataFrame(
        {
            "quarter": pd.Series([f"{each.year}Q{each.quarter}" for each in between], dtype="str"),
            "starts_on": pd.Series(between.start_time, dtype="datetime64[s]"),
            "wins": _count(by_quarter, between),
            **counted,
            "records": pd.Series(ids.fillna("").to_numpy(), dtype="str"),
        }
    )


def stories(tables: Tables, on: dt.date, since: dt.date | None = None) -> pd.DataFrame:
    """Return which wins can be told as a story, latest first.

    Formula
    -------
    For each win of brand.wins, whether its situation, its action and its result are filled; ready = all three are.
    """
    frame = _achieved(tables, on, since)
    filled = {name: (frame[name].str.strip() != "").astype("bool") for name in ("situation", "action", "result")}
    return pd.DataFrame(
        {
            "achievement_id": frame["id"],
            "title": frame["title"],
            "achieved_on": frame["achieved_on"],
            **filled,
            "ready": filled["situation"] & filled["action"] & filled["result"],
            "records": frame["id"],
        }
    )


def words(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the words you would like to hear against those that others used.

    Formula
    -------
    Over the looks of the past 365 days: intended = looks that name the word as one you would like to hear; heard = looks in
    which others used it; each counts once a look, without regard to capitals. finding: heard as intended (both), not heard
    yet (intended alone), heard, not intended. Within a finding the most frequent first. The spelling is the latest.
    """
    reviews = _reviewed(tables, on)
    reviews = reviews[past(reviews["reviewed_on"], on, YEAR)]
    intended, heard = _words(reviews, "intended_words"), _words(reviews, "heard_words")
    named = pd.concat([intended, heard], ignore_index=True).sort_values(["reviewed_on", "id"], kind="stable")
    spelled = named.drop_duplicates("key", keep="last").set_index("key")["word"].sort_index()
    counted = pd.DataFrame({"intended": intended["key"].value_counts(), "heard": heard["key"].value_counts()})
    counted = counted.reindex(spelled.index).fillna(0).astype("Int64")
    finding = pd.Series(FINDINGS[0], index=spelled.index, dtype="str")
    finding = finding.mask(counted["heard"] == 0, FINDINGS[1]).mask(counted["intended"] == 0, FINDINGS[2])
    rows = pd.DataFrame(
        {
            "word": spelled.astype("str").str.strip(),
            **counted,
            "finding": finding,
            "last_heard_on": heard.groupby("key")["reviewed_on"].max().reindex(spelled.index).astype("datetime64[s]"),
            "records": pd.Series(gathered(named, "key", ("id",)), dtype="str").reindex(spelled.index),
        }
    )
    place = finding.map({name: number for number, name in enumerate(FINDINGS)}).astype("int64")
    order = rows.assign(place=place, often=-counted.sum(axis=1)).sort_values(["place", "often"], kind="stable")
    return order[rows.columns].reset_index(drop=True)


def channels(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return where you appear, with the latest look at each place, the longest unseen first.

    Formula
    -------
    For each channel, without regard to capitals: the latest look up to the day, ties by id; score_before = the score of the
    look before it; looks = all of them; days_since = day - latest look.
    """
    reviews = _reviewed(tables, on)
    reviews = reviews.assign(key=reviews["channel"].str.strip().str.casefold())
    reviews = reviews[reviews["key"] != ""]
    last = reviews.drop_duplicates("key", keep="last")
    before = reviews[~reviews["id"].isin(last["id"])].drop_duplicates("key", keep="last").set_index("key")
    looks, ids = reviews.groupby("key").size(), reviews.groupby("key")["id"].agg(";".join)
    key = pd.Index(last["key"])
    rows = pd.DataFrame(
        {
            "channel": last["channel"].str.strip(),
            "reviewed_on": last["reviewed_on"],
            "days_since": (pd.Timestamp(on) - last["reviewed_on"]).dt.days.astype("Int64"),
            "headline": last["headline"],
            "score": last["score"],
            "score_before": before["score"].reindex(key).set_axis(last.index),
            "next_step": last["next_step"],
            "looks": looks.reindex(key).set_axis(last.index).astype("Int64"),
            "records": ids.reindex(key).set_axis(last.index).astype("str"),
        }
    )
    return rows.sort_values(["reviewed_on", "channel"], kind="stable", ignore_index=True)


def _achieved(tables: Tables, on: dt.date, since: dt.date | None = None) -> pd.DataFrame:
    """Return the wins up to a day, from a first day on where one is given, latest first."""
    frame = tables["achievements"]
    chosen = past(frame["achieved_on"], on) if since is None else within(frame["achieved_on"], since, on)
    return frame[chosen].sort_values(["achieved_on", "id"], ascending=False, kind="stable", ignore_index=True)


def _count(by_quarter: pd.DataFrame, between: pd.PeriodIndex) -> pd.Series:
    counted = by_quarter.groupby(level=0).size().reindex(between, fill_value=0)
    return pd.Series(counted.to_numpy(), dtype="Int64")


def _reviewed(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the looks up to a day, earliest first."""
    frame = tables["brand"]
    return frame[past(frame["reviewed_on"], on)].sort_values(["reviewed_on", "id"], kind="stable")


def _words(reviews: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return one row for each look and word in a column of words, ';'-joined."""
    split = reviews[["id", "reviewed_on"]].assign(word=reviews[column].str.split(";")).explode("word")
    # The same few words come back in thousands of looks, so each spelling is folded once.
    codes, spellings = pd.factorize(split["word"].fillna("").astype("object"))
    keys = pd.Series([str(spelling).strip().casefold() for spelling in spellings], dtype="str")
    rows = split.assign(word=split["word"].fillna("").astype("str"), key=keys.reindex(codes).to_numpy()).astype({"key": "str"})
    return rows[rows["key"] != ""].drop_duplicates(["id", "key"])
