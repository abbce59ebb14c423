"""What is written down about feedback, from asking to telling the giver."""

from __future__ import annotations

from careerkit.records import Choice, Date, LongText, Record, Reference, Text


class Feedback(Record):
    """Feedback asked for or given unasked, and what became of it."""

    table = "feedback"
    noun = "feedback"
    named_by = "question"
    rows = (("contact_id", "giver"), ("question",), ("requested_on", "due_on", "received_on"), ("went_well",), ("to_improve",))
    order = (("requested_on", "received_on", "It came before it was asked for"),)

    requested_on = Date(label="Asked on", help="Empty when it came unasked.")
    giver = Text(label="From whom?", help="If they are not among your contacts.")
    contact_id = Reference(label="From which contact?", help="If they are among your contacts.", table="contacts")
    relationship = Text(label="How do they work with you?", help="Such as peer, manager or client.")
    question = LongText(
        label="What do you ask?",
        help="One question that can be answered from memory.",
        example="What should I do less of in our meetings?",
    )
    due_on = Date(label="Answer hoped for by", help="Two weeks are usual.", ahead=True)
    reminded_on = Date(label="Reminded on", help="One friendly reminder is enough.")
    received_on = Date(label="Received on", help="Empty while you wait.")
    declined_on = Date(label="Declined on", help="If they would rather not.")
    went_well = LongText(label="What went well", help="In their words.")
    to_improve = LongText(label="What could be better", help="In their words.")
    skill_id = Reference(label="About which skill?", help="The one it says most about.", table="skills")
    first_reaction = LongText(label="Your first reaction", help="For you alone. It never leaves this workbook.", never_leaves=True)
    reflection = LongText(label="What part of it is useful?", help="A day later is soon enough.")
    reflected_on = Date(label="Thought over on", help="The day you thought about it.")
    decision = Choice(label="What will you do?", help="Not now is an answer too.", choices=("act", "keep doing", "not now"))
    decided_on = Date(label="Decided on", help="The day you decided.")
    action = Text(label="The first thing you will do", help="Small enough for this week.")
    goal_id = Reference(label="Goal it became", help="If you made one of it.", table="goals")
    acted_on = Date(label="Acted on", help="The day you did it.")
    followed_up_on = Date(label="Told the giver on", help="The day you told them what became of it.")
