"""A look back in the notebook: what the records say beside each question, one review a period; and what a report would hold."""

from __future__ import annotations

from typing import Any

import pytest
from form_driver import HOSTILE, buttons, fill, pages, press, rows, tags, words

from careerkit import Workbook
from careerkit.errors import CareerkitError
from careerkit.notebook.pages import make_report


@pytest.fixture
def book(book) -> Workbook:
    book.add("achievements", achieved_on="2026-08-10", title="Cut the close", result="Four days", impact="organisation")
    book.add("goals", title="Give two talks", metric="talks", target=2, started_on="2026-05-01", deadline="2026-12-31")
    book.add("reviews", period="2026Q2", written_on="2026-07-05", next_focus="Close in four days.\nFind a sponsor.")
    return book


@pytest.fixture
def page(book) -> Any:
    """Return the page that looks back on a period."""
    return book.look_back()


def beside(page: Any, name: str) -> str:
    return words(page.facts[name].value)


def test_the_last_complete_period_is_looked_back_on_unless_another_is_chosen(page):
    assert page.period.name == "2026Q3"
    labels = [label for label, _ in page.choice.choice.options]
    assert labels[:2] == ["Third quarter 2026", "Fourth quarter 2026 (still running)"] and labels[-1] == "Choose two days"
    assert {"2026-W41", "2026-09", "2025", "2026"} <= {name for _, name in page.choice.choice.options}


def test_a_period_still_running_is_marked_so(page):
    assert "still running" not in words(pages(page))
    page.choice.choice.value = "2026Q4"
    assert "It is still running: what you see is what has happened by 12 October 2026." in words(pages(page))


def test_what_was_planned_stands_beside_what_became_of_it(book):
    assert beside(book.look_back(), "last_focus_outcome") == (
        "What you had plannedClose in four days.Find a sponsor.From your review of the quarter before (second quarter 2026)."
    )


def test_saved_is_said_when_it_is_stored_and_not_before(book):
    page, said = book.look_back(), []
    page.notice.observe(lambda change: said.append((change["new"], rows(book, "reviews"))), names="value")
    fill(page, wins="Calmed the close")
    press(page, "Save review")
    told = [stored for text, stored in said if "Saved" in text]
    assert told and all(stored[-1]["wins"] == "Calmed the close" for stored in told)


def test_wins_month_by_month_and_goals_stand_beside_their_questions(page):
    assert "July 2026Nothing is noted.August 2026Cut the close" in beside(page, "wins")
    assert beside(page, "lessons").startswith("Your goalsGive two talks")


def test_what_lies_ahead_lies_ahead_of_today_and_not_of_the_periods_end(book):
    goal = book.read("goals")["id"][0]
    book.add("action_steps", goal_id=goal, title="Passed already", due_on="2026-10-05")
    book.add("action_steps", goal_id=goal, title="Still to do", due_on="2026-10-20")
    told = beside(book.look_back(), "next_focus")
    # A step written down after the period was no part of it; the goal's deadline is.
    assert "Passed already" not in told and "31 Dec 2026: Give two talks" in told


def test_answers_are_the_review_of_that_period(book, page):
    fill(page, wins="The close", lessons="Ask sooner", last_focus_outcome="Yes. No.", next_focus="Sponsor\nSleep", satisfaction="4")
    press(page, "Save review")
    last = rows(book, "reviews")[-1]
    names = ("period", "written_on", "wins", "lessons", "last_focus_outcome", "next_focus", "satisfaction")
    assert [last[name] for name in names] == ["2026Q3", "2026-10-12", "The close", "Ask sooner", "Yes. No.", "Sponsor\nSleep", "4"]
    assert words(page.notice.value) == "Saved a moment ago."


def test_a_second_save_changes_that_review_and_adds_none(book, page):
    fill(page, wins="The close")
    press(page, "Save review")
    fill(page, wins="The close, and rest")
    press(page, "Save changes")
    assert [row["wins"] for row in rows(book, "reviews")] == ["", "The close, and rest"]


def test_a_review_under_another_spelling_of_its_period_is_found(book):
    book.add("reviews", period="2026-07-01..2026-09-30", written_on="2026-10-01", wins="Written by two days")
    assert book.look_back().fields["wins"].value == "Written by two days"


def test_nothing_answered_is_told_and_saves_nothing(book, page):
    press(page, "Save review")
    assert words(page.notice.value) == "Nothing is answered yet. One answer is enough to save." and len(rows(book, "reviews")) == 1


def test_what_was_begun_stays_with_its_period(book, page):
    fill(page, wins="Half a thought")
    page.choice.choice.value = "2026Q2"
    assert page.fields["next_focus"].value.startswith("Close in four days.") and page.fields["wins"].value == ""
    page.choice.choice.value = "2026Q3"
    assert page.fields["wins"].value == "Half a thought"
    assert book.look_back().fields["wins"].value == "Half a thought"


def test_a_review_taken_back_stands_in_the_fields_again(book, page):
    fill(page, wins="The close")
    press(page, "Save review")
    press(page, "Undo")
    assert len(rows(book, "reviews")) == 1 and page.fields["wins"].value == "The close"


def test_a_review_changed_elsewhere_is_not_written_over_unasked(book, page):
    page.choice.choice.value = "2026Q2"
    fill(page, wins="Mine")
    Workbook.open(book.folder, today="2026-10-12").update("reviews", rows(book, "reviews")[0]["id"], wins="Theirs")
    press(page, "Save changes")
    assert "changed elsewhere meanwhile" in words(page.notice.value) and rows(book, "reviews")[0]["wins"] == "Theirs"
    press(page, "Save changes")
    assert rows(book, "reviews")[0]["wins"] == "Mine"


def test_a_period_before_the_first_record_invites_and_asks_nothing(page):
    page.choice.choice.value = "2025"
    assert "There is nothing to look back on here." in words(pages(page)) and buttons(page) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_is_text_beside_the_questions(tmp_path, text):
    made = Workbook.open(Workbook.create(tmp_path / "career", owner=text).folder, today="2026-10-12")
    made.add("achievements", achieved_on="2026-08-10", title=text)
    made.add("goals", title=text, started_on="2026-07-01", deadline="2026-12-31")
    made.add("reviews", period="2026Q2", written_on="2026-07-05", next_focus=text)
    page = made.look_back()
    for name in page.facts:
        assert tags(page.facts[name].value) <= {"aside", "p", "strong", "ul", "ol", "li", "span"}
        assert text in beside(page, name)


# -- the report


def test_the_report_is_of_the_period_looked_back_on(book):
    page, maker = book.look_back(), book.handover()
    assert "Third quarter 2026" in words(pages(maker))
    page.choice.choice.value = "2026-09"
    assert "September 2026" in words(pages(maker)) and "Third quarter" not in words(maker.period_note.value)


def test_a_manager_gets_a_few_sections_and_others_are_ticked(book):
    maker = book.handover()
    assert maker.sections == {} and "For yourself: nothing withheld." in words(pages(maker))
    maker.reader_choice.value = "manager"
    shown = words(pages(maker))
    assert "What is in it" in shown and "Wins · Goals you finished · Learning" in shown
    assert "Never in it: scores of habits, how your role fits, coaching, satisfaction, confidence, target roles" in shown
    assert {"goals", "network", "feedback", "skills", "focus", "reflection"} == set(maker.sections)
    maker.sections["goals"].value = True
    assert "Wins · Goals you finished · Learning · All goals, with steps, deadlines and progress" in words(pages(maker))
    assert maker.added == ("goals",)


def test_what_is_withheld_is_counted_in_the_preview(book):
    maker = book.handover()
    maker.reader_choice.value = "manager"
    before = words(maker.preview.value)
    book.add("achievements", achieved_on="2026-08-11", title="A secret", private=True)
    assert "1 private record" in words(maker.preview.value) and before != words(maker.preview.value)
    assert "A secret" not in words(maker.preview.value)


def test_a_report_in_no_format_is_refused(book):
    maker = book.handover()
    maker.formats["html"].value = False
    press(maker, "Make the review")
    assert words(maker.notice.value) == "Tick at least one format."
    assert not list((book.folder / "reports").glob("*")) and not maker.make_button.disabled


def test_a_period_without_records_is_told_beside_the_button(book):
    page, maker = book.look_back(), book.handover()
    page.choice.choice.value = "2025"
    press(maker, "Make the review")
    assert "first record" in words(maker.notice.value)
    assert not (book.folder / "reports" / "2025" / "self" / "review.html").exists()


def test_a_file_is_opened_and_where_that_cannot_be_its_place_is_told(tmp_path, monkeypatch):
    opened: list[str] = []
    monkeypatch.setenv("DISPLAY", ":1")
    make_report._open(tmp_path / "review.html", lambda address: opened.append(address) is None)
    assert opened == [(tmp_path / "review.html").as_uri()]
    with pytest.raises(CareerkitError, match="Open this file yourself"):
        make_report._open(tmp_path / "review.html", lambda _: False)
