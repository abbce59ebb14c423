"""careerkit: a career workbook in Jupyter.

`Workbook` is the one noun; `CareerkitError` and `Problem` are what can go wrong.
"""

from careerkit.errors import CareerkitError, Problem
from careerkit.workbook import Workbook

__all__ = ["CareerkitError", "Problem", "Workbook"]
