"""The top of a review: whose it is, what moved, in three sentences, and the key figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain, zip_longest
from typing import Any

from careerkit import look
from careerkit.review.context import Context, lower_first
from careerkit.review.figures import Figure
from careerkit.review.outline import SECTIONS
from careerkit.review.sections.layout import wide
from careerkit.review.sections.phrases import NOTHING, apart, sentence
from careerkit.topics.assessment import snapshot

KICKERS = {"week": "Weekly review", "month": "Monthly review", "quarter": "Quarterly review", "year": "Yearly review"}
MOST = 3
# Whose gains are said first; those of other sections follow in the review's order.
FOREMOST = ("finished", "goals", "wins", "habits", "skills")


def header(context: Context) -> look.Html:
    """Return the title: which period, whose, compared with which."""
    earlier = [lower_first(each.period.label) for each in context.ends()[1:]]
    facts = [context.settings.owner, _position(context), context.period.days()]
    facts += [f"compared with {look.listed(earlier)}"] if earlier else []
    notes = []
    if context.running:
        notes.append(f"This period is still running. What you see is as of {look.long_day(context.on)}.")
    if context.settings.today:
        notes.append(f"An example with an invented person, as of {look.long_day(context.settings.today)}.")
    return look.Html(
        f'<header><div class="ck-kicker">{KICKERS.get(context.noun, "Review")}</div><h1>{look.text(context.period.label)}</h1>'
        f'<p class="ck-sub">{apart(facts)}</p>{"".join(str(look.paragraph(note, "note")) for note in notes)}</header>'
    )


def _position(context: Context) -> str:
    held = snapshot.held_positions(context.tables, context.on)
    if held.empty:
        return ""
    latest = held.iloc[0]
    aim = f", aiming at {latest['target_role']}" if latest["target_role"] else ""
    return f"{latest['title']}{aim}"


def lead(context: Context) -> look.Html:
    """Return up to three sentences from the records; a gain comes first where there is one."""
    shown = [section for section in SECTIONS if context.has(section.name)]
    ranked = sorted(shown, key=lambda section: FOREMOST.index(section.name) if section.name in FOREMOST else len(FOREMOST))
    gains = _sentences(context, (section.gain for section in ranked))
    states = _sentences(context, chain.from_iterable(zip_longest(*(section.states for section in shown))))
    # A second gain would crowd out what else there is to see.
    chosen = [*gains[:1], *states, *gains[1:]][:MOST] or [_nothing(context)]
    return look.Html(f'<section class="ck-lead" aria-label="In short">{"".join(f"<p>{one}</p>" for one in chosen)}</section>')


def _sentences(context: Context, sources: Iterable[Callable[[Context], look.Html] | None]) -> list[look.Html]:
    # Two sections may say the same, such as that goals were finished.
    found = [source(context) for source in dict.fromkeys(sources) if source]
    return [one for one in found if str(one)]


def _nothing(context: Context) -> look.Html:
    invitation = " yet. One goal, or one conversation, is enough to begin with." if context.own else "."
    return sentence(f"Nothing was written down in this period{invitation}")


def glance(context: Context) -> look.Html:
    """Return the key figures of this period beside those of the one before and of a year before."""
    rows = _glance_rows(context) if context.first else []
    if not rows:
        return NOTHING
    now, *earlier = context.headings
    heads = ("Figure", f"{now}, so far" if context.running else now, *earlier)
    return look.Html(f'<section class="ck-glance" aria-label="Key figures">{wide(heads, rows, "Key figures")}</section>')


def _glance_rows(context: Context) -> list[tuple[Any, ...]]:
    rows: dict[str, tuple[Any, ...]] = {}
    for name in (name for section in SECTIONS if context.has(section.name) for name in section.glance):
        figures = [_figure(each, name) for each in context.ends()]
        if any(figure.value or figure.records for figure in figures):
            rows.setdefault(figures[0].label, (look.strong(figures[0].label), *map(context.show, figures)))
    return list(rows.values())


def _figure(context: Context, name: str | Callable[[Context], Figure]) -> Figure:
    return name(context) if callable(name) else context.counted(name, whole=name == "sessions held")
