"""Where wins and figures stand under a form's headings, by simple rules that give their reason."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.records.settings import Settings
from careerkit.review.appraisal import draft as appraisal_draft
from careerkit.review.appraisal import headings as forms
from careerkit.review.appraisal.counts import Tally
from careerkit.review.appraisal.draft import Item, Material, Part, placed
from careerkit.review.appraisal.headings import Heading
from careerkit.review.appraisal.wins import Win
from careerkit.topics.periods import Period

Tables = Mapping[str, pd.DataFrame]
# Where no form was pasted: what most of them ask.
USUAL = (Heading("Key achievements"), Heading("Goals"), Heading("Learning and development"), Heading("Working with others"))
WIDE = ("beyond", "organisation", "team or class", "myself", "")
REACHED = {"beyond": "reached beyond your organisation", "organisation": "reached the whole organisation"}
# What a heading asks for, told by how one of its words begins; English and German.
ASKS = {
    "results": ("achiev", "accompl", "result", "succes", "contrib", "impact", "deliver", "highlight", "outcome", "perform", "erfolg", "ergebnis", "leistung"),
    "goals": ("goal", "objectiv", "target", "priorit", "ziel"),
    "growth": ("learn", "develop", "growth", "train", "skill", "competenc", "knowledge", "qualif", "educat", "lern", "entwick", "weiterbild"),
    "people": ("team", "collab", "people", "colleag", "stakehold", "communic", "feedback", "leader", "others", "zusammen", "kolleg", "führ"),
}  # fmt: skip
AHEAD = ("next", "future", "plan", "ahead", "upcoming", "coming", "künftig", "nächst", "zukunft", "vorhaben")
# Words that every form has say nothing about a win.
EMPTY = frozenset(
    [
        "about",
        "areas",
        "been",
        "describe",
        "during",
        "each",
        "examples",
        "field",
        "from",
        "give",
        "good",
        "have",
        "help",
        "how",
        "into",
        "last",
        "list",
        "main",
        "many",
        "more",
        "most",
        "much",
        "over",
        "past",
        "period",
        "please",
        "results",
        "review",
        "some",
        "than",
        "that",
        "their",
        "them",
        "these",
        "they",
        "this",
        "those",
        "three",
        "time",
        "used",
        "what",
        "when",
        "where",
        "which",
        "with",
        "work",
        "working",
        "year",
        "years",
        "your",
        "achievements",
        "goals",
        "key",
        "objectives",
    ]
)


def draft(tables: Tables, on: dt.date, settings: Settings, period: str | None, form: str | None) -> tuple[list[Part], Material]:
    """Return an appraisal's parts, and what they were made from.

    The headings are those of the form, else of the draft in the workbook, else four usual ones. What the draft holds under
    a heading of the same name stands; the rest is proposed.

    Raises
    ------
    CareerkitError
        When the period is unknown or has not begun, or the form has no heading.
    """
    meant = Period.parse(period, settings.fiscal_first_month) if period else appraisal_draft.usual_period(tables, on, settings)
    found, kept = appraisal_draft.material(tables, on, settings, meant), appraisal_draft.stored(tables, meant)
    if form is None:
        return kept or proposed(USUAL, found), found
    if not (asked := forms.parse(form)):
        raise CareerkitError("The form has no heading. Write its headings one a line, such as: Key achievements (max 500 characters)")
    return reworded(kept, asked, found)[0], found


def proposed(headings: Sequence[Heading], found: Material) -> list[Part]:
    """Return a first draft: each win and figure under the heading that fits it best, while there is room.

    A win fits a heading with which it shares a word; or whose word asks for what it is: part of a goal, something of your
    own growth, something for your team; or that asks for results. The widest reach comes first. Headings about what lies
    ahead get nothing. Nothing is cut: what has no room is left for you to place.
    """
    parts = [Part(heading) for heading in headings]
    ranked = sorted(found.wins, key=lambda win: (WIDE.index(win.impact), -win.achieved_on.toordinal()))
    items: list[Item] = [*ranked, *found.figures]
    for item in items:
        for place, why in _fitting(item, headings):
            grown = placed(parts[place], item, why)
            if not parts[place].text or not forms.over(grown.text, grown.heading):
                parts[place] = grown
                break
    return parts


def reworded(parts: Sequence[Part], headings: Sequence[Heading], found: Material) -> tuple[list[Part], int]:
    """Return the parts for a form's headings, and how many stay at the end that the form does not name.

    A text stays with its heading where the new form has it too; where it does not, it stays at the end. New headings get a
    proposal from what stands nowhere yet.
    """
    by_title = {part.heading.title.casefold(): part for part in reversed(parts)}
    taken = {heading.title.casefold() for heading in headings}
    left = [part for part in parts if part.heading.title.casefold() not in taken and part.text.strip()]
    used = {
        key for part in by_title.values() for key in (*part.wins, *part.figures) if part in left or part.heading.title.casefold() in taken
    }
    fresh = [heading for heading in headings if heading.title.casefold() not in by_title]
    rest = replace(found, wins=tuple(each for each in found.wins if each.id not in used), figures=tuple(each for each in found.figures if each.id not in used))  # fmt: skip
    new = iter(proposed(fresh, rest))
    kept = [
        replace(by_title[heading.title.casefold()], heading=heading, id="") if heading.title.casefold() in by_title else next(new)
        for heading in headings
    ]
    return [*kept, *(part.without_id() for part in left)], len(left)


def ahead(heading: str) -> bool:
    """Say whether a heading asks about what is still to come."""
    return any(word.startswith(AHEAD) for word in _words(heading))


def _fitting(item: Item, headings: Sequence[Heading]) -> list[tuple[int, str]]:
    """Return the places that fit, best first, each with the reason."""
    scored = [(score, place, why) for place, each in enumerate(headings) for score, why in [_score(item, each.title)] if score]
    return [(place, why) for _, place, why in sorted(scored, key=lambda one: (-one[0], one[1]))]


def _score(item: Item, heading: str) -> tuple[int, str]:
    asked = _words(heading)
    if ahead(heading):
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
    told = [
        ("results", 4, f"it {reach}, and the heading asks for “{{word}}”") if reach else ("results", 1, "the heading asks for “{word}”")
    ]
    if item.goal:
        told.append(("goals", 3, "it is part of one of your goals, and the heading asks about “{word}”"))
    if item.impact == "myself":
        told.append(("growth", 3, "you gained from it yourself, and the heading asks about “{word}”"))
    if item.impact == "team or class":
        told.append(("people", 3, "your team gained from it, and the heading asks about “{word}”"))
    return told


def _shared(win: Win, asked: Sequence[str]) -> list[str]:
    own = {_stem(word) for word in _words(" ".join((win.title, win.result, *win.skills)))}
    return [word for word in asked if len(word) > 3 and word not in EMPTY and _stem(word) in own]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def _stem(word: str) -> str:
    # "train", "trained" and "training" are one word here, "team" and "teams" too.
    return word.removesuffix("s")[:5]
