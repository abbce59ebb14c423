"""What came from clients: the form of the inbox, the table of all clients, and a text for those who are quiet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from careerkit import look
from careerkit.coach import inbox, roster
from careerkit.notebook.widgets import elements
from careerkit.sharing import receive
from careerkit.store.files.atomic import write_atomically
from careerkit.store.files.file_names import free
from careerkit.topics.letters import Letter

if TYPE_CHECKING:
    from careerkit.coach.practice_folder import PracticeFolder

MOST_UPLOADED = 100


class InboxForm(widgets.VBox):
    """The files that wait, a field for each passphrase, and one button that receives them all."""

    def __init__(self, practice: PracticeFolder) -> None:
        self.practice, self.notice = practice, elements.Notice()
        self.upload = widgets.FileUpload(multiple=True, description="Add files")
        self.upload.add_class("ck-button")
        self.waiting, self.asked, self.told = elements.html(), elements.column(), elements.html()
        self.spoken: dict[str, Any] = {}
        self._taken = inbox.Taken()
        self.take = elements.button("Receive them all", lambda: self._receive(), "primary")
        self.trust = elements.button("I have asked; take them in", lambda: self._receive(self._taken.changed_keys), "quiet")
        bar = elements.line([self.upload, self.take, self.trust, self.notice], "actions")
        super().__init__([elements.form([self.waiting, self.asked, bar, self.told])], **elements.shared(widgets.VBox))
        self.add_class("ck")
        self.upload.observe(lambda _: self._uploaded(), names="value")
        self.refresh()

    def refresh(self) -> None:
        """Look into the inbox again."""
        files = inbox.files(self.practice)
        place = self.practice.folder / "inbox"
        named = ", ".join(file.name for file in files)
        empty = f"The inbox is empty. Add the files that clients sent you here, or put them into {place}."
        self.waiting.value = str(look.paragraph(f"{look.count(len(files), 'file')} in the inbox: {named}." if files else empty, "note"))
        asking = {file.name for file in files if receive.asks_for_passphrase(file)}
        if asking != self.spoken.keys():
            self.spoken = {name: self._box(self.spoken.get(name)) for name in sorted(asking)}
            elements.fill(self.asked, [self._asking(name, box) for name, box in self.spoken.items()])
        elements.show(self.take, bool(files))
        elements.show(self.trust, bool(set(self._taken.changed_keys) & {file.name for file in files}))

    def _box(self, before: Any) -> Any:
        typed = before.value if before else ""
        return widgets.Text(description="Passphrase", placeholder="as they told you by phone", value=typed, **elements.shared(widgets.Text))

    def _asking(self, name: str, box: Any) -> Any:
        # A description would be searched for formulas, so the file's name stands above.
        return elements.column([elements.html(look.paragraph(f"{name} opens with a passphrase.", "note")), box], "field")

    def _uploaded(self) -> None:
        elements.guarded(self.practice, self.notice, self._try_upload)

    def _try_upload(self) -> None:
        for each in self.upload.value[:MOST_UPLOADED]:
            # What a browser calls it is no path.
            name = Path(str(each["name"]).replace("\\", "/")).name.lstrip(".") or "upload"
            write_atomically(free(self.practice.folder / "inbox" / name), bytes(each["content"]))
        if self.upload.value:
            self.upload.value = ()
        self.refresh()

    def _receive(self, trusted: list[str] | None = None) -> None:
        elements.guarded(self.practice, self.notice, lambda: self._try_receive(trusted or []))

    def _try_receive(self, trusted: list[str]) -> None:
        self.notice.success("Receiving them …")
        said = {name: box.value for name, box in self.spoken.items()}
        self._taken = inbox.receive(self.practice, said, trusted)
        self.told.value = str(look.joined(look.paragraph(line) for line in self._taken.summary()))
        self.notice.success("Done." if not self._taken.stayed else "Done, but for what is named below.")
        self.refresh()


def roster_page(practice: PracticeFolder) -> look.Html:
    """Return all clients in one table, by name."""
    found = roster.rows(practice)
    if not found:
        return look.invitation("No client yet.", "Make the first file in Prepare. Whoever it is for will stand here from then on.")
    cells = [
        (
            look.joined([look.strong(row.name), look.Html("<br>"), _quiet(row, practice)]),
            _cell(roster.assignments(row)),
            _lines(roster.habits(row), row),
            _cell(roster.goals(row)),
            _cell(roster.reviews(row)),
        )
        for row in found
    ]
    note = (
        "By name, and only from what was shared, as of the day it was shared. Beside a habit stands how it moved in a quarter. "
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


def _lines(told: list[str], row: roster.Row) -> look.Html:
    if not told:
        return look.muted(roster.NOT_SHARED if row.heard_on else "")
    lines = [look.Html(f'<span class="ck-whole">{look.text(each)}</span>') for each in told]
    rest = [look.muted(f"others {roster.NOT_SHARED}")] if len(told) < len(row.habits) else []
    return look.Html("<br>".join(str(each) for each in [*lines, *rest]))


def quiet_letter(practice: PracticeFolder) -> Letter:
    """Return the text for clients who were not heard from for 21 days."""

    def quiet() -> dict[str, roster.Row]:
        return {row.id or row.name: row for row in roster.rows(practice) if row.quiet(practice.today)}

    return Letter(
        title="To send",
        recipients=lambda tables, on, settings: [(key, f"{row.name}, {roster.heard(row, on)}") for key, row in quiet().items()],
        text=lambda tables, on, settings, key: roster.greeting(quiet()[key], practice.coach, on),
        empty=f"Nobody has been quiet for {roster.QUIET} days.",
    )
