"""Lengths of time: `1m30s`.

Go's own notation, with `d` for days of 24 hours and `w` for weeks of 7 days. (Facts: compose-go,
`types/duration.go`, and go-str2duration; the tests ask Docker Compose v5.6.1 itself.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.language.go_text import LARGEST_INT64
from composecheck.language.patterns import DIGITS, Pattern, spelled

if TYPE_CHECKING:
    import re

    from composecheck.language.traced import Traced
    from composecheck.source import Span

NANOSECONDS = {
    "ns": 1,
    "us": 1_000,
    "\u00b5s": 1_000,  # the micro sign
    "\u03bcs": 1_000,  # the Greek letter mu
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
    "d": 86_400_000_000_000,
    "w": 604_800_000_000_000,
}
"""How many nanoseconds the units of a duration have."""


class Fault(Enum):
    """Why Compose cannot read a duration."""

    EMPTY = "empty"
    """There is no text: often a variable that is not set."""
    NO_UNIT = "no unit"
    """`10`: a number alone."""
    UNKNOWN_UNIT = "unknown unit"
    """`10 s`, `5min`, `1y`, `10S`."""
    NO_NUMBER = "no number"
    """`abc`, ` 5s`, `.s`: something else stands where a number has to begin."""
    TOO_LONG = "too long"
    """More than 292 years."""


class InvalidDuration(Struct, frozen=True):
    """A text that Compose takes for a duration and cannot read: it refuses the file.

    `span` and `text` are the characters at fault: the number without a unit, the unknown unit, or
    what stands in the place of a number. Of an unknown part, `text` has what the file has there.
    """

    span: Span
    text: str
    fault: Fault


class Duration(Struct, frozen=True):
    """A length of time. It may be negative."""

    nanoseconds: int
    span: Span

    @property
    def seconds(self) -> float:
        """The length in seconds."""
        return self.nanoseconds / 1_000_000_000


_PART = expression(r"([0-9]*)(?:\.([0-9]*))?")
_UNIT = expression(r"[^.0-9]*")
_SIGNS = ("+", "-")


def parse_duration(text: Traced) -> Duration | InvalidDuration | None:
    """Read a duration; None where it depends on a variable what it is."""
    if not text.is_known:
        misfit = _DURATION.misfit(text)
        if misfit is None:
            return None
        return _invalid(text, misfit, len(text), _fault_of(text, misfit))
    characters = text.text
    position = 1 if characters.startswith(_SIGNS) else 0
    if characters[position:] == "0":
        return Duration(0, text.span)
    if position == len(characters):
        return _invalid(text, 0, position, Fault.NO_NUMBER if position else Fault.EMPTY)
    total = 0
    while position < len(characters):
        number = _PART.match(characters, position)
        assert number is not None  # it matches anything
        unit_end = _end(_UNIT, characters, number.end())
        if not number[1] and not number[2]:
            return _invalid(text, position, max(unit_end, number.end()), Fault.NO_NUMBER)
        if unit_end == number.end():
            return _invalid(text, position, unit_end, Fault.NO_UNIT)
        unit = NANOSECONDS.get(characters[number.end() : unit_end])
        # Compose looks at the size of a number before it looks at its unit.
        length = _length(number[1], number[2] or "", unit or 1)
        if length is not None and unit is None:
            return _invalid(text, number.end(), unit_end, Fault.UNKNOWN_UNIT)
        total += length if length is not None else LARGEST_INT64 + 1
        if total > LARGEST_INT64:
            return _invalid(text, position, unit_end, Fault.TOO_LONG)
        position = unit_end
    return Duration(-total if characters.startswith("-") else total, text.span)


def _length(whole: str, fraction: str, unit: int) -> int | None:
    """Return the nanoseconds in a number of a unit, with Go's rounding; None if too many."""
    whole = whole.lstrip("0")
    if len(whole) > len(str(LARGEST_INT64)) or int(whole or "0") * unit > LARGEST_INT64:
        return None
    length = int(whole or "0") * unit
    digits, scale = 0, 1.0
    for digit in fraction:
        longer = digits * 10 + int(digit)
        if digits > LARGEST_INT64 // 10 or longer > LARGEST_INT64:
            break
        digits, scale = longer, scale * 10
    return length + int(float(digits) * (float(unit) / scale))


# What stands for the unknown parts may complete a number or a unit.
_AFTER_NUMBER = (("n\u00b5\u03bcu", "small"), ("m", "m"), ("shdw", "unit"))
_AFTER_UNIT = ((DIGITS, "number"), (".", "point"))
_DURATION = Pattern(
    {
        "start": (("+-", "sign"), ("0", "zero"), *_AFTER_UNIT),
        "sign": (("0", "zero"), *_AFTER_UNIT),
        "zero": (),
        "number": ((DIGITS, "number"), (".", "fraction"), *_AFTER_NUMBER),
        "point": ((DIGITS, "fraction"),),
        "fraction": ((DIGITS, "fraction"), *_AFTER_NUMBER),
        "small": (("s", "unit"),),
        "m": (("s", "unit"), *_AFTER_UNIT),
        "unit": _AFTER_UNIT,
    },
    frozenset(["zero", "unit", "m"]),
)


def _fault_of(text: Traced, misfit: int) -> Fault:
    if misfit == len(text):
        return Fault.NO_UNIT
    return Fault.UNKNOWN_UNIT if misfit else Fault.NO_NUMBER


def _end(pattern: re.Pattern[str], characters: str, position: int) -> int:
    match = pattern.match(characters, position)
    return match.end() if match else position


def _invalid(text: Traced, start: int, end: int, fault: Fault) -> InvalidDuration:
    wrong = text[start:end] if start < end else text
    return InvalidDuration(wrong.span, spelled(wrong), fault)
