"""Numbers of bytes: `512m`.

A number, and perhaps a unit, in small or capital letters: `b`, or `k`, `m`, `g`, `t`, `p` with
`b` or `ib` behind it or not. All of them count by 1024. (Facts: compose-go, `types/bytes.go`, and
go-units; the tests ask Docker Compose v5.6.1 itself.)
"""

from __future__ import annotations

import math
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.casts import (
    NUMBER,
    Integer,
    InvalidCast,
    Number,
    cast_integer,
    cast_number,
)
from composecheck.language.go_text import LARGEST_INT64
from composecheck.language.patterns import DIGITS, Pattern, spelled
from composecheck.language.traced import Traced
from composecheck.language.values import read_value

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node


class Fault(Enum):
    """Why Compose cannot read a number of bytes."""

    EMPTY = "empty"
    """There is no text: often a variable that is not set."""
    NO_NUMBER = "no number"
    """`abc`, `1,5g`: what stands before the unit is no number."""
    UNKNOWN_UNIT = "unknown unit"
    """`1x`, `1ki`, `1 gigabyte`, `1e`."""
    NEGATIVE = "negative"
    """`-1g`: only a whole number without a unit may be below zero."""


class InvalidByteSize(Struct, frozen=True):
    """A text that Compose takes for a number of bytes and cannot read: it refuses the file.

    `span` and `text` are the characters at fault: the unit, or what should be a number. Of an
    unknown part, `text` has what is written in the file.
    """

    span: Span
    text: str
    fault: Fault


class ByteSize(Struct, frozen=True):
    """A number of bytes. It may be negative: -1 often stands for no limit."""

    bytes: int
    span: Span


class IgnoredSize(Struct, frozen=True):
    """A number that Compose drops without a word: one with a fraction, or of more than 64 bits.

    (Measured: `mem_limit: 1.5` and `mem_limit: 1e9`, without quotes, are no limit at all.)
    """

    span: Span


def read_byte_size(node: Node, text_of: TextOf) -> ByteSize | IgnoredSize | InvalidByteSize | None:
    """Read the value of a key that takes a number of bytes, as a number or as text.

    None where it depends on a variable, and for what is neither.
    """
    match read_value(node, text_of):
        case Traced() as text:
            return parse_byte_size(text)
        case Integer(value, span) if value <= LARGEST_INT64:
            return ByteSize(value, span)
        case Integer(_, span) | Number(_, span):
            return IgnoredSize(span)
        case _:
            return None


_MULTIPLES = {"k": 1024, "m": 1024**2, "g": 1024**3, "t": 1024**4, "p": 1024**5}
_LONGEST_UNIT = 3
"""In bytes of UTF-8."""


def parse_byte_size(text: Traced) -> ByteSize | InvalidByteSize | None:
    """Read a number of bytes; None where it depends on a variable what it is."""
    if not len(text):
        return InvalidByteSize(text.span, "", Fault.EMPTY)
    if not text.is_known:
        misfit = _BYTE_SIZE.misfit(text)
        if misfit is None:
            return None
        return _invalid(text[misfit:] if misfit < len(text) else text, Fault.UNKNOWN_UNIT)
    integer = cast_integer(text)
    if isinstance(integer, Integer):
        return ByteSize(integer.value, text.span)
    number_text, unit_text = _cut(text)
    if not len(number_text):
        return _invalid(text, Fault.NO_NUMBER)
    number = cast_number(number_text)
    if not isinstance(number, Number):
        wrong = number if isinstance(number, InvalidCast) else None
        span, characters = (wrong.span, wrong.text) if wrong else (text.span, spelled(text))
        return InvalidByteSize(span, characters, Fault.NO_NUMBER)
    if number.value < 0:
        return _invalid(text, Fault.NEGATIVE)
    multiple = _multiple(unit_text.text)
    if multiple is None:
        return _invalid(unit_text, Fault.UNKNOWN_UNIT)
    return ByteSize(_whole(number.value * multiple), text.span)


def _cut(text: Traced) -> tuple[Traced, Traced]:
    """Cut at the first blank, or else behind the last digit or point."""
    number, blank, unit = text.partition(" ")
    if len(blank):
        return number, unit
    end = max(text.rfind(character) for character in DIGITS + ".") + 1
    return text[:end], text[end:]


def _multiple(unit: str) -> int | None:
    """Return how many bytes `unit` stands for, or None if it is none."""
    if len(unit.encode("utf-8", "surrogatepass")) > _LONGEST_UNIT:
        return None
    unit = unit.lower()
    if unit in ("", "b"):
        return 1
    return _MULTIPLES.get(unit[0]) if unit[1:] in ("", "b", "ib") else None


def _whole(number: float) -> int:
    """Return what Go makes of a number that may not fit into 64 bits."""
    if math.isfinite(number) and number < 2.0**63:
        return int(number)
    return -LARGEST_INT64 - 1


# To Go, the Kelvin sign is a capital k.
_UNIT_STEPS = (("kmgtpKMGTP\u212a", "unit"), ("bB", "end"))
_BYTE_SIZE = Pattern(
    {
        **{
            state: steps + ((*_UNIT_STEPS, (" ", "blank")) if state in NUMBER.ends else ())
            for state, steps in NUMBER.steps.items()
        },
        "blank": _UNIT_STEPS,
        "unit": (("iI", "unit i"), ("bB", "end")),
        "unit i": (("bB", "end"),),
        "end": (),
    },
    NUMBER.ends | {"blank", "unit", "end"},
)


def _invalid(wrong: Traced, fault: Fault) -> InvalidByteSize:
    return InvalidByteSize(wrong.span, spelled(wrong), fault)
