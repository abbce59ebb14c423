"""A review as Markdown: what was typed reads as it was typed, what is drawn is told, and tables stay tables."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_text import read

from careerkit import look
from careerkit.review.report import to_markdown

MARKUP = ("<script>alert(1)</script>", "</script><script>alert(2)</script><!--", "<img src=x onerror=alert(1)>", "&lt;b&gt; &amp;")
LINKS = ("[x](javascript:alert(4))", r"$\href{javascript:alert(3)}{x}$", "![x](https://example.org/x.png)")
MARKS = ("# not a title", "- not a list", "1. not a list", "---", "| a | b |", "`code` *star* _line_", "> quoted", "a\\*b")
HOSTILE = (*MARKUP, *LINKS, *MARKS, "مرحبا 🎉", "Donaudampfschifffahrt" * 12)


def text(markup: object) -> str:
    return to_markdown.text(BeautifulSoup(str(markup), "html.parser"))


def tags(markdown: str) -> set[str]:
    return set(re.findall(r"<([a-z0-9]+)", MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)))


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_was_typed_reads_as_it_was_typed_in_a_paragraph_a_list_and_a_table(typed):
    safe = look.text(typed)
    assert read(text(f"<p>{safe}</p>")) == typed
    assert read(text(f"<ul><li><strong>{safe}</strong></li></ul>")) == typed
    assert read(text(look.table(("What",), [(typed,)]))) == f"What {typed}"
    assert tags(text(f"<p>{safe}</p>")) == {"p"}


@given(st.text(st.characters(blacklist_categories=("Cc", "Cs")), min_size=1, max_size=60))
def test_any_line_reads_as_it_was_typed(typed):
    assert read(text(f"<p>{look.text(typed)}</p>")).replace(" ", "") == "".join(typed.split())


def test_a_table_is_a_table_and_its_caption_is_left_out():
    made = text(look.table(("Goal", "Done"), [(look.strong("Give two talks"), "50 %")], "Goals"))
    assert made == "| Goal | Done |\n| --- | --- |\n| **Give two talks** | 50 % |\n"


def test_a_chart_is_its_sentence():
    assert text('<figure class="ck-figure" role="img" aria-label="June: 3; July: 5 &lt;b&gt;"></figure>') == "June: 3; July: 5 \\<b\\>\n"


def test_dots_are_their_number_and_small_drawings_are_left_out():
    assert text(f"<p>Confidence {look.dots(4)}</p>") == "Confidence 4 of 5\n"
    assert text(f"<p>{look.bar(0.5, 0.7, 'on track')}</p>") == "50 %\n"


def test_what_only_helps_on_a_screen_is_left_out():
    figure = '<button type="button" class="ck-fig">3</button><span role="tooltip" class="ck-tip" hidden>How it came about.</span>'
    assert text(f"<p>You noted {figure} wins.</p>") == "You noted 3 wins.\n"


def test_headings_lists_and_outer_links_stay_and_links_within_the_page_are_words():
    markup = '<h2>Next</h2><ol><li>One</li><li>Two</li></ol><p><a href="https://example.org/a_b">proof</a> <a href="#wins">Wins</a></p>'
    assert text(markup) == "## Next\n\n1. One\n2. Two\n\n[proof](https://example.org/a_b) Wins\n"


def test_what_stands_at_the_right_of_a_name_on_a_screen_comes_after_it():
    assert text('<ul><li><span class="ck-right">9 days later</span><strong>Ada</strong></li></ul>') == "- **Ada** · 9 days later\n"
