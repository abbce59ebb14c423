"""What the networking measures look like."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from careerkit import look
from careerkit.look import drawing
from careerkit.records import is_blank, split_list
from careerkit.records.settings import Settings
from careerkit.topics.networking import measures
from careerkit.topics.networking.records import Contact, Interaction
from careerkit.topics.tables import Tables, named, names
from careerkit.topics.windows import past

if TYPE_CHECKING:
    import plotly.graph_objects as go

# Five a week is what an hour a week can hold.
A_WEEK = 5


def due(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the people to get back to: five for this week, and who comes after."""
    rows = measures.due(tables, on, settings)
    if rows.empty:
        words = "Choose people you would like to hear from, and how often. Five a week will appear here."
        return look.invitation("Nobody is on your list yet.", words)
    late = rows[rows["days_overdue"] > 0]
    ahead = rows[rows["days_overdue"] <= 0].sort_values("days_overdue", ascending=False, kind="stable")
    week = pd.concat([late, ahead[ahead["days_overdue"] > -7]]).head(A_WEEK)
    later = ahead[~ahead["contact_id"].isin(week["contact_id"])]
    if week.empty:
        return look.joined([look.paragraph("Nobody is waiting. Next up:", "note"), _people(later.head(3), tables, on)])
    more = look.more(len(late) - A_WEEK, "more person", "more people", "can wait until next week")
    return look.joined([_people(week, tables, on), more])


def _people(rows: pd.DataFrame, tables: Tables, on: dt.date) -> look.Html:
    contacts = tables["contacts"].set_index("id")
    return look.listing(_person(row, contacts.loc[row["contact_id"]], tables, on) for _, row in rows.iterrows())


def _person(row: pd.Series, contact: pd.Series, tables: Tables, on: dt.date) -> look.Html:
    last = f"Last spoken to on {look.day(row['last_on'])}" if not is_blank(row["last_on"]) else "Not spoken to yet"
    about = ", ".join(text for text in (contact["role"], contact["organisation"]) if text)
    promised = [f"you promised: {text}" for text in _open_promises(row["contact_id"], tables, on)[:1]]
    reason = " · ".join(part for part in (about, last, *promised) if part)
    return look.item(look.strong(row["name"]), right=due_in_words(row["days_overdue"]), below=reason)


def due_in_words(days: int) -> str:
    """Return how a due day compares with today, without scolding."""
    days = int(days)
    if days > 0:
        return f"{look.count(days, 'day')} later than planned"
    return "today" if days == 0 else f"in {look.count(-days, 'day')}"


def promises(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the follow-ups that are open, oldest first, and who they are for."""
    rows = measures.promises(tables, on)
    if rows.empty:
        return look.invitation("No open promise.", "What you promise in a conversation stays here until it is done.")
    people = names(tables["interactions"], "contact_ids")
    cells = [
        (
            look.strong(row["follow_up"]),
            named(people[row["interaction_id"]], tables["contacts"]),
            look.day(row["due_on"]),
            look.muted("" if is_blank(row["days_overdue"]) else due_in_words(row["days_overdue"])),
        )
        for _, row in rows.head(12).iterrows()
    ]
    return look.table(("What you promised", "To", "By", ""), cells, "Open promises")


def planned(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return conversations that are planned, soonest first, with the questions you prepared."""
    frame = Interaction.known(tables["interactions"], on)
    ahead = frame[frame["planned_on"].notna() & ~past(frame["happened_on"], on)].sort_values("planned_on", kind="stable")
    if ahead.empty:
        return look.invitation("No conversation is planned.", "Plan one above: who, when, and what you would like to ask.")
    cells = [
        (
            look.strong(named(row["contact_ids"], tables["contacts"]) or "nobody named yet"),
            row["kind"],
            look.day(row["planned_on"]),
            _lines(row["questions"]),
        )
        for _, row in ahead.head(10).iterrows()
    ]
    return look.table(("Who", "What", "When", "Your questions"), cells, "Planned conversations")


def _lines(text: str) -> look.Html:
    return look.Html("<br>".join(look.text(line) for line in text.splitlines()))


def gave_and_received(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return how often you gave and received, for the people you exchange most with."""
    title = "Who gives, and who receives?"
    rows = measures.reciprocity(tables, on)
    rows = rows.assign(both=rows["gave"] + rows["received"]).query("both > 0").sort_values("both", kind="stable").tail(8)
    if rows.empty:
        return look.empty_figure(title, "Say with each conversation whether you gave, received, or both.")
    description = "; ".join(f"{row['name']}: gave {row['gave']}, received {row['received']}" for _, row in rows.iterrows())
    figure = look.figure(title, description, height=120 + 34 * len(rows))
    people = [look.text(name) for name in rows["name"]]
    widest = float(rows[["gave", "received"]].max().max()) * 1.25
    for column, side, colour in (("gave", -1, look.TEAL), ("received", 1, look.AMBER)):
        lengths, words, hover = side * rows[column].astype(float), rows[column].astype(str), f"%{{customdata}}: {column} %{{text}}"
        drawing.bars(figure, lengths, words, colour, hover=hover, customdata=people, name=column)
        drawing.label(figure, side * widest * 0.5, len(rows) - 0.35, f"<b>you {column}</b>", colour)
    figure.update_layout(barmode="relative", bargap=0.4)
    figure.update_xaxes(range=[-widest, widest], zeroline=True, zerolinecolor=look.LINE)
    drawing.name_rows(figure, list(rows["name"]), above=0.9)
    return figure


def people_a_month(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return how many different people you spoke to in each of the last twelve months."""
    title = "How many people do you speak to?"
    spoken = measures.spoken(tables, on)
    if spoken.empty:
        return look.empty_figure(title, "The first conversation you write down starts this chart.")
    months = pd.period_range(end=pd.Period(on, "M"), periods=12)
    counted = spoken.groupby(spoken["happened_on"].dt.to_period("M"))["contact_id"].nunique().reindex(months, fill_value=0)
    figure = look.figure(title, "; ".join(f"{month:%B %Y}: {people}" for month, people in counted.items()), height=280)
    figure.add_bar(
        x=[f"{month:%b}" + (f"<br>{month.year}" if place == 0 or month.month == 1 else "") for place, month in enumerate(months)],
        y=list(counted),
        marker_color=look.TEAL,
        text=[str(people) if people else "" for people in counted],
        textposition="outside",
        cliponaxis=False,
        **drawing.hovering("%{y} people"),
    )
    figure.update_xaxes(type="category", showgrid=False)
    figure.update_yaxes(showticklabels=False, rangemode="tozero", range=[0, max(1, counted.max()) * 1.2])
    return figure


def concentration(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return the organisations of the people you spoke to in the past year."""
    title = "Where do the people you speak to work?"
    rows = measures.concentration(tables, on)
    if rows.empty:
        return look.empty_figure(title, "Conversations of the past year with people whose organisation you noted appear here.")
    top = rows.sort_values("people", kind="stable").tail(8)
    shown = [organisation_as_typed(name, tables) for name in top["organisation"]]
    description = "; ".join(f"{name}: {people}" for name, people in zip(shown, top["people"], strict=True))
    figure = look.figure(title, description, height=110 + 30 * len(top))
    words = [look.count(int(people), "person", "people") for people in top["people"]]
    drawing.bars(figure, top["people"].astype(int), words, look.TEAL, room=1.25)
    drawing.name_rows(figure, shown)
    return figure


def organisation_as_typed(organisation: str, tables: Tables) -> str:
    """Return an organisation as one of its contacts spells it."""
    typed = tables["contacts"]["organisation"]
    same = typed[typed.str.strip().str.casefold() == organisation]
    return same.iloc[0].strip() if len(same) else organisation


def kept(tables: Tables, on: dt.date) -> int:
    """Return how many contacts are chosen to be kept up with."""
    known = Contact.known(tables["contacts"], on)
    return int((known["cadence_days"].notna() & known["archived_on"].isna()).sum())


# What a relationship is for, shown while nobody is in it.
MISSED = {
    "mentor": "Someone who has done what you want to do, and tells you what they see. Who could you ask for half an hour?",
    "sponsor": "Someone who gives others your name when you are not in the room. Who has seen your best work?",
    "peer in my target field": "Someone who does now what you want to do next. Who could you ask about a usual week?",
}


def circle(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return who supports you: mentors, sponsors and peers, also where there is none."""
    rows = measures.circle(tables, on)
    if not rows["people"].sum():
        words = "Say for each of your contacts what they are to you. Mentors, sponsors and peers are listed here."
        return look.invitation("No relationship is noted yet.", words)
    cells = [
        (
            look.strong(row["relationship"][:1].upper() + row["relationship"][1:]),
            str(row["people"]) if row["people"] else "none yet",
            look.muted(_lately(row) if row["people"] else MISSED[row["relationship"]]),
        )
        for _, row in rows.iterrows()
    ]
    return look.table(("Relationship", "People", "Spoken to in the past half year"), cells, "Who supports you")


def _lately(row: pd.Series) -> str:
    if is_blank(row["last_on"]):
        return "nobody yet"
    return f"{row['spoken_lately']} of them, last on {look.day(row['last_on'])}"


def dormant(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the people close to you who have not heard from you for half a year."""
    rows = measures.dormant(tables, on)
    if rows.empty:
        close = (tables["contacts"]["closeness"] >= measures.CLOSE).fillna(False).any()
        words = "You have spoken to everyone close to you (4 or 5) in the past half year."
        return look.paragraph(
            words if close else "Say for your contacts how close you are. Close people you have lost touch with are listed here.", "note"
        )
    contacts = tables["contacts"].set_index("id")
    items = [_quiet(row, contacts.loc[row["contact_id"]]) for _, row in rows.head(8).iterrows()]
    return look.joined([look.listing(items), look.more(len(rows) - len(items), "more person", "more people")])


def _quiet(row: pd.Series, contact: pd.Series) -> look.Html:
    since = f"last spoken to on {look.day(row['last_on'])}" if not is_blank(row["last_on"]) else "not spoken to yet"
    offer = f"You could offer: {contact['can_offer']}" if contact["can_offer"] else ""
    reason = " · ".join(part for part in (contact["organisation"], since, offer) if part)
    return look.item(look.strong(row["name"]), below=reason)


def events(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return conferences and meetups, planned and past, and what came of them."""
    rows = measures.events(tables, on)
    if rows.empty:
        return look.invitation("No event yet.", "Write down the next one you think of going to, and one person you want to meet there.")
    purpose = names(tables["events"], "purpose")
    cells = [
        (look.strong(row["name"]), look.day(row["starts_on"]), row["status"], look.muted(_came_of(row, purpose[row["event_id"]])))
        for _, row in rows.head(10).iterrows()
    ]
    return look.table(("Event", "When", "", "What you want, or what came of it"), cells, "Events")


def _came_of(row: pd.Series, purpose: str) -> str:
    if row["status"] != "attended":
        return purpose
    parts = [look.count(int(row["people"]), "person", "people") + " met"]
    if row["introductions"]:
        parts.append(look.count(int(row["introductions"]), "introduction"))
    parts.append(f"{look.count(int(row['talks_since']), 'conversation')} since" if row["talks_since"] else "no conversation since")
    return ", ".join(parts)


def posts(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return how much you wrote in public in the past twelve months, in a sentence."""
    rows = measures.posts(tables, on)
    posts, comments = int(rows["posts"].sum()), int(rows["comments"].sum())
    if not posts + comments:
        words = "No post and no comment in the past twelve months. They help others to find you; they do not replace a conversation."
        return look.paragraph(words, "note")
    filled = rows[(rows["posts"] + rows["comments"]) > 0]
    amounts = f"{look.count(posts, 'post or article', 'posts or articles')} and {look.count(comments, 'comment')}"
    return look.paragraph(f"{amounts} in the past twelve months, the latest in {filled['month'].iloc[-1]:%B %Y}.", "note")


def interviews(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return your informational interviews by stage: to ask, planned, held, learned, thanked."""
    rows = measures.interviews(tables, on)
    if rows.empty:
        words = "Note for a person what you would like to ask them. They are listed here until you have asked."
        return look.invitation("Nobody to ask yet.", words)
    ask = rows[rows["stage"] == "to ask"]["name"]
    had = rows[rows["stage"] != "to ask"]
    wished = [look.paragraph(f"To ask: {_some(list(ask))}.", "note")] if len(ask) else []
    cells = [
        (look.strong(row["name"]), row["stage"], look.day(row["since"]), look.muted(row["learned"])) for _, row in had.tail(10).iterrows()
    ]
    table = [look.table(("Who", "Stage", "On", "What you learned"), cells, "Informational interviews")] if cells else []
    return look.joined([*wished, *table])


def _some(names: list[str], most: int = 6) -> str:
    return look.listed(names) if len(names) <= most else f"{', '.join(names[:most])} and {len(names) - most} more"


def person(tables: Tables, on: dt.date, settings: Settings, key: str) -> look.Html:
    """Return what to know before you meet somebody: the last talks, promises, what you can offer and ask."""
    contact = tables["contacts"].set_index("id").loc[key]
    talks = measures.spoken(tables, on)
    mine = tables["interactions"].set_index("id").loc[talks[talks["contact_id"] == key]["interaction_id"]]
    about = ", ".join(text for text in (contact["role"], contact["organisation"], contact["relationship"]) if text)
    met = " · ".join(
        part for part in (f"met on {look.day(contact['met_on'])}" if not is_blank(contact["met_on"]) else "", contact["met_where"]) if part
    )
    rows = [
        ("Who", f"{about}{' · ' if about and met else ''}{met}"),
        *[(look.day(talk["happened_on"]), _talk(talk)) for _, talk in mine.iloc[::-1].head(3).iterrows()],
        ("You promised", "; ".join(_open_promises(key, tables, on))),
        ("You can offer", contact["can_offer"]),
        ("You want to ask", contact["can_ask"]),
        ("Strong in", named(contact["skill_ids"], tables["skills"])),
        ("Notes", contact["notes"]),
    ]
    cells = [(look.strong(head), text) for head, text in rows if text]
    last = [] if len(mine) else [look.paragraph("You have not noted a conversation with them yet.", "note")]
    return look.joined([look.table((contact["name"], ""), cells, "Before you meet"), *last])


def _talk(talk: pd.Series) -> str:
    parts = [talk["kind"], talk["summary"], f"learned: {talk['learned']}" if talk["learned"] else ""]
    return " · ".join(part for part in parts if part)


def _open_promises(key: str, tables: Tables, on: dt.date) -> list[str]:
    rows, people = measures.promises(tables, on), names(tables["interactions"], "contact_ids")
    return [text for text, talk in zip(rows["follow_up"], rows["interaction_id"], strict=True) if key in split_list(people[talk])]
