"""Target levels, one's own or those of a role, and how far each is."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.topics.assessment import snapshot
from careerkit.topics.assessment.records import Role, RoleTarget
from careerkit.topics.tables import Tables, columns, ids

# Where nothing is said about how much a skill matters, it counts as the middle of the scale.
MIDDLE = 3

GAPS = columns("skill_id name: text; level target_level gap weighted_gap importance: whole; rated_on: day; records: text")


def of_role(tables: Tables, on: dt.date, role: str) -> pd.DataFrame:
    """Return the skills that a role asks for, with the level and importance it asks for."""
    require(tables, role)
    targets = RoleTarget.known(tables["role_targets"], on).sort_values(["created_at", "id"], kind="stable")
    known = role in set(Role.known(tables["roles"], on)["id"])
    mine = targets[(targets["role_id"] == role) & known].drop_duplicates("skill_id", keep="last")
    wanted = mine.rename(columns={"id": "target_id", "skill_id": "id", "level": "target_level"})
    return wanted.merge(tables["skills"][["id", "name"]], on="id")[["id", "name", "target_level", "importance", "target_id"]]


def with_gaps(wanted: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
    """Return how far each skill wanted is from its level: the columns of GAPS, the largest weighted gap first."""
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
            "records": ids(wanted["id"], wanted["target_id"], own["id"]),
        }
    ).astype({"records": "str"})
    return made.sort_values(["weighted_gap", "name"], ascending=[False, True], na_position="last", kind="stable", ignore_index=True)


def levels(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return each skill's latest own level: level, rated_on and id, by skill_id."""
    return snapshot.latest(snapshot.own_ratings(tables, on), "level")


def thought_about(tables: Tables, on: dt.date, role: str | None) -> list[tuple[str, str]]:
    """Return id and name of each role known on a day and not dropped, or of the one named."""
    if role:
        require(tables, role)
    known = Role.known(tables["roles"], on)
    kept = known[(known["id"] == role) if role else (known["status"] != "dropped")]
    return list(zip(kept["id"], kept["name"], strict=True))


def require(tables: Tables, role: str) -> None:
    """Raise an error for an unknown role, which names those that are known."""
    named = tables["roles"]
    if role not in set(named["id"]):
        known = ", ".join(f"{key} ({name})" for key, name in zip(named["id"], named["name"], strict=True)) or "none yet"
        raise CareerkitError(f"There is no role {role!r}. The roles are: {known}.")


def aim(tables: Tables, on: dt.date) -> tuple[str, str]:
    """Return id and name of the role chosen, where it says which skills it asks for; else two empty texts."""
    known = Role.known(tables["roles"], on)
    chosen = known[(known["status"] == "chosen") & known["id"].isin(tables["role_targets"]["role_id"])]
    if chosen.empty:
        return "", ""
    last = chosen.sort_values(["noted_on", "id"], kind="stable").iloc[-1]
    return str(last["id"]), str(last["name"])
