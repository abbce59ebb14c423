"""What the notebooks ask and say: each topic's forms, hints and computed sentences, found by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from careerkit.errors import CareerkitError
from careerkit.notebook.goal_ideas import beginnings
from careerkit.records import FormPlan
from careerkit.records.settings import Settings
from careerkit.review import guide as review
from careerkit.topics import RECORDS, TOPICS, part
from careerkit.topics.letters import Brief, Letter
from careerkit.topics.stages import Stages

# A topic that asks and says something has a module guide.
GUIDES: dict[str, Any] = {topic: module for topic in TOPICS if (module := part(topic, "guide"))} | {"review": review}
# Table to what a new record of it may grow from.
BEGINNINGS = {"goals": beginnings}

# The notebooks in their order: file, title, and the topic whose guide says how it stands.
NOTEBOOKS = tuple(
    (file, title, topic)
    for file, title, topic in (
        ("00_start_here.ipynb", "Start here", "habits"),
        ("01_assessment.ipynb", "Self-assessment", "assessment"),
        ("02_networking.ipynb", "Networking", "networking"),
        ("03_learning.ipynb", "Learning", "learning"),
        ("04_goals.ipynb", "Goals", "goals"),
        ("05_feedback.ipynb", "Feedback", "feedback"),
        ("06_brand.ipynb", "Brand", "brand"),
        ("07_review.ipynb", "Review", "review"),
    )
    if topic in GUIDES
)

Hint = tuple[bool, str]


def form_plan(name: str) -> FormPlan:
    """Return the form of a table, or of one of a topic's purposes such as "networking.interview"."""
    purposes = _of_all_topics("FORMS")
    if name in purposes:
        return purposes[name]
    if name in RECORDS:
        return FormPlan(RECORDS[name])
    raise CareerkitError(f"There is no form {name!r}. There is one for each table, and {', '.join(sorted(purposes))}.")


def hints(table: str) -> Callable[[Mapping[str, pd.DataFrame], dt.date, dict[str, Any]], list[Hint]] | None:
    """Return what a form says as one types, for tables that have it."""
    return _of_all_topics("HINTS").get(table)


def letter(name: str) -> Letter:
    """Return a text to send, such as "feedback.ask"."""
    return _named(name, _of_all_topics("LETTERS"), f"There is no letter {name!r}.")


def brief(name: str) -> Brief:
    """Return a page about one record, such as "networking.person"."""
    return _named(name, _of_all_topics("BRIEFS"), f"There is no brief {name!r}.")


def stages(topic: str) -> Stages:
    """Return the stages of a topic's records, for topics whose records one comes back to."""
    known = {each: guide.STAGES for each, guide in GUIDES.items() if hasattr(guide, "STAGES")}
    return _named(topic, known, f"Nothing in {topic!r} has stages.")


def _of_all_topics(kind: str) -> dict[str, Any]:
    return {name: made for guide in GUIDES.values() for name, made in getattr(guide, kind, {}).items()}


def _named(name: str, known: Mapping[str, Any], unknown: str) -> Any:
    if name not in known:
        raise CareerkitError(f"{unknown} There are {', '.join(known) or 'none yet'}.")
    return known[name]


def status(topic: str, tables: Mapping[str, pd.DataFrame], on: dt.date, settings: Settings) -> str:
    """Return how a topic stands, in two or three words."""
    return GUIDES[topic].status(tables, on, settings)


def findings(topic: str, tables: Mapping[str, pd.DataFrame], on: dt.date, settings: Settings) -> list[str]:
    """Return what a topic's records say, in one to three sentences."""
    return _named(topic, GUIDES, f"There is no topic {topic!r} that says something.").findings(tables, on, settings)


def greeting(tables: Mapping[str, pd.DataFrame], on: dt.date) -> list[str]:
    """Return a sentence for who comes back after two months or more, none for who was here since."""
    return GUIDES["habits"].greeting(tables, on)
