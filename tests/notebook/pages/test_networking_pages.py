"""Networking beyond the list of who is due: who stands by you, who went quiet, events, interviews, a page before a meeting."""

from __future__ import annotations

import datetime as dt
from typing import Any

import frames
import pandas as pd
import pytest
from form_driver import IMAGE, TODAY, pages, press, rows, tags, words

from careerkit import CareerkitError, Workbook
from careerkit.notebook import guides
from careerkit.topics.networking import charts, measures

DRAWN = ("circle", "dormant", "events", "posts", "interviews")


def person(id: str, **values: Any) -> dict[str, Any]:
    return {"id": id, "name": id.upper(), **values}


def talk(people: str, on: str | None, **values: Any) -> dict[str, Any]:
    return {"contact_ids": people, "kind": "call", "happened_on": on, **values}


def measured(name: str, on: dt.date = TODAY, **tables: Any) -> pd.DataFrame:
    return getattr(measures, name)(frames.tables(**tables), on)


def drawn(name: str, **tables: Any) -> str:
    return words(getattr(charts, name)(frames.tables(**tables), TODAY, frames.settings()))


# -- who stands by you


def test_mentors_sponsors_and_peers_are_told_also_where_there_is_none():
    found = measured("circle", contacts=[person("c1", relationship="mentor"), person("c2", relationship="friend")])
    assert list(found["relationship"]) == ["mentor", "sponsor", "peer in my target field", "friend"]
    assert list(found["people"]) == [1, 0, 0, 1]


def test_those_spoken_to_in_the_past_180_days_count_as_spoken_to_lately():
    people = [person(f"c{number}", relationship="mentor") for number in (1, 2, 3)]
    # 12 October less 180 days is 15 April: that day lies outside, the day after within.
    talks = [talk("c1", "2026-04-15"), talk("c2", "2026-04-16"), talk("c3", "2026-10-13")]
    row = measured("circle", contacts=people, interactions=talks).iloc[0]
    assert (row["people"], row["spoken_lately"], row["last_on"]) == (3, 1, pd.Timestamp("2026-04-16"))


def test_who_is_archived_or_not_yet_known_stands_by_nobody():
    people = [
        person("c1", relationship="sponsor", archived_on="2026-10-12"),
        person("c2", relationship="sponsor", created_at="2026-10-13T08:00:00Z"),
    ]
    assert measured("circle", contacts=people)["people"].sum() == 0


def test_a_missing_sponsor_is_said_with_what_one_is():
    told = drawn("circle", contacts=[person("c1", relationship="mentor")])
    assert "none yet" in told and "gives others your name when you are not in the room" in told


# -- close, and quiet


def test_close_people_not_spoken_to_for_half_a_year_are_found_the_longest_first():
    people = [
        person("c1", closeness=5),
        person("c2", closeness=4),
        person("c3", closeness=3),
        person("c4", closeness=5),
        person("c5", closeness=4),
    ]
    talks = [talk("c1", "2026-04-16"), talk("c2", "2026-04-15"), talk("c4", "2026-01-10"), talk("c5", "2025-10-12")]
    found = measured("dormant", contacts=people, interactions=talks)
    assert list(zip(found["contact_id"], found["days_silent"], strict=True)) == [("c4", 275), ("c5", 365), ("c2", 180)]


def test_a_close_person_never_spoken_to_is_quiet_and_has_no_days():
    found = measured("dormant", contacts=[person("c1", closeness=5)], interactions=[talk("c1", "2026-10-01", kind="comment")])
    assert list(found["contact_id"]) == ["c1"] and found["days_silent"].isna().all()


# -- events


EVENT = {
    "id": "e1",
    "name": "Data Days",
    "starts_on": "2026-05-20",
    "ends_on": "2026-05-21",
    "attended": True,
    "purpose": "Meet two heads of data",
}


def test_of_an_event_come_people_introductions_and_later_talks():
    found = measured(
        "events",
        events=[EVENT],
        contacts=[person("c1"), person("c2"), person("c3", met_on="2026-05-21", met_where=" data days ")],
        interactions=[
            talk("c1;c2", "2026-05-20", event_id="e1", kind="event"),
            talk("c1", "2026-06-02", kind="introduction"),
            talk("c3", "2026-07-01"),
            talk("c3", "2026-07-02", kind="note"),
            talk("c2", "2026-05-21"),
        ],
    ).iloc[0]
    assert (found["status"], found["people"], found["introductions"], found["talks_since"]) == ("attended", 3, 1, 2)


@pytest.mark.parametrize(
    ("on", "attended", "status"),
    [("2026-05-19", True, "planned"), ("2026-05-20", True, "attended"), ("2026-05-20", False, "missed")],
)
def test_an_event_is_planned_attended_or_missed(on, attended, status):
    found = measured("events", dt.date.fromisoformat(on), events=[{**EVENT, "attended": attended}])
    assert list(found["status"]) == [status]


def test_before_it_was_written_down_there_is_no_event():
    assert measured("events", dt.date(2019, 1, 1), events=[EVENT]).empty


def test_what_one_wants_of_a_planned_event_and_what_came_of_a_past_one_are_told():
    ahead = {**EVENT, "id": "e2", "name": "Forum", "starts_on": "2026-11-18", "ends_on": None}
    told = drawn("events", events=[EVENT, ahead], contacts=[person("c1")], interactions=[talk("c1", "2026-05-20", event_id="e1")])
    assert "Meet two heads of data" in told and "1 person met, no conversation since" in told


# -- posts


def test_posts_and_comments_are_counted_by_month_up_to_the_day():
    written = [
        talk("", day, kind=kind)
        for day, kind in (("2025-10-31", "post"), ("2025-11-01", "post"), ("2026-10-12", "comment"), ("2026-10-13", "post"))
    ]
    found = measured("posts", interactions=written)
    assert len(found) == 12 and found["month"].iloc[0] == pd.Timestamp("2025-11-01")
    assert (found["posts"].sum(), found["comments"].sum()) == (1, 1)
    assert "1 post or article and 1 comment in the past twelve months, the latest in October 2026." in drawn("posts", interactions=written)


# -- informational interviews


def test_an_interview_goes_from_whom_to_ask_to_the_thank_you():
    people = [person(f"c{number}", can_ask="How did you begin?" if number == 1 else "") for number in range(1, 6)]
    kind = "informational interview"
    talks = [
        talk("c2", None, planned_on="2026-10-20", kind=kind),
        talk("c3", "2026-10-01", kind=kind),
        talk("c4", "2026-09-01", kind=kind, learned="Begin small"),
        talk("c5", "2026-08-01", kind=kind, learned="Ask", follow_up="Thank", follow_up_done_on="2026-08-03"),
    ]
    found = measured("interviews", contacts=people, interactions=talks)
    assert list(found["contact_id"]) == ["c1", "c2", "c3", "c4", "c5"]
    assert list(found["stage"]) == ["to ask", "planned", "held", "learned", "thanked"]
    earlier = measured("interviews", dt.date(2026, 8, 2), contacts=people, interactions=talks[3:])
    assert list(earlier[earlier["contact_id"] == "c5"]["stage"]) == ["learned"]


def test_whom_to_ask_is_named_and_what_was_learned_is_told():
    talks = [talk("c2", "2026-09-01", kind="informational interview", learned="Begin small")]
    told = drawn("interviews", contacts=[person("c1", can_ask="How?"), person("c2")], interactions=talks)
    assert "To ask: C1." in told and "Begin small" in told


# -- before you meet somebody


def test_the_page_before_a_meeting_tells_the_last_talk_the_promise_and_what_to_offer(book):
    maya = book.add("contacts", name="Maya Lindt", role="Head of Data", can_offer="My notes", can_ask="How do you hire?", skill_ids="")
    book.add("interactions", contact_ids=maya, kind="call", happened_on="2026-09-01", summary="Her move", follow_up="Send the paper")
    told = words(pages(book.brief("networking.person")))
    assert "Choose somebody" in told
    page = book.brief("networking.person")
    page.choice.value = maya
    told = words(pages(page))
    assert all(text in told for text in ("Head of Data", "1 Sep 2026", "Her move", "Send the paper", "My notes", "How do you hire?"))


def test_the_page_opens_with_whom_one_meets_next(book):
    maya, jonas = book.add_many("contacts", [{"name": "Maya"}, {"name": "Jonas"}])
    book.add("interactions", contact_ids=jonas, kind="call", planned_on="2026-10-14")
    book.add("interactions", contact_ids=maya, kind="call", planned_on="2026-10-20")
    assert book.brief("networking.person").choice.value == jonas


def test_the_page_follows_a_save(book):
    maya = book.add("contacts", name="Maya")
    page = book.brief("networking.person")
    page.choice.value = maya
    book.add("interactions", contact_ids=maya, kind="call", happened_on="2026-10-01", summary="About her team")
    assert "About her team" in words(pages(page))


def test_a_brief_that_is_not_there_is_a_sentence(book):
    with pytest.raises(CareerkitError, match=r"There is no brief 'luck'\. There are networking\.person"):
        book.brief("luck")


# -- cadences by closeness


def test_a_cadence_by_closeness_is_kept_in_the_settings_and_asks_for_those_who_have_none(book):
    book.add("contacts", name="Maya", closeness=5, met_on="2026-01-01", created_at=None)
    form = book.cadences()
    assert book.measure("networking.due").empty
    form.inputs[5].value = 30
    press(form, "Save cadences")
    assert Workbook.open(book.folder).settings.cadence == {5: 30}
    assert list(book.measure("networking.due")["cadence_days"]) == [30]
    form.inputs[5].value = 0
    press(form, "Save cadences")
    assert Workbook.open(book.folder).settings.cadence == {}


def test_a_cadence_of_ones_own_days_is_kept_as_it_is(book):
    book.change_settings(cadence={4: 45})
    form = book.cadences()
    assert form.inputs[4].label == "every 45 days"
    press(form, "Save cadences")
    assert book.settings.cadence == {4: 45}


def test_a_choice_that_is_not_saved_stays_when_something_else_is(book):
    form = book.cadences()
    form.inputs[5].value = 90
    book.add("contacts", name="Maya")
    assert form.inputs[5].value == 90


# -- what all have in common


@pytest.mark.parametrize("name", DRAWN)
def test_with_nothing_written_down_it_invites_or_says_so_quietly(name):
    assert drawn(name)


@pytest.mark.parametrize("name", DRAWN)
def test_typed_text_is_text(name):
    made = getattr(charts, name)(
        frames.tables(
            contacts=[person("c1", name=IMAGE, closeness=5, organisation=IMAGE, can_offer=IMAGE, can_ask=IMAGE, relationship="mentor")],
            events=[{**EVENT, "name": IMAGE, "purpose": IMAGE, "attended": False}],
            interactions=[talk("c1", "2026-01-01", kind="informational interview", learned=IMAGE)],
        ),
        TODAY,
        frames.settings(),
    )
    assert "img" not in tags(made)


def test_typed_text_is_text_in_the_page_before_a_meeting(book):
    key = book.add("contacts", name=IMAGE, notes=IMAGE, can_offer=IMAGE)
    page = book.brief("networking.person")
    page.choice.value = key
    assert "img" not in tags(pages(page)) and IMAGE in words(pages(page))


def test_the_example_has_somebody_to_meet_next(tmp_path):
    example = Workbook.create(tmp_path / "career", example=True)
    brief = guides.brief("networking.person")
    key = brief.first(example.tables(), example.today, example.settings)
    assert rows(example, "contacts") and key in set(example.read("contacts")["id"])


def test_that_everyone_close_was_spoken_to_is_said_only_where_somebody_is_close():
    close = {"id": "c1", "name": "Omar Aziz", "closeness": 5}
    talk = {"happened_on": "2026-10-01", "contact_ids": "c1", "kind": "call"}

    def told(**rows):
        return words(charts.dormant(frames.tables(**rows), dt.date(2026, 10, 12), frames.settings()))

    assert told(contacts=[close], interactions=[talk]).startswith("You have spoken to everyone close to you")
    assert told(contacts=[{**close, "closeness": 3}]).startswith("Say for your contacts how close you are.")
