"""What a scalar means: text, a number, true or false, nothing, or a moment in time.

Compose's YAML reader decides, not the YAML standard: `yes` is text, `0777` is 511, `1_000` is
1000, `22:22` is text. (Facts: go-yaml v4.0.0-rc.6, which Docker Compose v5.6.1 contains; each was
measured on the real program, and the tests ask it again.)
"""

from __future__ import annotations

import base64
import binascii
import math
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.yaml.nodes import Style

if TYPE_CHECKING:
    from composecheck.yaml.nodes import Properties, Scalar


class Timestamp(Struct, frozen=True):
    """A moment in time: what an unquoted `2020-01-01` is to Compose.

    `text` is how Compose writes it where it needs text, as in a label:
    `2020-01-01 00:00:00 +0000 UTC`. (An offset that the machine's own time zone has would be
    written with the zone's name; we write it as a machine on UTC does.)
    """

    text: str


class Absent(Struct, frozen=True):
    """What an unquoted `<<` is where a value stands: Compose drops the key, or the list item."""


class Unresolvable(Struct, frozen=True):
    """A scalar that does not fit its tag (`!!int abc`): Compose refuses the file.

    `tag` is the tag in its short form, as in `!!int`.
    """

    tag: str


Value = bool | int | float | str | Timestamp | Absent | Unresolvable | None
"""What a scalar can mean. A float may be infinite or no number (`.inf`, `.nan`): Compose reads
those, and then refuses the file wherever they stand."""


def resolve(scalar: Scalar) -> Value:
    """Return what `scalar` means to Compose. Never raises."""
    if scalar.properties is not None:
        tag = _short_tag(scalar.properties)
        if tag:
            return _resolve_tagged(scalar.text, tag)
    if scalar.style is not Style.PLAIN:
        return scalar.text
    text = scalar.text
    # Most values are words: their first letter says that they are nothing else.
    if text and text[0] not in _FIRST_OF_OTHERS:
        return text
    return _resolve_plain(text, may_be_timestamp=True)


_WORDS: dict[str, bool | float | Absent | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    ".nan": math.nan,
    ".NaN": math.nan,
    ".NAN": math.nan,
    ".inf": math.inf,
    ".Inf": math.inf,
    ".INF": math.inf,
    "+.inf": math.inf,
    "+.Inf": math.inf,
    "+.INF": math.inf,
    "-.inf": -math.inf,
    "-.Inf": -math.inf,
    "-.INF": -math.inf,
    "-0": -0.0,
    "-0.0": -0.0,
    "<<": Absent(),
}

_DIGITS = frozenset("0123456789")
_FIRST_OF_NUMBERS = _DIGITS | {"+", "-", "."}
_FIRST_OF_OTHERS = _FIRST_OF_NUMBERS | {word[0] for word in _WORDS if word}

# Underscores have been taken out before: they may stand anywhere behind the first character.
_INTEGER = expression(
    r"([+-]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]([0-7]+)|0[bB]([01]+)|(0[0-7]*)|([1-9][0-9]*))"
)
_INTEGER_BASES = (16, 8, 2, 8, 10)
_FLOAT = expression(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
# A number that begins with a point is read by Go itself: underscores only between digits.
_FLOAT_FROM_POINT = expression(
    r"\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?",
)

_CLOCK = r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]+))?"
_TIMESTAMP = expression(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    rf"(?:[Tt]{_CLOCK}(Z|[+-][0-9]{{2}}:[0-9]{{2}})|\x20+{_CLOCK})?"
)


def _short_tag(properties: Properties) -> str | None:
    """Return the tag as go-yaml calls it: `!!str`, `!foo`, `!`; None if there is none."""
    tag = properties.tag
    if tag is None:
        # Parsers swallow a lone `!`, which makes text of anything.
        return "!" if properties.tag_span is not None else None
    if tag.startswith("tag:yaml.org,2002:"):
        return "!!" + tag.removeprefix("tag:yaml.org,2002:")
    return tag


def _resolve_tagged(text: str, tag: str) -> Value:
    """Resolve by an explicit tag; it counts in any style, so `!!int "5"` is 5."""
    match tag:
        case "!!null" | "!!bool" | "!!int":
            value = _resolve_plain(text, may_be_timestamp=False)
            return value if _tag_of_kind(value) == tag else Unresolvable(tag)
        case "!!float":
            value = _resolve_plain(text, may_be_timestamp=False)
            # An integer that only an unsigned number holds is refused (measured).
            if type(value) is int and value <= _LARGEST_SIGNED:
                return float(value)
            return value if _tag_of_kind(value) == tag else Unresolvable(tag)
        case "!!timestamp":
            moment = _timestamp(text)
            return Unresolvable(tag) if moment is None else moment
        case "!!binary":
            return _decode_binary(text)
        case "!!merge":
            return Absent()
        case _:
            # `!!str`, and every tag that Compose does not know: all of those mean text.
            return text


def _tag_of_kind(value: Value) -> str | None:
    if value is None:
        return "!!null"
    return {bool: "!!bool", int: "!!int", float: "!!float"}.get(type(value))


def _resolve_plain(text: str, *, may_be_timestamp: bool) -> Value:
    if text in _WORDS:
        return _WORDS[text]
    first = text[0]
    if first not in _FIRST_OF_NUMBERS:
        return text
    if first == ".":
        number = float(text) if _FLOAT_FROM_POINT.fullmatch(text) else math.inf
        return text if math.isinf(number) else number
    if may_be_timestamp:
        moment = _timestamp(text)
        if moment is not None:
            return moment
    digits = text.replace("_", "")
    integer = _integer(digits)
    if integer is not None:
        return integer
    # What is too large for an integer is a float, and what is too large for that is text.
    number = float(digits) if _FLOAT.fullmatch(digits) else math.inf
    return text if math.isinf(number) else number


_LARGEST_SIGNED = 2**63 - 1
_LARGEST_UNSIGNED = 2**64 - 1


def _integer(digits: str) -> int | None:
    match = _INTEGER.fullmatch(digits)
    if match is None or match.lastindex is None:
        return None
    base = _INTEGER_BASES[match.lastindex - 2]
    if base == 10 and len(digits) > len(str(-_LARGEST_UNSIGNED)):
        return None
    number = int(match[match.lastindex], base)
    match match[1]:
        case "-":
            return -number if number <= _LARGEST_SIGNED + 1 else None
        case "+":
            return number if number <= _LARGEST_SIGNED else None
        case _:
            return number if number <= _LARGEST_UNSIGNED else None


_DAYS_OF_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _timestamp(text: str) -> Timestamp | None:
    if text[4:5] != "-":
        return None
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    zone = match[8] or "Z"
    hour, minute, second = (int(match[i] or match[i + 5] or 0) for i in (4, 5, 6))
    fraction = (match[7] or match[12] or "")[:9].rstrip("0")
    if not (1 <= month <= 12 and 1 <= day <= _days_of_month(year, month)):
        return None
    if hour > 23 or minute > 59 or second > 59:
        return None
    written_zone = "+0000 UTC"
    if zone != "Z":
        # Go lets an offset have 24 hours and 60 minutes.
        hours, minutes = int(zone[1:3]), int(zone[4:6])
        if hours > 24 or minutes > 60:
            return None
        offset = hours * 60 + minutes
        if offset:
            name = f"{zone[0]}{offset // 60:02}{offset % 60:02}"
            written_zone = f"{name} {name}"
    clock = f"{hour:02}:{minute:02}:{second:02}" + (f".{fraction}" if fraction else "")
    return Timestamp(f"{year:04}-{month:02}-{day:02} {clock} {written_zone}")


def _days_of_month(year: int, month: int) -> int:
    is_leap_year = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and is_leap_year else _DAYS_OF_MONTHS[month - 1]


def _decode_binary(text: str) -> str | Unresolvable:
    """Return the text that base64 hides; bytes that are no UTF-8 become lone surrogates."""
    try:
        encoded = text.replace("\r", "").replace("\n", "").encode("ascii")
        return base64.b64decode(encoded, validate=True).decode("utf-8", "surrogateescape")
    except (UnicodeEncodeError, binascii.Error):
        return Unresolvable("!!binary")
