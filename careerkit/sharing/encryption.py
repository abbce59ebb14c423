"""Sealing with age: to a public key, or with a passphrase that is told in another way, such as by phone."""

from __future__ import annotations

import re
import secrets
import time

import pyrage

from careerkit.errors import CareerkitError

HEADER = b"age-encryption.org/v1\n"
# Each group holds 16 bits: consonant, vowel, consonant, vowel, consonant, so that it can be said aloud and spelled.
CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"
GROUPS = 5
GROUP = rf"(?:[{CONSONANTS}][{VOWELS}]){{2}}[{CONSONANTS}]"
# The memory that a passphrase file asks for doubles with each step; 20 is 1 GB, and age itself writes 16 to 19.
MOST_WORK = 20
# age refuses a file that would take over sixteen seconds here, by a measurement of milliseconds that a busy moment spoils.
TOO_SLOW, PAUSES = "Excessive work", (0.1, 0.3, 1, 3)
WRONG = "The passphrase does not open this file. Type it again, group by group; if it is right, the file was altered: ask for a new one."


def new_passphrase() -> str:
    """Return five groups of letters that can be told by phone, such as lusab-babad-gutih-tugad-mavol.

    Each group holds 16 random bits, the five together 80; age slows each guess down to about a second, so that no one
    tries them out.
    """
    return "-".join(_group() for _ in range(GROUPS))


def _group() -> str:
    return "".join(secrets.choice(CONSONANTS if place % 2 == 0 else VOWELS) for place in range(5))


def normalised(passphrase: str) -> str:
    """Return a passphrase as it was made, however it was typed: capitals, blanks and hyphens do not count."""
    groups = re.findall(GROUP, re.sub(r"[\W_]", "", passphrase.lower()))
    joined = "-".join(groups)
    return joined if len(groups) == GROUPS and joined.replace("-", "") == re.sub(r"[\W_]", "", passphrase.lower()) else passphrase.strip()


def is_sealed(content: bytes) -> bool:
    """Say whether a file was sealed with age."""
    return content.startswith(HEADER)


def wants_passphrase(content: bytes) -> bool:
    """Say whether a sealed file is opened by a passphrase, and not by a key."""
    return content.startswith(HEADER + b"-> scrypt ")


def seal_to_key(content: bytes, public: str) -> bytes:
    """Return a content sealed so that only the owner of a public key can open it.

    Raises
    ------
    CareerkitError
        When it isn't a public key.
    """
    return pyrage.encrypt(content, [_recipient(public)])


def seal_with_passphrase(content: bytes, passphrase: str) -> bytes:
    """Return a content sealed with a passphrase."""
    return pyrage.passphrase.encrypt(content, normalised(passphrase))


def open_with_key(content: bytes, private: str) -> bytes:
    """Return what was sealed to the public key of a private one.

    Raises
    ------
    CareerkitError
        When it was sealed to another key or with a passphrase, or was altered.
    """
    try:
        identity = pyrage.x25519.Identity.from_str(private)
    except pyrage.IdentityError:
        raise CareerkitError("Your private key cannot be read. Put the file back from a backup, or make a new one: careerkit key") from None
    try:
        return pyrage.decrypt(content, [identity])
    except pyrage.DecryptError as error:
        if "No matching keys" not in str(error):
            raise _altered() from None
        raise CareerkitError(
            "This file was sealed for a key that isn't yours. Send your public key again (careerkit key shows it), and ask for a new file."
        ) from None


def open_with_passphrase(content: bytes, passphrase: str) -> bytes:
    """Return what was sealed with a passphrase.

    Raises
    ------
    CareerkitError
        When the passphrase is another, or the file was altered.
    """
    _refuse_much_work(content)
    for pause in PAUSES:
        try:
            return pyrage.passphrase.decrypt(content, normalised(passphrase))
        except pyrage.DecryptError as error:
            reason = str(error)
        if not reason.startswith(TOO_SLOW):
            raise _altered() if reason != "Decryption failed" else CareerkitError(WRONG)
        time.sleep(pause)
    raise CareerkitError(
        "This computer is too slow or too busy to open a file with a passphrase. Close other programs and try again; "
        "if that does not help, send your public key (careerkit key), and ask for a file sealed to it."
    )


def _refuse_much_work(content: bytes) -> None:
    found = re.match(rb"-> scrypt \S+ (\d{1,3})\n", content[len(HEADER) : len(HEADER) + 100])
    if not found or int(found.group(1)) > MOST_WORK:
        raise CareerkitError("This file asks for far more work than a passphrase needs. It was not opened; ask who sent it.")


def is_public_key(text: str) -> bool:
    """Say whether a text is a public key that can be sealed to."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def _recipient(public: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(public.strip())
    except pyrage.RecipientError:
        raise CareerkitError(
            f"{public!r} isn't a public key. It begins with age1; the other side sees theirs with: careerkit key"
        ) from None


def _altered() -> CareerkitError:
    return CareerkitError("This file is cut short or was altered on its way, and cannot be opened. Ask for it to be sent again.")
