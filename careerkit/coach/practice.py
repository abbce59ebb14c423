"""A coach's practice, with what the cells of its notebooks call; widgets load no sooner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from careerkit.coach.practice_folder import FILE, PracticeFolder
from careerkit.records import FormPlan

if TYPE_CHECKING:
    from careerkit.coach.client_copy import ClientCopy

NOTEBOOKS = (("01_prepare.ipynb", "Prepare"), ("02_roster.ipynb", "Roster"), ("03_session.ipynb", "Session"))


class Practice(PracticeFolder):
    """A practice folder and the forms and pages of its notebooks."""

    @property
    def start(self) -> str:
        """The notebook to begin with: who is new prepares, whoever has clients looks how they are."""
        return f"notebooks/coach/{NOTEBOOKS[1 if self.clients() else 0][0]}"

    def page(self, notebook: str) -> Any:
        """Return the navigation that stands beside a notebook, and its style."""
        from careerkit.coach import inbox
        from careerkit.look import count
        from careerkit.notebook import navigation
        from careerkit.notebook.widgets import elements

        elements.begin_page()
        waiting, clients = len(inbox.files(self)), len(self.clients())
        told = {"02_roster.ipynb": f"{count(waiting, 'file')} in the inbox" if waiting else count(clients, "client")}
        entries = [(file, title, told.get(file, "")) for file, title in NOTEBOOKS]
        return navigation.beside("Practice", self.coach or "My practice", entries, notebook)

    def form(self, name: str) -> Any:
        """Return the form for one of the practice's own tables: "programmes" or "coach_notes"."""
        from careerkit.coach.programme import ProgrammePart
        from careerkit.notebook.widgets import form

        plan = FormPlan(ProgrammePart, choose=False)
        return self.live(f"form:{name}", form.Form(self, plan))

    def whose(self) -> Any:
        """Return the form that asks the coach's name, and shows the public key."""
        from careerkit.coach.pages import prepare

        return self.live("whose", prepare.Whose(self))

    def giving(self) -> Any:
        """Return the form that makes the files of a programme for clients."""
        from careerkit.coach.pages import prepare

        return self.live("giving", prepare.Giving(self))

    def inbox(self) -> Any:
        """Return the form that receives what clients sent."""
        from careerkit.coach.pages import inbox as inbox_page

        return self.live("inbox", inbox_page.InboxForm(self))

    def roster(self) -> Any:
        """Return the table of all clients."""
        from careerkit.coach.pages import inbox as inbox_page
        from careerkit.notebook.widgets import live

        return self.live("roster", live.LiveHtml(lambda: inbox_page.roster_page(self)))

    def quiet(self) -> Any:
        """Return a text to send to clients who were not heard from."""
        from careerkit.coach.pages import inbox as inbox_page
        from careerkit.notebook.widgets import letter

        return self.live("quiet", letter.LetterForm(self, "quiet", inbox_page.quiet_letter(self)))

    # -- one client at a time

    def chooser(self) -> Any:
        """Return the choice of the client whom the session's cells are about."""
        from careerkit.coach.pages import session

        return self.live("chooser", session.ClientChooser(self))

    def before(self) -> Any:
        """Return one page before a meeting with the client that was chosen."""
        from careerkit.coach import session_page
        from careerkit.notebook.widgets import live

        return self._per_client("before", lambda copy: [live.LiveHtml(lambda: session_page.page(copy, self.notes(copy)))])

    def comments(self) -> Any:
        """Return the comments that are open with the client that was chosen, and a form for a new one."""
        from careerkit.coach.pages import session

        return self._per_client(
            "comments",
            lambda copy: [session.Comments(copy)],
            "With your first client, the comments that are open stand here, and a form to write one.",
        )

    def session(self) -> Any:
        """Return the form in which a session with the client that was chosen is written down."""
        from careerkit.coach import session_page
        from careerkit.notebook.widgets import form

        return self._per_client(
            "session",
            lambda copy: [form.Form(copy, session_page.form_plan(copy))],
            "With your first client, the form for a session stands here.",
        )

    def notes_form(self) -> Any:
        """Return the form of notes about the client that was chosen, which stay in the practice."""
        from careerkit.coach.pages import session

        return self._per_client(
            "notes",
            lambda copy: [session.Notes(self, copy)],
            "With your first client, a field for your notes stands here.",
        )

    def after(self) -> Any:
        """Return a text to send after a session with the client that was chosen."""
        from careerkit.coach import session_page
        from careerkit.notebook.widgets import letter

        return self._per_client(
            "after",
            lambda copy: [letter.LetterForm(copy, "after", session_page.after(copy, self.coach))],
            "After your first session, a text to send stands here, with what you agreed.",
        )

    def sending(self) -> Any:
        """Return the form that makes the file with everything the coach wrote for the client that was chosen."""
        from careerkit.coach.pages import session

        return self._per_client(
            "sending", lambda copy: [session.Sending(self, copy)], "What you wrote for a client is made into one sealed file here."
        )

    def _per_client(self, name: str, make: Callable[[ClientCopy], list[Any]], without: str = "") -> Any:
        from careerkit.coach.pages import session

        return self.live(name, session.PerClient(self, make, without))


def open_or_new(folder: str | Path, coach: str = "") -> Practice:
    """Open a practice, made where the folder is new or empty."""
    practice = Practice.open(folder) if (Path(folder).expanduser() / FILE).is_file() else Practice.create(folder, coach)
    if coach.strip() and coach.strip() != practice.coach:
        practice.call(coach)
    return practice
