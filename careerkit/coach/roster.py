"""All clients side by side: when you last heard from each, what is due, how habits and goals are going.

Every figure comes from what the client shared, as of the day they shared it; what they did not share is missing and never
a zero. A client's settings do not travel: the network is calculated without cadences by closeness, study by two hours a week.
Clients are listed by name, and in no other order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from careerkit.coach import starters
from careerkit.coach.client_copy import ClientCopy
from careerkit.coach.starters import Starter
from careerkit.look import count, day, listed
from careerkit.sharing.selection import TOPICS, Choice
from careerkit.topics.habits.scores import HABITS, scored
from careerkit.topics.periods import last_complete
from careerkit.topics.review.lookup import review_of

if TYPE_CHECKING:
    from careerkit.coach.practice_folder import PracticeFolder

QUIET = 21
# A change of habits shows over a quarter.
EARLIER = dt.timedelta(days=91)
NOT_SHARED = "not shared"
SINGULAR = {"assessment": "self-assessment", "networking": "network", "change": "learning", "goals": "goals", "feedback": "feedback"}
# What a figure needs; a single column that stays with the client, and there is none.
ASSIGNMENTS = {"assignments": ("given_on", "due_on", "submitted_on", "done_on")}
GOALS = {
    "goals": ("metric", "baseline", "target", "started_on", "deadline", "status", "closed_on"),
    "goal_changes": ("changed_on", "goal_id", "field", "was", "now"),
    "check_ins": ("goal_id", "checked_on", "value"),
    "action_steps": ("goal_id", "due_on", "done_on"),
}
REVIEWS = {"reviews": ("period", "written_on")}


@dataclass(frozen=True)
class Habit:
    """One habit of a client: the index on the day they last shared, and what it was a quarter before; None where there isn't one."""

    name: str
    score: float | None
    earlier: float | None

    @property
    def change(self) -> float | None:
        """How much it moved, None where one of the two is missing."""
        return None if self.score is None or self.earlier is None else self.score - self.earlier


@dataclass(frozen=True)
class Row:
    """What is known of one client; None where it was not shared.

    Parameters
    ----------
    id : str
        The workbook's; '' while it is not known.
    name : str
        The client's.
    heard_on : date or None
        The day of their latest bundle.
    active_on : date or None
        The day of their latest change in it.
    since : date
        Since which day one has been waiting: the latest bundle, else the starter.
    assignments : dict or None
        How many assignments are in each state; see the measure coaching.assignments.
    habits : dict
        Each of the five to its index.
    goals : dict or None
        How many active goals have each status; see the measure goals.pace.
    reviews_due : tuple of str or None
        The last period that has no review yet, and reviews that were assigned and not done.
    not_shared : tuple of str
        What of these the client keeps.
    """

    id: str
    name: str
    heard_on: dt.date | None
    active_on: dt.date | None
    since: dt.date
    assignments: Mapping[str, int] | None = None
    habits: Mapping[str, Habit] = field(default_factory=dict)
    goals: Mapping[str, int] | None = None
    reviews_due: tuple[str, ...] | None = None
    not_shared: tuple[str, ...] = ()

    def quiet(self, today: dt.date) -> bool:
        """Say whether nothing came from the client for 21 days."""
        return (today - self.since).days >= QUIET

    def plain(self, today: dt.date) -> dict[str, Any]:
        """Return it for other programs: days ISO, what was not shared null."""
        habits = {name: {"index": _rounded(each.score), "change": _rounded(each.change)} for name, each in self.habits.items()}
        return {
            "client": self.id or None,
            "name": self.name,
            "heard_on": _iso(self.heard_on),
            "active_on": _iso(self.active_on),
            "quiet": self.quiet(today),
            "days_waiting": (today - self.since).days,
            "assignments": self.assignments,
            "habits": habits,
            "goals": self.goals,
            "reviews_due": self.reviews_due,
            "not_shared": self.not_shared,
        }


def rows(practice: PracticeFolder) -> list[Row]:
    """Return all clients by name, those who have only been sent a starter among them."""
    rows = [*(row_of(copy) for copy in practice.clients()), *(_waiting(each) for each in starters.waiting(practice.folder))]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


def row_of(copy: ClientCopy) -> Row:
    """Return what is known of one client."""
    shared, tables = copy.shared, copy.tables()
    on = min(shared.on or copy.today, copy.today)
    missing = []

    def known(what: str, needed: Mapping[str, tuple[str, ...]], value: Any) -> Any:
        if shared.has(needed):
            return value()
        missing.append(what)
        return None

    assignments = known("assignments", ASSIGNMENTS, lambda: _counts(copy.measure("coaching.assignments")["state"]))
    habits = {}
    for name in HABITS:
        columns = needed(name)
        scores = known(SINGULAR[name], columns, lambda name=name: indices(name, copy, (on - EARLIER, on))) or (None, None)
        earlier, now = scores
        habits[name] = Habit(name, now, earlier)
    goals = known("how goals are going", GOALS, lambda: _goals(copy, on))
    reviews = known("reviews", REVIEWS, lambda: _reviews_due(copy, tables))
    active = _active_on(copy, tables)
    # Where what came with the copy's .careerkit was lost and nothing is in it, one has been waiting since today.
    return Row(
        copy.id, copy.name, shared.on, active, shared.on or active or copy.today, assignments, habits, goals, reviews, tuple(missing)
    )


def _waiting(starter: Starter) -> Row:
    empty = {name: Habit(name, None, None) for name in HABITS}
    return Row("", starter.client, None, None, starter.on, habits=empty)


def _active_on(copy: ClientCopy, tables: Mapping[str, pd.DataFrame]) -> dt.date | None:
    """Return the day of the client's latest change; what the coach wrote does not count."""
    latest = []
    for frame in tables.values():
        own = frame[~frame["id"].map(copy.is_own).astype("bool")] if len(frame) else frame
        if len(own):
            latest.append(own["updated_at"].max())
    found = [each for each in latest if not pd.isna(each)]
    return max(found).tz_localize("UTC").tz_convert(dt.datetime.now().astimezone().tzinfo).date() if found else None


def needed(habit: str) -> dict[str, tuple[str, ...]]:
    """Return the columns that a habit's index is calculated from: all that leave of its tables by default."""
    leave = Choice(TOPICS).columns()
    return {record.table: leave[record.table] for record in HABITS[habit].RECORDS}


def indices(habit: str, copy: ClientCopy, days: Iterable[dt.date]) -> list[float | None]:
    """Return a habit's index of a client on each of these days, None where it is too early to say."""
    tables = copy.tables()
    return [scored(habit, tables, day, copy.settings)["score"] for day in days]


def _counts(states: pd.Series) -> dict[str, int]:
    return {str(state): int(amount) for state, amount in states.value_counts(sort=False).items()}


def _goals(copy: ClientCopy, on: dt.date) -> dict[str, int]:
    pace = copy.measure("goals.pace", on=on)
    return _counts(pace[pace["goal_status"] == "active"]["status"])


def _reviews_due(copy: ClientCopy, tables: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    period = last_complete(copy.today, copy.settings.review_period, copy.settings.fiscal_first_month)
    reviewed = review_of(tables, period, copy.settings.fiscal_first_month, copy.today) is not None
    first = _active_since(tables)
    last = [period.name] if not reviewed and first is not None and first <= period.end else []
    open_ones = copy.measure("coaching.assignments")
    asked = open_ones[(open_ones["notebook"] == "07_review") & ~open_ones["state"].isin(("submitted", "done"))]
    return (*last, *(f"{row['title']}{f' by {day(row.due_on)}' if not pd.isna(row['due_on']) else ''}" for _, row in asked.iterrows()))


def _active_since(tables: Mapping[str, pd.DataFrame]) -> dt.date | None:
    found = [frame["created_at"].min() for frame in tables.values() if len(frame)]
    return min(found).date() if found else None


# -- in words


def heard(row: Row, today: dt.date) -> str:
    """Return when a client was last heard from, in words."""
    ago = (today - row.since).days
    when = "today" if ago == 0 else "yesterday" if ago == 1 else f"{ago} days ago"
    return f"heard from {when}" if row.heard_on else f"a starter went out {when}; nothing came yet"


def assignments(row: Row) -> str:
    """Return the states of assignments, in words."""
    if row.assignments is None:
        return "" if row.heard_on is None else NOT_SHARED
    order = ("overdue", "due soon", "assigned", "submitted", "done")
    return ", ".join(f"{row.assignments[state]} {state}" for state in order if row.assignments.get(state)) or "none"


def goals(row: Row) -> str:
    """Return the statuses of goals, in words."""
    if row.goals is None:
        return "" if row.heard_on is None else NOT_SHARED
    return ", ".join(f"{amount} {status}" for status, amount in sorted(row.goals.items())) or "none active"


def habits(row: Row) -> list[str]:
    """Return each habit that was shared in words: its index, and how it moved."""
    sentences = []
    for name, each in row.habits.items():
        if SINGULAR[name] in row.not_shared or row.heard_on is None:
            continue
        score = "too early to say" if each.score is None else f"{each.score:.0f}"
        moved = f" ({signed(each.change)})" if each.change is not None and round(each.change) else ""
        sentences.append(f"{SINGULAR[name]} {score}{moved}")
    return sentences


def signed(change: float) -> str:
    """Return by how much an index moved, without a sign where it did not."""
    # A proper minus is as wide as a plus.
    return f"{change:+.0f}".replace("-", "−") if round(change) else "0"


def reviews(row: Row) -> str:
    """Return which reviews are due, in words."""
    if row.reviews_due is None:
        return "" if row.heard_on is None else NOT_SHARED
    return "; ".join(row.reviews_due) or "none"


def summary(practice: PracticeFolder) -> list[str]:
    """Return the roster as lines of text."""
    lines, known = [], rows(practice)
    for row in known:
        lines.append(f"{row.name}{f' ({row.id})' if row.id else ''}: {heard(row, practice.today)}")
        if row.heard_on is None:
            continue
        moving = ", ".join(habits(row)) or NOT_SHARED
        lines += [
            f"    assignments: {assignments(row)}",
            f"    habits: {moving}",
            f"    goals: {goals(row)}",
            f"    reviews due: {reviews(row)}",
        ]
        if row.not_shared:
            lines.append(f"    not shared: {listed(row.not_shared)}")
    quiet = [row for row in known if row.quiet(practice.today)]
    if quiet:
        lines.append(f"Not heard from for {QUIET} days or more: {listed([row.name for row in quiet])}. coach/02_roster has a text to send.")
    return lines or ["There are no clients yet. Begin with: careerkit assign"]


def greeting(row: Row, coach: str, today: dt.date) -> str:
    """Return a text to send to a client you haven't heard from."""
    weeks = (today - row.since).days // 7
    first = row.name.split()[0] if row.name.split() else row.name
    since = f"It has been {count(weeks, 'week')} since" if weeks else "It has been a while since"
    what = f"{since} I last heard from your workbook." if row.heard_on else f"{since} I sent you the first file for your workbook."
    asks = (
        "How are you? Nothing has to be finished before you write; a single line is enough, and so is “not now”."
        if row.heard_on
        else "Did it open? If anything got in the way, tell me in a line, and we'll look at it together."
    )
    return f"Hello {first},\n\n{what} {asks}\n\nWould you like to find half an hour in the next two weeks?\n\n{coach}".strip()


def _iso(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
