"""A review as a reader sees it: opened from disk, whole, on paper too, and asking nobody for anything."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Visit, executable, visiting

from careerkit.workbook import Workbook

PERIOD = "2026Q3"
IMAGE = "<img src=x onerror=alert(1)>"
END = "</script><script>alert(2)</script><!--"
FORMULA = r"$\href{javascript:alert(3)}{x}$"
LINK = "[x](javascript:alert(4))"
HOSTILE = (IMAGE, END, FORMULA, LINK, "Donaudampfschifffahrt" * 12, "مرحبا 🎉")
# Page heights on A4, less the margins, in CSS pixels; a chart higher than this would be cut.
A4_HEIGHT = (297 - 2 * 16) / 25.4 * 96
CHARTS = """[...document.querySelectorAll('.ck-figure')].map(figure => {
  const box = figure.getBoundingClientRect();
  const traces = [...figure.querySelectorAll('.main-svg .trace')].filter(trace => trace.getBoundingClientRect().height > 0);
  return {drawn: figure.querySelectorAll('.main-svg').length > 0, traces: traces.length, width: box.width, height: box.height};
})"""
FORBIDDEN = "document.addEventListener('securitypolicyviolation', event => console.error('forbidden: ' + event.blockedURI))"


def hostile(folder: Path) -> Workbook:
    """Make a workbook in which every text that a person can type is an attack, or hard to draw."""
    book = Workbook.create(folder, owner=IMAGE)
    for text in HOSTILE:
        contact = book.add("contacts", name=text, organisation=text, role=text, cadence_days=30, met_on="2026-01-05")
        talk = {"contact_ids": contact, "happened_on": "2026-08-02", "kind": "conversation", "direction": "gave"}
        book.add("interactions", summary=text, follow_up=text, **talk)
        numbers = {"baseline": 0, "target": 4, "started_on": "2026-01-05", "deadline": "2026-12-31"}
        goal = book.add("goals", title=text, why=text, metric=text, unit=text, **numbers)
        book.add("action_steps", goal_id=goal, title=text, due_on="2026-10-05")
        book.add("check_ins", goal_id=goal, checked_on="2026-09-02", value=1, note=text, blocker=text)
        book.add("achievements", title=text, achieved_on="2026-08-03", situation=text, action=text, result=text, impact="beyond")
    return book


@pytest.fixture(scope="module")
def browser() -> Iterator[Visit]:
    with visiting() as opened:
        opened.page.add_init_script(FORBIDDEN)
        yield opened


@pytest.fixture(scope="module", params=["example", "empty", "hostile"])
def review(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Provide the review of a workbook, as a file."""
    executable()
    folder = tmp_path_factory.mktemp(request.param) / "career"
    book = hostile(folder) if request.param == "hostile" else Workbook.create(folder, example=request.param == "example")
    return Workbook.open(book.folder, today="2026-10-12").report(PERIOD, progress=False)["html"]


@pytest.fixture(scope="module")
def opened(browser: Visit, review: Path) -> Visit:
    """Provide the page, with what it asked for and what went wrong while it was read."""
    for found in (browser.requests, browser.errors):
        found.clear()
    browser.page.on("dialog", lambda dialog: (browser.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    browser.page.goto(review.as_uri())
    browser.page.wait_for_timeout(1000)
    return browser


def kind(review: Path) -> str:
    return re.sub(r"\d+$", "", review.parents[3].parent.name)


def test_it_asks_for_nothing_but_itself_and_nothing_fails(opened: Visit, review: Path) -> None:
    assert [url for url in opened.requests if not url.startswith("data:")] == [review.as_uri()]
    assert opened.errors == []


def test_every_chart_is_drawn(opened: Visit, review: Path) -> None:
    charts = opened.page.evaluate(CHARTS)
    assert len(charts) == review.read_text(encoding="utf-8").count('<figure class="ck-figure"')
    assert all(chart["drawn"] and chart["traces"] for chart in charts), charts
    assert len(charts) == 0 if kind(review) == "empty" else len(charts) >= 2


def test_it_has_one_title_and_no_heading_skips_a_level(opened: Visit) -> None:
    levels = opened.page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(head => +head.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), levels


def test_what_a_person_typed_is_text(opened: Visit, review: Path) -> None:
    page = opened.page
    assert page.locator("img, a[href^='javascript' i], mjx-container, iframe").count() == 0
    assert page.locator("script").count() == (1 if kind(review) == "empty" else 3)
    if kind(review) == "hostile":
        told = page.inner_text("main")
        assert [text for text in HOSTILE if text not in told] == []


@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_reaches_beyond_the_window(opened: Visit, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 900})
    opened.page.wait_for_timeout(400)
    wide = opened.page.evaluate("document.documentElement.scrollWidth")
    opened.page.set_viewport_size({"width": 1280, "height": 900})
    assert wide <= width


def test_it_prints_on_paper_with_no_chart_cut(opened: Visit, review: Path, tmp_path: Path) -> None:
    paper = opened.page.pdf(format="A4", prefer_css_page_size=True, path=tmp_path / "review.pdf")
    pages = len(re.findall(rb"/Type\s*/Page\b", paper))
    assert pages >= (1 if kind(review) == "empty" else 2)
    opened.page.emulate_media(media="print")
    charts = opened.page.evaluate(CHARTS)
    kept = opened.page.evaluate("[...document.querySelectorAll('.ck-figure')].map(figure => getComputedStyle(figure).breakInside)")
    opened.page.emulate_media(media="screen")
    assert all(chart["height"] < A4_HEIGHT for chart in charts), charts
    assert set(kept) <= {"avoid"}
