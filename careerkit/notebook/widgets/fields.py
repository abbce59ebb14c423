"""A form's fields: the right widget for each kind, its label above, help and messages below."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from itertools import islice
from typing import Any

import ipywidgets as widgets

from careerkit import look
from careerkit.notebook.widgets import elements
from careerkit.records import (
    Choice,
    Date,
    Field,
    Flag,
    LongText,
    Number,
    Reference,
    References,
    Scale,
    Words,
    is_blank,
    join_list,
    split_list,
)

# Beyond this many names a list to choose from becomes a search box.
LONGEST_LIST = 40
MATCHES = 6

Names = Callable[[str], Mapping[str, str]]


class FieldBox(elements.Group):
    """One field of a form.

    Parameters
    ----------
    field : Field
        What it asks for.
    names : callable
        Table to {id: name}, for references.
    on_new : callable, optional
        Adds a record of the referred table by its name alone and returns its id.
    """

    def __init__(self, field: Field, names: Names, on_new: Callable[[str, str], str] | None = None) -> None:
        self.field = field
        self.names = names
        self.input = _input(field, names, on_new)
        self.note = elements.html("", "help")
        super().__init__([self.input, self.note], "field", f"field-{field.name}")
        self.say("")

    def say(self, wrong: str) -> None:
        """Show what is wrong, or the help when nothing is."""
        self.note.value = look.text(wrong or self.field.help)
        elements.show(self.note, bool(self.note.value))
        (self.add_class if wrong else self.remove_class)("ck-wrong")

    @property
    def value(self) -> Any:
        """What was filled in."""
        return self.input.value

    @value.setter
    def value(self, value: Any) -> None:
        self.input.value = _shown(self.field, value, self.input)
        if isinstance(self.input, widgets.Textarea):
            self.input.rows = min(max(3, self.input.value.count("\n") + 1), 12)

    def refresh(self) -> None:
        """Take in names that came or went since."""
        if isinstance(self.input, Picker):
            self.input.refresh()
        elif isinstance(self.field, Reference):
            kept = self.input.value
            self.input.options = _name_options(self.names(self.field.table))
            self.input.value = kept if kept in self.names(self.field.table) else ""

    def observe(self, handler: Any, names: Any = None, type: str = "change") -> None:
        """Call back when the value changes; other traits as usual."""
        if names == "value":
            self.input.observe(handler, names=names, type=type)
        else:
            super().observe(handler, names=names, type=type)


def _label(field: Field) -> str:
    unit = f" ({field.unit})" if field.unit else ""
    return f"{field.label}{unit}"


def _input(field: Field, names: Names, on_new: Callable[[str, str], str] | None) -> Any:
    made = partial(elements.make, description=_label(field))
    if isinstance(field, References):
        return Picker(field, names, on_new, several=True)
    if isinstance(field, Reference):
        known = names(field.table)
        if len(known) > LONGEST_LIST or on_new:
            return Picker(field, names, on_new, several=False)
        return made(widgets.Dropdown, options=_name_options(known), value="")
    if isinstance(field, Scale):
        ends = [("–", "")] + [(str(step), str(step)) for step in range(int(field.low or 0), int(field.high or 5) + 1)]
        return made(widgets.ToggleButtons, options=ends, value="")
    if isinstance(field, Choice):
        return made(widgets.Dropdown, options=[("–", ""), *((word, word) for word in field.choices)], value="")
    if isinstance(field, Flag):
        return made(widgets.Checkbox, value=False, indent=False)
    if isinstance(field, Date):
        return made(widgets.DatePicker)
    if isinstance(field, LongText):
        return made(widgets.Textarea, placeholder=field.example, rows=3)
    return made(widgets.Text, placeholder=field.example)


def _shown(field: Field, value: Any, widget: Any) -> Any:
    """Return a value as its widget holds it."""
    if isinstance(field, Flag):
        return bool(value) if not is_blank(value) else False
    if isinstance(field, Date):
        return None if is_blank(value) else field.clean(value)
    text = "" if is_blank(value) else field.write(value) if isinstance(field, Number) and not isinstance(value, str) else str(value)
    if isinstance(field, Words):
        return "; ".join(split_list(text))
    if isinstance(widget, (widgets.Dropdown, widgets.ToggleButtons)):
        return text if text in {option for _, option in widget.options} else ""
    return text


def _name_options(known: Mapping[str, str]) -> list[tuple[str, str]]:
    return [("–", ""), *((name, key) for key, name in known.items())]


class Picker(elements.Group):
    """Choose records by name: type a few letters, click a match; the value is ids, which nobody sees.

    Parameters
    ----------
    field : Reference or References
        What it fills.
    names : callable
        Table to {id: name}.
    on_new : callable or None
        Adds one by name when nothing matches.
    several : bool
        Whether more than one may be chosen.
    """

    def __init__(self, field: Reference | References, names: Names, on_new: Callable[[str, str], str] | None, *, several: bool) -> None:
        self._field, self._names, self._on_new, self._several = field, names, on_new, several
        self._known: Mapping[str, str] | None = None
        self._ids: list[str] = []
        self._handlers: list[Callable[[Any], None]] = []
        self.search: Any = elements.make(widgets.Text, description=_label(field), placeholder="Type a name", continuous_update=True)
        self._chosen, self._matches = elements.line((), "picked"), elements.line((), "picked")
        super().__init__([self.search, self._matches, self._chosen])
        self.search.observe(lambda _: self._show_matches(), names="value")
        # A Text tells of Enter only so; its successor `continuous_update=False` would hide the matches while one types.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            self.search.on_submit(lambda _: self._take_first())
        self._show_matches()

    @property
    def value(self) -> str:
        """The ids chosen, ';'-joined."""
        return join_list(self._ids)

    @value.setter
    def value(self, text: str) -> None:
        self._ids = split_list(text)
        self.search.value = ""
        self._changed()

    def observe(self, handler: Any, names: Any = None, type: str = "change") -> None:
        """Call back when the choice changes; other traits as usual."""
        if names == "value":
            self._handlers.append(handler)
        else:
            super().observe(handler, names=names, type=type)

    def refresh(self) -> None:
        """Take in names that came or went since."""
        self._known = None
        self._show_matches()
        self._show_chosen()

    def _all(self) -> Mapping[str, str]:
        if self._known is None:
            self._known = self._names(self._field.table)
        return self._known

    def _hits(self) -> list[str]:
        words = self.search.value.casefold().split()
        if not words:
            return []
        named = ((key, name.casefold()) for key, name in self._all().items() if key not in self._ids)
        return list(islice((key for key, name in named if all(word in name for word in words)), MATCHES))

    def _show_matches(self) -> None:
        buttons = [self._button(self._all()[key], partial(self._take, key)) for key in self._hits()]
        typed = self.search.value.strip()
        if typed and self._on_new and typed not in self._all().values():
            buttons.append(self._button(f"+ add “{typed}”", partial(self._take_new, typed)))
        elements.fill(self._matches, buttons)
        elements.show(self._matches, bool(buttons))

    def _show_chosen(self) -> None:
        gone = "someone no longer listed"
        buttons = [
            self._button(f"{self._all().get(key, gone)} ✕", partial(self._drop, key), "chosen", tooltip="Take out") for key in self._ids
        ]
        elements.fill(self._chosen, buttons)
        elements.show(self._chosen, bool(buttons))

    def _button(self, text: str, act: Callable[[], None], *kinds: str, tooltip: str = "Choose") -> widgets.Button:
        made = elements.make(widgets.Button, description=text, tooltip=tooltip, _dom_classes=elements.classes(*kinds))
        made.on_click(lambda _: act())
        return made

    def _take(self, key: str) -> None:
        self._ids = [*self._ids, key] if self._several else [key]
        self.search.value = ""
        self._changed()

    def _take_first(self) -> None:
        # Enter chooses and never adds: it can overtake the last letters typed, and would add half a name.
        if hits := self._hits():
            self._take(hits[0])

    def _take_new(self, name: str) -> None:
        # Emptied first: adding takes a moment, and what is typed meanwhile is the next name.
        self.search.value = ""
        if self._on_new and (key := self._on_new(self._field.table, name)):
            self._known = None
            self._take(key)

    def _drop(self, key: str) -> None:
        self._ids = [kept for kept in self._ids if kept != key]
        self._changed()

    def _changed(self) -> None:
        self._show_chosen()
        for handler in self._handlers:
            handler({"new": self.value})


def today_or(value: Any, today: dt.date) -> Any:
    """Return a field's default, with ``"today"`` as the day it is."""
    return today if value == "today" else value
