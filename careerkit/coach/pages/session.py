"""The parts of the session's page that are about one client: who is meant, comments, notes, and the file to send."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.coach import assignment
from careerkit.coach.client_copy import TOGETHER, ClientCopy
from careerkit.coach.session_page import called
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements
from careerkit.topics import RECORDS
from careerkit.topics.coaching import threads
from careerkit.topics.labels import names

if TYPE_CHECKING:
    from careerkit.coach.practice_folder import PracticeFolder

NO_CLIENT = look.invitation(
    "Nobody has shared anything yet.",
    "Give a client their first file in Prepare. What they send back goes into the inbox, on the page Roster.",
)


class ClientChooser(widgets.VBox):
    """Whom the page is about."""

    def __init__(self, practice: PracticeFolder) -> None:
        self.practice = practice
        self.which = widgets.Dropdown(description="With whom?", **elements.shared(widgets.Dropdown))
        self.card = elements.column([elements.column([self.which], "field")], "form")
        self.empty = elements.html(NO_CLIENT)
        super().__init__([self.card, self.empty], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self._loading = False
        self.which.observe(lambda change: self._chosen(change["new"]), names="value")
        self.refresh()

    def refresh(self) -> None:
        """Take in who came or went since."""
        known = self.practice.clients()
        twice = {copy.name for copy in known if sum(each.name == copy.name for each in known) > 1}
        options = [(f"{copy.name} ({copy.id})" if copy.name in twice else copy.name, copy.id) for copy in known]
        chosen = self.practice.chosen
        self._loading = True
        if list(self.which.options) != options:
            self.which.options = options
        self.which.value = chosen.id if chosen else None
        self._loading = False
        elements.show(self.card, bool(known))
        elements.show(self.empty, not known)

    def _chosen(self, key: str | None) -> None:
        if key and not self._loading:
            self.practice.choose(key)


class PerClient(widgets.VBox):
    """Shows what belongs to the client that is chosen, made anew when another is; without any, what will stand here."""

    def __init__(self, practice: PracticeFolder, make: Callable[[ClientCopy], list[Any]], without: str = "") -> None:
        self.practice, self.make, self.without = practice, make, without
        self._shown: ClientCopy | str | None = "not made yet"
        super().__init__([], **elements.shared(widgets.VBox))
        self.refresh()

    def refresh(self) -> None:
        """Show what the records say now."""
        copy = self.practice.chosen
        if copy is self._shown:
            for part in self.children if copy else ():
                part.refresh()
            return
        self._shown = copy
        if copy:
            copy.follow("practice", self.practice.refresh)
        without = [elements.html(look.live(look.paragraph(self.without, "note")))] if self.without else []
        elements.fill(self, self.make(copy) if copy else without)


class Comments(widgets.VBox):
    """What is open between coach and client, and a comment on one of the client's records."""

    def __init__(self, copy: ClientCopy) -> None:
        self.copy_, self.notice = copy, elements.Notice()
        self.talks = elements.column()
        self.table = widgets.Dropdown(description="About", **elements.shared(widgets.Dropdown))
        self.record = widgets.Dropdown(description="Which one?", **elements.shared(widgets.Dropdown))
        self.words = widgets.Textarea(
            description="Your comment", placeholder="A question often helps more than advice.", **elements.shared(widgets.Textarea)
        )
        row = elements.line([elements.column([self.table], "field"), elements.column([self.record], "field")], "row", "n2")
        bar = elements.line([elements.button("Write the comment", self._write, "primary"), self.notice], "actions")
        self.card = elements.form([row, elements.column([self.words], "field"), bar])
        super().__init__([self.talks, self.card], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self.table.observe(lambda _: self._offer(), names="value")
        self._told: object = None
        self.refresh()

    def refresh(self) -> None:
        """Show what is open now."""
        tables = self.copy_.tables()
        there = [(RECORDS[table].noun, table) for table, frame in tables.items() if len(frame) and table not in TOGETHER]
        elements.offer(self.table, there, "goals")
        self._offer()
        elements.show(self.card, bool(there))
        talks = self._talks()
        if talks != self._told:
            self._told = talks
            elements.fill(
                self.talks, [self._talk(talk) for talk in talks] or [elements.html(look.paragraph("No comment is open.", "note"))]
            )

    def _offer(self) -> None:
        table = self.table.value
        elements.offer(self.record, [(label, key) for key, label in names(table, self.copy_.read).items()] if table else [])

    def _talks(self) -> list[list[dict[str, Any]]]:
        # The copy's coach is known by the ids of the rows, whatever name stands in them.
        return [talk for talk in threads.grouped(self.copy_.tables()["comments"]) if pd.isna(talk[0]["resolved_on"])]

    def _talk(self, talk: list[dict[str, Any]]) -> Any:
        head = look.strong(self._about(talk[0]))
        told = [look.dated(f"{each['author']}, {look.day(each['written_on'])}", each["text"]) for each in talk]
        answer = widgets.Textarea(description="Your answer", **elements.shared(widgets.Textarea))
        buttons = [elements.button("Answer", partial(self._answer, talk[0], answer), "primary")]
        if self.copy_.is_own(talk[0]["id"]):
            buttons.append(elements.button("It is settled", partial(self._settle, talk[0]), "quiet"))
        waits = "waits for your answer" if not self.copy_.is_coachs(talk[-1]) else f"waits for {self.copy_.name}"
        return elements.form(
            [
                elements.html(look.joined([head, look.muted(f" · {waits}"), *told])),
                elements.column([answer], "field"),
                elements.line(buttons, "actions"),
            ]
        )

    def _about(self, row: dict[str, Any]) -> str:
        record = RECORDS.get(row["table"])
        if record is None:
            return row["table"]
        frame = self.copy_.tables()[record.table]
        found = frame[frame["id"] == row["record_id"]]
        if not len(found):
            return f"A {record.noun} that is not shared"
        return called(found.iloc[0], record, self.copy_)

    def _write(self) -> None:
        elements.guarded(self.copy_, self.notice, self._try_write)

    def _try_write(self) -> None:
        if not self.record.value:
            raise CareerkitError("Choose the record first.")
        if not self.words.value.strip():
            raise CareerkitError("Write your comment first.")
        self.copy_.comment(self.table.value, self.record.value, self.words.value)
        self.words.value = ""
        self.notice.success("Written. It leaves with the file that you make below.")

    def _answer(self, first: dict[str, Any], box: Any) -> None:
        def act() -> None:
            if not box.value.strip():
                raise CareerkitError("Write your answer first.")
            self.copy_.comment(first["table"], first["record_id"], box.value, reply_to=first["id"])
            self.notice.success("Answered. It leaves with the file that you make below.")

        elements.guarded(self.copy_, self.notice, act)

    def _settle(self, first: dict[str, Any]) -> None:
        elements.guarded(self.copy_, self.notice, lambda: self.copy_.resolve(first["id"]))


class Notes(widgets.VBox):
    """A note about a client for the coach alone."""

    def __init__(self, practice: PracticeFolder, copy: ClientCopy) -> None:
        self.practice, self.copy_, self.notice = practice, copy, elements.Notice()
        # A description would be searched for formulas, so no name stands in it.
        self.words = widgets.Textarea(description="A note for yourself", **elements.shared(widgets.Textarea))
        bar = elements.line([elements.button("Keep the note", self._keep, "primary"), self.notice], "actions")
        super().__init__([elements.form([elements.column([self.words], "field"), bar])], **elements.shared(widgets.VBox))
        self.add_class("ck")

    def refresh(self) -> None:
        """Nothing here depends on what was saved elsewhere."""

    def _keep(self) -> None:
        elements.guarded(self.practice, self.notice, self._try_keep)

    def _try_keep(self) -> None:
        self.practice.note(self.copy_.id, self.words.value)
        self.words.value = ""
        self.notice.success("Kept in your practice. It goes into no bundle.")


class Sending(widgets.VBox):
    """Makes the file with everything that the coach wrote for a client."""

    def __init__(self, practice: PracticeFolder, copy: ClientCopy) -> None:
        self.practice, self.copy_, self.notice, self.made = practice, copy, elements.Notice(), elements.html()
        bar = elements.line([elements.button(f"Make the file for {copy.name}", self._make, "primary"), self.notice], "actions")
        told = f"It holds your comments, assignments, sessions and questions, and not one row of {copy.name}'s. {assignment.BACK}"
        super().__init__([elements.form([elements.html(look.paragraph(told, "note")), bar, self.made])], **elements.shared(widgets.VBox))
        self.add_class("ck")

    def refresh(self) -> None:
        """Nothing here depends on what was saved elsewhere."""

    def _make(self) -> None:
        elements.guarded(self.practice, self.notice, self._try_make)

    def _try_make(self) -> None:
        given = assignment.share(self.practice, self.copy_)
        self.made.value = str(given_page([given]))
        self.notice.success("Made. Send the file as you like, by mail for one.")


def given_page(given: list[assignment.Given]) -> look.Html:
    """Return the files that were made, with the passphrases that are shown this once."""
    rows = [(look.strong(each.client), f"{each.file.parent.name}/{each.file.name}", each.passphrase or "their key") for each in given]
    spoken = "A passphrase is shown this once. Tell it by phone, not by mail." if any(each.passphrase for each in given) else ""
    notes = [look.paragraph(spoken, "note")] if spoken else []
    return look.joined([look.table(("Client", "File", "Opens with"), rows, "Files to send"), *notes])
