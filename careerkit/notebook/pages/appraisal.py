"""An appraisal in the notebook: recall wins month by month, paste the form's headings, place, write and copy out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

import ipywidgets as widgets

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.copy_text import CopyText
from careerkit.notebook.widgets.period_choice import DatedBook, PeriodChoice, appraised, chosen, running
from careerkit.review.appraisal import draft, headings, placement, prose
from careerkit.review.appraisal.draft import Material, Part
from careerkit.review.appraisal.wins import Month
from careerkit.store.changes import Change
from careerkit.topics.periods import Period

TOPIC = "appraisal"
NOWHERE = -1
LONGEST = 60
Text = widgets.Text


class AppraisalBook(DatedBook, Protocol):
    """A book in which an appraisal is written."""

    def save(self, changes: list[Change], what: str, source: str = "own") -> None: ...


class Recall(widgets.VBox):
    """The wins of a period month by month, with room for one that comes to mind.

    Parameters
    ----------
    book : AppraisalBook
        Reads and saves.
    """

    def __init__(self, book: AppraisalBook) -> None:
        self.book, self.notice = book, elements.Notice()
        usual = draft.usual_period(book.tables(), book.today, book.settings)
        self.choice = PeriodChoice(
            book, TOPIC, "What are you appraised for?", appraised(usual, book.today, book.settings.fiscal_first_month)
        )
        self.choice.observe_change(book.refresh)
        self.note, self.list = elements.html(), elements.column()
        self.undo_button = elements.button("Undo", self._undo, "link")
        elements.show(self.undo_button, False)
        self.months: list[MonthRow] = []
        card = elements.form([self.choice, self.note, self.list, elements.line([self.notice, self.undo_button], "actions")])
        super().__init__([card], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self.add_class("ck-recall")
        self.refresh()

    def refresh(self) -> None:
        """Show what the records say now."""
        found = _material(self.book)
        self.note.value = str(running(found.period, self.book.today))
        if [row.month.start for row in self.months] != [month.start for month in found.months]:
            self.months = [MonthRow(month, self._add) for month in found.months]
            elements.fill(self.list, self.months)
        for row, month in zip(self.months, found.months, strict=True):
            row.show(month)

    def _add(self, row: MonthRow) -> None:
        elements.guarded(self.book, self.notice, lambda: self._try_add(row))

    def _try_add(self, row: MonthRow) -> None:
        title, result = row.title.value.strip(), row.result.value.strip()
        if not title:
            raise CareerkitError(f"Write in a few words what you did in {row.month.start:%B}, then save it.")
        row.clear()
        try:
            self.book.add("achievements", title=title, result=result, achieved_on=row.month.end)
        except CareerkitError:
            row.title.value, row.result.value = title, result
            raise
        self.notice.success(f"Saved as a win of {row.month.name}. Its day, its number and who gained from it can be added in Brand.")
        elements.show(self.undo_button)

    def _undo(self) -> None:
        elements.guarded(self.book, self.notice, lambda: self.notice.success(self.book.undo()))
        elements.show(self.undo_button, False)


class MonthRow(widgets.VBox):
    """A month with its wins, or with what may bring one to mind."""

    def __init__(self, month: Month, add: Callable[[MonthRow], None]) -> None:
        self.month, self.told = month, elements.html("", "known")
        self.title = Text(placeholder=f"What did you finish in {month.start:%B}?", **elements.shared(Text))
        self.result = Text(placeholder="What came of it?", **elements.shared(Text))
        self.title.tooltip, self.result.tooltip = f"A win of {month.name}", f"What came of the win of {month.name}"
        save = elements.button("Add this win", lambda: add(self), "quiet")
        self.line = elements.line([elements.column([self.title], "field"), elements.column([self.result], "field"), save], "recallline")
        self.another = elements.button("Add another", self._open, "link")
        super().__init__([self.told, self.another, self.line], **elements.shared(widgets.VBox))
        self.add_class("ck-month")

    def show(self, month: Month) -> None:
        """Show a month as it stands now."""
        self.month = month
        self.told.value = str(_month(month))
        begun = bool(self.title.value or self.result.value)
        elements.show(self.line, begun or not month.wins)
        elements.show(self.another, bool(month.wins) and not begun)

    def clear(self) -> None:
        """Empty its line."""
        self.title.value = self.result.value = ""

    def _open(self) -> None:
        elements.show(self.line)
        elements.show(self.another, False)


def _month(month: Month) -> look.Html:
    wins = "".join(
        f"<li>{look.strong(win.title)} {look.muted(' · '.join(filter(None, (win.metric, win.impact))))}</li>" for win in month.wins
    )
    jogs = "".join(f"<li>{look.text(jog)}</li>" for jog in month.jogs)
    told = [look.Html(f'<p class="ck-monthname">{look.strong(month.name)}</p>')]
    if wins:
        told.append(look.Html(f'<ul class="ck-wins">{wins}</ul>'))
    elif jogs:
        told += [
            look.paragraph("No win is noted. Perhaps one of these brings one to mind:", "note"),
            look.Html(f'<ul class="ck-jogs">{jogs}</ul>'),
        ]
    else:
        told.append(look.paragraph("Nothing is noted for this month. What did you finish, mend or learn?", "note"))
    if month.private:
        told.append(look.paragraph(f"{look.count(month.private, 'private win')} of this month stays out of the appraisal.", "note"))
    return look.joined(told)


class AppraisalForm(widgets.VBox):
    """The form's headings, what stands under each, and what is missing.

    Parameters
    ----------
    book : AppraisalBook
        Reads and saves.
    """

    def __init__(self, book: AppraisalBook) -> None:
        self.book, self.notice = book, elements.Notice()
        self.parts: list[Part] = []
        self.seen: list[Part] = []
        self.boxes: list[PartBox] = []
        self.places: list[PlaceRow] = []
        self.period: Period | None = None
        self._writing = False
        self.pasted = widgets.Textarea(
            description="The headings of your form, one a line, with their limits",
            placeholder="Key achievements (max 500 characters)\nGoals: 1000\nWhat did you learn? 200 words",
            rows=5,
            **elements.shared(widgets.Textarea),
        )
        self.heading, self.gaps = elements.html(), elements.html("", "gaps")
        self.place_list, self.write_list = elements.column(), elements.column()
        self.whole = CopyText(label="The whole, as Markdown", fixed=True)
        super().__init__(self._cards(), **elements.shared(widgets.VBox))
        self.add_class("ck")
        self.add_class("ck-appraisal")
        self.refresh()

    def _cards(self) -> list[Any]:
        self.undo_button = elements.button("Undo", self._undo, "link")
        elements.show(self.undo_button, False)
        use = elements.button("Use these headings", self._use, "primary")
        usual = elements.button("I have no form yet: use four usual headings", self._use_usual, "link")
        self.first_notice = elements.Notice()
        ask = elements.form(
            [self.heading, elements.column([self.pasted], "field"), elements.line([use, usual, self.first_notice], "actions")]
        )
        place_head = look.joined([look.heading("Where does each belong?"), look.paragraph("Each win and figure stands once. The first place is a proposal, with its reason; choose another, or nowhere.", "note")])  # fmt: skip
        self.place_card = elements.column([elements.html(place_head), self.place_list], "places")
        write_head = look.joined([look.heading("Make it yours"), look.paragraph("Change the text until it sounds like you. The count follows as you write, and nothing is ever cut.", "note")])  # fmt: skip
        bar = elements.line([elements.button("Save draft", self._save, "primary"), self.notice, self.undo_button], "actions")
        # No `parts.form` around a text that is copied: a browser lets a page copy only at once after the click.
        self.write_card = elements.column([elements.html(write_head), self.write_list, self.gaps, bar], "form")
        self.whole_card = elements.column([self.whole], "form")
        return [ask, self.place_card, self.write_card, self.whole_card]

    # -- what is shown

    @property
    def draft_key(self) -> str:
        """Where what was begun is kept."""
        return f"appraisal:{self.period.name if self.period else ''}"

    def refresh(self) -> None:
        """Take in wins and drafts that were saved elsewhere; what was begun stays."""
        elements.guarded(self.book, self.notice, self._take_in)

    def _take_in(self) -> None:
        self.found = _material(self.book)
        if self.found.period != self.period:
            self.period = self.found.period
            self.notice.clear()
            elements.show(self.undo_button, False)
        stored = draft.stored(self.book.tables(), self.found.period)
        begun = self.book.drafts.get(self.draft_key)
        self.seen = begun["seen"] if begun else stored
        self.parts = list(begun["parts"]) if begun else list(stored)
        if begun and not self.notice.value:
            self.notice.success("Here is what you had begun to write. It is not saved yet.")
        self._show()

    def _show(self) -> None:
        self.heading.value = str(look.paragraph(f"For {self.found.period.label}.", "note"))
        if not self.pasted.value.strip() and self.parts:
            self.pasted.value = headings.written([part.heading for part in self.parts])
        self._fill_boxes()
        self._fill_places()
        for card in (self.place_card, self.write_card, self.whole_card):
            elements.show(card, bool(self.parts))
        elements.show(self.place_card, bool(self.parts and self.places))
        self._tell()

    def _fill_boxes(self) -> None:
        if [box.part.heading for box in self.boxes] != [part.heading for part in self.parts]:
            self.boxes = [PartBox(part, partial(self._typed, place)) for place, part in enumerate(self.parts)]
            elements.fill(self.write_list, self.boxes)
        self._writing = True
        for box, part in zip(self.boxes, self.parts, strict=True):
            box.show(part)
        self._writing = False

    def _fill_places(self) -> None:
        items = self.found.items
        named = [part.heading.title for part in self.parts]
        if [(row.item, row.headings) for row in self.places] != [(item, named) for item in items]:
            self.places = [PlaceRow(item, named, self._place) for item in items]
            elements.fill(self.place_list, self.places)
        self._writing = True
        for row in self.places:
            row.show(self.parts)
        self._writing = False

    def _tell(self) -> None:
        told = prose.missing(self.parts, self.found) if self.parts else []
        lines = "".join(f"<li>{look.text(each)}</li>" for each in told)
        rest = (
            look.Html(f'<ul class="ck-jogs">{lines}</ul>')
            if told
            else look.paragraph("Nothing. Read it aloud once, then copy it out.", "note")
        )
        self.gaps.value = str(look.joined([look.heading("What is missing"), rest]))
        if self.period:
            self.whole.text = prose.document(self.parts, self.period, self.book.settings.owner)

    # -- what one does

    def _use(self) -> None:
        elements.guarded(self.book, self.first_notice, lambda: self._begin(headings.parse(self.pasted.value)))

    def _use_usual(self) -> None:
        elements.guarded(self.book, self.first_notice, lambda: self._begin(list(placement.USUAL)))

    def _begin(self, asked: list[headings.Heading]) -> None:
        if not asked:
            raise CareerkitError("Paste the headings of your form into the box first, one a line.")
        self.parts, left = placement.reworded(self.parts, asked, self.found)
        self.pasted.value = headings.written([part.heading for part in self.parts])
        kept = f" {look.count(left, 'heading')} that the form no longer has stays at the end, because a text stands there." if left else ""
        self.first_notice.success(f"{look.count(len(asked), 'heading')} read.{kept} Look below.")
        self._changed()

    def _place(self, row: PlaceRow) -> None:
        if self._writing:
            return
        self.parts = [draft.taken_out(part, row.item) for part in self.parts]
        if row.choice.value != NOWHERE:
            self.parts[row.choice.value] = draft.placed(self.parts[row.choice.value], row.item)
        self._changed()

    def _typed(self, place: int) -> None:
        if self._writing:
            return
        self.parts[place] = replace(self.parts[place], text=self.boxes[place].message.text)
        self.boxes[place].tell(self.parts[place])
        self._keep()
        self._tell()

    def _changed(self) -> None:
        self._keep()
        self._show()

    def _keep(self) -> None:
        self.book.drafts[self.draft_key] = {"seen": self.seen, "parts": list(self.parts)}
        self.notice.clear()

    def _save(self) -> None:
        elements.guarded(self.book, self.notice, self._try_save)

    def _try_save(self) -> None:
        period = self.found.period
        now = draft.stored(self.book.tables(), period)
        if now != self.seen:
            self.seen = now
            self.book.drafts[self.draft_key] = {"seen": now, "parts": list(self.parts)}
            raise CareerkitError("This draft was changed elsewhere meanwhile. Save again to put what stands here in its place.")
        changes = [Change("appraisals", *change) for change in draft.changes(now, self.parts, self.found)]
        if not changes:
            raise CareerkitError("Nothing has changed since it was saved.")
        begun = self.book.drafts.pop(self.draft_key, None)
        try:
            self.book.save(changes, f"the draft of the appraisal for {period.name}")
        except Exception:
            self.book.drafts[self.draft_key] = begun or {"seen": self.seen, "parts": list(self.parts)}
            raise
        self.notice.success("Saved a moment ago.")
        elements.show(self.undo_button)

    def _undo(self) -> None:
        elements.guarded(self.book, self.notice, self._try_undo)

    def _try_undo(self) -> None:
        written = [part.without_id() for part in self.parts]
        said = self.book.undo()
        # What was taken back still stands in the fields: half an hour of writing is not thrown away by a click.
        self.seen = draft.stored(self.book.tables(), self.found.period)
        self.parts = written
        self._changed()
        self.notice.success(said)
        elements.show(self.undo_button, False)


class PartBox(widgets.VBox):
    """A heading, the text under it with a button that copies it, and how much room is left."""

    def __init__(self, part: Part, typed: Callable[[], None]) -> None:
        self.part, self.message, self.room = part, CopyText(), elements.html("", "room")
        super().__init__([self.message, self.room], **elements.shared(widgets.VBox))
        self.add_class("ck-part")
        self.message.observe(lambda _: typed(), names="text")

    def show(self, part: Part) -> None:
        """Show a part as it stands now."""
        self.message.label, self.message.text = part.heading.title, part.text
        self.tell(part)

    def tell(self, part: Part) -> None:
        """Say how much room is left."""
        self.part = part
        self.room.value = look.text(headings.room(part.text, part.heading))
        (self.room.add_class if headings.over(part.text, part.heading) else self.room.remove_class)("ck-wrong")


class PlaceRow(widgets.VBox):
    """A win or a figure, and the heading under which it stands."""

    def __init__(self, item: draft.Item, named: list[str], place: Callable[[PlaceRow], None]) -> None:
        self.item, self.headings, self.why = item, named, elements.html("", "help")
        options = [("nowhere", NOWHERE), *((look.short(title, LONGEST), number) for number, title in enumerate(named))]
        self.choice = widgets.Dropdown(options=options, value=NOWHERE, **elements.shared(widgets.Dropdown))
        self.choice.tooltip = f"Where does it stand: {draft.name(item)}"
        head = elements.html(appraisal_item(item), "skill")
        line = elements.line([head, elements.column([self.choice, self.why], "field")], "placeline")
        super().__init__([line], **elements.shared(widgets.VBox))
        self.add_class("ck-rate")
        self.choice.observe(lambda _: place(self), names="value")

    def show(self, written: list[Part]) -> None:
        """Show where it stands now, and why it was proposed there."""
        at = next((number for number, part in enumerate(written) if self.item.id in (*part.wins, *part.figures)), NOWHERE)
        self.choice.value = at
        reason = dict(written[at].why).get(self.item.id, "") if at != NOWHERE else ""
        self.why.value = look.text(f"Proposed: {reason}." if reason else "")
        elements.show(self.why, bool(reason))


def appraisal_item(item: draft.Item) -> str:
    """Return a win or a figure as it stands in the list of what there is to place."""
    if isinstance(item, draft.Win):
        facts = [item.metric, look.day(item.achieved_on), item.impact]
        return f"{look.strong(item.title)} {look.muted(' · '.join(fact for fact in facts if fact))}"
    return f"{look.text(item.text)} {look.muted(item.formula)}"


def _material(book: AppraisalBook) -> Material:
    tables = book.tables()
    period = chosen(book, TOPIC, draft.usual_period(tables, book.today, book.settings))
    return draft.material(tables, book.today, book.settings, period)
