"""A set of guided questions as a page: answer some or all, save once, and see what you answered before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.notebook import question_sets
from careerkit.notebook.question_sets import Question
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import Book
from careerkit.notebook.widgets.fields import FieldBox
from careerkit.records import Choice, Field, Flag, LongText, Scale

# Earlier answers beyond these are in the table of reflections.
SHOWN = 3
PRIVATE = Flag(label="Keep these answers to myself", help="They never leave this workbook, whoever it is shared with.", name="private")


class AskingBook(Book, Protocol):
    """A book that also saves several records at once."""

    def add_many(self, table: str, records: Iterable[dict[str, Any]]) -> list[str]: ...


class Asked(widgets.VBox):
    """One question, its answer, and what was answered before."""

    def __init__(self, question: Question, number: int) -> None:
        self.question = question
        self.box = FieldBox(_field(question, number), lambda _: {})
        # The question stands above as text and not as the input's label: a label would turn "from $5k to $6k" into a formula.
        self.box.input.tooltip = question.text
        self.earlier = elements.html("", "earlier")
        by = f" {look.muted(f'asked by {question.author}')}" if question.author else ""
        head = elements.html(f"{look.strong(question.text)}{by}", "question")
        super().__init__([head, self.box, self.earlier], **elements.shared(widgets.VBox))
        self.add_class("ck-asked")

    def show_earlier(self, answers: pd.DataFrame) -> None:
        """Show what was answered before, the latest first."""
        mine = answers[answers["prompt"].str.strip() == self.question.text]
        of = " of 5" if self.question.kind == "scale" else ""
        told = [(look.day(row["written_on"]), f"{row['answer']}{of}") for _, row in mine.iterrows()]
        self.earlier.value = str(look.folded(f"What you wrote on {told[0][0]}", told[:SHOWN])) if told else ""
        elements.show(self.earlier, bool(told))


class Asking(widgets.VBox):
    """The questions of a set, one below the other, with one button that saves every answer given.

    Parameters
    ----------
    book : AskingBook
        Reads and saves.
    name : str
        The set, such as "feedback".
    """

    def __init__(self, book: AskingBook, name: str) -> None:
        self.book, self.name = book, name
        self.notice = elements.Notice()
        self.undo_button = elements.button("Undo", self._undo, "link")
        elements.show(self.undo_button, False)
        self.private = FieldBox(PRIVATE, lambda _: {})
        self.private.observe_change(self._typed)
        bar = elements.line([elements.button("Save answers", self._save, "primary"), self.notice, self.undo_button], "actions")
        self._list = elements.column()
        super().__init__([elements.form([self._list, self.private, bar])], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self.add_class("ck-questions")
        self._loading = False
        self._last: dict[str, Any] = {"ids": [], "draft": {}}
        self.asked: list[Asked] = []
        self.turn_to(name)

    @property
    def draft_key(self) -> str:
        """Where what was begun is kept."""
        return f"questions:{self.name}"

    def turn_to(self, name: str) -> None:
        """Ask another set; what was begun in this one is kept."""
        self.name = name
        self._fill({})
        self.notice.clear()
        elements.show(self.undo_button, False)
        self.refresh()
        self._take_up(self.book.drafts.get(self.draft_key))

    def answers(self) -> dict[str, Any]:
        """Return the answers given, question to answer."""
        return {each.question.text: each.box.value for each in self.asked if str(each.box.value).strip()}

    def refresh(self) -> None:
        """Take in questions and answers that were saved elsewhere."""
        found = question_sets.of_set(self.name, self.book.read("prompts"))
        if [each.question for each in self.asked] != found:
            self._ask(found)
        answers = self.book.read("reflections").sort_values(["written_on", "id"], ascending=False)
        for each in self.asked:
            each.show_earlier(answers)

    def _ask(self, found: list[Question]) -> None:
        kept = self._begun()
        self.asked = [Asked(question, number) for number, question in enumerate(found, 1)]
        self._fill(**kept)
        for each in self.asked:
            each.box.observe_change(self._typed)
        elements.fill(self._list, self.asked)

    def _fill(self, answers: dict[str, Any], private: bool = False) -> None:
        self._loading = True
        self.private.value = private
        for each in self.asked:
            each.box.value = answers.get(each.question.text, "")
        self._loading = False

    def _take_up(self, draft: dict[str, Any] | None) -> None:
        if draft:
            self._fill(**draft)
            self.notice.success("Here is what you had begun to write. It is not saved yet.")

    def _typed(self) -> None:
        if not self._loading:
            self.book.drafts[self.draft_key] = self._begun()

    def _begun(self) -> dict[str, Any]:
        return {"answers": self.answers(), "private": self.private.value}

    def _save(self) -> None:
        elements.guarded(self.book, self.notice, self._try_save)

    def _try_save(self) -> None:
        given = self.answers()
        if not given:
            raise CareerkitError("Nothing is answered yet. One answer is enough to save.")
        common = {"topic": self.name, "written_on": self.book.today, "private": self.private.value}
        ids = self.book.add_many("reflections", [{"prompt": prompt, "answer": answer, **common} for prompt, answer in given.items()])
        self._last = {"ids": ids, "draft": self._begun()}
        self.book.drafts.pop(self.draft_key, None)
        self._fill({})
        self.notice.success(f"{look.count(len(given), 'answer')} saved a moment ago.")
        elements.show(self.undo_button)

    def _undo(self) -> None:
        elements.guarded(self.book, self.notice, self._try_undo)

    def _try_undo(self) -> None:
        self.notice.success(self.book.undo())
        elements.show(self.undo_button, False)
        # Ten minutes of writing are not thrown away by a click: what was taken back stands in the fields again.
        if not set(self._last["ids"]) & set(self.book.read("reflections")["id"]) and not self.answers():
            self._fill(**self._last["draft"])
            self._typed()


class Exercises(widgets.VBox):
    """Choose a set of questions, and answer it below."""

    def __init__(self, book: AskingBook) -> None:
        self.book, self._offering = book, False
        self.choice = widgets.Dropdown(description="Which questions would you like to think about?", **elements.shared(widgets.Dropdown))
        sets = self._sets()
        begun = book.drafts.get("exercises", {}).get("set")
        self.asking = Asking(book, begun if begun in sets else sets[0])
        super().__init__([elements.column([self.choice], "field"), self.asking], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self._offer(sets, self.asking.name)
        self.choice.observe(lambda _: self._show(), names="value")

    def refresh(self) -> None:
        """Take in sets, questions and answers that were saved elsewhere."""
        sets = self._sets()
        if [value for _, value in self.choice.options] != sets:
            self._offer(sets, self.asking.name if self.asking.name in sets else sets[0])
        self.asking.refresh()

    def _offer(self, sets: list[str], chosen: str) -> None:
        self._offering = True
        self.choice.options = [(question_sets.title(each), each) for each in sets]
        self.choice.value = chosen
        self._offering = False
        self._show()

    def _sets(self) -> list[str]:
        return list(question_sets.asked(self.book.read("prompts")))

    def _show(self) -> None:
        name = self.choice.value
        if not self._offering and name != self.asking.name:
            self.book.drafts["exercises"] = {"set": name}
            self.asking.turn_to(name)


def _field(question: Question, number: int) -> Field:
    name = f"answer-{number}"
    if question.kind == "scale":
        return Scale(label="", help=question.help, name=name, low=1, high=5)
    if question.kind == "choice":
        return Choice(label="", help=question.help, name=name, choices=question.choices)
    return LongText(label="", help=question.help, name=name)
