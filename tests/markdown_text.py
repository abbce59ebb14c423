"""Markdown as a reader of a form sees it."""

from __future__ import annotations

import re
from html import unescape

from markdown_it import MarkdownIt


def read(markdown: str) -> str:
    """Return Markdown as a reader of a form sees it."""
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())
