"""How all clients are: the form of the inbox, the table of the roster, and a text for those who are quiet."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from careerkit import look
from careerkit.coach import inbox, roster
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.card import Card
from careerkit.sharing import receive
from careerkit.store.files.atomic import write_atomically
from careerkit.store.files.file_names import free
from careerkit.topics.letters import Letter

if TYPE_CHECKING:
    from careerkit.coach.practice_folder import PracticeFolder

MOST_UPLOADED = 100


class InboxForm(Card["PracticeFolder"]):
    """The files that wait, a field for each passphrase, and one button that receives them all."""

    def __init__(self, practice: PracticeFolder) -> None:
        super().__init__(practice)
        self.upload = elements.upload("Add files", multiple=True)
        self.waiting, self.passphrase_fields, self.outcome_text = elements.html(), elements.column(), elements.html()
        self.passphrases: dict[str, Any] = {}
        self._outcome = inbox.Outcome()
        self.receive_button = self.button("Receive them all", self._receive, "primary")
        self.trust_button = self.button("I have asked; take them in", lambda: self._receive(self._outcome.changed_keys), "quiet")
        bar = self.actions(self.upload, self.receive_button, self.trust_button)
        self.children = [elements.form([self.waiting, self.passphrase_fields, bar, self.outcome_text])]
        self.on_change(self._uploaded, self.upload)
        self.refresh()

    def refresh(self) -> None:
        """Look into the inbox again."""
        files = inbox.files(self.book)
        names = {file.name for file in files}
        listed = f"{look.count(len(files), 'file')} in the inbox: {', '.join(file.name for file in files)}."
        empty = f"The inbox is empty. Add the files that clients sent you here, or put them into {self.book.folder / 'inbox'}."
        self.waiting.value = str(look.paragraph(listed if files else empty, "note"))
        asking = {file.name for file in files if receive.asks_for_passphrase(file)}
        if asking != self.passphrases.keys():
            self.passphrases = {name: self._passphrase(self.passphrases.get(name)) for name in sorted(asking)}
            elements.fill(self.passphrase_fields, [_passphrase_field(name, box) for name, box in self.passphrases.items()])
        elements.show(self.receive_button, bool(files))
        elements.show(self.trust_button, bool(set(self._outcome.changed_keys) & names))

    def _passphrase(self, before: Any) -> Any:
        typed = before.value if before else ""
        return elements.make(widgets.Text, description="Passphrase", placeholder="as they told you by phone", value=typed)

    def _uploaded(self) -> None:
        for each in self.upload.value[:MOST_UPLOADED]:
            # What a browser calls it is no path.
            name = Path(str(each["name"]).replace("\\", "/")).name.lstrip(".") or "upload"
            write_atomically(free(self.book.folder / "inbox" / name), bytes(each["content"]))
        if self.upload.value:
            self.upload.value = ()
        self.refresh()

    def _receive(self, trusted: Collection[str] = ()) -> None:
        self.notice.success("Receiving them …")
        self._outcome = inbox.receive(self.book, {name: box.value for name, box in self.passphrases.items()}, trusted)
        self.outcome_text.value = str(look.joined(look.paragraph(line) for line in self._outcome.summary()))
        self.notice.success("Done, except for what is named below." if self._outcome.refused else "Done.")
        self.refresh()


def _passphrase_field(name: str, box: Any) -> Any:
    # A description would be searched for formulas, so the file's name is above.
    return elements.field(elements.html(look.paragraph(f"{name} opens with a passphrase.", "note")), box)


def roster_table(practice: PracticeFolder) -> look.Html:
    """Return all clients in one table, by name."""
    rows = roster.rows(practice)
    if not rows:
        return look.invitation("No client yet.", "Make the first file in Prepare. Whoever it is for will be listed here from then on.")
    cells = [
        (
            look.joined([look.strong(row.name), look.Html("<br>"), _quiet(row, practice)]),
            _cell(roster.assignments(row)),
            _lines(roster.habits(row), row),
            _cell(roster.goals(row)),
            _cell(roster.reviews(row)),
        )
        for row in rows
    ]
    note = (
        "By name, and only from what was shared, as of the day it was shared. In brackets: how a habit has changed in a quarter. "
        "Ratings by peers never leave a client's workbook, and neither do settings such as how often to be in touch, so a figure may "
        "differ from what your client sees."
    )
    heads = ("Client", "Assignments", "Habits, of 100", "Active goals", "Reviews due")
    return look.joined([look.table(heads, cells, "All clients"), look.paragraph(note, "note")])


def _quiet(row: roster.Row, practice: PracticeFolder) -> look.Html:
    words = roster.heard(row, practice.today)
    return look.Html(f'<span class="ck-late">{look.text(words)}</span>') if row.quiet(practice.today) else look.muted(words)


def _cell(words: str) -> look.Html:
    return look.muted(words) if words in (roster.NOT_SHARED, "none") else look.Html(look.text(words))


def _lines(habits: list[str], row: roster.Row) -> look.Html:
    if not habits:
        return look.muted(roster.NOT_SHARED if row.heard_on else "")
    lines = [look.Html(f'<span class="ck-whole">{look.text(each)}</span>') for each in habits]
    rest = [look.muted(f"others {roster.NOT_SHARED}")] if len(habits) < len(row.habits) else []
    return look.Html("<br>".join(str(each) for each in [*lines, *rest]))


def quiet_letter(practice: PracticeFolder) -> Letter:
    """Return the text for clients you haven't heard from for 21 days."""

    def quiet() -> dict[str, roster.Row]:
        return {row.id or row.name: row for row in roster.rows(practice) if row.quiet(practice.today)}

    return Letter(
        title="To send",
        recipients=lambda tables, on, settings: [(key, f"{row.name}, {roster.heard(row, on)}") for key, row in quiet().items()],
        text=lambda tables, on, settings, key: roster.greeting(quiet()[key], practice.coach, on),
        empty=f"Nobody has been quiet for {roster.QUIET} days.",
    )
