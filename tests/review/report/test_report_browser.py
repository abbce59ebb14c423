"""A review as a reader sees it: opened from disk, whole, on paper too, and asking nobody for anything."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Visit, executable, visiting
from markdown_text import read

from careerkit.workbook import Workbook

PERIOD = "2026Q3"
IMAGE = "<img src=x onerror=alert(1)>"
END = "</script><script>alert(2)</script><!--"
FORMULA = r"$\href{javascript:alert(3)}{x}$"
LINK = "[x](javascript:alert(4))"
HOSTILE = (IMAGE, END, FORMULA, LINK, "Donaudampfschifffahrt" * 12, "مرحبا 🎉")
FORMATS = ("html", "pdf", "md", "ipynb")
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


@pytest.fixture(scope="module", params=["example", "manager", "empty", "hostile"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Provide the review of a workbook in all forms."""
    executable()
    folder = tmp_path_factory.mktemp(request.param) / "career"
    book = hostile(folder) if request.param == "hostile" else Workbook.create(folder, example=request.param in ("example", "manager"))
    audience = "manager" if request.param == "manager" else "self"
    return Workbook.open(book.folder, today="2026-10-12").report(PERIOD, audience, formats=FORMATS, progress=False)


@pytest.fixture(scope="module")
def review(made: dict[str, Path]) -> Path:
    """Provide the page."""
    return made["html"]


@pytest.fixture(scope="module")
def paper(made: dict[str, Path]) -> pypdf.PdfReader:
    """Provide the PDF."""
    return pypdf.PdfReader(made["pdf"])


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
    assert len(charts) == review.read_text(encoding="utf-8").count(' id="figure-')
    assert all(chart["drawn"] and chart["traces"] for chart in charts), charts
    # A manager's review begins with one: the hours of study.
    assert len(charts) >= {"empty": 0, "manager": 1}.get(kind(review), 2)
    assert charts == [] or kind(review) != "empty"


def test_it_has_one_title_and_no_heading_skips_a_level(opened: Visit) -> None:
    levels = opened.page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(head => +head.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), levels


def test_what_a_person_typed_is_text(opened: Visit, review: Path) -> None:
    page = opened.page
    assert page.locator("img, a[href^='javascript' i], mjx-container, iframe").count() == 0
    assert page.locator("script").count() == (0 if kind(review) == "empty" else 4)
    if kind(review) == "hostile":
        told = page.inner_text("main")
        assert [text for text in HOSTILE if text not in told] == []


@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_reaches_beyond_the_window(opened: Visit, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 900})
    # Charts take a moment to follow the window; a page that stays too wide fails here.
    opened.page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width, timeout=15_000)
    opened.page.set_viewport_size({"width": 1280, "height": 900})


def found_by_axe(page: Any) -> list[str]:
    """Return what keeps somebody from reading a page, in axe-core's words."""
    broken = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in broken if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("width", [1280, 420])
def test_nothing_keeps_anybody_from_reading_it(opened: Visit, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 900})
    opened.page.wait_for_timeout(300)
    found = found_by_axe(opened.page)
    opened.page.set_viewport_size({"width": 1280, "height": 900})
    assert found == []


def test_a_reader_finds_their_way_by_landmarks(opened: Visit, review: Path) -> None:
    page = opened.page
    assert [page.get_by_role(role).count() for role in ("banner", "main", "contentinfo")] == [1, 1, 1]
    links = page.get_by_role("navigation").get_by_role("link").all()
    heads = page.evaluate("[...document.querySelectorAll('h2')].map(head => '#' + head.id)")
    assert [link.get_attribute("href") for link in links] == (heads if len(heads) >= 4 else [])
    assert len(set(heads)) == len(heads)


def test_a_keyboard_skips_to_the_review_and_scrolls_each_table(opened: Visit) -> None:
    page = opened.page
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the review"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "review"
    tables = page.evaluate(
        """[...document.querySelectorAll('table')].map(table => table.closest('[role=region][tabindex="0"][aria-label]') !== null)"""
    )
    assert all(tables)
    heads = page.evaluate("[...document.querySelectorAll('thead th')].every(head => head.scope === 'col')")
    assert heads


# -- on paper


def said(paper: pypdf.PdfReader) -> list[str]:
    return [page.extract_text() for page in paper.pages]


def test_each_sheet_has_its_number_the_owner_and_the_period(paper: pypdf.PdfReader, review: Path) -> None:
    sheets = said(paper)
    assert all(f"{number} of {len(sheets)}" in sheet and "Third quarter 2026" in sheet for number, sheet in enumerate(sheets, 1))
    if kind(review) in ("example", "manager"):
        assert all("Maren Okafor · Third quarter 2026" in sheet for sheet in sheets)
        assert len(sheets) <= 20


def test_the_pdf_can_be_read_aloud(paper: pypdf.PdfReader) -> None:
    root = paper.trailer["/Root"]
    assert paper.metadata and paper.metadata.title == "Third quarter 2026: review"
    assert root["/Lang"].startswith("en") and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert [entry.title for entry in paper.outline if not isinstance(entry, list)] == ["Third quarter 2026"]


def test_the_pdf_is_on_a4_and_no_chart_is_cut(opened: Visit, paper: pypdf.PdfReader, review: Path) -> None:
    width, height = (float(side) / 72 * 96 for side in paper.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (793, 1123)
    opened.page.emulate_media(media="print")
    charts = opened.page.evaluate(CHARTS)
    kept = opened.page.evaluate("[...document.querySelectorAll('.ck-figure')].map(figure => getComputedStyle(figure).breakInside)")
    opened.page.emulate_media(media="screen")
    assert all(chart["height"] < height - 33 / 25.4 * 96 for chart in charts), charts
    assert set(kept) <= {"avoid"}


def test_the_charts_are_drawn_on_paper(paper: pypdf.PdfReader, review: Path) -> None:
    if kind(review) in ("example", "hostile"):
        assert "Do they keep pace with the calendar?" in "".join(said(paper))


def test_what_a_person_typed_is_text_on_paper(paper: pypdf.PdfReader, review: Path) -> None:
    links = [note.get_object().get("/A", {}).get("/URI", "") for page in paper.pages for note in page.get("/Annots", [])]
    assert not [link for link in links if str(link).lower().startswith(("javascript", "data", "file"))]
    if kind(review) == "hostile":
        # Paper has one sign for two letters, such as "ff".
        told = "".join(unicodedata.normalize("NFKC", "".join(said(paper))).split())
        # Letters that run from right to left are drawn in the order of a line, and pictures have no letter.
        assert [text for text in HOSTILE[:5] if "".join(text.split()) not in told] == []


# -- as Markdown


def test_what_a_person_typed_is_text_in_the_markdown(made: dict[str, Path], review: Path) -> None:
    text = made["md"].read_text(encoding="utf-8")
    assert text.startswith(("Quarterly review", "# ")) and "# Third quarter 2026\n" in text
    if kind(review) == "hostile":
        told = read(text)
        assert [typed for typed in HOSTILE if typed not in told] == []


# -- the list of all reviews


def test_the_list_of_reviews_is_readable_and_leads_to_each_form(browser: Visit, review: Path) -> None:
    for found in (browser.requests, browser.errors):
        found.clear()
    index = review.parents[2] / "index.html"
    browser.page.goto(index.as_uri())
    assert found_by_axe(browser.page) == []
    assert [browser.page.get_by_role(role).count() for role in ("banner", "main")] == [1, 1]
    addresses = browser.page.evaluate("[...document.querySelectorAll('td a')].map(link => link.href)")
    assert addresses == [(review.parent / f"review.{name}").as_uri() for name in ("html", "pdf", "ipynb", "md")]
    assert (browser.requests, browser.errors) == ([index.as_uri()], [])
