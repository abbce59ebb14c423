"""A file from a coach, or from another machine of one's own, taken in after a preview; and what then waits for an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import ipywidgets as widgets

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.period_choice import DatedBook
from careerkit.sharing import pending, proposals
from careerkit.sharing.encryption import wants_passphrase
from careerkit.sharing.receive import Received
from careerkit.store.store import Store
from careerkit.topics import RECORDS
from careerkit.topics.labels import shown

NAMED = 4


class TakingBook(DatedBook, Protocol):
    """A book that takes in what others send."""

    folder: Path
    store: Store

    def receive(self, file: Any, passphrase: str = "", dry_run: bool = False) -> Received: ...
    def refresh(self) -> None: ...
    def undo(self) -> str: ...


class TakeIn(widgets.VBox):
    """Choose the file, look at what it would change, take it in or leave it; undo afterwards."""

    def __init__(self, book: TakingBook) -> None:
        self.book, self._content = book, b""
        self.upload = widgets.FileUpload(multiple=False, description="Choose the file")
        self.upload.add_class("ck-button")
        self.passphrase = widgets.Text(
            description="Its passphrase", placeholder="lusab-babad-gutih-tugad-mavol", **elements.shared(widgets.Text)
        )
        self.spoken = elements.column(
            [self.passphrase, elements.html(look.muted("Five groups of letters, told to you by phone."), "help")], "field"
        )
        self.open_button = elements.button("Open it", self._look, "primary")
        self.preview, self.notice = elements.html("", "preview"), elements.Notice()
        self.take_button = elements.button("Take it in", self._take, "primary")
        self.leave_button = elements.button("Leave it", self._leave, "quiet")
        self.undo_button = elements.button("Undo", self._undo, "link")
        self.waiting = Waiting(book)
        bar = elements.line([self.upload, self.open_button, self.take_button, self.leave_button, self.notice, self.undo_button], "actions")
        super().__init__([elements.form([self.spoken, self.preview, bar]), self.waiting], **elements.shared(widgets.VBox))
        self._offer(False)
        for hidden in (self.spoken, self.open_button, self.undo_button):
            elements.show(hidden, False)
        self.upload.observe(lambda _: self._chosen(), names="value")

    def refresh(self) -> None:
        """Show what waits for an answer now."""
        self.waiting.refresh()

    def _chosen(self) -> None:
        if not self.upload.value:
            return
        self._content = bytes(self.upload.value[0]["content"])
        self._offer(False)
        self.notice.clear()
        spoken = wants_passphrase(self._content)
        for asked in (self.spoken, self.open_button):
            elements.show(asked, spoken)
        if not spoken:
            self._look()

    def _look(self) -> None:
        elements.guarded(self.book, self.notice, self._try_look)

    def _try_look(self) -> None:
        self._offer(False)
        received = self.book.receive(self._content, self.passphrase.value, dry_run=True)
        self.preview.value = look.live(told(received, self.book))
        self.notice.clear()
        self._offer(True)
        elements.show(self.open_button, False)

    def _take(self) -> None:
        elements.guarded(self.book, self.notice, self._try_take)

    def _try_take(self) -> None:
        received = self.book.receive(self._content, self.passphrase.value)
        self._done(f"Taken in: {_brought(received)}.")
        elements.show(self.undo_button, bool(received.changes))

    def _leave(self) -> None:
        self._done("Left as it is. Nothing was stored.")

    def _done(self, sentence: str) -> None:
        self._content, self.passphrase.value = b"", ""
        self._offer(False)
        elements.show(self.spoken, False)
        self.notice.success(sentence)
        self.waiting.refresh()

    def _offer(self, there: bool) -> None:
        for part in (self.preview, self.take_button, self.leave_button):
            elements.show(part, there)
        if there:
            elements.show(self.undo_button, False)

    def _undo(self) -> None:
        elements.guarded(self.book, self.notice, lambda: self.notice.success(self.book.undo()))
        elements.show(self.undo_button, False)


class Waiting(widgets.VBox):
    """Skills that a coach proposes, and fields that two machines changed: what stands here stays until one decides."""

    def __init__(self, book: TakingBook) -> None:
        self.book, self.notice = book, elements.Notice()
        self._list, self._now = elements.column(), [{"": ""}]
        super().__init__([self._list, self.notice], **elements.shared(widgets.VBox))
        self.refresh()

    def refresh(self) -> None:
        """Show what waits now."""
        now = pending.waiting(self.book.store)
        if now != self._now:
            self._now = now
            proposed = [self._proposal(each) for each in proposals.held(self.book.folder)]
            elements.fill(self._list, [*proposed, *(self._conflict(each) for each in now if "column" in each)])

    def _proposal(self, one: proposals.Proposal) -> Any:
        aim = f"target level {one.values['target_level']}" if one.values["target_level"] else ""
        facts = [part for part in (one.values["category"], aim, f"proposed by {one.author}") if part]
        anchors = [look.paragraph(line, "note") for line in one.values["level_anchors"].splitlines()]
        text = look.joined([look.strong(one.name), " ", look.muted(" · ".join(facts)), *anchors])
        answers = [
            self._button("Take it among my skills", lambda: proposals.accept(self.book.store, one.name), "primary"),
            self._button("No, thank you", lambda: proposals.answer(self.book.store, one.name, accepted=False), "quiet"),
        ]
        return elements.column([elements.html(look.live(text)), elements.line(answers, "actions")], "task")

    def _conflict(self, one: dict[str, str]) -> Any:
        record = RECORDS[one["table"]]
        frame = self.book.read(one["table"])
        row = frame[frame["id"] == one["id"]].iloc[0]
        both = [(shown_text(one, text, self.book)) for text in (one["mine"], one["theirs"])]
        label = record.fields[one["column"]].label if one["column"] in record.fields else one["column"]
        head = look.paragraph(look.joined([look.strong(record.label(row)), " was changed in both places."]))
        table = look.table(("", "Here", "On your other machine"), [(label, *both)])
        answers = [
            self._button(
                "Keep what is here", partial(pending.keep_mine, self.book.store, one["table"], one["id"], one["column"]), "primary"
            ),
            self._button("Take the other", lambda: self._take_other(one)),
        ]
        return elements.column([elements.html(look.live(look.joined([head, table]))), elements.line(answers, "actions")], "task")

    def _take_other(self, one: dict[str, str]) -> str:
        values: dict[str, Any] = {one["column"]: one["theirs"]}
        self.book.update(one["table"], one["id"], **values)
        return "The other text stands now. Undo in any form takes it back."

    def _button(self, text: str, act: Callable[[], str], *kinds: str) -> Any:
        def do() -> None:
            self.notice.success(act())
            self.book.refresh()

        return elements.button(text, lambda: elements.guarded(self.book, self.notice, do), *kinds)


def shown_text(one: dict[str, str], text: str, book: TakingBook) -> str:
    """Return a field's text as a person reads it, '' for none."""
    record = RECORDS[one["table"]]
    if one["column"] not in record.fields:
        return text
    frame = book.read(one["table"])
    row = frame[frame["id"] == one["id"]].iloc[0].copy()
    try:
        row[one["column"]] = record.fields[one["column"]].clean(text)
        return shown(row, one["column"], record, book.read) or "(empty)"
    except ValueError:
        return text


def told(received: Received, book: TakingBook) -> look.Html:
    """Return what a bundle would bring, in sentences and a small table."""
    whence = "Your other machine" if received.bundle.kind == "sync" else received.bundle.author
    lines = [look.paragraph(f"{whence} made this on {_day(received.bundle.made_at)}.")]
    tables = list(dict.fromkeys(change.table for change in received.changes))
    if tables:
        lines.append(look.table(("What", "New", "Changed", "Gone", "Such as"), [_row(received, table) for table in tables]))
    elif not received.proposed:
        lines.append(look.paragraph("It holds nothing that is not here already."))
    if received.bundle.kind == "starter":
        told = f"{whence} becomes your coach here, and what you share is sealed for their key: {received.bundle.author_key}."
        lines.append(look.paragraph(f"{told} If you are not sure whom this file is from, ask them to read you the end of their key."))
    if received.proposed:
        lines.append(look.paragraph(f"Skills proposed to you, to take or leave: {', '.join(received.proposed)}."))
    if received.conflicts:
        met = [(RECORDS[each.place.table].noun, each.place.column.replace("_", " "), each.mine, each.theirs) for each in received.conflicts]
        lines += [
            look.paragraph("Changed in both places; what is here stands until you decide:"),
            look.table(("Record", "Field", "Here", "There"), met),
        ]
    return look.joined([*lines, *(look.paragraph(each) for each in received.left_out)])


def _row(received: Received, table: str) -> tuple[Any, ...]:
    changes = [change for change in received.changes if change.table == table]
    record = RECORDS[table]
    counts = (
        sum(change.before is None for change in changes),
        sum(change.before is not None and change.after is not None for change in changes),
        sum(change.after is None for change in changes),
    )
    texts = [change.after or change.before or {} for change in changes[:NAMED]]
    names = [look.short(record.label({name: row.get(name, "") for name in record.fields}), 60) for row in texts if record.named_by]
    return (table.replace("_", " "), *(count or "" for count in counts), ", ".join(names) + (" …" if len(changes) > NAMED else ""))


def _brought(received: Received) -> str:
    counts: dict[str, int] = {}
    for change in received.changes:
        counts[RECORDS[change.table].noun] = counts.get(RECORDS[change.table].noun, 0) + 1
    told = [look.count(count, noun) for noun, count in counts.items()]
    told += [look.count(len(received.proposed), "proposed skill")] if received.proposed else []
    return look.listed(told) if told else "nothing new"


def _day(moment: str) -> str:
    return look.day(dt.date.fromisoformat(moment[:10]))
