"""What the goals notebook asks and says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import FormPlan, is_blank
from careerkit.records.settings import Settings
from careerkit.topics.goals import measures
from careerkit.topics.goals.plan import Plan, plans
from careerkit.topics.goals.records import ActionStep, CheckIn, Goal
from careerkit.topics.letters import Letter
from careerkit.topics.tables import Tables, names


def closing_day(values: dict[str, Any], today: dt.date) -> dict[str, Any]:
    """Return the day a goal stopped being active, when its status says so and no day was given."""
    over = values.get("status") in ("done", "paused", "dropped")
    if over and is_blank(values.get("closed_on")):
        return {"closed_on": today}
    return {"closed_on": None} if values.get("status") == "active" else {}


# The fields that make the plan; changes of the others only word it better.
PLANNED = ("metric", "baseline", "target", "started_on", "deadline", "closed_on")


def revised(before: pd.Series, values: dict[str, Any], today: dt.date) -> list[tuple[str, dict[str, Any]]]:
    """Return the changes of plan to write down; filling in what was empty changes no plan."""
    texts = {
        name: (Goal.fields[name].write(before[name]), Goal.fields[name].write(Goal.fields[name].clean(values.get(name))))
        for name in PLANNED
    }
    return [
        ("goal_changes", {"changed_on": today, "goal_id": before["id"], "field": name, "was": was, "now": now})
        for name, (was, now) in texts.items()
        if was and was != now
    ]


FORMS = {
    "goals": FormPlan(Goal, fill=closing_day, revised=revised),
    "action_steps": FormPlan(ActionStep, rows=(("goal_id", "title"), ("due_on", "done_on", "owner")), more=False),
    "check_ins": FormPlan(
        CheckIn, rows=(("goal_id", "checked_on"), ("value", "confidence"), ("note", "blocker")), more=False, choose=False
    ),
}

# SMART test -> the chip's words while it is not passed yet.
OPEN = {
    "specific": "Specific: say it in three words or more",
    "measurable": "Measurable: give a number to move, or three steps with days",
    "achievable": "Achievable: add a first step",
    "relevant": "Relevant: say why it matters",
    "time_bound": "Time-bound: choose a deadline",
}


def smart_hints(tables: Tables, on: dt.date, values: dict[str, Any]) -> list[tuple[bool, str]]:
    """Return which SMART tests a goal that is being written would pass."""
    cleaned, _ = Goal.clean({**values, "status": "active"})
    row = {name: cleaned.get(name, field.blank) for name, field in Goal.fields.items()}
    row |= {"id": values.get("id") or "new", "closed_on": None, "started_on": row["started_on"] or on, "created_at": pd.Timestamp(on)}
    frame = pd.DataFrame([row]).reindex(columns=list(Goal.fields))
    typed = frame.astype({name: field.dtype for name, field in Goal.fields.items()})
    typed["started_on"] = typed["started_on"].clip(upper=pd.Timestamp(on))
    changes = tables["goal_changes"]
    tests = measures.smart({**tables, "goals": typed, "goal_changes": changes[:0]}, on)
    passed = tests.iloc[0] if len(tests) else {name: False for name in OPEN}
    return [(bool(passed[name]), name.replace("_", "-").capitalize() if passed[name] else advice) for name, advice in OPEN.items()]


HINTS = {"goals": smart_hints}


def _recipients(tables: Tables, on: dt.date, settings: Settings) -> list[tuple[str, str]]:
    active = {plan.goal["id"]: plan for plan in plans(tables, on) if plan.active}
    people = names(tables["contacts"])
    goals = [(key, plan.goal["title"], people.get(plan.goal["accountable_to"], "")) for key, plan in active.items()]
    # Goals that someone asks about come first; the text can be sent for the others as well.
    return [(key, f"{title} ({who})" if who else title) for key, title, who in sorted(goals, key=lambda each: not each[2])]


def _accountability_letter(tables: Tables, on: dt.date, settings: Settings, key: str) -> str:
    plan = next(each for each in plans(tables, on) if each.goal["id"] == key)
    row = measures.pace({**tables, "goals": tables["goals"][tables["goals"]["id"] == key]}, on).iloc[0]
    name = names(tables["contacts"]).get(plan.goal["accountable_to"], "")
    hello = f"Hello {name.split()[0]}," if name.split() else "Hello,"
    by = "" if is_blank(plan.goal["deadline"]) else f" by {look.long_day(plan.goal['deadline'])}"
    lines = [f"One of my goals: “{plan.goal['title'].strip().rstrip('.')}”{by}. I would like you to ask me about it.", _state(plan, row)]
    step = next((each["title"] for each in sorted(plan.open_steps(), key=_due)), "")
    if step:
        lines.append(f"My next step: {step}.")
    return "\n\n".join([hello, " ".join(line for line in lines if line), "Will you ask me again in two weeks?", settings.owner]).strip()


def _due(step: dict[str, Any]) -> tuple[bool, Any]:
    return is_blank(step["due_on"]), step["due_on"] if not is_blank(step["due_on"]) else step["id"]


def _state(plan: Plan, row: pd.Series) -> str:
    if plan.goal["metric"].strip() and plan.measured:
        last = plan.measured[-1]
        unit = plan.goal["unit"].strip() or plan.goal["metric"].strip()
        of = "" if is_blank(plan.goal["target"]) else f" of {look.number(plan.goal['target'])}"
        return f"On {look.long_day(last['checked_on'])} I was at {look.number(last['value'])}{of} ({unit})."
    return f"{row['steps_done']} of {row['steps']} steps are done." if row["steps"] else ""


LETTERS = {
    "goals.accountable": Letter(
        title="Ask someone to ask you",
        recipients=_recipients,
        text=_accountability_letter,
        empty="Write down a goal first. Then the text for the person who asks you about it appears here.",
        choose="Which goal is it about?",
    )
}


def status(tables: Tables, on: dt.date, settings: Settings) -> str:
    """Return how many active goals keep pace."""
    pace = measures.pace(tables, on)
    active = pace[pace["goal_status"] == "active"]
    if active.empty:
        return "none yet"
    return f"{int(active['status'].isin(('on track', 'achieved')).sum())} of {len(active)} on track"


def findings(tables: Tables, on: dt.date, settings: Settings) -> list[str]:
    """Return what the goals' records say, naming a goal and a next action."""
    pace = measures.pace(tables, on)
    active = pace[pace["goal_status"] == "active"]
    if active.empty:
        return ["There is no active goal yet. One is enough to begin with: what would you like to be true by the end of next quarter?"]
    found = [*_ahead(active), *_behind(active, tables, on), *_unchecked(active, tables), *_slipped(tables, on)]
    return found[:3] or [f"“{active.iloc[0]['title']}” is written down. A first check-in shows how it moves."]


def _ahead(active: pd.DataFrame) -> list[str]:
    moving = active[active["gap"].notna() & active["status"].isin(("on track", "achieved"))]
    if moving.empty:
        return []
    best = moving.sort_values("gap").iloc[0]
    points = round(-100 * float(best["gap"]))
    if best["status"] == "achieved":
        return [f"“{best['title']}” is achieved. Close it, and note it as a win."]
    words = f"{points} points ahead of" if points > 0 else "in step with"
    return [f"“{best['title']}” is {words} the calendar. Note what helps, so that you can do it again."]


def _behind(active: pd.DataFrame, tables: Tables, on: dt.date) -> list[str]:
    late = active[active["status"].isin(("behind", "at risk", "missed"))]
    if late.empty:
        return []
    worst = late.sort_values("gap").iloc[-1]
    blocker = repeated_blocker(worst["goal_id"], tables, on)
    why = f", and its last two check-ins name the same blocker: {blocker}" if blocker else ""
    if worst["status"] == "missed":
        return [f"The deadline of “{worst['title']}” has passed{why}. Decide: a new date, a smaller target, or drop it."]
    return [f"“{worst['title']}” is {round(100 * float(worst['gap']))} points behind{why}. What would be the smallest next step?"]


def repeated_blocker(goal_id: str, tables: Tables, on: dt.date) -> str:
    """Return the blocker that a goal's last two check-ins share, '' when they do not."""
    check_ins = tables["check_ins"]
    mine = check_ins[(check_ins["goal_id"] == goal_id) & (check_ins["checked_on"] <= pd.Timestamp(on))]
    last = [text.strip() for text in mine.sort_values(["checked_on", "id"])["blocker"].tail(2)]
    return last[1] if len(last) == 2 and last[0] and last[0].casefold() == last[1].casefold() else ""


def _slipped(tables: Tables, on: dt.date) -> list[str]:
    rows = measures.slips(tables, on)
    often = rows[(rows["times"] >= 2) & (rows["goal_status"] == "active")]
    if often.empty:
        return []
    first = often.iloc[0]
    moved = f"The deadline of “{first['title']}” was moved {first['times']} times."
    return [f"{moved} Is it still the goal you want, or is the first step too big?"]


def _unchecked(active: pd.DataFrame, tables: Tables) -> list[str]:
    silent = active[active["status"] == "no recent check-in"]
    if silent.empty:
        return []
    first = silent.iloc[0]
    check_ins = tables["check_ins"]
    last = check_ins[check_ins["goal_id"] == first["goal_id"]]["checked_on"].max()
    since = "yet" if is_blank(last) else f"since {look.day(last)}"
    return [f"“{first['title']}” has no check-in {since}. Where is it today?"]
