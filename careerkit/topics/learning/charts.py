"""What the learning measures look like."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd

from careerkit import look
from careerkit.look import drawing
from careerkit.records import is_blank
from careerkit.records.settings import Settings
from careerkit.topics.learning import measures
from careerkit.topics.tables import Row, Tables

if TYPE_CHECKING:
    import plotly.graph_objects as go

# Ring -> its place on the board and what it means, from what you use to what you leave alone.
RINGS = {
    "adopt": ("first", "use it"),
    "trial": ("second", "try it out"),
    "assess": ("third", "watch it"),
    "hold": ("last", "leave it for now"),
    "": ("last", "not placed yet"),
}
# A trend that was not looked at for this long may have moved.
LONG_UNSEEN = 180
MOST_ITEMS = 10
# A status of a credential: symbol and colour.
CREDENTIAL = {
    "valid": ("●", look.TEAL),
    "to renew": ("▲", look.AMBER),
    "expired": ("■", look.RED),
}


def pace(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return three figures: the hours of thirteen weeks, the weeks in a row, and this week's hours."""
    row, week = measures.pace(tables, on, settings).iloc[0], measures.weeks(tables, on, settings).iloc[-1]
    if is_blank(row["last_on"]):
        return look.invitation("No study is logged yet.", "Ten minutes with a book count. Your first note above starts the count.")
    streak = int(row["streak_weeks"])
    return look.cards(
        (
            ("The past 13 weeks", look.hours(row["hours"]), _of(row["target_hours"])),
            ("In a row", str(streak), "week with study" if streak == 1 else "weeks with study"),
            ("This week, so far", look.hours(week["hours"]), _of(week["target_hours"])),
        )
    )


def _of(target: Any) -> str:
    return f"of {look.hours(target)} hours" if target else "hours"


def weeks(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return the hours of each of the last 26 weeks against the weekly target."""
    title = "How many hours a week do you study?"
    rows = measures.weeks(tables, on, settings)
    if not rows["hours"].sum():
        return look.empty_figure(title, "The study you log appears here for half a year, a bar a week.")
    target = float(rows["target_hours"].iloc[-1])
    reached = int((rows["hours"] >= target).sum())
    this_week = f"the running week has {look.hours(rows['hours'].iloc[-1])} so far"
    figure = look.figure(title, f"Of the last {len(rows)} weeks, {reached} reached {look.hours(target)} hours; {this_week}", height=300)
    words = [f"Week of {look.day(day)}: {look.hours(value)} hours" for day, value in zip(rows["week_on"], rows["hours"], strict=True)]
    colours = [look.TEAL if value >= target else "#8fc1bb" for value in rows["hours"]]
    hover = drawing.hovering("%{customdata}")
    figure.add_bar(x=rows["week_on"], y=rows["hours"].astype(float), marker_color=colours, customdata=words, **hover)
    if target:
        _draw_target(figure, target)
    figure.update_layout(bargap=0.25, margin={"r": 104})
    figure.update_xaxes(type="date", showgrid=False, tickformat="%b<br>%Y", dtick="M1")
    figure.update_yaxes(title="hours", rangemode="tozero")
    return figure


def _draw_target(figure: go.Figure, target: float) -> None:
    figure.add_hline(y=target, line={"color": look.MUTED, "width": 1, "dash": "dash"})
    drawing.label(figure, 1, target, f"your target:<br>{look.hours(target)} a week", right=6, xref="paper", align="left")


def items(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return the hours given to each thing you learn from, the latest ones."""
    title = "Where did the hours go?"
    rows = measures.items(tables, on)
    rows = rows[rows["hours"] > 0].head(MOST_ITEMS).iloc[::-1]
    if rows.empty:
        return look.empty_figure(title, "A course, book or project with study logged appears here.")
    words = [_item_summary(row) for _, row in rows.iterrows()]
    described = [f"{name}: {item}" for name, item in zip(rows["title"], words, strict=True)]
    figure = look.figure(title, "; ".join(reversed(described)), height=110 + 32 * len(rows))
    colours = [look.TEAL if status in ("doing", "done") else look.GREY for status in rows["status"]]
    drawing.bars(figure, rows["hours"].astype(float), words, colours)
    drawing.name_rows(figure, [look.short(name, 36) for name in rows["title"]])
    return figure


def _item_summary(row: pd.Series) -> str:
    expected = f" of {look.hours(row['expected_hours'])}" if row["status"] == "doing" and not is_blank(row["expected_hours"]) else ""
    return f"{look.hours(row['hours'])}{expected} h · {row['status']}"


def takeaways(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return what you took from your study lately."""
    rows = measures.takeaways(tables, on)
    if rows.empty:
        return look.invitation("No takeaway yet.", "One sentence after an hour of study is what you will find again in a year.")
    shown = rows.head(8).to_dict("records")
    return look.listing(look.item(row["takeaway"], right=look.day(row["studied_on"]), below=row["title"]) for row in shown)


def radar(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the trends in four columns, from what you use to what you leave alone."""
    rows = measures.radar(tables, on)
    if rows.empty:
        words = "What do people in your field talk about that was new to you this year? Write one down, then place it."
        return look.invitation("No trend yet.", words)
    columns = [(ring, rows[rows["ring"] == ring].to_dict("records")) for ring in RINGS]
    return look.board((RINGS[ring][0], _heading(ring), map(_trend, trends)) for ring, trends in columns if ring or trends)


def _heading(ring: str) -> look.Html:
    meaning = RINGS[ring][1]
    return look.Html(f"<b>{ring.capitalize()}</b> {look.muted(meaning)}" if ring else f"<b>{meaning.capitalize()}</b>")


def _trend(row: Row) -> look.Html:
    moved = f"moved from {row['ring_before']}" if row["ring_before"] not in ("", row["ring"]) else ""
    details = [look.muted(part) for part in (row["quadrant"], moved, _last_look(row)) if part]
    return look.item(look.Html("<br>".join(map(str, [look.strong(row["name"]), *details]))))


def _last_look(row: Row) -> str:
    if is_blank(row["reviewed_on"]):
        return "○ not looked at yet"
    day = look.day(row["reviewed_on"])
    return f"○ not looked at since {day}" if row["days_since"] > LONG_UNSEEN else f"last looked at {day}"


def trends(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return why each trend matters, and what you will do about it."""
    rows = measures.radar(tables, on)
    if rows.empty:
        return look.invitation("Nothing to answer yet.", "With each trend you note why it matters to you, and your smallest useful step.")
    cells = [
        (
            look.joined([look.strong(row["name"]), "<br>", look.muted(row["ring"] or RINGS[""][1])]),
            _or(row["why_it_matters"], "not said yet"),
            _or(row["my_response"], "nothing yet"),
            look.count(int(row["items"]), "item") if row["items"] else "",
        )
        for _, row in rows.iterrows()
    ]
    return look.table(("Trend", "Why it matters to you", "Your response", "You learn"), cells, "Your trends")


def _or(text: str, blank: str) -> look.Html:
    return look.Html(look.text(text)) if text.strip() else look.muted(blank)


def credentials(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return how long each credential that expires is valid."""
    title = "What is still valid, and until when?"
    rows = measures.credentials(tables, on)
    rows = rows[rows["expires_on"].notna() & rows["status"].isin(("valid", "to renew", "expired"))]
    if rows.empty:
        return look.empty_figure(title, "A credential with an expiry date appears here.")
    rows = rows.iloc[::-1].head(MOST_ITEMS)
    described = [f"{row['name']}: {_validity(row)}" for _, row in rows.iloc[::-1].iterrows()]
    figure = look.figure(title, "; ".join(described), height=130 + 44 * len(rows))
    day = pd.Timestamp(on)
    first = min([*rows["earned_on"].dropna(), day - pd.Timedelta(days=365)])
    last = max(rows["expires_on"].max(), day + pd.Timedelta(days=90))
    for place, (_, row) in enumerate(rows.iterrows()):
        _draw_credential(figure, row, place, first)
    drawing.today(figure, on)
    drawing.name_rows(figure, [look.short(name, 30) for name in rows["name"]], below=0.7, above=0.8)
    figure.update_xaxes(type="date", range=[str(first), str(last + (last - first) * 0.03)])
    return figure


def _draw_credential(figure: go.Figure, row: pd.Series, place: int, first: pd.Timestamp) -> None:
    symbol, colour = CREDENTIAL[row["status"]]
    start = first if is_blank(row["earned_on"]) else row["earned_on"]
    words = _validity(row)
    drawing.span(figure, place, start, row["expires_on"], colour, 12, f"{look.text(row['name'])}: {words}")
    drawing.label(figure, start, place + 0.2, f"{symbol} {words}", colour, yanchor="bottom", xanchor="left", bgcolor=look.PAPER)


def _validity(row: pd.Series) -> str:
    if row["status"] == "expired":
        return f"expired on {look.day(row['expires_on'])}"
    until = f"until {look.day(row['expires_on'])}"
    return f"{until}, to renew since {look.day(row['renew_from'])}" if row["status"] == "to renew" else until
