"""A set of guided questions as a page: answer some or all, save once, and see what you answered before."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import pandas as pd

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.notebook import question_sets
from careerkit.notebook.question_sets import Question
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import DRAFT_FOUND, Card
from careerkit.notebook.widgets.fields import FieldBox
from careerkit.records import Choice, Field, Flag, LongText, Scale

# Earlier answers beyond these are in the table of reflections.
SHOWN = 3
PRIVATE = Flag(label="Keep these answers to myself", help="They never leave this workbook, whoever it is shared with.", name="private")


class QuestionBox(elements.Group):
    """One question, its answer, and what was answered before."""

    def __init__(self, question: Question, number: int) -> None:
        self.question = question
        self.box = FieldBox(_field(question, number), lambda _: {})
        # The question stands above as text and not as the input's label: a label would turn "from $5k to $6k" into a formula.
        self.box.input.tooltip = question.text
        self.earlier = elements.html("", "earlier")
        by = f" {look.muted(f'asked by {question.author}')}" if question.author else ""
        head = elements.html(f"{look.strong(question.text)}{by}", "question")
        super().__init__([head, self.box, self.earlier], "asked")

    def show_earlier(self, answers: pd.DataFrame) -> None:
        """Show what was answered before, the latest first."""
        mine = answers[answers["prompt"].str.strip() == self.question.text]
        of = " of 5" if self.question.kind == "scale" else ""
        earlier = [(look.day(row["written_on"]), f"{row['answer']}{of}") for _, row in mine.iterrows()]
        self.earlier.value = str(look.folded(f"What you wrote on {earlier[0][0]}", earlier[:SHOWN])) if earlier else ""
        elements.show(self.earlier, bool(earlier))


class QuestionForm(Card[CareerBook]):
    """The questions of a set, one below the other, with one button that saves every answer given.

    Parameters
    ----------
    book : CareerBook
        Reads and saves.
    name : str
        The set, such as "feedback".
    """

    def __init__(self, book: CareerBook, name: str) -> None:
        super().__init__(book, "questions")
        self.questions: list[QuestionBox] = []
        self._last: dict[str, Any] = {"ids": [], "draft": {}}
        self.private, self._list = FieldBox(PRIVATE, lambda _: {}), elements.column()
        bar = self.actions(self.button("Save answers", self.save, "primary"))
        self.children = [elements.form([self._list, self.private, bar])]
        self.on_change(self._typed, self.private)
        self.turn_to(name)

    @property
    def draft_key(self) -> str:
        """Where what was begun in this set is kept."""
        return f"questions:{self.name}"

    def turn_to(self, name: str) -> None:
        """Ask another set; what was begun in this one is kept."""
        self.name = name
        self._fill({})
        self.say_nothing()
        self.refresh()
        if self.draft:
            self._fill(**self.draft)
            self.notice.success(DRAFT_FOUND)

    def answers(self) -> dict[str, Any]:
        """Return the answers given, question to answer."""
        return {each.question.text: each.box.value for each in self.questions if str(each.box.value).strip()}

    def refresh(self) -> None:
        """Take in questions and answers that were saved elsewhere."""
        questions = question_sets.of_set(self.name, self.book.read("prompts"))
        if [each.question for each in self.questions] != questions:
            self._ask(questions)
        answers = self.book.read("reflections").sort_values(["written_on", "id"], ascending=False)
        for each in self.questions:
            each.show_earlier(answers)

    def _ask(self, questions: list[Question]) -> None:
        kept = self._begun()
        self.questions = [QuestionBox(question, number) for number, question in enumerate(questions, 1)]
        self._fill(**kept)
        self.on_change(self._typed, *(each.box for each in self.questions))
        elements.fill(self._list, self.questions)

    def _fill(self, answers: dict[str, Any], private: bool = False) -> None:
        with self.filling():
            self.private.value = private
            for each in self.questions:
                each.box.value = answers.get(each.question.text, "")

    def _typed(self) -> None:
        self.draft = self._begun()

    def _begun(self) -> dict[str, Any]:
        return {"answers": self.answers(), "private": self.private.value}

    def save(self) -> None:
        """Save every answer given, all or none."""
        given = self.answers()
        if not given:
            raise CareerkitError("Nothing is answered yet. One answer is enough to save.")
        common = {"topic": self.name, "written_on": self.book.today, "private": self.private.value}
        ids = self.book.add_many("reflections", [{"prompt": prompt, "answer": answer, **common} for prompt, answer in given.items()])
        self._last = {"ids": ids, "draft": self._begun()}
        self.draft = None
        self._fill({})
        self.saved(f"{look.count(len(given), 'answer')} saved a moment ago.")

    def undo(self) -> None:
        """Take the latest save back; ten minutes of writing are not thrown away by a click, but stand in the fields again."""
        super().undo()
        if not set(self._last["ids"]) & set(self.book.read("reflections")["id"]) and not self.answers():
            self._fill(**self._last["draft"])
            self._typed()


class Exercises(Card[CareerBook]):
    """Choose a set of questions, and answer it below."""

    draft_key = "exercises"

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book)
        self.choice: Any = elements.make(widgets.Dropdown, description="Which questions would you like to think about?")
        sets, begun = self._sets(), (self.draft or {}).get("set")
        self.form = QuestionForm(book, begun if begun in sets else sets[0])
        self.children = [elements.field(self.choice), self.form]
        self._offer(sets)
        self.on_change(self._turn, self.choice)

    def refresh(self) -> None:
        """Take in sets, questions and answers that were saved elsewhere."""
        self._offer(self._sets())
        self.form.refresh()

    def _offer(self, sets: list[str]) -> None:
        with self.filling():
            elements.offer(self.choice, [(question_sets.title(each), each) for each in sets], self.form.name)
        self._turn()

    def _sets(self) -> list[str]:
        return list(question_sets.all_sets(self.book.read("prompts")))

    def _turn(self) -> None:
        if self.choice.value != self.form.name:
            self.draft = {"set": self.choice.value}
            self.form.turn_to(self.choice.value)


def _field(question: Question, number: int) -> Field:
    name = f"answer-{number}"
    if question.kind == "scale":
        return Scale(label="", help=question.help, name=name, low=1, high=5)
    if question.kind == "choice":
        return Choice(label="", help=question.help, name=name, choices=question.choices)
    return LongText(label="", help=question.help, name=name)
