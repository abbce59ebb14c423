"""Markdown from what a person typed: their text stays text, whatever it looks like."""

from __future__ import annotations

import re
import unicodedata

# Every sign that could begin or end markup, a formula or an entity within a line.
MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
# At a line's beginning a dash, a plus, a line of "=" or "1." would begin a list, a heading or a rule.
BEGINS = re.compile(r"^(?:([-+=])|(\d{1,9})([.)]))")
WEB = re.compile(r"(?:https?://|mailto:)[^\s<>\"\\]+", re.IGNORECASE)


def line(value: object) -> str:
    """Return text as one line of Markdown that reads as it was typed."""
    return _escaped(" ".join(str(value).split()))


def lines(value: object) -> str:
    """Return text as a paragraph of Markdown with its lines kept; empty lines are left out."""
    return "  \n".join(escaped for escaped in map(line, str(value).splitlines()) if escaped)


def within(value: object) -> str:
    """Return text as a piece of a line, with a space at either end where it had one."""
    text = str(value)
    return f"{' ' * text[:1].isspace()}{line(text)}{' ' * (text[-1:].isspace() and bool(text.strip()))}"


def address(value: object) -> str:
    """Return a web or mail address as a link, anything else as text."""
    text = str(value).strip()
    return f"<{text}>" if WEB.fullmatch(text) else line(text)


def _escaped(text: str) -> str:
    # Marks of control are no text: some renderers drop them, others stop at them.
    shown = "".join(letter for letter in text if unicodedata.category(letter) != "Cc")
    return BEGINS.sub(_unbegun, MARKS.sub(r"\\\1", shown))


def _unbegun(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"
