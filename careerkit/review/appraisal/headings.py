"""The headings of somebody else's form, and how much room each of them leaves."""

from __future__ import annotations

import re
from dataclasses import dataclass

CHARACTERS, WORDS = "characters", "words"

_NUMBER = r"\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+(?!\d)|\d+"
_LETTERS = r"characters?|chars?\b\.?|letters?|signs?|zeichen|anschläge|caract[eè]res|caratteri|tekens|tecken|tegn"
_WORDS = r"words?|wörter|worte|mots|palabras|parole|woorden|ord\b"
_BEFORE = (
    r"(?:(?:max(?:imum|imal)?\b\.?|no more than|not more than|at most|up to|limited to|limit(?: of)?|between|höchstens|bis zu|"
    r"approx(?:imately)?\b\.?|about|circa|ca\.|about|[≤<~])\s*:?\s*)*"
)
_AFTER = (
    r"(?:\s*(?:max(?:imum|imal)?\b\.?|or (?:less|fewer)|each|limit|remaining|left|allowed|in total|"
    r"\(?(?:including|incl\.?|with|inkl\.?|mit) (?:spaces|leerzeichen)\)?))*"
)
# "500 characters", "200-300 words", "0 / 500 chars": the last number is the limit.
_ROOM = re.compile(
    rf"[(\[{{]?\s*{_BEFORE}(?:(?:{_NUMBER})\s*(?:-|–|/|to|and|bis|of)\s*)?({_NUMBER})\s*(?:({_LETTERS})|({_WORDS})){_AFTER}\s*[)\]}}]?",
    re.IGNORECASE,
)
# A number that names no unit is a limit only apart from the heading, at the end: "Strengths: 300", "Goals (max 400)".
_BARE = re.compile(
    rf"(?:[:|\t]|\s[-–—]|[(\[{{]|\bmax\b\.?|\s(?=\d+\s*/\s*\d))\s*{_BEFORE}(?:\d+\s*/\s*)?({_NUMBER}){_AFTER}\s*[)\]}}]?\s*$", re.IGNORECASE
)
_BULLET = re.compile(r"^\s*(?:#{1,6}\s+|[-*•·▪–—]\s+|(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|[a-hA-H]\))\s+)?")
_EDGES = " \t:;|,-–—([{"
# Fewer is no room for a text: "top 3", "Q4". A longer number is no limit that a form has.
_LEAST, _MOST = 20, 1_000_000


@dataclass(frozen=True)
class Heading:
    """A heading of a form.

    Parameters
    ----------
    title : str
        As the form words it, without the limit.
    limit : int or None
        How much room there is; None where the form does not say.
    counted_in : {"characters", "words"}
        What the limit counts.
    """

    title: str
    limit: int | None = None
    counted_in: str = CHARACTERS


def parse(text: str) -> list[Heading]:
    """Return the headings of a form as pasted: one a line, with its limit in whatever way it is written.

    Empty lines are left out. A line that holds nothing but a limit belongs to the heading above it.
    """
    found: list[Heading] = []
    for line in text.splitlines():
        heading = _heading(line)
        if heading.title:
            found.append(heading)
        elif heading.limit is not None and found and found[-1].limit is None:
            found[-1] = Heading(found[-1].title, heading.limit, heading.counted_in)
    return found


def as_text(headings: list[Heading]) -> str:
    """Return headings as lines that `parse` reads back."""
    return "\n".join(each.title if each.limit is None else f"{each.title} ({each.limit} {each.counted_in})" for each in headings)


def length(text: str, counted_in: str = CHARACTERS) -> int:
    """Return how much room a text takes: words, or characters as web forms count them.

    A web form counts code units of UTF-16: a line break is one, most emoji are two, and a letter with a mark set after it
    is two. A text that fits by this count is cut by none of them.
    """
    if counted_in == WORDS:
        return len(text.split())
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def excess(text: str, heading: Heading) -> int:
    """Return by how much a text is too long for its heading, 0 where it fits."""
    return 0 if heading.limit is None else max(0, length(text, heading.counted_in) - heading.limit)


def room_left(text: str, heading: Heading) -> str:
    """Return a text's length beside its limit, as a sentence."""
    used, unit = length(text, heading.counted_in), heading.counted_in
    one = f"{used} {unit if used != 1 else unit[:-1]}"
    if heading.limit is None:
        return f"{one}. The form gives no limit."
    if too_many := excess(text, heading):
        return f"{used} of {heading.limit} {unit}: {too_many} too many. Nothing is cut; take out what matters least."
    return f"{used} of {heading.limit} {unit}, {heading.limit - used} left."


def _heading(line: str) -> Heading:
    rest = _BULLET.sub("", line, count=1).strip()
    for found in reversed(list(_ROOM.finditer(rest))):
        if (limit := _limit(found[1])) is not None:
            return Heading(_without(rest, found), limit, WORDS if found[3] else CHARACTERS)
    bare = _BARE.search(rest)
    if bare and (limit := _limit(bare[1])) is not None and not 2000 < limit < 2100:
        return Heading(_tidy(rest[: bare.start()]), limit)
    return Heading(_tidy(rest))


def _without(line: str, limit: re.Match[str]) -> str:
    before, after = line[: limit.start()].rstrip(_EDGES), line[limit.end() :]
    if re.search(r"\w", after) and not limit[0].lstrip().startswith(("(", "[", "{")):
        # "Say in 150 words what you changed": taken out, it would leave a hole.
        return _tidy(line)
    return _tidy(before + after if re.match(r"\s*[?!:,;]", after) else f"{before} {after.strip(' .')}")


def _limit(digits: str) -> int | None:
    amount = int(re.sub(r"\D", "", digits)[:9])
    return amount if _LEAST <= amount <= _MOST else None


def _tidy(title: str) -> str:
    return " ".join(title.split()).strip("|;,:[]{} ").removesuffix(" -").removesuffix(" –").strip()
