"""Files that are written whole or not at all, and that outlast a power cut."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

RETRY_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file whole: beside, flushed, swapped in, the folder flushed; nothing is left behind on failure."""
    beside = path.with_name(f".{path.stem}.{secrets.token_hex(6)}.tmp")
    # Made as any program makes a file, so that it is closed to others where the account closes its files (umask).
    file = beside.open("xb")
    with _removed_on_failure(beside):
        with file:
            with contextlib.suppress(OSError):
                os.chmod(beside, path.stat().st_mode & 0o777)
            _fill(file, data)
        replace(beside, path)
    flush_folder(path.parent)


def write_json(path: Path, value: object) -> None:
    """Write a value as JSON, whole or not at all; the folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, json.dumps(value, ensure_ascii=False).encode())


def write_new(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write a file that isn't there yet, and flush it.

    Raises
    ------
    FileExistsError
        When there is one; it stays as it is.
    """
    file = path.open("xb") if mode == 0o666 else os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb")
    with _removed_on_failure(path), file:
        _fill(file, data)


def replace(source: Path, target: Path) -> None:
    """Move a file into the place of another; one that another program holds open is tried again for three seconds."""
    # Windows refuses while another program, such as Excel or a scanner, holds the file; most let it go within seconds.
    for seconds in RETRY_SECONDS:
        try:
            os.replace(source, target)
            return
        except PermissionError:
            time.sleep(seconds)
    try:
        os.replace(source, target)
    except PermissionError as error:
        raise PermissionError(error.errno, "another program, such as Excel, holds it open") from error


def flush_file(path: Path) -> None:
    """Make sure that a file's content outlasts a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make sure that the names in a folder outlast a power cut."""
    # Windows cannot open a folder; there the replacing itself is flushed.
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _fill(file: BinaryIO, data: bytes) -> None:
    file.write(data)
    file.flush()
    os.fsync(file.fileno())


@contextlib.contextmanager
def _removed_on_failure(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(path)
        raise
