"""Keys and sealing: only the right key or passphrase opens a file, and what is secret stays where it is."""

from __future__ import annotations

import re
import stat

import pytest

from careerkit.errors import CareerkitError
from careerkit.sharing import encryption, keys

CONTENT = b"what a client chose to share"


@pytest.fixture(scope="module")
def mine(tmp_path_factory) -> keys.KeyPair:
    return keys.own_or_new(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def spoken() -> str:
    return encryption.new_passphrase()


@pytest.fixture(scope="module")
def told(spoken) -> bytes:
    return encryption.seal_with_passphrase(CONTENT, spoken)


# -- sealing


def test_what_is_sealed_to_a_key_is_opened_by_it(mine):
    sealed = encryption.seal_to_key(CONTENT, mine.public)
    assert CONTENT not in sealed and encryption.is_sealed(sealed) and not encryption.wants_passphrase(sealed)
    assert encryption.open_with_key(sealed, mine.private) == CONTENT


def test_another_key_is_told(mine, tmp_path):
    sealed = encryption.seal_to_key(CONTENT, mine.public)
    with pytest.raises(CareerkitError, match=r"sealed for a key that isn't yours.*careerkit key"):
        encryption.open_with_key(sealed, keys.own_or_new(tmp_path).private)


def test_what_is_sealed_with_a_passphrase_is_opened_by_it_however_it_is_typed(told, spoken):
    assert CONTENT not in told and encryption.wants_passphrase(told)
    assert encryption.open_with_passphrase(told, f" {spoken.upper().replace('-', ' ')}\n") == CONTENT


def test_another_passphrase_is_told(told):
    with pytest.raises(CareerkitError, match=r"does not open this file\. Type it again"):
        encryption.open_with_passphrase(told, "lusab-babad-gutih-tugad-mavol")


def test_a_file_altered_anywhere_is_refused(mine):
    sealed = encryption.seal_to_key(CONTENT, mine.public)
    for place in range(len(encryption.HEADER), len(sealed)):
        altered = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(CareerkitError):
            encryption.open_with_key(altered, mine.private)


@pytest.mark.parametrize("end", [-1, -20, 60, 22])
def test_a_file_cut_short_is_refused(mine, end):
    with pytest.raises(CareerkitError, match="cut short or was altered"):
        encryption.open_with_key(encryption.seal_to_key(CONTENT, mine.public)[:end], mine.private)


def test_a_passphrase_file_altered_or_cut_is_refused(told, spoken):
    for altered in (told[:-1] + bytes([told[-1] ^ 1]), told[:-5]):
        with pytest.raises(CareerkitError, match="cut short or was altered"):
            encryption.open_with_passphrase(altered, spoken)


def test_a_file_that_would_take_all_memory_is_refused_before_it_is_tried(told, spoken):
    work = told[len(encryption.HEADER) :].split(b"\n")[0].rsplit(b" ", 1)[1]
    greedy = told.replace(b" " + work + b"\n", b" 40\n", 1)
    with pytest.raises(CareerkitError, match="far more work"):
        encryption.open_with_passphrase(greedy, spoken)


def test_a_file_that_is_too_much_for_a_slow_computer_is_not_called_altered(told, spoken, monkeypatch):
    monkeypatch.setattr(encryption, "MOST_WORK", 30)
    heavy = re.sub(rb"(-> scrypt \S+) \d+\n", rb"\1 30\n", told)
    with pytest.raises(CareerkitError, match="too slow or too busy"):
        encryption.open_with_passphrase(heavy, spoken)


def test_a_text_that_is_no_key_is_told():
    with pytest.raises(CareerkitError, match="'age1nonsense' isn't a public key"):
        encryption.seal_to_key(CONTENT, "age1nonsense")


def test_a_passphrase_has_five_groups_that_can_be_said_and_is_never_the_same():
    made = {encryption.new_passphrase() for _ in range(50)}
    assert len(made) == 50
    assert all(encryption.normalised(each) == each and each.count("-") == 4 for each in made)
    assert (len(encryption.CONSONANTS) ** 3 * len(encryption.VOWELS) ** 2) ** encryption.GROUPS == 2**80


# -- what is kept


def test_a_key_is_made_once_and_read_by_its_owner_alone(tmp_path):
    assert keys.own(tmp_path / "keys") is None
    made = keys.own_or_new(tmp_path / "keys")
    assert keys.own_or_new(tmp_path / "keys") == keys.own(tmp_path / "keys") == made
    assert stat.S_IMODE((tmp_path / "keys" / keys.FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_a_private_key_that_others_could_read_is_closed_again(tmp_path):
    keys.own_or_new(tmp_path)
    (tmp_path / keys.FILE).chmod(0o644)
    keys.own(tmp_path)
    assert stat.S_IMODE((tmp_path / keys.FILE).stat().st_mode) == 0o600


def test_the_private_key_is_never_shown(mine):
    assert mine.private not in repr(mine) and "AGE-SECRET-KEY" not in repr(mine)


def test_a_key_that_cannot_be_read_is_told_and_not_replaced(tmp_path):
    (tmp_path / keys.FILE).write_text("AGE-SECRET-KEY-BROKEN")
    with pytest.raises(CareerkitError, match="holds no key that can be read"):
        keys.own_or_new(tmp_path)
    assert (tmp_path / keys.FILE).read_text() == "AGE-SECRET-KEY-BROKEN"


def test_the_key_lies_outside_of_every_workbook(monkeypatch, tmp_path):
    monkeypatch.setenv("CAREERKIT_KEYS", str(tmp_path / "elsewhere"))
    assert keys.place() == tmp_path / "elsewhere"
    monkeypatch.delenv("CAREERKIT_KEYS")
    assert keys.place().parts[-2:] == ("careerkit", "keys")


def test_a_workbook_has_one_secret_that_its_owner_alone_may_read(tmp_path):
    secret = keys.workbook_secret(tmp_path)
    assert len(secret) == 32 and keys.workbook_secret(tmp_path) == secret
    assert stat.S_IMODE((tmp_path / ".careerkit" / "sharing" / "secret").stat().st_mode) == 0o600


def test_the_coach_is_known_once_a_starter_was_taken_in(tmp_path, mine):
    assert keys.coach(tmp_path) is None
    keys.keep_coach(tmp_path, keys.Partner("Ines Valdivia", mine.public))
    assert keys.coach(tmp_path) == keys.Partner("Ines Valdivia", mine.public)
