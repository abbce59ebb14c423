"""What the networking measures say, by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import frames
import pandas as pd
import pytest
from frames import ON, talk

from careerkit.topics.networking import measures


def maya(**values: Any) -> dict[str, Any]:
    return {"id": "c1", "name": "Maya Lindt", "cadence_days": 40, **values}


def due(contacts: list[dict[str, Any]], talks: list[dict[str, Any]] | None = None, on: dt.date = ON, **settings: Any) -> pd.DataFrame:
    return measures.due(frames.tables(contacts=contacts, interactions=talks or []), on, frames.settings(**settings))


def test_due_is_the_last_time_spoken_to_and_the_cadence():
    row = due([maya()], [talk("2026-08-01", id="i1"), talk("2026-08-23", id="i2"), talk("2026-10-13", id="i3")]).iloc[0]
    assert (row["last_on"], row["due_on"]) == (pd.Timestamp("2026-08-23"), pd.Timestamp("2026-10-02"))
    assert (row["days_overdue"], row["priority"], row["records"]) == (10, 0.25, "c1;i2")


def test_a_day_not_yet_come_is_below_0():
    row = due([maya()], [talk("2026-10-12")]).iloc[0]
    assert (row["days_overdue"], row["priority"]) == (-40, -1)


@pytest.mark.parametrize("kind", ["note", "post", "comment"])
def test_notes_posts_and_comments_are_not_speaking(kind):
    assert pd.isna(due([maya()], [talk("2026-10-01", kind=kind)]).iloc[0]["last_on"])


@pytest.mark.parametrize(("met", "due_on"), [("2026-09-01", "2026-10-11"), ("2015-01-01", "2026-09-10"), (None, "2026-09-10")])
def test_never_spoken_to_counts_from_the_later_of_met_and_added(met, due_on):
    row = due([maya(met_on=met, created_at="2026-08-01T21:00:00Z")]).iloc[0]
    assert row["due_on"] == pd.Timestamp(due_on)
    assert row["records"] == "c1"


def test_the_cadence_is_their_own_else_that_of_their_closeness_else_they_are_left_out():
    people = [maya(closeness=5), maya(id="c2", cadence_days=None, closeness=5), maya(id="c3", cadence_days=None)]
    rows = due(people, cadence={5: 30}).set_index("contact_id")
    assert rows["cadence_days"].to_dict() == {"c1": 40, "c2": 30}
    assert list(due(people)["contact_id"]) == ["c1"]


@pytest.mark.parametrize(("archived", "rows"), [("2026-10-12", 0), ("2026-10-13", 1)])
def test_from_the_day_they_are_archived_nobody_is_due(archived, rows):
    assert len(due([maya(archived_on=archived)])) == rows


def test_a_contact_not_yet_known_is_not_due():
    assert due([maya(created_at="2026-10-13T08:00:00Z")]).empty


def test_highest_priority_comes_first_and_ties_by_id():
    people = [maya(), maya(id="c2", cadence_days=10), maya(id="c4"), maya(id="c3")]
    rows = due(people, [talk("2026-08-23", "c1; c2;c3;c4")])
    assert list(rows["contact_id"]) == ["c2", "c1", "c3", "c4"]


def test_spoken_has_a_row_for_each_person_of_a_conversation_each_once():
    told = [talk("2026-10-01", "c1;c2;c1", id="i2"), talk("2026-09-01", "", id="i1"), talk("2026-10-13", id="i3")]
    rows = measures.spoken(frames.tables(interactions=told), ON)
    assert list(rows["contact_id"]) == ["c1", "c2"]
    assert list(rows["records"]) == ["i2;c1", "i2;c2"]


def test_promises_are_open_until_done_oldest_first_and_undated_last():
    told = [
        talk("2026-09-01", id="i1", follow_up="Call back"),
        talk("2026-09-01", id="i2", follow_up="Send notes", follow_up_due="2026-10-20"),
        talk("2026-09-01", id="i3", follow_up="Introduce Ola", follow_up_due="2026-10-02", follow_up_done_on="2026-10-13"),
        talk("2026-09-01", id="i4", follow_up="Say thanks", follow_up_due="2026-10-01", follow_up_done_on="2026-10-12"),
        talk("2026-10-13", id="i5", follow_up="Write"),
        {"id": "i6", "planned_on": "2026-10-20", "kind": "informational interview", "follow_up": "Send a thank-you"},
    ]
    rows = measures.promises(frames.tables(interactions=told), ON)
    assert list(rows["interaction_id"]) == ["i3", "i2", "i1"]
    assert list(rows["days_overdue"][:2]) == [10, -8]
    assert pd.isna(rows["days_overdue"][2])


def test_reciprocity_counts_mutual_on_both_sides_for_each_person():
    told = [
        talk("2020-01-01", "c1;c2", direction="mutual"),
        talk("2026-01-01", direction="gave"),
        talk("2026-01-01", direction="gave", kind="post"),
        talk("2026-01-02"),
        talk("2026-10-13", direction="received"),
    ]
    people = [maya(), maya(id="c2", name="Ola Berg"), maya(id="c3")]
    rows = measures.reciprocity(frames.tables(contacts=people, interactions=told), ON)
    assert rows[["contact_id", "name", "gave", "received"]].values.tolist() == [
        ["c1", "Maya Lindt", 3, 1],
        ["c2", "Ola Berg", 1, 1],
    ]


def network() -> dict[str, pd.DataFrame]:
    people = [
        maya(organisation=" ACME "),
        maya(id="c2", organisation="acme"),
        maya(id="c3", organisation="Brook"),
        maya(id="c4"),
    ]
    told = [talk("2026-10-12", "c1;c2"), talk("2025-10-13", "c3;c4"), talk("2026-01-01", "c1")]
    return frames.tables(contacts=people, interactions=told)


def test_concentration_is_people_by_organisation_without_regard_to_capitals():
    rows = measures.concentration(network(), ON)
    assert list(rows["organisation"]) == ["acme", "brook"]
    assert list(rows["people"]) == [2, 1]
    assert list(rows["share"]) == pytest.approx([2 / 3, 1 / 3])
    assert rows["records"][0].split(";") == ["c1", "i1", "c2", "i3"]


def test_concentration_looks_back_365_days():
    assert list(measures.concentration(network(), ON + dt.timedelta(days=1))["organisation"]) == ["acme"]


def test_hhi_is_the_sum_of_squared_shares():
    row = measures.hhi(network(), ON).iloc[0]
    assert (row["hhi"], row["people"]) == (pytest.approx(5 / 9), 3)


def test_before_anybody_was_spoken_to_there_is_no_hhi():
    row = measures.hhi(frames.tables(), ON).iloc[0]
    assert pd.isna(row["hhi"])
    assert (row["people"], row["records"]) == (0, "")
