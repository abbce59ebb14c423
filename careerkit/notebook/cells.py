"""What a notebook's cells call of a workbook: its forms, charts and pages, each of which follows every save."""

from __future__ import annotations

import datetime as dt
from typing import Any

from careerkit import topics
from careerkit.notebook import guides


class OnPage:
    """The part of a workbook that a notebook's cells call; widgets load no sooner. It stands in no class but `Workbook`."""

    def chart(self: Any, name: str) -> Any:
        """Return a chart that follows each save."""
        from careerkit import look
        from careerkit.notebook.widgets import live

        def make() -> Any:
            return self.figure(name)

        made = make()
        kind = live.LiveHtml if isinstance(made, look.Html) else live.LiveChart
        return self.live(f"chart:{name}", kind(make, made))

    def form(self: Any, name: str) -> Any:
        """Return a form for a table, or for one of a topic's purposes such as "networking.interview"."""
        from careerkit.notebook.widgets import form

        plan = guides.form_plan(name)
        hints = guides.hints(plan.record.table)
        told = (lambda values: hints(self.cached_tables(), self.today, values)) if hints else None
        begins = guides.BEGINNINGS.get(name)
        grown = (lambda: begins(self.cached_tables(), self.today, self.settings)) if begins else None
        return self.live(f"form:{name}", form.Form(self, plan, told, grown))

    def table(self: Any, name: str) -> Any:
        """Return all records of a table, with a search box."""
        from careerkit.notebook.widgets import live

        return self.live(f"table:{name}", live.LiveTable(self, topics.record(name)))

    def page(self: Any, notebook: str) -> Any:
        """Return the navigation that stands beside a notebook, and its style."""
        from careerkit.notebook import navigation
        from careerkit.notebook.widgets import elements

        elements.begin_page()
        return navigation.navigation(notebook, self.cached_tables(), self.today, self.settings, self.check())

    def say(self: Any, topic: str) -> Any:
        """Return what the records of a topic say, in one to three sentences that follow each save."""
        from careerkit.notebook import navigation
        from careerkit.notebook.widgets import live

        def make() -> Any:
            return navigation.findings(topic, self.cached_tables(), self.today, self.settings)

        return self.live(f"say:{topic}", live.LiveHtml(make))

    def importer(self: Any, format: str = "linkedin") -> Any:
        """Return a form that takes a file in, after a preview."""
        from careerkit.notebook.pages import import_file

        return self.live(f"importer:{format}", import_file.ImportForm(self, format))

    def keeping(self: Any) -> Any:
        """Return what is not well in the files, with the answers one can give; nothing while all is well."""
        from careerkit.notebook.pages import file_health

        return self.live("keeping", file_health.FileHealth(self))

    def coaching(self: Any) -> Any:
        """Return the assignments of a coach, and the forms that take in what they sent and share what one chooses."""
        from careerkit.notebook.pages import coaching

        return self.live("coaching", coaching.WithCoach(self))

    def rating(self: Any, of: str = "skills") -> Any:
        """Return a page on which all "skills", or the respects of one's "role", are rated at once, with one save."""
        from careerkit.notebook.pages import ratings

        return self.live(f"rating:{of}", ratings.rating_page(of, self))

    def compare(self: Any, name: str) -> Any:
        """Return a chart that compares, such as "assessment.changes", with a choice of what it compares above it."""
        from careerkit.notebook.pages import comparison

        return self.live(f"compare:{name}", comparison.Comparison(self, name))

    def chooser(self: Any) -> Any:
        """Return the form that asks whom one would be glad to hear from."""
        from careerkit.notebook.pages import cadences

        return self.live("chooser", cadences.CadenceChooser(self))

    def brag(self: Any, period: str | dt.date | None = None) -> Any:
        """Return what one did as a document: of a period such as "2026Q3", since a day, or of the past twelve months."""
        from careerkit.notebook.pages import brag_document

        return self.live("brag", brag_document.BragDocument(self, period))

    def questions(self: Any, name: str) -> Any:
        """Return a set of guided questions to answer, such as "feedback"."""
        from careerkit.notebook.pages import questions

        return self.live(f"questions:{name}", questions.QuestionForm(self, name))

    def exercises(self: Any) -> Any:
        """Return every set of guided questions, one at a time."""
        from careerkit.notebook.pages import questions

        return self.live("exercises", questions.Exercises(self))

    def letter(self: Any, name: str) -> Any:
        """Return a text to send, such as "feedback.ask", to choose whom for, to change and to copy."""
        from careerkit.notebook.widgets import letter

        return self.live(f"letter:{name}", letter.LetterForm(self, name, guides.letter(name)))

    def brief(self: Any, name: str) -> Any:
        """Return a page about one record that one chooses, such as "networking.person"."""
        from careerkit.notebook.widgets import live

        return self.live(f"brief:{name}", live.BriefPage(self, name, guides.brief(name)))

    def stages(self: Any, topic: str) -> Any:
        """Return a form that asks a record's next question, such as "feedback": what came, what is useful, what to do."""
        from careerkit.notebook.widgets import staged_form

        return self.live(f"stages:{topic}", staged_form.StagedForm(self, topic, guides.stages(topic)))

    def look_back(self: Any) -> Any:
        """Return the questions of a period's review, each beside what the records say to it."""
        from careerkit.notebook.pages import look_back

        return self.live("look_back", look_back.LookingBack(self))

    def handover(self: Any) -> Any:
        """Return the form that makes a review's report: for whom, with which sections, in which formats."""
        from careerkit.notebook.pages import make_report

        return self.live("handover", make_report.ReportMaker(self))

    def recall(self: Any) -> Any:
        """Return the wins of an appraisal's period month by month, with room for those that come to mind."""
        from careerkit.notebook.pages import appraisal

        return self.live("recall", appraisal.Recall(self))

    def appraisal(self: Any) -> Any:
        """Return the form in which an appraisal is written under the headings of somebody else's form."""
        from careerkit.notebook.pages import appraisal

        return self.live("appraisal", appraisal.AppraisalForm(self))

    def cadences(self: Any) -> Any:
        """Return the form of how often to be in touch, by closeness."""
        from careerkit.notebook.pages import cadences

        return self.live("cadences", cadences.Cadences(self))

    def weekly_hours(self: Any) -> Any:
        """Return the form of how many hours a week one means to learn."""
        from careerkit.notebook.pages import cadences

        return self.live("weekly_hours", cadences.WeeklyHours(self))
