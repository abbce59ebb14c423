"""What this machine and another last both held, so that the next merge knows what each has changed since.

After each exchange the common state is kept in ``.careerkit/sharing/bases/``, the last few for each partner. One that came
with a merge which was undone does not count, nor does one that cannot be read; the merge then asks more than it would have to, and
loses nothing.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from careerkit.store.files.atomic import write_atomically
from careerkit.store.files.raw_table import Texts
from careerkit.store.history.journal import Journal
from careerkit.store.layout import SYNC_STATE
from careerkit.store.merging.merge import Conflict, Place

KEPT = 8
SELF = "self"


@dataclass(frozen=True)
class Base:
    """A common state.

    Parameters
    ----------
    id : str
        The bundle that was sent or taken in.
    made_at : str
        When that was made.
    rows : dict
        Table to id to texts.
    knows : tuple of str
        The bundles that its author knew.
    save : int
        The save by which it was taken in, 0 where there was none.
    conflicts : tuple of Conflict
        What has been in conflict since then.
    """

    id: str
    made_at: str
    rows: dict[str, dict[str, Texts]]
    knows: tuple[str, ...] = ()
    save: int = 0
    conflicts: tuple[Conflict, ...] = ()


class Bases:
    """The common states with one partner.

    Parameters
    ----------
    workbook : Path
        Whose ``.careerkit`` holds them.
    partner : str
        "self" for one's own other machines, else the mark of a coach's rows.
    """

    def __init__(self, workbook: Path, partner: str) -> None:
        self.place = workbook / SYNC_STATE / partner

    def all(self) -> list[Base]:
        """Return what is kept, the latest first."""
        found = [_read(file) for file in sorted(self.place.glob("*.z"), reverse=True)]
        return [base for base in found if base is not None]

    def in_force(self, journal: Journal | None) -> list[Base]:
        """Return what is kept, without what came with a merge that was undone."""
        return [base for base in self.all() if not journal or not journal.was_undone(base.save)]

    def keep(self, base: Base) -> None:
        """Keep a state as the latest."""
        self.place.mkdir(parents=True, exist_ok=True)
        files = sorted(self.place.glob("*.z"))
        number = int(files[-1].name.split("-")[0]) + 1 if files else 1
        _write(self.place / f"{number:06}-{base.id[:12]}.z", base)
        for old in files[: len(files) + 1 - KEPT]:
            old.unlink(missing_ok=True)

    def decide(self, place: Place) -> None:
        """Note that one's own text was chosen in a field that was in conflict: the other's text is known and not taken."""
        for file in self.place.glob("*.z"):
            base = _read(file)
            met = [each for each in base.conflicts if each.place == place] if base else []
            if base and met:
                texts = base.rows.get(place.table, {}).get(place.id, {})
                # What was sent had one's own text in it.
                if texts.get(place.column) != met[-1].mine:
                    texts[place.column] = met[-1].theirs
                _write(file, replace(base, conflicts=tuple(each for each in base.conflicts if each.place != place)))


def heads(bases: Sequence[Base], known: Collection[str]) -> list[Base]:
    """Return the states that the other side knows too and that none of the others was made from, the latest first."""
    common = [base for place, base in enumerate(bases) if base.id in known and base.id not in [each.id for each in bases[:place]]]
    older = {id for base in common for id in base.knows}
    return [base for base in common if base.id not in older]


def _write(file: Path, base: Base) -> None:
    write_atomically(file, zlib.compress(json.dumps(asdict(base), ensure_ascii=False).encode()))


def _read(file: Path) -> Base | None:
    try:
        base: dict[str, Any] = json.loads(zlib.decompress(file.read_bytes()))
        conflicts = tuple(Conflict(Place(**each["place"]), each["mine"], each["theirs"]) for each in base["conflicts"])
        return Base(**{**base, "knows": tuple(base["knows"]), "conflicts": conflicts})
    except (OSError, ValueError, KeyError, TypeError, zlib.error):
        return None
