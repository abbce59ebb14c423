"""The network in the period: kept up, grown, promises kept and open, and whom to get back to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.review.chart import Chart, chart
from careerkit.review.context import Context
from careerkit.review.figures import Figure
from careerkit.review.reader import Access
from careerkit.review.section import Section
from careerkit.review.sections.layout import entry, lines, listing, part, quiet, section, two
from careerkit.review.sections.phrases import NOTHING, compared, marked, part_of, sentence, sentences
from careerkit.topics.networking import charts
from careerkit.topics.networking import measures as networking
from careerkit.topics.tables import named

MOST = 8


def people(context: Context) -> look.Html:
    """Return who was kept up with, who is new, which promises were kept, and for oneself whom to get back to."""
    left = look.joined([_new(context), _late(context) if context.own else NOTHING])
    right = look.joined([_kept(context), _open(context), _events(context)]) if context.own else NOTHING
    if not str(left) and not str(right):
        return quiet("Network", _nobody(context))
    return section("Network", two(left, right), _summary(context))


def spoken(context: Context) -> Chart | look.Html:
    """Return how many people were spoken to, month by month."""
    talked = (context.tables["interactions"]["happened_on"] <= pd.Timestamp(context.on)).any()
    return chart(context, "networking.people_a_month", "How many people were spoken to, month by month?") if talked else NOTHING


def _summary(context: Context) -> look.Html:
    spoken, first, kept = (context.counted(name) for name in ("people spoken to", "people spoken to for the first time", "promises kept"))
    return sentences(
        sentence(context.amount(spoken, "person", "people"), " spoken to, ", context.show(first), " for the first time."),
        sentence(context.show(kept_up(context)), " kept up with as planned.") if len(context.due) else "",
        sentence(context.amount(kept, "promise"), " kept.") if kept.value else "",
    )


def _new(context: Context) -> look.Html:
    talks = networking.spoken(context.tables, context.on)
    inside = context.inside(talks["happened_on"])
    first = talks[inside & ~talks["contact_id"].isin(set(talks[~inside]["contact_id"]))].drop_duplicates("contact_id")
    contacts = context.tables["contacts"].set_index("id")
    rows = first[first["contact_id"].isin(contacts.index)].to_dict("records")
    items = [_person(contacts.loc[row["contact_id"]], f"first talk {look.day(row['happened_on'])}") for row in rows]
    return part("Spoken to for the first time", listing(items, MOST, "person", "people"))


def _person(contact: pd.Series, talk: str) -> look.Html:
    return entry(look.strong(contact["name"]), contact["role"], contact["organisation"], talk)


def _kept(context: Context) -> look.Html:
    kept = context.within("interactions", "follow_up_done_on").sort_values("follow_up_done_on", kind="stable")
    items = [
        entry(row["follow_up"], named(row["contact_ids"], context.tables["contacts"]), look.day(row["follow_up_done_on"]))
        for _, row in kept.iterrows()
    ]
    return part("Promises kept", listing(items, MOST, "promise"))


def _late(context: Context) -> look.Html:
    late = int((context.due["days_overdue"] > 0).sum())
    if not late:
        return NOTHING
    summary = f"{look.count(late, 'person', 'people')} later than planned, those with the shortest cadence first."
    return part("People to get back to", charts.due(context.tables, context.on, context.settings), summary)


def _open(context: Context) -> look.Html:
    if context.promises.empty:
        return NOTHING
    people = context.tables["interactions"].set_index("id")["contact_ids"]
    items = [_promise(row, named(people[row["interaction_id"]], context.tables["contacts"])) for _, row in context.promises.iterrows()]
    summary = sentence(context.amount(promises_open(context), "promise"), " open, the oldest first.")
    return part("Promises to keep", listing(items, MOST, "promise"), summary)


def _promise(row: pd.Series, recipient: str) -> look.Html:
    return entry(look.strong(row["follow_up"]), recipient, f"by {look.day(row['due_on'])}" if pd.notna(row["due_on"]) else "")


def _events(context: Context) -> look.Html:
    rows = networking.events(context.tables, context.on)
    rows = rows[(rows["status"] == "attended") & context.inside(rows["starts_on"])]
    return part("Events", lines(entry(look.strong(row["name"]), look.day(row["starts_on"]), _met(row)) for _, row in rows.iterrows()))


def _met(row: Any) -> str:
    return f"{look.count(int(row['people']), 'person', 'people')} met, {look.count(int(row['talks_since']), 'talk')} since"


def _nobody(context: Context) -> Any:
    known = context.known("contacts")
    if known.empty:
        return "There were no contacts yet."
    if not context.own:
        return _summary(context)
    if context.due.empty:
        return f"You have {look.count(len(known), 'contact')}. You haven't chosen anybody to keep in touch with yet."
    return sentences(_summary(context), "Nobody was waiting to hear from you, and no promise was open.")


# -- figures


def kept_up(context: Context) -> Figure:
    """Return how many of the people to keep in touch with were not waiting."""
    due = context.due
    well = int((due["days_overdue"] <= 0).sum())
    shown = f"{well} of {len(due)}" if len(due) else "none"
    formula = "contacts with a cadence who are not later than planned, of all with one"
    return context.figure("kept up", "people kept up with", shown, well, "networking.due", formula, due["records"])


def promises_open(context: Context) -> Figure:
    """Return how many promises were open."""
    count, records = len(context.promises), context.promises["records"]
    return context.figure("promises open", "promises open", str(count), count, "networking.promises", "follow-ups not done yet", records)


def _measured(context: Context) -> Iterator[Figure]:
    yield kept_up(context)
    yield promises_open(context)


# -- at the top of the review


def _spoke(context: Context) -> look.Html:
    spoken, first = context.counted("people spoken to"), context.counted("people spoken to for the first time")
    if not spoken.value:
        return NOTHING
    count = marked(context.amount(spoken, "person", "people"))
    subject = ("You spoke to ", count) if context.own else (count, " spoken to")
    return sentence(*subject, *part_of(context, first, spoken, "for the first time"), *compared(context, "people spoken to"), ".")


def _waiting(context: Context) -> look.Html:
    late = int((context.due["days_overdue"] > 0).sum())
    if not context.own or not late:
        return NOTHING
    count = marked(context.show(kept_up(context), look.count(late, "person", "people")))
    return sentence(count, f" {'is' if late == 1 else 'are'} waiting to hear from you.")


def _added(context: Context) -> look.Html:
    figure = context.counted("contacts added")
    if not figure.value:
        return NOTHING
    count = marked(context.amount(figure, "contact"))
    return sentence("You added ", count, ".") if context.own else sentence(count, " added.")


COLUMNS = {
    "contacts": ("name", "organisation", "role", "closeness", "met_on", "cadence_days", "archived_on"),
    "interactions": ("happened_on", "planned_on", "contact_ids", "kind", "direction", "follow_up", "follow_up_due", "follow_up_done_on"),
}
SECTION = Section(
    "network",
    "Network",
    cells={"people": people, "spoken": spoken},
    counts=("people spoken to", "people spoken to for the first time", "contacts added", "promises kept"),
    measured=_measured,
    glance=("people spoken to", "promises kept"),
    states=(_spoke, _waiting, _added),
    access={"manager": Access(COLUMNS, on_request=True)},
    label_for_others="Network: whom you spoke to, and that promises are open, not which",
)
