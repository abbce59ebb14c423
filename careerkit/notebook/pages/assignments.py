"""What a coach asked for: each assignment with its instructions, its day, and its state."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import Card
from careerkit.records import is_blank
from careerkit.topics.attention.charts import notebook_of

CHIPS = {"overdue": "at risk", "due soon": "behind", "assigned": "not started", "submitted": "on track", "done": "achieved"}


class AssignmentList(Card[CareerBook]):
    """The assignments that are open or handed in, each with the next thing one can say about it."""

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book)
        self._list = elements.Rows()
        self.children = [self._list, self.actions()]
        self.refresh()

    def refresh(self) -> None:
        """Show their states now."""
        rows = self.book.measure("coaching.assignments")
        asked = self.book.read("assignments").set_index("id")
        self._list.show(rows.to_csv() + asked.to_csv(), lambda: self._lines(rows, asked))

    def _lines(self, rows: pd.DataFrame, asked: pd.DataFrame) -> list[Any]:
        open_ones = rows[rows["state"] != "done"].to_dict("records")
        done = int((rows["state"] == "done").sum())
        count = [elements.html(look.muted(f"{look.count(done, 'assignment')} done so far."))] if done else []
        return [*(self._line(row, asked.loc[row["assignment_id"]]) for row in open_ones), *count]

    def _line(self, row: dict[str, Any], asked: pd.Series) -> Any:
        file, title = notebook_of(row["notebook"])
        where = look.Html(f' <a href="{file}">{look.text(title)}</a>') if row["notebook"].strip() and title != "Below" else ""
        symbol = CHIPS[row["state"]].replace(" ", "-")
        state = look.Html(f'<span class="ck-chip ck-{symbol}">{look.text(row["state"])}</span>')
        due = "" if is_blank(row["due_on"]) else f"due {look.day(row['due_on'])}"
        begun = "" if is_blank(row["started_on"]) else f"started {look.day(row['started_on'])}"
        facts = " · ".join(part for part in (f"from {row['author']}" if row["author"] else "", due, begun) if part)
        lines = [look.paragraph(look.joined([state, " ", look.strong(row["title"]), where])), look.paragraph(facts, "note")]
        lines += [look.paragraph(line) for line in str(asked["instructions"]).splitlines() if line.strip()]
        return elements.column([elements.html(look.live(look.joined(lines))), elements.line(self._answers(row), "actions")], "task")

    def _answers(self, row: dict[str, Any]) -> list[Any]:
        if row["state"] == "submitted":
            return [self._answer(row, "It is done", "done_on", "Done.", "primary")]
        hand_in = self._answer(row, "Hand in", "submitted_on", "Handed in. Your coach sees it with what you share next.", "primary")
        return [hand_in] if not is_blank(row["started_on"]) else [self._answer(row, "I've started", "started_on", "Started."), hand_in]

    def _answer(self, row: dict[str, Any], text: str, column: str, sentence: str, *kinds: str) -> Any:
        return self.button(text, partial(self._note, row["assignment_id"], column, sentence), *kinds)

    def _note(self, key: str, column: str, sentence: str) -> None:
        values: dict[str, Any] = {column: self.book.today}
        self.book.update("assignments", key, **values)
        self.saved(sentence)
