"""The sections of a review: what each says, for whom, and that what a person typed is text in all of them."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import frames
import pandas as pd
import pytest
from form_driver import tags, words

from careerkit import CareerkitError
from careerkit.review.chart import PLOTLY, Chart
from careerkit.review.outline import CELLS
from careerkit.review.review import Review
from careerkit.topics import RECORDS

TODAY = dt.date(2026, 10, 12)
NAMES = ("header", "lead", "glance", "corrections", *CELLS, "appendix")
ALL = "goals,network,feedback,skills,focus,reflection"


def review(audience: str = "self", chosen: str = "", period: str = "2026Q3", today: dt.date = TODAY, **rows: Any) -> Review:
    return Review(frames.tables(**rows), frames.settings(), period, audience, today, chosen)


def said(section: Any) -> str:
    """Return what a reader reads without asking for explanations."""
    return words(re.sub(r'<span role="tooltip".*?</span>', "", str(section)))


GOAL = {"title": "Give two talks", "metric": "talks", "target": 2, "started_on": "2026-07-01", "deadline": "2026-12-31"}


# -- short at the top


def test_a_finished_goal_is_the_first_sentence():
    lead = said(review(goals=[{**GOAL, "status": "done", "closed_on": "2026-08-20"}]).lead())
    assert lead.startswith("You finished Give two talks.")


def test_a_goal_finished_before_or_after_the_period_is_no_gain_of_it():
    for day in ("2026-06-30", "2026-10-01"):
        goal = {**GOAL, "started_on": "2026-01-05", "status": "done", "closed_on": day}
        assert "finished" not in said(review(goals=[goal]).lead())


def test_a_goal_opened_again_later_is_no_gain():
    goal = {**GOAL, "id": "g1", "status": "active"}
    change = {"goal_id": "g1", "changed_on": "2026-10-03", "field": "closed_on", "was": "2026-08-20", "now": ""}
    assert "finished" not in said(review(goals=[goal], goal_changes=[change]).lead())


def test_the_period_is_compared_with_the_one_before_and_with_a_year_before():
    days = ("2025-08-01", "2026-04-05", "2026-07-01", "2026-09-30")
    lead = said(review(achievements=[{"title": "A win", "achieved_on": day, "impact": "beyond"} for day in days]).lead())
    assert lead == "You noted 2 wins, all of them for the whole organisation or beyond; 1 in the quarter before, 1 a year before."


def test_no_comparison_is_made_with_days_before_the_first_record():
    wins = [{"title": "A win", "achieved_on": "2026-08-01", "created_at": "2026-08-01T10:00:00Z"}]
    made = review(achievements=wins)
    assert said(made.lead()) == "You noted 1 win."
    assert "compared" not in said(made.header())
    assert "quarter before" not in said(made.glance())


def test_a_period_before_the_first_record_is_a_sentence_that_names_the_earliest():
    wins = [{"title": "A win", "achieved_on": "2026-08-01", "created_at": "2026-08-01T10:00:00Z"}]
    with pytest.raises(CareerkitError) as error:
        review(period="2026Q1", achievements=wins)
    assert str(error.value) == (
        "Your first record is from 1 August 2026, after the end of first quarter 2026. The earliest review you can make is 2026Q3."
    )


def test_a_period_that_still_runs_is_marked_in_header_and_table():
    made = review(period="2026Q4", achievements=[{"title": "A win", "achieved_on": "2026-10-02"}])
    assert "This period is still running. What you see is as of 12 October 2026." in said(made.header())
    assert "This quarter, so far" in said(made.glance())


# -- deep below


def test_wins_stand_by_impact_the_widest_first():
    impacts = ("myself", "beyond", "", "team or class", "organisation")
    rows = [{"title": f"Win for {impact or 'whom'}", "achieved_on": "2026-08-01", "impact": impact} for impact in impacts]
    found = re.findall(r"Win for (beyond|organisation|team|myself|whom)", said(review(achievements=rows).wins()))
    assert found == ["beyond", "organisation", "team", "myself", "whom"]


def test_the_table_of_goals_shows_what_was_paused_or_dropped_and_what_stands_paused():
    goals = [
        {**GOAL, "title": "Still active"},
        {**GOAL, "title": "Paused before", "started_on": "2026-01-05", "status": "paused", "closed_on": "2026-05-10"},
        {**GOAL, "title": "Dropped now", "status": "dropped", "closed_on": "2026-08-01"},
        {**GOAL, "title": "Dropped before", "started_on": "2026-01-05", "status": "dropped", "closed_on": "2026-05-10"},
        {**GOAL, "title": "Done now", "status": "done", "closed_on": "2026-08-02"},
    ]
    table = said(review(goals=goals).goals())
    places = [table.find(name) for name in ("Still active", "Done now", "Paused before", "Dropped now")]
    assert places == sorted(places) and places[0] > 0
    assert "Dropped before" not in table
    assert "○ paused" in table and "paused 10 May 2026" in table and "dropped 1 Aug 2026" in table


def test_a_deadline_moved_after_the_period_stands_as_it_was_planned_then():
    goal = {**GOAL, "id": "g1", "deadline": "2027-06-30"}
    change = {"goal_id": "g1", "changed_on": "2026-10-05", "field": "deadline", "was": "2026-12-31", "now": "2027-06-30"}
    made = review(goals=[goal], goal_changes=[change])
    assert "31 Dec 2026" in said(made.goals()) and "2027" not in said(made.goals())
    assert said(made.plans()) == ""


def test_what_the_last_review_promised_stands_beside_what_became_of_it():
    rows = [
        {"period": "2026Q2", "written_on": "2026-07-05", "next_focus": "Find a sponsor.\nSleep."},
        {"period": "2026q3", "written_on": "2026-10-04", "last_focus_outcome": "Sponsor: no. Sleep: yes."},
    ]
    promised = said(review(reviews=rows).promised())
    assert all(text in promised for text in ("Find a sponsor.", "Sleep.", "Sponsor: no. Sleep: yes."))


def test_what_was_written_after_today_is_not_known_yet():
    row = {"period": "2026Q3", "written_on": "2026-10-20", "wins": "A quiet month", "next_focus": "Sleep."}
    made = review(reviews=[row])
    assert "A quiet month" not in said(made.answers()) and "Sleep." not in said(made.next())


def test_feedback_tells_what_was_said_and_decided_by_then_and_no_later():
    words = {"question": "What should I stop?", "to_improve": "Let us finish.", "reflection": "He is right.", "action": "Wait a breath."}
    days = {"requested_on": "2026-08-01", "received_on": "2026-08-10", "reflected_on": "2026-08-12", "decided_on": "2026-10-02"}
    row = {"giver": "Omar Aziz", "decision": "act", **words, **days}
    told = said(review(feedback=[row]).feedback())
    assert "Let us finish." in told and "He is right." in told and "▲ to decide" in told
    assert "Wait a breath." not in told


def test_dates_ahead_lie_in_the_next_period_earliest_first():
    made = review(
        goals=[{**GOAL, "id": "g1"}],
        action_steps=[{"goal_id": "g1", "title": "Write the outline", "due_on": day} for day in ("2026-10-20", "2027-01-05")],
        credentials=[{"name": "Boat licence", "status": "earned", "earned_on": "2020-05-01", "expires_on": "2026-11-01"}],
        sessions=[{"held_on": "2026-09-20", "attended": True, "next_on": "2026-10-15"}],
    )
    ahead = said(made.next())
    wanted = ("15 Oct 2026", "20 Oct 2026", "1 Nov 2026", "31 Dec 2026", "1 Jan 2027")
    assert [day for day in re.findall(r"\d+ (?:Oct|Nov|Dec|Jan) 202\d", ahead)] == list(wanted)
    assert ahead.count("Write the outline") == 1


# -- for whom


def test_sections_that_a_reader_does_not_have_are_empty():
    goal = {**GOAL, "id": "g1"}
    made = {audience: review(audience, goals=[goal]) for audience in ("manager", "sponsor")}
    shown = {audience: {name for name in NAMES if said(getattr(each, name)())} for audience, each in made.items()}
    assert shown["manager"] == {"header", "wins", "finished", "learning", "lead", "appendix"}
    assert shown["sponsor"] == {"header", "lead", "glance", "progress", "attendance", "appendix"}


def test_a_section_that_may_not_be_added_is_refused_with_those_that_may():
    with pytest.raises(CareerkitError, match=r"never shows habits\. You can add goals, network, feedback"):
        review("manager", "habits")


def test_nobody_but_oneself_is_spoken_to():
    rows = _filled("plain words")
    for audience, chosen in (("manager", ALL), ("sponsor", "")):
        made = review(audience, chosen, **rows)
        page = " ".join(said(_markup(getattr(made, name)())) for name in NAMES if name != "appendix")
        assert re.findall(r"\b[Yy]ours?\b|\b[Yy]ou\b", page) == [], audience


def test_the_footer_says_how_much_is_withheld_and_not_what():
    made = review("manager", roles=[{"name": "Teacher"}], goals=[{"title": "Leave", "private": True}], feedback=[{"giver": "Omar"}])
    assert said(made.appendix()).endswith("For your manager: 1 private record, 1 feedback text and 1 other record withheld.")


# -- what a person typed is text

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script><!--",
    r"$\href{javascript:alert(3)}{x}$ from $5k to $6k",
    "[x](javascript:alert(4))",
    "Donaudampfschifffahrt" * 10,
    "مرحبا 🎉 \u202eabc",
)
TEXT = "h1 h2 h3 p b strong span small br button a bdi code ul ol li dl dt dd svg rect line path circle"
SAFE = set(f"{TEXT} section header footer div article table caption thead tbody tr th td".split())


def _filled(*texts: str) -> dict[str, list[dict[str, Any]]]:
    """Return rows of every table in whose every text stands one of the texts."""
    return {table: [_row(table, text, place) for place, text in enumerate(texts)] for table in RECORDS}


def _row(table: str, text: str, place: int) -> dict[str, Any]:
    row: dict[str, Any] = {"id": f"{table}-{place}"}
    past = {"closed_on", "ended_on", "archived_on", "retired_on", "declined_on"}
    for name, field in RECORDS[table].own_fields().items():
        if field.kind in ("text", "long text", "words"):
            row[name] = text
        elif field.kind == "day" and name not in past:
            row[name] = f"2026-{8 + place % 2:02}-{10 + place}"
        elif field.kind in ("reference", "references"):
            row[name] = f"{field.table}-{place}"
    fixed: dict[str, dict[str, Any]] = {
        "goals": {"deadline": "2026-12-01", "target": 4, "started_on": "2026-07-01"},
        "interactions": {"kind": "call", "direction": "gave", "follow_up_done_on": "2026-09-20" if place % 2 else None},
        "skill_ratings": {"level": 3, "rater": "self"},
        "learning_log": {"minutes": 60},
        "role_fit": {"score": 3},
        "role_targets": {"level": 3},
        "trend_reviews": {"ring": "trial"},
        "reviews": {"period": "2026Q3", "written_on": f"2026-10-0{place + 1}", "satisfaction": 2},
        "check_ins": {"value": 1, "confidence": 1},
        "credentials": {"expires_on": "2026-11-20", "status": "earned"},
        "contacts": {"cadence_days": 5, "closeness": 4},
        "achievements": {"impact": "beyond", "link": "https://example.org/close"},
        "goal_changes": {"field": "title"},
        "events": {"attended": True},
        "sessions": {"attended": True, "minutes": 50, "next_on": "2026-11-02"},
        "action_steps": {"due_on": "2026-11-05", "done_on": None},
        "assignments": {"due_on": "2026-11-06", "done_on": None},
    }
    return {**row, **fixed.get(table, {})}


def _markup(section: Any) -> str:
    return json.dumps(section._repr_mimebundle_()) if isinstance(section, Chart) else str(section)


@pytest.fixture(scope="module", params=[("self", ""), ("manager", ALL), ("sponsor", "")], ids=lambda param: param[0])
def hostile(request) -> Review:
    audience, chosen = request.param
    return review(audience, chosen, **_filled(*HOSTILE))


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_is_text_in_every_section(hostile, name):
    section = getattr(hostile, name)()
    if isinstance(section, Chart):
        drawn = json.dumps(section._repr_mimebundle_()[PLOTLY])
        # The description is an attribute's text, which the page escapes itself.
        drawn = drawn.replace(json.dumps(section.figure.layout.meta["description"]), "")
        assert "<img" not in drawn and "<script" not in drawn and "$" not in drawn
        return
    made = str(section)
    assert tags(made) <= SAFE
    assert set(re.findall(r'href="([^"]*)"', made)) <= {"https://example.org/close"}
    assert re.findall(r"\son\w+=", re.sub(r">[^<]*<", "><", made)) == [] and "$" not in made
    assert isinstance(section._repr_html_(), str)


def test_each_hostile_text_can_be_read_on_the_page(hostile):
    if hostile.context.own:
        page = "".join(words(getattr(hostile, name)()) for name in ("wins", "goals", "people", "learning", "feedback", "answers"))
        assert [text for text in HOSTILE if text not in page] == []


def test_a_link_that_is_no_page_is_not_one():
    frame = frames.tables(achievements=[{"title": "A win", "achieved_on": "2026-08-01"}])
    for address in ("javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", 'https://example.org/" onclick="alert(1)'):
        tables = {**frame, "achievements": frame["achievements"].assign(link=pd.Series([address], dtype="str"))}
        made = str(Review(tables, frames.settings(), "2026Q3", "self", TODAY).wins())
        assert 'href="javascript' not in made.lower() and 'href="data' not in made and ' onclick="' not in made
