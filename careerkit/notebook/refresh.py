"""What a folder of records shows on a page, and keeps up to date after each save."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

from careerkit.store.layout import ERROR_LOG

# What was begun in a form and not saved outlives a second run of the cell, per folder.
_DRAFTS: dict[Path, dict[str, dict[str, Any]]] = {}


class Watched:
    """A folder whose pages follow its records: a person's workbook, or a coach's practice.

    Parameters
    ----------
    folder : Path
        Where it lies.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._watchers: dict[str, Callable[[], None]] = {}

    @property
    def drafts(self) -> MutableMapping[str, dict[str, Any]]:
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
        # The save stands already: what cannot be shown anew must not look like a save that failed.
        for refresh in list(self._watchers.values()):
            try:
                refresh()
            except Exception as error:
                self.log(error)

    def _watched(self, key: str, widget: Any) -> Any:
        # A cell that runs again replaces its earlier widget, so that old ones are not kept up to date in vain.
        self._watchers[key] = widget.refresh
        return widget

    def _after(self, said: Any) -> Any:
        self.refresh()
        return said
