"""What is written down about people, conversations and events."""

from __future__ import annotations

from typing import Any

from careerkit import look
from careerkit.record import Choice, Date, Flag, Integer, Link, LongText, Record, Reference, References, Scale, Text, Words


class Contact(Record):
    """A person you know, or would like to."""

    table = "contacts"
    noun = "contact"
    named_by = "name"
    rows = (("name", "relationship"), ("organisation", "role"), ("closeness", "cadence_days"), ("can_offer", "can_ask"))

    name = Text(label="Name", required=True, example="Maya Lindt")
    organisation = Text(label="Organisation")
    role = Text(label="Role")
    email = Text(label="E-mail")
    phone = Text(label="Phone")
    link = Link(label="Link", help="A profile or a page.")
    relationship = Choice(
        label="Relationship",
        choices=(
            "mentor", "sponsor", "peer in my target field", "colleague", "former colleague", "manager", "recruiter",
            "someone I help", "friend", "other",
        ),
    )  # fmt: skip
    closeness = Scale(label="How close are you?", low=1, high=5, ends=("barely", "very"), help="1 barely, 5 very.")
    met_on = Date(label="Met on")
    met_where = Text(label="Met where")
    cadence_days = Integer(label="Be in touch every", unit="days", low=1, high=3650, help="Empty means no reminder.")
    skill_ids = References(label="Strong in", table="skills", help="Skills of yours that they could help with.")
    can_offer = Text(label="What could you offer?", help="An introduction, a text to read, an hour.")
    can_ask = Text(label="What would you like to ask?")
    tags = Words(label="Tags", help="Your own words, with ; between.")
    archived_on = Date(label="Archived on", help="From then on they are kept, and no longer shown as due.")
    notes = LongText(label="Notes")


class Interaction(Record):
    """A conversation, message or meeting, had or planned; with nobody, one person or several."""

    table = "interactions"
    noun = "conversation"
    rows = (("contact_ids",), ("kind", "direction", "happened_on"), ("summary",), ("follow_up", "follow_up_due"))

    happened_on = Date(label="When was it?")
    planned_on = Date(label="Planned for", ahead=True)
    contact_ids = References(label="With whom?", table="contacts", help="Several people are fine. Type a name that is new to add it.")
    trend_id = Reference(label="About which trend?", table="trends")
    event_id = Reference(label="At which event?", table="events")
    kind = Choice(
        label="What was it?", required=True, default="conversation",
        choices=(
            "conversation", "call", "message", "event", "informational interview", "introduction", "post", "comment", "note",
        ),
    )  # fmt: skip
    direction = Choice(label="Who gave?", choices=("gave", "received", "mutual"), help="You gave, received, or both.")
    questions = LongText(label="Your questions", help="One a line.")
    summary = LongText(label="What was it about?", example="Her team is hiring in spring; she asked for my notes on forecasting")
    learned = LongText(label="What did you learn?")
    follow_up = Text(label="What did you promise?", help="It stands under your promises until it is done.")
    follow_up_due = Date(label="Until when?", ahead=True)
    follow_up_done_on = Date(label="Promise kept on")

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

    name = Text(label="Event", required=True)
    kind = Choice(label="Kind", choices=("conference", "workshop", "meetup", "other"))
    starts_on = Date(label="Begins", ahead=True)
    ends_on = Date(label="Ends", ahead=True)
    place = Text(label="Place")
    purpose = Text(label="What do you want from it?", help="One person to meet or one thing to learn is enough.")
    attended = Flag(label="I was there")

    @classmethod
    def check(cls, values: dict[str, Any]) -> dict[str, str]:
        start, end = values["starts_on"], values["ends_on"]
        if start and end and end < start:
            return {"ends_on": f"It ends before it begins, {look.long_day(start)}. Choose a later day."}
        return {}
