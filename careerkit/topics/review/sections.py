"""The sections of a review page: the measures at both ends of a period, in words, tables and small drawings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.record import Date, is_blank, split_list
from careerkit.settings import Settings
from careerkit.topics import RECORDS
from careerkit.topics.goals import charts as goal_charts
from careerkit.topics.goals import measures as goals
from careerkit.topics.goals.records import Goal
from careerkit.topics.habits import measures as habits
from careerkit.topics.networking import charts as network_charts
from careerkit.topics.networking import measures as networking
from careerkit.topics.networking.records import Contact
from careerkit.topics.review.periods import Period, containing

SPARK_QUARTERS = 8
KICKERS = {
    "week": "Weekly review", "month": "Monthly review", "quarter": "Quarterly review", "fiscal quarter": "Quarterly review",
    "year": "Yearly review", "days": "Review",
}  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """What every section looks at.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What the audience may see.
    on, before : date
        The period's last day or today, and the day before its first.
    """

    tables: Mapping[str, pd.DataFrame]
    settings: Settings
    period: Period
    on: dt.date
    before: dt.date
    running: bool

    def within(self, table: str, column: str) -> pd.DataFrame:
        """Return the rows whose day lies in the period."""
        frame = self.tables[table]
        return frame[(frame[column] > pd.Timestamp(self.before)) & (frame[column] <= pd.Timestamp(self.on))]


def header(scene: Scene) -> look.Html:
    """Return the title: which period, whose, compared with which."""
    kicker = KICKERS[scene.period.kind]
    parts = [part for part in (scene.settings.owner, _position(scene), scene.period.days()) if part]
    parts.append(f"compared with {scene.period.previous().label[0].lower()}{scene.period.previous().label[1:]}")
    running = (
        look.paragraph(f"This period is still running. What you see is as of {look.long_day(scene.on)}.", "note") if scene.running else ""
    )
    still = (
        look.paragraph(f"An example with an invented person, as of {look.long_day(scene.settings.today)}.", "note")
        if scene.settings.today
        else ""
    )
    return look.Html(
        f'<header><div class="ck-kicker">{kicker}</div><h1>{look.text(scene.period.label)}</h1>'
        f'<p class="ck-sub">{look.text(" · ".join(parts))}</p>{running}{still}</header>'
    )


def _position(scene: Scene) -> str:
    held = scene.tables["positions"]
    now = held[(held["started_on"] <= pd.Timestamp(scene.on)) & ~(held["ended_on"] <= pd.Timestamp(scene.on))]
    if now.empty:
        return ""
    latest = now.sort_values("started_on").iloc[-1]
    aim = f", aiming at {latest['target_role']}" if latest["target_role"] else ""
    return f"{latest['title']}{aim}"


def lead(scene: Scene) -> look.Html:
    """Return up to three computed sentences; a gain comes first when the records bear one out."""
    gains = [*_finished(scene), *_wins_said(scene), *_habit_gain(scene)]
    said = [*gains[:1], *_pace_said(scene), *_people_said(scene), *_waiting_said(scene)][:3]
    if not said:
        said = ["Nothing was written down in this period yet. One goal, or one conversation, is enough to begin with."]
    return look.Html(f'<section class="ck-lead" aria-label="In short">{"".join(f"<p>{_marked(one)}</p>" for one in said)}</section>')


def _marked(sentence: str) -> str:
    """Return a sentence with the part between two bars highlighted."""
    before, bar, rest = sentence.partition("|")
    inside, _, after = rest.partition("|")
    return f"{look.text(before)}<b>{look.text(inside)}</b>{look.text(after)}" if bar else look.text(sentence)


def _plain(text: Any) -> str:
    # The bar marks what is highlighted, so one that a person typed gives way to its look-alike.
    return str(text).replace("|", "¦")


def finished(scene: Scene) -> pd.DataFrame:
    """Return the goals that were done, with the day they were closed in the period."""
    closed = scene.within("goals", "closed_on")
    return closed[closed["status"] == "done"]


def _finished(scene: Scene) -> list[str]:
    done = [_plain(title) for title in finished(scene)["title"]]
    if not done:
        return []
    more = f", and {len(done) - 1} more" if len(done) > 1 else ""
    return [f"You finished |{done[0]}|{more}."]


def _wins_said(scene: Scene) -> list[str]:
    wins = scene.within("achievements", "achieved_on")
    return [f"You noted |{look.count(len(wins), 'win')}|."] if len(wins) else []


def _habit_gain(scene: Scene) -> list[str]:
    now, then = (habits.index(scene.tables, day, scene.settings).set_index("habit")["score"] for day in (scene.on, scene.before))
    gained = (now - then).dropna()
    if gained.empty or gained.max() < 1:
        return []
    habit = str(gained.idxmax())
    return [f"Your {habit} habit rose |from {round(then[habit])} to {round(now[habit])}|."]


def _active(scene: Scene, on: dt.date) -> pd.DataFrame:
    pace = goals.pace(scene.tables, on)
    return pace[(pace["goal_status"] == "active") & (pace["status"] != "not started")]


def _pace_said(scene: Scene) -> list[str]:
    active, earlier = _active(scene, scene.on), _active(scene, scene.before)
    if active.empty:
        return []
    on_pace, was = _on_pace(active), _on_pace(earlier)
    compared = f"; when the period began it was {was} of {len(earlier)}" if len(earlier) else ""
    verb = "keeps" if on_pace == 1 else "keep"
    return [f"|{on_pace} of {look.count(len(active), 'active goal')}| {verb} pace with the calendar{compared}."]


def _on_pace(pace: pd.DataFrame) -> int:
    return int(pace["status"].isin(("on track", "achieved")).sum())


def _people_said(scene: Scene) -> list[str]:
    spoken = networking.spoken(scene.tables, scene.on)
    inside = spoken[spoken["happened_on"] > pd.Timestamp(scene.before)]
    people = inside["contact_id"].nunique()
    if not people:
        return []
    earlier = set(spoken[spoken["happened_on"] <= pd.Timestamp(scene.before)]["contact_id"])
    first = len(set(inside["contact_id"]) - earlier)
    new = f", {first} of them for the first time" if first else ""
    return [f"You spoke to |{look.count(people, 'person', 'people')}|{new}."]


def _waiting_said(scene: Scene) -> list[str]:
    late = _late(scene)
    if late.empty:
        return []
    waits = "is waiting" if len(late) == 1 else "are waiting"
    return [f"|{look.count(len(late), 'person', 'people')}| {waits} to hear from you."]


def _late(scene: Scene) -> pd.DataFrame:
    due = networking.due(scene.tables, scene.on, scene.settings)
    return due[due["days_overdue"] > 0]


IMPACT = ("beyond", "organisation", "team or class", "myself", "")


def wins(scene: Scene) -> look.Html:
    """Return the wins of the period, those with the widest impact first."""
    rows = scene.within("achievements", "achieved_on")
    if rows.empty:
        return quiet("Wins", "No win was noted in this period.")
    order = rows["impact"].map(IMPACT.index)
    ranked = rows.assign(order=order).sort_values(["order", "achieved_on"], kind="stable")
    return section("Wins", "".join(_win(row, scene) for _, row in ranked.iterrows()))


def _win(row: pd.Series, scene: Scene) -> str:
    skills = scene.tables["skills"].set_index("id")["name"]
    used = ", ".join(skills[key] for key in split_list(row["skill_ids"]) if key in skills.index)
    evidence = "evidence linked" if row["link"] else ""
    facts = " · ".join(part for part in (row["impact"].capitalize(), look.day(row["achieved_on"]), used, evidence) if part)
    told = " ".join(part for part in (row["action"], row["result"]) if part)
    return f'<div class="ck-win">{look.strong(row["title"])}<br>{look.text(told)}{"<br>" if told else ""}<small>{look.text(facts)}</small></div>'


def goals_table(scene: Scene) -> look.Html:
    """Return the table Goal | Action steps | Deadline | Progress | Status | Confidence | Likely done."""
    pace = goals.pace(scene.tables, scene.on)
    plan = scene.tables["goals"].set_index("id")[["deadline", "closed_on", "started_on"]]
    known = pace.join(plan, on="goal_id")
    closed = known["closed_on"].notna() & (known["closed_on"] <= pd.Timestamp(scene.on))
    shown = known[~closed | (known["closed_on"] > pd.Timestamp(scene.before))].sort_values("deadline", na_position="last", kind="stable")
    if shown.empty:
        return quiet("Goals", "There was no goal in this period.")
    heads = ("Goal", "Action steps", "Deadline", "Progress", "Status", "Confidence", "Likely done")
    rows = [_goal_row(row, scene) for _, row in shown.iterrows()]
    return section(
        "Goals", f"{_say('The bar is what is done, the tick is how much of the time has gone.')}{_wide(look.table(heads, rows, 'Goals'))}"
    )


def _goal_row(row: pd.Series, scene: Scene) -> tuple[Any, ...]:
    closed = not is_blank(row["closed_on"]) and row["closed_on"] <= pd.Timestamp(scene.on)
    state = look.chip(row["status"]) if row["goal_status"] in ("active", "done") else look.muted(row["goal_status"])
    return (
        look.strong(row["title"]),
        look.muted(goal_charts.steps_said(row["goal_id"], scene.tables, scene.on)),
        look.Html(f'<span class="ck-nowrap">{look.day(row["deadline"])}</span>'),
        look.bar(row["progress"], row["elapsed"], row["status"]),
        state,
        look.dots(row["confidence"]),
        look.muted(_likely(row, closed)),
    )


def _likely(row: pd.Series, closed: bool) -> str:
    if closed:
        return f"{row['goal_status']} {look.day(row['closed_on'])}"
    if row["status"] == "achieved" or is_blank(row["forecast_on"]):
        return "–"
    if not is_blank(row["deadline"]) and row["forecast_on"] > row["deadline"]:
        return "after the deadline, at the pace so far"
    if is_blank(row["forecast_low"]) or is_blank(row["forecast_high"]):
        return look.day(row["forecast_on"])
    return f"{look.day(row['forecast_low'])} – {look.day(row['forecast_high'])}"


def habit_cards(scene: Scene) -> look.Html:
    """Return a card for each habit: its score, its change in the period, and its course over eight quarters."""
    now, then = (habits.index(scene.tables, day, scene.settings) for day in (scene.on, scene.before))
    ends = _quarter_ends(scene.on)
    course = [habits.index(scene.tables, day, scene.settings).set_index("habit")["score"] for day in ends]
    earlier = then.set_index("habit")["score"]
    cards = "".join(_card(row, earlier, course) for _, row in now.iterrows())
    note = _say("What your records show; nobody needs 100. The line is the course over eight quarters. Each formula is in the appendix.")
    return section("Habits", f'{note}<div class="ck-cards">{cards}</div>')


def _quarter_ends(on: dt.date) -> list[dt.date]:
    ends, quarter = [on], containing(on, "quarter")
    while len(ends) < SPARK_QUARTERS:
        quarter = quarter.previous()
        ends.append(quarter.end)
    return ends[::-1]


def _card(row: pd.Series, earlier: pd.Series, course: Sequence[pd.Series]) -> str:
    habit = str(row["habit"])
    title = f"<h3>{look.text(habit.capitalize())}</h3>"
    if is_blank(row["score"]):
        return f'<article class="ck-card">{title}{look.muted("too early to say")}<br>{look.muted(look.count(int(row["signals"]), "signal") + " so far")}</article>'
    score = round(float(row["score"]))
    change = _change(score, earlier.get(habit))
    scores = [None if is_blank(point.get(habit)) else float(point[habit]) for point in course]
    return f'<article class="ck-card">{title}<div class="ck-big">{score}<span class="ck-of"> / 100</span></div>{change}{spark(scores)}</article>'


def _change(score: int, earlier: Any) -> str:
    if is_blank(earlier):
        return '<div class="ck-change">first figure</div>'
    difference = score - round(float(earlier))
    arrow, kind = ("↗", "ck-good") if difference > 0 else ("↘", "") if difference < 0 else ("→", "")
    words = f"{difference:+d} in this period" if difference else "unchanged"
    return f'<div class="ck-change {kind}">{arrow} {words}</div>'


def spark(scores: Sequence[float | None]) -> str:
    """Return a small line through scores from 0 to 100; gaps are left out."""
    points = [(6 + 120 * place / (len(scores) - 1), 30 - 0.26 * score) for place, score in enumerate(scores) if score is not None]
    if len(points) < 2:
        return ""
    path = " L".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return (
        '<svg viewBox="0 0 132 34" class="ck-spark" role="img" aria-label="course over eight quarters">'
        f'<path d="M{path}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="3.2"/></svg>'
    )


def people(scene: Scene) -> look.Html:
    """Return whom to get back to, and which promises are open, as of the period's end."""
    late, promised = _late(scene), networking.promises(scene.tables, scene.on)
    if late.empty and promised.empty:
        return quiet("People", _nobody_waits(scene))
    left = (
        network_charts.due(scene.tables, scene.on, scene.settings)
        if len(late)
        else look.paragraph("Nobody is waiting to hear from you.", "note")
    )
    right = (
        network_charts.promises(scene.tables, scene.on, scene.settings) if len(promised) else look.paragraph("No promise is open.", "note")
    )
    return look.Html(f'<div class="ck-two">{section("People to get back to", left)}{section("Promises to keep", right)}</div>')


def _nobody_waits(scene: Scene) -> str:
    known = Contact.known(scene.tables["contacts"], scene.on)
    if known.empty:
        return "There was nobody among your contacts yet."
    if network_charts.kept(scene.tables, scene.on) == 0:
        return f"You have {look.count(len(known), 'contact')}. Nobody is chosen yet to keep in touch with."
    return "Nobody was waiting to hear from you, and no promise was open."


def plans(scene: Scene) -> look.Html:
    """Return what changed in plans: deadlines and targets moved, goals paused or dropped."""
    titles = scene.tables["goals"].set_index("id")["title"]
    moved = scene.within("goal_changes", "changed_on")
    # That a goal was done stands among the goals; its change of status is the same news again.
    told = moved[moved["goal_id"].isin(titles.index) & ~moved["field"].isin(("status", "closed_on"))]
    items = [_moved(row, titles) for _, row in told.iterrows()]
    closed = scene.within("goals", "closed_on")
    items += [
        f"{look.strong(row['title'])}: {look.text(row['status'])} on {look.day(row['closed_on'])}"
        for _, row in closed[closed["status"].isin(("paused", "dropped"))].iterrows()
    ]
    if not items:
        return look.Html("")
    return section("Plans that changed", f'<ul class="ck-list">{"".join(f"<li>{item}</li>" for item in items)}</ul>')


def _moved(row: pd.Series, titles: pd.Series) -> str:
    field = Goal.fields.get(row["field"])
    label = field.name.replace("_", " ") if field else row["field"]
    was, now = (look.text(_read(field, text)) for text in (row["was"], row["now"]))
    return f"{look.strong(titles[row['goal_id']])}: {look.text(label)} from {was} to {now}, on {look.day(row['changed_on'])}"


def _read(field: Any, text: str) -> str:
    """Return a text of the change log as a person reads it."""
    try:
        value = field.clean(text) if isinstance(field, Date) else text
    except ValueError:
        return text
    return (look.day(value) if isinstance(field, Date) else value) or "nothing"


def next_focus(scene: Scene) -> look.Html:
    """Return what was chosen as the next focus in the period's review."""
    written = scene.tables["reviews"]
    mine = written[(written["period"].str.casefold() == scene.period.name.casefold())].sort_values("written_on").tail(1)
    if mine.empty or not mine.iloc[0]["next_focus"]:
        return quiet("Next", "What will you focus on next? Three lines are plenty.")
    lines = [line.strip() for line in mine.iloc[0]["next_focus"].splitlines() if line.strip()]
    items = "".join(f"<li>{look.text(line)}</li>" for line in lines)
    return section("Next", f'<div class="ck-next">{look.strong("What you chose to focus on")}<ol>{items}</ol></div>')


def appendix(scene: Scene, formulas: Mapping[str, str], withheld: Mapping[str, int], audience: str) -> look.Html:
    """Return each figure's formula and the number of records behind it, and what was withheld."""
    indicators = habits.indicators(scene.tables, scene.on, scene.settings)
    rows: list[tuple[Any, ...]] = [
        (
            f"{row['habit']}: {row['indicator']}",
            look.percent(row["value"]) or "not applicable",
            row["formula"],
            str(len(split_list(row["records"]))),
        )
        for _, row in indicators.iterrows()
    ]
    behind = {"goals.pace": goals.pace(scene.tables, scene.on), "networking.due": networking.due(scene.tables, scene.on, scene.settings), "networking.promises": networking.promises(scene.tables, scene.on), "networking.spoken": networking.spoken(scene.tables, scene.on)}  # fmt: skip
    for name, frame in behind.items():
        rows.append((name, look.count(len(frame), "row"), formulas[name], str(_records(frame))))
    table = _wide(look.table(("Figure", "Value", "How it is computed", "Records"), rows, "How each figure is computed"))
    known = sum(len(RECORDS[table].known(frame, scene.on)) for table, frame in scene.tables.items())
    kept = "nothing withheld" if not withheld else ", ".join(f"{count} of {name} withheld" for name, count in withheld.items())
    whom = "yourself" if audience == "self" else audience
    foot = f"Made from {look.count(known, 'record')} as of {look.long_day(scene.on)}. For {whom}: {kept}."
    return look.Html(f"{section('Appendix: how each figure is computed', table)}<footer>{look.text(foot)}</footer>")


def _records(frame: pd.DataFrame) -> int:
    return len({key for keys in frame["records"] for key in split_list(keys)})


def section(title: str, inside: Any) -> look.Html:
    """Return a titled part of the page."""
    return look.Html(f"<section><h2>{look.text(title)}</h2>{inside}</section>")


def quiet(title: str, sentence: str) -> look.Html:
    """Return a part that has nothing to show, in one line."""
    return section(title, _say(sentence))


def _say(sentence: str) -> str:
    return f'<p class="ck-note">{look.text(sentence)}</p>'


def _wide(table: look.Html) -> str:
    return f'<div class="ck-wide" tabindex="0" role="region" aria-label="Table">{table}</div>'
