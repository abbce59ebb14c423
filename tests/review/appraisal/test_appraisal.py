"""An appraisal: wins by month, a first place for each under the form's headings, what is missing, and nothing private."""

from __future__ import annotations

import datetime as dt
from typing import Any

import frames
import pytest
from example_counts import examples
from form_driver import HOSTILE, tags, words
from hypothesis import given, settings
from hypothesis import strategies as st

from careerkit.errors import CareerkitError
from careerkit.review.appraisal import draft, headings, placement, prose
from careerkit.review.appraisal.headings import Heading
from careerkit.review.appraisal.recall import months
from careerkit.review.report.html_page import from_markdown
from careerkit.topics.periods import Period

ON = dt.date(2026, 6, 30)
HALF = Period.parse("2026-01-01..2026-06-30")


def win(key: str, on: str, title: str, **values: Any) -> dict[str, Any]:
    return {"id": key, "achieved_on": on, "title": title, **values}


def found(on: dt.date = ON, period: Period = HALF, **rows: Any) -> draft.Material:
    return draft.collect(frames.tables(**rows), on, frames.settings(), period)


CLOSE = win("w1", "2026-02-10", "Cut the close", result="Priya plans a week earlier", metric="9 days to 4", impact="organisation")
TRAINED = win("w2", "2026-04-02", "Trained three colleagues", result="All three run alone", impact="team or class")
ENGLISH = win("w3", "2026-04-20", "Passed the exam", impact="myself")


def jogs(tables: Any, month: int, last: int) -> list[str]:
    (recalled,) = months(tables, dt.date(2026, month, 1), dt.date(2026, month, last))
    return list(recalled.jogs)


# -- recalling


def test_wins_stand_in_their_months_and_private_ones_are_only_counted():
    made = found(achievements=[CLOSE, win("w9", "2026-03-01", "A secret", private=True), TRAINED]).months
    assert [(month.name, [each.title for each in month.wins], month.private) for month in made] == [
        ("January 2026", [], 0),
        ("February 2026", ["Cut the close"], 0),
        ("March 2026", [], 1),
        ("April 2026", ["Trained three colleagues"], 0),
        ("May 2026", [], 0),
        ("June 2026", [], 0),
    ]


def test_a_running_period_ends_today_and_months_at_its_edges_are_cut():
    made = months(frames.tables(achievements=[win("w1", "2026-01-09", "Too early")]), dt.date(2026, 1, 10), dt.date(2026, 2, 3))
    assert [(month.start, month.end, month.wins) for month in made] == [
        (dt.date(2026, 1, 10), dt.date(2026, 1, 31), ()),
        (dt.date(2026, 2, 1), dt.date(2026, 2, 3), ()),
    ]


def test_a_month_without_a_win_is_brought_to_mind_by_its_records():
    tables = frames.tables(
        contacts=[{"id": "c1", "name": "Priya Nair"}],
        interactions=[{"happened_on": "2026-03-04", "contact_ids": "c1", "kind": "call", "summary": "She hires in spring"}],
        goals=[{"id": "g1", "title": "Run a workshop", "started_on": "2026-01-01"}],
        action_steps=[{"goal_id": "g1", "title": "Choose a room", "done_on": "2026-03-09"}],
        learning_items=[{"title": "A course on rest", "status": "done", "finished_on": "2026-03-20"}],
        feedback=[{"contact_id": "c1", "received_on": "2026-03-21", "question": "How?", "went_well": "You listen."}],
    )
    assert jogs(tables, 3, 31) == [
        "You finished “A course on rest”. What did you use it for?",
        "Priya Nair said: “You listen.”",
        "You did this: “Choose a room”. What came of it?",
        "You spoke to Priya Nair: She hires in spring",
    ]
    assert jogs(tables, 4, 30) == []


def test_nothing_private_brings_a_win_to_mind():
    tables = frames.tables(
        contacts=[{"id": "c1", "name": "Priya Nair", "private": True}],
        interactions=[{"happened_on": "2026-03-04", "contact_ids": "c1", "kind": "call", "summary": "She hires in spring"}],
        goals=[{"id": "g1", "title": "Leave", "started_on": "2026-01-01", "private": True}],
        action_steps=[{"goal_id": "g1", "title": "Write the letter", "done_on": "2026-03-09"}],
        feedback=[{"contact_id": "c1", "received_on": "2026-03-21", "question": "How?", "went_well": "You listen."}],
    )
    assert jogs(tables, 3, 31) == []


# -- placing


def test_a_win_stands_where_the_heading_shares_a_word_with_it():
    (first, second) = placement.proposed([Heading("Key achievements"), Heading("Trainings you gave")], found(achievements=[TRAINED]))
    assert (first.wins, second.wins) == ((), ("w2",))
    assert dict(second.why)["w2"] == "it shares “trainings” with the heading"


@pytest.mark.parametrize(
    ("row", "heading"),
    [(CLOSE, "Results"), (TRAINED, "Collaboration"), (ENGLISH, "Development"), ({**ENGLISH, "goal_id": "g1", "impact": ""}, "Objectives")],
)
def test_a_win_stands_where_the_heading_asks_for_its_kind(row, heading):
    asked = [Heading(each) for each in ("Results", "Collaboration", "Development", "Objectives")]
    parts = placement.proposed(asked, found(achievements=[row], goals=[{"id": "g1", "title": "English", "started_on": "2026-01-01"}]))
    assert [part.heading.title for part in parts if part.wins] == [heading]
    assert all(dict(part.why)[key] for part in parts for key in part.wins)


def test_what_lies_ahead_gets_no_win():
    assert placement.proposed([Heading("Goals for next year"), Heading("Pläne für die Zukunft")], found(achievements=[CLOSE]))[0].text == ""


def test_the_widest_reach_comes_first_and_what_has_no_room_is_left():
    team = {**TRAINED, "impact": ""}
    (part,) = placement.proposed([Heading("Results", 60)], found(achievements=[team, CLOSE]))
    assert part.wins == ("w1",)
    assert part.text == "- Cut the close: Priya plans a week earlier (9 days to 4)."


IMPACTS = st.sampled_from(["", "myself", "team or class", "organisation", "beyond"])


@given(st.lists(st.tuples(st.text(max_size=30), IMPACTS), max_size=6), st.lists(st.text(min_size=1, max_size=20), max_size=4))
@settings(deadline=None, max_examples=examples(40))
def test_each_win_is_proposed_once_at_most_with_its_reason_and_only_the_first_may_be_too_long(told, titles):
    wins = [draft.Win(f"w{place}", ON, title or "x", "", "", impact) for place, (title, impact) in enumerate(told)]
    made = placement.proposed([Heading(title, 40) for title in titles], draft.Material(HALF, ON, (), tuple(wins), ()))
    placed = [key for part in made for key in part.wins]
    assert len(placed) == len(set(placed)) and set(placed) <= {each.id for each in wins}
    assert all(set(dict(part.why)) == set(part.wins) for part in made)
    assert all(not headings.excess(part.text, part.heading) for part in made if len(part.wins) > 1)


def test_private_wins_are_never_proposed():
    made = found(achievements=[CLOSE, {**TRAINED, "private": True}])
    assert [each.id for each in made.wins] == ["w1"]


def test_figures_are_those_of_review_counts_and_nothing_of_how_one_feels():
    rows = {
        "goals": [{"id": "g1", "title": "Run a workshop", "started_on": "2026-01-01", "status": "done", "closed_on": "2026-05-01"}],
        "check_ins": [{"goal_id": "g1", "checked_on": "2026-03-01", "confidence": 2}],
        "learning_log": [{"studied_on": "2026-02-01", "minutes": 75}, {"studied_on": "2026-02-02", "minutes": 60}],
        "reviews": [{"period": "2026Q1", "written_on": "2026-04-01", "satisfaction": 1, "next_focus": "Sleep"}],
        "contacts": [{"id": "c1", "name": "A"}, {"id": "c2", "name": "B", "private": True}],
        "interactions": [
            {"happened_on": "2026-02-01", "contact_ids": "c1;c2", "kind": "call"},
            {"happened_on": "2026-02-02", "contact_ids": "c2", "kind": "call"},
        ],
    }
    assert [(each.id, each.value, each.text) for each in found(**rows).figures] == [
        ("goals finished", 1, "1 goal finished: Run a workshop."),
        ("hours studied", 2.2, "2 hours of study."),
        ("people spoken to", 1, "1 person spoken to."),
    ]


def test_a_line_is_placed_and_taken_out_word_for_word_and_what_was_rewritten_stays():
    (one, two) = found(achievements=[CLOSE, TRAINED]).wins
    part = draft.with_item(draft.with_item(draft.Passage(Heading("Results")), one), two)
    assert part.text.splitlines() == [
        "- Cut the close: Priya plans a week earlier (9 days to 4).",
        "- Trained three colleagues: All three run alone.",
    ]
    assert draft.without_item(part, one).text == "- Trained three colleagues: All three run alone."
    own = draft.replace(part, text="My own words.\n- Trained three colleagues: All three run alone.")
    assert (draft.without_item(own, one).text, draft.without_item(own, one).wins) == (own.text, ("w2",))


# -- other headings later


def test_a_text_stays_with_its_heading_when_the_form_changes():
    material = found(achievements=[CLOSE, TRAINED])
    before = [draft.Passage(Heading("Results", 300), "Mine.", ("w1",)), draft.Passage(Heading("Old one"), "Kept.")]
    parts, left = placement.rearranged(before, [Heading("Teamwork"), Heading("results", 500)], material)
    assert left == 1
    assert [(part.heading.title, part.heading.limit, part.text) for part in parts] == [
        ("Teamwork", None, "- Trained three colleagues: All three run alone."),
        ("results", 500, "Mine."),
        ("Old one", None, "Kept."),
    ]


# -- what is missing


def test_what_is_missing_is_told_the_gravest_first():
    material = found(achievements=[CLOSE, TRAINED, win("w4", "2026-05-05", "Spoke at the forum", impact="beyond")])
    parts = [
        draft.Passage(Heading("Results", 20), "x" * 25, ("w2",)),
        draft.Passage(Heading("Plans for next year"), "  "),
    ]
    assert prose.gaps(parts, material) == [
        "“Plans for next year” is empty. What you chose to focus on next may belong here.",
        "“Results” is 5 characters too long. Take out what matters least.",
        "“Cut the close” reached the whole organisation, and isn't in the draft yet.",
        "“Spoke at the forum” reached beyond your organisation, and isn't in the draft yet.",
        "“Trained three colleagues” says no number. Which number shows it?",
        "No win is noted for January 2026, March 2026 and June 2026.",
    ]


def test_a_draft_that_lacks_nothing_says_so():
    period = Period.parse("2026-02")
    material = found(achievements=[CLOSE], period=period)
    parts = placement.proposed([Heading("Results")], material)
    assert prose.gaps(parts, material) == []
    assert prose.as_lines(parts, material)[-1] == "- Nothing. Read it aloud once, then copy it out."


# -- the whole


def test_the_whole_is_markdown_with_its_lists():
    parts = [draft.Passage(Heading("Results", 300), "I led it.\nTwice.\n- One.\n- Two."), draft.Passage(Heading("Plans"))]
    assert prose.document(parts, HALF, "Maya Lindt") == (
        "# Appraisal\n\nMaya Lindt, 1 January to 30 June 2026\n\n## Results\n\nI led it.  \nTwice.\n\n- One.\n- Two.\n\n"
        "## Plans\n\nNothing written yet.\n"
    )


@pytest.mark.parametrize("text", (*HOSTILE, "**bold** _and_ # more"))
def test_typed_text_is_text_in_the_whole(text):
    page = from_markdown(prose.document([draft.Passage(Heading(text), f"{text}\n- {text}")], HALF, text))
    assert tags(page) <= {"h1", "h2", "p", "ul", "li"}
    assert words(page).count(text) == 4


# -- which period


@pytest.mark.parametrize(
    ("today", "first_month", "name"),
    [("2026-10-12", 1, "2026"), ("2026-03-15", 1, "2025"), ("2026-10-12", 4, "FY2027"), ("2026-05-01", 4, "FY2026")],
)
def test_the_usual_period_is_the_year_and_early_in_it_the_one_before(today, first_month, name):
    day = dt.date.fromisoformat(today)
    assert draft.usual_period(frames.tables(), day, frames.settings(fiscal_first_month=first_month)).name == name


def test_a_draft_of_the_past_half_year_says_which_period_is_meant():
    rows = [{"period": "2026Q2", "heading": "Results", "updated_at": "2026-06-01T08:00:00Z"}]
    assert draft.usual_period(frames.tables(appraisals=rows), ON, frames.settings()).name == "2026Q2"
    assert draft.usual_period(frames.tables(appraisals=rows), dt.date(2027, 4, 30), frames.settings()).name == "2027"


def test_a_period_that_has_not_begun_is_refused():
    with pytest.raises(CareerkitError, match="2027 has not begun"):
        found(period=Period.parse("2027"))
