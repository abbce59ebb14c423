"""What the brand measures look like."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.records.settings import Settings
from careerkit.topics.brand import measures
from careerkit.topics.tables import Row, Tables

if TYPE_CHECKING:
    import plotly.graph_objects as go

QUARTERS = 8
# Column of brand.quarters -> the name of its row, from oneself outwards.
REACH = {"myself": "myself", "team": "team or class", "organisation": "organisation", "beyond": "beyond"}
# What a word's finding is called on the board, with the symbol that tells it without colours.
BOARD = {
    "heard as intended": ("first", "● Heard as you intend", "Others use them too."),
    "not heard yet": ("second", "○ Not heard yet", "You would like to hear them."),
    "heard, not intended": ("third", "◇ Heard as well", "Others say them; you did not choose them."),
}


def quarters(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return the wins of the last eight quarters, by how far they reached."""
    title = "How far do your wins reach?"
    rows = measures.quarters(tables, on).tail(QUARTERS)
    if rows.empty or not rows["wins"].sum():
        return look.empty_figure(title, "Wins that say who gained from them appear here, quarter by quarter.")
    figure = look.figure(title, "; ".join(_quarter(row) for _, row in rows.iterrows()), height=330)
    points = [(place, height, int(row[name])) for place, (_, row) in enumerate(rows.iterrows()) for height, name in enumerate(REACH)]
    points = [point for point in points if point[2]]
    counts = [count for *_, count in points]
    figure.add_scatter(
        x=[place for place, *_ in points],
        y=[height for _, height, _ in points],
        mode="markers+text",
        text=[str(count) for count in counts],
        textfont={"color": look.PAPER, "size": 13},
        marker={"color": look.TEAL, "opacity": 1, "size": [22 + 6 * min(count, 5) for count in counts]},
        hoverinfo="skip",
    )
    sums = [look.count(int(wins), "win") if wins else "none" for wins in rows["wins"]]
    names = [f"{quarter[4:]}<br>{quarter[:4]}<br>{total}" for quarter, total in zip(rows["quarter"], sums, strict=True)]
    figure.update_xaxes(tickvals=list(range(len(rows))), ticktext=names, range=[-0.6, len(rows) - 0.4], showgrid=False)
    figure.update_yaxes(tickvals=list(range(len(REACH))), ticktext=list(REACH.values()), range=[-0.6, len(REACH) - 0.4])
    return figure


def _quarter(row: pd.Series) -> str:
    reached = [f"{row[name]} {words}" for name, words in REACH.items() if row[name]]
    return f"{row['quarter']}: {look.count(int(row['wins']), 'win')}{' (' + ', '.join(reached) + ')' if reached else ''}"


def words(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the words of the past year in three columns: heard as intended, not heard yet, heard without being intended."""
    rows = measures.words(tables, on)
    if rows.empty:
        words = "Write down three that you would like to hear, and the first one a colleague says."
        return look.invitation("No words of the past year.", words)
    return look.board(
        (
            place,
            look.Html(f"<b>{head}</b><br>{look.muted(words)}"),
            map(_word, rows[rows["finding"] == finding].head(10).to_dict("records")),
        )
        for finding, (place, head, words) in BOARD.items()
    )


def _word(row: Row) -> look.Html:
    return look.item(
        look.strong(row["word"]), below=", ".join(f"{name} {_times(row[name])}" for name in ("intended", "heard") if row[name])
    )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(int(count), f"{count} times")


def channels(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return where you appear: the first line, how well it fits, and what you would change."""
    rows = measures.channels(tables, on)
    if rows.empty:
        return look.invitation("No place yet.", "Begin with the page or the sentence by which most people meet you first.")
    cells = [
        (
            look.strong(row["channel"]),
            look.Html(look.text(row["headline"])),
            _fit(row),
            look.unbroken(look.day(row["reviewed_on"])),
            look.Html(look.text(row["next_step"])),
        )
        for _, row in rows.head(10).iterrows()
    ]
    return look.table(("Where", "What it says first", "Does it fit?", "Last look", "What to change"), cells, "Where you appear")


def _fit(row: pd.Series) -> look.Html:
    if is_blank(row["score_before"]) or is_blank(row["score"]) or row["score_before"] == row["score"]:
        return look.dots(row["score"])
    return look.joined([look.dots(row["score"]), "<br>", look.muted(f"before: {row['score_before']}")])


def stories(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return which wins of the past year are ready as a story, and what the others lack."""
    rows = measures.stories(tables, on, since=on - dt.timedelta(days=364))
    if rows.empty:
        return look.invitation("No win of the past year yet.", "A win with its situation, action and result becomes a story.")
    cells = [(look.strong(row["title"]), *(_filled(row[part]) for part in ("situation", "action", "result"))) for _, row in rows.iterrows()]
    return look.table(("Win", "Situation", "Action", "Result"), cells[:12], "Stories of the past year")


def _filled(filled: bool) -> look.Html:
    return look.Html('<span class="ck-chip ck-yes">✓ there</span>') if filled else look.muted("○ not yet")
