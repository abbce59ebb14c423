"""What the goals' measures look like."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from careerkit import look
from careerkit.look import drawing
from careerkit.records import is_blank
from careerkit.records.settings import Settings
from careerkit.topics.goals import measures
from careerkit.topics.tables import Tables
from careerkit.topics.windows import past

if TYPE_CHECKING:
    import plotly.graph_objects as go

INVITE = "Write your first goal in the form above: a number that will move, a date, and a first step."
# Beyond this many lines a chart of goals is a tangle; the table above it still names them all.
MOST_LINES = 6


def overview(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the table Goal | Action steps | Deadline | Progress | Status of goals that are not yet closed or just were."""
    pace = open_goals(measures.pace(tables, on), tables)
    if pace.empty:
        return look.invitation("No goal yet.", INVITE)
    heads = ("Goal", "Action steps", "Deadline", "Progress", "Status", "Confidence")
    return look.table(heads, [_overview_row(row, tables, on) for _, row in pace.iterrows()], "Your goals")


def open_goals(pace: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return the rows of active goals, with their plan, soonest deadline first."""
    plan = tables["goals"].set_index("id")[["deadline", "started_on", "metric", "unit", "baseline", "target"]]
    active = pace[pace["goal_status"] == "active"]
    return active.join(plan, on="goal_id").sort_values("deadline", na_position="last", kind="stable")


def _overview_row(row: pd.Series, tables: Tables, on: dt.date) -> tuple[object, ...]:
    return (
        look.strong(row["title"]),
        look.muted(step_summary(row["goal_id"], tables, on)),
        look.unbroken(look.day(row["deadline"])),
        look.bar(row["progress"], row["elapsed"], row["status"]),
        look.chip(row["status"]),
        look.dots(row["confidence"]),
    )


def step_summary(goal_id: str, tables: Tables, on: dt.date) -> str:
    """Return '2 of 3 done · next: book the mock exam, 4 Nov 2026' for a goal's action steps."""
    steps = tables["action_steps"]
    steps = steps[steps["goal_id"] == goal_id]
    if steps.empty:
        return "none yet"
    done = past(steps["done_on"], on)
    summary = f"{int(done.sum())} of {len(steps)} done"
    open_steps = steps[~done].sort_values("due_on", na_position="last", kind="stable")
    if open_steps.empty:
        return summary
    first = open_steps.iloc[0]
    due = "" if is_blank(first["due_on"]) else f", {look.day(first['due_on'])}"
    return f"{summary} · next: {first['title']}{due}"


def pace(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return each active goal's course: share of the work done against share of the time gone."""
    title = "Do they keep pace with the calendar?"
    rows = open_goals(measures.pace(tables, on), tables)
    drawn = rows[~rows["status"].isin(("unclear", "not started"))].head(MOST_LINES)
    if drawn.empty:
        return look.empty_figure(title, "A goal with a deadline and a first check-in appears here.")
    shares = [(row["title"], look.percent(row["progress"]), look.percent(row["elapsed"])) for _, row in drawn.iterrows()]
    description = "; ".join(f"{name}: {done} done, {gone} of the time gone" for name, done, gone in shares)
    figure = look.figure(title, description, height=380)
    figure.add_scatter(x=[0, 100], y=[0, 100], mode="lines", line={"color": look.GREY, "dash": "dash", "width": 1}, hoverinfo="skip")
    drawing.label(figure, 99, 103, "on time", xanchor="right", yanchor="bottom")
    heights = look.apart([min(max(100 * float(row["progress"]), 0), 104) for _, row in drawn.iterrows()], 7, 111)
    for (_, row), height in zip(drawn.iterrows(), heights, strict=True):
        _draw_course(figure, row, tables, on, height)
    percents = {share: f"{share} %" for share in (0, 25, 50, 75, 100)}
    figure.update_xaxes(title="time gone", range=[-1, 142], tickvals=list(percents), ticktext=list(percents.values()))
    figure.update_yaxes(title="done", range=[-6, 116], tickvals=[0, 50, 100], ticktext=["0 %", "50 %", "100 %"])
    return figure


def _draw_course(figure: go.Figure, row: pd.Series, tables: Tables, on: dt.date, height: float) -> None:
    _, colour, symbol = look.STATUS[row["status"]]
    times, done, days = course(row, tables, on)
    title = look.text(row["title"])
    figure.add_scatter(
        x=times,
        y=done,
        mode="lines+markers",
        line={"color": colour, "width": 3},
        marker={"color": colour, "size": [0] * (len(times) - 1) + [11], "symbol": symbol},
        customdata=[look.day(day) for day in days],
        name=title,
        hovertemplate=f"%{{customdata}}: %{{y:.0f}} % done<extra>{title}</extra>",
    )
    # The names are in a column of their own, each with a thin line to where its course ends.
    figure.add_annotation(
        x=times[-1],
        y=done[-1],
        ax=104,
        ay=height,
        axref="x",
        ayref="y",
        xanchor="left",
        arrowhead=0,
        arrowwidth=0.7,
        arrowcolor=colour,
        text=f"<b>{look.text(look.short(row['title'], 30))}</b>",
        font={"color": colour, "size": 12},
    )


def course(row: pd.Series, tables: Tables, on: dt.date) -> tuple[list[float], list[float], list[pd.Timestamp]]:
    """Return a goal's share of time gone and of work done, in percent, at its start, each check-in or step, and now."""
    start, end = row["started_on"], row["deadline"]
    days = [day for day in sorted({start, *_marks(row, tables)}) if start <= day <= pd.Timestamp(on)]
    length = max((end - start).days, 1) if not is_blank(end) else 1
    paces = [measures.pace(_only(tables, row["goal_id"]), day.date()) for day in days]
    done = [100 * float(frame["progress"].fillna(0).iloc[0]) if len(frame) else 0.0 for frame in paces]
    times = [100 * min((day - start).days / length, 1.0) for day in days]
    # The last point is the measure itself, so that the line ends where the table and the status say.
    times.append(100 * float(row["elapsed"]))
    done.append(100 * float(row["progress"]))
    return times, [min(max(share, 0.0), 100.0) for share in done], [*days, pd.Timestamp(on)]


def _marks(row: pd.Series, tables: Tables) -> list[pd.Timestamp]:
    check_ins, steps = tables["check_ins"], tables["action_steps"]
    checked = check_ins[(check_ins["goal_id"] == row["goal_id"]) & check_ins["value"].notna()]["checked_on"]
    done = steps[steps["goal_id"] == row["goal_id"]]["done_on"].dropna()
    return list(checked) if len(checked) else list(done)


def _only(tables: Tables, goal_id: str) -> Tables:
    mine = {name: tables[name][tables[name]["goal_id"] == goal_id] for name in ("check_ins", "action_steps", "goal_changes")}
    return {**tables, **mine, "goals": tables["goals"][tables["goals"]["id"] == goal_id]}


def timeline(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return goals as bars from start to deadline, filled as far as they are done."""
    title = "What is on your calendar?"
    rows = open_goals(measures.pace(tables, on), tables).dropna(subset=["deadline", "started_on"])
    if rows.empty:
        return look.empty_figure(title, "A goal with a start and a deadline appears here.")
    description = "; ".join(f"{row['title']} until {look.day(row['deadline'])}, {row['status']}" for _, row in rows.iterrows())
    figure = look.figure(title, description, height=110 + 44 * len(rows))
    for place, (_, row) in enumerate(rows.iloc[::-1].iterrows()):
        _draw_span(figure, row, place)
    drawing.today(figure, on)
    drawing.name_rows(figure, [look.short(name, 30) for name in rows["title"].iloc[::-1]], above=0.6)
    figure.update_xaxes(type="date")
    return figure


def _draw_span(figure: go.Figure, row: pd.Series, place: int) -> None:
    _, colour, _ = look.STATUS[row["status"]]
    start, end = row["started_on"], row["deadline"]
    share = 0.0 if is_blank(row["progress"]) else min(max(float(row["progress"]), 0.0), 1.0)
    hover = f"{look.day(start)} to {look.day(end)}, {look.percent(share)} done, {row['status']}"
    drawing.span(figure, place, start, end, "#e9ecef", 12, hover)
    drawing.span(figure, place, start, start + (end - start) * share, colour, 12, hover)


def forecast(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return when each active goal will be reached if it goes on as it did, as a span, beside its deadline."""
    title = "When will you get there, if it goes on like this?"
    rows = open_goals(measures.pace(tables, on), tables)
    rows = rows[rows["forecast_on"].notna() & (rows["status"] != "achieved")].head(MOST_LINES)
    if rows.empty:
        return look.empty_figure(title, "A goal with a number and three check-ins has a forecast here.")
    description = "; ".join(f"{row['title']}: {forecast_summary(row)}" for _, row in rows.iterrows())
    figure = look.figure(title, description, height=110 + 68 * len(rows))
    furthest = _furthest(rows, on)
    for place, (_, row) in enumerate(rows.iloc[::-1].iterrows()):
        _draw_forecast(figure, row, place, furthest)
    figure.update_yaxes(visible=False, range=[-0.4, len(rows) - 0.1])
    figure.update_xaxes(type="date", range=[str(pd.Timestamp(on).date()), str((furthest + pd.Timedelta(days=60)).date())])
    return figure


def _furthest(rows: pd.DataFrame, on: dt.date) -> pd.Timestamp:
    # One goal that may take for ever would press the others into a corner.
    days = pd.concat([rows["forecast_on"], rows["deadline"], rows["forecast_high"]]).dropna()
    return min(days.max(), pd.Timestamp(on) + pd.Timedelta(days=3 * 365))


def _draw_forecast(figure: go.Figure, row: pd.Series, place: int, furthest: pd.Timestamp) -> None:
    _, colour, _ = look.STATUS[row["status"]]
    low, likely = row["forecast_low"], min(row["forecast_on"], furthest)
    high = furthest if is_blank(row["forecast_high"]) else min(row["forecast_high"], furthest)
    hover = look.text(forecast_summary(row))
    drawing.span(figure, place, likely if is_blank(low) else min(low, likely), high, colour, 10, hover, opacity=0.3)
    drawing.mark(figure, likely, place, colour, 13, hover)
    if not is_blank(row["deadline"]):
        due = f"deadline {look.day(row['deadline'])}"
        drawing.mark(figure, row["deadline"], place, look.INK, 20, due, "line-ns-open", line={"width": 2, "color": look.INK})
    name = f"<b>{look.text(look.short(row['title'], 40))}</b>"
    words = f"{name}<br><span style='color:{look.MUTED}'>likely {look.day(row['forecast_on'])}</span>"
    drawing.label(figure, 0, place, words, look.INK, 13, xref="paper", xanchor="left", yshift=28, align="left")


def forecast_summary(row: pd.Series) -> str:
    """Return 'likely 12 Nov 2026, between 2 Nov and 5 Dec 2026; deadline 1 Dec 2026' for a goal."""
    early, late = look.day(row["forecast_low"]), look.day(row["forecast_high"]) or "an open end"
    between = f", between {early} and {late}" if early else ""
    due = "" if is_blank(row["deadline"]) else f"; deadline {look.day(row['deadline'])}"
    return f"likely {look.day(row['forecast_on'])}{between}{due}"


def slips(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the active goals whose deadline was moved, from when to when."""
    rows = measures.slips(tables, on)
    rows = rows[rows["goal_status"] == "active"]
    if rows.empty:
        return look.paragraph("No deadline of an active goal has been moved.", "note")
    cells = [
        (
            look.strong(row["title"]),
            look.count(int(row["times"]), "time"),
            look.day(row["first_deadline"]) or "none",
            look.day(row["deadline"]) or "none",
            "" if is_blank(row["days_moved"]) else look.count(int(row["days_moved"]), "day"),
        )
        for _, row in rows.iterrows()
    ]
    return look.table(("Goal", "Moved", "First deadline", "Deadline now", "By"), cells, "Deadlines that moved")
