"""What a coach asked for: each assignment with its instructions, its day, and where it stands."""

from __future__ import annotations

from functools import partial
from typing import Any, Protocol

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.period_choice import DatedBook
from careerkit.records import is_blank
from careerkit.topics.attention.charts import notebook_of

CHIPS = {"overdue": "at risk", "due soon": "behind", "assigned": "not started", "submitted": "on track", "done": "achieved"}


class WorkedBook(DatedBook, Protocol):
    """A book in which a coach's assignments stand."""

    def measure(self, name: str) -> pd.DataFrame: ...
    def undo(self) -> str: ...


class Assignments(widgets.VBox):
    """The assignments that are open or handed in, each with the next thing one can say about it."""

    def __init__(self, book: WorkedBook) -> None:
        self.book, self.notice = book, elements.Notice()
        self.undo_button = elements.button("Undo", self._undo, "link")
        self._list, self._now = elements.column(), ""
        bar = elements.line([self.notice, self.undo_button], "actions")
        super().__init__([self._list, bar], **elements.shared(widgets.VBox))
        elements.show(self.undo_button, False)
        self.refresh()

    def refresh(self) -> None:
        """Show how they stand now."""
        rows = self.book.measure("coaching.assignments")
        asked = self.book.read("assignments").set_index("id")
        if (now := rows.to_csv() + asked.to_csv()) != self._now:
            self._now = now
            stands = rows[rows["state"] != "done"].to_dict("records")
            done = int((rows["state"] == "done").sum())
            told = [elements.html(look.muted(f"{look.count(done, 'assignment')} done so far."))] if done else []
            elements.fill(self._list, [*(self._line(row, asked.loc[row["assignment_id"]]) for row in stands), *told])

    def _line(self, row: dict[str, Any], asked: pd.Series) -> Any:
        file, called = notebook_of(row["notebook"])
        where = look.Html(f' <a href="{file}">{look.text(called)}</a>') if row["notebook"].strip() and called != "Below" else ""
        symbol = CHIPS[row["state"]].replace(" ", "-")
        state = look.Html(f'<span class="ck-chip ck-{symbol}">{look.text(row["state"])}</span>')
        due = "" if is_blank(row["due_on"]) else f"due {look.day(row['due_on'])}"
        begun = "" if is_blank(row["started_on"]) else f"begun {look.day(row['started_on'])}"
        facts = " · ".join(part for part in (f"from {row['author']}" if row["author"] else "", due, begun) if part)
        lines = [look.paragraph(look.joined([state, " ", look.strong(row["title"]), where])), look.paragraph(facts, "note")]
        asks = [look.paragraph(line) for line in str(asked["instructions"]).splitlines() if line.strip()]
        return elements.column(
            [elements.html(look.live(look.joined([*lines, *asks]))), elements.line(self._answers(row), "actions")], "task"
        )

    def _answers(self, row: dict[str, Any]) -> list[Any]:
        key = row["assignment_id"]
        if row["state"] == "submitted":
            return [self._button("It is done", key, "done_on", "Done.", "primary")]
        hand_in = self._button("Hand in", key, "submitted_on", "Handed in. Your coach sees it with what you share next.", "primary")
        return [hand_in] if not is_blank(row["started_on"]) else [self._button("I have begun", key, "started_on", "Begun."), hand_in]

    def _button(self, text: str, key: str, column: str, said: str, *kinds: str) -> Any:
        return elements.button(text, partial(self._say, key, column, said), *kinds)

    def _say(self, key: str, column: str, said: str) -> None:
        def act() -> None:
            values: dict[str, Any] = {column: self.book.today}
            self.book.update("assignments", key, **values)
            self.notice.success(said)
            elements.show(self.undo_button)

        elements.guarded(self.book, self.notice, act)

    def _undo(self) -> None:
        elements.guarded(self.book, self.notice, lambda: self.notice.success(self.book.undo()))
        elements.show(self.undo_button, False)
