"""What happened to the example's invented person, Maren Okafor, in two years; told as data."""

from __future__ import annotations

import datetime as dt
from typing import Any


def d(text: str) -> dt.date:
    """Return a day."""
    return dt.date.fromisoformat(text)


SKILLS: dict[str, dict[str, Any]] = {
    "Data modelling": {"category": "craft", "importance": 4, "target_level": 4, "level_anchors": "1 with help\n3 on my own\n5 others learn it from me"},
    "Forecasting": {"category": "craft", "importance": 4, "target_level": 4},
    "Dashboards": {"category": "craft", "importance": 2, "target_level": 3},
    "Cloud design": {"category": "craft", "importance": 4, "target_level": 4},
    "Python": {"category": "craft", "importance": 3, "target_level": 4},
    "Delegation": {"category": "people", "importance": 5, "target_level": 4, "level_anchors": "1 I do it myself\n3 I hand over tasks\n5 I hand over outcomes"},
    "Stakeholder talks": {"category": "people", "importance": 5, "target_level": 4},
    "Public speaking": {"category": "people", "importance": 4, "target_level": 4},
    "Coaching": {"category": "people", "importance": 3, "target_level": 3},
    "Writing": {"category": "people", "importance": 3, "target_level": 4},
    "Budgeting": {"category": "field", "importance": 3, "target_level": 3},
    "Month-end reporting": {"category": "field", "importance": 1, "target_level": 3},
}

# Skill: own level at eight quarter ends, enjoyment, and what shows it since 2026.
SELF_LEVELS: dict[str, tuple[tuple[int, ...], int, str]] = {
    "Data modelling": ((3, 3, 3, 3, 4, 4, 4, 4), 4, "The customer model is used by three teams"),
    "Forecasting": ((2, 2, 3, 3, 3, 3, 3, 4), 5, "The winter forecast was off by 4 %"),
    "Dashboards": ((4, 4, 4, 4, 4, 4, 4, 4), 2, "Three colleagues run them now"),
    "Cloud design": ((1, 1, 1, 2, 2, 2, 2, 3), 4, "Nine of twelve modules passed"),
    "Python": ((3, 3, 3, 3, 3, 4, 4, 4), 4, ""),
    "Delegation": ((2, 3, 3, 3, 3, 3, 4, 4), 3, "The dashboards were handed over"),
    "Stakeholder talks": ((3, 3, 3, 3, 4, 4, 4, 4), 4, "The controller plans a week earlier"),
    "Public speaking": ((1, 1, 2, 2, 2, 2, 2, 2), 3, ""),
    "Coaching": ((2, 2, 2, 2, 2, 3, 3, 3), 5, "Three people trained"),
    "Writing": ((3, 3, 3, 3, 3, 3, 3, 4), 4, "Seven monthly notes"),
    "Budgeting": ((1, 1, 1, 2, 2, 2, 2, 2), 1, ""),
    "Month-end reporting": ((4, 4, 4, 4, 4, 4, 4, 4), 1, "Every month since 2023"),
}

OTHERS_RATINGS = (
    ("Delegation", "peer", "A", d("2026-08-28"), 3), ("Delegation", "peer", "B", d("2026-08-29"), 3),
    ("Delegation", "peer", "C", d("2026-08-29"), 2), ("Delegation", "peer", "D", d("2026-09-01"), 3),
    ("Delegation", "peer", "E", d("2026-09-02"), 3), ("Public speaking", "peer", "A", d("2026-08-28"), 3),
    ("Public speaking", "peer", "B", d("2026-08-29"), 4), ("Public speaking", "peer", "C", d("2026-08-29"), 3),
    ("Stakeholder talks", "manager", "Ingrid Solheim", d("2026-07-10"), 4), ("Data modelling", "manager", "Ingrid Solheim", d("2026-07-10"), 4),
    ("Writing", "manager", "Ingrid Solheim", d("2026-07-10"), 4), ("Coaching", "report", "Jonas", d("2026-09-03"), 4),
    ("Forecasting", "peer", "D", d("2026-09-01"), 4),
)  # fmt: skip

HAVN = "Havn Logistics"
_PEOPLE = (
    # name, organisation, role, relationship, closeness, cadence, met, met where, strong in
    ("Ingrid Solheim", HAVN, "Chief operating officer", "manager", 4, 30, "2023-02-01", "at work", ("Budgeting", "Stakeholder talks")),
    ("Tomasz Wiśniewski", HAVN, "Controller", "colleague", 4, 45, "2023-03-10", "at work", ("Budgeting",)),
    ("Leila Haddad", HAVN, "Data engineer", "colleague", 5, None, "2023-02-01", "at work", ("Cloud design", "Python")),
    ("Jonas Vester", HAVN, "Junior analyst", "someone I help", 4, 30, "2024-09-02", "at work", ()),
    ("Priya Raman", HAVN, "Warehouse lead", "colleague", 3, 60, "2024-11-20", "at work", ("Delegation",)),
    ("Oskar Lindqvist", HAVN, "Head of planning", "colleague", 3, 90, "2023-06-01", "at work", ("Forecasting",)),
    ("Amara Diallo", HAVN, "Customer service lead", "colleague", 3, None, "2024-01-15", "at work", ("Coaching",)),
    ("Henrik Brandt", HAVN, "Analyst", "colleague", 3, None, "2023-05-01", "at work", ("Dashboards",)),
    ("Sofia Marques", HAVN, "Product owner", "colleague", 3, None, "2024-03-01", "at work", ("Stakeholder talks",)),
    ("Bela Kovács", HAVN, "Analyst", "colleague", 2, None, "2024-05-01", "at work", ()),
    ("Ruth Ellery", "Tideway Energy", "Head of Data", "mentor", 5, 45, "2021-05-20", "a conference in Bergen", ("Delegation", "Stakeholder talks")),
    ("Daniel Osei", "Nordlys Bank", "Director of Analytics", "sponsor", 4, 60, "2022-10-05", "through Ruth", ("Budgeting",)),
    ("Mei-Ling Chao", "Greenfold", "Head of Data", "peer in my target field", 3, 60, "2025-05-15", "Data & Decisions 2025", ("Forecasting",)),
    ("Elif Yıldız", "Windrose", "Data lead", "peer in my target field", 3, 90, "2025-05-15", "Data & Decisions 2025", ("Public speaking",)),
    ("Fionn Ó Briain", "Carbonleaf", "Founder", "peer in my target field", 2, 90, "2026-05-21", "Climate Data Days", ()),
    ("Noor van Dijk", "Greenfold", "Analytics engineer", "peer in my target field", 2, 120, "2026-05-21", "Climate Data Days", ("Cloud design",)),
    ("Samuel Achterberg", "Windrose", "Recruiter", "recruiter", 2, None, "2026-02-11", "a message", ()),
    ("Carla Bianchi", "Brede Retail", "Head of Finance", "former colleague", 4, 90, "2019-09-01", "at work", ("Budgeting", "Writing")),
    ("Viktor Sandahl", "Brede Retail", "Analyst", "former colleague", 3, None, "2019-09-01", "at work", ("Dashboards",)),
    ("Hana Novotná", "Freelance", "Speaker coach", "former colleague", 3, 120, "2020-02-01", "at work", ("Public speaking",)),
    ("Grace Mbeki", "City University", "Lecturer in statistics", "friend", 5, 60, "2016-09-01", "at university", ("Forecasting", "Coaching")),
    ("Liam Keane", "", "", "friend", 5, 45, "2012-08-01", "at school", ()),
    ("Yara Saleh", "Brightgrid", "Operations analyst", "someone I help", 3, 60, "2025-10-02", "meetup", ()),
    ("Anton Reuter", "Brightgrid", "Data scientist", "peer in my target field", 2, None, "2025-10-02", "meetup", ("Python",)),
    ("Isabel Fonseca", "Tideway Energy", "Team lead", "peer in my target field", 3, 90, "2025-11-06", "through Ruth", ("Coaching", "Delegation")),
    ("Peter Lund", "", "", "other", 1, None, "2025-01-20", "a workshop", ()),
    ("Aisha Rahman", "Ministry of Transport", "Statistician", "other", 2, None, "2025-01-20", "a workshop", ("Writing",)),
    ("Wen Zhao", "Carbonleaf", "Chief scientist", "peer in my target field", 1, 90, "2026-09-17", "an introduction by Fionn", ()),
)  # fmt: skip
_BRIEFLY = (
    "Adaeze Nwosu", "Bram Peeters", "Chiara Conti", "Dmitri Pavlov", "Esther Kimani", "Felipe Rojas", "Gudrun Falk", "Hugo Martin", "Ines Carvalho",
    "Jakub Zeman", "Katja Virtanen", "Lotte Madsen", "Marek Dudek", "Nadia Benali", "Omar Farouk", "Paula Schmitt", "Quentin Roy", "Rosa Delgado",
    "Stefan Ivanov", "Tara Quinn", "Umut Demir", "Vera Holm", "Will Ashby", "Zoë Laurent",
)  # fmt: skip
_PLACES = (HAVN, "Brede Retail", "Greenfold", "Windrose", "City University", "Portview", "Nordlys Bank", "")

CONTACTS: dict[str, dict[str, Any]] = {
    name: {
        "organisation": organisation, "role": role, "relationship": relationship, "closeness": closeness, "cadence_days": cadence,
        "met_on": d(met), "met_where": where, "strong": strong,
    }
    for name, organisation, role, relationship, closeness, cadence, met, where, strong in _PEOPLE
}  # fmt: skip
CONTACTS |= {
    name: {"organisation": _PLACES[place % len(_PLACES)], "met_on": d("2024-10-07") + dt.timedelta(days=28 * place), "met_where": "LinkedIn", "closeness": 1 + place % 2, "tags": "linkedin"}
    for place, name in enumerate(_BRIEFLY)
}  # fmt: skip
CONTACTS["Ruth Ellery"] |= {"can_offer": "A summary of how we test forecasts", "can_ask": "How she chose her first two hires", "quiet_since": d("2026-07-20")}
CONTACTS["Daniel Osei"] |= {"can_ask": "What convinced his board", "quiet_since": d("2026-06-25")}
CONTACTS["Carla Bianchi"] |= {"quiet_since": d("2026-05-30")}
CONTACTS["Hana Novotná"] |= {"quiet_since": d("2026-03-20"), "can_offer": "An invitation to our reading group"}
CONTACTS["Elif Yıldız"] |= {"quiet_since": d("2026-06-10")}
CONTACTS["Liam Keane"] |= {"notes": "Birthday in May. Ask about the boat.", "private": True}
CONTACTS["Viktor Sandahl"] |= {"archived_on": d("2026-01-10")}
CONTACTS["Bela Kovács"] |= {"archived_on": d("2025-08-15")}

EVENTS: dict[str, dict[str, Any]] = {
    "Data & Decisions 2025": {"kind": "conference", "starts_on": d("2025-05-14"), "ends_on": d("2025-05-16"), "place": "Aarhus", "purpose": "Meet two people who lead a data team", "attended": True},
    "Forecasting workshop": {"kind": "workshop", "starts_on": d("2025-01-20"), "ends_on": d("2025-01-20"), "place": "Bergen", "purpose": "Learn to judge a forecast", "attended": True},
    "Harbour data meetup": {"kind": "meetup", "starts_on": d("2025-10-02"), "ends_on": d("2025-10-02"), "place": "Bergen", "purpose": "Give a short talk", "attended": True},
    "Climate Data Days": {"kind": "conference", "starts_on": d("2026-05-20"), "ends_on": d("2026-05-22"), "place": "Rotterdam", "purpose": "Find out who does what in climate tech", "attended": True},
    "Nordic Planning Forum": {"kind": "conference", "starts_on": d("2026-11-18"), "ends_on": d("2026-11-19"), "place": "Oslo", "purpose": "Talk to three people who lead planning teams", "attended": False},
}

INTERVIEW = "informational interview"
TALKS: tuple[dict[str, Any], ...] = (
    {"happened_on": d("2025-01-20"), "event": "Forecasting workshop", "people": ("Peter Lund", "Aisha Rahman"), "kind": "event", "direction": "mutual", "summary": "How ministries publish forecasts with their errors"},
    {"happened_on": d("2025-05-15"), "event": "Data & Decisions 2025", "people": ("Mei-Ling Chao", "Elif Yıldız"), "kind": "event", "direction": "mutual", "summary": "Both lead small teams; compared how they set priorities", "follow_up": "Send both the template for our planning round", "follow_up_due": d("2025-05-25"), "follow_up_done_on": d("2025-05-23")},
    {"happened_on": d("2025-06-18"), "planned_on": d("2025-06-18"), "people": ("Mei-Ling Chao",), "kind": INTERVIEW, "direction": "received", "questions": "How did you come to lead a team?\nWhat do you no longer do?", "learned": "She gave up building dashboards in her first month, and was missed by nobody.", "follow_up": "Send a thank-you, and say what you did with the advice", "follow_up_due": d("2025-06-21"), "follow_up_done_on": d("2025-06-20")},
    {"happened_on": d("2025-11-06"), "people": ("Ruth Ellery", "Isabel Fonseca"), "kind": "introduction", "direction": "received", "summary": "Ruth introduced me to Isabel, who leads a team of six"},
    {"happened_on": d("2025-12-03"), "planned_on": d("2025-12-01"), "people": ("Isabel Fonseca",), "kind": INTERVIEW, "direction": "received", "questions": "What was hardest in the first half-year?", "learned": "Weekly half-hours with everyone, even when there is nothing to say.", "follow_up": "Send a thank-you, and say what you did with the advice", "follow_up_due": d("2025-12-06"), "follow_up_done_on": d("2025-12-05")},
    {"happened_on": d("2026-01-22"), "people": (), "kind": "post", "direction": "gave", "summary": "A note on why our close takes nine days"},
    {"happened_on": d("2026-05-21"), "event": "Climate Data Days", "people": ("Fionn Ó Briain", "Noor van Dijk"), "kind": "event", "direction": "mutual", "summary": "Fionn needs someone to look at a supplier list; Noor runs the pipelines at Greenfold", "follow_up": "Send Fionn the article on supplier data", "follow_up_due": d("2026-06-12"), "follow_up_done_on": d("2026-06-11")},
    {"happened_on": d("2026-06-30"), "people": ("Ruth Ellery",), "kind": "conversation", "direction": "received", "summary": "What a sponsor needs to hear", "follow_up": "Send Ruth the reading list on delegation", "follow_up_due": d("2026-07-10")},
    {"happened_on": d("2026-07-14"), "people": ("Fionn Ó Briain",), "kind": "call", "direction": "gave", "summary": "Went through the supplier list with him for an hour"},
    {"happened_on": d("2026-08-06"), "planned_on": d("2026-08-06"), "people": ("Noor van Dijk",), "kind": INTERVIEW, "direction": "received", "questions": "What does a good week look like?\nWhat would you learn first in my place?", "learned": "They hire people who can talk to engineers and to farmers.", "follow_up": "Send a thank-you, and say what you did with the advice", "follow_up_due": d("2026-08-10")},
    {"happened_on": d("2026-08-19"), "people": (), "kind": "post", "direction": "gave", "summary": "What four days instead of nine changed for the controllers"},
    {"happened_on": d("2026-08-20"), "people": ("Aisha Rahman",), "kind": "comment", "direction": "gave", "summary": "On her post about missing data"},
    {"happened_on": d("2026-09-10"), "people": ("Yara Saleh",), "kind": "conversation", "direction": "gave", "summary": "Looked at her application with her", "follow_up": "Ask Samuel whether the post is still open", "follow_up_due": d("2026-10-16")},
    {"happened_on": d("2026-09-17"), "people": ("Fionn Ó Briain", "Wen Zhao"), "kind": "introduction", "direction": "received", "summary": "Fionn wrote to both of us"},
    {"happened_on": d("2026-09-24"), "people": ("Tomasz Wiśniewski", "Oskar Lindqvist", "Priya Raman"), "kind": "conversation", "direction": "mutual", "summary": "Who would gain from one project across planning and the warehouse", "follow_up": "Write one page on the project for Priya", "follow_up_due": d("2026-10-02")},
    {"happened_on": d("2026-10-01"), "people": ("Mei-Ling Chao",), "kind": "note", "summary": "She changes teams in January; ask then"},
    {"planned_on": d("2026-10-20"), "people": ("Wen Zhao",), "kind": INTERVIEW, "questions": "How did you come to this work?\nWhich data do you wish you had?\nWhom else should I talk to?", "follow_up": "Send a thank-you, and say what you did with the advice"},
    {"planned_on": d("2026-10-28"), "people": ("Isabel Fonseca",), "kind": INTERVIEW, "questions": "How did you hand over your first report?\nWhat went wrong?", "follow_up": "Send a thank-you, and say what you did with the advice"},
)  # fmt: skip


def _course(start: str, every: int, values: tuple[float | None, ...], confidence: tuple[int, ...]) -> list[tuple[Any, ...]]:
    return [(d(start) + dt.timedelta(days=every * place), value, confidence[min(place, len(confidence) - 1)]) for place, value in enumerate(values)]


GOALS: tuple[dict[str, Any], ...] = (
    {
        "title": "Earn the cloud architect certification", "why": "The roles I want ask for it, and I enjoy it", "metric": "modules passed", "unit": "modules",
        "baseline": 0, "target": 12, "started_on": d("2026-05-01"), "deadline": d("2026-11-30"), "skill": "Cloud design", "asks": "Leila Haddad", "habit": "change",
        "steps": (("Register", d("2026-05-10"), d("2026-05-04")), ("Pass the practice exam", d("2026-10-25"), None), ("Sit the exam", d("2026-11-24"), None)),
        "check_ins": _course("2026-05-31", 21, (1, 1, 3, 5, 6, 7), (3, 2, 3, 4)) + [(d("2026-10-05"), 9, 4, "Nine of twelve; the practice exam is booked")],
    },
    {
        "title": "Have twelve useful conversations in climate tech", "why": "The roles I want are filled by people who know each other", "metric": "useful conversations",
        "baseline": 0, "target": 12, "started_on": d("2026-07-01"), "deadline": d("2026-12-31"), "habit": "networking",
        "steps": (("List twenty people", d("2026-07-15"), d("2026-07-12")), ("Ask Fionn for two introductions", d("2026-09-10"), d("2026-09-08")), ("Plan the Oslo conference", d("2026-11-01"), None)),
        "check_ins": _course("2026-07-18", 19, (1, 2, 4, 5), (3, 3, 4)) + [(d("2026-10-04"), 6, 3, "Slower in September")],
    },
    {
        "title": "Lead one cross-team project", "why": "I want to know whether I can do the work of a head of data", "started_on": d("2026-06-15"), "deadline": d("2026-12-15"), "skill": "Delegation",
        "asks": "Ruth Ellery", "habit": "goals",
        "steps": (
            ("Write the idea on one page", d("2026-07-01"), d("2026-06-29")), ("Agree the scope with planning", d("2026-08-15"), d("2026-08-21")),
            ("Find a sponsor", d("2026-09-15"), None), ("Name one person a team", d("2026-10-20"), None), ("Hold the first review", d("2026-11-20"), None),
        ),
        "check_ins": [(d("2026-07-20"), None, 4, "Good talk with Oskar"), (d("2026-08-31"), None, 3, "Scope agreed", "No sponsor"), (d("2026-09-27"), None, 2, "Three people like it", "No sponsor")],
    },
    {
        "title": "Give two public talks", "why": "I explain well to five people and freeze before fifty", "metric": "talks", "baseline": 0, "target": 2,
        "started_on": d("2026-02-01"), "deadline": d("2026-10-30"), "skill": "Public speaking", "asks": "Hana Novotná",
        "steps": (("Send one proposal", d("2026-02-20"), d("2026-02-18")), ("Send a second one", d("2026-07-31"), d("2026-08-14")), ("Rehearse with Hana", d("2026-09-30"), None)),
        "check_ins": [(d("2026-03-15"), 0, 3, "Proposal sent"), (d("2026-06-05"), 0, 2, "It was declined", "No time to rehearse"), (d("2026-08-15"), 0, 2), (d("2026-09-28"), 1, 1, "Ten minutes at the harbour meetup", "No time to rehearse")],
    },
    {
        "title": "Cut the month-end close to four days", "why": "Everyone waits for it", "metric": "days", "unit": "days", "baseline": 9, "target": 4,
        "started_on": d("2026-01-05"), "deadline": d("2026-12-31"), "skill": "Stakeholder talks",
        "steps": (("Map every hand-over", d("2026-02-01"), d("2026-01-28")), ("Rebuild the reconciliation", d("2026-06-30"), d("2026-07-24"))),
        "check_ins": [(d("2026-01-31"), 9, 3), (d("2026-03-31"), 8, 3), (d("2026-05-31"), 8, 2, "", "Two customer lists"), (d("2026-06-30"), 6, 4), (d("2026-08-31"), 4, 5), (d("2026-09-30"), 4, 5, "Twice in a row")],
    },
    {
        "title": "Speak Spanish at a simple level", "why": "Half of the warehouse does", "metric": "lessons", "baseline": 0, "target": 40, "started_on": d("2025-11-01"), "deadline": d("2026-08-31"),
        "check_ins": _course("2025-12-01", 45, (5, 11, 15, 16, 22), (4, 3, 2, 2)) + [(d("2026-09-20"), 27, 2, "", "Evenings")],
        "changes": ((d("2026-05-25"), "deadline", "2026-05-31", "2026-08-31"), (d("2026-05-25"), "target", "60", "40")),
    },
    {
        "title": "Write a monthly note on what our data shows", "why": "Writing is how I find out what I think", "metric": "notes", "baseline": 0, "target": 12,
        "started_on": d("2026-01-10"), "deadline": d("2027-01-10"), "skill": "Writing", "check_ins": _course("2026-02-01", 36, (1, 2, 3, 4, 6), (4, 4, 3)) + [(d("2026-08-02"), 7, 3)],
    },
    {"title": "Mentor one junior analyst", "why": "I learned most from being mentored", "metric": "meetings", "baseline": 0, "target": 6, "written": d("2026-10-03"), "started_on": d("2026-11-01"), "deadline": d("2027-04-30"), "skill": "Coaching"},
    {"title": "Get better at saying no", "why": "December was too full", "started_on": d("2026-09-01")},
    {
        "title": "Read twelve books on leadership", "why": "To have words for what I see", "metric": "books", "baseline": 0, "target": 12, "started_on": d("2025-11-01"), "deadline": d("2026-09-30"),
        "status": "done", "closed_on": d("2026-09-18"), "check_ins": _course("2025-12-15", 40, (1, 3, 4, 6, 8, 10), (3, 4)) + [(d("2026-09-18"), 12, 5, "The last one was the best")],
    },
    {
        "title": "Finish the data modelling course", "metric": "units", "baseline": 0, "target": 8, "why": "Our models have grown wild", "started_on": d("2025-03-01"), "deadline": d("2025-12-15"),
        "status": "done", "closed_on": d("2025-12-10"), "skill": "Data modelling", "check_ins": _course("2025-04-01", 50, (1, 2, 4, 5, 7), (3, 4)) + [(d("2025-12-10"), 8, 5)],
    },
    {
        "title": "Publish a small forecasting tool", "metric": "releases", "baseline": 0, "target": 3, "why": "To show how I work", "started_on": d("2025-09-01"), "deadline": d("2026-09-01"),
        "status": "paused", "closed_on": d("2026-04-20"), "skill": "Forecasting", "check_ins": _course("2025-10-15", 60, (0, 1, 1), (3, 2)),
    },
    {
        "title": "Become a certified project manager", "metric": "modules", "baseline": 0, "target": 5, "why": "Someone said that it helps", "started_on": d("2024-11-01"), "deadline": d("2025-10-31"),
        "status": "dropped", "closed_on": d("2025-08-01"), "check_ins": _course("2025-01-15", 60, (1, 1, 1), (2, 1)),
    },
)  # fmt: skip

FEEDBACK: tuple[dict[str, Any], ...] = (
    {"requested_on": d("2025-03-03"), "contact": "Ingrid Solheim", "relationship": "manager", "question": "What should I do more of?", "received_on": d("2025-03-10"), "went_well": "Careful and complete.", "to_improve": "Say earlier what you think.", "skill": "Stakeholder talks", "reflection": "I wait until I am sure.", "reflected_on": d("2025-03-14"), "decision": "act", "decided_on": d("2025-03-14"), "action": "Speak in the first ten minutes", "acted_on": d("2025-04-02"), "followed_up_on": d("2025-05-05")},
    {"requested_on": d("2025-09-08"), "contact": "Carla Bianchi", "relationship": "former colleague", "question": "What was I known for at Brede?", "received_on": d("2025-09-20"), "went_well": "People trusted your numbers.", "to_improve": "You did everything yourself.", "skill": "Delegation", "first_reaction": "That stung.", "reflection": "She is right, and it is still so.", "reflected_on": d("2025-09-28"), "decision": "act", "decided_on": d("2025-10-01"), "action": "Hand over one report", "acted_on": d("2026-02-15"), "followed_up_on": d("2026-03-01")},
    {"requested_on": d("2026-04-20"), "contact": "Oskar Lindqvist", "relationship": "colleague", "question": "How clear are my forecasts to you?", "reminded_on": d("2026-05-04"), "received_on": d("2026-05-12"), "went_well": "The ranges help.", "to_improve": "Send them a day earlier.", "skill": "Forecasting", "reflection": "Easy to do.", "reflected_on": d("2026-05-15"), "decision": "act", "decided_on": d("2026-05-15"), "action": "Send on Wednesdays", "acted_on": d("2026-05-27")},
    {"requested_on": d("2026-06-02"), "contact": "Sofia Marques", "relationship": "colleague", "question": "What should I stop doing in our meetings?", "declined_on": d("2026-06-08")},
    {"requested_on": d("2026-06-10"), "contact": "Daniel Osei", "relationship": "sponsor", "question": "What would you need to see to back the project?", "due_on": d("2026-06-24")},
    {"requested_on": d("2026-08-24"), "giver": "Five colleagues", "relationship": "peers", "question": "How well do I hand over work?", "received_on": d("2026-09-02"), "went_well": "Everything is well prepared.", "to_improve": "Let us decide how.", "skill": "Delegation", "first_reaction": "I thought I was better at this.", "reflection": "I hand over tasks and keep the decisions.", "reflected_on": d("2026-09-06"), "decision": "act", "decided_on": d("2026-09-08"), "action": "Hand over one outcome, not a task", "goal": "Lead one cross-team project"},
    {"received_on": d("2026-09-21"), "contact": "Tomasz Wiśniewski", "relationship": "colleague", "question": "", "went_well": "Planning a week earlier changes my month.", "skill": "Stakeholder talks", "reflection": "Worth telling others.", "reflected_on": d("2026-09-25")},
    {"requested_on": d("2026-09-29"), "contact": "Jonas Vester", "relationship": "report", "question": "What helps you most when we sit together?", "received_on": d("2026-10-08"), "went_well": "You ask before you explain.", "to_improve": "A little less at a time."},
    {"requested_on": d("2026-10-05"), "contact": "Priya Raman", "relationship": "colleague", "question": "Was the page on the project clear?", "due_on": d("2026-10-19")},
)  # fmt: skip

ITEMS: dict[str, dict[str, Any]] = {
    "Data modelling course": {"kind": "course", "skill": "Data modelling", "status": "done", "started_on": d("2025-03-03"), "finished_on": d("2025-12-08"), "expected_hours": 40},
    "Cloud architect course": {"kind": "certification", "skill": "Cloud design", "status": "doing", "started_on": d("2026-05-04"), "expected_hours": 60},
    "Books on leadership": {"kind": "book", "skill": "Delegation", "status": "done", "started_on": d("2025-11-03"), "finished_on": d("2026-09-18"), "expected_hours": 50},
    "Forecast the winter season with two methods": {"kind": "experiment", "skill": "Forecasting", "status": "doing", "started_on": d("2026-08-10"), "expected_hours": 15},
    "A course on negotiating": {"kind": "course", "skill": "Stakeholder talks", "status": "planned", "expected_hours": 12},
}
TAKEAWAYS = ("", "Start from the question, not from the data", "A boundary is a promise between teams", "Costs follow traffic, not size", "Ask what would change your mind", "")
CREDENTIALS: dict[str, dict[str, Any]] = {
    "Spreadsheet auditing certificate": {"kind": "certification", "provider": "Institute of Controllers", "status": "earned", "started_on": d("2022-01-10"), "earned_on": d("2022-06-01"), "expires_on": d("2026-12-01"), "skill": "Month-end reporting"},
    "Statistics diploma": {"kind": "degree", "provider": "City University", "status": "earned", "earned_on": d("2019-06-30"), "skill": "Forecasting"},
    "First aid at work": {"kind": "course", "status": "earned", "earned_on": d("2023-03-01"), "expires_on": d("2026-03-01")},
    "Cloud architect certification": {"kind": "certification", "provider": "Open Cloud Guild", "status": "in progress", "started_on": d("2026-05-04"), "skill": "Cloud design", "cost": 290},
}  # fmt: skip
TRENDS = (
    ("Forecasts written by machines", "methods", d("2025-02-10"), "Half of what I do on Mondays", "Learn to judge them", ((d("2025-08-01"), "assess", "Good for drafts"), (d("2026-08-05"), "trial", "Runs beside ours"))),
    ("Emission reports for every supplier", "rules", d("2025-06-01"), "Every customer will ask", "Offer to own the data", ((d("2026-02-01"), "assess", "From 2027"),)),
    ("Tables that many teams share", "tools", d("2025-09-15"), "Two customer lists cost us a week", "Bring it into the project", ((d("2026-09-12"), "adopt", "Agreed with planning"),)),
)  # fmt: skip
ACHIEVEMENTS: list[dict[str, Any]] = [
    {"achieved_on": d("2024-12-12"), "title": "Found the error behind two years of wrong stock figures", "result": "Write-offs fell by a third.", "impact": "organisation", "metric": "a third fewer write-offs", "skills": ("Data modelling",)},
    {"achieved_on": d("2025-06-20"), "title": "Ran the planning round for the first time", "result": "Done two days early.", "impact": "team or class", "skills": ("Stakeholder talks",)},
    {"achieved_on": d("2025-10-02"), "title": "Gave a first short talk at the harbour meetup", "result": "Three people wrote afterwards.", "impact": "beyond", "skills": ("Public speaking",)},
    {"achieved_on": d("2025-12-10"), "title": "Finished the data modelling course", "impact": "myself", "skills": ("Data modelling",), "goal": "Finish the data modelling course"},
    {"achieved_on": d("2026-02-27"), "title": "Handed the service dashboards to the service team", "result": "They change them without asking.", "impact": "team or class", "skills": ("Delegation", "Dashboards")},
    {"achieved_on": d("2026-05-29"), "title": "Kept the team's figures running through the move", "result": "No report was late.", "impact": "organisation", "skills": ("Month-end reporting",)},
    {"achieved_on": d("2026-08-14"), "title": "Cut the month-end close from nine days to four", "situation": "Everyone waited nine days for the figures.", "action": "Rebuilt the reconciliation with two accountants.", "result": "The controller now starts planning a week earlier.", "my_part": "The idea, the model and half of the building", "impact": "organisation", "metric": "9 days to 4", "skills": ("Data modelling", "Stakeholder talks"), "goal": "Cut the month-end close to four days", "link": "https://example.org/close"},
    {"achieved_on": d("2026-09-02"), "title": "Trained three colleagues who now run the dashboards alone", "result": "Two hours a week are free for the project.", "impact": "team or class", "metric": "3 colleagues", "skills": ("Coaching",)},
    {"achieved_on": d("2026-09-22"), "title": "Spoke for ten minutes at the harbour meetup", "result": "Two invitations to talk again.", "impact": "beyond", "skills": ("Public speaking",), "goal": "Give two public talks"},
]  # fmt: skip
