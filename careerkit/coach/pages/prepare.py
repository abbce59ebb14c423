"""What a coach prepares: whose practice it is, and the files of a programme for one client or many."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import ipywidgets as widgets

from careerkit import look
from careerkit.coach import assignment
from careerkit.coach.pages.session import given_page
from careerkit.coach.programme import Programme, day_of, of_table
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.copy_text import CopyText
from careerkit.notebook.widgets.fields import FieldBox
from careerkit.records import References, is_blank, split_list
from careerkit.sharing import keys

if TYPE_CHECKING:
    from careerkit.coach.practice_folder import PracticeFolder

KINDS = {"exercise": "Exercise", "review": "Review", "question": "Question", "skill": "Proposed skill"}


class Whose(widgets.VBox):
    """The coach's name, as clients read it, and the key by which they answer."""

    def __init__(self, practice: PracticeFolder) -> None:
        self.practice, self.notice, self.told = practice, elements.Notice(), elements.html()
        self.name = widgets.Text(description="Your name, as your clients know you", value=practice.coach, **elements.shared(widgets.Text))
        self.bar = elements.line([elements.button("Save", self._save, "primary"), self.notice], "actions")
        super().__init__([elements.form([elements.column([self.name], "field"), self.bar, self.told])], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self.refresh()

    def refresh(self) -> None:
        """Show the key, once the name is known."""
        place = keys.place() / keys.FILE
        told = (
            f"Your key is in {place}. What clients send is sealed for it: keep a copy in a safe place, and never send that file. "
            "The public half travels in each first file, so your clients need not do anything."
        )
        self.told.value = str(look.paragraph(told, "note")) if self.practice.coach else ""

    def _save(self) -> None:
        elements.guarded(self.practice, self.notice, self._try_save)

    def _try_save(self) -> None:
        if not self.name.value.strip():
            raise CareerkitError("Write your name first.")
        self.practice.call(self.name.value)
        assert self.practice.key
        self.practice.refresh()
        self.notice.success("Saved a moment ago.")


class Giving(widgets.VBox):
    """Which programme, for whom, from which day on; then a file for each of them."""

    def __init__(self, practice: PracticeFolder) -> None:
        self.practice, self.notice, self.preview, self.made = practice, elements.Notice(), elements.html(), elements.column()
        self.which = widgets.Dropdown(description="Which programme?", **elements.shared(widgets.Dropdown))
        self.start = widgets.DatePicker(description="They begin on", value=practice.today, **elements.shared(widgets.DatePicker))
        field = References(label="For whom?", help="Clients whose workbook you have; type part of a name.", table="clients", name="clients")
        self.known = FieldBox(field, lambda table: {copy.id: copy.name for copy in practice.clients()})
        self.new = widgets.Textarea(
            description="Somebody new? One name a line",
            placeholder="Lena Vogt\nTomas Brandt, 2026-11-09",
            **elements.shared(widgets.Textarea),
        )
        self.empty = elements.html(
            look.invitation("No programme yet.", "Save its first part in the form above. One part is enough to begin with.")
        )
        row = elements.line([elements.column([self.which], "field"), elements.column([self.start], "field")], "row", "n2")
        names = elements.column([self.new], "field")
        note = elements.html(look.paragraph("After a comma, if you like, the day on which they begin.", "note"))
        bar = elements.line([elements.button("Make the files", self._make, "primary"), self.notice], "actions")
        self.card = elements.form([row, self.preview, self.known, names, note, bar, self.made])
        super().__init__([self.card, self.empty], **elements.shared(widgets.VBox))
        self.add_class("ck")
        for box in (self.which, self.start):
            box.observe(lambda _: self._preview(), names="value")
        self.refresh()

    def refresh(self) -> None:
        """Take in programmes and clients that came or went."""
        known = list(dict.fromkeys(self.practice.read("programmes").sort_values("id", ascending=False)["programme"]))
        elements.offer(self.which, known)
        self.known.refresh()
        elements.show(self.known, bool(self.practice.clients()))
        elements.show(self.card, bool(known))
        elements.show(self.empty, not known)
        self._preview()

    def _programme(self) -> Programme:
        return of_table(self.practice.read("programmes"), self.which.value or "")

    def _preview(self) -> None:
        if self.which.value:
            elements.guarded(
                self.practice, self.notice, lambda: setattr(self.preview, "value", str(shown(self._programme(), self._start())))
            )

    def _start(self) -> dt.date:
        return self.start.value or self.practice.today

    def _make(self) -> None:
        elements.guarded(self.practice, self.notice, self._try_make)

    def _try_make(self) -> None:
        chosen = [assignment.Whom(key, self._start()) for key in split_list(self.known.value)]
        named = [assignment.whom(line, self._start()) for line in self.new.value.splitlines() if line.strip()]
        given = assignment.assign(self.practice, self._programme(), [*chosen, *named])
        self.new.value = ""
        self.known.value = ""
        self.practice.refresh()
        first = [each for each in given if each.passphrase]
        letters = [CopyText(label="To send with the file", text=covering(self.practice.coach), fixed=False)] if first else []
        elements.fill(self.made, [elements.html(given_page(given)), *letters])
        self.notice.success(f"Made. The files lie in {given[0].file.parent}.")


def shown(programme: Programme, start: dt.date) -> look.Html:
    """Return what a programme gives to somebody who begins on a day."""
    rows = []
    for part in programme.parts:
        due = day_of(part["due"], start)
        level = "" if is_blank(part["target_level"]) else f"level {part['target_level']}"
        rows.append((look.strong(part["title"]), KINDS[part["kind"]], look.day(due) if due else level))
    return look.table(("What", "Kind", "By"), rows, f"What {programme.name} gives")


def covering(coach: str) -> str:
    """Return the text that goes with a first file."""
    return (
        "Hello,\n\nhere is the file for your career workbook. Open the workbook on its page Start here, choose the file, and type the "
        "passphrase that I tell you by phone. You will see what it brings before anything is taken in.\n\n"
        f"Your workbook stays yours: I see only what you choose to share. What one sends cannot be called back.\n\n{coach}"
    )
