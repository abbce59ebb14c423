"""What the brand measures look like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.records.settings import Settings
from careerkit.topics.brand import measures

if TYPE_CHECKING:
    import plotly.graph_objects as go

Tables = Mapping[str, pd.DataFrame]
QUARTERS = 8
# Column of brand.quarters -> what stands beside its line, from oneself outwards.
REACH_SAID = {"myself": "myself", "team": "team or class", "organisation": "organisation", "beyond": "beyond"}
# What a word's finding is called on the board, with the symbol that tells it without colours.
BOARD = {
    "heard as intended": ("first", "● Heard as you intend", "Others use them too."),
    "not heard yet": ("second", "○ Not heard yet", "You would like to hear them."),
    "heard, not intended": ("third", "◇ Heard beside them", "Others say them; you did not choose them."),
}


def quarters(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return the wins of the last eight quarters, by how far they reached."""
    title = "How far do your wins reach?"
    rows = measures.quarters(tables, on).tail(QUARTERS)
    if rows.empty or not rows["wins"].sum():
        return look.empty_figure(title, "Each win that says who gained from it stands here, quarter by quarter.")
    told = "; ".join(_quarter_said(row) for _, row in rows.iterrows())
    figure = look.figure(title, told, height=330)
    points = [(place, height, int(row[name])) for place, (_, row) in enumerate(rows.iterrows()) for height, name in enumerate(REACH_SAID)]
    filled = [point for point in points if point[2]]
    figure.add_scatter(
        x=[place for place, _, _ in filled], y=[height for _, height, _ in filled], mode="markers+text",
        text=[str(count) for *_, count in filled], textfont={"color": look.PAPER, "size": 13},
        marker={"color": look.TEAL, "opacity": 1, "size": [22 + 6 * min(count, 5) for *_, count in filled]}, hoverinfo="skip",
    )  # fmt: skip
    sums = [look.count(int(wins), "win") if wins else "none" for wins in rows["wins"]]
    names = [f"{quarter[4:]}<br>{quarter[:4]}<br>{total}" for quarter, total in zip(rows["quarter"], sums, strict=True)]
    figure.update_xaxes(tickvals=list(range(len(rows))), ticktext=names, range=[-0.6, len(rows) - 0.4], showgrid=False)
    figure.update_yaxes(tickvals=list(range(len(REACH_SAID))), ticktext=list(REACH_SAID.values()), range=[-0.6, len(REACH_SAID) - 0.4])
    return figure


def _quarter_said(row: pd.Series) -> str:
    reached = [f"{row[name]} {said}" for name, said in REACH_SAID.items() if row[name]]
    return f"{row['quarter']}: {look.count(int(row['wins']), 'win')}{' (' + ', '.join(reached) + ')' if reached else ''}"


def words(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the words of the past year in three columns: heard as intended, not heard yet, heard beside them."""
    rows = measures.words(tables, on)
    if rows.empty:
        return look.invitation(
            "No words of the past year.", "Write down three that you would like to hear, and the first one a colleague says."
        )
    columns = [_word_column(*BOARD[finding], rows[rows["finding"] == finding]) for finding in BOARD]
    return look.Html(f'<div class="ck-board">{"".join(columns)}</div>')


def _word_column(place: str, head: str, said: str, rows: pd.DataFrame) -> str:
    inside = "".join(_word(row) for _, row in rows.head(10).iterrows()) or f"<li>{look.muted('none')}</li>"
    return f'<section class="ck-ring ck-{place}"><p><b>{head}</b><br>{look.muted(said)}</p><ul>{inside}</ul></section>'


def _word(row: pd.Series) -> str:
    told = [f"intended {_times(row['intended'])}" if row["intended"] else "", f"heard {_times(row['heard'])}" if row["heard"] else ""]
    return f"<li>{look.strong(row['word'])}<br>{look.muted(', '.join(part for part in told if part))}</li>"


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
            look.Html(f'<span class="ck-nowrap">{look.day(row["reviewed_on"])}</span>'),
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
    """Return which wins of the past year are ready to be told, and what the others lack."""
    rows = measures.stories(tables, on, since=on - dt.timedelta(days=364))
    if rows.empty:
        return look.invitation("No win of the past year to tell yet.", "A win with its situation, action and result becomes a story.")
    cells = [(look.strong(row["title"]), *(_there(row[part]) for part in ("situation", "action", "result"))) for _, row in rows.iterrows()]
    return look.table(("Win", "Situation", "Action", "Result"), cells[:12], "Stories of the past year")


def _there(filled: bool) -> look.Html:
    return look.Html('<span class="ck-chip ck-yes">✓ there</span>') if filled else look.muted("○ not yet")
