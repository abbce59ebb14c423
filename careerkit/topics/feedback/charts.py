"""What the feedback measures look like."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from careerkit import look
from careerkit.look import drawing
from careerkit.records import is_blank
from careerkit.records.settings import Settings
from careerkit.topics.feedback import measures
from careerkit.topics.feedback.loop import about, next_step, still_open
from careerkit.topics.rater_comparison import DIFFERENTLY, HIDDEN_STRENGTH
from careerkit.topics.tables import Row, Tables

if TYPE_CHECKING:
    import plotly.graph_objects as go

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
OUTCOMES = {
    "closed": ("✓", "closed", "achieved"),
    "still seen differently": ("▲", "still seen differently", "behind"),
    "not rated again yet": ("○", "not rated again yet", ""),
}
MOST_SKILLS = 10
MARKS = {"others": ("diamond", look.BLUE), "manager": ("square", look.TEAL), "coach": ("triangle-up", look.TEAL)}


def loop(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return what is open: who was asked or told you something, how far it is, and what is next."""
    rows = still_open(tables["feedback"], tables["contacts"], on)
    rows = rows[(rows["stage"] != "expired") | (pd.Timestamp(on) - rows["since"] <= SHOWN_EXPIRED)]
    if rows.empty:
        return look.invitation("Nothing is open.", "Ask one person one question above. It stays here until it is answered and used.")
    cells = [
        (
            look.joined([look.strong(row["giver"] or "Someone"), "<br>", look.muted(about(row))]),
            stage_chip(row),
            look.day(row["since"]),
            next_step(row, row["giver"], on),
        )
        for _, row in rows.iterrows()
    ]
    return look.table(("From", "Status", "Since", "Next"), cells, "Open feedback")


def stage_chip(row: pd.Series) -> look.Html:
    """Return a stage as symbol, word and colour."""
    nothing_to_do = row["stage"] == "decided" and row["decision"] in ("keep doing", "not now")
    return _chip(*CHIPS["acted" if nothing_to_do else row["stage"]])


def _chip(symbol: str, word: str, colour: str) -> look.Html:
    return look.Html(f'<span class="ck-chip{" ck-" + colour if colour else ""}">{symbol} {word}</span>')


def closure(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return how much of your feedback reached each stage, and how long it took."""
    title = "How far does your feedback get?"
    rows = measures.closure(tables, on)
    total = int(rows["count"].iloc[0])
    if not total:
        return look.empty_figure(title, "The first question that you ask is counted here.")
    stages = [(WORDS[row["stage"]], int(row["count"]), _stage_summary(row, total)) for _, row in rows.iterrows()]
    figure = look.figure(title, "; ".join(f"{stage}: {words}" for stage, _, words in stages), height=320)
    colours = [look.GREY, *[look.TEAL] * 4, look.BLUE]
    bars = {"orientation": "h", "width": 0.55, "marker": {"color": colours}, "hoverinfo": "skip"}
    figure.add_bar(x=rows["count"].astype(int), y=[stage for stage, *_ in stages], **bars)
    for stage, count, words in stages:
        drawing.label(figure, count, stage, words, right=8)
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"size": 13, "color": look.INK})
    figure.update_xaxes(visible=False, range=[0, total * 1.5])
    return figure


def _stage_summary(row: pd.Series, total: int) -> str:
    count = int(row["count"])
    if row["stage"] == "requested":
        return f"<b>{count}</b>"
    took = "" if is_blank(row["median_days"]) else f" · half of them within {look.count(int(float(row['median_days']) + 0.5), 'day')}"
    return f"<b>{count}</b> of {total}{took}"


def blind_spots(tables: Tables, on: dt.date, settings: Settings) -> go.Figure:
    """Return your own level of each skill beside the levels that others gave it."""
    title = "Where do others see you differently?"
    rows = measures.blind_spots(tables, on).dropna(subset=["self_level"])
    if rows.empty:
        return look.empty_figure(title, "Rate a skill yourself, and note how a manager, a coach, or three others or more see it.")
    order = rows.assign(far=rows["difference"].abs()).sort_values(["far", "name"], ascending=[False, True], kind="stable")
    skills = list(dict.fromkeys(order["skill_id"]))[:MOST_SKILLS]
    description = "; ".join(skill_summary(rows[rows["skill_id"] == skill]) for skill in skills)
    figure = look.figure(title, description, height=130 + 62 * len(skills))
    for place, skill in enumerate(reversed(skills)):
        _draw_skill(figure, rows[rows["skill_id"] == skill], place)
    names = dict(zip(rows["skill_id"], rows["name"], strict=True))
    drawing.name_rows(figure, [names[skill] for skill in reversed(skills)], above=0.75, tickfont={"size": 13, "color": look.INK})
    levels = ["0<br>not yet", "1", "2", "3", "4", "5<br>others learn<br>it from you"]
    figure.update_xaxes(range=[-0.2, 7.4], tickvals=list(range(6)), ticktext=levels)
    return figure


def _draw_skill(figure: go.Figure, rows: pd.DataFrame, place: int) -> None:
    mine = float(rows["self_level"].iloc[0])
    levels = [mine, *rows["others_level"].astype(float)]
    drawing.span(figure, place, min(levels), max(levels), look.GREY, 3)
    words: dict[float, list[str]] = {mine: ["you"]}
    for _, row in rows.iterrows():
        symbol, colour = MARKS[row["source"]]
        level, rater = float(row["others_level"]), rater_name(row)
        words.setdefault(level, []).append(rater)
        drawing.mark(figure, level, place, colour, 12, f"{look.text(rater)}: {level:.1f}", symbol)
    drawing.mark(figure, mine, place, look.INK, 13, f"you: {mine:.0f}", "circle")
    for side, (level, raters) in enumerate(sorted(words.items())):
        # Marks that are close together are named above and below the line in turn.
        below = side % 2 == 1 and any(0 < abs(level - other) < 0.9 for other in words)
        colour = look.INK if "you" in raters else look.MUTED
        drawing.label(figure, level, place, look.text(", ".join(raters)), colour, yshift=-17 if below else 17)
    symbol, word, colour = _finding(rows)
    if word:
        drawing.label(figure, 5.35, place, f"<b>{symbol} {word}</b>", colour, 12.5, xanchor="left")


def _finding(rows: pd.DataFrame) -> tuple[str, str, str]:
    findings = set(rows["finding"])
    if DIFFERENTLY in findings:
        return "▲", DIFFERENTLY, look.AMBER
    return ("●", HIDDEN_STRENGTH, look.TEAL) if HIDDEN_STRENGTH in findings else ("", "", "")


def rater_name(row: pd.Series | Row) -> str:
    """Return who rates a skill so: a manager or coach by name, the others by their number alone."""
    if row["source"] == "others":
        return "others together" if "raters" not in row or is_blank(row["raters"]) else f"{row['raters']} others"
    return row["rater_name"] or f"your {row['source']}"


def skill_summary(rows: pd.DataFrame) -> str:
    """Return 'Delegation: you 4, 5 others 2.8, others see it differently'."""
    first = rows.iloc[0]
    views = ", ".join(f"{rater_name(row)} {float(row['others_level']):.3g}" for _, row in rows.iterrows())
    finding = _finding(rows)[1]
    return f"{first['name']}: you {look.number(first['self_level'])}, {views}{', ' + finding if finding else ''}"


def spot_goals(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return the goals that answer a blind spot, what the next rating said, and the spots that have no goal."""
    rows = measures.spot_goals(tables, on)
    open_spots = _without(measures.blind_spots(tables, on), rows)
    if rows.empty and not open_spots:
        words = "When others see a skill differently from you, it is listed here with the goal you make of it."
        return look.invitation("No blind spot is known.", words)
    parts: list[look.Html] = []
    if len(rows):
        cells = [_spot_cells(group) for _, group in rows.groupby(["skill_id", "goal_id"], sort=False)]
        parts.append(look.table(("Blind spot and goal", "Who put it lower", "The next rating"), cells, "Blind spots and goals"))
    if open_spots:
        parts.append(look.paragraph(f"No goal yet: {look.listed(open_spots)}. One is enough to begin with.", "note"))
    return look.joined(parts)


def _spot_cells(group: pd.DataFrame) -> tuple[look.Html, ...]:
    rows = group.sort_values("source", ascending=False, kind="stable").to_dict("records")
    who = [look.text(f"{rater_name(row)}, {_lower(float(row['difference']))}") for row in rows]
    outcomes = dict.fromkeys(str(_chip(*OUTCOMES[row["outcome"]])) for row in rows)
    first = group.iloc[0]
    name = look.joined([look.strong(first["name"]), "<br>", look.muted(first["title"])])
    return name, look.Html("<br>".join(who)), look.Html("<br>".join(outcomes))


def _lower(difference: float) -> str:
    return "1 level lower" if difference == 1 else f"{difference:.1f} levels lower".replace(".0 ", " ")


def unanswered(tables: Tables, on: dt.date) -> list[str]:
    """Return the skills that others see differently now and that no goal answers."""
    return _without(measures.blind_spots(tables, on), measures.spot_goals(tables, on))


def _without(spots: pd.DataFrame, answers: pd.DataFrame) -> list[str]:
    lone = spots[(spots["finding"] == DIFFERENTLY) & ~spots["skill_id"].isin(answers["skill_id"])]
    return list(dict.fromkeys(lone["name"]))
