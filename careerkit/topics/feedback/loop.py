"""How far each feedback has come, from asking to telling the giver."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit import look
from careerkit.topics.feedback.records import Feedback

# Each stage and the day on which it is reached, the first stage first.
STAGES = {
    "requested": "requested_on",
    "received": "received_on",
    "reflected": "reflected_on",
    "decided": "decided_on",
    "acted": "acted_on",
    "followed up": "followed_up_on",
}
DAYS = list(STAGES.values())
# People who have not answered within four weeks rarely do.
EXPIRES = pd.Timedelta(days=28)
SHOWN_FOR = pd.Timedelta(days=365)
# The stages that have a next step, the most urgent first.
URGENCY = ("acted", "decided", "reflected", "received", "requested", "expired")
REMINDED_WITHIN = pd.Timedelta(days=90)


def reached(feedback: pd.DataFrame, on: dt.date) -> pd.DataFrame:
    """Return the feedback known on a day whose first stage is reached, with its stage and the day it was reached.

    Columns beside the record's own: stage, since, began (the day of asking, else of receiving) and place, the stage's
    number from 0. A stage's day that lies ahead has not happened.
    """
    day = pd.Timestamp(on)
    rows = Feedback.known(feedback, on).reset_index(drop=True)
    undated = rows[[*DAYS, "declined_on"]].isna().all(axis=1)
    # Without any day it came unasked, at the latest when it was written down.
    rows["received_on"] = rows["received_on"].mask(undated, rows["created_at"].dt.normalize()).astype("datetime64[s]")
    days = rows[DAYS].where(rows[DAYS] <= day)
    place = days.notna().to_numpy(dtype=bool) * range(1, len(DAYS) + 1)
    furthest = pd.Series(place.max(axis=1) - 1 if len(rows) else [], index=rows.index, dtype="int64")
    declined = rows["declined_on"].where(rows["declined_on"] <= day)
    rows = rows.assign(
        place=furthest,
        stage=furthest.map(dict(enumerate(STAGES))).astype("str"),
        since=_day_of(days, furthest),
        began=days["requested_on"].fillna(days[DAYS[1:]].min(axis=1)).fillna(declined),
    )
    unanswered = furthest <= 0
    over = unanswered & (rows["requested_on"] + EXPIRES <= day) & declined.isna()
    refused = unanswered & declined.notna()
    rows["stage"] = rows["stage"].mask(over, "expired").mask(refused, "declined")
    rows["since"] = rows["since"].mask(over, rows["requested_on"] + EXPIRES).mask(refused, declined).astype("datetime64[s]")
    return rows[(furthest >= 0) | refused].reset_index(drop=True)


def _day_of(days: pd.DataFrame, furthest: pd.Series) -> pd.Series:
    since = pd.Series(pd.NaT, index=days.index, dtype="datetime64[s]")
    for place, name in enumerate(DAYS):
        since = since.mask(furthest == place, days[name])
    return since


def givers(feedback: pd.DataFrame, contacts: pd.DataFrame) -> pd.Series:
    """Return who gave each feedback, by the best name that is known, '' for nobody."""
    named = feedback["contact_id"].map(contacts.set_index("id")["name"]).astype("str").fillna("").str.strip()
    named = named.mask(named == "", feedback["giver"].str.strip())
    return named.mask(named == "", feedback["relationship"].str.strip()).astype("str")


def still_open(feedback: pd.DataFrame, contacts: pd.DataFrame, on: dt.date) -> pd.DataFrame:
    """Return the feedback that has a next step, with its giver, what is nearly closed first and what waits for others last.

    What has not moved for a year is left out.
    """
    rows = reached(feedback, on)
    rows = rows.assign(giver=givers(rows, contacts), order=rows["stage"].map({stage: place for place, stage in enumerate(URGENCY)}))
    moved = (pd.Timestamp(on) - rows["since"]) <= SHOWN_FOR
    return rows[moved & rows["order"].notna()].sort_values(["order", "since", "id"], kind="stable")


def about(row: pd.Series) -> str:
    """Return what a feedback is about: the question, else what was answered."""
    return look.short(next((row[name] for name in ("question", "to_improve", "went_well") if row[name].strip()), ""), 90)


def called(row: pd.Series) -> str:
    """Return how a feedback is recognised: who gave it, and what it is about."""
    return " · ".join(part for part in (row["giver"] or "Someone", about(row)) if part)


def first_name(name: str) -> str:
    """Return how to greet somebody: by the first name, or the whole one where the first is not clear."""
    words = name.split()
    several = "," in name or " and " in name or " & " in name
    return name if not words or several or words[0].endswith(".") else words[0]


def waits_for_answer(row: pd.Series, on: dt.date) -> bool:
    """Say whether a request is due for a reminder: unanswered at its day, else two weeks after asking, and not reminded yet.

    After three months a reminder would only puzzle; it is better to ask again.
    """
    day = pd.Timestamp(on)
    due = row["due_on"] if pd.notna(row["due_on"]) else row["requested_on"] + pd.Timedelta(days=14)
    open_still = row["stage"] in ("requested", "expired") and row["requested_on"] > day - REMINDED_WITHIN
    return bool(open_still and due <= day and not row["reminded_on"] <= day)


def next_step(row: pd.Series, giver: str, on: dt.date) -> str:
    """Return what would bring a feedback further, in a few words; '' when it is closed."""
    name = first_name(giver) or "them"
    stage, decision = row["stage"], row["decision"]
    if stage == "requested":
        due = "" if pd.isna(row["due_on"]) or row["due_on"] < pd.Timestamp(on) else f" until {look.day(row['due_on'])}"
        return f"Remind {name} once, kindly" if waits_for_answer(row, on) else f"Wait{due}"
    if stage == "received":
        return "Come back tomorrow" if row["received_on"] >= pd.Timestamp(on) else "What part of it is useful?"
    if stage == "decided" and decision in ("act", ""):
        return row["action"] or "Choose the first thing to do"
    steps = {
        "expired": "Leave it, or ask someone else",
        "reflected": "Decide: act, keep doing, or not now",
        "decided": f"Tell {name} what came of it",
        "acted": f"Tell {name} what came of it",
    }
    return steps.get(stage, "")
