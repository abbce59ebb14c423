"""What is secret, and whose keys one knows.

The private key belongs to a person, not to a workbook: it is kept in the user's own folder for programs, never in a workbook,
a practice folder or a bundle. A workbook's own secret, by which pseudonyms are made, and its coach's public key are in its
``.careerkit/sharing/``.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

import pyrage
from platformdirs import user_data_dir

from careerkit.errors import CareerkitError
from careerkit.sharing.encryption import is_public_key
from careerkit.store.files.atomic import write_json, write_new
from careerkit.store.layout import CLIENT_KEY, COACH_KEY, PAIRING, SECRET

FILE = "key.txt"
SECRET_BYTES = 32
NAME_AT_MOST = 200


@dataclass(frozen=True)
class KeyPair:
    """A private key and its public one; only the public one is ever shown."""

    public: str
    private: str

    def __repr__(self) -> str:
        return f"KeyPair({self.public!r})"


@dataclass(frozen=True)
class Partner:
    """Someone with whom bundles are exchanged: their name and public key."""

    name: str
    key: str


def place() -> Path:
    """Return the folder of the private key: ``$CAREERKIT_KEYS``, else the user's own folder for programs."""
    return Path(os.environ.get("CAREERKIT_KEYS") or Path(user_data_dir("careerkit")) / "keys")


def file(folder: Path | None = None) -> Path:
    """Return the file of the private key."""
    return (folder or place()) / FILE


def own(folder: Path | None = None) -> KeyPair | None:
    """Return one's own keys, None where there are none yet.

    Raises
    ------
    CareerkitError
        When the file cannot be read.
    """
    private_file = file(folder)
    try:
        lines = private_file.read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise CareerkitError(
            f"Your key in {private_file} cannot be read ({error}). Look at its permissions, or put it back from a backup."
        ) from error
    _for_owner_alone(private_file)
    private = next((line for line in lines if line.startswith("AGE-SECRET-KEY-")), "")
    try:
        return KeyPair(str(pyrage.x25519.Identity.from_str(private).to_public()), private)
    except pyrage.IdentityError:
        raise CareerkitError(
            f"{private_file} holds no key that can be read. Put it back from a backup, or move it away to make a new one."
        ) from None


def own_or_new(folder: Path | None = None) -> KeyPair:
    """Return one's own keys, made where there are none yet."""
    found = own(folder)
    if found is None:
        identity = pyrage.x25519.Identity.generate()
        found = KeyPair(str(identity.to_public()), str(identity))
        _write_secret(file(folder), f"# public key: {found.public}\n{found.private}\n")
    return found


def known_secret(workbook: Path) -> bytes | None:
    """Return the secret by which a workbook's pseudonyms are made, None where there is none yet."""
    return _known(workbook / SECRET)


def workbook_secret(workbook: Path) -> bytes:
    """Return the secret by which a workbook's pseudonyms are made, the same each time; made where there is none yet."""
    return _known_or_new(workbook / SECRET)


def pairing(workbook: Path) -> str:
    """Return the secret that a workbook shares with its coach alone; made where there is none yet."""
    return _known_or_new(workbook / PAIRING).hex()


def known_pairing(workbook: Path) -> str:
    """Return the secret that a workbook shares with its coach, or a coach's copy with the client, '' where none is known."""
    known = _known(workbook / PAIRING)
    return known.hex() if known else ""


def keep_pairing(copy: Path, pairing: str) -> None:
    """Keep in a coach's copy the secret that came in a client's bundle."""
    if pairing and pairing != known_pairing(copy):
        (copy / PAIRING).unlink(missing_ok=True)
        _write_secret(copy / PAIRING, pairing)


def _known(file: Path) -> bytes | None:
    with contextlib.suppress(OSError, ValueError):
        secret = bytes.fromhex(file.read_text(encoding="ascii"))
        return secret if len(secret) == SECRET_BYTES else None
    return None


def _known_or_new(file: Path) -> bytes:
    secret = _known(file)
    if secret is None:
        secret = secrets.token_bytes(SECRET_BYTES)
        if file.exists():
            os.replace(file, file.with_name(f"{file.name}.damaged-{secrets.token_hex(4)}"))
        _write_secret(file, secret.hex())
    return secret


def coach(workbook: Path) -> Partner | None:
    """Return the coach whose starter this workbook took in, None where there is none."""
    return _partner(workbook / COACH_KEY)


def client(copy: Path) -> Partner | None:
    """Return the client whose workbook this is a coach's copy of, with the key of their latest bundle; None where nothing came yet."""
    return _partner(copy / CLIENT_KEY)


def _partner(file: Path) -> Partner | None:
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        partner = Partner(str(stored["name"])[:NAME_AT_MOST], str(stored["key"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return partner if is_public_key(partner.key) else None


def keep_coach(workbook: Path, partner: Partner) -> None:
    """Keep the coach with whom a workbook is shared by default."""
    write_json(workbook / COACH_KEY, asdict(partner))


def keep_client(copy: Path, partner: Partner) -> None:
    """Keep whose workbook this is a copy of, and the key to answer with."""
    write_json(copy / CLIENT_KEY, asdict(partner))


def keep_given(workbook: Path, name: str, key: str) -> str:
    """Keep a coach's public key that a person typed or pasted, and say so.

    Raises
    ------
    CareerkitError
        When there is no name, or it isn't a public key.
    """
    if not name.strip():
        raise CareerkitError("Whose key is it? Write your coach's name.")
    if not is_public_key(key.strip()):
        raise CareerkitError("This isn't a public key. It begins with age1 and has 62 letters; ask for it again.")
    keep_coach(workbook, Partner(name.strip(), key.strip()))
    return f"Kept. What you share from now on is sealed for {name.strip()}."


def _write_secret(file: Path, text: str) -> None:
    """Write a new file that its owner alone may read."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_new(file, text.encode(), mode=0o600)
    except OSError as error:
        raise CareerkitError(f"{file} could not be written: {error.strerror or error}. Make room or access, then try again.") from error
    _for_owner_alone(file)


def _for_owner_alone(file: Path) -> None:
    # On Windows the user's own folder is closed to others already, and this does nothing.
    with contextlib.suppress(OSError):
        os.chmod(file, 0o600)
