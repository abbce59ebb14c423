"""What the self-assessment's measures look like."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd

from careerkit import look
from careerkit.look import drawing
from careerkit.records import is_blank
from careerkit.records.settings import Settings
from careerkit.topics.assessment import measures, snapshot
from careerkit.topics.assessment.role_charts import experiments, fit, roles
from careerkit.topics.assessment.targets import aim
from careerkit.topics.learning import measures as learning
from careerkit.topics.tables import Tables, names

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = [
    "changes",
    "credentials",
    "evidence",
    "experiments",
    "fit",
    "gaps",
    "quadrants",
    "roles",
    "say_versus_do",
    "strengths",
    "who_could_help",
]

# More rows than this are a list, not a picture.
MOST_ROWS = 10
MOST_NAMES = 4
LETTERS = 19
# Quadrant -> its colour and mark, and the corner in which its name is written.
QUADRANTS = {
    "signature": (look.TEAL, "circle", 5.55, 5.62, "right"),
    "grow": (look.BLUE, "diamond", -0.55, 5.62, "left"),
    "drains you": (look.AMBER, "triangle-up", 5.55, 0.42, "right"),
    "hand over": (look.MUTED, "square", -0.55, 0.42, "left"),
}
STRENGTHS = {"signature": "good at it, and glad to do it", "hidden strength": "others rate you higher than you do"}


def gaps(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return the skills with the largest weighted gaps, from your level to the one wanted."""
    key, role = aim(tables, on)
    title = f"How far is it to {role}?" if key else "How far is it to the levels you want?"
    rows = measures.gaps(tables, on, key or None)
    wide = rows[rows["weighted_gap"] > 0].head(MOST_ROWS).iloc[::-1]
    if wide.empty:
        reached = rows["gap"].notna().any()
        return look.empty_figure(
            title, "Every level you asked for is reached." if reached else "Rate a skill and say which level you want."
        )
    ways = [f"{row['name']}: level {row['level']} of {row['target_level']} wanted" for _, row in wide.iloc[::-1].iterrows()]
    figure = look.figure(title, "; ".join(ways), height=130 + 34 * len(wide))
    colours = [look.TEAL, look.AMBER]
    marker = {"color": colours, "symbol": ["circle", "diamond-open"], "size": 12, "line": {"width": 2, "color": colours}}
    for place, (_, row) in enumerate(wide.iterrows()):
        level, target = row["level"], row["target_level"]
        drawing.way(figure, place, level, target, marker, f"{look.text(row['name'])}: level {level}, {target} wanted")
        weight = "" if is_blank(row["importance"]) else f", matters {row['importance']} of 5"
        drawing.label(figure, float(target), place, f"{int(row['gap'])} to go{weight}", right=14)
    top = wide.iloc[-1]
    for x, words, colour in ((top["level"], "you now", look.TEAL), (top["target_level"], "asked for" if key else "wanted", look.AMBER)):
        drawing.label(figure, float(x), len(wide) - 1, words, colour, yshift=20)
    _skill_rows(figure, wide["name"], 0.9)
    _level_axis(figure, 7.2)
    return figure


def _skill_rows(figure: go.Figure, skills: pd.Series, above: float = 0.6) -> None:
    drawing.name_rows(figure, [look.short(name, 26, whole_words=False) for name in skills], above=above)


def _level_axis(figure: go.Figure, furthest: float) -> None:
    words = {0: "not yet", 1: "with help", 3: "on your own", 5: "others learn<br>from you"}
    ticks = [f"{level}<br>{words[level]}" if level in words else str(level) for level in range(6)]
    figure.update_xaxes(tickvals=list(range(6)), ticktext=ticks, range=[-0.3, furthest])


def quadrants(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return skills by level and enjoyment; those that share a place are named one below the other."""
    title = "What are you good at, and what do you enjoy?"
    rows = measures.quadrants(tables, on)
    rows = rows[rows["quadrant"] != ""]
    if rows.empty:
        return look.empty_figure(title, "Skills appear here once they have a level and an enjoyment.")
    description = "; ".join(f"{name}: {look.listed(list(part['name']))}" for name, part in rows.groupby("quadrant", sort=False))
    figure = look.figure(title, description, height=620)
    for edge in ({"x0": 2.5, "x1": 2.5, "y0": 0.3, "y1": 5.75}, {"x0": -0.6, "x1": 5.6, "y0": 2.5, "y1": 2.5}):
        figure.add_shape(type="line", line={"color": "#cfd5db", "width": 1, "dash": "dot"}, **edge)
    for name, (colour, _, x, y, side) in QUADRANTS.items():
        drawing.label(figure, x, y, f"<b>{name}</b>", colour, 13, xanchor=side, yanchor="middle")
    for (level, enjoyment), part in rows.groupby(["level", "enjoyment"]):
        _draw_place(figure, int(level), int(enjoyment), part)
    figure.update_xaxes(title="level", tickvals=list(range(6)), range=[-0.6, 5.6], showgrid=False)
    ticks = ["1 drains", "2", "3", "4", "5 energy"]
    figure.update_yaxes(title="enjoyment", tickvals=[1, 2, 3, 4, 5], ticktext=ticks, range=[0.2, 5.8], showgrid=False)
    return figure


def _draw_place(figure: go.Figure, level: int, enjoyment: int, part: pd.DataFrame) -> None:
    colour, symbol, *_ = QUADRANTS[part["quadrant"].iloc[0]]
    skills = "<br>".join(look.text(name) for name in part["name"])
    drawing.mark(figure, level, enjoyment + 0.28, colour, 10, f"level {level}, enjoyment {enjoyment}:<br>{skills}", symbol)
    shown = [look.text(look.short(name, LETTERS, whole_words=False)) for name in part["name"]]
    if len(shown) > MOST_NAMES:
        shown = [*shown[: MOST_NAMES - 1], f"and {len(shown) - MOST_NAMES + 1} more"]
    drawing.label(figure, level, enjoyment + 0.22, "<br>".join(shown), look.INK, 11.5, yanchor="top")


def changes(tables: Tables, on: dt.date, settings: Settings, since: dt.date | None = None) -> go.Figure:
    """Return your levels on two days, skill by skill; without a first day, the one a year before."""
    first = since or on - dt.timedelta(days=measures.YEAR)
    title = f"What has changed from {look.day(first)} to {look.day(on)}?"
    rows = measures.changes(tables, on, first)
    both = rows[rows["change"].notna()]
    if both.empty:
        return look.empty_figure(title, "Skills appear here once each is rated twice, once by either day.")
    moved = both[both["change"] != 0].iloc[::-1]
    shown = pd.concat([both[both["change"] == 0].iloc[::-1], moved]).tail(2 * MOST_ROWS)
    description = "; ".join(f"{row['name']}: {row['was']} then, {row['level']} now" for _, row in shown.iloc[::-1].iterrows())
    figure = look.figure(title, description, height=120 + 28 * len(shown))
    for place, (_, row) in enumerate(shown.iterrows()):
        _draw_change(figure, place, row)
    _skill_rows(figure, shown["name"])
    _level_axis(figure, 6.2)
    return figure


def _draw_change(figure: go.Figure, place: int, row: pd.Series) -> None:
    change = int(row["change"])
    colour, symbol = (look.TEAL, "triangle-right") if change > 0 else (look.AMBER, "triangle-left") if change < 0 else (look.GREY, "circle")
    marker = {"color": ["#c5ccd3", colour], "symbol": ["circle", symbol], "size": [9, 13]}
    then, now = f"{row['was']} on {look.day(row['was_on'])}", f"{row['level']} on {look.day(row['rated_on'])}"
    drawing.way(figure, place, row["was"], row["level"], marker, f"{look.text(row['name'])}: {then}, {now}")
    words = f"up {change}" if change > 0 else f"down {-change}" if change < 0 else "same"
    furthest = max(float(row["was"]), float(row["level"]))
    drawing.label(figure, furthest, place, words, colour if change else look.MUTED, right=14)


def evidence(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the skills whose latest own rating has no example."""
    rows = measures.evidence(tables, on)
    bare = rows[rows["latest"]]
    if bare.empty:
        rated = len(snapshot.own_ratings(tables, on))
        words = (
            "Each of your latest ratings has an example."
            if rated
            else "Once you have rated a skill, what still lacks an example is listed here."
        )
        return look.paragraph(words, "note")
    cells = [(look.strong(row["name"]), f"level {row['level']}", look.day(row["rated_on"])) for _, row in bare.head(MOST_ROWS).iterrows()]
    table = look.table(("Skill", "Your rating", "On"), cells, "Ratings without an example")
    return look.joined([table, look.more(len(bare) - MOST_ROWS, "more skill")])


def strengths(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the strengths that no goal and no win has used for half a year."""
    rows = measures.strengths(tables, on)
    if rows.empty:
        strong = (measures.quadrants(tables, on)["quadrant"] == "signature").any()
        used = "Each of your strengths is in a goal or a win of the past half year."
        return look.paragraph(used if strong else "A strength that no goal and no win uses is listed here.", "note")
    cells = [
        (look.strong(row["name"]), STRENGTHS[row["kind"]], look.dots(row["level"]), look.dots(row["enjoyment"]))
        for _, row in rows.head(MOST_ROWS).iterrows()
    ]
    lead = look.paragraph("Strengths that no goal and no win has used for half a year. Where could they help you next?", "note")
    table = look.table(("Strength", "Why", "Level", "Enjoyment"), cells, "Unused strengths")
    return look.joined([lead, table, look.more(len(rows) - MOST_ROWS, "more strength")])


def who_could_help(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return for each of the largest gaps the people who are strong in it, and which conversation is planned."""
    key, _ = aim(tables, on)
    rows = measures.who_could_help(tables, on, key or None)
    if rows.empty:
        words = "Once a skill is below the level you want, the people you know who are good at it are listed here."
        return look.invitation("No gap to ask about yet.", words)
    cells = [
        (look.strong(name), look.count(int(part.iloc[0]["gap"]), "level"), _people(part[part["contact_id"] != ""]), _planned(part))
        for name, part in rows.groupby("name", sort=False)
    ]
    return look.table(("Skill", "To go", "Strong in it", "Planned"), cells, "People you could ask")


def _people(people: pd.DataFrame) -> look.Html:
    if people.empty:
        return look.muted("nobody noted yet: who comes to mind?")
    more = f" and {len(people) - MOST_NAMES} more" if len(people) > MOST_NAMES else ""
    return look.joined([look.text(", ".join(people["contact"].head(MOST_NAMES))), look.muted(more)])


def _planned(people: pd.DataFrame) -> look.Html:
    planned = people[people["planned_on"].notna()].sort_values("planned_on", kind="stable")
    if planned.empty:
        return look.muted("nothing yet")
    return look.Html(f"{look.text(planned.iloc[0]['contact'])}, {look.day(planned.iloc[0]['planned_on'])}")


def say_versus_do(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return hours logged on each skill that matters to you, or takes your time, in the past half year."""
    title = "Does your study time go to what matters?"
    rows = measures.say_versus_do(tables, on)
    shown = rows[(rows["importance"] >= 4) | (rows["hours"] > 0)].iloc[::-1].tail(2 * MOST_ROWS)
    if shown.empty or not float(shown["hours"].sum()):
        return look.empty_figure(title, "Log hours with a course, book or project that builds a skill, and they are compared here.")
    spent = [look.study_time(hours) for hours in shown["hours"]]
    skills = [
        f"{name}: matters {_of_five(weight)}, {time}" for name, weight, time in zip(shown["name"], shown["importance"], spent, strict=True)
    ]
    figure = look.figure(title, "; ".join(reversed(skills)), height=130 + 28 * len(shown))
    colours = [look.AMBER if finding else look.TEAL for finding in shown["finding"]]
    words = [f"▲ {time}" if finding else time for finding, time in zip(shown["finding"], spent, strict=True)]
    drawing.bars(figure, shown["hours"].astype(float), words, colours, room=1.35, width=0.55, textfont={"color": colours})
    labels = [f"{look.short(row['name'], 24, whole_words=False)}  {_filled(row['importance'])}" for _, row in shown.iterrows()]
    drawing.name_rows(figure, labels, above=1.1)
    legend = "hours in the past half year; ● how much it matters"
    drawing.label(figure, 0, len(shown) - 0.2, legend, xref="paper", xanchor="left")
    return figure


def _of_five(importance: Any) -> str:
    return "not said" if is_blank(importance) else f"{importance} of 5"


def _filled(importance: Any) -> str:
    return "" if is_blank(importance) else "●" * int(importance) + "○" * (5 - int(importance))


def credentials(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return certificates and courses: how far they are, when they expire, and when to begin to renew them."""
    rows = learning.credentials(tables, on)
    if rows.empty:
        return look.invitation("No certificate or course noted.", "Note one that you have, or one that would help you, in the form above.")
    proven, skills = names(tables["credentials"], "skill_id"), names(tables["skills"])
    cells = [
        (
            look.strong(row["name"]),
            skills.get(proven[row["credential_id"]], ""),
            row["status"],
            look.day(row["expires_on"]),
            _renewal(row),
        )
        for _, row in rows.iterrows()
    ]
    return look.table(("Name", "Skill it shows", "Status", "Expires", "Renewal"), cells, "Certificates and courses")


def _renewal(row: pd.Series) -> look.Html:
    if row["status"] == "expired":
        return look.muted("renew it, or leave it")
    if row["status"] == "to renew":
        return look.strong("begin now")
    return look.muted(f"begin by {look.day(row['renew_from'])}" if row["status"] == "valid" and not is_blank(row["renew_from"]) else "")
