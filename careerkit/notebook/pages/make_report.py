"""A review made with a button: for whom, with what in it, in which formats; what stays here is shown before."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.notebook.pages.look_back import TOPIC, figure_style
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import Card
from careerkit.notebook.widgets.copy_text import CopyText
from careerkit.notebook.widgets.period_choice import chosen_period, still_running
from careerkit.review.outline import READERS, SECTIONS
from careerkit.review.reader import Reader
from careerkit.review.sections.appendix import withheld_sentence
from careerkit.topics.periods import Period, last_complete

FORMATS = {
    "html": "A page, to read and to mail",
    "pdf": "A PDF, to print and to attach",
    "md": "Markdown, to paste into a form",
    "ipynb": "A notebook, to change yourself",
}
AFTERWARDS = {
    "self": "Read it once from top to bottom, and put its last section where you will see it.",
    "manager": "Read it as your manager would, then mail the page, or take the PDF to your next talk.",
    "sponsor": "It holds progress and attendance only. Mail the page, or attach the PDF.",
}


class ReportForm(Card[CareerBook]):
    """Who reads it, which sections, which formats, and the button that makes it.

    Parameters
    ----------
    book : CareerBook
        Reads, and makes.
    """

    draft_key = "maker"

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book, "maker")
        options = [(f"For {reader.label.replace('your', 'my')}", name) for name, reader in READERS.items()]
        self.reader_choice = elements.make(widgets.Dropdown, description="Who will read it?", options=options)
        self.sections: dict[str, Any] = {}
        self.period_note, self.preview = elements.html("", "makeperiod"), elements.html("", "preview")
        self.section_box, self.results = elements.column((), "ticks"), elements.column((), "made")
        self.formats = {name: elements.checkbox(label, name == "html") for name, label in FORMATS.items()}
        self.bar, self.step = elements.make(widgets.IntProgress, value=0, max=1), elements.html()
        self.progress = elements.line([self.bar, self.step], "making")
        elements.show(self.progress, False)
        self.make_button = self.button("Make the review", self._make, "primary")
        formats = elements.column([elements.html(look.strong("In which format?")), *self.formats.values()], "ticks")
        who = [figure_style(), self.period_note, elements.field(self.reader_choice), self.section_box, self.preview]
        self.children = [elements.form([*who, formats, self.actions(self.make_button), self.progress, self.results])]
        self.reader_choice.value = (self.draft or {}).get("reader", "self")
        self._offer_sections()
        self.refresh()
        self.on_change(self._turn, self.reader_choice)

    @property
    def period(self) -> Period:
        """The period that is looked back on above."""
        settings = self.book.settings
        return chosen_period(self.book, TOPIC, last_complete(self.book.today, settings.review_period, settings.fiscal_first_month))

    @property
    def reader(self) -> Reader:
        """Who reads it."""
        return READERS[self.reader_choice.value]

    @property
    def added(self) -> tuple[str, ...]:
        """The sections that were ticked."""
        return tuple(name for name, box in self.sections.items() if box.value)

    def refresh(self) -> None:
        """Show what would be in it now, and what would stay here."""
        self.period_note.value = str(look.joined([look.strong(self.period.label), still_running(self.period, self.book.today)]))
        self.attempt(self._show_preview)

    def _turn(self) -> None:
        self.draft = {"reader": self.reader.name}
        self._offer_sections()
        self._tick()

    def _tick(self) -> None:
        self.notice.clear()
        self.refresh()

    def _offer_sections(self) -> None:
        more = [section for section in SECTIONS if section.name in self.reader.addable]
        self.sections = {section.name: elements.checkbox(section.label_for_others or section.label) for section in more}
        self.on_change(self._tick, *self.sections.values())
        head = [elements.html(look.strong("Add, if you want to"))] if more else []
        elements.fill(self.section_box, [*head, *self.sections.values()])

    def _show_preview(self) -> None:
        try:
            review = self.book.review(self.period.name, self.reader.name, self.added)
        except CareerkitError as error:
            self.preview.value = str(look.invitation("There is nothing to hand over here.", str(error)))
            return
        labels = {section.name: section.label for section in SECTIONS}
        # For oneself it is shown above already.
        first = [] if self.reader.private else [look.strong(f"What {self.reader.label} reads first"), review.lead()]
        fragments = [
            *first,
            look.strong("What is in it"),
            look.paragraph(" · ".join(labels[name] for name in review.reader.sections)),
            look.strong("What stays here"),
            look.paragraph(_stays_here(self.reader, withheld_sentence(review.reader, review.withheld))),
        ]
        self.preview.value = str(look.joined(fragments))

    # -- making

    def _make(self) -> None:
        self.make_button.disabled = True
        elements.fill(self.results, ())
        self.notice.clear()
        try:
            self._report()
        finally:
            self.make_button.disabled = False
            elements.show(self.progress, False)

    def _report(self) -> None:
        formats = tuple(name for name, box in self.formats.items() if box.value)
        if not formats:
            raise CareerkitError("Tick at least one format.")
        self._show_progress(0, 1)
        elements.show(self.progress)
        reader = self.reader.name
        files = self.book.report(self.period.name, reader, formats=formats, chosen=self.added, progress=self._show_progress)
        results = [self._result(name, file) for name, file in files.items()]
        if "md" in files:
            # What is on the disk is what was made; the text beside it is to be copied at once.
            results.append(CopyText(label="To paste into a form", text=files["md"].read_text(encoding="utf-8"), fixed=True))
        elements.fill(self.results, results)
        self.notice.success(f"Made. {AFTERWARDS.get(reader, '')}".strip())

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.max, self.bar.value = max(total, 1), done
        self.step.value = look.text(f"{done} of {total} steps" if done else "Starting; the first seconds are the slowest.")

    def _result(self, name: str, file: Path) -> Any:
        kind = FORMATS[name].split(",")[0]
        path = file.relative_to(self.book.folder).as_posix() if file.is_relative_to(self.book.folder) else str(file)
        label = elements.html(f"{look.strong(kind)} {look.muted(path)}")
        return elements.line([label, self.button("Open", partial(_open, file), "link")], "record")


def _stays_here(reader: Reader, withheld: str) -> str:
    if reader.private:
        return withheld
    spared = [section.withheld_as for section in SECTIONS if section.name in reader.never and section.withheld_as]
    never = [*spared, "satisfaction, confidence, target roles", "the words of those who gave feedback"]
    return f"{withheld} Never in it: {look.listed(never)}."


def _open(file: Path, show: Callable[[str], bool] = webbrowser.open) -> None:
    """Open a file in the program that its kind has on this computer.

    Raises
    ------
    CareerkitError
        When there is no screen here, or no program for it.
    """
    # Without a screen a browser for text terminals would be begun, and never end.
    screen = not sys.platform.startswith("linux") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not screen or not show(file.as_uri()):
        raise CareerkitError(f"It cannot be opened from here. Open this file yourself: {file}")
