"""The learning notebook's forms and charts: what is typed is kept, what is drawn is true and can be read without seeing it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import frames
import pytest
from form_driver import HOSTILE, TODAY, buttons, fill, pages, press, rows, save, sent, tags, words

from careerkit import Workbook
from careerkit.topics.learning import charts

CHARTS = {"weeks": charts.weeks, "items": charts.items, "credentials": charts.credentials}
FRAGMENTS = {"pace": charts.pace, "takeaways": charts.takeaways, "radar": charts.radar, "trends": charts.trends}


def drawn(chart: Any, on: dt.date = TODAY, **tables: Any) -> Any:
    return chart(frames.tables(**tables), on, frames.settings())


def alt(figure: Any) -> str:
    return figure.layout.meta["description"]


# -- forms


def test_an_hour_of_study_is_logged_with_what_where_and_one_sentence(book):
    item = book.add("learning_items", title="Negotiation")
    form = save(book.form("learning.log"), item_id=item, minutes="60", takeaway="Ask first.")
    (row,) = rows(book, "learning_log")
    assert (row["item_id"], row["minutes"], row["takeaway"], row["studied_on"]) == (item, "60", "Ask first.", "2026-10-12")
    assert "60 minutes · 12 Oct 2026" in words(pages(form)) and "minutes 60" not in words(pages(form))


def test_study_without_a_length_is_not_saved_and_says_why(book):
    form = book.form("learning.log")
    press(form, "Save study")
    assert "How long? is empty. Fill it in to save." in words(pages(form))
    assert rows(book, "learning_log") == []


def test_the_study_form_shows_four_fields_and_nothing_to_unfold(book):
    form = book.form("learning.log")
    assert list(form.fields) == ["item_id", "minutes", "studied_on", "takeaway"]
    assert buttons(form) == ["Save study", "Clear"]


@pytest.mark.parametrize(
    ("values", "started", "finished"),
    [
        ({"status": "planned"}, "", ""),
        ({"status": "doing"}, "2026-10-12", ""),
        ({"status": "done"}, "2026-10-12", "2026-10-12"),
        ({"status": "done", "started_on": dt.date(2026, 9, 1)}, "2026-09-01", "2026-10-12"),
        ({"status": "done", "finished_on": dt.date(2026, 9, 1)}, "", "2026-09-01"),
    ],
)
def test_the_days_of_an_item_follow_from_its_status(book, values, started, finished):
    save(book.form("learning_items"), title="Negotiation", **values)
    (row,) = rows(book, "learning_items")
    assert (row["started_on"], row["finished_on"]) == (started, finished)


def test_a_trend_is_written_down_with_why_and_response_and_then_placed(book):
    form, look, board = book.form("trends"), book.form("trend_reviews"), book.chart("learning.radar")
    save(form, name="Data contracts", why_it_matters="Reports break.", my_response="Agree on one.")
    assert "Not placed yet" in words(board.value) and "Data contracts" in words(board.value)
    fill(look, trend_id=rows(book, "trends")[0]["id"], ring="trial", note="Two depots agreed.")
    press(look, "Save look")
    assert "Not placed yet" not in words(board.value)
    assert "last looked at 12 Oct 2026" in words(board.value)


def test_a_credential_can_say_when_its_renewal_begins(book):
    save(
        book.form("credentials"),
        name="Boat licence",
        status="earned",
        earned_on=dt.date(2024, 3, 1),
        expires_on=dt.date(2027, 3, 1),
        renewal_days="150",
    )
    assert rows(book, "credentials")[0]["renewal_days"] == "150"
    assert list(book.measure("learning.expiring")["days_left"]) == [140]


# -- charts


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_asks_a_question_invites_when_empty_and_tells_what_it_shows(chart, example):
    empty, full = drawn(chart), chart(example.tables(), example.today, example.settings)
    assert empty.layout.title.text == full.layout.title.text and full.layout.title.text.endswith("?")
    assert alt(empty).endswith(".") and len(empty.data) == 0
    assert len(full.data) and len(alt(full)) > 40
    assert not full.layout.showlegend


@pytest.mark.parametrize("fragment", FRAGMENTS.values(), ids=FRAGMENTS)
def test_a_fragment_invites_when_empty(fragment):
    assert 'class="ck-invite"' in str(drawn(fragment))


def test_the_weeks_are_the_measures_and_those_on_target_are_darker():
    log = [{"studied_on": "2026-10-05", "minutes": 150}, {"studied_on": "2026-09-30", "minutes": 60}]
    figure = drawn(charts.weeks, learning_log=log)
    (bars,) = figure.data
    assert list(bars.y[-3:]) == [1, 2.5, 0]
    assert len(set(bars.marker.color)) == 2 and bars.marker.color[-2] != bars.marker.color[-3]
    assert alt(figure) == "Of the last 26 weeks, 1 reached 2 hours; the running week has 0 so far"


def test_three_figures_stand_above_the_weeks():
    log = [{"studied_on": "2026-10-12", "minutes": 45}, {"studied_on": "2026-10-05", "minutes": 90}]
    told = words(drawn(charts.pace, learning_log=log))
    assert all(part in told for part in ("2.2 of 26 hours", "2 weeks with study", "0.8 of 2 hours"))


def test_hours_by_item_say_how_far_and_how_it_stands():
    items = [
        {"id": "l1", "title": "Negotiation", "status": "doing", "started_on": "2026-09-01", "expected_hours": 10},
        {"id": "l2", "title": "German", "status": "dropped", "started_on": "2026-01-01", "finished_on": "2026-02-01"},
    ]
    log = [{"studied_on": "2026-10-01", "minutes": 150, "item_id": "l1"}, {"studied_on": "2026-01-05", "minutes": 60, "item_id": "l2"}]
    figure = drawn(charts.items, learning_items=items, learning_log=log)
    assert alt(figure) == "Negotiation: 2.5 of 10 h · doing; German: 1 h · dropped"
    assert list(figure.data[0].x) == [1, 2.5]


def test_the_radar_puts_each_trend_into_its_column_and_marks_what_was_long_unseen():
    trends = [{"id": "t1", "name": "Data contracts", "quadrant": "methods"}, {"id": "t2", "name": "Voice"}]
    looks = [
        {"trend_id": "t1", "reviewed_on": "2025-12-01", "ring": "trial"},
        {"trend_id": "t1", "reviewed_on": "2026-01-25", "ring": "adopt"},
    ]
    board = str(drawn(charts.radar, trends=trends, trend_reviews=looks))
    columns = [words(part) for part in board.split("<section")[1:]]
    assert [name for name in ("Adopt", "Trial", "Assess", "Hold", "Not placed yet") if name in words(board)] == [
        "Adopt",
        "Trial",
        "Assess",
        "Hold",
        "Not placed yet",
    ]
    assert "Data contracts" in columns[0] and "moved from trial" in columns[0] and "○ not looked at since 25 Jan 2026" in columns[0]
    assert "Voice" in columns[4] and "○ not looked at yet" in columns[4]
    assert all("none" in column for column in columns[1:4])


def test_trends_are_told_with_why_response_and_what_one_learns_for_them():
    trends = [{"id": "t1", "name": "Data contracts", "why_it_matters": "Reports break."}]
    told = words(drawn(charts.trends, trends=trends, learning_items=[{"title": "A course", "trend_id": "t1"}]))
    assert all(part in told for part in ("Data contracts", "not placed yet", "Reports break.", "nothing yet", "1 item"))


def test_credentials_are_told_by_symbol_and_word():
    given = {"status": "earned", "earned_on": "2024-05-01"}
    rows = [
        {"name": "First aid", **given, "expires_on": "2026-01-15"},
        {"name": "Boat licence", **given, "expires_on": "2026-11-30"},
        {"name": "Cloud", **given, "expires_on": "2028-06-14"},
    ]
    figure = drawn(charts.credentials, credentials=rows)
    assert alt(figure) == (
        "First aid: expired on 15 Jan 2026; Boat licence: until 30 Nov 2026, to renew since 1 Sep 2026; Cloud: until 14 Jun 2028"
    )
    assert {note.text[0] for note in figure.layout.annotations} == {"■", "▲", "●", "t"}


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_is_text_in_every_part(text):
    tables = {
        "learning_items": [{"id": "l1", "title": text, "status": "doing", "trend_id": "t1"}],
        "learning_log": [{"studied_on": "2026-10-10", "minutes": 60, "item_id": "l1", "takeaway": text}],
        "trends": [{"id": "t1", "name": text, "quadrant": text, "why_it_matters": text, "my_response": text}],
        "credentials": [{"name": text, "status": "earned", "earned_on": "2024-05-01", "expires_on": "2026-11-01"}],
    }
    for fragment in FRAGMENTS.values():
        made = drawn(fragment, **tables)
        assert tags(made) <= set("div section p b ul li strong span br table caption thead tbody tr th td".split())
    assert all(text in words(drawn(fragment, **tables)) for name, fragment in FRAGMENTS.items() if name != "pace")
    for chart in CHARTS.values():
        # What stands outside of the alternative text, which is escaped where it is put into a page.
        shown = drawn(chart, **tables).update_layout(meta=None).to_json()
        assert "<img" not in shown and "<script" not in shown and "$\\" not in shown


def test_no_id_travels_to_the_page_as_text(example):
    for name in ("pace", "takeaways", "radar", "trends"):
        assert "k1" not in words(example.chart(f"learning.{name}").value)


def test_a_sentence_follows_each_save(book):
    said = book.say("learning")
    assert "There is nothing here yet" in words(said.value)
    book.add("learning_log", studied_on="2026-10-12", minutes=60)
    assert "You studied 1 hour" in words(said.value)
    assert "Traceback" not in sent(said)


def test_the_weekly_target_is_set_on_the_page_and_the_figures_follow(book):
    form = book.weekly_hours()
    assert form.hours.value == "2"
    form.hours.input.value = "3"
    press(form, "Save target")
    assert Workbook.open(book.folder).settings.weekly_learning_hours == 3
    assert book.measure("learning.pace")["target_hours"][0] == 39


def test_a_weekly_target_that_is_no_number_is_told_beside_the_field(book):
    form = book.weekly_hours()
    form.hours.input.value = "some"
    press(form, "Save target")
    assert "is not a number" in pages(form)
    assert book.settings.weekly_learning_hours == 2
