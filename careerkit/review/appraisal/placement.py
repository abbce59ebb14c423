"""Which wins and figures belong under which of a form's headings, by simple rules that give their reason."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.records.settings import Settings
from careerkit.review.appraisal import headings
from careerkit.review.appraisal.draft import Item, Material, Passage, collect, stored, usual_period, with_item
from careerkit.review.appraisal.headings import Heading
from careerkit.review.appraisal.recall import Win
from careerkit.review.appraisal.tallies import Tally
from careerkit.topics.periods import Period

Tables = Mapping[str, pd.DataFrame]
# Where no form was pasted: what most of them ask.
USUAL = (Heading("Key achievements"), Heading("Goals"), Heading("Learning and development"), Heading("Working with others"))
WIDE = ("beyond", "organisation", "team or class", "myself", "")
REACHED = {"beyond": "reached beyond your organisation", "organisation": "reached the whole organisation"}
GAINED = {"myself": ("growth", "you gained from it yourself"), "team or class": ("people", "your team gained from it")}
# What a heading asks for, seen by how one of its words begins; English and German.
ASKS = {
    kind: tuple(beginnings.split())
    for kind, beginnings in {
        "results": "achiev accompl result succes contrib impact deliver highlight outcome perform erfolg ergebnis leistung",
        "goals": "goal objectiv target priorit ziel",
        "growth": "learn develop growth train skill competenc knowledge qualif educat lern entwick weiterbild",
        "people": "team collab people colleag stakehold communic feedback leader others zusammen kolleg führ",
    }.items()
}
AHEAD = ("next", "future", "plan", "ahead", "upcoming", "coming", "künftig", "nächst", "zukunft", "vorhaben")
# Words that every form has say nothing about a win.
COMMON = """
about achievements areas been describe during each examples field from give goals good have help how into key last list main many
more most much objectives over past period please results review some than that their them these they this those three time used
what when where which with work working year years your
"""
EMPTY = frozenset(COMMON.split())


def prepared(tables: Tables, on: dt.date, settings: Settings, period: str | None, form: str | None) -> tuple[list[Passage], Material]:
    """Return an appraisal's passages, and what they were made from.

    The headings are those of the form, else of the draft in the workbook, else four usual ones. What the draft holds under
    a heading of the same name is kept; the rest is proposed.

    Raises
    ------
    CareerkitError
        When the period is unknown or has not begun, or the form has no heading.
    """
    chosen = Period.parse(period, settings.fiscal_first_month) if period else usual_period(tables, on, settings)
    material, kept = collect(tables, on, settings, chosen), stored(tables, chosen)
    if form is None:
        return kept or proposed(USUAL, material), material
    if not (asked := headings.parse(form)):
        raise CareerkitError("The form has no heading. Write its headings one a line, such as: Key achievements (max 500 characters)")
    return rearranged(kept, asked, material)[0], material


def proposed(asked: Sequence[Heading], material: Material) -> list[Passage]:
    """Return a first draft: each win and figure under the heading that fits it best, while there is room.

    A win fits a heading with which it shares a word; or whose word asks for what it is: part of a goal, something of your
    own growth, something for your team; or that asks for results. The widest reach comes first. Headings about what is
    still to come get nothing. Nothing is cut: what has no room is left for you to place.
    """
    passages = [Passage(heading) for heading in asked]
    ranked = sorted(material.wins, key=lambda win: (WIDE.index(win.impact), -win.achieved_on.toordinal()))
    items: list[Item] = [*ranked, *material.figures]
    for item in items:
        for place, why in _fitting(item, asked):
            grown = with_item(passages[place], item, why)
            if not passages[place].text or not headings.excess(grown.text, grown.heading):
                passages[place] = grown
                break
    return passages


def rearranged(passages: Sequence[Passage], asked: Sequence[Heading], material: Material) -> tuple[list[Passage], int]:
    """Return the passages for a form's headings, and how many stay at the end that the form does not name.

    A text stays with its heading where the new form has it too; where it does not, it stays at the end. New headings get a
    proposal from what is not placed yet.
    """
    by_title = {_key(passage.heading): passage for passage in reversed(passages)}
    titles = {_key(heading) for heading in asked}
    left = [passage for passage in passages if _key(passage.heading) not in titles and passage.text.strip()]
    used = {key for title, passage in by_title.items() if title in titles or passage in left for key in passage.items}
    unused = replace(
        material,
        wins=tuple(each for each in material.wins if each.id not in used),
        figures=tuple(each for each in material.figures if each.id not in used),
    )
    new = iter(proposed([heading for heading in asked if _key(heading) not in by_title], unused))
    kept = [replace(by_title[_key(heading)], heading=heading, id="") if _key(heading) in by_title else next(new) for heading in asked]
    return [*kept, *(passage.without_id() for passage in left)], len(left)


def _key(heading: Heading) -> str:
    return heading.title.casefold()


def asks_about_future(heading: str) -> bool:
    """Say whether a heading asks about what is still to come."""
    return any(word.startswith(AHEAD) for word in _words(heading))


def _fitting(item: Item, asked: Sequence[Heading]) -> list[tuple[int, str]]:
    """Return the places that fit, best first, each with the reason."""
    scored = [(score, place, why) for place, each in enumerate(asked) for score, why in [_score(item, each.title)] if score]
    return [(place, why) for _, place, why in sorted(scored, key=lambda one: (-one[0], one[1]))]


def _score(item: Item, heading: str) -> tuple[int, str]:
    asked = _words(heading)
    if asks_about_future(heading):
        return 0, ""
    shared = _shared(item, asked) if isinstance(item, Win) else []
    kinds = {kind: word for word in reversed(asked) for kind, begins in ASKS.items() if word.startswith(begins)}
    reasons = [(score, why.format(word=kinds[kind])) for kind, score, why in _kinds(item) if kind in kinds]
    if shared:
        reasons.append((5 * min(len(shared), 2), f"it shares “{shared[0]}” with the heading"))
    return (sum(score for score, _ in reasons), max(reasons)[1]) if reasons else (0, "")


def _kinds(item: Item) -> list[tuple[str, int, str]]:
    """Return the kinds of heading that an item answers, how well, and why."""
    if isinstance(item, Tally):
        return [(kind, 3 - place, "the heading asks about “{word}”, and this figure counts it") for place, kind in enumerate(item.kinds)]
    reach = REACHED.get(item.impact)
    asks = "the heading asks {} “{{word}}”".format
    kinds = [("results", 4, f"it {reach}, and {asks('for')}") if reach else ("results", 1, asks("for"))]
    if item.goal:
        kinds.append(("goals", 3, f"it is part of one of your goals, and {asks('about')}"))
    if item.impact in GAINED:
        kind, who = GAINED[item.impact]
        kinds.append((kind, 3, f"{who}, and {asks('about')}"))
    return kinds


def _shared(win: Win, asked: Sequence[str]) -> list[str]:
    own = {_stem(word) for word in _words(" ".join((win.title, win.result, *win.skills)))}
    return [word for word in asked if len(word) > 3 and word not in EMPTY and _stem(word) in own]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def _stem(word: str) -> str:
    # "train", "trained" and "training" are one word here, "team" and "teams" too.
    return word.removesuffix("s")[:5]
