"""What one did as Markdown: the right wins, private ones left out, and typed text that stays text."""

from __future__ import annotations

import datetime as dt
from typing import Any

import frames
import pytest
from command_line import run
from form_driver import buttons, pages, press, tags, words
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from careerkit import CareerkitError, Workbook
from careerkit.exchange import brag
from careerkit.look import markdown
from careerkit.review.report import html_page
from careerkit.sharing.audience import DOCUMENT, view
from careerkit.topics.brand import document

ON = dt.date(2026, 10, 12)
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "[click](javascript:alert(1)) ![x](https://example.org/spy.png)",
    "# not a heading",
    "- not a list",
    "1. not a list either, nor 2) this",
    "=== nor this",
    "--- no rule",
    "> no quote",
    "    no code",
    "`no code`, *no stress*, __none__, ~~none~~",
    "from $5k to $6k & “&lt;b&gt;”",
    "a | b",
    r"C:\new\[x]",
    "Ω 日本語 مرحبا 🎉",
)


def win(on: str, **values: Any) -> dict[str, Any]:
    return {"achieved_on": on, "title": "Cut the close", **values}


def written(start: str = "2026-01-01", end: str = "2026-10-12", owner: str = "Nora Berg", **tables: Any) -> str:
    seen, _ = view(frames.tables(**tables), DOCUMENT)
    return document.written(seen, dt.date.fromisoformat(start), dt.date.fromisoformat(end), owner)


@pytest.fixture
def book(tmp_path) -> Workbook:
    made = Workbook.create(tmp_path / "career", owner="Nora Berg")
    return Workbook.open(made.folder, today="2026-10-12")


# -- the document


def test_a_win_is_told_with_its_number_its_result_and_what_belongs_to_it():
    words = {"metric": "9 days to 4", "result": "Nobody works late.", "my_part": "Led it.", "link": "https://example.org/close"}
    told = written(
        achievements=[win("2026-08-14", id="a1", impact="organisation", skill_ids="s1;gone;s2", goal_id="g1", **words)],
        skills=[{"id": "s1", "name": "Data modelling"}, {"id": "s2", "name": "Secret", "private": "true"}],
        goals=[{"id": "g1", "title": "Shorten the close"}],
    )
    assert told == (
        "# What I did\n\n"
        "Nora Berg, 1 January 2026 to 12 October 2026\n\n"
        "## For the whole organisation\n\n"
        "### Cut the close\n\n"
        "14 August 2026: 9 days to 4\n\n"
        "Nobody works late.\n\n"
        "**My own part:** Led it.\n\n"
        "Skills: Data modelling.  \n"
        "Part of my goal: Shorten the close.  \n"
        "To look at: <https://example.org/close>\n"
    )


def test_the_widest_reach_stands_first_and_within_it_the_latest():
    impacts = {"A": "myself", "B": "beyond", "C": "", "D": "beyond", "E": "team or class"}
    rows = [win(f"2026-0{month}-01", title=title, impact=impact) for month, (title, impact) in enumerate(impacts.items(), 1)]
    heads = [line for line in written(achievements=rows).splitlines() if line.startswith("##")]
    assert " / ".join(heads) == (
        "## Beyond my organisation / ### D / ### B / ## For my team or class / ### E / "
        "## For my own development / ### A / ## Also done / ### C"
    )


def test_only_wins_of_the_days_asked_for_are_in_it_both_ends_counted():
    rows = [win(on, title=on) for on in ("2026-06-30", "2026-07-01", "2026-09-30", "2026-10-01")]
    told = written("2026-07-01", "2026-09-30", achievements=rows)
    assert [day in told for day in ("2026-06-30", "2026-07-01", "2026-09-30", "2026-10-01")] == [False, True, True, False]


def test_a_story_has_situation_action_part_and_result_and_one_that_lacks_something_waits():
    story = {"situation": "Nine days.", "action": "Drew it.", "result": "Four."}
    told = written(achievements=[win("2026-08-14", my_part="Led it.", **story), win("2026-02-01", title="Helped Jamal", result="A job.")])
    assert told.split("## Stories for an interview\n\n")[1] == (
        "### Cut the close\n\n**The situation.** Nine days.\n\n**What I did.** Drew it.\n\n"
        "**My own part.** Led it.\n\n**What came of it.** Four.\n"
    )
    assert "Stories" not in written(achievements=[win("2026-02-01", result="A job.")])


def test_what_is_private_is_left_out_and_counted():
    tables = {"achievements": [win("2026-08-14", title="Open"), win("2026-08-15", title="Hidden", private="true")]}
    assert "Open" in written(**tables) and "Hidden" not in written(**tables)
    assert brag.export(frames.tables(**tables), ON, frames.settings())[1] == "1 private win is left out."
    assert brag.export(frames.tables(), ON, frames.settings())[1] == ""


def test_before_the_first_win_the_document_says_so():
    assert written(owner="", achievements=[win("2027-01-01")]) == (
        "# What I did\n\n1 January 2026 to 12 October 2026\n\nNo win is noted for these days.\n"
    )


def test_lines_of_a_text_are_kept():
    told = written(achievements=[win("2026-08-14", result="First.\n\n - second\r\n3. third")])
    assert "First.  \n\\- second  \n3\\. third" in told


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (None, ("2025-10-13", "2026-10-12")),
        ("2026Q3", ("2026-07-01", "2026-09-30")),
        ("2026Q4", ("2026-10-01", "2026-10-12")),
        ("2026", ("2026-01-01", "2026-10-12")),
        ("2026-01-15", ("2026-01-15", "2026-10-12")),
        (dt.date(2026, 1, 15), ("2026-01-15", "2026-10-12")),
        ("2026-01-15..2026-02-15", ("2026-01-15", "2026-02-15")),
        ("FY2026Q3", ("2025-12-01", "2026-02-28")),
    ],
)
def test_a_period_a_day_or_nothing_says_which_days_are_meant(period, days):
    start, end = brag.span(period, ON, frames.settings(fiscal_first_month=6))
    assert (start.isoformat(), end.isoformat()) == days


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("2027", "1 January 2027 is still to come"),
        ("soon", "'soon' is not a period"),
        ("2026-02-30", "'2026-02-30' is not a day of the calendar"),
    ],
)
def test_days_that_cannot_be_meant_are_a_sentence(period, sentence):
    with pytest.raises(CareerkitError, match=sentence):
        brag.span(period, ON, frames.settings())


# -- text stays text


def read(source: str) -> tuple[set[str], str]:
    """Return the tags and the words that a reader of Markdown makes of a text, with raw markup allowed."""
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(source)
    return tags(page), words(page)


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_is_read_as_it_was_typed(text):
    assert read(markdown.line(text)) == ({"p"}, " ".join(text.split()) + "\n")
    assert read(f"### {markdown.line(text)}") == ({"h3"}, " ".join(text.split()) + "\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_is_text_in_every_place_of_the_document(text):
    fields = ("title", "situation", "action", "result", "my_part", "metric", "link")
    won = win("2026-08-14", skill_ids="s1", goal_id="g1", **dict.fromkeys(fields, text))
    told = written(owner=text, achievements=[won], skills=[{"id": "s1", "name": text}], goals=[{"id": "g1", "title": text}])
    marks, said = read(told)
    assert marks == {"h1", "h2", "h3", "p", "strong", "br"}
    assert said.count(" ".join(text.split())) == 13


@given(st.text(max_size=60))
def test_any_text_is_read_as_it_was_typed(text):
    shown = "".join(letter for letter in " ".join(text.split()) if letter.isprintable() or (not letter.isspace() and ord(letter) > 159))
    marks, said = read(f"Said: {markdown.line(text)}")
    assert marks <= {"p"}
    assert "".join(said.split()) == "Said:" + "".join(shown.split())


@given(st.lists(st.text("#>-+=*_`~[]()<>!|$&\\.:1a \t", max_size=12), max_size=5))
def test_signs_in_any_order_begin_nothing(given):
    marks, _ = read(markdown.lines("\n".join(given)))
    assert marks <= {"p", "br"}


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://x.org/> <img src=x>", "data:text/html,x", "file:///etc/passwd"])
def test_only_web_and_mail_addresses_become_links(link):
    assert "a" not in read(markdown.address(link))[0]
    assert read(markdown.address("https://example.org/a_b*c?d=1&e=2"))[0] == {"p", "a"}


# -- in the notebook


def test_the_notebook_shows_what_will_be_saved_and_saves_it(book):
    book.add("achievements", achieved_on="2026-08-14", title="Cut the *close*", impact="beyond")
    page = book.brag()
    assert "Cut the *close*" in words(pages(page)) and buttons(page) == ["Save as Markdown"]
    press(page, "Save as Markdown")
    (file,) = (book.folder / "reports" / "brag").iterdir()
    assert file.name == "year-to-2026-10-12.md" and file.read_text(encoding="utf-8") == page.text
    assert "Saved as reports/brag/year-to-2026-10-12.md in your workbook." in words(pages(page))


def test_a_document_that_was_changed_since_is_never_written_over(book):
    page = book.brag("2026Q3")
    press(page, "Save as Markdown")
    press(page, "Save as Markdown")
    (file,) = (book.folder / "reports" / "brag").iterdir()
    file.write_text("My own words", encoding="utf-8")
    press(page, "Save as Markdown")
    assert sorted(each.name for each in file.parent.iterdir()) == ["2026Q3-2.md", "2026Q3.md"]
    assert file.read_text(encoding="utf-8") == "My own words"


def test_the_days_can_be_chosen_and_the_page_follows_each_save(book):
    book.add("achievements", achieved_on="2026-08-14", title="Cut the close")
    page = book.brag()
    page.choice.value = "2026Q4"
    assert "No win is noted for these days." in words(pages(page))
    book.add("achievements", achieved_on="2026-10-02", title="Spoke in public", private=True)
    assert "1 private win is left out." in words(pages(page))
    book.add("achievements", achieved_on="2026-10-03", title="Wrote it up")
    assert "Wrote it up" in words(pages(page)) and "Spoke in public" not in words(pages(page))


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_is_text_on_the_page(book, text):
    book.add("achievements", achieved_on="2026-08-14", title=text, result=text)
    page = pages(book.brag())
    assert tags(page) <= {"p", "div", "h1", "h2", "h3", "br"} and " ".join(text.split()) in words(page)


def test_a_days_document_begins_with_that_day(book):
    book.add("achievements", achieved_on="2026-08-14", title="Cut the close")
    assert "15 August 2026 to 12 October 2026" in words(pages(book.brag("2026-08-15")))
    assert "Cut the close" not in words(pages(book.brag(dt.date(2026, 8, 15))))


# -- from the command line


def test_export_writes_a_file_that_was_not_there_and_says_so(book, tmp_path):
    book.add("achievements", achieved_on="2026-08-14", title="Cut the close", private=True)
    file = tmp_path / "what I did.md"
    given = ("export", "brag", "--out", str(file), "--workbook", str(book.folder), "--period", "2026")
    assert run(*given) == (0, f"Wrote {file}. 1 private win is left out.\n", "")
    assert file.read_text(encoding="utf-8").startswith("# What I did\n\nNora Berg, 1 January 2026 to ")
    file.write_text("My own words", encoding="utf-8")
    code, out, err = run(*given)
    assert (code, out) == (1, "") and "is there already. Choose another name" in err
    assert file.read_text(encoding="utf-8") == "My own words"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("rolodex", "--out", "x.md"), "There is no export called 'rolodex'. There is brag"),
        (("brag", "--out", "no/such/folder/x.md"), "could not be written"),
        (("brag", "--out", "x.md", "--period", "soon"), "'soon' is not a period"),
    ],
)
def test_what_cannot_be_exported_is_a_sentence(book, tmp_path, monkeypatch, given, sentence):
    monkeypatch.chdir(tmp_path)
    code, out, err = run("export", *given, "--workbook", str(book.folder))
    assert (code, out) == (1, "") and sentence in err
    assert not (tmp_path / "x.md").exists()


def test_export_without_a_file_is_wrong_usage(book):
    assert run("export", "brag", "--workbook", str(book.folder))[0] == 2


def test_the_report_reads_the_document_as_it_is_read_elsewhere():
    told = written(achievements=[win("2026-08-14", title=HOSTILE[2])])
    assert words(html_page.from_markdown(told)) == read(told)[1]
