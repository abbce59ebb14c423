"""What the feedback measures look like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.records.settings import Settings
from careerkit.topics.feedback import measures
from careerkit.topics.feedback.loop import about, next_step, still_open
from careerkit.topics.rater_comparison import DIFFERENTLY, HIDDEN_STRENGTH

if TYPE_CHECKING:
    import plotly.graph_objects as go

Tables = Mapping[str, pd.DataFrame]
# Stage -> symbol, word and the colour of a status.
CHIPS = {
    "requested": ("○", "waiting", ""),
    "expired": ("○", "no answer", ""),
    "declined": ("○", "declined", ""),
    "received": ("▲", "to think over", "behind"),
    "reflected": ("▲", "to decide", "behind"),
    "decided": ("●", "to do", "on-track"),
    "acted": ("▲", "to tell them", "behind"),
    "followed up": ("✓", "closed", "achieved"),
}
# A request without an answer is shown a while longer, in case one would like to ask someone else.
SHOWN_EXPIRED = pd.Timedelta(days=60)
WORDS = {
    "requested": "asked, or came unasked",
    "received": "received",
    "reflected": "thought over",
    "decided": "decided",
    "acted": "acted on",
    "followed up": "giver told",
}
MOST_SKILLS = 10
MARKS = {"others": ("diamond", look.BLUE), "manager": ("square", look.TEAL), "coach": ("triangle-up", look.TEAL)}


def loop(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return what is open: whom you asked or who told you something, where it stands, and what is next."""
    rows = still_open(tables["feedback"], tables["contacts"], on)
    rows = rows[(rows["stage"] != "expired") | (pd.Timestamp(on) - rows["since"] <= SHOWN_EXPIRED)]
    if rows.empty:
        return look.invitation("Nothing is open.", "Ask one person one question above. Until it is answered and used, it stands here.")
    cells = [
        (
            look.joined([look.strong(row["giver"] or "Someone"), look.Html("<br>"), look.muted(about(row))]),
            stage_chip(row),
            look.day(row["since"]),
            next_step(row, row["giver"], on),
        )
        for _, row in rows.iterrows()
    ]
    return look.table(("From", "Where it stands", "Since", "Next"), cells, "Open feedback")


def stage_chip(row: pd.Series) -> look.Html:
    """Return a stage as symbol, word and colour."""
    untold = row["stage"] == "decided" and row["decision"] in ("keep doing", "not now")
    symbol, word, colour = CHIPS["acted" if untold else row["stage"]]
    return look.Html(f'<span class="ck-chip{" ck-" + colour if colour else ""}">{symbol} {word}</span>')


def closure(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return how much of your feedback came how far, and how long it took."""
    title = "How far does your feedback get?"
    rows = measures.closure(tables, on)
    whole = int(rows["count"].iloc[0])
    if not whole:
        return look.empty_figure(title, "The first question that you ask is counted here.")
    said = [_course_said(row, whole) for _, row in rows.iterrows()]
    told = "; ".join(f"{WORDS[row['stage']]}: {words}" for (_, row), words in zip(rows.iterrows(), said, strict=True))
    figure = look.figure(title, told, height=320)
    figure.add_bar(
        x=rows["count"].astype(int), y=[WORDS[stage] for stage in rows["stage"]], orientation="h", width=0.55,
        marker={"color": [look.GREY, *[look.TEAL] * 4, look.BLUE]}, hoverinfo="skip",
    )  # fmt: skip
    for (_, row), words in zip(rows.iterrows(), said, strict=True):
        figure.add_annotation(
            x=int(row["count"]), y=WORDS[row["stage"]], text=words, showarrow=False, xanchor="left", xshift=8,
            font={"size": 12, "color": look.MUTED},
        )  # fmt: skip
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"size": 13, "color": look.INK})
    figure.update_xaxes(visible=False, range=[0, whole * 1.5])
    return figure


def _course_said(row: pd.Series, whole: int) -> str:
    count = int(row["count"])
    if row["stage"] == "requested":
        return f"<b>{count}</b>"
    took = "" if is_blank(row["median_days"]) else f" · half of them within {look.count(int(float(row['median_days']) + 0.5), 'day')}"
    return f"<b>{count}</b> of {whole}{took}"


def blind_spots(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return your own level of each skill beside the levels that others gave it."""
    title = "Where do others see you differently?"
    rows = measures.blind_spots(tables, on).dropna(subset=["self_level"])
    if rows.empty:
        return look.empty_figure(title, "Rate a skill yourself, and note how a manager, a coach, or three others or more see it.")
    order = rows.assign(far=rows["difference"].abs()).sort_values(["far", "name"], ascending=[False, True], kind="stable")
    skills = list(dict.fromkeys(order["skill_id"]))[:MOST_SKILLS]
    told = "; ".join(skill_said(rows[rows["skill_id"] == skill]) for skill in skills)
    figure = look.figure(title, told, height=130 + 62 * len(skills))
    for place, skill in enumerate(reversed(skills)):
        _draw_skill(figure, rows[rows["skill_id"] == skill], place)
    names = rows.drop_duplicates("skill_id").set_index("skill_id")["name"]
    figure.update_yaxes(
        tickvals=list(range(len(skills))), ticktext=[look.text(names[skill]) for skill in reversed(skills)],
        showgrid=False, range=[-0.6, len(skills) - 0.25], tickfont={"size": 13, "color": look.INK},
    )  # fmt: skip
    figure.update_xaxes(
        range=[-0.2, 7.4], tickvals=[0, 1, 2, 3, 4, 5], ticktext=["0<br>not yet", "1", "2", "3", "4", "5<br>others learn<br>it from you"]
    )
    return figure


def _draw_skill(figure: go.Figure, rows: pd.DataFrame, place: int) -> None:
    mine = float(rows["self_level"].iloc[0])
    levels = [mine, *rows["others_level"].astype(float)]
    figure.add_scatter(
        x=[min(levels), max(levels)], y=[place, place], mode="lines", line={"color": look.GREY, "width": 3}, hoverinfo="skip"
    )
    words: dict[float, list[str]] = {mine: ["you"]}
    for _, row in rows.iterrows():
        symbol, colour = MARKS[row["source"]]
        words.setdefault(float(row["others_level"]), []).append(who_said(row))
        figure.add_scatter(
            x=[float(row["others_level"])], y=[place], mode="markers", marker={"symbol": symbol, "size": 12, "color": colour},
            hovertemplate=f"{look.text(who_said(row))}: {float(row['others_level']):.1f}<extra></extra>",
        )  # fmt: skip
    figure.add_scatter(
        x=[mine], y=[place], mode="markers", marker={"symbol": "circle", "size": 13, "color": look.INK},
        hovertemplate=f"you: {mine:.0f}<extra></extra>",
    )  # fmt: skip
    for side, (level, said) in enumerate(sorted(words.items())):
        # Marks that lie close together are named above and below the line in turn.
        below = side % 2 == 1 and any(0 < abs(level - other) < 0.9 for other in words)
        figure.add_annotation(
            x=level, y=place, yshift=-17 if below else 17, text=look.text(", ".join(said)), showarrow=False,
            font={"size": 12, "color": look.INK if "you" in said else look.MUTED},
        )  # fmt: skip
    symbol, word, colour = _found(rows)
    if word:
        figure.add_annotation(
            x=5.35, y=place, text=f"<b>{symbol} {word}</b>", showarrow=False, xanchor="left", font={"size": 12.5, "color": colour}
        )


def _found(rows: pd.DataFrame) -> tuple[str, str, str]:
    found = set(rows["finding"])
    if DIFFERENTLY in found:
        return "▲", DIFFERENTLY, look.AMBER
    return ("●", HIDDEN_STRENGTH, look.TEAL) if HIDDEN_STRENGTH in found else ("", "", "")


def who_said(row: pd.Series) -> str:
    """Return who sees a skill so: a manager or coach by name, the others by their number alone."""
    if row["source"] == "others":
        return "others together" if "raters" not in row or is_blank(row["raters"]) else f"{row['raters']} others"
    return row["rater_name"] or f"your {row['source']}"


def skill_said(rows: pd.DataFrame) -> str:
    """Return 'Delegation: you 4, 5 others 2.8, others see it differently'."""
    first = rows.iloc[0]
    views = ", ".join(f"{who_said(row)} {float(row['others_level']):.3g}" for _, row in rows.iterrows())
    found = _found(rows)[1]
    return f"{first['name']}: you {look.number(first['self_level'])}, {views}{', ' + found if found else ''}"


def spot_goals(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the goals that answer a blind spot, what the next rating said, and the spots that have no goal."""
    rows = measures.spot_goals(tables, on)
    open_spots = _without(measures.blind_spots(tables, on), rows)
    if rows.empty and not open_spots:
        return look.invitation(
            "No blind spot is known.", "When others see a skill differently than you do, it stands here with the goal you make of it."
        )
    parts: list[look.Html] = []
    if len(rows):
        cells = [_spot_cells(group) for _, group in rows.groupby(["skill_id", "goal_id"], sort=False)]
        parts.append(look.table(("Blind spot and goal", "Who put it lower", "The next rating"), cells, "Blind spots and goals"))
    if open_spots:
        parts.append(look.paragraph(f"No goal yet: {look.listed(open_spots)}. One is enough to begin with.", "note"))
    return look.joined(parts)


def _spot_cells(group: pd.DataFrame) -> tuple[object, ...]:
    first = group.iloc[0]
    rows = [row for _, row in group.sort_values("source", ascending=False, kind="stable").iterrows()]
    who = [look.text(f"{who_said(row)}, {_lower_said(float(row['difference']))}") for row in rows]
    return (
        look.joined([look.strong(first["name"]), look.Html("<br>"), look.muted(first["title"])]),
        look.Html("<br>".join(who)),
        look.Html("<br>".join(dict.fromkeys(_outcome_said(row) for row in rows))),
    )


def _lower_said(difference: float) -> str:
    return "1 level lower" if difference == 1 else f"{difference:.1f} levels lower".replace(".0 ", " ")


def _outcome_said(row: pd.Series) -> str:
    if row["outcome"] == "closed":
        return '<span class="ck-chip ck-achieved">✓ closed</span>'
    if row["outcome"] == "still seen differently":
        return '<span class="ck-chip ck-behind">▲ still seen differently</span>'
    return '<span class="ck-chip">○ not rated again yet</span>'


def unanswered(tables: Tables, on: dt.date) -> list[str]:
    """Return the skills that others see differently now and that no goal answers."""
    return _without(measures.blind_spots(tables, on), measures.spot_goals(tables, on))


def _without(spots: pd.DataFrame, answers: pd.DataFrame) -> list[str]:
    lone = spots[(spots["finding"] == DIFFERENTLY) & ~spots["skill_id"].isin(answers["skill_id"])]
    return list(dict.fromkeys(lone["name"]))
