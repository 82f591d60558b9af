"""Env files in the format `raw`: a line is a key, `=`, and a value taken as it stands.

(Facts: docker/cli, `pkg/kvfile`, and Docker Compose v5.6.1, which the tests ask.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.expressions import expression
from composecheck.language.assignments import (
    Assignment,
    EnvFile,
    Fault,
    InvalidAssignment,
    inherited_value,
    written,
)
from composecheck.language.go_text import SPACES
from composecheck.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composecheck.source import Source

_LONGEST_LINE = 65536 - 1
"""How many bytes a line may have, without its line feed, but with a `\r` before it."""

_UNDECODABLE = expression("[\udc80-\udcff]")


def read_raw_env_file(
    source: Source, environment: Mapping[str, str | None], *, unset_is_blank: bool
) -> EnvFile:
    """Read an env file in the format `raw`.

    A bare key has its value from `environment`; None there stands for a variable that is set to
    nobody knows what. One that is not there is left out, as by Compose, if `unset_is_blank`;
    otherwise it is taken to be set elsewhere, and the value is unknown.
    """
    assignments: list[Assignment] = []
    refused: list[InvalidAssignment] = []
    start = 0
    for line in source.text.split("\n"):
        read = _read_line(source, start, line)
        if isinstance(read, InvalidAssignment):
            refused.append(read)
        elif read is not None:
            if read.is_inherited:
                value = inherited_value(source, read, environment, unset_is_blank=unset_is_blank)
                read = replace(read, value=value)
            assignments.append(read)
        start += len(line) + 1
    return EnvFile(source, tuple(assignments), tuple(refused))


def _read_line(source: Source, start: int, line: str) -> Assignment | InvalidAssignment | None:
    """Read the `line` at offset `start`; None if there is nothing on it."""
    whole = Span(start, start + len(line))
    if len(line) > _LONGEST_LINE // 4 and len(line.encode(errors="replace")) > _LONGEST_LINE:
        return InvalidAssignment(whole, line, Fault.TOO_LONG, "")
    line = line.removesuffix("\r")
    whole = Span(start, start + len(line))
    undecodable = _UNDECODABLE.search(line)
    if undecodable is not None:
        span = Span(start + undecodable.start(), start + undecodable.end())
        return InvalidAssignment(span, undecodable[0], Fault.NOT_TEXT, "")
    content = line.lstrip(SPACES)
    if not content or content.startswith("#"):
        return None
    start = whole.end - len(content)
    key, equals, text = content.partition("=")
    key_span = Span(start, start + len(key))
    if not key:
        return InvalidAssignment(Span(start, whole.end), content, Fault.NO_KEY, "")
    if " " in key or "\t" in key:
        return InvalidAssignment(key_span, key, Fault.SPACE_IN_KEY, key)
    value = written(source, whole.end - len(text), whole.end)
    return Assignment(key, key_span, value if equals else None, value.span, is_inherited=not equals)
