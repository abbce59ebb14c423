"""Who was spoken to when: what the networking measures are made of."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit.records.settings import Settings
from careerkit.topics.cache import remembered
from careerkit.topics.networking.records import Contact
from careerkit.topics.tables import Tables
from careerkit.topics.windows import in_force, past

# Written for oneself or for everybody: nobody was spoken to.
NOT_SPOKEN = ("note", "post", "comment")
YEAR = 365


def happened(tables: Tables, on: dt.date, spoken_only: bool = False) -> pd.DataFrame:
    """Return the interactions that happened by a day; those alone in which somebody was spoken to, if wished."""
    frame = tables["interactions"]
    done = past(frame["happened_on"], on)
    return frame[done & ~frame["kind"].isin(NOT_SPOKEN) if spoken_only else done]


def by_person(interactions: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each interaction and contact named in it."""
    frame = interactions[["id", "contact_ids", "happened_on", "kind", "direction"]].rename(columns={"id": "interaction_id"})
    several = frame["contact_ids"].str.contains(";", regex=False)
    single = frame[~several].rename(columns={"contact_ids": "contact_id"})
    split = frame[several].assign(contact_id=frame.loc[several, "contact_ids"].str.split(";")).explode("contact_id")
    split = split.assign(contact_id=split["contact_id"].astype("str").str.strip())[single.columns]
    pairs = pd.concat([single, split.drop_duplicates(["interaction_id", "contact_id"])])
    return pairs[pairs["contact_id"] != ""].sort_index(kind="stable")


def unarchived(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the contacts known on a day and not archived by then."""
    return in_force(Contact.known(tables["contacts"], on), "archived_on", on)


def with_cadence(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return the contacts that have a cadence on a day, with it."""
    people = unarchived(tables, on)
    usual = people["closeness"].map(settings.cadence).astype("Int64") if settings.cadence else pd.NA
    cadence = people["cadence_days"].fillna(usual)
    return people.assign(cadence=cadence)[cadence.notna()].set_index("id")[["name", "met_on", "created_at", "cadence"]]


def from_the_start(people: pd.DataFrame) -> pd.Series:
    """Return the later of the day one met and the day a contact was added."""
    return people[["met_on"]].assign(added=people["created_at"].dt.normalize()).max(axis=1).astype("datetime64[s]")


@remembered("interactions")
def spoken_pairs(tables: Tables) -> pd.DataFrame:
    """Return one row for each contact and each interaction in which somebody was spoken to, on whatever day, earliest first."""
    frame = tables["interactions"]
    return by_person(frame[~frame["kind"].isin(NOT_SPOKEN)]).sort_values(["happened_on", "interaction_id"], kind="stable")


def spoken_by(tables: Tables, on: dt.date, length: int | None = None) -> pd.DataFrame:
    """Return who was spoken to by a day, in the past so many days where given, earliest first."""
    pairs = spoken_pairs(tables)
    return pairs[past(pairs["happened_on"], on, length)]


def latest(tables: Tables, on: dt.date, ids: pd.Index) -> pd.DataFrame:
    """Return contact id to the day last spoken to and the interaction's id."""
    pairs = spoken_by(tables, on)
    last = pairs[pairs["contact_id"].isin(ids)].drop_duplicates("contact_id", keep="last").set_index("contact_id")
    return last[["happened_on", "interaction_id"]].rename(columns={"happened_on": "last_on"})


def placed(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the pairs of the past year whose contact has an organisation, with it."""
    where = tables["contacts"].set_index("id")["organisation"].str.strip().str.casefold()
    pairs = spoken_by(tables, on, YEAR).sort_index(kind="stable")
    placed = pairs.assign(organisation=pairs["contact_id"].map(where).astype("str"))
    return placed[placed["organisation"].notna() & (placed["organisation"] != "")]


def joined(first: pd.Series, second: pd.Series) -> pd.Series:
    """Return ids joined by ';', the second left out where it is missing."""
    both = first.astype("str") + ";" + second.astype("str")
    return both.fillna(first.astype("str")).astype("str")
