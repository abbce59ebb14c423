"""The reader against anything: it never fails but in a sentence, drops no row silently, and never changes a file.

The long run: CAREERKIT_LONG=1 python -m pytest -n 0 tests/store/files/test_reader_fuzz.py
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spreadsheets import PROGRAMS
from test_spreadsheet_edits import RECORDS, Boat

from careerkit.errors import CareerkitError, Problem
from careerkit.store.files import columns, decoding, table_file
from careerkit.store.files.table_file import BOM, Loaded
from careerkit.store.store import Store

LONG = os.environ.get("CAREERKIT_LONG") == "1"
FILE = "data/boats.csv"
# What parts cells and rows, and what a byte order mark or the end of a letter leaves.
BETWEEN = re.compile(r'[\s",;|\ufeff]+')


def often(short: int, long: int) -> settings:
    return settings(max_examples=long if LONG else short, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def standing() -> bytes:
    """Return a file as careerkit writes it."""
    rows = [
        {"id": "k1m4zq7x0000aa", "name": "Ålesund", "built_on": "2026-06-30", "length": "1.5", "log": 'two\nlines, "quoted"'},
        {"id": "k1m4zq7x0000ab", "name": "Zoë, the second", "phone": "0170123", "built_on": "2024-03-04", "tags": "red;fast"},
        {"id": "k1m4zq7x0000ac", "name": "Mira", "sold_on": "1999-12-31", "seats": "12000", "afloat": "true", "log": "=1+1"},
        {"id": "k1m4zq7x0000ad", "name": "007", "length": "12345.25", "kind": "row", "log": "a\rb\r\nc"},
        {"id": "own", "name": "Łódź 🙂", "joy": "4"},
    ]
    stamped = {"afloat": "false", "private": "false", "created_at": "2026-06-30T08:15:00Z", "updated_at": "2026-06-30T08:15:01Z"}
    texts = [{**dict.fromkeys(Boat.fields, ""), **stamped, **row} for row in rows]
    return table_file.encode(table_file.Sheet(list(Boat.fields), [list(row.values()) for row in texts], []))


@cache
def known() -> dict[str, dict[str, str]]:
    return table_file.parse(standing(), "boats").all_texts()


@cache
def files() -> tuple[bytes, ...]:
    """Return the file as careerkit and as every program leaves it."""
    return (standing(), *(program.saved(standing()) for program in PROGRAMS))


MARKS = [b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"=", b"\xe4", b"\xc3", b" "]
LINES = [b"k1m4zq7x0000ab,", b"id,name,built_on\n", b"sep=;\n"]
VALUES = [b"#NAME?", b"30.06.2026", b"03/04/2026", b"1,5", b"1E+10", b"999999999999999999999"]
PIECES = st.sampled_from([*MARKS, *LINES, *VALUES]) | st.binary(min_size=1, max_size=6)


@cache
def quick_files() -> tuple[bytes, ...]:
    """Return files that are read the quick way while they are whole: a carriage return alone would keep them from it."""
    plain = standing().replace(b"a\rb\r\nc", b"a\nb")
    found = (plain, plain.removeprefix(BOM), plain.replace(b"\n", b"\r\n"), plain.replace(b'"two\nlines, ""quoted"""', b"two"))
    assert all(table_file._quick(data) is not None for data in found)
    return found


@st.composite
def damaged(draw: st.DrawFn, undamaged: Callable[[], tuple[bytes, ...]] = files) -> bytes:
    """Return a real file after a few accidents."""
    data = draw(st.sampled_from(undamaged()))
    for _ in range(draw(st.integers(1, 5))):
        data = draw(st.sampled_from(ACCIDENTS))(draw, data)
    return data


def _span(draw: st.DrawFn, data: bytes) -> tuple[int, int]:
    start = draw(st.integers(0, len(data)))
    return start, min(len(data), start + draw(st.integers(0, 40)))


def _cut_out(draw: st.DrawFn, data: bytes) -> bytes:
    start, end = _span(draw, data)
    return data[:start] + data[end:]


def _doubled(draw: st.DrawFn, data: bytes) -> bytes:
    start, end = _span(draw, data)
    return data[:end] + data[start:end] + data[end:]


def _flipped(draw: st.DrawFn, data: bytes) -> bytes:
    if not data:
        return data
    place = draw(st.integers(0, len(data) - 1))
    return data[:place] + bytes([data[place] ^ (1 << draw(st.integers(0, 7)))]) + data[place + 1 :]


def _inserted(draw: st.DrawFn, data: bytes) -> bytes:
    place = draw(st.integers(0, len(data)))
    return data[:place] + draw(PIECES) + data[place:]


def _truncated(draw: st.DrawFn, data: bytes) -> bytes:
    return data[: draw(st.integers(0, len(data)))]


def _exchanged(draw: st.DrawFn, data: bytes) -> bytes:
    old, new = draw(st.permutations([b",", b";", b"\t", b'"', b"\n", b"\r\n", b".", b" "]))[:2]
    return data.replace(old, new)


def _recoded(draw: st.DrawFn, data: bytes) -> bytes:
    encoding = draw(st.sampled_from(["cp1252", "cp1250", "mac_roman", "cp850", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-7"]))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


def _lines_moved(draw: st.DrawFn, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join(draw(st.permutations(lines))) if len(lines) < 30 else data


ACCIDENTS = [_cut_out, _doubled, _flipped, _inserted, _truncated, _exchanged, _recoded, _lines_moved]

# What has the look of a table without being one.
SOUP = st.lists(
    PIECES | st.sampled_from([b"id", b"name", b"built_on", b"length", b"Mira", b"private", b"true", b"2026-06-30"]), max_size=40
).map(b"".join)
ANYTHING = st.binary(max_size=400) | SOUP | damaged()


def assert_nothing_is_dropped(data: bytes, loaded: Loaded, knowing: dict[str, dict[str, str]]) -> None:
    """Check that every letter reached a record, and every record the frame or a problem."""
    raw = decoding.read(data, columns.column_finder(Boat), knowing, FILE)
    if any(problem.line == 1 and "with a CSV's name" in problem.message for problem in loaded.problems):
        return
    # The letters are compared in the encoding that was taken; which that is, others test.
    text = BETWEEN.sub("", decoding.text_of(data, knowing))
    read = BETWEEN.sub("", "".join(cell for _, cells in raw.records for cell in cells))
    assert text == read or re.fullmatch("(?i)sep=.?" + re.escape(read), text), (text, read)
    sheet = table_file.interpret(data, Boat, FILE, knowing).sheet
    assert len(sheet.rows) == max(0, len(raw.records) - 1)
    told, standing = {problem.line for problem in loaded.problems}, set(loaded.frame["id"])
    if raw.records and not set(sheet.header) & set(Boat.own_fields()):
        assert loaded.problems and loaded.frame.empty
        return
    at = sheet.header.index("id") if "id" in sheet.header else 0
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        assert (len(row) == len(sheet.header) and row[at] in standing) or line in told, (line, row)


@often(400, 30_000)
@given(data=ANYTHING, knows=st.booleans())
def test_reading_never_fails_and_drops_no_row_silently(data, knows):
    knowing = known() if knows else {}
    assert_nothing_is_dropped(data, table_file.load(data, Boat, FILE, knowing), knowing)


@often(300, 20_000)
@given(data=damaged(quick_files) | SOUP | st.binary(max_size=400))
def test_the_quick_way_of_reading_agrees_with_the_careful_one(data):
    if table_file._quick(data) is None:
        return  # There is no quick way through this file, so that both are the same.
    quick = table_file.load(data, Boat, FILE)
    careful = table_file.load_carefully(data, Boat, FILE)
    assert quick.frame.to_dict("list") == careful.frame.to_dict("list") or quick.frame.equals(careful.frame)
    assert quick.ids == careful.ids and [str(problem) for problem in quick.problems] == [str(problem) for problem in careful.problems]


@often(300, 20_000)
@given(data=ANYTHING, knows=st.booleans())
def test_what_was_read_and_written_again_reads_the_same(data, knows):
    assert_read_again_the_same(data, known() if knows else {})


def assert_read_again_the_same(data: bytes, knowing: dict[str, dict[str, str]]) -> None:
    first = table_file.interpret(data, Boat, FILE, knowing)
    if not set(first.sheet.header) & set(Boat.own_fields()):
        return
    written = first.sheet.applied([], list(Boat.fields))
    again = table_file.interpret(table_file.encode(written), Boat, FILE)
    as_before = (again.sheet.header, again.sheet.rows, again.asked) == (written.header, written.rows, first.asked)
    if as_before and set_aside(again.problems) == set_aside(first.problems):
        return  # The same texts become the same frame and the same problems.
    loaded = table_file.load(data, Boat, FILE, knowing)
    reloaded = table_file.load(table_file.encode(written), Boat, FILE)
    assert reloaded.frame.equals(loaded.frame)
    assert set_aside(reloaded.problems) == set_aside(loaded.problems)


def test_a_first_line_without_an_end_is_read_whole():
    """Found by chance in the suite: the last byte was cut off, in the middle of a letter."""
    assert table_file.load(b"id,\xc2\x80", Boat, FILE).problems
    assert not table_file.load(b"id,name", Boat, FILE).problems


# Found by the long run; what had not looked like a row, or had, looked otherwise once it was written with commas.
FOUND = {
    "a header inside a text that was never closed": b'k1m4zq7x0000aa,\xc5lesund,,6/30/2026,,1.5,,,,,FALSE,"two\nb\r\n'
    b"k1m4zq7x0000ac,Mira,,,12/31/1999,,12000,,,,TRUE,2,FALSE,6/30/2026 08:15,6/30/2026 08:15\r\n"
    b"id,name,phone,built_on,sold_on,length,seats,joy,kind,tags,afloat,log,private,created_at,updated_at\r\n"
    b'c",FALSE,6/30/2026 08:15,6/30/2026 08:15\r\n',
    "two ids run together before a comma": b"id;name;phone;built_on;sold_on;length;seats;joy;kind;tags;afloat;log;"
    b"private;created_at;updated_at\r\n"
    b'k1m4zq7x0000aa;\xc5lesund;;30.06.2026;;1,5;;;;;FALSCH;"two\nlines, ""quoted""";FALSCH;30.06.2026 08:15;30.06.2026 08:15\r\n'
    b'k1m4zq7x0000ab,k1m4zq7x0000aa;Zo\xeb, the second;170123;04.03.2024;;;;;;"red;fast"FALSCH;;FALSCH;'
    b"30.06.2026 08:15;30.06.2026 08:15\r\n"
    b'k1m4zq7x0000ad;7;;;;12345,25;;;row;;FALSCH;"a\rb\r\nc";FALSCH;30.06.2026 08:15;30.06.2026 08:15\r\n',
    "a year of two digits with noughts before": b"id;name;created_at;updated_at\r\n"
    b"k1m4zq7x0000ab;Zoe;30/06/2026 08:15;30/06/0026 08:15\r\nk1m4zq7x0000ac;Mira;30/06/2026 08:15;30/06/2026 08:15\r\n",
    "an id alone on a line of a text": b'name;0\n"\rk0000000000000',
}


@pytest.mark.parametrize("data", FOUND.values(), ids=FOUND)
def test_a_file_that_was_hard_to_read_reads_the_same_once_careerkit_has_written_it(data):
    assert_read_again_the_same(data, {})


# Texts that look like rows, headers, files of other programs, and lines taken for one cell.
WORDS = [*'",;\t\n\r\0\ufeff', '""', "\r\n", "k1m4zq7x0000ab,", "k1m4zq7x0000aa;", "id,name,log\n", "sep=;", "<html>"]
CELLS = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=6).map("".join)


@often(300, 20_000)
@given(header=st.lists(CELLS, max_size=4), rows=st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=6))
def test_whatever_stands_in_its_cells_careerkit_reads_what_it_wrote_word_for_word(header, rows):
    header = [*header, "id"]
    raw = decoding.read(table_file.encode(table_file.Sheet(header, rows, [])), columns.column_finder(Boat), {}, FILE)
    assert [cells for _, cells in raw.records] == [header, *(row for row in rows if any(map(str.strip, row)))]
    assert not raw.foreign and not raw.notes and not raw.problems


TAKEN_OUT = b"""\xef\xbb\xbfid,log,name
k1m4zq7x0000aa,"one,Mira
k1m4zq7x0000ab,two,Zoe
k1m4zq7x0000ac,three",Ida
"""


def test_a_row_between_two_quotes_that_a_person_lost_is_read_where_it_is_known_though_the_file_looks_whole():
    before = {key: {"id": key, "log": "", "name": "Someone"} for key in ("k1m4zq7x0000aa", "k1m4zq7x0000ab", "k1m4zq7x0000ac")}
    loaded = table_file.load(TAKEN_OUT, Boat, FILE, before)
    assert list(loaded.frame["name"]) == ["Zoe", "Ida"]
    assert [problem.line for problem in loaded.problems if "cells where the first line" in problem.message] == [2]


def test_what_careerkit_may_have_written_as_one_text_is_one_text_where_nothing_is_known():
    assert list(table_file.load(TAKEN_OUT, Boat, FILE).frame["log"]) == ["one,Mira\nk1m4zq7x0000ab,two,Zoe\nk1m4zq7x0000ac,three"]


def test_an_edit_of_one_row_takes_no_further_row_out_of_the_text_of_another_that_is_too_short():
    rows = [["own", "Mira", ""], ["k1m4zq7x0000aa", "a\nk1m4zq7x0000ab,looks like,a row\n"]]
    written = table_file.encode(table_file.Sheet(["id", "name", "log"], rows, []))
    loaded = table_file.load(written.replace(b"Mira", b"Mara"), Boat, FILE, {"own": {"id": "own", "name": "Mira", "log": ""}})
    assert list(loaded.frame["name"]) == ["Mara"]
    assert [problem.line for problem in loaded.problems] == [3]


def set_aside(problems: list[Problem]) -> list[str]:
    """Return the rows and cells that could not be read, but for the blank cells of columns that a save adds."""
    lasting = ("cells where the first line", "same id as", "cannot be read", "is not", "can be read as", "outside what", "neither yes")
    return sorted(
        problem.value.strip(",")
        for problem in problems
        if "UTF-8" not in problem.message and any(words in problem.message for words in lasting)
    )


@often(60, 1_000)
@given(data=ANYTHING)
def test_a_store_reads_checks_and_saves_over_any_file_or_says_why_not(tmp_path_factory, data):
    store = Store(tmp_path_factory.mktemp("fuzz"), RECORDS)
    place = store.folder / "data" / "boats.csv"
    store.add_many("boats", [{"id": "k1m4zq7x0000aa", "name": "Ålesund"}, {"id": "own", "name": "Mira", "built_on": "2026-06-30"}])
    place.write_bytes(data)
    store = Store(store.folder, RECORDS)
    before = store.read("boats")
    problems = store.check()
    assert place.read_bytes() == data
    gone = {"k1m4zq7x0000aa", "own"} - set(before["id"])
    assert not gone or problems
    try:
        (key,) = store.add_many("boats", [{"name": "Ida"}])
    except CareerkitError:
        assert place.read_bytes() == data
        return
    after = Store(store.folder, RECORDS).read("boats")
    stamps = ["created_at", "updated_at"]
    assert after[after["id"] != key].drop(columns=stamps).reset_index(drop=True).equals(before.drop(columns=stamps))


@pytest.mark.parametrize("data", files(), ids=["careerkit", *(program.name for program in PROGRAMS)])
def test_the_files_that_are_damaged_here_are_read_whole_while_undamaged(data):
    loaded = table_file.load(data, Boat, FILE, known())
    assert set(loaded.frame["id"]) == set(known())
    assert_nothing_is_dropped(data, loaded, known())


@pytest.mark.parametrize("cut", range(0, 700, 7))
def test_a_file_cut_anywhere_keeps_what_stands_before(cut):
    data = standing()[:cut]
    loaded = table_file.load(data, Boat, FILE, known())
    assert_nothing_is_dropped(data, loaded, known())
