"""A review: papermill runs an ordinary notebook, and its outputs become one page that stands alone."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from careerkit import shipped
from careerkit.audience import view
from careerkit.errors import CareerkitError
from careerkit.record import join_or
from careerkit.settings import Settings
from careerkit.standalone import render
from careerkit.topics.review.periods import Period, last_complete

TEMPLATE = Path("reports") / "quarterly_review.ipynb"
FORMATS = ("ipynb", "html")
KERNEL = "python3"


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
