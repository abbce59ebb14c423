"""What the first page says of all habits together."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit import look
from careerkit.records import FormPlan
from careerkit.records.settings import Settings
from careerkit.topics.attention import measures as attention
from careerkit.topics.goals import progress
from careerkit.topics.goals.plan import plans
from careerkit.topics.networking import measures as networking
from careerkit.topics.tables import Tables

FORMS: dict[str, FormPlan] = {}


# Most weeks pass without a win noted, and so few are remembered in December.
WEEK = pd.Timedelta(days=7)
# A holiday and a busy month are not an absence.
AWAY = pd.Timedelta(days=60)


def status(tables: Tables, on: dt.date, settings: Settings) -> str:
    """Return how many things of all topics are due."""
    due = int((attention.list(tables, on, settings)["days_overdue"] >= 0).sum())
    return f"{due} due" if due else ""


def findings(tables: Tables, on: dt.date, settings: Settings) -> list[str]:
    """Return this week's fifteen minutes: one person or promise, one check-in, one win."""
    found = [*_person(tables, on, settings), *_check_in(tables, on), *_win(tables, on)]
    if not found or (tables["goals"].empty and tables["contacts"].empty):
        return [_quiet(tables, on)]
    return found


def greeting(tables: Tables, on: dt.date) -> list[str]:
    """Return a sentence for who comes back after two months or more: when something was last written, and that nothing is owed."""
    end = pd.Timestamp(on) + pd.Timedelta(days=1)
    written = [frame["updated_at"][frame["updated_at"] < end].max() for frame in tables.values()]
    last = max((moment for moment in written if pd.notna(moment)), default=None)
    if last is None or end - last < AWAY:
        return []
    return [f"You last wrote here on {look.long_day(last)}. There is no need to catch up. This week, 15 minutes:"]


def _quiet(tables: Tables, on: dt.date) -> str:
    if tables["goals"].empty and tables["contacts"].empty:
        return "Begin with one goal, or with three people you would like to stay in touch with. Each takes a few minutes."
    return f"Nothing is waiting on {look.long_day(on)}. A conversation you had, or a step you took, can be noted in half a minute."


def _person(tables: Tables, on: dt.date, settings: Settings) -> list[str]:
    """Return who to write to: who is due, else who was promised something, else who is close and out of touch."""
    due = networking.due(tables, on, settings)
    if (due["days_overdue"] > 0).any():
        return [f"Write to {due.iloc[0]['name']}."]
    promised = networking.promises(tables, on)
    late = promised[(promised["days_overdue"] > 0).fillna(False)]
    if len(late):
        return [f"Keep one promise: “{late.iloc[0]['follow_up']}”."]
    quiet = networking.dormant(tables, on)
    if len(quiet):
        return [f"Write to {quiet.iloc[0]['name']}, who is close to you and has not heard from you for half a year."]
    return _soon(due) or _anyone(tables, on)


def _soon(due: pd.DataFrame) -> list[str]:
    soon = due[due["days_overdue"] > -WEEK.days].sort_values(["due_on", "contact_id"], kind="stable")
    return [f"Write to {soon.iloc[0]['name']}, who is due again on {look.day(soon.iloc[0]['due_on'])}."] if len(soon) else []


def _anyone(tables: Tables, on: dt.date) -> list[str]:
    people = tables["contacts"][tables["contacts"]["archived_on"].isna()]
    if people.empty or len(networking.spoken(tables, on)):
        return []
    return [f"You have {look.count(len(people), 'contact')}: write to one you would like to hear from."]


def _check_in(tables: Tables, on: dt.date) -> list[str]:
    """Return which goal to look at: one nobody looked at for a month, else the one not looked at for longest, after a week."""
    day = pd.Timestamp(on)
    active = [plan for plan in plans(tables, on) if plan.active and plan.goal["metric"].strip() and progress.status(plan) != "achieved"]
    last = [(plan.check_ins[-1]["checked_on"] if plan.check_ins else plan.start, plan.goal["id"], plan.goal["title"]) for plan in active]
    waiting = sorted(each for each in last if each[0] <= day - WEEK)
    return [f"Note how “{waiting[0][2]}” is going."] if waiting else []


def _win(tables: Tables, on: dt.date) -> list[str]:
    wins, day = tables["achievements"], pd.Timestamp(on)
    wins = wins[wins["achieved_on"] <= day].sort_values(["achieved_on", "id"], kind="stable")
    if wins.empty:
        return ["Write down one win of the past week, however small."]
    last = wins.iloc[-1]
    if last["achieved_on"] > day - WEEK:
        return []
    return [f"Write down one win, however small: the last one, “{last['title']}”, is of {look.day(last['achieved_on'])}."]
