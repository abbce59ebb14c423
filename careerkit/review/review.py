"""Review: the sections of a period looked back on, for one reader; the report's notebook is made of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from careerkit import look, topics
from careerkit.records.settings import Settings
from careerkit.review import key_figures
from careerkit.review.context import Scene, checked, first_day
from careerkit.review.figures import Figure
from careerkit.review.figures import frame as as_frame
from careerkit.review.report.archive import Shelf, first_figures
from careerkit.review.report.html_page import PLOTLY
from careerkit.review.sections import (
    appendix,
    corrections,
    feedback,
    goals,
    habits,
    headline,
    learning,
    people,
    progress,
    reflections,
    skills,
    upcoming,
    wins,
)
from careerkit.review.sections.layout import NOTHING
from careerkit.sharing.audience import Audience, named, view
from careerkit.topics.periods import Period

# What a chart calls its owner's levels, said to somebody else.
NEUTRAL = {"3<br>on your own": "3<br>alone", "5<br>others learn<br>from you": "5<br>teaches<br>others"}
FIGURES = "application/vnd.careerkit.figures+json"


class Drawing:
    """A chart in a review: shows itself as Plotly's data alone, without any script."""

    def __init__(self, figure: Any) -> None:
        self.figure = figure

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {PLOTLY: json.loads(self.figure.to_json()), "text/plain": self.figure.layout.meta["description"]}


class Appendix(look.Html):
    """The last section, which carries the review's figures beside what it shows."""

    def __init__(self, markup: str, told: list[dict[str, Any]]) -> None:
        super().__init__(markup)
        self.told = told

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/html": self.markup, FIGURES: self.told}


class Review:
    """The sections of a review, one call each; the report's notebook is made of them.

    A section that its reader's review does not have is empty, so that one notebook serves everybody.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Every table of the workbook.
    settings : Settings
        The workbook's settings.
    period : Period or str
        Which period.
    audience : Audience or str
        Who will read it.
    today : date
        Nothing after this day has happened.
    chosen : str or iterable of str
        The sections to add for this reader; in one text, with commas between.
    shelf : Shelf, optional
        Where the figures of an earlier make lie.

    Raises
    ------
    CareerkitError
        When the period has not begun or lies before the first record, or a section may not be added.
    """

    def __init__(
        self,
        tables: Mapping[str, pd.DataFrame],
        settings: Settings,
        period: Period | str,
        audience: Audience | str,
        today: dt.date,
        chosen: str | Iterable[str] = (),
        shelf: Shelf | None = None,
    ) -> None:
        self.shelf = shelf
        self.audience = named(audience).adding(chosen)
        meant = period if isinstance(period, Period) else Period.parse(period, settings.fiscal_first_month)
        self.period = checked(tables, meant, settings, today)
        seen, self.withheld = view(tables, self.audience)
        self.scene = Scene(seen, settings, self.period, today, self.audience, first_day(tables))

    # -- short at the top

    def header(self) -> look.Html:
        """Return which period it is, whose, and compared with which."""
        return headline.header(self.scene)

    def lead(self) -> look.Html:
        """Return what moved, in up to three sentences."""
        return headline.lead(self.scene)

    def glance(self) -> look.Html:
        """Return the key figures beside those of the period before and of a year before."""
        return headline.glance(self.scene)

    def corrections(self, earlier: str | Path | None = "") -> look.Html:
        """Return which figures have changed since the review was first made, and because of which corrections.

        Parameters
        ----------
        earlier : str or Path, optional
            The figures kept from an earlier make; else those in the workbook's own folder of reports.
        """
        first = earlier or (first_figures(self.shelf.place(self.period, self.audience.name)) if self.shelf else "")
        return corrections.corrections(corrections.kept(first), self._figures, self.scene.tables)

    # -- deep below

    def wins(self) -> look.Html:
        """Return the wins by impact."""
        return wins.wins(self.scene)

    def finished(self) -> look.Html:
        """Return the goals finished, where the table of goals is not shown."""
        return wins.finished(self.scene)

    def progress(self) -> look.Html:
        """Return how many goals stand how, without their names."""
        return progress.progress(self.scene)

    def attendance(self) -> look.Html:
        """Return how many sessions took place, and how many assignments were done."""
        return progress.attendance(self.scene)

    def goals(self) -> look.Html:
        """Return the table of goals."""
        return goals.table(self.scene)

    def pace(self) -> Drawing | look.Html:
        """Return the goals' course against the calendar."""
        return self._chart("goals.pace", "goals", self.scene.as_planned, bool(len(key_figures.started(self.scene))))

    def plans(self) -> look.Html:
        """Return what changed in plans."""
        return goals.plans(self.scene)

    def habits(self) -> look.Html:
        """Return the habits' scores, their change and their course."""
        return habits.cards(self.scene)

    def people(self) -> look.Html:
        """Return who was kept up with, who is new, which promises were kept, and whom to get back to."""
        return people.people(self.scene)

    def spoken(self) -> Drawing | look.Html:
        """Return how many people were spoken to, month by month."""
        title = "" if self.scene.own else "How many people were spoken to, month by month?"
        return self._chart(
            "networking.people_a_month", "network", self.scene.tables, len(self._of("interactions", "happened_on")) > 0, title
        )

    def learning(self) -> look.Html:
        """Return the hours against the target, what was finished and taken away, and the credentials."""
        return learning.learning(self.scene)

    def study(self) -> Drawing | look.Html:
        """Return the hours of study, week by week."""
        title = "" if self.scene.own else "How many hours a week went into study?"
        return self._chart("learning.weeks", "learning", self.scene.tables, len(self._of("learning_log", "studied_on")) > 0, title)

    def feedback(self) -> look.Html:
        """Return how much feedback came, and what became of it."""
        return feedback.feedback(self.scene)

    def skills(self) -> look.Html:
        """Return which skills were rated otherwise at the two ends of the period."""
        return skills.skills(self.scene)

    def levels(self) -> Drawing | look.Html:
        """Return the levels of the skills at both ends of the period."""
        moved = any(self.scene.counted(name).value for name in key_figures.COUNTED["skills"])
        return self._chart("assessment.changes", "skills", self.scene.tables, moved, since=self.scene.before)

    def fit(self) -> look.Html:
        """Return how the role fits in each respect."""
        return skills.fit(self.scene)

    def promised(self) -> look.Html:
        """Return what the last review promised, and what became of it."""
        return reflections.promised(self.scene)

    def answers(self) -> look.Html:
        """Return what went well and what was learned, in one's own words."""
        return reflections.answers(self.scene)

    def next(self) -> look.Html:
        """Return what comes next."""
        return upcoming.ahead(self.scene)

    def appendix(self) -> Appendix:
        """Return how each figure was computed, and what was withheld; carries the figures as `figures` returns them."""
        said = appendix.kept_back(self.withheld, self.audience.called or self.audience.name, own=self.scene.own)
        made = appendix.appendix(self.scene, self._figures, topics.formula, said)
        return Appendix(made.markup, [figure.plain() for figure in self._figures])

    def figures(self) -> pd.DataFrame:
        """Return every figure: key, label, shown, value, measure, formula, records."""
        return as_frame(self._figures)

    # -- within

    @cached_property
    def _figures(self) -> list[Figure]:
        return key_figures.figures(self.scene)

    def _of(self, table: str, column: str) -> pd.DataFrame:
        return self.scene.tables[table][self.scene.tables[table][column] <= pd.Timestamp(self.scene.on)]

    def _chart(
        self, name: str, section: str, tables: Mapping[str, pd.DataFrame], anything: bool, title: str = "", **compared: Any
    ) -> Drawing | look.Html:
        if not anything or not self.scene.shows(section):
            return NOTHING
        made = topics.chart(name)(tables, self.scene.on, self.scene.settings, **compared)
        return Drawing(made if self.scene.own else _neutral(made, title))


def _neutral(figure: Any, title: str) -> Any:
    """Return a chart that speaks about its owner to somebody else."""
    if title:
        figure.update_layout(title_text=look.text(title))
    for note in figure.layout.annotations:
        note.text = NEUTRAL.get(note.text, note.text.replace("your target", "target"))
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        axis.ticktext = [NEUTRAL.get(text, text) for text in axis.ticktext] if axis.ticktext else None
    return figure
