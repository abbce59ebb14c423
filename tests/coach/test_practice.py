"""A practice folder: what clients send comes into their copies, what the coach writes leaves, and notes stay."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from form_driver import fill, press
from hostile_bundles import unzipped
from practice_round import COACH, LENA, PROGRAMME, TOMAS, keys_of, part

from careerkit import CareerkitError, Workbook
from careerkit.coach import Practice, assignment, starters
from careerkit.coach.programme import Programme
from careerkit.sharing import encryption, keys
from careerkit.sharing.rules import is_from


def opened(given: assignment.Delivery, keys_folder: Path) -> str:
    """Return everything in a sealed bundle as text."""
    content = given.file.read_bytes()
    plain = (
        encryption.open_with_passphrase(content, given.passphrase)
        if given.passphrase
        else encryption.open_with_key(content, keys.own(keys_folder).private)
    )
    return "\n".join(data.decode() for data in unzipped(plain).values())


# -- the folder


def test_a_practice_is_a_folder_that_only_its_owner_may_look_into(round):
    folder = round.practice.folder
    assert {each.name for each in folder.iterdir()} >= {"practice.toml", "inbox", "outbox", "clients", "data", "notebooks"}
    assert sorted(each.name for each in (folder / "notebooks" / "coach").glob("*.ipynb"))[0] == "01_prepare.ipynb"
    assert folder.stat().st_mode & 0o077 == 0


def test_a_notebook_finds_the_practice_above_it(round, monkeypatch):
    monkeypatch.chdir(round.practice.folder / "notebooks" / "coach")
    assert Practice.open().folder == round.practice.folder


def test_a_practice_is_not_made_among_other_files(tmp_path):
    (tmp_path / "letter.txt").write_text("keep me")
    with pytest.raises(CareerkitError, match="has files in it already"):
        Practice.create(tmp_path)


def test_a_folder_that_is_no_practice_says_how_to_make_one(tmp_path):
    with pytest.raises(CareerkitError, match="careerkit lab --practice"):
        Practice.open(tmp_path)


def test_a_practice_of_a_newer_careerkit_is_left_alone(round):
    (round.practice.folder / "practice.toml").write_text('coach = "Ines"\nformat = 9\n')
    with pytest.raises(CareerkitError, match="newer careerkit"):
        Practice.open(round.practice.folder)


def test_nothing_is_given_before_the_coach_has_a_name(tmp_path):
    with keys_of(tmp_path / "keys"), pytest.raises(CareerkitError, match="have your name yet"):
        assignment.assign(Practice.create(tmp_path / "practice"), PROGRAMME, [assignment.Recipient(LENA, dt.date(2026, 11, 2))])


def test_a_workbook_has_no_notebooks_of_the_coach(tmp_path):
    assert not (Workbook.create(tmp_path / "book").folder / "notebooks" / "coach").exists()


def test_each_of_the_practices_own_tables_has_a_form_that_saves_into_it(round):
    part, note = round.practice.form("programmes"), round.practice.form("coach_notes")
    fill(part, programme="Beginning", title="Rate your skills")
    press(part, "Save part")
    fill(note, client=LENA, text="Ask about Oslo.")
    press(note, "Save note")
    assert list(round.practice.read("programmes")["title"]) == ["Rate your skills"]
    assert list(round.practice.read("coach_notes")["text"]) == ["Ask about Oslo."]


@pytest.mark.parametrize("name", ["goals", "programme", "people", ""])
def test_any_other_form_is_refused_with_those_there_are(round, name):
    with pytest.raises(CareerkitError, match=rf"A practice has no form '{name}'\. Choose coach_notes or programmes\.$"):
        round.practice.form(name)


# -- the inbox


def test_bundles_are_received_together_each_into_its_clients_copy(round):
    for name, given in zip((LENA, TOMAS), round.assign(LENA, TOMAS), strict=True):
        round.begin(name).add("goals", title=f"What {name} wants")
        round.take_in(name, given)
        round.hand_in(name)
    outcome = round.receive()
    assert [(each.client.name, each.new) for each in outcome.received] == [(LENA, True), (TOMAS, True)] and not outcome.refused
    assert [list(copy.read("goals")["title"]) for copy in round.practice.clients()] == [
        ["What Lena Vogt wants"],
        ["What Tomas Brandt wants"],
    ]
    done = sorted(file.name for file in (round.practice.folder / "inbox" / "done").rglob("*.careerkit"))
    assert done == ["lena.careerkit", "tomas.careerkit"] and not [*(round.practice.folder / "inbox").glob("*.careerkit")]


def test_a_bad_file_stays_with_its_reason_and_stops_no_other(round):
    (round.practice.folder / "inbox" / "aaa.pdf").write_bytes(b"%PDF")
    (given,) = round.assign(LENA)
    round.begin(LENA)
    round.take_in(LENA, given)
    good = round.hand_in(LENA).read_bytes()
    (round.practice.folder / "inbox" / "half.careerkit").write_bytes(good[:-40])
    outcome = round.receive()
    assert [each.client.name for each in outcome.received] == [LENA]
    assert outcome.refused.keys() == {"aaa.pdf", "half.careerkit"} and "not sealed by careerkit" in outcome.refused["aaa.pdf"]
    assert (round.practice.folder / "inbox" / "aaa.pdf").exists()


def test_a_failure_nobody_thought_of_stops_no_other_either(round, monkeypatch):
    round.joined(LENA)
    round.joined(TOMAS)
    for name in (LENA, TOMAS):
        round.books[name].add("goals", title="More")
        round.hand_in(name)
    copy = round.practice.client(LENA)
    monkeypatch.setattr(copy, "keep_shared", lambda bundle: 1 / 0)
    outcome = round.receive()
    assert [each.client.name for each in outcome.received] == [TOMAS] and "errors.log" in outcome.refused["lena.careerkit"]
    assert "ZeroDivisionError" in (round.practice.folder / ".careerkit" / "errors.log").read_text()


def test_two_bundles_of_one_client_come_in_their_order(met):
    book = met.books[LENA]
    clock = iter(dt.datetime(2027, 1, 1, 9, minute) for minute in range(30))
    book.store.now = lambda: next(clock)
    book.add("goals", title="First")
    met.hand_in(LENA, file="z-first.careerkit")
    book.add("goals", title="Second")
    met.hand_in(LENA, file="a-second.careerkit")
    assert not met.receive().refused and sorted(met.practice.client(LENA).read("goals")["title"]) == ["First", "Second"]


def test_the_same_file_twice_brings_nothing_new(round):
    (given,) = round.assign(LENA)
    round.begin(LENA)
    round.take_in(LENA, given)
    file = round.hand_in(LENA)
    shutil.copy(file, file.with_name("lena (1).careerkit"))
    assert len(round.receive().received) == 2 and len(round.practice.client(LENA).read("assignments")) == 1


def test_a_file_with_a_passphrase_asks_for_it_and_stays_without(round):
    book = round.begin(LENA)
    with keys_of(round.place / "keys"):
        sent = book.share(round.practice.folder / "inbox" / "lena.careerkit", passphrase=True)
    assert "Ask who sent it to tell you" in round.receive().refused["lena.careerkit"]
    assert round.receive(passphrases={"lena.careerkit": sent.passphrase}).received[0].new


def test_a_known_client_with_a_new_key_is_known_by_the_secret_of_earlier_bundles(met):
    book = met.books[LENA]
    with keys_of(met.place / "new-computer"):
        book.share(met.practice.folder / "inbox" / "lena.careerkit")
    assert met.receive().received and met.practice.client(LENA).partner.key == keys.own(met.place / "new-computer").public


def test_another_key_without_that_secret_is_asked_about_first(met):
    book = met.books[LENA]
    (book.folder / ".careerkit" / "sharing" / "pairing").unlink()
    with keys_of(met.place / "somebody-else"):
        book.share(met.practice.folder / "inbox" / "odd.careerkit")
    outcome = met.receive()
    assert "Ask Lena Vogt by phone" in outcome.refused["odd.careerkit"] and outcome.changed_keys == ["odd.careerkit"]
    assert met.receive(trusted=["odd.careerkit"]).received


def test_a_bundle_for_a_workbook_is_no_clients(round):
    (given,) = round.assign(LENA, with_passphrase=True)
    shutil.copy(given.file, round.practice.folder / "inbox")
    outcome = round.receive(passphrases={given.file.name: given.passphrase})
    assert "made for a workbook" in outcome.refused[given.file.name] and not round.practice.clients()


@pytest.mark.parametrize("id", ["../../out", "..", "a/b", "", "com1", "x" * 90, "CON:"])
def test_a_workbooks_id_is_never_a_way_out_of_the_folder(round, id):
    with keys_of(round.place / "coach-keys"), pytest.raises(CareerkitError, match="say which workbook it comes from"):
        round.practice.new_client(id, LENA)
    assert [*(round.practice.folder / "clients").iterdir()] == []


# -- what is given


def test_a_starter_brings_exercises_questions_proposals_and_the_coachs_key(round):
    parts = (
        part(title="Rate your skills", due="week 2"),
        part("question", topic="goals", title="What would you try?"),
        part("skill", title="Delegation", target_level=4, words="1: alone"),
        part("review", title="First quarter", due="week 13"),
    )
    (given,) = round.assign(LENA, programme=Programme("P", parts), start=dt.date(2026, 11, 2))
    book = round.begin(LENA)
    round.take_in(LENA, given)
    rows = book.read("assignments").sort_values("due_on")
    assert [(row["title"], row["notebook"], f"{row['due_on']:%Y-%m-%d}") for _, row in rows.iterrows()] == [
        ("Rate your skills", "", "2026-11-15"),
        ("First quarter", "07_review", "2027-01-31"),
    ]
    assert list(book.read("prompts")["question"]) == ["What would you try?"] and book.read("skills").empty
    assert keys.coach(book.folder) == keys.Partner(COACH, round.practice.key)


def test_many_clients_get_a_file_each_with_days_of_their_own(round):
    first, second = round.assign(LENA, f"{TOMAS}, 2026-12-07", start=dt.date(2026, 11, 2), with_passphrase=True)
    assert first.file != second.file and first.passphrase != second.passphrase
    due = {}
    for name, given in ((LENA, first), (TOMAS, second)):
        round.begin(name)
        round.take_in(name, given)
        due[name] = f"{round.books[name].read('assignments')['due_on'][0]:%Y-%m-%d}"
    assert due == {LENA: "2026-11-15", TOMAS: "2026-12-20"}


def test_a_client_who_told_their_key_needs_no_passphrase(round):
    public = keys.own_or_new(round.place / "keys-lena").public
    (given,) = round.assign(f"{LENA}, {public}")
    assert given.client == LENA and given.passphrase == "" and "Rate your skills" in opened(given, round.place / "keys-lena")


def test_nothing_is_written_for_anybody_when_one_is_wrong(round):
    with pytest.raises(CareerkitError, match="A name appears twice"):
        round.assign(LENA, TOMAS, LENA.upper())
    assert [*(round.practice.folder / "outbox").iterdir()] == [] and starters.waiting(round.practice.folder) == []


def test_the_copy_has_the_coachs_own_words_whatever_names_the_client_hides(round):
    (given,) = round.assign(LENA, programme=Programme("P", (part(title="Write to Oskar Brandt"),)))
    book = round.begin(LENA)
    book.add("contacts", name="Oskar Brandt")
    round.take_in(LENA, given)
    round.hand_in(LENA)
    round.receive()
    assert list(round.practice.client(LENA).read("assignments")["title"]) == ["Write to Oskar Brandt"]
    assert starters.waiting(round.practice.folder) == []


def test_further_assignments_go_to_a_client_one_has_sealed_with_their_key(met):
    book = met.books[LENA]
    (given,) = met.assign("lena vogt", programme=Programme("Next", (part(title="Three sponsors"),)))
    assert given.passphrase == "" and given.client == LENA
    met.take_in(LENA, given)
    assert sorted(book.read("assignments")["title"]) == ["Rate your skills", "Three sponsors"]
    assert sorted(met.practice.client(LENA).read("assignments")["title"]) == ["Rate your skills", "Three sponsors"]


def test_a_skill_can_be_proposed_to_a_client_one_has(met):
    book = met.books[LENA]
    (given,) = met.assign(LENA, programme=Programme("Next", (part("skill", title="Delegation"), part(title="Hand one over"))))
    with keys_of(met.place / f"keys-{LENA}"):
        assert book.receive(given.file).proposed == ["Delegation"]
    assert "Hand one over" in set(book.read("assignments")["title"])


def test_after_new_assignments_an_old_one_can_still_be_changed(met):
    book = met.books[LENA]
    met.take_in(LENA, met.assign(LENA, programme=Programme("Next", (part("skill", title="Delegation"), part(title="More"))))[0])
    copy = met.practice.client(LENA)
    key = copy.read("assignments").set_index("title").at["Rate your skills", "id"]
    copy.update("assignments", key, instructions="Only five of them.")
    met.take_in(LENA, met.deliver(LENA))
    assert book.read("assignments").set_index("id").at[key, "instructions"] == "Only five of them."


# -- comments


def test_a_coachs_comment_is_answered_and_settled_on_both_sides(met):
    book = met.books[LENA]
    goal = book.add("goals", title="Find a sponsor")
    met.hand_in(LENA)
    met.receive()
    copy = met.practice.client(LENA)
    key = copy.comment("goals", goal, "Who loses if this succeeds?")
    met.take_in(LENA, met.deliver(LENA))
    (said,) = book.read("comments").to_dict("records")
    assert (said["author"], said["record_id"], is_from(said["id"], met.practice.key)) == (COACH, goal, True)
    book.comment("goals", goal, "The owner of the old portal.", reply_to=key)
    met.hand_in(LENA)
    met.receive()
    (waiting,) = copy.measure("coaching.comments").to_dict("records")
    assert (waiting["waits_for"], waiting["text"]) == ("coach", "The owner of the old portal.")
    copy.resolve(key)
    met.take_in(LENA, met.deliver(LENA))
    assert book.measure("coaching.comments").empty


def test_what_the_client_wrote_is_not_the_coachs_to_change(met):
    book = met.books[LENA]
    goal = book.add("goals", title="Find a sponsor")
    remark = book.comment("goals", goal, "Is this too much?")
    met.hand_in(LENA)
    met.receive()
    copy = met.practice.client(LENA)
    for act in (lambda: copy.update("goals", goal, title="Mine"), lambda: copy.delete("goals", goal), lambda: copy.resolve(remark)):
        with pytest.raises(CareerkitError, match="only Lena Vogt can change it"):
            act()


def test_a_coachs_bundle_holds_only_the_coachs_rows(round):
    book = round.joined(LENA, example=True)
    copy = round.practice.client(LENA)
    goal = book.read("goals")["id"][0]
    copy.comment("goals", goal, "One word of mine")
    copy.add("sessions", held_on="2026-11-02", agreed="Two names by Friday")
    said = opened(round.deliver(LENA), round.place / f"keys-{LENA}")
    assert "One word of mine" in said and "Two names by Friday" in said
    clients = {key for frame in book.tables().values() for key in frame["id"] if not is_from(key, round.practice.key)}
    assert len(clients) > 500 and {key for key in clients if key in said} == {goal}


def test_there_is_no_file_for_a_client_for_whom_nothing_was_written(round):
    book = round.begin(LENA)
    with keys_of(round.place / "keys"):
        sent = book.share(round.practice.folder / "inbox" / "l", passphrase=True)
    round.receive(passphrases={"l": sent.passphrase})
    with pytest.raises(CareerkitError, match="written nothing for Lena Vogt"):
        round.deliver(LENA)


# -- notes


def test_no_byte_of_a_coachs_note_is_in_any_file_that_leaves(met):
    book = met.books[LENA]
    secret = "Heliotrope thoughts about her boss"
    met.practice.note(LENA, secret)
    goal = book.add("goals", title="Find a sponsor")
    met.hand_in(LENA)
    met.receive()
    met.practice.client(LENA).comment("goals", goal, "A comment")
    made = [met.deliver(LENA), *met.assign(LENA, TOMAS)]
    for given, whose in zip(made, (LENA, LENA, TOMAS), strict=True):
        said = opened(given, met.place / f"keys-{whose}")
        assert "A comment" in said or "Rate your skills" in said
        assert "Heliotrope" not in said and "coach_notes" not in said
    assert list(met.practice.notes(met.practice.client(LENA))["text"]) == [secret]
    assert not [file for file in met.practice.client(LENA).folder.rglob("*") if file.is_file() and b"Heliotrope" in file.read_bytes()]
