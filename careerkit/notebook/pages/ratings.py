"""Many ratings on one page: a line for each skill, or for each respect of a role, and one save for those touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.comments import RemarksBelow, answering
from careerkit.notebook.widgets.form import Book
from careerkit.records import Record, Scale, is_blank
from careerkit.topics.assessment import snapshot
from careerkit.topics.assessment.records import ENJOYMENT, FITTING, LEVELS, RoleFit, SkillRating


class RatingBook(Book, Protocol):
    """A book that also saves several records at once."""

    def add_many(self, table: str, records: Iterable[dict[str, Any]]) -> list[str]: ...


@dataclass(frozen=True)
class Rated:
    """What a line is about.

    Parameters
    ----------
    key : str
        By which it is told from the others; never shown.
    name, kind : str
        What it is called, and under which heading it stands.
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


class Line(widgets.VBox):
    """One thing to rate: its anchors and last rating, and what is to be filled in.

    Parameters
    ----------
    record : type of Record
        What it fills.
    asked : sequence of str
        The fields: scales, and one text at the end.
    words : dict
        What the steps of each scale mean.
    typed : callable
        Called back on each change.
    """

    def __init__(self, record: type[Record], asked: Sequence[str], words: dict[str, dict[int, str]], typed: Callable[[], None]) -> None:
        self.head, self.anchors, self.wrong = (
            elements.html("", "skill"),
            elements.html("", "help", "anchors"),
            elements.html("", "help", "wrong"),
        )
        self.inputs = {name: _input(record.fields[name], words.get(name, {})) for name in asked}
        boxes = [elements.column([each], "field", f"field-{name}") for name, each in self.inputs.items()]
        super().__init__([elements.line([self.head, *boxes], "rateline"), self.anchors, self.wrong], **elements.shared(widgets.VBox))
        self.add_class("ck-rate")
        for each in self.inputs.values():
            each.observe(lambda _: typed(), names="value")
        self.say("")

    def tell(self, rated: Rated) -> None:
        """Say what is rated, and how it was last."""
        self.head.value = f"{look.strong(rated.name)}<br>{look.muted(rated.last)}"
        self.anchors.value = look.text(rated.anchors)
        elements.show(self.anchors, bool(rated.anchors))

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
        return widgets.Text(placeholder=field.label, **elements.shared(widgets.Text))
    steps = range(int(field.low or 0), int(field.high or 5) + 1)
    # Read out by a screen reader, which sees no headings above.
    tips = [f"{field.label}: none", *(f"{field.label}: {step} {words.get(step, '')}".strip() for step in steps)]
    options = [("–", ""), *((str(step), str(step)) for step in steps)]
    return widgets.ToggleButtons(options=options, value="", tooltips=tips, **elements.shared(widgets.ToggleButtons))


class RatingPage(widgets.VBox):
    """Rate many things at once; those left untouched are left out.

    Subclasses say what is rated, and which record a line becomes.
    """

    record: type[Record]
    # By which its draft is found again.
    name = ""
    asked: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    words: ClassVar[dict[str, dict[int, str]]] = {}
    new_label = ""
    empty = ("", "")

    def __init__(self, book: RatingBook) -> None:
        self.book = book
        self.lines: dict[str, Line] = {}
        self.notice, self.intro = elements.Notice(), elements.html()
        self.top = elements.html(_heads(self.heads), "rateheads")
        self.body = elements.column((), "rates")
        self.rated_on = widgets.DatePicker(description="Rated on", value=book.today, **elements.shared(widgets.DatePicker))
        self.new_name = widgets.Text(description=self.new_label, placeholder="Its name", **elements.shared(widgets.Text))
        self.save_button = elements.button("Save ratings", self._save, "primary")
        self.clear_button = elements.button("Clear", self._clear, "quiet")
        self.undo_button = elements.button("Undo", self._undo, "link")
        elements.show(self.undo_button, False)
        self.day = elements.column([self.rated_on], "field")
        bar = elements.line([self.save_button, self.clear_button, self.notice, self.undo_button], "actions")
        adding = elements.line(
            [elements.column([self.new_name], "field"), elements.button("Add", self._add, "quiet")], "actions", "rateadd"
        )
        self.remarks = RemarksBelow(book, self.record.table, answering(book, self.notice, self.undo_button))
        card = elements.marked(elements.form([self.intro, self.top, self.body, adding, self.day, bar, self.remarks]), "ratepage")
        super().__init__([card], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self._loading = False
        self._added: list[str] = []
        self._take_up(book.drafts.get(self.name))
        self.rated_on.observe(lambda _: self._typed(), names="value")

    # -- what a subclass says

    def rated(self) -> list[Rated]:
        """Return what is to be rated, in its order."""
        raise NotImplementedError

    def made(self, key: str, filled: dict[str, str]) -> dict[str, Any]:
        """Return the record that a line becomes."""
        raise NotImplementedError

    def add(self, name: str) -> None:
        """Add something to rate by its name."""
        raise NotImplementedError

    # -- what is shown

    def refresh(self) -> None:
        """Take in what came or went and what was rated elsewhere; what is filled in stays."""
        told, before = self.rated(), list(self.lines)
        kept, self.lines = self.lines, {}
        for each in told:
            line = kept.get(each.key) or Line(self.record, self.asked, self.words, self._typed)
            line.tell(each)
            self.lines[each.key] = line
        if before != list(self.lines) or not before:
            elements.fill(self.body, list(self._grouped(told)))
        invitation = look.invitation(*self.empty)
        self.intro.value = str(_anchors(self.words) if told else invitation)
        for part in (self.top, self.day, self.save_button, self.clear_button):
            elements.show(part, bool(told))
        self.remarks.refresh()
        self._count()

    def _grouped(self, told: list[Rated]) -> Iterator[Any]:
        kind = ""
        for each in told:
            if each.kind and each.kind != kind:
                yield elements.html(look.text(each.kind), "ratekind")
            kind = each.kind
            yield self.lines[each.key]

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
        self._loading = True
        for key, filled in draft["lines"].items():
            if key in self.lines:
                self.lines[key].value = filled
        self.rated_on.value = draft["day"]
        self._loading = False
        self._count()
        self.notice.success("Here is what you had begun to write. It is not saved yet.")

    def _typed(self) -> None:
        if not self._loading:
            self.book.drafts[self.name] = {"lines": self._touched(), "day": self.rated_on.value, "added": self._added}
            self._count()

    # -- what is saved

    def _save(self) -> None:
        elements.guarded(self.book, self.notice, self._try_save)

    def _try_save(self) -> None:
        records = {key: {"rated_on": self.rated_on.value, **self.made(key, filled)} for key, filled in self._touched().items()}
        if not records:
            raise CareerkitError(f"Nothing is chosen yet. Choose a {self.asked[0]} in one line or more; the others stay as they are.")
        wrong = {key: self._wrong(record) for key, record in records.items()}
        for key, line in self.lines.items():
            line.say(wrong.get(key, ""))
        if any(wrong.values()):
            raise CareerkitError("Not saved yet: see the note in red.")
        self.book.add_many(self.record.table, list(records.values()))
        self._empty()
        elements.show(self.undo_button)
        self.notice.success(f"{look.count(len(records), 'rating')} saved a moment ago.")

    def _wrong(self, record: dict[str, Any]) -> str:
        if not record[self.asked[0]]:
            return f"Choose a {self.asked[0]} as well."
        if record["rated_on"] and record["rated_on"] > self.book.today:
            return "The day of the rating lies ahead. Choose today or an earlier one."
        return " ".join(self.record.clean(record)[1].values())

    def _empty(self) -> None:
        self._loading = True
        for line in self.lines.values():
            line.value = {}
            line.say("")
        self.rated_on.value = self.book.today
        self._loading = False
        self._added = []
        self.book.drafts.pop(self.name, None)
        self.refresh()

    def _clear(self) -> None:
        self._empty()
        self.notice.clear()
        elements.show(self.undo_button, False)

    def _add(self) -> None:
        elements.guarded(self.book, self.notice, self._try_add)

    def _try_add(self) -> None:
        name = self.new_name.value.strip()
        if not name:
            raise CareerkitError("Type its name first.")
        self.add(name)
        self.new_name.value = ""
        self.notice.success(f"{name} is added.")

    def _undo(self) -> None:
        elements.guarded(self.book, self.notice, lambda: self.notice.success(self.book.undo()))
        elements.show(self.undo_button, False)


class SkillPage(RatingPage):
    """Rate every skill that is followed."""

    record = SkillRating
    name = "rating:skills"
    asked = ("level", "enjoyment", "evidence")
    heads = ("Skill", "Level now", "Enjoyment")
    words: ClassVar[dict[str, dict[int, str]]] = {"level": dict(enumerate(LEVELS)), "enjoyment": ENJOYMENT}
    new_label = "Add a skill"
    empty = ("No skill yet.", "Type the name of one that you used this week, and add it. Three are enough to begin.")

    def rated(self) -> list[Rated]:
        """Return the skills by their kind, what matters most first."""
        last = self._last()
        return [
            Rated(row["id"], row["name"], row["category"].strip(), _rated_last(last.get(row["id"])), _one_line(row["level_anchors"]))
            for _, row in self._skills().iterrows()
        ]

    def made(self, key: str, filled: dict[str, str]) -> dict[str, Any]:
        """Return a rating by oneself."""
        return {"skill_id": key, "rater": "self", **filled}

    def add(self, name: str) -> None:
        """Save a new skill, if there is none of that name."""
        known = self.book.read("skills")
        same = known[known["name"].str.strip().str.casefold() == name.casefold()]
        if len(same):
            raise CareerkitError(
                f"{same.iloc[0]['name']} is among your skills already. If it was put aside, take out that day in its form."
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
    """Score the role one has, in every respect that was scored before or is added."""

    record = RoleFit
    name = "rating:role"
    asked = ("score", "note")
    heads = ("In what respect?", "How well does it fit?")
    words: ClassVar[dict[str, dict[int, str]]] = {"score": FITTING}
    new_label = "Add a respect"
    # Where nothing was scored yet; each can be left out, and others added.
    usual = ("growth", "people", "workload", "meaning", "a say in what I do")

    def rated(self) -> list[Rated]:
        """Return the respects in which the present position was scored, else the usual ones."""
        position, fits = self._position(), self.book.read("role_fit")
        mine = fits[(fits["position_id"] == position) & (fits["rated_on"] <= pd.Timestamp(self.book.today))]
        mine = mine.sort_values(["rated_on", "id"], kind="stable")
        mine = mine.assign(key=mine["dimension"].str.strip().str.casefold())
        last = {row["key"]: row for _, row in mine.iterrows()}
        names = [last[key]["dimension"].strip() for key in dict.fromkeys(mine["key"])] or list(self.usual)
        return [Rated(name, name, last=_fitted_last(last.get(name.casefold()))) for name in [*names, *self._added]]

    def made(self, key: str, filled: dict[str, str]) -> dict[str, Any]:
        """Return a score of the position held."""
        return {"position_id": self._position(), "dimension": key, **filled}

    def add(self, name: str) -> None:
        """Show a line for a respect; it is kept once it is scored."""
        if name.casefold() in {each.name.casefold() for each in self.rated()}:
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


def page(of: str, book: RatingBook) -> RatingPage:
    """Return the page on which skills, or the respects of a role, are rated."""
    if of not in PAGES:
        raise CareerkitError(f"There is no page to rate {of!r}. There is one for {' and one for '.join(PAGES)}.")
    return PAGES[of](book)


def _anchors(words: dict[str, dict[int, str]]) -> look.Html:
    lists = "".join(
        f'<p class="ck-anchorhead">{name.capitalize()}</p><ul class="ck-anchorlist">'
        f"{''.join(f'<li><b>{step}</b> {look.text(said)}</li>' for step, said in steps.items())}</ul>"
        for name, steps in words.items()
    )
    return look.Html(f'<div class="ck-anchorbox">{lists}</div>')


def _heads(heads: Sequence[str]) -> look.Html:
    return look.Html(f'<div class="ck-rateheadline">{"".join(f"<span>{look.text(head)}</span>" for head in heads)}</div>')
