"""What the self-assessment's measures look like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.records.settings import Settings
from careerkit.topics.assessment import measures, snapshot
from careerkit.topics.assessment.role_charts import experiments, fit, roles
from careerkit.topics.assessment.targets import aim
from careerkit.topics.learning import measures as learning

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
]  # fmt: skip

Tables = Mapping[str, pd.DataFrame]
# More rows than this are a list, not a picture.
MOST_ROWS = 10
MOST_NAMES = 4
LETTERS = 19
QUADRANTS = {
    "signature": ("signature", look.TEAL, "circle", 5.55, 5.62, "right"),
    "grow": ("grow", look.BLUE, "diamond", -0.55, 5.62, "left"),
    "drains you": ("drains you", look.AMBER, "triangle-up", 5.55, 0.42, "right"),
    "hand over": ("hand over", look.MUTED, "square", -0.55, 0.42, "left"),
}


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
    told = "; ".join(f"{row['name']}: level {row['level']} of {row['target_level']} wanted" for _, row in wide.iloc[::-1].iterrows())
    figure = look.figure(title, told, height=130 + 34 * len(wide))
    for place, (_, row) in enumerate(wide.iterrows()):
        _draw_way(figure, place, row["level"], row["target_level"], look.text(row["name"]))
        weight = "" if is_blank(row["importance"]) else f", matters {row['importance']} of 5"
        said = f"{int(row['gap'])} to go{weight}"
        figure.add_annotation(
            x=float(row["target_level"]),
            y=place,
            text=said,
            showarrow=False,
            xanchor="left",
            xshift=14,
            font={"color": look.MUTED, "size": 12},
        )
    top = wide.iloc[-1]
    for x, said, colour in ((top["level"], "you now", look.TEAL), (top["target_level"], "asked for" if key else "wanted", look.AMBER)):
        figure.add_annotation(x=float(x), y=len(wide) - 1, text=said, showarrow=False, yshift=20, font={"color": colour, "size": 12})
    _name_rows(figure, list(wide["name"]), 0.9)
    _level_axis(figure, 7.2)
    return figure


def _draw_way(figure: go.Figure, place: int, start: Any, end: Any, name: str) -> None:
    hover = f"{name}: level {start}, {end} wanted<extra></extra>"
    figure.add_scatter(
        x=[float(start), float(end)], y=[place, place], mode="lines+markers", line={"color": "#d5dae0", "width": 4},
        marker={"color": [look.TEAL, look.AMBER], "symbol": ["circle", "diamond-open"], "size": 12, "opacity": 1, "line": {"width": 2, "color": [look.TEAL, look.AMBER]}}, hovertemplate=hover,
    )  # fmt: skip


def _name_rows(figure: go.Figure, names: Sequence[str], head: float = 0.6) -> None:
    figure.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=[look.text(look.short(name, 26, whole_words=False)) for name in names],
        showgrid=False,
        range=[-0.6, len(names) - 1 + head],
    )


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
        return look.empty_figure(title, "A skill with a level and an enjoyment is drawn here.")
    told = "; ".join(f"{name}: {look.listed(list(part['name']))}" for name, part in rows.groupby("quadrant", sort=False))
    figure = look.figure(title, told, height=620)
    for edge in ({"x0": 2.5, "x1": 2.5, "y0": 0.3, "y1": 5.75}, {"x0": -0.6, "x1": 5.6, "y0": 2.5, "y1": 2.5}):
        figure.add_shape(type="line", line={"color": "#cfd5db", "width": 1, "dash": "dot"}, **edge)
    for name, colour, _, x, y, side in QUADRANTS.values():
        figure.add_annotation(
            x=x, y=y, text=f"<b>{name}</b>", showarrow=False, xanchor=side, yanchor="middle", font={"color": colour, "size": 13}
        )
    for (level, enjoyment), part in rows.groupby(["level", "enjoyment"]):
        _draw_place(figure, int(level), int(enjoyment), part)
    figure.update_xaxes(title="level", tickvals=list(range(6)), range=[-0.6, 5.6], showgrid=False)
    figure.update_yaxes(
        title="enjoyment", tickvals=[1, 2, 3, 4, 5], range=[0.2, 5.8], showgrid=False, ticktext=["1 drains", "2", "3", "4", "5 energy"]
    )
    return figure


def _draw_place(figure: go.Figure, level: int, enjoyment: int, part: pd.DataFrame) -> None:
    _, colour, symbol, *_ = QUADRANTS[part["quadrant"].iloc[0]]
    names = [look.text(name) for name in part["name"]]
    figure.add_scatter(
        x=[level], y=[enjoyment + 0.28], mode="markers", marker={"color": colour, "size": 10, "symbol": symbol},
        hovertemplate=f"level {level}, enjoyment {enjoyment}:<br>{'<br>'.join(names)}<extra></extra>",
    )  # fmt: skip
    shown = [look.text(look.short(name, LETTERS, whole_words=False)) for name in part["name"]]
    if len(shown) > MOST_NAMES:
        shown = [*shown[: MOST_NAMES - 1], f"and {len(shown) - MOST_NAMES + 1} more"]
    figure.add_annotation(
        x=level, y=enjoyment + 0.22, text="<br>".join(shown), showarrow=False, yanchor="top", font={"color": look.INK, "size": 11.5}
    )


def changes(tables: Tables, on: dt.date, settings: Settings, since: dt.date | None = None) -> go.Figure:
    """Return your levels on two days, skill by skill; without a first day, the one a year before."""
    first = since or on - dt.timedelta(days=365)
    title = f"What has changed from {look.day(first)} to {look.day(on)}?"
    rows = measures.changes(tables, on, first)
    both = rows[rows["change"].notna()]
    if both.empty:
        return look.empty_figure(title, "Two ratings of a skill, one by each of the two days, are drawn here.")
    moved = both[both["change"] != 0].iloc[::-1]
    shown = pd.concat([both[both["change"] == 0].iloc[::-1], moved]).tail(2 * MOST_ROWS)
    told = "; ".join(f"{row['name']}: {row['was']} then, {row['level']} now" for _, row in shown.iloc[::-1].iterrows())
    figure = look.figure(title, told, height=120 + 28 * len(shown))
    for place, (_, row) in enumerate(shown.iterrows()):
        _draw_change(figure, place, row)
    _name_rows(figure, list(shown["name"]))
    _level_axis(figure, 6.2)
    return figure


def _draw_change(figure: go.Figure, place: int, row: pd.Series) -> None:
    change = int(row["change"])
    colour, symbol = (look.TEAL, "triangle-right") if change > 0 else (look.AMBER, "triangle-left") if change < 0 else (look.GREY, "circle")
    name = look.text(row["name"])
    figure.add_scatter(
        x=[float(row["was"]), float(row["level"])], y=[place, place], mode="lines+markers", line={"color": "#d5dae0", "width": 4},
        marker={"color": ["#c5ccd3", colour], "symbol": ["circle", symbol], "size": [9, 13], "opacity": 1},
        hovertemplate=f"{name}: {row['was']} on {look.day(row['was_on'])}, {row['level']} on {look.day(row['rated_on'])}<extra></extra>",
    )  # fmt: skip
    words = f"up {change}" if change > 0 else f"down {-change}" if change < 0 else "same"
    right = max(float(row["was"]), float(row["level"]))
    figure.add_annotation(
        x=right,
        y=place,
        text=words,
        showarrow=False,
        xanchor="left",
        xshift=14,
        font={"color": colour if change else look.MUTED, "size": 12},
    )


def evidence(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the skills whose latest own rating says nothing of what shows it."""
    rows = measures.evidence(tables, on)
    bare = rows[rows["latest"]]
    if bare.empty:
        own = len(snapshot.own_ratings(tables, on))
        said = (
            "Each of your latest ratings says what shows it."
            if own
            else "Once you have rated a skill, you see here what still lacks an example."
        )
        return look.paragraph(said, "note")
    cells = [(look.strong(row["name"]), f"level {row['level']}", look.day(row["rated_on"])) for _, row in bare.head(MOST_ROWS).iterrows()]
    return look.joined([look.table(("Skill", "Your rating", "On"), cells, "Ratings without an example"), _more(bare, "skill")])


def _more(rows: pd.DataFrame, noun: str) -> look.Html:
    """Return how many rows a table left out."""
    left = len(rows) - MOST_ROWS
    return look.paragraph(f"And {look.count(left, f'more {noun}')}.", "note") if left > 0 else look.Html("")


def strengths(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the strengths that no goal and no win has used for half a year."""
    rows = measures.strengths(tables, on)
    if rows.empty:
        strong = (measures.quadrants(tables, on)["quadrant"] == "signature").any()
        said = (
            "Each of your strengths is in a goal or a win of the past half year."
            if strong
            else "A strength that no goal and no win uses will be named here."
        )
        return look.paragraph(said, "note")
    words = {"signature": "good at it, and glad to do it", "hidden strength": "others rate you higher than you do"}
    cells = [
        (look.strong(row["name"]), words[row["kind"]], look.dots(row["level"]), look.dots(row["enjoyment"]))
        for _, row in rows.head(MOST_ROWS).iterrows()
    ]
    lead = look.paragraph("Strengths that no goal and no win has used for half a year. Where could they help you next?", "note")
    return look.joined(
        [lead, look.table(("Strength", "Why", "Level", "Enjoyment"), cells, "Strengths that lie idle"), _more(rows, "strength")]
    )


def who_could_help(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return for each of the largest gaps the people who are strong in it, and which talk is planned."""
    key, _ = aim(tables, on)
    rows = measures.who_could_help(tables, on, key or None)
    if rows.empty:
        return look.invitation(
            "No gap to ask about yet.", "Once a skill is below the level you want, the people you know who are good at it stand here."
        )
    cells = []
    for name, part in rows.groupby("name", sort=False):
        people = part[part["contact_id"] != ""]
        first = part.iloc[0]
        cells.append((look.strong(name), look.count(int(first["gap"]), "level"), _people(people), _talk(people)))
    return look.table(("Skill", "To go", "Strong in it", "Planned"), cells, "Whom you could ask")


def _people(people: pd.DataFrame) -> look.Html:
    if people.empty:
        return look.muted("nobody noted yet: who comes to mind?")
    more = f" and {len(people) - MOST_NAMES} more" if len(people) > MOST_NAMES else ""
    return look.Html(look.text(", ".join(people["contact"].head(MOST_NAMES))) + str(look.muted(more)))


def _talk(people: pd.DataFrame) -> look.Html:
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
        return look.empty_figure(title, "Hours that you log with a course, a book or a project, and the skill it builds, stand here.")
    told = "; ".join(
        f"{row['name']}: matters {_of_five(row['importance'])}, {look.study_time(row['hours'])}" for _, row in shown.iloc[::-1].iterrows()
    )
    figure = look.figure(title, told, height=130 + 28 * len(shown))
    places = list(range(len(shown)))
    colours = [look.AMBER if finding else look.TEAL for finding in shown["finding"]]
    said = [f"{'▲ ' if row['finding'] else ''}{look.study_time(row['hours'])}" for _, row in shown.iterrows()]
    figure.add_bar(
        y=places, x=shown["hours"].astype(float), orientation="h", marker_color=colours, text=said, textposition="outside", cliponaxis=False,
        textfont={"color": colours}, hoverinfo="skip", width=0.55,
    )  # fmt: skip
    labels = [f"{look.text(look.short(row['name'], 24, whole_words=False))}  {_filled(row['importance'])}" for _, row in shown.iterrows()]
    figure.update_yaxes(tickvals=places, ticktext=labels, showgrid=False, range=[-0.6, len(shown) + 0.1])
    figure.add_annotation(
        xref="paper", x=0, y=len(shown) - 0.2, text="hours in the past half year; ● how much it matters", showarrow=False, xanchor="left",
        font={"size": 12, "color": look.MUTED},
    )  # fmt: skip
    figure.update_xaxes(showticklabels=False, showgrid=False, range=[0, float(shown["hours"].max()) * 1.35])
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
    shows = dict(zip(tables["credentials"]["id"], tables["credentials"]["skill_id"], strict=True))
    skills = tables["skills"].set_index("id")["name"]
    cells = [
        (look.strong(row["name"]), skills.get(shows[row["credential_id"]], ""), row["status"], look.day(row["expires_on"]), _renewal(row))
        for _, row in rows.iterrows()
    ]
    return look.table(("Name", "Skill it shows", "Status", "Expires", "Renewal"), cells, "Certificates and courses")


def _renewal(row: pd.Series) -> look.Html:
    if row["status"] == "expired":
        return look.muted("renew it, or let it rest")
    if row["status"] == "to renew":
        return look.strong("begin now")
    return look.muted(f"begin by {look.day(row['renew_from'])}" if row["status"] == "valid" and not is_blank(row["renew_from"]) else "")
