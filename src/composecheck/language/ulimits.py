"""Limits of the system that a container has: one number, or a soft and a hard one.

(Facts: compose-go, `transform/ulimits.go` and `types/types.go`; the tests ask Docker Compose v5.6.1
itself, which does not compare the two.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.casts import Integer, InvalidCast, Number, cast_integer
from composecheck.language.go_text import LARGEST_INT64
from composecheck.language.key_values import entries, key_of
from composecheck.language.traced import Traced
from composecheck.language.values import read_value
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Entry, Node


class Fault(Enum):
    """Why Compose refuses a number that is no text."""

    NO_WHOLE_NUMBER = "no whole number"
    """One that YAML reads as a number with a fraction, as also `1e3` and `2.0`."""
    TOO_LARGE = "too large"
    """More than 64 bits."""


class InvalidLimit(Struct, frozen=True):
    """A number that Compose refuses, or fails at (measured: it crashes for `soft: 2.0`)."""

    span: Span
    fault: Fault


Limit = Integer | InvalidCast | InvalidLimit


class Ulimit(Struct, frozen=True, eq=False):
    """A limit by its name. A single number is both `soft` and `hard`.

    They are None where they depend on a variable or are missing (which Compose's schema refuses).
    """

    name: Traced
    soft: Limit | None
    hard: Limit | None
    span: Span


def read_ulimits(node: Node, text_of: TextOf) -> tuple[Ulimit, ...]:
    """Read `ulimits`."""
    content = follow(node)
    if not isinstance(content, Mapping):
        return ()
    return tuple(_read_entry(entry, text_of) for entry in entries(content))


def _read_entry(entry: Entry, text_of: TextOf) -> Ulimit:
    content = follow(entry.value)
    if not isinstance(content, Mapping):
        limit = _read_limit(entry.value, text_of)
        return Ulimit(key_of(entry), limit, limit, entry.span)
    keys = effective_entries(content)
    soft, hard = (
        _read_limit(keys[key].value, text_of) if key in keys else None for key in ("soft", "hard")
    )
    return Ulimit(key_of(entry), soft, hard, entry.span)


def _read_limit(node: Node, text_of: TextOf) -> Limit | None:
    match read_value(node, text_of):
        case Traced() as text:
            return cast_integer(text)
        case Integer(value, span) as integer:
            fits = value <= LARGEST_INT64
            return integer if fits else InvalidLimit(span, Fault.TOO_LARGE)
        case Number(_, span):
            return InvalidLimit(span, Fault.NO_WHOLE_NUMBER)
        case _:
            return None
