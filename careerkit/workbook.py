"""Workbook, the one noun that notebooks and scripts use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from careerkit import topics
from careerkit.errors import Problem
from careerkit.notebook import cells
from careerkit.notebook.refresh import LiveFolder
from careerkit.records.settings import Settings
from careerkit.store import restoration
from careerkit.store.changes import Change
from careerkit.store.local_time import LocalTables, now_on
from careerkit.store.repair import Repair
from careerkit.store.store import Store, utc_now
from careerkit.store.workbook_folder import find, make, save_settings
from careerkit.topics.periods import parse_day


class Workbook(LiveFolder):
    """A folder of CSVs that a person keeps for years, and everything one does with it.

    Parameters
    ----------
    folder : Path
        Where ``workbook.toml`` lies; use `create` or `open`.
    today : date, optional
        The day on which everything is looked at; else the example's own day, else the present one.
    """

    def __init__(self, folder: Path, today: dt.date | None = None) -> None:
        super().__init__(folder)
        self.settings = Settings.load(folder)
        self.today = today or self.settings.today or dt.date.today()
        self.store = Store(folder, topics.RECORDS, partial(now_on, self.settings.today) if self.settings.today else utc_now)
        self._local = LocalTables(self.store.data, topics.RECORDS)

    @classmethod
    def create(cls, folder: str | Path, owner: str = "", example: bool = False) -> Workbook:
        """Make a workbook in a folder that holds none yet.

        Raises
        ------
        CareerkitError
            When the folder has files in it already.
        """
        book = cls(make(folder, owner, example))
        if example:
            book.store.take_note()
        return book

    @classmethod
    def open(cls, folder: str | Path | None = None, today: dt.date | str | None = None) -> Workbook:
        """Open a workbook: the folder given, else the nearest at or above here, else ``$CAREERKIT_WORKBOOK``.

        Raises
        ------
        CareerkitError
            When there is none.
        """
        return cls(find(folder), _parsed(today))

    def __repr__(self) -> str:
        return f"Workbook({str(self.folder)!r})"

    # -- what a notebook's cells call

    page = cells.page
    say = cells.say
    chart = cells.chart
    form = cells.form
    table = cells.table
    letter = cells.letter
    brief = cells.brief
    stages = cells.stages
    questions = cells.questions
    exercises = cells.exercises
    rating = cells.rating
    compare = cells.compare
    chooser = cells.chooser
    cadences = cells.cadences
    weekly_hours = cells.weekly_hours
    keeping = cells.keeping
    importer = cells.importer
    brag = cells.brag
    look_back = cells.look_back
    handover = cells.handover
    recall = cells.recall
    appraisal = cells.appraisal
    coaching = cells.coaching

    # -- records

    def read(self, table: str) -> pd.DataFrame:
        """Return a table as a typed frame, columns in the record's order; never writes."""
        return self.store.read(_table(table))

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return every table, with the time of creation in local time, as measures take them."""
        return {table: frame.copy(deep=False) for table, frame in self.cached_tables().items()}

    def cached_tables(self) -> dict[str, pd.DataFrame]:
        """Return every table, each as the same frame until its records change, so that measures know it again; not to be changed."""
        return self._local.all()

    def add(self, table: str, **values: Any) -> str:
        """Add a record and return its id; a CareerkitError names every field that is wrong."""
        return self.add_many(table, [values])[0]

    def add_many(self, table: str, records: Iterable[dict[str, Any]]) -> list[str]:
        """Add records in one save and one undo step, all or none."""
        ids = self.store.add_many(_table(table), list(records))
        self.refresh()
        return ids

    def update(self, table: str, id: str, *, seen: Any = None, also: Iterable[Change] = (), **values: Any) -> None:
        """Change a record, and what belongs to it; with ``seen``, refuse when it has changed since (StaleRecord)."""
        self.store.update(_table(table), id, values, seen=seen, also=list(also))
        self.refresh()

    def delete(self, table: str, id: str) -> None:
        """Take a record out; undo brings it back."""
        self.store.delete(_table(table), id)
        self.refresh()

    def save(self, changes: list[Change], what: str, source: str = "own") -> None:
        """Make changes to several records and tables in one save and one undo step; history calls its kind ``source``."""
        self.store.save(changes, what, source)
        self.refresh()

    def change_settings(self, **values: Any) -> None:
        """Change what ``workbook.toml`` holds, such as ``cadence={5: 30}``."""
        changed = replace(self.settings, **values)
        save_settings(self.folder, changed)
        self.settings = changed
        self.refresh()

    # -- keeping

    def undo(self) -> str:
        """Take the latest save back that stands, of whatever kind, and say what it was."""
        return self._refreshed(self.store.undo())

    def history(self, table: str | None = None, id: str | None = None) -> pd.DataFrame:
        """Return every change of a record known on this machine; without a table, the last 20 saves."""
        return self.store.saves() if table is None else self.store.history(_table(table), id or "")

    def check(self) -> list[Problem]:
        """Return what is wrong in the files, changing nothing."""
        return self.store.check()

    def read_days(self, order: str) -> None:
        """Say how days are to be read that leave it open, such as 03/04/2026: ``day-first`` or ``month-first``."""
        self.store.data.read_days(order)

    def repair(self, dry_run: bool = False) -> list[str]:
        """Mend what is certain in the files, after a backup, and return what was done; a dry run only says what would be."""
        repair = Repair(self.store)
        return repair.plan() if dry_run else self._refreshed(repair.carry_out()[0])

    def vanished(self) -> pd.DataFrame:
        """Return the rows that went away outside careerkit and wait for an answer: table, id, what, since."""
        return restoration.vanished(self.store)

    def answer_vanished(self, ids: Iterable[str] | None = None, restore: bool = True, table: str | None = None) -> str:
        """Put rows back that went away outside (default: all), or say that it was meant; one save and one undo step."""
        return self._refreshed(restoration.answer_vanished(self.store, ids, restore, table))

    def backups(self) -> list[str]:
        """Return the names of the dated backups, the oldest first; see `careerkit.store.history.backups` for how they are kept."""
        return self.store.workspace.backups.names()

    def restore(self, backup: str, table: str | None = None, dry_run: bool = False) -> list[str]:
        """Bring all tables, or one, back to a backup as one save, and return what changed; a dry run only says what would."""
        act = restoration.differing if dry_run else restoration.restore
        return self._refreshed([str(one) for one in act(self.store, backup, table and _table(table))])

    def upgrade(self, dry_run: bool = False, back: bool = False) -> list[str]:
        """Renew the notebooks that come with careerkit, or put the earlier ones back, and say so; a dry run only says what would be."""
        from careerkit.store import upgrade

        return upgrade.back(self.folder) if back else upgrade.upgrade(self.folder, self.store.now(), dry_run)

    # -- measures, charts, forms

    def measure(
        self, name: str, on: dt.date | str | None = None, since: dt.date | str | None = None, role: str | None = None
    ) -> pd.DataFrame:
        """Return a measure of section "measures" as a frame, as of a day (default: today)."""
        return topics.measure(name, self.cached_tables(), on=self._day(on), settings=self.settings, since=_parsed(since), role=role)

    def figure(self, name: str, on: dt.date | str | None = None, **compared: Any) -> Any:
        """Return a chart as a Plotly figure, or as an Html fragment where a table says more.

        What it compares with can be named where the chart takes it: ``since`` a day, ``first`` and ``second`` roles.
        """
        return topics.chart(name)(self.cached_tables(), self._day(on), self.settings, **compared)

    # -- in and out

    def import_file(self, format: str, file: str | Path | bytes, *, dry_run: bool = False, **options: Any) -> Any:
        """Take in an outside file and return the plan of what is new, changed, skipped; a dry run only plans."""
        from careerkit import exchange

        plan = exchange.plan(format, file, self.read("contacts"), **options)
        if not dry_run and plan.changes():
            self.save(plan.changes(), plan.title, "import")
        return plan

    def export(self, format: str, **options: Any) -> tuple[str, str]:
        """Return an export such as "brag" as text, and a sentence on what was left out of it."""
        from careerkit import exchange

        return exchange.export(format, self.cached_tables(), self.today, self.settings, **options)

    def export_file(self, format: str, file: str | Path, **options: Any) -> str:
        """Write an export into a new file, and say what was left out of it."""
        from careerkit import exchange

        text, said = self.export(format, **options)
        exchange.write_file(text, Path(file))
        return said

    def report(
        self, period: str | None = None, audience: str = "self", *, progress: bool | Callable[[int, int], None] = True, **options: Any
    ) -> dict[str, Path]:
        """Make the review of a period (default: the last complete one) and return format to file.

        Parameters
        ----------
        progress : bool or callable
            Whether to show a bar; or what is handed the number of steps done and of all steps, after each.
        **options
            ``formats`` such as ("html", "pdf"), ``chosen`` sections beside those that the audience begins with, and
            ``template``, a notebook of one's own.
        """
        from careerkit.review.report import report

        return report.make(self._report_request(audience, **options), period, progress)

    def report_due(
        self, audience: str = "self", *, progress: bool | Callable[[int, int], None] = True, **options: Any
    ) -> tuple[dict[str, Path], str]:
        """Make the review that has come due, if it is missing, and return its files and what there is to say."""
        from careerkit.review.report import report

        return report.make_due(self._report_request(audience, **options), progress)

    def _report_request(self, audience: str, *, template: str | Path | None = None, **options: Any) -> Any:
        from careerkit.review.report.report import ReportRequest

        own = Path(template).expanduser().resolve() if template else None
        seen: dict[str, Any] = {
            "tables": self.cached_tables(),
            "today": self.today,
            "now": self.store.now(),
            "unread": self.store.problems(),
        }
        return ReportRequest(self.folder, self.settings, audience=audience, template=own, **seen, **options)

    def review(self, period: str, audience: Any = "self", chosen: Any = ()) -> Any:
        """Return the review's sections, for the report's notebook; ``chosen`` names those to add for this audience."""
        from careerkit.review.report.archive import Archive
        from careerkit.review.review import Review

        archive = Archive(self.folder, self.settings.fiscal_first_month)
        return Review(self.cached_tables(), self.settings, period, audience, self.today, chosen, archive)

    def draft_appraisal(self, period: str | None = None, form: str | None = None) -> tuple[Any, Any]:
        """Return the passages of an appraisal and what they were made from, saving nothing.

        Parameters
        ----------
        period : str, optional
            Such as "2026"; else that of the latest draft, else the year.
        form : str, optional
            The headings of a form, one a line; else those of the draft in the workbook, else four usual ones.
        """
        from careerkit.review.appraisal import placement

        return placement.prepared(self.tables(), self.today, self.settings, period, form)

    # -- coach and client

    def share(self, file: Path | None, whom: str = "coach", choice: Any = None, passphrase: bool = False) -> Any:
        """Write what was chosen into a sealed file for the coach, or everything for one's "self"; without a file, only show it."""
        from careerkit.sharing import send

        return send.share(self.store, self.settings, file, whom, choice, passphrase)

    def release(self, file: Path, period: str | None = None) -> list[str]:
        """Write the review of a period for the sponsor, progress and attendance alone, as a page into a new file; say what that means."""
        from careerkit.sharing import send

        made = self.report(period, "sponsor", formats=("html",))["html"]
        send.write(made.read_bytes(), file)
        return [f"Wrote {file}: progress and attendance, without a word of your records. Whoever has it can read it.", send.NO_CALL_BACK]

    def receive(self, file: Path | bytes, passphrase: str = "", dry_run: bool = False) -> Any:
        """Take in a file that the coach sent, or another machine of one's own, and return what it brought."""
        from careerkit.sharing import receive

        bundle = receive.open_sealed(file, passphrase) if isinstance(file, bytes) else receive.open_file(file, passphrase)
        return self._refreshed(receive.take_in(self.store, self.settings.id, bundle, dry_run))

    def comment(self, table: str, id: str, text: str, reply_to: str = "") -> str:
        """Write a comment on a record as it stands now, and return its id."""
        from careerkit.sharing import comments

        day = self.today.isoformat()
        return self._refreshed(comments.comment(self.store, _table(table), id, text, self.settings.owner, day, reply_to=reply_to))

    def forget(self, who: str, dry_run: bool = False) -> Any:
        """Take a person out of everything that lies in this workbook, past any undo, and return what was done."""
        from careerkit.sharing import forget

        found = forget.forget(self.store, who, self.settings.owner, dry_run)
        if not dry_run:
            self.drafts.clear()
            self.refresh()
        return found

    # -- within

    def _day(self, day: dt.date | str | None) -> dt.date:
        return _parsed(day) or self.today


def _table(name: str) -> str:
    return topics.record(name).table


def _parsed(day: dt.date | str | None) -> dt.date | None:
    return parse_day(day) if isinstance(day, str) else day
