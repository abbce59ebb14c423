"""The archive of reviews: filed by period and reader, stored whole or not at all, their first figures kept; which one is due."""

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

import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.records.settings import Settings
from careerkit.review.context import first_day, lower_first
from careerkit.store.files import atomic
from careerkit.store.files.lock import locked
from careerkit.store.layout import FIRST, FORMATS, REVIEW, reports
from careerkit.topics.periods import Period, last_complete

PATIENCE_SECONDS = 600
BUSY = "Another review of this workbook has been running for ten minutes. Stop it, then try again."
WORKSPACE = ".making-"
# Says where the files of a complete review belong.
COMPLETE = "whole.json"
# More missed reviews than this are counted, not named.
MOST_NAMED = 4


@dataclass(frozen=True)
class ArchivedReview:
    """A review in the archive.

    Parameters
    ----------
    period : Period
        Of which days.
    audience : str
        For whom.
    at : datetime
        When it was made, in local time.
    formats : mapping of str to datetime
        Which formats there are, and when each was made.
    """

    period: Period
    audience: str
    at: dt.datetime
    formats: Mapping[str, dt.datetime]


class Archive:
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

    def folder_of(self, period: Period, audience: str) -> Path:
        """Return the folder of a review."""
        return self.folder / period.name / audience

    def has(self, period: Period, audience: str) -> bool:
        """Return whether a review was made, in whatever format."""
        return any((self.folder_of(period, audience) / f"{REVIEW}.{name}").is_file() for name in FORMATS)

    def reviews(self) -> list[ArchivedReview]:
        """Return every review, the latest period first."""
        folders = (each for each in self.folder.glob("*/*") if each.is_dir() and not each.parent.name.startswith("."))
        return in_order(review for each in folders if (review := self._review(each)))

    def _review(self, folder: Path) -> ArchivedReview | None:
        formats = {name: _when(file) for name in FORMATS if (file := folder / f"{REVIEW}.{name}").is_file()}
        try:
            period = Period.parse(folder.parent.name, self.fiscal_first_month)
        except CareerkitError:
            # A folder of the user's own is no review.
            return None
        return ArchivedReview(period, folder.name, max(formats.values()), formats) if formats else None

    @contextlib.contextmanager
    def workspace(self) -> Iterator[Path]:
        """Provide an own folder to make a review in, while no other process makes one; what earlier ones left is cleared up."""
        with locked(self.folder, PATIENCE_SECONDS, BUSY):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._tidy()
            workspace = Path(tempfile.mkdtemp(dir=self.folder, prefix=WORKSPACE))
            try:
                yield workspace
            finally:
                shutil.rmtree(workspace, ignore_errors=True)

    def _tidy(self) -> None:
        for left in self.folder.glob(f"{WORKSPACE}*"):
            with contextlib.suppress(OSError, ValueError, KeyError):
                # It was complete, and its process ended while it was stored.
                _move(left, {name: self.folder / place for name, place in json.loads((left / COMPLETE).read_bytes()).items()})
            shutil.rmtree(left, ignore_errors=True)

    def store(self, workspace: Path, files: Mapping[str, Path]) -> None:
        """Store files in their places, all of them or none, also when this process is ended meanwhile.

        Parameters
        ----------
        beside : Path
            From `workspace`.
        files : mapping of str to Path
            Name in that folder to its place in the archive.
        """
        for name, target in files.items():
            atomic.flush_file(workspace / name)
            target.parent.mkdir(parents=True, exist_ok=True)
        earlier = _copies(workspace, files)
        places = {name: target.relative_to(self.folder).as_posix() for name, target in files.items()}
        atomic.write_new(workspace / COMPLETE, json.dumps(places).encode())
        try:
            _move(workspace, files)
        except BaseException:
            (workspace / COMPLETE).unlink()
            for name, target in files.items():
                _put_back(earlier.get(name), target)
            raise


def in_order(reviews: Iterable[ArchivedReview]) -> list[ArchivedReview]:
    """Return reviews with the latest period first, of two that end on one day the shorter."""
    return sorted(reviews, key=lambda each: (-each.period.end.toordinal(), -each.period.start.toordinal(), each.audience))


def first_figures(folder: Path) -> str:
    """Return the file of the figures with which a review was first made, '' when it is the first.

    Raises
    ------
    CareerkitError
        When there is one that cannot be read.
    """
    kept = folder / FIRST
    if not kept.is_file():
        return ""
    try:
        if {"made_at", "figures"} <= set(json.loads(kept.read_bytes())):
            return str(kept)
    except (ValueError, TypeError):
        pass
    raise CareerkitError(
        f"{kept} cannot be read, so it's unknown what changed since this review was first made. Restore it from a backup; or delete it,"
        " and changes are tracked from now on."
    )


def figures_file(figures: list[Any], period: Period, audience: str, today: dt.date, now: dt.datetime) -> str:
    """Return the content of the file of a review's figures, made at a time in UTC."""
    content = {
        "made_at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "as_of": min(period.end, today).isoformat(),
        "period": period.name,
        "audience": audience,
        "figures": figures,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


@dataclass(frozen=True)
class DueReview:
    """What is to be made.

    Parameters
    ----------
    period : Period or None
        The last complete one, None when its review was made, or when nothing was written down by its end.
    missed : list of Period
        Earlier ones with no review, the latest first. They are listed, not made: a person who begins with two years of
        records wants this quarter's review, and not nine at once.
    message : str
        A sentence that says so; empty when there is nothing to say.
    """

    period: Period | None
    missed: list[Period]
    message: str


def due(archive: Archive, audience: str, tables: Mapping[str, pd.DataFrame], settings: Settings, today: dt.date) -> DueReview:
    """Return which review has come due for a reader."""
    last = last_complete(today, settings.review_period, settings.fiscal_first_month)
    first = first_day(tables)
    if archive.has(last, audience):
        return DueReview(None, [], f"No review is due: the one for {lower_first(last.label)} is made.")
    if first is None:
        return DueReview(None, [], "No review is due: nothing is written down yet.")
    if first > last.end:
        return DueReview(
            None, [], f"No review is due: your records begin on {look.long_day(first)}, after {lower_first(last.label)} was over."
        )
    missed = _missed(archive, audience, last, first)
    return DueReview(last, missed, _never_made(missed))


def _missed(archive: Archive, audience: str, last: Period, first: dt.date) -> list[Period]:
    found, period = [], last.previous()
    while period.end >= first:
        if not archive.has(period, audience):
            found.append(period)
        period = period.previous()
    return found


def _never_made(missed: list[Period]) -> str:
    if not missed:
        return ""
    names = look.listed([period.name for period in missed[:MOST_NAMED]])
    more = f", and {len(missed) - MOST_NAMED} before them" if len(missed) > MOST_NAMED else ""
    return f"Never made: {names}{more}. To make one: careerkit report --period {missed[0].name}"


def _when(file: Path) -> dt.datetime:
    return dt.datetime.fromtimestamp(int(file.stat().st_mtime))


def _copies(workspace: Path, files: Mapping[str, Path]) -> dict[str, Path]:
    folder = workspace / "earlier"
    folder.mkdir()
    return {name: Path(shutil.copy2(target, folder / name)) for name, target in files.items() if target.is_file()}


def _move(workspace: Path, files: Mapping[str, Path]) -> None:
    for name, target in files.items():
        # What is missing was moved before its process ended.
        if (workspace / name).is_file():
            atomic.replace(workspace / name, target)
    for folder in {target.parent for target in files.values()}:
        atomic.flush_folder(folder)


def _put_back(earlier: Path | None, target: Path) -> None:
    if earlier:
        # What is still in its place is the same, and may be held open by the program that got in the way.
        with contextlib.suppress(OSError):
            os.replace(earlier, target)
    else:
        target.unlink(missing_ok=True)
