"""A file from a coach, or from another machine of one's own, taken in after a preview; and what then waits for an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import Card
from careerkit.records import Record
from careerkit.sharing import pending, proposals
from careerkit.sharing.bundle import STARTER, SYNC
from careerkit.sharing.encryption import wants_passphrase
from careerkit.sharing.receive import NOTHING_NEW, Received, counted
from careerkit.store.history.changed_rows import RowChange
from careerkit.topics import RECORDS
from careerkit.topics.labels import shown

NAMED = 4


class ReceiveForm(Card[CareerBook]):
    """Choose the file, look at what it would change, take it in or leave it; undo afterwards."""

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book)
        self._content = b""
        self.upload = elements.upload("Choose the file", multiple=False)
        self.passphrase = elements.make(widgets.Text, description="Its passphrase", placeholder="lusab-babad-gutih-tugad-mavol")
        help = elements.html(look.muted("The five groups of letters you were given by phone."), "help")
        self.passphrase_field = elements.field(self.passphrase, help)
        self.open_button = self.button("Open it", self._look, "primary")
        self.preview = elements.html("", "preview")
        self.take_button = self.button("Take it in", self._take, "primary")
        self.leave_button = self.button("Leave it", self._leave, "quiet")
        self.decisions = Decisions(book)
        bar = self.actions(self.upload, self.open_button, self.take_button, self.leave_button)
        self.children = [elements.form([self.passphrase_field, self.preview, bar]), self.decisions]
        self._ask_for_passphrase(False)
        self._offer(False)
        self.on_change(self._chosen, self.upload)

    def refresh(self) -> None:
        """Show what waits for an answer now."""
        self.decisions.refresh()

    def _chosen(self) -> None:
        if not self.upload.value:
            return
        self._content = bytes(self.upload.value[0]["content"])
        self._offer(False)
        self.notice.clear()
        sealed_with_passphrase = wants_passphrase(self._content)
        self._ask_for_passphrase(sealed_with_passphrase)
        if not sealed_with_passphrase:
            self._look()

    def _look(self) -> None:
        self._offer(False)
        received = self.book.receive(self._content, self.passphrase.value, dry_run=True)
        self.preview.value = look.live(preview(received))
        self.say_nothing()
        self._offer(True)
        elements.show(self.open_button, False)

    def _take(self) -> None:
        received = self.book.receive(self._content, self.passphrase.value)
        self._done()
        sentence = f"Taken in: {_contents(received)}."
        self.saved(sentence) if received.changes else self.notice.success(sentence)

    def _leave(self) -> None:
        self._done()
        self.notice.success("Left as it is. Nothing was stored.")

    def _done(self) -> None:
        self._content, self.passphrase.value = b"", ""
        self._offer(False)
        self._ask_for_passphrase(False)
        self.decisions.refresh()

    def _offer(self, opened: bool) -> None:
        for part in (self.preview, self.take_button, self.leave_button):
            elements.show(part, opened)

    def _ask_for_passphrase(self, sealed_with_passphrase: bool) -> None:
        for part in (self.passphrase_field, self.open_button):
            elements.show(part, sealed_with_passphrase)


class Decisions(Card[CareerBook]):
    """Skills that a coach proposes, and fields that two machines changed: each stays here until one decides."""

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book)
        self.list = elements.Rows()
        self.children = [self.list, self.notice]
        self.refresh()

    def refresh(self) -> None:
        """Show what waits now."""
        waiting = pending.waiting(self.book.store)
        self.list.show(waiting, lambda: self._questions(waiting))

    def _questions(self, waiting: list[dict[str, str]]) -> list[Any]:
        proposed = [self._proposal(each) for each in proposals.held(self.book.folder)]
        return [*proposed, *(self._conflict(each) for each in waiting if "column" in each)]

    def _proposal(self, one: proposals.Proposal) -> Any:
        aim = f"target level {one.values['target_level']}" if one.values["target_level"] else ""
        facts = [part for part in (one.values["category"], aim, f"proposed by {one.author}") if part]
        anchors = [look.paragraph(line, "note") for line in one.values["level_anchors"].splitlines()]
        text = look.joined([look.strong(one.name), " ", look.muted(" · ".join(facts)), *anchors])
        return _task(
            text,
            self._answer("Add it to my skills", partial(proposals.accept, self.book.store, one.name), "primary"),
            self._answer("No, thank you", partial(proposals.answer, self.book.store, one.name, accepted=False), "quiet"),
        )

    def _conflict(self, one: dict[str, str]) -> Any:
        record = RECORDS[one["table"]]
        row = self.stored(one["table"], one["id"])
        assert row is not None
        label = record.fields[one["column"]].label if one["column"] in record.fields else one["column"]
        head = look.paragraph(look.joined([look.strong(record.label(row)), " was changed in both places."]))
        texts = [_shown_text(record, row, one["column"], text, self.book) for text in (one["mine"], one["theirs"])]
        table = look.table(("", "Here", "On your other machine"), [(label, *texts)])
        keep = partial(pending.keep_mine, self.book.store, one["table"], one["id"], one["column"])
        return _task(
            look.joined([head, table]),
            self._answer("Keep what is here", keep, "primary"),
            self._answer("Take the other", partial(self._take_other, one)),
        )

    def _take_other(self, one: dict[str, str]) -> str:
        values: dict[str, Any] = {one["column"]: one["theirs"]}
        self.book.update(one["table"], one["id"], **values)
        return "The other text is here now. Undo in any form takes it back."

    def _answer(self, text: str, act: Callable[[], str], *kinds: str) -> Any:
        def do() -> None:
            self.notice.success(act())
            self.book.refresh()

        return self.button(text, do, *kinds)


def _task(text: look.Html, *answers: Any) -> Any:
    return elements.column([elements.html(look.live(text)), elements.line(answers, "actions")], "task")


def _shown_text(record: type[Record], row: pd.Series, column: str, text: str, book: CareerBook) -> str:
    """Return a field's text as a person reads it."""
    if column not in record.fields:
        return text
    changed = row.copy()
    try:
        changed[column] = record.fields[column].clean(text)
        return shown(changed, column, record, book.read) or "(empty)"
    except ValueError:
        return text


def preview(received: Received) -> look.Html:
    """Return what a bundle would bring, in sentences and a small table."""
    sender = "Your other machine" if received.bundle.kind == SYNC else received.bundle.author
    lines = [look.paragraph(f"{sender} made this on {look.day(dt.date.fromisoformat(received.bundle.made_at[:10]))}.")]
    if received.changes:
        rows = [_row(table, changes) for table, changes in received.by_table().items()]
        lines.append(look.table(("What", "New", "Changed", "Gone", "Such as"), rows))
    elif not received.proposed:
        lines.append(look.paragraph(NOTHING_NEW))
    if received.bundle.kind == STARTER:
        text = f"{sender} becomes your coach here, and what you share is sealed for their key: {received.bundle.author_key}."
        lines.append(look.paragraph(f"{text} If you aren't sure who this file is from, ask them to read you the end of their key."))
    if received.proposed:
        lines.append(look.paragraph(f"Skills proposed to you, to take or leave: {', '.join(received.proposed)}."))
    if received.conflicts:
        met = [(RECORDS[each.place.table].noun, each.place.column.replace("_", " "), each.mine, each.theirs) for each in received.conflicts]
        lines += [
            look.paragraph("Changed in both places; what is here stays until you decide:"),
            look.table(("Record", "Field", "Here", "There"), met),
        ]
    return look.joined([*lines, *(look.paragraph(each) for each in received.left_out)])


def _row(table: str, changes: list[RowChange]) -> tuple[Any, ...]:
    record = RECORDS[table]
    texts = [change.after or change.before or {} for change in changes[:NAMED]]
    names = [look.short(record.label({name: row.get(name, "") for name in record.fields}), 60) for row in texts if record.named_by]
    counts = [count or "" for count in counted(changes).values()]
    return (table.replace("_", " "), *counts, ", ".join(names) + (" …" if len(changes) > NAMED else ""))


def _contents(received: Received) -> str:
    parts = [look.count(len(changes), RECORDS[table].noun) for table, changes in received.by_table().items()]
    parts += [look.count(len(received.proposed), "proposed skill")] if received.proposed else []
    return look.listed(parts) if parts else "nothing new"
