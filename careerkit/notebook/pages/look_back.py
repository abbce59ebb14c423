"""A look back on a period: what moved is shown beside the questions, and the answers are that period's review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError, StaleRecord
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import DRAFT_FOUND, Card
from careerkit.notebook.widgets.fields import FieldBox
from careerkit.notebook.widgets.period_choice import PeriodChoice, review_periods, still_running
from careerkit.records import is_blank
from careerkit.review import look_back
from careerkit.review.context import Context
from careerkit.topics.periods import Period
from careerkit.topics.review.records import Review

TOPIC = "review"
# Each question, and what is shown beside it.
BESIDE: dict[str, Callable[[Context], look.Html]] = {
    "last_focus_outcome": look_back.planned,
    "wins": look_back.wins,
    "lessons": look_back.goals,
    "next_focus": look_back.upcoming,
}
ASKED = (*BESIDE, "satisfaction", "private")


class LookBackForm(Card[CareerBook]):
    """The questions of a period's review, each beside what the records say to it.

    Parameters
    ----------
    book : CareerBook
        Reads and saves.
    """

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book, "lookingback")
        settings = book.settings
        periods = review_periods(book.today, settings.review_period, settings.fiscal_first_month)
        self.choice = PeriodChoice(book, TOPIC, "Which period do you look back on?", periods)
        self.choice.observe_change(self._turn)
        self.note, self.summary = elements.html(), elements.html("", "moved")
        self.facts = {name: elements.html("", "besidefacts") for name in BESIDE}
        self.fields = {name: FieldBox(Review.fields[name], lambda _: {}) for name in ASKED}
        self.save_button = self.button("Save review", self.save, "primary")
        pairs = [elements.line([self.facts[name], self.fields[name]], "row", "beside") for name in BESIDE]
        rest = [self.fields["satisfaction"], self.fields["private"], self.actions(self.save_button)]
        self.questions = elements.column([*pairs, *rest], "pairs")
        self.children = [elements.form([figure_style(), self.choice, self.note, self.summary, self.questions])]
        self.seen: pd.Series | None = None
        self.on_change(self._keep, *self.fields.values())
        self.refresh()
        if self.draft:
            self.notice.success(DRAFT_FOUND)

    @property
    def period(self) -> Period:
        """The period looked back on."""
        return self.choice.period

    @property
    def draft_key(self) -> str:
        """Where what was begun is kept."""
        return f"review:{self.period.name}"

    def refresh(self) -> None:
        """Show what the records say now; what was begun stays."""
        self.attempt(self._show)

    def _turn(self) -> None:
        self.say_nothing()
        self.book.refresh()
        if self.draft and not self.notice.value:
            self.notice.success(DRAFT_FOUND)

    def _show(self) -> None:
        self.note.value = str(still_running(self.period, self.book.today))
        elements.show(self.note, bool(self.note.value))
        try:
            context = self._context()
        except CareerkitError as error:
            self.summary.value = str(look.invitation("There is nothing to look back on here.", str(error)))
            elements.show(self.questions, False)
            return
        elements.show(self.questions)
        self.summary.value = str(look_back.summary(context))
        for name, facts in BESIDE.items():
            self.facts[name].value = str(facts(context))
        self._load(context.review_of(self.period))

    def _context(self) -> Context:
        return self.book.review(self.period.name).context

    def _load(self, stored: pd.Series | None) -> None:
        self.seen = self.draft["seen"] if self.draft else stored
        with self.filling():
            for name, box in self.fields.items():
                saved = Review.fields[name].blank if self.seen is None else self.seen[name]
                box.value = self.draft["values"][name] if self.draft else saved
                box.say("")
        self.save_button.description = "Save review" if self.seen is None else "Save changes"
        if stored is not None and not self.draft and not self.notice.value and not is_blank(stored["written_on"]):
            self.notice.success(f"You wrote this on {look.day(stored['written_on'])}.")

    def _values(self) -> dict[str, Any]:
        return {name: box.value for name, box in self.fields.items()}

    def _keep(self) -> None:
        self.draft = {"seen": self.seen, "values": self._values()}

    def save(self) -> None:
        """Save the answers as the period's review."""
        values, seen = self._values(), self.seen
        if all(is_blank(value) or not str(value).strip() for name, value in values.items() if name != "private"):
            raise CareerkitError("Nothing is answered yet. One answer is enough to save.")
        record = {**({} if seen is None else seen.to_dict()), **values, "period": self.period.name, "written_on": self.book.today}
        self.point_out(Review.clean(record)[1], self.fields)
        self._keep()
        with self.draft_dropped():
            # The save shows the page anew, and where no notice is shown it says when this was written.
            self.notice.success("Saving …")
            if seen is None:
                self.book.add(Review.table, period=self.period.name, written_on=self.book.today, **values)
            else:
                self.book.update(Review.table, str(seen["id"]), seen=seen, **values)
        self.saved()

    def outdated(self, error: StaleRecord) -> NoReturn:
        """Keep what was typed, to be saved over the review as it is now."""
        self.seen = None if self.seen is None else self.stored(Review.table, self.seen["id"])
        self._keep()
        raise CareerkitError("This review was changed elsewhere meanwhile. Save again to replace it with what you see here.") from error

    def undo(self) -> None:
        """Take the save back; what was taken back stays in the fields: half an hour of thought is not thrown away by a click."""
        values = self._values()
        super().undo()
        if self._context().review_of(self.period) is None:
            self.draft = {"seen": None, "values": values}
        self.refresh()


def figure_style() -> Any:
    """Return the style of figures that explain themselves, as on a review's page."""
    return elements.html(f"<style>{look.static('figures.css')}</style>", "none")
