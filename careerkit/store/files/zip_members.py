"""The members of a zip that somebody else made, read into memory under bounds; nothing is ever unpacked to disk."""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

HIGHEST_RATIO = 200
# Below this, a ratio says nothing.
SMALL = 1_000
UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)


class RefusedZip(Exception):
    """A zip that is damaged, hostile or too large; its text says why, as part of a sentence."""


def is_zip(content: bytes) -> bool:
    """Say whether a file is a zip."""
    return content.startswith(b"PK\x03\x04")


@contextlib.contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    """Open a zip; whatever turns out to be damaged while the block lasts is a `RefusedZip`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except UNREADABLE as error:
        raise RefusedZip(f"it is damaged or locked ({error})") from error


def members(
    archive: zipfile.ZipFile, most_members: int, most_bytes: int, wanted: Callable[[str], bool] = lambda name: True
) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the members that are wanted, after a look at all of them.

    Raises
    ------
    RefusedZip
        When there are too many, they are too large, or one points elsewhere.
    """
    entries = archive.infolist()
    if len(entries) > most_members:
        raise RefusedZip(f"it holds {len(entries)} files, far more than it should")
    for entry in entries:
        _refuse_hostile(entry)
    if sum(entry.file_size for entry in entries) > most_bytes:
        raise RefusedZip(f"it would unpack to more than {most_bytes // 1_000_000} MB")
    for entry in entries:
        if wanted(entry.filename):
            yield entry.filename, _content(archive, entry)


def _refuse_hostile(entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise RefusedZip(f"{entry.filename!r} in it points outside of it")
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFDIR if entry.is_dir() else stat.S_IFREG):
        raise RefusedZip(f"{entry.filename} in it is a link or no plain file")
    if entry.file_size > HIGHEST_RATIO * max(entry.compress_size, SMALL):
        raise RefusedZip(f"{entry.filename} in it would unpack to far more than it should")


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    # The size in the directory may lie, so the bound holds while reading too.
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise RefusedZip(f"{entry.filename} in it is not as long as it says")
    return content
