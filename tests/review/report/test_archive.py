"""The shelf of reviews: all files of a review are put there or none, first figures are kept, and each is made once."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import frames
import pytest
from form_driver import tags, words

from careerkit import CareerkitError
from careerkit.records.settings import Settings
from careerkit.review.report import archive, index
from careerkit.review.report.archive import Archive, DueReview
from careerkit.topics.periods import Period

Q3, Q2 = Period.parse("2026Q3"), Period.parse("2026Q2")
TODAY = dt.date(2026, 10, 12)
NAMES = ("review.html", "review.pdf", "review.md")


def files(folder: Path) -> dict[str, str]:
    """Return what is in the archive; no folder to make a review in is ever left there."""
    assert list(folder.glob(".*")) == []
    return {path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


def put(place: Archive, text: str, names: tuple[str, ...] = NAMES, period: Period = Q3, audience: str = "self") -> None:
    with place.workspace() as workspace:
        for name in names:
            (workspace / name).write_text(text)
        place.store(workspace, {name: place.folder_of(period, audience) / name for name in names})


@pytest.fixture
def reports(tmp_path) -> Archive:
    return Archive(tmp_path / "career")


# -- all or none


def test_a_review_is_filed_by_period_and_reader_and_nothing_else_is_left(reports):
    put(reports, "first")
    assert files(reports.folder) == {f"2026Q3/self/{name}": "first" for name in sorted(NAMES)}


def test_a_form_that_is_not_made_again_stays_as_it_was(reports):
    put(reports, "first")
    put(reports, "second", ("review.html",))
    assert files(reports.folder)["2026Q3/self/review.pdf"] == "first"
    assert files(reports.folder)["2026Q3/self/review.html"] == "second"


def test_when_one_file_cannot_be_put_none_is_and_the_earlier_ones_stand(reports):
    put(reports, "first")
    (reports.folder_of(Q3, "self") / "review.pdf").unlink()
    # A folder in its place stands for a file that another program holds.
    (reports.folder_of(Q3, "self") / "review.pdf" / "held").mkdir(parents=True)
    before = files(reports.folder)
    with pytest.raises(OSError):
        put(reports, "second")
    assert files(reports.folder) == before


def test_of_a_review_that_is_new_nothing_stays_when_one_file_cannot_be_put(reports):
    (reports.folder_of(Q3, "self") / "review.pdf" / "held").mkdir(parents=True)
    with pytest.raises(OSError):
        put(reports, "first")
    assert files(reports.folder) == {}


KILLED = """
import os, pathlib, sys
from careerkit.review.report.archive import Archive
from careerkit.topics.periods import Period

place, after = Archive(pathlib.Path(sys.argv[1])), int(sys.argv[2])
moved, replace = [], os.replace
def counted(*names):
    if len(moved) == after:
        os.kill(os.getpid(), 9)
    moved.append(names)
    replace(*names)
os.replace = counted
with place.workspace() as workspace:
    for name in sys.argv[3:]:
        (workspace / name).write_text("second")
    place.store(workspace, {name: place.folder_of(Period.parse("2026Q3"), "self") / name for name in sys.argv[3:]})
"""


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
@pytest.mark.parametrize("moved", [0, 1, 2])
def test_a_process_that_is_killed_while_it_puts_them_leaves_what_the_next_one_completes(reports, moved):
    put(reports, "first")
    ended = subprocess.run([sys.executable, "-c", KILLED, str(reports.folder.parent), str(moved), *NAMES])
    assert ended.returncode == -signal.SIGKILL
    with reports.workspace():
        pass
    assert files(reports.folder) == {f"2026Q3/self/{name}": "second" for name in sorted(NAMES)}


def test_what_a_killed_process_had_half_made_is_cleared_away(reports):
    put(reports, "first")
    (reports.folder / ".making-killed" / "profile").mkdir(parents=True)
    (reports.folder / ".making-killed" / "review.html").write_text("half")
    with reports.workspace():
        pass
    assert files(reports.folder) == {f"2026Q3/self/{name}": "first" for name in sorted(NAMES)}


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit, OSError])
def test_a_making_that_is_stopped_leaves_the_earlier_review_and_no_folder(reports, end):
    put(reports, "first")
    before = files(reports.folder)
    with pytest.raises(end), reports.workspace() as workspace:
        (workspace / "review.html").write_text("half")
        raise end
    assert files(reports.folder) == before


# -- figures


def test_the_figures_say_when_they_were_made_and_as_of_which_day():
    now = dt.datetime(2026, 10, 12, 8, 30)
    figures = [{"key": "wins", "value": 3}]
    made = {"made_at": "2026-10-12T08:30:00Z", "as_of": "2026-09-30"}
    content = json.loads(archive.figures_file(figures, Q3, "self", TODAY, now))
    assert content == {**made, "period": "2026Q3", "audience": "self", "figures": figures}


def test_a_review_that_was_never_made_has_no_first_figures(reports):
    assert archive.first_figures(reports.folder_of(Q3, "self")) == ""


@pytest.mark.parametrize("damage", ["", "{", "[1]", '{"figures": []}', "7"])
def test_first_figures_that_cannot_be_read_are_a_sentence_and_not_overwritten(reports, damage):
    put(reports, damage, ("figures_first.json",))
    with pytest.raises(CareerkitError, match=r"figures_first\.json cannot be read, .* Restore it from a backup; or delete it"):
        archive.first_figures(reports.folder_of(Q3, "self"))


# -- what has come due

RECORDS = {"achievements": [{"title": "Calmed the close", "achieved_on": "2025-11-03", "created_at": "2025-11-04T08:00:00Z"}]}


def due(reports: Archive, today: dt.date = TODAY, audience: str = "self", **records: list[dict[str, str]]) -> DueReview:
    return archive.due(reports, audience, frames.tables(**(records or RECORDS)), Settings(owner="", id="w1"), today)


def test_the_last_complete_period_is_due_and_earlier_ones_are_told_not_made(reports):
    put(reports, "made", period=Q2)
    found = due(reports)
    assert found.period == Q3
    assert [period.name for period in found.missed] == ["2026Q1", "2025Q4"]
    assert found.message == "Never made: 2026Q1 and 2025Q4. To make one: careerkit report --period 2026Q1"


def test_nothing_is_due_while_its_review_stands_in_whatever_form(reports):
    put(reports, "made", ("review.md",))
    assert due(reports) == DueReview(None, [], "No review is due: the one for third quarter 2026 is made.")


def test_a_review_for_another_reader_is_another_review(reports):
    put(reports, "made", audience="manager")
    assert due(reports).period == Q3
    assert due(reports, audience="manager").period is None


def test_an_empty_workbook_has_no_review_due(reports):
    assert due(reports, achievements=[]) == DueReview(None, [], "No review is due: nothing is written down yet.")


def test_records_that_begin_after_the_period_make_none_due(reports):
    found = due(reports, achievements=[{"title": "Began", "achieved_on": "2026-10-05", "created_at": "2026-10-05T08:00:00Z"}])
    message = "No review is due: your records begin on 5 October 2026, after third quarter 2026 was over."
    assert (found.period, found.message) == (None, message)


def test_a_period_comes_due_on_the_day_after_its_end(reports):
    assert due(reports, dt.date(2026, 9, 30)).period == Q2
    assert due(reports, dt.date(2026, 10, 1)).period == Q3


# -- the list


def test_the_list_has_the_latest_period_first_and_links_that_lead_to_files(reports):
    for period, audience in ((Q2, "self"), (Q3, "manager"), (Q3, "self"), (Period.parse("2025"), "self")):
        put(reports, "made", period=period, audience=audience)
    page = index.render(reports.reviews(), "Maren <b>")
    assert [made.period.name for made in reports.reviews()] == ["2026Q3", "2026Q3", "2026Q2", "2025"]
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert len(links) == 12 and all((reports.folder / link).is_file() for link in links)
    assert "Maren &lt;b&gt;" in page and "4 reviews, the latest first." in words(page)
    assert "script" not in tags(page)


def test_a_folder_of_ones_own_is_no_review(reports):
    put(reports, "made")
    (reports.folder / "brag").mkdir()
    (reports.folder / "brag" / "self").mkdir()
    (reports.folder / "brag" / "self" / "review.md").write_text("mine")
    assert [made.period.name for made in reports.reviews()] == ["2026Q3"]


def test_a_form_that_is_older_than_the_others_says_so(reports):
    put(reports, "made")
    old = dt.datetime(2026, 1, 5, 12).timestamp()
    os.utime(reports.folder_of(Q3, "self") / "review.pdf", (old, old))
    assert "PDF of Third quarter 2026 for yourself (of 5 Jan 2026)" in words(index.render(reports.reviews(), ""))
