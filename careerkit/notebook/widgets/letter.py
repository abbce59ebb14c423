"""A ready text: choose whom it is for, change what you like, copy it with one click."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import Book
from careerkit.notebook.widgets.copy_text import CopyText
from careerkit.records.settings import Settings
from careerkit.topics.letters import Letter


class WritingBook(Book, Protocol):
    """A book of which letters can be written."""

    today: dt.date

    @property
    def settings(self) -> Settings: ...

    def tables(self) -> Mapping[str, pd.DataFrame]: ...


class LetterForm(widgets.VBox):
    """A letter: whom it is for, its text, and a button that copies it.

    Parameters
    ----------
    book : WritingBook
        Whose records it is written from.
    name : str
        Such as "feedback.ask".
    letter : Letter
        Whom it can be for, and what it says.
    """

    def __init__(self, book: WritingBook, name: str, letter: Letter) -> None:
        self.book, self.letter, self.draft_key = book, letter, f"letter:{name}"
        self.whom = widgets.Dropdown(description=letter.choose, **elements.shared(widgets.Dropdown))
        self.message = CopyText(label=letter.title)
        self.anew = elements.button("Back to the first text", self._write_anew, "link")
        self.empty = elements.html(look.invitation(letter.title, letter.empty))
        # No `parts.form`: a browser lets a page copy only at once after the click, which therefore must not wait.
        self.card = elements.column([elements.column([self.whom], "field"), self.message, self.anew], "form")
        super().__init__([self.card, self.empty], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self._writing = False
        self.whom.observe(lambda _: self._chosen(), names="value")
        self.message.observe(lambda _: self._typed(), names="text")
        self.refresh()

    def refresh(self) -> None:
        """Take in what was saved elsewhere; a text that was changed by hand stays as it is."""
        listed = [(label, key) for key, label in self.letter.whom(self.book.tables(), self.book.today, self.book.settings)]
        begun = self._begun()
        if begun and begun["whom"] not in {key for _, key in listed}:
            listed.insert(0, (begun["label"], begun["whom"]))
        came = [key for _, key in listed if self.whom.options and key not in {known for _, known in self.whom.options}]
        # What was just saved elsewhere is what one wants to write about, unless a text is begun.
        kept = came[0] if came and not begun else self.whom.value or (begun and begun["whom"])
        self._writing = True
        self.whom.options = listed
        self.whom.value = kept if kept in {key for _, key in listed} else (listed[0][1] if listed else None)
        self._writing = False
        elements.show(self.card, bool(listed))
        elements.show(self.empty, not listed)
        self._write()

    @property
    def _drafts(self) -> dict[str, Any]:
        # Texts changed by hand, by whom they are for; the latest stands last.
        return self.book.drafts.get(self.draft_key, {})

    def _begun(self) -> dict[str, Any] | None:
        last = list(self._drafts.values())
        return self._drafts.get(self.whom.value) or (last[-1] if last and not self.whom.value else None)

    def _write(self) -> None:
        key = self.whom.value
        draft = self._drafts.get(key)
        made = draft["text"] if draft else self.letter.text(self.book.tables(), self.book.today, self.book.settings, key) if key else ""
        self._writing = True
        self.message.text = made
        self._writing = False
        elements.show(self.anew, draft is not None)

    def _chosen(self) -> None:
        if not self._writing:
            self._write()

    def _write_anew(self) -> None:
        self.book.drafts[self.draft_key] = {key: draft for key, draft in self._drafts.items() if key != self.whom.value}
        self.refresh()

    def _typed(self) -> None:
        if self._writing or not self.whom.value:
            return
        draft = {"whom": self.whom.value, "label": self.whom.label, "text": self.message.text}
        others = {key: kept for key, kept in self._drafts.items() if key != draft["whom"]}
        self.book.drafts[self.draft_key] = {**others, draft["whom"]: draft}
        elements.show(self.anew)
