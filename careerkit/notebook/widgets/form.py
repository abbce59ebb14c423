"""Record -> form, list and table in ipywidgets; whatever is saved goes through the book handed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.errors import StaleRecord
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.comments import Remarks, answering, asked_first, mark, open_counts
from careerkit.notebook.widgets.fields import LONGEST_LIST, FieldBox, Picker, today_or
from careerkit.records import FormPlan, Number, Reference
from careerkit.store.changes import Change
from careerkit.topics.labels import names, shown

FIRST_LISTED = 6
Beginnings = Callable[[], list[tuple[str, dict[str, Any]]]]
Hints = Callable[[dict[str, Any]], list[tuple[bool, str]]]


class Book(Protocol):
    """What a form needs of a workbook."""

    today: dt.date

    @property
    def drafts(self) -> MutableMapping[str, dict[str, Any]]: ...

    def read(self, table: str) -> pd.DataFrame: ...
    def add(self, table: str, **values: Any) -> str: ...
    def update(self, table: str, id: str, *, seen: Any = None, also: Sequence[Change] = (), **values: Any) -> None: ...
    def delete(self, table: str, id: str) -> None: ...
    def undo(self) -> str: ...
    def log(self, error: BaseException) -> None: ...


class Form(widgets.VBox):
    """Fill in a new record or change one that exists.

    Parameters
    ----------
    book : Book
        Reads and saves.
    plan : FormPlan
        Which record, which fields, begun with what.
    hints : callable, optional
        Whole record to (met, sentence) pairs, shown as one types.
    beginnings : callable, optional
        Returns (label, values) of what a new record may grow from.
    """

    def __init__(self, book: Book, plan: FormPlan, hints: Hints | None = None, beginnings: Beginnings | None = None) -> None:
        self.book, self.plan, self.record, self.hints = book, plan, plan.record, hints
        self.draft_key = f"{self.record.table}:{plan.title}"
        self.notice = elements.Notice()
        self.fields = {name: self._field(name) for line in (*plan.lines(), plan.hidden()) for name in line}
        self.which = self._which()
        self.beginnings = beginnings
        self.grown = widgets.Dropdown(description="Grow it from", options=[("–", "")], **elements.shared(widgets.Dropdown))
        self.grown_box = elements.column([self.grown], "field")
        self.grown.observe(lambda _: self._grow(), names="value")
        self.chips = elements.html()
        self.undo_button = elements.button("Undo", self._undo, "link")
        self.delete_button = elements.button("Delete", self._ask_delete, "quiet", "danger")
        self.confirm = elements.line((), "actions")
        self.remarks = Remarks(book, self.record.table, answering(book, self.notice, self.undo_button))
        self.list = RecordList(book, plan, self.show)
        card = elements.form([self.which, self.grown_box, *self._lines(), self.chips, self._bar(), self.confirm, self.remarks])
        super().__init__([card, self.list], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self.add_class(f"ck-form-{self.record.table}")
        self.seen: pd.Series | None = None
        self._loading = False
        self._begin(self.book.drafts.get(self.draft_key))

    def _field(self, name: str) -> FieldBox:
        field = self.record.fields[name]
        if name in self.plan.examples:
            field = replace(field, example=self.plan.examples[name])
        new = self._new_contact if getattr(field, "table", "") == "contacts" else None
        return FieldBox(field, lambda table: names(table, self.book.read), new)

    def _new_contact(self, table: str, name: str) -> str:
        made: list[str] = []
        elements.guarded(self.book, self.notice, lambda: made.append(self.book.add(table, name=name)))
        return made[0] if made else ""

    def _which(self) -> Any:
        # The choice is a field like any other, so that a long list becomes the same search box.
        field = Reference(label=f"Which {self.record.noun}", table=self.record.table, required=True)
        listed = self._listed()
        if len(listed) > LONGEST_LIST:
            made: Any = Picker(field, lambda _: self._listed(), None, several=False)
            made.search.placeholder = f"New {self.record.noun}, or type to find one to change"
        else:
            made = widgets.Dropdown(description=field.label, options=self._options(), **elements.shared(widgets.Dropdown))
        made.observe(lambda change: self._chosen(change["new"]), names="value")
        box = elements.column([made], "field")
        elements.show(box, self.plan.choose)
        self.chooser = made
        return box

    def _listed(self) -> dict[str, str]:
        # Every name of a long table costs time; where one chooses in the list below, nobody sees them.
        return names(self.record.table, lambda table: self._only(self.book.read(table), table)) if self.plan.choose else {}

    def _only(self, frame: pd.DataFrame, table: str) -> pd.DataFrame:
        return only(frame, self.plan) if table == self.record.table else frame

    def _options(self) -> list[tuple[str, str]]:
        return [(f"New {self.record.noun}", ""), *((name, key) for key, name in self._listed().items())]

    def _lines(self) -> list[Any]:
        lines = [self._line([self.fields[name] for name in line]) for line in self.plan.lines()]
        if hidden := self.plan.hidden():
            pairs = [hidden[start : start + 2] for start in range(0, len(hidden), 2)]
            inside = elements.column([self._line([self.fields[name] for name in pair]) for pair in pairs])
            self.more = elements.marked(widgets.Accordion([inside], titles=("More",), selected_index=None), "more")
            lines.append(self.more)
        return lines

    def _line(self, boxes: list[FieldBox]) -> Any:
        return elements.line(boxes, "row", f"n{len(boxes)}")

    def _bar(self) -> Any:
        self.save_button = elements.button(f"Save {self.plan.title or self.record.noun}", self._save, "primary")
        clear = elements.button("Clear", self._clear, "quiet")
        return elements.line([self.save_button, clear, self.delete_button, self.notice, self.undo_button], "actions")

    def values(self) -> dict[str, Any]:
        """Return what is filled in, field name to value."""
        unseen = {} if self.seen is not None else {k: v for k, v in self.plan.preset.items() if k not in self.fields}
        filled = {**unseen, **{name: box.value for name, box in self.fields.items()}}
        return {**filled, **self.plan.fill(filled, self.book.today)} if self.plan.fill else filled

    def show(self, key: str) -> None:
        """Show a record that exists."""
        if self.plan.choose:
            self.chooser.value = key
        else:
            self._chosen(key)

    def refresh(self) -> None:
        """Take in what was saved elsewhere on the page."""
        # A name that came or went is not something a person typed.
        self._loading = True
        for box in self.fields.values():
            box.refresh()
        self._loading = False
        self._refresh_chooser()
        self.list.refresh()
        self.remarks.refresh()
        self._show_hints()

    def _refresh_chooser(self) -> None:
        if isinstance(self.chooser, Picker):
            self.chooser.refresh()
            return
        kept, self._loading = self.chooser.value, True
        self.chooser.options = self._options()
        self._choose(kept)
        self._loading = False

    def _begin(self, draft: dict[str, Any] | None) -> None:
        self._load(None)
        if draft:
            self._take_up(draft)
        for box in self.fields.values():
            box.observe_change(self._typed)

    def _take_up(self, draft: dict[str, Any]) -> None:
        self._loading = True
        self.seen = draft["seen"]
        self._choose("" if self.seen is None else str(self.seen["id"]))
        for name, value in draft["values"].items():
            self.fields[name].value = value
        self._loading = False
        self.book.drafts[self.draft_key] = draft
        self._show_state()
        self._show_hints()
        self.notice.success("Here is what you had begun to write. It is not saved yet.")

    def _choose(self, key: str) -> None:
        known = isinstance(self.chooser, Picker) or key in {option for _, option in self.chooser.options}
        self.chooser.value = key if known else ""

    def _offer_beginnings(self) -> None:
        found = self.beginnings() if self.beginnings and self.seen is None else []
        elements.show(self.grown_box, bool(found))
        if [label for label, _ in self.grown.options[1:]] != [label for label, _ in found]:
            self.grown.options = [("–", ""), *((label, place) for place, (label, _) in enumerate(found))]
        self.grown.value = ""

    def _grow(self) -> None:
        if self.grown.value not in ("", None) and self.beginnings:
            for name, value in self.beginnings()[self.grown.value][1].items():
                self.fields[name].value = value
            self.notice.success("Begun for you. Change what does not sound like you, then save it.")

    def _typed(self) -> None:
        if self._loading:
            return
        self.book.drafts[self.draft_key] = {"seen": self.seen, "values": {name: box.value for name, box in self.fields.items()}}
        self._show_hints()

    def _chosen(self, key: str) -> None:
        if not self._loading:
            self.notice.clear()
            self._load(key or None)

    def _load(self, key: str | None) -> None:
        self._loading = True
        self.seen = self._row(key) if key else None
        for name, box in self.fields.items():
            box.value = self._begun_with(name) if self.seen is None else self.seen[name]
            box.say("")
        self._loading = False
        self.book.drafts.pop(self.draft_key, None)
        self._show_state()
        self._show_hints()

    def _row(self, key: str) -> pd.Series | None:
        frame = self.book.read(self.record.table)
        found = frame[frame["id"] == key]
        return found.iloc[0] if len(found) else None

    def _begun_with(self, name: str) -> Any:
        return today_or(self.plan.preset.get(name, self.record.fields[name].default), self.book.today)

    def _show_state(self, saved: bool = False) -> None:
        self.remarks.about("" if self.seen is None else str(self.seen["id"]))
        elements.show(self.delete_button, self.seen is not None)
        elements.show(self.undo_button, saved)
        if self.seen is not None and not self.plan.choose:
            self.notice.success(f"You are changing what you wrote on {look.day(self.seen['created_at'])}.")
        elements.fill(self.confirm, ())
        self._offer_beginnings()

    def _show_hints(self) -> None:
        told = self.hints(self._whole()) if self.hints else []
        self.chips.value = chips(told)
        elements.show(self.chips, bool(told))

    def _whole(self) -> dict[str, Any]:
        stored = {} if self.seen is None else self.seen.to_dict()
        return {**stored, **self.values()}

    def _save(self) -> None:
        elements.guarded(self.book, self.notice, self._try_save)

    def _try_save(self) -> None:
        _, wrong = self.record.clean(self._whole())
        for name, box in self.fields.items():
            box.say(wrong.get(name, ""))
        if wrong:
            self._point_to(wrong)
            return
        if self.seen is not None and self._row(str(self.seen["id"])) is None:
            self._offer_anew()
        elif revised := self._revised():
            self._ask_why(revised)
        else:
            self._save_with([])

    def _revised(self) -> list[Change]:
        if self.seen is None or not self.plan.revised:
            return []
        found = self.plan.revised(self.seen, self.values(), self.book.today)
        return [Change(table, None, values) for table, values in found]

    def _ask_why(self, revised: list[Change]) -> None:
        told = [self._former(one.values or {}) for one in revised]
        changed = elements.button(
            "The plan has changed", lambda: elements.guarded(self.book, self.notice, lambda: self._save_with(revised)), "primary"
        )
        slip = elements.button("I put a slip right", lambda: elements.guarded(self.book, self.notice, lambda: self._save_with([])))
        why = "A change of plan is remembered, and earlier reviews stay as they were. A slip counts as if it had never been."
        self.notice.clear()
        asked = [elements.html(look.joined([look.paragraph(line) for line in told] + [look.paragraph(why, "note")]))]
        elements.fill(self.confirm, [elements.column([*asked, elements.line([changed, slip], "actions")])])

    def _former(self, change: dict[str, Any]) -> str:
        name = change["field"]
        now = pd.Series(self.record.clean(self._whole())[0])
        before, after = (shown(row, name, self.record, self.book.read) or "nothing" for row in (self.seen, now))
        return f"{self.record.fields[name].label}: {before} until now, {after} from today."

    def _save_with(self, also: list[Change]) -> None:
        try:
            self._store(also)
        except StaleRecord as stale:
            self._offer_both(stale)
        else:
            self._afterwards("Saved a moment ago.")

    def _point_to(self, wrong: dict[str, str]) -> None:
        if any(name in self.plan.hidden() for name in wrong):
            self.more.selected_index = 0
        elsewhere = [sentence for name, sentence in wrong.items() if name not in self.fields]
        self.notice.error(" ".join(elsewhere) or "Not saved yet: see the note in red.")

    def _store(self, also: Sequence[Change] = ()) -> None:
        if self.seen is None:
            self.book.add(self.record.table, **self.values())
        else:
            self.book.update(self.record.table, str(self.seen["id"]), seen=self.seen, also=also, **self.values())

    def _afterwards(self, sentence: str) -> None:
        self._loading = True
        self.chooser.value = ""
        self._loading = False
        self._load(None)
        self.notice.success(sentence)
        self._show_state(saved=True)

    def _offer_both(self, stale: StaleRecord) -> None:
        differing = [name for name in stale.mine if stale.mine[name] != stale.theirs[name]]
        mine, theirs = (pd.Series(self.record.clean(texts)[0]) for texts in (stale.theirs | stale.mine, stale.theirs))
        labels = {name: self.record.fields[name].label for name in differing}
        rows = [(labels[name], *(shown(row, name, self.record, self.book.read) for row in (mine, theirs))) for name in differing]
        both = elements.html(look.table(("", "What you wrote", "What is stored now"), rows))
        keep = elements.button("Keep mine", lambda: elements.guarded(self.book, self.notice, self._keep_mine), "primary")
        leave = elements.button("Keep what is stored", lambda: self._chosen(str(self.seen["id"]) if self.seen is not None else ""))
        self.notice.error("This was changed elsewhere since you opened it. Which shall stand?")
        elements.fill(self.confirm, [elements.column([both, elements.line([keep, leave], "actions")])])

    def _offer_anew(self) -> None:
        anew = elements.button("Save it as new", lambda: elements.guarded(self.book, self.notice, self._save_anew), "primary")
        self.notice.error(f"This {self.record.noun} was deleted elsewhere since you opened it.")
        elements.fill(self.confirm, [anew, elements.button("Leave it deleted", self._clear)])

    def _save_anew(self) -> None:
        self.seen = None
        self._store()
        self._afterwards("Saved a moment ago.")

    def _keep_mine(self) -> None:
        written = self.values()
        key = str(self.seen["id"]) if self.seen is not None else ""
        self.seen = self._row(key)
        self.book.update(self.record.table, key, seen=self.seen, **written)
        self._afterwards("Saved a moment ago.")

    def _clear(self) -> None:
        self._afterwards("")
        self._show_state()

    def _ask_delete(self) -> None:
        yes = elements.button("Yes, delete", lambda: elements.guarded(self.book, self.notice, self._delete), "danger")
        keep = elements.button("Keep it", lambda: self._show_state())
        question = elements.html(look.text(f"Delete this {self.record.noun}?"))
        elements.fill(self.confirm, [question, yes, keep])

    def _delete(self) -> None:
        if self.seen is not None:
            self.book.delete(self.record.table, str(self.seen["id"]))
            self._afterwards("Deleted.")

    def _undo(self) -> None:
        elements.guarded(self.book, self.notice, self._try_undo)

    def _try_undo(self) -> None:
        sentence = self.book.undo()
        self._show_state()
        self.notice.success(sentence)


def only(frame: pd.DataFrame, plan: FormPlan) -> pd.DataFrame:
    """Return the rows that a form is about."""
    for name, value in plan.only.items():
        frame = frame[frame[name] == value]
    listed = plan.record.listed(frame)
    return plan.among(listed) if plan.among else listed


def chips(told: list[tuple[bool, str]]) -> str:
    """Return hints as chips: met ones marked, the others as an open invitation."""
    made = "".join(f'<span class="ck-chip{" ck-yes" if met else ""}">{"✓" if met else "○"} {look.text(text)}</span>' for met, text in told)
    return f'<div class="ck-chips">{made}</div>' if told else ""


class RecordList(widgets.VBox):
    """The newest records, each with a button that opens it in the form."""

    def __init__(self, book: Book, plan: FormPlan, open_record: Callable[[str], None]) -> None:
        self.book, self.plan, self.record, self._show_record = book, plan, plan.record, open_record
        self._all = False
        self._now: tuple[list[tuple[str, str]], int] | None = None
        super().__init__([], **elements.shared(widgets.VBox))
        self.add_class("ck-records")
        self.refresh()

    def refresh(self) -> None:
        """Show what is stored now."""
        frame = only(self.book.read(self.record.table), self.plan).sort_values("created_at", ascending=False, kind="stable")
        asked = open_counts(self.book, self.record.table, list(frame["id"]))
        frame = asked_first(frame, asked)
        rows = frame if self._all else frame.head(FIRST_LISTED)
        told = [(str(row["id"]), f"{self._brief(row)}{mark(asked[row['id']])}") for _, row in rows.iterrows()]
        if (told, len(frame)) != self._now:
            self._now = (told, len(frame))
            elements.fill(self, [*(self._line(key, brief) for key, brief in told), *self._rest(len(frame))])

    def _rest(self, amount: int) -> list[Any]:
        if not FIRST_LISTED < amount <= 200:
            return []
        return [elements.button("Show fewer" if self._all else f"Show all {amount}", self._toggle, "link")]

    def _toggle(self) -> None:
        self._all = not self._all
        self.refresh()

    def _told(self, row: pd.Series, name: str) -> str:
        text = shown(row, name, self.record, self.book.read)
        field = self.record.fields[name]
        # A bare number says nothing in a line of text, so its column's name goes with it, unless its unit is the same word.
        return f"{name.replace('_', ' ')} {text}" if text and isinstance(field, Number) and field.unit not in name.split("_") else text

    def _brief(self, row: pd.Series) -> str:
        columns = [name for line in self.plan.lines() for name in line][:5]
        told = [self._told(row, name) for name in columns]
        first, rest = (told[0], told[1:]) if told[0] else (self.record.noun, told[1:])
        brief = " · ".join(text if len(text) <= 80 else text[:77] + "…" for text in rest if text)
        return f"{look.strong(first)} {look.muted(brief)}"

    def _line(self, key: str, brief: str) -> Any:
        return elements.line([elements.html(brief), elements.button("Change", lambda: self._show_record(key), "link")], "record")
