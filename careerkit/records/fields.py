"""The kinds of field: each knows its label, help, unit and choices, and how its values are read and written."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd

# The forms of blank that frames, widgets and callers use for "nothing was said".
BLANK = (None, "", pd.NaT, pd.NA)


def is_blank(value: Any) -> bool:
    """Say whether a value stands for "nothing was said"."""
    return value is None or value is pd.NaT or value is pd.NA or value == "" or (isinstance(value, float) and math.isnan(value))


@dataclass(kw_only=True)
class Field:
    """A column of a record; its subclasses are the kinds of value.

    Parameters
    ----------
    label : str
        What a person reads above it.
    help : str
        One sentence below it.
    required : bool
        A save without it is refused.
    unit : str
        Shown beside a number.
    default : object
        What a new record begins with, None for blank; ``"today"`` for a day.
    never_leaves : bool
        Withheld from every audience but the owner.
    example : str
        An invented value, shown as a placeholder.
    """

    label: str
    help: str = ""
    required: bool = False
    unit: str = ""
    default: Any = None
    never_leaves: bool = False
    example: str = ""
    name: str = ""

    dtype: ClassVar[str] = "str"
    kind: ClassVar[str] = "text"
    # What a frame's cell of this kind holds when nothing was said.
    blank: ClassVar[Any] = None

    def clean(self, value: Any) -> Any:
        """Return the value in its own type, '' or None for blank.

        Raises
        ------
        ValueError
            With a sentence that says what is wrong and what to write.
        """
        if is_blank(value):
            return self.blank
        return self._clean(value)

    def _clean(self, value: Any) -> Any:
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """Return the text that stands in the CSV."""
        return "" if is_blank(value) else str(value)

    def column(self, texts: pd.Series) -> tuple[pd.Series, pd.Series]:
        """Return a CSV column in its type, and which cells could not be read.

        Parameters
        ----------
        texts : Series of str
            '' for blank.
        """
        raise NotImplementedError

    def complaint(self, text: str) -> tuple[str, str]:
        """Say what is wrong with a text that cannot be read, and what to write instead."""
        try:
            self.clean(text)
        except ValueError as error:
            message, _, remedy = str(error).partition(". ")
            return (message.rstrip(".") + ".", remedy)
        return ("", "")


@dataclass(kw_only=True)
class Text(Field):
    """A line of text."""

    blank: ClassVar[Any] = ""

    def _clean(self, value: Any) -> str:
        text = str(value)
        if "\0" in text or not _is_encodable(text):
            raise ValueError(f"{self.label} has a character that can't be saved. Take it out.")
        return text

    def column(self, texts: pd.Series) -> tuple[pd.Series, pd.Series]:
        return texts, pd.Series(False, index=texts.index)


def _is_encodable(text: str) -> bool:
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


@dataclass(kw_only=True)
class LongText(Text):
    """Text of several lines."""

    kind: ClassVar[str] = "long text"


@dataclass(kw_only=True)
class Link(Text):
    """A web address; shown as a link only when it is http, https or mailto."""

    kind: ClassVar[str] = "link"


@dataclass(kw_only=True)
class Choice(Text):
    """One of a few words."""

    choices: tuple[str, ...] = ()
    kind: ClassVar[str] = "choice"

    def _clean(self, value: Any) -> str:
        text = str(value).strip()
        for choice in self.choices:
            if text.casefold() == choice.casefold():
                return choice
        raise ValueError(f"{text!r} is not one of the choices for {self.label}. Choose {join_or(self.choices)}.")

    def column(self, texts: pd.Series) -> tuple[pd.Series, pd.Series]:
        known = texts.isin(("", *self.choices))
        if known.all():
            return texts, ~known
        folded = {choice.casefold(): choice for choice in self.choices}
        mended = texts.map(lambda text: folded.get(text.strip().casefold(), text))
        return mended, ~mended.isin(("", *self.choices))


@dataclass(kw_only=True)
class Flag(Field):
    """Yes or no; blank is no."""

    dtype: ClassVar[str] = "bool"
    kind: ClassVar[str] = "flag"
    blank: ClassVar[Any] = False
    YES: ClassVar[tuple[str, ...]] = ("true", "yes", "1", "x")
    NO: ClassVar[tuple[str, ...]] = ("", "false", "no", "0")

    def _clean(self, value: Any) -> bool:
        text = str(value).strip().casefold()
        if text in self.YES:
            return True
        if text in self.NO:
            return False
        raise ValueError(f"{value!r} is neither yes nor no. Write true or false.")

    def write(self, value: Any) -> str:
        return "true" if not is_blank(value) and bool(value) else "false"

    def column(self, texts: pd.Series) -> tuple[pd.Series, pd.Series]:
        folded = texts if texts.isin((*self.YES, *self.NO)).all() else texts.str.strip().str.casefold()
        yes = folded.isin(self.YES)
        return yes, ~(yes | folded.isin(self.NO))


@dataclass(kw_only=True)
class Number(Field):
    """A number, with bounds and a unit."""

    low: float | None = None
    high: float | None = None
    dtype: ClassVar[str] = "Float64"
    kind: ClassVar[str] = "number"

    def _clean(self, value: Any) -> float | int:
        number = self._number(value)
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            raise ValueError(f"{self.write(number)} is outside what {self.label} can be. Give {self._range()}.")
        return number

    def _number(self, value: Any) -> float | int:
        try:
            number = float(str(value).strip())
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise ValueError(f"{value!r} is not a number. Write {self.label} with digits and a point, such as 12.5.")
        return number

    def _range(self) -> str:
        low, high = (None if bound is None else self.write(bound) for bound in (self.low, self.high))
        if low is not None and high is not None:
            return f"a number from {low} to {high}"
        return f"a number of {low} or more" if low is not None else f"a number of {high} or less"

    def write(self, value: Any) -> str:
        if is_blank(value):
            return ""
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)

    def column(self, texts: pd.Series) -> tuple[pd.Series, pd.Series]:
        numbers = pd.to_numeric(texts, errors="coerce").astype("float64")
        bad = (~self._readable(numbers) | self._outside(numbers)) & (texts != "")
        return numbers.mask(bad).astype(self.dtype), bad

    def _readable(self, numbers: pd.Series) -> pd.Series:
        return numbers.between(-math.inf, math.inf, inclusive="neither")

    def _outside(self, numbers: pd.Series) -> pd.Series:
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        return (numbers < low) | (numbers > high)


@dataclass(kw_only=True)
class Integer(Number):
    """A whole number."""

    dtype: ClassVar[str] = "Int64"
    kind: ClassVar[str] = "whole number"

    def _number(self, value: Any) -> int:
        number = super()._number(value)
        if not float(number).is_integer():
            raise ValueError(f"{value} is not a whole number. Write {self.label} without a fraction.")
        return int(number)

    def _readable(self, numbers: pd.Series) -> pd.Series:
        return numbers.between(-1e15, 1e15) & (numbers % 1 == 0)


@dataclass(kw_only=True)
class Scale(Integer):
    """A whole number on a short scale whose ends have words."""

    ends: tuple[str, str] = ("", "")
    kind: ClassVar[str] = "scale"


@dataclass(kw_only=True)
class _Time(Field):
    dtype: ClassVar[str] = "datetime64[s]"
    FORMAT: ClassVar[str]

    def column(self, texts: pd.Series) -> tuple[pd.Series, pd.Series]:
        times = pd.to_datetime(texts, format=self.FORMAT, errors="coerce").astype(self.dtype)
        missing = times.isna()
        return times, missing & (texts != "") if missing.any() else missing


@dataclass(kw_only=True)
class Date(_Time):
    """An ISO day. ``ahead`` marks a planned day, which does not tell when a row became known; ``else_planned`` names its planned one."""

    ahead: bool = False
    else_planned: str = ""
    kind: ClassVar[str] = "day"
    FORMAT: ClassVar[str] = "%Y-%m-%d"

    def _clean(self, value: Any) -> dt.date:
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        text = str(value).strip()
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            try:
                return dt.date.fromisoformat(text)
            except ValueError:
                raise ValueError(f"{text!r} is not a day of the calendar. Choose another for {self.label}.") from None
        raise ValueError(f"{text!r} is not a day. Write {self.label} as year-month-day, such as 2026-06-30.")

    def write(self, value: Any) -> str:
        return "" if is_blank(value) else self._clean(value).isoformat()


@dataclass(kw_only=True)
class Moment(_Time):
    """A UTC time to the second, such as 2026-06-30T08:15:00Z; without a zone in frames."""

    kind: ClassVar[str] = "moment"
    FORMAT: ClassVar[str] = "%Y-%m-%dT%H:%M:%SZ"

    def _clean(self, value: Any) -> dt.datetime:
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value
        try:
            return dt.datetime.strptime(str(value).strip(), self.FORMAT)
        except ValueError:
            raise ValueError(f"{value!r} is not a UTC time. Write it as 2026-06-30T08:15:00Z.") from None

    def write(self, value: Any) -> str:
        # Not by FORMAT: some systems write the year 26 with two digits, which reads as 2026.
        return "" if is_blank(value) else f"{self._clean(value).isoformat(timespec='seconds')}Z"


@dataclass(kw_only=True)
class Reference(Text):
    """The id of a record of another table; people see its name."""

    table: str = ""
    kind: ClassVar[str] = "reference"


@dataclass(kw_only=True)
class _List(Text):
    def _clean(self, value: Any) -> str:
        return super()._clean(join_list(value if isinstance(value, (list, tuple, set)) else split_list(value)))


@dataclass(kw_only=True)
class Words(_List):
    """Words of one's own, joined by ';'."""

    kind: ClassVar[str] = "words"


@dataclass(kw_only=True)
class References(_List):
    """Ids of records of another table, joined by ';'."""

    table: str = ""
    kind: ClassVar[str] = "references"


def split_list(text: str) -> list[str]:
    """Return the parts of a ';'-joined text, blanks left out."""
    return [part.strip() for part in str(text).split(";") if part.strip()]


def join_list(parts: Any) -> str:
    """Join parts with ';', each once, in their order."""
    return ";".join(dict.fromkeys(str(part).strip() for part in parts if str(part).strip()))


def join_or(words: Any) -> str:
    """Return 'a, b or c'."""
    words = list(words)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
