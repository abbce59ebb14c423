"""What reviews say in own words: what went well, what was planned for the period, and what comes next with its dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.review.context import Context, lower_first
from careerkit.review.reader import Access
from careerkit.review.section import Section
from careerkit.review.sections.layout import more, note, numbered, own_lines, part, quiet, section, two, wide
from careerkit.review.sections.phrases import NOTHING, sentence
from careerkit.topics.learning import measures as learning
from careerkit.topics.tables import named

# Day, what, and of which kind.
Date = tuple[Any, str, str]
MOST = 15
QUESTIONS = {"wins": "What went well?", "lessons": "What was learned?"}


def promised(context: Context) -> look.Html:
    """Return what the review before had set as its focus, and what became of it."""
    before, now = context.review_of(context.period.previous()), context.review_of(context.period)
    focus = "" if before is None else before["next_focus"].strip()
    outcome = "" if now is None else now["last_focus_outcome"].strip()
    if not focus and not outcome:
        return NOTHING
    chosen = numbered(focus) if focus else note("No focus was written down then.")
    became = look.paragraph(own_lines(outcome)) if outcome else note("Not written down yet.")
    inside = two(part(f"The focus chosen for {lower_first(context.period.label)}", chosen), part("What became of it", became))
    summary = f"On the left what was planned when the {context.noun} began, on the right how it went."
    return section("What the last review promised", inside, summary)


def ahead(context: Context) -> look.Html:
    """Return the focus chosen for the next period, and what has its day in it."""
    # A step is often promised to somebody as well.
    once = {(day, what.strip().casefold()): (day, what, kind) for day, what, kind in dates_ahead(context)}
    dates = sorted(once.values(), key=lambda each: each[0])
    focus = _focus(context)
    if not str(focus) and not dates:
        return NOTHING
    return section(f"Next {context.noun}", look.joined([focus, _calendar(context, dates)]), _summary(context, len(dates)))


def _focus(context: Context) -> look.Html:
    review = context.review_of(context.period)
    focus = "" if review is None else review["next_focus"].strip()
    if focus:
        title = look.strong("What you chose to focus on" if context.own else "The focus chosen")
        return look.Html(f'<div class="ck-next">{title}{numbered(focus)}</div>')
    return note("What will you focus on next? Three lines are plenty.") if context.own else NOTHING


def _summary(context: Context, dates: int) -> str:
    days = f"{look.long_day(context.on + dt.timedelta(days=1))} to {look.long_day(context.next.end)}"
    return f"{days}: {look.count(dates, 'date')} ahead." if dates > 1 else f"{days}."


def _calendar(context: Context, dates: list[Date]) -> look.Html:
    if not dates:
        return NOTHING
    rows = [(look.day(day), look.strong(what), look.muted(kind)) for day, what, kind in dates[:MOST]]
    table = wide(("Day", "What", "Kind"), rows, f"Dates ahead in {lower_first(context.next.label)}")
    return part("Dates ahead", look.joined([table, more(len(dates) - MOST, "date")]))


def dates_ahead(context: Context) -> Iterator[Date]:
    """Yield day, what and kind of what comes after the period's end and by the end of the next one."""
    for source in (_of_goals, _of_people, _of_learning, _of_coaching):
        for day, what, kind in source(context):
            if not is_blank(day) and pd.Timestamp(context.on) < day <= pd.Timestamp(context.next.end):
                yield day, what, kind
    if context.own:
        after = pd.Timestamp(context.next.end + dt.timedelta(days=1))
        yield after, f"Look back on {lower_first(context.next.label)}", "your next review"


def _of_goals(context: Context) -> Iterator[Date]:
    for plan in context.plans:
        title = plan.goal["title"]
        if plan.status == "active":
            yield plan.goal["deadline"], title, "deadline of a goal"
            yield plan.start, title, "start of a goal"
            for step in plan.open_steps():
                if step["created_at"].normalize() <= pd.Timestamp(context.on):
                    yield step["due_on"], step["title"], f"step · {look.short(title, 60)}"


def _of_people(context: Context) -> Iterator[Date]:
    if not (context.own and context.has("network")):
        return
    people = context.tables["interactions"].set_index("id")["contact_ids"]
    for _, row in context.promises.iterrows():
        yield (
            row["due_on"],
            row["follow_up"],
            f"promised to {named(people[row['interaction_id']], context.tables['contacts']) or 'someone'}",
        )
    talks = context.known("interactions")
    for _, row in talks[~(talks["happened_on"] <= pd.Timestamp(context.on))].iterrows():
        yield row["planned_on"], named(row["contact_ids"], context.tables["contacts"]) or "A talk", f"planned: {row['kind'] or 'a talk'}"
    for _, row in context.known("events").iterrows():
        yield row["starts_on"], row["name"], row["kind"] or "event"
    yield from _cadence(context)


def _cadence(context: Context) -> Iterator[Date]:
    """Yield the people whose day comes, in one line: the notebook on the network lists all of them."""
    due = context.due[(context.due["due_on"] > pd.Timestamp(context.on)) & (context.due["due_on"] <= pd.Timestamp(context.next.end))]
    first = due.sort_values(["due_on", "contact_id"], kind="stable")
    if len(first):
        names = ", ".join(first["name"].head(3)) + (f" and {len(first) - 3} more" if len(first) > 3 else "")
        yield first["due_on"].iloc[0], names, "to be in touch again, from this day on"


def _of_learning(context: Context) -> Iterator[Date]:
    if context.has("learning"):
        for _, row in learning.credentials(context.tables, context.on).iterrows():
            if row["status"] in ("valid", "to renew"):
                yield row["renew_from"], row["name"], "begin to renew it"
                yield row["expires_on"], row["name"], "expires"


def _of_coaching(context: Context) -> Iterator[Date]:
    if not context.has("coaching"):
        return
    for _, row in context.known("sessions").iterrows():
        yield row["next_on"], "Session with your coach", "next session"
    given = context.known("assignments")
    for _, row in given[~(given["done_on"] <= pd.Timestamp(context.on))].iterrows():
        yield row["due_on"], row["title"], "assignment"


# -- what went well, what was learned


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


FOCUS = Section(
    "focus",
    "What you had planned, and what you will focus on next",
    cells={"promised": promised},
    closing_cells={"next": ahead},
    access={"manager": Access({"reviews": ("period", "written_on", "last_focus_outcome", "next_focus")}, on_request=True)},
)
REFLECTION = Section(
    "reflection",
    "Your answers: what went well, what you learned",
    cells={"answers": answers},
    access={"manager": Access({"reviews": ("period", "written_on", "wins", "lessons")}, on_request=True)},
)
