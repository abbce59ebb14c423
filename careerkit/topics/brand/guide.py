"""What the brand notebook asks and says."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit import look
from careerkit.records import FormPlan
from careerkit.records.settings import Settings
from careerkit.topics.brand import measures
from careerkit.topics.brand.records import Achievement, BrandReview
from careerkit.topics.tables import Tables
from careerkit.topics.windows import past

QUICK = (("title",), ("result",), ("impact", "achieved_on"))
# Days after which a page may be out of date, and after which a win is missing rather than late.
STALE_CHANNEL = 270
QUIET = 60

FORMS = {
    "achievements": FormPlan(Achievement, rows=QUICK, choose=False),
    "brand.win": FormPlan(Achievement, rows=QUICK, choose=False),
    "brand": FormPlan(BrandReview, title="look", choose=False),
}


def status(tables: Tables, on: dt.date, settings: Settings) -> str:
    """Return how many wins the past twelve months have."""
    rows = measures.wins(tables, on, since=on - dt.timedelta(days=364))
    if len(rows):
        return f"{look.count(len(rows), 'win')} in a year"
    return "none lately" if len(measures.wins(tables, on)) else "none yet"


def findings(tables: Tables, on: dt.date, settings: Settings) -> list[str]:
    """Return what the brand records say, naming a record and a next action."""
    found = [*_wins(tables, on), *_words(tables, on), *(_story(tables, on) or _channel(tables, on))]
    return found[:3] or [_nothing_yet(tables, on)]


def _nothing_yet(tables: Tables, on: dt.date) -> str:
    begun = "There is nothing here yet." if measures.channels(tables, on).empty else "No win is noted yet."
    return f"{begun} What did you finish this month that someone was happy about? Write it down in one line."


def _wins(tables: Tables, on: dt.date) -> list[str]:
    rows = measures.wins(tables, on)
    if rows.empty:
        return []
    last = rows.iloc[0]
    if (pd.Timestamp(on) - last["achieved_on"]).days > QUIET:
        return [f"Your latest win is “{last['title']}”, of {look.day(last['achieved_on'])}. What have you finished since then?"]
    wide = rows[rows["impact"].isin(("organisation", "beyond")) & past(rows["achieved_on"], on, measures.YEAR)]
    if wide.empty:
        return [f"Your latest win is “{last['title']}”. Who else benefited from it, perhaps further away than you think?"]
    most = wide.iloc[0]
    count = f"{len(wide)} wins of the past year reach" if len(wide) > 1 else "One win of the past year reaches"
    return [f"{count} beyond your team, the latest is “{most['title']}”. Does the person who decides about your work know about it?"]


def _words(tables: Tables, on: dt.date) -> list[str]:
    rows = measures.words(tables, on)
    unheard = rows[(rows["finding"] == "not heard yet") & (rows["intended"] >= 2)]
    # Where nobody was asked, it says nothing that a word was not heard.
    if unheard.empty or not rows["heard"].sum():
        return []
    word = unheard.iloc[0]
    return [
        f"You would like to hear “{word['word']}”, and it isn't among the words you noted from others in the past year. "
        "Which piece of work would show it?"
    ]


def _story(tables: Tables, on: dt.date) -> list[str]:
    rows = measures.stories(tables, on, since=on - dt.timedelta(days=364))
    open_ones = rows[~rows["ready"]]
    if open_ones.empty:
        return []
    first = open_ones.iloc[0]
    lacking = [name for name in ("situation", "action", "result") if not first[name]]
    return [f"“{first['title']}” still needs its {look.listed(lacking)} to be a story for an interview. What do you remember?"]


def _channel(tables: Tables, on: dt.date) -> list[str]:
    rows = measures.channels(tables, on)
    stale = rows[rows["days_since"] > STALE_CHANNEL]
    if stale.empty:
        return []
    first = stale.iloc[0]
    return [f"You last looked at “{first['channel']}” on {look.day(first['reviewed_on'])}. Does it still say what you do?"]
