"""What was achieved in the period: the wins by how far they reached, and the goals that were finished."""

from __future__ import annotations

import pandas as pd

from careerkit import look
from careerkit.records import split_list
from careerkit.review.context import Scene
from careerkit.review.sections.layout import NOTHING, apart, lines, quiet, section, sentence
from careerkit.topics.brand import measures as brand
from careerkit.topics.goals.plan import Plan

# The widest reach stands first, with how it is called.
IMPACT = {
    "beyond": "Beyond the organisation", "organisation": "The whole organisation", "team or class": "Team or class",
    "myself": "Own development", "": "",
}  # fmt: skip


def wins(scene: Scene) -> look.Html:
    """Return the wins of the period, those with the widest impact first."""
    if not scene.shows("wins"):
        return NOTHING
    won = brand.wins(scene.tables, scene.on, since=scene.period.start)
    if won.empty:
        return quiet("Wins", "No win was noted in this period." + (" Small ones count." if scene.own else ""))
    rows = scene.tables["achievements"].set_index("id").loc[won["achievement_id"]]
    ranked = rows.assign(order=rows["impact"].map(list(IMPACT).index)).sort_values(["order", "achieved_on"], kind="stable")
    return section("Wins", "".join(_win(row, scene) for _, row in ranked.iterrows()), _said(scene))


def _said(scene: Scene) -> look.Html:
    noted, reached = scene.counted("wins"), scene.counted("wins that reached further")
    first = sentence(scene.fig(noted, look.count(int(noted.value or 0), "win")))
    if not reached.value:
        return sentence(first, ", in the order of their days." if (noted.value or 0) > 1 else ".")
    return sentence(first, ", those with the widest reach first: ", scene.fig(reached), " for the whole organisation or beyond.")


def _win(row: pd.Series, scene: Scene) -> str:
    skills = scene.tables["skills"].set_index("id")["name"]
    used = ", ".join(skills[key] for key in split_list(row["skill_ids"]) if key in skills.index)
    facts = (IMPACT[row["impact"]], look.day(row["achieved_on"]), row["metric"], used)
    told = " ".join(part for part in (row["action"], row["result"]) if part)
    own = f"{look.muted('Own part: ')}{look.text(row['my_part'])}<br>" if row["my_part"].strip() else ""
    small = f"{apart(facts)}{_evidence(row['link'])}"
    return f'<div class="ck-win">{look.strong(row["title"])}<br>{look.text(told)}{"<br>" if told else ""}{own}<small>{small}</small></div>'


def _evidence(link: str) -> str:
    # Anything but a plain address of a page would do something else when it is followed.
    safe = link.strip().lower().startswith(("https://", "http://"))
    return f' · <a href="{look.text(link.strip())}" rel="noreferrer">evidence</a>' if safe else ""


def finished(scene: Scene) -> look.Html:
    """Return the goals finished in the period, for a reader who does not see the table of goals."""
    if not scene.shows("finished") or scene.shows("goals"):
        return NOTHING
    done = [plan for plan in scene.plans if plan.status == "done" and scene.before < plan.day.date() <= scene.on]
    if not done:
        return quiet("Finished goals", "No goal was finished in this period.")
    figure = scene.counted("goals finished")
    return section(
        "Finished goals", lines(_goal(plan) for plan in done), sentence(scene.fig(figure, look.count(len(done), "goal")), " finished.")
    )


def _goal(plan: Plan) -> look.Html:
    goal, due = plan.goal, plan.goal["deadline"]
    when = f"finished {look.day(plan.day)}"
    ahead = f", planned for {look.day(due)}" if pd.notna(due) else ""
    reach = f" · {goal['metric']}: {look.number(goal['baseline']) or '0'} to {look.number(goal['target'])}" if _counted(plan) else ""
    return sentence(look.strong(goal["title"]), look.Html("<br>"), look.muted(f"{when}{ahead}{reach}"))


def _counted(plan: Plan) -> bool:
    return bool(plan.goal["metric"].strip()) and pd.notna(plan.goal["target"])
