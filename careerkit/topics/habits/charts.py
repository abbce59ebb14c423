"""What the habits' measures look like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.records.settings import Settings
from careerkit.topics.habits import measures, scores
from careerkit.topics.habits.provenance import Behind

if TYPE_CHECKING:
    import plotly.graph_objects as go

Tables = Mapping[str, pd.DataFrame]
QUARTERS = 8
MOST_HELP = 3
LINES = (look.AMBER, look.TEAL, look.BLUE, look.MUTED, "#7c3aed")
# A habit is called as its notebook is.
NAMES = {"assessment": "Self-assessment", "networking": "Networking", "change": "Learning", "goals": "Goals", "feedback": "Feedback"}


def cards(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return a card a habit: its score out of 100, or that it is too early to say."""
    rows = measures.index(tables, on, settings)
    return look.Html(f'<div class="ck-cards">{"".join(_card(row) for _, row in rows.iterrows())}</div>')


def _card(row: pd.Series) -> str:
    name = look.text(NAMES[row["habit"]])
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
        f'<li><span class="ck-right">{look.text(NAMES[row["habit"]])} +{max(round(float(row["gain"])), 1)}</span>{look.text(row["action"])}</li>'
        for _, row in chosen.iterrows()
    ]
    return look.Html(f'<ul class="ck-list">{"".join(items)}</ul>')


def indicators(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return each indicator's figure, its formula and the records behind it, habit by habit."""
    rows = measures.indicators(tables, on, settings)
    behind = Behind(tables)
    return look.joined(
        look.joined([look.heading(NAMES[str(habit)]), _indicators_of(str(habit), part, behind)])
        for habit, part in rows.groupby("habit", sort=False)
    )


def _indicators_of(habit: str, rows: pd.DataFrame, behind: Behind) -> look.Html:
    cells = [
        (
            row["indicator"],
            look.percent(row["value"]) or look.muted("not\u00a0yet"),
            look.joined([look.muted(row["formula"]), behind.folded(row["records"])]),
        )
        for _, row in rows.iterrows()
    ]
    return look.table(("Indicator", "Now", "How it is computed, and from what"), cells, f"Indicators: {NAMES[habit]}")


def trend(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return the habits' scores at the ends of the last eight quarters, and now."""
    title = "How have your habits developed?"
    ends = [*pd.period_range(end=pd.Period(on, "Q") - 1, periods=QUARTERS - 1).end_time.date, on]
    course = scores.course(tables, ends, settings)
    if course.empty:
        return look.empty_figure(title, "After two weeks of records the first point stands here.")
    told = "; ".join(f"{NAMES[str(habit)]}: {round(float(rows['score'].iloc[-1]))} of 100" for habit, rows in course.groupby("habit"))
    figure = look.figure(title, told, height=300)
    latest = {str(habit): rows.iloc[-1] for habit, rows in course.groupby("habit")}
    heights = look.apart([float(row["score"]) for row in latest.values()], 9, 104)
    for (colour, (habit, rows)), height in zip(zip(LINES, course.groupby("habit"), strict=False), heights, strict=True):
        figure.add_scatter(
            x=rows["on"], y=rows["score"].astype(float), mode="lines+markers", line={"color": colour, "width": 3}, marker={"size": 7},
            hovertemplate=f"{NAMES[str(habit)]}, %{{x|%d %b %Y}}: %{{y:.0f}}<extra></extra>",
        )  # fmt: skip
        figure.add_annotation(
            x=rows["on"].iloc[-1],
            y=height,
            text=f"<b>{NAMES[str(habit)]}</b>",
            showarrow=False,
            xanchor="left",
            xshift=10,
            font={"color": colour, "size": 12},
        )
    figure.update_yaxes(range=[-6, 108], tickvals=[0, 50, 100])
    figure.update_xaxes(range=[str(ends[0] - dt.timedelta(days=12)), str(on + dt.timedelta(days=20))])
    figure.update_layout(margin={"r": 120})
    return figure
