"""What the learning measures look like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.records.settings import Settings
from careerkit.topics.learning import measures

if TYPE_CHECKING:
    import plotly.graph_objects as go

Tables = Mapping[str, pd.DataFrame]
# A ring's place on the board, from what you use to what you leave alone.
PLACES = {"adopt": "first", "trial": "second", "assess": "third"}
RING_SAID = {"adopt": "use it", "trial": "try it out", "assess": "watch it", "hold": "leave it for now", "": "not placed yet"}
# A trend that was not looked at for this long may have moved.
LONG_UNSEEN = 180
MOST_ITEMS = 10
# A status of a credential: symbol, colour, and how the line is drawn.
CREDENTIAL = {
    "valid": ("●", look.TEAL),
    "to renew": ("▲", look.AMBER),
    "expired": ("■", look.RED),
    "in progress": ("○", look.MUTED),
    "planned": ("○", look.MUTED),
}


def pace(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return three figures: the hours of thirteen weeks, the weeks in a row, and this week's hours."""
    row, week = measures.pace(tables, on, settings).iloc[0], measures.weeks(tables, on, settings).iloc[-1]
    if is_blank(row["last_on"]):
        return look.invitation("No study is logged yet.", "Ten minutes with a book count. Your first note above starts the count.")
    streak = int(row["streak_weeks"])
    cards = (
        ("The past 13 weeks", hours(row["hours"]), _of(row["target_hours"])),
        ("In a row", str(streak), "week with study" if streak == 1 else "weeks with study"),
        ("This week, so far", hours(week["hours"]), _of(week["target_hours"])),
    )
    return look.Html(f'<div class="ck-cards">{"".join(_card(*card) for card in cards)}</div>')


def _of(target: object) -> str:
    return f"of {hours(target)} hours" if float(str(target)) else "hours"


def _card(name: str, figure: str, unit: str) -> str:
    return f'<div class="ck-card"><b>{name}</b><span class="ck-big">{figure}</span><span class="ck-of"> {unit}</span></div>'


def hours(value: object) -> str:
    """Return hours with at most one digit after the point, such as '24.5'."""
    return look.number(round(float(str(value)), 1))


def hours_said(value: object) -> str:
    """Return hours as '24.5 h', 'no hour' for none."""
    told = hours(value)
    return "no hour" if told == "0" else f"{told} h"


def weeks(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return the hours of each of the last 26 weeks against the weekly target."""
    title = "How many hours a week do you study?"
    rows = measures.weeks(tables, on, settings)
    if not rows["hours"].sum():
        return look.empty_figure(title, "Study that you log shows here for half a year, a bar a week.")
    target = float(rows["target_hours"].iloc[-1])
    reached = int((rows["hours"] >= target).sum())
    told = f"Of the last {len(rows)} weeks, {reached} reached {hours(target)} hours; the running week has {hours(rows['hours'].iloc[-1])} so far"
    figure = look.figure(title, told, height=300)
    said = [f"Week of {look.day(day)}: {hours(value)} hours" for day, value in zip(rows["week_on"], rows["hours"], strict=True)]
    colours = [look.TEAL if value >= target else "#8fc1bb" for value in rows["hours"]]
    figure.add_bar(
        x=rows["week_on"], y=rows["hours"].astype(float), marker_color=colours, customdata=said, hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    if target:
        _draw_target(figure, target)
    figure.update_layout(bargap=0.25, margin={"r": 104})
    figure.update_xaxes(type="date", showgrid=False, tickformat="%b<br>%Y", dtick="M1")
    figure.update_yaxes(title="hours", rangemode="tozero")
    return figure


def _draw_target(figure: go.Figure, target: float) -> None:
    figure.add_hline(y=target, line={"color": look.MUTED, "width": 1, "dash": "dash"})
    figure.add_annotation(
        x=1, xref="paper", xanchor="left", xshift=6, y=target, text=f"your target:<br>{hours(target)} a week", showarrow=False, align="left",
        font={"color": look.MUTED, "size": 12},
    )  # fmt: skip


def items(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return the hours given to each thing you learn from, the latest ones."""
    title = "Where did the hours go?"
    rows = measures.items(tables, on)
    rows = rows[rows["hours"] > 0].head(MOST_ITEMS).iloc[::-1]
    if rows.empty:
        return look.empty_figure(title, "A course, book or project with study logged shows here.")
    told = "; ".join(f"{row['title']}: {_item_said(row)}" for _, row in rows.iloc[::-1].iterrows())
    figure = look.figure(title, told, height=110 + 32 * len(rows))
    figure.add_bar(
        y=list(range(len(rows))), x=rows["hours"].astype(float), orientation="h", width=0.6,
        marker_color=[look.TEAL if status in ("doing", "done") else look.GREY for status in rows["status"]],
        text=[_item_said(row) for _, row in rows.iterrows()], textposition="outside", cliponaxis=False, hoverinfo="skip",
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=[look.text(look.short(title, 36)) for title in rows["title"]], showgrid=False
    )
    figure.update_xaxes(showticklabels=False, showgrid=False, range=[0, float(rows["hours"].max()) * 1.45])
    return figure


def _item_said(row: pd.Series) -> str:
    expected = f" of {hours(row['expected_hours'])}" if row["status"] == "doing" and not is_blank(row["expected_hours"]) else ""
    return f"{hours(row['hours'])}{expected} h · {row['status']}"


def takeaways(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return what you took from your study lately."""
    rows = measures.takeaways(tables, on)
    if rows.empty:
        return look.invitation("No takeaway yet.", "One sentence after an hour of study is what you will find again in a year.")
    items = [
        f'<li><span class="ck-right">{look.day(row["studied_on"])}</span>{look.text(row["takeaway"])}<br>{look.muted(row["title"])}</li>'
        for _, row in rows.head(8).iterrows()
    ]
    return look.Html(f'<ul class="ck-list">{"".join(items)}</ul>')


def radar(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the trends in four columns, from what you use to what you leave alone."""
    rows = measures.radar(tables, on)
    if rows.empty:
        return look.invitation(
            "No trend yet.", "What do people in your field talk about that was new to you this year? Write one down, then place it."
        )
    columns = [(ring, rows[rows["ring"] == ring]) for ring in RING_SAID]
    drawn = "".join(_column(ring, part, on) for ring, part in columns if ring or len(part))
    return look.Html(f'<div class="ck-board">{drawn}</div>')


def _column(ring: str, rows: pd.DataFrame, on: dt.date) -> str:
    head = f"<b>{ring.capitalize()}</b> {look.muted(RING_SAID[ring])}" if ring else f"<b>{RING_SAID[ring].capitalize()}</b>"
    inside = "".join(_trend(row) for _, row in rows.iterrows()) or f"<li>{look.muted('none')}</li>"
    return f'<section class="ck-ring ck-{PLACES.get(ring, "last")}"><p>{head}</p><ul>{inside}</ul></section>'


def _trend(row: pd.Series) -> str:
    told = [row["quadrant"], f"moved from {row['ring_before']}" if row["ring_before"] not in ("", row["ring"]) else "", _seen(row)]
    return f"<li>{look.strong(row['name'])}{''.join(f'<br>{look.muted(part)}' for part in told if part)}</li>"


def _seen(row: pd.Series) -> str:
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
            look.joined([look.strong(row["name"]), "<br>", look.muted(row["ring"] or RING_SAID[""])]),
            _or(row["why_it_matters"], "not said yet"),
            _or(row["my_response"], "nothing yet"),
            look.count(int(row["items"]), "item") if row["items"] else "",
        )
        for _, row in rows.iterrows()
    ]
    return look.table(("Trend", "Why it matters to you", "Your response", "You learn"), cells, "Your trends")


def _or(text: str, blank: str) -> object:
    return look.Html(look.text(text)) if text.strip() else look.muted(blank)


def credentials(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return how long each credential that runs out is good for."""
    title = "What is still good, and until when?"
    rows = measures.credentials(tables, on)
    rows = rows[rows["expires_on"].notna() & rows["status"].isin(("valid", "to renew", "expired"))]
    if rows.empty:
        return look.empty_figure(title, "A credential with a day on which it expires shows here.")
    rows = rows.iloc[::-1].head(MOST_ITEMS)
    told = "; ".join(f"{row['name']}: {_credential_said(row)}" for _, row in rows.iloc[::-1].iterrows())
    figure = look.figure(title, told, height=130 + 44 * len(rows))
    day = pd.Timestamp(on)
    first = min(rows["earned_on"].min(), day - pd.Timedelta(days=365)) if rows["earned_on"].notna().any() else day - pd.Timedelta(days=365)
    last = max(rows["expires_on"].max(), day + pd.Timedelta(days=90))
    for place, (_, row) in enumerate(rows.iterrows()):
        _draw_credential(figure, row, place, first)
    figure.add_vline(x=day, line={"color": look.INK, "width": 1, "dash": "dot"})
    figure.add_annotation(x=day, y=1, yref="paper", yanchor="bottom", text="today", showarrow=False, font={"size": 12, "color": look.MUTED})
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=[look.text(look.short(name, 30)) for name in rows["name"]], showgrid=False,
        range=[-0.7, len(rows) - 0.2],
    )  # fmt: skip
    figure.update_xaxes(type="date", range=[str(first), str(last + (last - first) * 0.03)])
    return figure


def _draw_credential(figure: go.Figure, row: pd.Series, place: int, first: pd.Timestamp) -> None:
    symbol, colour = CREDENTIAL[row["status"]]
    start = first if is_blank(row["earned_on"]) else row["earned_on"]
    figure.add_scatter(
        x=[start, row["expires_on"]], y=[place, place], mode="lines", line={"color": colour, "width": 12},
        hovertemplate=f"{look.text(row['name'])}: {_credential_said(row)}<extra></extra>",
    )  # fmt: skip
    figure.add_annotation(
        x=start, y=place + 0.2, yanchor="bottom", xanchor="left", showarrow=False, text=f"{symbol} {_credential_said(row)}",
        font={"color": colour, "size": 12}, bgcolor=look.PAPER,
    )  # fmt: skip


def _credential_said(row: pd.Series) -> str:
    if row["status"] == "expired":
        return f"expired on {look.day(row['expires_on'])}"
    until = f"until {look.day(row['expires_on'])}"
    return f"{until}, to renew since {look.day(row['renew_from'])}" if row["status"] == "to renew" else until
