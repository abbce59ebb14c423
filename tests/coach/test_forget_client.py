"""A client forgotten: no file of the practice tells of them any more, and those of others stay."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from practice_round import LENA, TOMAS, Round

from careerkit import CareerkitError
from careerkit.coach import forget_client, starters

SECRET = "Heliotrope thoughts"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Round:
    made = Round(tmp_path_factory.mktemp("first"))
    for name in (LENA, TOMAS):
        made.joined(name)
    made.practice.note(TOMAS, "Stays")
    made.practice.note(LENA, SECRET)
    made.practice.note(LENA, "Second")
    made.deliver(LENA)
    # A backup with her notes in it.
    made.practice.store.workspace.backups.keep_day()
    backup = made.practice.folder / ".careerkit" / "backups" / "2026-01-01.zip"
    backup.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(backup, "w") as file:
        file.write(made.practice.folder / "data" / "coach_notes.csv", "data/coach_notes.csv")
    return made


@pytest.fixture
def round(first: Round, tmp_path: Path) -> Round:
    return first.copied(tmp_path / "round")


def told_of(folder: Path, *wanted: str) -> list[str]:
    """Return the files that hold one of these texts, also within a zip."""
    found = []
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        data = file.read_bytes()
        if file.suffix == ".zip":
            with zipfile.ZipFile(file) as opened:
                data = b"\n".join(opened.read(name) for name in opened.namelist())
        if any(each.encode() in data or each in file.name for each in wanted):
            found.append(file.relative_to(folder).as_posix())
    return found


def test_nothing_of_a_forgotten_client_is_left_in_the_practice(round):
    client = round.practice.client(LENA)
    folder, key = client.folder, client.partner.key
    assert len(told_of(round.practice.folder, SECRET, LENA, client.id)) > 5
    said = " ".join(forget_client.forget(round.practice, LENA).summary(done=True))
    assert told_of(round.practice.folder, SECRET, LENA, client.id, key, "Second", "lena-vogt") == []
    assert not folder.exists() and "2 notes" in said and "Out of reach: the files that you sent" in said


def test_what_is_about_others_stays(round):
    before = round.practice.client(TOMAS).tables()
    forget_client.forget(round.practice, LENA)
    assert [copy.name for copy in round.practice.clients()] == [TOMAS]
    assert list(round.practice.read("coach_notes")["text"]) == ["Stays"]
    assert round.practice.client(TOMAS).tables()["assignments"].equals(before["assignments"])
    assert any(
        "Stays" in zipfile.ZipFile(file).read("data/coach_notes.csv").decode()
        for file in (round.practice.folder / ".careerkit" / "backups").glob("2026-01-01.zip")
    )
    assert [file.name[:5] for file in (round.practice.folder / "outbox").iterdir()] == ["tomas"]


def test_a_dry_run_only_says_it(round):
    before = {file: file.read_bytes() for file in round.practice.folder.rglob("*") if file.is_file() and "journal" not in file.name}
    said = forget_client.forget(round.practice, LENA, dry_run=True).summary(done=False)
    assert "will be forgotten" in said[0] and all(file.read_bytes() == data for file, data in before.items())


def test_somebody_who_only_got_a_starter_is_forgotten_too(round):
    round.assign("Kofi Mensah")
    forget_client.forget(round.practice, "Kofi Mensah")
    assert starters.waiting(round.practice.folder) == [] and told_of(round.practice.folder, "Kofi", "kofi") == []


def test_nobody_is_forgotten_by_a_name_that_is_not_known(round):
    with pytest.raises(CareerkitError, match="There is no client 'Nobody'"):
        forget_client.forget(round.practice, "Nobody")


def test_of_two_clients_of_one_name_the_id_says_which(round):
    twin = round.practice.new_client("wfedcba9876543210", LENA)
    round.practice.add("coach_notes", client=LENA, text="About either", written_on="2026-11-02")
    with pytest.raises(CareerkitError, match="2 clients are called Lena Vogt"):
        forget_client.forget(round.practice, LENA)
    forget_client.forget(round.practice, twin.id)
    assert round.practice.client(LENA).name == LENA and "About either" in set(round.practice.read("coach_notes")["text"])
