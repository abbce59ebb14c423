"""What the cells of a coach's notebooks call of a practice; widgets load no sooner."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from careerkit.record import FormPlan

if TYPE_CHECKING:
    from careerkit.coach.copies import ClientCopy

NOTEBOOKS = (("01_prepare.ipynb", "Prepare"), ("02_roster.ipynb", "Roster"), ("03_session.ipynb", "Session"))
CHOSEN = "chosen"


class PracticeOnPage:
    """The part of a practice that a notebook's cells call. It stands in no class but `Practice`."""

    @property
    def start(self: Any) -> str:
        """The notebook to begin with: who is new prepares, whoever has clients looks how they are."""
        return f"notebooks/coach/{NOTEBOOKS[1 if self.clients() else 0][0]}"

    def page(self: Any, notebook: str) -> Any:
        """Return the navigation that stands beside a notebook, and its style."""
        from careerkit import pages, parts
        from careerkit.coach import inbox
        from careerkit.look import count

        parts.begin_page()
        waiting, clients = len(inbox.files(self)), len(self.clients())
        told = {"02_roster.ipynb": f"{count(waiting, 'file')} in the inbox" if waiting else count(clients, "client")}
        entries = [(file, title, told.get(file, "")) for file, title in NOTEBOOKS]
        return pages.beside("Practice", self.coach or "My practice", entries, notebook)

    def form(self: Any, name: str) -> Any:
        """Return the form for one of the practice's own tables: "programmes" or "coach_notes"."""
        from careerkit import forms
        from careerkit.coach.programme import ProgrammePart

        plan = FormPlan(ProgrammePart, choose=False)
        return self._watched(f"form:{name}", forms.Form(self, plan))

    def whose(self: Any) -> Any:
        """Return the form that asks the coach's name, and shows the public key."""
        from careerkit.coach import preparing

        return self._watched("whose", preparing.Whose(self))

    def giving(self: Any) -> Any:
        """Return the form that makes the files of a programme for clients."""
        from careerkit.coach import preparing

        return self._watched("giving", preparing.Giving(self))

    def inbox(self: Any) -> Any:
        """Return the form that receives what clients sent."""
        from careerkit.coach import arriving

        return self._watched("inbox", arriving.InboxForm(self))

    def roster(self: Any) -> Any:
        """Return the table of all clients."""
        from careerkit import live
        from careerkit.coach import arriving

        return self._watched("roster", live.LiveHtml(lambda: arriving.roster_page(self)))

    def quiet(self: Any) -> Any:
        """Return a text to send to clients who were not heard from."""
        from careerkit import copying
        from careerkit.coach import arriving

        return self._watched("quiet", copying.LetterForm(self, "quiet", arriving.quiet_letter(self)))

    # -- one client at a time

    def chooser(self: Any) -> Any:
        """Return the choice of the client whom the session's cells are about."""
        from careerkit.coach import talking

        return self._watched("chooser", talking.ClientChooser(self))

    def before(self: Any) -> Any:
        """Return one page before a meeting with the client that was chosen."""
        from careerkit import live
        from careerkit.coach import meeting

        return self._per_client("before", lambda copy: [live.LiveHtml(lambda: meeting.page(copy, self.notes(copy)))])

    def comments(self: Any) -> Any:
        """Return the comments that are open with the client that was chosen, and a form for a new one."""
        from careerkit.coach import talking

        return self._per_client(
            "comments",
            lambda copy: [talking.Comments(copy)],
            "With your first client, the comments that are open stand here, and a form to write one.",
        )

    def session(self: Any) -> Any:
        """Return the form in which a session with the client that was chosen is written down."""
        from careerkit import forms
        from careerkit.coach import meeting

        return self._per_client(
            "session",
            lambda copy: [forms.Form(copy, meeting.form_plan(copy))],
            "With your first client, the form for a session stands here.",
        )

    def notes_form(self: Any) -> Any:
        """Return the form of notes about the client that was chosen, which stay in the practice."""
        from careerkit.coach import talking

        return self._per_client(
            "notes",
            lambda copy: [talking.Notes(self, copy)],
            "With your first client, a field for your notes stands here.",
        )

    def after(self: Any) -> Any:
        """Return a text to send after a session with the client that was chosen."""
        from careerkit import copying
        from careerkit.coach import meeting

        return self._per_client(
            "after",
            lambda copy: [copying.LetterForm(copy, "after", meeting.after(copy, self.coach))],
            "After your first session, a text to send stands here, with what you agreed.",
        )

    def sending(self: Any) -> Any:
        """Return the form that makes the file with everything the coach wrote for the client that was chosen."""
        from careerkit.coach import talking

        return self._per_client(
            "sending", lambda copy: [talking.Sending(self, copy)], "What you wrote for a client is made into one sealed file here."
        )

    @property
    def chosen(self: Any) -> ClientCopy | None:
        """The client whom the session's cells are about; the first by name until one is chosen."""
        known = self.clients()
        named = self.drafts.get(CHOSEN, {}).get("id")
        return next((copy for copy in known if copy.id == named), known[0] if known else None)

    def choose(self: Any, id: str) -> None:
        """Say whom the session's cells are about."""
        self.drafts[CHOSEN] = {"id": id}
        self.refresh()

    def _per_client(self: Any, name: str, make: Callable[[ClientCopy], list[Any]], without: str = "") -> Any:
        from careerkit.coach import talking

        return self._watched(name, talking.PerClient(self, make, without))
