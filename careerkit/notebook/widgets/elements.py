"""The parts of a form: text, lines, columns, buttons.

They share one layout and one style a kind: each of those is an object and a message of its own to the page, and two
thirds of all that a notebook would have to send.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

import anywidget
import ipywidgets as widgets

from careerkit import look

Widget = TypeVar("Widget", bound=Any)
# Whether this kernel shows a page, and not a notebook in which somebody tries things out.
_begun = False


@cache
def _layout() -> widgets.Layout:
    return widgets.Layout(width="auto")


@cache
def _style(kind: type[Any]) -> Any:
    return kind()


def page_code(*files: str) -> str:
    """Return what a part of ours runs on the page."""
    return look.static("patient.js", *files)


class TypedFirst(anywidget.AnyWidget):
    """Holds a click inside its form back until all that was typed has arrived."""

    _esm = page_code("typed_first.js")


@cache
def _typed_first() -> TypedFirst:
    return TypedFirst(layout=_layout())


def begin_page() -> None:
    """Share nothing with what a notebook showed before: a page loaded anew does not know those objects yet."""
    global _begun
    _begun = True
    for shared_part in (_layout, _style, _typed_first):
        shared_part.cache_clear()


def end_page() -> None:
    """Let go of all that was shown since a page began; a page loaded anew would build it again, whether it is seen or not."""
    if _begun:
        widgets.Widget.close_all()


def shared(kind: type[Any]) -> dict[str, Any]:
    """Return the layout, and for a kind of widget that has one the style, that all of its kind share."""
    style = kind.class_traits().get("style")
    return {"layout": _layout(), **({"style": _style(style.klass)} if style else {})}


def make(kind: type[Widget], **traits: Any) -> Widget:
    """Return a widget with the layout and style of its kind."""
    return kind(**traits, **shared(kind))


class Group(widgets.VBox):
    """Parts below each other, as the base of a widget of ours; ``ck-`` is put before each of its style classes."""

    def __init__(self, parts: Sequence[Any] = (), *kinds: str) -> None:
        super().__init__(list(parts), _dom_classes=classes(*kinds), **shared(widgets.VBox))


def classes(*kinds: str) -> tuple[str, ...]:
    """Return style classes, ``ck-`` put before each; '' is ``ck`` itself, which carries the house's type."""
    return tuple(f"ck-{kind}" if kind else "ck" for kind in kinds)


def marked(part: Any, *kinds: str) -> Any:
    """Return a part with more style classes."""
    part._dom_classes = (*part._dom_classes, *(each for each in classes(*kinds) if each not in part._dom_classes))
    return part


def html(text: object = "", *kinds: str) -> Any:
    """Return a fragment of HTML, made by `look`."""
    return make(widgets.HTML, value=str(text), _dom_classes=classes(*kinds))


def line(parts: Sequence[Any] = (), *kinds: str) -> Any:
    """Return parts beside each other."""
    return make(widgets.HBox, children=list(parts), _dom_classes=classes(*kinds))


def row(parts: Sequence[Any]) -> Any:
    """Return fields beside each other, all of one width."""
    return line(parts, "row", f"n{len(parts)}")


def column(parts: Sequence[Any] = (), *kinds: str) -> Any:
    """Return parts below each other."""
    return make(widgets.VBox, children=list(parts), _dom_classes=classes(*kinds))


def field(*parts: Any) -> Any:
    """Return an input with its label above it."""
    return column(parts, "field")


def checkbox(label: str, value: bool = False) -> Any:
    """Return a box to tick."""
    return make(widgets.Checkbox, description=label, value=value, indent=False)


def upload(label: str, **traits: Any) -> Any:
    """Return a button by which a file is chosen."""
    return marked(widgets.FileUpload(description=label, **traits), "button")


def form(parts: Sequence[Any]) -> Any:
    """Return the card of a form, in which no button overtakes what was typed."""
    return column([*parts, _typed_first()], "form")


def button(text: str, act: Callable[[], None], *kinds: str) -> Any:
    """Return a button of the house that calls back without arguments."""
    made = make(widgets.Button, description=text, _dom_classes=classes("button", *kinds))
    made.on_click(lambda _: act())
    return made


def fill(box: Any, parts: Sequence[Any]) -> None:
    """Show other parts in a box, and close the ones before: kernel and page would keep them as long as they run."""
    gone = [part for part in box.children if part not in parts]
    box.children = list(parts)
    for part in gone:
        _close(part)


def _close(part: Any) -> None:
    # The forms of a page share this one.
    if isinstance(part, TypedFirst):
        return
    for child in getattr(part, "children", ()):
        _close(child)
    part.close()


def offer(choice: Any, options: Sequence[Any], usual: Any = None) -> None:
    """Offer other options in a choice; what was chosen stays where it is among them, else ``usual`` is, else the first."""
    if list(choice.options) == list(options):
        return
    kept, choice.options = choice.value, options
    values = [each[1] if isinstance(each, tuple) else each for each in options]
    choice.value = next((value for value in (kept, usual) if value in values), values[0] if values else None)


class Rows(Group):
    """Parts below each other that are made anew only when what they show has changed, so that what is begun in them stays."""

    _content: object = None

    def show(self, content: object, make: Callable[[], Sequence[Any]]) -> None:
        """Show the parts that ``make`` returns, where they have other content than those shown."""
        if content != self._content:
            self._content = content
            fill(self, make())


def show(part: Any, when: bool = True) -> None:
    """Show a part, or hide it."""
    (part.remove_class if when else part.add_class)("ck-none")


class Notice(widgets.HTML):
    """The line in which a form answers: saved, or what keeps it from saving."""

    def __init__(self) -> None:
        super().__init__(_dom_classes=classes("said"), **shared(widgets.HTML))

    def success(self, text: str) -> None:
        """Say that something went well."""
        self.remove_class("ck-sorry")
        self.value = look.text(text)

    def error(self, text: str) -> None:
        """Say what went wrong, and what to do."""
        self.add_class("ck-sorry")
        self.value = look.text(text)

    def clear(self) -> None:
        """Say nothing."""
        self.success("")
