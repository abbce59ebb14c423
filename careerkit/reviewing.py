"""Review: the sections of a period looked back on, for one reader; the report's notebook is made of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from careerkit import look, topics
from careerkit.audience import view
from careerkit.errors import CareerkitError
from careerkit.settings import Settings
from careerkit.standalone import PLOTLY
from careerkit.topics.review import sections
from careerkit.topics.review.periods import Period, last_complete


class Drawing:
    """A chart in a review: shows itself as Plotly's data alone, without any script."""

    def __init__(self, figure: Any) -> None:
        self.figure = figure

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {PLOTLY: json.loads(self.figure.to_json()), "text/plain": self.figure.layout.meta["description"]}


class Review:
    """The sections of a review, one call each; the report's notebook is made of them.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Every table of the workbook.
    settings : Settings
        The workbook's settings.
    period : Period or str
        Which period.
    audience : str
        Who will read it.
    today : date
        Nothing after this day has happened.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], settings: Settings, period: Period | str, audience: str, today: dt.date) -> None:
        self.audience = audience
        self.period = period if isinstance(period, Period) else Period.parse(period, settings.fiscal_first_month)
        if self.period.start > today:
            raise CareerkitError(
                f"{self.period.label} has not begun. The latest complete one is {last_complete(today, settings.review_period).name}."
            )
        seen, self.withheld = view(tables, audience)
        on, before = min(self.period.end, today), self.period.start - dt.timedelta(days=1)
        self.scene = sections.Scene(seen, settings, self.period, on, before, running=today <= self.period.end)

    def header(self) -> look.Html:
        """Return which period it is, whose, and compared with which."""
        return sections.header(self.scene)

    def lead(self) -> look.Html:
        """Return what moved, in up to three sentences."""
        return sections.lead(self.scene)

    def wins(self) -> look.Html:
        """Return the wins by impact."""
        return sections.wins(self.scene)

    def goals(self) -> look.Html:
        """Return the table of goals."""
        return sections.goals_table(self.scene)

    def pace(self) -> Drawing | look.Html:
        """Return the goals' course against the calendar."""
        return self._chart("goals.pace", bool(len(self.scene.tables["goals"])))

    def plans(self) -> look.Html:
        """Return what changed in plans."""
        return sections.plans(self.scene)

    def habits(self) -> look.Html:
        """Return the habits' scores, their change and their course."""
        return sections.habit_cards(self.scene)

    def people(self) -> look.Html:
        """Return whom to get back to, and which promises are open."""
        return sections.people(self.scene)

    def spoken(self) -> Drawing | look.Html:
        """Return how many people you spoke to, month by month."""
        return self._chart("networking.people_a_month", bool(len(self.scene.tables["interactions"])))

    def next(self) -> look.Html:
        """Return what comes next."""
        return sections.next_focus(self.scene)

    def appendix(self) -> look.Html:
        """Return how each figure was computed."""
        formulas = {name: topics.formula(name) for name in topics.MEASURES}
        return sections.appendix(self.scene, formulas, self.withheld, self.audience)

    def _chart(self, name: str, anything: bool) -> Drawing | look.Html:
        if not anything:
            return look.Html("")
        return Drawing(topics.chart(name)(self.scene.tables, self.scene.on, self.scene.settings))
