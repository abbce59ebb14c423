"""What one did, as a page in the notebook: choose the days, read it, save it as Markdown."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Protocol

import ipywidgets as widgets

from careerkit import exchange, look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import Book
from careerkit.store.files.file_names import free
from careerkit.topics.periods import containing

FOLDER = Path("reports") / "brag"
# A list cannot choose None: it would show nothing.
YEAR = ""


class TellingBook(Book, Protocol):
    """A book that also writes something to hand over."""

    folder: Path

    def export(self, format: str, *, period: str | dt.date | None = None) -> tuple[str, str]: ...


class BragDocument(widgets.VBox):
    """A document of one's wins for some days, shown as it will be saved.

    Parameters
    ----------
    book : TellingBook
        Whose wins they are.
    period : str or date, optional
        The days to begin with; else the past twelve months.
    """

    def __init__(self, book: TellingBook, period: str | dt.date | None = None) -> None:
        self.book = book
        self.choice = widgets.Dropdown(
            description="Which days?", options=self._choices(period), value=period or YEAR, **elements.shared(widgets.Dropdown)
        )
        self.notice, self.left_out, self.shown = elements.Notice(), elements.html(), elements.html("", "document")
        bar = elements.line([elements.button("Save as Markdown", self._save, "primary"), self.notice], "actions")
        card = elements.form([elements.column([self.choice], "field"), bar, self.left_out])
        super().__init__([card, self.shown], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self.text = ""
        self.refresh()
        self.choice.observe(lambda _: self._chosen(), names="value")

    def _choices(self, period: str | dt.date | None) -> list[tuple[str, str | dt.date]]:
        quarter, year = containing(self.book.today, "quarter"), containing(self.book.today, "year")
        usual: list[tuple[str, str | dt.date]] = [
            ("The past twelve months", YEAR),
            ("This quarter so far", quarter.name),
            ("The quarter before", quarter.previous().name),
            ("This year so far", year.name),
            ("The year before", year.previous().name),
        ]
        if not period or period in {value for _, value in usual}:
            return usual
        return [(f"Since {look.day(period)}" if isinstance(period, dt.date) else str(period), period), *usual]

    def refresh(self) -> None:
        """Show what the records say now."""
        elements.guarded(self.book, self.notice, self._show)

    def _chosen(self) -> None:
        self.notice.clear()
        self.refresh()

    def _show(self) -> None:
        # Only here: the report's libraries take a moment to load.
        from careerkit.review.report.html_page import markdown

        self.text, left_out = self.book.export("brag", period=self.choice.value or None)
        # MathJax would take "from $5k to $6k" for a formula; this class keeps it away.
        page = markdown(self.text).replace("$", "&#36;")
        self.shown.value = f'<div class="ck ck-page mathjax_ignore tex2jax_ignore">{page}</div>'
        self.left_out.value = str(look.paragraph(left_out, "note")) if left_out else ""
        elements.show(self.left_out, bool(left_out))

    def _save(self) -> None:
        elements.guarded(self.book, self.notice, self._try_save)

    def _try_save(self) -> None:
        self._show()
        folder = self.book.folder / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        name = str(self.choice.value or f"year-to-{self.book.today}").replace("..", "-to-")
        # What a person changed in a file since stays.
        path = free(folder / f"{name}.md", may_take=lambda each: each.read_text(encoding="utf-8", errors="replace") == self.text)
        if not path.exists():
            exchange.put(self.text, path)
        self.notice.success(f"Saved as {path.relative_to(self.book.folder).as_posix()} in your workbook.")
