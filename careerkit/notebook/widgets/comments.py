"""Comments that coach and client write on a record, shown beside it: read, answered, resolved."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any, Protocol, runtime_checkable

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import Book
from careerkit.notebook.widgets.card import Card
from careerkit.records import is_blank
from careerkit.topics import RECORDS
from careerkit.topics.coaching import threads
from careerkit.topics.coaching.records import Comment
from careerkit.topics.labels import described
from careerkit.topics.tables import Row

EARLIER = "about an earlier version"


@runtime_checkable
class CommentedBook(Protocol):
    """A book whose records can be commented on, as a workbook's can and a coach's own notes cannot."""

    def comment(self, table: str, id: str, text: str, reply_to: str = "") -> str: ...


class RecordComments(elements.Group):
    """The comments on one record, with a line to answer each; nothing where there are none.

    Parameters
    ----------
    card : Card
        Beside whose fields they are; it says what became of an answer.
    table : str
        The record's table.
    """

    def __init__(self, card: Card[Any], table: str) -> None:
        self.card, self.book, self.table = card, card.book, table
        self.key, self._now = "", ""
        self._answers: dict[str, Any] = {}
        super().__init__((), "remarks")

    def about(self, key: str) -> None:
        """Show the comments on another record; '' for none."""
        self.key = key
        self.refresh()

    def refresh(self) -> None:
        """Show the comments that there are now."""
        rows = comments_on(self.book, self.table, [self.key])
        now = f"{self.key}{rows.to_csv()}"
        if now != self._now:
            self._now = now
            # What somebody is about to answer outlives a comment that comes in meanwhile.
            begun = {thread: box.value for thread, box in self._answers.items()}
            self._answers = {}
            elements.fill(self, [self._thread(thread) for thread in threads.grouped(rows)] if self.key else [])
            for thread, box in self._answers.items():
                box.value = begun.get(thread, "")

    def _thread(self, thread: list[Row]) -> Any:
        record = self.book.read(self.table).set_index("id")
        changed = record.at[self.key, "updated_at"] if self.key in record.index else pd.NaT
        written = elements.html(look.live(look.joined([_comment(row, changed) for row in thread])))
        first = thread[0]
        if not is_blank(first["resolved_on"]):
            return written
        answer = self._answers[first["id"]] = elements.make(widgets.Textarea, placeholder="Your answer")
        send = self.card.button("Answer", partial(self._answer, first["id"], answer))
        done = self.card.button("Resolved", partial(self._resolve, first["id"]), "quiet")
        return elements.column([written, elements.field(answer), elements.line([send, done], "actions")])

    def _answer(self, key: str, answer: Any) -> None:
        text = answer.value.strip()
        if not text or not isinstance(self.book, CommentedBook):
            return
        answer.value = ""
        try:
            self.book.comment(self.table, self.key, text, reply_to=key)
        except Exception:
            answer.value = text
            raise
        self.card.saved("Answered. It leaves with what you share next.")

    def _resolve(self, key: str) -> None:
        self.book.update("comments", key, resolved_on=self.book.today)
        self.card.saved("Resolved.")


class OpenComments(elements.Group):
    """The open comments on whichever records of a table, each below what it is about; for a page that shows many at once.

    Parameters
    ----------
    card : Card
        Below whose fields they are; it says what became of an answer.
    table : str
        The records' table.
    """

    def __init__(self, card: Card[Any], table: str) -> None:
        self.card, self.book, self.table = card, card.book, table
        self._shown: dict[str, RecordComments] = {}
        super().__init__((), "remarksbelow")

    def refresh(self) -> None:
        """Show what is open now."""
        rows = self.book.read(self.table).set_index("id", drop=False)
        commented = list(open_counts(self.book, self.table, list(rows.index)))
        for comments in self._shown.values():
            comments.refresh()
        if commented == list(self._shown):
            return
        kept, self._shown = self._shown, {}
        parts: list[Any] = []
        for key in commented:
            comments = self._shown[key] = kept.get(key) or RecordComments(self.card, self.table)
            comments.about(key)
            record = look.strong(described(rows.loc[key], RECORDS[self.table], self.book.read))
            parts += [elements.html(look.joined([look.muted("About "), record]), "about"), comments]
        elements.fill(self, parts)


def _comment(row: Row, changed: Any) -> look.Html:
    earlier = [EARLIER] if not is_blank(row["record_updated_at"]) and row["record_updated_at"] != changed else []
    done = [f"resolved {look.day(row['resolved_on'])}"] if not is_blank(row["resolved_on"]) else []
    head = look.joined([look.strong(row["author"]), " ", look.muted(" · ".join([look.day(row["written_on"]), *earlier, *done]))])
    return look.joined([look.paragraph(head), *(look.paragraph(line) for line in str(row["text"]).splitlines() if line.strip())])


def comments_on(book: Book, table: str, keys: list[str]) -> pd.DataFrame:
    """Return the comments on records of a table; none where nothing can be commented on, as in a coach's own notes."""
    if not isinstance(book, CommentedBook):
        return Comment.empty()
    comments = book.read("comments")
    return comments[(comments["table"] == table) & comments["record_id"].isin(keys)]


def open_counts(book: Book, table: str, keys: list[str]) -> Counter[str]:
    """Return how many comments are open on each of these records that has any."""
    found = threads.grouped(comments_on(book, table, keys))
    return Counter(thread[0]["record_id"] for thread in found if is_blank(thread[0]["resolved_on"]))


def commented_first(frame: pd.DataFrame, counts: Counter[str]) -> pd.DataFrame:
    """Return records with those first on which a comment is open, so that none stays unseen."""
    first = frame["id"].isin(counts)
    return pd.concat([frame[first], frame[~first]]) if counts else frame


def open_badge(count: int) -> look.Html:
    """Return what says in a list that comments on a record are open; nothing where none is."""
    return look.Html(f' <span class="ck-chip ck-behind">{look.count(count, "open comment")}</span>' if count else "")
