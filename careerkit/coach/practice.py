"""A coach's practice, with what the cells of its notebooks call; widgets load no sooner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from careerkit.coach.practice_folder import FILE, RECORDS, PracticeFolder
from careerkit.errors import CareerkitError
from careerkit.look import Html, count
from careerkit.records import FormPlan, join_or

if TYPE_CHECKING:
    from careerkit.coach.client_copy import ClientCopy
    from careerkit.coach.pages.prepare import AssignForm, CoachForm
    from careerkit.coach.pages.roster import InboxForm
    from careerkit.coach.pages.session import ClientChooser, PerClient
    from careerkit.notebook.widgets.form import Form
    from careerkit.notebook.widgets.letter import LetterForm
    from careerkit.notebook.widgets.live import LiveHtml

NOTEBOOKS = (("01_prepare.ipynb", "Prepare"), ("02_roster.ipynb", "Roster"), ("03_session.ipynb", "Session"))


class Practice(PracticeFolder):
    """A practice folder and the forms and pages of its notebooks."""

    @property
    def start(self) -> str:
        """The notebook to begin with: Prepare until there are clients, then the roster."""
        return f"notebooks/coach/{NOTEBOOKS[1 if self.clients() else 0][0]}"

    def page(self, notebook: str) -> Html:
        """Return the navigation beside a notebook, and its style."""
        from careerkit.coach import inbox
        from careerkit.notebook import navigation
        from careerkit.notebook.widgets import elements

        elements.begin_page()
        waiting, clients = len(inbox.files(self)), len(self.clients())
        notes = {"02_roster.ipynb": f"{count(waiting, 'file')} in the inbox" if waiting else count(clients, "client")}
        entries = [(file, title, notes.get(file, "")) for file, title in NOTEBOOKS]
        return navigation.beside("Practice", self.coach or "My practice", entries, notebook)

    def form(self, name: str) -> Form:
        """Return the form for one of the practice's own tables: "programmes" or "coach_notes".

        Raises
        ------
        CareerkitError
            When there is no such table.
        """
        from careerkit.notebook.widgets import form

        if name not in RECORDS:
            raise CareerkitError(f"A practice has no form {name!r}. Choose {join_or(RECORDS)}.")
        return self.live(f"form:{name}", form.Form(self, FormPlan(RECORDS[name], choose=False)))

    def whose(self) -> CoachForm:
        """Return the form that asks the coach's name, and shows where the key is."""
        from careerkit.coach.pages import prepare

        return self.live("whose", prepare.CoachForm(self))

    def giving(self) -> AssignForm:
        """Return the form that makes the files of a programme for clients."""
        from careerkit.coach.pages import prepare

        return self.live("giving", prepare.AssignForm(self))

    def inbox(self) -> InboxForm:
        """Return the form that receives what clients sent."""
        from careerkit.coach.pages import roster

        return self.live("inbox", roster.InboxForm(self))

    def roster(self) -> LiveHtml:
        """Return the table of all clients."""
        from careerkit.coach.pages import roster
        from careerkit.notebook.widgets import live

        return self.live("roster", live.LiveHtml(lambda: roster.roster_table(self)))

    def quiet(self) -> LetterForm:
        """Return a text to send to clients you haven't heard from."""
        from careerkit.coach.pages import roster
        from careerkit.notebook.widgets import letter

        return self.live("quiet", letter.LetterForm(self, "quiet", roster.quiet_letter(self)))

    # -- one client at a time

    def chooser(self) -> ClientChooser:
        """Return the choice of the client whom the session's cells are about."""
        from careerkit.coach.pages import session

        return self.live("chooser", session.ClientChooser(self))

    def before(self) -> PerClient:
        """Return one page before a meeting with the client that was chosen."""
        from careerkit.coach import session_page
        from careerkit.notebook.widgets import live

        return self._per_client("before", lambda client: live.LiveHtml(lambda: session_page.briefing(client, self.notes(client))))

    def comments(self) -> PerClient:
        """Return the comments that are open with the client that was chosen, and a form for a new one."""
        from careerkit.coach.pages import session

        without = "Once you have a client, the comments that are open appear here, with a form to write one."
        return self._per_client("comments", session.CommentsCard, without)

    def session(self) -> PerClient:
        """Return the form in which a session with the client that was chosen is written down."""
        from careerkit.coach import session_page
        from careerkit.notebook.widgets import form

        without = "Once you have a client, the form for a session appears here."
        return self._per_client("session", lambda client: form.Form(client, session_page.form_plan(client)), without)

    def notes_form(self) -> PerClient:
        """Return the form of notes about the client that was chosen, which stay in the practice."""
        from careerkit.coach.pages import session

        without = "Once you have a client, a field for your notes appears here."
        return self._per_client("notes", lambda client: session.NoteCard(self, client), without)

    def after(self) -> PerClient:
        """Return a text to send after a session with the client that was chosen."""
        from careerkit.coach import session_page
        from careerkit.notebook.widgets import letter

        without = "After your first session, a text to send appears here, with what you agreed."
        return self._per_client(
            "after", lambda client: letter.LetterForm(client, "after", session_page.letter(client, self.coach)), without
        )

    def sending(self) -> PerClient:
        """Return the form that makes the file with everything the coach wrote for the client that was chosen."""
        from careerkit.coach.pages import session

        without = "What you wrote for a client is made into one sealed file here."
        return self._per_client("sending", lambda client: session.SendCard(self, client), without)

    def _per_client(self, name: str, make: Callable[[ClientCopy], Any], without: str = "") -> PerClient:
        from careerkit.coach.pages import session

        return self.live(name, session.PerClient(self, make, without))


def open_or_new(folder: str | Path, coach: str = "") -> Practice:
    """Open a practice, made where the folder is new or empty."""
    practice = Practice.open(folder) if (Path(folder).expanduser() / FILE).is_file() else Practice.create(folder, coach)
    if coach.strip() and coach.strip() != practice.coach:
        practice.rename_coach(coach)
    return practice
