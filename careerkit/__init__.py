"""careerkit: a career workbook in Jupyter.

`Workbook` is the one noun; `CareerkitError` and `Problem` are what can go wrong.
"""

from typing import TYPE_CHECKING, Any

from careerkit.errors import CareerkitError, Problem

if TYPE_CHECKING:
    from careerkit.workbook import Workbook

__all__ = ["CareerkitError", "Problem", "Workbook"]


def __getattr__(name: str) -> Any:
    # Workbook loads pandas, which the command line's help and the servers can do without.
    if name == "Workbook":
        from careerkit.workbook import Workbook

        return Workbook
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
