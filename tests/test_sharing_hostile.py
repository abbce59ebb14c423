"""A bundle that is not as careerkit makes it is refused in a sentence, and nothing is stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from amounts import examples
from hostile import COACH_NAME, WORKBOOK, bundles, coach_bundle, comment, unzipped, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from careerkit import Workbook
from careerkit.errors import CareerkitError
from careerkit.sharing import keys, receiving, sealing
from careerkit.sharing.bundle import pack
from careerkit.sharing.opening import unpack
from careerkit.sharing.rules import checked

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


def receive(book: Workbook, file: Path, place: Path) -> receiving.Received:
    return receiving.take_in(book.store, book.settings.id, receiving.read(file, keys_folder=place / "client"))


def test_every_bundle_of_a_hostile_folder_is_refused_one_by_one_and_nothing_is_stored(place, book, coach, client):
    stranger = keys.own_or_new(place / "stranger").public
    folder = place / "hostile"
    folder.mkdir()
    told = {}
    for number, (name, content, said) in enumerate(bundles(coach.public, stranger)):
        file = folder / f"{number:03}.careerkit"
        file.write_bytes(sealing.seal_to_key(content, client.public))
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
    file.write_bytes(sealing.seal_to_key(pack(coach_bundle(coach.public)), client.public))
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
    with pytest.raises(CareerkitError, match="far larger than a bundle is"):
        receive(book, file, place)


def test_a_file_that_is_not_there_or_is_a_folder_is_told(place, book):
    for file in (place / "none", place):
        with pytest.raises(CareerkitError, match="Give the name of the file you were sent"):
            receive(book, file, place)


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"workbook": "w9"}, "made for another workbook"),
        ({"author_key": STRANGER, "author": "Eve Strange"}, "comes from Eve Strange, and your coach here is Ines Valdivia"),
        ({"kind": "client"}, "belongs into the coach's practice folder"),
    ],
)
def test_a_bundle_for_somebody_else_or_from_a_stranger_is_refused(book, coach, changed, said):
    with pytest.raises(CareerkitError, match=said):
        receiving.take_in(book.store, book.settings.id, coach_bundle(coach.public, **changed))


def test_text_in_a_bundle_stays_the_text_it_is(book, coach):
    row = comment(coach.public, text="<script>alert(1)</script> =cmd|' /C calc'!A0 $x$")
    received = receiving.take_in(book.store, book.settings.id, checked(unpack(pack(coach_bundle(coach.public, row)))), dry_run=True)
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
