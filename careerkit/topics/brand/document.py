"""What you did in a period, as a document to hand over, and as stories to tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from careerkit import look
from careerkit.look import markdown
from careerkit.records import split_list
from careerkit.topics.brand import measures
from careerkit.topics.tables import Tables, names

# The widest reach comes first, as a reader may not get to the end.
HEADINGS = {
    "beyond": "Beyond my organisation",
    "organisation": "For the whole organisation",
    "team or class": "For my team or class",
    "myself": "For my own development",
    "": "Also done",
}
STORY = (("situation", "The situation"), ("action", "What I did"), ("my_part", "My own part"), ("result", "What came of it"))


def written(tables: Tables, start: dt.date, end: dt.date, owner: str) -> str:
    """Return the wins from one day to another as Markdown.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What may leave.
    start, end : date
        First and last day, both counted.
    owner : str
        Whose wins they are; empty for nobody named.
    """
    rows = measures.wins(tables, end, since=start)
    wins = tables["achievements"].drop_duplicates("id").set_index("id").loc[rows["achievement_id"]]
    return "\n\n".join([*_head(wins, start, end, owner), *_by_reach(wins, tables), *_stories(wins)]) + "\n"


def _head(wins: pd.DataFrame, start: dt.date, end: dt.date, owner: str) -> Iterator[str]:
    yield "# What I did"
    days = f"{look.long_day(start)} to {look.long_day(end)}"
    yield f"{markdown.line(owner)}, {days}" if owner.strip() else days
    if wins.empty:
        yield "No win is noted for these days."


def _by_reach(wins: pd.DataFrame, tables: Tables) -> Iterator[str]:
    for impact, heading in HEADINGS.items():
        reached = wins[wins["impact"] == impact]
        if len(reached):
            yield f"## {heading}"
        for _, win in reached.iterrows():
            yield from _win(win, tables)


def _win(win: pd.Series, tables: Tables) -> Iterator[str]:
    yield f"### {markdown.line(win['title']) or 'A win without a name'}"
    day = look.long_day(win["achieved_on"])
    yield f"{day}: {markdown.line(win['metric'])}" if win["metric"].strip() else day
    if win["result"].strip():
        yield markdown.lines(win["result"])
    if win["my_part"].strip():
        yield f"**My own part:** {markdown.lines(win['my_part'])}"
    if beside := _beside(win, tables):
        yield beside


def _beside(win: pd.Series, tables: Tables) -> str:
    skills, goals = names(tables["skills"]), names(tables["goals"], "title")
    shown = [markdown.line(skills[key]) for key in split_list(win["skill_ids"]) if key in skills]
    lines = [
        f"Skills: {', '.join(shown)}." if shown else "",
        f"Part of my goal: {markdown.line(goals[win['goal_id']])}." if win["goal_id"] in goals else "",
        f"To look at: {markdown.address(win['link'])}" if win["link"].strip() else "",
    ]
    return "  \n".join(part for part in lines if part)


def _stories(wins: pd.DataFrame) -> Iterator[str]:
    ready = wins
    for name in ("situation", "action", "result"):
        ready = ready[ready[name].str.strip() != ""]
    if len(ready):
        yield "## Stories for an interview"
    for _, win in ready.iterrows():
        yield f"### {markdown.line(win['title'])}"
        for name, label in STORY:
            if win[name].strip():
                yield f"**{label}.** {markdown.lines(win[name])}"
