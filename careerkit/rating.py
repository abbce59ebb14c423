"""All skills on one page: a level, an enjoyment and a line of evidence each, and one save for those touched."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from typing import Any, Protocol

import ipywidgets as widgets
import pandas as pd

from careerkit import look, parts
from careerkit.errors import CareerkitError
from careerkit.forms import Book, guarded
from careerkit.record import is_blank
from careerkit.topics.assessment.records import ENJOYMENT, LEVELS, SkillRating

DRAFT = "rating"
ASKED = ("level", "enjoyment", "evidence")


class RatingBook(Book, Protocol):
    """A book that also saves several records at once."""

    def add_many(self, table: str, records: Iterable[dict[str, Any]]) -> list[str]: ...


class Line(widgets.VBox):
    """One skill: its anchors and last rating, and what is to be filled in.

    Parameters
    ----------
    typed : callable
        Called back on each change.
    """

    def __init__(self, typed: Callable[[], None]) -> None:
        self.head, self.anchors, self.wrong = parts.html("", "skill"), parts.html("", "help", "anchors"), parts.html("", "help", "wrong")
        self.level = self._steps("level", range(6))
        self.enjoyment = self._steps("enjoyment", range(1, 6))
        self.evidence = widgets.Text(placeholder="What shows it?", **parts.shared(widgets.Text))
        asked = [parts.column([each], "field") for each in (self.level, self.enjoyment, self.evidence)]
        super().__init__([parts.line([self.head, *asked], "rateline"), self.anchors, self.wrong], **parts.shared(widgets.VBox))
        self.add_class("ck-rate")
        for name in ASKED:
            getattr(self, name).observe(lambda _: typed(), names="value")
        self.say("")

    def _steps(self, name: str, steps: range) -> widgets.ToggleButtons:
        words = dict(enumerate(LEVELS)) if name == "level" else ENJOYMENT
        tips = ["nothing chosen", *(f"{name} {step}{': ' + words[step] if step in words else ''}" for step in steps)]
        options = [("–", ""), *((str(step), str(step)) for step in steps)]
        return parts.marked(
            widgets.ToggleButtons(options=options, value="", tooltips=tips, **parts.shared(widgets.ToggleButtons)), f"rate-{name}"
        )

    def tell(self, skill: pd.Series, last: pd.Series | None) -> None:
        """Say which skill it is, what its levels look like in one's own words, and how it was rated last."""
        self.head.value = f"{look.strong(skill['name'])}<br>{look.muted(_last_said(last))}"
        self.evidence.tooltip = f"What shows it: {skill['name']}"
        own = [line.strip() for line in skill["level_anchors"].splitlines() if line.strip()]
        self.anchors.value = look.text(" · ".join(own))
        parts.show(self.anchors, bool(own))

    def say(self, wrong: str) -> None:
        """Show what is wrong, if anything."""
        self.wrong.value = look.text(wrong)
        parts.show(self.wrong, bool(wrong))

    @property
    def value(self) -> dict[str, str]:
        """What was filled in."""
        return {name: getattr(self, name).value.strip() for name in ASKED}

    @value.setter
    def value(self, filled: dict[str, str]) -> None:
        for name in ASKED:
            getattr(self, name).value = filled.get(name, "")


def _last_said(last: pd.Series | None) -> str:
    if last is None:
        return "not rated yet"
    joy = "" if is_blank(last["enjoyment"]) else f", enjoyment {last['enjoyment']}"
    return f"level {last['level']}{joy} on {look.day(last['rated_on'])}"


class RatingPage(widgets.VBox):
    """Rate every skill that is followed; those left untouched are left out."""

    def __init__(self, book: RatingBook) -> None:
        self.book = book
        self.lines: dict[str, Line] = {}
        self.said, self.intro = parts.Said(), parts.html()
        self.heads = parts.html(_heads(), "rateheads")
        self.body = parts.column((), "rates")
        self.rated_on = widgets.DatePicker(description="Rated on", **parts.shared(widgets.DatePicker))
        self.new_name = widgets.Text(description="Add a skill", placeholder="Its name", **parts.shared(widgets.Text))
        self.save_button = parts.button("Save ratings", self._save, "primary")
        self.undo_button = parts.button("Undo", self._undo, "link")
        parts.show(self.undo_button, False)
        self.day_field = parts.column([self.rated_on], "field")
        self.bar = parts.line([self.save_button, parts.button("Clear", self._clear, "quiet"), self.said, self.undo_button], "actions")
        adding = parts.line([parts.column([self.new_name], "field"), parts.button("Add", self._add, "quiet")], "actions", "rateadd")
        card = parts.column([self.intro, self.heads, self.body, adding, self.day_field, self.bar], "form", "ratepage")
        super().__init__([card], **parts.shared(widgets.VBox))
        self.add_class("ck")
        self._loading = True
        self.rated_on.value = book.today
        self.refresh()
        self._take_up(book.drafts.get(DRAFT))
        self._loading = False
        self.rated_on.observe(lambda _: self._typed(), names="value")
        # A Text tells of Enter only so; see fields.Picker.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            self.new_name.on_submit(lambda _: self._add())

    def refresh(self) -> None:
        """Take in skills that came or went and ratings saved elsewhere; what is filled in stays."""
        skills, last = self._skills(), self._last()
        kept, was = self.lines, self._loading_off()
        self.lines = {key: kept.get(key) or Line(self._typed) for key in skills["id"]}
        for _, skill in skills.iterrows():
            self.lines[skill["id"]].tell(skill, last.get(skill["id"]))
        if list(kept) != list(self.lines) or not self.lines:
            self.body.children = list(self._grouped(skills))
        self._show_state()
        self._loading = was

    def _loading_off(self) -> bool:
        was, self._loading = getattr(self, "_loading", False), True
        return was

    def _skills(self) -> pd.DataFrame:
        skills = self.book.read("skills")
        followed = skills[~(skills["retired_on"] <= pd.Timestamp(self.book.today))]
        order = {kind: place for place, kind in enumerate(dict.fromkeys(followed["category"].str.strip()))}
        placed = followed.assign(kind=followed["category"].str.strip().map(order))
        return placed.sort_values(["kind", "importance", "name"], ascending=[True, False, True], na_position="last", kind="stable")

    def _last(self) -> dict[str, pd.Series]:
        ratings = self.book.read("skill_ratings")
        own = ratings[(ratings["rater"] == "self") & (ratings["rated_on"] <= pd.Timestamp(self.book.today))]
        newest = own.sort_values(["rated_on", "id"], kind="stable").drop_duplicates("skill_id", keep="last")
        return {row["skill_id"]: row for _, row in newest.iterrows()}

    def _grouped(self, skills: pd.DataFrame) -> Iterable[Any]:
        for _, group in skills.groupby("kind", sort=True):
            kind = group["category"].iloc[0].strip()
            if kind:
                yield parts.html(look.text(kind), "ratekind")
            yield from (self.lines[key] for key in group["id"])

    def _show_state(self) -> None:
        some = bool(self.lines)
        invitation = look.invitation(
            "No skill yet.", "Type the name of one that you used this week and press Enter. Three are enough to begin."
        )
        self.intro.value = str(_anchors() if some else invitation)
        for part in (self.heads, self.day_field, self.save_button, self.bar.children[1]):
            parts.show(part, some)
        self._count()

    def _count(self) -> None:
        touched = sum(any(line.value.values()) for line in self.lines.values())
        self.save_button.description = f"Save {look.count(touched, 'rating')}" if touched else "Save ratings"

    def _take_up(self, draft: dict[str, Any] | None) -> None:
        if not draft:
            return
        for key, filled in draft["lines"].items():
            if key in self.lines:
                self.lines[key].value = filled
        self.rated_on.value = draft["day"]
        self._count()
        self.said.well("Here is what you had begun to write. It is not saved yet.")

    def _typed(self) -> None:
        if self._loading:
            return
        filled = {key: line.value for key, line in self.lines.items() if any(line.value.values())}
        self.book.drafts[DRAFT] = {"lines": filled, "day": self.rated_on.value}
        self._count()

    def _save(self) -> None:
        guarded(self.book, self.said, self._try_save)

    def _try_save(self) -> None:
        records = {key: self._record(key, line.value) for key, line in self.lines.items() if any(line.value.values())}
        if not records:
            raise CareerkitError("Nothing is chosen yet. Choose a level for one skill or more; the others stay as they are.")
        wrong = {key: self._wrong(record) for key, record in records.items()}
        for key, line in self.lines.items():
            line.say(wrong.get(key, ""))
        if any(wrong.values()):
            raise CareerkitError("Not saved yet: see the note in red.")
        self.book.add_many("skill_ratings", list(records.values()))
        self._empty()
        parts.show(self.undo_button)
        self.said.well(f"{look.count(len(records), 'rating')} saved a moment ago.")

    def _record(self, key: str, filled: dict[str, str]) -> dict[str, Any]:
        return {"skill_id": key, "rater": "self", "rated_on": self.rated_on.value, **filled}

    def _wrong(self, record: dict[str, Any]) -> str:
        if not record["level"]:
            return "Choose a level as well."
        if record["rated_on"] and record["rated_on"] > self.book.today:
            return "The day of the rating lies ahead. Choose today or an earlier one."
        return " ".join(SkillRating.clean(record)[1].values())

    def _empty(self) -> None:
        was = self._loading_off()
        for line in self.lines.values():
            line.value = {}
            line.say("")
        self.rated_on.value = self.book.today
        self._loading = was
        self.book.drafts.pop(DRAFT, None)
        self._count()

    def _clear(self) -> None:
        self._empty()
        self.said.well("")
        parts.show(self.undo_button, False)

    def _add(self) -> None:
        guarded(self.book, self.said, self._try_add)

    def _try_add(self) -> None:
        name = self.new_name.value.strip()
        if not name:
            raise CareerkitError("Type the name of the skill first.")
        known = self.book.read("skills")
        same = known[known["name"].str.strip().str.casefold() == name.casefold()]
        if len(same):
            raise CareerkitError(
                f"{same.iloc[0]['name']} is among your skills already. If it was put aside, take out that day in its form."
            )
        self.book.add("skills", name=name)
        self.new_name.value = ""
        self.said.well(f"{name} is added.")
        parts.show(self.undo_button)

    def _undo(self) -> None:
        guarded(self.book, self.said, lambda: self.said.well(self.book.undo()))
        parts.show(self.undo_button, False)


def _anchors() -> look.Html:
    said = "".join(f"<li><b>{level}</b> {look.text(words)}</li>" for level, words in enumerate(LEVELS))
    joy = "".join(f"<li><b>{step}</b> {look.text(words)}</li>" for step, words in ENJOYMENT.items())
    lists = (
        f'<p class="ck-anchorhead">Level</p><ul class="ck-anchorlist">{said}</ul>'
        f'<p class="ck-anchorhead">Enjoyment</p><ul class="ck-anchorlist">{joy}</ul>'
    )
    return look.Html(f'<div class="ck-anchorbox">{lists}</div>')


def _heads() -> look.Html:
    return look.Html('<div class="ck-rateheadline"><span>Skill</span><span>Level now</span><span>Enjoyment</span></div>')
