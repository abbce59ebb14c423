"""Review: the sections of a period looked back on, for one reader; the report's notebook is made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path

import pandas as pd

from careerkit import look
from careerkit.records.settings import Settings
from careerkit.review import headline, outline
from careerkit.review.chart import Chart
from careerkit.review.context import Context, checked, first_day
from careerkit.review.figures import Figure, frame
from careerkit.review.outline import CELLS
from careerkit.review.reader import Reader
from careerkit.review.report.archive import Archive, first_figures
from careerkit.review.sections import appendix, corrections
from careerkit.review.sections.appendix import Appendix
from careerkit.review.sections.phrases import NOTHING
from careerkit.sharing.audience import view
from careerkit.topics.periods import Period


class Review:
    """The sections of a review, one call each; the report's notebook is made of them.

    Beside the calls below there is one for each cell that a section declares, such as ``goals()``. A section that its
    reader's review does not have is empty, so that one notebook serves everybody.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Every table of the workbook.
    settings : Settings
        The workbook's settings.
    period : Period or str
        Which period.
    reader : Reader or str
        Who will read it.
    today : date
        Nothing after this day has happened.
    chosen : str or iterable of str
        The sections to add for this reader; in one text, with commas between.
    archive : Archive, optional
        Where the figures of an earlier make are kept.

    Raises
    ------
    CareerkitError
        When the period has not begun or is before the first record, or a section may not be added.
    """

    def __init__(
        self,
        tables: Mapping[str, pd.DataFrame],
        settings: Settings,
        period: Period | str,
        reader: Reader | str,
        today: dt.date,
        chosen: str | Iterable[str] = (),
        archive: Archive | None = None,
    ) -> None:
        self.archive = archive
        self.reader = (outline.reader(reader) if isinstance(reader, str) else reader).adding(chosen)
        parsed = period if isinstance(period, Period) else Period.parse(period, settings.fiscal_first_month)
        self.period = checked(tables, parsed, settings, today)
        seen, self.withheld = view(tables, self.reader)
        self.context = Context(seen, settings, self.period, today, self.reader, first_day(tables))

    def header(self) -> look.Html:
        """Return which period it is, whose, and compared with which."""
        return headline.header(self.context)

    def lead(self) -> look.Html:
        """Return what moved, in up to three sentences."""
        return headline.lead(self.context)

    def glance(self) -> look.Html:
        """Return the key figures beside those of the period before and of a year before."""
        return headline.glance(self.context)

    def corrections(self, earlier: str | Path | None = "") -> look.Html:
        """Return which figures have changed since the review was first made, and because of which corrections.

        Parameters
        ----------
        earlier : str or Path, optional
            The figures kept from an earlier make; else those in the workbook's own folder of reports.
        """
        first = earlier or (first_figures(self.archive.folder_of(self.period, self.reader.name)) if self.archive else "")
        return corrections.corrections(corrections.read_figures(first), self._figures, self.context.tables)

    def __getattr__(self, name: str) -> Callable[[], look.Html | Chart]:
        if name not in CELLS:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        section, cell = CELLS[name]
        return lambda: cell(self.context) if self.context.has(section.name) else NOTHING

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *CELLS]

    def appendix(self) -> Appendix:
        """Return how each figure was calculated, and what was withheld; carries the figures as `figures` returns them."""
        return appendix.appendix(self.context, self._figures, self.withheld)

    def figures(self) -> pd.DataFrame:
        """Return every figure: key, label, shown, value, measure, formula, records."""
        return frame(self._figures)

    @cached_property
    def _figures(self) -> list[Figure]:
        return outline.figures(self.context)
