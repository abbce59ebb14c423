"""Working with a coach: the assignments, and, folded until they are wanted, the forms by which the two exchange files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import Card
from careerkit.sharing import keys, pending

WITHOUT_COACH = (
    "Working with a coach? What they sent you is taken in here, and what you choose is shared from here. Nothing leaves by itself."
)
RECEIVE = "Take in a file"


class CoachingPage(Card[CareerBook]):
    """The assignments of a coach, where there are any, and the forms, none of which is made before it is unfolded."""

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book, "coach")
        self.status, self.assignments = elements.html(), elements.column()
        self._made: dict[int, Any] = {}
        makers = {RECEIVE: _receive, "Share something": _share, "Your sessions": _sessions, "Keys": _keys}
        self._makers: list[Callable[[CareerBook], Any]] = list(makers.values())
        rooms = [elements.column() for _ in makers]
        self.folds = elements.marked(widgets.Accordion(rooms, titles=tuple(makers), selected_index=None), "more")
        self.children = [self.status, self.assignments, self.folds]
        self.on_change(self._unfold, self.folds, trait="selected_index")
        self.refresh()

    def refresh(self) -> None:
        """Show how things with the coach are now."""
        given = len(self.book.read("assignments")) > 0
        coach, waiting = keys.coach(self.book.folder), len(pending.waiting(self.book.store))
        status = f"Your coach here is {coach.name}." if coach else "" if given else WITHOUT_COACH
        if waiting:
            verb = "waits" if waiting == 1 else "wait"
            status = f"{status} {look.count(waiting, 'thing')} that came in {verb} for your answer, under “{RECEIVE}”.".strip()
        self.status.value = look.live(look.paragraph(status, "note")) if status else ""
        if given and not self.assignments.children:
            from careerkit.notebook.pages.assignments import AssignmentList

            elements.fill(self.assignments, [AssignmentList(self.book)])
        for part in (*self.assignments.children, *self._made.values()):
            part.refresh()

    def _unfold(self) -> None:
        place = self.folds.selected_index
        if place is not None and place not in self._made:
            self._made[place] = self._makers[place](self.book)
            elements.fill(self.folds.children[place], [self._made[place]])


def _receive(book: CareerBook) -> Any:
    from careerkit.notebook.pages.receive import ReceiveForm

    return ReceiveForm(book)


def _share(book: CareerBook) -> Any:
    from careerkit.notebook.pages.share import ShareForm

    return ShareForm(book)


def _sessions(book: CareerBook) -> Any:
    from careerkit.notebook.pages.sessions import SessionsPage

    return SessionsPage(book)


def _keys(book: CareerBook) -> Any:
    from careerkit.notebook.pages.share import KeysForm

    return KeysForm(book)
