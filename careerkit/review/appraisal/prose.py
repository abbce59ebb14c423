"""What an appraisal's draft lacks, and the whole of it as text to hand over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from careerkit import look
from careerkit.look import markdown
from careerkit.review.appraisal import draft
from careerkit.review.appraisal import headings as forms
from careerkit.review.appraisal.draft import Material, Part
from careerkit.review.appraisal.headings import Heading
from careerkit.review.appraisal.placement import REACHED, ahead
from careerkit.review.appraisal.wins import Month, Win
from careerkit.topics.periods import Period

MOST_NAMED = 3


def missing(parts: Sequence[Part], found: Material) -> list[str]:
    """Return what the draft lacks, in sentences, the gravest first."""
    used = {key for part in parts for key in part.wins}
    return [
        *(f"“{_named(part.heading.title)}” is empty.{_idea(part.heading, found)}" for part in parts if not part.text.strip()),
        *_too_long(parts),
        *_unused(win for win in found.wins if win.id not in used),
        *_thin([win for win in found.wins if win.id in used]),
        *_silent(found.months),
    ]


def document(parts: Sequence[Part], period: Period, owner: str) -> str:
    """Return the whole draft as Markdown in which typed text stays text; lines with a dash stay a list."""
    head = ["# Appraisal", f"{markdown.line(owner)}, {period.label}" if owner.strip() else period.label]
    told = [[f"## {markdown.line(part.heading.title)}", _paragraphs(part.text) or "Nothing stands here yet."] for part in parts]
    return "\n\n".join([*head, *(block for each in told for block in each)]) + "\n"


def _paragraphs(text: str) -> str:
    # A list and a paragraph need an empty line between them, and two lines of a paragraph a mark.
    blocks = []
    for listed, group in groupby(text.splitlines(), lambda each: each.startswith("- ")):
        lines = list(group)
        blocks.append("\n".join(f"- {markdown.line(each[2:])}" for each in lines) if listed else markdown.lines("\n".join(lines)))
    return "\n\n".join(block for block in blocks if block)


def _idea(heading: Heading, found: Material) -> str:
    if ahead(heading.title):
        return " What you chose to focus on next may belong here."
    return " Which of your wins or figures would you tell there?" if found.wins or found.figures else ""


def _too_long(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if excess := forms.over(part.text, part.heading):
            yield f"“{_named(part.heading.title)}” is {excess} {part.heading.counted_in} too long. Take out what matters least."


def _unused(left: Iterable[Win]) -> Iterator[str]:
    wide = [win for win in left if win.impact in REACHED]
    for win in wide[:MOST_NAMED]:
        yield f"“{_named(win.title)}” {REACHED[win.impact]}, and stands nowhere yet."
    if len(wide) > MOST_NAMED:
        yield f"{len(wide) - MOST_NAMED} more wins of wide reach stand nowhere yet."


def _thin(used: Sequence[Win]) -> Iterator[str]:
    for lacking, asks in (("result", "What came of it?"), ("metric", "Which number shows it?")):
        bare = [f"“{_named(win.title)}”" for win in used if not getattr(win, lacking)]
        rest = [f"{len(bare) - MOST_NAMED} more"] if len(bare) > MOST_NAMED else []
        if bare:
            verb = "say" if len(bare) > 1 else "says"
            yield f"{look.listed([*bare[:MOST_NAMED], *rest])} {verb} no {'number' if lacking == 'metric' else 'result'}. {asks}"


def _silent(looked_at: Sequence[Month]) -> Iterator[str]:
    empty = [month.name for month in looked_at if not month.wins and not month.private]
    if empty:
        yield f"No win is noted for {look.listed(empty)}."


def _named(title: str) -> str:
    return look.short(title, 90)


def told(parts: Sequence[Part], found: Material) -> list[str]:
    """Return the draft as lines to read: wins by month, what stands under each heading, and what is missing."""
    lines = [f"Appraisal for {found.period.label}, {found.period.days()}", "", "Your wins"]
    for month in found.months:
        lines += _month(month)
    lines += ["", "The draft"]
    for part in parts:
        lines += ["", part.heading.title, *(f"  {each}" for each in part.text.splitlines()), f"  ({forms.room(part.text, part.heading)})"]
        lines += [f"    proposed: {draft.name(item)}, as {dict(part.why)[item.id]}" for item in found.items if item.id in dict(part.why)]
    lacking = missing(parts, found)
    return [*lines, "", "What is missing", *(f"- {each}" for each in lacking or ["Nothing. Read it aloud once, then copy it out."])]


def _month(month: Month) -> list[str]:
    wins = [f"    {win.achieved_on:%d %b}  {win.title}" for win in month.wins]
    private = [f"    {look.count(month.private, 'private win')} left out"] if month.private else []
    noted = [] if month.wins else ["    no win noted", *(f"      {jog}" for jog in month.jogs)]
    return [f"  {month.name}", *wins, *private, *noted]


def objects(parts: Sequence[Part], found: Material) -> dict[str, Any]:
    """Return the draft as plain values, for other programs."""
    return {
        "period": found.period.name,
        "start": found.period.start.isoformat(),
        "end": found.end.isoformat(),
        "months": [
            {"month": f"{month.start:%Y-%m}", "wins": [win.id for win in month.wins], "private": month.private, "noted": list(month.jogs)}
            for month in found.months
        ],
        "wins": [{**asdict(win), "achieved_on": win.achieved_on.isoformat()} for win in found.wins],
        "figures": [{"id": each.id, "value": each.value, "text": each.text, "formula": each.formula} for each in found.figures],
        "headings": [_object(part) for part in parts],
        "missing": missing(parts, found),
    }


def _object(part: Part) -> dict[str, Any]:
    heading = part.heading
    return {
        "heading": heading.title,
        "limit": heading.limit,
        "counted_in": heading.counted_in,
        "length": forms.length(part.text, heading.counted_in),
        "text": part.text,
        "wins": list(part.wins),
        "figures": list(part.figures),
        "why": dict(part.why),
    }
