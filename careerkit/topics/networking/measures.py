"""What the networking records say, in numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from careerkit.records import is_blank, join_list, typed_frame
from careerkit.records.settings import Settings
from careerkit.topics.cache import remembered
from careerkit.topics.networking.conversations import (
    NOT_SPOKEN,
    by_person,
    from_the_start,
    happened,
    joined,
    latest,
    placed,
    spoken_by,
    unarchived,
    with_cadence,
)
from careerkit.topics.networking.records import INTERVIEW, Event, Interaction
from careerkit.topics.tables import Row, Tables, columns, gathered, names, unique_ids
from careerkit.topics.windows import past

# Relationships one needs beside colleagues: someone who advises, someone who gives others your name, someone who is there already.
WANTED = ("mentor", "sponsor", "peer in my target field")
CLOSE = 4
HALF_A_YEAR = 180
STAGES = ("to ask", "planned", "held", "learned", "thanked")

HHI = columns("hhi: number; people: whole; records: text")
CIRCLE = columns("relationship: text; people spoken_lately: whole; last_on: day; records: text")
EVENTS = columns("event_id name: text; starts_on: day; status: text; people introductions talks_since: whole; records: text")
POSTS = columns("month: day; posts comments: whole; records: text")
INTERVIEWS = columns("contact_id name interaction_id stage: text; since: day; learned records: text")


def spoken(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return one row for each interaction and contact spoken to, earliest first.

    Formula
    -------
    Interactions that happened up to the day, but no notes, posts and comments; one row for each contact they name.
    """
    pairs = spoken_by(tables, on)
    records = pairs["interaction_id"].str.cat(pairs["contact_id"], sep=";")
    return pairs[["interaction_id", "contact_id", "happened_on", "kind"]].assign(records=records).reset_index(drop=True)


@remembered("contacts", "interactions")
def due(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return who to be in touch with, and by when, highest priority first.

    Formula
    -------
    For each contact that is not archived and has a cadence (its own, else the default for its closeness): last = latest
    time spoken to; due = (last, else the later of the day you met and the day they were added) + cadence; days overdue
    = day - due; priority = days overdue / cadence. Organisation, closeness and cadence count as they stand today.
    """
    people = with_cadence(tables, on, settings)
    rows = people.join(latest(tables, on, people.index))
    since = rows["last_on"].fillna(from_the_start(rows))
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
            "records": joined(rows.index.to_series(), rows["interaction_id"]),
        }
    )
    return frame.sort_values(["priority", "contact_id"], ascending=[False, True], kind="stable", ignore_index=True)


@remembered("interactions")
def promises(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return what you promised and have not done yet, oldest first.

    Formula
    -------
    Follow-ups of interactions that happened up to the day and whose follow-up was not done by then; earliest due first,
    those without a due day last, then by the day they were made. days overdue = day - due, none without a due day.
    """
    frame = happened(tables, on)
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
    pairs = by_person(happened(tables, on))
    pairs = pairs[pairs["direction"].isin(("gave", "received", "mutual"))]
    known = tables["contacts"].set_index("id")["name"]
    pairs = pairs[pairs["contact_id"].isin(known.index)]
    marked = pairs.assign(gave=pairs["direction"] != "received", received=pairs["direction"] != "gave")
    rows = marked.groupby("contact_id")[["gave", "received"]].sum().reset_index()
    rows = rows.assign(
        both=rows["gave"] + rows["received"],
        talks=rows["contact_id"].map(gathered(pairs, "contact_id", ("interaction_id",))),
    )
    rows = rows.sort_values(["both", "contact_id"], ascending=[False, True], ignore_index=True)
    return pd.DataFrame(
        {
            "contact_id": rows["contact_id"].astype("str"),
            "name": rows["contact_id"].map(known).astype("str"),
            "gave": rows["gave"].astype("Int64"),
            "received": rows["received"].astype("Int64"),
            "records": joined(rows["contact_id"], rows["talks"]),
        }
    )


def concentration(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the organisations of the people you spoke to in the past year, most people first.

    Formula
    -------
    Different people spoken to in the past 365 days, by organisation without regard to capitals; people with none noted
    are left out. share = people / all these people. Organisations count as they stand today.
    """
    pairs = placed(tables, on)
    rows = pairs.groupby("organisation")["contact_id"].nunique().rename("people").reset_index()
    rows = rows.sort_values(["people", "organisation"], ascending=[False, True], ignore_index=True)
    records = rows["organisation"].map(gathered(pairs, "organisation", ("contact_id", "interaction_id")))
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
    return typed_frame([{"hhi": squares, "people": rows["people"].sum(), "records": unique_ids(rows["records"])}], HHI)


def circle(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return how many people are in each relationship to you: mentors, sponsors and peers first, also where there is none.

    Formula
    -------
    people = contacts that are not archived, by relationship as it stands today; spoken_lately = those of them spoken to
    in the past 180 days; last_on = latest time one of them was spoken to. Contacts without a relationship are left out.
    """
    known = unarchived(tables, on)
    known = known[known["relationship"] != ""].set_index("id")
    last = latest(tables, on, known.index).reindex(known.index)
    rows = []
    for name in [*WANTED, *(each for each in known["relationship"].drop_duplicates() if each not in WANTED)]:
        mine = known[known["relationship"] == name]
        talks = last.loc[mine.index]
        rows.append(
            {
                "relationship": name,
                "people": len(mine),
                "spoken_lately": int(past(talks["last_on"], on, HALF_A_YEAR).sum()),
                "last_on": talks["last_on"].max(),
                "records": join_list([*mine.index, *talks["interaction_id"].dropna()]),
            }
        )
    return typed_frame(rows, CIRCLE)


def dormant(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the people close to you that you have not spoken to for half a year, the closest and longest first.

    Formula
    -------
    Contacts that are not archived, with a closeness of 4 or 5 as it stands today, and not spoken to in the past 180 days.
    days_silent = day - latest time spoken to, none where there was none.
    """
    close = unarchived(tables, on)
    close = close[(close["closeness"] >= CLOSE).fillna(False)].set_index("id")
    rows = close.join(latest(tables, on, close.index))
    rows = rows[~past(rows["last_on"], on, HALF_A_YEAR)]
    found = pd.DataFrame(
        {
            "contact_id": pd.Series(rows.index, index=rows.index, dtype="str"),
            "name": rows["name"],
            "closeness": rows["closeness"],
            "last_on": rows["last_on"],
            "days_silent": (pd.Timestamp(on) - rows["last_on"]).dt.days.astype("Int64"),
            "records": joined(rows.index.to_series(), rows["interaction_id"]),
        }
    )
    order = ["closeness", "days_silent", "contact_id"]
    return found.sort_values(order, ascending=[False, False, True], na_position="first", kind="stable", ignore_index=True)


def events(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return conferences and meetups, the latest first, and what came of them: people, introductions, later talks.

    Formula
    -------
    status = planned (it begins after the day, or has no day yet), attended, or missed (over, and not attended). people =
    those of the interactions at the event that happened by the day, and contacts met there by name; introductions = the
    interactions of that kind with one of them since it began; talks_since = times one of them was spoken to after it.
    """
    talks = by_person(happened(tables, on))
    at = tables["interactions"].set_index("id")["event_id"]
    rows = [_event_row(row, tables, talks, at, on) for row in Event.known(tables["events"], on).to_dict("records")]
    return typed_frame(rows, EVENTS).sort_values(["starts_on", "event_id"], ascending=[False, True], na_position="first", ignore_index=True)


def _event_row(row: Mapping[Hashable, Any], tables: Tables, talks: pd.DataFrame, at: pd.Series, on: dt.date) -> Row:
    start, day = row["starts_on"], pd.Timestamp(on)
    end = start if is_blank(row["ends_on"]) else row["ends_on"]
    held = talks[talks["interaction_id"].map(at) == row["id"]]
    contacts = tables["contacts"]
    met = (contacts["met_where"].str.strip().str.casefold() == row["name"].strip().casefold()) & past(contacts["met_on"], on)
    people = list(dict.fromkeys([*held["contact_id"], *contacts.loc[met, "id"]]))
    theirs = talks[talks["contact_id"].isin(people)]
    introduced = theirs[(theirs["kind"] == "introduction") & (theirs["happened_on"] >= start)]
    later = theirs[(theirs["happened_on"] > end) & ~theirs["kind"].isin(NOT_SPOKEN)]
    ahead = is_blank(start) or start > day
    return {
        "event_id": row["id"],
        "name": row["name"],
        "starts_on": start,
        "status": "planned" if ahead else "attended" if row["attended"] else "missed",
        "people": len(people),
        "introductions": introduced["interaction_id"].nunique(),
        "talks_since": later["interaction_id"].nunique(),
        "records": join_list([row["id"], *held["interaction_id"], *people, *introduced["interaction_id"], *later["interaction_id"]]),
    }


def posts(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return how many posts and comments you wrote in each of the past twelve months.

    Formula
    -------
    Interactions of the kinds post (articles among them) and comment that happened by the day, by calendar month; the
    running month counts as far as it has gone.
    """
    frame = happened(tables, on)
    frame = frame[frame["kind"].isin(("post", "comment"))]
    months = pd.period_range(end=pd.Period(on, "M"), periods=12)
    found = frame["happened_on"].dt.to_period("M")
    rows = [
        {
            "month": month.start_time,
            "posts": int(((found == month) & (frame["kind"] == "post")).sum()),
            "comments": int(((found == month) & (frame["kind"] == "comment")).sum()),
            "records": join_list(frame["id"][found == month]),
        }
        for month in months
    ]
    return typed_frame(rows, POSTS)


def interviews(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return your informational interviews, from the wish to ask to the thank-you, the earliest stage first.

    Formula
    -------
    stage, the last that was reached by the day: to ask (a contact, not archived, with something noted to ask and no
    interview yet), planned, held, learned (with what you learned noted), thanked (its follow-up done).
    """
    frame = Interaction.known(tables["interactions"], on)
    pairs = by_person(frame[frame["kind"] == INTERVIEW])
    details = frame.set_index("id")
    contacts = unarchived(tables, on)
    wished = contacts[(contacts["can_ask"].str.strip() != "") & ~contacts["id"].isin(pairs["contact_id"])]
    rows = [_interview_row(contact, name, "", "to ask", pd.NaT) for contact, name in names(wished).items()]
    known = names(tables["contacts"])
    for interaction, contact in zip(pairs["interaction_id"], pairs["contact_id"], strict=True):
        if contact in known:
            stage, since = _interview_stage(details.loc[interaction], pd.Timestamp(on))
            rows.append(_interview_row(contact, known[contact], interaction, stage, since, details.at[interaction, "learned"]))
    made = typed_frame(rows, INTERVIEWS)
    order = made["stage"].map({stage: place for place, stage in enumerate(STAGES)})
    return made.assign(order=order).sort_values(["order", "since", "contact_id"], kind="stable", ignore_index=True).drop(columns="order")


def _interview_row(contact: str, name: str, interaction: str, stage: str, since: Any, learned: str = "") -> Row:
    records = join_list([interaction, contact])
    return dict(zip(INTERVIEWS, (contact, name, interaction, stage, since, learned, records), strict=True))


def _interview_stage(row: pd.Series, day: pd.Timestamp) -> tuple[str, Any]:
    if not row["happened_on"] <= day:
        return "planned", row["planned_on"]
    if row["follow_up_done_on"] <= day:
        return "thanked", row["follow_up_done_on"]
    return ("learned" if row["learned"].strip() else "held"), row["happened_on"]
