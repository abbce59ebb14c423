"""Skills that a coach proposes, with targets and level anchors; they wait in ``.careerkit/sharing/`` until the client answers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from careerkit.errors import CareerkitError
from careerkit.sharing.pseudonyms import folded
from careerkit.store.changes import Change
from careerkit.store.files.atomic import write_json
from careerkit.store.files.raw_table import Texts
from careerkit.store.layout import PROPOSALS
from careerkit.store.store import Store

FIELDS = ("name", "category", "importance", "target_level", "level_anchors")


@dataclass(frozen=True)
class Proposal:
    """A skill that somebody proposes."""

    author: str
    values: Texts

    @property
    def name(self) -> str:
        """Return the skill's name."""
        return self.values["name"]


def hold(workbook: Path, skills: Iterable[Texts], author: str) -> None:
    """Keep proposed skills until they are answered; one of the same name replaces an earlier one."""
    waiting = {folded(each.name): each for each in held(workbook)}
    for texts in skills:
        waiting[folded(texts["name"])] = Proposal(author, {name: texts.get(name, "") for name in FIELDS})
    _write(workbook, list(waiting.values()))


def held(workbook: Path) -> list[Proposal]:
    """Return the skills that wait for an answer."""
    try:
        stored = json.loads((workbook / PROPOSALS).read_text(encoding="utf-8"))
        return [Proposal(str(each["author"]), {name: str(each["values"].get(name, "")) for name in FIELDS}) for each in stored]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def accept(store: Store, name: str) -> str:
    """Take a proposed skill among one's own; of one that is there already, only what is blank is filled.

    Raises
    ------
    CareerkitError
        When no such skill is proposed.
    """
    proposal = _named(store.folder, name)
    frame = store.read("skills")
    own = {folded(row["name"]): row["id"] for row in frame.to_dict("records")}
    key = own.get(folded(proposal.name))
    stored = (store.data.snapshot("skills").sheet.texts(key) or {}) if key else {}
    values = {field: text for field, text in proposal.values.items() if text and not stored.get(field)}
    if values:
        store.save([Change("skills", key, values)], f"the skill {proposal.name}, which {proposal.author} proposed")
    decline(store.folder, name)
    return f"{proposal.name} is among your skills. careerkit undo takes it back."


def answer(store: Store, name: str, accepted: bool) -> str:
    """Take a proposed skill among one's own, or let it go, and say what was done."""
    if accepted:
        return accept(store, name)
    decline(store.folder, name)
    return f"{name} is no longer proposed."


def decline(workbook: Path, name: str) -> None:
    """Let a proposed skill go."""
    gone = _named(workbook, name)
    _write(workbook, [each for each in held(workbook) if each != gone])


def _named(workbook: Path, name: str) -> Proposal:
    waiting = held(workbook)
    for each in waiting:
        if folded(each.name) == folded(name):
            return each
    known = ", ".join(each.name for each in waiting)
    raise CareerkitError(f"No skill {name!r} is proposed. " + (f"Proposed are: {known}." if known else "None is waiting for an answer."))


def _write(workbook: Path, waiting: list[Proposal]) -> None:
    write_json(workbook / PROPOSALS, [asdict(each) for each in waiting])
