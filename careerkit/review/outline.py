"""The sections of a review in order, who reads it, and what follows from these."""

from __future__ import annotations

from typing import Any

from careerkit.errors import CareerkitError
from careerkit.records import join_or
from careerkit.review.context import Context
from careerkit.review.figures import Figure
from careerkit.review.reader import Reader, merged
from careerkit.review.section import Cell, Section
from careerkit.review.sections import coaching, feedback, goals, habits, learning, network, ratings, reflection, wins
from careerkit.sharing.audience import Columns
from careerkit.topics.networking.records import Contact

SECTIONS = (
    wins.SECTION,
    *(goals.FINISHED, goals.PROGRESS, goals.SECTION),
    habits.SECTION,
    network.SECTION,
    learning.SECTION,
    feedback.SECTION,
    *(ratings.SKILLS, ratings.FIT),
    coaching.SECTION,
    *(reflection.FOCUS, reflection.REFLECTION),
)
# The cells of the report's notebook, between its head and its appendix, each with the section it belongs to.
CELLS: dict[str, tuple[Section, Cell]] = {
    name: (section, cell) for kind in ("cells", "closing_cells") for section in SECTIONS for name, cell in getattr(section, kind).items()
}


def _reader(name: str, label: str, columns: Columns, **limits: Any) -> Reader:
    """Return a reader other than oneself, with what the sections declare for them."""
    access = {section.name: section.access[name] for section in SECTIONS if name in section.access}
    shown = {section: each for section, each in access.items() if not each.on_request}
    return Reader(
        name,
        label,
        columns=merged(columns, *(each.reads for each in shown.values())),
        sections=tuple(shown),
        addable={section: each for section, each in access.items() if each.on_request},
        never=tuple(section.name for section in SECTIONS if section.name not in access),
        **limits,
    )


SELF = Reader("self", "yourself", columns=None, private=True, sections=tuple(section.name for section in SECTIONS if section.own))
MANAGER = _reader(
    "manager",
    "your manager",
    # The head of the review says which post it is about.
    {"positions": ("started_on", "ended_on", "title", "organisation")},
    only={
        "goals": ("status", ("done",)),
        "skill_ratings": ("rater", ("self",)),
        # Whom one spoke to about another post is nobody's business at this one.
        "contacts": ("relationship", tuple(each for each in ("", *Contact.relationship.choices) if each != "recruiter")),
    },
    unsaid={"positions": ("target_role",), "roles": ("name",)},
    # That something was promised, and not what.
    hidden={"interactions": ("follow_up",)},
)
SPONSOR = _reader("sponsor", "your sponsor", {}, hidden={"goals": ("metric",)})
READERS = {reader.name: reader for reader in (SELF, MANAGER, SPONSOR)}


def reader(name: str) -> Reader:
    """Return the reader of a name.

    Raises
    ------
    CareerkitError
        When there is none of that name.
    """
    if name not in READERS:
        raise CareerkitError(f"There is no audience {name!r} yet. A review can be made for {join_or(READERS)}.")
    return READERS[name]


def figures(context: Context) -> list[Figure]:
    """Return every figure of a review, each once: the period's own first, then those it is compared with."""
    found = (figure for end in context.ends() for section in SECTIONS if end.has(section.name) for figure in section.figures(end))
    return list({figure.key: figure for figure in found}.values())
