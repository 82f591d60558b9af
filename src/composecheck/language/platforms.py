"""Platforms of images: `linux/arm64/v8`.

Compose takes any text. (Facts: containerd, `platforms`, which reads it in the engine.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.language.patterns import spelled
from composecheck.language.traced import Traced

if TYPE_CHECKING:
    from composecheck.source import Span


class Fault(Enum):
    """Why the engine cannot read a platform; Compose does not look at it."""

    EMPTY_PART = "empty part"
    """`linux/`, `//`, or nothing at all."""
    CHARACTER = "character"
    """Something else than letters, digits, `_`, `-` and `.`: `linux amd64`."""
    TOO_MANY_PARTS = "too many parts"
    """More than system, architecture and variant."""


class InvalidPlatform(Struct, frozen=True):
    """A platform that the engine cannot read. Compose itself does not refuse it.

    `span` and `text` are the characters at fault: the part that is wrong, or what is too much; of
    an empty part, all of the platform. Of an unknown part, `text` has what is written in the file.
    """

    span: Span
    text: str
    fault: Fault


class Platform(Struct, frozen=True, eq=False):
    """A system such as `linux`, an architecture such as `arm64`, a variant such as `v8`.

    A text with one part alone is a system or an architecture: it is `system`. Parts are as they are
    written; an unknown part may hold a slash.
    """

    system: Traced
    architecture: Traced | None
    variant: Traced | None
    span: Span


_PART = expression(r"[A-Za-z0-9_.-]+")


def parse_platform(text: Traced) -> Platform | InvalidPlatform:
    """Read a platform."""
    parts = text.split("/")
    if len(parts) > 3:
        return _invalid(text[len("///") + sum(map(len, parts[:3])) :], Fault.TOO_MANY_PARTS)
    for part in parts:
        if not len(part):
            return _invalid(text, Fault.EMPTY_PART)
        for piece in part.pieces:
            if isinstance(piece, Traced) and not _PART.fullmatch(piece.text):
                return _invalid(part, Fault.CHARACTER)
    system, architecture, variant = (*parts, None, None)[:3]
    assert system is not None
    return Platform(system, architecture, variant, text.span)


def _invalid(wrong: Traced, fault: Fault) -> InvalidPlatform:
    return InvalidPlatform(wrong.span, spelled(wrong), fault)
