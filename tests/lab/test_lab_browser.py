"""A workbook in JupyterLab, as a person sees it: a page that is filled in, calm, and asks nobody outside."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from browser import TOO_SLOW, Visit, executable, visiting
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Dialog

from careerkit.lab import launch
from careerkit.store import layout

NAVIGATION = """from IPython.display import HTML
HTML('<nav class="ck-nav"><p>My career</p><a href="00_start_here.ipynb">Start</a><a href="05_goals.ipynb">Goals</a></nav>')"""
INTRODUCTION = """# Where do you want to be?

| | |
|---|---|
| You will answer | what you want, and by when |
| Takes | 20 minutes |

A raise from $5k to $6k is a wish until it has a date."""
FORM = """import ipywidgets as widgets
name, button, said = widgets.Text(description="Name"), widgets.Button(description="Save"), widgets.HTML()
button.on_click(lambda _: setattr(said, "value", '<p class="said">Saved, ' + name.value + '</p>'))
widgets.VBox([name, button, said])"""
CHART = """import plotly.graph_objects as go
from careerkit import look
from careerkit.notebook.widgets import elements, live
elements.begin_page()
heights = iter(range(4, 9))
chart = live.LiveChart(lambda: look.figure("How does it go?", "A line that goes up").add_scatter(x=[1, 2, 3], y=[2, 1, next(heights)]))
again = widgets.Button(description="Draw again")
again.on_click(lambda _: chart.refresh())
widgets.VBox([chart, again])"""
PYTHON = """import sys
HTML(f'<p class="python">{sys.executable}</p><p class="held">{len(widgets.widget._instances)}</p>')"""
ROOM = "\n\n".join(["Some more words."] * 40)


def notebook(path: Path, *cells: nbformat.NotebookNode, **metadata: object) -> None:
    """Write a notebook without outputs."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=list(cells), metadata={"kernelspec": kernel, **metadata}), path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("workbook")
    (made / "workbook.toml").touch()
    (made / "notebooks").mkdir()
    ours = {"careerkit": {"run_on_open": True}}
    start = [new_code_cell(NAVIGATION), new_markdown_cell(INTRODUCTION), new_code_cell(FORM), new_code_cell(CHART)]
    notebook(made / launch.START, *start, new_code_cell(PYTHON), new_markdown_cell(ROOM), **ours)
    goals = [new_code_cell(NAVIGATION), new_markdown_cell("# Goals")]
    notebook(made / "notebooks" / "05_goals.ipynb", *goals, **ours)
    notebook(made / "notebooks" / "slow.ipynb", new_code_cell(NAVIGATION), new_code_cell(FORM), new_code_cell(CHART), **ours)
    notebook(made / "notebooks" / "broken.ipynb", new_code_cell("1 / 0"), new_markdown_cell("# After"), **ours)
    notebook(made / "notebooks" / "my_own.ipynb", new_code_cell("print('mine')"))
    return made


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[launch.Server]:
    executable()
    with launch.lab_server(folder, folder / layout.LAB) as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Visit]:
    with visiting() as opened:
        yield opened


@pytest.fixture
def visit(browser: Visit, running: launch.Server) -> Visit:
    """Provide the start page; a test that only looks leaves it open for the next."""
    at_start = browser.page.url.endswith(launch.START)
    if not at_start or browser.page.evaluate("document.body.dataset.careerkit") != "ready":
        browser.open(running.address)
    return browser


@pytest.fixture
def leaves(browser: Visit) -> Iterator[None]:
    """Make the next test start afresh."""
    yield
    browser.page.goto("about:blank")


def address(running: launch.Server, name: str) -> str:
    return f"{running.origin}/doc/tree/notebooks/{name}?token={running.token}"


def kernels_of(visit: Visit) -> list[str]:
    return sorted(visit.page.evaluate("fetch('/api/kernels').then(answer => answer.json()).then(all => all.map(each => each.id))"))


def shown(visit: Visit, selector: str) -> int:
    return visit.page.locator(f".jp-NotebookPanel:not(.lm-mod-hidden) {selector} >> visible=true").count()


def test_a_notebook_runs_when_it_is_opened(visit: Visit) -> None:
    visit.page.wait_for_selector(".js-plotly-plot .main-svg")
    assert shown(visit, ".js-plotly-plot") == 1
    visit.page.get_by_label("Name").fill("Noor")
    visit.page.get_by_role("button", name="Save").click()
    visit.page.wait_for_selector(".said:has-text('Saved, Noor')")


def test_a_page_that_takes_long_to_load_still_hears_its_kernel(visit: Visit, running: launch.Server) -> None:
    browser = visit.page.context.browser
    assert browser is not None
    slow = browser.new_page()
    failures: list[str] = []
    slow.on("pageerror", lambda error: failures.append(str(error)))
    # anywidget's patience is over at once here, as its two seconds are on a slow computer.
    slow.add_init_script("AbortSignal.timeout = (was => () => was.call(AbortSignal, 0))(AbortSignal.timeout)")
    # A notebook of its own, for two pages on one would run it twice in one kernel.
    Visit(slow).open(address(running, "slow.ipynb"))
    slow.wait_for_selector(".js-plotly-plot .main-svg")
    slow.get_by_role("button", name="Draw again").click()
    slow.wait_for_function("document.querySelector('.js-plotly-plot').data[0].y[2] === 5")
    assert set(failures) == {TOO_SLOW}
    slow.close()


def test_nothing_outside_this_machine_is_asked_for_and_nothing_fails(visit: Visit) -> None:
    assert visit.requests
    assert visit.outside() == []
    assert visit.errors == []


def test_neither_code_nor_jupyterlabs_own_parts_are_seen(visit: Visit) -> None:
    for part in (".jp-CodeCell .jp-InputArea", ".jp-InputPrompt", ".jp-OutputPrompt", ".jp-Collapser", ".jp-Toolbar"):
        assert shown(visit, part) == 0, part
    assert not visit.page.locator("#jp-menu-panel").is_visible()
    assert visit.page.locator(".jp-SideBar >> visible=true").count() == 0
    assert visit.page.locator(".jp-Dialog").count() == 0


def test_the_notebook_runs_in_the_python_that_holds_careerkit(visit: Visit) -> None:
    assert visit.page.inner_text(".python") == sys.executable


def test_a_page_loaded_anew_builds_nothing_of_the_earlier_one_and_keeps_its_kernel(visit: Visit, running: launch.Server) -> None:
    held, kernel = visit.page.inner_text(".held"), kernels_of(visit)
    for _ in range(2):
        visit.page.reload()
        visit.wait_until_filled(launch.START.split("/")[-1])
    assert (visit.page.inner_text(".held"), kernels_of(visit)) == (held, kernel)
    assert visit.errors == []


def test_a_second_page_of_a_notebook_takes_nothing_from_the_first(visit: Visit, running: launch.Server) -> None:
    browser = visit.page.context.browser
    assert browser is not None
    second = browser.new_page()
    Visit(second).open(running.address)
    assert visit.page.get_by_role("button", name="Save").is_visible() and shown(visit, ".js-plotly-plot") == 1
    second.close()
    visit.page.goto("about:blank")
    visit.errors.clear()


def test_dollar_signs_are_money_and_not_mathematics(visit: Visit) -> None:
    assert "from $5k to $6k" in visit.page.inner_text(".jp-MarkdownOutput >> nth=0")


def test_the_navigation_stays_at_the_left_while_the_page_scrolls(visit: Visit) -> None:
    place = visit.page.locator("nav.ck-nav >> visible=true")
    before = place.bounding_box()
    visit.page.locator(".python").scroll_into_view_if_needed()
    visit.page.mouse.move(700, 500)
    visit.page.mouse.wheel(0, 600)
    visit.page.wait_for_function("document.querySelector('h1').getBoundingClientRect().top < 0")
    assert before == place.bounding_box()
    assert before is not None
    assert (before["x"], before["y"], before["width"], before["height"]) == (0, 0, 268, 900)


def test_on_a_narrow_window_the_navigation_is_a_strip_above_the_page(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 900, "height": 900})
    strip = visit.page.locator("nav.ck-nav >> visible=true").bounding_box()
    title = visit.page.locator("h1").bounding_box()
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    assert strip is not None and title is not None
    assert strip["height"] < 80
    assert strip["y"] + strip["height"] < title["y"]


def test_a_link_opens_the_other_notebook_in_its_place_and_the_back_button_returns(visit: Visit, leaves: None) -> None:
    visit.page.get_by_role("link", name="Goals").click()
    visit.wait_until_filled("05_goals.ipynb")
    assert visit.page.locator("h1 >> visible=true").inner_text() == "Goals"
    visit.page.go_back()
    visit.wait_until_filled("00_start_here.ipynb")
    visit.page.wait_for_selector("h1:has-text('Where do you want to be?')")
    assert len(visit.page.context.pages) == 1


def test_looking_changes_no_notebook_and_leaving_asks_nothing(visit: Visit, folder: Path) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    visit.page.once("dialog", answer)
    visit.page.get_by_label("Name").fill("Noor")
    visit.page.wait_for_timeout(300)
    visit.page.goto("about:blank", wait_until="load")
    assert asked == []
    stored = nbformat.read(folder / launch.START, as_version=4)
    assert not any(cell.get("outputs") for cell in stored.cells)


def test_a_stray_key_or_double_click_changes_nothing(visit: Visit, leaves: None) -> None:
    cells = visit.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").count()
    visit.page.locator("h1 >> visible=true").click()
    visit.page.keyboard.type("xbadd")
    visit.page.locator("h1 >> visible=true").dblclick()
    assert visit.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").count() == cells
    assert shown(visit, ".jp-MarkdownCell .jp-InputArea-editor") == 0


def test_jupyterlab_can_be_shown_and_put_away(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Show JupyterLab's menus and the code").click()
    assert visit.page.locator("#jp-menu-panel").is_visible()
    assert shown(visit, ".jp-CodeCell .jp-InputArea") == 4
    visit.page.get_by_role("button", name="Back to the calm page").click()
    assert not visit.page.locator("#jp-menu-panel").is_visible()


def test_a_cell_that_fails_is_told_to_tests_and_the_page_stays(browser: Visit, running: launch.Server) -> None:
    browser.page.goto(address(running, "broken.ipynb"))
    browser.page.wait_for_function("document.body.dataset.careerkit === 'failed'")
    assert browser.page.locator("h1:has-text('After')").is_visible()


def test_a_notebook_of_ones_own_is_neither_run_nor_stripped(browser: Visit, running: launch.Server) -> None:
    browser.page.goto(address(running, "my_own.ipynb"))
    browser.page.wait_for_function("document.body.dataset.careerkit === 'plain'")
    assert shown(browser, ".jp-CodeCell .jp-InputArea") == 1
    assert shown(browser, ".jp-OutputArea-output") == 0


def test_the_server_looks_for_neither_news_nor_updates(visit: Visit) -> None:
    fetched = "path => fetch(path).then(answer => answer.json())"
    assert visit.page.evaluate(fetched, "/lab/api/news") == {"news": []}
    assert visit.page.evaluate(fetched, "/lab/api/update") == {"notification": None}


@pytest.fixture(scope="module")
def app(folder: Path) -> Iterator[launch.Server]:
    executable()
    with launch.app_server(folder, folder / layout.LAB) as server:
        yield server


def test_the_app_view_shows_the_same_page_and_asks_nobody_outside(browser: Visit, app: launch.Server) -> None:
    browser.requests.clear()
    browser.errors.clear()
    browser.open(app.address)
    browser.page.get_by_label("Name").fill("Noor")
    browser.page.get_by_role("button", name="Save").click()
    browser.page.wait_for_selector(".said:has-text('Saved, Noor')")
    browser.page.wait_for_selector(".js-plotly-plot .main-svg")
    assert "from $5k to $6k" in browser.page.inner_text(".jp-MarkdownOutput >> nth=0")
    assert browser.page.locator("nav.ck-nav").bounding_box() == {"x": 0, "y": 0, "width": 268, "height": 900}
    assert browser.page.locator(".jp-InputArea-editor").count() == 0
    assert "token" not in browser.page.url
    assert browser.outside() == []
    assert browser.errors == []


def test_a_link_in_the_app_view_opens_the_other_notebook_in_its_place(browser: Visit, app: launch.Server) -> None:
    browser.open(app.address)
    browser.page.wait_for_selector("nav.ck-nav >> visible=true")
    browser.page.get_by_role("link", name="Goals").click()
    browser.wait_until_filled("05_goals.ipynb")
    assert browser.page.inner_text("h1") == "Goals"
    assert len(browser.page.context.pages) == 1


def test_the_app_view_lets_in_only_who_has_the_token(browser: Visit, app: launch.Server) -> None:
    stranger = browser.page.context.browser
    assert stranger is not None
    page = stranger.new_page()
    page.goto(app.address.split("?")[0])
    assert "/login" in page.url
    page.close()
