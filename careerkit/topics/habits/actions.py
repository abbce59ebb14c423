"""Next actions for each habit: the action in words, and the tables as they would be once it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from careerkit.records import Record, typed_frame
from careerkit.records.settings import Settings
from careerkit.topics.assessment import snapshot
from careerkit.topics.assessment.records import SkillRating
from careerkit.topics.feedback import measures as feedback
from careerkit.topics.feedback.records import Feedback
from careerkit.topics.goals import measures as goals
from careerkit.topics.goals.plan import plans
from careerkit.topics.goals.records import CheckIn
from careerkit.topics.learning import measures as learning
from careerkit.topics.learning.records import LearningLog, TrendReview
from careerkit.topics.networking import measures as networking
from careerkit.topics.networking.records import Interaction
from careerkit.topics.tables import Row, Tables, names
from careerkit.topics.windows import past

# An action is one sitting, and the list no longer than the page can use.
HOUR = 60
PEOPLE = 2


@dataclass(frozen=True)
class Action:
    """Something to do next.

    Parameters
    ----------
    what : str
        The action, in words.
    after : mapping
        The tables as they would be once it is done.
    records : tuple of str
        The ids that it is about.
    """

    what: str
    after: Tables
    records: tuple[str, ...] = ()


def _assessment(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Action]:
    skills, own = snapshot.active_skills(tables, on), snapshot.own_ratings(tables, on)
    if len(skills):
        rating = {"rated_on": on, "rater": "self", "level": 3, "evidence": "Something that happened"}
        done = _added(tables, SkillRating, [{**rating, "skill_id": key} for key in skills["id"]], on)
        yield Action("Go through your skills once more, with a line of evidence each.", done, tuple(skills["id"]))
    bare = own[(own["evidence"].str.strip() == "") & own["skill_id"].isin(skills["id"])]
    for row in bare.tail(1).to_dict("records"):
        done = _changed(tables, "skill_ratings", row["id"], evidence="Something that happened")
        yield Action(f"Write down what shows your level of “{names(skills)[row['skill_id']]}”.", done, (row["id"],))
    seen = tables["skill_ratings"]
    seen = seen[(seen["rater"] != "self") & past(seen["rated_on"], on, 365)]
    for row in skills[~skills["id"].isin(seen["skill_id"])].head(1).to_dict("records"):
        done = _added(tables, SkillRating, [{"skill_id": row["id"], "rated_on": on, "rater": "manager", "level": 3}], on)
        yield Action(f"Ask somebody how they see your level of “{row['name']}”.", done, (row["id"],))


def _networking(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Action]:
    def talk(contact: str) -> Tables:
        made = {"happened_on": on, "kind": "conversation", "direction": "mutual", "contact_ids": contact}
        return _added(tables, Interaction, [made], on)

    late = networking.due(tables, on, settings).query("days_overdue > 0")
    for row in late.head(1).to_dict("records"):
        yield Action(f"Get back to {row['name']}.", talk(row["contact_id"]), (row["contact_id"],))
    for row in networking.promises(tables, on).head(1).to_dict("records"):
        done = _changed(tables, "interactions", row["interaction_id"], follow_up_done_on=on)
        yield Action(f"Keep a promise: “{row['follow_up']}”.", done, (row["interaction_id"],))
    spoken = networking.spoken(tables, on)
    lately = set(spoken[past(spoken["happened_on"], on, 90)]["contact_id"])
    known = tables["contacts"]
    quiet = known[past(known["created_at"], on) & known["archived_on"].isna() & ~known["id"].isin(lately)]
    for row in quiet.sort_values("closeness", ascending=False, na_position="last", kind="stable").head(1).to_dict("records"):
        yield Action(f"Write to {row['name']}, whom you have not spoken to for three months.", talk(row["id"]), (row["id"],))


def _change(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Action]:
    items = learning.items(tables, on)
    doing = items[items["status"] == "doing"]
    about = doing.sort_values("last_on", ascending=False, kind="stable").head(1)
    name = f" for “{about['title'].iloc[0]}”" if len(about) else ""
    log = {"studied_on": on, "minutes": HOUR, "item_id": about["item_id"].iloc[0] if len(about) else ""}
    yield Action(f"Study for an hour{name}.", _added(tables, LearningLog, [log], on), tuple(about["item_id"]))
    for row in doing.sort_values("hours", ascending=False, kind="stable").head(1).to_dict("records"):
        done = _changed(tables, "learning_items", row["item_id"], status="done", finished_on=on)
        yield Action(f"Finish “{row['title']}”.", done, (row["item_id"],))
    radar = learning.radar(tables, on)
    for row in radar.sort_values("reviewed_on", na_position="first", kind="stable").head(1).to_dict("records"):
        done = _added(tables, TrendReview, [{"trend_id": row["trend_id"], "reviewed_on": on, "ring": "assess"}], on)
        yield Action(f"Look again at “{row['name']}”.", done, (row["trend_id"],))


def _goals(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Action]:
    active = {plan.goal["id"]: plan for plan in plans(tables, on) if plan.active}
    rows = goals.pace(tables, on)
    for row in rows[rows["goal_id"].isin(active) & (rows["status"] == "no recent check-in")].to_dict("records"):
        done = _added(tables, CheckIn, [{"goal_id": row["goal_id"], "checked_on": on, "value": row["value"]}], on)
        yield Action(f"Note where “{row['title']}” stands.", done, (row["goal_id"],))
    steps = [step for plan in active.values() for step in plan.open_steps() if step["due_on"] <= pd.Timestamp(on)]
    for step in sorted(steps, key=lambda step: (step["due_on"], step["id"]))[:1]:
        done = _changed(tables, "action_steps", step["id"], done_on=on)
        yield Action(f"Do the step “{step['title']}”.", done, (step["id"],))
    unexplained = [plan.goal for plan in active.values() if not plan.goal["why"].strip()]
    for goal in unexplained[:1]:
        done = _changed(tables, "goals", goal["id"], why="Because")
        yield Action(f"Write down why “{goal['title']}” matters.", done, (goal["id"],))


def _feedback(tables: Tables, on: dt.date, settings: Settings) -> Iterator[Action]:
    yield Action("Ask one person one question.", _added(tables, Feedback, [{"requested_on": on, "question": "?"}], on))
    rows, reminded = feedback.loop(tables, on), names(tables["feedback"], "reminded_on")
    steps = (
        (("requested", "expired"), "reminded_on", "Remind {}."),
        (("reflected",), "decided_on", "Decide what to do about what {} told you."),
        (("received", "reflected", "decided", "acted"), "followed_up_on", "Tell {} what came of their feedback."),
    )
    for stages, column, words in steps:
        waiting = rows[rows["stage"].isin(stages)]
        if column == "reminded_on":
            waiting = waiting[~past(waiting["feedback_id"].map(reminded).astype("datetime64[s]"), on)]
        for row in waiting.sort_values("since", kind="stable").tail(PEOPLE).to_dict("records"):
            done = _changed(tables, "feedback", row["feedback_id"], **{column: on})
            yield Action(words.format(row["giver"] or "the giver"), done, (row["feedback_id"],))


def _added(tables: Tables, record: type[Record], rows: list[Row], on: dt.date) -> Tables:
    frame = tables[record.table]
    blank, day = {**dict.fromkeys(record.fields), **record.defaults()}, pd.Timestamp(on)
    cleaned = [{name: field.clean({**blank, **row}[name]) for name, field in record.own_fields().items()} for row in rows]
    made = [{**row, "id": f"z{place}", "created_at": day, "updated_at": day} for place, row in enumerate(cleaned)]
    fresh = typed_frame(made, {name: field.dtype for name, field in record.fields.items()})
    return {**tables, record.table: pd.concat([frame, fresh[list(frame.columns)]], ignore_index=True)}


def _changed(tables: Tables, table: str, key: str, **values: Any) -> Tables:
    frame = tables[table].copy()
    place = frame.index[frame["id"] == key]
    for name, value in values.items():
        frame.loc[place, name] = pd.Timestamp(value) if isinstance(value, dt.date) else value
    return {**tables, table: frame}


# Each habit: its next actions, never to retire, archive, lower a cadence or move a deadline; and the tables
# that speak of it.
ACTIONS: dict[str, tuple[Callable[[Tables, dt.date, Settings], Iterator[Action]], tuple[str, ...]]] = {
    "assessment": (_assessment, ("skills", "skill_ratings", "roles", "role_targets", "role_fit")),
    "networking": (_networking, ("contacts", "interactions", "events")),
    "change": (_change, ("credentials", "learning_items", "learning_log", "trends", "trend_reviews")),
    "goals": (_goals, ("goals", "goal_changes", "action_steps", "check_ins")),
    "feedback": (_feedback, ("feedback", "contacts")),
}
