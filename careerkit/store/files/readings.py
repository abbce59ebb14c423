"""What a cell may mean: the days, numbers and words behind the forms in which spreadsheet programs write them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from decimal import Decimal
from functools import cache

Moment = dt.datetime

# Words of a spreadsheet's own by which its encoding shows.
OWN_WORDS = frozenset({"FAŁSZ", "ADEVĂRAT", "ИСТИНА", "ЛОЖЬ", "EPÄTOSI", "paź", "października", "août", "février", "décembre", "März"})

# The ways to read a cell that can be read in several.
DAY_FIRST, MONTH_FIRST, SERIAL_1900, SERIAL_1904 = "day-first", "month-first", "1900", "1904"
POINT, COMMA = "point", "comma"
SURE = "sure"
# Excel keeps no more of a cell.
LONGEST_CELL = 32_767

YES = frozenset("true wahr vrai vero verdadero verdadeiro prawda waar sant sand tosi igaz pravda adevărat истина".split())
NO = frozenset("false falsch faux falso fałsz onwaar falskt falsk epätosi hamis nepravda fals ложь".split())
ERRORS = frozenset(
    """
    #NAME? #VALUE! #REF! #DIV/0! #N/A #NUM! #NULL! #SPILL! #CALC! #FIELD! #ERROR! #BUSY! #GETTING_DATA
    #WERT! #BEZUG! #NV #ZAHL! #ÜBERLAUF! #NOM? #VALEUR! #NOMBRE! #NUL! #NOME? #RIF! #VALORE! #NOMBRE?
    #¿NOMBRE? #¡VALOR! #¡REF! #¡DIV/0! #¡NUM! #NAZWA? #ARG! #ADR! #LICZBA! #DZIEL/0! #N/D #ND
    #WAARDE! #VERW! #GETAL! #DEEL/0! #NAAM? #LEEG!
    """.split()
)

# Whose names of months are known, and forms that their spreadsheets use beside the usual ones.
LANGUAGES = "bg cs da de el en es et fi fr hr hu it lt lv nb nl pl pt ro ru sk sl sv tr uk".split()
OTHER_NAMES = {"mrz": 3, "sept": 9}

_CLOCK = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?\s?m\.?)?"
_TIME = rf"(?:[T ,]\s*{_CLOCK}\s*(?:Z|UTC|\+00:?00)?)?"
_WEEKDAY = r"(?:[^\W\d_]{2,}\.?,?\s+)?"
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/.])\s?(?P<month>\d{1,2})\2\s?(?P<day>\d{1,2})\.?" + _TIME, re.IGNORECASE)
_NUMERIC = re.compile(r"(?P<one>\d{1,2})(?P<mark>[-/.])\s?(?P<two>\d{1,2})(?P=mark)\s?(?P<year>\d{4}|\d{2})\.?" + _TIME, re.IGNORECASE)
_NAMED = re.compile(
    _WEEKDAY
    + r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?\.?[-/ ]*(?:de )?(?P<name>[^\W\d_]{3,})\.?,?[-/ ]*(?:de )?(?P<year>\d{4}|\d{2})"
    + _TIME,
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(
    _WEEKDAY + r"(?P<name>[^\W\d_]{3,})\.?[-/ ](?P<day>\d{1,2})(?:st|nd|rd|th)?,?[-/ ]\s?(?P<year>\d{4}|\d{2})" + _TIME, re.IGNORECASE
)
_SERIAL = re.compile(r"(?P<days>[1-9]\d{4})(?:[.,](?P<part>\d+))?")
_ZERO = {SERIAL_1900: dt.datetime(1899, 12, 30), SERIAL_1904: dt.datetime(1904, 1, 1)}

_NUMBER = re.compile(r"(?P<sign>[-+−]?)(?P<digits>\d[\d.,'’ ]*|[.,]\d+)(?P<power>[eE][-+]?\d{1,3})?")
_PART_OF_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,4})")
_DAY_AND_NAME = re.compile(r"(?P<day>\d{1,2})\.?[- ]*(?P<name>[^\W\d_]{3,})\.?")
_NAME_AND_YEAR = re.compile(r"(?P<name>[^\W\d_]{3,})\.?[- ]*(?P<year>\d{2,4})")
_EXPONENT = re.compile(r"[-+]?\d(?:[.,](?P<part>\d+))?E[-+]?\d{2,3}")


def moments(text: str) -> dict[str, Moment]:
    """Return every time that a cell may mean, by the way it is read; one that is certain stands under ``sure``."""
    text = " ".join(text.split())
    if found := _YEAR_FIRST.fullmatch(text):
        return _only(_moment(int(found["year"]), int(found["month"]), int(found["day"]), found))
    if found := _NUMERIC.fullmatch(text):
        year, one, two = _year(found["year"]), int(found["one"]), int(found["two"])
        if found["mark"] == ".":
            # Nobody writes the month before a day with points between.
            return _only(_moment(year, two, one, found))
        both = {DAY_FIRST: _moment(year, two, one, found), MONTH_FIRST: _moment(year, one, two, found)}
        return {way: moment for way, moment in both.items() if moment}
    found = _NAMED.fullmatch(text) or _NAME_FIRST.fullmatch(text)
    if found and (months := months_called(found["name"])):
        # The same short name may be another month in another language: lis is November in Polish and October in Croatian.
        by_language = {way: _moment(_year(found["year"]), month, int(found["day"]), found) for way, month in months.items()}
        return {way: moment for way, moment in by_language.items() if moment}
    if found := _SERIAL.fullmatch(text):
        part = dt.timedelta(seconds=round(float(f"0.{found['part'] or 0}") * 86400))
        return {way: zero + dt.timedelta(days=int(found["days"])) + part for way, zero in _ZERO.items()}
    return {}


def _only(moment: Moment | None) -> dict[str, Moment]:
    return {SURE: moment} if moment else {}


def _year(digits: str) -> int:
    # Two digits are read as spreadsheet programs read them, within the years of a career.
    return int(digits) if len(digits) == 4 else int(digits) + (1900 if int(digits) >= 50 else 2000)


def _moment(year: int, month: int, day: int, found: re.Match[str]) -> Moment | None:
    hour = int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    try:
        return dt.datetime(year, month, day, hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return None


def months_called(name: str) -> dict[str, int]:
    """Return every month that a name or its beginning may mean, by language; one that is certain is `SURE`."""
    plain = _plain(name)
    exact, begun = _months()
    found = exact.get(plain) or begun.get(plain) or {}
    return {SURE: next(iter(found.values()))} if len(set(found.values())) == 1 else dict(found)


@cache
def _months() -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """Return the names of months, and what they begin with, each with the month that it is by language."""
    from babel import Locale  # Only who reads a month's name waits for this.

    exact: dict[str, dict[str, int]] = defaultdict(dict)
    begun: dict[str, dict[str, int]] = defaultdict(dict)
    for name, month in OTHER_NAMES.items():
        exact[name][SURE] = month
    for language in LANGUAGES:
        for names in (each for forms in Locale(language).months.values() for each in forms.values()):
            for month, name in names.items():
                plain = _plain(name)
                exact[plain][language] = month
                for length in range(3, len(plain)):
                    begun[plain[:length]][language] = month
    return exact, begun


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold().strip(". "))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def numbers(text: str) -> dict[str, Decimal]:
    """Return every number that a cell may mean, by the sign it has before its decimals."""
    found = _NUMBER.fullmatch(text.strip().replace("\xa0", " ").replace("\u202f", " "))
    if not found:
        return {}
    digits, power = found["digits"].strip(), (found["power"] or "").upper()
    sign = "-" if found["sign"] in ("-", "−") else ""
    read = {POINT: _decimal(digits, ".", ","), COMMA: _decimal(digits, ",", ".")}
    values = {way: Decimal(sign + plain + power) for way, plain in read.items() if plain}
    return {SURE: values[POINT]} if len(values) == 2 and values[POINT] == values[COMMA] else values


def _decimal(digits: str, mark: str, thousands: str) -> str:
    """Return digits as Python writes them, '' where they cannot be meant with this sign before the decimals."""
    whole, _, part = digits.partition(mark)
    first, *groups = re.split(f"[{re.escape(thousands)}'’ ]", whole)
    if groups and not (1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)):
        return ""
    joined = first + "".join(groups)
    return f"{joined or 0}.{part or 0}" if _plain_digits(joined) and _plain_digits(part) else ""


def _plain_digits(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit())


def boolean(text: str) -> bool | None:
    """Return what a boolean's word says in the language of any spreadsheet, None for other text."""
    word = text.strip().casefold()
    return True if word in YES else False if word in NO else None


def is_error(text: str) -> bool:
    """Say whether a cell holds what a spreadsheet shows where it lost the value."""
    text = text.strip()
    return text in ERRORS or (len(text) > 1 and not text.strip("#")) or re.fullmatch(r"Err:\d{3}", text) is not None


def is_cut_to_a_power(text: str) -> bool:
    """Say whether a cell is a number of many digits as a spreadsheet shortens it, such as 4.9E+11."""
    return _EXPONENT.fullmatch(text.strip()) is not None


def same(cell: str, known: str) -> bool:
    """Say whether a cell is another way to write what is known, with nothing lost but its form."""
    if cell.replace("\r\n", "\n").replace("\r", "\n") == known.replace("\r\n", "\n").replace("\r", "\n"):
        return True
    if set(numbers(cell).values()) & set(numbers(known).values()):
        return True
    truth = boolean(cell)
    if truth is not None and truth is boolean(known):
        return True
    if set(moments(cell).values()) & set(moments(known).values()) and not numbers(known):
        return True
    return not cell.isascii() and _read_in_wrong_letters(cell, known)


def _read_in_wrong_letters(cell: str, known: str) -> bool:
    for encoding in ("cp1252", "latin-1", "mac_roman", "cp1250"):
        try:
            if cell.encode(encoding).decode("utf-8") == known:
                return True
        except UnicodeError:
            continue
    return False


def emptied(cell: str, known: str, encoding: str = "utf-8") -> bool:
    """Say whether a cell is what a spreadsheet leaves of a known text when it takes it for something else, or cuts it.

    Parameters
    ----------
    encoding : str
        The file's; letters that it lacks are lost.
    """
    if not known or known == cell:
        return False
    if is_error(cell):
        return not is_error(known)
    if is_cut_to_a_power(cell):
        return not is_cut_to_a_power(known)
    cut = len(cell) >= LONGEST_CELL and known.startswith(cell)
    return (
        cut
        or _point_taken_out(cell, known)
        or _rounded(cell, known)
        or _computed(cell, known)
        or _taken_for_a_day(cell, known)
        or _letters_lost(cell, known, encoding)
    )


def _point_taken_out(cell: str, known: str) -> bool:
    """Say whether a point before three decimals was taken for the mark between thousands, as in 1.234."""
    return re.fullmatch(r"-?\d{1,3}\.\d{3}", known) is not None and Decimal(known.replace(".", "")) in numbers(cell).values()


def _rounded(cell: str, known: str) -> bool:
    """Say whether a long number kept only its first 15 digits."""
    if sum(map(str.isdigit, known)) < 16:
        return False
    pairs = [(now, before) for now in numbers(cell).values() for before in numbers(known).values()]
    return any(
        now.adjusted() == before.adjusted() and len(now.normalize().as_tuple().digits) <= 15 and abs(now - before) < before.scaleb(-14)
        for now, before in pairs
    )


def _computed(cell: str, known: str) -> bool:
    """Say whether a text was taken for a formula and its result stands in its place."""
    values = set(numbers(cell).values())
    if not values:
        return False
    if known.startswith("="):
        return True
    terms = re.fullmatch(r"(?:[-+]\s*\d+\s*){2,}", known)
    return terms is not None and sum(int(re.sub(r"\s", "", term)) for term in re.findall(r"[-+]\s*\d+", known)) in values


def _taken_for_a_day(cell: str, known: str) -> bool:
    """Say whether a short text such as 1.5, 3/4 or 10-12 was taken for a day or a month."""
    parts, cell = _PART_OF_DAY.fullmatch(known.strip()), cell.strip()
    if not parts:
        return False
    one, two = int(parts[1]), int(parts[2])
    named, dated = _DAY_AND_NAME.fullmatch(cell), _NAME_AND_YEAR.fullmatch(cell)
    if named and (months := set(months_called(named["name"]).values())):
        return any((int(named["day"]), month) in ((one, two), (two, one)) for month in months)
    if dated and (months := set(months_called(dated["name"]).values())):
        return any((month, int(dated["year"]) % 100) in ((one, two % 100), (two, one)) for month in months)
    whole = {} if _SERIAL.fullmatch(cell) else moments(cell)
    return any((moment.day, moment.month) in ((one, two), (two, one)) for moment in whole.values())


def _letters_lost(cell: str, known: str, encoding: str) -> bool:
    """Say whether letters that an encoding lacks have become question marks or their nearest plain letters."""
    if known.isascii() or encoding.startswith("utf"):
        return False
    place = 0
    for letter in known:
        wide = 2 if ord(letter) > 0xFFFF else 1
        there = cell[place : place + wide]
        if not cell.startswith(letter, place):
            if _has(encoding, letter) or (there.strip("?_") and there != _plain_letter(letter)):
                return False
            place += wide
        else:
            place += 1
    return place == len(cell)


def _has(encoding: str, letter: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _plain_letter(letter: str) -> str:
    return {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}.get(letter) or unicodedata.normalize("NFKD", letter)[:1]
