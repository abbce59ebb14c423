"""What was written down about the period, in one's own words."""

from __future__ import annotations

from itertools import zip_longest

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.review.context import Context
from careerkit.review.reader import Access
from careerkit.review.section import Section
from careerkit.review.sections.layout import note, own_lines, part, quiet, section, two
from careerkit.review.sections.phrases import NOTHING, sentence

QUESTIONS = {"wins": "What went well?", "lessons": "What was learned?"}


def answers(context: Context) -> look.Html:
    """Return what went well and what was learned, in one's own words; for oneself also satisfaction and reflections."""
    review = context.review_of(context.period)
    parts = [] if review is None else [_answer(QUESTIONS[name], review[name]) for name in QUESTIONS if review[name].strip()]
    parts += _reflections(context) if context.own else []
    satisfaction = _satisfaction(context, review) if context.own else NOTHING
    if not parts and not str(satisfaction):
        return quiet("In your own words", "What went well, and what did you learn? Three lines are plenty.") if context.own else NOTHING
    pairs = [two(*pair) for pair in zip_longest(parts[::2], parts[1::2], fillvalue="")]
    title = "In your own words" if context.own else "In own words"
    return section(title, look.joined(pairs), satisfaction)


def _answer(question: str, text: str) -> look.Html:
    return part(question, look.paragraph(own_lines(text)))


def _satisfaction(context: Context, review: pd.Series | None) -> look.Html:
    if review is None or is_blank(review["satisfaction"]):
        return NOTHING
    earlier = context.review_of(context.period.previous())
    known = earlier is not None and not is_blank(earlier["satisfaction"])
    before = (f" · the {context.noun} before: ", look.dots(earlier["satisfaction"])) if earlier is not None and known else ()
    return sentence("Your satisfaction: ", look.dots(review["satisfaction"]), *before)


def _reflections(context: Context) -> list[look.Html]:
    rows = context.within("reflections", "written_on").sort_values(["written_on", "id"], kind="stable")
    return [
        part(row["prompt"], look.joined([look.paragraph(own_lines(row["answer"])), note(look.day(row["written_on"]))]))
        for _, row in rows[rows["answer"].str.strip() != ""].iterrows()
    ]


SECTION = Section(
    "reflection",
    "Your answers: what went well, what you learned",
    cells={"answers": answers},
    access={"manager": Access({"reviews": ("period", "written_on", "wins", "lessons")}, on_request=True)},
)
