"""A review made with a button: for whom, with what in it, in which forms; what stays here is told before and after."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import ipywidgets as widgets

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.notebook.pages.look_back import TOPIC, figure_style
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.copy_text import CopyText
from careerkit.notebook.widgets.period_choice import DatedBook, chosen, running
from careerkit.review.sections.appendix import kept_back
from careerkit.sharing.audience import AUDIENCES, Audience
from careerkit.topics.periods import Period, last_complete

READERS = {"self": "For myself", "manager": "For my manager", "sponsor": "For my sponsor"}
# A section of a review, as one chooses it.
SECTIONS = {
    "wins": "Wins",
    "finished": "Goals you finished",
    "learning": "Learning",
    "goals": "All goals, with steps, deadlines and progress",
    "habits": "The five habits",
    "network": "Network",
    "feedback": "Feedback",
    "skills": "Skills that moved",
    "fit": "How your role fits",
    "coaching": "Sessions and assignments",
    "progress": "How many goals stand how, without their names",
    "reflection": "Your answers: what went well, what you learned",
    "focus": "What you had planned, and what you will focus on next",
}
# What is left out of a section that is added for somebody else.
ADDED = {
    "network": "Network: whom you spoke to, and that promises are open, not which",
    "feedback": "Feedback: how much came and what became of it, not a word of what was said",
    "skills": "Skills that moved, by your own rating",
}
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


class MakingBook(DatedBook, Protocol):
    """A book of which reviews are made."""

    folder: Path

    def review(self, period: str, audience: Any = "self", chosen: Any = ()) -> Any: ...
    def report(self, period: str | None = None, audience: str = "self", **options: Any) -> dict[str, Path]: ...


class ReportMaker(widgets.VBox):
    """Who reads it, which sections, which forms, and the button that makes it.

    Parameters
    ----------
    book : MakingBook
        Reads, and makes.
    """

    def __init__(self, book: MakingBook) -> None:
        self.book, self.notice, self.period_note = book, elements.Notice(), elements.html("", "makeperiod")
        options = [(READERS.get(name, name), name) for name in AUDIENCES]
        self.reader = widgets.Dropdown(description="Who will read it?", options=options, **elements.shared(widgets.Dropdown))
        self.sections: dict[str, Any] = {}
        self.section_box, self.preview = elements.column((), "ticks"), elements.html("", "preview")
        self.formats = {name: _tick(label, name == "html") for name, label in FORMATS.items()}
        self.bar = widgets.IntProgress(value=0, max=1, **elements.shared(widgets.IntProgress))
        self.step = elements.html()
        self.progress = elements.line([self.bar, self.step], "making")
        self.made = elements.column((), "made")
        elements.show(self.progress, False)
        self.make_button = elements.button("Make the review", self._make, "primary")
        super().__init__([self._card()], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self.add_class("ck-maker")
        self.reader.value = book.drafts.get("maker", {}).get("reader", "self")
        self._offer_sections()
        self.refresh()
        self.reader.observe(lambda _: self._turned(), names="value")

    def _card(self) -> Any:
        forms = elements.column([elements.html(look.strong("In which form?")), *self.formats.values()], "ticks")
        bar = elements.line([self.make_button, self.notice], "actions")
        reader = elements.column([self.reader], "field")
        return elements.form(
            [figure_style(), self.period_note, reader, self.section_box, self.preview, forms, bar, self.progress, self.made]
        )

    @property
    def period(self) -> Period:
        """The period that is looked back on above."""
        settings = self.book.settings
        return chosen(self.book, TOPIC, last_complete(self.book.today, settings.review_period, settings.fiscal_first_month))

    @property
    def audience(self) -> Audience:
        """Who reads it."""
        return AUDIENCES[self.reader.value]

    @property
    def added(self) -> tuple[str, ...]:
        """The sections that were ticked."""
        return tuple(name for name, box in self.sections.items() if box.value)

    def refresh(self) -> None:
        """Show what would be in it now, and what would stay here."""
        self.period_note.value = str(look.joined([look.strong(self.period.label), running(self.period, self.book.today)]))
        elements.guarded(self.book, self.notice, self._preview)

    def _turned(self) -> None:
        self.book.drafts["maker"] = {"reader": self.reader.value}
        self.notice.clear()
        self._offer_sections()
        self.refresh()

    def _offer_sections(self) -> None:
        more = [name for name in self.audience.addable if name not in self.audience.sections]
        self.sections = {name: _tick(ADDED.get(name) or SECTIONS.get(name, name), False) for name in more}
        for box in self.sections.values():
            box.observe(lambda _: self._ticked(), names="value")
        head = [elements.html(look.strong("Add, if you want to"))] if more else []
        elements.fill(self.section_box, [*head, *self.sections.values()])

    def _ticked(self) -> None:
        self.notice.clear()
        self.refresh()

    def _preview(self) -> None:
        try:
            review = self.book.review(self.period.name, self.reader.value, self.added)
        except CareerkitError as error:
            self.preview.value = str(look.invitation("There is nothing to hand over here.", str(error)))
            return
        held = [SECTIONS.get(name, name) for name in review.audience.sections]
        kept = kept_back(review.withheld, review.audience.called or self.reader.value, own=self.reader.value == "self")
        # For oneself it stands above already.
        first = [look.strong(f"What {self.audience.called} reads first"), review.lead()] if self.reader.value != "self" else []
        fragments = [
            *first,
            look.strong("What is in it"),
            look.paragraph(" · ".join(held)),
            look.strong("What stays here"),
            look.paragraph(_never(self.audience, kept)),
        ]
        self.preview.value = str(look.joined(fragments))

    # -- making

    def _make(self) -> None:
        self.make_button.disabled = True
        elements.fill(self.made, ())
        self.notice.clear()
        try:
            elements.guarded(self.book, self.notice, self._try_make)
        finally:
            self.make_button.disabled = False
            elements.show(self.progress, False)

    def _try_make(self) -> None:
        formats = tuple(name for name, box in self.formats.items() if box.value)
        if not formats:
            raise CareerkitError("Tick at least one form in which it is made.")
        self._told(0, 1)
        elements.show(self.progress)
        reader = self.reader.value
        files = self.book.report(self.period.name, reader, formats=formats, chosen=self.added, progress=self._told)
        elements.fill(self.made, self._results(files))
        self.notice.success(f"Made. {AFTERWARDS.get(reader, '')}".strip())

    def _told(self, done: int, total: int) -> None:
        self.bar.max, self.bar.value = max(total, 1), done
        self.step.value = look.text(f"{done} of {total} steps" if done else "It begins; the first seconds are the slowest.")

    def _results(self, files: dict[str, Path]) -> list[Any]:
        lines = [self._result(name, file) for name, file in files.items()]
        if "md" in files:
            # What is on the disk is what was made; the text beside it is to be copied at once.
            lines.append(CopyText(label="To paste into a form", text=files["md"].read_text(encoding="utf-8"), fixed=True))
        return lines

    def _result(self, name: str, file: Path) -> Any:
        kind = FORMATS[name].split(",")[0]
        path = file.relative_to(self.book.folder).as_posix() if file.is_relative_to(self.book.folder) else str(file)
        told = elements.html(f"{look.strong(kind)} {look.muted(path)}")
        return elements.line([told, elements.button("Open", partial(self._open, file), "link")], "record")

    def _open(self, file: Path) -> None:
        elements.guarded(self.book, self.notice, lambda: _shown(file))


def _never(audience: Audience, kept: str) -> str:
    if not audience.never:
        return kept
    words = {"habits": "scores of habits", "fit": "how your role fits", "coaching": "coaching"}
    never = [words[name] for name in audience.never if name in words]
    return f"{kept} Never in it: {look.listed([*never, 'satisfaction, confidence, target roles', 'the words of those who gave feedback'])}."


def _tick(label: str, value: bool) -> Any:
    return widgets.Checkbox(description=label, value=value, indent=False, **elements.shared(widgets.Checkbox))


def _shown(file: Path, show: Callable[[str], bool] = webbrowser.open) -> None:
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
