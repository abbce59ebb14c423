"""Writes the fixtures of this folder: a workbook, a practice, bundles and reviews, and what one sees of them.

Written once, with the careerkit of commit 9a34fce, the last before the modules moved into folders; it is not written anew,
because what it made is what people have, and the modules that it imports are no longer where they were. It is kept so that
one can look up how the fixtures came to be. Usage at that commit: ``python make.py``.

Everybody in it is invented. The keys, secrets and passphrases in this folder were made for it, have never sealed anything
else, and protect nothing: use them nowhere.

What lies here is what careerkit wrote, but for three things that keep it small: the journals are packed (gzip); of the
notebooks, which are the same in every workbook and practice, only a few are kept, and what the cells of all of them call
stands in ``expected/cells.json``; and reviews were made as Markdown, since a page holds the chart library, of several MB.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import observed
from observed import AMAL, BRUNO, DAY, EXPECTED, HANNA, HERE, JOURNAL, PIET, keys_of, written

from careerkit import Workbook
from careerkit.backups import Backups
from careerkit.coach import Practice, assigning, inbox
from careerkit.coach.programme import of_table
from careerkit.sharing import keys, proposals
from careerkit.sharing.leaving import Choice
from careerkit.store import Change, Store

SHARED = Choice(("goals", "coaching", "networking", "assessment"))
KEPT = ("00_start_here", "quarterly_review", "03_session")
REFERENCES = {
    "skill_id": "skills", "skill_ids": "skills", "contact_id": "contacts", "contact_ids": "contacts", "accountable_to": "contacts",
    "role_id": "roles", "position_id": "positions", "goal_id": "goals", "trend_id": "trends", "event_id": "events",
    "item_id": "learning_items", "feedback_id": "feedback", "achievement_ids": "achievements",
}  # fmt: skip
HARD = 'leading 007, "quoted"; two\nlines — Ålesund, שלום, 🙂, =SUM(A1)\ttab'


class Clock:
    """The time at which everything is written; it goes on by a second each time one looks."""

    def __init__(self) -> None:
        self.moment = dt.datetime(2025, 10, 6, 10)

    def __call__(self) -> dt.datetime:
        self.moment += dt.timedelta(seconds=1)
        return self.moment

    def turn(self, day: str, hour: float = 10) -> None:
        # Near noon in UTC it is the same day almost everywhere.
        self.moment = dt.datetime.fromisoformat(day) + dt.timedelta(hours=hour)

    def today(self) -> dt.date:
        return self.moment.date()


CLOCK = Clock()


class Story:
    """Writes records into a workbook, which refer to each other by name."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.ids: dict[str, dict[str, str]] = {}

    def add(self, table: str, columns: str, *lines: str, **more: Any) -> list[str]:
        """Add a record a line, cells with "|" between; a column ``key`` is what others call it, else the first one is."""
        names = columns.split()
        cells = [dict(zip(names, (cell.strip() for cell in line.split("|")), strict=True)) for line in lines]
        called = [each.pop("key", None) or each[names[0]] for each in cells]
        made = self.book.add_many(
            table, [{**{name: self._cell(name, text) for name, text in each.items() if text}, **more} for each in cells]
        )
        self.ids.setdefault(table, {}).update(zip(called, made, strict=True))
        return made

    def _cell(self, column: str, text: str) -> str:
        known = self.ids.get(REFERENCES.get(column, ""), {})
        return ";".join(known[each.strip()] for each in text.split(";")) if column in REFERENCES else text.replace("//", "\n")

    def id(self, table: str, called: str) -> str:
        return self.ids[table][called]


def start(story: Story) -> None:
    """6 October 2025: what there is to say on the first evening."""
    add = story.add
    add("positions", "title organisation started_on ended_on target_role",
        "Junior designer | Saltmarsh Studio | 2017-03-01 | 2021-05-31 |",
        "Service designer | Tidewater Rail | 2021-06-01 | | Head of service design")  # fmt: skip
    add("skills", "name category importance target_level level_anchors",
        "Facilitation | people | 5 | 4 | 1: keeps the time//3: a hard meeting, alone//5: others ask how",
        "Prototyping | craft | 3 | 4 |",
        "Service blueprints | craft | 4 | 5 |",
        "Budgeting | field | 4 | 3 |",
        "Public speaking | people | 4 | 4 |",
        "Icon drawing | craft | 1 | 2 |")  # fmt: skip
    add("roles", "name noted_on status source why",
        "Head of service design | 2025-10-06 | chosen | Two adverts | Deciding what is worth building.",
        "Freelance facilitator | 2025-10-06 | exploring | Oskar | Freedom, and quiet weeks.")  # fmt: skip
    add("role_targets", "role_id skill_id level importance",
        "Head of service design | Facilitation | 5 | 5",
        "Head of service design | Budgeting | 4 | 4",
        "Head of service design | Public speaking | 4 | 3",
        "Freelance facilitator | Facilitation | 5 | 5")  # fmt: skip
    add("contacts", "name organisation role relationship closeness met_on cadence_days skill_ids can_ask tags",
        "Ragna Holm | Tidewater Rail | Head of operations | manager | 4 | 2021-06-01 | | Budgeting | What she would stop | work",
        "Oskar Lind | Lind & Daughters | Facilitator | mentor | 5 | 2018-02-11 | 45 | Facilitation;Public speaking | How he begins | sailing;work",
        "Mei Tanaka | Northgate Trams | Head of service design | peer in my target field | 3 | 2024-09-18 | | Service blueprints | |",
        "Émile Roux | | | former colleague | 2 | 2017-04-01 | | | | old studio",
        "Grace Mbeki | Tidewater Rail | Planner | colleague | 3 | 2022-01-10 | | | |",
        "Tomasz Wilk | Harbour Council | Buyer | other | 1 | 2025-05-05 | | | |")  # fmt: skip
    story.ids["contacts"]["Kim"] = story.book.add(
        "contacts",
        name="Kim Østby",
        phone="0047 007 001",
        email="kim@example.org",
        relationship="friend",
        closeness=5,
        notes=HARD,
        private=True,
    )
    add("trends", "name noted_on quadrant why_it_matters my_response",
        "Tickets without gates | 2025-10-06 | market | Half of our signs would go. | Walk one line with riders.",
        "Drawings made by machines | 2025-10-06 | tools | The first draft costs nothing. | Try it on one leaflet.")  # fmt: skip
    add("goals", "title why metric unit baseline target started_on deadline habit skill_id accountable_to",
        "Twelve talks with riders | I design for people I never meet. | talks | talks | 0 | 12 | 2025-10-06 | 2026-12-31 | networking | Facilitation | Oskar Lind",
        "Give two public talks | I hide behind drawings. | talks | | 0 | 2 | 2025-11-01 | 2026-09-30 | | Public speaking | Mei Tanaka",
        "Own a budget | Nobody is made head without one. | | | | | 2025-10-06 | 2026-11-30 | assessment | Budgeting | Ragna Holm",
        "Leave the old sketches | They were for somebody else. | | | | | 2025-10-06 | 2026-03-31 | | |")  # fmt: skip
    add("action_steps", "goal_id title due_on done_on owner",
        "Own a budget | Read last year's | 2025-11-15 | 2025-11-20 |",
        "Own a budget | Sit in the budget round | 2026-02-20 | 2026-02-18 |",
        "Own a budget | Draft the one for signs | 2026-06-30 | |",
        "Own a budget | Defend it before Ragna | 2026-10-20 | | Ragna Holm",
        "Give two public talks | Choose a meetup | 2025-12-15 | 2025-12-14 |")  # fmt: skip
    add("learning_items", "title kind skill_id trend_id status started_on finished_on expected_hours",
        "Budgets for people who draw | course | Budgeting | | done | 2025-10-10 | 2026-03-20 | 20",
        "One leaflet, drawn by a machine | experiment | Prototyping | Drawings made by machines | doing | 2026-05-01 | | 6",
        "Speaking without slides | book | Public speaking | | planned | | | 10")  # fmt: skip
    add("credentials", "name kind provider status started_on earned_on expires_on cost skill_id renewal_days",
        "Track safety card | licence | Rail Board | earned | | 2023-11-20 | 2026-11-19 | 90 | | 60",
        "Facilitation certificate | certification | Harbour School | in progress | 2026-02-01 | | | 400 | Facilitation |")  # fmt: skip
    add(
        "reflections",
        "prompt written_on topic answer",
        "What brings you here? | 2025-10-06 | assessment | I have drawn the same station three times.",
    )
    ratings(story, "2025-10-06", "2 3 | 4 4 | 4 4 | 1 2 | 1 1")
    fit(story, "2025-10-06", "3 4 4 2")


SKILLS = ("Facilitation", "Prototyping", "Service blueprints", "Budgeting", "Public speaking")
RESPECTS = ("say in what I do", "people", "workload", "growth")


def ratings(story: Story, day: str, told: str) -> None:
    """A look at one's skills: level and enjoyment of each."""
    pairs = zip(SKILLS, (pair.split() for pair in told.split("|")), strict=True)
    lines = [f"{skill} | {day} | self | {level} | {joy} | {'The depot workshop' if level == '4' else ''}" for skill, (level, joy) in pairs]
    story.add("skill_ratings", "skill_id rated_on rater level enjoyment evidence", *lines)


def fit(story: Story, day: str, scores: str) -> None:
    lines = [f"Service designer | {day} | {respect} | {score}" for respect, score in zip(RESPECTS, scores.split(), strict=True)]
    story.add("role_fit", "position_id rated_on dimension score", *lines)


def study(story: Story, first: str, minutes: str, item: str) -> None:
    """An evening a week from a day on; 0 is a week without."""
    days = (dt.date.fromisoformat(first) + dt.timedelta(weeks=place) for place in range(99))
    told = [f"{day} | {item} | {each} | {'Ask for the number first.' if each == '90' else ''}"
            for day, each in zip(days, minutes.split(), strict=False) if each != "0"]  # fmt: skip
    story.add("learning_log", "studied_on item_id minutes takeaway", *told)


def winter(story: Story) -> None:
    """5 January 2026."""
    add = story.add
    add("interactions", "happened_on contact_ids kind direction summary learned follow_up follow_up_due follow_up_done_on",
        "2025-10-14 | Oskar Lind | call | received | Asked how he begins a meeting. | Silence first. | Send him the plan | 2025-10-20 | 2025-10-19",
        "2025-11-04 | Ragna Holm | conversation | mutual | The budget round. | | | |",
        "2025-11-21 | Grace Mbeki;Ragna Holm | conversation | gave | Showed both the blueprint. | | Print it | 2025-11-28 | 2025-12-05",
        "2025-12-02 | Mei Tanaka | informational interview | received | How she came to lead. | She asked for the budget. | | |",
        "2025-12-20 | | post | | One page on signs. | | | |")  # fmt: skip
    add("check_ins", "goal_id checked_on value confidence note blocker",
        "Twelve talks with riders | 2025-12-01 | 1 | 3 | | winter",
        "Twelve talks with riders | 2026-01-04 | 2 | 3 | Two on one day. |",
        "Give two public talks | 2026-01-04 | 0 | 2 | | nerves",
        "Own a budget | 2026-01-04 | | 4 | |")  # fmt: skip
    add("feedback", "key requested_on contact_id relationship question due_on reminded_on received_on went_well to_improve skill_id first_reaction reflection "
        "reflected_on decision decided_on action goal_id acted_on followed_up_on",
        "meetings | 2025-11-05 | Ragna Holm | manager | How do I run meetings? | 2025-11-19 | | 2025-11-12 | You listen. | End on time. | Facilitation | Ouch. "
        "| The last ten minutes are mine. | 2025-11-16 | act | 2025-11-16 | A clock on the table | Own a budget | 2025-12-01 | 2025-12-15",
        "signs | 2025-12-01 | Grace Mbeki | colleague | Which sign fails? | 2025-12-15 | 2025-12-12 | 2025-12-18 | All but one. | Platform 4. | Prototyping | "
        "| | | keep doing | 2026-01-03 | | | |",
        "writing | 2025-12-10 | Tomasz Wilk | buyer | Is my writing clear? | 2025-12-31 | | | | | | | | | | | | | |")  # fmt: skip
    add("achievements", "title achieved_on situation action result my_part impact metric skill_ids goal_id",
        "Redrew the signs of platform 4 | 2025-12-19 | People missed trains. | Walked it with ten riders. | Half the questions. | All of it | organisation | 40 to 19 | Prototyping |",
        "Sat in the budget round | 2025-11-25 | | | | | myself | | Budgeting | Own a budget")  # fmt: skip
    add("trend_reviews", "trend_id reviewed_on ring note",
        "Tickets without gates | 2025-10-12 | assess | One line tries it.", "Drawings made by machines | 2025-10-12 | hold | Wrong hands.")  # fmt: skip
    add("brand", "channel reviewed_on headline intended_words heard_words score next_step",
        "My profile page | 2025-10-20 | Designer at Tidewater Rail | clear;brave | careful;quiet | 2 | Say what changes because of my work")  # fmt: skip
    add("events", "name kind starts_on ends_on place purpose attended",
        "Signs Meetup 2026 | meetup | 2026-02-12 | | Mill Street Library | One person who leads. | true",
        "Rail Design Days | conference | 2026-11-05 | 2026-11-06 | Harbour Hall | Two heads of design. | ",
        "Evening of maps | other | 2026-03-03 | | Town Hall | |")  # fmt: skip
    add("reviews", "period written_on wins lessons next_focus satisfaction",
        "2025Q4 | 2026-01-05 | Platform 4 works. | I say yes too soon. | Two talks with riders a month.//The budget for signs. | 3")  # fmt: skip
    study(story, "2025-10-13", "60 45 0 90 60 30 60 0 0 45 0 0", "Budgets for people who draw")
    ratings(story, "2026-01-04", "3 4 | 4 4 | 4 5 | 2 2 | 1 1")
    fit(story, "2026-01-04", "3 4 3 2")
    goal = story.id("goals", "Leave the old sketches")
    story.book.save(
        [
            Change("goals", goal, {"status": "dropped", "closed_on": "2025-12-30"}),
            Change(
                "goal_changes", None, {"goal_id": goal, "changed_on": "2025-12-30", "field": "status", "was": "active", "now": "dropped"}
            ),
        ],
        "dropped Leave the old sketches",
    )


def spring(story: Story) -> None:
    """6 April 2026, and a slip that is undone at once."""
    add = story.add
    add("interactions", "happened_on contact_ids kind direction summary follow_up follow_up_due follow_up_done_on event_id",
        "2026-01-20 | Oskar Lind | call | mutual | The clock works. | | | |",
        "2026-02-12 | Mei Tanaka | event | mutual | Met her again between two talks. | Send her the blueprint | 2026-02-20 | | Signs Meetup 2026",
        "2026-03-02 | Émile Roux | message | gave | Sent him an advert. | | | |",
        "2026-03-25 | Tomasz Wilk | introduction | gave | Made him known to Grace. | | | |")  # fmt: skip
    add("check_ins", "goal_id checked_on value confidence note blocker",
        "Twelve talks with riders | 2026-02-15 | 4 | 4 | |", "Twelve talks with riders | 2026-04-01 | 5 | 3 | | travel",
        "Give two public talks | 2026-04-01 | 0 | 2 | Said yes to one in May. | nerves")  # fmt: skip
    add("skill_ratings", "skill_id rated_on rater rater_name level feedback_id",
        "Facilitation | 2026-03-10 | manager | Ragna Holm | 4 | meetings", "Facilitation | 2026-03-11 | peer | Grace Mbeki | 5 |",
        "Facilitation | 2026-03-12 | peer | | 4 |", "Facilitation | 2026-03-13 | other | Tomasz Wilk | 5 |",
        "Public speaking | 2026-03-10 | manager | Ragna Holm | 3 |")  # fmt: skip
    ratings(story, "2026-04-05", "3 4 | 4 3 | 4 5 | 2 3 | 2 2")
    fit(story, "2026-04-05", "3 4 3 3")
    study(story, "2026-01-12", "60 60 90 0 45 60 0 60 30 90", "Budgets for people who draw")
    add(
        "achievements",
        "title achieved_on result impact skill_ids",
        "Led the depot workshop | 2026-02-27 | Nine of ten ideas were theirs. | team or class | Facilitation",
    )
    add("reviews", "period written_on wins lessons last_focus_outcome next_focus satisfaction",
        "2026Q1 | 2026-04-06 | The depot. | Ask for the number first. | Partly. | The budget for signs. | 4")  # fmt: skip
    story.book.update("contacts", story.id("contacts", "Mei Tanaka"), organisation="Northgate Lines")
    story.book.undo()
    story.book.update("contacts", story.id("contacts", "Mei Tanaka"), organisation="Northgate Metro", closeness=4)


def summer(story: Story) -> None:
    """6 July 2026."""
    add = story.add
    add("interactions", "happened_on contact_ids kind direction summary learned trend_id",
        "2026-04-22 | Oskar Lind | conversation | received | Rehearsed the talk with him. | Begin with the rider. |",
        "2026-05-19 | Grace Mbeki | conversation | mutual | Walked the open line. | Nobody looks up. | Tickets without gates",
        "2026-06-09 | Ragna Holm | conversation | mutual | The budget for signs is mine to draft. | |")  # fmt: skip
    add("check_ins", "goal_id checked_on value confidence note blocker",
        "Twelve talks with riders | 2026-05-20 | 7 | 4 | |", "Twelve talks with riders | 2026-07-01 | 8 | 4 | |",
        "Give two public talks | 2026-05-30 | 1 | 4 | The first one is done.//It went well. |")  # fmt: skip
    add("achievements", "title achieved_on situation action result my_part impact metric skill_ids goal_id",
        "Gave my first public talk | 2026-05-28 | I had never spoken. | Ten rehearsals. | Two invitations. | The talk | beyond | 80 people | Public speaking | Give two public talks")  # fmt: skip
    add("trend_reviews", "trend_id reviewed_on ring note",
        "Tickets without gates | 2026-05-20 | trial | The whole line tries it.", "Drawings made by machines | 2026-05-20 | assess | Better hands.")  # fmt: skip
    study(story, "2026-05-04", "30 30 0 45 60 0 30 30", "One leaflet, drawn by a machine")
    ratings(story, "2026-07-05", "4 4 | 4 3 | 5 5 | 2 3 | 3 3")
    fit(story, "2026-07-05", "4 4 3 3")
    add("reviews", "period written_on wins lessons last_focus_outcome next_focus satisfaction",
        "2026Q2 | 2026-07-06 | The talk. | Rehearse aloud. | Yes. | Hand in the budget.//One more talk. | 4")  # fmt: skip
    goal = story.id("goals", "Own a budget")
    story.book.save(
        [
            Change("goals", goal, {"deadline": "2027-01-31"}),
            Change(
                "goal_changes",
                None,
                {"goal_id": goal, "changed_on": "2026-07-06", "field": "deadline", "was": "2026-11-30", "now": "2027-01-31"},
            ),
        ],
        "moved Own a budget",
    )


def autumn(story: Story) -> None:
    """5 October 2026."""
    add = story.add
    add("interactions", "happened_on planned_on contact_ids kind direction summary questions follow_up follow_up_due follow_up_done_on",
        "2026-07-15 | | Oskar Lind | call | gave | Read his new chapter. | | | |",
        "2026-08-18 | | Mei Tanaka | conversation | mutual | What she would not do again. | | Send her two names | 2026-08-25 | 2026-08-24",
        "2026-09-08 | | Ragna Holm;Grace Mbeki | conversation | mutual | The first draft of the budget. | | Send the table | 2026-09-15 |",
        "2026-09-22 | | Kim | message | received | | | | |",
        "2026-09-29 | | | post | | What riders read. | | | |",
        " | 2026-10-20 | Tomasz Wilk | informational interview | | | 1. Who decides?//2. What is dull? | | |")  # fmt: skip
    add("check_ins", "goal_id checked_on value confidence note blocker",
        "Twelve talks with riders | 2026-08-15 | 9 | 4 | |", "Twelve talks with riders | 2026-10-01 | 10 | 5 | |",
        "Give two public talks | 2026-09-28 | 2 | 5 | Both are done. |", "Own a budget | 2026-09-28 | | 3 | | travel")  # fmt: skip
    add("feedback", "key requested_on giver relationship question due_on received_on went_well to_improve skill_id reflection reflected_on decision decided_on action",
        "talk | 2026-09-01 | Pat, from the choir | friend | Could you hear me at the back? | 2026-09-15 | 2026-09-03 | Every word. | Fewer slides. | Public speaking "
        "| Slides are for me. | 2026-09-06 | act | 2026-09-06 | No slides next time",
        "budget | 2026-09-20 | Ragna Holm | manager | What is missing in my draft? | 2026-10-10 | | | | Budgeting | | | | |")  # fmt: skip
    add("achievements", "title achieved_on situation action result my_part impact metric skill_ids goal_id",
        "Gave a second talk, without slides | 2026-09-24 | | One drawing, made live. | 120 people stayed. | | beyond | 120 people | Public speaking | Give two public talks",
        "Halved the time of the sign review | 2026-08-14 | Six weeks for one sign. | One meeting instead of four. | Three weeks. | The idea | organisation | 42 days to 21 | Facilitation |",
        "NA | 2026-09-30 | | | 001 | | | 1E10 | |")  # fmt: skip
    add("brand", "channel reviewed_on headline intended_words heard_words score next_step",
        "My profile page | 2026-08-02 | Signs that riders read | clear;brave | clear;kind | 4 | A picture of a sign")  # fmt: skip
    study(story, "2026-07-13", "45 60 0 0 90 60 45 0 60 30 45 60", "One leaflet, drawn by a machine")
    ratings(story, "2026-10-04", "4 5 | 4 3 | 5 5 | 3 4 | 3 4")
    fit(story, "2026-10-04", "4 4 2 4")
    add("reviews", "period written_on wins lessons last_focus_outcome next_focus satisfaction",
        "2026Q3 | 2026-10-05 | The second talk. | Say no by Tuesday. | The talk yes, the budget nearly. | Defend the budget. | 5")  # fmt: skip
    add("appraisals", "heading period position limit counted_in text achievement_ids",
        "Key achievements | 2026 | 1 | 600 | characters | - Halved the time of the sign review. | Halved the time of the sign review",
        "What did you learn? | 2026 | 2 | 120 | words | To begin with the rider. |")  # fmt: skip
    add("reflections", "prompt written_on topic answer", "What kept you? | 2026-09-13 | goals | Trains, mostly.")
    goal = story.id("goals", "Give two public talks")
    story.book.save(
        [
            Change("goals", goal, {"status": "done", "closed_on": "2026-09-28"}),
            Change("goal_changes", None, {"goal_id": goal, "changed_on": "2026-09-28", "field": "status", "was": "active", "now": "done"}),
        ],
        "closed Give two public talks",
    )


# -- the coach


PROGRAMMES = (
    {"programme": "Twelve weeks", "kind": "exercise", "title": "Rate your skills", "notebook": "01_assessment", "words": "One line of evidence each.", "due": "week 2"},
    {"programme": "Twelve weeks", "kind": "question", "title": "Who loses if this succeeds?", "topic": "goals", "words": "Name one."},
    {"programme": "Twelve weeks", "kind": "skill", "title": "Delegation", "category": "people", "importance": 4, "target_level": 4, "words": "1: does it all\n5: asks first"},
    {"programme": "Twelve weeks", "kind": "skill", "title": "Chairing", "importance": 3, "target_level": 3},
    {"programme": "Twelve weeks", "kind": "review", "title": "Look back on the quarter", "due": "week 13"},
    {"programme": "Further", "kind": "exercise", "title": "Three possible sponsors", "notebook": "02_networking", "due": "2026-11-02"},
    {"programme": "Further", "kind": "skill", "title": "Negotiation", "importance": 4, "target_level": 3},
)  # fmt: skip


class Desk:
    """The coach's practice, as it is opened on a day."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with keys_of(BRUNO):
            assert Practice.create(folder, BRUNO).key

    @contextlib.contextmanager
    def on(self, day: str, hour: float = 10) -> Iterator[Practice]:
        CLOCK.turn(day, hour)
        with keys_of(BRUNO):
            yield Practice.open(self.folder, today=dt.date.fromisoformat(day))


def begun(desk: Desk, story: Story, piet: Story) -> dict[str, str]:
    """1 June 2026: starters go out, two sealed for a key and one with a passphrase; Amal is not heard from."""
    told = {}
    for name in (HANNA, AMAL):
        with keys_of(name):
            told[name] = keys.own_or_new().public
    with desk.on("2026-06-01") as practice:
        for part in PROGRAMMES:
            practice.add("programmes", **part)
        twelve = of_table(practice.read("programmes"), "Twelve weeks")
        whom = [assigning.whom(line, practice.today) for line in (f"{HANNA}, {told[HANNA]}", PIET, f"{AMAL}, 2026-06-15, {told[AMAL]}")]
        given = {each.client: each for each in assigning.assign(practice, twelve, whom)}
    CLOCK.turn("2026-07-06", 10)
    with keys_of(HANNA):
        story.book.receive(given[HANNA].file)
        proposals.accept(story.book.store, "Delegation")
    CLOCK.turn("2026-06-08")
    with keys_of(PIET):
        piet.book.receive(given[PIET].file, given[PIET].passphrase)
    piet.add(
        "goals",
        "title metric target started_on deadline",
        "Find a sponsor | talks | 3 | 2026-06-08 | 2026-12-31",
        "Learn to say no | | | 2026-06-08 | 2026-10-01",
    )
    piet.add("action_steps", "goal_id title due_on done_on", "Learn to say no | Say it once | 2026-06-30 | 2026-06-20")
    piet.add("contacts", "name organisation", "Ilse Maas | Dune Water")
    return {each.file.name: each.passphrase for each in given.values() if each.passphrase}


def shared(desk: Desk, story: Story, piet: Story) -> None:
    """6 July: both share; the coach receives, notes and answers; and the answer is taken in."""
    CLOCK.turn("2026-07-06", 10.75)
    task = story.book.read("assignments").set_index("title")["id"]
    story.book.update("assignments", task["Rate your skills"], started_on="2026-06-10", submitted_on="2026-07-05")
    with keys_of(HANNA):
        story.book.share(desk.folder / "inbox" / "hanna-july.careerkit", choice=SHARED)
    with keys_of(PIET):
        piet.book.share(desk.folder / "inbox" / "piet-july.careerkit")
    with desk.on("2026-07-06", 11) as practice:
        assert not inbox.receive(practice).stayed
        practice.note(HANNA, "Braver than she says.\nAsk about Ragna.")
        practice.note(PIET, "Quiet. Ring him.")
        hanna = practice.client(HANNA)
        hanna.comment("goals", story.id("goals", "Own a budget"), "Who would miss it if nobody owned it?")
        hanna.add(
            "sessions",
            held_on="2026-07-06",
            minutes=50,
            attended=True,
            agenda="The budget",
            agreed="A first draft by September.",
            next_on="2026-10-20",
        )
        hanna.update("assignments", task["Rate your skills"], done_on="2026-07-06")
        answer = assigning.share(practice, hanna).file
    CLOCK.turn("2026-07-06", 11.25)
    with keys_of(HANNA):
        story.book.receive(answer)
    (asked,) = story.book.read("comments")["id"]
    story.book.comment("goals", story.id("goals", "Own a budget"), "Ragna, and the riders.", reply_to=asked)


def further(desk: Desk, story: Story, piet: Story) -> str:
    """5 October: both share again, which waits in the inbox; 6 and 7 October: two files go out that nobody has taken in yet."""
    CLOCK.turn("2026-10-05", 11)
    with keys_of(HANNA):
        story.book.share(desk.folder / "inbox" / "hanna-october.careerkit", choice=SHARED)
    piet.book.update("goals", piet.id("goals", "Learn to say no"), status="done", closed_on="2026-09-20")
    piet.add("check_ins", "goal_id checked_on value confidence", "Find a sponsor | 2026-10-01 | 1 | 3")
    with keys_of(PIET):
        spoken = piet.book.share(desk.folder / "inbox" / "piet-october.careerkit", passphrase=True).passphrase
    with desk.on("2026-10-06") as practice:
        more = of_table(practice.read("programmes"), "Further")
        assigning.assign(practice, more, [assigning.whom(HANNA, practice.today)])
    with desk.on("2026-10-07") as practice:
        hanna = practice.client(HANNA)
        hanna.comment("goals", story.id("goals", "Twelve talks with riders"), "Two to go. What would make them easy?")
        hanna.add(
            "skill_ratings",
            rated_on="2026-10-07",
            skill_id=story.id("skills", "Facilitation"),
            rater="coach",
            level=4,
            evidence="Our last session",
        )
        hanna.add("sessions", held_on="2026-10-20", agenda="The defence")
        assigning.share(practice, hanna)
        practice.update("coach_notes", practice.read("coach_notes")["id"].iloc[0], text="Braver than she says.")
    return spoken


# -- another machine of hers


def machines(story: Story, laptop: Path) -> None:
    """6 July: both machines hold the same; then each changes the same field, and that waits for an answer at the desk."""
    sealed = laptop.parent
    CLOCK.turn("2026-07-06", 11.5)
    shutil.copytree(story.book.folder, laptop)
    other = Workbook.open(laptop)
    with keys_of(HANNA):
        first = story.book.share(sealed / "first.careerkit", "self")
        other.receive(sealed / "first.careerkit", first.passphrase)
        oskar = story.id("contacts", "Oskar Lind")
        story.book.update("contacts", oskar, can_offer="A reader")
        other.update("contacts", oskar, can_offer="An afternoon on the boat")
        second = other.share(sealed / "second.careerkit", "self")
        assert story.book.receive(sealed / "second.careerkit", second.passphrase).conflicts


def from_the_laptop(story: Story, laptop: Path, bundle: Path) -> str:
    """9 October: more was written on the laptop, some of it about what changed at the desk as well."""
    CLOCK.turn("2026-10-09")
    other = Workbook.open(laptop)
    other.add("reflections", prompt="Written on the train", written_on="2026-10-09", topic="goals", answer=HARD)
    other.update("contacts", story.id("contacts", "Grace Mbeki"), role="Head of planning", notes="Asked on the train.")
    other.update("skills", story.id("skills", "Prototyping"), target_level=5)
    other.delete("role_targets", other.read("role_targets")["id"].iloc[-1])
    CLOCK.turn("2026-10-05", 11.5)
    story.book.update("contacts", story.id("contacts", "Grace Mbeki"), role="Lead planner")
    CLOCK.turn("2026-10-10")
    with keys_of(HANNA):
        return other.share(bundle, "self").passphrase


# -- what other programs did, and the last evening


def hands(story: Story) -> None:
    """11 October: an edit in an editor, a row that cannot be read and is mended away, one that vanishes, and one that stays broken."""
    data = story.book.folder / "data"
    CLOCK.turn("2026-10-11", 10)
    _edit(data / "contacts.csv", "Harbour Council,Buyer", "Harbour Council,Chief buyer")
    broken = (data / "learning_log.csv").read_text(encoding="utf-8-sig").splitlines()[-1].split(",")
    broken[0], broken[1], broken[3] = "k1broken00001", "2026-10-10", "a while"
    _append(data / "learning_log.csv", ",".join(broken))
    assert len(story.book.repair()) == 1
    _edit(
        data / "events.csv",
        next(line for line in (data / "events.csv").read_text(encoding="utf-8-sig").splitlines(True) if "Evening of maps" in line),
        "",
    )
    CLOCK.turn("2026-10-11", 11)
    story.add("events", "name kind starts_on place", "Northern Signs Week | workshop | 2027-02-01 | Mill Street Library")


def evening(story: Story) -> None:
    """12 October: the latest saves, and a row that still cannot be read."""
    CLOCK.turn("2026-10-12")
    goal = story.id("goals", "Twelve talks with riders")
    story.book.save(
        [
            Change("goals", goal, {"target": "15"}),
            Change("goal_changes", None, {"goal_id": goal, "changed_on": "2026-10-12", "field": "target", "was": "12", "now": "15"}),
        ],
        "raised Twelve talks with riders",
    )
    story.book.delete("reflections", story.id("reflections", "What kept you?"))
    story.add("interactions", "happened_on contact_ids kind summary", "2026-10-11 | Grace Mbeki | call | About the lift.")
    story.book.update("contacts", story.id("contacts", "Tomasz Wilk"), archived_on="2026-10-12")
    file = story.book.folder / "data" / "trend_reviews.csv"
    broken = file.read_text(encoding="utf-8-sig").splitlines()[-1].split(",")
    broken[0], broken[1] = "k1broken00002", "some day in May"
    _append(file, ",".join(broken))


def _edit(file: Path, old: str, new: str) -> None:
    content = file.read_bytes()
    assert content.count(old.encode()) == 1, (file, old)
    file.write_bytes(content.replace(old.encode(), new.encode()))


def _append(file: Path, line: str) -> None:
    content = file.read_bytes()
    file.write_bytes(content + line.encode() + (b"\r\n" if b"\r\n" in content else b"\n"))


def settle(book: Workbook) -> None:
    """The workbook's own settings, with lines that a person wrote beside them."""
    book.change_settings(fiscal_first_month=4, review_period="quarter", weekly_learning_hours=1.5, cadence={5: 30, 4: 60, 2: 365})
    file = book.folder / "workbook.toml"
    file.write_text(
        "# Kept on the blue stick as well.\n" + file.read_text(encoding="utf-8") + '\n[mine]\ncolour = "green"\n', encoding="utf-8"
    )


def reviews(book: Workbook) -> None:
    """The review of the third quarter for three readers."""
    CLOCK.turn(DAY, 11)
    for reader, options in observed.READERS.items():
        book.report(observed.PERIOD, reader, progress=False, **options)


def main() -> None:
    Store.__init__.__defaults__ = (CLOCK,)
    Backups.__init__.__defaults__ = (CLOCK.today,)
    for name in ("workbook", "practice", "keys", "bundles", "expected"):
        shutil.rmtree(HERE / name, ignore_errors=True)
    (HERE / "bundles").mkdir()
    with tempfile.TemporaryDirectory() as scratch:
        make(Path(scratch))
    EXPECTED.mkdir()
    (EXPECTED / "cells.json").write_text(written(observed.cells(HERE / "workbook") | observed.cells(HERE / "practice")), encoding="utf-8")
    for file in [each for each in HERE.rglob("*.ipynb") if each.stem not in KEPT]:
        file.unlink()
    for file in HERE.rglob(JOURNAL):
        file.with_name(f"{JOURNAL}.gz").write_bytes(gzip.compress(file.read_bytes(), mtime=0))
        file.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        for name, told in observed.everything(Path(scratch)).items():
            (EXPECTED / name).write_text(told if isinstance(told, str) else written(told), encoding="utf-8")


def make(scratch: Path) -> None:
    story = Story(Workbook.create(HERE / "workbook", owner=HANNA))
    piet = Story(Workbook.create(scratch / "piet", owner=PIET))
    desk = Desk(HERE / "practice")
    settle(story.book)
    story = Story(Workbook.open(HERE / "workbook"))
    for day, part in (("2025-10-06", start), ("2026-01-05", winter), ("2026-04-06", spring)):
        CLOCK.turn(day)
        part(story)
    told = begun(desk, story, piet)
    CLOCK.turn("2026-07-06", 10.5)
    summer(story)
    shared(desk, story, piet)
    machines(story, scratch / "laptop")
    CLOCK.turn("2026-10-05")
    autumn(story)
    told["piet-october.careerkit"] = further(desk, story, piet)
    told["from_the_laptop.careerkit"] = from_the_laptop(story, scratch / "laptop", HERE / "bundles" / "from_the_laptop.careerkit")
    hands(story)
    evening(story)
    reviews(Workbook.open(HERE / "workbook", today=DAY))
    (HERE / "bundles" / "passphrases.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
