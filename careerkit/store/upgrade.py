"""A workbook brought up to the careerkit that opens it: its notebooks, which were copied in when it was made.

The records need no upgrade: there is one format so far, and a workbook of a newer one is refused when it is opened.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

from careerkit.errors import CareerkitError
from careerkit.store import packaged
from careerkit.store.files.atomic import write_atomically
from careerkit.store.files.file_names import free
from careerkit.store.layout import SET_ASIDE_NOTEBOOKS
from careerkit.store.workbook_folder import COACH_NOTEBOOKS


def differing(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the notebooks of a workbook that are not as they come now, and those that come now and are not there.

    What was shown when a notebook ran does not count, only its cells. Notebooks of one's own are left alone.
    """
    changed, missing = [], []
    for name in _shipped():
        place = folder / "notebooks" / name
        if not place.is_file():
            missing.append(name)
        elif _cells(place.read_bytes()) != _cells(_content(name)):
            changed.append(name)
    return changed, missing


def upgrade(folder: Path, now: dt.datetime, dry_run: bool = False) -> list[str]:
    """Renew the notebooks that come with careerkit, what stood there put aside, and say so; a dry run only says what would be.

    Raises
    ------
    CareerkitError
        When something cannot be read or written; what was not renewed yet stands as it was.
    """
    try:
        changed, missing = differing(folder)
        aside = free(folder / SET_ASIDE_NOTEBOOKS / now.strftime("%Y-%m-%dT%H-%M-%S")).relative_to(folder)
        if not dry_run:
            _renew(folder, changed, missing, folder / aside)
    except OSError as error:
        raise CareerkitError(f"{error.filename or folder}: {error.strerror or error}. Close it elsewhere, then try again.") from error
    return list(_summary(changed, missing, aside, dry_run))


def back(folder: Path) -> list[str]:
    """Put back what the latest upgrade put aside, and say so.

    Raises
    ------
    CareerkitError
        When there is nothing to put back, or it cannot be written.
    """
    kept = sorted(each for each in (folder / SET_ASIDE_NOTEBOOKS).glob("[0-9]*") if each.is_dir())
    if not kept:
        raise CareerkitError("No upgrade has set notebooks aside here, so there is nothing to put back.")
    files = sorted(file for file in kept[-1].rglob("*.ipynb"))
    try:
        for file in files:
            write_atomically(folder / "notebooks" / file.relative_to(kept[-1]), file.read_bytes())
        # Renamed, and not deleted: what stood aside is the person's, and stays at hand.
        kept[-1].rename(kept[-1].with_name(f".{kept[-1].name}"))
    except OSError as error:
        raise CareerkitError(f"{error.filename or folder}: {error.strerror or error}. Close it elsewhere, then try again.") from error
    return [f"Put back: {_listed(file.relative_to(kept[-1]) for file in files)}."]


def _renew(folder: Path, changed: list[Path], missing: list[Path], aside: Path) -> None:
    for name in changed:
        (aside / name).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(aside / name, (folder / "notebooks" / name).read_bytes())
    for name in [*changed, *missing]:
        (folder / "notebooks" / name).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "notebooks" / name, _content(name))


def _summary(changed: list[Path], missing: list[Path], aside: Path, dry_run: bool) -> Iterator[str]:
    if not changed and not missing:
        yield "Your notebooks are up to date, and your records need no change. There's nothing to do."
    if changed:
        yield f"{'Would be renewed' if dry_run else 'Renewed'}: {_listed(changed)}."
        kept = "would be kept" if dry_run else "are kept"
        yield f"The earlier versions {kept} in {aside.as_posix()}; careerkit upgrade --back puts them back."
    if missing:
        yield f"{'Would be added' if dry_run else 'Added'}: {_listed(missing)}."


def _listed(names: Iterator[Path] | list[Path]) -> str:
    return ", ".join(name.as_posix() for name in names)


def _shipped() -> list[Path]:
    root = packaged.path("notebooks")
    names = sorted(file.relative_to(root) for file in root.rglob("*.ipynb"))
    return [name for name in names if name.parts[0] != COACH_NOTEBOOKS and ".ipynb_checkpoints" not in name.parts]


def _content(name: Path) -> bytes:
    return (packaged.path("notebooks") / name).read_bytes()


def _cells(data: bytes) -> list[tuple[str, str]] | None:
    """Return a notebook's cells, None for what is no notebook."""
    try:
        return [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(data)["cells"]]
    except (ValueError, KeyError, TypeError):
        return None
