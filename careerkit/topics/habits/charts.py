"""What the habits' measures look like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from careerkit import look
from careerkit.record import is_blank
from careerkit.settings import Settings
from careerkit.topics.habits import measures

if TYPE_CHECKING:
    import plotly.graph_objects as go

Tables = Mapping[str, pd.DataFrame]
QUARTERS = 8
MOST_HELP = 3


def cards(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return a card a habit: its score out of 100, or that it is too early to say."""
    rows = measures.index(tables, on, settings)
    return look.Html(f'<div class="ck-cards">{"".join(_card(row) for _, row in rows.iterrows())}</div>')


def _card(row: pd.Series) -> str:
    name = look.text(str(row["habit"]).capitalize())
    if is_blank(row["score"]):
        early = f"too early to say<br>{look.count(int(row['signals']), 'signal')} so far"
        return f'<div class="ck-card"><b>{name}</b><span class="ck-muted">{early}</span></div>'
    return f'<div class="ck-card"><b>{name}</b><span class="ck-big">{round(float(row["score"]))}</span><span class="ck-of"> of 100</span></div>'


def next_actions(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the three things that would help most, each for another habit where there are as many."""
    rows = measures.next_actions(tables, on, settings)
    if rows.empty:
        return look.paragraph("Two weeks of records in two topics, and the three things that would help most stand here.", "note")
    first = rows.drop_duplicates("habit").head(MOST_HELP)
    rest = rows[~rows.index.isin(first.index)].head(MOST_HELP - len(first))
    chosen = pd.concat([first, rest]).sort_values("gain", ascending=False, kind="stable")
    items = [
        f'<li><span class="ck-right">{look.text(row["habit"])} +{max(round(float(row["gain"])), 1)}</span>{look.text(row["action"])}</li>'
        for _, row in chosen.iterrows()
    ]
    return look.Html(f'<ul class="ck-list">{"".join(items)}</ul>')


def indicators(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return each indicator's figure and formula, and how many records are behind it."""
    rows = measures.indicators(tables, on, settings)
    cells = [
        (
            look.strong(str(row["habit"]).capitalize()),
            row["indicator"],
            look.percent(row["value"]) or "does not apply yet",
            look.muted(row["formula"]),
            str(len([part for part in row["records"].split(";") if part])),
        )
        for _, row in rows.iterrows()
    ]
    return look.table(("Habit", "Indicator", "Now", "How it is computed", "Records"), cells, "Indicators of the habits")


def trend(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return the habits' scores at the ends of the last eight quarters, and now."""
    title = "How have your habits developed?"
    ends = [*pd.period_range(end=pd.Period(on, "Q") - 1, periods=QUARTERS - 1).end_time.date, on]
    course = pd.concat([measures.index(tables, day, settings).assign(on=day) for day in ends])
    course = course[course["score"].notna()]
    if course.empty:
        return look.empty_figure(title, "After two weeks of records the first point stands here.")
    told = "; ".join(f"{habit}: {round(float(rows['score'].iloc[-1]))} of 100" for habit, rows in course.groupby("habit"))
    figure = look.figure(title, told, height=300)
    for colour, (habit, rows) in zip((look.AMBER, look.TEAL, look.BLUE, look.MUTED, "#7c3aed"), course.groupby("habit"), strict=False):
        figure.add_scatter(
            x=rows["on"], y=rows["score"].astype(float), mode="lines+markers", line={"color": colour, "width": 3}, marker={"size": 7},
            hovertemplate=f"{habit}, %{{x|%d %b %Y}}: %{{y:.0f}}<extra></extra>",
        )  # fmt: skip
        figure.add_annotation(
            x=rows["on"].iloc[-1],
            y=float(rows["score"].iloc[-1]),
            text=f"<b>{habit}</b>",
            showarrow=False,
            xanchor="left",
            xshift=10,
            font={"color": colour, "size": 12},
        )
    figure.update_yaxes(range=[0, 105], tickvals=[0, 50, 100])
    figure.update_xaxes(range=[str(ends[0]), str(on + dt.timedelta(days=90))])
    return figure
