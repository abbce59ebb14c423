"""A card: the base of every form and page on which somebody saves, takes back, keeps a draft and reads what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Generic, TypeVar

import pandas as pd

from careerkit.errors import CareerkitError, StaleRecord
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import Book
from careerkit.store.layout import ERROR_LOG

Books = TypeVar("Books", bound=Book)
SAVED = "Saved a moment ago."
DRAFT_FOUND = "Here's what you started writing. It isn't saved yet."
SEE_BELOW = "Not saved yet: see the note in red."
UNKNOWN_FAILURE = f"That didn't work, and nothing was saved. The details are in {ERROR_LOG} in your workbook."


class Card(elements.Group, Generic[Books]):
    """A part of a page that acts on the records of a kind of book, such as ``Card[CareerBook]``.

    A subclass calls ``super().__init__(book, "ratings")`` first, builds its fields, and puts what it shows into ``children``::

        class NoteCard(Card[CareerBook]):
            draft_key = "note"

            def __init__(self, book: CareerBook) -> None:
                super().__init__(book, "note")
                self.text = elements.make(widgets.Textarea, description="Your note")
                self.children = [elements.form([elements.field(self.text), self.actions(self.button("Save", self.save, "primary"))])]
                if self.draft:
                    with self.filling():
                        self.text.value = self.draft["text"]
                    self.notice.success(DRAFT_FOUND)
                self.on_change(self.typed, self.text)

            def typed(self) -> None:
                self.draft = {"text": self.text.value}

            def save(self) -> None:
                if not self.text.value.strip():
                    raise CareerkitError("Write your note first.")
                with self.draft_dropped():
                    self.book.add("notes", text=self.text.value)
                self.saved()

    Whatever a `button` or `on_change` calls may raise: a CareerkitError becomes its sentence in ``notice``, any other error is
    logged and becomes one general sentence. `actions` shows ``notice`` and ``undo_button`` behind the buttons it is given.

    Parameters
    ----------
    book : Book
        Reads and saves.
    *kinds : str
        Style classes, ``ck-`` put before each.
    """

    def __init__(self, book: Books, *kinds: str) -> None:
        self.book = book
        self.notice = elements.Notice()
        self._filling = False
        super().__init__((), "", *kinds)

    @cached_property
    def undo_button(self) -> Any:
        """The button that takes the latest save back; hidden until there is one."""
        return elements.marked(self.button("Undo", self.undo, "link"), "none")

    def refresh(self) -> None:
        """Show what is stored now, keeping what was begun; called after each save on the page."""

    def stored(self, table: str, id: str | None) -> pd.Series | None:
        """Return a record as it is stored now; None where there is none of that id."""
        frame = self.book.read(table)
        rows = frame[frame["id"] == id]
        return rows.iloc[0] if len(rows) else None

    # -- what one does

    def attempt(self, act: Callable[[], Any], notice: elements.Notice | None = None) -> None:
        """Do something for the person; where it fails, say so in a sentence, and log what is not known."""
        notice = notice or self.notice
        try:
            try:
                act()
            except StaleRecord as error:
                self.outdated(error)
        except CareerkitError as error:
            notice.error(str(error))
        except Exception as error:
            self.book.log(error)
            notice.error(UNKNOWN_FAILURE)

    def outdated(self, error: StaleRecord) -> None:
        """Answer a save that was refused since the record has changed elsewhere; by default with the error's sentence."""
        raise error

    def button(self, text: str, act: Callable[[], Any], *kinds: str) -> Any:
        """Return a button that attempts something."""
        return elements.button(text, lambda: self.attempt(act), *kinds)

    def actions(self, *parts: Any) -> Any:
        """Return buttons in a line, with the notice and the undo button behind them."""
        return elements.line([*parts, self.notice, self.undo_button], "actions")

    def on_change(self, act: Callable[[], Any], *inputs: Any, trait: str = "value") -> None:
        """Attempt something whenever a person changes one of these; not while the card fills them itself."""
        for each in inputs:
            each.observe(lambda _: None if self._filling else self.attempt(act), names=trait)

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Fill fields in: what changes meanwhile was not typed by anybody."""
        before, self._filling = self._filling, True
        try:
            yield
        finally:
            self._filling = before

    # -- what is said

    def saved(self, sentence: str = SAVED) -> None:
        """Say that it is saved, and offer to undo it."""
        self.notice.success(sentence)
        elements.show(self.undo_button)

    def undo(self) -> None:
        """Take the book's latest save back, and say what it was."""
        elements.show(self.undo_button, False)
        self.notice.success(self.book.undo())

    def say_nothing(self) -> None:
        """Take back what was said of something else, with its offer to undo."""
        self.notice.clear()
        elements.show(self.undo_button, False)

    def point_out(self, wrong: Mapping[str, str], fields: Mapping[str, Any]) -> None:
        """Show beside each field what is wrong with it.

        Raises
        ------
        CareerkitError
            When anything is wrong: with what has no field here, or where to look.
        """
        for name, field in fields.items():
            field.say(wrong.get(name, ""))
        if any(wrong.values()):
            raise CareerkitError(" ".join(sentence for name, sentence in wrong.items() if name not in fields) or SEE_BELOW)

    # -- what was begun

    @property
    def draft_key(self) -> str:
        """Under which name what was begun is kept among the book's drafts; '' for a card that keeps nothing."""
        return ""

    @property
    def draft(self) -> dict[str, Any] | None:
        """What was begun here and not saved, None where nothing was; None assigned lets go of it."""
        return self.book.drafts.get(self.draft_key)

    @draft.setter
    def draft(self, begun: dict[str, Any] | None) -> None:
        if begun is None:
            self.book.drafts.pop(self.draft_key, None)
        else:
            self.book.drafts[self.draft_key] = begun

    @contextmanager
    def draft_dropped(self) -> Iterator[None]:
        """Let go of the draft while it is saved, since a save shows the page anew; where the save fails, it is there again."""
        begun, self.draft = self.draft, None
        try:
            yield
        except BaseException:
            self.draft = begun
            raise
