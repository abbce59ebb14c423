"""A client's review as their coach sees it: the usual sections, those only for which the client shared what they need."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import nbformat
from nbformat import v4

from careerkit import look
from careerkit.coach.client_copy import ClientCopy, Shared
from careerkit.coach.roster import GOALS, needed
from careerkit.review.outline import SELF
from careerkit.review.reader import Reader
from careerkit.review.report.report import TEMPLATE
from careerkit.review.review import Review
from careerkit.store import layout, packaged
from careerkit.store.files.atomic import write_atomically
from careerkit.topics.habits.scores import HABITS

SETUP = "from careerkit.coach.client_review import opened\n\nreview = opened(workbook, period, today)"
# A section that is not named here is not for a coach.
NEEDS: dict[str, dict[str, tuple[str, ...]]] = {
    "wins": {"achievements": ("achieved_on", "title")},
    "goals": {**GOALS, "goals": (*GOALS["goals"], "title")},
    "habits": {table: columns for habit in HABITS for table, columns in needed(habit).items()},
    "network": needed("networking"),
    "learning": needed("change"),
    "feedback": needed("feedback"),
    "skills": needed("assessment"),
    "fit": {"role_fit": ("rated_on", "dimension", "score"), "positions": ("title",)},
    "coaching": {"sessions": ("held_on", "attended"), "assignments": ("given_on", "due_on", "done_on")},
    "reflection": {"reviews": ("period", "wins", "lessons")},
    "focus": {"reviews": ("period", "next_focus")},
}
SECTIONS = tuple(name for name in SELF.sections if name in NEEDS)


def reader(shared: Shared) -> Reader:
    """Return the coach as a reader of what a client shared."""
    sections = tuple(name for name in SECTIONS if shared.has(NEEDS[name]))
    return Reader("coach", "the coach", columns=shared.tables, sections=sections)


class ClientReview(Review):
    """A review of a copy, which says first from what it was made.

    Parameters
    ----------
    copy : ClientCopy
        Whose review it is.
    period : str
        Which period.
    """

    def __init__(self, copy: ClientCopy, period: str) -> None:
        self.copy_ = copy
        super().__init__(copy.tables(), copy.settings, period, reader(copy.shared), copy.today)

    def about(self) -> look.Html:
        """Return from what the review was made, and what is not in it."""
        missing = [name for name in SECTIONS if name not in self.reader.sections]
        made_on = self.copy_.shared.on
        when = f"on {look.long_day(made_on)}" if made_on else "so far"
        told = f"Made from what {self.copy_.name} shared {when}, and from nothing else."
        return look.paragraph(f"{told} Not shared, and so not in it: {', '.join(missing)}." if missing else told, "note")


def opened(folder: str, period: str, today: str | None) -> ClientReview:
    """Return the review of the copy in a folder, for the report's notebook."""
    return ClientReview(ClientCopy(Path(folder), "", "", dt.date.fromisoformat(today) if today else None), period)


def template(practice: Path) -> Path:
    """Return the notebook of a client's review: the one of every workbook, opened as the coach sees it."""
    notebook = nbformat.read(packaged.path("notebooks") / TEMPLATE, as_version=4)
    for cell in notebook.cells:
        if "setup" in cell.metadata.get("tags", ()):
            cell.source = SETUP
    place = next(number for number, cell in enumerate(notebook.cells) if cell.source == "review.header()")
    about: Any = v4.new_code_cell("review.about()", metadata={"tags": ["section", "hide-input"]})
    notebook.cells.insert(place + 1, about)
    made = practice / layout.CLIENT_REVIEW
    write_atomically(made, nbformat.writes(notebook).encode())
    return made
