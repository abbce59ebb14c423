"""A record that one comes back to: choose it, see what is known, and answer the one question that is next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError, StaleRecord
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.comments import Remarks, answering
from careerkit.notebook.widgets.fields import FieldBox, today_or
from careerkit.notebook.widgets.form import Book
from careerkit.records import is_blank
from careerkit.topics.labels import names
from careerkit.topics.stages import Stage, Stages


class FollowedBook(Book, Protocol):
    """A book whose tables can be looked at together."""

    def tables(self) -> Mapping[str, pd.DataFrame]: ...


class StagedForm(widgets.VBox):
    """The next stage of one record out of those that have one.

    Parameters
    ----------
    book : FollowedBook
        Reads and saves.
    name : str
        The topic.
    stages : Stages
        Which records, and what each is asked next.
    """

    def __init__(self, book: FollowedBook, name: str, stages: Stages) -> None:
        self.book, self.stages, self.draft_key = book, stages, f"stages:{name}"
        self.notice = elements.Notice()
        self.choice = widgets.Dropdown(description=stages.choose, **elements.shared(widgets.Dropdown))
        self.known, self.question, self._asked = elements.html("", "known"), elements.html("", "next"), elements.column()
        self.save_button = elements.button("Save", self._save, "primary")
        self.undo_button = elements.button("Undo", self._undo, "link")
        elements.show(self.undo_button, False)
        self.empty = elements.html(look.invitation(*stages.empty))
        bar = elements.line([self.save_button], "actions")
        self.remarks = Remarks(book, stages.record.table, answering(book, self.notice, self.undo_button))
        self.card = elements.form([elements.column([self.choice], "field"), self.known, self.remarks, self.question, self._asked, bar])
        super().__init__(
            [self.card, self.empty, elements.line([self.notice, self.undo_button], "actions")], **elements.shared(widgets.VBox)
        )
        self.add_class("ck")
        self.add_class("ck-stages")
        self.fields: dict[str, FieldBox] = {}
        self.stage: Stage | None = None
        self.seen: pd.Series | None = None
        self._loading = False
        self.choice.observe(lambda _: self._chosen(), names="value")
        self.refresh()
        if self._drafts:
            self.notice.success("Here is what you had begun to write. It is not saved yet.")

    def refresh(self) -> None:
        """Take in what was saved elsewhere; what was begun and is still asked for stays."""
        listed = [(label, key) for key, label in self.stages.waiting(self.book.tables(), self.book.today)]
        keys = [key for _, key in listed]
        kept = self.choice.value if self.choice.value in keys else next((key for key in reversed(self._drafts) if key in keys), None)
        self._loading = True
        self.choice.options = listed
        self.choice.value = kept or (keys[0] if keys else None)
        self._loading = False
        elements.show(self.card, bool(keys))
        elements.show(self.empty, not keys)
        self._load()

    @property
    def _drafts(self) -> dict[str, dict[str, Any]]:
        # What was begun, by record; the latest stands last.
        return self.book.drafts.get(self.draft_key, {})

    def _chosen(self) -> None:
        if not self._loading:
            self.notice.clear()
            elements.show(self.undo_button, False)
            self._load()

    def _load(self) -> None:
        key = self.choice.value
        frame = self.book.read(self.stages.record.table)
        found = frame[frame["id"] == key]
        self.seen = found.iloc[0] if len(found) else None
        self.remarks.about("" if self.seen is None else str(key))
        if self.seen is None:
            return
        stage = self.stages.stage(self.seen, self.book.today)
        if stage != self.stage:
            self._ask(stage)
        self.known.value = str(self.stages.told(self.book.tables(), self.book.today, str(key)))
        self._fill(stage, self._drafts.get(str(key), {}))

    def _ask(self, stage: Stage) -> None:
        self.stage = stage
        self.question.value = str(look.joined([look.heading(stage.asks), look.paragraph(stage.says, "note")]))
        self.save_button.description = stage.button
        self.fields = {name: self._field(name) for name in stage.fields()}
        elements.fill(self._asked, [elements.line([self.fields[name] for name in row], "row", f"n{len(row)}") for row in stage.rows])
        for box in self.fields.values():
            box.observe_change(self._typed)

    def _field(self, name: str) -> FieldBox:
        return FieldBox(self.stages.record.fields[name], lambda table: names(table, self.book.read))

    def _fill(self, stage: Stage, draft: dict[str, Any]) -> None:
        assert self.seen is not None
        self._loading = True
        for name, box in self.fields.items():
            stored = self.seen[name]
            begun = today_or(stage.preset.get(name), self.book.today) if is_blank(stored) else stored
            box.refresh()
            box.value = draft.get(name, begun)
            box.say("")
        self._loading = False

    def _typed(self) -> None:
        if self._loading or self.choice.value is None:
            return
        others = {key: kept for key, kept in self._drafts.items() if key != self.choice.value}
        self.book.drafts[self.draft_key] = {**others, self.choice.value: self._values()}

    def _values(self) -> dict[str, Any]:
        return {name: box.value for name, box in self.fields.items()}

    def _save(self) -> None:
        elements.guarded(self.book, self.notice, self._try_save)

    def _try_save(self) -> None:
        stage, seen, record = self.stage, self.seen, self.stages.record
        if stage is None or seen is None:
            raise CareerkitError("There is nothing to save here.")
        values = self._values()
        values |= stage.fill(values, self.book.today) if stage.fill else {}
        wrong = record.clean({**seen.to_dict(), **values})[1]
        if stage.needs and is_blank(values[stage.needs]):
            wrong.setdefault(stage.needs, f"{record.fields[stage.needs].label.rstrip('?')}: fill it in to save.")
        for name, box in self.fields.items():
            box.say(wrong.get(name, ""))
        if wrong:
            elsewhere = [sentence for name, sentence in wrong.items() if name not in self.fields]
            raise CareerkitError(" ".join(elsewhere) or "Not saved yet: see the note in red.")
        self._store(str(seen["id"]), values)

    def _store(self, key: str, values: dict[str, Any]) -> None:
        drafts = self._drafts
        self.book.drafts[self.draft_key] = {other: kept for other, kept in drafts.items() if other != key}
        try:
            self.book.update(self.stages.record.table, key, seen=self.seen, **values)
        except CareerkitError as error:
            self.book.drafts[self.draft_key] = drafts
            if isinstance(error, StaleRecord):
                # The page takes in what is stored now, and keeps what was begun: a second save is meant.
                self.refresh()
                raise CareerkitError("This was changed elsewhere meanwhile. Look at it once more, then save again.") from error
            raise
        self.notice.success("Saved a moment ago.")
        elements.show(self.undo_button)

    def _undo(self) -> None:
        elements.guarded(self.book, self.notice, lambda: self.notice.success(self.book.undo()))
        elements.show(self.undo_button, False)
