"""What the records of skills and roles say, in numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.record import join_list, split_list
from careerkit.topics.assessment import standing
from careerkit.topics.assessment.fitting import Course, courses
from careerkit.topics.assessment.records import Role, RoleTarget, Skill
from careerkit.topics.assessment.standing import ids
from careerkit.topics.feedback import measures as feedback
from careerkit.topics.feedback.seen import HIDDEN
from careerkit.topics.goals.plan import plans
from careerkit.topics.learning.records import LearningItem
from careerkit.topics.networking.records import Contact

Tables = Mapping[str, pd.DataFrame]
YEAR = pd.Timedelta(days=365)
HALF_YEAR = pd.Timedelta(days=182)
UNUSED = pd.Timedelta(days=180)
# Where nothing is said about how much a skill matters, it counts as the middle of the scale.
MIDDLE = 3
GOOD = 3
NOT_FITTING = 2.5
LARGEST = 5

GAPS = {
    "skill_id": "str",
    "name": "str",
    "level": "Int64",
    "target_level": "Int64",
    "gap": "Int64",
    "weighted_gap": "Int64",
    "importance": "Int64",
    "rated_on": "datetime64[s]",
    "records": "str",
}
FIT = {
    "position_id": "str",
    "position": "str",
    "dimension": "str",
    "score": "Int64",
    "rated_on": "datetime64[s]",
    "before": "Int64",
    "before_on": "datetime64[s]",
    "year_before": "Int64",
    "year_before_on": "datetime64[s]",
    "drift": "Int64",
    "finding": "str",
    "records": "str",
}
OVERALL = {
    "position_id": "str",
    "position": "str",
    "rated_on": "datetime64[s]",
    "dimensions": "Int64",
    "mean": "Float64",
    "drift": "Float64",
    "finding": "str",
    "records": "str",
}
STRENGTHS = {"skill_id": "str", "name": "str", "kind": "str", "level": "Int64", "enjoyment": "Int64", "records": "str"}
HELPERS = {
    "skill_id": "str",
    "name": "str",
    "gap": "Int64",
    "weighted_gap": "Int64",
    "contact_id": "str",
    "contact": "str",
    "planned_on": "datetime64[s]",
    "records": "str",
}
EXPERIMENTS = {
    "item_id": "str",
    "title": "str",
    "status": "str",
    "skill_id": "str",
    "roles": "str",
    "hours": "Float64",
    "takeaway": "str",
    "records": "str",
}


def gaps(tables: Tables, on: dt.date, role: str | None = None) -> pd.DataFrame:
    """Return how far each skill is from the level you want or a role asks for, the largest weighted gap first.

    Formula
    -------
    gap = target level - latest self level up to the day (below 0 when you are beyond it; NA without a level or a
    target). weighted gap = gap x importance (1 to 5, 3 where none is given). With a role: the levels and importance
    that the role asks for, skills no longer followed included; else each followed skill's own, as they stand today.
    """
    wanted = _of_role(tables, on, role) if role else standing.active(tables, on).assign(target_id="")
    return _with_gaps(wanted, _levels(tables, on))


def quadrants(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return each followed skill by level and enjoyment: signature, grow, drains you or hand over.

    Formula
    -------
    level and enjoyment = those of the latest self rating up to the day that gives them. signature: both 3 or more;
    grow: enjoyment 3 or more, level below; drains you: level 3 or more, enjoyment below; hand over: both below; empty
    where one of them is missing.
    """
    skills, own = standing.active(tables, on), standing.own_ratings(tables, on)
    level = standing.latest(own, "level").reindex(skills["id"])
    enjoyment = standing.latest(own, "enjoyment").reindex(skills["id"])
    pairs = zip(level["level"], enjoyment["enjoyment"], strict=True)
    return pd.DataFrame(
        {
            "skill_id": skills["id"],
            "name": skills["name"],
            "level": level["level"].array,
            "enjoyment": enjoyment["enjoyment"].array,
            "quadrant": pd.Series([_quadrant(*pair) for pair in pairs], dtype="str"),
            "rated_on": level["rated_on"].array,
            "records": pd.Series(ids(skills["id"], level["id"], enjoyment["id"]), dtype="str"),
        }
    )


def strengths(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return your strengths that lie idle: no goal and no win of the past 180 days uses them.

    Formula
    -------
    Signature skills (assessment.quadrants) and hidden strengths (feedback.blind_spots) that are the skill of no goal
    active in the past 180 days and of no win achieved in them.
    """
    used, spots = _used(tables, on), feedback.blind_spots(tables, on)
    hidden = spots[spots["finding"] == HIDDEN].drop_duplicates("skill_id").set_index("skill_id")["records"]
    rows = []
    for row in quadrants(tables, on).to_dict("records"):
        key, signature = row["skill_id"], row["quadrant"] == "signature"
        if (signature or key in hidden.index) and key not in used:
            behind = row["records"] if signature else hidden[key]
            rows.append({**row, "kind": "signature" if signature else HIDDEN, "records": behind})
    return standing.frame(rows, STRENGTHS)


def changes(tables: Tables, on: dt.date, since: dt.date | None = None) -> pd.DataFrame:
    """Return how your own levels and enjoyment changed between two days, the largest rise first.

    Formula
    -------
    was = latest self level up to the first day (default: 365 days before the second), level = latest up to the second;
    change = level - was, NA where one is missing; enjoyment likewise. Skills known by the second day and not retired by
    the first, of which at least one level is known.
    """
    first = since or on - dt.timedelta(days=YEAR.days)
    if first > on:
        raise CareerkitError(f"{look.long_day(first)} lies after {look.long_day(on)}. Give the earlier day as since.")
    skills = Skill.known(tables["skills"], on)
    skills = skills[~(skills["retired_on"] <= pd.Timestamp(first))]
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
            "records": pd.Series(ids(skills["id"], *(each["id"] for each in (*then, *now))), dtype="str"),
        }
    )
    made = made[made["was"].notna() | made["level"].notna()]
    return made.sort_values(["change", "name"], ascending=[False, True], na_position="last", kind="stable", ignore_index=True)


def evidence(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return your own ratings of the past year that say nothing of what shows them, the newest first.

    Formula
    -------
    Self ratings of the past 365 days whose evidence is empty. latest = no later self rating of that skill up to the day.
    """
    own = standing.own_ratings(tables, on)
    last = standing.latest(own, "level")["id"]
    bare = own[(own["rated_on"] > pd.Timestamp(on) - YEAR) & (own["evidence"].str.strip() == "")]
    skills = tables["skills"].set_index("id")["name"]
    named = bare[bare["skill_id"].isin(skills.index)]
    named = named.assign(name=named["skill_id"].map(skills).astype("str"))
    named = named.sort_values(["rated_on", "id"], ascending=[False, True], kind="stable", ignore_index=True)
    return pd.DataFrame(
        {
            "rating_id": named["id"],
            "skill_id": named["skill_id"],
            "name": named["name"],
            "rated_on": named["rated_on"],
            "level": named["level"],
            "latest": named["id"].isin(last).astype("bool"),
            "records": pd.Series(ids(named["id"], named["skill_id"]), dtype="str"),
        }
    )


def fit(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return how the position you hold fits in each respect, and how that has moved.

    Formula
    -------
    score = latest up to the day, of the positions held on it; before = the one of an earlier day; year before = the one
    nearest to 365 days before the latest, at most 90 days off. drift = score - year before, else score - before.
    finding, first that holds: does not fit (score 2 or less), slipping (drift below 0), fits (4 or more), in part.
    Respects are told apart by their words, capitals aside; a score without a position counts for the one begun last.
    """
    return standing.frame([_fit_row(course) for course in courses(tables, on)], FIT)


def fit_overall(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return how each position you hold fits all in all, with a warning when it no longer does.

    Formula
    -------
    mean = mean of the latest scores (assessment.fit); drift = mean of their drifts, where there are any. finding, first
    that holds: too early to say (fewer than 3 respects), no longer fits (mean below 2.5, or drift -1 or lower), slipping
    (drift -0.5 or lower), fits (mean 3.5 or more), fits in part.
    """
    rows = fit(tables, on)
    return standing.frame([_overall_row(part) for _, part in rows.groupby("position_id", sort=False)], OVERALL)


def roles(tables: Tables, on: dt.date, role: str | None = None) -> pd.DataFrame:
    """Return the distance to each role you think about, skill by skill, to be read side by side.

    Formula
    -------
    For each role known on the day and not dropped, or the one named: the rows of assessment.gaps against its targets.
    A role's status counts as it stands today.
    """
    own = _levels(tables, on)
    parts = [_with_gaps(_of_role(tables, on, key), own).assign(role_id=key, role=name) for key, name in _roles(tables, on, role)]
    order = ["role_id", "role", *GAPS]
    empty = standing.frame([], {"role_id": "str", "role": "str", **GAPS})
    return pd.concat([part[order] for part in parts], ignore_index=True).astype(empty.dtypes) if parts else empty


def distance(tables: Tables, on: dt.date, role: str | None = None) -> pd.DataFrame:
    """Return how far each role you think about is, all skills together, the one with least to go first.

    Formula
    -------
    Over the role's targets (assessment.roles): skills = how many, reached = level at the target or beyond, unrated =
    no level of your own yet; to go = sum of importance x what is missing / sum of importance x target level, over those
    with a level: 0 is there, 1 is all of the way; NA where none has one.
    """
    rows, known = roles(tables, on, role), _roles(tables, on, role)
    status = dict(zip(tables["roles"]["id"], tables["roles"]["status"], strict=True))
    told = [_distance_row(key, name, status[key], rows[rows["role_id"] == key]) for key, name in known]
    kinds = {"role_id": "str", "name": "str", "status": "str", "skills": "Int64", "reached": "Int64", "unrated": "Int64"}
    made = standing.frame(told, {**kinds, "to_go": "Float64", "records": "str"})
    return made.sort_values("to_go", na_position="last", kind="stable", ignore_index=True)


def who_could_help(tables: Tables, on: dt.date, role: str | None = None) -> pd.DataFrame:
    """Return, for your five largest gaps, the contacts who are strong in that skill, and the talk that is planned.

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
    return standing.frame(rows, HELPERS)


def say_versus_do(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return how much each followed skill matters to you beside the hours you logged on it, what matters most first.

    Formula
    -------
    hours = minutes / 60 logged in the past 182 days with learning items that build the skill. said = importance / sum
    of all importance; done = hours / sum of all these hours; NA where there are none. finding, where hours were logged
    at all: said, not done (importance 4 or 5 and no hour); done, not said (importance 1 or 2, and done above said).
    Importance counts as it stands today.
    """
    skills = standing.active(tables, on)
    logged = _logged(tables, on)
    minutes = logged.groupby("skill_id")["minutes"].sum().reindex(skills["id"], fill_value=0)
    hours = (minutes / 60).astype("Float64").array
    told = logged.groupby("skill_id")["id"].agg(";".join).reindex(skills["id"], fill_value="")
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
            "records": pd.Series(ids(skills["id"], told), dtype="str"),
        }
    )
    return made.sort_values(["importance", "hours"], ascending=[False, True], na_position="last", kind="stable", ignore_index=True)


def experiments(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return the small experiments by which you try out a role or a skill, those under way first.

    Formula
    -------
    Learning items of the kind experiment known on the day; hours = all logged with it up to the day; takeaway = the
    latest one; roles = those not dropped that ask for its skill. Status counts as it stands today.
    """
    items = LearningItem.known(tables["learning_items"], on)
    items = items[items["kind"] == "experiment"]
    log = tables["learning_log"]
    log = log[log["studied_on"] <= pd.Timestamp(on)].sort_values(["studied_on", "id"], kind="stable")
    logged, asking = dict(list(log.groupby("item_id"))), roles(tables, on)
    rows = []
    for item in items.to_dict("records"):
        mine, by = logged.get(item["id"], log[:0]), asking[asking["skill_id"] == item["skill_id"]]
        said = [text for text in mine["takeaway"] if text.strip()]
        told = {"item_id": item["id"], "hours": mine["minutes"].sum() / 60, "takeaway": said[-1] if said else ""}
        named = join_list(by["role_id"]) if item["skill_id"] else ""
        rows.append({**item, **told, "roles": named, "records": join_list([item["id"], *mine["id"]])})
    order = ("doing", "planned", "done", "dropped")
    rows.sort(key=lambda row: order.index(row["status"]) if row["status"] in order else len(order))
    return standing.frame(rows, EXPERIMENTS)


def _of_role(tables: Tables, on: dt.date, role: str) -> pd.DataFrame:
    """Return the skills that a role asks for, with the level and importance it asks for."""
    _require(tables, role)
    targets = RoleTarget.known(tables["role_targets"], on).sort_values(["created_at", "id"], kind="stable")
    known = role in set(Role.known(tables["roles"], on)["id"])
    mine = targets[(targets["role_id"] == role) & known].drop_duplicates("skill_id", keep="last")
    named = mine.merge(tables["skills"][["id", "name"]].rename(columns={"id": "skill"}), left_on="skill_id", right_on="skill")
    told = {"id": named["skill_id"], "name": named["name"], "target_level": named["level"], "importance": named["importance"]}
    return pd.DataFrame({**told, "target_id": named["id"]})


def _require(tables: Tables, role: str) -> None:
    named = tables["roles"]
    if role not in set(named["id"]):
        known = ", ".join(f"{key} ({name})" for key, name in zip(named["id"], named["name"], strict=True)) or "none yet"
        raise CareerkitError(f"There is no role {role!r}. The roles are: {known}.")


def _roles(tables: Tables, on: dt.date, role: str | None) -> list[tuple[str, str]]:
    if role:
        _require(tables, role)
    known = Role.known(tables["roles"], on)
    kept = known[(known["id"] == role) if role else (known["status"] != "dropped")]
    return list(zip(kept["id"], kept["name"], strict=True))


def _levels(tables: Tables, on: dt.date) -> pd.DataFrame:
    return standing.latest(standing.own_ratings(tables, on), "level")


def _with_gaps(wanted: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
    own = levels.reindex(wanted["id"])
    level, target = own["level"].array, wanted["target_level"]
    gap = (target - level).astype("Int64")
    made = pd.DataFrame(
        {
            "skill_id": wanted["id"],
            "name": wanted["name"],
            "level": level,
            "target_level": target,
            "gap": gap,
            "weighted_gap": (gap * wanted["importance"].fillna(MIDDLE)).astype("Int64"),
            "importance": wanted["importance"],
            "rated_on": own["rated_on"].array,
            "records": pd.Series(ids(wanted["id"], wanted["target_id"], own["id"]), index=wanted.index, dtype="str"),
        }
    )
    return made.sort_values(["weighted_gap", "name"], ascending=[False, True], na_position="last", kind="stable", ignore_index=True)


def _latest(tables: Tables, on: dt.date, column: str, skills: pd.Series) -> pd.DataFrame:
    return standing.latest(standing.own_ratings(tables, on), column).reindex(skills)


def _quadrant(level: Any, enjoyment: Any) -> str:
    if pd.isna(level) or pd.isna(enjoyment):
        return ""
    if level >= GOOD:
        return "signature" if enjoyment >= GOOD else "drains you"
    return "grow" if enjoyment >= GOOD else "hand over"


def _used(tables: Tables, on: dt.date) -> set[str]:
    """Return the skills that a goal or a win of the past 180 days uses."""
    since = pd.Timestamp(on) - UNUSED
    begun = [plan for plan in plans(tables, on) if plan.start <= pd.Timestamp(on)]
    goals = {plan.goal["skill_id"] for plan in begun if plan.active or plan.day > since}
    wins = tables["achievements"]
    recent = wins[(wins["achieved_on"] <= pd.Timestamp(on)) & (wins["achieved_on"] > since)]
    return goals | {skill for text in recent["skill_ids"] for skill in split_list(text)}


def _fit_row(course: Course) -> dict[str, Any]:
    last, before, year = course.last, course.before, course.year_before
    drift = course.drift()
    behind = [row["id"] for row in (last, before, year) if row is not None]
    return {
        "position_id": course.position_id,
        "position": course.position,
        "dimension": last["dimension"].strip(),
        "score": last["score"],
        "rated_on": last["rated_on"],
        "before": pd.NA if before is None else before["score"],
        "before_on": pd.NaT if before is None else before["rated_on"],
        "year_before": pd.NA if year is None else year["score"],
        "year_before_on": pd.NaT if year is None else year["rated_on"],
        "drift": pd.NA if drift is None else drift,
        "finding": _fitting(int(last["score"]), drift),
        "records": join_list([*behind, course.position_id]),
    }


def _fitting(score: int, drift: int | None) -> str:
    if score <= 2:
        return "does not fit"
    if drift is not None and drift < 0:
        return "slipping"
    return "fits" if score >= 4 else "in part"


def _overall_row(rows: pd.DataFrame) -> dict[str, Any]:
    mean, drift = rows["score"].mean(), rows["drift"].mean()
    return {
        "position_id": rows["position_id"].iloc[0],
        "position": rows["position"].iloc[0],
        "rated_on": rows["rated_on"].max(),
        "dimensions": len(rows),
        "mean": mean,
        "drift": drift,
        "finding": _overall(len(rows), mean, drift),
        "records": join_list(key for text in rows["records"] for key in split_list(text)),
    }


def _overall(respects: int, mean: Any, drift: Any) -> str:
    fallen = 0.0 if pd.isna(drift) else float(drift)
    if respects < 3:
        return "too early to say"
    if mean < NOT_FITTING or fallen <= -1:
        return "no longer fits"
    if fallen <= -0.5:
        return "slipping"
    return "fits" if mean >= 3.5 else "fits in part"


def _distance_row(key: str, name: str, status: str, rows: pd.DataFrame) -> dict[str, Any]:
    rated = rows[rows["gap"].notna()]
    weight = rated["importance"].fillna(MIDDLE)
    whole = float((rated["target_level"] * weight).sum())
    missing = float((rated["gap"].clip(lower=0) * weight).sum())
    return {
        "role_id": key,
        "name": name,
        "status": status,
        "skills": len(rows),
        "reached": int((rated["gap"] <= 0).sum()),
        "unrated": int(rows["level"].isna().sum()),
        "to_go": missing / whole if whole else (0.0 if len(rated) else pd.NA),
        "records": join_list([key, *(each for text in rows["records"] for each in split_list(text))]),
    }


def _strong_in(tables: Tables, on: dt.date) -> dict[str, list[tuple[str, str]]]:
    people = Contact.known(tables["contacts"], on)
    people = people[~(people["archived_on"] <= pd.Timestamp(on)) & (people["skill_ids"] != "")]
    found: dict[str, list[tuple[str, str]]] = {}
    for key, name, skills in zip(people["id"], people["name"], people["skill_ids"], strict=True):
        for skill in split_list(skills):
            found.setdefault(skill, []).append((key, name))
    return found


def _planned(tables: Tables, on: dt.date) -> dict[str, tuple[pd.Timestamp, str]]:
    """Return contact -> day and id of the first informational interview that is planned and has not happened."""
    talks, day = tables["interactions"], pd.Timestamp(on)
    ahead = talks[(talks["kind"] == "informational interview") & talks["planned_on"].notna() & ~(talks["happened_on"] <= day)]
    ahead = ahead[ahead["created_at"].dt.normalize() <= day].sort_values(["planned_on", "id"], kind="stable")
    found: dict[str, tuple[pd.Timestamp, str]] = {}
    for key, people, planned in zip(ahead["id"], ahead["contact_ids"], ahead["planned_on"], strict=True):
        for contact in split_list(people):
            found.setdefault(contact, (planned, key))
    return found


def _logged(tables: Tables, on: dt.date) -> pd.DataFrame:
    log, day = tables["learning_log"], pd.Timestamp(on)
    recent = log[(log["studied_on"] <= day) & (log["studied_on"] > day - HALF_YEAR)]
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
