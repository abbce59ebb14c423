"""Make the example: an invented person's two years. Run it to write data/example anew; the same each time.

Usage: python tests/make_example.py
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from pathlib import Path
from typing import Any

from careerkit.topics import RECORDS
from example_story import (
    ACHIEVEMENTS,
    CONTACTS,
    CREDENTIALS,
    EVENTS,
    FEEDBACK,
    GOALS,
    ITEMS,
    OTHERS_RATINGS,
    SELF_LEVELS,
    SKILLS,
    TALKS,
    TAKEAWAYS,
    TRENDS,
)

TODAY = dt.date(2026, 10, 12)
FIRST = dt.date(2024, 10, 7)
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
FOLDER = Path(__file__).parent.parent / "data" / "example"
QUARTERS = [dt.date(2024, 12, 30), dt.date(2025, 3, 31), dt.date(2025, 6, 30), dt.date(2025, 9, 29), dt.date(2025, 12, 29), dt.date(2026, 3, 30), dt.date(2026, 6, 29), dt.date(2026, 9, 28)]


class Story:
    """Collects records, each written down on a day, and writes them as CSVs."""

    def __init__(self) -> None:
        self.random = random.Random(20261012)
        self.rows: dict[str, list[dict[str, str]]] = {table: [] for table in RECORDS}
        self.count = 0

    def add(self, table: str, written: dt.date, /, **values: Any) -> str:
        """Write a record down on a day and return its id."""
        self.count += 1
        moment = dt.datetime.combine(written, dt.time(17, self.count % 60, self.count % 59))
        key = "k" + _base32(int(moment.replace(tzinfo=dt.UTC).timestamp()) * 1000 << 20 | self.count, 13)
        changed = max([moment.date(), *[day for day in values.values() if isinstance(day, dt.date) and day <= TODAY]])
        cleaned, wrong = RECORDS[table].clean({**values, "id": key, "created_at": moment, "updated_at": dt.datetime.combine(changed, moment.time())})
        if wrong:
            raise ValueError(f"{table}: {wrong}")
        self.rows[table].append(RECORDS[table].texts(cleaned))
        return key

    def write(self, folder: Path) -> None:
        """Write every table, in the form the store writes."""
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in self.rows.items():
            (folder / f"{table}.csv").write_bytes(_csv(list(RECORDS[table].fields), sorted(rows, key=lambda row: row["id"])))


def _base32(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(length)))


def _csv(header: list[str], rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def weeks(start: dt.date, end: dt.date, step: int = 1) -> list[dt.date]:
    """Return every step-th week's day from start to end."""
    return [start + dt.timedelta(weeks=week) for week in range(0, ((end - start).days // 7) + 1, step)]


def tell(story: Story) -> None:
    """Tell the two years."""
    skills = {name: story.add("skills", FIRST, name=name, **rest) for name, rest in SKILLS.items()}
    people = {name: _contact(story, name, rest, skills) for name, rest in CONTACTS.items()}
    events = {name: story.add("events", rest["starts_on"] - dt.timedelta(days=40), name=name, **rest) for name, rest in EVENTS.items()}
    _conversations(story, people, events)
    _self(story, skills)
    goals = _goals(story, skills, people)
    _feedback(story, people, skills, goals)
    _learning(story, skills)
    for achieved in ACHIEVEMENTS:
        used = [skills[name] for name in achieved.pop("skills")]
        goal = goals.get(achieved.pop("goal", ""), "")
        story.add("achievements", achieved["achieved_on"], skill_ids=used, goal_id=goal, **achieved)
    _reviews(story)
    _with_a_coach(story, goals)


def _contact(story: Story, name: str, rest: dict[str, Any], skills: dict[str, str]) -> str:
    rest = dict(rest)
    for told_elsewhere in ("quiet_since", "often"):
        rest.pop(told_elsewhere, None)
    strong = [skills[skill] for skill in rest.pop("strong", ())]
    return story.add("contacts", max(rest.get("met_on", FIRST), FIRST), name=name, skill_ids=strong, **rest)


def _conversations(story: Story, people: dict[str, str], events: dict[str, str]) -> None:
    for talk in TALKS:
        talk = dict(talk)
        with_whom = [people[name] for name in talk.pop("people", ())]
        event = events.get(talk.pop("event", ""), "")
        written = talk.get("happened_on") or talk["planned_on"] - dt.timedelta(days=14)
        story.add("interactions", min(written, TODAY), contact_ids=with_whom, event_id=event, **talk)
    _everyday_talks(story, people)


def _everyday_talks(story: Story, people: dict[str, str]) -> None:
    """Add the short talks of two years: rarer in the spring of 2026, when work left no time."""
    close = [name for name, rest in CONTACTS.items() if rest.get("closeness", 0) >= 3 and not rest.get("archived_on") and rest.get("often", True)]
    topics = (
        "How the new planning round goes", "Lunch; her team moves to the harbour office", "The forecast for the winter season", "Notes on the warehouse pilot",
        "A reading tip: how teams decide with numbers", "He asked how we test our dashboards", "Hiring: what to ask a junior analyst", "Catching up after the holidays",
        "The mess with the two customer lists, and a way out", "Preparing the steering group together",
    )  # fmt: skip
    for day in weeks(FIRST, dt.date(2026, 9, 21)):
        for _ in range(1 if dt.date(2026, 3, 1) <= day <= dt.date(2026, 6, 15) else 2):
            if story.random.random() < 0.22:
                continue
            happened = day + dt.timedelta(days=story.random.randrange(5))
            some = story.random.sample(close, 2 if story.random.random() < 0.15 else 1)
            known = [people[name] for name in some if CONTACTS[name].get("met_on", FIRST) <= happened and happened < CONTACTS[name].get("quiet_since", TODAY)]
            if known:
                story.add(
                    "interactions", happened, happened_on=happened, contact_ids=known, kind=story.random.choice(("conversation", "conversation", "call", "message")),
                    direction=story.random.choice(("mutual", "mutual", "gave", "received")), summary=story.random.choice(topics),
                )  # fmt: skip


def _self(story: Story, skills: dict[str, str]) -> None:
    now = story.add("positions", FIRST, title="Senior analyst", organisation="Havn Logistics", started_on=dt.date(2023, 2, 1), target_role="Head of Data", statement="I turn scattered numbers into decisions that people stand behind.")
    story.add("positions", FIRST, title="Data analyst", organisation="Brede Retail", started_on=dt.date(2019, 9, 1), ended_on=dt.date(2023, 1, 31))
    head = story.add("roles", dt.date(2025, 1, 12), noted_on=dt.date(2025, 1, 12), name="Head of Data", status="chosen", why="Deciding what is worth measuring, and helping a team to grow.", source="three job adverts and two conversations")
    product = story.add("roles", dt.date(2025, 2, 2), noted_on=dt.date(2025, 2, 2), name="Data product manager", status="dropped", why="Close to the people who use it.")
    for name, level, importance in (("Delegation", 4, 5), ("Stakeholder talks", 4, 5), ("Public speaking", 4, 3), ("Budgeting", 3, 4), ("Data modelling", 3, 3)):
        story.add("role_targets", dt.date(2025, 1, 12), role_id=head, skill_id=skills[name], level=level, importance=importance)
    story.add("role_targets", dt.date(2025, 2, 2), role_id=product, skill_id=skills["Stakeholder talks"], level=5, importance=5)
    for place, day in enumerate(QUARTERS):
        for name, (levels, enjoyment, evidence) in SELF_LEVELS.items():
            story.add("skill_ratings", day, rated_on=day, skill_id=skills[name], rater="self", level=levels[place], enjoyment=enjoyment, evidence=evidence if place >= 5 else "")
        for dimension, scores in {"autonomy": (4, 4, 4, 4, 3, 3, 3, 3), "learning": (4, 4, 3, 3, 3, 2, 2, 3), "people": (4, 4, 4, 5, 5, 4, 4, 4), "meaning": (3, 3, 4, 4, 4, 3, 3, 4)}.items():
            story.add("role_fit", day, rated_on=day, position_id=now, dimension=dimension, score=scores[place])
    for name, rater, rater_name, day, level in OTHERS_RATINGS:
        story.add("skill_ratings", day, rated_on=day, skill_id=skills[name], rater=rater, rater_name=rater_name, level=level)
    for day, topic, prompt, answer in (
        (dt.date(2024, 10, 14), "assessment", "What brings you here?", "I like my work, but I have done the same year three times."),
        (dt.date(2026, 7, 5), "assessment", "Which skill did you enjoy using this quarter?", "Explaining the close to the controllers. I did not expect that."),
    ):
        story.add("reflections", day, written_on=day, topic=topic, prompt=prompt, answer=answer, private=topic == "assessment" and day.year == 2024)


def _goals(story: Story, skills: dict[str, str], people: dict[str, str]) -> dict[str, str]:
    ids: dict[str, str] = {}
    for told in GOALS:
        told = dict(told)
        steps, check_ins, changes = told.pop("steps", ()), told.pop("check_ins", ()), told.pop("changes", ())
        written = told.pop("written", told["started_on"])
        told["skill_id"] = skills.get(told.pop("skill", ""), "")
        told["accountable_to"] = people.get(told.pop("asks", ""), "")
        key = ids[told["title"]] = story.add("goals", written, **told)
        for title, due, done in steps:
            story.add("action_steps", written, goal_id=key, title=title, due_on=due, done_on=done)
        for day, value, confidence, *words in check_ins:
            note, blocker = (*words, "", "")[:2]
            story.add("check_ins", day, goal_id=key, checked_on=day, value=value, confidence=confidence, note=note, blocker=blocker)
        for day, name, was, now in changes:
            story.add("goal_changes", day, changed_on=day, goal_id=key, field=name, was=was, now=now)
    return ids


def _feedback(story: Story, people: dict[str, str], skills: dict[str, str], goals: dict[str, str]) -> None:
    for told in FEEDBACK:
        told = dict(told)
        told["contact_id"] = people.get(told.pop("contact", ""), "")
        told["skill_id"] = skills.get(told.pop("skill", ""), "")
        told["goal_id"] = goals.get(told.pop("goal", ""), "")
        story.add("feedback", told.get("requested_on") or told["received_on"], **told)


def _learning(story: Story, skills: dict[str, str]) -> None:
    items = {}
    for title, rest in ITEMS.items():
        rest = dict(rest)
        items[title] = story.add("learning_items", rest.get("started_on") or dt.date(2026, 9, 20), title=title, skill_id=skills.get(rest.pop("skill", ""), ""), **rest)
    for title, rest in ITEMS.items():
        if "started_on" in rest:
            _study(story, items[title], rest["started_on"], rest.get("finished_on", TODAY))
    for name, rest in CREDENTIALS.items():
        rest = dict(rest)
        story.add("credentials", max(rest.get("earned_on") or rest["started_on"], FIRST), name=name, skill_id=skills.get(rest.pop("skill", ""), ""), **rest)
    for name, quadrant, noted, why, response, looks in TRENDS:
        key = story.add("trends", noted, noted_on=noted, name=name, quadrant=quadrant, why_it_matters=why, my_response=response)
        for day, ring, note in looks:
            story.add("trend_reviews", day, reviewed_on=day, trend_id=key, ring=ring, note=note)


def _study(story: Story, item: str, start: dt.date, end: dt.date) -> None:
    for day in weeks(start, min(end, TODAY - dt.timedelta(days=3))):
        if story.random.random() < 0.35 or dt.date(2026, 4, 1) <= day <= dt.date(2026, 5, 31):
            continue
        studied = day + dt.timedelta(days=story.random.randrange(3))
        story.add("learning_log", studied, studied_on=studied, item_id=item, minutes=story.random.choice((30, 45, 60, 90, 120)), takeaway=story.random.choice(TAKEAWAYS))


def _reviews(story: Story) -> None:
    told = (
        ("2025Q3", dt.date(2025, 10, 6), "The close is down to six days.", "Asking early saves weeks.", "Two of three done.", "Find a sponsor\nFinish the modelling course\nOne talk", 4),
        ("2025Q4", dt.date(2026, 1, 5), "First talk given, to thirty people.", "I say yes too fast in December.", "The talk and the course are done; no sponsor.", "Find a sponsor\nDelegate one report", 4),
        ("2026Q1", dt.date(2026, 4, 9), "Dashboards handed to the team.", "Handing over takes longer than doing it, once.", "One report delegated.", "Keep one evening a week free to learn", 3),
        ("2026Q2", dt.date(2026, 7, 4), "Kept the team together through the move.", "A quarter without study shows.", "Not one evening kept free.", "Four useful conversations in climate tech\nTwo talks by October\nOne hour a week to learn", 3),
        ("2026Q3", dt.date(2026, 10, 4), "The close takes four days, and three colleagues run the dashboards alone.", "People help when the question is small.", "Conversations yes, talks no.", "Find a sponsor for the cross-team project before 30 October\nDelegate one weekly report, and ask two people how it went\nSend four overdue messages this week", 4),
    )  # fmt: skip
    for period, day, wins, lessons, outcome, focus, satisfaction in told:
        story.add("reviews", day, period=period, written_on=day, wins=wins, lessons=lessons, last_focus_outcome=outcome, next_focus=focus, satisfaction=satisfaction)
    for day, heard, score in ((dt.date(2025, 6, 12), "thorough; quiet", 2), (dt.date(2026, 2, 20), "thorough; clear", 3), (dt.date(2026, 9, 15), "clear; calm; a bit late", 4)):
        story.add("brand", day, reviewed_on=day, channel="My profile page", headline="Senior analyst who turns numbers into decisions", intended_words="clear; calm; decisive", heard_words=heard, score=score, next_step="Ask two people for the first word that comes to mind")


def _with_a_coach(story: Story, goals: dict[str, str]) -> None:
    for held, agreed in ((dt.date(2026, 8, 20), "Write down who could sponsor the project."), (dt.date(2026, 9, 24), "Ask Ingrid for half an hour.")):
        story.add("sessions", held, held_on=held, minutes=50, attended=True, agenda="The cross-team project", agreed=agreed, next_on=held + dt.timedelta(days=35))
    key = goals["Lead one cross-team project"]
    first = story.add("comments", dt.date(2026, 9, 25), written_on=dt.date(2026, 9, 25), author="Coach", table="goals", record_id=key, text="Who gains most if this succeeds? Ask that person first.")
    story.add("comments", dt.date(2026, 9, 28), written_on=dt.date(2026, 9, 28), author="Maren Okafor", table="goals", record_id=key, text="Probably the warehouse lead. I will ask.", reply_to=first)
    story.add("assignments", dt.date(2026, 9, 24), given_on=dt.date(2026, 9, 24), author="Coach", title="Three possible sponsors", notebook="02_networking", instructions="Write down three people, and what each would gain.", due_on=dt.date(2026, 10, 15), started_on=dt.date(2026, 9, 30))
    story.add("prompts", dt.date(2026, 9, 24), topic="goals", position=1, question="What would you do if nobody could say no?", help="Write for five minutes.", answer_kind="text", author="Coach")


def make(folder: Path) -> None:
    """Write the example into a folder."""
    story = Story()
    tell(story)
    story.write(folder)


if __name__ == "__main__":
    make(FOLDER)
