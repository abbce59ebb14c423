"""The page on which all skills are rated at once, and the choice of two days or two roles to compare."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from form_driver import TODAY, buttons, hidden, pages, parts, press, rows, tags, words

from careerkit import CareerkitError, Workbook
from careerkit.notebook.pages.ratings import RatingLine
from careerkit.store.workbook_folder import save_settings


@pytest.fixture
def book(tmp_path) -> Workbook:
    made = Workbook.create(tmp_path / "career", owner="Maya Lindt")
    # A workbook that stands still on a day, as the example does; what is saved in it was saved on that day.
    save_settings(made.folder, replace(made.settings, today=TODAY))
    return Workbook.open(made.folder)


def skills(book: Workbook, *names: str, **values) -> list[str]:
    return book.add_many("skills", [{"name": name, **values} for name in names])


@pytest.fixture
def page(book) -> Any:
    """Return the page on which the one skill of the workbook is rated."""
    skills(book, "Writing")
    return book.rating()


def names(page) -> list[str]:
    """Return the skills on the page, in its order."""
    return [words(each.head.value.split("<br>")[0]) for each in page.body.children if isinstance(each, RatingLine)]


def line(page, name: str) -> RatingLine:
    (found,) = (each for each in page.lines.values() if words(each.head.value).startswith(name))
    return found


def rate(page, name: str, level: str = "", enjoyment: str = "", evidence: str = "") -> None:
    """Fill in what a person chooses, one after the other."""
    for field, value in (("level", level), ("enjoyment", enjoyment), ("evidence", evidence)):
        if value:
            line(page, name).inputs[field].value = value


def ratings(book: Workbook) -> list[tuple[str, ...]]:
    named = {row["id"]: row["name"] for row in rows(book, "skills")}
    told = rows(book, "skill_ratings")
    return [(named[row["skill_id"]], row["rater"], row["rated_on"], row["level"], row["enjoyment"], row["evidence"]) for row in told]


def test_only_what_was_touched_is_saved_in_one_save_and_one_undo_step(book):
    skills(book, "Writing", "Delegation", "Forecasting")
    page = book.rating()
    rate(page, "Delegation", "3", "4", "The report is Oskar's")
    rate(page, "Writing", "0")
    press(page, "Save 2 ratings")
    assert sorted(ratings(book)) == [
        ("Delegation", "self", "2026-10-12", "3", "4", "The report is Oskar's"),
        ("Writing", "self", "2026-10-12", "0", "", ""),
    ]
    assert words(page.notice.value) == "2 ratings saved a moment ago."
    press(page, "Undo")
    assert ratings(book) == []
    assert "Undo" not in buttons(page)


def test_after_a_save_the_page_is_empty_and_shows_it_as_the_last_rating(page):
    assert words(line(page, "Writing").head.value) == "Writingnot rated yet"
    rate(page, "Writing", "3", "4")
    press(page, "Save 1 rating")
    assert line(page, "Writing").value == {"level": "", "enjoyment": "", "evidence": ""}
    assert words(line(page, "Writing").head.value) == "Writinglevel 3, enjoyment 4 on 12 Oct 2026"
    assert buttons(page)[-3:-1] == ["Save ratings", "Clear"]


def test_the_last_rating_is_ones_own_and_not_of_a_later_day(book):
    (key,) = skills(book, "Writing")
    for rated_on, rater, level in (("2026-07-05", "self", 2), ("2026-10-01", "manager", 5), ("2026-10-13", "self", 5)):
        book.add("skill_ratings", skill_id=key, rated_on=rated_on, rater=rater, level=level)
    assert words(line(book.rating(), "Writing").head.value) == "Writinglevel 2 on 5 Jul 2026"


def test_a_line_without_a_level_is_told_beside_it_and_nothing_is_saved(book):
    skills(book, "Writing", "Delegation")
    page = book.rating()
    rate(page, "Writing", "3")
    rate(page, "Delegation", evidence="The report is Oskar's")
    press(page, "Save 2 ratings")
    assert words(line(page, "Delegation").wrong.value) == "Choose a level as well."
    assert hidden(line(page, "Writing").wrong)
    assert words(page.notice.value) == "Not saved yet: see the note in red."
    assert ratings(book) == []
    rate(page, "Delegation", "2")
    press(page, "Save 2 ratings")
    assert len(ratings(book)) == 2
    assert hidden(line(page, "Delegation").wrong)


def test_with_nothing_chosen_it_says_what_to_do(page):
    press(page, "Save ratings")
    assert words(page.notice.value) == "Nothing is chosen yet. Choose a level in one line or more; the others stay as they are."


def test_a_day_is_today_unless_another_is_chosen_and_never_ahead(book, page):
    assert page.rated_on.value == TODAY
    rate(page, "Writing", "3")
    page.rated_on.value = dt.date(2026, 10, 13)
    press(page, "Save 1 rating")
    assert words(line(page, "Writing").wrong.value) == "The day of the rating is in the future. Choose today or an earlier one."
    page.rated_on.value = dt.date(2026, 10, 1)
    press(page, "Save 1 rating")
    assert [told[2] for told in ratings(book)] == ["2026-10-01"]
    assert page.rated_on.value == TODAY


def test_without_a_day_it_is_asked_for(page):
    rate(page, "Writing", "3")
    page.rated_on.value = None
    press(page, "Save 1 rating")
    assert words(line(page, "Writing").wrong.value) == "On is empty. Fill it in to save."


def test_what_was_begun_is_there_when_the_cell_runs_again(book):
    skills(book, "Writing", "Delegation")
    page = book.rating()
    rate(page, "Delegation", "3", evidence="The report is Oskar's")
    page.rated_on.value = dt.date(2026, 10, 1)
    again = book.rating()
    assert line(again, "Delegation").value == {"level": "3", "enjoyment": "", "evidence": "The report is Oskar's"}
    assert again.rated_on.value == dt.date(2026, 10, 1)
    assert words(again.notice.value) == "Here's what you started writing. It isn't saved yet."
    press(again, "Save 1 rating")
    assert words(book.rating().notice.value) == ""


def test_clear_forgets_what_was_begun(book, page):
    rate(page, "Writing", "3")
    press(page, "Clear")
    assert line(book.rating(), "Writing").value["level"] == ""


def test_what_was_begun_for_a_skill_that_is_gone_is_left_out(book):
    gone, _ = skills(book, "Writing", "Delegation")
    rate(book.rating(), "Writing", "3")
    book.update("skills", gone, retired_on="2026-10-12")
    again = book.rating()
    assert names(again) == ["Delegation"]
    assert "Save ratings" in buttons(again)


def test_a_skill_saved_elsewhere_on_the_page_joins_without_touching_what_is_typed(book, page):
    rate(page, "Writing", "3")
    book.add("skills", name="Delegation")
    assert set(names(page)) == {"Writing", "Delegation"}
    assert line(page, "Writing").value["level"] == "3"


def test_skills_stand_by_kind_what_matters_most_first_and_retired_ones_are_left_out(book):
    book.add_many(
        "skills",
        [
            {"name": "Writing", "category": "people", "importance": 3},
            {"name": "Forecasting", "category": "craft"},
            {"name": "Delegation", "category": "people ", "importance": 5},
            {"name": "Macros", "category": "craft", "retired_on": "2026-10-12"},
            {"name": "Singing"},
        ],
    )
    page = book.rating()
    assert names(page) == ["Delegation", "Writing", "Forecasting", "Singing"]
    kinds = [words(each.value) for each in page.body.children if not isinstance(each, RatingLine)]
    assert kinds == ["people", "craft"]


def test_the_levels_and_a_skills_own_anchors_are_in_view(book):
    skills(book, "Delegation", level_anchors="1: gives away what is dull\n\n3: waits")
    skills(book, "Writing")
    page = book.rating()
    assert "0 not yet1 with help2 on your own, when it is simple3 on your own" in words(page.intro.value)
    assert words(line(page, "Delegation").anchors.value) == "1: gives away what is dull · 3: waits"
    assert hidden(line(page, "Writing").anchors)


def test_an_empty_workbook_invites_and_a_name_is_a_skill(book):
    page = book.rating()
    assert "No skill yet." in words(page.intro.value)
    assert buttons(page) == ["Add"]
    page.new_name.value = " Delegation "
    press(page, "Add")
    assert [row["name"] for row in rows(book, "skills")] == ["Delegation"]
    assert names(page) == ["Delegation"]
    page.new_name.value = "Writing"
    press(page, "Add")
    assert names(page) == ["Delegation", "Writing"]
    assert words(page.notice.value) == "Writing is added."


def test_a_skill_that_is_there_already_is_not_added_again(book):
    skills(book, "Delegation")
    page = book.rating()
    page.new_name.value = "delegation"
    press(page, "Add")
    assert words(page.notice.value).startswith("Delegation is among your skills already.")
    page.new_name.value = "  "
    press(page, "Add")
    assert words(page.notice.value) == "Type its name first."
    assert len(rows(book, "skills")) == 1


def test_sixty_skills_are_on_one_page_and_saved_at_once(book):
    skills(book, *(f"Skill {number:02}" for number in range(60)))
    page = book.rating()
    assert len(names(page)) == 60
    for each in page.lines.values():
        each.inputs["level"].value = "3"
    press(page, "Save 60 ratings")
    assert len(ratings(book)) == 60
    press(page, "Undo")
    assert ratings(book) == []


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", r"from $5k to $6k & “&lt;b&gt;”"])
def test_typed_text_is_text(book, text):
    skills(book, text, category=text, level_anchors=text)
    page = book.rating()
    assert "img" not in tags(pages(page))
    assert words(pages(page)).count(text) == 3
    assert not any(text in each.description for each in parts(page) if hasattr(each, "description"))


# -- the respects of a role


def test_a_role_is_scored_in_all_respects_at_once(book):
    post = book.add("positions", title="Analyst", started_on="2025-01-01")
    page = book.rating("role")
    assert names(page) == ["growth", "people", "workload", "meaning", "a say in what I do"]
    line(page, "growth").value = {"score": "4", "note": "New data"}
    line(page, "people").value = {"score": "2"}
    press(page, "Save 2 ratings")
    told = [(row["rated_on"], row["position_id"], row["dimension"], row["score"], row["note"]) for row in rows(book, "role_fit")]
    assert told == [("2026-10-12", post, "growth", "4", "New data"), ("2026-10-12", post, "people", "2", "")]
    assert names(page) == ["growth", "people"]
    assert words(line(page, "growth").head.value) == "growth4 on 12 Oct 2026"
    press(page, "Undo")
    assert rows(book, "role_fit") == []


def test_a_respect_is_added_by_its_name_and_kept_once_it_is_scored(book):
    book.add("role_fit", dimension="Growth", score=3, rated_on="2026-07-05")
    page = book.rating("role")
    page.new_name.value = "commute"
    press(page, "Add")
    assert names(page) == ["Growth", "commute"]
    page.new_name.value = "growth"
    press(page, "Add")
    assert words(page.notice.value) == "growth is on the page already."
    assert names(book.rating("role")) == ["Growth", "commute"]
    line(page, "commute").value = {"score": "1"}
    press(page, "Save 1 rating")
    assert names(page) == ["Growth", "commute"]
    assert [row["dimension"] for row in rows(book, "role_fit")] == ["Growth", "commute"]


def test_a_note_without_a_score_is_told(book):
    page = book.rating("role")
    line(page, "growth").value = {"note": "New data"}
    press(page, "Save 1 rating")
    assert words(line(page, "growth").wrong.value) == "Choose a score as well."


def test_a_new_position_begins_with_the_usual_respects(book):
    old = book.add("positions", title="Analyst", started_on="2025-01-01", ended_on="2026-09-30")
    book.add("role_fit", dimension="commute", score=3, rated_on="2026-07-05", position_id=old)
    book.add("positions", title="Lead", started_on="2026-10-01")
    assert names(book.rating("role"))[0] == "growth"


def test_a_page_that_there_is_not_is_a_sentence(book):
    with pytest.raises(CareerkitError, match=r"There is no page to rate 'luck'\. There is one for skills and one for role\."):
        book.rating("luck")


# -- two days, two roles


def test_two_days_are_chosen_and_the_chart_follows(book):
    (key,) = skills(book, "Writing")
    book.add_many(
        "skill_ratings", [{"skill_id": key, "rated_on": on, "level": level} for on, level in (("2025-10-01", 1), ("2026-10-01", 3))]
    )
    made = book.compare("assessment.changes")
    assert (made.choices["since"].value, made.choices["on"].value) == (dt.date(2025, 10, 12), TODAY)
    assert "Writing: 1 then, 3 now" in made.drawing.figure
    made.choices["since"].value = dt.date(2026, 10, 2)
    assert "Writing: 3 then, 3 now" in made.drawing.figure
    made.choices["since"].value = dt.date(2026, 10, 13)
    assert words(made.notice.value) == "The first day comes after the second. Choose an earlier one."
    assert "Writing: 3 then, 3 now" in made.drawing.figure


def test_two_roles_are_chosen_and_the_table_follows(book):
    (skill,) = skills(book, "Writing")
    ids = book.add_many("roles", [{"name": name} for name in ("Head", "Expert", "Coach")])
    book.add_many("role_targets", [{"role_id": key, "skill_id": skill, "level": 3} for key in ids])
    made = book.compare("assessment.roles")
    made.choices["first"].value, made.choices["second"].value = ids[2], ids[0]
    heads = words(made.drawing.value).split("Writing")[0]
    assert heads.endswith("CoachHead")
    book.update("roles", ids[0], name="Head of Data")
    assert words(made.drawing.value).split("Writing")[0].endswith("CoachHead of Data")
    book.delete("roles", ids[2])
    assert (made.choices["first"].label, made.choices["second"].label) == ("Expert", "Head of Data")


def test_at_first_the_roles_furthest_on_are_compared(book):
    (skill,) = skills(book, "Writing")
    told = (("Head", "exploring"), ("Expert", "chosen"), ("Coach", "testing"), ("Clown", "dropped"))
    ids = book.add_many("roles", [{"name": name, "status": status} for name, status in told])
    book.add_many("role_targets", [{"role_id": key, "skill_id": skill, "level": 3} for key in ids])
    made = book.compare("assessment.roles")
    assert (made.choices["first"].label, made.choices["second"].label) == ("Expert", "Coach")


def test_a_chart_that_compares_nothing_is_a_sentence(book):
    with pytest.raises(CareerkitError, match=r"assessment\.gaps doesn't compare anything\. Show it with wb\.chart\('assessment\.gaps'\)\."):
        book.compare("assessment.gaps")
