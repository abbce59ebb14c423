"""What the self-assessment notebook asks and says."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit import look
from careerkit.records import FormPlan
from careerkit.records.settings import Settings
from careerkit.topics.assessment import measures, snapshot
from careerkit.topics.assessment.records import Position, Role, RoleFit, RoleTarget, Skill
from careerkit.topics.assessment.targets import aim
from careerkit.topics.learning.records import LearningItem, item_days
from careerkit.topics.networking.records import INTERVIEW, QUESTIONS, Interaction
from careerkit.topics.tables import Tables
from careerkit.topics.windows import past

# A look at one's skills every quarter is enough; a level of half a year ago is old.
QUARTER = 90
OLD = 180


def _not_held_yet(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["happened_on"].isna()]


FORMS = {
    "skills": FormPlan(Skill),
    "positions": FormPlan(Position, rows=(("title", "organisation"), ("started_on", "ended_on")), choose=False),
    "role_fit": FormPlan(
        RoleFit, rows=(("dimension", "position_id"), ("score", "rated_on"), ("note",)), title="fit", more=False, choose=False
    ),
    "roles": FormPlan(Role, rows=(("name", "status"), ("why",)), choose=False),
    "role_targets": FormPlan(RoleTarget, title="what it asks for", more=False, choose=False),
    # Learning items and not action steps: a step needs a goal, and an experiment comes before there is one. It has hours
    # and takeaways of its own, and its skill leads to the roles that ask for it.
    "assessment.experiment": FormPlan(
        LearningItem,
        rows=(("title",), ("skill_id", "status", "expected_hours")),
        title="experiment",
        preset={"kind": "experiment"},
        examples={"title": "A morning beside someone who does it"},
        more=False,
        choose=False,
        only={"kind": "experiment"},
        fill=item_days,
    ),
    # What has been held is noted in the networking notebook; here it is planned.
    "assessment.interview": FormPlan(
        Interaction,
        rows=(("contact_ids", "planned_on"), ("questions",)),
        title="interview",
        preset={"kind": INTERVIEW, "happened_on": None, "questions": QUESTIONS},
        more=False,
        choose=False,
        only={"kind": INTERVIEW},
        among=_not_held_yet,
    ),
}


def status(tables: Tables, on: dt.date, settings: Settings) -> str:
    """Return how many skills wait for a rating."""
    skills = snapshot.active_skills(tables, on)
    if skills.empty:
        return "none yet"
    waiting = len(_waiting(tables, on))
    return f"{waiting} to rate" if waiting else look.count(len(skills), "skill")


def findings(tables: Tables, on: dt.date, settings: Settings) -> list[str]:
    """Return what the records of skills and roles say, naming one of them and a next action."""
    if snapshot.active_skills(tables, on).empty:
        return ["No skill is written down yet. Which three did you use this week? Begin with those; just their names are enough."]
    found = [*_unrated(tables, on), *_fit(tables, on), *_gap(tables, on), *_bare(tables, on), *_unused(tables, on)]
    return found[:3] or _grown(tables, on)


def _waiting(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the skills without an own rating in the past 180 days, what matters most first."""
    skills = snapshot.active_skills(tables, on)
    last = snapshot.latest(snapshot.own_ratings(tables, on), "level")["rated_on"].reindex(skills["id"])
    skills = skills.assign(last=last.array)
    waiting = skills[~past(skills["last"], on, OLD)]
    return waiting.sort_values(["importance", "name"], ascending=[False, True], na_position="last", kind="stable")


def _unrated(tables: Tables, on: dt.date) -> list[str]:
    waiting, own = _waiting(tables, on), snapshot.own_ratings(tables, on)
    if len(waiting):
        first = waiting.iloc[0]
        since = "no level yet" if waiting["last"].isna().all() else "had no level from you for half a year"
        if len(waiting) == 1:
            return [f"“{first['name']}” has {since}. What would you say today?"]
        return [f"{len(waiting)} of your skills have {since}. Begin with “{first['name']}”."]
    days = (pd.Timestamp(on) - own["rated_on"].max()).days if len(own) else 0
    if days <= QUARTER:
        return []
    named = _matters_most(tables, on)
    return [f"You last looked at your skills on {look.day(own['rated_on'].max())}. Has “{named}” moved since?"]


def _matters_most(tables: Tables, on: dt.date) -> str:
    skills = snapshot.active_skills(tables, on)
    return str(skills.sort_values(["importance", "name"], ascending=[False, True], na_position="last", kind="stable").iloc[0]["name"])


def _fit(tables: Tables, on: dt.date) -> list[str]:
    overall = measures.fit_overall(tables, on)
    odd = overall[overall["finding"].isin(("no longer fits", "slipping"))]
    if odd.empty:
        return []
    worst, rows = odd.iloc[0], measures.fit(tables, on)
    mine = rows[rows["position_id"] == worst["position_id"]].sort_values(["drift", "score"], kind="stable", na_position="last")
    low = mine.iloc[0]
    words = "no longer fits you as it did" if worst["finding"] == "no longer fits" else "fits a little less than it did"
    where = f"Your role as {worst['position']}" if worst["position"] else "Your role"
    fell = f"“{low['dimension']}” was at {low['score']} of 5 on {look.day(low['rated_on'])}"
    return [f"{where} {words}: {fell}. What would have to change, and who could help with it?"]


def _gap(tables: Tables, on: dt.date) -> list[str]:
    key, role = aim(tables, on)
    rows = measures.gaps(tables, on, key or None)
    wide = rows[rows["weighted_gap"] > 0]
    if wide.empty:
        return []
    first = wide.iloc[0]
    of = f"what {role} asks for" if key else "where you want it"
    old = (pd.Timestamp(on) - first["rated_on"]).days > OLD
    below = f"{look.count(int(first['gap']), 'level')} below {of}"
    distance = f"was {below} when you rated it on {look.day(first['rated_on'])}" if old else f"is {below}"
    helpers = measures.who_could_help(tables, on, key or None)
    known = helpers[(helpers["skill_id"] == first["skill_id"]) & (helpers["contact"] != "")]
    ask = f"What would you ask {known.iloc[0]['contact']} about it?" if len(known) else "Who do you know who is good at it?"
    return [f"“{first['name']}” {distance}, the gap that matters most. {ask}"]


def _bare(tables: Tables, on: dt.date) -> list[str]:
    rows = measures.evidence(tables, on)
    bare = rows[rows["latest"]]
    if bare.empty:
        return []
    name = bare.iloc[0]["name"]
    if len(bare) == 1:
        return [f"Your latest rating of “{name}” has no example. What happened that shows it?"]
    return [f"{len(bare)} of your latest ratings have no example. For “{name}”: what happened that shows it?"]


def _unused(tables: Tables, on: dt.date) -> list[str]:
    rows = measures.strengths(tables, on)
    own = snapshot.own_ratings(tables, on)["rated_on"]
    # Before the first half year is over, nothing can have been unused for as long.
    if rows.empty or own.min() > pd.Timestamp(on) - pd.Timedelta(days=OLD):
        return []
    return [f"“{rows.iloc[0]['name']}” is a strength that no goal or win has used for half a year. Where could it help you next?"]


def _grown(tables: Tables, on: dt.date) -> list[str]:
    rows = measures.changes(tables, on)
    up = rows[rows["change"] > 0]
    if len(up):
        first = up.iloc[0]
        rose = f"“{first['name']}” rose from {first['was']} to {first['level']} within a year."
        return [f"{rose} What helped, and could it help another skill?"]
    return [f"“{_matters_most(tables, on)}” is rated and where you want it. Which skill would you like to add?"]
