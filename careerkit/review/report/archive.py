"""The shelf of reviews: filed by period and reader, put there whole or not at all, their first figures kept."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from careerkit.errors import CareerkitError
from careerkit.store.files import atomic
from careerkit.store.files.lock import locked
from careerkit.store.layout import FIRST, FORMATS, REVIEW, reports
from careerkit.topics.periods import Period

PATIENCE_SECONDS = 600
BUSY = "Another review of this workbook has been running for ten minutes. Stop it, then try again."
MAKING = ".making-"
WHOLE = "whole.json"


@dataclass(frozen=True)
class Made:
    """A review on the shelf.

    Parameters
    ----------
    period : Period
        Of which days.
    audience : str
        For whom.
    at : datetime
        When it was made, in local time.
    formats : mapping of str to datetime
        Which forms there are, and when each was made.
    """

    period: Period
    audience: str
    at: dt.datetime
    formats: Mapping[str, dt.datetime]


class Shelf:
    """The folder ``reports`` of a workbook.

    Parameters
    ----------
    folder : Path
        The workbook.
    fiscal_first_month : int
        What a fiscal quarter's name means.
    """

    def __init__(self, folder: Path, fiscal_first_month: int = 1) -> None:
        self.folder = reports(folder)
        self.fiscal_first_month = fiscal_first_month

    def place(self, period: Period, audience: str) -> Path:
        """Return the folder of a review."""
        return self.folder / period.name / audience

    def has(self, period: Period, audience: str) -> bool:
        """Return whether a review was made, in whatever form."""
        return any((self.place(period, audience) / f"{REVIEW}.{name}").is_file() for name in FORMATS)

    def reviews(self) -> list[Made]:
        """Return every review, the latest period first."""
        found = [self._made(place) for place in self.folder.glob("*/*") if place.is_dir() and not place.parent.name.startswith(".")]
        return in_order([made for made in found if made])

    def _made(self, place: Path) -> Made | None:
        formats = {name: _when(file) for name in FORMATS if (file := place / f"{REVIEW}.{name}").is_file()}
        try:
            period = Period.parse(place.parent.name, self.fiscal_first_month)
        except CareerkitError:
            # A folder of the user's own is no review.
            return None
        return Made(period, place.name, max(formats.values()), formats) if formats else None

    @contextlib.contextmanager
    def making(self) -> Iterator[Path]:
        """Provide an own folder to make a review in, while no other process makes one; what earlier ones left is dealt with."""
        with locked(self.folder, PATIENCE_SECONDS, BUSY):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._tidy()
            beside = Path(tempfile.mkdtemp(dir=self.folder, prefix=MAKING))
            try:
                yield beside
            finally:
                shutil.rmtree(beside, ignore_errors=True)

    def _tidy(self) -> None:
        for left in self.folder.glob(f"{MAKING}*"):
            with contextlib.suppress(OSError, ValueError, KeyError):
                # It was whole, and its process ended while it was put in place.
                _put(left, {left / name: self.folder / target for name, target in json.loads((left / WHOLE).read_bytes()).items()})
            shutil.rmtree(left, ignore_errors=True)

    def put(self, beside: Path, files: Mapping[str, Path]) -> None:
        """Put files in their places, all of them or none, also when this process is ended meanwhile.

        Parameters
        ----------
        beside : Path
            From `making`.
        files : mapping of str to Path
            Name in that folder to its place on the shelf.
        """
        for name, target in files.items():
            atomic.flush_file(beside / name)
            target.parent.mkdir(parents=True, exist_ok=True)
        earlier = _copies(beside, files)
        places = {name: target.relative_to(self.folder).as_posix() for name, target in files.items()}
        atomic.write_new(beside / WHOLE, json.dumps(places).encode())
        try:
            _put(beside, {beside / name: target for name, target in files.items()})
        except BaseException:
            (beside / WHOLE).unlink()
            for name, target in files.items():
                _put_back(earlier.get(name), target)
            raise


def in_order(reviews: Iterable[Made]) -> list[Made]:
    """Return reviews with the latest period first, of two that end on one day the shorter."""
    return sorted(reviews, key=lambda made: (-made.period.end.toordinal(), -made.period.start.toordinal(), made.audience))


def first_figures(place: Path) -> str:
    """Return the file of the figures with which a review was first made, '' when it is the first.

    Raises
    ------
    CareerkitError
        When there is one that cannot be read.
    """
    kept = place / FIRST
    if not kept.is_file():
        return ""
    try:
        if {"made_at", "figures"} <= set(json.loads(kept.read_bytes())):
            return str(kept)
    except (ValueError, TypeError):
        pass
    raise CareerkitError(
        f"{kept} cannot be read, so nobody can say what changed since this review was first made. Put it back from a backup; or delete it,"
        " and later changes are told from now on."
    )


def figures_said(figures: list[Any], period: Period, audience: str, today: dt.date, now: dt.datetime) -> str:
    """Return the file of a review's figures, made at a time in UTC."""
    said = {
        "made_at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "as_of": min(period.end, today).isoformat(),
        "period": period.name,
        "audience": audience,
        "figures": figures,
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def _when(file: Path) -> dt.datetime:
    return dt.datetime.fromtimestamp(int(file.stat().st_mtime))


def _copies(beside: Path, files: Mapping[str, Path]) -> dict[str, Path]:
    there = {name: target for name, target in files.items() if target.is_file()}
    if there:
        (beside / "earlier").mkdir()
    return {name: Path(shutil.copy2(target, beside / "earlier" / name)) for name, target in there.items()}


def _put(beside: Path, moves: Mapping[Path, Path]) -> None:
    for source, target in moves.items():
        if source.is_file():
            atomic.replace(source, target)
    for folder in {target.parent for target in moves.values()}:
        atomic.flush_folder(folder)


def _put_back(earlier: Path | None, target: Path) -> None:
    if earlier:
        # What is still in its place is the same, and may be held open by the program that stood in the way.
        with contextlib.suppress(OSError):
            os.replace(earlier, target)
    else:
        target.unlink(missing_ok=True)
