"""What follows a save at once: fragments, charts and whole tables of a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import ipywidgets as widgets
import pandas as pd
import traitlets

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import Book
from careerkit.notebook.widgets.card import Card
from careerkit.notebook.widgets.fields import FieldBox
from careerkit.records import LongText, Record, Reference
from careerkit.topics.labels import names, shown
from careerkit.topics.letters import Brief

PAGE = 25
NO_MATCH = ("Nothing matches.", "Try a shorter word, or empty the search box.")
NO_RECORD = ("Nothing here yet.", "What you save in the form above appears here.")


class LiveHtml(widgets.HTML):
    """A fragment that is made anew after each save.

    Parameters
    ----------
    make : callable
        Returns the fragment as it stands now.
    made : Html, optional
        What it has just returned.
    """

    def __init__(self, make: Callable[[], look.Html], made: look.Html | None = None) -> None:
        self._make = make
        super().__init__(look.live(made or make()), _dom_classes=elements.classes("live"), **elements.shared(widgets.HTML))

    def refresh(self) -> None:
        """Show what the records say now."""
        self.value = look.live(self._make())


class LiveChart(anywidget.AnyWidget):
    """A Plotly figure that is made anew after each save.

    Plotly's own FigureWidget sends its library with every chart, a second and a half each; here it is sent once a page.

    Parameters
    ----------
    make : callable
        Returns the figure as it stands now.
    made : Figure, optional
        What it has just returned.
    """

    _esm = elements.page_code("fit.js", "chart.js")
    figure = traitlets.Unicode().tag(sync=True)

    def __init__(self, make: Callable[[], Any], made: Any = None) -> None:
        super().__init__(figure=(made or make()).to_json())
        self._make = make
        self.on_msg(self._send_library)

    def refresh(self) -> None:
        """Draw what the records say now."""
        self.figure = self._make().to_json()

    def _send_library(self, *_: Any) -> None:
        from plotly.offline import get_plotlyjs

        self.send("plotly.js", [get_plotlyjs().encode()])


def drawing(make: Callable[[], Any]) -> LiveHtml | LiveChart:
    """Return a chart that is made anew after each save: a figure, or a fragment where a table says more."""
    made = make()
    return LiveHtml(make, made) if isinstance(made, look.Html) else LiveChart(make, made)


class BriefPage(Card[Book]):
    """Choose a record, and read what is known about it.

    Parameters
    ----------
    book : Book
        Whose records it reads.
    name : str
        Such as "networking.person".
    brief : Brief
        Which records, and what it shows of one.
    """

    def __init__(self, book: Book, name: str, brief: Brief) -> None:
        super().__init__(book, "live")
        self.name, self.brief = name, brief
        self.choice = FieldBox(Reference(label=brief.choose, table=brief.table, name="which"), lambda table: names(table, book.read))
        self.page = elements.html()
        self.children = [elements.column([self.choice, self.notice], "form"), self.page]
        self.choice.value = (self.draft or {}).get("which") or brief.first(book.tables(), book.today, book.settings)
        self.on_change(self._chosen, self.choice)
        self._show()

    @property
    def draft_key(self) -> str:
        """Where the record chosen is kept."""
        return f"brief:{self.name}"

    def refresh(self) -> None:
        """Show what the records say now."""
        self.choice.refresh()
        self._show()

    def _chosen(self) -> None:
        self.draft = {"which": self.choice.value}
        self._show()

    def _show(self) -> None:
        key = str(self.choice.value)
        known = key in set(self.book.read(self.brief.table)["id"])
        page = self.brief.show(self.book.tables(), self.book.today, self.book.settings, key) if known else None
        self.page.value = look.live(page or look.paragraph(self.brief.empty, "note"))


class LiveTable(elements.Group):
    """All records of a table, newest first, with a search box and pages of 25."""

    def __init__(self, book: Book, record: type[Record]) -> None:
        self.book, self.record, self._page = book, record, 0
        self._columns = [name for name, field in record.own_fields().items() if not isinstance(field, LongText)][:6]
        self.search: Any = elements.make(widgets.Text, description="Find", placeholder="Type a word")
        self._html, self._more = elements.html(), elements.button("Show more", self._next, "link")
        self.search.observe(lambda _: self._restart(), names="value")
        super().__init__([elements.field(self.search), self._html, self._more], "", "live")
        self.refresh()

    def refresh(self) -> None:
        """Show what is stored now."""
        matches = self._matches()
        cells = [self._cells(row) for _, row in matches.head(PAGE * (self._page + 1)).iterrows()]
        heads = [self.record.fields[name].label for name in self._columns]
        self._html.value = str(
            look.table(heads, cells) if cells else look.invitation(*(NO_MATCH if self.search.value.strip() else NO_RECORD))
        )
        elements.show(self._more, len(matches) > len(cells))

    def _matches(self) -> pd.DataFrame:
        frame = self.record.listed(self.book.read(self.record.table)).sort_values("created_at", ascending=False, kind="stable")
        words = self.search.value.casefold().split()
        if not words:
            return frame
        # Only what stands on the page is searched: an id or a column out of sight would find rows for no visible reason.
        texts = frame.apply(lambda row: " ".join(self._cells(row)).casefold(), axis=1)
        return frame[[all(word in text for word in words) for text in texts]]

    def _cells(self, row: pd.Series) -> list[str]:
        return [shown(row, name, self.record, self.book.read) for name in self._columns]

    def _restart(self) -> None:
        self._page = 0
        self.refresh()

    def _next(self) -> None:
        self._page += 1
        self.refresh()
