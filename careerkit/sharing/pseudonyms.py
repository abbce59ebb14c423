"""Names of third persons replaced by pseudonyms, such as "Person K7Q2MX", the same each time in one workbook.

A pseudonym follows from the name and the workbook's secret (HMAC), so that trying names out does not find it. Names are
found in any text: whole words in capitals or not, with accents or without, the full name and each of its parts.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable

from careerkit.store.files.raw_table import ALPHABET, base32

PERSON, ORGANISATION = "Person", "Organisation"
LETTERS = 6
# Parts of names that are words by themselves.
PARTICLES = frozenset(
    ("af al and bin da dal de del della den der di do dos du el ibn la le les mc of och op san ten ter the und van von y z zu zur").split()
)
TITLES = frozenset(("dr drs frau herr ing lady madame miss mr mrs ms mx prof professor sir").split())
# Names that are English words as well; these count only when spelled with a capital letter.
WORDS_TOO = frozenset(
    (
        "amber april art august autumn bill bob chase dawn dean drew earl faith flora frank gene grace grant guy hope hunter "
        "iris ivy jack jade jay joy june lance long mark may miles nick norm olive page park pat penny pearl ray rich rob robin "
        "rose ruby rusty sky stone sue summer sunny victor wade will win wood young"
    ).split()
)
# Letters without an accent to take off that are nevertheless often typed differently.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "’": "'", "‘": "'", "‐": "-", "‑": "-"}
)
MADE = re.compile(rf"\b(?:{PERSON}|{ORGANISATION}) [{ALPHABET.upper()}]{{{LETTERS}}}\b")
WORD = re.compile(r"[^\W_]+")
SEVERAL = re.compile(r"\s*(?:[,;/&+]|\band\b|\bund\b|\bet\b|\by\b)\s*", re.IGNORECASE)


class Pseudonyms:
    """The names that are known, and the pseudonym of each.

    Parameters
    ----------
    secret : bytes
        The workbook's own.
    people : iterable of str
        Names of third persons; a text with several, such as "Ada and Bo", counts as several.
    organisations : iterable of str
        Names of their organisations.
    spared : iterable of str
        Names that stay: the owner's, the receiver's, the owner's own organisations.
    """

    def __init__(self, secret: bytes, people: Iterable[str], organisations: Iterable[str] = (), spared: Iterable[str] = ()) -> None:
        self.secret = secret
        self._spared = {folded(name) for name in spared}
        self._pseudonyms: dict[str, str] = {}
        self._names: dict[str, str] = {}
        full = {name for text in people for name in split_names(text) if folded(name) not in self._spared}
        for name in sorted(full, key=lambda name: (-len(name_parts(name)), name)):
            self._learn(name)
        for name in organisations:
            if folded(name) not in self._spared:
                self._names.setdefault(self._pseudonyms.setdefault(folded(name), self._made(ORGANISATION, folded(name))), name)
        self._pseudonyms.pop("", None)
        self._pattern = _pattern(self._pseudonyms)

    def _learn(self, name: str) -> None:
        whole, single = folded(name), name_parts(name)
        known = self._pseudonyms.get(whole)
        pseudonym = known or self._made(PERSON, whole)
        self._pseudonyms[whole] = pseudonym
        self._names.setdefault(pseudonym, name)
        for part in single if len(single) > 1 else ():
            # A first name that two people have points to neither.
            mine = self._made(PERSON, part)
            self._pseudonyms[part] = pseudonym if self._pseudonyms.get(part, pseudonym) == pseudonym else mine

    def _made(self, kind: str, name: str) -> str:
        digest = hmac.new(self.secret, f"{kind}\0{name}".encode(), hashlib.sha256).digest()
        return f"{kind} {base32(int.from_bytes(digest[:4], 'big') >> 2, LETTERS).upper()}"

    def of(self, name: str) -> str:
        """Return the pseudonym of a name that fills a whole cell, known or not; '' for ''."""
        if not name.strip() or folded(name) in self._spared:
            return name
        known = self._pseudonyms.get(folded(name))
        return known or ", ".join(
            dict.fromkeys(self._pseudonyms.get(folded(one)) or self._made(PERSON, folded(one)) for one in split_names(name))
        )

    def organisation(self, name: str) -> str:
        """Return the pseudonym of an organisation; '' for ''."""
        if not name.strip() or folded(name) in self._spared:
            return name
        return self._pseudonyms.get(folded(name)) or self._made(ORGANISATION, folded(name))

    def restored(self, text: str, was: str = "") -> str:
        """Return a text with names in place of its pseudonyms; ``was``, where that text says the same."""
        if not MADE.search(text):
            return text
        return was if self.within(was) == text else MADE.sub(lambda found: self._names.get(found[0], found[0]), text)

    def within(self, text: str) -> str:
        """Return a text with every known name in it replaced."""
        if not self._pattern or not text:
            return text
        plain, places = _plain(text)
        made, last = [], 0
        for found in self._pattern.finditer(plain):
            start, end = places[found.start()], places[found.end()]
            if WORDS_TOO.issuperset(found.group(1).split()) and not text[start].isupper():
                continue
            made += [text[last:start], self._pseudonyms[re.sub(r"\s+", " ", found.group(1))]]
            last = places[found.end(1)] if found.end(1) < found.end() else end
        return "".join([*made, text[last:]])


def folded(name: str) -> str:
    """Return a name as it is compared: no capitals, no accents, single blanks."""
    return " ".join(_plain(name)[0].split())


def split_names(text: str) -> list[str]:
    """Return the names in a text that names one person or several."""
    return [name for part in SEVERAL.split(text) if (name := part.strip())]


def name_parts(name: str) -> list[str]:
    """Return the parts of a name by which someone may be called alone."""
    words = [part.strip(".,()'\"") for part in folded(name).split()]
    words += [single for word in words for single in WORD.findall(word)]
    return [word for word in dict.fromkeys(words) if len(word) > 1 and word not in PARTICLES and word not in TITLES and not word.isdigit()]


def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text without capitals and accents, and for each of its letters its position in the original."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        bare = "".join(each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each))
        found = bare.casefold().translate(PLAIN)
        letters.append(found)
        places += [place] * len(found)
    return "".join(letters), [*places, len(text)]


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    longest = sorted(names, key=lambda name: (-len(name), name))
    if not longest:
        return None
    spelled = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
    # Many languages put an s behind a name: Oskars Team.
    return re.compile(rf"(?<![^\W_])({spelled})(?=s?(?![^\W_]))")
