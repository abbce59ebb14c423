"""What the learning notebook asks and says."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit import look
from careerkit.records import FormPlan, is_blank
from careerkit.records.settings import Settings
from careerkit.topics.learning import measures
from careerkit.topics.learning.charts import LONG_UNSEEN
from careerkit.topics.learning.records import Credential, LearningItem, LearningLog, Trend, TrendReview, item_days
from careerkit.topics.tables import Tables

# Within this many days study is going on, and needs no question.
LATELY = 14


FORMS = {
    "learning.log": FormPlan(
        LearningLog, rows=(("item_id", "minutes", "studied_on"), ("takeaway",)), title="study", more=False, choose=False
    ),
    "learning_items": FormPlan(LearningItem, fill=item_days),
    "trends": FormPlan(Trend, rows=(("name", "quadrant"), ("why_it_matters", "my_response"))),
    "trend_reviews": FormPlan(TrendReview, title="look", more=False, choose=False),
    "credentials": FormPlan(Credential),
}


def status(tables: Tables, on: dt.date, settings: Settings) -> str:
    """Return for how many weeks in a row there was study, or the hours of the past 13 weeks."""
    row = measures.pace(tables, on, settings).iloc[0]
    if is_blank(row["last_on"]):
        return "none yet"
    streak = int(row["streak_weeks"])
    if streak:
        return f"{look.count(streak, 'week')} in a row"
    return f"{look.hours(row['hours'])} h in 13 weeks" if row["hours"] else "none lately"


def findings(tables: Tables, on: dt.date, settings: Settings) -> list[str]:
    """Return what the learning records say, naming a record and a next action."""
    found = [*_credential(tables, on), *_study(tables, on, settings), *_trend(tables, on)]
    return found[:3] or [_nothing_due(tables, on)]


def _nothing_due(tables: Tables, on: dt.date) -> str:
    if measures.radar(tables, on).empty and measures.credentials(tables, on).empty:
        return "There is nothing here yet. Which skill would make next year easier? Name one book, course or project for it."
    return "No study is noted yet, and nothing else is waiting. Which skill would make next year easier? Name one thing to learn it from."


def _credential(tables: Tables, on: dt.date) -> list[str]:
    rows = measures.credentials(tables, on)
    renew = rows[rows["status"] == "to renew"]
    if len(renew):
        first = renew.iloc[0]
        left = look.count(int(first["days_left"]), "day") if first["days_left"] else "no day"
        valid = f"“{first['name']}” is valid until {look.day(first['expires_on'])}, with {left} left."
        return [f"{valid} What is the first step of its renewal?"]
    # One that expired long ago needs no question any more.
    lapsed = rows[(rows["status"] == "expired") & (rows["days_left"] >= -measures.QUARTER)]
    if lapsed.empty:
        return []
    last = lapsed.iloc[-1]
    return [f"“{last['name']}” expired on {look.day(last['expires_on'])}. Would you still be asked for it?"]


def _study(tables: Tables, on: dt.date, settings: Settings) -> list[str]:
    row, items = measures.pace(tables, on, settings).iloc[0], measures.items(tables, on)
    doing = items[items["status"] == "doing"]
    if is_blank(row["last_on"]):
        return _not_begun(items)
    name = f" for “{doing.iloc[0]['title']}”" if len(doing) else ""
    if (pd.Timestamp(on) - row["last_on"]).days > LATELY:
        return [f"No study logged since {look.day(row['last_on'])}. Which hour this week could you protect{name}?"]
    hours, streak = look.hours(row["hours"]), int(row["streak_weeks"])
    weeks = f", {look.count(streak, 'week')} in a row" if streak else ""
    done = f"{hours} {'hour' if hours == '1' else 'hours'} in the past 13 weeks{weeks}."
    if not len(doing):
        return [f"You studied {done} Nothing is marked as being learned now: what comes next?"]
    return [f"You studied {done} {_next(doing.iloc[0])}"]


def _next(item: pd.Series) -> str:
    if is_blank(item["expected_hours"]) or item["hours"] >= item["expected_hours"]:
        return f"Which hour is “{item['title']}” worth this week?"
    left = look.hours(item["expected_hours"] - item["hours"])
    return f"“{item['title']}” has about {left} of its hours to go: which one this week?"


def _not_begun(items: pd.DataFrame) -> list[str]:
    if items.empty:
        return []
    return [f"“{items.iloc[0]['title']}” is written down, and no study logged yet. Which half hour this week could it have?"]


def _trend(tables: Tables, on: dt.date) -> list[str]:
    rows = measures.radar(tables, on)
    if rows.empty:
        return []
    unseen = rows[rows["days_since"].isna() | (rows["days_since"] > LONG_UNSEEN).fillna(False)]
    if len(unseen):
        first = unseen.sort_values(["reviewed_on", "trend_id"], na_position="first", kind="stable").iloc[0]
        if is_blank(first["reviewed_on"]):
            return [f"“{first['name']}” has no place on your radar yet. Where would you put it today?"]
        looked = f"You last looked at “{first['name']}” on {look.day(first['reviewed_on'])}."
        return [f"{looked} Does “{first['ring'] or 'not placed'}” still fit?"]
    unanswered = rows[rows["my_response"].str.strip() == ""]
    if len(unanswered):
        return [f"“{unanswered.iloc[0]['name']}” has no response from you yet. What would be the smallest useful step?"]
    return []
