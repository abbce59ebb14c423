"""What coach and client say about a record, beside it: read, answered, resolved."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

import ipywidgets as widgets
import pandas as pd

from careerkit import look, parts
from careerkit.errors import CareerkitError
from careerkit.record import is_blank
from careerkit.topics.coaching import threads
from careerkit.topics.coaching.records import Comment

EARLIER = "about an earlier version"


class Remarks(widgets.VBox):
    """The comments on one record, with a line to answer each; nothing where there are none.

    Parameters
    ----------
    book : Any
        Reads, comments and saves.
    table : str
        Of which table the record is.
    act : callable
        Runs a callback so that its failure becomes a sentence beside the form.
    """

    def __init__(self, book: Any, table: str, act: Any) -> None:
        self.book, self.table, self._act = book, table, act
        self.key, self._now = "", ""
        super().__init__([], **parts.shared(widgets.VBox))
        self.add_class("ck-remarks")

    def about(self, key: str) -> None:
        """Show the comments on another record; '' for none."""
        self.key = key
        self.refresh()

    def refresh(self) -> None:
        """Show what is said now."""
        rows = said_of(self.book, self.table, [self.key])
        now = f"{self.key}{rows.to_csv()}"
        if now != self._now:
            self._now = now
            parts.fill(self, [self._talk(talk) for talk in threads.all(rows)] if self.key else [])

    def _talk(self, talk: list[threads.Row]) -> Any:
        record = self.book.read(self.table).set_index("id")
        changed = record.at[self.key, "updated_at"] if self.key in record.index else pd.NaT
        told = parts.html(look.live(look.joined([_said(row, changed) for row in talk])))
        if not is_blank(talk[0]["resolved_on"]):
            return told
        answer = widgets.Textarea(placeholder="Your answer", **parts.shared(widgets.Textarea))
        send = parts.button("Answer", partial(self._answer, talk[0]["id"], answer))
        done = parts.button("Resolved", partial(self._resolve, talk[0]["id"]), "quiet")
        return parts.column([told, parts.column([answer], "field"), parts.line([send, done], "actions")])

    def _answer(self, key: str, answer: Any) -> None:
        text = answer.value.strip()
        if text:
            self._act(lambda: self.book.comment(self.table, self.key, text, reply_to=key), "Answered. It leaves with what you share next.")

    def _resolve(self, key: str) -> None:
        self._act(lambda: self.book.update("comments", key, resolved_on=self.book.today), "Resolved.")


def _said(row: threads.Row, changed: Any) -> look.Html:
    earlier = [EARLIER] if not is_blank(row["record_updated_at"]) and row["record_updated_at"] != changed else []
    done = [f"resolved {look.day(row['resolved_on'])}"] if not is_blank(row["resolved_on"]) else []
    head = look.joined([look.strong(row["author"]), " ", look.muted(" · ".join([look.day(row["written_on"]), *earlier, *done]))])
    return look.joined([look.paragraph(head), *(look.paragraph(line) for line in str(row["text"]).splitlines() if line.strip())])


def said_of(book: Any, table: str, keys: list[str]) -> pd.DataFrame:
    """Return the comments on records of a table; where there is no table of comments, as in a coach's own notes, none."""
    try:
        comments = book.read("comments")
    except CareerkitError:
        return Comment.empty()
    return comments[(comments["table"] == table) & comments["record_id"].isin(keys)]


def open_counts(book: Any, table: str, keys: list[str]) -> Counter[str]:
    """Return how many comments are open on each of these records that has any."""
    talks = threads.all(said_of(book, table, keys))
    return Counter(talk[0]["record_id"] for talk in talks if is_blank(talk[0]["resolved_on"]))


def asked_first(frame: pd.DataFrame, counts: Counter[str]) -> pd.DataFrame:
    """Return records with those first on which a comment is open, so that none stays unseen."""
    first = frame["id"].isin(counts)
    return pd.concat([frame[first], frame[~first]]) if counts else frame


def mark(count: int) -> look.Html:
    """Return what says in a list that comments on a record are open; nothing where none is."""
    return look.Html(f' <span class="ck-chip ck-behind">{look.count(count, "open comment")}</span>' if count else "")
