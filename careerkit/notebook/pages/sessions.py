"""Sessions with a coach, from the client's side: what was agreed, when the next one is, and what to bring to it."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import Card
from careerkit.notebook.widgets.form import Form
from careerkit.notebook.widgets.live import LiveHtml
from careerkit.records import FormPlan
from careerkit.sharing import rules
from careerkit.topics.coaching.records import Session

SHOWN = 3
NONE = look.invitation("No session yet.", "What you agree with your coach appears here once you have taken in their file.")
ASK = "What would make the next hour worth it? Your coach reads it with what you share next. If the day moves, change it below."


class SessionsPage(Card[CareerBook]):
    """What was agreed in the latest sessions, and a form for what to talk about next time."""

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book)
        self.agreed, self.form = LiveHtml(lambda: agreed(book)), Form(book, question_plan(book))
        self.children = [self.agreed, elements.html(look.paragraph(ASK, "note")), self.form]

    def refresh(self) -> None:
        """Show what the records say now."""
        self.agreed.refresh()
        self.form.refresh()


def question_plan(book: CareerBook) -> FormPlan:
    """Return the form for one's own words about a session; the coach's rows are the coach's to change."""
    day = next_day(book)
    return FormPlan(
        Session,
        rows=(("agenda",), ("held_on",)),
        title="question",
        preset={"attended": False, "held_on": day or "today"},
        choose=False,
        among=lambda frame: frame[~frame["id"].map(rules.is_a_coachs).astype("bool")],
    )


def next_day(book: CareerBook) -> dt.date | None:
    """Return the day on which the next session is, as the latest session that names one says; None where it has passed."""
    named = book.read("sessions").dropna(subset="next_on").sort_values(["held_on", "id"])
    day = named["next_on"].iloc[-1].date() if len(named) else None
    return day if day and day >= book.today else None


def agreed(book: CareerBook) -> look.Html:
    """Return what was agreed in the latest sessions, and the day of the next."""
    frame = book.read("sessions")
    held = frame[(frame["held_on"] <= pd.Timestamp(book.today)) & frame["attended"]].sort_values(["held_on", "id"], ascending=False)
    day = next_day(book)
    ahead = [look.paragraph(look.joined(["Your next session is on ", look.strong(look.long_day(day)), "."]))] if day else []
    latest = held.head(SHOWN).to_dict("records")
    sessions = [look.dated(look.day(row["held_on"]), row["agreed"].strip() or "Nothing was written down.") for row in latest]
    return look.joined([*ahead, *([look.heading("What you agreed"), *sessions] if sessions else [NONE])])
