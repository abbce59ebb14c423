"""A look back on a period: what moved stands beside the questions, and the answers are that period's review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError, StaleRecord
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.fields import FieldBox
from careerkit.notebook.widgets.period_choice import DatedBook, PeriodChoice, looked_back_on, running
from careerkit.records import is_blank
from careerkit.review.context import Scene
from careerkit.review.sections import look_back
from careerkit.review.sections.reflections import written
from careerkit.topics.periods import Period
from careerkit.topics.review.records import Review

TOPIC = "review"
# Each question, and what stands beside it.
BESIDE: dict[str, Callable[[Scene], look.Html]] = {
    "last_focus_outcome": look_back.planned,
    "wins": look_back.won,
    "lessons": look_back.stood,
    "next_focus": look_back.upcoming,
}
ASKED = (*BESIDE, "satisfaction", "private")


class ReviewedBook(DatedBook, Protocol):
    """A book of which one looks back on a period."""

    def review(self, period: str, audience: Any = "self", chosen: Any = ()) -> Any: ...


class LookingBack(widgets.VBox):
    """The questions of a period's review, each beside what the records say to it.

    Parameters
    ----------
    book : ReviewedBook
        Reads and saves.
    """

    def __init__(self, book: ReviewedBook) -> None:
        self.book, self.notice = book, elements.Notice()
        settings = book.settings
        periods = looked_back_on(book.today, settings.review_period, settings.fiscal_first_month)
        self.choice = PeriodChoice(book, TOPIC, "Which period do you look back on?", periods)
        self.choice.observe_change(self._turned)
        self.note, self.moved = elements.html(), elements.html("", "moved")
        self.facts = {name: elements.html("", "besidefacts") for name in BESIDE}
        self.fields = {name: FieldBox(Review.fields[name], lambda _: {}) for name in ASKED}
        self.save_button = elements.button("Save review", self._save, "primary")
        self.undo_button = elements.button("Undo", self._undo, "link")
        elements.show(self.undo_button, False)
        bar = elements.line([self.save_button, self.notice, self.undo_button], "actions")
        pairs = [elements.line([self.facts[name], self.fields[name]], "row", "beside") for name in BESIDE]
        rest = [self.fields["satisfaction"], self.fields["private"]]
        self.questions = elements.column([*pairs, *rest, bar], "pairs")
        super().__init__(
            [elements.form([figure_style(), self.choice, self.note, self.moved, self.questions])], **elements.shared(widgets.VBox)
        )
        self.add_class("ck")
        self.add_class("ck-lookingback")
        self.seen: pd.Series | None = None
        self._loading = False
        for box in self.fields.values():
            box.observe_change(self._typed)
        self.refresh()
        if self._draft:
            self.notice.success("Here is what you had begun to write. It is not saved yet.")

    @property
    def period(self) -> Period:
        """The period looked back on."""
        return self.choice.period

    @property
    def draft_key(self) -> str:
        """Where what was begun is kept."""
        return f"review:{self.period.name}"

    @property
    def _draft(self) -> dict[str, Any] | None:
        return self.book.drafts.get(self.draft_key)

    def refresh(self) -> None:
        """Show what the records say now; what was begun stays."""
        elements.guarded(self.book, self.notice, self._show)

    def _turned(self) -> None:
        self.notice.clear()
        elements.show(self.undo_button, False)
        self.book.refresh()
        if self._draft and not self.notice.value:
            self.notice.success("Here is what you had begun to write. It is not saved yet.")

    def _show(self) -> None:
        self.note.value = str(running(self.period, self.book.today))
        elements.show(self.note, bool(self.note.value))
        try:
            scene = self.book.review(self.period.name).scene
        except CareerkitError as error:
            self.moved.value = str(look.invitation("There is nothing to look back on here.", str(error)))
            elements.show(self.questions, False)
            return
        elements.show(self.questions)
        self.moved.value = str(look_back.moved(scene))
        for name, told in BESIDE.items():
            self.facts[name].value = str(told(scene))
        self._load(scene)

    def _load(self, scene: Scene) -> None:
        draft, stored = self._draft, written(scene, self.period)
        self.seen = draft["seen"] if draft else stored
        self._loading = True
        for name, box in self.fields.items():
            begun = Review.fields[name].blank if self.seen is None else self.seen[name]
            box.value = draft["values"][name] if draft else begun
            box.say("")
        self._loading = False
        if stored is not None and not draft:
            self.save_button.description = "Save changes"
            if not self.notice.value:
                self.notice.success(f"You wrote this on {look.day(stored['written_on'])}." if not is_blank(stored["written_on"]) else "")
        else:
            self.save_button.description = "Save review" if self.seen is None else "Save changes"

    def _values(self) -> dict[str, Any]:
        return {name: box.value for name, box in self.fields.items()}

    def _typed(self) -> None:
        if not self._loading:
            self.book.drafts[self.draft_key] = {"seen": self.seen, "values": self._values()}

    def _save(self) -> None:
        elements.guarded(self.book, self.notice, self._try_save)

    def _try_save(self) -> None:
        values = self._values()
        if all(is_blank(value) or not str(value).strip() for name, value in values.items() if name != "private"):
            raise CareerkitError("Nothing is answered yet. One answer is enough to save.")
        whole = {**({} if self.seen is None else self.seen.to_dict()), **values, "period": self.period.name, "written_on": self.book.today}
        wrong = Review.clean(whole)[1]
        for name, box in self.fields.items():
            box.say(wrong.get(name, ""))
        if wrong:
            raise CareerkitError("Not saved yet: see the note in red.")
        self._store(values)

    def _store(self, values: dict[str, Any]) -> None:
        draft, seen = self.book.drafts.pop(self.draft_key, None), self.seen
        # The page is made anew by the save, and where nothing is said yet it tells of the day of writing.
        self.notice.success("Saving …")
        try:
            if seen is None:
                self.book.add(Review.table, period=self.period.name, written_on=self.book.today, **values)
            else:
                self.book.update(Review.table, str(seen["id"]), seen=seen, **values)
        except CareerkitError as error:
            self.book.drafts[self.draft_key] = draft or {"seen": seen, "values": values}
            if isinstance(error, StaleRecord):
                self._look_again(str(seen["id"]) if seen is not None else "")
                raise CareerkitError(
                    "This review was changed elsewhere meanwhile. Save again to put what stands here in its place."
                ) from error
            raise
        self.notice.success("Saved a moment ago.")
        elements.show(self.undo_button)

    def _look_again(self, key: str) -> None:
        frame = self.book.read(Review.table)
        found = frame[frame["id"] == key]
        self.seen = found.iloc[0] if len(found) else None
        self.book.drafts[self.draft_key] = {"seen": self.seen, "values": self._values()}

    def _undo(self) -> None:
        elements.guarded(self.book, self.notice, self._try_undo)

    def _try_undo(self) -> None:
        values = self._values()
        said = self.book.undo()
        stored = written(self.book.review(self.period.name).scene, self.period)
        if stored is None:
            # What was taken back stands in the fields again: half an hour of thought is not thrown away by a click.
            self.book.drafts[self.draft_key] = {"seen": None, "values": values}
        self.refresh()
        self.notice.success(said)
        elements.show(self.undo_button, False)


def figure_style() -> Any:
    """Return the style of figures that explain themselves, as on a review's page."""
    return elements.html(f"<style>{look.static('figures.css')}</style>", "none")
