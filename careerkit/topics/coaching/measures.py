"""What coach and client owe each other: assignments, and comments that wait for an answer."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit.records import join_list, typed_frame
from careerkit.records.settings import Settings
from careerkit.topics.coaching.records import Assignment, Comment
from careerkit.topics.coaching.threads import grouped, is_owners
from careerkit.topics.tables import Row, Tables, columns
from careerkit.topics.windows import past

SOON = 7
OWNER, COACH = "owner", "coach"
COMMENTS = columns("comment_id table record_id author text: text; written_on: day; waits_for: text; days_waiting: whole; records: text")


def assignments(tables: Tables, on: dt.date) -> pd.DataFrame:
    """Return what a coach asked you to work through, and how far each is; what is due first comes first.

    Formula
    -------
    Assignments given by the day. state, first that holds: done (done_on), submitted (submitted_on), each by the day;
    overdue (the day is after due_on); due soon (due within 7 days, that day included); assigned. days_overdue = day - due_on, below 0
    when not yet due; none without a due day, and none for what was submitted or done, which come last.
    """
    frame, day = Assignment.known(tables["assignments"], on), pd.Timestamp(on)
    late = (day - frame["due_on"]).dt.days.astype("Int64")
    state = pd.Series("assigned", index=frame.index, dtype="str")
    state = state.mask((late >= -SOON).fillna(False), "due soon").mask((late > 0).fillna(False), "overdue")
    state = state.mask(frame["submitted_on"] <= day, "submitted").mask(frame["done_on"] <= day, "done")
    handed = state.isin(("submitted", "done"))
    rows = pd.DataFrame(
        {
            "assignment_id": frame["id"],
            "title": frame["title"],
            "notebook": frame["notebook"],
            "state": state,
            "due_on": frame["due_on"],
            "days_overdue": late.mask(handed),
            "author": frame["author"],
            "started_on": frame["started_on"].where(frame["started_on"] <= day),
            "records": frame["id"],
        }
    )
    order = rows.assign(handed=handed, done=state == "done")
    order = order.sort_values(["handed", "done", "due_on", "assignment_id"], na_position="last", kind="stable")
    return order.drop(columns=["handed", "done"]).reset_index(drop=True)


def comments(tables: Tables, on: dt.date, settings: Settings) -> pd.DataFrame:
    """Return the open comments on your records with their answers, and who is to answer next; the oldest first.

    Formula
    -------
    A comment and all answers to it count as one, open until the first of them is resolved. author, text, written_on are
    those of the latest up to the day. waits_for = coach where the owner of the workbook wrote the latest, else owner.
    days_waiting = day - written_on.
    """
    known = Comment.known(tables["comments"], on)
    found = grouped(known[past(known["written_on"], on)])
    day = pd.Timestamp(on)
    rows = [_comment_row(thread, day, settings.owner) for thread in found if not thread[0]["resolved_on"] <= day]
    return typed_frame(rows, COMMENTS).sort_values(["written_on", "comment_id"], kind="stable", ignore_index=True)


def _comment_row(thread: list[Row], day: pd.Timestamp, owner: str) -> Row:
    first, last = thread[0], thread[-1]
    return {
        "comment_id": first["id"],
        "table": first["table"],
        "record_id": first["record_id"],
        "author": last["author"],
        "text": last["text"],
        "written_on": last["written_on"],
        "waits_for": COACH if is_owners(last["author"], owner) else OWNER,
        "days_waiting": (day - last["written_on"]).days,
        "records": join_list(row["id"] for row in thread),
    }
