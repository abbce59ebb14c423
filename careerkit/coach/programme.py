"""A programme: what a coach gives a client to begin with, in a TOML file or in the practice's own table.

A file names its parts one by one, as ``sample_programme.toml`` beside this module does; every day in it may count from the day
on which a client begins.

The keys are the columns of `ProgrammePart`. "week 3" is the last day of the third week, "day 10" the tenth day.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.notebook.guides import NOTEBOOKS
from careerkit.records import Choice, Integer, LongText, Record, Scale, Text, is_blank, join_or
from careerkit.topics.coaching.records import Prompt

EXERCISES = "exercises"
REVIEW = "07_review"
SHIPPED = (*(file.removesuffix(".ipynb") for file, _, _ in NOTEBOOKS), EXERCISES)
# What each kind of part becomes: a record's table, and its columns with the columns of `ProgrammePart` that fill them.
ASSIGNMENT = ("assignments", {"title": "title", "notebook": "notebook", "instructions": "words"})
QUESTION = ("prompts", {"topic": "topic", "question": "title", "help": "words", "answer_kind": "answer_kind", "choices": "choices"})
SKILL = ("skills", {"name": "title", "level_anchors": "words"} | {name: name for name in ("category", "importance", "target_level")})
TABLES = {"exercise": ASSIGNMENT, "review": ASSIGNMENT, "question": QUESTION, "skill": SKILL}
KINDS = ("exercise", "question", "skill", "review")
DUE = re.compile(r"(week|day) ([1-9]\d{0,2})")
EXPLAINED = 'Write a day such as 2026-11-30, or one that counts from the client\'s start: "week 3" or "day 10".'


class ProgrammePart(Record):
    """One thing of a programme: an exercise, a question, a skill that is proposed, or the date of a review."""

    table = "programmes"
    noun = "part"
    named_by = "title"
    rows = (("kind", "title", "due"), ("words",), ("notebook", "programme"))

    programme = Text(label="Programme", help="What it belongs to, in a few words.", required=True)
    kind = Choice(
        label="What is it?", help="A review is an assignment to look back by a day.", choices=KINDS, required=True, default="exercise"
    )
    title = Text(label="In a few words", help="The exercise, the question as you ask it, or the skill.", required=True)
    words = LongText(label="More about it", help="What to do and how to tell that it is done; for a skill, what its levels look like.")
    due = Text(label="Due", help='A day, or "week 3" or "day 10" of the client\'s own time. Empty if there is no hurry.')
    notebook = Choice(label="Notebook", help="Where the client does it.", choices=SHIPPED)
    topic = Text(label="Topic of a question", help="Such as goals or networking.")
    answer_kind = Choice(label="A question is answered by", choices=Prompt.answer_kind.choices, default="text")
    choices = Text(label="Choices", help="Of a question; with ; between.")
    category = Text(label="Category of a skill", help="Such as leading or craft.")
    importance = Scale(label="Importance of a skill", help="1 to 5.")
    target_level = Integer(label="Target level of a skill", help="0 to 5.", low=0, high=5)

    @classmethod
    def check(cls, values: dict[str, Any]) -> dict[str, str]:
        """Return what does not fit together, field to sentence."""
        wrong = {}
        if values.get("due") and _due(str(values["due"]), dt.date(2000, 1, 1)) is None:
            wrong["due"] = f"{values['due']!r} isn't a day. {EXPLAINED}"
        if values.get("kind") == "question" and not values.get("topic"):
            wrong["topic"] = "A question belongs to a topic, such as goals."
        return wrong


@dataclass(frozen=True)
class Programme:
    """What a client is given.

    Parameters
    ----------
    name : str
        As the coach calls it.
    parts : tuple of dict
        Values of `ProgrammePart`.
    """

    name: str
    parts: tuple[dict[str, Any], ...]

    def rows(self, start: dt.date, given_on: dt.date) -> dict[str, list[dict[str, Any]]]:
        """Return table to the values of its records for a client who begins on a day."""
        made: dict[str, list[dict[str, Any]]] = {}
        for part in self.parts:
            table, columns = TABLES[part["kind"]]
            values = {column: part[key] for column, key in columns.items() if not is_blank(part[key])}
            if table == "assignments":
                usual = {"notebook": REVIEW} if part["kind"] == "review" else {}
                values = {**usual, **values, "given_on": given_on, "due_on": day_of(part["due"], start)}
            made.setdefault(table, []).append(values)
        return made


def single(**words: str) -> Programme:
    """Return a programme of one exercise, from the columns of `ProgrammePart` that are given.

    Raises
    ------
    CareerkitError
        When one of them is wrong.
    """
    part, wrong = ProgrammePart.clean({**ProgrammePart.defaults(), "programme": words["title"], **words})
    if wrong:
        raise CareerkitError(" ".join(wrong.values()))
    return Programme(words["title"], (part,))


def named(name: str, frame: pd.DataFrame) -> Programme:
    """Return the programme in a TOML file of this name, else the one called so in the practice's table."""
    file = Path(name)
    return of_file(file) if file.suffix == ".toml" or file.is_file() else of_table(frame, name)


def of_table(frame: pd.DataFrame, name: str) -> Programme:
    """Return the programme of a name in the practice's table.

    Raises
    ------
    CareerkitError
        When there is none.
    """
    parts = frame[frame["programme"] == name].sort_values("id").to_dict("records")
    if not parts:
        known = [f"{each!r}" for each in dict.fromkeys(frame["programme"])]
        there = f"There is {join_or(known)}." if known else "Write one in coach/01_prepare, or give a TOML file."
        raise CareerkitError(f"There is no programme {name!r} in this practice. {there}")
    return Programme(name, tuple(parts))


def of_file(file: Path) -> Programme:
    """Return the programme in a TOML file.

    Raises
    ------
    CareerkitError
        When it cannot be read, or a part of it is wrong; the sentence says which.
    """
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CareerkitError(f"{file} cannot be read: {error.strerror or error}. Give the name of a programme's file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CareerkitError(f"{file} cannot be understood: {error}. Correct that place, and try again.") from None
    name = content.pop("name", file.stem)
    if not isinstance(name, str) or not name.strip():
        raise CareerkitError(f'{file}: the name isn\'t text. Write name = "Twelve weeks".')
    parts = tuple(
        _part(file, name, kind, place, values) for kind, listed in content.items() for place, values in _listed(file, kind, listed)
    )
    if not parts:
        raise CareerkitError(f"{file} has nothing to assign. Write at least one [[exercise]] with a title.")
    return Programme(name, parts)


def _listed(file: Path, kind: str, listed: Any) -> Iterable[tuple[int, dict[str, Any]]]:
    if kind not in KINDS:
        raise CareerkitError(f"{file}: there is nothing called {kind!r} in a programme. Write {join_or(f'[[{each}]]' for each in KINDS)}.")
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise CareerkitError(f"{file}: write [[{kind}]] in double brackets, once for each {kind}.")
    return enumerate(listed, start=1)


def _part(file: Path, name: str, kind: str, place: int, values: dict[str, Any]) -> dict[str, Any]:
    where = f"{file}, {kind} {place}"
    known = [each for each in ProgrammePart.own_fields() if each not in ("programme", "kind")]
    if strange := next((key for key in values if key not in known), None):
        raise CareerkitError(f"{where}: there is no {strange!r}. Choose {join_or(known)}.")
    typed = {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in values.items()}
    cleaned, wrong = ProgrammePart.clean({**ProgrammePart.defaults(), **typed, "programme": name, "kind": kind})
    if wrong:
        raise CareerkitError(f"{where}: {' '.join(wrong.values())}")
    return cleaned


def day_of(text: str, start: dt.date) -> dt.date | None:
    """Return the day that a due date means for a client who begins on a day, None for no hurry.

    Raises
    ------
    CareerkitError
        When it isn't a day.
    """
    found = _due(text, start)
    if text.strip() and found is None:
        raise CareerkitError(f"{text!r} isn't a day. {EXPLAINED}")
    return found


def _due(text: str, start: dt.date) -> dt.date | None:
    if counted := DUE.fullmatch(" ".join(text.lower().split())):
        amount = int(counted[2])
        return start + dt.timedelta(days=(7 * amount if counted[1] == "week" else amount) - 1)
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
