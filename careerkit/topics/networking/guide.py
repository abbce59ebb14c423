"""What the networking notebook asks and says."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit import look
from careerkit.records import FormPlan, split_list
from careerkit.records.settings import Settings
from careerkit.topics.letters import Brief
from careerkit.topics.networking import charts, measures
from careerkit.topics.networking.charts import due_in_words, organisation_as_typed
from careerkit.topics.networking.records import INTERVIEW, QUESTIONS, Contact, Event, Interaction
from careerkit.topics.tables import Tables, named, names
from careerkit.topics.windows import past

FORMS = {
    "networking.log": FormPlan(
        Interaction,
        rows=(("contact_ids",), ("kind", "direction", "happened_on"), ("summary",), ("follow_up", "follow_up_due")),
        title="conversation",
        preset={"kind": "conversation", "happened_on": "today"},
        choose=False,
    ),
    "networking.interview": FormPlan(
        Interaction,
        rows=(
            ("contact_ids", "planned_on"),
            ("questions",),
            ("learned",),
            ("follow_up",),
            ("happened_on", "follow_up_due", "follow_up_done_on"),
        ),
        title="interview",
        preset={
            "kind": INTERVIEW,
            "happened_on": None,
            "questions": QUESTIONS,
            "follow_up": "Send a thank-you, and say what you did with the advice",
        },
        more=False,
        choose=False,
        only={"kind": INTERVIEW},
    ),
    "contacts": FormPlan(Contact),
    "events": FormPlan(Event),
}


def _next_talk(tables: Tables, on: dt.date, settings: Settings) -> str:
    ahead = tables["interactions"]
    ahead = ahead[(ahead["planned_on"] >= pd.Timestamp(on)) & ~past(ahead["happened_on"], on) & (ahead["contact_ids"] != "")]
    planned = [split_list(ids)[0] for ids in ahead.sort_values("planned_on", kind="stable")["contact_ids"].head(1)]
    waiting = list(measures.due(tables, on, settings)["contact_id"].head(1))
    known = set(tables["contacts"]["id"])
    return next((key for key in [*planned, *waiting] if key in known), "")


BRIEFS = {
    "networking.person": Brief(
        table="contacts",
        choose="Who are you going to meet?",
        first=_next_talk,
        show=charts.person,
        empty="Choose somebody to see what you would like to know before you meet.",
    )
}


def status(tables: Tables, on: dt.date, settings: Settings) -> str:
    """Return how many people wait to hear from you."""
    late = (measures.due(tables, on, settings)["days_overdue"] > 0).sum()
    if late:
        return f"{late} to get back to"
    people = len(Contact.known(tables["contacts"], on))
    return look.count(people, "person", "people") if people else "none yet"


def findings(tables: Tables, on: dt.date, settings: Settings) -> list[str]:
    """Return what the networking records say, naming a person and a next action."""
    people = Contact.known(tables["contacts"], on)
    if people.empty:
        nobody = "There is nobody here yet. Bring in your LinkedIn connections, or write down three people"
        return [f"{nobody} you would like to stay in touch with."]
    found = [*_due(tables, on, settings), *_promise(tables, on), *_employer(tables, on)]
    return found[:3] or _nothing_due(tables, on, people)


def _due(tables: Tables, on: dt.date, settings: Settings) -> list[str]:
    rows = measures.due(tables, on, settings)
    late = rows[rows["days_overdue"] > 0]
    if late.empty:
        return []
    first = late.iloc[0]
    if len(late) == 1:
        return [f"{first['name']} is the one to get back to, {due_in_words(first['days_overdue'])}."]
    return [
        f"{look.count(len(late), 'person', 'people')} to get back to. Begin with {first['name']}, {due_in_words(first['days_overdue'])}."
    ]


def _promise(tables: Tables, on: dt.date) -> list[str]:
    rows = measures.promises(tables, on)
    if rows.empty:
        return []
    first = rows.iloc[0]
    to = named(names(tables["interactions"], "contact_ids")[first["interaction_id"]], tables["contacts"])
    return [f"The oldest open promise{' is to ' + to if to else ''}: “{first['follow_up']}”."]


def _employer(tables: Tables, on: dt.date) -> list[str]:
    rows = measures.concentration(tables, on)
    people = int(rows["people"].sum()) if len(rows) else 0
    if people < 5:
        return []
    top = rows.sort_values("people", ascending=False, kind="stable").iloc[0]
    if float(top["share"]) < 0.4:
        return []
    spoken = f"{top['people']} of the {people} people you spoke to in the past year, with an organisation noted,"
    return [f"{spoken} are at {organisation_as_typed(top['organisation'], tables)}. Who knows you elsewhere?"]


def _nothing_due(tables: Tables, on: dt.date, people: pd.DataFrame) -> list[str]:
    spoken = measures.spoken(tables, on)
    if spoken.empty:
        contacts = look.count(len(people), "contact")
        return [f"You have {contacts}, and no conversation noted yet. Which of them would you like to hear from?"]
    last = spoken.sort_values("happened_on").iloc[-1]
    to = named(last["contact_id"], tables["contacts"])
    return [
        f"Nobody is waiting for you. Your latest conversation was{' with ' + to if to else ''} on {look.day(last['happened_on'])}."
        " Is there a thank-you you owe, or someone you could introduce?"
    ]
