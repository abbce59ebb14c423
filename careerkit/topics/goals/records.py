"""What is written down about goals."""

from __future__ import annotations

from typing import Any

from careerkit import look
from careerkit.records import Choice, Date, Number, Record, Reference, Scale, Text

HABITS = ("assessment", "networking", "change", "goals", "feedback")


class Goal(Record):
    """Something to be achieved by a day."""

    table = "goals"
    noun = "goal"
    named_by = "title"
    rows = (("title",), ("why",), ("metric", "baseline", "target", "deadline"))
    order = (("started_on", "closed_on", "It was closed before its start"),)

    title = Text(
        label="What do you want to achieve?",
        help="Begin with a verb, and say it in three words or more.",
        required=True,
        example="Expand my network in climate tech",
    )
    why = Text(label="Why does it matter?", help="The reason that will still hold in a dull week.")
    metric = Text(label="Measured by", help="What you would count. Leave it empty to follow the steps.", example="useful conversations")
    unit = Text(label="Unit", help="Such as hours, talks or euros.")
    baseline = Number(label="From", help="The number at the start.")
    target = Number(label="To", help="The number to reach.")
    started_on = Date(label="Start", help="It may be in the future.", default="today")
    deadline = Date(label="Deadline", help="The day by which you want to be there.", ahead=True)
    status = Choice(
        label="Status", help="Only active goals are followed.", choices=("active", "done", "paused", "dropped"), default="active"
    )
    closed_on = Date(label="Closed on", help="The day it stopped being active.")
    habit = Choice(label="Habit it strengthens", choices=HABITS, help="If it grew from one of the five habits.")
    skill_id = Reference(label="Skill it builds", help="If it helps one of your skills.", table="skills")
    feedback_id = Reference(label="Feedback it answers", help="If it grew from what someone told you.", table="feedback")
    accountable_to = Reference(label="Who asks you about it?", table="contacts", help="Someone who will want to know.")

    @classmethod
    def check(cls, values: dict[str, Any]) -> dict[str, str]:
        start, deadline, wrong = values["started_on"], values["deadline"], super().check(values)
        if start and deadline and deadline <= start:
            wrong["deadline"] = f"The deadline is not after the start, {look.long_day(start)}. Choose a later day."
        return wrong


class GoalChange(Record):
    """A change of plan: what a goal's field was, and what it became."""

    table = "goal_changes"
    noun = "change of plan"
    rows = (("goal_id", "changed_on"), ("field", "was", "now"))

    changed_on = Date(label="Changed on", help="The day you changed the plan.", required=True, default="today")
    goal_id = Reference(label="Goal", help="The goal whose plan changed.", table="goals", required=True)
    field = Text(label="What changed", required=True, help="The column, such as deadline or target.")
    was = Text(label="Before", help="Empty if there was nothing.")
    now = Text(label="After", help="Empty if it was removed.")


class ActionStep(Record):
    """A step towards a goal."""

    table = "action_steps"
    noun = "step"
    named_by = "title"
    rows = (("goal_id", "title"), ("due_on", "done_on", "owner"))

    goal_id = Reference(label="For which goal?", help="A step belongs to one goal.", table="goals", required=True)
    title = Text(label="What is the step?", help="Something that you could do in one sitting.", required=True, example="Book the mock exam")
    owner = Text(label="Who does it?", help="Empty means you.")
    due_on = Date(label="Due", help="Empty if it can wait.", ahead=True)
    done_on = Date(label="Done on", help="Empty while it is open.")


class CheckIn(Record):
    """Where a goal stood on a day."""

    table = "check_ins"
    noun = "check-in"
    rows = (("goal_id", "checked_on"), ("value", "confidence"), ("note", "blocker"))

    goal_id = Reference(label="Which goal?", help="The goal you look at.", table="goals", required=True)
    checked_on = Date(label="On", help="The day of this look.", required=True, default="today")
    value = Number(label="What is the number now?", help="Leave it empty if the goal follows its steps.")
    confidence = Scale(label="How confident are you?", low=1, high=5, ends=("hardly", "fully"), help="1 hardly, 5 fully.")
    note = Text(label="What happened?", help="One sentence that you will understand in a year.")
    blocker = Text(label="What is in the way?", help="The same word each time shows what keeps coming back.")
