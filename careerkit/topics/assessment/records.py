"""What is written down about skills, roles and how the present one fits."""

from __future__ import annotations

import pandas as pd

from careerkit.records import Choice, Date, LongText, Record, Reference, Scale, Text

LEVEL = "0 not yet, 1 with help, 3 on your own, 5 others learn it from you."
# What each level looks like, where a skill does not say it in its own words.
LEVELS = (
    "not yet",
    "with help",
    "on your own, when it is simple",
    "on your own",
    "also when it is hard",
    "others learn it from you",
)
ENJOYMENT = {1: "drains you", 3: "neither way", 5: "gives you energy"}
FITTING = {1: "not at all", 3: "in part", 5: "fully"}


class Position(Record):
    """A position you hold or held."""

    table = "positions"
    noun = "position"
    named_by = "title"
    rows = (("title", "organisation"), ("started_on", "ended_on"), ("target_role",), ("statement",))
    order = (("started_on", "ended_on", "It ends before it begins"),)

    started_on = Date(label="Since", help="The day you started.")
    ended_on = Date(label="Until", help="Empty while you hold it.")
    title = Text(label="Title", help="As in your contract or profile.", required=True, example="Senior analyst")
    organisation = Text(label="Organisation", help="Where you work or worked.")
    target_role = Text(label="Role you are aiming at", help="Leave it empty until you know.")
    statement = LongText(label="What you stand for in it", help="One or two sentences, in your own words.")


class Skill(Record):
    """Something you can do, or want to be able to do."""

    table = "skills"
    noun = "skill"
    named_by = "name"
    rows = (("name", "category"), ("importance", "target_level"), ("level_anchors",))

    name = Text(label="Skill", help="In words that others would use too.", required=True, example="Delegation")
    category = Text(label="Kind", help="Such as craft, people or field.")
    importance = Scale(label="How much does it matter?", low=1, high=5, ends=("little", "most"), help="1 little, 5 most.")
    target_level = Scale(label="Level you want to reach", low=0, high=5, ends=("not yet", "others learn it from you"), help=LEVEL)
    level_anchors = LongText(label="What the levels look like", help="One line per level, so that a 3 means the same next year.")
    retired_on = Date(label="No longer followed since", help="Its history is kept; it no longer counts as one of your skills.")


class Role(Record):
    """A role you might want."""

    table = "roles"
    noun = "role"
    named_by = "name"
    rows = (("name", "status"), ("why",), ("noted_on", "source"))

    noted_on = Date(label="Noted on", help="When you first thought of it.", default="today")
    name = Text(label="Role", help="As job adverts call it.", required=True, example="Head of Data")
    why = LongText(label="What draws you to it?", help="What you would do all day, and why that appeals to you.")
    status = Choice(
        label="Status", help="How far you are with it.", choices=("exploring", "testing", "chosen", "dropped"), default="exploring"
    )
    source = Text(label="Where its description comes from", help="An advert, a person or a page.")


class RoleTarget(Record):
    """The level of a skill that a role asks for."""

    table = "role_targets"
    noun = "role target"
    rows = (("role_id", "skill_id"), ("level", "importance"))

    role_id = Reference(label="Role", help="The role that asks for it.", table="roles", required=True)
    skill_id = Reference(label="Skill", help="The skill it asks for.", table="skills", required=True)
    level = Scale(label="Level it asks for", low=0, high=5, ends=("not yet", "others learn it from you"), help=LEVEL)
    importance = Scale(label="How much does it matter there?", low=1, high=5, ends=("little", "most"), help="1 little, 5 most.")


class SkillRating(Record):
    """A level of a skill on a day, by yourself or someone else."""

    table = "skill_ratings"
    noun = "rating"
    rows = (("skill_id", "rated_on"), ("level", "enjoyment"), ("evidence",))

    rated_on = Date(label="On", help="The day of the rating.", required=True, default="today")
    skill_id = Reference(label="Skill", help="One skill at a time.", table="skills", required=True)
    rater = Choice(
        label="Who rates?",
        help="Yourself, or their relationship to you.",
        choices=("self", "manager", "peer", "report", "coach", "other"),
        default="self",
        required=True,
    )
    rater_name = Text(label="Their name", help="Empty if it was given without a name.")
    feedback_id = Reference(label="From which feedback?", help="If it came with feedback that you asked for.", table="feedback")
    level = Scale(label="Level", low=0, high=5, required=True, ends=("not yet", "others learn it from you"), help=LEVEL)
    enjoyment = Scale(
        label="How much do you enjoy it?", low=1, high=5, ends=("drains you", "gives you energy"), help="1 drains you, 5 gives you energy."
    )
    evidence = LongText(label="What shows it?", help="Something that happened, with a date if you can.")

    @classmethod
    def listed(cls, frame: pd.DataFrame) -> pd.DataFrame:
        # Peers and others answered on the promise that they are only shown as a mean of three or more.
        return frame[frame["rater"].isin(("self", "manager", "coach"))]


class RoleFit(Record):
    """How one aspect of your role fits you."""

    table = "role_fit"
    noun = "fit"
    named_by = "dimension"
    rows = (("position_id", "dimension"), ("score", "rated_on"), ("note",))

    rated_on = Date(label="On", help="The day it felt that way.", required=True, default="today")
    position_id = Reference(label="Position", help="The position it is about.", table="positions")
    dimension = Text(label="Which aspect?", help="Such as growth, people, workload or meaning.", required=True, example="autonomy")
    score = Scale(label="How well does it fit?", low=1, high=5, required=True, ends=("not at all", "fully"), help="1 not at all, 5 fully.")
    note = Text(label="Why?", help="One sentence that you will understand in a year.")


class Reflection(Record):
    """An answer to a guided question."""

    table = "reflections"
    noun = "reflection"
    named_by = "prompt"
    rows = (("prompt",), ("answer",), ("written_on", "topic"))

    written_on = Date(label="Written on", help="The day you answered.", required=True, default="today")
    topic = Text(label="Topic", help="Such as goals or networking.")
    prompt = Text(label="Question", required=True, help="As it was asked.")
    answer = LongText(label="Your answer", help="As long or short as you like.")
