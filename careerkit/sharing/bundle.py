"""What a bundle is: a zip of ``manifest.json`` and ``data/<table>.csv``, and nothing else. The same content gives the same bytes."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from careerkit.store.files import table_file
from careerkit.store.files.raw_table import Sheet, Texts
from careerkit.store.merging.merge import Place

FORMAT = 1
STARTER, COACH, CLIENT, SYNC = KINDS = ("starter", "coach", "client", "sync")
MANIFEST = "manifest.json"
# A zip cannot tell an earlier day; all members have it, so that the bytes follow from the content alone.
EPOCH = (1980, 1, 1, 0, 0, 0)
UNIX = 3


@dataclass(frozen=True)
class Part:
    """The rows of one table in a bundle.

    Parameters
    ----------
    columns : tuple of str
        Its columns.
    rows : dict
        Id to texts.
    whole : bool
        Whether these are all rows of the table, so that one which is missing was deleted.
    """

    columns: tuple[str, ...]
    rows: Mapping[str, Texts]
    whole: bool = False


@dataclass(frozen=True)
class Bundle:
    """Rows on their way from one person to another, and what the receiver needs to know about them.

    Parameters
    ----------
    kind : str
        ``starter`` and ``coach`` come from a coach, ``client`` goes to one, ``sync`` is for another machine of the owner.
    workbook : str
        The id of the workbook it is about; '' in a starter for whoever opens it.
    author, author_key : str
        Who made it, and the public key by which to answer.
    made_at : str
        When, in UTC.
    parts : dict
        Table to its rows.
    recipient : str
        For whom.
    withheld : dict
        What was withheld, such as "private records" or "contacts.email", to how many rows or cells.
    hidden : dict
        Table to the columns that were withheld, or in which names were replaced; no difference in them is a change.
    knows : tuple of str
        Of a sync: the ids of the bundles that the author has sent or taken in.
    undecided : tuple of Place
        Of a sync: fields whose conflict the author has not decided yet.
    pairing : str
        Of a client: a secret for the coach alone, with which the coach marks what comes back.
    mark : str
        Of a coach: made of the content with that secret; whoever does not know it cannot write in the coach's name.
    """

    kind: str
    workbook: str
    author: str
    author_key: str
    made_at: str
    parts: Mapping[str, Part]
    recipient: str = ""
    withheld: Mapping[str, int] = field(default_factory=dict)
    hidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    knows: tuple[str, ...] = ()
    undecided: tuple[Place, ...] = ()
    pairing: str = ""
    mark: str = ""

    @property
    def id(self) -> str:
        """Return what tells this bundle from others; it follows from the whole content."""
        return hashlib.sha256(_manifest(self, _files(self))).hexdigest()[:32]

    def rows(self) -> dict[str, dict[str, Texts]]:
        """Return table to id to texts."""
        return {table: dict(part.rows) for table, part in self.parts.items()}

    def partial(self) -> tuple[str, ...]:
        """Return the tables of which rows may be missing."""
        return tuple(table for table, part in self.parts.items() if not part.whole)


def mark(bundle: Bundle, pairing: str) -> str:
    """Return what marks a coach's bundle as made by someone who knows the client's secret (HMAC over all that it says)."""
    bare = replace(bundle, mark="")
    return hmac.new(pairing.encode(), _manifest(bare, _files(bare)), hashlib.sha256).hexdigest()


def pack(bundle: Bundle) -> bytes:
    """Return a bundle as the bytes of its zip, not sealed yet."""
    files = _files(bundle)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name, content in {MANIFEST: _manifest(bundle, files), **files}.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, UNIX, 0o600 << 16
            made.writestr(entry, content)
    return sink.getvalue()


def member(table: str) -> str:
    """Return a table's file in a bundle."""
    return f"data/{table}.csv"


def _files(bundle: Bundle) -> dict[str, bytes]:
    return {member(table): _csv(bundle.parts[table]) for table in sorted(bundle.parts)}


def _csv(part: Part) -> bytes:
    rows = [[part.rows[key].get(name, "") for name in part.columns] for key in sorted(part.rows)]
    return table_file.encode(Sheet(list(part.columns), rows, []))


def _manifest(bundle: Bundle, files: Mapping[str, bytes]) -> bytes:
    tables = {
        table: {
            "columns": list(part.columns),
            "rows": len(part.rows),
            "sha256": hashlib.sha256(files[member(table)]).hexdigest(),
            "whole": part.whole,
        }
        for table, part in bundle.parts.items()
    }
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "kind": bundle.kind,
        "workbook": bundle.workbook,
        "author": bundle.author,
        "author_key": bundle.author_key,
        "recipient": bundle.recipient,
        "made_at": bundle.made_at,
        "tables": tables,
        "withheld": dict(bundle.withheld),
        "hidden": {table: list(columns) for table, columns in bundle.hidden.items() if columns},
    }
    manifest |= {CLIENT: {"pairing": bundle.pairing}, COACH: {"mark": bundle.mark}}.get(bundle.kind, {})
    if bundle.kind == SYNC:
        manifest |= {"knows": list(bundle.knows), "undecided": [[each.table, each.id, each.column] for each in bundle.undecided]}
    return json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode()
