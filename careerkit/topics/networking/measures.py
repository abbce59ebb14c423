"""What the networking records say, in numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from careerkit.record import join_list, split_list
from careerkit.settings import Settings
from careerkit.topics.networking.records import Contact

Tables = Mapping[str, pd.DataFrame]
# Written for oneself or for everybody: nobody was spoken to.
NOT_SPOKEN = ("note", "post", "comment")
YEAR = pd.Timedelta(days=365)


def spoken(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return one row for each interaction and contact spoken to, earliest first.

    Formula
    -------
    Interactions that happened up to the day, but no notes, posts and comments; one row for each contact they name.
    """
    pairs = _pairs(_happened(tables, on, spoken_only=True)).sort_values(["happened_on", "interaction_id"], kind="stable")
    records = pairs["interaction_id"].str.cat(pairs["contact_id"], sep=";")
    return pairs[["interaction_id", "contact_id", "happened_on", "kind"]].assign(records=records).reset_index(drop=True)


def due(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return whom to be in touch with, and by when, highest priority first.

    Formula
    -------
    For each contact that is not archived and has a cadence (its own, else the default for its closeness): last = latest
    time spoken to; due = (last, else the later of the day you met and the day they were added) + cadence; days overdue
    = day - due; priority = days overdue / cadence. Organisation, closeness and cadence count as they stand today.
    """
    people = _with_cadence(tables, on, settings)
    rows = people.join(_latest(tables, on, people.index))
    since = rows["last_on"].fillna(_from_the_start(rows))
    days = rows["cadence"].astype("int64")
    due_on = (since + pd.to_timedelta(days, unit="D")).astype("datetime64[s]")
    late = (pd.Timestamp(on) - due_on).dt.days
    priority = late / days
    frame = pd.DataFrame(
        {
            "contact_id": pd.Series(rows.index, index=rows.index, dtype="str"),
            "name": rows["name"],
            "last_on": rows["last_on"],
            "due_on": due_on,
            "days_overdue": late.astype("Int64"),
            "priority": priority.astype("Float64"),
            "cadence_days": days.astype("Int64"),
            "records": _joined(rows.index.to_series(), rows["interaction_id"]),
        }
    )
    return frame.sort_values(["priority", "contact_id"], ascending=[False, True], kind="stable", ignore_index=True)


def promises(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return what you promised and have not done yet, oldest first.

    Formula
    -------
    Follow-ups of interactions that happened up to the day and whose follow-up was not done by then; earliest due first,
    those without a due day last, then by the day they were made. days overdue = day - due, none without a due day.
    """
    frame = _happened(tables, on)
    done = frame["follow_up_done_on"] <= pd.Timestamp(on)
    rows = frame[(frame["follow_up"].str.strip() != "") & ~done]
    rows = rows.sort_values(["follow_up_due", "happened_on", "id"], na_position="last", kind="stable", ignore_index=True)
    late = (pd.Timestamp(on) - rows["follow_up_due"]).dt.days.astype("Int64")
    return pd.DataFrame(
        {
            "interaction_id": rows["id"],
            "follow_up": rows["follow_up"],
            "due_on": rows["follow_up_due"],
            "days_overdue": late,
            "records": rows["id"],
        }
    )


def reciprocity(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return how often you gave to and received from each contact, most exchanges first.

    Formula
    -------
    Over all interactions up to the day that say who gave: one for each interaction and contact, mutual counting in
    both. Contacts with neither are left out.
    """
    pairs = _pairs(_happened(tables, on))
    pairs = pairs[pairs["direction"].isin(("gave", "received", "mutual"))]
    known = tables["contacts"].set_index("id")["name"]
    pairs = pairs[pairs["contact_id"].isin(known.index)]
    marked = pairs.assign(gave=pairs["direction"] != "received", received=pairs["direction"] != "gave")
    rows = marked.groupby("contact_id")[["gave", "received"]].sum().reset_index()
    rows = rows.assign(
        both=rows["gave"] + rows["received"],
        told=rows["contact_id"].map(_gathered(pairs, "contact_id", ("interaction_id",))),
    )
    rows = rows.sort_values(["both", "contact_id"], ascending=[False, True], ignore_index=True)
    return pd.DataFrame(
        {
            "contact_id": rows["contact_id"].astype("str"),
            "name": rows["contact_id"].map(known).astype("str"),
            "gave": rows["gave"].astype("Int64"),
            "received": rows["received"].astype("Int64"),
            "records": _joined(rows["contact_id"], rows["told"]),
        }
    )


def concentration(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the organisations of the people you spoke to in the past year, most people first.

    Formula
    -------
    Different people spoken to in the past 365 days, by organisation without regard to capitals; people with none noted
    are left out. share = people / all these people. Organisations count as they stand today.
    """
    pairs = _placed(tables, on)
    rows = pairs.groupby("organisation")["contact_id"].nunique().rename("people").reset_index()
    rows = rows.sort_values(["people", "organisation"], ascending=[False, True], ignore_index=True)
    records = rows["organisation"].map(_gathered(pairs, "organisation", ("contact_id", "interaction_id")))
    people = rows["people"].astype("Int64")
    return pd.DataFrame(
        {
            "organisation": rows["organisation"].astype("str"),
            "people": people,
            "share": (rows["people"] / max(rows["people"].sum(), 1)).astype("Float64"),
            "records": records.astype("str"),
        }
    )


def hhi(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return in one number how much of your network sits in few organisations.

    Formula
    -------
    hhi = sum of the squared shares of networking.concentration (Herfindahl-Hirschman index): 1 when all are in one
    organisation, near 0 when spread widely; none before anybody was spoken to. people = all people it rests on.
    """
    rows = concentration(tables, on)
    squares = (rows["share"] ** 2).sum() if len(rows) else pd.NA
    return pd.DataFrame(
        {
            "hhi": pd.Series([squares], dtype="Float64"),
            "people": pd.Series([rows["people"].sum()], dtype="Int64"),
            "records": pd.Series([join_list(split_list(";".join(rows["records"])))], dtype="str"),
        }
    )


def _happened(tables: Tables, on: dt.date, *, spoken_only: bool = False, past: pd.Timedelta | None = None) -> pd.DataFrame:
    """Return the interactions that happened by a day, in the past so many days where given."""
    frame = tables["interactions"]
    chosen = frame["happened_on"] <= pd.Timestamp(on)
    if past is not None:
        chosen &= frame["happened_on"] > pd.Timestamp(on) - past
    if spoken_only:
        chosen &= ~frame["kind"].isin(NOT_SPOKEN)
    return frame[chosen]


def _pairs(interactions: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each interaction and contact named in it."""
    frame = interactions[["id", "contact_ids", "happened_on", "kind", "direction"]].rename(columns={"id": "interaction_id"})
    several = frame["contact_ids"].str.contains(";", regex=False)
    single = frame[~several].rename(columns={"contact_ids": "contact_id"})
    split = frame[several].assign(contact_id=frame.loc[several, "contact_ids"].str.split(";")).explode("contact_id")
    split = split.assign(contact_id=split["contact_id"].astype("str").str.strip())[single.columns]
    pairs = pd.concat([single, split.drop_duplicates(["interaction_id", "contact_id"])])
    return pairs[pairs["contact_id"] != ""].sort_index(kind="stable")


def _with_cadence(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    people = Contact.known(tables["contacts"], on)
    people = people[~(people["archived_on"] <= pd.Timestamp(on))]
    usual = people["closeness"].map(settings.cadence).astype("Int64") if settings.cadence else pd.NA
    cadence = people["cadence_days"].fillna(usual)
    return people.assign(cadence=cadence)[cadence.notna()].set_index("id")[["name", "met_on", "created_at", "cadence"]]


def _from_the_start(people: pd.DataFrame) -> pd.Series:
    return people[["met_on"]].assign(added=people["created_at"].dt.normalize()).max(axis=1).astype("datetime64[s]")


def _latest(tables: Tables, on: dt.date, ids: pd.Index) -> pd.DataFrame:
    """Return contact id to the day last spoken to and the interaction's id."""
    pairs = _pairs(_happened(tables, on, spoken_only=True))
    pairs = pairs[pairs["contact_id"].isin(ids)].sort_values(["happened_on", "interaction_id"], kind="stable")
    last = pairs.drop_duplicates("contact_id", keep="last").set_index("contact_id")
    return last[["happened_on", "interaction_id"]].rename(columns={"happened_on": "last_on"})


def _placed(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the pairs of the past year whose contact has an organisation, with it."""
    where = tables["contacts"].set_index("id")["organisation"].str.strip().str.casefold()
    pairs = _pairs(_happened(tables, on, spoken_only=True, past=YEAR))
    placed = pairs.assign(organisation=pairs["contact_id"].map(where).astype("str"))
    return placed[placed["organisation"].notna() & (placed["organisation"] != "")]


def _joined(first: pd.Series, second: pd.Series) -> pd.Series:
    """Return ids joined by ';', the second left out where it is missing."""
    both = first.astype("str") + ";" + second.astype("str")
    return both.fillna(first.astype("str")).astype("str")


def _gathered(pairs: pd.DataFrame, by: str, ids: tuple[str, ...]) -> dict[str, str]:
    """Return each value of a column with the ids that stand beside it, ';'-joined, each once."""
    found: dict[str, dict[str, None]] = {}
    for key, *beside in zip(pairs[by].tolist(), *(pairs[column].tolist() for column in ids), strict=True):
        found.setdefault(key, {}).update(dict.fromkeys(beside))
    return {key: ";".join(each) for key, each in found.items()}
