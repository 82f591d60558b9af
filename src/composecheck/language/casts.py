"""Text that stands for a number, or for true or false.

Compose turns text into numbers and booleans where a key needs them, once the variables are
replaced: `retries: "3"`, `privileged: ${P}`. Which text it takes is up to Go. (Facts: compose-go,
`loader/interpolate.go`, and Go's `strconv`; the tests ask Docker Compose v5.6.1 itself.)

Each function returns the value, or what is wrong, or None where that depends on a variable.
"""

from __future__ import annotations

import math
import struct
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.go_text import LARGEST_INT64
from composecheck.language.patterns import DIGITS, Pattern, spelled, words

if TYPE_CHECKING:
    from composecheck.language.traced import Traced
    from composecheck.source import Span


class Fault(Enum):
    """Why Compose cannot make of a text what the key needs."""

    EMPTY = "empty"
    """There is no text: often a variable that is not set."""
    NO_INTEGER = "no integer"
    """Something else than digits, and a sign before them: `1.5`, `1e3`, `0x10`, ` 1`, `1_000`."""
    NO_NUMBER = "no number"
    """`590m`, `1,5`, `50%`."""
    TOO_LARGE = "too large"
    """More than the number that Compose makes of it can hold."""
    NO_BOOLEAN = "no boolean"
    """Neither true nor false, nor one of the old words for them: `1`, `enabled`."""


class InvalidCast(Struct, frozen=True):
    """A text that Compose cannot make a number or a boolean of: it refuses the file.

    `span` and `text` are the characters at fault: from the first that does not fit to the end, or
    all of the text where no part of it is wrong in itself. Of an unknown part, `text` has what is
    written in the file.
    """

    span: Span
    text: str
    fault: Fault


class Integer(Struct, frozen=True):
    """A whole number."""

    value: int
    span: Span


class Number(Struct, frozen=True):
    """A number, perhaps with a fraction.

    It may be infinite or no number at all (`inf`, `nan`): Compose makes that of the text, and then
    refuses the file wherever it writes it down as JSON.
    """

    value: float
    span: Span


class Boolean(Struct, frozen=True):
    """True or false; `is_old_word` for one of YAML's old words, for which Compose has a warning."""

    value: bool
    span: Span
    is_old_word: bool = False


_INTEGER = Pattern(
    {
        "start": (("+-", "sign"), (DIGITS, "digits")),
        "sign": ((DIGITS, "digits"),),
        "digits": ((DIGITS, "digits"),),
    },
    frozenset(["digits"]),
)


def cast_integer(text: Traced) -> Integer | InvalidCast | None:
    """Read a whole number in decimal digits, of 64 bits, with `+` or `-` before it or not."""
    misfit = _INTEGER.misfit(text)
    if misfit is not None:
        return _invalid(text, misfit, Fault.NO_INTEGER)
    if not text.is_known:
        return None
    # Python refuses to read thousands of digits, and none of those numbers fits.
    digits = text.text.lstrip("+-").lstrip("0")
    value = int(digits or "0") if len(digits) < 20 else LARGEST_INT64 + 2
    if text.startswith("-"):
        value = -value
    if not -LARGEST_INT64 - 1 <= value <= LARGEST_INT64:
        return _invalid(text, 0, Fault.TOO_LARGE)
    return Integer(value, text.span)


_HEX_DIGITS = DIGITS + "abcdefABCDEF"
_SPECIAL = words("inf", "infinity", "+inf", "+infinity", "-inf", "-infinity", "nan")
NUMBER = Pattern(
    {
        "start": (
            ("+-", "sign"),
            ("0", "zero"),
            (DIGITS[1:], "digits"),
            (".", "point"),
            *_SPECIAL.steps[""],
        ),
        "sign": (("0", "zero"), (DIGITS[1:], "digits"), (".", "point")),
        "zero": (
            (DIGITS, "digits"),
            ("_", "digits_"),
            (".", "digits."),
            ("eE", "e"),
            ("xX", "0x"),
        ),
        "digits": ((DIGITS, "digits"), ("_", "digits_"), (".", "digits."), ("eE", "e")),
        "digits_": ((DIGITS, "digits"),),
        "point": ((DIGITS, "fraction"),),
        "digits.": ((DIGITS, "fraction"), ("eE", "e")),
        "fraction": ((DIGITS, "fraction"), ("_", "fraction_"), ("eE", "e")),
        "fraction_": ((DIGITS, "fraction"),),
        "e": (("+-", "e+"), (DIGITS, "exponent")),
        "e+": ((DIGITS, "exponent"),),
        "exponent": ((DIGITS, "exponent"), ("_", "e+")),
        # A number in base 16 has an exponent in any case.
        "0x": ((_HEX_DIGITS, "hex"), ("_", "hex_"), (".", "hex point")),
        "hex": ((_HEX_DIGITS, "hex"), ("_", "hex_"), (".", "hex."), ("pP", "e")),
        "hex_": ((_HEX_DIGITS, "hex"),),
        "hex point": ((_HEX_DIGITS, "hex fraction"),),
        "hex.": ((_HEX_DIGITS, "hex fraction"), ("pP", "e")),
        "hex fraction": (
            (_HEX_DIGITS, "hex fraction"),
            ("_", "hex fraction_"),
            ("pP", "e"),
        ),
        "hex fraction_": ((_HEX_DIGITS, "hex fraction"),),
        **{state: steps for state, steps in _SPECIAL.steps.items() if state},
    },
    frozenset(["zero", "digits", "digits.", "fraction", "exponent"]) | _SPECIAL.ends,
)
"""The pattern of a number as Go's `ParseFloat` reads it."""


def cast_number(text: Traced, *, bits: int = 64) -> Number | InvalidCast | None:
    """Read a number as Go's `ParseFloat` does, for a floating point number of 64 or 32 `bits`."""
    misfit = NUMBER.misfit(text)
    if misfit is not None:
        return _invalid(text, misfit, Fault.NO_NUMBER)
    if not text.is_known:
        return None
    digits = text.text.replace("_", "").lower()
    try:
        value = float.fromhex(digits) if "x" in digits else float(digits)
        if bits == 32:
            (value,) = struct.unpack("f", struct.pack("f", value))
    except OverflowError:
        value = math.inf
    if math.isinf(value) and "inf" not in digits:
        return _invalid(text, 0, Fault.TOO_LARGE)
    return Number(value, text.span)


_BOOLEANS = {
    "true": True,
    "false": False,
    "y": True,
    "yes": True,
    "on": True,
    "n": False,
    "no": False,
    "off": False,
}
_BOOLEAN = words(*_BOOLEANS)


def cast_boolean(text: Traced) -> Boolean | InvalidCast | None:
    """Read one of Compose's words for true and false, in small or capital letters."""
    if _BOOLEAN.misfit(text) is not None:
        return _invalid(text, 0, Fault.NO_BOOLEAN)
    if not text.is_known:
        return None
    word = text.text.lower()
    return Boolean(_BOOLEANS[word], text.span, word not in ("true", "false"))


def _invalid(text: Traced, start: int, fault: Fault) -> InvalidCast:
    """Return what is wrong with `text` from element `start` to the end."""
    if not len(text):
        return InvalidCast(text.span, "", Fault.EMPTY)
    wrong = text[start:] if start < len(text) else text
    return InvalidCast(wrong.span, spelled(wrong), fault)
