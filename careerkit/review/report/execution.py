"""A notebook run from top to bottom by papermill, with its progress, and which section failed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from careerkit.errors import CareerkitError
from careerkit.lab import kernels

KERNEL = "python3"
ENGINE = "careerkit"
UNTOUCHED = "Any earlier review is untouched."

Progress = Callable[[int, int], None]


def read(template: Path) -> Any:
    """Return a notebook that can be run with parameters.

    Raises
    ------
    CareerkitError
        When there is none, when it isn't a notebook, or when no cell of it is tagged "parameters".
    """
    import nbformat

    try:
        notebook = nbformat.read(template, as_version=4)
        nbformat.validate(notebook)
    except FileNotFoundError:
        raise CareerkitError(f"There is no notebook {template}. Copy reports/quarterly_review.ipynb, and name the copy.") from None
    except OSError as error:
        raise CareerkitError(f"{template} cannot be read: {error.strerror}. Close it elsewhere, or look at its permissions.") from error
    except (ValueError, KeyError, AttributeError, TypeError, nbformat.ValidationError):
        raise CareerkitError(
            f"{template.name} isn't a notebook that can be run. Copy reports/quarterly_review.ipynb again, and change the copy. {UNTOUCHED}"
        ) from None
    if not any("parameters" in cell.metadata.get("tags", ()) for cell in notebook.cells if cell.cell_type == "code"):
        raise CareerkitError(
            f'{template.name} has no cell tagged "parameters", so it cannot be given the period and the workbook. '
            "Copy that cell from reports/quarterly_review.ipynb, with its tag."
        )
    for cell in notebook.cells:
        # Where papermill looks, there must be a list.
        cell.metadata.setdefault("tags", [])
    return notebook


def parameters(notebook: Any) -> set[str]:
    """Return the names that a notebook's parameters cell sets."""
    from papermill.inspection import _infer_parameters

    return {parameter.name for parameter in _infer_parameters(notebook, name=KERNEL, language="python")}


def run(notebook: Any, name: str, values: Mapping[str, str], folder: Path, progress: Progress) -> Any:
    """Return a notebook with the outputs of all its cells.

    Parameters
    ----------
    notebook : NotebookNode
        From `read`.
    name : str
        Its file's name, for the sentence when it fails.
    values : mapping of str to str
        What its parameters may be set to; those that it does not name are left out.
    folder : Path
        An own folder, in which it runs.
    progress : callable
        Called with how many cells are done, and of how many.

    Raises
    ------
    CareerkitError
        When a cell fails: which, and why.
    """
    import papermill
    from traitlets.config import Config

    _register(papermill)
    # A kernel is reached by ports of this machine, at which its other users could listen.
    sealed = Config(KernelManager={"transport_encryption": "auto"})
    given = {key: value for key, value in values.items() if key in parameters(notebook)}
    with _kernel_of_this_python(folder), _quiet():
        try:
            return papermill.execute_notebook(
                notebook,
                None,
                given,
                engine_name=ENGINE,
                kernel_name=KERNEL,
                language="python",
                cwd=str(folder),
                progress_bar=False,
                log_output=False,
                stdout_file=None,
                progress=progress,
                config=sealed,
            )
        except papermill.PapermillExecutionError as error:
            raise CareerkitError(_failed(error, name)) from error
        except (ValueError, KeyError, RuntimeError) as error:
            raise CareerkitError(f"{name} cannot be run: {str(error).splitlines()[0]}. {UNTOUCHED}") from error


def _failed(error: Any, name: str) -> str:
    reason = (str(error.evalue).strip().splitlines() or [error.ename])[0]
    where = error.source.strip().splitlines()[-1]
    # What the set-up refuses isn't a section's fault, and says itself what to do.
    if error.ename == CareerkitError.__name__ and "review = " in where:
        return f"{reason} {UNTOUCHED}"
    return f"The review stopped in the section {where!r} of {name}: {reason.rstrip('.')}. {UNTOUCHED}"


class _Count:
    """Takes the place of papermill's own bar."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.n, self.total, self.progress = 0, total, progress
        progress(0, total)

    def update(self, more: int) -> None:
        self.n += more
        self.progress(self.n, self.total)

    def refresh(self) -> None:
        pass

    def close(self) -> None:
        pass


def _register(papermill: Any) -> None:
    from papermill.engines import NBClientEngine

    class Counting(NBClientEngine):
        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
            nb_man.pbar = _Count(len(nb_man.nb.cells), options.pop("progress"))
            super().execute_managed_notebook(nb_man, kernel_name, **options)

    papermill.engines.papermill_engines.register(ENGINE, Counting)


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
def _kernel_of_this_python(folder: Path) -> Iterator[None]:
    """Let "python3" mean the Python that runs careerkit, whatever kernels the user has."""
    spec = folder / "kernels" / KERNEL / "kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text(json.dumps(kernels.spec("--log-level=40")), encoding="utf-8")
    earlier = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = os.pathsep.join([str(folder), *([earlier] if earlier else [])])
    try:
        yield
    finally:
        shutil.rmtree(spec.parent.parent, ignore_errors=True)
        if earlier is None:
            del os.environ["JUPYTER_PATH"]
        else:
            os.environ["JUPYTER_PATH"] = earlier
