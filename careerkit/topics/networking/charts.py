"""What the networking measures look like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from careerkit import look
from careerkit.records import is_blank, split_list
from careerkit.records.settings import Settings
from careerkit.topics.networking import measures
from careerkit.topics.networking.records import Contact, Interaction

if TYPE_CHECKING:
    import plotly.graph_objects as go

Tables = Mapping[str, pd.DataFrame]
# Five a week is what an hour a week can hold.
A_WEEK = 5


def due(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return whom to get back to: five for this week, and who comes after."""
    rows = measures.due(tables, on, settings)
    if rows.empty:
        return look.invitation(
            "Nobody is on your list yet.",
            "Choose people you would be glad to hear from, and how often. Five a week will stand here.",
        )
    late = rows[rows["days_overdue"] > 0]
    ahead = rows[rows["days_overdue"] <= 0].sort_values("days_overdue", ascending=False, kind="stable")
    week = pd.concat([late, ahead[ahead["days_overdue"] > -7]]).head(A_WEEK)
    later = ahead[~ahead["contact_id"].isin(week["contact_id"])]
    if week.empty:
        return look.joined([look.paragraph("Nobody is waiting. The next ones:", "note"), _people(later.head(3), tables, on)])
    more = len(late) - len(late.head(A_WEEK))
    after = [look.paragraph(f"{look.count(more, 'more person', 'more people')} can wait until next week.", "note")] if more else []
    return look.joined([_people(week, tables, on), *after])


def _people(rows: pd.DataFrame, tables: Tables, on: dt.date) -> look.Html:
    contacts = tables["contacts"].set_index("id")
    items = [_person(row, contacts.loc[row["contact_id"]], tables, on) for _, row in rows.iterrows()]
    return look.Html(f'<ul class="ck-list">{"".join(items)}</ul>')


def _person(row: pd.Series, contact: pd.Series, tables: Tables, on: dt.date) -> str:
    last = f"Last spoken to on {look.day(row['last_on'])}" if not is_blank(row["last_on"]) else "Not spoken to yet"
    about = ", ".join(text for text in (contact["role"], contact["organisation"]) if text)
    reason = " · ".join(part for part in (about, last, *_promised(row["contact_id"], tables, on)) if part)
    return (
        f'<li><span class="ck-right">{look.text(later_said(row["days_overdue"]))}</span>{look.strong(row["name"])}'
        f"<br>{look.muted(reason)}</li>"
    )


def later_said(days: int) -> str:
    """Return how a due day compares with today, without scolding."""
    days = int(days)
    if days > 0:
        return f"{look.count(days, 'day')} later than planned"
    return "today" if days == 0 else f"in {look.count(-days, 'day')}"


def _promised(contact_id: str, tables: Tables, on: dt.date) -> list[str]:
    open_promises = measures.promises(tables, on)
    people = tables["interactions"].set_index("id")["contact_ids"]
    mine = [row for _, row in open_promises.iterrows() if contact_id in split_list(people[row["interaction_id"]])]
    return [f"you promised: {row['follow_up']}" for row in mine[:1]]


def promises(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the follow-ups that are open, oldest first, with whom they are for."""
    rows = measures.promises(tables, on)
    if rows.empty:
        return look.invitation("No open promise.", "What you promise in a conversation stands here until it is done.")
    people = tables["interactions"].set_index("id")["contact_ids"]
    cells = [
        (
            look.strong(row["follow_up"]),
            people_said(people[row["interaction_id"]], tables),
            look.day(row["due_on"]),
            look.muted(_when(row["days_overdue"])),
        )
        for _, row in rows.head(12).iterrows()
    ]
    return look.table(("What you promised", "To", "By", ""), cells, "Open promises")


def _when(days: object) -> str:
    return "" if is_blank(days) else later_said(int(str(days)))


def people_said(ids: str, tables: Tables) -> str:
    """Return the names behind ids, ';'-joined."""
    names = tables["contacts"].set_index("id")["name"]
    return ", ".join(names[key] for key in split_list(ids) if key in names.index)


def planned(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return conversations that are planned, soonest first, with the questions you prepared."""
    frame = Interaction.known(tables["interactions"], on)
    happened = frame["happened_on"] <= pd.Timestamp(on)
    ahead = frame[frame["planned_on"].notna() & ~happened].sort_values("planned_on", kind="stable")
    if ahead.empty:
        return look.invitation("No conversation is planned.", "Plan one above: whom, when, and what you would like to ask.")
    cells = [
        (
            look.strong(people_said(row["contact_ids"], tables) or "nobody named yet"),
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
    """Return how often you gave and received, for the people with whom most went to and fro."""
    title = "Who gives, and who receives?"
    rows = measures.reciprocity(tables, on)
    rows = rows.assign(both=rows["gave"] + rows["received"]).query("both > 0").sort_values("both", kind="stable").tail(8)
    if rows.empty:
        return look.empty_figure(title, "Say with each conversation whether you gave, received, or both.")
    told = "; ".join(f"{row['name']}: gave {row['gave']}, received {row['received']}" for _, row in rows.iterrows())
    figure = look.figure(title, told, height=120 + 34 * len(rows))
    names = [look.text(name) for name in rows["name"]]
    for column, sign, colour in (("gave", -1, look.TEAL), ("received", 1, look.AMBER)):
        figure.add_bar(
            y=list(range(len(rows))), x=sign * rows[column].astype(float), orientation="h", marker_color=colour, name=column, text=rows[column].astype(str),
            textposition="outside", cliponaxis=False, hovertemplate=f"%{{customdata}}: {column} %{{text}}<extra></extra>", customdata=names, width=0.6,
        )  # fmt: skip
    widest = float(rows[["gave", "received"]].max().max()) * 1.25
    for column, side, colour in (("you gave", -1, look.TEAL), ("you received", 1, look.AMBER)):
        figure.add_annotation(
            x=side * widest * 0.5, y=len(rows) - 0.35, text=f"<b>{column}</b>", showarrow=False, font={"color": colour, "size": 12}
        )
    figure.update_layout(barmode="relative", bargap=0.4)
    figure.update_xaxes(range=[-widest, widest], showticklabels=False, showgrid=False, zeroline=True, zerolinecolor=look.LINE)
    figure.update_yaxes(tickvals=list(range(len(rows))), ticktext=names, showgrid=False, range=[-0.6, len(rows) - 0.1])
    return figure


def people_a_month(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return how many different people you spoke to in each of the last twelve months."""
    title = "How many people do you speak to?"
    spoken = measures.spoken(tables, on)
    if spoken.empty:
        return look.empty_figure(title, "The first conversation you write down begins this chart.")
    months = pd.period_range(end=pd.Period(on, "M"), periods=12)
    counted = spoken.groupby(spoken["happened_on"].dt.to_period("M"))["contact_id"].nunique().reindex(months, fill_value=0)
    told = "; ".join(f"{month:%B %Y}: {people}" for month, people in counted.items())
    figure = look.figure(title, told, height=280)
    figure.add_bar(
        x=[f"{month:%b}" + (f"<br>{month.year}" if place == 0 or month.month == 1 else "") for place, month in enumerate(months)],
        y=list(counted), marker_color=look.TEAL, text=[str(people) if people else "" for people in counted], textposition="outside", cliponaxis=False,
        hovertemplate="%{y} people<extra></extra>",
    )  # fmt: skip
    figure.update_xaxes(type="category", showgrid=False)
    figure.update_yaxes(showticklabels=False, rangemode="tozero", range=[0, max(1, counted.max()) * 1.2])
    return figure


def concentration(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return the organisations of the people you spoke to in the past year."""
    title = "Where do the people you speak to work?"
    rows = measures.concentration(tables, on)
    if rows.empty:
        return look.empty_figure(title, "Conversations of the past year with people whose organisation you noted show here.")
    top = rows.sort_values("people", kind="stable").tail(8)
    shown = [_as_typed(name, tables) for name in top["organisation"]]
    told = "; ".join(f"{name}: {people}" for name, people in zip(shown, top["people"], strict=True))
    figure = look.figure(title, told, height=110 + 30 * len(top))
    figure.add_bar(
        y=list(range(len(top))), x=top["people"].astype(int), orientation="h", marker_color=look.TEAL, text=[look.count(int(people), "person", "people") for people in top["people"]],
        textposition="outside", cliponaxis=False, hoverinfo="skip", width=0.6,
    )  # fmt: skip
    figure.update_yaxes(tickvals=list(range(len(top))), ticktext=[look.text(name) for name in shown], showgrid=False)
    figure.update_xaxes(showticklabels=False, showgrid=False, range=[0, float(top["people"].max()) * 1.25])
    return figure


def _as_typed(organisation: str, tables: Tables) -> str:
    typed = tables["contacts"]["organisation"]
    same = typed[typed.str.strip().str.casefold() == organisation]
    return same.iloc[0].strip() if len(same) else organisation


def kept(tables: Tables, on: dt.date) -> int:
    """Return how many contacts are chosen to be kept up with."""
    known = Contact.known(tables["contacts"], on)
    return int((known["cadence_days"].notna() & known["archived_on"].isna()).sum())


# What a relationship is for, said where nobody stands in it yet.
MISSED = {
    "mentor": "Someone who has done what you want to do, and tells you what they see. Whom would you ask for half an hour?",
    "sponsor": "Someone who gives others your name when you are not in the room. Who has seen your best work?",
    "peer in my target field": "Someone who does now what you want to do next. Whom could you ask about a usual week?",
}


def circle(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return who stands by you: mentors, sponsors and peers, also where there is none."""
    rows = measures.circle(tables, on)
    if not rows["people"].sum():
        return look.invitation(
            "No relationship is noted yet.", "Say with each of your contacts what they are to you. Mentors, sponsors and peers stand here."
        )
    cells = [
        (
            look.strong(row["relationship"][:1].upper() + row["relationship"][1:]),
            str(row["people"]) if row["people"] else "none yet",
            look.muted(_lately(row) if row["people"] else MISSED[row["relationship"]]),
        )
        for _, row in rows.iterrows()
    ]
    return look.table(("Relationship", "People", "Spoken to in the past half year"), cells, "Who stands by you")


def _lately(row: pd.Series) -> str:
    if is_blank(row["last_on"]):
        return "nobody yet"
    return f"{row['spoken_lately']} of them, last on {look.day(row['last_on'])}"


def dormant(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the people close to you whom you have not spoken to for half a year."""
    rows = measures.dormant(tables, on)
    if rows.empty:
        close = (tables["contacts"]["closeness"] >= measures.CLOSE).fillna(False).any()
        said = "You have spoken to everyone close to you (4 or 5) in the past half year."
        return look.paragraph(said if close else "Say with your contacts how close you are. Who is close and quiet stands here.", "note")
    contacts = tables["contacts"].set_index("id")
    items = [_quiet(row, contacts.loc[row["contact_id"]]) for _, row in rows.head(8).iterrows()]
    more = len(rows) - len(items)
    after = [look.paragraph(f"And {look.count(more, 'more person', 'more people')}.", "note")] if more else []
    return look.joined([look.Html(f'<ul class="ck-list">{"".join(items)}</ul>'), *after])


def _quiet(row: pd.Series, contact: pd.Series) -> str:
    since = f"last spoken to on {look.day(row['last_on'])}" if not is_blank(row["last_on"]) else "not spoken to yet"
    offer = f"You could offer: {contact['can_offer']}" if contact["can_offer"] else ""
    reason = " · ".join(part for part in (contact["organisation"], since, offer) if part)
    return f"<li>{look.strong(row['name'])}<br>{look.muted(reason)}</li>"


def events(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return conferences and meetups, planned and past, and what came of them."""
    rows = measures.events(tables, on)
    if rows.empty:
        return look.invitation("No event yet.", "Write down the next one you think of going to, and one person you want to meet there.")
    purpose = tables["events"].set_index("id")["purpose"]
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
        return look.paragraph(
            "No post and no comment in the past twelve months. They help others to find you; they do not replace a talk.", "note"
        )
    filled = rows[(rows["posts"] + rows["comments"]) > 0]
    last = f"{filled['month'].iloc[-1]:%B %Y}"
    said = f"{look.count(posts, 'post or article', 'posts or articles')} and {look.count(comments, 'comment')} in the past twelve months, the latest in {last}."
    return look.paragraph(said, "note")


def interviews(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return your informational interviews by stage: whom to ask, planned, held, learned, thanked."""
    rows = measures.interviews(tables, on)
    if rows.empty:
        return look.invitation(
            "Nobody to ask yet.", "Note with a person what you would like to ask them. They stand here until you have asked."
        )
    ask = rows[rows["stage"] == "to ask"]["name"]
    had = rows[rows["stage"] != "to ask"]
    wished = [look.paragraph(f"To ask: {_some(list(ask))}.", "note")] if len(ask) else []
    cells = [
        (look.strong(row["name"]), row["stage"], look.day(row["since"]), look.muted(row["learned"])) for _, row in had.tail(10).iterrows()
    ]
    table = [look.table(("Whom", "Stage", "On", "What you learned"), cells, "Informational interviews")] if cells else []
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
        *[(look.day(talk["happened_on"]), _told(talk)) for _, talk in mine.iloc[::-1].head(3).iterrows()],
        ("You promised", "; ".join(_open_promises(key, tables, on))),
        ("You can offer", contact["can_offer"]),
        ("You want to ask", contact["can_ask"]),
        ("Strong in", ", ".join(_skills(contact["skill_ids"], tables))),
        ("Notes", contact["notes"]),
    ]
    told = [(look.strong(head), text) for head, text in rows if text]
    last = [] if len(mine) else [look.paragraph("You have not noted a conversation with them yet.", "note")]
    return look.joined([look.table((contact["name"], ""), told, "Before you meet"), *last])


def _told(talk: pd.Series) -> str:
    parts = [talk["kind"], talk["summary"], f"learned: {talk['learned']}" if talk["learned"] else ""]
    return " · ".join(part for part in parts if part)


def _open_promises(key: str, tables: Tables, on: dt.date) -> list[str]:
    rows = measures.promises(tables, on)
    to = rows["interaction_id"].map(tables["interactions"].set_index("id")["contact_ids"])
    return [text for text, ids in zip(rows["follow_up"], to, strict=True) if key in split_list(ids)]


def _skills(ids: str, tables: Tables) -> list[str]:
    names = tables["skills"].set_index("id")["name"]
    return [names[each] for each in split_list(ids) if each in names.index]
