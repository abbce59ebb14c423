"""The page that lists all reviews, with links to each of their forms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any
from urllib.parse import quote

from careerkit import look
from careerkit.review.report.archive import Made
from careerkit.review.report.html_page import filled
from careerkit.sharing.audience import AUDIENCES
from careerkit.store.layout import REVIEW

CALLED = {"html": "page", "pdf": "PDF", "ipynb": "notebook", "md": "Markdown"}
# What is made in one go is written within this time.
ONE_GO = dt.timedelta(minutes=10)


def page(reviews: Iterable[Made], owner: str) -> str:
    """Return the page.

    Parameters
    ----------
    reviews : iterable of Made
        The latest period first.
    owner : str
        Whose they are.
    """
    listed = list(reviews)
    years = [(year, [_entry(made) for made in group]) for year, group in groupby(listed, lambda made: made.period.end.year)]
    said = f"{look.count(len(listed), 'review')}, the latest first." if listed else "No review was made yet."
    return filled("index.html", "Reviews", whose=owner or "My career", said=said, years=years)


def _entry(made: Made) -> dict[str, Any]:
    return {
        "label": made.period.label,
        "days": made.period.days() if made.period.days() != made.period.label else "",
        "whom": AUDIENCES[made.audience].called if made.audience in AUDIENCES else made.audience,
        "made": f"{look.long_day(made.at.date())}, {made.at:%H:%M}",
        "forms": [_form(made, name) for name in CALLED if name in made.formats],
    }


def _form(made: Made, name: str) -> dict[str, str]:
    # A form that was not made again with the others is older than they are, and says so.
    at = made.formats[name]
    note = f" (of {look.day(at.date())})" if made.at - at > ONE_GO else ""
    return {"called": CALLED[name], "address": quote(f"{made.period.name}/{made.audience}/{REVIEW}.{name}"), "note": note}
