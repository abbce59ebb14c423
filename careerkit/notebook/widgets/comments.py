"""What coach and client say about a record, beside it: read, answered, resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements
from careerkit.records import is_blank
from careerkit.topics import RECORDS
from careerkit.topics.coaching import threads
from careerkit.topics.coaching.records import Comment
from careerkit.topics.labels import described

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
        self._answers: dict[str, Any] = {}
        super().__init__([], **elements.shared(widgets.VBox))
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
            # What somebody is about to answer outlives a comment that comes in meanwhile.
            begun = {talk: box.value for talk, box in self._answers.items()}
            self._answers = {}
            elements.fill(self, [self._talk(talk) for talk in threads.grouped(rows)] if self.key else [])
            for talk, box in self._answers.items():
                box.value = begun.get(talk, "")

    def _talk(self, talk: list[threads.Row]) -> Any:
        record = self.book.read(self.table).set_index("id")
        changed = record.at[self.key, "updated_at"] if self.key in record.index else pd.NaT
        told = elements.html(look.live(look.joined([_said(row, changed) for row in talk])))
        if not is_blank(talk[0]["resolved_on"]):
            return told
        answer = self._answers[talk[0]["id"]] = widgets.Textarea(placeholder="Your answer", **elements.shared(widgets.Textarea))
        send = elements.button("Answer", partial(self._answer, talk[0]["id"], answer))
        done = elements.button("Resolved", partial(self._resolve, talk[0]["id"]), "quiet")
        return elements.column([told, elements.column([answer], "field"), elements.line([send, done], "actions")])

    def _answer(self, key: str, answer: Any) -> None:
        if answer.value.strip():
            self._act(partial(self._give, key, answer), "Answered. It leaves with what you share next.")

    def _give(self, key: str, answer: Any) -> None:
        text, answer.value = answer.value, ""
        try:
            self.book.comment(self.table, self.key, text.strip(), reply_to=key)
        except CareerkitError:
            answer.value = text
            raise

    def _resolve(self, key: str) -> None:
        self._act(lambda: self.book.update("comments", key, resolved_on=self.book.today), "Resolved.")


def answering(book: Any, notice: elements.Notice, undo_button: Any) -> Callable[[Callable[[], Any], str], None]:
    """Return what saves an answer to a comment, says so beside a form, and offers to undo it."""

    def saves(act: Callable[[], Any], sentence: str) -> None:
        def do() -> None:
            act()
            notice.success(sentence)
            elements.show(undo_button)

        elements.guarded(book, notice, do)

    return saves


class RemarksBelow(widgets.VBox):
    """The open comments on whichever records of a table, each below what it is about; for a page that shows many at once.

    Parameters
    ----------
    book : Any
        Reads, comments and saves.
    table : str
        Of which table the records are.
    act : callable
        Runs a callback so that its failure becomes a sentence beside the form.
    """

    def __init__(self, book: Any, table: str, act: Any) -> None:
        self.book, self.table, self._act = book, table, act
        self._shown: dict[str, Remarks] = {}
        super().__init__([], **elements.shared(widgets.VBox))
        self.add_class("ck-remarksbelow")

    def refresh(self) -> None:
        """Show what is open now."""
        rows = self.book.read(self.table).set_index("id", drop=False)
        asked = list(open_counts(self.book, self.table, list(rows.index)))
        for remarks in self._shown.values():
            remarks.refresh()
        if asked == list(self._shown):
            return
        kept, self._shown = self._shown, {}
        for key in asked:
            self._shown[key] = kept.get(key) or Remarks(self.book, self.table, self._act)
            self._shown[key].about(key)
        called = {key: described(rows.loc[key], RECORDS[self.table], self.book.read) for key in asked}
        about = {key: elements.html(look.joined([look.muted("About "), look.strong(called[key])]), "about") for key in asked}
        elements.fill(self, [part for key, remarks in self._shown.items() for part in (about[key], remarks)])


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
    talks = threads.grouped(said_of(book, table, keys))
    return Counter(talk[0]["record_id"] for talk in talks if is_blank(talk[0]["resolved_on"]))


def asked_first(frame: pd.DataFrame, counts: Counter[str]) -> pd.DataFrame:
    """Return records with those first on which a comment is open, so that none stays unseen."""
    first = frame["id"].isin(counts)
    return pd.concat([frame[first], frame[~first]]) if counts else frame


def mark(count: int) -> look.Html:
    """Return what says in a list that comments on a record are open; nothing where none is."""
    return look.Html(f' <span class="ck-chip ck-behind">{look.count(count, "open comment")}</span>' if count else "")
