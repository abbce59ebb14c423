"""What an appraisal's draft lacks, and the whole of it as text to hand over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import chain, groupby
from typing import Any

from careerkit import look
from careerkit.look import markdown
from careerkit.review.appraisal import headings
from careerkit.review.appraisal.draft import Material, Passage, item_name
from careerkit.review.appraisal.headings import Heading
from careerkit.review.appraisal.placement import REACHED, asks_about_future
from careerkit.review.appraisal.recall import Month, Win
from careerkit.review.sections.phrases import shortlist
from careerkit.topics.periods import Period

MOST_NAMED = 3
NO_GAPS = "Nothing. Read it aloud once, then copy it out."


def gaps(passages: Sequence[Passage], material: Material) -> list[str]:
    """Return what the draft lacks, in sentences, the gravest first."""
    used = {key for passage in passages for key in passage.wins}
    return [
        *(f"“{_short(each.heading.title)}” is empty.{_idea(each.heading, material)}" for each in passages if not each.text.strip()),
        *_too_long(passages),
        *_unused(win for win in material.wins if win.id not in used),
        *_thin([win for win in material.wins if win.id in used]),
        *_silent(material.months),
    ]


def document(passages: Sequence[Passage], period: Period, owner: str) -> str:
    """Return the whole draft as Markdown in which typed text stays text; lines with a dash stay a list."""
    head = ["# Appraisal", f"{markdown.line(owner)}, {period.label}" if owner.strip() else period.label]
    body = [[f"## {markdown.line(each.heading.title)}", _paragraphs(each.text) or "Nothing written yet."] for each in passages]
    return "\n\n".join([*head, *chain.from_iterable(body)]) + "\n"


def _paragraphs(text: str) -> str:
    # A list and a paragraph need an empty line between them, and two lines of a paragraph a mark.
    blocks = []
    for listed, group in groupby(text.splitlines(), lambda each: each.startswith("- ")):
        lines = list(group)
        blocks.append("\n".join(f"- {markdown.line(each[2:])}" for each in lines) if listed else markdown.lines("\n".join(lines)))
    return "\n\n".join(block for block in blocks if block)


def _idea(heading: Heading, material: Material) -> str:
    if asks_about_future(heading.title):
        return " What you chose to focus on next may belong here."
    return " Which of your wins or figures belong there?" if material.items else ""


def _too_long(passages: Iterable[Passage]) -> Iterator[str]:
    for each in passages:
        if excess := headings.excess(each.text, each.heading):
            yield f"“{_short(each.heading.title)}” is {excess} {each.heading.counted_in} too long. Take out what matters least."


def _unused(left: Iterable[Win]) -> Iterator[str]:
    wide = [win for win in left if win.impact in REACHED]
    for win in wide[:MOST_NAMED]:
        yield f"“{_short(win.title)}” {REACHED[win.impact]}, and isn't in the draft yet."
    if len(wide) > MOST_NAMED:
        yield f"{len(wide) - MOST_NAMED} more wins of wide reach aren't in the draft yet."


def _thin(used: Sequence[Win]) -> Iterator[str]:
    for field, noun, question in (("result", "result", "What came of it?"), ("metric", "number", "Which number shows it?")):
        bare = [f"“{_short(win.title)}”" for win in used if not getattr(win, field)]
        if bare:
            yield f"{shortlist(bare, MOST_NAMED)} {'say' if len(bare) > 1 else 'says'} no {noun}. {question}"


def _silent(months: Sequence[Month]) -> Iterator[str]:
    empty = [month.name for month in months if not month.wins and not month.private]
    if empty:
        yield f"No win is noted for {look.listed(empty)}."


def _short(title: str) -> str:
    return look.short(title, 90)


def as_lines(passages: Sequence[Passage], material: Material) -> list[str]:
    """Return the draft as lines to read: wins by month, the text under each heading, and what is missing."""
    lines = [f"Appraisal for {material.period.label}, {material.period.days()}", "", "Your wins"]
    for month in material.months:
        lines += _month(month)
    lines += ["", "The draft"]
    for each in passages:
        lines += ["", each.heading.title, *(f"  {line}" for line in each.text.splitlines())]
        lines.append(f"  ({headings.room_left(each.text, each.heading)})")
        why = dict(each.why)
        lines += [f"    proposed: {item_name(item)}, as {why[item.id]}" for item in material.items if item.id in why]
    missing = gaps(passages, material) or [NO_GAPS]
    return [*lines, "", "What is missing", *(f"- {each}" for each in missing)]


def _month(month: Month) -> list[str]:
    wins = [f"    {win.achieved_on:%d %b}  {win.title}" for win in month.wins]
    private = [f"    {look.count(month.private, 'private win')} left out"] if month.private else []
    noted = [] if month.wins else ["    no win noted", *(f"      {jog}" for jog in month.jogs)]
    return [f"  {month.name}", *wins, *private, *noted]


def as_json(passages: Sequence[Passage], material: Material) -> dict[str, Any]:
    """Return the draft as plain values, for other programs."""
    return {
        "period": material.period.name,
        "start": material.period.start.isoformat(),
        "end": material.end.isoformat(),
        "months": [
            {"month": f"{month.start:%Y-%m}", "wins": [win.id for win in month.wins], "private": month.private, "noted": list(month.jogs)}
            for month in material.months
        ],
        "wins": [{**asdict(win), "achieved_on": win.achieved_on.isoformat()} for win in material.wins],
        "figures": [{"id": each.id, "value": each.value, "text": each.text, "formula": each.formula} for each in material.figures],
        "headings": [_heading(each) for each in passages],
        "missing": gaps(passages, material),
    }


def _heading(passage: Passage) -> dict[str, Any]:
    heading = passage.heading
    return {
        "heading": heading.title,
        "limit": heading.limit,
        "counted_in": heading.counted_in,
        "length": headings.length(passage.text, heading.counted_in),
        "text": passage.text,
        "wins": list(passage.wins),
        "figures": list(passage.figures),
        "why": dict(passage.why),
    }
