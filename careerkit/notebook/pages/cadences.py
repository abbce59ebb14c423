"""How often to be in touch and how many hours a week to learn: up to fifteen people chosen at once, and the two settings."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import SAVED, Card
from careerkit.notebook.widgets.fields import FieldBox, Picker
from careerkit.records import Number, References, is_blank, join_list, split_list
from careerkit.store.changes import Change
from careerkit.topics.labels import names

# Fifteen is about what one keeps up with in an hour a week: five a week, each about every three weeks at the most.
MOST = 15
SUGGESTED = 8
CLOSENESS = {5: "Very close", 4: "Close", 3: "In between", 2: "Loose", 1: "Barely"}
CADENCES = (("every month", 30), ("every two months", 60), ("every three months", 90), ("twice a year", 182))


class CadenceChooser(Card[CareerBook]):
    """Choose people and a cadence; one save sets the cadence of all of them."""

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book)
        people = References(label="Who would you like to hear from?", table="contacts", required=True)
        self.picker = Picker(people, lambda table: names(table, self._choosable), None, several=True)
        self.cadence = elements.make(widgets.Dropdown, description="How often would you like to be in touch?", options=CADENCES, value=90)
        self.suggestions, self.progress = elements.line((), "picked"), elements.html()
        bar = self.actions(self.button("Keep in touch", self.save, "primary"))
        asked = [self.progress, elements.field(self.picker), self.suggestions, elements.field(self.cadence)]
        self.children = [elements.form([*asked, bar])]
        self.on_change(self._suggest, self.picker)
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
        listed = f"{look.count(kept, 'person', 'people')} on your list. {MOST} are plenty."
        self.progress.value = str(look.paragraph(listed if kept else f"Choose up to {MOST}. You'll be shown five a week.", "note"))
        self.picker.refresh()
        self._suggest()

    def _suggest(self) -> None:
        people = self._choosable("contacts").sort_values(["closeness", "met_on"], ascending=False, na_position="last")
        picked = split_list(self.picker.value)
        open_ids = [key for key in people["id"] if key not in picked][:SUGGESTED]
        named = names("contacts", lambda table: people[people["id"].isin(open_ids)])
        elements.fill(self.suggestions, [self._suggestion(key, named[key]) for key in open_ids])

    def _suggestion(self, key: str, name: str) -> widgets.Button:
        made = elements.make(widgets.Button, description=f"+ {name}")
        made.on_click(lambda _: setattr(self.picker, "value", join_list([*split_list(self.picker.value), key])))
        return made

    def save(self) -> None:
        """Give those chosen the cadence chosen."""
        picked = split_list(self.picker.value)
        if not picked:
            raise CareerkitError("Nobody is chosen yet. Click a name, or type a few letters to find one.")
        room = MOST - self.chosen()
        if len(picked) > room:
            surplus = len(picked) - max(room, 0)
            raise CareerkitError(f"That makes more than {MOST}. Take out {surplus}, or end someone else's cadence first.")
        changes = [Change("contacts", key, {"cadence_days": self.cadence.value}) for key in picked]
        self.book.save(changes, f"a cadence for {look.count(len(picked), 'person', 'people')}")
        self.picker.value = ""
        self.saved()


class Cadences(Card[CareerBook]):
    """How often to be in touch, by closeness: for everybody who has no cadence of their own."""

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book)
        self._shown: dict[int, int] | None = None
        self.inputs: dict[int, Any] = {
            closeness: elements.make(widgets.Dropdown, description=f"{words} ({closeness})") for closeness, words in CLOSENESS.items()
        }
        row = elements.line([elements.field(each) for each in self.inputs.values()], "row", f"n{len(self.inputs)}")
        self.children = [elements.form([row, self.actions(self.button("Save cadences", self.save, "primary"))])]
        self.refresh()

    def refresh(self) -> None:
        """Show what is set now; what was chosen and not saved yet stays."""
        if self._shown == self.book.settings.cadence:
            return
        self._shown = dict(self.book.settings.cadence)
        for closeness, box in self.inputs.items():
            days = self._shown.get(closeness, 0)
            own = [] if days in (0, *dict(CADENCES).values()) else [(f"every {days} days", days)]
            box.options = [("no cadence", 0), *CADENCES, *own]
            box.value = days

    def save(self) -> None:
        """Set the cadences chosen."""
        self.book.change_settings(cadence={closeness: box.value for closeness, box in self.inputs.items() if box.value})
        self.notice.success(SAVED)


class WeeklyHours(Card[CareerBook]):
    """How many hours a week one means to learn."""

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book)
        self._shown: float | None = None
        hours = Number(label="Hours a week you mean to learn", help="Two are a good beginning. 0 sets no target.", low=0, name="hours")
        self.hours = FieldBox(hours, lambda table: {})
        self.children = [elements.form([self.hours, self.actions(self.button("Save target", self.save, "primary"))])]
        self.refresh()

    def refresh(self) -> None:
        """Show what is set now; what was typed and not saved yet stays."""
        if self._shown != self.book.settings.weekly_learning_hours:
            self._shown = self.book.settings.weekly_learning_hours
            self.hours.value = self._shown

    def save(self) -> None:
        """Set the target, unless it is no number."""
        try:
            hours = self.hours.field.clean(self.hours.value)
        except ValueError as error:
            self.hours.say(str(error))
            return
        self.hours.say("")
        self.book.change_settings(weekly_learning_hours=0.0 if is_blank(hours) else float(hours))
        self.notice.success(SAVED)
