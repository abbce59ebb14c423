"""LinkedIn's connections: every era and trap, previewed, repeat-safe, and never guessed in silence."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from example_counts import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from careerkit import CareerkitError, Workbook
from careerkit.exchange import linkedin

HEAD_2018 = "First Name,Last Name,Email Address,Company,Position,Connected On\n"
HEAD_NOW = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
NOTES = 'Notes:\n"When exporting your data, some\ne-mail addresses are missing, ""as chosen"" by their owners."\n\n'
MAYA = "Maya,Lindt,https://www.linkedin.com/in/maya-lindt,maya@example.org,Nordwind,Analyst,12 Mar 2024\n"


def read(text: str | bytes, **options) -> linkedin.Incoming:
    return linkedin.read(text.encode() if isinstance(text, str) else text, "Connections.csv", **options)


def only(text: str | bytes, **options) -> dict:
    (person,) = read(text, **options).people
    return person.values


@pytest.fixture
def book(tmp_path) -> Workbook:
    return Workbook.create(tmp_path / "book")


def give(book: Workbook, text: str, **options):
    file = book.folder.parent / "Connections.csv"
    file.write_text(text, encoding="utf-8")
    return book.import_file("linkedin", file, **options)


# -- eras


def test_2018_with_month_first_and_a_clock():
    assert only(HEAD_2018 + 'Maya,Lindt,m@example.org,Nordwind,Analyst,"3/4/18, 9:05 AM"\n')["met_on"] == dt.date(2018, 3, 4)


def test_midnight_and_noon_are_of_the_same_day():
    text = HEAD_2018 + 'Maya,Lindt,m@example.org,,,"6/14/18, 12:00 AM"\nOmar,Aziz,o@example.org,,,"6/14/18, 12:30 PM"\n'
    assert [person.values["met_on"] for person in read(text).people] == [dt.date(2018, 6, 14)] * 2


def test_until_2021_with_the_months_name():
    assert only(HEAD_2018 + "Maya,Lindt,,Nordwind,Analyst,12 Mar 2020\n")["met_on"] == dt.date(2020, 3, 12)


def test_since_2021_below_a_note_of_several_lines():
    assert only(NOTES + HEAD_2018 + "Maya,Lindt,,Nordwind,Analyst,12 Mar 2022\n")["name"] == "Maya Lindt"


def test_since_2023_with_the_profiles_address():
    person = only(NOTES + HEAD_NOW + MAYA)
    assert person == {
        "name": "Maya Lindt",
        "organisation": "Nordwind",
        "role": "Analyst",
        "email": "maya@example.org",
        "link": "https://www.linkedin.com/in/maya-lindt",
        "met_on": dt.date(2024, 3, 12),
    }


def test_the_column_order_does_not_matter():
    assert only("Connected On,Last Name,Company,First Name\n12 Mar 2024,Lindt,Nordwind,Maya\n")["name"] == "Maya Lindt"


# -- what spreadsheets do


@pytest.mark.parametrize("written", ["4-Apr-21", "12. Apr 21", "04.04.2021", "2021-04-04"])
def test_days_that_a_spreadsheet_rewrote_are_read(written):
    assert only(HEAD_2018 + f"Maya,Lindt,,,,{written}\n")["met_on"].isoformat()[:8] == "2021-04-"


def test_a_preamble_padded_with_commas_is_passed_over():
    assert only("Notes:,,,,,\n" + '"A note",,,,,\n' + ",,,,,\n" + HEAD_2018 + "Maya,Lindt,,,,12 Mar 2022\n")["name"] == "Maya Lindt"


def test_a_spoilt_cell_is_flagged_and_left_empty():
    found = read(HEAD_2018 + "Maya,Lindt,,#NAME?,Analyst,12 Mar 2022\n")
    assert found.people[0].values["organisation"] == ""
    assert [(problem.line, problem.column) for problem in found.skipped] == [(2, "company")]


def test_a_spoilt_cell_never_replaces_good_text(book):
    give(book, HEAD_NOW + MAYA)
    give(book, HEAD_NOW + MAYA.replace("Nordwind", "#NAME?"), take_theirs=True)
    assert list(book.read("contacts")["organisation"]) == ["Nordwind"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator, ending):
    text = (HEAD_2018 + "Maya,Lindt,,Nordwind,Analyst,12 Mar 2022").replace(",", separator).replace("\n", ending)
    assert only(text)["organisation"] == "Nordwind"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(encoding):
    assert only((HEAD_2018 + "Zoë,Ångström,,Café Müller,,12 Mar 2022\n").encode(encoding))["name"] == "Zoë Ångström"


# -- rows


def test_hidden_members_are_counted_and_not_taken_in():
    found = read(HEAD_NOW + ",,,,,,07 Jun 2024\n" + MAYA + ",,,,,,08 Jun 2024\n")
    assert (found.hidden, len(found.people)) == (2, 1)


@pytest.mark.parametrize("text", ["007", "NA", "None", "1E10", "TRUE", "=1+1"])
def test_text_keeps_its_meaning_to_the_character(text):
    assert only(HEAD_2018 + f"Maya,Lindt,,{text},,12 Mar 2022\n")["organisation"] == text


def test_a_day_that_cannot_be_read_is_told_and_the_person_kept():
    found = read(HEAD_2018 + "Maya,Lindt,,,,12 Blah 2022\n")
    assert found.people[0].values["met_on"] is None and "'12 Blah 2022'" in found.skipped[0].message


def test_days_that_leave_their_order_open_are_refused_with_the_option_to_give():
    with pytest.raises(CareerkitError, match="--dates day-first or --dates month-first"):
        read(HEAD_2018 + "Maya,Lindt,,,,03/04/2026\n")


@pytest.mark.parametrize(("order", "day"), [("day-first", dt.date(2026, 4, 3)), ("month-first", dt.date(2026, 3, 4))])
def test_the_order_can_be_given(order, day):
    assert only(HEAD_2018 + "Maya,Lindt,,,,03/04/2026\n", dates=order)["met_on"] == day


def test_one_row_can_show_the_order_of_all():
    people = read(HEAD_2018 + "Maya,Lindt,,,,03/04/2026\nOmar,Aziz,,,,25/04/2026\n").people
    assert people[0].values["met_on"] == dt.date(2026, 4, 3)


# -- files that are none


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04" + b"\0" * 40, "damaged"),
        (b"<!DOCTYPE html><html></html>", "is a web page"),
        (b"Date,Amount\n2026-01-01,5\n", "another kind of file"),
        ((HEAD_2018 + 'Maya,Lindt,,"Nordwi').encode(), "breaks off"),
    ],
)
def test_a_foreign_or_broken_file_is_refused_in_a_sentence(book, content, said):
    with pytest.raises(CareerkitError, match=said):
        book.import_file("linkedin", content)
    assert book.read("contacts").empty


# -- inside the export's zip


def zipped(**members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return made.getvalue()


def test_the_list_is_found_inside_the_zip_by_its_content():
    content = zipped(**{"Export__Skills.csv": "Name\nPython\n", "Export__Connections.csv": NOTES + HEAD_NOW + MAYA})
    assert only(content)["name"] == "Maya Lindt"


def test_a_zip_without_it_says_what_to_tick():
    with pytest.raises(CareerkitError, match="tick Connections"):
        read(zipped(**{"Skills.csv": "Name\nPython\n"}))


def test_a_spreadsheet_is_no_export():
    with pytest.raises(CareerkitError, match="spreadsheet"):
        read(zipped(**{"[Content_Types].xml": "<x/>", "xl__workbook.xml": "<x/>"}))


@pytest.mark.parametrize("name", ["..__..__etc__Connections.csv", "__etc__Connections.csv", "C:__Connections.csv"])
def test_a_zip_that_points_outside_is_refused(name):
    with pytest.raises(CareerkitError, match="points outside"):
        read(zipped(**{name: HEAD_NOW + MAYA}))


def test_a_link_in_a_zip_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        entry = zipfile.ZipInfo("Connections.csv")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(CareerkitError, match=r"is a link.*Download it again\.$"):
        read(made.getvalue())


def test_a_zip_bomb_is_not_opened():
    with pytest.raises(CareerkitError, match="unpack to far more"):
        read(zipped(**{"Connections.csv": "0" * 30_000_000}))


def test_a_cut_zip_is_refused():
    content = zipped(**{"Connections.csv": HEAD_NOW + MAYA * 50})
    with pytest.raises(CareerkitError, match="damaged"):
        read(content[: len(content) // 2])


# -- taking in


def test_a_dry_run_stores_nothing_and_the_file_is_never_changed(book):
    plan = give(book, HEAD_NOW + MAYA, dry_run=True)
    assert len(plan.new) == 1 and book.read("contacts").empty
    assert (book.folder.parent / "Connections.csv").read_text(encoding="utf-8") == HEAD_NOW + MAYA


def test_an_import_sets_no_cadence_and_says_where_one_met(book):
    give(book, HEAD_NOW + MAYA)
    row = book.read("contacts").iloc[0]
    assert row["met_where"] == "LinkedIn" and row["tags"] == "linkedin"
    assert book.read("contacts")[["cadence_days", "closeness"]].isna().all(axis=None)


def test_the_same_file_twice_adds_and_changes_nothing(book):
    rows = HEAD_NOW + MAYA + "Omar,Aziz,,,Nordwind,,12 Mar 2024\n"
    give(book, rows)
    before = (book.folder / "data" / "contacts.csv").read_bytes()
    plan = give(book, rows)
    assert (len(plan.new), plan.unchanged) == (0, 2)
    assert (book.folder / "data" / "contacts.csv").read_bytes() == before


def test_one_undo_takes_the_whole_import_back(book):
    give(book, HEAD_NOW + MAYA + "Omar,Aziz,https://www.linkedin.com/in/omar,,Nordwind,,12 Mar 2024\n")
    assert book.undo() == "Undone: 2 connections from LinkedIn."
    assert book.read("contacts").empty


@pytest.mark.parametrize(
    "url", ["http://linkedin.com/in/Maya-Lindt/", "www.linkedin.com/in/maya%2Dlindt", "https://LINKEDIN.com/in/maya-lindt"]
)
def test_a_profile_is_the_same_however_its_address_is_written(book, url):
    give(book, HEAD_NOW + MAYA)
    plan = give(book, HEAD_NOW + MAYA.replace("https://www.linkedin.com/in/maya-lindt", url))
    assert (len(plan.new), plan.unchanged) == (0, 1)


def test_without_a_profile_the_mail_address_tells(book):
    give(book, HEAD_2018 + "Maya,Lindt,Maya@Example.org,Nordwind,,12 Mar 2020\n")
    assert not give(book, HEAD_2018 + "Maya,Lindt-Ruiz,maya@example.org,Nordwind,,12 Mar 2020\n").new


def test_the_same_name_alone_is_shown_as_a_possible_duplicate_and_both_are_kept(book):
    book.add("contacts", name="Maya Lindt", organisation="Tideway")
    plan = give(book, HEAD_NOW + MAYA)
    assert len(book.read("contacts")) == 2
    assert any("may be Maya Lindt (Tideway)" in line for line in plan.summary())


def test_blank_fields_are_filled_and_ones_own_words_stand(book):
    key = book.add("contacts", name="Maya", link="https://www.linkedin.com/in/maya-lindt", organisation="Tideway")
    plan = give(book, HEAD_NOW + MAYA)
    row = book.read("contacts").set_index("id").loc[key]
    assert (row["name"], row["organisation"], row["role"]) == ("Maya", "Tideway", "Analyst")
    assert any(line.startswith("Kept yours") and "Tideway → Nordwind" in line for line in plan.summary())


def test_the_files_word_is_taken_when_asked_for(book):
    book.add("contacts", name="Maya", link="https://www.linkedin.com/in/maya-lindt", organisation="Tideway")
    give(book, HEAD_NOW + MAYA, take_theirs=True)
    assert list(book.read("contacts")["organisation"]) == ["Nordwind"]


def test_someone_archived_is_not_added_again(book):
    book.add("contacts", name="Maya Lindt", link="https://www.linkedin.com/in/maya-lindt", archived_on="2026-01-01")
    assert not give(book, HEAD_NOW + MAYA).new


def test_a_missing_file_and_a_folder_are_told(book):
    with pytest.raises(CareerkitError, match="could not be read"):
        book.import_file("linkedin", Path("nowhere.csv"))
    with pytest.raises(CareerkitError, match="is a folder"):
        book.import_file("linkedin", book.folder)


WORDS = st.text(alphabet=st.characters(exclude_characters="\0#", exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@settings(max_examples=examples(80), deadline=None)
@given(first=WORDS, last=WORDS, company=WORDS, era=st.sampled_from(["2018", "2022", "now"]))
def test_names_and_companies_of_every_era_come_through_unchanged(first, last, company, era):
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    head = {"2018": HEAD_2018, "2022": NOTES + HEAD_2018, "now": NOTES + HEAD_NOW}[era]
    link = "https://www.linkedin.com/in/x," if era == "now" else ""
    person = only(head + f"{cell(first)},{cell(last)},{link},{cell(company)},,12 Mar 2022\n")
    assert (person["name"], person["organisation"]) == (f"{first} {last}", company)
