"""Permissions of files, in octal digits: `"0440"`.

Text is read as octal digits. A number is what YAML makes of it, which is right for an unquoted
`0440` and wrong for `440`. (Facts: compose-go, `types/types.go`; the tests ask Docker Compose
v5.6.1 itself.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.casts import Integer, Number
from composecheck.language.go_text import LARGEST_INT64
from composecheck.language.patterns import Pattern, spelled
from composecheck.language.traced import Traced
from composecheck.language.values import read_value
from composecheck.yaml.nodes import Scalar, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node


class Fault(Enum):
    """Why Compose cannot read the permissions of a file."""

    EMPTY = "empty"
    """There is no text: often a variable that is not set."""
    NO_OCTAL = "no octal"
    """`"999"`, `"0o440"`, `"r--r-----"`: something else than the digits 0 to 7."""
    TOO_LARGE = "too large"
    """More than 64 bits."""
    NO_WHOLE_NUMBER = "no whole number"
    """A number with a fraction, or with more than 64 bits, without quotes."""


class InvalidFileMode(Struct, frozen=True):
    """Permissions that Compose cannot read: it refuses the file.

    `span` and `text` are the characters at fault: from the first that is no octal digit to the end,
    or all of them. Of an unknown part, `text` has what is written in the file.
    """

    span: Span
    text: str
    fault: Fault


class FileMode(Struct, frozen=True):
    """The permissions of a file, as a number: 0o440 for `"440"`.

    `is_number` says that they are written as a number, not as text: then the author may have
    written decimal digits and meant octal ones.
    """

    permissions: int
    span: Span
    is_number: bool


_DIGITS = "01234567"
_OCTAL = Pattern(
    {
        "start": (("+-", "sign"), (_DIGITS, "digits")),
        "sign": ((_DIGITS, "digits"),),
        "digits": ((_DIGITS, "digits"),),
    },
    frozenset(["digits"]),
)


def read_file_mode(node: Node, text_of: TextOf) -> FileMode | InvalidFileMode | None:
    """Read permissions; None where they depend on a variable, and for what cannot be any."""
    match read_value(node, text_of):
        case Traced() as text:
            return parse_file_mode(text)
        case Integer(value, span) if value <= LARGEST_INT64:
            return FileMode(value, span, is_number=True)
        case Integer(_, span) | Number(_, span):
            scalar = follow(node)
            written = scalar.text if isinstance(scalar, Scalar) else ""
            return InvalidFileMode(span, written, Fault.NO_WHOLE_NUMBER)
        case _:
            return None


def parse_file_mode(text: Traced) -> FileMode | InvalidFileMode | None:
    """Read permissions that are written as text; None where they depend on a variable."""
    if not len(text):
        return InvalidFileMode(text.span, "", Fault.EMPTY)
    misfit = _OCTAL.misfit(text)
    if misfit is not None:
        wrong = text[misfit:] if misfit < len(text) else text
        return InvalidFileMode(wrong.span, spelled(wrong), Fault.NO_OCTAL)
    if not text.is_known:
        return None
    permissions = int(text.text, 8)
    if not -LARGEST_INT64 - 1 <= permissions <= LARGEST_INT64:
        return InvalidFileMode(text.span, spelled(text), Fault.TOO_LARGE)
    return FileMode(permissions, text.span, is_number=False)
