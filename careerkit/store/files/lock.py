"""A folder's lock, which keeps two processes from writing into it at the same time."""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_state_dir

from careerkit.errors import CareerkitError

# Who has waited longer asks more often, so that others do not go first for long: for how many seconds, and how often.
POLLING = ((0.2, 0.05), (0.4, 0.01), (float("inf"), 0.002))


@contextlib.contextmanager
def locked(folder: Path, patience: float, busy: str) -> Iterator[None]:
    """Hold a folder's lock, which lies outside it, because a synced folder would carry it away.

    Parameters
    ----------
    patience : float
        For how many seconds it is waited for.
    busy : str
        The sentence of the error when another process holds it for longer.
    """
    name = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()
    path = Path(user_state_dir("careerkit")) / "locks" / f"{name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        _acquire(lock, patience)
    except Timeout:
        raise CareerkitError(busy) from None
    try:
        yield
    finally:
        lock.release()


def _acquire(lock: FileLock, patience: float) -> None:
    end = time.monotonic() + patience
    for seconds, interval in POLLING:
        left = max(0.0, end - time.monotonic())
        try:
            lock.acquire(timeout=min(seconds, left), poll_interval=interval)
            return
        except Timeout:
            if left <= seconds:
                raise
