"""What stands around the forms: the navigation, and sentences that name a record and what to do next."""

from __future__ import annotations

import datetime as dt
import re

import frames
import pytest
from form_driver import HOSTILE, TODAY, tags, words

from careerkit import CareerkitError, Workbook
from careerkit.notebook import guides, navigation
from careerkit.topics import RECORDS
from careerkit.topics.brand import guide as brand
from careerkit.topics.goals import guide as goals
from careerkit.topics.habits import guide as habits
from careerkit.topics.learning import guide as learning
from careerkit.topics.networking import guide as networking

NOTEBOOKS = [file.removesuffix(".ipynb") for file, _, _ in guides.NOTEBOOKS]
TOPICS = list(guides.GUIDES)


def goal(id: str = "g1", **values) -> dict:
    """Return a goal of 100 days from 4 July to 12 October, from 0 to 10."""
    given = {"id": id, "title": "Give ten talks", "metric": "talks", "target": 10, "started_on": "2026-07-04", "deadline": "2026-10-12"}
    return {**given, **values}


def check_in(value: float | None, on: str = "2026-10-12", goal_id: str = "g1", **more) -> dict:
    return {"goal_id": goal_id, "checked_on": on, "value": value, **more}


def person(id: str, name: str, **values) -> dict:
    return {"id": id, "name": name, **values}


def talk(contact: str, on: str, **more) -> dict:
    return {"contact_ids": contact, "kind": "call", "happened_on": on, **more}


def said(guide, on: dt.date = TODAY, **rows) -> list[str]:
    return guide.findings(frames.tables(**rows), on, frames.settings())


# -- navigation


def links(markup) -> dict[str, str]:
    """Return the file of each link and what it says."""
    return {file: words(inside) for file, inside in re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', str(markup))}


def nav(markup) -> str:
    return str(markup).split("</style>")[1]


def test_every_notebook_is_a_link_with_how_its_topic_stands(example):
    told = links(example.page("04_goals"))
    assert list(told) == [f"{name}.ipynb" for name in NOTEBOOKS]
    assert re.fullmatch(r"Start here \d+ due", told["00_start_here.ipynb"])
    assert told["01_assessment.ipynb"] == "Self-assessment 12 skills"
    assert re.fullmatch(r"Networking \d+ to get back to", told["02_networking.ipynb"])
    assert re.fullmatch(r"Learning \d+ weeks in a row", told["03_learning.ipynb"])
    assert told["06_brand.ipynb"] == "Brand 7 wins in a year"
    assert re.fullmatch(r"Goals \d+ of \d+ on track", told["04_goals.ipynb"])


def test_every_notebook_that_is_linked_is_in_the_workbook(book):
    assert all((book.folder / "notebooks" / file).is_file() for file in links(book.page("04_goals")))


def test_on_an_empty_workbook_nothing_is_due(book):
    told = set(links(book.page("00_start_here")).values())
    assert {"Start here ", "Networking none yet", "Goals none yet", "Feedback none yet", "Learning none yet", "Brand none yet"} <= told


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_notebook_that_is_open_is_marked_and_no_other(book, name):
    assert re.findall(r'<a href="([^"]*)" aria-current="page">', str(book.page(name))) == [f"{name}.ipynb"]


def test_a_notebook_that_there_is_not_is_a_sentence(book):
    with pytest.raises(CareerkitError, match="There is no notebook '05_luck' in this workbook"):
        book.page("05_luck")


def test_the_owner_is_named_or_else_the_career(book, tmp_path):
    assert words(nav(book.page("04_goals"))).startswith("Maya Lindt")
    assert words(nav(Workbook.create(tmp_path / "another").page("04_goals"))).startswith("My career")


def test_the_example_says_that_it_stands_still_and_another_workbook_does_not(book, example):
    sentence = "An example with an invented person. Its calendar stays on 12 October 2026."
    assert sentence in words(nav(example.page("04_goals")))
    assert "stands still" not in words(nav(book.page("04_goals")))


def test_places_that_cannot_be_read_are_counted(book):
    book.add_many("goals", [{"title": "Give two talks", "target": 2}, {"title": "Read twelve books", "target": 12}])
    assert "need a look" not in words(nav(book.page("04_goals")))
    path = book.folder / "data" / "goals.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace(",12,", ",a dozen,"), encoding="utf-8-sig")
    told = words(nav(book.page("04_goals")))
    assert "1 place in your files needs a look. Start here shows it." in told
    path.write_text(path.read_text(encoding="utf-8-sig").replace(",2,", ",two,"), encoding="utf-8-sig")
    assert "2 places in your files need a look. Start here shows them." in words(nav(book.page("04_goals")))


@pytest.mark.parametrize("text", HOSTILE)
def test_the_owner_is_text_in_the_navigation(text):
    made = nav(navigation.navigation("04_goals", frames.tables(), TODAY, frames.settings(owner=text), []))
    assert tags(made) == {"nav", "p", "a", "span"}
    assert words(made).startswith(text)


def test_no_formula_is_made_of_what_stands_in_the_navigation(book):
    assert re.search(r'<nav class="[^"]*mathjax_ignore tex2jax_ignore', str(book.page("04_goals")))


# -- how a topic stands, in two or three words


def status(guide, **rows) -> str:
    return guide.status(frames.tables(**rows), TODAY, frames.settings())


def test_goals_on_track_are_counted_among_the_active_ones():
    rows = [goal("g1"), goal("g2"), goal("g3"), goal("g4", status="dropped", closed_on="2026-08-01")]
    told = [check_in(9), check_in(10, goal_id="g2"), check_in(1, goal_id="g3"), check_in(1, "2026-07-10", goal_id="g4")]
    assert status(goals, goals=rows, check_ins=told) == "2 of 3 on track"


def test_without_an_active_goal_there_are_none_yet():
    assert status(goals, goals=[goal(status="done", closed_on="2026-08-01")]) == "none yet"


def test_people_are_counted_until_somebody_is_due():
    assert status(networking, contacts=[person("c1", "Maya Lindt")]) == "1 person"
    assert status(networking, contacts=[person("c1", "Maya Lindt"), person("c2", "Omar Aziz")]) == "2 people"
    late = person("c2", "Omar Aziz", cadence_days=30, met_on="2026-01-01")
    assert status(networking, contacts=[person("c1", "Maya Lindt"), late]) == "1 to get back to"


def test_what_is_due_of_all_topics_is_added_up():
    late = person("c1", "Omar Aziz", cadence_days=30, met_on="2026-01-01")
    promise = talk("c2", "2026-10-01", follow_up="Send the list", follow_up_due="2026-10-05")
    rows = {"contacts": [late, person("c2", "Maya Lindt")], "interactions": [promise], "goals": [goal(deadline="2026-12-31")]}
    assert status(habits, **rows) == "3 due"


# -- what the records of goals say


def test_a_goal_that_is_ahead_is_named_with_its_points():
    (sentence,) = said(goals, goals=[goal(deadline="2027-01-20")], check_ins=[check_in(7)])
    assert sentence.startswith("“Give ten talks” is 20 points ahead of the calendar")


def test_a_goal_that_is_just_in_time_is_in_step():
    (sentence,) = said(goals, goals=[goal(deadline="2027-01-20")], check_ins=[check_in(5)])
    assert sentence.startswith("“Give ten talks” is in step with the calendar")


def test_a_goal_that_is_achieved_is_to_be_closed():
    assert said(goals, goals=[goal()], check_ins=[check_in(10)]) == ["“Give ten talks” is achieved. Close it, and note it as a win."]


def test_a_goal_that_is_behind_asks_for_the_smallest_next_step():
    told = said(goals, goals=[goal(deadline="2027-01-20")], check_ins=[check_in(2)])
    assert told == ["“Give ten talks” is 30 points behind. What would be the smallest next step?"]


def test_the_goal_furthest_behind_is_the_one_named():
    rows = [goal("g1", title="Write a book", deadline="2027-01-20"), goal("g2", deadline="2027-01-20"), goal("g3", deadline="2027-01-20")]
    told = [check_in(3), check_in(0, goal_id="g2"), check_in(2, goal_id="g3")]
    assert said(goals, goals=rows, check_ins=told)[0].startswith("“Give ten talks” is 50 points behind")


def test_a_blocker_of_the_last_two_check_ins_is_named():
    told = [check_in(1, "2026-10-01", blocker="no stage"), check_in(2, blocker="No stage ")]
    (sentence,) = said(goals, goals=[goal(deadline="2027-01-20")], check_ins=told)
    assert "its last two check-ins name the same blocker: No stage." in sentence


def test_a_blocker_that_is_gone_or_new_is_not_named():
    gone = [check_in(1, "2026-10-01", blocker="no stage"), check_in(2)]
    new = [check_in(1, "2026-10-01", blocker="no stage"), check_in(2, blocker="no time")]
    ahead = [check_in(1, "2026-10-01"), check_in(2, blocker="no stage"), check_in(2, "2026-10-13", blocker="no stage")]
    for told in (gone, new, ahead):
        (sentence,) = said(goals, goals=[goal(deadline="2027-01-20")], check_ins=told)
        assert "blocker" not in sentence


def test_a_deadline_that_has_passed_asks_for_a_decision():
    told = said(goals, goals=[goal(deadline="2026-10-11")], check_ins=[check_in(5)])
    assert told == ["The deadline of “Give ten talks” has passed. Decide: a new date, a smaller target, or drop it."]


def test_a_goal_that_nobody_looked_at_asks_where_it_stands():
    assert said(goals, goals=[goal(deadline="2027-01-20")], check_ins=[check_in(5, "2026-08-20")]) == [
        "“Give ten talks” has no check-in since 20 Aug 2026. Where is it today?"
    ]
    assert said(goals, goals=[goal(deadline="2027-01-20")]) == ["“Give ten talks” has no check-in yet. Where is it today?"]


def test_goals_that_are_closed_are_not_spoken_of():
    rows = [goal(status="dropped", closed_on="2026-08-01", deadline="2026-08-02")]
    assert said(goals, goals=rows) == [goals_invitation()]


def goals_invitation() -> str:
    return "There is no active goal yet. One is enough to begin with: what would you like to be true by the end of next quarter?"


# -- what the records of networking say


def test_the_person_who_waits_longest_is_the_one_to_begin_with():
    late = [
        person("c1", "Maya Lindt", cadence_days=30, met_on="2026-09-01"),
        person("c2", "Omar Aziz", cadence_days=30, met_on="2026-06-01"),
    ]
    (sentence,) = said(networking, contacts=late)
    assert sentence == "2 people to get back to. Begin with Omar Aziz, 103 days later than planned."


def test_one_person_who_waits_is_named():
    (sentence,) = said(networking, contacts=[person("c1", "Omar Aziz", cadence_days=30, met_on="2026-06-01")])
    assert sentence == "Omar Aziz is the one to get back to, 103 days later than planned."


def test_the_oldest_promise_is_named_with_whom_it_was_given():
    people = [person("c1", "Maya Lindt"), person("c2", "Omar Aziz")]
    promises = [
        talk("c1", "2026-09-20", follow_up="Send the list", follow_up_due="2026-10-01"),
        talk("c2", "2026-06-01", follow_up="Introduce Priya", follow_up_due="2026-06-10"),
        talk("c1", "2026-05-01", follow_up="Read her draft", follow_up_due="2026-05-10", follow_up_done_on="2026-05-09"),
    ]
    assert said(networking, contacts=people, interactions=promises) == ["The oldest open promise is to Omar Aziz: “Introduce Priya”."]


def test_a_network_in_one_house_is_told_with_its_name_as_written():
    houses = ("NordWind", "nordwind", "Larkfield", "Red Cross", "City Hall", "", "")
    people = [person(f"c{number}", f"Person {number}", organisation=house) for number, house in enumerate(houses)]
    (sentence,) = said(networking, contacts=people, interactions=[talk(row["id"], "2026-08-01") for row in people])
    assert sentence == (
        "2 of the 5 people you spoke to in the past year, with an organisation noted, are at NordWind. Who knows you elsewhere?"
    )


def test_fewer_than_five_people_say_nothing_of_one_house():
    people = [person(f"c{number}", f"Person {number}", organisation="Nordwind") for number in range(1, 5)]
    (sentence,) = said(networking, contacts=people, interactions=[talk(row["id"], "2026-08-01") for row in people])
    assert "Nordwind" not in sentence


def test_people_without_a_conversation_are_an_invitation_to_choose_one():
    told = said(networking, contacts=[person("c1", "Maya Lindt")])
    assert told == ["You have 1 contact, and no conversation noted yet. Which of them would you like to hear from?"]


# -- what the records of learning say


def note(on: str, minutes: int = 60, **values) -> dict:
    return {"studied_on": on, "minutes": minutes, **values}


def test_study_is_told_in_hours_and_weeks_with_what_is_left_of_an_item():
    rows = [{"id": "l1", "title": "Negotiation", "status": "doing", "expected_hours": 10}]
    log = [note("2026-10-10", 90, item_id="l1"), note("2026-10-02", 60, item_id="l1")]
    assert said(learning, learning_items=rows, learning_log=log) == [
        "You studied 2.5 hours in the past 13 weeks, 2 weeks in a row. “Negotiation” has about 7.5 of its hours to go: which one this week?"
    ]


def test_study_with_nothing_being_learned_asks_what_comes_next():
    assert said(learning, learning_log=[note("2026-10-10", 60)]) == [
        "You studied 1 hour in the past 13 weeks, 1 week in a row. Nothing is marked as being learned now: what comes next?"
    ]


def test_when_study_stopped_a_protected_hour_is_asked_for():
    rows = [{"id": "l1", "title": "Negotiation", "status": "doing"}]
    told = "No study logged since 27 Sep 2026. Which hour this week could you protect"
    assert said(learning, learning_log=[note("2026-09-27")]) == [f"{told}?"]
    assert said(learning, learning_items=rows, learning_log=[note("2026-09-27")]) == [f"{told} for “Negotiation”?"]
    assert said(learning, learning_log=[note("2026-09-28")])[0].startswith("You studied 1 hour in the past 13 weeks. Nothing is marked")


def test_an_item_that_was_never_studied_is_named():
    assert said(learning, learning_items=[{"title": "Negotiation"}]) == [
        "“Negotiation” is written down, and no study logged yet. Which half hour this week could it have?"
    ]


def test_a_credential_is_told_from_its_renewal_to_three_months_after_its_end():
    def told(on: str) -> list[str]:
        return said(learning, dt.date.fromisoformat(on), credentials=[paper("Boat licence")])

    assert told("2026-10-12") == ["“Boat licence” is valid until 1 Nov 2026, with 20 days left. What is the first step of its renewal?"]
    assert told("2026-11-01") == ["“Boat licence” is valid until 1 Nov 2026, with no day left. What is the first step of its renewal?"]
    assert told("2026-11-02") == ["“Boat licence” expired on 1 Nov 2026. Would you still be asked for it?"]
    assert "Boat licence" not in told("2027-06-01")[0]


def test_the_trend_unseen_for_longest_is_named_and_one_without_a_place_first():
    trends = [{"id": "t1", "name": "Voice"}, {"id": "t2", "name": "Data contracts"}]
    looks = [
        {"trend_id": "t1", "reviewed_on": "2026-02-01", "ring": "trial"},
        {"trend_id": "t2", "reviewed_on": "2026-01-25", "ring": "adopt"},
    ]
    assert said(learning, trends=trends, trend_reviews=looks) == [
        "You last looked at “Data contracts” on 25 Jan 2026. Does “adopt” still fit?"
    ]
    assert said(learning, trends=trends, trend_reviews=looks[:1]) == [
        "“Data contracts” has no place on your radar yet. Where would you put it today?"
    ]


def test_a_trend_without_a_response_asks_for_the_smallest_step():
    look = {"trend_id": "t1", "reviewed_on": "2026-10-01", "ring": "trial"}
    assert said(learning, trends=[{"id": "t1", "name": "Voice"}], trend_reviews=[look]) == [
        "“Voice” has no response from you yet. What would be the smallest useful step?"
    ]


def test_where_nothing_waits_it_is_not_said_that_nothing_is_there():
    look = {"trend_id": "t1", "reviewed_on": "2026-10-01", "ring": "trial"}
    (sentence,) = said(learning, trends=[{"id": "t1", "name": "Voice", "my_response": "Try it"}], trend_reviews=[look])
    assert sentence.startswith("No study is noted yet, and nothing else is waiting.")


def test_learning_stands_at_its_weeks_in_a_row_else_its_hours():
    assert status(learning, learning_log=[note("2026-10-10")]) == "1 week in a row"
    assert status(learning, learning_log=[note("2026-10-10"), note("2026-10-04")]) == "2 weeks in a row"
    assert status(learning, learning_log=[note("2026-09-20", 90)]) == "1.5 h in 13 weeks"
    assert status(learning, learning_log=[note("2025-09-20", 90)]) == "none lately"


# -- what the records of brand say


def win(on: str, **values) -> dict:
    return {"achieved_on": on, "title": "Cut the close", **values}


def seen(on: str, **values) -> dict:
    return {"reviewed_on": on, "channel": "My profile page", **values}


STORY = {"situation": "Nine days.", "action": "Drew it.", "result": "Four."}


def test_wins_that_reach_far_are_counted_and_the_latest_is_named():
    rows = [win("2026-10-01", impact="myself", **STORY), win("2026-08-14", title="Spoke", impact="beyond", **STORY)]
    question = "Does the person who decides about your work know about it?"
    assert said(brand, achievements=rows) == [f"One win of the past year reaches beyond your team, the latest is “Spoke”. {question}"]
    rows.append(win("2026-09-01", title="Moved it", impact="organisation", **STORY))
    assert said(brand, achievements=rows) == [f"2 wins of the past year reach beyond your team, the latest is “Moved it”. {question}"]


def test_a_win_close_by_asks_who_gained_further_away():
    assert said(brand, achievements=[win("2026-10-01", impact="team or class", **STORY)]) == [
        "Your latest win is “Cut the close”. Who else benefited from it, perhaps further away than you think?"
    ]


def test_after_two_quiet_months_the_latest_win_is_named_with_its_day():
    told = "Your latest win is “Cut the close”, of 12 Aug 2026. What have you finished since then?"
    assert said(brand, achievements=[win("2026-08-12", **STORY)]) == [told]
    assert said(brand, achievements=[win("2026-08-13", **STORY)]) != [told]


def test_a_word_named_twice_and_never_heard_is_told_once_others_were_asked():
    rows = [seen("2026-09-01", intended_words="brave;clear"), seen("2026-08-01", intended_words="brave")]
    assert said(brand, brand=rows) == [
        "No win is noted yet. What did you finish this month that someone was happy about? Write it down in one line."
    ]
    (sentence,) = said(brand, brand=[*rows, seen("2026-09-02", heard_words="clear")])
    assert sentence == (
        "You would like to hear “brave”, and it isn't among the words you noted from others in the past year. "
        "Which piece of work would show it?"
    )


def test_a_win_that_lacks_a_part_of_its_story_is_named_with_what_it_lacks():
    told = said(brand, achievements=[win("2026-10-01", result="Four.")])[-1]
    assert told == "“Cut the close” still needs its situation and action to be a story for an interview. What do you remember?"


def test_a_place_not_looked_at_for_nine_months_is_named():
    assert said(brand, brand=[seen("2026-01-14", channel="My articles"), seen("2026-09-01")]) == [
        "You last looked at “My articles” on 14 Jan 2026. Does it still say what you do?"
    ]
    assert said(brand, brand=[seen("2026-01-15")])[0].startswith("No win is noted yet.")


def test_brand_stands_at_the_wins_of_a_year():
    assert status(brand, achievements=[win("2025-10-13")]) == "1 win in a year"
    assert status(brand, achievements=[win("2025-10-12")]) == "none lately"


# -- this week's fifteen minutes


def test_the_week_names_a_person_or_a_promise_a_check_in_and_a_win():
    late = person("c1", "Omar Aziz", cadence_days=30, met_on="2026-01-01")
    promise = talk("c2", "2026-10-01", follow_up="Send the list", follow_up_due="2026-10-05")
    rows = {"contacts": [late, person("c2", "Maya Lindt")], "interactions": [promise], "goals": [goal(deadline="2026-12-31")]}
    week = ["Write to Omar Aziz.", "Note how “Give ten talks” is going.", "Write down one win of the past week, however small."]
    assert said(habits, **rows) == week
    assert said(habits, **{**rows, "achievements": [win("2026-10-06")]}) == week[:2]
    assert said(habits, **{**rows, "contacts": []})[0] == "Keep one promise: “Send the list”."


def test_a_promise_that_is_not_due_yet_does_not_fill_the_week():
    promise = talk("c1", "2026-10-01", follow_up="Send the list", follow_up_due="2026-10-12")
    rows = {"contacts": [person("c1", "Maya Lindt")], "interactions": [promise], "achievements": [win("2026-10-06")]}
    assert said(habits, **rows) == [
        "Nothing is waiting on 12 October 2026. A conversation you had, or a step you took, can be noted in half a minute."
    ]
    assert said(habits, dt.date(2026, 10, 13), **rows)[0] == "Keep one promise: “Send the list”."


def test_with_nobody_overdue_the_week_names_who_is_close_and_quiet_else_whose_time_comes_within_it():
    close = person("c1", "Omar Aziz", closeness=5)
    soon = person("c2", "Maya Lindt", cadence_days=30, met_on="2026-09-18")
    rows = {"contacts": [close, soon], "achievements": [win("2026-10-06")]}
    assert said(habits, **rows) == ["Write to Omar Aziz, who is close to you and has not heard from you for half a year."]
    assert said(habits, **{**rows, "contacts": [soon]}) == ["Write to Maya Lindt, who is due again on 18 Oct 2026."]
    later = person("c2", "Maya Lindt", cadence_days=30, met_on="2026-09-19")
    spoken = {"contacts": [later], "interactions": [talk("c2", "2026-10-01")]}
    assert said(habits, **{**rows, **spoken})[0].startswith("Nothing is waiting")


def test_who_comes_back_after_two_months_is_greeted_with_the_day_something_was_last_written():
    rows = {"contacts": [person("c1", "Maya Lindt", created_at="2026-08-12T20:00:00Z", updated_at="2026-08-13T20:00:00Z")]}

    def shown(on: dt.date) -> str:
        return words(navigation.findings("habits", frames.tables(**rows), on, frames.settings()))

    assert shown(dt.date(2026, 10, 11)).startswith("This week, 15 minutes. You have 1 contact")
    assert shown(dt.date(2026, 10, 12)).startswith(
        "Welcome back. You last wrote here on 13 August 2026. There is no need to catch up. This week, 15 minutes: You have 1 contact"
    )


def test_with_contacts_alone_the_week_asks_for_one_of_them():
    people = [person(f"c{number}", f"Person {number}") for number in range(3)]
    assert said(habits, contacts=people)[0] == "You have 3 contacts: write to one you would like to hear from."


def test_a_goal_that_was_looked_at_this_week_is_left_in_peace_and_the_one_not_looked_at_for_longest_is_named():
    goals = [goal(id="g1", title="Give ten talks", deadline="2026-12-31"), goal(id="g2", title="Write ten letters", deadline="2026-12-31")]
    looked = [{"goal_id": "g1", "checked_on": "2026-10-05", "value": 1}, {"goal_id": "g2", "checked_on": "2026-10-06", "value": 1}]
    rows = {"goals": goals, "check_ins": looked, "achievements": [win("2026-10-06")]}
    assert said(habits, **rows) == ["Note how “Give ten talks” is going."]
    assert said(habits, dt.date(2026, 10, 11), **rows)[0].startswith("Nothing is waiting")


# -- every topic


@pytest.mark.parametrize(
    ("topic", "begins"),
    [
        ("habits", "This week, 15 minutes. Begin with one goal, or with three people you would like to stay in touch with."),
        ("assessment", "What your records say. No skill is written down yet. Which three did you use this week?"),
        ("networking", "What your records say. There is nobody here yet. Bring in your LinkedIn connections, or write down three people"),
        ("learning", "What your records say. There is nothing here yet. Which skill would make next year easier?"),
        ("goals", f"What your records say. {goals_invitation()}"),
        ("brand", "What your records say. There is nothing here yet. What did you finish this month that someone was happy about?"),
    ],
)
def test_an_empty_workbook_invites(book, topic, begins):
    told = navigation.findings(topic, book.tables(), book.today, book.settings)
    assert words(told).startswith(begins)


def named(example: Workbook) -> set[str]:
    """Return what records of the example are called: titles, names, organisations and promises."""
    columns = [(table, record.named_by) for table, record in RECORDS.items() if record.named_by]
    columns += [("contacts", "organisation"), ("interactions", "follow_up"), ("brand", "intended_words"), ("reviews", "next_focus")]
    return {part for table, column in columns for text in example.read(table)[column] for part in re.split(r"[;\n]", text) if part}


# A question, or an order: close, begin, write, keep, note; an open promise says itself what to do.
ACTION = re.compile(
    r"\?$|Close it|Begin with|^Write to|^Keep one|^Note how|^Write down one win|open promise is to .+: “.+”"
    r"|Decide:|the one to get back to|Tell \w+|Ask (again|them)"
)


@pytest.mark.parametrize("topic", TOPICS)
def test_on_the_example_each_sentence_names_a_record_and_what_to_do_next(example, topic):
    told = guides.findings(topic, example.tables(), example.today, example.settings)
    assert 1 <= len(told) <= 3
    for sentence in told:
        assert any(name in sentence for name in named(example)), sentence
        assert ACTION.search(sentence), sentence


@pytest.mark.parametrize("topic", TOPICS)
def test_no_sentence_ever_shows_an_id(example, topic):
    known = {key for table in RECORDS for key in example.read(table)["id"]}
    told = " ".join(guides.findings(topic, example.tables(), example.today, example.settings))
    assert known & set(re.findall(r"\bk1\w{12}\b", told)) == set()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("topic", TOPICS)
def test_typed_text_is_text_in_what_the_records_say(topic, text):
    late = person("c1", text, cadence_days=30, met_on="2026-01-01", organisation=text)
    promise = talk("c1", "2026-06-01", follow_up=text, follow_up_due="2026-06-10")
    told = [check_in(1, "2026-10-01", blocker=text), check_in(1, blocker=text)]
    rows = {"contacts": [late], "interactions": [promise], "goals": [goal(title=text), goal("g2", title=text)], "check_ins": told}
    rows |= {"trends": [{"name": text}], "learning_items": [{"title": text, "status": "doing"}], "credentials": [paper(text)]}
    rows |= {"achievements": [win("2026-10-01", title=text)], "brand": [seen("2025-01-01", channel=text)]}
    rows["skills"] = [{"id": key, "name": text} for key in ("s1", "s2")]
    levels = (("self", "", 5), ("manager", text, 2))
    rows["skill_ratings"] = [
        {"skill_id": "s1", "rated_on": "2026-09-01", "rater": rater, "rater_name": name, "level": level} for rater, name, level in levels
    ]
    rows["reviews"] = [{"period": "2026Q3", "written_on": "2026-10-04", "next_focus": text}]
    rows["feedback"] = [{"contact_id": "c1", "received_on": "2026-09-01", "went_well": text, "acted_on": "2026-09-02", "to_improve": text}]
    made = navigation.findings(topic, frames.tables(**rows), TODAY, frames.settings())
    assert tags(made) == {"p", "strong"}
    assert words(made).count(text) >= 2


def paper(name: str) -> dict:
    return {"name": name, "status": "earned", "earned_on": "2024-05-01", "expires_on": "2026-11-01"}


def test_a_topic_that_says_nothing_is_a_sentence(book):
    with pytest.raises(CareerkitError, match=r"There is no topic 'luck' that says something\. There are .*networking, .*goals, .*habits"):
        navigation.findings("luck", book.tables(), book.today, book.settings)


# -- forms by name


def test_every_table_has_a_form():
    assert all(guides.form_plan(table).record is record for table, record in RECORDS.items())


def test_a_purpose_has_a_form_of_its_own():
    plan = guides.form_plan("networking.interview")
    assert (plan.record.table, plan.only) == ("interactions", {"kind": "informational interview"})


def test_a_form_that_there_is_not_is_a_sentence_with_those_there_are():
    with pytest.raises(CareerkitError, match=r"There is no form 'golas'.*networking\.interview, networking\.log"):
        guides.form_plan("golas")
