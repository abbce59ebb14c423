"""What a coach and a client write down together."""

from __future__ import annotations

from careerkit.records import Choice, Date, Flag, Integer, LongText, Moment, Record, Reference, Text


class Comment(Record):
    """A remark on a record, by either side."""

    table = "comments"
    noun = "comment"
    named_by = "text"
    rows = (("text",), ("author", "written_on"))

    written_on = Date(label="Written on", help="The day it was written.", required=True, default="today")
    author = Text(label="From", help="Who wrote it.", required=True)
    about_table = Text(label="Table", help="The table of the record it is about.", name="table")
    record_id = Text(label="Record", help="The record it is about.")
    record_updated_at = Moment(label="Version of the record", help="When that record last changed.")
    text = LongText(label="Comment", help="A question often helps more than advice.", required=True)
    reply_to = Reference(label="Answer to", help="If it answers another comment.", table="comments")
    resolved_on = Date(label="Resolved on", help="Empty while it is open.")


class Assignment(Record):
    """Something a coach asked you to work through."""

    table = "assignments"
    noun = "assignment"
    named_by = "title"
    rows = (("title", "notebook"), ("instructions",), ("given_on", "due_on"))

    given_on = Date(label="Given on", help="The day it was given.", required=True, default="today")
    author = Text(label="From", help="Who gave it.")
    title = Text(label="What is it?", help="In a few words.", required=True)
    notebook = Text(label="Notebook", help="One of the workbook's, or exercises.")
    instructions = LongText(label="Instructions", help="What to do, and how to tell that it is done.")
    due_on = Date(label="Due", help="Empty if there is no hurry.", ahead=True)
    started_on = Date(label="Started on", help="Empty until you begin.")
    submitted_on = Date(label="Submitted on", help="Empty until you hand it in.")
    done_on = Date(label="Done on", help="Empty until both agree that it is done.")


class Session(Record):
    """A meeting of coach and client."""

    table = "sessions"
    noun = "session"
    rows = (("held_on", "minutes", "attended"), ("agenda",), ("agreed",), ("next_on",))

    held_on = Date(label="Day of the session", help="A past one, or the one to come.", required=True, default="today")
    minutes = Integer(label="How long?", help="As long as it took.", unit="minutes", low=0, high=1440)
    attended = Flag(label="It took place", help="Leave it empty if it fell through.", default=True)
    agenda = LongText(label="What is it about?", help="What you want to talk about.")
    agreed = LongText(label="What was agreed", help="Who does what until next time.")
    next_on = Date(label="Next one", help="Empty if none is planned.", ahead=True)


class Prompt(Record):
    """A guided question of a coach's or of one's own."""

    table = "prompts"
    noun = "question"
    named_by = "question"
    rows = (("question",), ("topic", "position"), ("help",), ("answer_kind", "choices"))

    topic = Text(label="Topic", help="Such as goals or networking.", required=True)
    position = Integer(label="Place in the order", help="1 comes first.", low=1)
    question = Text(label="Question", help="One question at a time.", required=True)
    help = Text(label="Help", help="One sentence below the question.")
    answer_kind = Choice(
        label="Answered by", help="Text, a scale from 1 to 5, or a choice.", choices=("text", "scale", "choice"), default="text"
    )
    choices = Text(label="Choices", help="Separate them with semicolons.")
    author = Text(label="From", help="Who asks it.")


class CoachNote(Record):
    """A coach's own note; it lives in the practice folder and never in a workbook."""

    table = "coach_notes"
    noun = "note"
    rows = (("client", "written_on"), ("text",))

    written_on = Date(label="Written on", help="The day it was written.", required=True, default="today")
    client = Text(label="Client", help="Who it is about.", required=True)
    text = LongText(label="Note", help="For yourself; no client sees it.", required=True)
