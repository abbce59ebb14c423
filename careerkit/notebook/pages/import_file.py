"""Take in an outside file through a form: choose it, look at the preview, say yes."""

from __future__ import annotations

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import Card

TITLES = {"linkedin": "Your LinkedIn connections"}
HELP = {
    "linkedin": "On LinkedIn, under Settings, Data privacy, Get a copy of your data, ask for Connections. "
    "Give the zip or Connections.csv here. Nothing is sent anywhere, and your file is not changed.",
}


class ImportForm(Card[CareerBook]):
    """Upload, preview, add, undo."""

    def __init__(self, book: CareerBook, format: str) -> None:
        super().__init__(book)
        self.format, self._content = format, b""
        self.upload = elements.upload("Choose the file", accept=".csv,.zip")
        self.preview, self.add_button = elements.html(), self.button("Add them", self._add, "primary")
        elements.show(self.add_button, False)
        intro = elements.html(f"{look.strong(TITLES[format])}{look.paragraph(HELP[format], 'note')}")
        self.children = [elements.column([intro, self.actions(self.upload, self.add_button), self.preview], "form")]
        self.on_change(self._preview, self.upload)

    def _preview(self) -> None:
        if not self.upload.value:
            return
        self._content = bytes(self.upload.value[0]["content"])
        elements.show(self.add_button, False)
        self.preview.value = ""
        plan = self.book.import_file(self.format, self._content, dry_run=True)
        self.preview.value = look.live(look.joined(look.paragraph(line) for line in plan.summary()))
        self.notice.clear()
        self.add_button.description = f"Add {look.count(len(plan.new), 'contact')}" if plan.new else "Take the changes in"
        elements.show(self.add_button, plan.changes())

    def _add(self) -> None:
        self.notice.success("Adding them …")
        plan = self.book.import_file(self.format, self._content)
        self.preview.value, self._content = "", b""
        elements.show(self.add_button, False)
        self.saved(f"{plan.done()} Next, choose who you'd like to hear from.")
