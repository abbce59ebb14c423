"""What was learned in the period: hours, what was finished, takeaways and credentials."""

from __future__ import annotations

from typing import Any

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.review.chart import Chart, chart
from careerkit.review.context import Context
from careerkit.review.reader import Access
from careerkit.review.section import Section
from careerkit.review.sections.layout import entry, lines, listing, part, quiet, section, two
from careerkit.review.sections.phrases import NOTHING, compared, marked, sentence, sentences
from careerkit.topics.learning import measures

MOST = 6


def learning(context: Context) -> look.Html:
    """Return the hours against the target, what was finished and taken away, and the credentials."""
    left, right = look.joined([_finished(context), _under_way(context), _credentials(context)]), _takeaways(context)
    if not str(left) and not str(right) and not context.counted("hours studied").value:
        return quiet("Learning", "No study was noted in this period." + (" Ten minutes with a book count." if context.own else ""))
    return section("Learning", two(left, right), _summary(context))


def study(context: Context) -> Chart | look.Html:
    """Return the hours of study, week by week."""
    studied = (context.tables["learning_log"]["studied_on"] <= pd.Timestamp(context.on)).any()
    return chart(context, "learning.weeks", "How many hours a week went into study?") if studied else NOTHING


def _summary(context: Context) -> look.Html:
    done = context.counted("learning items finished")
    first = sentence(_hours(context), f" of study{_against(context)}.")
    return sentences(first, sentence(context.show(done), " finished.") if done.value else "")


def _hours(context: Context) -> look.Html:
    hours = context.counted("hours studied")
    return context.show(hours, f"{hours.shown} {'hour' if hours.shown == '1' else 'hours'}")


def _against(context: Context) -> str:
    target = context.counts.loc["hours studied", "of"]
    return "" if is_blank(target) else f", against a target of {look.number(round(float(target), 1))}"


def _finished(context: Context) -> look.Html:
    rows = measures.items(context.tables, context.on)
    done = rows[(rows["status"] == "done") & context.inside(rows["finished_on"])]
    return part("Finished", lines(_item(row, look.day(row["finished_on"])) for _, row in done.iterrows()))


def _under_way(context: Context) -> look.Html:
    rows = measures.items(context.tables, context.on)
    doing = rows[(rows["status"] == "doing") & context.inside(rows["last_on"])]
    return part("Under way", listing([_item(row) for _, row in doing.iterrows()], MOST, "item"))


def _item(row: pd.Series, finished: str = "") -> look.Html:
    return entry(look.strong(row["title"]), row["kind"], finished, look.study_time(row["hours"]) if row["hours"] else "")


def _takeaways(context: Context) -> look.Html:
    rows = measures.takeaways(context.tables, context.on)
    rows = rows[context.inside(rows["studied_on"])]
    items = [entry(row["takeaway"], row["title"], look.day(row["studied_on"])) for _, row in rows.iterrows()]
    return part("Taken from it", listing(items, MOST, "takeaway"))


def _credentials(context: Context) -> look.Html:
    rows = measures.credentials(context.tables, context.on)
    news = [(row["name"], text) for _, row in rows.iterrows() if (text := _news(row, context))]
    return part("Credentials", lines(entry(look.strong(name), text) for name, text in news))


def _news(row: pd.Series, context: Context) -> str:
    earned = row["earned_on"]
    if not is_blank(earned) and context.before < earned.date() <= context.on:
        return f"earned {look.day(earned)}"
    if row["status"] == "expired" and context.before < row["expires_on"].date():
        return f"expired {look.day(row['expires_on'])}"
    if row["status"] == "to renew":
        return f"good until {look.day(row['expires_on'])}, to be renewed from {look.day(row['renew_from'])}"
    return ""


def _state(context: Context) -> look.Html:
    if not context.counted("hours studied").value:
        return NOTHING
    hours = marked(_hours(context))
    subject: tuple[Any, ...] = ("You studied for ", hours) if context.own else (hours, " of study")
    return sentence(*subject, _against(context), *compared(context, "hours studied"), ".")


COLUMNS = {
    "learning_items": ("title", "kind", "skill_id", "status", "started_on", "finished_on", "expected_hours"),
    "learning_log": ("studied_on", "item_id", "minutes", "takeaway"),
    "credentials": ("name", "kind", "provider", "status", "started_on", "earned_on", "expires_on", "link", "skill_id", "renewal_days"),
    "skills": ("name", "category", "retired_on"),
}
SECTION = Section(
    "learning",
    "Learning",
    cells={"learning": learning, "study": study},
    counts=("hours studied", "takeaways noted", "learning items finished", "credentials earned"),
    glance=("hours studied", "learning items finished"),
    states=(_state,),
    access={"manager": Access(COLUMNS)},
)
