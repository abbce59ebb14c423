"""The review without a browser: what is written, what is refused, and that an earlier one outlives a failure."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import frames
import nbformat
import pytest
from form_driver import tags, words
from nbformat import v4

from careerkit import CareerkitError, Workbook, look
from careerkit.review import outline
from careerkit.review.outline import CELLS
from careerkit.review.report import html_page
from careerkit.review.review import Review
from careerkit.sharing.audience import view

PERIOD = "2026Q3"
IMAGE = "<img src=x onerror=alert(1)>"
END = "</script><script>alert(2)</script><!--"
LINK = "[click](javascript:alert(3))"
OWN_WORDS = f"My own words. {IMAGE} {LINK}"
SECTIONS = ["header", "lead", "glance", "corrections", *CELLS, "appendix"]
KEPT = ["figures.json", "figures_first.json", "review.html", "review.ipynb"]
# Attributes for which a browser asks a server.
ASKING = {"src", "srcset", "href", "data", "poster", "background", "action", "formaction", "ping", "manifest", "xlink:href"}


def template(book: Workbook) -> Path:
    return book.folder / "notebooks" / "reports" / "quarterly_review.ipynb"


def add_cell(path: Path, cell: Any, place: int = -1) -> None:
    """Write a cell into a notebook, as a person does who makes the review their own."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(place % (len(notebook.cells) + 1), cell)
    nbformat.write(notebook, path)


def files(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Workbook:
    made = Workbook.create(tmp_path_factory.mktemp("example") / "career", example=True)
    add_cell(template(made), v4.new_markdown_cell(OWN_WORDS))
    return made


@pytest.fixture(scope="module")
def made(book) -> dict[str, Path]:
    """The one review that most tests here look at."""
    return book.report(PERIOD, progress=False)


@pytest.fixture(scope="module")
def page(made) -> str:
    return made["html"].read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def notebook(made):
    return nbformat.read(made["ipynb"], as_version=4)


# -- what is refused before anything begins


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"period": "last autumn"}, "'last autumn' is not a period. Write it such as 2026Q3, .*"),
        ({"period": "2026Q5"}, "'2026Q5' is not a period. .*"),
        ({"period": "../../etc"}, r"'\.\./\.\./etc' is not a period. .*"),
        ({"period": "2026Q4"}, "Fourth quarter 2026 has not begun. The latest complete one is 2026Q2."),
        ({"period": "2026Q1", "audience": "neighbour"}, "There is no audience 'neighbour' yet. A review can be made for self.*"),
        ({"period": "2026Q1", "formats": ["docx"]}, "A review cannot be made as 'docx'. Choose html.* or .*"),
    ],
)
def test_an_unknown_period_audience_or_format_is_a_sentence_and_leaves_no_file(tmp_path, options, sentence):
    book = Workbook.create(tmp_path / "career")
    before = files(book.folder)
    with pytest.raises(CareerkitError) as error:
        Workbook.open(book.folder, today="2026-09-30").report(**options, progress=False)
    assert re.fullmatch(sentence, str(error.value))
    assert files(book.folder) == before
    assert list((book.folder / "reports").iterdir()) == []


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path):
    book = Workbook.create(tmp_path / "career")
    (book.folder / "reports" / PERIOD).write_text("a file where the folder should be")
    with pytest.raises(CareerkitError, match=r"The review could not be written to .*Any earlier review is untouched"):
        Workbook.open(book.folder, today="2026-10-12").report(PERIOD, progress=False)


# -- what is written


def test_the_page_and_the_executed_notebook_are_written_and_nothing_else(book, made):
    place = book.folder / "reports" / PERIOD / "self"
    assert made == {"ipynb": place / "review.ipynb", "html": place / "review.html"}
    assert sorted(path.name for path in place.iterdir()) == KEPT


def test_making_it_changes_no_record_and_no_notebook(tmp_path_factory, book, made):
    fresh = Workbook.create(tmp_path_factory.mktemp("fresh") / "career", example=True)
    assert files(book.folder / "data") == files(fresh.folder / "data")
    own = files(book.folder / "notebooks")
    assert {name for name, content in files(fresh.folder / "notebooks").items() if own[name] != content} == {
        Path("reports/quarterly_review.ipynb")
    }


def test_every_section_was_run_and_shows_something(notebook):
    nbformat.validate(notebook)
    shown = {cell.source: cell.outputs for cell in notebook.cells if "section" in cell.metadata.get("tags", ())}
    assert [call.split("(")[0] for call in shown] == [f"review.{name}" for name in SECTIONS]
    assert all(outputs and {"text/html", html_page.PLOTLY} & set(outputs[0].data) for outputs in shown.values())


def test_the_notebook_says_for_which_period_audience_and_day_it_was_run(notebook):
    (given,) = (cell.source for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", ()))
    assert all(line in given for line in (f'period = "{PERIOD}"', 'audience = "self"', 'today = "2026-10-12"'))


def test_no_cell_failed_or_warned(notebook):
    kinds = {output.output_type for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs}
    assert kinds == {"execute_result"}


def test_the_page_has_the_titles_of_all_sections(page):
    titles = [words(inside) for inside in re.findall(r"<h[12][^>]*>(.*?)</h[12]>", page)]
    assert titles[0] == "Third quarter 2026"
    assert {"Wins", "Goals", "Five habits", "Network", "Next quarter", "Appendix: how each figure is calculated"} <= set(titles)
    assert "<title>Third quarter 2026: review</title>" in page


def test_the_page_shows_no_code(page):
    assert "review.header()" not in words(page.split("<body")[1].split("<script")[0])


def test_a_cell_of_ones_own_is_in_the_page_with_its_markup_as_text(page):
    (own,) = re.findall(r"<p>My own words\..*?</p>", page)
    assert tags(own) == {"p"}
    assert words(own) == OWN_WORDS


# -- the page stands alone


class Attributes(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def policy(page: str) -> dict[str, list[str]]:
    (content,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    return {name: allowed for name, *allowed in (rule.split() for rule in content.split(";"))}


def scripts(page: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", page, re.DOTALL)


def charts(page: str) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Return the charts' data, and the attributes of their places."""
    (figures,) = re.findall(r'<script type="application/json" id="figures">(.*?)</script>', page, re.DOTALL)
    return json.loads(figures), [attrs for tag, attrs in Attributes(page).found if tag == "figure"]


def hash_of(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_no_tag_makes_a_browser_ask_a_server(page):
    asking = [(tag, name, value) for tag, attrs in Attributes(page).found for name, value in attrs.items() if name in ASKING]
    # A link leads somewhere only when somebody follows it.
    assert [found for found in asking if found[0] != "a" and not found[2].startswith(("#", "data:"))] == []
    assert {tag for tag, _ in Attributes(page).found} & {"link", "iframe", "object", "embed", "base", "form"} == set()
    style = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
    assert style and "@import" not in style and "url(" not in style


def test_no_tag_carries_a_script_of_its_own(page):
    assert [(tag, name) for tag, attrs in Attributes(page).found for name in attrs if name.startswith("on")] == []


def test_the_policy_allows_its_own_scripts_by_hash_and_asking_nobody(page):
    allowed = policy(page)
    assert allowed["default-src"] == ["'none'"] and allowed["img-src"] == ["data:"]
    assert (allowed["base-uri"], allowed["form-action"]) == (["'none'"], ["'none'"])
    assert allowed["script-src"] == [hash_of(script) for script in scripts(page)]
    assert len(allowed["script-src"]) == 3


def test_the_policy_comes_before_everything_that_it_rules(page):
    assert page.index("Content-Security-Policy") < min(page.index("<style"), page.index("<script"))


def test_no_mathjax_is_in_the_page(notebook, page):
    outside = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert "mathjax" not in outside.lower()
    assert not any("application/javascript" in output.data for cell in notebook.cells for output in cell.get("outputs", ()))


def test_each_chart_has_its_place_and_a_text_for_who_cannot_see_it(page):
    drawn, places = charts(page)
    assert [attrs["id"] for attrs in places] == [f"figure-{number}" for number in range(1, 5)]
    assert len(drawn) == 4 and all(figure["data"] for figure in drawn)
    assert all(attrs["role"] == "img" and len(attrs["aria-label"]) > 20 for attrs in places)


# -- a failure


@pytest.fixture(scope="module")
def failed(book, made) -> dict[str, Any]:
    """Make the same review with a section that fails, and keep what was there before and after."""
    place = made["html"].parent
    good, before, path = template(book).read_bytes(), files(book.folder / "reports"), os.environ.get("JUPYTER_PATH")
    add_cell(template(book), v4.new_code_cell("review.moods()", metadata={"tags": ["section"]}), place=3)
    try:
        book.report(PERIOD, progress=False)
    except CareerkitError as error:
        said = str(error)
    template(book).write_bytes(good)
    return {"said": said, "before": before, "after": files(book.folder / "reports"), "left": list(place.iterdir()), "path": path}


def test_a_section_that_fails_is_named_with_the_reason(failed):
    assert failed["said"] == (
        "The review stopped in the section 'review.moods()' of quarterly_review.ipynb: "
        "'Review' object has no attribute 'moods'. Any earlier review is untouched."
    )


def test_the_earlier_review_is_in_place_byte_for_byte(failed):
    assert len(failed["before"]) == len([*KEPT, "index.html"])
    assert failed["after"] == failed["before"]


def test_nothing_half_made_is_left_behind(failed):
    assert sorted(path.name for path in failed["left"]) == KEPT
    assert [path.name for path in failed["left"][0].parents[2].glob(".*")] == []
    assert os.environ.get("JUPYTER_PATH") == failed["path"]


# -- which period, which formats, which notebook


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> tuple[Workbook, dict[str, Path]]:
    """Make the page alone of an empty workbook, for the last complete period, from a notebook of one section."""
    book = Workbook.create(tmp_path_factory.mktemp("small") / "career")
    own = tmp_path_factory.mktemp("own") / "short.ipynb"
    notebook = nbformat.read(template(book), as_version=4)
    notebook.cells = [*notebook.cells[:2], v4.new_code_cell("review.header()")]
    nbformat.write(notebook, own)
    opened = Workbook.open(book.folder, today="2026-10-01")
    return opened, opened.report(formats=["html"], template=own, progress=False)


def test_without_a_period_the_last_complete_one_is_meant(small):
    _, made = small
    assert made["html"].parts[-3:] == ("2026Q3", "self", "review.html")


def test_only_the_formats_asked_for_are_written(small):
    _, made = small
    assert set(made) == {"html"}
    assert [path.name for path in made["html"].parent.iterdir()] == ["review.html"]


def test_a_page_without_a_chart_carries_no_script_and_allows_none(small):
    _, made = small
    page = made["html"].read_text(encoding="utf-8")
    assert (scripts(page), policy(page)["script-src"]) == ([], ["'none'"])


# -- templates of one's own, remaking, and what stands in the way


def named(*parameters: str) -> str:
    """Return a parameters cell."""
    return "\n".join(f"{name} = None" for name in parameters)


def short(
    place: Path, *cells: Any, parameters: str = named("workbook", "period", "audience", "today"), given: str = "period, audience"
) -> Path:
    """Write a notebook of a few cells, as a person makes one."""
    setup = f"from careerkit import Workbook\nreview = Workbook.open(workbook, today=today).review({given})"
    first = v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
    nbformat.write(v4.new_notebook(cells=[first, v4.new_code_cell(setup), *cells]), place)
    return place


NO_NOTEBOOK = r"^mine\.ipynb isn't a notebook that can be run\."
UNTAGGED = nbformat.writes(v4.new_notebook(cells=[v4.new_code_cell("1 + 1")]))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        *((content, NO_NOTEBOOK) for content in ("", "{}", "no notebook", '{"cells": 3, "nbformat": 4}')),
        (None, r"^There is no notebook .*mine\.ipynb\."),
        (UNTAGGED, r'^mine\.ipynb has no cell tagged "parameters", so .* Copy that cell from'),
    ],
)
def test_a_template_that_cannot_be_run_with_parameters_is_a_sentence_and_nothing_is_made(small, tmp_path, content, sentence):
    book, _ = small
    before, mine = files(book.folder), tmp_path / "mine.ipynb"
    if content is not None:
        mine.write_text(content)
    with pytest.raises(CareerkitError, match=sentence):
        book.report(PERIOD, template=mine, progress=False)
    assert files(book.folder) == before


def test_what_the_kernel_of_a_review_says_is_sealed_for_the_other_users_of_this_machine(small, tmp_path):
    look_up = "import json, ipykernel; print('curve_publickey' in json.load(open(ipykernel.get_connection_file())))"
    mine = short(tmp_path / "mine.ipynb", v4.new_code_cell(look_up))
    made = small[0].report("2026Q1", formats=["ipynb"], template=mine, progress=False)
    assert nbformat.read(made["ipynb"], as_version=4).cells[-1].outputs[0].text.strip() == "True"


@pytest.mark.parametrize(
    ("options", "parameters", "missing"),
    [
        ({"audience": "manager"}, named("workbook", "period", "today"), "audience"),
        ({"audience": "manager", "chosen": ["goals"]}, named("workbook", "period", "audience", "today"), "chosen"),
    ],
)
def test_a_template_that_is_not_told_for_whom_it_is_makes_no_review_for_others(small, tmp_path, options, parameters, missing):
    mine = short(tmp_path / "mine.ipynb", parameters=parameters)
    with pytest.raises(CareerkitError, match=f"mine.ipynb has no parameter '{missing}', so it can't know who this review is for"):
        small[0].report(PERIOD, template=mine, progress=False, **options)


@pytest.fixture(scope="module")
def damaged(tmp_path_factory) -> dict[str, Any]:
    """Make a review of a workbook with a row that cannot be read, from a template that lacks parameters, in a folder with braces."""
    folder = tmp_path_factory.mktemp("damaged") / "my {career}"
    book = Workbook.open(Workbook.create(folder).folder, today="2026-10-12")
    book.add("goals", title="Learn to sail", started_on="2026-05-05", deadline="2026-12-31", created_at="2026-05-05T08:00:00Z")
    columns = (folder / "data" / "goals.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    damage = {"id": "g2", "title": "Secret plan", "started_on": "never"}
    with (folder / "data" / "goals.csv").open("a", encoding="utf-8") as file:
        file.write(",".join(damage.get(name, "") for name in columns) + "\n")
    mine = short(tmp_path_factory.mktemp("mine") / "mine.ipynb", v4.new_code_cell("review.header()"))
    steps: list[tuple[int, int]] = []
    again = Workbook.open(folder, today="2026-10-12")
    made = again.report(PERIOD, formats=("html", "md"), template=mine, progress=lambda done, total: steps.append((done, total)))
    return {"book": again, "made": made, "steps": steps, "mine": mine}


def test_rows_that_cannot_be_read_are_counted_on_the_page_with_their_place_and_not_their_text(damaged):
    (said,) = re.findall(r"<blockquote>(.*?)</blockquote>", damaged["made"]["html"].read_text(encoding="utf-8"), re.DOTALL)
    assert words(said).strip() == (
        "1 row could not be read and is not part of this review: data/goals.csv, line 3. careerkit check says what is wrong there."
    )
    assert "Secret plan" not in damaged["made"]["html"].read_text(encoding="utf-8")
    assert "> 1 row could not be read" in damaged["made"]["md"].read_text(encoding="utf-8")


def test_how_far_it_is_is_told_after_each_cell_and_each_form(damaged):
    assert damaged["steps"] == [(done, 6) for done in range(7)]


def test_a_full_disk_is_a_sentence_and_the_earlier_review_stands(damaged):
    resource = pytest.importorskip("resource")
    before, (soft, hard) = files(damaged["book"].folder / "reports"), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, hard))
    try:
        with pytest.raises(
            CareerkitError, match=r"^The review could not be written to .*/reports: .*\. Any earlier review is untouched\.$"
        ):
            damaged["book"].report(PERIOD, formats=("html", "md"), template=damaged["mine"], progress=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files(damaged["book"].folder / "reports") == before
    assert list((damaged["book"].folder / "reports").glob(".*")) == []


def test_an_interrupted_review_leaves_the_earlier_one(damaged):
    before = files(damaged["book"].folder / "reports")

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        damaged["book"].report(PERIOD, formats=("html", "md"), template=damaged["mine"], progress=stop)
    assert files(damaged["book"].folder / "reports") == before
    assert list((damaged["book"].folder / "reports").glob(".*")) == []


def test_two_runs_at_once_make_what_is_due_once(tmp_path):
    book = Workbook.create(tmp_path / "career")
    book.add("achievements", title="Calmed the close", achieved_on="2020-01-05")
    mine = short(tmp_path / "mine.ipynb", v4.new_code_cell("review.header()"))
    options = ("--due", "--workbook", str(book.folder), "--to", "html", "--template", str(mine))
    command = [sys.executable, "-m", "careerkit", "report", *options]
    # Neither has a terminal, a home or a folder of its own to stand in, as under cron.
    runs = [
        subprocess.Popen(command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in "ab"
    ]
    said = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert sorted(out.startswith("No review is due") for out, _ in said) == [False, True]
    assert len(list((book.folder / "reports").glob("*/self/review.html"))) == 1
    assert [error for _, error in said] == ["", ""]


FIGURES = "application/vnd.careerkit.figures+json"


def test_made_again_it_is_compared_with_the_figures_of_its_first_making_after_the_period_was_over(tmp_path):
    book = Workbook.create(tmp_path / "career")
    book.add("achievements", title="Calmed the close", achieved_on="2026-08-05", created_at="2026-08-05T08:00:00Z")
    show = (
        "from IPython.display import display\n"
        f"display({{'{FIGURES}': [{{'key': 'x', 'shown': '', 'records': [], 'compared': str(review.corrections())}}]}}, raw=True)"
    )
    mine = short(tmp_path / "mine.ipynb", v4.new_code_cell(show), parameters=named("workbook", "period", "today"), given="period")
    place = book.folder / "reports" / PERIOD / "self"

    def made(today: str) -> tuple[str, bytes]:
        Workbook.open(book.folder, today=today).report(PERIOD, formats=("ipynb",), template=mine, progress=False)
        first = place / "figures_first.json"
        (figure,) = json.loads((place / "figures.json").read_bytes())["figures"]
        return figure["compared"], first.read_bytes() if first.exists() else b""

    assert made("2026-09-01") == ("", b"")
    compared, first = made("2026-10-01")
    assert compared == "" and json.loads(first)["as_of"] == "2026-09-30"
    compared, kept = made("2026-11-01")
    assert kept == first and "first made on" in compared


# -- a page of any notebook


def executed(*outputs: dict[str, Any]) -> Any:
    """Return a notebook whose one cell has shown these."""
    shown = [v4.new_output("execute_result", data=data, execution_count=1) for data in outputs]
    return v4.new_notebook(cells=[v4.new_code_cell("secret_code()", outputs=shown)])


def chart(text: str) -> dict[str, Any]:
    return {html_page.PLOTLY: {"data": [{"type": "bar", "x": [1], "y": [text]}], "layout": {"title": {"text": text}}}, "text/plain": text}


def test_a_charts_text_can_neither_end_its_block_nor_leave_its_label():
    page = html_page.render(executed(chart(END), chart(f'" onload="alert(1)" {IMAGE}')), "Review")
    drawn, labels = charts(page)
    assert [figure["layout"]["title"]["text"] for figure in drawn] == [END, f'" onload="alert(1)" {IMAGE}']
    assert [set(attrs) for attrs in labels] == [{"class", "id", "role", "aria-label"}] * 2
    assert [attrs["aria-label"] for attrs in labels] == [END, f'" onload="alert(1)" {IMAGE}']


def test_the_windows_title_is_text():
    assert "<title>&lt;/script&gt;&lt;script&gt;alert(2)&lt;/script&gt;&lt;!--</title>" in html_page.render(executed(), END)


def test_what_is_neither_a_fragment_nor_a_chart_is_left_out():
    page = html_page.render(executed({"text/plain": "Workbook('/home/maya')"}, {"application/javascript": "alert(1)"}), "Review")
    assert "/home/maya" not in page and "alert(1)" not in page and "secret_code" not in page


@pytest.mark.parametrize("address", ["https://example.org", "http://example.org", "mailto:maya@example.org"])
def test_markdown_links_lead_to_pages_and_mail(address):
    assert f'<a href="{address}"' in html_page.from_markdown(f"[there]({address})")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://example.org/x"]
)
def test_markdown_links_lead_nowhere_else(address):
    assert "href" not in html_page.from_markdown(f"[there]({address}) <{address}>")


def test_markup_in_markdown_is_text_and_tables_are_tables():
    made = html_page.from_markdown(f"| a | b |\n|---|---|\n| {IMAGE} | **two** |")
    assert tags(made) == {"table", "thead", "tbody", "tr", "th", "td", "strong"}
    assert IMAGE in words(made)


# -- the sections, in a script


@pytest.fixture
def empty(tmp_path) -> Iterator[Workbook]:
    return Workbook.open(Workbook.create(tmp_path / "career", owner=IMAGE).folder, today="2026-10-12")


@pytest.mark.parametrize("name", SECTIONS)
def test_every_section_of_an_empty_workbook_is_calm_and_in_words(empty, name):
    section = getattr(empty.review(PERIOD), name)()
    assert isinstance(section, look.Html)
    assert "nan" not in words(section).lower().split() and "NaT" not in words(section)


def test_the_owner_is_text_in_the_header(empty):
    header = empty.review(PERIOD).header()
    assert tags(header) == {"header", "div", "h1", "p", "bdi"}
    assert f"{IMAGE} · 1 July to 30 September 2026" in words(header)


def test_a_period_that_still_runs_says_so_and_one_that_is_over_does_not(empty):
    assert "This period is still running. What you see is as of 12 October 2026." in words(empty.review("2026Q4").header())
    assert "still running" not in words(empty.review(PERIOD).header())


def test_a_period_that_has_not_begun_has_no_sections(empty):
    with pytest.raises(CareerkitError, match=r"First quarter 2027 has not begun\. The latest complete one is 2026Q3\."):
        empty.review("2027Q1")


def test_a_fiscal_quarter_goes_by_the_workbooks_first_month():
    settings = frames.settings(fiscal_first_month=10)
    review = Review(frames.tables(), settings, "FY2026Q4", "self", dt.date(2026, 10, 12))
    assert review.period.days() == "1 July to 30 September 2026"


# -- who may see what


def test_oneself_sees_every_row_and_nothing_is_withheld():
    tables = frames.tables(
        goals=[{"title": "Give two public talks"}, {"title": "Find out whether to stay", "private": True}],
        feedback=[{"giver": "Omar Aziz", "first_reaction": "That hurt"}],
    )
    seen, withheld = view(tables, outline.SELF)
    assert list(seen["goals"]["title"]) == ["Give two public talks", "Find out whether to stay"]
    assert list(seen["feedback"]["first_reaction"]) == ["That hurt"]
    assert set(seen) == set(tables) and withheld == {}


def test_a_view_is_a_mapping_of_its_own():
    tables = frames.tables()
    seen, _ = view(tables, outline.SELF)
    seen.pop("goals")
    assert "goals" in tables


@pytest.mark.parametrize("audience", ["", "neighbour", "SELF", "../self"])
def test_an_audience_that_there_is_not_is_a_sentence(audience):
    with pytest.raises(CareerkitError) as error:
        outline.reader(audience)
    assert str(error.value).startswith(f"There is no audience {audience!r} yet. A review can be made for self")
