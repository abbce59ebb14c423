"""What one did, as a page in the notebook: choose the days, read it, save it as Markdown."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import ipywidgets as widgets

from careerkit import exchange, look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import Card
from careerkit.store.files.file_names import free
from careerkit.topics.periods import containing

FOLDER = Path("reports") / "brag"
# A list cannot choose None: it would show nothing.
YEAR = ""


class BragDocument(Card[CareerBook]):
    """A document of one's wins for some days, shown as it will be saved.

    Parameters
    ----------
    book : CareerBook
        Whose wins they are.
    period : str or date, optional
        The days to begin with; else the past twelve months.
    """

    def __init__(self, book: CareerBook, period: str | dt.date | None = None) -> None:
        super().__init__(book)
        self.choice = elements.make(widgets.Dropdown, description="Which days?", options=self._choices(period), value=period or YEAR)
        self.left_out, self.shown = elements.html(), elements.html("", "document")
        actions = self.actions(self.button("Save as Markdown", self.save, "primary"))
        self.children = [elements.form([elements.field(self.choice), actions, self.left_out]), self.shown]
        self.text = ""
        self.refresh()
        self.on_change(self._turn, self.choice)

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
        self.attempt(self._show)

    def _turn(self) -> None:
        self.notice.clear()
        self.refresh()

    def _show(self) -> None:
        # Only here: the report's libraries take a moment to load.
        from careerkit.review.report.html_page import from_markdown

        self.text, left_out = self.book.export("brag", period=self.choice.value or None)
        # MathJax would take "from $5k to $6k" for a formula; this class keeps it away.
        page = from_markdown(self.text).replace("$", "&#36;")
        self.shown.value = f'<div class="ck ck-page mathjax_ignore tex2jax_ignore">{page}</div>'
        self.left_out.value = str(look.paragraph(left_out, "note")) if left_out else ""
        elements.show(self.left_out, bool(left_out))

    def save(self) -> None:
        """Save the document as it is shown, under a name that is free."""
        self._show()
        folder = self.book.folder / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        name = str(self.choice.value or f"year-to-{self.book.today}").replace("..", "-to-")
        # What a person changed in a file since stays.
        path = free(folder / f"{name}.md", may_take=lambda each: each.read_text(encoding="utf-8", errors="replace") == self.text)
        if not path.exists():
            exchange.write_file(self.text, path)
        self.notice.success(f"Saved as {path.relative_to(self.book.folder).as_posix()} in your workbook.")
