"""Take in an outside file through a form: choose it, look at the preview, say yes."""

from __future__ import annotations

from typing import Any, Protocol

import ipywidgets as widgets

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import Book

TITLES = {"linkedin": "Your LinkedIn connections"}
HELP = {
    "linkedin": "On LinkedIn, under Settings, Data privacy, Get a copy of your data, ask for Connections. "
    "Give the zip or Connections.csv here. Nothing is sent anywhere, and your file is not changed.",
}


class ImportingBook(Book, Protocol):
    """A book that also takes files in."""

    def import_file(self, format: str, file: Any, *, dry_run: bool = False, **options: Any) -> Any: ...


class ImportForm(widgets.VBox):
    """Upload, preview, add, undo."""

    def __init__(self, book: ImportingBook, format: str) -> None:
        self.book, self.format = book, format
        self.upload = widgets.FileUpload(accept=".csv,.zip", multiple=False, description="Choose the file")
        self.upload.add_class("ck-button")
        self.preview, self.notice = elements.html(), elements.Notice()
        self.add_button = elements.button("Add them", self._add, "primary")
        self.undo_button = elements.button("Undo", self._undo, "link")
        for hidden in (self.add_button, self.undo_button):
            elements.show(hidden, False)
        bar = elements.line([self.upload, self.add_button, self.notice, self.undo_button], "actions")
        intro = elements.html(f"{look.strong(TITLES[format])}{look.paragraph(HELP[format], 'note')}")
        super().__init__([elements.column([intro, bar, self.preview], "form")], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self._content: bytes = b""
        self.upload.observe(lambda _: self._taken(), names="value")

    def refresh(self) -> None:
        """Nothing here depends on what was saved elsewhere."""

    def _taken(self) -> None:
        if self.upload.value:
            self._content = bytes(self.upload.value[0]["content"])
            elements.guarded(self.book, self.notice, self._preview)

    def _preview(self) -> None:
        elements.show(self.add_button, False)
        self.preview.value = ""
        plan = self.book.import_file(self.format, self._content, dry_run=True)
        self.preview.value = look.live(look.joined(look.paragraph(line) for line in plan.summary()))
        self.notice.clear()
        self.add_button.description = f"Add {look.count(len(plan.new), 'contact')}" if plan.new else "Take the changes in"
        elements.show(self.add_button, plan.changes())

    def _add(self) -> None:
        elements.guarded(self.book, self.notice, self._try_add)

    def _try_add(self) -> None:
        self.notice.success("Adding them …")
        plan = self.book.import_file(self.format, self._content)
        self.preview.value, self._content = "", b""
        elements.show(self.add_button, False)
        elements.show(self.undo_button)
        self.notice.success(f"{plan.done()} Next, choose whom you would be glad to hear from.")

    def _undo(self) -> None:
        elements.guarded(self.book, self.notice, lambda: self.notice.success(self.book.undo()))
        elements.show(self.undo_button, False)
