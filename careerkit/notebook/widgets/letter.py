"""A ready text: choose who it is for, change what you like, copy it with one click."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import Book
from careerkit.notebook.widgets.card import Card
from careerkit.notebook.widgets.copy_text import CopyText
from careerkit.topics.letters import Letter


class LetterForm(Card[Book]):
    """A letter: who it is for, its text, and a button that copies it.

    Parameters
    ----------
    book : Book
        Whose records it is written from.
    name : str
        Such as "feedback.ask".
    letter : Letter
        Who it can be for, and what it says.
    """

    def __init__(self, book: Book, name: str, letter: Letter) -> None:
        super().__init__(book)
        self.letter, self.name = letter, name
        self.recipient: Any = elements.make(widgets.Dropdown, description=letter.choose)
        self.message = CopyText(label=letter.title)
        self.restore_button = self.button("Back to the original text", self._restore, "link")
        self.empty = elements.html(look.invitation(letter.title, letter.empty))
        # No `elements.form`: a browser lets a page copy only at once after the click, which therefore must not wait.
        self.card = elements.column([elements.field(self.recipient), self.message, self.restore_button, self.notice], "form")
        self.children = [self.card, self.empty]
        self.on_change(self._write, self.recipient)
        self.on_change(self._typed, self.message, trait="text")
        self.refresh()

    @property
    def draft_key(self) -> str:
        """Where texts changed by hand are kept, by who they are for; the latest stands last."""
        return f"letter:{self.name}"

    @property
    def _drafts(self) -> dict[str, Any]:
        return self.draft or {}

    def refresh(self) -> None:
        """Take in what was saved elsewhere; a text that was changed by hand stays as it is."""
        listed = [(label, key) for key, label in self.letter.recipients(self.book.tables(), self.book.today, self.book.settings)]
        begun = self._begun()
        if begun and begun["key"] not in {key for _, key in listed}:
            listed.insert(0, (begun["label"], begun["key"]))
        before = {key for _, key in self.recipient.options}
        new = [key for _, key in listed if before and key not in before]
        with self.filling():
            elements.offer(self.recipient, listed, begun and begun["key"])
            if new and not begun:
                # What was just saved elsewhere is what one wants to write about.
                self.recipient.value = new[0]
        elements.show(self.card, bool(listed))
        elements.show(self.empty, not listed)
        self._write()

    def _begun(self) -> dict[str, Any] | None:
        latest = list(self._drafts.values())
        return self._drafts.get(self.recipient.value) or (latest[-1] if latest and not self.recipient.value else None)

    def _write(self) -> None:
        key = self.recipient.value
        begun = self._drafts.get(key)
        first = self.letter.text(self.book.tables(), self.book.today, self.book.settings, key) if key and not begun else ""
        with self.filling():
            self.message.text = begun["text"] if begun else first
        elements.show(self.restore_button, begun is not None)

    def _restore(self) -> None:
        self.draft = {key: begun for key, begun in self._drafts.items() if key != self.recipient.value}
        self.refresh()

    def _typed(self) -> None:
        if key := self.recipient.value:
            others = {other: begun for other, begun in self._drafts.items() if other != key}
            self.draft = {**others, key: {"key": key, "label": self.recipient.label, "text": self.message.text}}
            elements.show(self.restore_button)
