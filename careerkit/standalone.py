"""An executed notebook as one page that stands alone: no request to anywhere, and only its own scripts run."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from careerkit import look

PLOTLY = "application/vnd.plotly.v1+json"


def render(notebook: Any, title: str) -> str:
    """Return an executed notebook as one page that asks nobody for anything.

    The page is our own small template and not nbconvert's, because that one asks for require.js and MathJax; and
    MathJax would run `javascript:` links from a chart's title.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; its code is left out.
    title : str
        The window's title.
    """
    from jinja2 import Environment, PackageLoader
    from markupsafe import Markup
    from plotly.offline import get_plotlyjs

    figures: list[dict[str, Any]] = []
    parts = [Markup(part) for cell in notebook.cells for part in _shown(cell, figures)]
    scripts = [get_plotlyjs(), _asset("draw.js")] if figures else []
    page = Environment(loader=PackageLoader("careerkit", "page"), autoescape=True).get_template("page.html")
    return page.render(
        title=title,
        parts=parts,
        figures=Markup(_json(figures)),
        scripts=[Markup(script) for script in scripts],
        hashes=[_hash(script) for script in scripts],
        style=Markup(look.css() + _asset("page.css") + _asset("figures.css")),
    )


def _asset(name: str) -> str:
    return (Path(__file__).parent / "page" / name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _json(figures: list[dict[str, Any]]) -> str:
    # "</script>" in a chart's text would end the block, and "<!--" would change how it is read.
    return json.dumps(figures, ensure_ascii=False).replace("<", "\\u003c")


def _shown(cell: Any, figures: list[dict[str, Any]]) -> Iterator[str]:
    if cell.cell_type == "markdown":
        yield markdown(cell.source)
        return
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
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
