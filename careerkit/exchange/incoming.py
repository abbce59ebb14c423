"""What came in, compared with what is there: new, changed, unchanged, skipped, possibly the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

import pandas as pd

from careerkit import look
from careerkit.errors import Problem
from careerkit.records import is_blank
from careerkit.store.store import Change

FIELDS = ("organisation", "role", "email", "link")
SAMPLES = 5


def address(url: str) -> str:
    """Return a web address with its scheme."""
    return url if not url or "://" in url else f"https://{url}"


def identity(link: str, email: str) -> str:
    """Return what tells a person apart: the profile's address, else the e-mail; '' when there is neither."""
    if "linkedin." in link.casefold():
        path = unquote(urlsplit(address(link)).path).strip("/").casefold()
        return f"linkedin:{path}"
    return f"email:{email.strip().casefold()}" if email.strip() else ""


@dataclass
class Person:
    """A person as the file has them; ``identity`` is '' when nothing tells them apart from a namesake."""

    line: int
    values: dict[str, Any]
    identity: str


@dataclass
class Incoming:
    """Everything a file held."""

    name: str
    source: str
    people: list[Person] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)
    hidden: int = 0


@dataclass
class Plan:
    """What taking a file in would do.

    Attributes
    ----------
    new : list of dict
        Contacts to add.
    changed : dict
        Contact id to {field: (was, now)}; blank fields that the file fills.
    differs : dict
        The same, where both have something; one's own is kept unless the file's is to be taken.
    possible_duplicates : list of tuple
        Name in the file, its line, and the name and organisation of the contact it may be.
    """

    incoming: Incoming
    new: list[dict[str, Any]] = field(default_factory=list)
    changed: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    differs: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0
    repeated: int = 0
    possible_duplicates: list[tuple[str, int, str]] = field(default_factory=list)
    take_theirs: bool = False

    @property
    def skipped(self) -> list[Problem]:
        """What was left out, with the reason."""
        return self.incoming.skipped

    @property
    def hidden(self) -> int:
        """How many members the source itself does not name."""
        return self.incoming.hidden

    @property
    def title(self) -> str:
        """What the save is called in the history."""
        return f"{look.count(len(self.new), 'connection')} from {self.incoming.source}"

    @classmethod
    def of(cls, incoming: Incoming, contacts: pd.DataFrame, *, take_theirs: bool = False) -> Plan:
        """Compare what came in with the contacts there are."""
        made = cls(incoming, take_theirs=take_theirs)
        matcher = _Matcher(contacts)
        for person in incoming.people:
            made._place(person, matcher)
        return made

    def _place(self, person: Person, matcher: _Matcher) -> None:
        if matcher.repeats(person):
            self.repeated += 1
            return
        row = matcher.same(person)
        if row is not None:
            self._compare(row, person)
            return
        namesake = matcher.namesake(person)
        if namesake:
            self.possible_duplicates.append((person.values["name"], person.line, namesake))
        matcher.remember(person)
        self.new.append({**person.values, "met_where": self.incoming.source, "tags": self.incoming.source.casefold()})

    def _compare(self, row: dict[str, Any], person: Person) -> None:
        filled: dict[str, tuple[str, Any]] = {}
        other: dict[str, tuple[str, Any]] = {}
        for name in FIELDS:
            mine, theirs = row[name], person.values.get(name, "")
            if theirs and theirs != mine:
                (other if mine else filled)[name] = (mine, theirs)
        if is_blank(row["met_on"]) and person.values.get("met_on"):
            filled["met_on"] = ("", person.values["met_on"])
        # A profile's address is written in several ways; the same profile is no difference.
        other.pop("link", None)
        for target, found in ((self.changed, filled), (self.differs, other)):
            if found:
                target[row["id"]] = found
                self.names[row["id"]] = row["name"]
        self.unchanged += not filled and not other

    def changes(self) -> list[Change]:
        """Return what is to be saved, all of it one save and one undo."""
        updates: dict[str, dict[str, Any]] = {}
        for taken in (self.changed, self.differs if self.take_theirs else {}):
            for key, found in taken.items():
                updates.setdefault(key, {}).update({name: now for name, (_, now) in found.items()})
        added = [Change("contacts", None, values) for values in self.new]
        return [*added, *(Change("contacts", key, values) for key, values in updates.items())]

    def done(self) -> str:
        """Return what was taken in, in a sentence."""
        filled = len({*self.changed, *(self.differs if self.take_theirs else ())})
        added = [f"{look.count(len(self.new), 'contact')} added"] if self.new or not filled else []
        updated = [f"{look.count(filled, 'contact')} brought up to date"] if filled else []
        return f"{' and '.join([*added, *updated])}."

    def summary(self) -> list[str]:
        """Return what taking the file in does, in sentences."""
        decided = "Taken from the file" if self.take_theirs else "Kept yours"
        hidden = f"{look.count(self.hidden, 'member')} hidden by {self.incoming.source}: only a day is given, so nothing is stored."
        repeated = f"{look.count(self.repeated, 'row')} in the file twice, counted once."
        doubles = (
            f"{name} (line {line}) may be {other}. Both are kept; delete one if they are the same."
            for name, line, other in self.possible_duplicates
        )
        return [
            f"{self.incoming.name}: {look.count(len(self.new), 'new contact')}, {self.unchanged} unchanged.",
            *_sample([f"Filled in: {_pairs(self.names[key], found)}." for key, found in self.changed.items()], "Filled in for {} more."),
            *_sample([f"{decided}: {_pairs(self.names[key], found)}." for key, found in self.differs.items()], f"{decided} for {{}} more."),
            *_sample(map(str, self.skipped), "{} more cells or rows were left out for such reasons."),
            *([hidden] if self.hidden else []),
            *([repeated] if self.repeated else []),
            *_sample(doubles, "{} more may be someone you have already."),
        ]


def _sample(sentences: Iterable[str], more: str) -> list[str]:
    """Return the first sentences, and one that counts the others."""
    found = list(sentences)
    return [*found[:SAMPLES], *([more.format(len(found) - SAMPLES)] if len(found) > SAMPLES else [])]


def _pairs(name: str, found: dict[str, tuple[str, str]]) -> str:
    parts = [f"{field} {was} → {now}" if was else f"{field} {now}" for field, (was, now) in found.items()]
    return f"{name}, {'; '.join(parts)}"


class _Matcher:
    """Finds a person again: by profile, by e-mail, or, where neither is known, by everything the row says."""

    def __init__(self, contacts: pd.DataFrame) -> None:
        columns = ["id", "name", "organisation", "role", "email", "link", "met_on"]
        self._rows: list[dict[str, Any]] = contacts[columns].to_dict("records")
        self._by_identity: dict[str, dict[str, Any]] = {}
        for row in self._rows:
            for key in (identity(row["link"], ""), identity("", row["email"])):
                if key:
                    self._by_identity.setdefault(key, row)
        self._nameless = {self._whole(row): row for row in reversed(self._rows)}
        self._names: dict[str, str] = {row["name"].casefold(): _named(row) for row in reversed(self._rows)}
        self._seen: set[str] = set()

    def _whole(self, values: dict[str, Any]) -> tuple[str, str, str, str]:
        met = values.get("met_on")
        day = "" if met is None or is_blank(met) else met.isoformat()[:10]
        return (values["name"].casefold(), values["organisation"], values["role"], day)

    def repeats(self, person: Person) -> bool:
        """Say whether the same file has named this person before."""
        if not person.identity:
            return False
        again = person.identity in self._seen
        self._seen.add(person.identity)
        return again

    def same(self, person: Person) -> dict[str, Any] | None:
        """Return the contact that this person certainly is."""
        if person.identity:
            email = person.values.get("email", "").casefold()
            return self._by_identity.get(person.identity) or (self._by_identity.get(f"email:{email}") if email else None)
        return self._nameless.get(self._whole(person.values))

    def namesake(self, person: Person) -> str:
        """Return how a contact or an earlier row of the same name is called."""
        return self._names.get(person.values["name"].casefold(), "")

    def remember(self, person: Person) -> None:
        """Let later rows of the file find this person as a namesake."""
        self._names.setdefault(person.values["name"].casefold(), f"{_named(person.values)} of line {person.line}")


def _named(row: dict[str, Any]) -> str:
    return f"{row['name']} ({row['organisation']})" if row["organisation"] else row["name"]
