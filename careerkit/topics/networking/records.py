"""What is written down about people, conversations and events."""

from __future__ import annotations

from typing import Any

from careerkit.records import Choice, Date, Flag, Integer, Link, LongText, Record, Reference, References, Scale, Text, Words

RELATIONSHIPS = (
    *("mentor", "sponsor", "peer in my target field", "colleague", "former colleague"),
    *("manager", "recruiter", "someone I help", "friend", "other"),
)
INTERVIEW = "informational interview"
KINDS = ("conversation", "call", "message", "event", INTERVIEW, "introduction", "post", "comment", "note")
QUESTIONS = """How did you come to this work?
What does a good week look like, and a bad one?
What do people get wrong about it from outside?
What would you learn first in my place?
Who else should I talk to?"""


class Contact(Record):
    """A person you know, or would like to."""

    table = "contacts"
    noun = "contact"
    named_by = "name"
    rows = (("name", "relationship"), ("organisation", "role"), ("closeness", "cadence_days"), ("can_offer", "can_ask"))

    name = Text(label="Name", help="First and last name help to find them again.", required=True, example="Maya Lindt")
    organisation = Text(label="Organisation", help="Where they work now; empty if nowhere.")
    role = Text(label="Role", help="What they do there.")
    email = Text(label="E-mail", help="Where you write to them.")
    phone = Text(label="Phone", help="Where you call them.")
    link = Link(label="Link", help="A profile or a page.")
    relationship = Choice(
        label="Relationship",
        help="What they are to you today.",
        choices=RELATIONSHIPS,
    )
    closeness = Scale(label="How close are you?", low=1, high=5, ends=("barely", "very"), help="1 barely, 5 very.")
    met_on = Date(label="Met on", help="A rough date is fine.")
    met_where = Text(label="Met where", help="It helps you remember the conversation.")
    cadence_days = Integer(
        label="Be in touch every", unit="days", low=1, high=3650, help="Empty: the usual for how close you are, if you have set one."
    )
    skill_ids = References(label="Strong in", table="skills", help="Skills of yours that they could help with.")
    can_offer = Text(label="What could you offer?", help="An introduction, a text to read, an hour.")
    can_ask = Text(label="What would you like to ask?", help="A question that only they could answer.")
    tags = Words(label="Tags", help="Your own words, separated by semicolons.")
    archived_on = Date(label="Archived on", help="From then on they are kept, and no longer shown as due.")
    notes = LongText(label="Notes", help="What you would like to remember next time.")


class Interaction(Record):
    """A conversation, message or meeting, had or planned; with nobody, one person or several."""

    table = "interactions"
    noun = "conversation"
    rows = (("contact_ids",), ("kind", "direction", "happened_on"), ("summary",), ("follow_up", "follow_up_due"))

    happened_on = Date(label="When was it?", help="Empty while it is only planned.", else_planned="planned_on")
    planned_on = Date(label="Planned for", help="Empty if it was not planned.", ahead=True)
    contact_ids = References(label="With whom?", table="contacts", help="Several people are fine. Type a name that is new to add it.")
    trend_id = Reference(label="About which trend?", help="If you spoke about one that you follow.", table="trends")
    event_id = Reference(label="At which event?", help="If you met at one.", table="events")
    kind = Choice(
        label="What was it?",
        help="Posts, comments and notes do not count as speaking to someone.",
        required=True,
        default="conversation",
        choices=KINDS,
    )
    direction = Choice(label="Who gave?", choices=("gave", "received", "mutual"), help="You gave, received, or both.")
    questions = LongText(label="Your questions", help="One a line.")
    summary = LongText(
        label="What was it about?",
        help="One sentence is plenty.",
        example="Her team is hiring in spring; she asked for my notes on forecasting",
    )
    learned = LongText(label="What did you learn?", help="Something that you would like to find again.")
    follow_up = Text(label="What did you promise?", help="It stays in your promises until it is done.")
    follow_up_due = Date(label="By when?", help="Empty if it can wait.", ahead=True)
    follow_up_done_on = Date(label="Promise kept on", help="Empty while it is open.")

    @classmethod
    def check(cls, values: dict[str, Any]) -> dict[str, str]:
        if not values["happened_on"] and not values["planned_on"]:
            return {"happened_on": "Say when it was, or when it is planned."}
        if values["follow_up_done_on"] and not values["follow_up"]:
            return {"follow_up": "Say what you promised, since it is marked as kept."}
        return {}


class Event(Record):
    """A conference, workshop or meetup."""

    table = "events"
    noun = "event"
    named_by = "name"
    rows = (("name", "kind"), ("starts_on", "ends_on", "place"), ("purpose", "attended"))
    order = (("starts_on", "ends_on", "It ends before it begins"),)

    name = Text(label="Event", help="With its year, if it is a regular one.", required=True)
    kind = Choice(label="Kind", help="What sort of event it is.", choices=("conference", "workshop", "meetup", "other"))
    starts_on = Date(label="Begins", help="Its first day.", ahead=True)
    ends_on = Date(label="Ends", help="Empty if it lasts one day.", ahead=True)
    place = Text(label="Place", help="A town, a house or a page.")
    purpose = Text(label="What do you want from it?", help="One person to meet or one thing to learn is enough.")
    attended = Flag(label="I was there", help="Tick it afterwards.")
