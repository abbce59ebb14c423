"""Where the notebooks and data that come with the package lie."""

from __future__ import annotations

from pathlib import Path

from careerkit.errors import CareerkitError

PACKAGE = Path(__file__).resolve().parents[1]


def path(name: str) -> Path:
    """Return the folder of what comes with the package: in it when installed, beside it in a checkout.

    Parameters
    ----------
    name : {"notebooks", "data"}
        Which of the two.

    Raises
    ------
    CareerkitError
        When neither place has it.
    """
    for place in (PACKAGE / "shipped" / name, PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise CareerkitError(f"The {name} that come with careerkit are not in {PACKAGE / 'shipped'}. Install careerkit again.")
