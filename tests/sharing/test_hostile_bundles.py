"""A bundle that is not as careerkit makes it is refused in a sentence, and nothing is stored."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest
from example_counts import examples
from hostile_bundles import COACH_NAME, WORKBOOK, bundles, coach_bundle, comment, marked, unzipped, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from careerkit import Workbook
from careerkit.errors import CareerkitError
from careerkit.sharing import encryption, keys, send
from careerkit.sharing.bundle import mark, pack
from careerkit.sharing.receive import Received, open_file, take_in
from careerkit.sharing.rules import checked
from careerkit.sharing.unpack import unpack

STRANGER = "age1mx7h2smhv3tnphxlm5ehf7fwyytlqpqqg6ezvysxl0ewu6v7cprqr8l27r"


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("sharing")


@pytest.fixture(scope="module")
def coach(place) -> keys.KeyPair:
    return keys.own_or_new(place / "coach")


@pytest.fixture(scope="module")
def client(place) -> keys.KeyPair:
    return keys.own_or_new(place / "client")


@pytest.fixture(scope="module")
def book(place, coach) -> Workbook:
    book = Workbook.create(place / "book", owner="Maren Okafor")
    book.change_settings(id=WORKBOOK)
    book.add("goals", title="Learn to sail")
    keys.keep_coach(book.folder, keys.Partner(COACH_NAME, coach.public))
    return book


def everything(folder: Path) -> dict[str, bytes]:
    kept = (file for part in ("data", ".careerkit") for file in (folder / part).rglob("*"))
    return {str(file): file.read_bytes() for file in [*folder.glob("*"), *kept] if file.is_file()}


def receive(book: Workbook, file: Path, place: Path) -> Received:
    return take_in(book.store, book.settings.id, open_file(file, keys_folder=place / "client"))


def test_every_bundle_of_a_hostile_folder_is_refused_one_by_one_and_nothing_is_stored(place, book, coach, client):
    stranger = keys.own_or_new(place / "stranger").public
    folder = place / "hostile"
    folder.mkdir()
    told = {}
    for number, (name, content, said) in enumerate(bundles(coach.public, stranger)):
        file = folder / f"{number:03}.careerkit"
        file.write_bytes(encryption.seal_to_key(content, client.public))
        told[file] = (name, said)
    before, outside = everything(book.folder), everything(place / "client")
    for file in sorted(folder.iterdir()):
        name, said = told[file]
        with pytest.raises(CareerkitError) as refused:
            receive(book, file, place)
        assert said in str(refused.value), (name, str(refused.value))
        assert "othing was stored" in str(refused.value) and str(refused.value).rstrip().endswith(".")
        assert everything(book.folder) == before, name
    assert len(told) > 80 and everything(place / "client") == outside


def test_the_good_bundle_that_they_were_made_from_is_taken_in(place, book, coach, client):
    file = place / "good.careerkit"
    file.write_bytes(encryption.seal_to_key(pack(marked(coach_bundle(coach.public), book.folder)), client.public))
    received = receive(book, file, place)
    assert received.summary() == ["From Ines Valdivia, made on 2026-10-07.", "comments: 1 new."]
    assert list(book.read("comments")["text"]) == ["What would be enough?"]


def test_a_file_that_is_not_sealed_is_refused(place, book, coach):
    file = place / "bare.zip"
    file.write_bytes(pack(coach_bundle(coach.public)))
    with pytest.raises(CareerkitError, match="was not sealed"):
        receive(book, file, place)


def test_a_file_that_is_far_too_large_is_not_even_read(place, book):
    file = place / "large.careerkit"
    with file.open("wb") as opened:
        opened.truncate(2**40)
    with pytest.raises(CareerkitError, match="far too large to be a bundle"):
        receive(book, file, place)


def test_a_file_that_is_not_there_or_is_a_folder_is_told(place, book):
    for file in (place / "none", place):
        with pytest.raises(CareerkitError, match="Give the name of the file you were sent"):
            receive(book, file, place)


def test_a_file_that_somebody_else_keeps_closed_is_told(place, book, monkeypatch):
    def closed(self: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    (place / "closed.careerkit").touch()
    monkeypatch.setattr(Path, "read_bytes", closed)
    with pytest.raises(CareerkitError, match=r"Permission denied\. Ask who put it there to let you read it\.$"):
        receive(book, place / "closed.careerkit", place)


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"workbook": "w9"}, "made for another workbook"),
        ({"author_key": STRANGER, "author": "Eve Strange"}, "comes from Eve Strange, and your coach here is Ines Valdivia"),
        ({"kind": "client"}, "belongs in the coach's practice folder"),
    ],
)
def test_a_bundle_for_somebody_else_or_from_a_stranger_is_refused(book, coach, changed, said):
    with pytest.raises(CareerkitError, match=said):
        take_in(book.store, book.settings.id, coach_bundle(coach.public, **changed))


@pytest.mark.parametrize(
    "forge",
    [
        lambda good: replace(good, mark=""),
        lambda good: replace(good, mark=good.mark[:-1] + ("0" if good.mark[-1] != "0" else "1")),
        lambda good: replace(good, mark=mark(good, "0" * 64)),
        lambda good: replace(good, parts=coach_bundle(good.author_key, comment(good.author_key, text="Send me money.")).parts),
        lambda good: replace(good, made_at="2026-12-31T10:00:00Z"),
    ],
    ids=["no mark", "a mark that is wrong", "a mark by another secret", "other rows", "another time"],
)
def test_what_is_made_in_the_coachs_name_without_the_clients_secret_is_refused(place, book, coach, client, forge):
    """Whoever knows the public keys of both can seal a file and name the coach as its author; only the coach can mark it."""
    file = place / "forged.careerkit"
    file.write_bytes(encryption.seal_to_key(pack(forge(marked(coach_bundle(coach.public), book.folder))), client.public))
    before = everything(book.folder)
    with pytest.raises(CareerkitError, match=r"says that it comes from Ines Valdivia, but it lacks the mark .* Nothing was stored"):
        receive(book, file, place)
    assert everything(book.folder) == before


def test_before_anything_was_shared_nobody_can_speak_in_the_coachs_name(tmp_path, coach):
    fresh = Workbook.create(tmp_path / "fresh", owner="Maren Okafor")
    keys.keep_coach(fresh.folder, keys.Partner(COACH_NAME, coach.public))
    with pytest.raises(CareerkitError, match="you have shared nothing with them from here"):
        take_in(fresh.store, fresh.settings.id, coach_bundle(coach.public, workbook=fresh.settings.id))


def test_a_starter_with_another_key_than_the_known_coachs_does_not_take_her_place(book, coach, tmp_path):
    stranger = keys.own_or_new(tmp_path / "stranger").public
    false = send.starter(COACH_NAME, stranger, {}, "2026-10-08T10:00:00Z")
    with pytest.raises(CareerkitError, match="another key than that of your coach here, Ines Valdivia"):
        take_in(book.store, book.settings.id, false)
    assert keys.coach(book.folder).key == coach.public


def test_text_in_a_bundle_stays_the_text_it_is(book, coach):
    row = comment(coach.public, text="<script>alert(1)</script> =cmd|' /C calc'!A0 $x$")
    arrived = checked(unpack(pack(marked(coach_bundle(coach.public, row), book.folder))))
    received = take_in(book.store, book.settings.id, arrived, dry_run=True)
    assert received.changes[0].after["text"] == row["text"]


@pytest.fixture(scope="module")
def good(coach) -> bytes:
    return pack(coach_bundle(coach.public))


@settings(max_examples=examples(60), deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_a_bundle_altered_anywhere_is_refused_or_says_the_same(good, place, flipped):
    at = place % len(good)
    altered = good[:at] + bytes([good[at] ^ flipped]) + good[at + 1 :]
    try:
        found = unpack(altered)
    except CareerkitError:
        return
    assert found.rows() == unpack(good).rows()


def test_the_same_content_gives_the_same_bytes_and_another_id_tells_another_content(coach):
    bundle = coach_bundle(coach.public)
    assert pack(bundle) == pack(unpack(pack(bundle))) and unpack(pack(bundle)).id == bundle.id
    other = coach_bundle(coach.public, comment(coach.public, text="Another."))
    assert other.id != bundle.id


def test_a_bundle_holds_data_and_a_manifest_and_nothing_else(coach):
    assert set(unzipped(pack(coach_bundle(coach.public)))) == {"manifest.json", "data/comments.csv"}
    assert unpack(zipped(unzipped(pack(coach_bundle(coach.public))))).kind == "coach"
