"""One page before a meeting with a client, and a text to send after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from careerkit import look
from careerkit.coach.client_copy import TOGETHER, ClientCopy
from careerkit.coach.roster import GOALS, NOT_SHARED
from careerkit.records import FormPlan, Record, is_blank
from careerkit.sharing.audience import PRIVATE
from careerkit.sharing.selection import TOPICS
from careerkit.topics import RECORDS
from careerkit.topics.coaching.records import Session
from careerkit.topics.labels import described
from careerkit.topics.letters import Letter

SHOWN = 5
# Sessions that one may still want to write about.
LATEST = 6
HANDED_IN = ("submitted", "done")

Row = dict[str, Any]


def form_plan(copy: ClientCopy) -> FormPlan:
    """Return the form in which a coach writes down a session; it lists the coach's own."""
    return FormPlan(
        Session,
        rows=(("held_on", "minutes", "next_on"), ("agenda",), ("agreed",), ("attended",)),
        choose=False,
        more=False,
        among=lambda frame: frame[frame["id"].map(copy.is_own).astype("bool")],
    )


def sessions(copy: ClientCopy) -> list[Row]:
    """Return the sessions that took place, one a day, the coach's words before the client's; the latest first."""
    frame = copy.tables()["sessions"]
    held = frame[(frame["held_on"] <= pd.Timestamp(copy.today)) & frame["attended"]]
    rows = sorted(held.to_dict("records"), key=lambda row: (row["held_on"], copy.is_own(row["id"])), reverse=True)
    return list({row["held_on"]: row for row in reversed(rows)}.values())[::-1]


def briefing(copy: ClientCopy, notes: pd.DataFrame) -> look.Html:
    """Return what to know before meeting a client."""
    past = sessions(copy)
    since = past[0]["held_on"] if past else None
    parts = [
        _head(copy, past),
        *_titled("Their question", _question(copy, since)),
        *_titled("Agreed, and done", _agreed(copy, past)),
        *_titled(f"What changed since {look.day(since)}" if since else "What is there", _changes(copy, since)),
        *_titled("Assignments", _assignments(copy)),
        *_titled(
            "Your notes, which stay with you",
            [look.dated(look.day(row["written_on"]), row["text"]) for row in notes.head(SHOWN).to_dict("records")],
        ),
    ]
    return look.joined(parts)


def _titled(title: str, told: Sequence[look.Html]) -> list[look.Html]:
    return [look.heading(title), *told] if told else []


def _head(copy: ClientCopy, past: list[Row]) -> look.Html:
    shared = copy.shared
    when = f"Shared last on {look.long_day(shared.on)}." if shared.on else "Nothing was shared yet."
    last = f" You met last on {look.long_day(past[0]['held_on'])}." if past else " This will be your first session."
    return look.joined([look.Html(f"<h2>{look.text(copy.name)}</h2>"), look.paragraph(f"{when}{last}", "note")])


def _question(copy: ClientCopy, since: Any) -> list[look.Html]:
    """Return the agenda that the client wrote for the next session, else the latest answer to a question since the last one."""
    tables = copy.tables()
    own = tables["sessions"]
    own = own[~own["id"].map(copy.is_own).astype("bool") & (own["agenda"].str.strip() != "")]
    ahead = own[own["held_on"] > (since if since is not None else pd.Timestamp.min)].sort_values("held_on")
    if len(ahead):
        row = ahead.iloc[-1]
        return [look.dated(look.day(row["held_on"]), row["agenda"])]
    answers = tables["reflections"]
    answers = answers[(answers["answer"].str.strip() != "") & (answers["written_on"] >= (since if since is not None else pd.Timestamp.min))]
    if len(answers):
        row = answers.sort_values(["written_on", "id"]).iloc[-1]
        return [look.paragraph(look.strong(row["prompt"])), look.dated(look.day(row["written_on"]), row["answer"])]
    return [look.paragraph(f"{copy.name} has not written one. Ask at the start: what would make this hour worth it?", "note")]


def _agreed(copy: ClientCopy, past: list[Row]) -> list[look.Html]:
    """Return what was agreed last time, and what was done since."""
    if not past:
        return []
    since, words = past[0]["held_on"], past[0]["agreed"].strip()
    told = [look.dated(look.day(since), words) if words else look.paragraph("Nothing was written down.", "note")]
    done = [*_assignments_since(copy, since), *_steps_since(copy, since)]
    kept = look.listed([f"“{title}”" for title in done]) if done else "nothing that the records show"
    return [*told, look.paragraph(f"Done since then: {kept}.")]


def _assignments_since(copy: ClientCopy, since: Any) -> Iterator[str]:
    for row in copy.tables()["assignments"].to_dict("records"):
        if row["submitted_on"] >= since or row["done_on"] > since:
            yield row["title"]


def _steps_since(copy: ClientCopy, since: Any) -> Iterator[str]:
    for row in copy.tables()["action_steps"].to_dict("records"):
        if row["done_on"] >= since:
            yield row["title"] or "a step"


def _changes(copy: ClientCopy, since: Any) -> list[look.Html]:
    tables = copy.tables()
    lines = _moved(copy, since) if since is not None else []
    begun = since + pd.Timedelta(days=1) if since is not None else pd.Timestamp.min
    for table, frame in tables.items():
        if table in TOGETHER or table == "goal_changes" or not len(frame):
            continue
        new, changed = frame[frame["created_at"] >= begun], frame[(frame["created_at"] < begun) & (frame["updated_at"] >= begun)]
        lines += [line for what, rows in (("new", new), ("changed", changed)) if (line := _line(copy, table, what, rows))]
    after = [look.paragraph(kept, "note")] if (kept := _kept_back(copy)) else []
    if not lines:
        return [look.paragraph("Nothing that was shared.", "note"), *after]
    return [look.Html(f'<ul class="ck-list">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'), *after]


def _kept_back(copy: ClientCopy) -> str:
    """Return what stayed with the client, in a sentence or two."""
    shared = copy.shared
    topics = {RECORDS[table].__module__.split(".")[-2] for table in shared.tables if table in RECORDS}
    missing = [topic for topic in TOPICS if topic not in topics]
    private = shared.withheld.get(PRIVATE, 0)
    told = [f"Not shared: {look.listed(missing)}."] if missing and shared.on else []
    return " ".join([*told, *([f"{look.count(private, 'private record')} stayed with {copy.name}."] if private else [])])


def _line(copy: ClientCopy, table: str, what: str, rows: pd.DataFrame) -> str:
    if not len(rows):
        return ""
    record = RECORDS[table]
    latest = rows.sort_values(["updated_at", "id"], ascending=False).head(SHOWN)
    names = [label(row, record, copy) for _, row in latest.iterrows()]
    more = f" and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    head = look.strong(look.count(len(rows), f"{what} {record.noun}", "" if record.noun != "feedback" else f"{what} feedback"))
    return f"{head} {look.muted(' · '.join(names) + more)}"


def label(row: Any, record: type[Record], copy: ClientCopy) -> str:
    """Return how one recognises a row: by its name, else by its day."""
    named = str(row[record.named_by]).strip() if record.named_by else ""
    return named or described(row, record, copy.read)


def _moved(copy: ClientCopy, since: Any) -> list[str]:
    """Return the goals whose status is another than at the last session."""
    if not copy.shared.has(GOALS):
        return []
    now, then = copy.measure("goals.pace"), copy.measure("goals.pace", on=since.date()).set_index("goal_id")["status"]
    moved = now[now["goal_id"].map(lambda key: key in then.index and then[key] != now.set_index("goal_id")["status"][key]).astype("bool")]
    return [
        f"{look.strong(row['title'] or 'a goal')} {look.muted(f'was {then[row.goal_id]}, is')} {look.chip(row['status'])}"
        for _, row in moved.iterrows()
    ]


def _assignments(copy: ClientCopy) -> list[look.Html]:
    frame = copy.measure("coaching.assignments")
    if frame.empty:
        return [
            look.paragraph(
                "None was given yet." if "assignments" in copy.shared.tables else f"None that you gave, or {NOT_SHARED}.", "note"
            )
        ]
    waiting = frame[frame["state"] != "done"]
    rows = [(look.strong(row["title"]), row["state"], look.day(row["due_on"])) for _, row in waiting.iterrows()]
    done = int((frame["state"] == "done").sum())
    told = [look.table(("Assignment", "State", "Due"), rows, "Assignments that are open")] if rows else []
    return [*told, *([look.paragraph(f"{done} done before.", "note")] if done else [])]


# -- a text to send


def letter(copy: ClientCopy, coach: str) -> Letter:
    """Return the text to send after a session with a client."""
    return Letter(
        title="To send after the session",
        recipients=lambda tables, on, settings: [(row["id"], look.day(row["held_on"])) for row in sessions(copy)[:LATEST]],
        text=lambda tables, on, settings, key: _written(copy, coach, key),
        empty="Save the session above; then its text appears here.",
        choose="Which session?",
    )


def _written(copy: ClientCopy, coach: str, key: str) -> str:
    row = next(each for each in sessions(copy) if each["id"] == key)
    first = copy.name.split()[0]
    when = "today" if row["held_on"].date() == copy.today else f"on {look.long_day(row['held_on'])}"
    lines = [f"Hello {first},", "", f"Thank you for our talk {when}."]
    lines += ["", "What we agreed:", row["agreed"].strip()] if row["agreed"].strip() else []
    frame = copy.measure("coaching.assignments")
    waiting = frame[~frame["state"].isin(HANDED_IN)]
    if len(waiting):
        lines += ["", "Until we meet again:"]
        lines += [
            f"- {each['title']}{'' if is_blank(each['due_on']) else f', by {look.long_day(each.due_on)}'}" for _, each in waiting.iterrows()
        ]
    lines += ["", f"We meet next on {look.long_day(row['next_on'])}."] if not is_blank(row["next_on"]) else []
    return "\n".join([*lines, "", "If I got something wrong, tell me.", "", coach]).strip()
