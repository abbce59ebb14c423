"""What a disk may hold after the power was cut: only what was flushed is sure, of contents and of names alike.

A disk is replayed call by call. Contents not flushed are there, absent or cut in half; names made, moved or taken away
count only once their folder was flushed, and before that may or may not be there.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from system_calls import Call


@dataclass
class Inode:
    """A file's content: what was flushed, and the writes and cuts since."""

    sure: bytes = b""
    since: list[Call] = field(default_factory=list)


@dataclass(frozen=True)
class NameChange:
    """A name of a folder that was set to a file, a folder (None) or taken away (gone)."""

    name: str
    target: Inode | None
    gone: bool = False


@dataclass(frozen=True)
class Choice:
    """What of the unflushed is on the disk: how many of a list of changes, and of the last write how much."""

    title: str
    of_content: Callable[[list[Call]], list[Call]]
    of_names: Callable[[list[NameChange]], list[NameChange]]


class Disk:
    """A folder on a disk, as running programs see it and as a power cut would leave it."""

    def __init__(self, folder: Path) -> None:
        self.seen: dict[str, Inode | None] = {"": None}
        self.sure: dict[str, dict[str, Inode | None]] = {"": {}}
        self.since: dict[str, list[NameChange]] = {"": []}
        for place in sorted(folder.rglob("*")):
            path = place.relative_to(folder).as_posix()
            self._name(path, None if place.is_dir() else Inode(place.read_bytes()))
            if place.is_dir():
                self.sure[path], self.since[path] = {}, []
        for path in list(self.since):
            self._flush_names(path)

    def do(self, call: Call) -> None:
        """Let a system call happen."""
        getattr(self, f"_{call.kind}")(call)

    def _name(self, path: str, inode: Inode | None, gone: bool = False) -> None:
        folder, name = _split(path)
        if gone:
            del self.seen[path]
        else:
            self.seen[path] = inode
        self.since[folder].append(NameChange(name, inode, gone))

    def _flush_names(self, folder: str) -> None:
        self.sure[folder] = _named(self.sure[folder], self.since[folder])
        self.since[folder] = []

    def _inode(self, path: str) -> Inode:
        inode = self.seen[path]
        assert inode is not None
        return inode

    def _make(self, call: Call) -> None:
        self._name(call.path, Inode())

    def _mkdir(self, call: Call) -> None:
        self._name(call.path, None)
        self.sure[call.path], self.since[call.path] = {}, []

    def _write(self, call: Call) -> None:
        self._inode(call.path).since.append(call)

    _cut = _write

    def _flush(self, call: Call) -> None:
        if call.path in self.since:
            self._flush_names(call.path)
            return
        inode = self._inode(call.path)
        inode.sure, inode.since = _content(inode.sure, inode.since), []

    def _rename(self, call: Call) -> None:
        inode = self.seen[call.path]
        folders = {_split(call.path)[0], _split(call.to)[0]}
        assert len(folders) == 1, "a file is moved from folder to folder; teach power_cut.py that"
        self._name(call.to, inode)
        self._name(call.path, None, gone=True)

    def _unlink(self, call: Call) -> None:
        self._name(call.path, None, gone=True)

    def _chmod(self, call: Call) -> None:
        # Which permissions survive is of no matter to what is tested.
        pass

    def written_to(self, folder: Path, choice: Choice) -> None:
        """Write what a power cut leaves, under one choice for everything that was not flushed."""
        self._write_folder("", folder, choice)

    def _write_folder(self, path: str, place: Path, choice: Choice) -> None:
        place.mkdir(exist_ok=True)
        for name, inode in _named(self.sure[path], choice.of_names(self.since[path])).items():
            if inode is None:
                self._write_folder(f"{path}/{name}".lstrip("/"), place / name, choice)
            else:
                (place / name).write_bytes(_content(inode.sure, choice.of_content(inode.since)))


def _split(path: str) -> tuple[str, str]:
    whole = PurePosixPath(path)
    return ("" if str(whole.parent) == "." else str(whole.parent)), whole.name


def _named(names: dict[str, Inode | None], changes: Iterable[NameChange]) -> dict[str, Inode | None]:
    found = dict(names)
    for change in changes:
        if change.gone:
            found.pop(change.name, None)
        else:
            found[change.name] = change.target
    return found


def _content(data: bytes, changes: Iterable[Call]) -> bytes:
    content = bytearray(data)
    for change in changes:
        if change.kind == "cut":
            del content[change.at :]
            continue
        content.extend(bytes(max(0, change.at - len(content))))
        content[change.at : change.at + len(change.data)] = change.data
    return bytes(content)


# -- choices


def _halved(changes: list[Call]) -> list[Call]:
    kept = changes[: (len(changes) + 1) // 2]
    if not kept or kept[-1].kind == "cut":
        return kept
    last = kept[-1]
    return [*kept[:-1], Call(last.kind, last.path, at=last.at, data=last.data[: len(last.data) // 2])]


CONTENTS: dict[str, Callable[[list[Call]], list[Call]]] = {"no": lambda changes: [], "half the": _halved, "all": list}
NAMES: dict[str, Callable[[list[NameChange]], list[NameChange]]] = {"no": lambda changes: [], "all": list}
# A renaming is two changes of names; one of them alone is what a folder torn in the middle shows.
NAMES["the first"] = lambda changes: changes[:1]
EXTREMES = [
    Choice(f"{content} contents, {name} names", of_content, of_names)
    for content, of_content in CONTENTS.items()
    for name, of_names in NAMES.items()
]


def at_random(chance: random.Random) -> Choice:
    """Return a choice that keeps any part of the unflushed: writes in any order of reaching the disk, names up to a point."""

    def some(changes: list[Call]) -> list[Call]:
        kept = [change for change in changes if chance.random() < 0.5]
        return _halved(kept) if chance.random() < 0.3 else kept

    def first(changes: list[NameChange]) -> list[NameChange]:
        return changes[: chance.randint(0, len(changes))]

    return Choice("a part of everything", some, first)
