"""What a YAML parser said, in its own words."""

from __future__ import annotations

from msgspec import Struct


class SyntaxProblem(Struct, frozen=True):
    """Where a parser gave up, and why.

    Offsets are code points of the text without its byte order mark, counted from 0; they may be
    the length of the text. `context` says what the parser was busy with, and where that began.
    """

    problem: str
    offset: int
    context: str | None = None
    context_offset: int | None = None
