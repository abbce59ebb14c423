"""What one shares with a coach: chosen topic by topic, shown exactly as it will leave, and written into a sealed file."""

from __future__ import annotations

from functools import partial
from typing import Any

import ipywidgets as widgets

from careerkit import look
from careerkit.errors import CareerkitError
from careerkit.notebook.widgets import elements
from careerkit.notebook.widgets.book import CareerBook
from careerkit.notebook.widgets.card import Card
from careerkit.notebook.widgets.copy_text import CopyText
from careerkit.sharing import keys, send
from careerkit.sharing.audience import ALWAYS
from careerkit.sharing.selection import DETAILS, TELLING, TOPICS, Choice, Selection
from careerkit.store.files.file_names import free
from careerkit.topics import RECORDS

FOLDER = "shared"
TITLES = {
    "assessment": "Self-assessment: skills, ratings, roles",
    "networking": "Networking: contacts and conversations",
    "learning": "Learning: study, trends, papers",
    "goals": "Goals: steps, check-ins, changes of plan",
    "feedback": "Feedback: what was asked, and what became of it",
    "brand": "Brand: wins and how you are seen",
    "coaching": "Coaching: comments, assignments, sessions",
    "review": "Reviews: what you wrote about each quarter",
}
SWITCHES = {
    "names": "Leave names of other people as they are (else each appears as “Person K7Q2MX”)",
    "free_text": "Share notes, answers and other free text too",
    "details": "Share e-mail addresses, telephone numbers and links of contacts too",
}
ONLY_KNOWN = (
    "In free text, only names are replaced that are in your contacts, in feedback, in ratings or given as the owner of a step. A name"
    " that appears only in a text is not found, and circumstances can tell who someone is. Read the preview before you send it."
)
SHOWN = 200


class ShareForm(Card[CareerBook]):
    """Topics, fields, three switches, the preview, and the button that writes the file."""

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book)
        self.topics = {name: elements.checkbox(TITLES.get(name, name), name in Choice().topics) for name in TOPICS}
        self.switches = {name: elements.checkbox(text) for name, text in SWITCHES.items()}
        self.with_passphrase = elements.checkbox("Seal it with a passphrase that you tell by phone, instead of your coach's key")
        self.left_out: list[str] = []
        self.field = elements.make(widgets.Dropdown, description="Leave a single field out")
        self.put_back, self.preview = elements.line((), "picked"), elements.html("", "preview")
        self.recipient, self.made = elements.html(), elements.column()
        self.owner = elements.make(widgets.Text, description="Your name, as your coach knows you")
        self.owner_field = elements.field(self.owner)
        self.children = [elements.form(self._parts())]
        self.on_change(self._changed, *self.topics.values(), *self.switches.values(), self.with_passphrase)
        self.on_change(self._leave_out, self.field)
        self.refresh()

    def _parts(self) -> list[Any]:
        names_note = elements.html(look.paragraph(ONLY_KNOWN, "note"))
        switches = [part for name, box in self.switches.items() for part in (box, *([names_note] * (name == "free_text")))]
        never = look.paragraph(f"Private records, first reactions and peers' ratings never leave. {send.NO_CALL_BACK}", "note")
        return [
            elements.column([elements.html(look.strong("What would you like to share?")), *self.topics.values()], "ticks"),
            elements.field(self.field, self.put_back),
            elements.column([elements.html(look.strong("And how?")), *switches], "ticks"),
            self.preview,
            elements.html(never),
            self.recipient,
            self.with_passphrase,
            self.owner_field,
            self.actions(self.button("Write the file", self._write, "primary")),
            self.made,
        ]

    def choice(self) -> Choice:
        """Return what is chosen."""
        topics = tuple(name for name, box in self.topics.items() if box.value)
        return Choice(topics, {}, **{name: box.value for name, box in self.switches.items()}).without(self.left_out)

    def refresh(self) -> None:
        """Show what would leave now, and for whom."""
        coach = keys.coach(self.book.folder)
        elements.show(self.with_passphrase, coach is not None)
        elements.show(self.owner_field, not self.book.settings.owner.strip())
        unknown = "No coach's key is known here, so it is sealed with a passphrase that you see once. Under Keys, you can paste a key."
        self.recipient.value = look.live(look.paragraph(f"It is sealed for {coach.name}: only they can open it." if coach else unknown))
        self.attempt(self._show)

    def _changed(self) -> None:
        self.notice.clear()
        elements.fill(self.made, ())
        self.refresh()

    def _show(self) -> None:
        choice = self.choice()
        sent = self.book.share(None, "coach", choice) if self.book.settings.owner.strip() else None
        chosen = sent.chosen if sent else send.preview(self.book.store, self.book.settings, choice)
        assert chosen is not None
        self.preview.value = look.live(selection_html(chosen, self.left_out))
        fields = [f"{table}.{name}" for table, part in chosen.parts.items() if part.rows for name in part.columns if name not in ALWAYS]
        with self.filling():
            self.field.options = [("–", ""), *((_field(each), each) for each in fields)]
            self.field.value = ""
        elements.fill(self.put_back, [self.button(f"{_field(each)} ×", partial(self._put_back, each)) for each in self.left_out])

    def _leave_out(self) -> None:
        if self.field.value:
            self.left_out.append(self.field.value)
            self._changed()

    def _put_back(self, field: str) -> None:
        self.left_out.remove(field)
        self._changed()

    def _write(self) -> None:
        if not self.book.settings.owner.strip() and self.owner.value.strip():
            self.book.change_settings(owner=self.owner.value.strip())
        if not any(box.value for box in self.topics.values()):
            raise CareerkitError("Tick at least one topic to share.")
        coach = keys.coach(self.book.folder)
        name = f"{self.book.today:%Y-%m-%d} for {_safe(coach.name) if coach else 'my coach'}.careerkit"
        file = free(self.book.folder / FOLDER / name, joint=" ")
        file.parent.mkdir(exist_ok=True)
        sent = self.book.share(file, "coach", self.choice(), self.with_passphrase.value)
        where = look.paragraph(look.joined(["The file is ", look.strong(f"{FOLDER}/{file.name}"), " in your workbook."]))
        made = [elements.html(look.live(where)), CopyText(label="Where it is, to attach it to a mail", text=str(file), fixed=True)]
        if sent.passphrase:
            once = look.paragraph("It opens with this passphrase, which you see only this once. Tell it by phone, and not in the mail:")
            made.append(elements.html(look.live(look.joined([once, look.paragraph(look.strong(sent.passphrase))]))))
        elements.fill(self.made, made)
        self.notice.success(f"Written. {send.NO_CALL_BACK}")


class KeysForm(Card[CareerBook]):
    """One's own public key to give away, and the coach's to paste."""

    def __init__(self, book: CareerBook) -> None:
        super().__init__(book)
        self.own, self.coach = elements.column(), elements.html()
        self.name = elements.make(widgets.Text, description="Your coach's name")
        self.key = elements.make(widgets.Text, description="Your coach's public key", placeholder="age1…")
        fields = elements.row([elements.field(self.name), elements.field(self.key)])
        keep = self.button("Keep this key", self._keep, "primary")
        self.children = [elements.form([self.own, self.coach, fields, self.actions(keep)])]
        self.refresh()

    def refresh(self) -> None:
        """Show the keys that are known now."""
        coach = keys.coach(self.book.folder)
        known = f"Your coach here is {coach.name}. Their public key: {coach.key}" if coach else "No coach's key is known here yet."
        note = "A starter file from your coach brings it. Or ask for it, by mail or phone, and paste it:"
        self.coach.value = look.live(look.joined([look.paragraph(known), look.paragraph(note, "note")]))
        self.attempt(self._show_own)

    def _show_own(self) -> None:
        own = keys.own()
        note = "Whoever has your public key can seal what they send you. It isn't secret."
        if own and not self.own.children:
            text = elements.html(look.paragraph(note, "note"))
            elements.fill(self.own, [text, CopyText(label="Your public key", text=own.public, fixed=True)])
        elif own is None:
            text = elements.html(look.paragraph(f"{note} You have none yet.", "note"))
            elements.fill(self.own, [text, elements.line([self.button("Make my key", self._make)], "actions")])

    def _make(self) -> None:
        keys.own_or_new()
        elements.fill(self.own, ())
        self.refresh()
        self.notice.success(f"Made. The private half is in {keys.file()}. Never send that file, and keep a copy in a safe place.")

    def _keep(self) -> None:
        kept = keys.keep_given(self.book.folder, self.name.value, self.key.value)
        self.name.value = self.key.value = ""
        self.book.refresh()
        self.notice.success(kept)


def selection_html(chosen: Selection, left_out: list[str]) -> look.Html:
    """Return exactly what will leave, table by table, and what stays with the reason."""
    tables = [_table(table, part.columns, list(part.rows.values())) for table, part in chosen.parts.items() if part.rows]
    head = look.strong("Exactly this will leave")
    note = look.paragraph("Each row also has its id and the times at which it was made and changed.", "note")
    stays = [look.paragraph(f"· {line}") for line in reasons(chosen.withheld, left_out)]
    body = [*tables, note] if tables else [look.paragraph("Nothing: there are no such records yet, or none that may leave.")]
    return look.joined([head, *body, look.strong("What stays here"), *(stays or [look.paragraph("Nothing that these topics hold.")])])


def _table(table: str, columns: tuple[str, ...], rows: list[dict[str, str]]) -> look.Html:
    own = [name for name in columns if name not in ALWAYS]
    heads = [RECORDS[table].fields[name].label for name in own]
    body = look.table(heads, [[row[name] for name in own] for row in rows[:SHOWN]], caption=table)
    more = look.paragraph(f"And {len(rows) - SHOWN} more; careerkit share --dry-run --json shows all.", "note") if len(rows) > SHOWN else ""
    summary = f"{table.replace('_', ' ')}: {look.count(len(rows), 'row')}, {look.count(len(own), 'column')}"
    return look.Html(f'<details class="ck-folded"><summary>{look.text(summary)}</summary><div class="ck-wide">{body}{more}</div></details>')


def reasons(withheld: dict[str, int], left_out: list[str]) -> list[str]:
    """Return what is withheld, counted by the reason."""
    counts: dict[str, list[str]] = {}
    for what, count in withheld.items():
        counts.setdefault(_reason(what, left_out), []).append(f"{_field(what) if '.' in what else what.replace('_', ' ')} ({count})")
    return [f"{why}: {', '.join(each)}" for why, each in counts.items()]


def _reason(what: str, left_out: list[str]) -> str:
    table, _, name = what.partition(".")
    if what == "private records":
        return "Marked private, so never shared"
    if what == "names replaced":
        return "Replaced by pseudonyms"
    if not name:
        # Of a table that leaves, only peers' ratings and what belongs to something withheld stay.
        return "Not chosen, or belonging to something that stays" if table != "skill_ratings" else "Rated by others, or not chosen"
    if what in left_out:
        return "Left out by you"
    if RECORDS[table].fields[name].never_leaves:
        return "For you alone, so never shared"
    if name in DETAILS.get(table, ()):
        return "Addresses of contacts, not chosen"
    return "Tells who someone is" if name in TELLING.get(table, ()) else "Free text or topics not chosen"


def _field(what: str) -> str:
    table, _, name = what.partition(".")
    return f"{table.replace('_', ' ')}: {RECORDS[table].fields[name].label.rstrip('?').lower()}"


def _safe(name: str) -> str:
    return "".join(letter for letter in name if letter.isalnum() or letter in " -")[:60].strip() or "my coach"
