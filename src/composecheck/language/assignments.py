"""What an env file holds: keys with values, and what Compose refuses of it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.traced import Traced, Unknown, known, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composecheck.language.variables import Refusal, Variable
    from composecheck.source import Source, Span


class Fault(Enum):
    """Why Compose cannot read a line of an env file."""

    SPACE_IN_KEY = "space in key"
    """`B C=2`: blanks may stand around a key only."""
    CHARACTER_IN_KEY = "character in key"
    """`A@=1`: a key is letters, digits and `_ . - [ ]`."""
    UNCLOSED_QUOTE = "unclosed quote"
    """`A="x`, and no second quote up to the end of the file."""
    NO_KEY = "no key"
    """`export` and nothing behind it; in the raw format also `=value`."""
    NOT_TEXT = "not text"
    """Bytes that are no UTF-8, in the raw format."""
    TOO_LONG = "too long"
    """A line of 65536 bytes or more, in the raw format."""


class InvalidAssignment(Struct, frozen=True):
    """A place at which Compose refuses an env file.

    `span` and `text` are the characters at fault: the character that may not stand in a key, or the
    key with a blank in it, or an unclosed quote and what stands behind it on the line. `key` is the
    key as far as it can be seen.
    """

    span: Span
    text: str
    fault: Fault
    key: str


class Assignment(Struct, frozen=True):
    """A key with its value.

    `value` has the variables in it replaced; where they cannot be, it has unknown parts.
    `value_span` includes the quotes, `quote` is which they are, or empty.

    `is_inherited` says that the key is written alone: its value comes from the environment. It is
    None if that has none; Compose then leaves out the key.

    The key is empty in `=x`, and for a last line without `=` and without a line end: Compose takes
    that line for the value of a variable without a name (measured).
    """

    key: str
    key_span: Span
    value: Traced | None
    value_span: Span
    quote: str = ""
    is_inherited: bool = False


class EnvFile(Struct, frozen=True):
    """What an env file holds, in the order of its text.

    `refused` is why Compose refuses the file, and `may_be_refused` why it would if variables that
    are unknown here have other values. `unset` are the uses for which Compose would put nothing,
    because the variable is not set here and the text does not say what then.
    """

    source: Source
    assignments: tuple[Assignment, ...]
    refused: tuple[InvalidAssignment | Refusal, ...] = ()
    may_be_refused: tuple[Refusal, ...] = ()
    unset: tuple[Variable, ...] = ()

    @property
    def values(self) -> dict[str, Traced]:
        """The values by key: of several for one key the last. Bare keys only if they have one."""
        return {
            assignment.key: assignment.value
            for assignment in self.assignments
            if assignment.value is not None
        }


def inherited_value(
    source: Source,
    bare: Assignment,
    environment: Mapping[str, str | None],
    *,
    unset_is_blank: bool,
) -> Traced | None:
    """Return the value of a key that is written alone; None if it has none."""
    value = environment.get(bare.key)
    if value is not None:
        return known(source, value, bare.key_span)
    if bare.key in environment or not unset_is_blank:
        return unknown(source, Unknown(bare.key, bare.key_span))
    return None


def written(source: Source, start: int, end: int) -> Traced:
    """Return the characters of `source` from offset `start` up to `end`."""
    places = range(start, end + 1)
    return Traced(source, source.text[start:end], places[:-1], places[1:], (), start)
