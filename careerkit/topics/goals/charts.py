"""What the goals' measures look like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.records.settings import Settings
from careerkit.topics.goals import measures

if TYPE_CHECKING:
    import plotly.graph_objects as go

Tables = Mapping[str, pd.DataFrame]
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
        look.muted(steps_said(row["goal_id"], tables, on)),
        look.Html(f'<span class="ck-nowrap">{look.day(row["deadline"])}</span>'),
        look.bar(row["progress"], row["elapsed"], row["status"]),
        look.chip(row["status"]),
        look.dots(row["confidence"]),
    )


def steps_said(goal_id: str, tables: Tables, on: dt.date) -> str:
    """Return '2 of 3 done · next: book the mock exam, 4 Nov 2026' for a goal's action steps."""
    steps = tables["action_steps"]
    mine = steps[steps["goal_id"] == goal_id]
    if mine.empty:
        return "none yet"
    done = mine["done_on"] <= pd.Timestamp(on)
    said = f"{int(done.sum())} of {len(mine)} done"
    open_steps = mine[~done].sort_values("due_on", na_position="last", kind="stable")
    if open_steps.empty:
        return said
    first = open_steps.iloc[0]
    due = "" if is_blank(first["due_on"]) else f", {look.day(first['due_on'])}"
    return f"{said} · next: {first['title']}{due}"


def pace(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return each active goal's course: share of the work done against share of the time gone."""
    title = "Do they keep pace with the calendar?"
    rows = open_goals(measures.pace(tables, on), tables)
    drawn = rows[rows["status"].isin(("on track", "behind", "at risk", "achieved", "missed", "no recent check-in"))].head(MOST_LINES)
    if drawn.empty:
        return look.empty_figure(title, "A goal with a deadline and a first check-in is drawn here.")
    told = [
        f"{row['title']}: {look.percent(row['progress'])} done, {look.percent(row['elapsed'])} of the time gone"
        for _, row in drawn.iterrows()
    ]
    figure = look.figure(title, "; ".join(told), height=380)
    figure.add_scatter(x=[0, 100], y=[0, 100], mode="lines", line={"color": look.GREY, "dash": "dash", "width": 1}, hoverinfo="skip")
    figure.add_annotation(
        x=99, y=103, text="on time", showarrow=False, xanchor="right", yanchor="bottom", font={"color": look.MUTED, "size": 12}
    )
    heights = look.apart([min(max(100 * float(row["progress"]), 0), 104) for _, row in drawn.iterrows()], 7, 111)
    for (_, row), height in zip(drawn.iterrows(), heights, strict=True):
        _draw_course(figure, row, tables, on, height)
    figure.update_xaxes(
        title="time gone", range=[-1, 142], tickvals=[0, 25, 50, 75, 100], ticktext=["0 %", "25 %", "50 %", "75 %", "100 %"]
    )
    figure.update_yaxes(title="done", range=[-6, 116], tickvals=[0, 50, 100], ticktext=["0 %", "50 %", "100 %"])
    return figure


def _draw_course(figure: go.Figure, row: pd.Series, tables: Tables, on: dt.date, height: float) -> None:
    _, colour, marker = look.STATUS[row["status"]]
    times, done, days = course(row, tables, on)
    figure.add_scatter(
        x=times, y=done, mode="lines+markers", line={"color": colour, "width": 3},
        marker={"color": colour, "size": [0] * (len(times) - 1) + [11], "symbol": marker},
        customdata=[look.day(day) for day in days], name=look.text(row["title"]),
        hovertemplate="%{customdata}: %{y:.0f} % done<extra>" + look.text(row["title"]) + "</extra>",
    )  # fmt: skip
    # The names stand in a column of their own, each with a thin line to where its course ends.
    figure.add_annotation(
        x=times[-1], y=done[-1], ax=104, ay=height, axref="x", ayref="y", text=f"<b>{look.text(look.short(row['title'], 30))}</b>",
        xanchor="left", arrowhead=0, arrowwidth=0.7, arrowcolor=colour, font={"color": colour, "size": 12},
    )  # fmt: skip


def course(row: pd.Series, tables: Tables, on: dt.date) -> tuple[list[float], list[float], list[pd.Timestamp]]:
    """Return a goal's share of time gone and of work done, in percent, at its start, each check-in or step, and now."""
    start, end = row["started_on"], row["deadline"]
    days = [day for day in sorted({start, *_marks(row, tables, on)}) if start <= day <= pd.Timestamp(on)]
    length = max((end - start).days, 1) if not is_blank(end) else 1
    past = {day: measures.pace(_only(tables, row["goal_id"]), day.date()) for day in days}
    done = [100 * float(frame["progress"].fillna(0).iloc[0]) if len(frame) else 0.0 for frame in past.values()]
    times = [100 * min((day - start).days / length, 1.0) for day in days]
    # The last point is the measure itself, so that the line ends where the table and the status say.
    times.append(100 * float(row["elapsed"]))
    done.append(100 * float(row["progress"]))
    return times, [min(max(share, 0.0), 100.0) for share in done], [*days, pd.Timestamp(on)]


def _marks(row: pd.Series, tables: Tables, on: dt.date) -> list[pd.Timestamp]:
    check_ins, steps = tables["check_ins"], tables["action_steps"]
    told = check_ins[(check_ins["goal_id"] == row["goal_id"]) & check_ins["value"].notna()]["checked_on"]
    done = steps[steps["goal_id"] == row["goal_id"]]["done_on"].dropna()
    return list(told) if len(told) else list(done)


def _only(tables: Tables, goal_id: str) -> dict[str, pd.DataFrame]:
    one = dict(tables)
    one["goals"] = tables["goals"][tables["goals"]["id"] == goal_id]
    for name in ("check_ins", "action_steps", "goal_changes"):
        one[name] = tables[name][tables[name]["goal_id"] == goal_id]
    return one


def timeline(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return goals as bars from start to deadline, filled as far as they are done."""
    title = "What lies on your calendar?"
    rows = open_goals(measures.pace(tables, on), tables).dropna(subset=["deadline", "started_on"])
    if rows.empty:
        return look.empty_figure(title, "A goal with a start and a deadline is drawn here.")
    told = "; ".join(f"{row['title']} until {look.day(row['deadline'])}, {row['status']}" for _, row in rows.iterrows())
    figure = look.figure(title, told, height=110 + 44 * len(rows))
    for place, (_, row) in enumerate(rows.iloc[::-1].iterrows()):
        _draw_span(figure, row, place)
    figure.add_vline(x=pd.Timestamp(on), line={"color": look.INK, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=pd.Timestamp(on), y=1, yref="paper", yanchor="bottom", text="today", showarrow=False, font={"size": 12, "color": look.MUTED}
    )
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[look.text(look.short(t, 30)) for t in rows["title"].iloc[::-1]],
        showgrid=False,
        range=[-0.6, len(rows) - 0.4],
    )
    figure.update_xaxes(type="date")
    return figure


def forecast(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return when each active goal will be reached if it goes on as it did, as a span, beside its deadline."""
    title = "When will you get there, if it goes on like this?"
    rows = open_goals(measures.pace(tables, on), tables)
    rows = rows[rows["forecast_on"].notna() & (rows["status"] != "achieved")].head(MOST_LINES)
    if rows.empty:
        return look.empty_figure(title, "A goal with a number and three check-ins has a forecast here.")
    told = "; ".join(f"{row['title']}: {forecast_said(row)}" for _, row in rows.iterrows())
    figure = look.figure(title, told, height=110 + 68 * len(rows))
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
    low = likely if is_blank(low) else min(low, likely)
    hover = f"{look.text(forecast_said(row))}<extra></extra>"
    figure.add_scatter(x=[low, high], y=[place, place], mode="lines", line={"color": colour, "width": 10}, opacity=0.3, hovertemplate=hover)
    figure.add_scatter(x=[likely], y=[place], mode="markers", marker={"color": colour, "size": 13}, hovertemplate=hover)
    if not is_blank(row["deadline"]):
        figure.add_scatter(
            x=[row["deadline"]], y=[place], mode="markers", hovertemplate=f"deadline {look.day(row['deadline'])}<extra></extra>",
            marker={"color": look.INK, "size": 20, "symbol": "line-ns-open", "line": {"width": 2, "color": look.INK}},
        )  # fmt: skip
    figure.add_annotation(
        x=0, xref="paper", y=place, yshift=28, xanchor="left", showarrow=False, font={"size": 13}, align="left",
        text=f"<b>{look.text(look.short(row['title'], 40))}</b><br><span style='color:{look.MUTED}'>likely {look.day(row['forecast_on'])}</span>",
    )  # fmt: skip


def forecast_said(row: pd.Series) -> str:
    """Return 'likely 12 Nov 2026, between 2 Nov and 5 Dec 2026' for a goal, with how that stands to its deadline."""
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


def _draw_span(figure: go.Figure, row: pd.Series, place: int) -> None:
    _, colour, _ = look.STATUS[row["status"]]
    start, end = row["started_on"], row["deadline"]
    share = 0.0 if is_blank(row["progress"]) else min(max(float(row["progress"]), 0.0), 1.0)
    said = f"{look.day(start)} to {look.day(end)}, {look.percent(share)} done, {row['status']}"
    for until, width, paint in ((end, 12, "#e9ecef"), (start + (end - start) * share, 12, colour)):
        figure.add_scatter(
            x=[start, until], y=[place, place], mode="lines", line={"color": paint, "width": width},
            hovertemplate=f"{said}<extra></extra>",
        )  # fmt: skip
