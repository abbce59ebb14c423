"""What the habits' measures look like."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd

from careerkit import look
from careerkit.look import drawing
from careerkit.records import is_blank
from careerkit.records.settings import Settings
from careerkit.topics.habits import measures, scores
from careerkit.topics.habits.provenance import Provenance
from careerkit.topics.tables import Tables

if TYPE_CHECKING:
    import plotly.graph_objects as go

QUARTERS = 8
MOST_HELP = 3
LINES = (look.AMBER, look.TEAL, look.BLUE, look.MUTED, "#7c3aed")
# A habit has the name of its notebook.
NAMES = {"assessment": "Self-assessment", "networking": "Networking", "change": "Learning", "goals": "Goals", "feedback": "Feedback"}


def cards(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return a card a habit: its score out of 100, or that it is too early to say."""
    rows = measures.index(tables, on, settings)
    return look.cards(_card(row) for _, row in rows.iterrows())


def _card(row: pd.Series) -> tuple[str, str, Any]:
    if is_blank(row["score"]):
        return NAMES[row["habit"]], "", look.Html(f"too early to say<br>{look.count(int(row['signals']), 'signal')} so far")
    return NAMES[row["habit"]], str(round(float(row["score"]))), "of 100"


def next_actions(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the three things that would help most, each for another habit where there are as many."""
    rows = measures.next_actions(tables, on, settings)
    if rows.empty:
        return look.paragraph("After two weeks of records in two topics, the three things that would help most appear here.", "note")
    first = rows.drop_duplicates("habit").head(MOST_HELP)
    rest = rows[~rows.index.isin(first.index)].head(MOST_HELP - len(first))
    chosen = pd.concat([first, rest]).sort_values("gain", ascending=False, kind="stable")
    gains = [f"{NAMES[habit]} +{max(round(float(gain)), 1)}" for habit, gain in zip(chosen["habit"], chosen["gain"], strict=True)]
    return look.listing(look.item(action, right=gain) for action, gain in zip(chosen["action"], gains, strict=True))


def indicators(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return each indicator's figure, its formula and the records behind it, habit by habit."""
    rows = measures.indicators(tables, on, settings)
    provenance = Provenance(tables)
    return look.joined(
        look.joined([look.heading(NAMES[str(habit)]), _indicators_of(str(habit), part, provenance)])
        for habit, part in rows.groupby("habit", sort=False)
    )


def _indicators_of(habit: str, rows: pd.DataFrame, provenance: Provenance) -> look.Html:
    cells = [
        (
            row["indicator"],
            look.percent(row["value"]) or look.muted("not\u00a0yet"),
            look.joined([look.muted(row["formula"]), provenance.folded(row["records"])]),
        )
        for _, row in rows.iterrows()
    ]
    return look.table(("Indicator", "Now", "How it's calculated, and from what"), cells, f"Indicators: {NAMES[habit]}")


def trend(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return the habits' scores at the ends of the last eight quarters, and now."""
    title = "How have your habits developed?"
    ends = [*pd.period_range(end=pd.Period(on, "Q") - 1, periods=QUARTERS - 1).end_time.date, on]
    course = scores.course(tables, ends, settings)
    if course.empty:
        return look.empty_figure(title, "After two weeks of records the first point appears here.")
    habits = [(NAMES[str(habit)], rows["on"], rows["score"].astype(float)) for habit, rows in course.groupby("habit")]
    figure = look.figure(title, "; ".join(f"{name}: {round(values.iloc[-1])} of 100" for name, _, values in habits), height=300)
    heights = look.apart([values.iloc[-1] for *_, values in habits], 9, 104)
    for colour, (name, days, values), height in zip(LINES, habits, heights, strict=False):
        style = {"mode": "lines+markers", "line": {"color": colour, "width": 3}, "marker": {"size": 7}}
        figure.add_scatter(x=days, y=values, **style, **drawing.hovering(f"{name}, %{{x|%d %b %Y}}: %{{y:.0f}}"))
        drawing.label(figure, days.iloc[-1], height, f"<b>{name}</b>", colour, right=10)
    figure.update_yaxes(range=[-6, 108], tickvals=[0, 50, 100])
    figure.update_xaxes(range=[str(ends[0] - dt.timedelta(days=12)), str(on + dt.timedelta(days=20))])
    figure.update_layout(margin={"r": 120})
    return figure
