"""Where a workbook lies: how its folder is made, and how it is found again."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from careerkit.errors import CareerkitError
from careerkit.records.settings import FILE as SETTINGS_FILE
from careerkit.records.settings import Settings
from careerkit.store import packaged
from careerkit.store.files.atomic import write_atomically
from careerkit.store.layout import OWN

# The folder of the notebooks that only a practice has.
COACH_NOTEBOOKS = "coach"


@dataclass(frozen=True)
class FolderKind:
    """A kind of folder, and how one says that it is not there.

    Parameters
    ----------
    name, file : str
        What it is called, and the file by which it is known.
    variable : str
        What the environment names one by.
    make : str
        The command that makes one, without the folder.
    nowhere : str
        What to do where there is none.
    """

    name: str
    file: str
    variable: str
    make: str
    nowhere: str


WORKBOOK = FolderKind(
    "workbook",
    SETTINGS_FILE,
    "CAREERKIT_WORKBOOK",
    make="careerkit new",
    nowhere="Go to its folder, or name it with --workbook DIR; careerkit start makes one.",
)


def make(folder: str | Path, owner: str = "", example: bool = False, copy_of: str = "") -> Path:
    """Make a workbook's folder and return it.

    Parameters
    ----------
    copy_of : str
        The id of a client's workbook whose copy this is; a coach's copy has that id, and no notebooks.

    Raises
    ------
    CareerkitError
        When the folder has files in it already, or cannot be written.
    """
    made = new_or_empty(folder)
    try:
        _fill(made, owner, example, copy_of)
    except OSError as error:
        raise CareerkitError(f"The workbook could not be made in {made}: {error.strerror}. Choose another place.") from error
    return made


def new_or_empty(folder: str | Path) -> Path:
    """Return where a folder is to be made, refused where files lie in it already."""
    made = Path(folder).expanduser().resolve()
    if made.exists() and (not made.is_dir() or any(made.iterdir())):
        raise CareerkitError(f"{made} has files in it already. Give the name of a folder that is new or empty.")
    return made


def find(folder: str | Path | None = None) -> Path:
    """Return the folder of the workbook meant: the one given, else at or above here, else ``$CAREERKIT_WORKBOOK``."""
    return locate(folder, WORKBOOK)


def locate(folder: str | Path | None, kind: FolderKind) -> Path:
    """Return a folder of a kind: the one given, else the nearest at or above here, else the one that the environment names.

    Raises
    ------
    CareerkitError
        When it is none of the kind, or there is none.
    """
    if folder is not None:
        given = Path(folder).expanduser().resolve()
        if not (given / kind.file).is_file():
            raise CareerkitError(f"{given} isn't a careerkit {kind.name}: it has no {kind.file}. Make one with: {kind.make} {folder}")
        return given
    if there := _nearest(kind.file):
        return there
    if named := os.environ.get(kind.variable):
        return locate(named, kind)
    raise CareerkitError(f"There is no {kind.name} here. {kind.nowhere}")


def _nearest(file: str) -> Path | None:
    """Return the nearest folder at or above here that holds a file of this name, None where there is none."""
    here = Path.cwd()
    return next((place for place in (here, *here.parents) if (place / file).is_file()), None)


def copy_notebooks(folder: Path, part: str = "", skip: tuple[str, ...] = ()) -> None:
    """Copy the notebooks that come with the package, or one folder of them, into a new folder's ``notebooks``."""
    ignore = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__", ".keep", *skip)
    shutil.copytree(packaged.path("notebooks") / part, folder / "notebooks" / part, ignore=ignore)


def _fill(folder: Path, owner: str, example: bool, copy_of: str) -> None:
    for part in ("data", "reports", OWN):
        (folder / part).mkdir(parents=True, exist_ok=True)
    if not copy_of:
        copy_notebooks(folder, skip=(COACH_NOTEBOOKS,))
    if example:
        for file in (packaged.path("data") / "example").glob("*.csv"):
            shutil.copy(file, folder / "data" / file.name)
    settings = Settings.load_file(packaged.path("data") / "example" / "settings.toml") if example else Settings.new()
    settings = replace(settings, id=copy_of) if copy_of else settings
    save_settings(folder, settings.owned_by(owner) if owner else settings)


def save_settings(folder: Path, settings: Settings) -> None:
    """Write the settings of a workbook.

    Raises
    ------
    CareerkitError
        When the file that is there cannot be read, comes from a newer careerkit, or cannot be written.
    """
    path = folder / SETTINGS_FILE
    text = settings.text(path)
    try:
        write_atomically(path, text.encode())
    except OSError as error:
        raise CareerkitError(f"{path} could not be written: {error.strerror}. Make room or access, and try again.") from error
