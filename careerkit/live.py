"""What follows a save at once: fragments, charts and whole tables of a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.forms import Book, button
from careerkit.naming import shown
from careerkit.record import LongText, Record

PAGE = 25


class LiveHtml(widgets.HTML):
    """A fragment that is made anew after each save.

    Parameters
    ----------
    make : callable
        Returns the fragment as it stands now.
    """

    def __init__(self, make: Callable[[], look.Html]) -> None:
        super().__init__()
        self._make = make
        self.add_class("ck-live")
        self.refresh()

    def refresh(self) -> None:
        """Show what the records say now."""
        self.value = look.live(self._make())


def live_figure(make: Callable[[], Any]) -> tuple[Any, Callable[[], None]]:
    """Return a Plotly figure for a notebook, and what makes it anew in place.

    Parameters
    ----------
    make : callable
        Returns the figure as it stands now.
    """
    import plotly.graph_objects as go

    # Plotly's mode bar and logo are tools for analysts; a reader needs the picture.
    made = go.FigureWidget(make())
    made._config = {"displayModeBar": False, "displaylogo": False, "responsive": True}

    def refresh() -> None:
        now = make()
        with made.batch_update():
            made.data = ()
            made.add_traces(now.data)
            made.layout = now.layout

    return made, refresh


class LiveTable(widgets.VBox):
    """All records of a table, newest first, with a search box and pages of 25."""

    def __init__(self, book: Book, record: type[Record]) -> None:
        self.book, self.record, self._page = book, record, 0
        self.search = widgets.Text(description="Find", placeholder="Type a word", layout=widgets.Layout(width="auto"))
        field = widgets.VBox([self.search])
        field.add_class("ck-field")
        self._html, self._more = widgets.HTML(), button("Show more", self._next, "link")
        self.search.observe(lambda _: self._restart(), names="value")
        super().__init__([field, self._html, self._more])
        for kind in ("ck", "ck-live"):
            self.add_class(kind)
        self.refresh()

    def refresh(self) -> None:
        """Show what is stored now."""
        found = self._found()
        rows = found.head(PAGE * (self._page + 1))
        columns = [name for name, field in self.record.own_fields().items() if not isinstance(field, LongText)][:6]
        cells = [[shown(row, name, self.record, self.book.read) for name in columns] for _, row in rows.iterrows()]
        heads = [self.record.fields[name].label for name in columns]
        empty = look.invitation("Nothing here yet.", "What you save in the form above will stand here.")
        self._html.value = str(look.table(heads, cells) if cells else empty)
        self._more.layout.display = None if len(found) > len(rows) else "none"

    def _found(self) -> pd.DataFrame:
        frame = self.book.read(self.record.table).sort_values("created_at", ascending=False, kind="stable")
        words = self.search.value.casefold().split()
        if not words or frame.empty:
            return frame
        texts = frame.select_dtypes("str").agg(" ".join, axis=1).str.casefold()
        for word in words:
            texts = texts[texts.str.contains(word, regex=False)]
        return frame.loc[texts.index]

    def _restart(self) -> None:
        self._page = 0
        self.refresh()

    def _next(self) -> None:
        self._page += 1
        self.refresh()
