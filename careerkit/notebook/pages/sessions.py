"""Sessions with a coach, from the client's side: what was agreed, when the next one is, and what to bring to it."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.form import Form
from careerkit.notebook.widgets.live import LiveHtml
from careerkit.records import FormPlan
from careerkit.sharing import rules
from careerkit.topics.coaching.records import Session

SHOWN = 3
NONE = look.invitation("No session yet.", "What you agree with your coach stands here once you have taken in their file.")
ASK = "What would make the next hour worth it? Your coach reads it with what you share next. If the day moves, change it below."


class Sessions(widgets.VBox):
    """What was agreed in the latest sessions, and a form for what to talk about next time."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.told, self.form = LiveHtml(lambda: page(book)), Form(book, plan(book))
        super().__init__([self.told, elements.html(look.paragraph(ASK, "note")), self.form], **elements.shared(widgets.VBox))

    def refresh(self) -> None:
        """Show what the records say now."""
        self.told.refresh()
        self.form.refresh()


def plan(book: Any) -> FormPlan:
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


def next_day(book: Any) -> Any:
    """Return the day on which the next session is, as the latest one to name a day has it; None where none lies ahead."""
    named = book.read("sessions").dropna(subset="next_on").sort_values(["held_on", "id"])
    day = named["next_on"].iloc[-1].date() if len(named) else None
    return day if day and day >= book.today else None


def page(book: Any) -> look.Html:
    """Return what was agreed in the latest sessions, and the day of the next."""
    frame = book.read("sessions")
    held = frame[(frame["held_on"] <= pd.Timestamp(book.today)) & frame["attended"]].sort_values(["held_on", "id"], ascending=False)
    day = next_day(book)
    ahead = [look.paragraph(look.joined(["Your next session is on ", look.strong(look.long_day(day)), "."]))] if day else []
    told = [
        look.dated(look.day(row["held_on"]), row["agreed"].strip() or "Nothing was written down.") for _, row in held.head(SHOWN).iterrows()
    ]
    return look.joined([*ahead, look.heading("What you agreed"), *told]) if told else look.joined([*ahead, NONE])
