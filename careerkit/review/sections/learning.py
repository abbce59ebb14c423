"""What was learned in the period: hours, what was finished, takeaways and credentials."""

from __future__ import annotations

import pandas as pd

from careerkit import look
from careerkit.records import is_blank
from careerkit.review.context import Scene
from careerkit.review.sections.layout import NOTHING, lines, more, part, quiet, section, sentence, sentences, two
from careerkit.topics.learning import measures as measures

MOST = 6


def learning(scene: Scene) -> look.Html:
    """Return the hours against the target, what was finished and taken away, and the credentials."""
    if not scene.shows("learning"):
        return NOTHING
    left, right = look.joined([_finished(scene), _under_way(scene), _credentials(scene)]), _takeaways(scene)
    if not str(left) and not str(right) and not scene.counted("hours studied").value:
        return quiet("Learning", "No study was noted in this period." + (" Ten minutes with a book count." if scene.own else ""))
    return section("Learning", two(left, right), _said(scene))


def _said(scene: Scene) -> look.Html:
    hours, done = scene.counted("hours studied"), scene.counted("learning items finished")
    target = scene.counts.loc["hours studied", "of"]
    against = "" if is_blank(target) else f", against a target of {look.number(round(float(target), 1))}"
    first = sentence(scene.fig(hours, f"{hours.shown} {'hour' if hours.shown == '1' else 'hours'}"), f" of study{against}.")
    return sentences(first, sentence(scene.fig(done), " finished.") if done.value else "")


def _items(scene: Scene) -> pd.DataFrame:
    return measures.items(scene.tables, scene.on)


def _finished(scene: Scene) -> look.Html:
    rows = _items(scene)
    done = rows[(rows["status"] == "done") & scene.inside(rows["finished_on"])]
    if done.empty:
        return NOTHING
    return part("Finished", lines(_item(row, f"{row['kind']} · {look.day(row['finished_on'])}") for _, row in done.iterrows()))


def _item(row: pd.Series, said: str) -> look.Html:
    spent = f" · {look.study_time(row['hours'])}" if row["hours"] else ""
    return sentence(look.strong(row["title"]), look.Html("<br>"), look.muted(f"{said}{spent}".removeprefix(" · ")))


def _under_way(scene: Scene) -> look.Html:
    rows = _items(scene)
    doing = rows[(rows["status"] == "doing") & scene.inside(rows["last_on"])]
    if doing.empty:
        return NOTHING
    made = lines(_item(row, row["kind"]) for _, row in doing.head(MOST).iterrows())
    return part("Under way", look.joined([made, more(len(doing) - MOST, "item")]))


def _takeaways(scene: Scene) -> look.Html:
    rows = measures.takeaways(scene.tables, scene.on)
    rows = rows[scene.inside(rows["studied_on"])]
    if rows.empty:
        return NOTHING
    items = [
        sentence(
            row["takeaway"], look.Html("<br>"), look.muted(" · ".join(word for word in (row["title"], look.day(row["studied_on"])) if word))
        )
        for _, row in rows.head(MOST).iterrows()
    ]
    return part("Taken from it", look.joined([lines(items), more(len(rows) - MOST, "takeaway")]))


def _credentials(scene: Scene) -> look.Html:
    rows = measures.credentials(scene.tables, scene.on)
    told = [_credential(row, scene) for _, row in rows.iterrows()]
    told = [said for said in told if str(said)]
    return part("Credentials", lines(told)) if told else NOTHING


def _credential(row: pd.Series, scene: Scene) -> look.Html:
    earned = row["earned_on"]
    if not is_blank(earned) and scene.before < earned.date() <= scene.on:
        said = f"earned {look.day(earned)}"
    elif row["status"] == "expired" and scene.before < row["expires_on"].date():
        said = f"expired {look.day(row['expires_on'])}"
    elif row["status"] == "to renew":
        said = f"good until {look.day(row['expires_on'])}, to be renewed from {look.day(row['renew_from'])}"
    else:
        return NOTHING
    return sentence(look.strong(row["name"]), look.Html("<br>"), look.muted(said))
