"""What a folder of records shows on a page, and keeps up to date after each save."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from careerkit.store.layout import ERROR_LOG

Widget = TypeVar("Widget", bound=Any)
Result = TypeVar("Result")

# What was begun in a form and not saved outlives a second run of the cell, per folder.
_DRAFTS: dict[Path, dict[str, dict[str, Any]]] = {}


class LiveFolder:
    """A folder whose pages follow its records: a person's workbook, or a coach's practice.

    Parameters
    ----------
    folder : Path
        Where its files are.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._followers: dict[str, Callable[[], None]] = {}

    @property
    def drafts(self) -> dict[str, dict[str, Any]]:
        """What was begun in a form and not saved."""
        return _DRAFTS.setdefault(self.folder, {})

    def log(self, error: BaseException) -> None:
        """Write an unknown failure to the folder's log of errors."""
        import traceback

        place = self.folder / ERROR_LOG
        place.parent.mkdir(exist_ok=True)
        with place.open("a", encoding="utf-8") as log:
            log.write(f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}\n{''.join(traceback.format_exception(error))}\n")

    def refresh(self) -> None:
        """Bring what a page shows up to date, as after a save."""
        # The save is done already: what cannot be shown anew must not look like a save that failed.
        for refresh in list(self._followers.values()):
            try:
                refresh()
            except Exception as error:
                self.log(error)

    def follow(self, key: str, refresh: Callable[[], None]) -> None:
        """Call back after each save, in place of what was called under this key before."""
        self._followers[key] = refresh

    def live(self, key: str, widget: Widget) -> Widget:
        """Return a widget that is refreshed after each save; a cell that runs again replaces its earlier one by the key."""
        self.follow(key, widget.refresh)
        return widget

    def _refreshed(self, result: Result) -> Result:
        self.refresh()
        return result
