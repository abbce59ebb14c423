"""Runs a save in a process of its own and sees each call by which it changes the disk; may end it before any of them.

The process is stopped by the kernel (ptrace) at every system call, those of SQLite's C code as well.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("system calls are watched on Linux only; what they test is the same elsewhere", allow_module_level=True)

from ptrace.binding import ptrace_getregs, ptrace_setoptions, ptrace_syscall, ptrace_traceme
from ptrace.binding.func import PTRACE_O_TRACESYSGOOD
from ptrace.ctypes_tools import ulong2long
from ptrace.syscall import SYSCALL_NAMES
from ptrace.syscall.ptrace_syscall import RETURN_VALUE_REGISTER, SYSCALL_REGISTER

END_WITH_THE_TRACER = 0x100000  # PTRACE_O_EXITKILL, which the library does not name
AT_A_CALL = signal.SIGTRAP | 0x80


@dataclass(frozen=True)
class Call:
    """A system call that changes what is on the disk.

    ``kind`` is make, open, cut, write, flush, rename, unlink, mkdir or chmod; ``path`` lies under the folder watched,
    which itself is ''.
    """

    kind: str
    path: str
    to: str = ""
    at: int = 0
    data: bytes = b""


@dataclass(frozen=True)
class Run:
    """What a process did: its calls in order, and what it said at its end; None when it was killed."""

    calls: list[Call]
    said: str | None


def run(folder: Path, act: Callable[[], object], kill_before: Callable[[int, Call], bool] | None = None) -> Run:
    """Run ``act`` in a process of its own, and kill that before the first call of which ``kill_before`` says yes.

    ``said`` is "done", or the error as a text.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_watched(act, writing)
    os.close(writing)
    calls: list[Call] = []
    killed = _watch(child, folder, calls, kill_before)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    return Run(calls, None if killed else said)


def _be_watched(act: Callable[[], object], writing: int) -> None:
    # The process is a copy of the test's; it must never come back into it.
    try:
        ptrace_traceme()
        os.kill(os.getpid(), signal.SIGSTOP)
        try:
            act()
            said = "done"
        except Exception:
            said = traceback.format_exc()
        os.write(writing, said.encode())
    finally:
        os._exit(0)


def _watch(child: int, folder: Path, calls: list[Call], kill_before: Callable[[int, Call], bool] | None) -> bool:
    os.waitpid(child, 0)
    ptrace_setoptions(child, PTRACE_O_TRACESYSGOOD | END_WITH_THE_TRACER)
    asked: Call | None = None
    entering = True
    for _ in _stops(child):
        if entering:
            asked = _asked(child, folder)
            if asked and kill_before and kill_before(len(calls), asked):
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return True
        elif asked and ulong2long(getattr(ptrace_getregs(child), RETURN_VALUE_REGISTER)) >= 0:
            calls.append(asked)
        entering = not entering
    return False


def _stops(child: int) -> Iterator[None]:
    passed_on = 0
    while True:
        ptrace_syscall(child, passed_on)
        _, status = os.waitpid(child, 0)
        if not os.WIFSTOPPED(status):
            assert os.WIFEXITED(status), f"the process ended by signal {os.WTERMSIG(status)}"
            return
        stopped_by = os.WSTOPSIG(status)
        passed_on = 0 if stopped_by == AT_A_CALL else stopped_by
        if stopped_by == AT_A_CALL:
            yield


# -- what a call asks for


def _asked(child: int, folder: Path) -> Call | None:
    """Return the call at whose beginning a process stands, None when it changes nothing in the folder."""
    registers = ptrace_getregs(child)
    name = SYSCALL_NAMES.get(getattr(registers, SYSCALL_REGISTER), "")
    if name not in READ_AS:
        return None
    given = _given(registers)
    call = READ_AS[name](child, given)
    if call is None or not _within(call.path, folder):
        return None
    return Call(call.kind, _inside(call.path, folder), _inside(call.to, folder), call.at, call.data)


def _within(path: str, folder: Path) -> bool:
    return path == str(folder) or path.startswith(f"{folder}/")


def _inside(path: str, folder: Path) -> str:
    return path.removeprefix(str(folder)).lstrip("/")


def _given(registers: object) -> list[int]:
    # x86-64 and AArch64 pass arguments in registers of these names.
    names = ("rdi", "rsi", "rdx", "r10", "r8") if hasattr(registers, "rdi") else ("r0", "r1", "r2", "r3", "r4")
    return [getattr(registers, name) for name in names]


def _memory(child: int, address: int, length: int) -> bytes:
    with open(f"/proc/{child}/mem", "rb", buffering=0) as memory:
        memory.seek(address)
        return memory.read(length)


def _path(child: int, address: int, beside: int | None = None) -> str:
    text = b""
    while b"\0" not in text:
        # A page at a time at most, as the next one may not be there.
        text += _memory(child, address + len(text), 4096 - (address + len(text)) % 4096)
    name = os.fsdecode(text[: text.index(b"\0")])
    here = os.readlink(f"/proc/{child}/cwd") if beside is None or beside >= 2**31 else _open_file(child, beside)
    return os.path.normpath(os.path.join(here, name))


def _open_file(child: int, number: int) -> str:
    return os.readlink(f"/proc/{child}/fd/{number}")


def _opening(child: int, path: str, flags: int) -> Call | None:
    if flags & os.O_CREAT and not os.path.exists(path):
        return Call("make", path)
    if flags & os.O_TRUNC:
        return Call("cut", path)
    return None


def _making(child: int, path: str) -> Call | None:
    return None if os.path.exists(path) else Call("mkdir", path)


def _writing(child: int, number: int, address: int, length: int, at: int | None) -> Call | None:
    path = _open_file(child, number)
    if not path.startswith("/"):
        return None
    if at is None:
        with open(f"/proc/{child}/fdinfo/{number}") as told:
            at = int(told.readline().split()[1])
    return Call("write", path, at=at, data=_memory(child, address, length))


def _unforeseen(name: str) -> Callable[[int, list[int]], Call]:
    def complain(child: int, given: list[int]) -> Call:
        raise AssertionError(f"A save now calls {name}; teach system_calls.py what it asks for.")

    return complain


READ_AS: dict[str, Callable[[int, list[int]], Call | None]] = {
    "open": lambda child, given: _opening(child, _path(child, given[0]), given[1]),
    "openat": lambda child, given: _opening(child, _path(child, given[1], given[0] & 0xFFFFFFFF), given[2]),
    "write": lambda child, given: _writing(child, given[0], given[1], given[2], None),
    "pwrite64": lambda child, given: _writing(child, given[0], given[1], given[2], given[3]),
    "fsync": lambda child, given: Call("flush", _open_file(child, given[0])),
    "fdatasync": lambda child, given: Call("flush", _open_file(child, given[0])),
    "ftruncate": lambda child, given: Call("cut", _open_file(child, given[0]), at=given[1]),
    "rename": lambda child, given: Call("rename", _path(child, given[0]), _path(child, given[1])),
    "renameat": lambda child, given: Call(
        "rename", _path(child, given[1], given[0] & 0xFFFFFFFF), _path(child, given[3], given[2] & 0xFFFFFFFF)
    ),
    "unlink": lambda child, given: Call("unlink", _path(child, given[0])),
    "unlinkat": lambda child, given: Call("unlink", _path(child, given[1], given[0] & 0xFFFFFFFF)),
    "mkdir": lambda child, given: _making(child, _path(child, given[0])),
    "mkdirat": lambda child, given: _making(child, _path(child, given[1], given[0] & 0xFFFFFFFF)),
    "chmod": lambda child, given: Call("chmod", _path(child, given[0])),
    "fchmod": lambda child, given: Call("chmod", _open_file(child, given[0])),
    "fchmodat": lambda child, given: Call("chmod", _path(child, given[1], given[0] & 0xFFFFFFFF)),
}
UNFORESEEN = [
    "truncate",
    "writev",
    "pwritev",
    "pwritev2",
    "fallocate",
    "link",
    "linkat",
    "symlink",
    "renameat2",
    "sendfile",
    "copy_file_range",
    "creat",
    "rmdir",
]
READ_AS |= {name: _unforeseen(name) for name in UNFORESEEN}
