"""What a coach and a client write down together."""

from __future__ import annotations

from careerkit.record import Choice, Date, Flag, Integer, LongText, Moment, Record, Reference, Text


class Comment(Record):
    """A remark on a record, by either side."""

    table = "comments"
    noun = "comment"
    named_by = "text"
    rows = (("text",), ("author", "written_on"))

    written_on = Date(label="Written on", required=True, default="today")
    author = Text(label="From", required=True)
    about_table = Text(label="Table", name="table")
    record_id = Text(label="Record")
    record_updated_at = Moment(label="Version of the record")
    text = LongText(label="Comment", required=True)
    reply_to = Reference(label="Answer to", table="comments")
    resolved_on = Date(label="Resolved on")


class Assignment(Record):
    """Something a coach asked you to work through."""

    table = "assignments"
    noun = "assignment"
    named_by = "title"
    rows = (("title", "notebook"), ("instructions",), ("given_on", "due_on"))

    given_on = Date(label="Given on", required=True, default="today")
    author = Text(label="From")
    title = Text(label="What is it?", required=True)
    notebook = Text(label="Notebook", help="One of the workbook's, or exercises.")
    instructions = LongText(label="Instructions")
    due_on = Date(label="Due", ahead=True)
    started_on = Date(label="Begun on")
    submitted_on = Date(label="Submitted on")
    done_on = Date(label="Done on")


class Session(Record):
    """A meeting of coach and client."""

    table = "sessions"
    noun = "session"
    rows = (("held_on", "minutes", "attended"), ("agenda",), ("agreed",), ("next_on",))

    held_on = Date(label="Held on", required=True, default="today")
    minutes = Integer(label="How long?", unit="minutes", low=0, high=1440)
    attended = Flag(label="It took place", default=True)
    agenda = LongText(label="What it was about")
    agreed = LongText(label="What was agreed")
    next_on = Date(label="Next one", ahead=True)


class Prompt(Record):
    """A guided question of a coach's or of one's own."""

    table = "prompts"
    noun = "question"
    named_by = "question"
    rows = (("question",), ("topic", "position"), ("help",), ("answer_kind", "choices"))

    topic = Text(label="Topic", required=True)
    position = Integer(label="Place in the order", low=1)
    question = Text(label="Question", required=True)
    help = Text(label="Help", help="One sentence below the question.")
    answer_kind = Choice(label="Answered by", choices=("text", "scale", "choice"), default="text")
    choices = Text(label="Choices", help="With ; between.")
    author = Text(label="From")


class CoachNote(Record):
    """A coach's own note; it lives in the practice folder and never in a workbook."""

    table = "coach_notes"
    noun = "note"
    rows = (("client", "written_on"), ("text",))

    written_on = Date(label="Written on", required=True, default="today")
    client = Text(label="Client", required=True)
    text = LongText(label="Note", required=True)
