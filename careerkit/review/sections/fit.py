"""How the role fits, now, when the period began, and a year before."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.review.context import Context
from careerkit.review.figures import Figure
from careerkit.review.section import Section
from careerkit.review.sections.layout import quiet, section, wide
from careerkit.review.sections.phrases import sentence, sentences
from careerkit.topics.assessment import measures as assessment

# A measure's finding, as one would say it to a friend.
FINDINGS = {"no longer fits": "it no longer fits as it did", "slipping": "it fits a little less than it did", "fits": "it fits"}


def fit(context: Context) -> look.Html:
    """Return how each part of the role fits: now, at the start of the period, and a year before."""
    now = assessment.fit(context.tables, context.on)
    if now.empty:
        return quiet("Role fit", "You haven't scored yet how your role fits.")
    before = {_key(row): row["score"] for _, row in assessment.fit(context.tables, context.before).iterrows()}
    rows = [_row(row, before.get(_key(row))) for _, row in now.iterrows()]
    heads = ("What you rated", "Now", f"When the {context.noun} began", "A year before")
    overall = (_overall(context, row) for _, row in assessment.fit_overall(context.tables, context.on).iterrows())
    return section("Role fit", wide(heads, rows, "Role fit"), sentences(*overall))


def _key(row: pd.Series) -> tuple[str, str]:
    return str(row["position_id"]), str(row["dimension"]).strip().casefold()


def _row(row: pd.Series, before: object) -> tuple[object, ...]:
    scores = (row["score"], before, row["year_before"])
    return (look.strong(row["dimension"]), *(look.muted("–") if is_blank(score) else look.dots(score) for score in scores))


def _overall(context: Context, row: pd.Series) -> look.Html:
    name = row["position"] or "Your role"
    if is_blank(row["mean"]) or row["finding"] == "too early to say":
        return sentence(f"{name}: too early to say.")
    finding = FINDINGS.get(row["finding"], "it fits in part")
    return sentence(f"{name}: ", context.show(_figure(context, row)), f" of 5 overall; {finding}.")


def _figure(context: Context, row: pd.Series) -> Figure:
    key, label = f"fit {row['position_id']}", f"fit of {row['position'] or 'the role'}"
    shown = "too early to say" if is_blank(row["mean"]) else look.number(round(float(row["mean"]), 1))
    formula = "mean of the latest scores from 1 to 5"
    return context.figure(key, label, shown, row["mean"], "assessment.fit_overall", formula, [row["records"]])


def _measured(context: Context) -> Iterator[Figure]:
    yield from (_figure(context, row) for _, row in assessment.fit_overall(context.tables, context.on).iterrows())


SECTION = Section("fit", "How your role fits", cells={"fit": fit}, measured=_measured, withheld_as="how your role fits")
