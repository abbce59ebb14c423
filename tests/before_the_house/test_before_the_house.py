"""What was made before the modules moved into folders opens after it, and reads the same.

A workbook, a practice, bundles and reviews lie in this folder as the careerkit of commit 9a34fce wrote them (see ``make.py``),
and in ``expected`` what it said of them. They are not written anew: what they hold is what people have.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
import zipfile
import zlib
from pathlib import Path
from typing import Any

import observed
import pytest
from observed import AMAL, ANSWER, BRUNO, DAY, FURTHER, HANNA, LAPTOP, PERIOD, PIET, READERS, STARTERS, Before, command, expected

from careerkit import CareerkitError, Workbook

TABLES, MEASURES, TOLD = expected("tables.json"), expected("measures.json"), expected("workbook.json")
BUNDLES, PRACTICE, CELLS = expected("bundles.json"), expected("practice.json"), expected("cells.json")
MADE_AGAIN = "This review was first made on 12 October 2026; no figure has changed since.\n\n"
REPORTS = observed.HERE / "workbook" / "reports"


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Before:
    """A copy that is only looked at."""
    return Before(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def before(tmp_path) -> Before:
    """A copy that may be changed."""
    return Before(tmp_path)


def id_of(book: Workbook, table: str, column: str, value: str) -> str:
    return book.read(table).set_index(column).at[value, "id"]


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


# -- a workbook, looked at


@pytest.mark.parametrize("table", TABLES)
def test_a_table_reads_as_it_did(kept, table):
    assert observed.plain(kept.book.read(table)) == TABLES[table]


@pytest.mark.parametrize("asked", MEASURES, ids=[f"{each['name']} {' '.join(each['arguments'].values())}" for each in MEASURES])
def test_a_measure_says_what_it_said(kept, asked):
    assert observed.measured(kept.book, asked["name"], asked["arguments"]) == asked["said"]


def test_no_measure_has_gone(kept):
    _, said = command("measure", "--json")
    assert {each["name"] for each in MEASURES} <= {each["measure"] for each in json.loads(said)}


def test_the_command_prints_a_measure_as_the_workbook_returns_it(kept):
    (asked,) = (each for each in MEASURES if each["name"] == "goals.pace" and each["arguments"] == {"on": DAY})
    _, said = command("measure", "goals.pace", "--on", DAY, "--json", "--workbook", kept.folder)
    told = [[each[name] for name in ("title", "value", "status")] for each in json.loads(said)]
    places = [asked["said"]["columns"].index(name) for name in ("title", "value", "status")]
    assert told == [[row[place] for place in places] for row in asked["said"]["rows"]]


# What `check` says in other words now.
REWORDED_PROBLEMS = {"it was taken out outside careerkit": "it was removed outside careerkit", "if it was meant": "if you meant it"}


def test_what_is_wrong_in_its_files_is_told_as_before(kept):
    told = json.dumps(TOLD["problems"])
    for before, after in REWORDED_PROBLEMS.items():
        told = told.replace(before, after)
    assert observed.problems(kept.book) == json.loads(told)
    code, said = command("check", "--json", "--workbook", kept.folder)
    assert (code, json.loads(said)) == (1, json.loads(told))


def test_its_settings_are_what_they_were(kept):
    assert observed.settings(kept.book) == TOLD["settings"]


@pytest.mark.parametrize("record", TOLD["history"])
def test_how_a_record_came_to_be_is_still_known(kept, record):
    assert observed.plain(kept.book.history(*record.split())) == TOLD["history"][record]


def test_the_latest_saves_are_still_known(kept):
    assert observed.plain(kept.book.history()) == TOLD["saves"]


def test_its_backups_are_listed_with_what_differs_from_now(kept):
    assert kept.book.backups() == TOLD["backups"]
    assert {backup: kept.book.restore(backup, dry_run=True) for backup in TOLD["backups"]} == TOLD["differences"]


def test_a_row_that_vanished_then_is_still_offered_back(kept):
    assert observed.plain(kept.book.vanished()) == TOLD["vanished"]


def test_what_waited_for_an_answer_still_waits(kept):
    """A skill that the coach proposed, and a field that two machines changed."""
    assert observed.waiting(kept) == TOLD["waiting"]


def test_what_one_did_is_told_in_the_same_words(kept):
    assert observed.brag(kept) == expected("brag.md")


def test_an_appraisal_is_drafted_in_the_same_words(kept):
    assert observed.appraisal(kept) == TOLD["appraisal"]


def test_the_same_leaves_for_the_coach_under_the_same_pseudonyms(kept):
    assert observed.leaving(kept) == TOLD["leaving"]


def test_looking_at_it_changes_no_file(before):
    was = all_bytes(before.place)
    observed.tables(before.book)
    before.book.measure("attention.list")
    observed.problems(before.book)
    observed.clients(before.practice)
    observed.all_clients(before.practice)
    before.book.repair(dry_run=True)
    before.book.review(PERIOD, "manager").glance()
    assert all_bytes(before.place) == was


# -- a workbook, changed


@pytest.fixture(scope="module")
def undone(tmp_path_factory) -> tuple[Before, list[dict[str, Any]]]:
    """The latest saves taken back, the mending of a file among them."""
    before = Before(tmp_path_factory.mktemp("undone"))
    return before, observed.undone(before.book)


def test_saves_are_taken_back_one_after_the_other(undone):
    assert undone[1] == TOLD["undone"]


def test_a_row_that_was_mended_away_is_back_in_its_place_once_that_is_undone(undone):
    assert [problem.value for problem in undone[0].book.check() if "learning_log" in problem.file] == ["a while"]


def test_a_backup_is_brought_back(before):
    assert observed.restored(before.book, TOLD["backups"][-2]) == TOLD["restored"]


def test_a_row_that_vanished_is_put_back(before):
    assert observed.changed(before.book, before.book.answer_vanished) == TOLD["put_back"]


def test_a_row_that_cannot_be_read_goes_beside_what_was_set_aside_then(before):
    file = before.folder / ".careerkit" / "set_aside" / "learning_log.csv"
    earlier = file.read_bytes()
    assert before.book.repair() == TOLD["repair"]
    assert file.read_bytes() == earlier and "some day in May" in file.with_name("trend_reviews.csv").read_text(encoding="utf-8-sig")


def test_it_can_be_saved_to_and_every_other_row_stays(before):
    key = before.book.add("contacts", name="Noor Haddad", closeness=3)
    before.book.update("contacts", id_of(before.book, "contacts", "name", "Mei Tanaka"), role="Director")
    rows = Workbook.open(before.folder).read("contacts")
    assert rows["id"].iloc[-1] == key
    same = [row for row in observed.plain(rows)["rows"] if row in TABLES["contacts"]["rows"]]
    assert len(same) == len(TABLES["contacts"]["rows"]) - 1


def test_a_setting_is_changed_and_what_a_person_wrote_beside_it_stays(before):
    before.book.change_settings(weekly_learning_hours=3.0)
    said = (before.folder / "workbook.toml").read_text(encoding="utf-8")
    assert said == (observed.HERE / "workbook" / "workbook.toml").read_text(encoding="utf-8").replace("hours = 1.5", "hours = 3.0")


def test_the_skill_that_the_coach_proposed_is_taken(before):
    command("receive", "--accept", "Chairing", "--workbook", before.folder)
    assert Workbook.open(before.folder).read("skills")["name"].iloc[-1] == "Chairing"
    assert [each for each in observed.waiting(before) if "skill" in each] == []


def test_the_field_that_two_machines_changed_is_decided(before):
    (met,) = (each for each in TOLD["waiting"] if "column" in each)
    command("receive", "--keep", met["table"], met["id"], met["column"], "--workbook", before.folder)
    assert [each for each in observed.waiting(before) if "column" in each] == []


def test_who_is_forgotten_would_go_from_the_same_places(before):
    assert observed.forgetting(before, "--workbook", before.folder, who="Grace Mbeki") == TOLD["forgetting"]


def test_who_is_forgotten_goes_from_tables_journal_backups_and_reviews(before):
    assert "Mbeki" in everything_said(before.folder)
    command("forget", "Grace Mbeki", "--yes", "--workbook", before.folder)
    assert "Mbeki" not in everything_said(before.folder)


def everything_said(folder: Path) -> str:
    """Every text in a workbook, those in its journal, its backups and what it remembers of exchanges among them."""
    said = [content for name, content in all_bytes(folder).items() if not name.endswith((".zip", ".z", ".sqlite3"))]
    for file in folder.rglob("*.zip"):
        with zipfile.ZipFile(file) as opened:
            said += [opened.read(name) for name in opened.namelist()]
    said += [zlib.decompress(file.read_bytes()) for file in folder.rglob("*.z")]
    with sqlite3.connect(folder / ".careerkit" / observed.JOURNAL) as journal:
        told = [str(row) for table in ("changes", "rows", "saves", "vanished") for row in journal.execute(f"SELECT * FROM {table}")]
    journal.close()
    return "\n".join([*told, *(content.decode("utf-8", "replace") for content in said)])


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> Before:
    """A copy for the notebooks' pages."""
    return Before(tmp_path_factory.mktemp("shown"))


@pytest.mark.parametrize("notebook", CELLS)
def test_every_cell_of_a_notebook_of_then_runs_on_it(shown, notebook):
    """What they return is for a page."""
    names = {"wb": shown.book, "practice": shown.practice}
    with shown.being(BRUNO if notebook.startswith("coach") else HANNA):
        assert [cell for cell in CELLS[notebook] if eval(cell, names) is None] == []


def test_it_is_found_from_where_its_notebooks_lie(before, monkeypatch):
    monkeypatch.chdir(before.folder / "notebooks")
    assert Workbook.open().settings.owner == HANNA
    monkeypatch.chdir(before.desk / "notebooks" / "coach")
    assert type(before.practice).open().coach == BRUNO


# -- reviews


@pytest.mark.parametrize("reader", READERS)
def test_the_figures_of_a_review_are_those_that_were_filed(kept, reader):
    filed = json.loads((REPORTS / PERIOD / reader / "figures.json").read_text(encoding="utf-8"))["figures"]
    now = nulls(kept.book.review(PERIOD, reader, READERS[reader].get("chosen", ())).figures())
    assert by_key([{**each, "records": each["records"].split(";") if each["records"] else []} for each in now]) == by_key(filed)


def by_key(figures: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return what each figure is; their order, and the words of a formula, are a release's own."""
    return {each["key"]: {name: each[name] for name in ("label", "shown", "value", "measure", "records")} for each in figures}


def nulls(frame: Any) -> list[dict[str, Any]]:
    told = frame.astype(object).where(frame.notna(), None)
    return told.to_dict("records")


@pytest.mark.parametrize("period", expected("figures.json"))
def test_the_figures_of_another_period_are_what_they_were(kept, period):
    """One of them counts from the first month of the employer's year, as it is set."""
    now, then = observed.figures(kept.book, period, "self"), expected("figures.json")[period]
    assert now["columns"] == then["columns"] and sorted(now["rows"]) == sorted(then["rows"])


def test_no_review_is_due_that_lies_there_already(kept):
    assert kept.book.report_due() == ({}, TOLD["due"].replace("that of", "the one for"))


def test_a_record_that_is_put_right_is_named_beside_the_figure_of_then(before):
    before.book.delete("achievements", id_of(before.book, "achievements", "title", "NA"))
    said = re.sub(r"<[^>]+>", " ", str(before.book.review(PERIOD).corrections()))
    assert re.search(r"Wins\s+3\s+2\s+a record that is no longer there", said)


@pytest.fixture(scope="module")
def again(tmp_path_factory) -> tuple[Before, dict[str, Path]]:
    """The one review that is made again, from the notebook that lies in the workbook."""
    before = Before(tmp_path_factory.mktemp("again"))
    return before, before.book.report(PERIOD, "self", formats=("md",), progress=False)


# What is now said in other words.
REWORDED = {
    "A plan that moves is no failure; one that moves often asks a question.": (
        "Changing a plan isn't failing; a plan that keeps changing is worth a question."
    ),
    "| Stands |": "| Status |",
    "of 5 all in all;": "of 5 overall;",
    "| In what respect |": "| What you rated |",
}


def test_made_again_it_says_the_same_and_that_no_figure_has_changed(again):
    said, then = again[1]["md"].read_text(encoding="utf-8"), (REPORTS / PERIOD / "self" / "review.md").read_text(encoding="utf-8")
    assert said.count(MADE_AGAIN) == 1
    for before, after in REWORDED.items():
        then = then.replace(before, after)
    # How figures are calculated is said below, in the words of each release.
    assert said.replace(MADE_AGAIN, "").split("## Appendix")[0] == then.split("## Appendix")[0]


def test_made_again_it_keeps_the_first_figures_and_files_the_same_anew(again):
    place = again[1]["md"].parent
    then = REPORTS / PERIOD / "self"
    assert (place / "figures_first.json").read_bytes() == (then / "figures_first.json").read_bytes()
    now, was = (json.loads((folder / "figures.json").read_text(encoding="utf-8")) for folder in (place, then))
    assert by_key(now["figures"]) == by_key(was["figures"]) and now["as_of"] == was["as_of"]


def test_the_list_of_reviews_names_those_of_then(again):
    folder = again[0].folder / "reports"
    links = re.findall(r'href="([^"]+)"', (folder / "index.html").read_text(encoding="utf-8"))
    assert sorted(links) == sorted(re.findall(r'href="([^"]+)"', (REPORTS / "index.html").read_text(encoding="utf-8")))
    assert len(links) == len(READERS) and all((folder / link).is_file() for link in links)


# -- bundles


def test_a_starter_sealed_for_a_key_is_taken_in(before):
    assert observed.in_a_new_workbook(before, HANNA, STARTERS[HANNA]) == BUNDLES[STARTERS[HANNA]]


def test_a_starter_sealed_with_a_passphrase_is_taken_in(before):
    told = observed.in_a_new_workbook(before, PIET, STARTERS[PIET], before.passphrase(STARTERS[PIET]))
    assert told == BUNDLES[STARTERS[PIET]]


def test_further_assignments_and_then_the_coachs_answer_are_taken_in(before):
    """The mark by which the answer is known comes of a secret that was exchanged before."""
    assert observed.from_the_coach(before) == {file: BUNDLES[file] for file in (FURTHER, ANSWER)}


def test_what_the_coach_sent_is_taken_back(before):
    observed.from_the_coach(before)
    assert before.book.undo() == f"Undone: took in what {BRUNO} sent."
    assert "Two to go. What would make them easy?" not in set(before.book.read("comments")["text"])


def test_an_older_answer_is_refused_after_what_was_taken_in_then(before):
    with before.being(HANNA), pytest.raises(CareerkitError, match="A later bundle than this one was taken in already"):
        before.book.receive(before.outbox(STARTERS[HANNA]))


def test_an_answer_that_was_taken_in_then_brings_nothing_new(before):
    with before.being(HANNA):
        received = before.book.receive(before.outbox("hanna-oyelaran-2026-07-06.careerkit"))
    assert received.summary()[1:] == ["There is nothing in it that isn't here already."]


def test_what_another_machine_wrote_is_merged_with_what_both_knew_then(before):
    assert observed.from_the_laptop(before) == BUNDLES[LAPTOP]


def test_a_bundle_for_somebody_else_is_refused(before):
    with before.being(PIET), pytest.raises(CareerkitError, match="sealed for a key that isn't yours"):
        before.book.receive(before.outbox(ANSWER))


def test_what_she_shares_now_the_coach_of_then_receives(before):
    """In the practice it is known by the secret that lies in both folders."""
    before.book.add("goals", title="Ask for the room", started_on="2026-10-12")
    (before.desk / "inbox" / "hanna-october.careerkit").unlink()
    with before.being(HANNA):
        before.book.share(before.desk / "inbox" / "now.careerkit")
    (before.desk / "inbox" / "piet-october.careerkit").unlink()
    with before.being(BRUNO):
        code, _ = command("receive", "--practice", before.desk)
        assert (code, before.practice.client(HANNA).read("goals")["title"].iloc[-1]) == (0, "Ask for the room")


# -- a practice


def test_the_practice_is_whose_it_was_with_its_notes_and_programmes(kept):
    assert observed.own(kept.practice) == PRACTICE["own"]


@pytest.mark.parametrize("client", PRACTICE["clients"])
def test_a_clients_copy_reads_as_it_did(kept, client):
    """What was shared, the notes about them, each table, what is wrong in it, and what is open between the two."""
    assert observed.clients(kept.practice)[client] == PRACTICE["clients"][client]


def test_the_roster_says_what_it_said(kept):
    assert observed.all_clients(kept.practice) == PRACTICE["roster"]


def test_the_command_lists_everybody_on_the_roster(kept):
    with kept.being(BRUNO):
        _, said = command("roster", "--practice", kept.desk, "--json")
    names = ("client", "name", "heard_on", "active_on", "habits", "not_shared")
    assert [[each[name] for name in names] for each in json.loads(said)] == [
        [each[name] for name in names] for each in PRACTICE["roster"]["rows"]
    ]


def test_what_lay_in_the_inbox_is_received(before):
    """One file is sealed for the coach's key, one opens with a passphrase."""
    assert observed.taken_in(before) == PRACTICE["taken_in"]


def test_saves_of_the_practice_are_taken_back(before):
    assert observed.practice_undone(before) == PRACTICE["undone"]


def test_a_client_who_is_forgotten_would_go_from_the_same_places(before):
    assert observed.forgetting(before, "--practice", before.desk, who=PIET) == PRACTICE["forgetting"]


def test_a_client_who_is_forgotten_is_gone(before):
    with before.being(BRUNO):
        command("forget", PIET, "--practice", before.desk, "--yes")
    assert [row["name"] for row in observed.all_clients(before.practice)["rows"]] == [AMAL, HANNA]


def test_a_programme_of_then_is_given_to_a_client_of_then(before):
    with before.being(BRUNO):
        _, said = command("assign", "--practice", before.desk, "--client", HANNA, "--programme", "Further", "--json")
    (given,) = json.loads(said)
    with before.being(HANNA):
        assert before.book.receive(Path(given["file"])).proposed == ["Negotiation"]
    assert list(before.book.read("assignments")["title"]).count("Three possible sponsors") == 2


def test_a_comment_of_the_coachs_now_reaches_the_workbook_of_then(before):
    goal = id_of(before.book, "goals", "title", "Own a budget")
    with before.being(BRUNO):
        command("comment", "goals", goal, "Who else has one?", "--practice", before.desk, "--client", HANNA)
        command("share", "--practice", before.desk, "--client", HANNA, "--to", before.place / "answer.careerkit")
    with before.being(HANNA):
        before.book.receive(before.place / "answer.careerkit")
    assert before.book.read("comments").set_index("text").at["Who else has one?", "record_id"] == goal


def test_whoever_only_has_a_starter_is_known_by_it_when_they_share(before):
    """The file of then is opened with the careerkit of now."""
    book = Workbook.create(before.place / "amal", owner=AMAL)
    with before.being(AMAL):
        book.receive(before.outbox("amal-rashid-2026-06-01.careerkit"))
        book.share(before.place / "amal.careerkit")
    with before.being(BRUNO):
        command("receive", before.place / "amal.careerkit", "--practice", before.desk, said="\n")
        again = type(before.practice).open(before.desk, today=dt.date.fromisoformat(DAY))
        rows = observed.all_clients(again)["rows"]
    assert (rows[0]["name"], rows[0]["client"]) == (AMAL, book.settings.id)
