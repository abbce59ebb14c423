"""Where a workbook lies: how its folder is made, and how it is found again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from careerkit import shipped
from careerkit.errors import CareerkitError
from careerkit.settings import Settings

SETTINGS_FILE = "workbook.toml"


def make(folder: str | Path, owner: str = "", example: bool = False) -> Path:
    """Make a workbook's folder and return it.

    Raises
    ------
    CareerkitError
        When the folder has files in it already, or cannot be written.
    """
    made = Path(folder).expanduser().resolve()
    if made.exists() and (not made.is_dir() or any(made.iterdir())):
        raise CareerkitError(f"{made} has files in it already. Give the name of a folder that is new or empty.")
    try:
        _fill(made, owner, example)
    except OSError as error:
        raise CareerkitError(f"The workbook could not be made in {made}: {error.strerror}. Choose another place.") from error
    return made


def find(folder: str | Path | None = None) -> Path:
    """Return the folder of the workbook meant: the one given, else at or above here, else ``$CAREERKIT_WORKBOOK``."""
    if folder is not None:
        given = Path(folder).expanduser().resolve()
        if not (given / SETTINGS_FILE).is_file():
            raise CareerkitError(f"{given} is no workbook: it has no {SETTINGS_FILE}. Make one with: careerkit new {folder}")
        return given
    here = Path.cwd()
    for place in (here, *here.parents):
        if (place / SETTINGS_FILE).is_file():
            return place
    if named := os.environ.get("CAREERKIT_WORKBOOK"):
        return find(named)
    raise CareerkitError("There is no workbook here. Go to its folder, or name it with --workbook DIR; careerkit start makes one.")


def _fill(folder: Path, owner: str, example: bool) -> None:
    for part in ("data", "reports", ".careerkit"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    skip = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__", ".keep")
    shutil.copytree(shipped.path("notebooks"), folder / "notebooks", ignore=skip)
    if example:
        for file in (shipped.path("data") / "example").glob("*.csv"):
            shutil.copy(file, folder / "data" / file.name)
    settings = Settings.load_file(shipped.path("data") / "example" / "settings.toml") if example else Settings.new()
    (settings.owned_by(owner) if owner else settings).save(folder)
