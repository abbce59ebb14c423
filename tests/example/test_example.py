"""The example: what the script tells, and whether it holds together as a person's own two years would."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import make_example
import pandas as pd
import pytest

from careerkit import Workbook, look
from careerkit.records import Choice, Date, Reference, References, split_list
from careerkit.store import packaged
from careerkit.topics import MEASURES, RECORDS
from careerkit.topics.goals import measures as goals
from careerkit.topics.networking import measures as networking

EXAMPLE = packaged.path("data") / "example"
TODAY = dt.date(2026, 10, 12)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return Workbook.create(tmp_path_factory.mktemp("example") / "book", example=True)


@pytest.fixture(scope="module")
def tables(book: Workbook) -> dict[str, pd.DataFrame]:
    return {table: book.read(table) for table in RECORDS}


def test_the_script_writes_the_committed_files_byte_for_byte(tmp_path: Path):
    make_example.make(tmp_path)
    made = {file.name: file.read_bytes() for file in tmp_path.glob("*.csv")}
    assert made == {file.name: file.read_bytes() for file in EXAMPLE.glob("*.csv")}


def test_there_is_a_file_for_every_table_and_none_is_empty(tables):
    assert {file.stem for file in EXAMPLE.glob("*.csv")} == set(RECORDS)
    assert [table for table, frame in tables.items() if frame.empty] == []


def test_files_begin_with_the_mark_that_excel_needs_and_end_lines_plainly():
    for file in EXAMPLE.glob("*.csv"):
        data = file.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") and b"\r" not in data, file.name


def test_nothing_is_wrong_in_it(book):
    assert book.check() == []


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_has_rows(name, book):
    assert len(book.measure(name))


def test_it_stands_still_on_its_own_day_and_is_owned(book):
    settings = book.settings
    assert (settings.owner, book.today, settings.weekly_learning_hours) == ("Maren Okafor", TODAY, 2.0)
    assert settings.cadence == {5: 30, 4: 60, 3: 120}


def test_ids_begin_with_a_letter_are_unique_and_sort_by_creation(tables):
    everything = pd.concat([frame[["id", "created_at"]] for frame in tables.values()])
    assert everything["id"].is_unique
    assert everything["id"].str.fullmatch(r"k[0-9a-z]{13}").all()
    assert everything.sort_values("id")["created_at"].is_monotonic_increasing
    assert all(frame["id"].is_monotonic_increasing for frame in tables.values())


@pytest.mark.parametrize("table", RECORDS)
def test_every_reference_names_a_record_that_was_there_at_the_last_change(table, tables):
    frame = tables[table]
    for name, field in RECORDS[table].fields.items():
        if isinstance(field, (Reference, References)):
            made = tables[field.table].set_index("id")["created_at"]
            for ids, changed in zip(frame[name], frame["updated_at"], strict=True):
                for key in split_list(ids):
                    assert key in made.index, f"{table}.{name}: {key}"
                    assert made[key] <= changed, f"{table}.{name}: {key} is younger than what names it"


def test_comments_are_about_records_that_exist(tables):
    for _, row in tables["comments"].iterrows():
        assert row["record_id"] in set(tables[row["table"]]["id"])
        assert row["record_updated_at"] <= row["created_at"]


@pytest.mark.parametrize("table", RECORDS)
def test_nothing_has_happened_after_today(table, tables):
    frame, end = tables[table], pd.Timestamp(TODAY)
    assert (frame["created_at"] < end).all() and (frame["updated_at"] < end + pd.Timedelta(days=1)).all()
    for name, field in RECORDS[table].fields.items():
        # A goal may be written down before it starts.
        if isinstance(field, Date) and not field.ahead and (table, name) != ("goals", "started_on"):
            assert (frame[name].dropna() <= end).all(), f"{table}.{name}"


@pytest.mark.parametrize("table", RECORDS)
def test_a_record_changes_after_it_was_made_and_after_what_it_tells(table, tables):
    frame = tables[table]
    assert (frame["updated_at"] >= frame["created_at"]).all()
    for name, field in RECORDS[table].fields.items():
        if isinstance(field, Date) and not field.ahead:
            told = frame[name].where(frame[name] <= pd.Timestamp(TODAY)).dropna()
            assert (told <= frame["updated_at"].loc[told.index]).all(), f"{table}.{name}"


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("contacts", "relationship"),
        ("interactions", "kind"),
        ("interactions", "direction"),
        ("goals", "status"),
        ("goals", "habit"),
        ("events", "kind"),
        ("feedback", "decision"),
        ("achievements", "impact"),
        ("roles", "status"),
        ("skill_ratings", "rater"),
        ("credentials", "status"),
        ("learning_items", "status"),
        ("trend_reviews", "ring"),
        ("prompts", "answer_kind"),
    ],
)
def test_every_choice_is_made_by_some_record(table, column, tables):
    field = RECORDS[table].fields[column]
    assert isinstance(field, Choice)
    never = {("events", "kind"): {"other"}}
    assert set(field.choices) - set(tables[table][column]) == never.get((table, column), set())


def test_every_status_of_a_goal_is_there(tables):
    assert set(goals.pace(tables, TODAY)["status"]) == set(look.STATUS)


def test_a_goal_was_paused_and_taken_up_again(tables):
    def standing(day: dt.date) -> str:
        pace = goals.pace(tables, day)
        return str(pace.loc[pace["title"] == "Read twelve books on leading people", "goal_status"].item())

    days = (dt.date(2026, 4, 11), dt.date(2026, 4, 30), dt.date(2026, 6, 1))
    assert [standing(day) for day in days] == ["active", "paused", "active"]


def test_a_deadline_slipped_and_the_change_is_told(tables):
    changes = tables["goal_changes"]
    slipped = changes[changes["field"] == "deadline"]
    assert list(slipped["now"]) == ["2025-08-31", "2026-11-30"]
    now = tables["goals"].set_index("id")["deadline"]
    assert [f"{now[key]:%Y-%m-%d}" for key in slipped["goal_id"]] == list(slipped["now"])


def test_a_blocker_comes_back_in_the_latest_check_ins(tables):
    told = tables["check_ins"].sort_values("checked_on").groupby("goal_id")["blocker"].apply(lambda said: list(said)[-2:])
    assert ["no sponsor yet", "no sponsor yet"] in list(told)


def test_some_people_are_overdue_and_one_was_never_spoken_to(book, tables):
    due = networking.due(tables, TODAY, book.settings)
    assert 5 <= (due["days_overdue"] > 0).sum() <= 10
    assert list(due.loc[due["last_on"].isna(), "name"]) == ["Ahmed Farouk"]


def test_one_employer_stands_out_and_promises_are_open(tables):
    top = networking.concentration(tables, TODAY).iloc[0]
    assert top["organisation"] == "larkfield freight" and top["share"] >= 0.4
    promises = networking.promises(tables, TODAY)
    assert promises.iloc[0]["follow_up"] == "Send Gareth the reading list on forecasting"
    assert (promises["days_overdue"] > 0).all()


def test_the_spring_of_2026_is_flat(tables):
    def hours(first: str, last: str) -> float:
        return float(tables["learning_log"].query("@first <= studied_on <= @last")["minutes"].sum()) / 60

    assert hours("2026-03-09", "2026-05-16") == 0
    assert hours("2026-07-01", "2026-09-30") > 20
    talks = tables["interactions"]["happened_on"].dt.to_period("M").value_counts()
    assert talks[pd.Period("2026-04")] < 5 < talks[pd.Period("2025-11")]


def test_peers_see_delegation_lower_and_talks_higher_than_she_does(tables):
    ratings = tables["skill_ratings"].merge(tables["skills"][["id", "name"]], left_on="skill_id", right_on="id")
    year = ratings[ratings["rated_on"] > pd.Timestamp(2025, 10, 12)].sort_values("rated_on")

    def seen(skill: str) -> tuple[int, float, int]:
        of_skill = year[year["name"] == skill]
        peers = of_skill[of_skill["rater"] == "peer"].groupby("rater_name")["level"].last()
        return int(of_skill.loc[of_skill["rater"] == "self", "level"].iloc[-1]), float(peers.mean()), len(peers)

    assert seen("Delegation") == (4, pytest.approx(2.8), 5)
    own, others, raters = seen("Stakeholder talks")
    assert own - others <= -1 and raters >= 3


def test_feedback_stands_at_every_stage(tables):
    feedback, on = tables["feedback"], pd.Timestamp(TODAY)
    reached = ["followed_up_on", "acted_on", "decided_on", "reflected_on", "received_on", "declined_on"]
    last = feedback.apply(lambda row: next((name for name in reached if pd.notna(row[name])), "requested_on"), axis=1)
    assert set(last) == {*reached, "requested_on"}
    waiting = feedback[(last == "requested_on")]
    asked = (on - waiting["requested_on"]).dt.days
    assert (asked > 28).any() and (asked <= 28).any()
    assert feedback["requested_on"].isna().any()


def test_a_credential_runs_out_within_ninety_days_and_another_has(tables):
    left = (tables["credentials"]["expires_on"] - pd.Timestamp(TODAY)).dt.days
    assert left.between(1, 90).sum() == 1 and (left < 0).sum() == 1


def test_two_wins_of_the_latest_quarter_have_a_number(tables):
    wins = tables["achievements"]
    latest = wins[wins["achieved_on"].between(pd.Timestamp(2026, 7, 1), pd.Timestamp(2026, 9, 30))]
    assert latest["metric"].map(lambda text: bool(re.search(r"\d", text))).sum() >= 2


def test_eight_quarters_are_reviewed(tables):
    quarters = [f"{year}Q{quarter}" for year in (2025, 2026) for quarter in (1, 2, 3, 4)][:-1]
    assert list(tables["reviews"]["period"]) == ["2024Q4", *quarters]


def test_a_few_records_are_private(tables):
    assert 5 <= sum(int(frame["private"].sum()) for frame in tables.values()) <= 25


def test_two_people_share_a_name_and_are_told_apart_by_where_they_work(tables):
    people = tables["contacts"]
    same = people[people["name"] == "Anna Nowak"]
    assert sorted(same["organisation"]) == ["", "Civic Rail Works"]
