"""From which text of a row two others came, as far as the journal tells: the common state of a three-way merge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from careerkit.records import TIMES
from careerkit.store.files.raw_table import Texts
from careerkit.store.history.changed_rows import same

OUTSIDE = "outside"


def common(history: Sequence[Any], mine: Texts, theirs: Texts) -> Texts | None:
    """Return the latest text of a row from which two others came, None where none is known.

    Parameters
    ----------
    history : sequence
        As `Journal.history` returns it. What was saved here came from the text before it; what came from outside, from the
        earlier text that it differs from least, and of several from the first, so that nothing counts as known too soon.
    """
    line = _Line(history)
    ours, others = line.ancestors(mine), line.ancestors(theirs)
    shared = [place for place in ours if place in others]
    return line.texts[max(shared)] if shared else None


class _Line:
    """The texts of one row, and for each the place of the one that it came from."""

    def __init__(self, history: Sequence[Any]) -> None:
        self.texts: list[Texts] = []
        self.parents: list[int | None] = []
        for _, source, _, before, after in history:
            if before is not None and not self.texts:
                self._add(before, None)
            if after is not None:
                self._add(after, self._nearest(after) if source == OUTSIDE or not self.texts else len(self.texts) - 1)

    def _add(self, texts: Texts, parent: int | None) -> None:
        self.texts.append(texts)
        self.parents.append(parent)

    def ancestors(self, texts: Texts) -> list[int]:
        """Return the places of all that a text came from, itself included where it is known."""
        known = [place for place, each in enumerate(self.texts) if same(each, texts)]
        place = known[-1] if known else self._nearest(texts)
        found = []
        while place is not None and place not in found:
            found.append(place)
            place = self.parents[place]
        return found

    def _nearest(self, texts: Texts) -> int | None:
        # A text that is older than another did not come from it.
        earlier = [place for place, each in enumerate(self.texts) if each.get("updated_at", "") <= texts.get("updated_at", "")]
        return min(earlier, key=lambda place: (_differences(self.texts[place], texts), place), default=None)


def _differences(one: Texts, other: Texts) -> int:
    return sum(one.get(name, "") != other.get(name, "") for name in {**one, **other} if name not in TIMES)
