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
from careerkit.look import count
from careerkit.records import join_or
from careerkit.records.settings import Settings
from careerkit.review import outline
from careerkit.review.context import checked
from careerkit.review.figures import MIME_TYPE
from careerkit.review.report import archive, execution, html_page, index, pdf
from careerkit.review.report.archive import Archive, ArchivedReview, DueReview
from careerkit.review.report.execution import UNTOUCHED, Progress
from careerkit.review.sections.phrases import shortlist
from careerkit.store import packaged
from careerkit.store.layout import FIGURES, FIRST, FORMATS, INDEX, REVIEW
from careerkit.topics.periods import Period, last_complete

TEMPLATE = Path("reports") / "quarterly_review.ipynb"
USUAL = ("ipynb", "html")
PAPER = "A4"
MOST_PLACES = 3


@dataclass(frozen=True)
class ReportRequest:
    """Which review is wanted.

    Parameters
    ----------
    folder : Path
        The workbook.
    settings : Settings
        The workbook's.
    tables : mapping of str to DataFrame
        The workbook's.
    today : date
        Nothing after this day has happened.
    now : datetime
        In UTC, by the workbook's clock.
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
    def archive(self) -> Archive:
        """Where the reviews are kept."""
        return Archive(self.folder, self.settings.fiscal_first_month)

    @property
    def notebook(self) -> Path:
        """The notebook that is run."""
        own = self.folder / "notebooks" / TEMPLATE
        return self.template or (own if own.is_file() else packaged.path("notebooks") / TEMPLATE)

    def period(self, name: str | None) -> Period:
        """Return the period of a name, or the last complete one.

        Raises
        ------
        CareerkitError
            When there is nothing to look back on in it.
        """
        first_month = self.settings.fiscal_first_month
        parsed = Period.parse(name, first_month) if name else last_complete(self.today, self.settings.review_period, first_month)
        return checked(self.tables, parsed, self.settings, self.today)

    def check(self) -> None:
        """Refuse what cannot be made.

        Raises
        ------
        CareerkitError
            When the audience or a format is unknown, or the notebook cannot know for whom it is.
        """
        outline.reader(self.audience).adding(self.chosen)
        if unknown := [name for name in self.formats if name not in FORMATS]:
            raise CareerkitError(f"A review cannot be made as {unknown[0]!r}. Choose {join_or(FORMATS)}.")
        if "pdf" in self.formats:
            pdf.browser()
        known = execution.parameters(execution.read(self.notebook))
        # A notebook that does not know who reads it would show everything.
        needed = {"audience": self.audience != "self", "chosen": bool(self.chosen)}
        if missing := [name for name, asked in needed.items() if asked and name not in known]:
            raise CareerkitError(
                f"{self.notebook.name} has no parameter {missing[0]!r}, so it can't know who this review is for. Add it to the cell tagged"
                ' "parameters", and hand it to Workbook.review as reports/quarterly_review.ipynb does.'
            )

    def due(self) -> DueReview:
        """Return which review has come due."""
        return archive.due(self.archive, outline.reader(self.audience).name, self.tables, self.settings, self.today)


def make(request: ReportRequest, period: str | None, progress: bool | Progress = True) -> dict[str, Path]:
    """Make a review and return format to file; an earlier one stays in place until the new one is complete.

    Parameters
    ----------
    period : str or None
        Which period, None for the last complete one.
    progress : bool or callable
        Whether to show a bar; or what is called with how many steps are done, and of how many.

    Raises
    ------
    CareerkitError
        When the period, audience or format is unknown, or a section fails; then it says which and why.
    """
    parsed = request.period(period)
    request.check()
    with _explained(request), request.archive.workspace() as workspace:
        return _make(request, parsed, workspace, progress)


def make_due(request: ReportRequest, progress: bool | Progress = True) -> tuple[dict[str, Path], str]:
    """Make the review that has come due, if it is missing, and return its files and a message."""
    # Most days there is nothing to do, and then no lock is waited for.
    if (review := request.due()).period is None:
        return {}, review.message
    request.check()
    with _explained(request), request.archive.workspace() as workspace:
        review = request.due()
        return (_make(request, review.period, workspace, progress) if review.period else {}), review.message


@contextmanager
def _explained(request: ReportRequest) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CareerkitError(f"The review could not be written to {request.archive.folder}: {error.strerror}. {UNTOUCHED}") from error


def _make(request: ReportRequest, period: Period, workspace: Path, progress: bool | Progress) -> dict[str, Path]:
    folder = request.archive.folder_of(period, request.audience)
    # First figures that cannot be read stop it before anything runs, and are never written over.
    archive.first_figures(folder)
    with _steps(progress, period, len(request.formats)) as steps:
        notebook = _executed(request, period, workspace, steps.cells)
        files = _written(request, period, notebook, workspace, steps.next)
    kept = _figures(request, period, notebook, workspace)
    places = {file.name: folder / file.name for file in (*files.values(), *kept)}
    (workspace / INDEX).write_text(_index(request, period, files), encoding="utf-8")
    request.archive.store(workspace, {**places, INDEX: request.archive.folder / INDEX})
    return {name: places[file.name] for name, file in files.items()}


def _executed(request: ReportRequest, period: Period, workspace: Path, progress: Progress) -> Any:
    # The kernel's libraries load beside ours.
    kernels.warm_up()
    from nbformat import v4

    values = {
        "workbook": str(request.folder),
        "period": period.name,
        "audience": request.audience,
        "today": request.today.isoformat(),
        "chosen": ",".join(request.chosen),
    }
    notebook = execution.run(execution.read(request.notebook), request.notebook.name, values, workspace, progress)
    if request.unread:
        shown = [place for place, cell in enumerate(notebook.cells) if cell.get("outputs")]
        notice = v4.new_markdown_cell(_notice(request.unread), metadata={"tags": ["notice"]})
        notebook.cells.insert(shown[0] + 1 if shown else 0, notice)
    return notebook


def _notice(unread: Sequence[Problem]) -> str:
    """Return what a reader must know of rows that could not be read; their content is not shown."""
    places = list(dict.fromkeys((problem.file, problem.line) for problem in unread))
    named = [f"{file}, line {line}" if line else file for file, line in places]
    are = "is not part" if len(places) == 1 else "are not part"
    return (
        f"> {count(len(places), 'row')} could not be read and {are} of this review: {shortlist(named, MOST_PLACES)}."
        " `careerkit check` says what is wrong there."
    )


def _written(request: ReportRequest, period: Period, notebook: Any, workspace: Path, done: Callable[[], None]) -> dict[str, Path]:
    files = {}
    for name in dict.fromkeys(request.formats):
        files[name] = workspace / f"{REVIEW}.{name}"
        _write(files[name], notebook, f"{period.label}: review", " · ".join(filter(None, (request.settings.owner, period.label))))
        done()
    return files


def _write(file: Path, notebook: Any, title: str, foot: str) -> None:
    from nbformat import writes

    from careerkit.review.report import to_markdown

    if file.suffix == ".pdf":
        page = file.with_name("paper.html")
        page.write_text(html_page.render(notebook, title, foot, PAPER), encoding="utf-8")
        pdf.to_pdf(page, file, pdf.browser())
        return
    texts: dict[str, Callable[[], str]] = {
        ".ipynb": lambda: f"{writes(notebook)}\n",
        ".html": lambda: html_page.render(notebook, title, foot),
        ".md": lambda: to_markdown.text(html_page.fragments(notebook)),
    }
    file.write_text(texts[file.suffix](), encoding="utf-8")


def _figures(request: ReportRequest, period: Period, notebook: Any, workspace: Path) -> list[Path]:
    """Write the figures beside the review; those of its first making after the period was over are kept for good."""
    outputs = (output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", ()))
    figures = next((data[MIME_TYPE] for data in outputs if MIME_TYPE in data), None)
    if figures is None:
        return []
    now = workspace / FIGURES
    now.write_text(archive.figures_file(figures, period, request.audience, request.today, request.now), encoding="utf-8")
    if request.today <= period.end or (request.archive.folder_of(period, request.audience) / FIRST).exists():
        return [now]
    return [now, Path(shutil.copy(now, workspace / FIRST))]


def _index(request: ReportRequest, period: Period, files: Mapping[str, Path]) -> str:
    """Return the list of all reviews as it is once this one is stored."""
    at = dt.datetime.now().replace(microsecond=0)
    reviews = {(review.period.name, review.audience): review for review in request.archive.reviews()}
    key = (period.name, request.audience)
    earlier = reviews[key].formats if key in reviews else {}
    reviews[key] = ArchivedReview(period, request.audience, at, {**earlier, **dict.fromkeys(files, at)})
    return index.render(archive.in_order(reviews.values()), request.settings.owner)


class _Steps:
    """Counts the notebook's cells, then a step for each format."""

    def __init__(self, formats: int, progress: Progress | None) -> None:
        self.formats, self.progress = formats, progress
        self.done = self.total = 0

    def cells(self, done: int, total: int) -> None:
        self.done, self.total = done, total + self.formats
        if self.progress:
            self.progress(self.done, self.total)

    def next(self) -> None:
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total)


@contextmanager
def _steps(progress: bool | Progress, period: Period, formats: int) -> Iterator[_Steps]:
    """Provide what counts the steps of making a review, and shows them."""
    if progress is not True:
        yield _Steps(formats, progress if callable(progress) else None)
        return
    from tqdm.auto import tqdm

    # Where no terminal is at hand, such as under cron, no bar is drawn.
    with tqdm(desc=f"Review {period.name}", bar_format="{desc}: {bar:24} {n_fmt} of {total_fmt} steps", leave=False, disable=None) as bar:

        def draw(done: int, total: int) -> None:
            bar.total, bar.n = total, done
            bar.refresh()

        yield _Steps(formats, draw)
