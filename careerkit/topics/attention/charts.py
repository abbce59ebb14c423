"""What the list of what needs attention looks like."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from careerkit import look
from careerkit.records.settings import Settings
from careerkit.topics import RECORDS
from careerkit.topics.attention import measures
from careerkit.topics.tables import Tables

SHOWN = 8
# After a long time away, one kind alone would fill the list.
OF_A_KIND = 3
HERE = "00_start_here.ipynb"
# Kind -> the notebook for it, and the words before the record's own.
WHERE = {
    "contact": ("02_networking.ipynb", "Write to"),
    "promise": ("02_networking.ipynb", "You promised:"),
    "step": ("04_goals.ipynb", "Next step:"),
    "check-in": ("04_goals.ipynb", "How is it going?"),
    "goal": ("04_goals.ipynb", "The deadline has passed:"),
    "answer to feedback": ("05_feedback.ipynb", "Remind"),
    "feedback to close": ("05_feedback.ipynb", "Tell them what came of their feedback:"),
    "credential": ("03_learning.ipynb", "Begin the renewal:"),
    "trend": ("03_learning.ipynb", "Look again at"),
    "self-assessment": ("01_assessment.ipynb", "Look again at your"),
    "assignment": ("exercises.ipynb", "Your coach asked for:"),
    "comment": (HERE, "Your coach wrote:"),
}
# The topic of a coach's comment -> the notebook that shows it.
OF_TOPIC = {
    "assessment": "01_assessment.ipynb",
    "networking": "02_networking.ipynb",
    "learning": "03_learning.ipynb",
    "goals": "04_goals.ipynb",
    "feedback": "05_feedback.ipynb",
    "brand": "06_brand.ipynb",
    "review": "07_review.ipynb",
}
NAMES = {
    HERE: "Below",
    "01_assessment.ipynb": "Self-assessment",
    "02_networking.ipynb": "Networking",
    "03_learning.ipynb": "Learning",
    "04_goals.ipynb": "Goals",
    "05_feedback.ipynb": "Feedback",
    "06_brand.ipynb": "Brand",
    "07_review.ipynb": "Review",
    "exercises.ipynb": "Exercises",
}
LONGEST = 90


def list(tables: Tables, on: dt.date, settings: Settings) -> look.Html:
    """Return what is due or slipping, the most urgent first, each with the notebook for it."""
    rows = measures.list(tables, on, settings)
    if rows.empty:
        return look.paragraph(f"Nothing is waiting on {look.long_day(on)}.", "note")
    items = [_item(row, tables) for _, row in _chosen(rows).iterrows()]
    return look.joined([look.listing(items), look.more(len(rows) - SHOWN, "more thing", then="can wait")])


def _chosen(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows shown, the most urgent first: of each kind a few, and more where there is room."""
    later = rows.groupby("kind").cumcount() >= OF_A_KIND
    return rows.assign(later=later).sort_values("later", kind="stable").head(SHOWN).sort_index()


def _item(row: pd.Series, tables: Tables) -> look.Html:
    file, words = _notebook(row, tables), WHERE[row["kind"]][1]
    link = look.Html(f'<a href="{file}">{NAMES[file]}</a>')
    return look.item(words, look.strong(look.short(row["what"], LONGEST)), right=link, below=since(row))


def _notebook(row: pd.Series, tables: Tables) -> str:
    """Return the notebook for something that is due; a coach names another one for each assignment."""
    if row["kind"] not in ("assignment", "comment"):
        return WHERE[row["kind"]][0]
    record = tables[row["table"]].set_index("id").loc[row["record_id"]]
    if row["kind"] == "assignment":
        return notebook_of(record["notebook"])[0]
    topic = RECORDS[record["table"]].__module__.split(".")[-2] if record["table"] in RECORDS else ""
    return OF_TOPIC.get(topic, HERE)


def notebook_of(named: str) -> tuple[str, str]:
    """Return the file and the title of a notebook that a coach named, those of Start here where none has that name."""
    file = f"{named.strip().removesuffix('.ipynb')}.ipynb"
    return (file, NAMES[file]) if file in NAMES else (HERE, NAMES[HERE])


def since(row: pd.Series) -> str:
    """Return 'due today', 'due 15 Oct 2026' or 'since 3 Sep 2026, 39 days', without scolding."""
    days = int(row["days_overdue"])
    if days < 0:
        return f"due {look.day(row['due_on'])}"
    return "due today" if days == 0 else f"since {look.day(row['due_on'])}, {look.count(days, 'day')}"
