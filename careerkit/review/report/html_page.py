"""An executed notebook as one page that stands alone: no request to anywhere, and only its own scripts run."""

from __future__ import annotations

import base64
import hashlib
import json
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from careerkit import look
from careerkit.review.chart import PLOTLY
from careerkit.store.files.file_names import slug

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

STYLES = ("page.css", "figures.css", "print.css")
# What can neither end a string in a style sheet nor the sheet itself.
PLAIN = frozenset(f"{string.ascii_letters}{string.digits} ")
FOOT_LETTERS = 70
# A page of fewer parts needs no contents.
WORTH_CONTENTS = 4


def render(notebook: Any, title: str, foot: str = "", paper: str = "") -> str:
    """Return an executed notebook as one page that asks nobody for anything.

    The page is our own small template and not nbconvert's, because that one asks for require.js and MathJax; and
    MathJax would run `javascript:` links from a chart's title.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; its code is left out.
    title : str
        The window's title.
    foot : str
        The line at the foot of each sheet of paper, beside its number.
    paper : str
        Which paper it is printed on, such as "A4"; else the one in the reader's printer.
    """
    from markupsafe import Markup
    from plotly.offline import get_plotlyjs

    charts: list[dict[str, Any]] = []
    parts = _split(fragments(notebook, charts))
    scripts = [get_plotlyjs(), look.static("fit.js"), look.static("draw.js")] if charts else []
    return from_template(
        "page.html",
        title,
        figures=Markup(_json(charts)),
        scripts=[Markup(script) for script in scripts],
        hashes=[_hash(script) for script in scripts],
        sheet=Markup(_sheet(foot or title, paper)),
        **parts,
    )


def fragments(notebook: Any, charts: list[dict[str, Any]] | None = None) -> BeautifulSoup:
    """Return what an executed notebook shows, charts as empty places with their description; their data goes into a list."""
    found = [] if charts is None else charts
    return _arranged("\n".join(markup for cell in notebook.cells for markup in _shown(cell, found)))


def from_template(template: str, title: str, **values: Any) -> str:
    """Return a page of ours, with the house's style in it; what a person typed is escaped."""
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    page = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True).get_template(template)
    return page.render(title=title, style=Markup(look.css() + look.static(*STYLES)), **values)


def _arranged(markup: str) -> BeautifulSoup:
    """Return a page's parts with one first heading, ids to link to, and tables that a keyboard can scroll."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(markup, "html.parser")
    for heading in soup.find_all("h1")[1:]:
        heading.name = "h2"
    taken: set[str] = set()
    for heading in soup.find_all("h2"):
        heading["id"] = _id(str(heading.get("id") or slug(heading.get_text(), "part")), taken)
    for table in soup.find_all("table"):
        _let_scroll(soup, table)
    return soup


def _split(soup: BeautifulSoup) -> dict[str, Any]:
    """Return head, main part and foot of a page that was arranged, and id and title of each part where there are many."""
    from markupsafe import Markup

    titles = [(str(heading["id"]), " ".join(heading.get_text().split())) for heading in soup.find_all("h2")]
    # A head or foot within a section is that section's own.
    head, foot = (
        Markup("".join(str(each.extract()) for each in soup.find_all(name, recursive=False, limit=1))) for name in ("header", "footer")
    )
    return {"contents": titles if len(titles) >= WORTH_CONTENTS else [], "head": head, "main": Markup(str(soup)), "foot": foot}


def _id(wanted: str, taken: set[str]) -> str:
    made, number = wanted, 2
    while made in taken:
        made, number = f"{wanted}-{number}", number + 1
    taken.add(made)
    return made


def _let_scroll(soup: BeautifulSoup, table: Tag) -> None:
    around = table.find_parent(class_="ck-wide")
    if around is None:
        around = table.wrap(soup.new_tag("div", attrs={"class": "ck-wide", "tabindex": "0", "role": "region"}))
    around["aria-label"] = f"Table: {_caption(table)}"
    for heading in table.select("thead th:not([scope])"):
        heading["scope"] = "col"


def _caption(table: Tag) -> str:
    named = table.caption or table.find_previous(["h3", "h2", "h1"])
    return " ".join(named.get_text().split()) if named else "of this page"


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _json(charts: list[dict[str, Any]]) -> str:
    # "</script>" in a chart's text would end the block, and "<!--" would change how it is read.
    return json.dumps(charts, ensure_ascii=False).replace("<", "\\u003c")


def _sheet(foot: str, paper: str) -> str:
    """Return the style of a sheet of paper: its size, its foot and its number."""
    text = "".join(letter if letter in PLAIN else f"\\{ord(letter):x} " for letter in look.short(" ".join(foot.split()), FOOT_LETTERS))
    size = f"size:{paper};" if paper else ""
    return f'@page{{{size}@bottom-left{{content:"{text}"}}@bottom-right{{content:counter(page) " of " counter(pages)}}}}'


def _shown(cell: Any, charts: list[dict[str, Any]]) -> Iterator[str]:
    if cell.cell_type == "markdown":
        yield f'<section class="ck-own">{from_markdown(cell.source)}</section>'
        return
    for output in cell.get("outputs", ()):
        data: Mapping[str, Any] = output.get("data", {})
        if PLOTLY in data:
            charts.append({"data": data[PLOTLY]["data"], "layout": data[PLOTLY]["layout"]})
            description = look.text(data.get("text/plain", "A chart"))
            yield f'<figure class="ck-figure" id="figure-{len(charts)}" role="img" aria-label="{description}"></figure>'
        elif "text/html" in data:
            yield data["text/html"]


def from_markdown(source: str) -> str:
    """Return Markdown as HTML: raw markup is text, links are http, https and mailto only."""
    import nh3
    from markdown_it import MarkdownIt

    page = MarkdownIt("commonmark", {"html": False}).enable("table").render(source)
    # A picture would be asked for from somewhere.
    return nh3.clean(page, tags=nh3.ALLOWED_TAGS - {"img"}, url_schemes={"http", "https", "mailto"})
