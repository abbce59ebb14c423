"""What was reckoned from the same tables is not reckoned again, and nobody can change what is remembered."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit import Workbook
from careerkit.topics import cache
from careerkit.topics.cache import remembered

ON = dt.date(2026, 10, 12)


class Counted:
    """How many boats there are, and how often somebody counted them."""

    def __init__(self) -> None:
        self.times = 0
        self.boats = remembered("boats")(self._boats)

    def _boats(self, tables: dict[str, pd.DataFrame], on: dt.date, least: int = 0) -> pd.DataFrame:
        self.times += 1
        return pd.DataFrame({"boats": [len(tables["boats"]) + least]})


def tables(*boats: str) -> dict[str, pd.DataFrame]:
    return {"boats": pd.DataFrame({"name": boats}), "trips": pd.DataFrame()}


def test_the_same_tables_and_day_are_reckoned_once():
    counted, told = Counted(), tables("Ann", "Bee")
    assert [counted.boats(told, ON)["boats"][0] for _ in range(3)] == [2, 2, 2]
    assert counted.times == 1


def test_another_day_another_setting_or_another_table_is_reckoned_anew():
    counted, told = Counted(), tables("Ann", "Bee")
    counted.boats(told, ON)
    assert counted.boats(told, ON, least=3)["boats"][0] == 5
    counted.boats(told, ON + dt.timedelta(1))
    assert counted.boats(tables("Ann"), ON)["boats"][0] == 1
    assert counted.times == 4


def test_a_table_that_the_function_does_not_read_changes_nothing():
    counted, told = Counted(), tables("Ann")
    counted.boats(told, ON)
    counted.boats({**told, "trips": pd.DataFrame({"goal": ["Home"]})}, ON)
    assert counted.times == 1


def test_what_is_done_to_an_answer_is_not_remembered():
    counted, told = Counted(), tables("Ann")
    answer = counted.boats(told, ON)
    answer.loc[0, "boats"] = 99
    assert counted.boats(told, ON)["boats"][0] == 1


def test_a_frame_that_is_gone_is_never_taken_for_a_new_one():
    counted = Counted()
    found = [int(counted.boats(tables(*"abcdefgh"[:amount]), ON)["boats"][0]) for amount in range(1, 9)]
    assert found == [1, 2, 3, 4, 5, 6, 7, 8]


def test_only_so_much_is_remembered_and_the_latest_asked_for_stays(monkeypatch):
    monkeypatch.setattr(cache, "MOST_KNOWN", 2)
    counted, told = Counted(), tables("Ann")
    days = [ON + dt.timedelta(days) for days in range(3)]
    for day in (days[0], days[1], days[0], days[2], days[0]):
        counted.boats(told, day)
    assert counted.times == 3
    counted.boats(told, days[1])
    assert counted.times == 4


def test_a_workbook_tells_a_measure_anew_after_a_save_and_after_its_undo(tmp_path):
    book = Workbook.create(tmp_path / "book", owner="Maya Lindt")
    book.add("goals", title="Learn to sail", started_on=book.today)
    assert len(book.measure("goals.pace")) == 1
    book.add("goals", title="Buy a boat", started_on=book.today)
    assert len(book.measure("goals.pace")) == 2
    book.undo()
    assert list(book.measure("goals.pace")["title"]) == ["Learn to sail"]


def test_tables_that_a_person_writes_into_leave_the_workbooks_figures_alone(tmp_path):
    book = Workbook.create(tmp_path / "book", owner="Maya Lindt")
    book.add("goals", title="Learn to sail", started_on=book.today)
    for frame in (book.tables()["goals"], book.read("goals"), book.measure("goals.pace")):
        frame.loc[0, "title"] = "Nothing"
    assert list(book.measure("goals.pace")["title"]) == ["Learn to sail"]
