"""A review: papermill runs an ordinary notebook, and its outputs become a page, a PDF and a text that stand alone."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from careerkit.errors import CareerkitError, Problem
from careerkit.lab import kernels
from careerkit.look import count, listed
from careerkit.records import join_or
from careerkit.records.settings import Settings
from careerkit.review.report import archive, due, execute, html_page, index, pdf
from careerkit.review.report.archive import Shelf
from careerkit.review.report.execute import UNTOUCHED, Told
from careerkit.sharing.audience import named
from careerkit.store import packaged
from careerkit.store.layout import FIGURES, FIRST, INDEX, REVIEW
from careerkit.topics.periods import Period, last_complete

TEMPLATE = Path("reports") / "quarterly_review.ipynb"
FORMATS = ("ipynb", "html", "pdf", "md")
USUAL = ("ipynb", "html")
FIGURES_SHOWN = "application/vnd.careerkit.figures+json"
PAPER = "A4"
MOST_PLACES = 3


@dataclass(frozen=True)
class Order:
    """Which review is wanted.

    Parameters
    ----------
    folder : Path
        The workbook.
    settings : Settings
        The workbook's.
    tables : mapping of str to DataFrame
        The workbook's.
    now : datetime
        In UTC, by the workbook's clock.
    today : date
        Nothing after this day has happened.
    audience : str
        Who will read it.
    formats : sequence of str
        Of `FORMATS`.
    chosen : sequence of str
        Sections beside those that the audience begins with.
    template : Path, optional
        A notebook; else the workbook's own, else the one that comes with careerkit.
    unread : sequence of Problem
        What could not be read of the workbook, and is not in the review.
    """

    folder: Path
    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    today: dt.date
    now: dt.datetime
    audience: str = "self"
    formats: Sequence[str] = USUAL
    chosen: Sequence[str] = ()
    template: Path | None = None
    unread: Sequence[Problem] = ()

    @property
    def shelf(self) -> Shelf:
        """Return where the reviews are kept."""
        return Shelf(self.folder, self.settings.fiscal_first_month)


def make(order: Order, period: str | None, progress: bool | Told = True) -> dict[str, Path]:
    """Make a review and return format to file; an earlier one stays in place until the new one is whole.

    Parameters
    ----------
    period : str or None
        Which period, None for the last complete one.
    progress : bool or callable
        Whether to show how far it is; or what is told how many steps are done, and of how many.

    Raises
    ------
    CareerkitError
        When the period, audience or format is unknown, or a section fails; then it says which and why.
    """
    meant = _meant(order, period)
    _check(order)
    with _told_when_it_fails(order), order.shelf.making() as beside:
        return _make(order, meant, beside, progress)


def make_due(order: Order, progress: bool | Told = True) -> tuple[dict[str, Path], str]:
    """Make the review that has come due, if it is missing, and return its files and what there is to say."""
    # Most days there is nothing to do, and then no lock is waited for.
    if (found := _due(order)).period is None:
        return {}, found.said
    _check(order)
    with _told_when_it_fails(order), order.shelf.making() as beside:
        found = _due(order)
        return (_make(order, found.period, beside, progress) if found.period else {}), found.said


def _due(order: Order) -> due.Due:
    return due.due(order.shelf, named(order.audience).name, order.tables, order.settings, order.today)


def _meant(order: Order, period: str | None) -> Period:
    from careerkit.review.context import checked

    first_month = order.settings.fiscal_first_month
    meant = Period.parse(period, first_month) if period else last_complete(order.today, order.settings.review_period, first_month)
    return checked(order.tables, meant, order.settings, order.today)


def _check(order: Order) -> None:
    named(order.audience).adding(order.chosen)
    if unknown := [name for name in order.formats if name not in FORMATS]:
        raise CareerkitError(f"A review cannot be made as {unknown[0]!r}. Choose {join_or(FORMATS)}.")
    if "pdf" in order.formats:
        pdf.browser()
    template = _template(order)
    known = execute.parameters(execute.read(template))
    # A notebook that is not told who reads it would show everything.
    needed = {"audience": order.audience != "self", "chosen": bool(order.chosen)}
    if missing := [name for name, asked in needed.items() if asked and name not in known]:
        raise CareerkitError(
            f"{template.name} takes no {missing[0]!r}, so it cannot be told for whom this review is. Name it in the cell tagged"
            ' "parameters", and hand it to Workbook.review as reports/quarterly_review.ipynb does.'
        )


def _template(order: Order) -> Path:
    own = order.folder / "notebooks" / TEMPLATE
    return order.template or (own if own.is_file() else packaged.path("notebooks") / TEMPLATE)


@contextmanager
def _told_when_it_fails(order: Order) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CareerkitError(f"The review could not be written to {order.shelf.folder}: {error.strerror}. {UNTOUCHED}") from error


def _make(order: Order, period: Period, beside: Path, progress: bool | Told) -> dict[str, Path]:
    place = order.shelf.place(period, order.audience)
    # Figures of the first making that cannot be read are told of before anything runs, and never written over.
    archive.first_figures(place)
    with _shown(progress, period, len(order.formats)) as told:
        notebook = _executed(order, period, beside, told)
        files = _written(order, period, notebook, beside, told)
    kept = _figures(order, period, notebook, beside)
    moves = {file.name: place / file.name for file in (*files.values(), *kept)}
    (beside / INDEX).write_text(_index(order, period, files), encoding="utf-8")
    order.shelf.put(beside, {**moves, INDEX: order.shelf.folder / INDEX})
    return {name: moves[file.name] for name, file in files.items()}


def _executed(order: Order, period: Period, beside: Path, told: Told) -> Any:
    # The kernel's libraries load beside ours.
    kernels.warm_up()
    from nbformat import v4

    template = _template(order)
    values = {
        "workbook": str(order.folder), "period": period.name, "audience": order.audience, "today": order.today.isoformat(),
        "chosen": ",".join(order.chosen),
    }  # fmt: skip
    notebook = execute.run(execute.read(template), template.name, values, beside, told)
    if order.unread:
        notebook.cells.insert(_after_the_head(notebook), v4.new_markdown_cell(_missing(order.unread), metadata={"tags": ["notice"]}))
    return notebook


def _after_the_head(notebook: Any) -> int:
    shown = [place for place, cell in enumerate(notebook.cells) if cell.get("outputs")]
    return shown[0] + 1 if shown else 0


def _missing(unread: Sequence[Problem]) -> str:
    """Return what a reader must know of rows that could not be read; what stands in them is not told."""
    places = list(dict.fromkeys((problem.file, problem.line) for problem in unread))
    told = [f"{file}, line {line}" if line else file for file, line in places[:MOST_PLACES]]
    more = [f"{len(places) - MOST_PLACES} more"] if len(places) > MOST_PLACES else []
    are = "is not part" if len(places) == 1 else "are not part"
    return (
        f"> {count(len(places), 'row')} could not be read and {are} of this review: {listed([*told, *more])}."
        " `careerkit check` says what is wrong there."
    )


def _written(order: Order, period: Period, notebook: Any, beside: Path, told: Told) -> dict[str, Path]:
    import nbformat

    title, foot = f"{period.label}: review", " · ".join(part for part in (order.settings.owner, period.label) if part)
    writers: dict[str, Callable[[Path], Any]] = {
        "ipynb": lambda file: nbformat.write(notebook, file),
        "html": lambda file: file.write_text(html_page.render(notebook, title, foot), encoding="utf-8"),
        "pdf": lambda file: _print(html_page.render(notebook, title, foot, PAPER), file),
        "md": lambda file: file.write_text(_as_markdown(notebook), encoding="utf-8"),
    }
    files = {}
    for name in dict.fromkeys(order.formats):
        files[name] = beside / f"{REVIEW}.{name}"
        writers[name](files[name])
        told(-1, -1)
    return files


def _as_markdown(notebook: Any) -> str:
    from careerkit.review.report import to_markdown

    return to_markdown.text(html_page.fragments(notebook))


def _print(page: str, paper: Path) -> None:
    shown = paper.with_name("paper.html")
    shown.write_text(page, encoding="utf-8")
    pdf.to_pdf(shown, paper, pdf.browser())


def _figures(order: Order, period: Period, notebook: Any, beside: Path) -> list[Path]:
    """Write the figures beside the review; those of its first making after the period was over are kept for good."""
    outputs = (output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", ()))
    figures = next((data[FIGURES_SHOWN] for data in outputs if FIGURES_SHOWN in data), None)
    if figures is None:
        return []
    now = beside / FIGURES
    now.write_text(archive.figures_said(figures, period, order.audience, order.today, order.now), encoding="utf-8")
    if order.today <= period.end or (order.shelf.place(period, order.audience) / FIRST).exists():
        return [now]
    return [now, Path(shutil.copy(now, beside / FIRST))]


def _index(order: Order, period: Period, files: Mapping[str, Path]) -> str:
    """Return the list of all reviews as it is when this one is in its place."""
    at = dt.datetime.now().replace(microsecond=0)
    others, earlier = [], dict[str, dt.datetime]()
    for made in order.shelf.reviews():
        if (made.period.name, made.audience) == (period.name, order.audience):
            earlier = dict(made.formats)
        else:
            others.append(made)
    this = archive.Made(period, order.audience, at, {**earlier, **dict.fromkeys(files, at)})
    return index.page(archive.in_order([this, *others]), order.settings.owner)


@contextmanager
def _shown(progress: bool | Told, period: Period, further: int) -> Iterator[Told]:
    """Provide what is told how far the making is: the notebook's cells, then a step for each form."""
    steps = _Steps(further, progress if callable(progress) else None)
    if progress is not True:
        yield steps
        return
    from tqdm.auto import tqdm

    # Where no terminal is at hand, such as under cron, no bar is drawn.
    with tqdm(desc=f"Review {period.name}", bar_format="{desc}: {bar:24} {n_fmt} of {total_fmt} steps", leave=False, disable=None) as bar:

        def draw(done: int, total: int) -> None:
            bar.total, bar.n = total, done
            bar.refresh()

        yield _Steps(further, draw)


class _Steps:
    """Counts the cells as they are told, and each form after them."""

    def __init__(self, further: int, told: Told | None) -> None:
        self.further, self.told = further, told
        self.done = self.total = 0

    def __call__(self, done: int, total: int) -> None:
        forms = done < 0
        self.done = self.done + 1 if forms else done
        self.total = self.total if forms else total + self.further
        if self.told:
            self.told(self.done, self.total)
