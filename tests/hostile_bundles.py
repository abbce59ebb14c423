"""Bundles as an enemy, a bad line or a newer careerkit would make them, each with what is said about it."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from careerkit.sharing import keys
from careerkit.sharing.bundle import COACH, MANIFEST, Bundle, Part, mark, pack
from careerkit.sharing.rules import new_coach_id
from careerkit.topics import RECORDS

WORKBOOK = "w0123456789abcdef"
COACH_NAME = "Ines Valdivia"
Files = dict[str, bytes]


def comment(key: str, **changed: str) -> dict[str, str]:
    """Return a comment as a coach writes it."""
    values = {"written_on": "2026-10-07", "author": COACH_NAME, "table": "goals", "record_id": "k1", "text": "What would be enough?"}
    values |= {"private": "false", "created_at": "2026-10-07T10:00:00Z", "updated_at": "2026-10-07T10:00:00Z"}
    return {**dict.fromkeys(RECORDS["comments"].fields, ""), "id": new_coach_id(key), **values, **changed}


def coach_bundle(key: str, *rows: dict[str, str], **changed: Any) -> Bundle:
    """Return a coach's bundle of comments."""
    part = Part(tuple(RECORDS["comments"].fields), {row["id"]: row for row in rows or (comment(key),)})
    told = {"kind": COACH, "workbook": WORKBOOK, "author": COACH_NAME, "author_key": key, "made_at": "2026-10-07T10:00:00Z"}
    return Bundle(**{**told, "parts": {"comments": part}, **changed})


def marked(bundle: Bundle, workbook: Path) -> Bundle:
    """Return a coach's bundle with the mark that a coach can make who got a bundle from this workbook."""
    return replace(bundle, mark=mark(bundle, keys.pairing(workbook)))


def unzipped(content: bytes) -> Files:
    """Return the members of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(files: Files | list[tuple[str | zipfile.ZipInfo, bytes]], comment: bytes = b"", packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of members, which may have the same name twice."""
    sink = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(sink, "w", packing) as made:
        warnings.simplefilter("ignore")
        for name, content in files.items() if isinstance(files, dict) else files:
            made.writestr(name, content)
        made.comment = comment
    return sink.getvalue()


def retold(files: Files, change: Callable[[dict[str, Any]], Any]) -> bytes:
    """Return a bundle whose manifest was changed."""
    told = json.loads(files[MANIFEST])
    change(told)
    return zipped({**files, MANIFEST: json.dumps(told).encode()})


def rewritten(files: Files, change: Callable[[bytes], bytes], **note: Any) -> bytes:
    """Return a bundle whose comments were changed by someone who knows to put the hash right."""
    content = change(files["data/comments.csv"])
    told = json.loads(files[MANIFEST])
    told["tables"]["comments"] |= {"sha256": hashlib.sha256(content).hexdigest(), **note}
    return zipped({MANIFEST: json.dumps(told).encode(), "data/comments.csv": content})


def link(name: str) -> zipfile.ZipInfo:
    """Return a member that is a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry


def with_a_lying_size(content: bytes) -> bytes:
    """Return a zip whose directory says that the first member is 10 bytes long."""
    at = content.index(b"PK\x01\x02") + 24
    return content[:at] + struct.pack("<I", 10) + content[at + 4 :]


def bundles(key: str, stranger: str) -> Iterator[tuple[str, bytes, str]]:
    """Yield name, content (not sealed yet), and a part of the sentence that refuses it."""
    good = pack(coach_bundle(key))
    yield from _zips(good, unzipped(good))
    yield from _manifests(unzipped(good))
    yield from _tables(unzipped(good))
    yield from _rows(key, stranger)


def _zips(good: bytes, files: Files) -> Iterator[tuple[str, bytes, str]]:
    more = list(files.items())
    yield "no zip", b"id,text\nk1,hello\n", "isn't a careerkit bundle"
    yield "empty", b"", "isn't a careerkit bundle"
    yield "cut short", good[:-30], "is damaged"
    yield "altered", good.replace(files["data/comments.csv"][:0] or b"PK\x01\x02", b"PK\x01\x03", 1), "is damaged"
    yield "a member twice", zipped([*more, ("data/comments.csv", b"other")]), "more than once"
    yield "the manifest twice", zipped([*more, (MANIFEST, b"{}")]), "more than once"
    yield "a thousand members", zipped([*more, *((f"data/{number}.csv", b"") for number in range(1_000))]), "far too many files"
    for name in ("../goals.csv", "/etc/passwd", "data/../goals.csv", "data\\comments.csv", "C:\\goals.csv", "data/deep/goals.csv", "data/"):
        yield f"a member {name!r}", zipped([*more, (name, b"x")]), "does not belong in a bundle"
    for name in ("notebooks/01.ipynb", "run.py", "data/index.html", "workbook.toml", "data/coach_notes.csv", ".careerkit/journal.sqlite3"):
        yield f"a member {name!r}", zipped([*more, (name, b"x")]), "does not belong in a bundle"
    yield "a link", zipped([*more, (link("data/goals.csv"), b"/etc/passwd")]), "is a link or no plain file"
    yield (
        "a name with a hidden end",
        zipped([*more, ("data/goals.csv", b"x")]).replace(b"data/goals.csv", b"data/goal\0.csv"),
        "does not belong",
    )
    yield "packed in an unknown way", zipped(files, packing=zipfile.ZIP_BZIP2), "packed in an unknown way"
    yield "something before it", b"MZ" + good, "isn't a careerkit bundle"
    yield "something after it", zipped(files, comment=b"#!/bin/sh"), "something else is hidden"
    yield "a bomb", zipped({**files, "data/goals.csv": b"a" * 20_000_000}), "unpack to far more than it should"
    yield "a size that lies", with_a_lying_size(good), "damaged"


def _manifests(files: Files) -> Iterator[tuple[str, bytes, str]]:
    yield "no manifest", zipped({name: content for name, content in files.items() if name != MANIFEST}), "(manifest.json) is missing"
    for content in (b"", b"[]", b"{", b'{"format": 1, "format": 1}', b"\xff\xfe", b"[" * 100_000):
        yield f"a manifest {content[:9]!r}", zipped({**files, MANIFEST: content}), "list of contents cannot be read"
    yield "a newer format", retold(files, lambda told: told.update(format=2)), "made by a newer careerkit (format 2; this one knows 1)"
    for format in (0, -1, "1", None, True, 1.0):
        yield (
            f"a format {format!r}",
            retold(files, lambda told, format=format: told.update(format=format)),
            "list of contents has no format"
            if format not in (0, -1) or format is True or isinstance(format, float)
            else "of an unknown kind",
        )
    yield "an unknown kind", retold(files, lambda told: told.update(kind="friend")), "of an unknown kind"
    for name in ("kind", "workbook", "author", "author_key", "made_at", "recipient", "withheld", "hidden", "mark"):
        yield f"a manifest without {name}", retold(files, lambda told, name=name: told.pop(name)), f"has no {name}"
        yield f"a manifest with {name} of another kind", retold(files, lambda told, name=name: told.update({name: [1]})), f"has no {name}"
    yield "a name of many lines", retold(files, lambda told: told.update(author="Ines\n<script>")), "has no author"
    yield "a name without end", retold(files, lambda told: told.update(author="x" * 10_000)), "has no author"
    yield (
        "a table that there is not",
        retold(files, lambda told: told["tables"].update(users=told["tables"]["comments"])),
        "no workbook has",
    )
    yield "a table that is not in it", retold(files, lambda told: told["tables"].update(prompts=told["tables"]["comments"])), "is missing"
    yield "a table that it does not name", zipped({**files, "data/goals.csv": b"id\n"}), "isn't in its list"
    yield (
        "a count that lies",
        retold(files, lambda told: told["tables"]["comments"].update(rows=2)),
        "holds 1 rows, and its list of contents says 2",
    )
    yield "a hash that lies", retold(files, lambda told: told["tables"]["comments"].update(sha256="0" * 64)), "is not what it was"
    yield "columns that lie", retold(files, lambda told: told["tables"]["comments"]["columns"].reverse()), "the columns of"
    yield "a column twice", retold(files, lambda told: told["tables"]["comments"]["columns"].append("id")), "twice"
    yield "no author", retold(files, lambda told: told.update(author=" ")), "does not say who made it"
    yield "a key that is none", retold(files, lambda told: told.update(author_key="age1xyz")), "does not say who made it"
    yield (
        "comments that are all there are",
        retold(files, lambda told: told["tables"]["comments"].update(whole=True)),
        "only the workbook's owner can change",
    )


def _tables(files: Files) -> Iterator[tuple[str, bytes, str]]:
    yield "a changed file", zipped({**files, "data/comments.csv": files["data/comments.csv"] + b"\n"}), "is not what it was"
    yield "no text", rewritten(files, lambda content: content + b"\xff\xff"), "cannot be read"
    yield "an open quote", rewritten(files, lambda content: content + b'"open\n'), "cannot be read"
    yield "a short row", rewritten(files, lambda content: content + b"k1,2026-10-07\n"), "has 2 cells where there are 12 columns"
    yield "the same row twice", rewritten(files, lambda content: content + content.splitlines()[1] + b"\n", rows=2), "appears twice"
    yield "a NUL", rewritten(files, lambda content: content.replace(b"enough", b"en\0ugh")), "a character that can't be saved"
    yield (
        "a day that is none",
        rewritten(files, lambda content: content.replace(b",2026-10-07,", b",2026-13-07,")),
        "isn't a valid record: '2026-13-07'",
    )
    yield "an empty text", rewritten(files, lambda content: content.replace(b"What would be enough?", b"")), "Comment is empty"
    yield (
        "an endless text",
        rewritten(files, lambda content: content.replace(b"enough", b"e" * 5_000 + bytes(range(97, 123)) * 5_000)),
        "characters long",
    )
    yield "an id of two", rewritten(files, lambda content: content.replace(b"\nc", b"\nk1;c", 1)), "no id"


def _rows(key: str, stranger: str) -> Iterator[tuple[str, bytes, str]]:
    yield "a client's row", pack(coach_bundle(key, comment(key, id="k1m0f9weq7ghg1"))), "a coach sends only rows of their own"
    yield "another coach's row", pack(coach_bundle(key, comment(stranger))), "a coach sends only rows of their own"
    yield "another's name", pack(coach_bundle(key, comment(key, author="Maren Okafor"))), "has a different name"
    yield "a private row", pack(coach_bundle(key, comment(key, private="true"))), "private rows never leave"
    goal = {**dict.fromkeys(RECORDS["goals"].fields, ""), "id": new_coach_id(key), "title": "Obey"}
    goals = Part(tuple(RECORDS["goals"].fields), {goal["id"]: goal})
    yield "a goal from a coach", pack(coach_bundle(key, parts={"goals": goals})), "which only the workbook's owner writes"
    rating = {**dict.fromkeys(RECORDS["skill_ratings"].fields, ""), "id": new_coach_id(key), "skill_id": "k2", "rated_on": "2026-10-07"}
    for rater in ("self", "peer", "manager"):
        row = {**rating, "rater": rater, "rater_name": COACH_NAME, "level": "1"}
        part = Part(tuple(RECORDS["skill_ratings"].fields), {row["id"]: row})
        yield f"a coach who rates as {rater}", pack(coach_bundle(key, parts={"skill_ratings": part})), "is not a coach's rating"
    reaction = deepcopy(goals.rows[goal["id"]]) | {"first_reaction": "furious"}
    feedback = Part(("id", "first_reaction"), {goal["id"]: {"id": goal["id"], "first_reaction": reaction["first_reaction"]}})
    yield "a first reaction", pack(coach_bundle(key, kind="client", parts={"feedback": feedback})), "no bundle of this kind has"
