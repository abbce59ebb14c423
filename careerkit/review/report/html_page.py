"""An executed notebook as one page that stands alone: no request to anywhere, and only its own scripts run."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from careerkit import look

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

PLOTLY = "application/vnd.plotly.v1+json"
STYLES = ("page.css", "figures.css", "print.css")
# What can neither end a string in a style sheet nor the sheet itself.
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ")
FOOT_LETTERS = 70


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
        What stands at the foot of each sheet of paper, beside its number.
    paper : str
        Which paper it is printed on, such as "A4"; else the one in the reader's printer.
    """
    from markupsafe import Markup
    from plotly.offline import get_plotlyjs

    from careerkit.review.report import page_parts

    figures: list[dict[str, Any]] = []
    page = page_parts.page(page_parts.arranged("\n".join(_parts(notebook, figures))))
    scripts = [get_plotlyjs(), look.static("fit.js"), look.static("draw.js")] if figures else []
    return filled(
        "page.html", title,
        page=page, head=Markup(page.head), main=Markup(page.main), foot=Markup(page.foot),
        figures=Markup(_json(figures)),
        scripts=[Markup(script) for script in scripts],
        hashes=[_hash(script) for script in scripts],
        sheet=Markup(_sheet(foot or title, paper)),
    )  # fmt: skip


def fragments(notebook: Any) -> BeautifulSoup:
    """Return what an executed notebook shows, charts as empty places with their description."""
    from careerkit.review.report import page_parts

    return page_parts.arranged("\n".join(_parts(notebook, [])))


def filled(template: str, title: str, **values: Any) -> str:
    """Return a page of ours, with the house's style in it; what a person typed is escaped."""
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    page = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True).get_template(template)
    return page.render(title=title, style=Markup(look.css() + look.static(*STYLES)), **values)


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _json(figures: list[dict[str, Any]]) -> str:
    # "</script>" in a chart's text would end the block, and "<!--" would change how it is read.
    return json.dumps(figures, ensure_ascii=False).replace("<", "\\u003c")


def _sheet(foot: str, paper: str) -> str:
    """Return the style of a sheet of paper: its size, its foot and its number."""
    said = "".join(letter if letter in PLAIN else f"\\{ord(letter):x} " for letter in look.short(" ".join(foot.split()), FOOT_LETTERS))
    size = f"size:{paper};" if paper else ""
    return f'@page{{{size}@bottom-left{{content:"{said}"}}@bottom-right{{content:counter(page) " of " counter(pages)}}}}'


def _parts(notebook: Any, figures: list[dict[str, Any]]) -> Iterator[str]:
    for cell in notebook.cells:
        yield from _shown(cell, figures)


def _shown(cell: Any, figures: list[dict[str, Any]]) -> Iterator[str]:
    if cell.cell_type == "markdown":
        yield f'<section class="ck-own">{markdown(cell.source)}</section>'
        return
    for output in cell.get("outputs", ()):
        data: Mapping[str, Any] = output.get("data", {})
        if PLOTLY in data:
            figures.append({"data": data[PLOTLY]["data"], "layout": data[PLOTLY]["layout"]})
            said = look.text(data.get("text/plain", "A chart"))
            yield f'<figure class="ck-figure" id="figure-{len(figures)}" role="img" aria-label="{said}"></figure>'
        elif "text/html" in data:
            yield data["text/html"]


def markdown(source: str) -> str:
    """Return Markdown as HTML: raw markup is text, links are http, https and mailto only."""
    import nh3
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).enable("table").render(source)
    # A picture would be asked for from somewhere.
    return nh3.clean(made, tags=nh3.ALLOWED_TAGS - {"img"}, url_schemes={"http", "https", "mailto"})
