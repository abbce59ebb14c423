"""The page that lists all reviews, with links to each of their formats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any
from urllib.parse import quote

from careerkit import look
from careerkit.review.outline import READERS
from careerkit.review.report.archive import ArchivedReview
from careerkit.review.report.html_page import from_template
from careerkit.store.layout import REVIEW

LABELS = {"html": "page", "pdf": "PDF", "ipynb": "notebook", "md": "Markdown"}
# What is made in one go is written within this time.
ONE_GO = dt.timedelta(minutes=10)


def render(reviews: Iterable[ArchivedReview], owner: str) -> str:
    """Return the page.

    Parameters
    ----------
    reviews : iterable of ArchivedReview
        The latest period first.
    owner : str
        Whose they are.
    """
    listed = list(reviews)
    years = [(year, [_entry(review) for review in group]) for year, group in groupby(listed, lambda review: review.period.end.year)]
    summary = f"{look.count(len(listed), 'review')}, the latest first." if listed else "No review was made yet."
    return from_template("index.html", "Reviews", whose=owner or "My career", summary=summary, years=years)


def _entry(review: ArchivedReview) -> dict[str, Any]:
    period, reader = review.period, READERS.get(review.audience)
    return {
        "label": period.label,
        "days": period.days() if period.days() != period.label else "",
        "reader": reader.label if reader else review.audience,
        "made": f"{look.long_day(review.at.date())}, {review.at:%H:%M}",
        "formats": [_format(review, name) for name in LABELS if name in review.formats],
    }


def _format(review: ArchivedReview, name: str) -> dict[str, str]:
    # A format that was not made again with the others is older than they are, and says so.
    at = review.formats[name]
    note = f" (of {look.day(at.date())})" if review.at - at > ONE_GO else ""
    return {"label": LABELS[name], "address": quote(f"{review.period.name}/{review.audience}/{REVIEW}.{name}"), "note": note}
