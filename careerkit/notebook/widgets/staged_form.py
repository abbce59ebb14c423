"""A record that one comes back to: choose it, see what is known, and answer the one question that is next."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError, StaleRecord
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import Book
from careerkit.notebook.widgets.card import DRAFT_FOUND, Card
from careerkit.notebook.widgets.comments import RecordComments
from careerkit.notebook.widgets.fields import FieldBox, today_or
from careerkit.records import is_blank
from careerkit.topics.labels import names
from careerkit.topics.stages import Stage, Stages


class StagedForm(Card[Book]):
    """The next stage of one record out of those that have one.

    Parameters
    ----------
    book : Book
        Reads and saves.
    name : str
        The topic.
    stages : Stages
        Which records, and what each is asked next.
    """

    def __init__(self, book: Book, name: str, stages: Stages) -> None:
        super().__init__(book, "stages")
        self.stages, self.name = stages, name
        self.fields: dict[str, FieldBox] = {}
        self.stage: Stage | None = None
        self.seen: pd.Series | None = None
        self.choice: Any = elements.make(widgets.Dropdown, description=stages.choose)
        self.known, self.question, self._inputs = elements.html("", "known"), elements.html("", "next"), elements.column()
        self.save_button = self.button("Save", self.save, "primary")
        self.empty = elements.html(look.invitation(*stages.empty))
        self.comments = RecordComments(self, stages.record.table)
        bar = elements.line([self.save_button], "actions")
        self.card = elements.form([elements.field(self.choice), self.known, self.comments, self.question, self._inputs, bar])
        self.children = [self.card, self.empty, self.actions()]
        self.on_change(self._chosen, self.choice)
        self.refresh()
        if self._begun():
            self.notice.success(DRAFT_FOUND)

    @property
    def draft_key(self) -> str:
        """Where what was begun of the record chosen is kept."""
        return self._draft_key(self.choice.value)

    def _draft_key(self, key: str | None) -> str:
        return f"stages:{self.name}:{key}"

    def _begun(self) -> list[str]:
        """Return the records of which something is begun, the latest first."""
        before = self._draft_key("")
        return [key.removeprefix(before) for key in reversed(self.book.drafts) if key.startswith(before)]

    def refresh(self) -> None:
        """Take in what was saved elsewhere; what was begun and is still asked for stays."""
        listed = [(label, key) for key, label in self.stages.waiting(self.book.tables(), self.book.today)]
        keys = {key for _, key in listed}
        with self.filling():
            elements.offer(self.choice, listed, next((key for key in self._begun() if key in keys), None))
        elements.show(self.card, bool(listed))
        elements.show(self.empty, not listed)
        self._load()

    def _chosen(self) -> None:
        self.say_nothing()
        self._load()

    def _load(self) -> None:
        key = self.choice.value
        self.seen = self.stored(self.stages.record.table, key)
        self.comments.about("" if self.seen is None else str(key))
        if self.seen is None:
            return
        stage = self.stages.stage(self.seen, self.book.today)
        if stage != self.stage:
            self._ask(stage)
        self.known.value = str(self.stages.summary(self.book.tables(), self.book.today, str(key)))
        self._fill(stage, self.seen)

    def _ask(self, stage: Stage) -> None:
        self.stage = stage
        self.question.value = str(look.joined([look.heading(stage.question), look.paragraph(stage.advice, "note")]))
        self.save_button.description = stage.button
        fields = self.stages.record.fields
        self.fields = {name: FieldBox(fields[name], lambda table: names(table, self.book.read)) for name in stage.fields()}
        elements.fill(self._inputs, [elements.row([self.fields[name] for name in row]) for row in stage.rows])
        self.on_change(self._typed, *self.fields.values())

    def _fill(self, stage: Stage, stored: pd.Series) -> None:
        draft = self.draft or {}
        with self.filling():
            for name, box in self.fields.items():
                preset = today_or(stage.preset.get(name), self.book.today)
                box.refresh()
                box.value = draft.get(name, preset if is_blank(stored[name]) else stored[name])
                box.say("")

    def _typed(self) -> None:
        if self.choice.value is not None:
            # The latest stands last.
            self.draft = None
            self.draft = self._values()

    def _values(self) -> dict[str, Any]:
        return {name: box.value for name, box in self.fields.items()}

    def save(self) -> None:
        """Save the answers, unless one is wrong."""
        stage, seen, record = self.stage, self.seen, self.stages.record
        if stage is None or seen is None:
            raise CareerkitError("There is nothing to save here.")
        values = self._values()
        values |= stage.fill(values, self.book.today) if stage.fill else {}
        wrong = record.clean({**seen.to_dict(), **values})[1]
        if stage.needs and is_blank(values[stage.needs]):
            wrong.setdefault(stage.needs, f"{record.fields[stage.needs].label.rstrip('?')}: fill it in to save.")
        self.point_out(wrong, self.fields)
        with self.draft_dropped():
            self.book.update(record.table, str(seen["id"]), seen=seen, **values)
        self.saved()

    def outdated(self, error: StaleRecord) -> None:
        """Show what is stored now, and keep what was begun: a second save is meant."""
        self.refresh()
        raise CareerkitError("This was changed elsewhere meanwhile. Look at it once more, then save again.") from error
