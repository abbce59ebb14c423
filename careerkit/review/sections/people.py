"""The network in the period: kept up, grown, promises kept and open, and whom to get back to."""

from __future__ import annotations

from typing import Any

import pandas as pd

from careerkit import look
from careerkit.review import key_figures
from careerkit.review.context import Scene
from careerkit.review.sections.layout import NOTHING, lines, more, part, quiet, section, sentence, sentences, two
from careerkit.topics.networking import charts
from careerkit.topics.networking import measures as networking
from careerkit.topics.tables import named

MOST = 8


def people(scene: Scene) -> look.Html:
    """Return who was kept up with, who is new, which promises were kept, and for oneself whom to get back to."""
    if not scene.shows("network"):
        return NOTHING
    left = look.joined([_new(scene), _late(scene) if scene.own else NOTHING])
    right = look.joined([_kept(scene), _promised(scene), _events(scene)]) if scene.own else NOTHING
    if not str(left) and not str(right):
        return quiet("Network", _nobody(scene))
    return section("Network", two(left, right), _said(scene))


def _said(scene: Scene) -> look.Html:
    spoken, first, kept = (scene.counted(name) for name in ("people spoken to", "people spoken to for the first time", "promises kept"))
    up, waiting = key_figures.kept_up(scene), len(scene.due)
    told = [
        sentence(
            scene.fig(spoken, look.count(int(spoken.value or 0), "person", "people")),
            " spoken to, ",
            scene.fig(first),
            " for the first time.",
        )
    ]
    if waiting:
        told.append(sentence(scene.fig(up), " kept up with as planned."))
    if kept.value:
        told.append(sentence(scene.fig(kept, look.count(int(kept.value), "promise")), " kept."))
    return sentences(*told)


def _new(scene: Scene) -> look.Html:
    spoken = networking.spoken(scene.tables, scene.on)
    inside = spoken[spoken["happened_on"] > pd.Timestamp(scene.before)]
    earlier = set(spoken[spoken["happened_on"] <= pd.Timestamp(scene.before)]["contact_id"])
    first = inside[~inside["contact_id"].isin(earlier)].drop_duplicates("contact_id")
    contacts = scene.tables["contacts"].set_index("id")
    first = first[first["contact_id"].isin(contacts.index)]
    if first.empty:
        return NOTHING
    items = [
        _person(contacts.loc[row["contact_id"]], f"first talk {look.day(row['happened_on'])}") for _, row in first.head(MOST).iterrows()
    ]
    return part("Spoken to for the first time", look.joined([lines(items), more(len(first) - MOST, "person", "people")]))


def _person(contact: pd.Series, said: str) -> look.Html:
    about = " · ".join(text for text in (contact["role"], contact["organisation"], said) if text)
    return sentence(look.strong(contact["name"]), look.Html("<br>"), look.muted(about))


def _kept(scene: Scene) -> look.Html:
    kept = scene.within("interactions", "follow_up_done_on").sort_values("follow_up_done_on", kind="stable")
    if kept.empty:
        return NOTHING
    items = [_promise(row, scene) for _, row in kept.head(MOST).iterrows()]
    return part("Promises kept", look.joined([lines(items), more(len(kept) - MOST, "promise")]))


def _promise(row: pd.Series, scene: Scene) -> look.Html:
    whom = named(row["contact_ids"], scene.tables["contacts"])
    said = " · ".join(word for word in (whom, look.day(row["follow_up_done_on"])) if word)
    return sentence(row["follow_up"], look.Html("<br>"), look.muted(said))


def _late(scene: Scene) -> look.Html:
    late = scene.due[scene.due["days_overdue"] > 0]
    if late.empty:
        return NOTHING
    said = f"{look.count(len(late), 'person', 'people')} later than planned, those with the shortest cadence first."
    return part("People to get back to", charts.due(scene.tables, scene.on, scene.settings), said)


def _promised(scene: Scene) -> look.Html:
    if scene.promises.empty:
        return NOTHING
    people = scene.tables["interactions"].set_index("id")["contact_ids"]
    items = [_open(row, named(people[row["interaction_id"]], scene.tables["contacts"])) for _, row in scene.promises.head(MOST).iterrows()]
    figure = key_figures.promises_open(scene)
    said = sentence(scene.fig(figure, look.count(len(scene.promises), "promise")), " open, the oldest first.")
    return part("Promises to keep", look.joined([lines(items), more(len(scene.promises) - MOST, "promise")]), said)


def _open(row: pd.Series, whom: str) -> look.Html:
    by = f"by {look.day(row['due_on'])}" if pd.notna(row["due_on"]) else ""
    return sentence(look.strong(row["follow_up"]), look.Html("<br>"), look.muted(" · ".join(word for word in (whom, by) if word)))


def _events(scene: Scene) -> look.Html:
    rows = networking.events(scene.tables, scene.on)
    rows = rows[(rows["status"] == "attended") & scene.inside(rows["starts_on"])]
    if rows.empty:
        return NOTHING
    return part(
        "Events", lines(sentence(look.strong(row["name"]), look.Html("<br>"), look.muted(_came(row))) for _, row in rows.iterrows())
    )


def _came(row: Any) -> str:
    people = look.count(int(row["people"]), "person", "people")
    return f"{look.day(row['starts_on'])} · {people} met, {look.count(int(row['talks_since']), 'talk')} since"


def _nobody(scene: Scene) -> Any:
    known = scene.known("contacts")
    if known.empty:
        return "There was nobody among the contacts yet."
    if not scene.own:
        return _said(scene)
    if scene.due.empty:
        return f"You have {look.count(len(known), 'contact')}. Nobody is chosen yet to keep in touch with."
    return sentences(_said(scene), "Nobody was waiting to hear from you, and no promise was open.")
