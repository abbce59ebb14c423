"""All clients of a practice at once: everybody's review of a period, and one page over all of them without names.

On that page a figure is shown only where it comes from at least five clients, and never a total from which a smaller group
could be worked out.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import pandas as pd

from careerkit import look
from careerkit.coach.client_copy import ClientCopy
from careerkit.coach.roster import ASSIGNMENTS, GOALS, REVIEWS, SINGULAR, indices, needed, signed
from careerkit.errors import CareerkitError
from careerkit.store import layout
from careerkit.store.files.atomic import write_atomically
from careerkit.topics.habits.scores import HABITS
from careerkit.topics.periods import Period, last_complete
from careerkit.topics.review.lookup import review_of

if TYPE_CHECKING:
    from careerkit.coach.practice_folder import PracticeFolder

FEWEST = 5
FEW = f"fewer than {FEWEST} clients"
PAGE = "cohort.html"


@dataclass
class Cohort:
    """What was made.

    Parameters
    ----------
    period : Period
        Of which period.
    made : dict
        Client to format to file.
    failed : dict
        Client to why there is no review.
    page : Path, optional
        The page without names.
    """

    period: Period
    made: dict[str, dict[str, Path]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    page: Path | None = None

    def summary(self) -> list[str]:
        """Return what was made, in sentences."""
        lines = [f"{client}: {', '.join(map(str, files.values()))}" for client, files in self.made.items()]
        lines += [f"{client}: no review. {why}" for client, why in self.failed.items()]
        told = f"{self.period.label}: {look.count(len(self.made), 'review')} made, {len(self.failed)} failed."
        return [*lines, told, *([f"All of them, without names: {self.page}"] if self.page else [])]

    def plain(self) -> dict[str, Any]:
        """Return what was made, for other programs."""
        made = {client: {name: str(file) for name, file in files.items()} for client, files in self.made.items()}
        return {"period": self.period.name, "made": made, "failed": self.failed, "page": str(self.page) if self.page else None}


def report(practice: PracticeFolder, period: str | None = None, formats: Sequence[str] = ("html",), progress: bool = True) -> Cohort:
    """Make every client's review of a period and the page over all of them; one that fails stops no other.

    Raises
    ------
    CareerkitError
        When the period is none, there are no clients, or the page cannot be written.
    """
    from tqdm.auto import tqdm

    from careerkit.coach.client_review import template

    meant = Period.parse(period) if period else last_complete(practice.today)
    clients = practice.clients()
    if not clients:
        raise CareerkitError("Nobody has shared anything yet, so there is nothing to report. Receive what clients sent, then try again.")
    made, notebook = Cohort(meant), template(practice.folder)
    bar = "{desc}: {bar:24} {n_fmt} of {total_fmt} clients"
    # Where no terminal is at hand, such as under cron, no bar is drawn.
    for client in tqdm(clients, desc=f"Reviews {meant.name}", bar_format=bar, leave=False, disable=None if progress else True):
        called = f"{client.name} ({client.id})"
        try:
            made.made[called] = client.report(meant.name, progress=False, formats=tuple(formats), template=notebook)
        except CareerkitError as error:
            made.failed[called] = str(error)
        except Exception as error:
            practice.log(error)
            made.failed[called] = f"What happened is in {layout.ERROR_LOG} of the practice."
    made.page = _written(practice, meant, clients)
    return made


def _written(practice: PracticeFolder, period: Period, clients: Sequence[ClientCopy]) -> Path:
    from markupsafe import Markup

    from careerkit.review.report.html_page import from_template

    said = f"{period.days()}. Figures from fewer than {FEWEST} clients are not shown, and no name is."
    content = Markup(str(cohort_page(clients, period, practice.today)))
    file = layout.reports(practice.folder) / period.name / PAGE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(
            file,
            from_template(
                "list.html", f"{period.label}: all clients", whose=practice.coach or "My practice", summary=said, content=content
            ).encode(),
        )
    except OSError as error:
        raise CareerkitError(f"{file} could not be written: {error.strerror or error}. Make room or access, then try again.") from error
    return file


def cohort_page(clients: Sequence[ClientCopy], period: Period, today: dt.date) -> look.Html:
    """Return what can be said of all clients together."""
    if len(clients) < FEWEST:
        return look.paragraph(f"This practice has {FEW}. Anything said here would be about somebody in particular.")
    end = min(period.end, today)
    parts = [*_habits(clients, period.start, end), *_goals(clients, end), *_worked(clients, period, end)]
    return look.joined(parts)


def _habits(clients: Sequence[ClientCopy], start: dt.date, end: dt.date) -> list[look.Html]:
    rows = []
    for habit in HABITS:
        those = [copy for copy in clients if copy.shared.has(needed(habit))]
        pairs = [indices(habit, copy, (_by(copy, day) for day in (start, end))) for copy in those]
        now = [after for _, after in pairs if after is not None]
        moved = [after - before for before, after in pairs if after is not None and before is not None]
        shown = (f"{median(now):.0f}", str(len(now))) if len(now) >= FEWEST else (FEW, "")
        change = signed(median(moved)) if len(moved) >= FEWEST else FEW
        rows.append((SINGULAR[habit], *shown, change))
    return [
        look.heading("Habits"),
        look.table(("Habit", "Median index", "Clients", "Median change in the period"), rows, "Habits of all clients"),
    ]


def _goals(clients: Sequence[ClientCopy], end: dt.date) -> list[look.Html]:
    goals, people = Counter[str](), Counter[str]()
    for copy in clients:
        if copy.shared.has(GOALS):
            pace = copy.measure("goals.pace", on=_by(copy, end))
            statuses = Counter(pace[pace["goal_status"] == "active"]["status"])
            goals.update(statuses)
            people.update(statuses.keys())
    rows = [
        (look.chip(status), f"{goals[status]} goals of {people[status]} clients") for status in sorted(people) if people[status] >= FEWEST
    ]
    # Which statuses are rare is not shown either.
    left = [look.paragraph(f"A status that {FEW} have is left out.", "note")]
    return [look.heading("Active goals"), *([look.table(("Status", "Goals"), rows, "Active goals of all clients")] if rows else []), *left]


def _worked(clients: Sequence[ClientCopy], period: Period, end: dt.date) -> list[look.Html]:
    told: list[tuple[str, str]] = [
        ("Sessions that took place", _proportion(clients, lambda copy: _sessions(copy, period, end))),
        ("Assignments due that were handed in", _proportion(clients, lambda copy: _handed_in(copy, period, end))),
        ("Reviews of the period that were written", _proportion(clients, lambda copy: _reviewed(copy, period))),
    ]
    return [look.heading("Working together"), look.table(("", ""), told, "What all clients did together")]


Pair = tuple[int, int]


def _proportion(clients: Sequence[ClientCopy], count: Callable[[ClientCopy], Pair | None]) -> str:
    """Return 'done of all' over the clients that have any; ``count`` returns both for one client."""
    pairs = [pair for copy in clients if (pair := count(copy)) and pair[1]]
    if len(pairs) < FEWEST:
        return FEW
    done, total = (sum(each) for each in zip(*pairs, strict=True))
    return f"{rounded(done, total)}, {len(pairs)} clients"


def rounded(done: int, total: int) -> str:
    """Return "done of all", and words where few did or few did not: "all" and "none" would tell of each of them."""
    few, fewer_not = done < FEWEST, total - done < FEWEST
    if few and fewer_not:
        return f"some of {total}"
    return f"few or none of {total}" if few else f"most or all of {total}" if fewer_not else f"{done} of {total}"


def _sessions(copy: ClientCopy, period: Period, end: dt.date) -> Pair:
    frame = _within(copy.tables()["sessions"], "held_on", period, end)
    held = frame.groupby("held_on")["attended"].any()
    return int(held.sum()), len(held)


def _handed_in(copy: ClientCopy, period: Period, end: dt.date) -> Pair | None:
    if not copy.shared.has(ASSIGNMENTS):
        return None
    frame = _within(copy.tables()["assignments"], "due_on", period, end)
    handed = (frame["submitted_on"] <= pd.Timestamp(end)) | (frame["done_on"] <= pd.Timestamp(end))
    return int(handed.sum()), len(frame)


def _reviewed(copy: ClientCopy, period: Period) -> Pair | None:
    if not copy.shared.has(REVIEWS):
        return None
    return int(review_of(copy.tables(), period, copy.settings.fiscal_first_month, copy.today) is not None), 1


def _within(frame: pd.DataFrame, name: str, period: Period, end: dt.date) -> pd.DataFrame:
    return frame[(frame[name] >= pd.Timestamp(period.start)) & (frame[name] <= pd.Timestamp(end))]


def _by(copy: ClientCopy, day: dt.date) -> dt.date:
    """Return a day, or the one on which the client shared last, where that is earlier: later than that nothing is known."""
    return min(day, copy.shared.on or day)
