"""What the feedback notebook asks and says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import FormPlan, is_blank
from careerkit.records.settings import Settings
from careerkit.topics.assessment.records import SkillRating
from careerkit.topics.feedback import loop_stages, measures, request_letters
from careerkit.topics.feedback.charts import rater_name, unanswered
from careerkit.topics.feedback.loop import first_name, givers, reached, still_open, waits_for_answer
from careerkit.topics.feedback.records import Feedback
from careerkit.topics.goals.records import Goal
from careerkit.topics.rater_comparison import DIFFERENTLY, HIDDEN_STRENGTH
from careerkit.topics.tables import Tables

# Two weeks are long enough to think, and short enough not to be forgotten.
DAYS_TO_ANSWER = 14

STAGES = loop_stages.STAGES
LETTERS = request_letters.LETTERS


def answer_day(values: dict[str, Any], today: dt.date) -> dict[str, Any]:
    """Return the day by which an answer is hoped for, two weeks after asking, when none was given."""
    asked = Feedback.fields["requested_on"].clean(values.get("requested_on"))
    return {"due_on": asked + dt.timedelta(days=DAYS_TO_ANSWER)} if asked and is_blank(values.get("due_on")) else {}


def _asked_for(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["requested_on"].notna()]


def _unasked(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["requested_on"].isna()]


def _by_others(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["rater"] != "self"]


FORMS = {
    "feedback.ask": FormPlan(
        Feedback,
        rows=(("contact_id", "giver"), ("question",), ("requested_on", "due_on"), ("relationship", "skill_id")),
        title="question",
        preset={"requested_on": "today"},
        more=False,
        choose=False,
        among=_asked_for,
        fill=answer_day,
    ),
    "feedback.unasked": FormPlan(
        Feedback,
        rows=(
            ("contact_id", "giver"),
            ("relationship", "received_on"),
            ("went_well",),
            ("to_improve",),
            ("first_reaction",),
            ("skill_id",),
        ),
        title="what you were told",
        preset={"received_on": "today"},
        more=False,
        choose=False,
        among=_unasked,
        fill=loop_stages.received_day,
    ),
    "feedback.rating": FormPlan(
        SkillRating,
        rows=(("skill_id", "rated_on"), ("rater", "rater_name"), ("level",), ("evidence",), ("feedback_id",)),
        title="rating",
        preset={"rater": "peer"},
        more=False,
        choose=False,
        among=_by_others,
    ),
    "feedback.goal": FormPlan(
        Goal,
        rows=(("title",), ("why",), ("skill_id", "feedback_id"), ("metric", "baseline", "target", "unit"), ("started_on", "deadline")),
        title="goal",
        preset={"habit": "feedback"},
        more=False,
        choose=False,
        only={"habit": "feedback"},
    ),
}


def status(tables: Tables, on: dt.date, settings: Settings) -> str:
    """Return how many givers wait to hear what came of their feedback, else how many answers you wait for."""
    rows = _open(tables, on)
    if rows.empty:
        return "all closed" if len(reached(tables["feedback"], on)) else "none yet"
    mine = int((rows["stage"] != "requested").sum())
    return f"{mine} to close" if mine else f"{len(rows)} asked"


def _open(tables: Tables, on: dt.date) -> pd.DataFrame:
    rows = still_open(tables["feedback"], tables["contacts"], on)
    return rows[rows["stage"] != "expired"].sort_values(["since", "id"], kind="stable")


def findings(tables: Tables, on: dt.date, settings: Settings) -> list[str]:
    """Return what the feedback records say, naming one and a next action."""
    rows = reached(tables["feedback"], on)
    if rows.empty:
        return ["No feedback is written down yet. Who saw you at work this month? Ask them one question that they can answer from memory."]
    found = [*_to_close(tables, on), *_to_decide(tables, on), *_spot(tables, on), *_unanswered(rows, tables, on)]
    return found[:3] or _closed(rows, tables, on)


def _to_close(tables: Tables, on: dt.date) -> list[str]:
    rows = _open(tables, on)
    done = rows[(rows["stage"] == "acted") | ((rows["stage"] == "decided") & rows["decision"].isin(("keep doing", "not now")))]
    if done.empty:
        return []
    row = done.iloc[0]
    name = row["giver"] or "the giver"
    verb, since = ("acted", row["acted_on"]) if row["stage"] == "acted" else ("decided", row["decided_on"])
    return [f"On {look.day(since)} you {verb} on what {_source(row)}. Tell {first_name(name)} what came of it; two lines are enough."]


def _source(row: pd.Series) -> str:
    return f"{row['giver']} told you" if row["giver"] else "you were told"


def _to_decide(tables: Tables, on: dt.date) -> list[str]:
    rows = _open(tables, on)
    rested = rows[(rows["stage"] == "received") & (rows["received_on"] < pd.Timestamp(on))]
    if len(rested):
        row = rested.iloc[0]
        return [f"What {_source(row)} on {look.day(row['received_on'])} waits for a second look. What part of it is useful?"]
    undecided = rows[rows["stage"] == "reflected"]
    if len(undecided):
        return [f"You have thought about what {_source(undecided.iloc[0])}. Decide: act, keep doing, or not now."]
    return []


def _spot(tables: Tables, on: dt.date) -> list[str]:
    spots = measures.blind_spots(tables, on)
    apart = spots[spots["finding"] == DIFFERENTLY]
    if apart.empty:
        hidden = spots[spots["finding"] == HIDDEN_STRENGTH].sort_values("difference", kind="stable")["name"]
        return [f"In {name} others see more in you than you do. Ask them what they saw, and use it." for name in hidden.head(1)]
    first = apart.iloc[0]
    level = f"{float(first['others_level']):.1f}".removesuffix(".0")
    on_average = " on average" if first["source"] == "others" else ""
    lone = unanswered(tables, on)
    next_action = "Make it a goal, or ask for one example." if first["name"] in lone else "Ask again when you have worked on it."
    return [
        f"You put {first['name']} at {look.number(first['self_level'])}; {rater_name(first)} put it at {level}{on_average}. {next_action}"
    ]


def _unanswered(rows: pd.DataFrame, tables: Tables, on: dt.date) -> list[str]:
    named = rows.assign(giver=givers(rows, tables["contacts"]))
    late = [row for _, row in named.sort_values(["requested_on", "id"]).iterrows() if waits_for_answer(row, on)]
    if not late:
        return []
    row = late[0]
    asked = f"{row['giver'] or 'Someone'} was asked on {look.day(row['requested_on'])} and has not answered."
    return [f"{asked} One friendly reminder is enough."]


def _closed(rows: pd.DataFrame, tables: Tables, on: dt.date) -> list[str]:
    counts = measures.closure(tables, on).set_index("stage")["count"]
    if not counts["received"]:
        return ["You have asked, and there is no answer yet. Meanwhile, write down what you were told unasked this year."]
    received = look.count(int(counts["received"]), "answer or remark", "answers and remarks")
    share = f"Of {received}, you told the giver what came of {counts['followed up'] or 'none'}."
    last = rows[rows["requested_on"].notna()]["requested_on"].max()
    asked = f" You last asked on {look.day(last)}." if pd.notna(last) else ""
    return [f"{share}{asked} Who could you ask one question this week?"]
