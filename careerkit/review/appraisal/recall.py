"""Wins recalled month by month: those that are noted, and for the other months what the records say of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import split_list
from careerkit.sharing.audience import DOCUMENT, view
from careerkit.topics.brand import measures as brand
from careerkit.topics.feedback.loop import givers
from careerkit.topics.goals.plan import plans
from careerkit.topics.learning import measures as learning
from careerkit.topics.networking import conversations

Tables = Mapping[str, pd.DataFrame]
# The day of something noted, and a line that recalls it.
Note = tuple[pd.Timestamp, str]
MOST, MOST_OF_A_KIND = 5, 2
LONGEST = 110


@dataclass(frozen=True)
class Win:
    """A win, as an appraisal tells it.

    Parameters
    ----------
    id : str
        The achievement's.
    skills : tuple of str
        The names of the skills it took.
    goal : str
        The title of the goal it belongs to, '' for none.
    """

    id: str
    achieved_on: dt.date
    title: str
    result: str
    metric: str
    impact: str
    skills: tuple[str, ...] = ()
    goal: str = ""


@dataclass(frozen=True)
class Month:
    """A month looked back on.

    Parameters
    ----------
    start, end : date
        First and last day that count.
    wins : tuple of Win
        Earliest first.
    jogs : tuple of str
        What else was noted in it, where no win was.
    private : int
        How many wins are private, and so not shown.
    """

    start: dt.date
    end: dt.date
    wins: tuple[Win, ...] = ()
    jogs: tuple[str, ...] = ()
    private: int = 0

    @property
    def name(self) -> str:
        """The month, as 'March 2026'."""
        return f"{self.start:%B %Y}"


def wins(seen: Tables, start: dt.date, end: dt.date) -> list[Win]:
    """Return the wins from one day to another, earliest first; both days count.

    Parameters
    ----------
    seen : mapping of str to DataFrame
        What may leave in a document.
    """
    rows = brand.wins(seen, end, since=start).iloc[::-1]
    achievements = seen["achievements"].drop_duplicates("id").set_index("id")
    skills, goals = _names(seen["skills"], "name"), _names(seen["goals"], "title")
    return [_win(row, achievements.loc[row["achievement_id"]], skills, goals) for row in rows.to_dict("records")]


def months(tables: Tables, start: dt.date, end: dt.date) -> list[Month]:
    """Return the months from one day to another, with their wins; a month without one says what else was noted in it."""
    seen, _ = view(tables, DOCUMENT)
    found = wins(seen, start, end)
    # Once for all months: each kind's measure takes a moment.
    noted = [list(kind) for kind in _noted(seen, start, end)]
    own = tables["achievements"]
    private = own[~own["id"].isin(seen["achievements"]["id"])]["achieved_on"]
    return [_month(first, last, found, private, noted) for first, last in _spans(start, end)]


def _jogs(noted: list[list[Note]], start: dt.date, end: dt.date) -> list[str]:
    """Return what was noted in some days and may bring a win to mind, at most five lines, two of a kind."""
    by_kind = [[line for day, line in kind if start <= day.date() <= end][:MOST_OF_A_KIND] for kind in noted]
    return [line for lines in by_kind for line in lines][:MOST]


def _month(first: dt.date, last: dt.date, found: list[Win], private: pd.Series, noted: list[list[Note]]) -> Month:
    own = tuple(win for win in found if first <= win.achieved_on <= last)
    return Month(first, last, own, () if own else tuple(_jogs(noted, first, last)), int(_within(private, first, last).sum()))


def _win(row: Mapping[Any, Any], achievement: pd.Series, skills: Mapping[str, str], goals: Mapping[str, str]) -> Win:
    return Win(
        str(row["achievement_id"]),
        row["achieved_on"].date(),
        str(row["title"]).strip() or "A win without a name",
        str(row["result"]).strip(),
        str(row["metric"]).strip(),
        str(row["impact"]),
        tuple(skills[key] for key in split_list(achievement["skill_ids"]) if key in skills),
        goals.get(row["goal_id"], ""),
    )


def _noted(tables: Tables, start: dt.date, end: dt.date) -> Iterator[Iterable[Note]]:
    """Yield what was noted, kind by kind, the likeliest to bring a win to mind first."""

    def each(rows: pd.DataFrame, day: str, name: str, line: str) -> list[Note]:
        return [(on, line.format(_cut(what))) for on, what in rows.loc[_within(rows[day], start, end), [day, name]].itertuples(index=False)]

    items, events = learning.items(tables, end), tables["events"]
    yield _goals(tables, start, end)
    yield each(learning.credentials(tables, end), "earned_on", "name", "You earned “{}”.")
    yield each(items[items["status"] == "done"], "finished_on", "title", "You finished “{}”. What did you use it for?")
    yield _feedback(tables, start, end)
    yield each(tables["action_steps"].sort_values(["done_on", "id"]), "done_on", "title", "You did this: “{}”. What came of it?")
    yield each(events[events["attended"]], "starts_on", "name", "You were at {}. What did you bring back?")
    yield _talks(tables, start, end)


def _goals(tables: Tables, start: dt.date, end: dt.date) -> Iterator[Note]:
    for plan in plans(tables, end):
        if plan.status == "done" and start <= plan.day.date() <= end:
            yield plan.day, f"You finished the goal “{_cut(plan.goal['title'])}”."


def _feedback(tables: Tables, start: dt.date, end: dt.date) -> Iterator[Note]:
    rows = tables["feedback"]
    rows = rows[_within(rows["received_on"], start, end) & (rows["went_well"].str.strip() != "")]
    named = givers(rows, tables["contacts"]) if len(rows) else []
    for day, giver, words in zip(rows["received_on"], named, rows["went_well"], strict=True):
        yield day, f"{giver or 'Someone'} said: “{_cut(words)}”"


def _talks(tables: Tables, start: dt.date, end: dt.date) -> Iterator[Note]:
    rows, people = conversations.happened(tables, end, spoken_only=True), _names(tables["contacts"], "name")
    rows = rows[_within(rows["happened_on"], start, end)].sort_values(["happened_on", "id"])
    for row in rows.to_dict("records"):
        named = [people[key] for key in split_list(row["contact_ids"]) if key in people]
        about = str(row["learned"]).strip() or str(row["summary"]).strip()
        if named and about:
            yield row["happened_on"], f"You spoke to {look.listed(named)}: {_cut(about)}"


def _within(days: pd.Series, start: dt.date, end: dt.date) -> pd.Series:
    return (days >= pd.Timestamp(start)) & (days <= pd.Timestamp(end))


def _spans(start: dt.date, end: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    for month in pd.period_range(start, end, freq="M"):
        yield max(month.start_time.date(), start), min(month.end_time.date(), end)


def _names(frame: pd.DataFrame, column: str) -> dict[str, str]:
    return dict(zip(frame["id"], frame[column], strict=True))


def _cut(text: Any) -> str:
    return look.short(" ".join(str(text).split()), LONGEST)
