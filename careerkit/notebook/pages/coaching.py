"""Working with a coach: the assignments, and, folded until they are wanted, the forms by which the two exchange files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.sharing import keys, pending

QUIET = "Working with a coach? What they sent you is taken in here, and what you choose is shared from here. Nothing leaves by itself."
TAKE = "Take in a file"


class WithCoach(widgets.VBox):
    """The assignments of a coach, where there are any, and the forms, none of which is made before it is unfolded."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.quiet, self.tasks = elements.html(), elements.column()
        self._made: dict[int, Any] = {}
        self._makers: list[tuple[str, Callable[[], Any]]] = [
            (TAKE, self._take), ("Share something", self._share), ("Your sessions", self._sessions), ("Keys", self._keys),
        ]  # fmt: skip
        rooms = [elements.column() for _ in self._makers]
        titles = tuple(title for title, _ in self._makers)
        self.folds = elements.marked(widgets.Accordion(rooms, titles=titles, selected_index=None), "more")
        super().__init__([self.quiet, self.tasks, self.folds], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self.add_class("ck-coach")
        self.folds.observe(lambda _: self._unfold(), names="selected_index")
        self.refresh()

    def refresh(self) -> None:
        """Show how things with the coach stand now."""
        given = len(self.book.read("assignments")) > 0
        coach, waiting = keys.coach(self.book.folder), len(pending.waiting(self.book.store))
        said = f"Your coach here is {coach.name}." if coach else "" if given else QUIET
        if waiting:
            what = look.count(waiting, "thing")
            said = f"{said} {what} that came in {'waits' if waiting == 1 else 'wait'} for your answer, under “{TAKE}”.".strip()
        self.quiet.value = look.live(look.paragraph(said, "note")) if said else ""
        if given and not self.tasks.children:
            from careerkit.notebook.pages.assignments import Assignments

            elements.fill(self.tasks, [Assignments(self.book)])
        for part in (*self.tasks.children, *self._made.values()):
            part.refresh()

    def _unfold(self) -> None:
        place = self.folds.selected_index
        if place is not None and place not in self._made:
            self._made[place] = self._makers[place][1]()
            elements.fill(self.folds.children[place], [self._made[place]])

    def _take(self) -> Any:
        from careerkit.notebook.pages.receive import TakeIn

        return TakeIn(self.book)

    def _share(self) -> Any:
        from careerkit.notebook.pages.share import Share

        return Share(self.book)

    def _sessions(self) -> Any:
        from careerkit.notebook.pages.sessions import Sessions

        return Sessions(self.book)

    def _keys(self) -> Any:
        from careerkit.notebook.pages.share import Keys

        return Keys(self.book)
