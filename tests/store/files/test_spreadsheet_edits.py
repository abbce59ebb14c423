"""A table that was opened and saved elsewhere: what is certain is mended, what is not is asked, what was lost is kept as known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command_line import run
from spreadsheets import PROGRAMS, Program

from careerkit import Workbook
from careerkit.errors import CareerkitError
from careerkit.records import Choice, Date, Flag, Integer, LongText, Number, Record, Scale, Text, Words
from careerkit.store.files import readings, table_file
from careerkit.store.store import Store


class Boat(Record):
    table = "boats"
    noun = "boat"
    named_by = "name"
    name = Text(label="Name of the boat", required=True)
    phone = Text(label="Phone")
    built_on = Date(label="Built")
    sold_on = Date(label="Sold")
    length = Number(label="Length", low=0)
    seats = Integer(label="Seats")
    joy = Scale(label="Joy", low=1, high=5)
    kind = Choice(label="Kind", choices=("sail", "row"), default="sail")
    tags = Words(label="Tags")
    afloat = Flag(label="Afloat")
    log = LongText(label="Log")


RECORDS = {"boats": Boat}
BOATS = (
    {"name": "Ålesund", "phone": "+49170123", "built_on": "2026-06-30", "length": 1.5, "seats": 3, "joy": 4, "tags": "red;fast"},
    {"name": "Zoë, the second", "phone": "0170123", "built_on": "2024-03-04", "length": 12345.25, "kind": "row", "afloat": True},
    {"name": "Mira", "phone": "030 1234", "sold_on": "1999-12-31", "log": 'two\nlines; and "quotes", too', "seats": 12000},
    {"name": "007", "log": "4 = 4", "length": 3},
)
WORN = ({"name": "Vega", "phone": "+4917012345678", "log": "=1+1"}, {"name": "Ada", "phone": "@ada", "log": "-quick"})
GERMANY, FRANCE, USA = PROGRAMS[0], PROGRAMS[1], PROGRAMS[4]


def holding(folder: Path, *boats: dict[str, object]) -> Store:
    """Return a store in a new folder with these boats."""
    store = Store(folder, RECORDS)
    store.add_many("boats", boats)
    return store


@pytest.fixture
def store(tmp_path) -> Store:
    return holding(tmp_path, *BOATS)


@pytest.fixture
def worn(store) -> Store:
    """A store with texts that no spreadsheet leaves whole."""
    store.add_many("boats", WORN)
    return store


def place(store: Store) -> Path:
    return store.folder / "data" / "boats.csv"


def put(store: Store, data: bytes) -> Store:
    place(store).write_bytes(data)
    return Store(store.folder, RECORDS)


def edited(store: Store, *pairs: tuple[str, str]) -> Store:
    """Return the store after a text editor changed the file and nothing of its form."""
    text = place(store).read_bytes().decode("utf-8-sig")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return put(store, text.encode("utf-8-sig"))


def alone(lines: list[str], encoding: str = "utf-8-sig") -> table_file.Loaded:
    """Return what is read of a file of which nothing is known."""
    return table_file.load("\r\n".join([*lines, ""]).encode(encoding), Boat, "data/boats.csv")


def ids(store: Store) -> list[str]:
    return list(store.read("boats")["id"])


def own_history(store: Store, sources: tuple[str, ...] = ("outside",)) -> list[tuple[str, str, str]]:
    """Return what the journal says was changed outside: column, before, after."""
    frames = [store.history("boats", key) for key in ids(store)]
    return [(row.column, row.before, row.after) for frame in frames for row in frame.itertuples() if row.source in sources]


# -- opened and saved, nothing changed


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_opening_and_saving_elsewhere_changes_no_record(worn, program):
    before = worn.read("boats")
    after = put(worn, program.saved(place(worn).read_bytes())).read("boats")
    assert after.to_dict("records") == before.to_dict("records")


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_the_next_save_writes_the_file_back_as_it_was(worn, program):
    before = place(worn).read_bytes()
    changed = put(worn, program.saved(before))
    (key,) = changed.add_many("boats", [{"name": "Ida"}])
    assert place(worn).read_bytes().startswith(before)
    assert own_history(changed) == [] and key in ids(changed)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_one_changed_cell_is_taken_in_and_nothing_else(worn, program):
    changed = put(worn, program.saved(place(worn).read_bytes(), {("Mira", "name"): "Mirabelle"}))
    changed.add_many("boats", [{"name": "Ida"}])
    assert own_history(changed) == [("name", "Mira", "Mirabelle")]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_reading_what_was_saved_elsewhere_writes_nothing(worn, program):
    data = program.saved(place(worn).read_bytes())
    changed = put(worn, data)
    changed.read("boats"), changed.check(), changed.problems()
    assert place(worn).read_bytes() == data


# -- the form of the file


@pytest.mark.parametrize("first", ["sep=;\r\n", '"sep=;"\r\n', "SEP=;\n"])
def test_a_line_that_names_the_separator_is_no_header(store, first):
    data = first.encode() + GERMANY.saved(place(store).read_bytes())
    changed = put(store, data)
    assert changed.problems() == [] and len(changed.read("boats")) == 4


@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
def test_each_separator_is_known_by_the_columns_it_gives(store, separator):
    before = store.read("boats")
    data = Program("any", separator, "utf-8").saved(place(store).read_bytes())
    assert put(store, data).read("boats").to_dict("records") == before.to_dict("records")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(store, encoding):
    text = place(store).read_bytes().decode("utf-8-sig")
    assert put(store, text.encode(encoding)).read("boats")["name"].tolist()[0] == "Ålesund"


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1250", "Łódź"), ("mac_roman", "Zoë"), ("cp1251", "Нева"), ("cp850", "Müritz"), ("cp932", "みらい")]
)
def test_letters_are_read_in_the_encoding_that_brings_back_known_names(tmp_path, encoding, name):
    store = holding(tmp_path, {"name": name}, {"name": "plain"})
    data = place(store).read_bytes().decode("utf-8-sig").encode(encoding)
    assert put(store, data).read("boats")["name"].tolist() == [name, "plain"]


def test_letters_of_an_unknown_file_are_read_as_windows_writes_them_and_that_is_told():
    loaded = alone(["id;name", "a1;Göteborg"], "cp1252")
    assert loaded.frame["name"].tolist() == ["Göteborg"]
    assert "read as cp1252" in loaded.problems[0].message and "UTF-8" in loaded.problems[0].remedy


def test_one_letter_of_another_encoding_costs_no_other_its_right_form(store):
    data = place(store).read_bytes().replace("Zoë".encode(), "Zoë".encode("cp1252"))
    changed = put(store, data)
    assert changed.read("boats")["name"].tolist()[:2] == ["Ålesund", "Zoë, the second"]
    (problem,) = changed.problems()
    assert problem.line == 3 and "not UTF-8" in problem.message


def test_letters_read_in_the_wrong_encoding_and_saved_so_are_put_right(store):
    data = place(store).read_bytes().decode("utf-8-sig").encode().decode("cp1252").encode()
    assert put(store, data).read("boats")["name"].tolist()[:2] == ["Ålesund", "Zoë, the second"]


def test_letters_that_the_encoding_lacks_are_kept_as_known(tmp_path):
    store = holding(tmp_path, {"name": "Łódź 🙂"}, {"name": "Müritz"})
    changed = put(store, GERMANY.saved(place(store).read_bytes()))
    assert changed.read("boats")["name"].tolist() == ["Łódź 🙂", "Müritz"]
    (problem,) = changed.problems()
    assert (problem.line, problem.column) == (2, "name") and "known text is kept" in problem.message


def test_lines_that_were_each_taken_for_one_cell_are_taken_apart_again(store):
    # A German Excel that opens a file with commas by a double click shows every line in its first column.
    import csv
    import io

    before = store.read("boats")
    cells = list(csv.reader(io.StringIO(place(store).read_bytes().decode("utf-8-sig"), newline=""), delimiter=";"))
    width = max(map(len, cells))
    sink = io.StringIO()
    csv.writer(sink, delimiter=";").writerows([*row, *[""] * (width - len(row))] for row in cells)
    assert put(store, sink.getvalue().encode("cp1252")).read("boats").to_dict("records") == before.to_dict("records")


@pytest.mark.parametrize("blank", [b";;;;\r\n", b"\r\n", b"  ;;\r\n", b";" * 14 + b"\r\n"])
def test_blank_rows_are_no_records(store, blank):
    changed = put(store, GERMANY.saved(place(store).read_bytes()) + blank * 3)
    assert len(changed.read("boats")) == 4 and changed.problems() == []


def test_blank_columns_and_rows_to_the_right_are_no_columns(store):
    text = GERMANY.saved(place(store).read_bytes()).decode("cp1252")
    changed = put(store, re.sub("(?<!two)\r\n", ";;;\r\n", text).encode("cp1252"))
    assert len(changed.read("boats")) == 4 and changed.problems() == []
    changed.add_many("boats", [{"name": "Ida"}])
    assert place(store).read_text(encoding="utf-8-sig").splitlines()[0] == ",".join(Boat.fields)


def test_separators_that_excel_leaves_out_at_the_end_of_a_row_are_no_fault(store):
    text = GERMANY.saved(place(store).read_bytes()).decode("cp1252")
    changed = put(store, (text + ";Ida;;\r\n").encode("cp1252"))
    assert changed.read("boats")["name"].tolist()[-1] == "Ida" and changed.problems() == []


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"PK\x03\x04" + b"x" * 99, "spreadsheet program's own workbook"),
        (b"<html><table>", "web page"),
        (b"\xd0\xcf\x11\xe0" * 9, "workbook"),
        (b"{\\rtf1", "document"),
    ],
)
def test_another_kind_of_file_under_the_name_is_refused_and_left_alone(store, data, named):
    changed = put(store, data)
    assert changed.read("boats").empty
    assert named in changed.problems()[0].message and "CSV UTF-8" in changed.problems()[0].remedy
    with pytest.raises(CareerkitError, match=named):
        changed.add_many("boats", [{"name": "Ida"}])
    assert place(store).read_bytes() == data


@pytest.mark.parametrize("lock", ["~$boats.csv", ".~lock.boats.csv#"])
def test_the_lock_file_of_an_open_spreadsheet_is_no_table(store, lock):
    (store.folder / "data" / lock).write_bytes(b"\x05owner" + b" " * 160)
    assert len(store.read("boats")) == 4 and store.check() == []


# -- columns


def renamed(store: Store, old: str, new: str) -> Store:
    header, _, rest = place(store).read_bytes().decode("utf-8-sig").partition("\n")
    assert old in header.split(",")
    header = ",".join(new if name == old else name for name in header.split(","))
    return put(store, f"{header}\n{rest}".encode("utf-8-sig"))


def without(store: Store, *columns: str) -> bytes:
    import pandas as pd

    frame = pd.read_csv(place(store), dtype=str, keep_default_na=False)
    return frame.drop(columns=list(columns)).to_csv(index=False).encode()


@pytest.mark.parametrize("new", ["Built_On", " built_on ", "BUILT_ON", "Built on", "built-on", "Built"])
def test_a_header_in_other_letters_is_the_same_column(store, new):
    changed = renamed(store, "built_on", new)
    assert changed.read("boats")["built_on"].notna().sum() == 2 and changed.problems() == []


def test_a_renamed_column_is_known_by_its_cells(store):
    changed = renamed(store, "phone", "Telefon")
    assert changed.read("boats")["phone"].tolist() == store.read("boats")["phone"].tolist() and changed.problems() == []
    assert any("Telefon" in note for note in changed.data.loaded("boats").notes)


def test_a_renamed_column_of_which_nothing_is_known_is_asked_about():
    loaded = alone(["id,name,bult_on", "a1,Mira,2026-06-30"])
    assert [(problem.line, problem.column) for problem in loaded.problems] == [(1, "bult_on")]
    assert "built_on" in loaded.problems[0].message and loaded.frame["name"].tolist() == ["Mira"]


def test_a_column_taken_out_deletes_nothing(store):
    before = store.read("boats")
    changed = put(store, without(store, "log", "length"))
    assert changed.read("boats").to_dict("records") == before.to_dict("records")
    assert [(problem.line, problem.column) for problem in changed.problems()] == [(1, "length"), (1, "log")]
    changed.add_many("boats", [{"name": "Ida"}])
    assert own_history(changed) == [] and changed.problems() == []
    assert "two\nlines" in place(store).read_text(encoding="utf-8-sig")


def test_a_column_of_ones_own_taken_out_deletes_nothing(store):
    lines = place(store).read_bytes().decode("utf-8-sig").replace("two\nlines", "two lines").splitlines()
    changed = put(
        store, "\n".join([lines[0] + ",harbour", *(f"{line},{at}" for at, line in enumerate(lines[1:]))]).encode("utf-8-sig") + b"\n"
    )
    changed.add_many("boats", [{"name": "Ida"}])
    changed = put(store, without(store, "harbour"))
    assert any(problem.column == "harbour" for problem in changed.problems())
    changed.add_many("boats", [{"name": "Ada"}])
    assert "harbour" in place(store).read_text(encoding="utf-8-sig").splitlines()[0]


def test_cells_that_were_emptied_under_their_name_are_an_edit(store):
    changed = edited(store, (",0170123,", ",,"))
    changed.add_many("boats", [{"name": "Ida"}])
    assert own_history(changed) == [("phone", "0170123", "")]


def test_columns_in_another_order_are_the_same(store):
    import pandas as pd

    before = store.read("boats")
    frame = pd.read_csv(place(store), dtype=str, keep_default_na=False)
    changed = put(store, frame[frame.columns[::-1]].to_csv(index=False).encode())
    assert changed.read("boats").to_dict("records") == before.to_dict("records") and changed.problems() == []


def test_sorted_rows_are_no_edit(store):
    header, *rows = GERMANY.saved(place(store).read_bytes().replace(b"two\n", b"two ")).split(b"\r\n")[:-1]
    changed = put(store, b"\r\n".join([header, *sorted(rows, reverse=True), b""]))
    changed.add_many("boats", [{"name": "Ida"}])
    assert [change for change in own_history(changed) if change[0] != "log"] == []


def test_a_header_that_was_sorted_in_among_the_rows_is_found_again(store):
    header, *rows = place(store).read_bytes().replace(b"two\n", b"two ").removeprefix(b"\xef\xbb\xbf").split(b"\n")[:-1]
    changed = put(store, b"\n".join([rows[0], rows[1], header, *rows[2:], b""]))
    assert len(changed.read("boats")) == 4 and changed.problems() == []


def test_an_own_column_that_was_added_is_kept(store):
    text = GERMANY.saved(place(store).read_bytes().replace(b"two\n", b"two ")).decode("cp1252").splitlines()
    changed = put(store, "\r\n".join([text[0] + ";Harbour", *(line + ";07" for line in text[1:])]).encode("cp1252"))
    changed.add_many("boats", [{"name": "Ida"}])
    kept = table_file.parse(place(store).read_bytes())
    assert [kept.texts(key)["Harbour"] for key in ids(changed)] == ["07", "07", "07", "07", ""]


def test_rows_whose_ids_were_taken_out_are_known_by_their_cells(store):
    before = store.read("boats")
    changed = put(store, without(store, "id"))
    assert changed.read("boats").to_dict("records") == before.to_dict("records")
    assert "id is missing. 4 of 4" in changed.problems()[0].message


def test_a_row_typed_below_in_the_countrys_way_is_read(store):
    data = GERMANY.saved(place(store).read_bytes())
    changed = put(store, data + ";Ida;0171;05.07.2026;;2,75;;;row;;WAHR\r\n".encode("cp1252"))
    row = changed.read("boats").iloc[-1]
    assert (row["name"], str(row["built_on"].date()), row["length"], bool(row["afloat"])) == ("Ida", "2026-07-05", 2.75, True)


# -- days


DAYS = {
    "2026-06-30": """
        30.06.2026 | 30/06/2026 | 06/30/2026 | 6/30/26 | 30-Jun-26 | 30. Jun 26 | 30. Juni 2026 | 30 juin 2026 | 30-giu-26 | 30 cze 2026
        | 30 czerwca 2026 | Jun 30, 2026 | Tuesday, June 30, 2026 | Dienstag, 30. Juni 2026 | 2026-06-30 00:00:00 | 2026/06/30
        | 2026. 06. 30.
        """,
    "2026-04-03": "03.04.2026",
    "2024-03-04": "4. Mrz 24",
    "1999-03-01": "1. März 1999",
    "1999-06-30": "30.06.99",
}


@pytest.mark.parametrize(("text", "day"), [(text.strip(), day) for day, texts in DAYS.items() for text in texts.split("|")])
def test_a_day_that_can_be_read_in_one_way_is_read_though_nothing_is_known(text, day):
    loaded = alone(["id,name,built_on", f'a1,Mira,"{text}"'])
    assert loaded.problems == [] and str(loaded.frame["built_on"].iloc[0].date()) == day


@pytest.mark.parametrize("text", ["03/04/2026", "3-4-26", "46203"])
def test_a_day_that_can_be_read_in_two_ways_is_asked_about_and_the_rest_of_the_row_is_read(text):
    loaded = alone(["id,name,built_on,length", f"a1,Mira,{text},7.5"])
    (problem,) = loaded.problems
    assert (problem.line, problem.column, problem.value) == (2, "built_on", text) and " or as " in problem.message
    row = loaded.frame.iloc[0]
    assert (row["name"], row["length"], str(row["built_on"])) == ("Mira", 7.5, "NaT")


def test_the_question_names_the_option_that_answers_it():
    lines = ["id,name,built_on", "a1,Mira,03/04/2026", "a2,Nora,05/06/2026"]
    (problem,) = alone(lines).problems
    assert "--dates day-first (or month-first)" in problem.remedy and "1 more" in problem.message
    data = "\n".join([*lines, ""]).encode()
    for answer, day in (("day-first", "2026-04-03"), ("month-first", "2026-03-04")):
        loaded = table_file.load(data, Boat, "data/boats.csv", dates=answer)
        assert loaded.problems == [] and str(loaded.frame["built_on"].iloc[0].date()) == day


@pytest.mark.parametrize(("shows", "day"), [("30/06/2026", "2026-04-03"), ("06/30/2026", "2026-03-04")])
def test_another_row_of_the_column_shows_the_order(shows, day):
    loaded = alone(["id,name,built_on", "a1,Mira,03/04/2026", f"a2,Nora,{shows}"])
    assert loaded.problems == [] and str(loaded.frame["built_on"].iloc[0].date()) == day


def test_another_column_shows_the_order_where_the_own_one_does_not():
    loaded = alone(["id,name,built_on,sold_on", "a1,Mira,03/04/2026,31/12/2026"])
    assert loaded.problems == [] and str(loaded.frame["built_on"].iloc[0].date()) == "2026-04-03"


def test_a_column_that_shows_both_orders_is_asked_about():
    loaded = alone(["id,name,built_on", "a1,Mira,03/04/2026", "a2,Nora,30/06/2026", "a3,Ida,06/30/2026"])
    assert [problem.value for problem in loaded.problems] == ["03/04/2026"] and len(loaded.frame) == 3


@pytest.mark.parametrize(("program", "day"), [(FRANCE, "2026-02-01"), (USA, "2026-01-02")])
def test_a_known_row_shows_the_order_for_a_day_that_was_typed_new(tmp_path, program, day):
    store = holding(tmp_path, {"name": "Mira", "built_on": "2026-04-03"}, {"name": "Nora", "built_on": "2026-05-05"})
    data = program.saved(place(store).read_bytes(), {("2026-05-05", "built_on"): "01/02/2026"})
    changed = put(store, data)
    assert str(changed.read("boats")["built_on"].iloc[1].date()) == day and changed.problems() == []


def test_a_known_row_shows_from_which_year_serial_numbers_count(tmp_path):
    store = holding(tmp_path, {"name": "Mira", "built_on": "2026-06-30"})
    data = Program("Mac of 1904", ";").saved(place(store).read_bytes()).decode("utf-8-sig").replace("2026-06-30", "44741", 1)
    loaded = put(store, (data + ";Ida;;44742\r\n").encode("utf-8-sig"))
    assert [str(day.date()) for day in loaded.read("boats")["built_on"]] == ["2026-06-30", "2026-07-01"]


@pytest.mark.parametrize(("answer", "day"), [("day-first", "2026-04-03"), ("month-first", "2026-03-04")])
def test_the_option_on_the_command_line_settles_the_question_in_the_file(tmp_path, answer, day):
    book = Workbook.create(tmp_path / "book")
    book.add("trends", name="Solar", noted_on="2026-01-01")
    file = book.folder / "data" / "trends.csv"
    file.write_bytes(file.read_bytes().replace(b",2026-01-01,", b",03/04/2026,"))
    check = ("check", "--workbook", str(book.folder))
    code, asked, _ = run(*check)
    assert code == 1 and "--dates day-first" in asked
    code, _, err = run(*check, "--repair", "--dates", answer)
    assert code == 0, err
    assert f",{day}," in file.read_text(encoding="utf-8-sig")
    assert run(*check)[0] == 0


def test_an_asked_cell_stays_word_for_word_through_saves(store):
    changed = put(store, place(store).read_bytes() + b"a9,Ida,,03/04/2026,,,,,,,,,,,\n")
    changed.add_many("boats", [{"name": "Ada"}])
    assert "a9,Ida,,03/04/2026," in place(store).read_text(encoding="utf-8-sig")
    assert [problem.value for problem in Store(store.folder, RECORDS).problems()] == ["03/04/2026"]


# -- numbers, yes and no


NUMBERS = {
    "1,5": 1.5,
    "3,0": 3,
    "3.0": 3,
    "1.234,5": 1234.5,
    "1 234,5": 1234.5,
    "1'234.5": 1234.5,
    "1E+10": 1e10,
    "1,5E+03": 1500,
    "1\u202f234,50": 1234.5,
}


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_a_number_that_can_be_read_in_one_way_is_read_though_nothing_is_known(text, number):
    loaded = alone(["id;name;length", f"a1;Mira;{text}"])
    assert loaded.problems == [] and loaded.frame["length"].iloc[0] == number


def test_a_number_whose_comma_may_part_thousands_is_asked_about():
    loaded = alone(["id;name;length", "a1;Mira;1,234"])
    assert [problem.column for problem in loaded.problems] == ["length"] and "1234 or as 1.234" in loaded.problems[0].message


@pytest.mark.parametrize(("text", "shows", "number"), [("1,234", "2,5", 1.234), ("1,234", "1,234.5", 1234), ("1.234", "2,5", 1234)])
def test_another_number_shows_what_the_comma_or_the_point_means(text, shows, number):
    loaded = alone(["id;name;length", f"a1;Mira;{text}", f"a2;Nora;{shows}"])
    assert loaded.problems == [] and loaded.frame["length"].iloc[0] == number


def test_three_decimals_that_were_taken_for_thousands_are_kept_as_known(tmp_path):
    store = holding(tmp_path, {"name": "Mira", "length": 1.234})
    changed = put(store, GERMANY.saved(place(store).read_bytes()).replace(b";1,234;", b";1234;"))
    assert changed.read("boats")["length"].iloc[0] == 1.234 and [problem.value for problem in changed.problems()] == ["1234"]


def test_a_number_in_our_own_form_is_never_taken_for_thousands():
    loaded = table_file.load("\ufeffid,name,length,built_on\na1,Mira,1.234,03/04/2026\n".encode(), Boat, "data/boats.csv")
    assert loaded.frame["length"].iloc[0] == 1.234


@pytest.mark.parametrize("words", [("TRUE", "FALSE"), ("WAHR", "FALSCH"), ("VRAI", "FAUX"), ("VERO", "FALSO"), ("PRAWDA", "FAŁSZ")])
def test_yes_and_no_are_read_in_the_language_of_the_program(words):
    loaded = alone(["id;name;afloat", f"a1;Mira;{words[0]}", f"a2;Nora;{words[1]}"])
    assert loaded.problems == [] and loaded.frame["afloat"].tolist() == [True, False]


# -- texts


def pairs(table: str) -> list[tuple[str, str]]:
    """Return what is known and what a spreadsheet made of it, from lines of `known -> cell`."""
    return [(known, cell) for known, _, cell in (line.strip().partition(" -> ") for line in table.strip().splitlines())]


KEPT_SILENTLY = [
    *pairs("""
        0170123 -> 170123
        007 -> 7
        +49170123 -> 49170123
        1.10 -> 1,1
        true -> WAHR
        2026-06-30 -> 30.06.2026
        1.0 -> 1
        10:30 -> 10:30
        """),
    ("one\ntwo", "one\r\ntwo"),
]
TOLD = [
    *pairs("""
        Ask about the lab -> #NAME?
        Ask -> #WERT!
        Ask -> #REF!
        Ask -> ########
        +4917012345678 -> 4,91701E+12
        +49 170 1234567 -> 4.9E+11
        12345678901234567890 -> 12345678901234500000
        12345678901234567890 -> 1,23457E+19
        =1+1 -> 2
        +49-170-123 -> -244
        1.5 -> 01. Mai
        3/4 -> 04. Mrz
        3/4 -> 4-Mar
        10-12 -> 12-Oct
        1-26 -> Jan 26
        """),
    ("x" * 40_000, "x" * 32_767),
]


def with_phone(tmp_path: Path, known: str, cell: str) -> Store:
    store = holding(tmp_path, {"name": "Mira", "phone": known}, {"name": "Nora", "phone": "plain"})
    return put(store, Program("plain", ";", "utf-8").saved(place(store).read_bytes(), {(known, "phone"): cell}))


@pytest.mark.parametrize(("known", "cell"), KEPT_SILENTLY)
def test_a_text_that_was_only_written_otherwise_is_read_as_it_was(tmp_path, known, cell):
    changed = with_phone(tmp_path, known, cell)
    assert changed.read("boats")["phone"].iloc[0] == known and changed.problems() == []


@pytest.mark.parametrize(("known", "cell"), TOLD)
def test_a_text_whose_meaning_is_gone_is_kept_as_known_and_told(tmp_path, known, cell):
    changed = with_phone(tmp_path, known, cell)
    assert changed.read("boats")["phone"].iloc[0] == known
    (problem,) = changed.problems()
    assert (problem.line, problem.column, problem.value) == (2, "phone", cell) and "next save" in problem.remedy
    changed.add_many("boats", [{"name": "Ida"}])
    assert changed.problems() == [] and own_history(changed) == []


@pytest.mark.parametrize(
    ("known", "cell"), [("0170123", "0171999"), ("Ask", "Asked"), ("1.5", "Mai"), ("007", "8"), ("uno", ""), ("José", "Jose")]
)
def test_a_text_that_a_person_changed_is_an_edit(tmp_path, known, cell):
    store = holding(tmp_path, {"name": "Mira", "phone": known})
    # The whole cell is meant: its letters may stand in an id or a time as well.
    was = rb"(?<=;)" + re.escape(GERMANY.shown(known).encode("cp1252")) + rb"(?=[;\r\n])"
    changed = put(store, re.sub(was, cell.encode("cp1252"), GERMANY.saved(place(store).read_bytes()), count=1))
    assert changed.read("boats")["phone"].iloc[0] == cell and changed.problems() == []


def test_zeros_taken_off_in_a_text_editor_are_an_edit(store):
    assert edited(store, (",0170123,", ",170123,")).read("boats")["phone"].iloc[1] == "170123"


def test_an_error_word_over_a_number_or_a_day_is_refused_too(store):
    changed = put(store, GERMANY.saved(place(store).read_bytes()).replace(b"30.06.2026;", b"########;").replace(b";1,5;", b";#WERT!;"))
    row = changed.read("boats").iloc[0]
    assert (str(row["built_on"].date()), row["length"]) == ("2026-06-30", 1.5)
    assert {problem.column for problem in changed.problems()} == {"built_on", "length"}


def test_a_number_that_was_taken_for_a_day_is_kept_as_known(store):
    changed = put(store, GERMANY.saved(place(store).read_bytes()).replace(b";1,5;", b";01. Mai;"))
    assert changed.read("boats")["length"].iloc[0] == 1.5 and [problem.value for problem in changed.problems()] == ["01. Mai"]


@pytest.mark.parametrize("cell", ["#NAME?", "4.9E+11"])
def test_a_lost_text_of_which_nothing_is_known_is_told_and_its_row_read(cell):
    loaded = alone(["id;name;phone", f"a1;Mira;{cell}"])
    assert [(problem.line, problem.column) for problem in loaded.problems] == [(2, "phone")] and loaded.frame["name"].tolist() == ["Mira"]


def test_a_person_may_write_an_error_word_themselves(store):
    store.add_many("boats", [{"name": "Ida", "log": "#NAME?"}])
    assert Store(store.folder, RECORDS).problems() == []
    assert put(store, GERMANY.saved(place(store).read_bytes())).problems() == []


def test_many_lost_cells_of_a_column_end_in_one_sentence(tmp_path):
    store = holding(tmp_path, *({"name": f"boat {at}", "phone": f"+49170123456{at:02}"} for at in range(50)))
    problems = put(store, GERMANY.saved(place(store).read_bytes())).problems()
    assert len(problems) == 21 and "30 more cells" in problems[-1].message


# -- rows


def test_a_quote_that_was_never_closed_costs_its_row_and_no_other(store):
    changed = edited(store, ("0170123", '"0170123'))
    assert changed.read("boats")["name"].tolist() == ["Ålesund", "Mira", "007"]
    (problem,) = changed.problems()
    assert problem.line == 3 and '"0170123' in problem.value


def test_a_row_that_cannot_be_read_stays_word_for_word_through_saves(store):
    changed = edited(store, ("0170123", '"0170123'))
    value = changed.problems()[0].value
    changed.add_many("boats", [{"name": "Ida"}])
    assert [problem.value for problem in Store(store.folder, RECORDS).problems()] == [value]
    assert "Ida" in changed.read("boats")["name"].tolist()


def test_a_row_between_two_stray_quotes_is_not_taken_for_text(store):
    changed = edited(store, ("+49170123", '"+49170123'), ("0170123", '0170123"'))
    names = changed.read("boats")["name"].tolist()
    assert names[-2:] == ["Mira", "007"]
    told = {problem.line for problem in changed.problems()}
    assert told and len(names) + len(told) == 4


def test_a_known_row_whose_quotes_were_lost_is_read(store):
    changed = edited(store, ('"Zoë, the second"', "Zoë, the second"))
    assert changed.read("boats")["name"].tolist()[1] == "Zoë, the second" and changed.problems() == []


def test_a_file_cut_in_the_middle_of_a_row_keeps_the_rows_above(store):
    data = place(store).read_bytes()
    changed = put(store, data[: data.rindex(b"007") + 4])
    assert len(changed.read("boats")) == 3 and [problem.line for problem in changed.problems()] == [6]


# -- the reading itself


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_what_was_understood_once_is_understood_so_again(store, program):
    data = program.saved(place(store).read_bytes(), {("Mira", "name"): "Mirabelle", ("1999-12-31", "sold_on"): "05/06/1999"})
    known = table_file.parse(place(store).read_bytes(), "boats").all_texts()
    first = table_file.interpret(data, Boat, "data/boats.csv", known)
    again = table_file.interpret(data, Boat, "data/boats.csv", first.sheet.all_texts())
    assert (again.sheet.header, again.sheet.rows, again.asked) == (first.sheet.header, first.sheet.rows, first.asked)


def test_what_was_mended_is_noted(store):
    changed = put(store, GERMANY.saved(place(store).read_bytes()))
    notes = " ".join(changed.data.loaded("boats").notes)
    assert "separated by ;" in notes and "2 in built_on" in notes


@pytest.mark.parametrize("text", ["", "Jan", "1.5", "32.13.2026", "2026", "1e5", "٣٤", "13/13/2026", "0/0/00", "²", "12:30"])
def test_what_is_no_day_is_not_taken_for_one(text):
    assert readings.moments(text) == {}


@pytest.mark.parametrize("text", ["", "-", ".", ",", "1,2,3", "1.2.3", "12 34", "abc", "1e", "²", "٣", "NaN", "inf", "1_000"])
def test_what_is_no_number_is_not_taken_for_one(text):
    assert readings.numbers(text) == {}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4. Mrz 24", "2024-03-04"),
        ("1 août 2026", "2026-08-01"),
        ("1 de marzo de 2026", "2026-03-01"),
        ("3 paź 2026", "2026-10-03"),
        ("Oct 12, 2026", "2026-10-12"),
        ("5 marraskuuta 2026", "2026-11-05"),
        ("5 lipnja 2026", "2026-06-05"),
        ("12 июня 2026", "2026-06-12"),
    ],
)
def test_a_months_name_is_read_in_any_of_europes_languages(text, day):
    assert [str(moment.date()) for moment in readings.moments(text).values()] == [day]


def test_a_months_name_that_means_another_month_elsewhere_is_asked_about():
    loaded = alone(["id;name;built_on", "a1;Mira;5 lis 2026"])
    (problem,) = loaded.problems
    assert "2026-11-05" in problem.message and "2026-10-05" in problem.message
    assert loaded.frame["built_on"].isna().all()


def test_a_months_name_is_read_as_a_known_row_shows():
    known = {"a1": {"id": "a1", "name": "Mira", "built_on": "2026-11-05"}}
    content = b"id;name;built_on\r\na1;Mira;5 lis 2026\r\na2;Nora;6 lis 2026\r\n"
    loaded = table_file.load(content, Boat, "data/boats.csv", known)
    assert [str(day.date()) for day in loaded.frame["built_on"]] == ["2026-11-05", "2026-11-06"] and loaded.problems == []
