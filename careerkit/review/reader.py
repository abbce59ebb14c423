"""Who reads a review: which sections they have, which can be added for them, and what each of these needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from careerkit.errors import CareerkitError
from careerkit.records import join_or
from careerkit.sharing.audience import Audience, Columns


@dataclass(frozen=True)
class Access:
    """How somebody else may see a section of the review.

    Parameters
    ----------
    reads : mapping of str to tuple of str
        Table to the columns that the section needs.
    on_request : bool
        Whether it is shown only when it was chosen.
    lifts : tuple of str
        The tables whose rows are no longer limited once it was chosen.
    """

    reads: Columns
    on_request: bool = False
    lifts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reader(Audience):
    """An audience of the review.

    Parameters
    ----------
    sections : tuple of str
        The sections that the review has for them.
    addable : mapping of str to Access
        Further sections that can be chosen.
    never : tuple of str
        The sections that they never see.
    """

    sections: tuple[str, ...] = ()
    addable: Mapping[str, Access] = field(default_factory=dict)
    never: tuple[str, ...] = ()

    def adding(self, sections: str | Iterable[str]) -> Reader:
        """Return the same reader with further sections, and with what these need.

        Parameters
        ----------
        sections : str or iterable of str
            Their names; in one text, with commas between.

        Raises
        ------
        CareerkitError
            When there is no such section, or this reader may not have it.
        """
        names = sections.split(",") if isinstance(sections, str) else sections
        wanted = dict.fromkeys(name.strip().lower() for name in names if name.strip())
        for name in wanted:
            if name not in self.addable and name not in self.sections:
                raise CareerkitError(self._refusal(name))
        added = {name: self.addable[name] for name in wanted if name not in self.sections}
        lifted = {table for access in added.values() for table in access.lifts}
        return replace(
            self,
            columns=merged(self.columns, *(access.reads for access in added.values())),
            only={table: limit for table, limit in self.only.items() if table not in lifted},
            sections=(*self.sections, *added),
        )

    def _refusal(self, name: str) -> str:
        more = [section for section in self.addable if section not in self.sections]
        choices = f"You can add {join_or(more)}." if more else "It already shows everything it can."
        if name in self.never:
            return f"A review for {self.label} never shows {name}. {choices}"
        return f"A review for {self.label} has no section {name!r}. {choices}"


def merged(columns: Columns | None, *more: Columns) -> Columns | None:
    """Return columns by table, with further ones; None, which stands for all of them, stays None."""
    if columns is None:
        return None
    found: dict[str, dict[str, None]] = {}
    for each in (columns, *more):
        for table, names in each.items():
            found.setdefault(table, {}).update(dict.fromkeys(names))
    return {table: tuple(names) for table, names in found.items()}
