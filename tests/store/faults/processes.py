"""Processes that act on one workbook at the same time, and a few numbers that all of them see."""

from __future__ import annotations

import contextlib
import mmap
import os
import select
import signal
import struct
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass
class Process:
    """A process that was begun; its `said` waits for its end."""

    number: int
    pipe: int

    def wait_until_it_speaks(self) -> None:
        """Wait until there is something to hear."""
        select.select([self.pipe], [], [])

    def kill(self) -> str:
        """End it as kill -9 does, and return what it had said until then."""
        os.kill(self.number, signal.SIGKILL)
        return self.said()

    def said(self) -> str:
        """Return what it said until its end; the last line is "done" when it ended well."""
        with os.fdopen(self.pipe, "rb") as pipe:
            text = pipe.read().decode()
        os.waitpid(self.number, 0)
        return text


def begun(act: Callable[[Callable[[str], None]], object]) -> Process:
    """Begin a process that runs ``act``, which is handed the function by which it says a line."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return Process(child, reading)
    # The process is a copy of the test's; it must never come back into it.
    try:
        os.close(reading)
        try:
            act(lambda line: _say(writing, line))
            _say(writing, "done")
        except BaseException:
            _say(writing, traceback.format_exc())
    finally:
        os._exit(0)


def _say(writing: int, line: str) -> None:
    os.write(writing, (line + "\n").encode())


def done(processes: list[Process]) -> list[str]:
    """Return what each of the processes said; all must have ended well."""
    texts = [process.said() for process in processes]
    failed = [text[-2000:] for text in texts if not text.endswith("done\n")]
    assert not failed, f"{len(failed)} of {len(texts)} failed; the first said: {failed[0]}"
    return texts


class Numbers:
    """FileChange numbers that every process sees; each is written by one of them only."""

    def __init__(self, count: int) -> None:
        self._memory = mmap.mmap(-1, 8 * count)
        self._count = count

    def __getitem__(self, place: int) -> int:
        return struct.unpack_from("q", self._memory, 8 * place)[0]

    def __setitem__(self, place: int, value: int) -> None:
        struct.pack_into("q", self._memory, 8 * place, value)

    def sum(self) -> int:
        """Return all of them added up."""
        return sum(self[place] for place in range(self._count))


@contextlib.contextmanager
def looking_on(look: Callable[[], None]) -> Iterator[None]:
    """Run ``look`` over and over in a process of its own; it must never fail, and must have looked at least once."""
    over = Numbers(1)

    def keep_looking(say: Callable[[str], None]) -> None:
        looks = 0
        while not over[0] or not looks:
            look()
            looks += 1
        say(f"looked {looks} times")

    process = begun(keep_looking)
    try:
        yield
    finally:
        over[0] = 1
        said = process.said()
    assert said.endswith("done\n"), said
