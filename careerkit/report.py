"""A review: papermill runs an ordinary notebook, and its outputs become one page that stands alone."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from careerkit import look, shipped, topics
from careerkit.audience import view
from careerkit.errors import CareerkitError
from careerkit.record import join_or
from careerkit.settings import Settings
from careerkit.topics.review import sections
from careerkit.topics.review.periods import Period, last_complete

TEMPLATE = Path("reports") / "quarterly_review.ipynb"
FORMATS = ("ipynb", "html")
PLOTLY = "application/vnd.plotly.v1+json"
KERNEL = "python3"


class Drawing:
    """A chart in a review: shows itself as Plotly's data alone, without any script."""

    def __init__(self, figure: Any) -> None:
        self.figure = figure

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {PLOTLY: json.loads(self.figure.to_json()), "text/plain": self.figure.layout.meta["description"]}


class Review:
    """The sections of a review, one call each; the report's notebook is made of them.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Every table of the workbook.
    settings : Settings
        The workbook's settings.
    period : Period or str
        Which period.
    audience : str
        Who will read it.
    today : date
        Nothing after this day has happened.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], settings: Settings, period: Period | str, audience: str, today: dt.date) -> None:
        self.audience = audience
        self.period = period if isinstance(period, Period) else Period.parse(period, settings.fiscal_first_month)
        if self.period.start > today:
            raise CareerkitError(
                f"{self.period.label} has not begun. The latest complete one is {last_complete(today, settings.review_period).name}."
            )
        seen, self.withheld = view(tables, audience)
        on, before = min(self.period.end, today), self.period.start - dt.timedelta(days=1)
        self.scene = sections.Scene(seen, settings, self.period, on, before, running=today <= self.period.end)

    def header(self) -> look.Html:
        """Return which period it is, whose, and compared with which."""
        return sections.header(self.scene)

    def lead(self) -> look.Html:
        """Return what moved, in up to three sentences."""
        return sections.lead(self.scene)

    def wins(self) -> look.Html:
        """Return the wins by impact."""
        return sections.wins(self.scene)

    def goals(self) -> look.Html:
        """Return the table of goals."""
        return sections.goals_table(self.scene)

    def pace(self) -> Drawing | look.Html:
        """Return the goals' course against the calendar."""
        return self._chart("goals.pace", bool(len(self.scene.tables["goals"])))

    def plans(self) -> look.Html:
        """Return what changed in plans."""
        return sections.plans(self.scene)

    def habits(self) -> look.Html:
        """Return the habits' scores, their change and their course."""
        return sections.habit_cards(self.scene)

    def people(self) -> look.Html:
        """Return whom to get back to, and which promises are open."""
        return sections.people(self.scene)

    def spoken(self) -> Drawing | look.Html:
        """Return how many people you spoke to, month by month."""
        return self._chart("networking.people_a_month", bool(len(self.scene.tables["interactions"])))

    def next(self) -> look.Html:
        """Return what comes next."""
        return sections.next_focus(self.scene)

    def appendix(self) -> look.Html:
        """Return how each figure was computed."""
        formulas = {name: topics.formula(name) for name in topics.MEASURES}
        return sections.appendix(self.scene, formulas, self.withheld, self.audience)

    def _chart(self, name: str, anything: bool) -> Drawing | look.Html:
        if not anything:
            return look.Html("")
        return Drawing(topics.chart(name)(self.scene.tables, self.scene.on, self.scene.settings))


def make(
    folder: Path,
    period: str | None,
    *,
    audience: str = "self",
    formats: Sequence[str] = FORMATS,
    settings: Settings,
    today: dt.date,
    template: Path | None = None,
    progress: bool = True,
) -> dict[str, Path]:
    """Make a review and return format to file; an earlier one stays in place until the new one is whole.

    Parameters
    ----------
    folder : Path
        The workbook.
    period : str or None
        Which period, None for the last complete one.
    formats : sequence of str
        Of `FORMATS`.

    Raises
    ------
    CareerkitError
        When the period, audience or format is unknown, or a section fails; then it says which and why.
    """
    if unknown := [name for name in formats if name not in FORMATS]:
        raise CareerkitError(f"A review cannot be made as {unknown[0]!r}. Choose {join_or(FORMATS)}.")
    meant = Period.parse(period, settings.fiscal_first_month) if period else last_complete(today, settings.review_period)
    view({}, audience)
    if meant.start > today:
        raise CareerkitError(
            f"{meant.label} has not begun. The latest complete one is {last_complete(today, settings.review_period).name}."
        )
    place = folder / "reports" / meant.name / audience
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place, prefix=".making-") as beside:
            made = _make_beside(Path(beside), folder, meant, audience, today, template or _template(folder), progress)
            return {name: _swap(made[name], place / made[name].name) for name in formats}
    except OSError as error:
        raise CareerkitError(f"The review could not be written to {place}: {error.strerror}. Any earlier one is untouched.") from error


def _template(folder: Path) -> Path:
    own = folder / "notebooks" / TEMPLATE
    return own if own.is_file() else shipped.path("notebooks") / TEMPLATE


def _swap(made: Path, target: Path) -> Path:
    os.replace(made, target)
    return target


def _make_beside(
    beside: Path, folder: Path, period: Period, audience: str, today: dt.date, template: Path, progress: bool
) -> dict[str, Path]:
    from careerkit import kernels

    kernels.warm_up()
    import nbformat
    import papermill

    executed = beside / "review.ipynb"
    values = {"workbook": str(folder), "period": period.name, "audience": audience, "today": today.isoformat()}
    with _kernel_of_this_python(beside), _quiet():
        try:
            papermill.execute_notebook(
                str(template), str(executed), values, kernel_name=KERNEL, cwd=str(beside), progress_bar=_bar(period) if progress else False,
                log_output=False, stdout_file=None,
            )  # fmt: skip
        except papermill.PapermillExecutionError as error:
            raise CareerkitError(_failed(error, template)) from error
        except (ValueError, KeyError, RuntimeError, nbformat.ValidationError) as error:
            raise CareerkitError(
                f"{template.name} cannot be run: {str(error).splitlines()[0]}. Delete it from the workbook's notebooks/reports to use"
                " the one that comes with careerkit. Any earlier review is untouched."
            ) from error
    notebook = nbformat.read(executed, as_version=4)
    page = beside / "review.html"
    page.write_text(render(notebook, f"{period.label}: review"), encoding="utf-8")
    return {"ipynb": executed, "html": page}


def _bar(period: Period) -> dict[str, Any]:
    return {"desc": f"Review {period.name}", "bar_format": "{desc}: {bar:24} {n_fmt} of {total_fmt} sections", "leave": False}


def _failed(error: Any, template: Path) -> str:
    said = str(error.evalue).strip().splitlines()
    return (
        f"The review stopped in the section {error.source.strip().splitlines()[-1]!r} of {template.name}: "
        f"{said[0] if said else error.ename}. Any earlier review is untouched."
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the kernel's notes on its own set-up off the user's terminal."""
    import logging

    loggers = [logging.getLogger(name) for name in ("papermill", "traitlets")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


@contextmanager
def _kernel_of_this_python(beside: Path) -> Iterator[None]:
    """Let "python3" mean the Python that runs careerkit, whatever kernels the user has."""
    from careerkit import kernels

    spec = beside / "kernels" / KERNEL / "kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text(json.dumps(kernels.spec("--log-level=40")), encoding="utf-8")
    earlier = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = os.pathsep.join([str(beside), *([earlier] if earlier else [])])
    try:
        yield
    finally:
        shutil.rmtree(spec.parent.parent, ignore_errors=True)
        if earlier is None:
            del os.environ["JUPYTER_PATH"]
        else:
            os.environ["JUPYTER_PATH"] = earlier


def render(notebook: Any, title: str) -> str:
    """Return an executed notebook as one page that asks nobody for anything.

    The page is our own small template and not nbconvert's, because that one asks for require.js and MathJax; and
    MathJax would run `javascript:` links from a chart's title.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; its code is left out.
    title : str
        The window's title.
    """
    from jinja2 import Environment, PackageLoader
    from markupsafe import Markup
    from plotly.offline import get_plotlyjs

    figures: list[dict[str, Any]] = []
    parts = [Markup(part) for cell in notebook.cells for part in _shown(cell, figures)]
    scripts = [get_plotlyjs(), _asset("draw.js")] if figures else []
    page = Environment(loader=PackageLoader("careerkit", "page"), autoescape=True).get_template("page.html")
    return page.render(
        title=title,
        parts=parts,
        figures=Markup(_json(figures)),
        scripts=[Markup(script) for script in scripts],
        hashes=[_hash(script) for script in scripts],
        style=Markup(look.css() + _asset("page.css")),
    )


def _asset(name: str) -> str:
    return (Path(__file__).parent / "page" / name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _json(figures: list[dict[str, Any]]) -> str:
    # "</script>" in a chart's text would end the block, and "<!--" would change how it is read.
    return json.dumps(figures, ensure_ascii=False).replace("<", "\\u003c")


def _shown(cell: Any, figures: list[dict[str, Any]]) -> Iterator[str]:
    if cell.cell_type == "markdown":
        yield markdown(cell.source)
        return
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        if PLOTLY in data:
            figures.append({"data": data[PLOTLY]["data"], "layout": data[PLOTLY]["layout"]})
            said = look.text(data.get("text/plain", "A chart"))
            yield f'<figure class="ck-figure" id="figure-{len(figures)}" role="img" aria-label="{said}"></figure>'
        elif "text/html" in data:
            yield data["text/html"]


def markdown(source: str) -> str:
    """Return Markdown as HTML: raw markup is text, links are http, https and mailto only."""
    import nh3
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).enable("table").render(source)
    # A picture would be asked for from somewhere.
    return nh3.clean(made, tags=nh3.ALLOWED_TAGS - {"img"}, url_schemes={"http", "https", "mailto"})
