"""Guided questions: those that come with the package, and those a coach or the person adds."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.records import is_blank, split_list
from careerkit.store import packaged

# What a set is called where one chooses among them; another set is called as its topic is.
TITLES = {
    "start": "Where do I begin?",
    "assessment": "What am I good at?",
    "direction": "Where do I want to go?",
    "networking": "Who is around me?",
    "learning": "What do I need to learn?",
    "goals": "What do I want to reach?",
    "feedback": "How do others see me?",
    "brand": "What am I known for?",
    "interview": "What would I say in an interview?",
    "review": "What did the quarter bring?",
}


@dataclass(frozen=True)
class Question:
    """A guided question.

    Parameters
    ----------
    topic : str
        The set it belongs to.
    text : str
        The question as it is asked.
    help : str
        One sentence below it.
    kind : {"text", "scale", "choice"}
        How it is answered.
    choices : tuple of str
        What can be chosen.
    author : str
        Who asks it; empty for one that comes with the package.
    """

    topic: str
    text: str
    help: str = ""
    kind: str = "text"
    choices: tuple[str, ...] = ()
    author: str = ""


def all_sets(own: pd.DataFrame) -> dict[str, list[Question]]:
    """Return every set of questions, topic to questions: the built-in ones in their order, then one's own in theirs.

    Parameters
    ----------
    own : DataFrame
        The workbook's `prompts`.
    """
    sets: dict[str, list[Question]] = {topic: [] for topic in (*TITLES, *_topics(own))}
    for question in (*_built_in(), *_in_order(own)):
        known = sets.setdefault(question.topic, [])
        if question.text not in {each.text for each in known}:
            known.append(question)
    return {topic: questions for topic, questions in sets.items() if questions}


def of_set(name: str, own: pd.DataFrame) -> list[Question]:
    """Return the questions of a set.

    Raises
    ------
    CareerkitError
        When there is no such set.
    """
    sets = all_sets(own)
    if name not in sets:
        raise CareerkitError(f"There is no set of questions {name!r}. The sets are {', '.join(sets)}.")
    return sets[name]


def title(topic: str) -> str:
    """Return what a set is called where one chooses among them."""
    return TITLES.get(topic) or topic.replace("_", " ").capitalize()


@cache
def _built_in() -> tuple[Question, ...]:
    path = packaged.path("data") / "prompts.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["position"]))
    return tuple(_question(row) for row in rows)


def _topics(own: pd.DataFrame) -> list[str]:
    return [_topic(name) for name in own["topic"]]


def _topic(name: Any) -> str:
    return str(name).strip().casefold()


def _in_order(own: pd.DataFrame) -> Sequence[Question]:
    rows = own.sort_values(["position", "created_at", "id"], na_position="last", kind="stable")
    return [_question(row) for row in rows.to_dict("records")]


def _question(row: dict[Any, Any]) -> Question:
    choices = tuple(split_list(row["choices"]))
    kind = "text" if is_blank(row["answer_kind"]) or (row["answer_kind"] == "choice" and not choices) else str(row["answer_kind"])
    return Question(_topic(row["topic"]), str(row["question"]).strip(), str(row["help"]), kind, choices, str(row["author"]).strip())
