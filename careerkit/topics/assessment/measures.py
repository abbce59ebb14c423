"""What the records of skills say, in numbers; those of roles are in ``role_measures``."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.records import join_list, split_list, typed_frame
from careerkit.topics import rater_comparison
from careerkit.topics.assessment import snapshot
from careerkit.topics.assessment.records import Skill
from careerkit.topics.assessment.role_measures import distance, experiments, fit, fit_overall, roles
from careerkit.topics.assessment.targets import levels, of_role, with_gaps
from careerkit.topics.goals.plan import plans
from careerkit.topics.networking.records import INTERVIEW, Contact
from careerkit.topics.rater_comparison import HIDDEN_STRENGTH
from careerkit.topics.tables import Tables, columns, ids, names
from careerkit.topics.windows import in_force, past

__all__ = [
    "changes",
    "distance",
    "evidence",
    "experiments",
    "fit",
    "fit_overall",
    "gaps",
    "quadrants",
    "roles",
    "say_versus_do",
    "strengths",
    "who_could_help",
]

YEAR = 365
HALF_YEAR = 182
UNUSED = 180
GOOD = 3
LARGEST = 5

QUADRANTS = columns("skill_id name: text; level enjoyment: whole; quadrant: text; rated_on: day; records: text")
STRENGTHS = columns("skill_id name kind: text; level enjoyment: whole; records: text")
CHANGES = columns("skill_id name: text; was level change: whole; was_on rated_on: day; enjoyment_was enjoyment: whole; records: text")
EVIDENCE = columns("rating_id skill_id name: text; rated_on: day; level: whole; latest: flag; records: text")
HELPERS = columns("skill_id name: text; gap weighted_gap: whole; contact_id contact: text; planned_on: day; records: text")


def gaps(tables: Tables, on: dt.date, role: str | None = None) -> pd.DataFrame:
    """Return how far each skill is from the level you want or a role asks for, the largest weighted gap first.

    Formula
    -------
    gap = target level - latest self level up to the day (below 0 when you are beyond it; NA without a level or a
    target). weighted gap = gap x importance (1 to 5, 3 where none is given). With a role: the levels and importance
    that the role asks for, skills no longer followed included; else each followed skill's own, as they stand today.
    """
    wanted = of_role(tables, on, role) if role else snapshot.active_skills(tables, on).assign(target_id="")
    return with_gaps(wanted, levels(tables, on))


def quadrants(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return each followed skill by level and enjoyment: signature, grow, drains you or hand over.

    Formula
    -------
    level and enjoyment = those of the latest self rating up to the day that gives them. signature: both 3 or more;
    grow: enjoyment 3 or more, level below; drains you: level 3 or more, enjoyment below; hand over: both below; empty
    where one of them is missing.
    """
    skills, own = snapshot.active_skills(tables, on), snapshot.own_ratings(tables, on)
    level = snapshot.latest(own, "level").reindex(skills["id"])
    enjoyment = snapshot.latest(own, "enjoyment").reindex(skills["id"])
    pairs = zip(level["level"], enjoyment["enjoyment"], strict=True)
    rated = {"level": level["level"].array, "enjoyment": enjoyment["enjoyment"].array, "rated_on": level["rated_on"].array}
    made = skills[["name"]].assign(
        skill_id=skills["id"],
        quadrant=[_quadrant(*pair) for pair in pairs],
        records=ids(skills["id"], level["id"], enjoyment["id"]),
        **rated,
    )
    return made[list(QUADRANTS)].astype(QUADRANTS)


def strengths(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return your unused strengths: no goal and no win of the past 180 days uses them; what you enjoy most first.

    Formula
    -------
    Signature skills (assessment.quadrants) and hidden strengths (feedback.blind_spots) that are the skill of no goal
    active in the past 180 days and of no win achieved in them.
    """
    used, rows = _used(tables, on), []
    seen = [row for row in rater_comparison.differences(tables, on) if row["finding"] == HIDDEN_STRENGTH]
    # Of several raters, the first differs most.
    hidden = {row["skill_id"]: row["records"] for row in reversed(seen)}
    for row in quadrants(tables, on).to_dict("records"):
        key, signature = row["skill_id"], row["quadrant"] == "signature"
        if (signature or key in hidden) and key not in used:
            records = row["records"] if signature else hidden[key]
            rows.append({**row, "kind": "signature" if signature else HIDDEN_STRENGTH, "records": records})
    return typed_frame(rows, STRENGTHS).sort_values(
        ["kind", "enjoyment", "level", "name"], ascending=[False, False, False, True], na_position="last", kind="stable", ignore_index=True
    )


def changes(tables: Tables, on: dt.date, since: dt.date | None = None) -> pd.DataFrame:
    """Return how your own levels and enjoyment changed between two days, the largest rise first.

    Formula
    -------
    was = latest self level up to the first day (default: 365 days before the second), level = latest up to the second;
    change = level - was, NA where one is missing; enjoyment likewise. Skills known by the second day and not retired by
    the first, of which at least one level is known.
    """
    first = since or on - dt.timedelta(days=YEAR)
    if first > on:
        raise CareerkitError(f"{look.long_day(first)} is after {look.long_day(on)}. Give the earlier day as since.")
    skills = in_force(Skill.known(tables["skills"], on), "retired_on", first)
    then, now = ([_latest(tables, day, column, skills["id"]) for column in ("level", "enjoyment")] for day in (first, on))
    made = pd.DataFrame(
        {
            "skill_id": skills["id"].array,
            "name": skills["name"].array,
            "was": then[0]["level"].array,
            "level": now[0]["level"].array,
            "change": (now[0]["level"] - then[0]["level"]).array,
            "was_on": then[0]["rated_on"].array,
            "rated_on": now[0]["rated_on"].array,
            "enjoyment_was": then[1]["enjoyment"].array,
            "enjoyment": now[1]["enjoyment"].array,
            "records": ids(skills["id"], *(each["id"] for each in (*then, *now))),
        }
    ).astype(CHANGES)
    made = made[made["was"].notna() | made["level"].notna()]
    return made.sort_values(["change", "name"], ascending=[False, True], na_position="last", kind="stable", ignore_index=True)


def evidence(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return your own ratings of the past year without an example, the newest first.

    Formula
    -------
    Self ratings of the past 365 days whose evidence is empty. latest = no later self rating of that skill up to the day.
    """
    own, skills = snapshot.own_ratings(tables, on), names(tables["skills"])
    last = snapshot.latest(own, "level")["id"]
    bare = own[past(own["rated_on"], on, YEAR) & (own["evidence"].str.strip() == "") & own["skill_id"].isin(skills)]
    bare = bare.sort_values(["rated_on", "id"], ascending=[False, True], kind="stable", ignore_index=True)
    made = bare.assign(
        rating_id=bare["id"], name=bare["skill_id"].map(skills), latest=bare["id"].isin(last), records=ids(bare["id"], bare["skill_id"])
    )
    return made[list(EVIDENCE)].astype(EVIDENCE)


def who_could_help(tables: Tables, on: dt.date, role: str | None = None) -> pd.DataFrame:
    """Return the contacts who are strong in the skills of your five largest gaps, and the conversation that is planned.

    Formula
    -------
    The five largest weighted gaps above 0 (assessment.gaps); for each, the contacts known and not archived on the day
    whose skills name it, one row each, and one row without a contact where there is none. planned on = the first
    planned day of an informational interview with them that has not happened yet; the soonest comes first.
    """
    wide = gaps(tables, on, role)
    wide = wide[wide["weighted_gap"] > 0].head(LARGEST)
    strong, planned = _strong_in(tables, on), _planned(tables, on)
    rows = []
    for gap in wide.to_dict("records"):
        people = strong.get(gap["skill_id"], [("", "")])
        for key, name in sorted(people, key=lambda person: planned.get(person[0], (pd.Timestamp.max, ""))[0]):
            day, talk = planned.get(key, (pd.NaT, ""))
            records = join_list([*split_list(gap["records"]), key, talk])
            rows.append({**gap, "contact_id": key, "contact": name, "planned_on": day, "records": records})
    return typed_frame(rows, HELPERS)


def say_versus_do(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return how much each followed skill matters to you beside the hours you logged on it, what matters most first.

    Formula
    -------
    hours = minutes / 60 logged in the past 182 days with learning items that build the skill. said = importance / sum
    of all importance; done = hours / sum of all these hours; NA where there are none. finding, where hours were logged
    at all: said, not done (importance 4 or 5 and no hour); done, not said (importance 1 or 2, and done above said).
    Importance counts as it stands today.
    """
    skills = snapshot.active_skills(tables, on)
    logged = _logged(tables, on)
    minutes = logged.groupby("skill_id")["minutes"].sum().reindex(skills["id"], fill_value=0)
    hours = (minutes / 60).astype("Float64").array
    logs = logged.groupby("skill_id")["id"].agg(";".join).reindex(skills["id"], fill_value="")
    said, done = _share(skills["importance"]), _share(pd.Series(hours))
    made = pd.DataFrame(
        {
            "skill_id": skills["id"],
            "name": skills["name"],
            "importance": skills["importance"],
            "hours": hours,
            "said": said,
            "done": done,
            "finding": pd.Series([_said_or_done(*row) for row in zip(skills["importance"], said, done, strict=True)], dtype="str"),
            "records": pd.Series(ids(skills["id"], logs), dtype="str"),
        }
    )
    return made.sort_values(["importance", "hours"], ascending=[False, True], na_position="last", kind="stable", ignore_index=True)


def _latest(tables: Tables, on: dt.date, column: str, skills: pd.Series) -> pd.DataFrame:
    return snapshot.latest(snapshot.own_ratings(tables, on), column).reindex(skills)


def _quadrant(level: Any, enjoyment: Any) -> str:
    if pd.isna(level) or pd.isna(enjoyment):
        return ""
    if level >= GOOD:
        return "signature" if enjoyment >= GOOD else "drains you"
    return "grow" if enjoyment >= GOOD else "hand over"


def _used(tables: Tables, on: dt.date) -> set[str]:
    """Return the skills that a goal or a win of the past 180 days uses."""
    since = pd.Timestamp(on) - pd.Timedelta(days=UNUSED)
    begun = [plan for plan in plans(tables, on) if plan.start <= pd.Timestamp(on)]
    goals = {plan.goal["skill_id"] for plan in begun if plan.active or plan.day > since}
    wins = tables["achievements"]
    recent = wins[past(wins["achieved_on"], on, UNUSED)]
    return goals | {skill for text in recent["skill_ids"] for skill in split_list(text)}


def _strong_in(tables: Tables, on: dt.date) -> dict[str, list[tuple[str, str]]]:
    people = in_force(Contact.known(tables["contacts"], on), "archived_on", on)
    people = people[people["skill_ids"] != ""]
    found: dict[str, list[tuple[str, str]]] = {}
    for key, name, skills in zip(people["id"], people["name"], people["skill_ids"], strict=True):
        for skill in split_list(skills):
            found.setdefault(skill, []).append((key, name))
    return found


def _planned(tables: Tables, on: dt.date) -> dict[str, tuple[pd.Timestamp, str]]:
    """Return contact -> day and id of the first informational interview that is planned and has not happened."""
    talks, day = tables["interactions"], pd.Timestamp(on)
    ahead = talks[(talks["kind"] == INTERVIEW) & talks["planned_on"].notna() & ~past(talks["happened_on"], on)]
    ahead = ahead[ahead["created_at"].dt.normalize() <= day].sort_values(["planned_on", "id"], kind="stable")
    found: dict[str, tuple[pd.Timestamp, str]] = {}
    for key, people, planned in zip(ahead["id"], ahead["contact_ids"], ahead["planned_on"], strict=True):
        for contact in split_list(people):
            found.setdefault(contact, (planned, key))
    return found


def _logged(tables: Tables, on: dt.date) -> pd.DataFrame:
    log = tables["learning_log"]
    recent = log[past(log["studied_on"], on, HALF_YEAR)]
    built = tables["learning_items"].set_index("id")["skill_id"]
    return recent.join(built, on="item_id", how="inner").query("skill_id != ''")


def _share(column: pd.Series) -> pd.Series:
    numbers = column.astype("Float64")
    whole = numbers.sum()
    return numbers / whole if whole else numbers * pd.NA


def _said_or_done(importance: Any, said: Any, done: Any) -> str:
    if pd.isna(importance) or pd.isna(done):
        return ""
    if importance >= 4 and done == 0:
        return "said, not done"
    return "done, not said" if importance <= 2 and done > said else ""
