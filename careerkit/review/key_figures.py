"""The figures of a review: which there are for each section, at both ends of the period and a year before."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.review.context import Scene
from careerkit.review.figures import Figure
from careerkit.topics.assessment import measures as assessment
from careerkit.topics.feedback.loop import reached

# Section -> the figures of review.counts that it tells of.
COUNTED = {
    "wins": ("wins", "wins that reached further"),
    "finished": ("goals finished",),
    "goals": ("goals finished", "goals paused or dropped", "goals begun", "steps done"),
    "network": ("people spoken to", "people spoken to for the first time", "contacts added", "promises kept"),
    "learning": ("hours studied", "takeaways noted", "learning items finished", "credentials earned"),
    "feedback": (
        "feedback asked for", "feedback received", "feedback thought over", "feedback decided on", "feedback acted on", "givers told",
    ),
    "skills": ("skills rated higher", "skills rated lower"),
    "coaching": ("sessions held", "minutes in sessions", "assignments given", "assignments done"),
}  # fmt: skip
ON_PACE = ("on track", "achieved")
SAID = {"no recent check-in": "without a recent check-in", "unclear": "without a deadline or a measure"}


def figures(scene: Scene) -> list[Figure]:
    """Return every figure of a review, each once: the period's own first, then those it is compared with, then goal by goal."""
    found = [figure for each in scene.ends() for figure in _of_end(each)]
    found += of_goals(scene) if scene.shows("goals") else []
    return list({figure.key: figure for figure in found}.values())


def _of_end(scene: Scene) -> Iterator[Figure]:
    for section, names in COUNTED.items():
        if scene.shows(section):
            yield from (scene.counted(name) for name in names)
    if scene.shows("goals") or scene.shows("progress"):
        yield on_pace(scene)
        yield from by_status(scene)
    if scene.shows("network"):
        yield from (kept_up(scene), promises_open(scene))
    if scene.shows("feedback"):
        yield feedback_open(scene)
    if scene.shows("fit"):
        yield from (fit(scene, row) for _, row in assessment.fit_overall(scene.tables, scene.on).iterrows())
    if scene.shows("habits"):
        yield from (habit(scene, name) for name in scene.habits.index)


def started(scene: Scene) -> pd.DataFrame:
    """Return goals.pace of the goals that were active at the period's end and had begun."""
    return scene.pace[(scene.pace["goal_status"] == "active") & (scene.pace["status"] != "not started")]


def on_pace(scene: Scene) -> Figure:
    """Return how many active goals keep pace with the calendar."""
    active = started(scene)
    good = active[active["status"].isin(ON_PACE)]
    formula = "active goals on track or achieved, of all active goals that have begun"
    return scene.standing(
        "goals on pace",
        "goals on pace",
        f"{len(good)} of {len(active)}" if len(active) else "none",
        len(good),
        "goals.pace",
        formula,
        active["records"],
    )


def by_status(scene: Scene) -> list[Figure]:
    """Return how many active goals stand how, the statuses in use alone."""
    active = scene.pace[scene.pace["goal_status"] == "active"]
    return [
        scene.standing(
            f"goals {status}", f"goals {SAID.get(status, status)}", str(len(rows)), len(rows), "goals.pace", f"active goals whose status is {status}", rows["records"]
        )
        for status in look.STATUS
        if len(rows := active[active["status"] == status])
    ]  # fmt: skip


def of_goals(scene: Scene) -> list[Figure]:
    """Return how far each goal was."""
    return [progress(scene, row) for _, row in scene.pace.iterrows() if not is_blank(row["progress"])]


def progress(scene: Scene, row: pd.Series) -> Figure:
    """Return how far a goal was, from its row of goals.pace."""
    by_number = any(plan.goal["id"] == row["goal_id"] and plan.goal["metric"].strip() for plan in scene.plans)
    formula = f"{row['steps_done']} of {row['steps']} action steps done"
    if by_number:
        formula = f"(value - baseline) / (target - baseline), the value being {look.number(row['value'])}"
    if not is_blank(row["elapsed"]):
        formula += f"; {look.percent(row['elapsed'])} of its time had gone"
    return scene.standing(
        f"progress of goal {row['goal_id']}", f"progress of “{look.short(row['title'], 60)}”", look.percent(row["progress"]), row["progress"], "goals.pace", formula,
        [row["records"]],
    )  # fmt: skip


def kept_up(scene: Scene) -> Figure:
    """Return how many of the people to keep in touch with were not waiting."""
    due = scene.due
    well = due[due["days_overdue"] <= 0]
    formula = "contacts with a cadence who are not later than planned, of all with one"
    return scene.standing(
        "kept up",
        "people kept up with",
        f"{len(well)} of {len(due)}" if len(due) else "none",
        len(well),
        "networking.due",
        formula,
        due["records"],
    )


def promises_open(scene: Scene) -> Figure:
    """Return how many promises were open."""
    rows = scene.promises
    return scene.standing(
        "promises open", "promises open", str(len(rows)), len(rows), "networking.promises", "follow-ups not done yet", rows["records"]
    )


def feedback_open(scene: Scene) -> Figure:
    """Return how much feedback had come and was not closed."""
    rows = reached(scene.tables["feedback"], scene.on)
    rows = rows[rows["stage"].isin(("received", "reflected", "decided", "acted"))]
    formula = "feedback that has come and whose giver was not told yet what became of it"
    return scene.standing("feedback open", "feedback not closed yet", str(len(rows)), len(rows), "feedback.loop", formula, rows["id"])


def habit(scene: Scene, name: str) -> Figure:
    """Return a habit's score out of 100."""
    row = scene.habits.loc[name]
    shown = "too early to say" if is_blank(row["score"]) else str(round(float(row["score"])))
    formula = f"100 x the mean of its {look.count(int(row['signals']), 'sign')} that apply (habits.index)"
    return scene.standing(f"habit {name}", f"{NAMES[name]} habit", shown, row["score"], "habits.index", formula, [row["records"]])


def fit(scene: Scene, row: pd.Series) -> Figure:
    """Return how a position fits all in all, from its row of assessment.fit_overall."""
    name = row["position"] or "the role"
    shown = "too early to say" if is_blank(row["mean"]) else look.number(round(float(row["mean"]), 1))
    formula = "mean of the latest scores from 1 to 5"
    return scene.standing(
        f"fit {row['position_id']}", f"fit of {name}", shown, row["mean"], "assessment.fit_overall", formula, [row["records"]]
    )


NAMES = {"assessment": "Self-assessment", "networking": "Networking", "change": "Change", "goals": "Goals", "feedback": "Feedback"}
