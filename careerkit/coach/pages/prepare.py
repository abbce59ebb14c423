"""What a coach prepares: the name that clients see, and the files of a programme for one client or many."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from careerkit import look
from careerkit.coach import assignment
from careerkit.coach.pages.session import deliveries_table
from careerkit.coach.programme import Programme, day_of, of_table
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.card import SAVED, Card
from careerkit.notebook.widgets.copy_text import CopyText
from careerkit.notebook.widgets.fields import FieldBox
from careerkit.records import References, is_blank, split_list
from careerkit.sharing import keys

if TYPE_CHECKING:
    from careerkit.coach.practice_folder import PracticeFolder

KINDS = {"exercise": "Exercise", "review": "Review", "question": "Question", "skill": "Proposed skill"}
NO_PROGRAMME = look.invitation("No programme yet.", "Save its first part in the form above. One part is enough to begin with.")


class CoachForm(Card["PracticeFolder"]):
    """The coach's name, as clients see it, and the key by which they answer."""

    def __init__(self, practice: PracticeFolder) -> None:
        super().__init__(practice)
        self.key_note = elements.html()
        self.name = elements.make(widgets.Text, description="Your name, as your clients know you", value=practice.coach)
        save = self.button("Save", self._save, "primary")
        self.children = [elements.form([elements.field(self.name), self.actions(save), self.key_note])]
        self.refresh()

    def refresh(self) -> None:
        """Show where the key is, once the name is known."""
        text = (
            f"Your key is in {keys.file()}. What clients send is sealed for it: keep a copy in a safe place, and never send that file. "
            "The public half travels in each first file, so your clients don't have to do anything."
        )
        self.key_note.value = str(look.paragraph(text, "note")) if self.book.coach else ""

    def _save(self) -> None:
        if not self.name.value.strip():
            raise CareerkitError("Write your name first.")
        self.book.rename_coach(self.name.value)
        assert self.book.key
        self.book.refresh()
        self.notice.success(SAVED)


class AssignForm(Card["PracticeFolder"]):
    """Which programme, for whom, from which day on; then a file for each of them."""

    def __init__(self, practice: PracticeFolder) -> None:
        super().__init__(practice)
        self.preview, self.made = elements.html(), elements.column()
        self.programme: Any = elements.make(widgets.Dropdown, description="Which programme?")
        self.start: Any = elements.make(widgets.DatePicker, description="They begin on", value=practice.today)
        field = References(
            label="Who is it for?", help="Clients whose workbook you have; type part of a name.", table="clients", name="clients"
        )
        self.known = FieldBox(field, lambda table: {copy.id: copy.name for copy in practice.clients()})
        examples = "Lena Vogt\nTomas Brandt, 2026-11-09"
        self.new = elements.make(widgets.Textarea, description="Somebody new? One name a line", placeholder=examples)
        self.empty = elements.html(NO_PROGRAMME)
        choice = elements.row([elements.field(self.programme), elements.field(self.start)])
        note = elements.html(look.paragraph("After a comma, if you like, the day on which they begin.", "note"))
        make = self.actions(self.button("Make the files", self._make, "primary"))
        self.card = elements.form([choice, self.preview, self.known, elements.field(self.new), note, make, self.made])
        self.children = [self.card, self.empty]
        self.on_change(self._preview, self.programme, self.start)
        self.refresh()

    def refresh(self) -> None:
        """Take in programmes and clients that came or went."""
        known = list(dict.fromkeys(self.book.read("programmes").sort_values("id", ascending=False)["programme"]))
        elements.offer(self.programme, known)
        self.known.refresh()
        elements.show(self.known, bool(self.book.clients()))
        elements.show(self.card, bool(known))
        elements.show(self.empty, not known)
        self.attempt(self._preview)

    def _chosen(self) -> Programme:
        return of_table(self.book.read("programmes"), self.programme.value or "")

    def _preview(self) -> None:
        if self.programme.value:
            self.preview.value = str(programme_table(self._chosen(), self._start()))

    def _start(self) -> dt.date:
        return self.start.value or self.book.today

    def _make(self) -> None:
        known = [assignment.Recipient(key, self._start()) for key in split_list(self.known.value)]
        new = [assignment.recipient(line, self._start()) for line in self.new.value.splitlines() if line.strip()]
        deliveries = assignment.assign(self.book, self._chosen(), [*known, *new])
        self.new.value = self.known.value = ""
        self.book.refresh()
        first = any(each.passphrase for each in deliveries)
        letters = [CopyText(label="To send with the file", text=cover_letter(self.book.coach), fixed=False)] if first else []
        elements.fill(self.made, [elements.html(deliveries_table(deliveries)), *letters])
        self.notice.success(f"Made. The files are in {deliveries[0].file.parent}.")


def programme_table(programme: Programme, start: dt.date) -> look.Html:
    """Return what a programme gives to somebody who begins on a day."""
    rows = []
    for part in programme.parts:
        due = day_of(part["due"], start)
        level = "" if is_blank(part["target_level"]) else f"level {part['target_level']}"
        rows.append((look.strong(part["title"]), KINDS[part["kind"]], look.day(due) if due else level))
    return look.table(("What", "Kind", "By"), rows, f"What {programme.name} gives")


def cover_letter(coach: str) -> str:
    """Return the text that goes with a first file."""
    return (
        "Hello,\n\nhere is the file for your career workbook. Open the workbook on its page Start here, choose the file, and type the "
        "passphrase that I'll tell you by phone. You will see what it brings before anything is taken in.\n\n"
        f"Your workbook stays yours: I see only what you choose to share. What you send can't be called back, though.\n\n{coach}"
    )
