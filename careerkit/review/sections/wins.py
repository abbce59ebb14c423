"""The wins of the period, by how far they reached."""

from __future__ import annotations

import pandas as pd

from careerkit import look
from careerkit.records import split_list
from careerkit.review.context import Context
from careerkit.review.reader import Access
from careerkit.review.section import Section
from careerkit.review.sections.layout import quiet, section
from careerkit.review.sections.phrases import NOTHING, apart, compared, marked, part_of, sentence
from careerkit.topics.brand import measures as brand

# The widest reach comes first, with how it is called.
IMPACT = {
    "beyond": "Beyond the organisation",
    "organisation": "The whole organisation",
    "team or class": "Team or class",
    "myself": "Own development",
    "": "",
}


def wins(context: Context) -> look.Html:
    """Return the wins of the period, those with the widest impact first."""
    found = brand.wins(context.tables, context.on, since=context.period.start)
    if found.empty:
        return quiet("Wins", "No win was noted in this period." + (" Small ones count." if context.own else ""))
    rows = context.tables["achievements"].set_index("id").loc[found["achievement_id"]]
    ranked = rows.assign(order=rows["impact"].map(list(IMPACT).index)).sort_values(["order", "achieved_on"], kind="stable")
    return section("Wins", "".join(_win(row, context) for _, row in ranked.iterrows()), _summary(context))


def _summary(context: Context) -> look.Html:
    noted, further = context.counted("wins"), context.counted("wins that reached further")
    first = context.amount(noted, "win")
    if not further.value:
        return sentence(first, ", in the order of their days." if (noted.value or 0) > 1 else ".")
    return sentence(first, ", those with the widest reach first: ", context.show(further), " for the whole organisation or beyond.")


def _win(row: pd.Series, context: Context) -> str:
    skills = context.tables["skills"].set_index("id")["name"]
    used = ", ".join(skills[key] for key in split_list(row["skill_ids"]) if key in skills.index)
    facts = apart((IMPACT[row["impact"]], look.day(row["achieved_on"]), row["metric"], used))
    story = " ".join(text for text in (row["action"], row["result"]) if text)
    own = f"{look.muted('Own part: ')}{look.text(row['my_part'])}<br>" if row["my_part"].strip() else ""
    return (
        f'<div class="ck-win">{look.strong(row["title"])}<br>{look.text(story)}{"<br>" if story else ""}{own}'
        f"<small>{facts}{_evidence(row['link'])}</small></div>"
    )


def _evidence(link: str) -> str:
    # Anything but a plain address of a page would do something else when it is followed.
    safe = link.strip().lower().startswith(("https://", "http://"))
    return f' · <a href="{look.text(link.strip())}" rel="noreferrer">evidence</a>' if safe else ""


def _gain(context: Context) -> look.Html:
    figure = context.counted("wins")
    if not figure.value:
        return NOTHING
    noted = marked(context.amount(figure, "win"))
    reach = part_of(context, context.counted("wins that reached further"), figure, "for the whole organisation or beyond")
    return sentence("You noted " if context.own else "", noted, *reach, *compared(context, "wins"), ".")


WIN = ("achieved_on", "title", "situation", "action", "result", "my_part", "impact", "metric", "skill_ids", "goal_id", "link")
SECTION = Section(
    "wins",
    "Wins",
    cells={"wins": wins},
    counts=("wins", "wins that reached further"),
    glance=("wins",),
    gain=_gain,
    access={"manager": Access({"achievements": WIN, "skills": ("name", "category", "retired_on")})},
)
