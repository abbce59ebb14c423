"""Many ratings on one page: a line for each skill, or for each thing to rate about one's role, and one save for those filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import DRAFT_FOUND, Card
from careerkit.notebook.widgets.comments import OpenComments
from careerkit.records import Record, Scale, is_blank
from careerkit.topics.assessment import snapshot
from careerkit.topics.assessment.records import ENJOYMENT, FITTING, LEVELS, RoleFit, SkillRating


@dataclass(frozen=True)
class Subject:
    """What a line rates.

    Parameters
    ----------
    key : str
        Tells it from the others; never shown.
    name, kind : str
        What it is called, and the heading above it.
    last : str
        How it was rated last.
    anchors : str
        What its steps look like, in one's own words.
    """

    key: str
    name: str
    kind: str = ""
    last: str = "not rated yet"
    anchors: str = ""


class RatingLine(elements.Group):
    """One thing to rate: its anchors and last rating, and what is to be filled in.

    Parameters
    ----------
    record : type of Record
        What it fills.
    asked : sequence of str
        The fields: scales, and one text at the end.
    words : dict
        What the steps of each scale mean.
    """

    def __init__(self, record: type[Record], asked: Sequence[str], words: dict[str, dict[int, str]]) -> None:
        self.head, self.anchors = elements.html("", "skill"), elements.html("", "help", "anchors")
        self.wrong = elements.html("", "help", "wrong")
        self.inputs = {name: _input(record.fields[name], words.get(name, {})) for name in asked}
        boxes = [elements.marked(elements.field(each), f"field-{name}") for name, each in self.inputs.items()]
        super().__init__([elements.line([self.head, *boxes], "rateline"), self.anchors, self.wrong], "rate")
        self.say("")

    def show(self, subject: Subject) -> None:
        """Show what is rated, and how it was last."""
        self.head.value = f"{look.strong(subject.name)}<br>{look.muted(subject.last)}"
        self.anchors.value = look.text(subject.anchors)
        elements.show(self.anchors, bool(subject.anchors))

    def say(self, wrong: str) -> None:
        """Show what is wrong, if anything."""
        self.wrong.value = look.text(wrong)
        elements.show(self.wrong, bool(wrong))

    @property
    def value(self) -> dict[str, str]:
        """What was filled in."""
        return {name: each.value.strip() for name, each in self.inputs.items()}

    @value.setter
    def value(self, filled: dict[str, str]) -> None:
        for name, each in self.inputs.items():
            each.value = filled.get(name, "")


def _input(field: Any, words: dict[int, str]) -> Any:
    if not isinstance(field, Scale):
        return elements.make(widgets.Text, placeholder=field.label)
    steps = range(int(field.low or 0), int(field.high or 5) + 1)
    # Read out by a screen reader, which sees no headings above.
    tips = [f"{field.label}: none", *(f"{field.label}: {step} {words.get(step, '')}".strip() for step in steps)]
    options = [("–", ""), *((str(step), str(step)) for step in steps)]
    return elements.make(widgets.ToggleButtons, options=options, value="", tooltips=tips)


class RatingPage(Card[CareerBook]):
    """Rate many things at once; those left untouched are left out.

    Subclasses say what is rated, and which record a line becomes.
    """

    record: type[Record]
    draft_key = ""
    asked: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    words: ClassVar[dict[str, dict[int, str]]] = {}
    new_label = ""
    empty = ("", "")

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book)
        self.lines: dict[str, RatingLine] = {}
        self._added: list[str] = []
        self.intro, self.body = elements.html(), elements.column((), "rates")
        self.top = elements.html(_heads(self.heads), "rateheads")
        self.rated_on: Any = elements.make(widgets.DatePicker, description="Rated on", value=book.today)
        self.day = elements.field(self.rated_on)
        self.new_name: Any = elements.make(widgets.Text, description=self.new_label, placeholder="Its name")
        self.save_button = self.button("Save ratings", self.save, "primary")
        self.clear_button = self.button("Clear", self._clear, "quiet")
        bar = self.actions(self.save_button, self.clear_button)
        adding = elements.line([elements.field(self.new_name), self.button("Add", self._add, "quiet")], "actions", "rateadd")
        self.comments = OpenComments(self, self.record.table)
        parts = [self.intro, self.top, self.body, adding, self.day, bar, self.comments]
        self.children = [elements.marked(elements.form(parts), "ratepage")]
        self._take_up(self.draft)
        self.on_change(self._typed, self.rated_on)

    # -- what a subclass says

    def subjects(self) -> list[Subject]:
        """Return what is to be rated, in its order."""
        raise NotImplementedError

    def rating(self, key: str, filled: dict[str, str]) -> dict[str, Any]:
        """Return the record that a line becomes."""
        raise NotImplementedError

    def add(self, name: str) -> None:
        """Add something to rate by its name."""
        raise NotImplementedError

    # -- what is shown

    def refresh(self) -> None:
        """Take in what came or went and what was rated elsewhere; what is filled in stays."""
        subjects, before = self.subjects(), list(self.lines)
        kept, self.lines = self.lines, {}
        for subject in subjects:
            line = self.lines[subject.key] = kept.get(subject.key) or self._line()
            line.show(subject)
        if before != list(self.lines) or not before:
            elements.fill(self.body, list(self._grouped(subjects)))
        self.intro.value = str(_anchors(self.words) if subjects else look.invitation(*self.empty))
        for part in (self.top, self.day, self.save_button, self.clear_button):
            elements.show(part, bool(subjects))
        self.comments.refresh()
        self._count()

    def _line(self) -> RatingLine:
        line = RatingLine(self.record, self.asked, self.words)
        self.on_change(self._typed, *line.inputs.values())
        return line

    def _grouped(self, subjects: list[Subject]) -> Iterator[Any]:
        kind = ""
        for subject in subjects:
            if subject.kind and subject.kind != kind:
                yield elements.html(look.text(subject.kind), "ratekind")
            kind = subject.kind
            yield self.lines[subject.key]

    def _touched(self) -> dict[str, dict[str, str]]:
        return {key: line.value for key, line in self.lines.items() if any(line.value.values())}

    def _count(self) -> None:
        touched = len(self._touched())
        self.save_button.description = f"Save {look.count(touched, 'rating')}" if touched else "Save ratings"

    # -- what is typed

    def _take_up(self, draft: dict[str, Any] | None) -> None:
        self._added = list(draft["added"]) if draft else []
        self.refresh()
        if not draft:
            return
        with self.filling():
            for key, filled in draft["lines"].items():
                if key in self.lines:
                    self.lines[key].value = filled
            self.rated_on.value = draft["day"]
        self._count()
        self.notice.success(DRAFT_FOUND)

    def _typed(self) -> None:
        self.draft = {"lines": self._touched(), "day": self.rated_on.value, "added": self._added}
        self._count()

    # -- what is saved

    def save(self) -> None:
        """Save a rating for each line that was filled in, all or none."""
        records = {key: {"rated_on": self.rated_on.value, **self.rating(key, filled)} for key, filled in self._touched().items()}
        if not records:
            raise CareerkitError(f"Nothing is chosen yet. Choose a {self.asked[0]} in one line or more; the others stay as they are.")
        self.point_out({key: self._wrong(record) for key, record in records.items()}, self.lines)
        self.book.add_many(self.record.table, list(records.values()))
        self._empty()
        self.saved(f"{look.count(len(records), 'rating')} saved a moment ago.")

    def _wrong(self, record: dict[str, Any]) -> str:
        if not record[self.asked[0]]:
            return f"Choose a {self.asked[0]} as well."
        if record["rated_on"] and record["rated_on"] > self.book.today:
            return "The day of the rating is in the future. Choose today or an earlier one."
        return " ".join(self.record.clean(record)[1].values())

    def _empty(self) -> None:
        with self.filling():
            for line in self.lines.values():
                line.value = {}
                line.say("")
            self.rated_on.value = self.book.today
        self._added = []
        self.draft = None
        self.refresh()

    def _clear(self) -> None:
        self._empty()
        self.say_nothing()

    def _add(self) -> None:
        name = self.new_name.value.strip()
        if not name:
            raise CareerkitError("Type its name first.")
        self.add(name)
        self.new_name.value = ""
        self.notice.success(f"{name} is added.")


class SkillPage(RatingPage):
    """Rate every skill that is followed."""

    record = SkillRating
    draft_key = "rating:skills"
    asked = ("level", "enjoyment", "evidence")
    heads = ("Skill", "Level now", "Enjoyment")
    words: ClassVar[dict[str, dict[int, str]]] = {"level": dict(enumerate(LEVELS)), "enjoyment": ENJOYMENT}
    new_label = "Add a skill"
    empty = ("No skill yet.", "Type the name of one that you used this week, and add it. Three are enough to begin.")

    def subjects(self) -> list[Subject]:
        """Return the skills by their kind, what matters most first."""
        last = self._last()
        return [
            Subject(row["id"], row["name"], row["category"].strip(), _rated_last(last.get(row["id"])), _one_line(row["level_anchors"]))
            for _, row in self._skills().iterrows()
        ]

    def rating(self, key: str, filled: dict[str, str]) -> dict[str, Any]:
        """Return a rating by oneself."""
        return {"skill_id": key, "rater": "self", **filled}

    def add(self, name: str) -> None:
        """Save a new skill, if there is none of that name."""
        known = self.book.read("skills")
        same = known[known["name"].str.strip().str.casefold() == name.casefold()]
        if len(same):
            raise CareerkitError(
                f"{same.iloc[0]['name']} is among your skills already. If you put it aside, remove the day you did so in its form."
            )
        self.book.add("skills", name=name)
        elements.show(self.undo_button)

    def _skills(self) -> pd.DataFrame:
        skills = self.book.read("skills")
        followed = skills[~(skills["retired_on"] <= pd.Timestamp(self.book.today))]
        order = {kind: place for place, kind in enumerate(dict.fromkeys(followed["category"].str.strip()))}
        placed = followed.assign(kind=followed["category"].str.strip().map(order))
        return placed.sort_values(["kind", "importance", "name"], ascending=[True, False, True], na_position="last", kind="stable")

    def _last(self) -> dict[str, pd.Series]:
        own = snapshot.own_ratings({"skill_ratings": self.book.read("skill_ratings")}, self.book.today)
        return {row["skill_id"]: row for _, row in own.drop_duplicates("skill_id", keep="last").iterrows()}


def _rated_last(last: pd.Series | None) -> str:
    if last is None:
        return "not rated yet"
    joy = "" if is_blank(last["enjoyment"]) else f", enjoyment {last['enjoyment']}"
    return f"level {last['level']}{joy} on {look.day(last['rated_on'])}"


def _one_line(anchors: str) -> str:
    return " · ".join(line.strip() for line in anchors.splitlines() if line.strip())


class FitPage(RatingPage):
    """Score how one's role fits, by what was scored before or is added."""

    record = RoleFit
    draft_key = "rating:role"
    asked = ("score", "note")
    heads = ("What about it?", "How well does it fit?")
    words: ClassVar[dict[str, dict[int, str]]] = {"score": FITTING}
    new_label = "Add something to rate"
    # Where nothing was scored yet; each can be left out, and others added.
    usual = ("growth", "people", "workload", "meaning", "a say in what I do")

    def subjects(self) -> list[Subject]:
        """Return what the present position was scored by before, else the usual things."""
        position, fits = self._position(), self.book.read("role_fit")
        mine = fits[(fits["position_id"] == position) & (fits["rated_on"] <= pd.Timestamp(self.book.today))]
        mine = mine.sort_values(["rated_on", "id"], kind="stable")
        mine = mine.assign(key=mine["dimension"].str.strip().str.casefold())
        last = {row["key"]: row for _, row in mine.iterrows()}
        names = [last[key]["dimension"].strip() for key in dict.fromkeys(mine["key"])] or list(self.usual)
        return [Subject(name, name, last=_fitted_last(last.get(name.casefold()))) for name in [*names, *self._added]]

    def rating(self, key: str, filled: dict[str, str]) -> dict[str, Any]:
        """Return a score of the position held."""
        return {"position_id": self._position(), "dimension": key, **filled}

    def add(self, name: str) -> None:
        """Show a line for something to rate; it is kept once it is scored."""
        if name.casefold() in {each.name.casefold() for each in self.subjects()}:
            raise CareerkitError(f"{name} is on the page already.")
        self._added = [*self._added, name]
        self._typed()
        self.refresh()

    def _position(self) -> str:
        held = snapshot.held_positions({"positions": self.book.read("positions")}, self.book.today)
        return str(held.iloc[0]["id"]) if len(held) else ""


def _fitted_last(last: pd.Series | None) -> str:
    return "not scored yet" if last is None else f"{last['score']} on {look.day(last['rated_on'])}"


PAGES: dict[str, type[RatingPage]] = {"skills": SkillPage, "role": FitPage}


def rating_page(of: str, book: CareerBook) -> RatingPage:
    """Return the page on which "skills", or how one's "role" fits, are rated."""
    if of not in PAGES:
        raise CareerkitError(f"There is no page to rate {of!r}. There is one for {' and one for '.join(PAGES)}.")
    return PAGES[of](book)


def _anchors(words: dict[str, dict[int, str]]) -> look.Html:
    lists = "".join(
        f'<p class="ck-anchorhead">{name.capitalize()}</p><ul class="ck-anchorlist">'
        f"{''.join(f'<li><b>{step}</b> {look.text(meaning)}</li>' for step, meaning in steps.items())}</ul>"
        for name, steps in words.items()
    )
    return look.Html(f'<div class="ck-anchorbox">{lists}</div>')


def _heads(heads: Sequence[str]) -> look.Html:
    return look.Html(f'<div class="ck-rateheadline">{"".join(f"<span>{look.text(head)}</span>" for head in heads)}</div>')
