"""An appraisal in the notebook: recall wins month by month, paste the form's headings, place, write and copy out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import ipywidgets as widgets

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import DRAFT_FOUND, Card
from careerkit.notebook.widgets.copy_text import CopyText
from careerkit.notebook.widgets.period_choice import PeriodChoice, appraisal_periods, chosen_period, still_running
from careerkit.review.appraisal import draft, headings, placement, prose
from careerkit.review.appraisal.draft import Material, Passage
from careerkit.review.appraisal.recall import Month
from careerkit.store.changes import Change
from careerkit.topics.periods import Period

TOPIC = "appraisal"
NOWHERE = -1
LONGEST = 60
PLACING = "Each win and figure has one place. The first is a proposal, with its reason; choose another, or nowhere."
WRITING = "Change the text until it sounds like you. The count follows as you write, and nothing is ever cut."


class Recall(Card[CareerBook]):
    """The wins of a period month by month, with room for one that comes to mind.

    Parameters
    ----------
    book : CareerBook
        Reads and saves.
    """

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book, "recall")
        usual = draft.usual_period(book.tables(), book.today, book.settings)
        periods = appraisal_periods(usual, book.today, book.settings.fiscal_first_month)
        self.choice = PeriodChoice(book, TOPIC, "Which period is the appraisal about?", periods)
        self.choice.observe_change(book.refresh)
        self.note, self.list = elements.html(), elements.column()
        self.months: list[MonthRow] = []
        self.children = [elements.form([self.choice, self.note, self.list, self.actions()])]
        self.refresh()

    def refresh(self) -> None:
        """Show what the records say now."""
        material = _material(self.book)
        self.note.value = str(still_running(material.period, self.book.today))
        if [row.month.start for row in self.months] != [month.start for month in material.months]:
            self.months = [MonthRow(month, lambda row: self.attempt(lambda: self.add(row))) for month in material.months]
            elements.fill(self.list, self.months)
        for row, month in zip(self.months, material.months, strict=True):
            row.show(month)

    def add(self, row: MonthRow) -> None:
        """Save what was typed for a month as a win."""
        title, result = row.title.value.strip(), row.result.value.strip()
        if not title:
            raise CareerkitError(f"Write in a few words what you did in {row.month.start:%B}, then save it.")
        row.clear()
        try:
            self.book.add("achievements", title=title, result=result, achieved_on=row.month.end)
        except CareerkitError:
            row.title.value, row.result.value = title, result
            raise
        self.saved(f"Saved as a win of {row.month.name}. Its day, its number and who gained from it can be added in Brand.")


class MonthRow(elements.Group):
    """A month with its wins, or with what may bring one to mind."""

    def __init__(self, month: Month, add: Callable[[MonthRow], None]) -> None:
        self.month, self.known = month, elements.html("", "known")
        self.title = elements.make(widgets.Text, placeholder=f"What did you finish in {month.start:%B}?", tooltip=f"A win of {month.name}")
        self.result = elements.make(widgets.Text, placeholder="What came of it?", tooltip=f"What came of the win of {month.name}")
        save = elements.button("Add this win", lambda: add(self), "quiet")
        self.line = elements.line([elements.field(self.title), elements.field(self.result), save], "recallline")
        self.another = elements.button("Add another", self._open, "link")
        super().__init__([self.known, self.another, self.line], "month")

    def show(self, month: Month) -> None:
        """Show a month as it is now."""
        self.month = month
        self.known.value = str(_month(month))
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
    parts = [look.Html(f'<p class="ck-monthname">{look.strong(month.name)}</p>')]
    if month.wins:
        wins = (f"{look.strong(win.title)} {look.muted(' · '.join(filter(None, (win.metric, win.impact))))}" for win in month.wins)
        parts.append(_list("ck-wins", wins))
    elif month.jogs:
        parts.append(look.paragraph("No win is noted. Perhaps one of these brings one to mind:", "note"))
        parts.append(_list("ck-jogs", map(look.text, month.jogs)))
    else:
        parts.append(look.paragraph("Nothing is noted for this month. What did you finish, fix or learn?", "note"))
    if month.private:
        parts.append(look.paragraph(f"{look.count(month.private, 'private win')} of this month stays out of the appraisal.", "note"))
    return look.joined(parts)


def _list(kind: str, items: Iterable[Any]) -> look.Html:
    return look.Html(f'<ul class="{kind}">{"".join(f"<li>{item}</li>" for item in items)}</ul>')


class AppraisalForm(Card[CareerBook]):
    """The form's headings, the text under each, and what is missing.

    Parameters
    ----------
    book : CareerBook
        Reads and saves.
    """

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book, "appraisal")
        self.passages: list[Passage] = []
        self.seen: list[Passage] = []
        self.boxes: list[PassageBox] = []
        self.places: list[PlaceRow] = []
        self.period: Period | None = None
        self.pasted = elements.make(
            widgets.Textarea,
            description="The headings of your form, one a line, with their limits",
            placeholder="Key achievements (max 500 characters)\nGoals: 1000\nWhat did you learn? 200 words",
            rows=5,
        )
        self.heading, self.gaps, self.headings_notice = elements.html(), elements.html("", "gaps"), elements.Notice()
        self.place_list, self.write_list = elements.column(), elements.column()
        self.whole = CopyText(label="The whole, as Markdown", fixed=True)
        use = elements.button("Use these headings", lambda: self._use(headings.parse(self.pasted.value)), "primary")
        usual = elements.button("I have no form yet: use four usual headings", lambda: self._use(list(placement.USUAL)), "link")
        ask = elements.form([self.heading, elements.field(self.pasted), elements.line([use, usual, self.headings_notice], "actions")])
        self.place_card = elements.column([_intro("Where does each belong?", PLACING), self.place_list], "places")
        actions = self.actions(self.button("Save draft", self.save, "primary"))
        # No `elements.form` around a text that is copied: a browser lets a page copy only at once after the click.
        self.write_card = elements.column([_intro("Make it yours", WRITING), self.write_list, self.gaps, actions], "form")
        self.whole_card = elements.column([self.whole], "form")
        self.children = [ask, self.place_card, self.write_card, self.whole_card]
        self.refresh()

    # -- what is shown

    @property
    def draft_key(self) -> str:
        """Where what was begun is kept."""
        return f"appraisal:{self.period.name if self.period else ''}"

    def refresh(self) -> None:
        """Take in wins and drafts that were saved elsewhere; what was begun stays."""
        self.attempt(self._take_in)

    def _take_in(self) -> None:
        self.material = _material(self.book)
        if self.material.period != self.period:
            self.period = self.material.period
            self.say_nothing()
        stored = self._stored()
        self.seen = self.draft["seen"] if self.draft else stored
        self.passages = list(self.draft["parts"] if self.draft else stored)
        if self.draft and not self.notice.value:
            self.notice.success(DRAFT_FOUND)
        self._show()

    def _stored(self) -> list[Passage]:
        return draft.stored(self.book.tables(), self.material.period)

    def _show(self) -> None:
        self.heading.value = str(look.paragraph(f"For {self.material.period.label}.", "note"))
        if not self.pasted.value.strip() and self.passages:
            self.pasted.value = headings.as_text([passage.heading for passage in self.passages])
        with self.filling():
            self._fill_boxes()
            self._fill_places()
        for card in (self.place_card, self.write_card, self.whole_card):
            elements.show(card, bool(self.passages))
        elements.show(self.place_card, bool(self.passages and self.places))
        self._show_gaps()

    def _fill_boxes(self) -> None:
        if [box.passage.heading for box in self.boxes] != [passage.heading for passage in self.passages]:
            self.boxes = [PassageBox(passage) for passage in self.passages]
            for place, box in enumerate(self.boxes):
                self.on_change(partial(self._type, place), box.message, trait="text")
            elements.fill(self.write_list, self.boxes)
        for box, passage in zip(self.boxes, self.passages, strict=True):
            box.show(passage)

    def _fill_places(self) -> None:
        titles, items = [passage.heading.title for passage in self.passages], self.material.items
        if [(row.item, row.titles) for row in self.places] != [(item, titles) for item in items]:
            self.places = [PlaceRow(item, titles) for item in items]
            for row in self.places:
                self.on_change(partial(self._place, row), row.choice)
            elements.fill(self.place_list, self.places)
        for row in self.places:
            row.show(self.passages)

    def _show_gaps(self) -> None:
        gaps = prose.gaps(self.passages, self.material) if self.passages else []
        found = _list("ck-jogs", map(look.text, gaps)) if gaps else look.paragraph(prose.NO_GAPS, "note")
        self.gaps.value = str(look.joined([look.heading("What is missing"), found]))
        if self.period:
            self.whole.text = prose.document(self.passages, self.period, self.book.settings.owner)

    # -- what one does

    def _use(self, asked: list[headings.Heading]) -> None:
        self.attempt(lambda: self._rearrange(asked), self.headings_notice)

    def _rearrange(self, asked: list[headings.Heading]) -> None:
        if not asked:
            raise CareerkitError("Paste the headings of your form into the box first, one a line.")
        self.passages, left = placement.rearranged(self.passages, asked, self.material)
        self.pasted.value = headings.as_text([passage.heading for passage in self.passages])
        kept = f" {look.count(left, 'heading')} that the form no longer has stays at the end, because it has a text." if left else ""
        self.headings_notice.success(f"{look.count(len(asked), 'heading')} read.{kept} Look below.")
        self._change()

    def _place(self, row: PlaceRow) -> None:
        self.passages = [draft.without_item(passage, row.item) for passage in self.passages]
        if row.choice.value != NOWHERE:
            self.passages[row.choice.value] = draft.with_item(self.passages[row.choice.value], row.item)
        self._change()

    def _type(self, place: int) -> None:
        self.passages[place] = replace(self.passages[place], text=self.boxes[place].message.text)
        self.boxes[place].show_room(self.passages[place])
        self._keep()
        self._show_gaps()

    def _change(self) -> None:
        self._keep()
        self._show()

    def _keep(self) -> None:
        self.draft = {"seen": self.seen, "parts": list(self.passages)}
        self.notice.clear()

    def save(self) -> None:
        """Save the draft of the appraisal."""
        stored = self._stored()
        if stored != self.seen:
            self.seen = stored
            self._keep()
            raise CareerkitError("This draft was changed elsewhere meanwhile. Save again to replace it with what you see here.")
        changes = [Change("appraisals", *change) for change in draft.row_changes(stored, self.passages, self.material)]
        if not changes:
            raise CareerkitError("Nothing has changed since it was saved.")
        self._keep()
        with self.draft_dropped():
            self.book.save(changes, f"the draft of the appraisal for {self.material.period.name}")
        self.saved()

    def undo(self) -> None:
        """Take the save back; what was taken back stays in the fields: half an hour of writing is not thrown away by a click."""
        written = [passage.without_id() for passage in self.passages]
        elements.show(self.undo_button, False)
        summary = self.book.undo()
        self.seen, self.passages = self._stored(), written
        self._change()
        self.notice.success(summary)


def _intro(title: str, text: str) -> Any:
    return elements.html(look.joined([look.heading(title), look.paragraph(text, "note")]))


class PassageBox(elements.Group):
    """A heading, the text under it with a button that copies it, and how much room is left."""

    def __init__(self, passage: Passage) -> None:
        self.passage, self.message, self.room = passage, CopyText(), elements.html("", "room")
        super().__init__([self.message, self.room], "part")

    def show(self, passage: Passage) -> None:
        """Show a passage as it is now."""
        self.message.label, self.message.text = passage.heading.title, passage.text
        self.show_room(passage)

    def show_room(self, passage: Passage) -> None:
        """Show how much room is left."""
        self.passage = passage
        self.room.value = look.text(headings.room_left(passage.text, passage.heading))
        (self.room.add_class if headings.excess(passage.text, passage.heading) else self.room.remove_class)("ck-wrong")


class PlaceRow(elements.Group):
    """A win or a figure, and the heading under which it is placed."""

    def __init__(self, item: draft.Item, titles: list[str]) -> None:
        self.item, self.titles, self.why = item, titles, elements.html("", "help")
        options = [("nowhere", NOWHERE), *((look.short(title, LONGEST), number) for number, title in enumerate(titles))]
        name = f"Where does it belong: {draft.item_name(item)}"
        self.choice = elements.make(widgets.Dropdown, options=options, value=NOWHERE, tooltip=name)
        line = elements.line([elements.html(_summary(item), "skill"), elements.field(self.choice, self.why)], "placeline")
        super().__init__([line], "rate")

    def show(self, passages: list[Passage]) -> None:
        """Show where it is placed now, and why it was proposed there."""
        self.choice.value = next((number for number, each in enumerate(passages) if self.item.id in each.items), NOWHERE)
        reason = "" if self.choice.value == NOWHERE else dict(passages[self.choice.value].why).get(self.item.id, "")
        self.why.value = look.text(f"Proposed: {reason}." if reason else "")
        elements.show(self.why, bool(reason))


def _summary(item: draft.Item) -> str:
    if isinstance(item, draft.Win):
        facts = [item.metric, look.day(item.achieved_on), item.impact]
        return f"{look.strong(item.title)} {look.muted(' · '.join(filter(None, facts)))}"
    return f"{look.text(item.text)} {look.muted(item.formula)}"


def _material(book: CareerBook) -> Material:
    tables = book.tables()
    period = chosen_period(book, TOPIC, draft.usual_period(tables, book.today, book.settings))
    return draft.collect(tables, book.today, book.settings, period)
