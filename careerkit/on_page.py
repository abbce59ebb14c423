"""What a notebook's cells call of a workbook: its forms, charts and pages, each of which follows every save."""

from __future__ import annotations

import datetime as dt
from typing import Any

from careerkit import topics
from careerkit.topics import guides


class OnPage:
    """The part of a workbook that a notebook's cells call; widgets load no sooner. It stands in no class but `Workbook`."""

    def chart(self: Any, name: str) -> Any:
        """Return a chart that follows each save."""
        from careerkit import live, look

        def make() -> Any:
            return self.figure(name)

        made = make()
        kind = live.LiveHtml if isinstance(made, look.Html) else live.LiveChart
        return self._watched(f"chart:{name}", kind(make, made))

    def form(self: Any, name: str) -> Any:
        """Return a form for a table, or for one of a topic's purposes such as "networking.interview"."""
        from careerkit import forms

        plan = guides.form_plan(name)
        hints = guides.hints(plan.record.table)
        told = (lambda values: hints(self._at_hand(), self.today, values)) if hints else None
        begins = plan.begins
        grown = (lambda: begins(self._at_hand(), self.today, self.settings)) if begins else None
        return self._watched(f"form:{name}", forms.Form(self, plan, told, grown))

    def table(self: Any, name: str) -> Any:
        """Return all records of a table, with a search box."""
        from careerkit import live

        return self._watched(f"table:{name}", live.LiveTable(self, topics.record(name)))

    def page(self: Any, notebook: str) -> Any:
        """Return the navigation that stands beside a notebook, and its style."""
        from careerkit import pages, parts

        parts.begin_page()
        return pages.navigation(notebook, self._at_hand(), self.today, self.settings, self.check())

    def say(self: Any, topic: str) -> Any:
        """Return what the records of a topic say, in one to three sentences that follow each save."""
        from careerkit import live, pages

        def make() -> Any:
            return pages.findings(topic, self._at_hand(), self.today, self.settings)

        return self._watched(f"say:{topic}", live.LiveHtml(make))

    def importer(self: Any, format: str = "linkedin") -> Any:
        """Return a form that takes a file in, after a preview."""
        from careerkit import intake

        return self._watched(f"importer:{format}", intake.ImportForm(self, format))

    def keeping(self: Any) -> Any:
        """Return what is not well in the files, with the answers one can give; nothing while all is well."""
        from careerkit import keeping

        return self._watched("keeping", keeping.Keeping(self))

    def coaching(self: Any) -> Any:
        """Return the assignments of a coach, and the forms that take in what they sent and share what one chooses."""
        from careerkit import with_coach

        return self._watched("coaching", with_coach.WithCoach(self))

    def rating(self: Any, of: str = "skills") -> Any:
        """Return a page on which all "skills", or the respects of one's "role", are rated at once, with one save."""
        from careerkit import rating

        return self._watched(f"rating:{of}", rating.page(of, self))

    def compare(self: Any, name: str) -> Any:
        """Return a chart that compares, such as "assessment.changes", with a choice of what it compares above it."""
        from careerkit import comparing

        return self._watched(f"compare:{name}", comparing.Comparing(self, name))

    def chooser(self: Any) -> Any:
        """Return the form that asks whom one would be glad to hear from."""
        from careerkit import choosing

        return self._watched("chooser", choosing.CadenceChooser(self))

    def brag(self: Any, period: str | dt.date | None = None) -> Any:
        """Return what one did as a document: of a period such as "2026Q3", since a day, or of the past twelve months."""
        from careerkit import bragging

        return self._watched("brag", bragging.BragDocument(self, period))

    def questions(self: Any, name: str) -> Any:
        """Return a set of guided questions to answer, such as "feedback"."""
        from careerkit import asking

        return self._watched(f"questions:{name}", asking.Asking(self, name))

    def exercises(self: Any) -> Any:
        """Return every set of guided questions, one at a time."""
        from careerkit import asking

        return self._watched("exercises", asking.Exercises(self))

    def letter(self: Any, name: str) -> Any:
        """Return a text to send, such as "feedback.ask", to choose whom for, to change and to copy."""
        from careerkit import copying

        return self._watched(f"letter:{name}", copying.LetterForm(self, name, guides.letter(name)))

    def brief(self: Any, name: str) -> Any:
        """Return a page about one record that one chooses, such as "networking.person"."""
        from careerkit import live

        return self._watched(f"brief:{name}", live.BriefPage(self, name, guides.brief(name)))

    def stages(self: Any, topic: str) -> Any:
        """Return a form that asks a record's next question, such as "feedback": what came, what is useful, what to do."""
        from careerkit import following

        return self._watched(f"stages:{topic}", following.StagedForm(self, topic, guides.stages(topic)))

    def look_back(self: Any) -> Any:
        """Return the questions of a period's review, each beside what the records say to it."""
        from careerkit import looking_back

        return self._watched("look_back", looking_back.LookingBack(self))

    def handover(self: Any) -> Any:
        """Return the form that makes a review's report: for whom, with which sections, in which formats."""
        from careerkit import making

        return self._watched("handover", making.ReportMaker(self))

    def recall(self: Any) -> Any:
        """Return the wins of an appraisal's period month by month, with room for those that come to mind."""
        from careerkit import appraising

        return self._watched("recall", appraising.Recall(self))

    def appraisal(self: Any) -> Any:
        """Return the form in which an appraisal is written under the headings of somebody else's form."""
        from careerkit import appraising

        return self._watched("appraisal", appraising.AppraisalForm(self))

    def rhythms(self: Any) -> Any:
        """Return the form of how often to be in touch, by closeness."""
        from careerkit import choosing

        return self._watched("rhythms", choosing.Rhythms(self))

    def weekly_hours(self: Any) -> Any:
        """Return the form of how many hours a week one means to learn."""
        from careerkit import choosing

        return self._watched("weekly_hours", choosing.WeeklyHours(self))
