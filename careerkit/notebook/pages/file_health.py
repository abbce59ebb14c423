"""What is wrong in the files, with the answers a person can give; nothing is shown while all is well."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.errors import Problem
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import Card

LISTED = 6


class FileHealth(Card[CareerBook]):
    """Rows that went away outside careerkit, and what cannot be read: what it is, where, and what can be done."""

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book)
        self._vanished, self._problems = elements.column(), elements.column()
        head = elements.html(look.strong("Your files need a look"))
        self.card = elements.form([head, self._vanished, self._problems, self.actions()])
        self.children = [self.card]
        self.refresh()

    def refresh(self) -> None:
        """Show what is wrong now."""
        self.attempt(self._look)

    def _look(self) -> None:
        vanished = self.book.vanished()
        # A row that went away is asked about above; its line in the check would say the same again.
        ids = set(vanished["id"])
        problems = [problem for problem in self.book.check() if not (problem.line is None and problem.value in ids)]
        elements.fill(self._vanished, [part for table, rows in vanished.groupby("table") for part in self._question(str(table), rows)])
        elements.fill(self._problems, self._list(problems))
        elements.show(self.card, bool(len(vanished) or problems or self.notice.value))

    def _question(self, table: str, rows: pd.DataFrame) -> list[Any]:
        listed = ", ".join(rows["what"].head(LISTED))
        more = f" and {len(rows) - LISTED} more" if len(rows) > LISTED else ""
        verb = "is" if len(rows) == 1 else "are"
        text = (
            f"{look.count(len(rows), 'record')} {verb} no longer in data/{table}.csv since {look.day(rows['since'].min())}: "
            f"{listed}{more}. They were removed outside careerkit."
        )
        back = self._answer("Put them back", partial(self.book.answer_vanished, None, True, table), "primary")
        intended = self._answer("That was intended", partial(self.book.answer_vanished, None, False, table))
        return [elements.html(look.paragraph(text)), elements.line([back, intended], "actions")]

    def _list(self, problems: list[Problem]) -> list[Any]:
        if not problems:
            return []
        items = [look.paragraph(problem) for problem in problems[:LISTED]]
        if len(problems) > LISTED:
            items.append(look.paragraph(f"And {len(problems) - LISTED} more; careerkit check lists them all.", "note"))
        plan = self.book.repair(dry_run=True)
        if not plan:
            return [elements.html(look.joined(items))]
        items += [look.paragraph("careerkit can do this for you, after a backup:"), *(look.paragraph(f"· {line}") for line in plan)]
        return [elements.html(look.joined(items)), elements.line([self._answer("Do this", self._repair, "primary")], "actions")]

    def _repair(self) -> str:
        return look.count(len(self.book.repair()), "thing") + " done."

    def _answer(self, text: str, act: Callable[[], str], *kinds: str) -> Any:
        def do() -> None:
            self.saved(act())
            self.refresh()

        return self.button(text, do, *kinds)

    def undo(self) -> None:
        """Take the latest answer back, and ask again."""
        super().undo()
        self.refresh()
