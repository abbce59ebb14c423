"""What may leave, and for whom: the one function that reports and bundles pass."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from careerkit.errors import CareerkitError

AUDIENCES = ("self",)


def view(tables: Mapping[str, pd.DataFrame], audience: str) -> tuple[dict[str, pd.DataFrame], dict[str, int]]:
    """Return the tables that an audience may see, and how many rows of each are withheld.

    Raises
    ------
    CareerkitError
        When there is no such audience.
    """
    if audience not in AUDIENCES:
        raise CareerkitError(f"There is no audience {audience!r} yet. A review can be made for {' or '.join(AUDIENCES)}.")
    return dict(tables), {}
