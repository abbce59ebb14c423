"""What is asked for: the levels wanted by oneself or by a role, and how far each is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.topics.assessment import as_of
from careerkit.topics.assessment.as_of import ids
from careerkit.topics.assessment.records import Role, RoleTarget

Tables = Mapping[str, pd.DataFrame]
# Where nothing is said about how much a skill matters, it counts as the middle of the scale.
MIDDLE = 3

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


def of_role(tables: Tables, on: dt.date, role: str) -> pd.DataFrame:
    """Return the skills that a role asks for, with the level and importance it asks for."""
    require(tables, role)
    targets = RoleTarget.known(tables["role_targets"], on).sort_values(["created_at", "id"], kind="stable")
    known = role in set(Role.known(tables["roles"], on)["id"])
    mine = targets[(targets["role_id"] == role) & known].drop_duplicates("skill_id", keep="last")
    named = mine.merge(tables["skills"][["id", "name"]].rename(columns={"id": "skill"}), left_on="skill_id", right_on="skill")
    told = {"id": named["skill_id"], "name": named["name"], "target_level": named["level"], "importance": named["importance"]}
    return pd.DataFrame({**told, "target_id": named["id"]})


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
            "records": pd.Series(ids(wanted["id"], wanted["target_id"], own["id"]), index=wanted.index, dtype="str"),
        }
    )
    return made.sort_values(["weighted_gap", "name"], ascending=[False, True], na_position="last", kind="stable", ignore_index=True)


def levels(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return each skill's latest own level: level, rated_on and id, by skill_id."""
    return as_of.latest(as_of.own_ratings(tables, on), "level")


def thought_about(tables: Tables, on: dt.date, role: str | None) -> list[tuple[str, str]]:
    """Return id and name of each role known on a day and not dropped, or of the one named."""
    if role:
        require(tables, role)
    known = Role.known(tables["roles"], on)
    kept = known[(known["id"] == role) if role else (known["status"] != "dropped")]
    return list(zip(kept["id"], kept["name"], strict=True))


def require(tables: Tables, role: str) -> None:
    """Refuse a role that is not there, naming those that are."""
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
