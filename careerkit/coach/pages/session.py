"""The parts of the session's page that are about one client: who it is, comments, notes, and the file to send."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.coach import assignment
from careerkit.coach.client_copy import TOGETHER, ClientCopy
from careerkit.coach.session_page import label
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.card import Card
from careerkit.topics import RECORDS
from careerkit.topics.coaching import threads
from careerkit.topics.labels import names
from careerkit.topics.tables import Row

if TYPE_CHECKING:
    from careerkit.coach.practice_folder import PracticeFolder

NO_CLIENT = look.invitation(
    "Nobody has shared anything yet.",
    "Give a client their first file in Prepare. What they send back goes into the inbox, on the page Roster.",
)
LEAVES = "It leaves with the file that you make below."


class ClientChooser(Card["PracticeFolder"]):
    """Who the page is about."""

    def __init__(self, practice: PracticeFolder) -> None:
        super().__init__(practice)
        self.which: Any = elements.make(widgets.Dropdown, description="Which client?")
        self.card = elements.column([elements.field(self.which)], "form")
        self.empty = elements.html(NO_CLIENT)
        self.children = [self.card, self.empty]
        self.on_change(self._chosen, self.which)
        self.refresh()

    def refresh(self) -> None:
        """Take in who came or went since."""
        known, chosen = self.book.clients(), self.book.chosen
        names = [copy.name for copy in known]
        options = [(f"{copy.name} ({copy.id})" if names.count(copy.name) > 1 else copy.name, copy.id) for copy in known]
        with self.filling():
            if list(self.which.options) != options:
                self.which.options = options
            self.which.value = chosen.id if chosen else None
        elements.show(self.card, bool(known))
        elements.show(self.empty, not known)

    def _chosen(self) -> None:
        if self.which.value:
            self.book.choose(self.which.value)


class PerClient(Card["PracticeFolder"]):
    """Shows what belongs to the client that is chosen, and changes when another is; without any client, says what will be here."""

    def __init__(self, practice: PracticeFolder, make: Callable[[ClientCopy], Any], without: str = "") -> None:
        super().__init__(practice)
        self.make, self.without = make, without
        self._shown: ClientCopy | str | None = "not made yet"
        self.refresh()

    def refresh(self) -> None:
        """Show what the records say now."""
        client = self.book.chosen
        if client is self._shown:
            for part in self.children if client else ():
                part.refresh()
            return
        self._shown = client
        if client:
            client.follow("practice", self.book.refresh)
            elements.fill(self, [self.make(client)])
        else:
            elements.fill(self, [elements.html(look.live(look.paragraph(self.without, "note")))] if self.without else [])


class CommentsCard(Card[ClientCopy]):
    """What is open between coach and client, and a comment on one of the client's records."""

    def __init__(self, client: ClientCopy) -> None:
        super().__init__(client)
        self.threads = elements.Rows()
        self.table: Any = elements.make(widgets.Dropdown, description="About")
        self.record: Any = elements.make(widgets.Dropdown, description="Which one?")
        self.text = elements.make(widgets.Textarea, description="Your comment", placeholder="A question often helps more than advice.")
        choice = elements.row([elements.field(self.table), elements.field(self.record)])
        write = self.button("Write the comment", self._write, "primary")
        self.card = elements.form([choice, elements.field(self.text), self.actions(write)])
        self.children = [self.threads, self.card]
        self.on_change(self._offer_records, self.table)
        self.refresh()

    def refresh(self) -> None:
        """Show what is open now."""
        tables = self.book.tables()
        shared = [(RECORDS[table].noun, table) for table, frame in tables.items() if len(frame) and table not in TOGETHER]
        elements.offer(self.table, shared, "goals")
        self._offer_records()
        elements.show(self.card, bool(shared))
        # The coach is recognised by the ids of the rows, whatever name is in them.
        open_ones = [thread for thread in threads.grouped(tables["comments"]) if pd.isna(thread[0]["resolved_on"])]
        none = [elements.html(look.paragraph("There are no open comments.", "note"))]
        self.threads.show(open_ones, lambda: [self._thread(thread) for thread in open_ones] or none)

    def _offer_records(self) -> None:
        table = self.table.value
        elements.offer(self.record, [(name, key) for key, name in names(table, self.book.read).items()] if table else [])

    def _thread(self, thread: list[Row]) -> Any:
        waits = f"waits for {self.book.name}" if self.book.is_coachs(thread[-1]) else "waits for your answer"
        head = [look.strong(self._about(thread[0])), look.muted(f" · {waits}")]
        comments = [look.dated(f"{each['author']}, {look.day(each['written_on'])}", each["text"]) for each in thread]
        answer = elements.make(widgets.Textarea, description="Your answer")
        buttons = [self.button("Answer", partial(self._answer, thread[0], answer), "primary")]
        if self.book.is_own(thread[0]["id"]):
            buttons.append(self.button("It is settled", partial(self.book.resolve, thread[0]["id"]), "quiet"))
        return elements.form([elements.html(look.joined([*head, *comments])), elements.field(answer), elements.line(buttons, "actions")])

    def _about(self, row: Row) -> str:
        record = RECORDS.get(row["table"])
        if record is None:
            return str(row["table"])
        # Not `read`: what is no longer shared is out of date.
        frame = self.book.tables()[record.table]
        rows = frame[frame["id"] == row["record_id"]]
        return label(rows.iloc[0], record, self.book) if len(rows) else f"A {record.noun} that is not shared"

    def _write(self) -> None:
        if not self.record.value:
            raise CareerkitError("Choose the record first.")
        self._comment(self.text, "comment", self.table.value, self.record.value)
        self.text.value = ""
        self.notice.success(f"Written. {LEAVES}")

    def _answer(self, first: Row, answer: Any) -> None:
        self._comment(answer, "answer", first["table"], first["record_id"], first["id"])
        self.notice.success(f"Answered. {LEAVES}")

    def _comment(self, text: Any, kind: str, table: str, id: str, reply_to: str = "") -> None:
        if not text.value.strip():
            raise CareerkitError(f"Write your {kind} first.")
        self.book.comment(table, id, text.value, reply_to)


class NoteCard(Card["PracticeFolder"]):
    """A note about a client for the coach alone."""

    def __init__(self, practice: PracticeFolder, client: ClientCopy) -> None:
        super().__init__(practice)
        self.client = client
        # A description would be searched for formulas, so no name is in it.
        self.text = elements.make(widgets.Textarea, description="A note for yourself")
        keep = self.button("Keep the note", self._keep, "primary")
        self.children = [elements.form([elements.field(self.text), self.actions(keep)])]

    def _keep(self) -> None:
        self.book.note(self.client.id, self.text.value)
        self.text.value = ""
        self.notice.success("Kept in your practice. It goes into no bundle.")


class SendCard(Card["PracticeFolder"]):
    """Makes the file with everything that the coach wrote for a client."""

    def __init__(self, practice: PracticeFolder, client: ClientCopy) -> None:
        super().__init__(practice)
        self.client, self.made = client, elements.html()
        make = self.button(f"Make the file for {client.name}", self._make, "primary")
        text = f"It holds your comments, assignments, sessions and questions, and not one row of {client.name}'s. {assignment.NO_CALL_BACK}"
        self.children = [elements.form([elements.html(look.paragraph(text, "note")), self.actions(make), self.made])]

    def _make(self) -> None:
        self.made.value = str(deliveries_table([assignment.deliver(self.book, self.client)]))
        self.notice.success("Made. Send the file as you like, for example by mail.")


def deliveries_table(deliveries: list[assignment.Delivery]) -> look.Html:
    """Return the files that were made, with the passphrases that are shown this once."""
    rows = [(look.strong(each.client), f"{each.file.parent.name}/{each.file.name}", each.passphrase or "their key") for each in deliveries]
    once = look.paragraph("A passphrase is shown only this once. Tell it by phone, not by mail.", "note")
    table = look.table(("Client", "File", "Opens with"), rows, "Files to send")
    return look.joined([table, *([once] if any(each.passphrase for each in deliveries) else [])])
