"""A review as Markdown, to paste into a form: what was typed reads as it was typed, charts become their sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdownify import ATX, MarkdownConverter

from careerkit.look import markdown

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

LINKS = ("http://", "https://", "mailto:")
# What only helps a reader on a screen.
SCREEN_ONLY = "nav, svg, caption, script, style, template, [popover], .ck-tip, .ck-skip"


# Its types name only a part of what it has.
_Converter: Any = MarkdownConverter


class _Pasted(_Converter):
    """Turns our own fragments into Markdown."""

    def escape(self, text: str, parent_tags: Any) -> str:
        return markdown.within(text)

    def convert_a(self, el: Tag, text: str, parent_tags: Any) -> str:
        # A link within the page leads nowhere from a form.
        return super().convert_a(el, text, parent_tags) if str(el.get("href", "")).startswith(LINKS) else text

    def convert_article(self, el: Tag, text: str, parent_tags: Any) -> str:
        return f"\n- {' '.join(text.replace('#', '').split())}\n"

    def convert_summary(self, el: Tag, text: str, parent_tags: Any) -> str:
        return f"\n\n{text.strip()}\n\n"

    convert_header = convert_footer = convert_details = _Converter.convert_div


def text(soup: BeautifulSoup) -> str:
    """Return the Markdown of a page's parts; they are used up."""
    for drawn in soup.select("[role=img][aria-label]"):
        _describe(soup, drawn)
    for beside in soup.select("li > .ck-right"):
        _put_after_name(beside)
    for element in soup.select(SCREEN_ONLY):
        element.decompose()
    made = _Pasted(heading_style=ATX, bullets="-").convert_soup(soup)
    return "\n".join(line.rstrip() if not line.endswith("  ") else f"{line.rstrip()}  " for line in made.strip().splitlines()) + "\n"


def _describe(soup: BeautifulSoup, drawn: Tag) -> None:
    if drawn.name == "svg":
        drawn.decompose()
        return
    description = soup.new_tag("p" if drawn.name == "figure" else "span")
    description.string = str(drawn["aria-label"])
    drawn.replace_with(description)


def _put_after_name(beside: Tag) -> None:
    # It is at the right on a screen, and before the name in the page's source.
    name = beside.find_next_sibling("strong")
    if name:
        name.insert_after(" · ", beside.extract())
