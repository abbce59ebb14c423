"""What the measures of roles look like: how the present one fits, two side by side, and what was tried out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd

from careerkit import look
from careerkit.look import drawing
from careerkit.records import is_blank, split_list
from careerkit.records.settings import Settings
from careerkit.topics.assessment import role_measures
from careerkit.topics.assessment.role_fit import Course, courses
from careerkit.topics.tables import Tables, names

if TYPE_CHECKING:
    import plotly.graph_objects as go

MOST_EXPERIMENTS = 10
LINES = (look.TEAL, look.AMBER, look.BLUE, "#7c3aed", look.RED, look.MUTED)


def fit(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return how the position you hold has fitted over time, a line for each dimension."""
    drawn = list(courses(tables, on))
    if not drawn:
        return look.empty_figure("Does your role still fit you?", "Score three aspects of your role or more, and again each quarter.")
    drawn = [course for course in drawn if course.position_id == drawn[0].position_id][: len(LINES)]
    title = _fit_title(drawn[0].position, drawn[0].position_id, tables, on)
    latest = [f"{course.dimension}: {course.last['score']} of 5 on {look.day(course.last['rated_on'])}" for course in drawn]
    figure = look.figure(title, "; ".join(latest), height=340)
    heights = look.apart([float(course.last["score"]) for course in drawn], 0.34, 5.7)
    for course, colour, height in zip(drawn, LINES, heights, strict=False):
        _draw_course(figure, course, colour, height)
    first = min(course.scores["rated_on"].min() for course in drawn)
    last = max(course.last["rated_on"] for course in drawn)
    room = max((last - first) * 0.32, pd.Timedelta(days=20))
    figure.update_xaxes(type="date", range=[str((first - room / 8).date()), str((last + room).date())])
    figure.update_yaxes(tickvals=[1, 2, 3, 4, 5], ticktext=["1 not at all", "2", "3", "4", "5 fully"], range=[0.5, 5.9])
    return figure


def _fit_title(position: str, key: str, tables: Tables, on: dt.date) -> str:
    role = f"Your role as {position}" if position else "Your role"
    overall = role_measures.fit_overall(tables, on).set_index("position_id")["finding"]
    if overall[key] == "no longer fits":
        return f"▲ {role} no longer fits you as it did"
    return f"▲ {role} fits a little less than it did" if overall[key] == "slipping" else f"Does y{role[1:]} still fit you?"


def _draw_course(figure: go.Figure, course: Course, colour: str, height: float) -> None:
    days, name = list(course.scores["rated_on"]), course.dimension
    figure.add_scatter(
        x=days,
        y=[int(score) for score in course.scores["score"]],
        mode="lines+markers",
        line={"color": colour, "width": 2.5},
        marker={"color": colour, "size": 7},
        customdata=[look.day(day) for day in days],
        **drawing.hovering(f"{look.text(name)}, %{{customdata}}: %{{y}} of 5"),
    )
    drawing.label(figure, days[-1], height, f"<b>{look.text(look.short(name, 22, whole_words=False))}</b>", colour, right=10)


def roles(tables: Tables, on: dt.date, settings: Settings, first: str | None = None, second: str | None = None) -> look.Html:
    """Return two roles side by side: for each skill where you are, and how far it is to either."""
    pair = role_measures.two_roles(tables, on, first, second)
    rows = role_measures.roles(tables, on)
    rows = rows[rows["role_id"].isin(pair)].sort_values("weighted_gap", ascending=False, na_position="last", kind="stable")
    if rows.empty:
        words = "Write down two roles above, and for each the level that it asks of a few skills."
        return look.invitation("Nothing to compare yet.", words)
    known = names(tables["roles"])
    asked = {key: rows[rows["role_id"] == key].set_index("skill_id") for key in pair}
    cells = [
        (
            look.strong(row["name"]),
            look.dots(row["level"]) or look.muted("no level yet"),
            *(_way(asked[key], row["skill_id"]) for key in pair),
        )
        for _, row in rows.drop_duplicates("skill_id").iterrows()
    ]
    summary = role_measures.distance(tables, on).set_index("role_id")
    cells.append((look.muted("all together"), look.Html(""), *(_all_together(summary.loc[key]) for key in pair)))
    return look.table(("Skill", "You now", *(known[key] for key in pair)), cells, "Two roles compared")


def _way(asked: pd.DataFrame, skill: Any) -> look.Html:
    if skill not in asked.index:
        return look.muted("not asked for")
    row = asked.loc[skill]
    if is_blank(row["gap"]):
        return look.muted(f"asks for {row['target_level']}" if not is_blank(row["target_level"]) else "no level noted")
    gap = int(row["gap"])
    distance = look.strong(f"{look.count(gap, 'level')} to go") if gap > 0 else look.Html("✓ there")
    return look.Html(f"{distance} {look.muted(f'· asks for {row.target_level}')}")


def _all_together(row: pd.Series) -> look.Html:
    if not row["skills"]:
        return look.muted("no skills listed yet")
    reached = f"{row['reached']} of {row['skills']} there"
    return look.muted(reached if is_blank(row["to_go"]) else f"{reached}, {look.percent(row['to_go'])} to go")


def experiments(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the small experiments, with the role that each tests and what came of it."""
    rows = role_measures.experiments(tables, on)
    if rows.empty:
        words = "Choose something small that lets you feel what the role is like: a day with someone who does it, or one of their tasks."
        return look.invitation("No experiment yet.", words)
    skills, known = names(tables["skills"]), names(tables["roles"])
    cells = [
        (
            look.strong(row["title"]),
            row["status"] or "planned",
            ", ".join(
                [*(skills.get(key, "") for key in split_list(row["skill_id"])), *(f"for {known[key]}" for key in split_list(row["roles"]))]
            ),
            look.study_time(row["hours"]) if float(row["hours"]) else "",
            look.muted(row["takeaway"]),
        )
        for _, row in rows.head(MOST_EXPERIMENTS).iterrows()
    ]
    return look.table(("Experiment", "Status", "What it tests", "Time", "What you take from it"), cells, "Small experiments")
