"""A member of a zip, read into memory under bounds; nothing is ever unpacked to disk."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from careerkit.errors import CareerkitError

# A full LinkedIn export has some 60 members and tens of megabytes; these bounds leave room and stop bombs.
MOST_MEMBERS = 2_000
MOST_BYTES = 200_000_000
HIGHEST_RATIO = 200


def is_archive(content: bytes) -> bool:
    """Say whether a file is a zip."""
    return content.startswith(b"PK\x03\x04")


def members(content: bytes, name: str, ending: str) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of a zip's members with an ending, one after the other.

    Raises
    ------
    CareerkitError
        When the zip is damaged, encrypted, too large, or holds names that point elsewhere.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            entries = opened.infolist()
            _refuse_hostile(entries, name)
            for entry in entries:
                if entry.filename.lower().endswith(ending):
                    yield PurePosixPath(entry.filename).name, _read(opened, entry, name)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise CareerkitError(f"{name} is damaged or encrypted and cannot be opened ({error}). Download it again.") from error


def _refuse_hostile(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MOST_MEMBERS:
        raise CareerkitError(f"{name} holds {len(entries)} files, far more than an export does. It was not opened.")
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise CareerkitError(f"{name} would unpack to more than {MOST_BYTES // 1_000_000} MB. It was not opened.")
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or stat.S_ISLNK(entry.external_attr >> 16):
            raise CareerkitError(f"{name} holds an entry that points outside of it ({entry.filename!r}). It was not opened.")
        if entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1000):
            raise CareerkitError(f"{name} holds an entry that unpacks to far more than it should. It was not opened.")


def _read(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    # The size in the directory may lie, so the bound holds while reading too.
    with opened.open(entry) as member:
        content = member.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise CareerkitError(f"{name} would unpack to more than {MOST_BYTES // 1_000_000} MB. It was not opened.")
    return content
