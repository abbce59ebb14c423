"""Uses a form as a person does: fills fields, presses buttons, and reads what is shown and what the CSVs hold."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import ipywidgets as widgets

from careerkit.workbook import Workbook

TODAY = dt.date(2026, 10, 12)
SAVED = "Saved a moment ago."
# What a person may type, and what no page may take for markup or a formula.
IMAGE = "<img src=x onerror=alert(1)>"
END = "</script></nav></td></table><script>alert(2)</script>"
FORMULA = r"from $5k to $6k & “&lt;b&gt;”"
LINK = r"$\href{javascript:alert(1)}{x}$"
HOSTILE = (IMAGE, END, FORMULA, LINK)


def parts(widget: Any) -> Iterator[Any]:
    """Return a widget and everything inside it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from parts(child)


def hidden(widget: Any) -> bool:
    """Say whether a widget is out of view, by its layout or by the style sheet's class for it."""
    return widget.layout.display == "none" or "ck-none" in widget._dom_classes


def seen(widget: Any) -> Iterator[Any]:
    """Return a widget and everything inside it that is in view."""
    if not hidden(widget):
        yield widget
        for child in getattr(widget, "children", ()):
            yield from seen(child)


def buttons(widget: Any) -> list[str]:
    """Return what the buttons in view say."""
    return [each.description for each in seen(widget) if isinstance(each, widgets.Button)]


def press(widget: Any, text: str) -> None:
    """Press the one button in view that says so."""
    (found,) = (each for each in seen(widget) if isinstance(each, widgets.Button) and each.description == text)
    found.click()


def press_enter(box: widgets.Text) -> None:
    """Send what the browser sends for Enter in a line of text."""
    box._handle_custom_msg({"event": "submit"}, [])


def fill(form: Any, **values: Any) -> None:
    """Fill the fields of a form."""
    for name, value in values.items():
        form.fields[name].input.value = value


def save(form: Any, **values: Any) -> Any:
    """Fill the fields of a form, press the button that saves, and return the form."""
    fill(form, **values)
    press(form, form.save_button.description)
    return form


def give(form: Any, content: bytes | str) -> None:
    """Give a file to the upload of a form as the browser does."""
    content = content.encode() if isinstance(content, str) else content
    on = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    form.upload.value = ({"name": "file", "type": "", "size": len(content), "content": memoryview(content), "last_modified": on},)


def pages(widget: Any) -> str:
    """Return the HTML in view."""
    return "\n".join(each.value for each in seen(widget) if isinstance(each, widgets.HTML))


def sent(widget: Any) -> str:
    """Return everything that travels to the browser to show a widget."""
    return "\n".join(json.dumps(each.get_state(), default=str) for each in parts(widget))


def rows(book: Workbook, table: str) -> list[dict[str, str]]:
    """Return what is in a table's file."""
    path = book.folder / "data" / f"{table}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _read(markup: Any) -> _Reader:
    reader = _Reader()
    reader.feed(str(markup))
    reader.close()
    return reader


def tags(markup: Any) -> set[str]:
    """Return the tags in HTML."""
    return set(_read(markup).tags)


def words(markup: Any) -> str:
    """Return what a reader of HTML reads."""
    return "".join(_read(markup).words)
