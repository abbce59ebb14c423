"""The brand notebook's forms and charts: what is typed is kept, what is drawn is true and can be read without seeing it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import frames
import pytest
from form_driver import END, IMAGE, LINK, TODAY, buttons, pages, rows, save, tags, words

from careerkit.topics.brand import charts

FRAGMENTS = {"words": charts.words, "channels": charts.channels, "stories": charts.stories}


def drawn(chart: Any, on: dt.date = TODAY, **tables: Any) -> Any:
    return chart(frames.tables(**tables), on, frames.settings())


def win(on: str, **values: Any) -> dict[str, Any]:
    return {"achieved_on": on, "title": "Cut the close", **values}


def look(on: str, **values: Any) -> dict[str, Any]:
    return {"reviewed_on": on, "channel": "My profile page", **values}


# -- forms


def test_a_win_is_noted_with_title_result_and_reach(book):
    save(book.form("brand.win"), title="Cut the close", result="Four days instead of nine", impact="organisation")
    (row,) = rows(book, "achievements")
    assert (row["title"], row["result"], row["impact"], row["achieved_on"]) == (
        "Cut the close",
        "Four days instead of nine",
        "organisation",
        "2026-10-12",
    )


def test_in_view_are_four_fields_and_the_story_stands_under_more(book):
    form = book.form("brand.win")
    assert form.plan.lines() == (("title",), ("result",), ("impact", "achieved_on"))
    assert set(form.plan.hidden()) == {"situation", "action", "my_part", "metric", "skill_ids", "goal_id", "link", "private"}
    assert form.more.selected_index is None
    assert buttons(form) == ["Save win", "Clear"]
    assert book.form("achievements").plan.lines() == form.plan.lines()


def test_a_win_without_a_title_is_not_saved(book):
    form = save(book.form("brand.win"), result="Four days")
    assert "What did you do? is empty. Fill it in to save." in words(pages(form))
    assert rows(book, "achievements") == []


def test_a_win_becomes_a_story_when_the_rest_is_filled_in_later(book):
    key = book.add("achievements", achieved_on="2026-10-01", title="Cut the close", result="Four days")
    form, table = book.form("brand.win"), book.chart("brand.stories")
    assert words(table.value).count("○ not yet") == 2
    form.show(key)
    save(form, situation="Nine days.", action="Drew it.")
    assert words(table.value).count("✓ there") == 3
    assert len(rows(book, "achievements")) == 1


def test_a_look_at_oneself_keeps_both_sorts_of_words(book):
    form, board = book.form("brand"), book.chart("brand.words")
    save(form, channel="My profile page", intended_words="clear; brave", heard_words="clear", score="3")
    (row,) = rows(book, "brand")
    assert (row["intended_words"], row["heard_words"], row["score"]) == ("clear;brave", "clear", "3")
    assert "intended once, heard once" in words(board.value)


# -- charts


def test_wins_stand_by_quarter_and_reach_with_their_numbers():
    given = [("2026-02-01", "beyond"), ("2026-02-03", "beyond"), ("2026-08-01", "myself"), ("2026-08-02", "")]
    figure = drawn(charts.quarters, achievements=[win(on, impact=impact) for on, impact in given])
    (points,) = figure.data
    assert sorted(zip(points.x, points.y, points.text, strict=True)) == [(0, 3, "2"), (2, 0, "1")]
    assert list(figure.layout.yaxis.ticktext) == ["myself", "team or class", "organisation", "beyond"]
    assert figure.layout.xaxis.ticktext[0] == "Q1<br>2026<br>2 wins"
    assert figure.layout.meta["description"] == ("2026Q1: 2 wins (2 beyond); 2026Q2: 0 wins; 2026Q3: 2 wins (1 myself); 2026Q4: 0 wins")


def test_wins_of_before_the_last_eight_quarters_leave_an_invitation():
    figure = drawn(charts.quarters, achievements=[win("2020-02-01", impact="beyond")])
    assert len(figure.data) == 0 and figure.layout.title.text == "How far do your wins reach?"


@pytest.mark.parametrize("fragment", FRAGMENTS.values(), ids=FRAGMENTS)
def test_a_fragment_invites_when_empty(fragment):
    assert 'class="ck-invite"' in str(drawn(fragment))
    assert len(drawn(charts.quarters).data) == 0


def test_words_stand_in_three_columns_told_by_symbol_and_word():
    board = str(drawn(charts.words, brand=[look("2026-09-01", intended_words="clear;brave", heard_words="clear;modest")]))
    first, second, third = (words("<" + part) for part in board.split("<section")[1:])
    assert "● Heard as you intend" in first and "clear" in first
    assert "○ Not heard yet" in second and "brave" in second and "intended once" in second
    assert "◇ Heard as well" in third and "modest" in third and "heard once" in third


def test_a_channel_says_how_well_it_fits_and_how_it_was():
    told = str(drawn(charts.channels, brand=[look("2026-01-01", score=2), look("2026-08-30", score=4, headline="Nine days to four")]))
    assert 'aria-label="4 of 5"' in told and "before: 2" in words(told) and "Nine days to four" in words(told)


def test_stories_are_those_of_the_past_year():
    told = words(drawn(charts.stories, achievements=[win("2025-10-13", title="Within"), win("2025-10-12", title="Before")]))
    assert "Within" in told and "Before" not in told


# A formula with a semicolon is several words here, each shown by itself.
@pytest.mark.parametrize("text", [IMAGE, END, LINK])
def test_typed_text_is_text_in_every_part(text):
    fields = dict.fromkeys(("channel", "headline", "intended_words", "heard_words", "next_step"), text)
    tables = {"brand": [look("2026-09-01", **fields)], "achievements": [win("2026-09-01", title=text)]}
    for fragment in FRAGMENTS.values():
        made = drawn(fragment, **tables)
        assert tags(made) <= set("div section p b ul li strong span br table caption thead tbody tr th td".split())
        assert text in words(made)


def test_a_sentence_follows_each_save(book):
    said = book.say("brand")
    assert "There is nothing here yet" in words(said.value)
    book.add("achievements", achieved_on="2026-10-12", title="Cut the close", impact="beyond")
    assert "“Cut the close”" in words(said.value)
