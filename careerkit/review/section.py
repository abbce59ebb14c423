"""A section of the review, declared once; the notebook, the form, the readers and the headline follow from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from careerkit.look import Html
from careerkit.review.chart import Chart
from careerkit.review.context import Context
from careerkit.review.figures import Figure
from careerkit.review.reader import Access

Cell = Callable[[Context], Html | Chart]
Sentence = Callable[[Context], Html]


@dataclass(frozen=True)
class Section:
    """A section of the review.

    Parameters
    ----------
    name : str
        As it is chosen on the command line.
    label : str
        As it is chosen in the notebook.
    cells : mapping of str to callable
        The cells of the report's notebook, in order: ``review.NAME()`` and what makes it.
    closing_cells : mapping of str to callable
        Further cells, shown below the last section.
    counts : tuple of str
        The figures of review.counts that it is about.
    measured : callable, optional
        Yields its other figures.
    glance : tuple of str or callable
        Its figures in the table at the top, each a name of review.counts or what makes it.
    gain : callable, optional
        Returns a sentence for the top of the review on what got better, empty when nothing did.
    states : tuple of callable
        Sentences for the top of the review on how things are; the first of every section come before any second.
    own : bool
        Whether it is in one's own review.
    access : mapping of str to Access
        By the name of another reader, how they may see it; a reader who is not named never sees it.
    label_for_others : str
        The label when it is added for another reader, where less of it is shown to them.
    withheld_as : str
        What a reader who never sees it is spared, in a sentence.
    """

    name: str
    label: str
    cells: Mapping[str, Cell]
    closing_cells: Mapping[str, Cell] = field(default_factory=dict)
    counts: tuple[str, ...] = ()
    measured: Callable[[Context], Iterator[Figure]] | None = None
    glance: tuple[str | Callable[[Context], Figure], ...] = ()
    gain: Sentence | None = None
    states: tuple[Sentence, ...] = ()
    own: bool = True
    access: Mapping[str, Access] = field(default_factory=dict)
    label_for_others: str = ""
    withheld_as: str = ""

    def figures(self, context: Context) -> Iterator[Figure]:
        """Yield its figures, those of review.counts first."""
        yield from (context.counted(name) for name in self.counts)
        if self.measured:
            yield from self.measured(context)
