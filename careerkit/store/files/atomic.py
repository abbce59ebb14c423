"""A file written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from pathlib import Path

HELD_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)


def write_whole(place: Path, data: bytes) -> None:
    """Write a file whole: beside, flushed, swapped in, the folder flushed; nothing stays behind on failure."""
    beside = place.with_name(f".{place.stem}.{secrets.token_hex(6)}.tmp")
    # Made as any program makes a file, so that it is closed to others where the account closes its files (umask).
    file = beside.open("xb")
    try:
        with file:
            with contextlib.suppress(OSError):
                os.chmod(beside, place.stat().st_mode & 0o777)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _swap(beside, place)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise
    flush_folder(place.parent)


def _swap(beside: Path, place: Path) -> None:
    # Windows refuses while another program, such as Excel or a scanner, holds the file; most let it go within seconds.
    for wait in HELD_WAITS:
        try:
            os.replace(beside, place)
            return
        except PermissionError:
            time.sleep(wait)
    try:
        os.replace(beside, place)
    except PermissionError as error:
        raise PermissionError(error.errno, "another program, such as Excel, holds it open") from error


def flush_folder(folder: Path) -> None:
    """Make sure that the names in a folder outlast a power cut."""
    # Windows cannot open a folder; there the replacing itself is flushed.
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
