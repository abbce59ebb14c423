"""Record -> form and list in ipywidgets; whatever is saved goes through the book handed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.errors import StaleRecord
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import Book
from careerkit.notebook.widgets.card import DRAFT_FOUND, SAVED, Card
from careerkit.notebook.widgets.comments import RecordComments, commented_first, open_badge, open_counts
from careerkit.notebook.widgets.fields import LONGEST_LIST, FieldBox, Picker, today_or
from careerkit.records import FormPlan, Number, Reference
from careerkit.store.changes import Change
from careerkit.topics.labels import names, shown

FIRST_LISTED = 6
Hint = tuple[bool, str]
Hints = Callable[[dict[str, Any]], list[Hint]]
Beginnings = Callable[[], list[tuple[str, dict[str, Any]]]]


class Form(Card[Book]):
    """Fill in a new record or change one that exists.

    Parameters
    ----------
    book : Book
        Reads and saves.
    plan : FormPlan
        Which record, which fields, begun with what.
    hints : callable, optional
        Record as filled in to (met, sentence) pairs, shown as one types.
    beginnings : callable, optional
        Returns (label, values) of what a new record may grow from.
    """

    def __init__(self, book: Book, plan: FormPlan, hints: Hints | None = None, beginnings: Beginnings | None = None) -> None:
        super().__init__(book, f"form-{plan.record.table}")
        self.plan, self.record, self.hints, self.beginnings = plan, plan.record, hints, beginnings
        self.seen: pd.Series | None = None
        self.fields = {name: self._field(name) for line in (*plan.lines(), plan.hidden()) for name in line}
        self.chooser = self._chooser()
        self.which = elements.field(self.chooser)
        elements.show(self.which, plan.choose)
        self.grown: Any = elements.make(widgets.Dropdown, description="Start from", options=[("–", "")])
        self.grown_box = elements.field(self.grown)
        self.chips = elements.html()
        self.save_button = self.button(f"Save {plan.title or self.record.noun}", self.save, "primary")
        self.delete_button = self.button("Delete", self._ask_delete, "quiet", "danger")
        bar = self.actions(self.save_button, self.button("Clear", self._clear, "quiet"), self.delete_button)
        self.confirm = elements.line((), "actions")
        self.comments = RecordComments(self, self.record.table)
        self.list = RecordList(book, plan, self.show)
        card = elements.form([self.which, self.grown_box, *self._lines(), self.chips, bar, self.confirm, self.comments])
        self.children = [card, self.list]
        self.on_change(self._grow, self.grown)
        self.on_change(lambda: self._chosen(self.chooser.value), self.chooser)
        begun = self.draft
        self._load(None)
        if begun:
            self._take_up(begun)
        self.on_change(self._typed, *self.fields.values())

    @property
    def draft_key(self) -> str:
        """Where what was begun is kept."""
        return f"{self.record.table}:{self.plan.title}"

    # -- its parts

    def _field(self, name: str) -> FieldBox:
        field = self.record.fields[name]
        if name in self.plan.examples:
            field = replace(field, example=self.plan.examples[name])
        new = self._new_contact if getattr(field, "table", "") == "contacts" else None
        return FieldBox(field, lambda table: names(table, self.book.read), new)

    def _new_contact(self, table: str, name: str) -> str:
        made: list[str] = []
        self.attempt(lambda: made.append(self.book.add(table, name=name)))
        return made[0] if made else ""

    def _chooser(self) -> Any:
        # The choice is a field like any other, so that a long list becomes the same search box.
        field = Reference(label=f"Which {self.record.noun}", table=self.record.table, required=True)
        if len(self._listed()) <= LONGEST_LIST:
            return elements.make(widgets.Dropdown, description=field.label, options=self._options())
        picker = Picker(field, lambda _: self._listed(), None, several=False)
        picker.search.placeholder = f"New {self.record.noun}, or type to find one to change"
        return picker

    def _listed(self) -> dict[str, str]:
        # Every name of a long table costs time; where one chooses in the list below, nobody sees them.
        return names(self.record.table, lambda table: self._only(self.book.read(table), table)) if self.plan.choose else {}

    def _only(self, frame: pd.DataFrame, table: str) -> pd.DataFrame:
        return only(frame, self.plan) if table == self.record.table else frame

    def _options(self) -> list[tuple[str, str]]:
        return [(f"New {self.record.noun}", ""), *((name, key) for key, name in self._listed().items())]

    def _lines(self) -> list[Any]:
        lines = [elements.row([self.fields[name] for name in line]) for line in self.plan.lines()]
        if hidden := [self.fields[name] for name in self.plan.hidden()]:
            inside = elements.column([elements.row(hidden[start : start + 2]) for start in range(0, len(hidden), 2)])
            self.more = elements.marked(widgets.Accordion([inside], titles=("More",), selected_index=None), "more")
            lines.append(self.more)
        return lines

    # -- what is filled in

    def values(self) -> dict[str, Any]:
        """Return what is filled in, field name to value."""
        unseen = {} if self.seen is not None else {k: v for k, v in self.plan.preset.items() if k not in self.fields}
        filled = {**unseen, **self._typed_values()}
        return {**filled, **self.plan.fill(filled, self.book.today)} if self.plan.fill else filled

    def _typed_values(self) -> dict[str, Any]:
        return {name: box.value for name, box in self.fields.items()}

    def _record_values(self) -> dict[str, Any]:
        stored = {} if self.seen is None else self.seen.to_dict()
        return {**stored, **self.values()}

    def _typed(self) -> None:
        self.draft = {"seen": self.seen, "values": self._typed_values()}
        self._show_hints()

    def _grow(self) -> None:
        if self.grown.value not in ("", None) and self.beginnings:
            for name, value in self.beginnings()[self.grown.value][1].items():
                self.fields[name].value = value
            self.notice.success("Here's a start. Change whatever doesn't sound like you, then save it.")

    # -- what is shown

    def show(self, key: str) -> None:
        """Show a record that exists."""
        if self.plan.choose:
            self.chooser.value = key
        else:
            self._chosen(key)

    def refresh(self) -> None:
        """Take in what was saved elsewhere on the page."""
        # A name that came or went is not something a person typed.
        with self.filling():
            for box in self.fields.values():
                box.refresh()
            if isinstance(self.chooser, Picker):
                self.chooser.refresh()
            else:
                elements.offer(self.chooser, self._options(), "")
        self.list.refresh()
        self.comments.refresh()
        self._show_hints()

    def _take_up(self, draft: dict[str, Any]) -> None:
        self.seen, self.draft = draft["seen"], draft
        with self.filling():
            self._choose("" if self.seen is None else str(self.seen["id"]))
            for name, value in draft["values"].items():
                self.fields[name].value = value
        self._show_state()
        self._show_hints()
        self.notice.success(DRAFT_FOUND)

    def _choose(self, key: str) -> None:
        known = isinstance(self.chooser, Picker) or key in {option for _, option in self.chooser.options}
        self.chooser.value = key if known else ""

    def _chosen(self, key: str) -> None:
        self.notice.clear()
        self._load(key or None)

    def _load(self, key: str | None) -> None:
        self.seen = self.stored(self.record.table, key)
        with self.filling():
            for name, box in self.fields.items():
                box.value = self._preset(name) if self.seen is None else self.seen[name]
                box.say("")
        self.draft = None
        self._show_state()
        self._show_hints()

    def _preset(self, name: str) -> Any:
        return today_or(self.plan.preset.get(name, self.record.fields[name].default), self.book.today)

    def _show_state(self) -> None:
        self.comments.about("" if self.seen is None else str(self.seen["id"]))
        elements.show(self.delete_button, self.seen is not None)
        elements.show(self.undo_button, False)
        if self.seen is not None and not self.plan.choose:
            self.notice.success(f"You're changing what you wrote on {look.day(self.seen['created_at'])}.")
        elements.fill(self.confirm, ())
        self._offer_beginnings()

    def _offer_beginnings(self) -> None:
        found = self.beginnings() if self.beginnings and self.seen is None else []
        elements.show(self.grown_box, bool(found))
        if [label for label, _ in self.grown.options[1:]] != [label for label, _ in found]:
            self.grown.options = [("–", ""), *((label, place) for place, (label, _) in enumerate(found))]
        self.grown.value = ""

    def _show_hints(self) -> None:
        found = self.hints(self._record_values()) if self.hints else []
        self.chips.value = chips(found)
        elements.show(self.chips, bool(found))

    # -- what is saved

    def save(self) -> None:
        """Save the record, or ask first what a change to it means."""
        wrong = self.record.clean(self._record_values())[1]
        if any(name in self.plan.hidden() for name in wrong):
            self.more.selected_index = 0
        self.point_out(wrong, self.fields)
        if self.seen is not None and self.stored(self.record.table, str(self.seen["id"])) is None:
            self._offer_anew()
        elif revised := self._revised():
            self._ask_why(revised)
        else:
            self._store()

    def _store(self, also: Sequence[Change] = ()) -> None:
        if self.seen is None:
            self.book.add(self.record.table, **self.values())
        else:
            self.book.update(self.record.table, str(self.seen["id"]), seen=self.seen, also=also, **self.values())
        self._start_anew(SAVED)

    def _start_anew(self, done: str = "") -> None:
        with self.filling():
            self.chooser.value = ""
        self._load(None)
        if done:
            self.saved(done)

    def _revised(self) -> list[Change]:
        if self.seen is None or not self.plan.revised:
            return []
        found = self.plan.revised(self.seen, self.values(), self.book.today)
        return [Change(table, None, values) for table, values in found]

    def _ask_why(self, revised: list[Change]) -> None:
        changed = self.button("The plan has changed", lambda: self._store(revised), "primary")
        correction = self.button("I'm correcting a mistake", self._store)
        why = "A change of plan is remembered, and earlier reviews stay as they were. A correction counts as if it had always been so."
        lines = [*(look.paragraph(self._before_and_after(one.values or {})) for one in revised), look.paragraph(why, "note")]
        self.notice.clear()
        elements.fill(self.confirm, [elements.column([elements.html(look.joined(lines)), elements.line([changed, correction], "actions")])])

    def _before_and_after(self, change: dict[str, Any]) -> str:
        name = change["field"]
        now = pd.Series(self.record.clean(self._record_values())[0])
        before, after = (shown(row, name, self.record, self.book.read) or "nothing" for row in (self.seen, now))
        return f"{self.record.fields[name].label}: {before} until now, {after} from today."

    def outdated(self, error: StaleRecord) -> None:
        """Show what was written beside what is stored now, and ask which to keep."""
        differing = [name for name in error.mine if error.mine[name] != error.theirs[name]]
        mine, theirs = (pd.Series(self.record.clean(texts)[0]) for texts in (error.theirs | error.mine, error.theirs))
        labels = {name: self.record.fields[name].label for name in differing}
        rows = [(labels[name], *(shown(row, name, self.record, self.book.read) for row in (mine, theirs))) for name in differing]
        both = elements.html(look.table(("", "What you wrote", "What is stored now"), rows))
        keep = self.button("Keep mine", self._keep_mine, "primary")
        leave = self.button("Keep what is stored", lambda: self._chosen(str(self.seen["id"]) if self.seen is not None else ""))
        self.notice.error("This was changed elsewhere since you opened it. Which one do you want to keep?")
        elements.fill(self.confirm, [elements.column([both, elements.line([keep, leave], "actions")])])

    def _keep_mine(self) -> None:
        written = self.values()
        key = str(self.seen["id"]) if self.seen is not None else ""
        self.seen = self.stored(self.record.table, key)
        self.book.update(self.record.table, key, seen=self.seen, **written)
        self._start_anew(SAVED)

    def _offer_anew(self) -> None:
        self.notice.error(f"This {self.record.noun} was deleted elsewhere since you opened it.")
        anew = self.button("Save it as new", self._save_anew, "primary")
        elements.fill(self.confirm, [anew, self.button("Leave it deleted", self._clear)])

    def _save_anew(self) -> None:
        self.seen = None
        self._store()

    def _clear(self) -> None:
        self._start_anew()
        self.notice.clear()

    def _ask_delete(self) -> None:
        yes = self.button("Yes, delete", self._delete, "danger")
        question = elements.html(look.text(f"Delete this {self.record.noun}?"))
        elements.fill(self.confirm, [question, yes, self.button("Keep it", self._show_state)])

    def _delete(self) -> None:
        if self.seen is not None:
            self.book.delete(self.record.table, str(self.seen["id"]))
            self._start_anew("Deleted.")

    def undo(self) -> None:
        """Take the latest save back, and say what it was."""
        sentence = self.book.undo()
        self._show_state()
        self.notice.success(sentence)


def only(frame: pd.DataFrame, plan: FormPlan) -> pd.DataFrame:
    """Return the rows that a form is about."""
    for name, value in plan.only.items():
        frame = frame[frame[name] == value]
    listed = plan.record.listed(frame)
    return plan.among(listed) if plan.among else listed


def chips(hints: list[Hint]) -> str:
    """Return hints as chips: met ones marked, the others as an open invitation."""
    made = "".join(f'<span class="ck-chip{" ck-yes" if met else ""}">{"✓" if met else "○"} {look.text(text)}</span>' for met, text in hints)
    return f'<div class="ck-chips">{made}</div>' if hints else ""


class RecordList(elements.Rows):
    """The newest records, each with a button that opens it in the form."""

    def __init__(self, book: Book, plan: FormPlan, open_record: Callable[[str], None]) -> None:
        self.book, self.plan, self.record, self._show_record = book, plan, plan.record, open_record
        self._all = False
        super().__init__((), "records")
        self.refresh()

    def refresh(self) -> None:
        """Show what is stored now."""
        frame = only(self.book.read(self.record.table), self.plan).sort_values("created_at", ascending=False, kind="stable")
        commented = open_counts(self.book, self.record.table, list(frame["id"]))
        frame = commented_first(frame, commented)
        rows = frame if self._all else frame.head(FIRST_LISTED)
        lines = [(str(row["id"]), f"{self._brief(row)}{open_badge(commented[row['id']])}") for _, row in rows.iterrows()]
        self.show((lines, len(frame)), lambda: [*(self._line(key, brief) for key, brief in lines), *self._rest(len(frame))])

    def _rest(self, amount: int) -> list[Any]:
        if not FIRST_LISTED < amount <= 200:
            return []
        return [elements.button("Show fewer" if self._all else f"Show all {amount}", self._toggle, "link")]

    def _toggle(self) -> None:
        self._all = not self._all
        self.refresh()

    def _text(self, row: pd.Series, name: str) -> str:
        text = shown(row, name, self.record, self.book.read)
        field = self.record.fields[name]
        # A bare number says nothing in a line of text, so its column's name goes with it, unless its unit is the same word.
        return f"{name.replace('_', ' ')} {text}" if text and isinstance(field, Number) and field.unit not in name.split("_") else text

    def _brief(self, row: pd.Series) -> str:
        columns = [name for line in self.plan.lines() for name in line][:5]
        texts = [self._text(row, name) for name in columns]
        first, rest = texts[0] or self.record.noun, texts[1:]
        brief = " · ".join(text if len(text) <= 80 else text[:77] + "…" for text in rest if text)
        return f"{look.strong(first)} {look.muted(brief)}"

    def _line(self, key: str, brief: str) -> Any:
        return elements.line([elements.html(brief), elements.button("Change", lambda: self._show_record(key), "link")], "record")
