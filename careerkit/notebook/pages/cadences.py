"""Whom would you be glad to hear from? Up to fifteen people, and how often."""

from __future__ import annotations

from typing import Any, Protocol

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.fields import FieldBox, Picker
from careerkit.notebook.widgets.form import Book
from careerkit.records import Number, References, is_blank, split_list
from careerkit.records.settings import Settings
from careerkit.store.store import Change
from careerkit.topics.labels import names

# Fifteen is about what one keeps up with in an hour a week: five a week, each about every three weeks at the most.
MOST = 15
SUGGESTED = 8
CLOSENESS = {5: "Very close", 4: "Close", 3: "In between", 2: "Loose", 1: "Barely"}
CADENCES = (("every month", 30), ("every two months", 60), ("every three months", 90), ("twice a year", 182))


class SavingBook(Book, Protocol):
    """A book that also saves several changes at once."""

    def save(self, changes: list[Change], what: str) -> None: ...


class CadenceBook(Book, Protocol):
    """A book whose settings can be changed."""

    settings: Settings

    def change_settings(self, **values: Any) -> None: ...


class CadenceChooser(widgets.VBox):
    """Choose people and a cadence; one save sets the cadence of all of them."""

    def __init__(self, book: SavingBook) -> None:
        self.book = book
        field = References(label="Whom would you be glad to hear from?", table="contacts", required=True)
        self.picker = Picker(field, lambda table: names(table, self._choosable), None, several=True)
        self.cadence = widgets.Dropdown(
            description="How often would you like to be in touch?", options=CADENCES, value=90, **elements.shared(widgets.Dropdown)
        )
        self.suggestions = elements.line((), "picked")
        self.said = elements.Said()
        self.progress = elements.html()
        self.undo_button = elements.button("Undo", self._undo, "link")
        elements.show(self.undo_button, False)
        bar = elements.line([elements.button("Keep in touch", self._save, "primary"), self.said, self.undo_button], "actions")
        asked = [elements.column([inner], "field") for inner in (self.picker, self.cadence)]
        super().__init__([elements.form([self.progress, asked[0], self.suggestions, asked[1], bar])], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self.picker.observe(lambda _: self._suggest(), names="value")
        self.refresh()

    def _choosable(self, table: str) -> pd.DataFrame:
        people = self.book.read(table)
        return people[people["archived_on"].isna() & people["cadence_days"].isna()]

    def chosen(self) -> int:
        """Return how many people have a cadence already."""
        people = self.book.read("contacts")
        return int((people["archived_on"].isna() & people["cadence_days"].notna()).sum())

    def refresh(self) -> None:
        """Take in who came or went since."""
        kept = self.chosen()
        words = (
            f"{look.count(kept, 'person', 'people')} on your list. {MOST} are plenty."
            if kept
            else f"Choose up to {MOST}. Five a week will be shown to you."
        )
        self.progress.value = str(look.paragraph(words, "note"))
        self.picker.refresh()
        self._suggest()

    def _suggest(self) -> None:
        people = self._choosable("contacts").sort_values(["closeness", "met_on"], ascending=False, na_position="last")
        picked = split_list(self.picker.value)
        open_ids = [key for key in people["id"] if key not in picked][:SUGGESTED]
        told = names("contacts", lambda table: people[people["id"].isin(open_ids)])
        elements.fill(self.suggestions, [self._suggestion(key, told[key]) for key in open_ids])

    def _suggestion(self, key: str, name: str) -> widgets.Button:
        made = widgets.Button(description=f"+ {name}", **elements.shared(widgets.Button))
        made.on_click(lambda _: setattr(self.picker, "value", ";".join([*split_list(self.picker.value), key])))
        return made

    def _save(self) -> None:
        elements.guarded(self.book, self.said, self._try_save)

    def _try_save(self) -> None:
        picked = split_list(self.picker.value)
        if not picked:
            raise CareerkitError("Nobody is chosen yet. Click a name, or type a few letters to find one.")
        room = MOST - self.chosen()
        if len(picked) > room:
            raise CareerkitError(
                f"That makes more than {MOST}. Take out {len(picked) - max(room, 0)}, or end someone else's cadence first."
            )
        days = self.cadence.value
        self.book.save(
            [Change("contacts", key, {"cadence_days": days}) for key in picked],
            f"a cadence for {look.count(len(picked), 'person', 'people')}",
        )
        self.picker.value = ""
        self.said.well("Saved a moment ago.")
        elements.show(self.undo_button)

    def _undo(self) -> None:
        elements.guarded(self.book, self.said, lambda: self.said.well(self.book.undo()))
        elements.show(self.undo_button, False)


class Cadences(widgets.VBox):
    """How often to be in touch, by closeness: for everybody who has no cadence of their own."""

    def __init__(self, book: CadenceBook) -> None:
        self.book = book
        self.said = elements.Said()
        self._shown: dict[int, int] | None = None
        self.asked = {closeness: self._ask(closeness, words) for closeness, words in CLOSENESS.items()}
        bar = elements.line([elements.button("Save cadences", self._save, "primary"), self.said], "actions")
        rows = [elements.line([elements.column([one], "field") for one in self.asked.values()], "row", f"n{len(self.asked)}")]
        super().__init__([elements.form([*rows, bar])], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self.refresh()

    def refresh(self) -> None:
        """Show what is set now; what was chosen and not saved yet stays."""
        if self._shown == self.book.settings.cadence:
            return
        self._shown = dict(self.book.settings.cadence)
        for closeness, box in self.asked.items():
            days = self._shown.get(closeness, 0)
            own = [] if days in (0, *dict(CADENCES).values()) else [(f"every {days} days", days)]
            box.options = [("no cadence", 0), *CADENCES, *own]
            box.value = days

    def _ask(self, closeness: int, words: str) -> Any:
        return widgets.Dropdown(description=f"{words} ({closeness})", **elements.shared(widgets.Dropdown))

    def _save(self) -> None:
        elements.guarded(self.book, self.said, self._try_save)

    def _try_save(self) -> None:
        self.book.change_settings(cadence={closeness: box.value for closeness, box in self.asked.items() if box.value})
        self.said.well("Saved a moment ago.")


class WeeklyHours(widgets.VBox):
    """How many hours a week one means to learn."""

    def __init__(self, book: CadenceBook) -> None:
        self.book = book
        self.said = elements.Said()
        self._shown: float | None = None
        self.hours = FieldBox(
            Number(label="Hours a week you mean to learn", help="Two are a good beginning. 0 sets no target.", low=0, name="hours"),
            lambda table: {},
        )
        bar = elements.line([elements.button("Save target", self._save, "primary"), self.said], "actions")
        super().__init__([elements.form([self.hours, bar])], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self.refresh()

    def refresh(self) -> None:
        """Show what is set now; what was typed and not saved yet stays."""
        if self._shown != self.book.settings.weekly_learning_hours:
            self._shown = self.book.settings.weekly_learning_hours
            self.hours.value = self._shown

    def _save(self) -> None:
        elements.guarded(self.book, self.said, self._try_save)

    def _try_save(self) -> None:
        try:
            hours = self.hours.field.clean(self.hours.value)
        except ValueError as error:
            self.hours.say(str(error))
            return
        self.hours.say("")
        self.book.change_settings(weekly_learning_hours=0.0 if is_blank(hours) else float(hours))
        self.said.well("Saved a moment ago.")
