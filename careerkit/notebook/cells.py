"""What a notebook's cells call of a workbook: its forms, charts and pages, each of which follows every save.

`Workbook` has these functions as its methods. Widgets load with the first call, not with careerkit.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from careerkit import look, topics
from careerkit.notebook import guides

if TYPE_CHECKING:
    from careerkit.notebook.pages.appraisal import AppraisalForm, Recall
    from careerkit.notebook.pages.brag_document import BragDocument
    from careerkit.notebook.pages.cadences import CadenceChooser, Cadences, WeeklyHours
    from careerkit.notebook.pages.coaching import CoachingPage
    from careerkit.notebook.pages.comparison import Comparison
    from careerkit.notebook.pages.file_health import FileHealth
    from careerkit.notebook.pages.import_file import ImportForm
    from careerkit.notebook.pages.look_back import LookBackForm
    from careerkit.notebook.pages.make_report import ReportForm
    from careerkit.notebook.pages.questions import Exercises, QuestionForm
    from careerkit.notebook.pages.ratings import RatingPage
    from careerkit.notebook.widgets.book import CareerBook
    from careerkit.notebook.widgets.form import Form
    from careerkit.notebook.widgets.letter import LetterForm
    from careerkit.notebook.widgets.live import BriefPage, LiveChart, LiveHtml, LiveTable
    from careerkit.notebook.widgets.staged_form import StagedForm


def page(book: CareerBook, notebook: str) -> look.Html:
    """Return the navigation that stands beside a notebook, and its style."""
    from careerkit.notebook import navigation
    from careerkit.notebook.widgets import elements

    elements.begin_page()
    return navigation.navigation(notebook, book.cached_tables(), book.today, book.settings, book.check())


def say(book: CareerBook, topic: str) -> LiveHtml:
    """Return what the records of a topic say, in one to three sentences that follow each save."""
    from careerkit.notebook import navigation
    from careerkit.notebook.widgets import live

    def findings() -> look.Html:
        return navigation.findings(topic, book.cached_tables(), book.today, book.settings)

    return book.live(f"say:{topic}", live.LiveHtml(findings))


def chart(book: CareerBook, name: str) -> LiveHtml | LiveChart:
    """Return a chart that follows each save."""
    from careerkit.notebook.widgets import live

    return book.live(f"chart:{name}", live.drawing(lambda: book.figure(name)))


def form(book: CareerBook, name: str) -> Form:
    """Return a form for a table, or for one of a topic's purposes such as "networking.interview"."""
    from careerkit.notebook.widgets import form

    plan = guides.form_plan(name)
    hints, beginnings = guides.hints(plan.record.table), guides.BEGINNINGS.get(name)
    return book.live(
        f"form:{name}",
        form.Form(
            book,
            plan,
            (lambda values: hints(book.cached_tables(), book.today, values)) if hints else None,
            (lambda: beginnings(book.cached_tables(), book.today, book.settings)) if beginnings else None,
        ),
    )


def table(book: CareerBook, name: str) -> LiveTable:
    """Return all records of a table, with a search box."""
    from careerkit.notebook.widgets import live

    return book.live(f"table:{name}", live.LiveTable(book, topics.record(name)))


def letter(book: CareerBook, name: str) -> LetterForm:
    """Return a text to send, such as "feedback.ask": choose who it is for, change it, copy it."""
    from careerkit.notebook.widgets import letter

    return book.live(f"letter:{name}", letter.LetterForm(book, name, guides.letter(name)))


def brief(book: CareerBook, name: str) -> BriefPage:
    """Return a page about one record that one chooses, such as "networking.person"."""
    from careerkit.notebook.widgets import live

    return book.live(f"brief:{name}", live.BriefPage(book, name, guides.brief(name)))


def stages(book: CareerBook, topic: str) -> StagedForm:
    """Return a form that asks a record's next question, such as "feedback": what came, what is useful, what to do."""
    from careerkit.notebook.widgets import staged_form

    return book.live(f"stages:{topic}", staged_form.StagedForm(book, topic, guides.stages(topic)))


def questions(book: CareerBook, name: str) -> QuestionForm:
    """Return a set of guided questions to answer, such as "feedback"."""
    from careerkit.notebook.pages import questions

    return book.live(f"questions:{name}", questions.QuestionForm(book, name))


def exercises(book: CareerBook) -> Exercises:
    """Return every set of guided questions, one at a time."""
    from careerkit.notebook.pages import questions

    return book.live("exercises", questions.Exercises(book))


def rating(book: CareerBook, of: str = "skills") -> RatingPage:
    """Return a page on which all "skills", or how one's "role" fits, are rated at once, with one save."""
    from careerkit.notebook.pages import ratings

    return book.live(f"rating:{of}", ratings.rating_page(of, book))


def compare(book: CareerBook, name: str) -> Comparison:
    """Return a chart that compares, such as "assessment.changes", with a choice of what it compares above it."""
    from careerkit.notebook.pages import comparison

    return book.live(f"compare:{name}", comparison.Comparison(book, name))


def chooser(book: CareerBook) -> CadenceChooser:
    """Return the form that asks who one would like to hear from, and how often."""
    from careerkit.notebook.pages import cadences

    return book.live("chooser", cadences.CadenceChooser(book))


def cadences(book: CareerBook) -> Cadences:
    """Return the form of how often to be in touch, by closeness."""
    from careerkit.notebook.pages import cadences

    return book.live("cadences", cadences.Cadences(book))


def weekly_hours(book: CareerBook) -> WeeklyHours:
    """Return the form of how many hours a week one means to learn."""
    from careerkit.notebook.pages import cadences

    return book.live("weekly_hours", cadences.WeeklyHours(book))


def keeping(book: CareerBook) -> FileHealth:
    """Return what is wrong in the files, with the answers one can give; nothing while all is well."""
    from careerkit.notebook.pages import file_health

    return book.live("keeping", file_health.FileHealth(book))


def importer(book: CareerBook, format: str = "linkedin") -> ImportForm:
    """Return a form that takes a file in, after a preview."""
    from careerkit.notebook.pages import import_file

    return book.live(f"importer:{format}", import_file.ImportForm(book, format))


def brag(book: CareerBook, period: str | dt.date | None = None) -> BragDocument:
    """Return what one did as a document: of a period such as "2026Q3", since a day, or of the past twelve months."""
    from careerkit.notebook.pages import brag_document

    return book.live("brag", brag_document.BragDocument(book, period))


def look_back(book: CareerBook) -> LookBackForm:
    """Return the questions of a period's review, each beside what the records say to it."""
    from careerkit.notebook.pages import look_back

    return book.live("look_back", look_back.LookBackForm(book))


def handover(book: CareerBook) -> ReportForm:
    """Return the form that makes a review's report: for whom, with which sections, in which formats."""
    from careerkit.notebook.pages import make_report

    return book.live("handover", make_report.ReportForm(book))


def recall(book: CareerBook) -> Recall:
    """Return the wins of an appraisal's period month by month, with room for those that come to mind."""
    from careerkit.notebook.pages import appraisal

    return book.live("recall", appraisal.Recall(book))


def appraisal(book: CareerBook) -> AppraisalForm:
    """Return the form in which an appraisal is written under the headings of somebody else's form."""
    from careerkit.notebook.pages import appraisal

    return book.live("appraisal", appraisal.AppraisalForm(book))


def coaching(book: CareerBook) -> CoachingPage:
    """Return the assignments of a coach, and the forms that take in what they sent and share what one chooses."""
    from careerkit.notebook.pages import coaching

    return book.live("coaching", coaching.CoachingPage(book))
