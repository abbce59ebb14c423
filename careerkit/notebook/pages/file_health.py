"""What is not well in the files, with the answers a person can give; nothing is shown while all is well."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Protocol

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.errors import Problem
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import Book

LISTED = 6


class KeptBook(Book, Protocol):
    """A book whose files can be looked over and mended."""

    def check(self) -> list[Problem]: ...
    def vanished(self) -> pd.DataFrame: ...
    def answer_vanished(self, ids: Iterable[str] | None = None, restore: bool = True, table: str | None = None) -> str: ...
    def repair(self, dry_run: bool = False) -> list[str]: ...


class Keeping(widgets.VBox):
    """Rows that went away outside, and what cannot be read: what it is, where, and what can be done."""

    def __init__(self, book: KeptBook) -> None:
        self.book = book
        self.notice, self.undo_button = elements.Notice(), elements.button("Undo", self._undo, "link")
        self._gone, self._wrong = elements.column(), elements.column()
        answer = elements.line([self.notice, self.undo_button], "actions")
        self.card = elements.form([elements.html(look.strong("Your files need a look")), self._gone, self._wrong, answer])
        super().__init__([self.card], **elements.shared(widgets.VBox))
        self.add_class("ck")
        elements.show(self.undo_button, False)
        self.refresh()

    def refresh(self) -> None:
        """Show what is not well now."""
        elements.guarded(self.book, self.notice, self._look)

    def _look(self) -> None:
        gone = self.book.vanished()
        # A row that went away is asked about below; its line in the check would say the same again.
        away = set(gone["id"])
        wrong = [problem for problem in self.book.check() if not (problem.line is None and problem.value in away)]
        elements.fill(self._gone, [part for table, rows in gone.groupby("table") for part in self._asked(str(table), rows)])
        elements.fill(self._wrong, self._told(wrong))
        elements.show(self.card, bool(len(gone) or wrong or self.notice.value))

    def _asked(self, table: str, rows: pd.DataFrame) -> list[Any]:
        names = list(rows["what"].head(LISTED))
        more = f" and {len(rows) - LISTED} more" if len(rows) > LISTED else ""
        verb = "is" if len(rows) == 1 else "are"
        text = (
            f"{look.count(len(rows), 'record')} {verb} no longer in data/{table}.csv since {look.day(rows['since'].min())}: "
            f"{', '.join(names)}{more}. They were taken out outside this workbook."
        )
        back = self._button("Put them back", partial(self.book.answer_vanished, None, True, table), "primary")
        meant = self._button("That was meant", partial(self.book.answer_vanished, None, False, table))
        return [elements.html(look.paragraph(text)), elements.line([back, meant], "actions")]

    def _told(self, wrong: list[Problem]) -> list[Any]:
        if not wrong:
            return []
        items = [look.paragraph(problem) for problem in wrong[:LISTED]]
        if len(wrong) > LISTED:
            items.append(look.paragraph(f"And {len(wrong) - LISTED} more; careerkit check lists them all.", "note"))
        plan = self.book.repair(dry_run=True)
        if not plan:
            return [elements.html(look.joined(items))]
        can = look.joined([look.paragraph("What can be done for you, after a backup:"), *(look.paragraph(f"· {line}") for line in plan)])
        return [elements.html(look.joined([*items, can])), elements.line([self._button("Do this", self._repair, "primary")], "actions")]

    def _repair(self) -> str:
        return look.count(len(self.book.repair()), "thing") + " done."

    def _button(self, text: str, act: Callable[[], str], *kinds: str) -> Any:
        return elements.button(text, lambda: elements.guarded(self.book, self.notice, lambda: self._done(act())), *kinds)

    def _done(self, sentence: str) -> None:
        self.notice.success(sentence)
        elements.show(self.undo_button)
        self.refresh()

    def _undo(self) -> None:
        elements.guarded(self.book, self.notice, lambda: self.notice.success(self.book.undo()))
        elements.show(self.undo_button, False)
        self.refresh()
