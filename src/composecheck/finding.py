"""What we tell people: a finding, where it is, and what to write instead."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.source import Source, Span

PathKey = str | int
Path = tuple[PathKey, ...]
"""The keys and indices (from 0) that lead from the top of a file to a value."""


class Severity(IntEnum):
    """How bad a finding is; a higher number is worse."""

    NOTE = 1
    """True and worth knowing, but it works."""
    WARNING = 2
    """Compose accepts it, and yet it will not start, or not do what the text says."""
    ERROR = 3
    """Docker Compose refuses this project. Never reported on one that it accepts."""

    def __str__(self) -> str:
        return self.name.lower()


class Safety(Enum):
    """How sure we are of a fix."""

    SAFE = "safe"
    """Compose sees the same as before, or the only thing that refused text can have meant."""
    UNSAFE = "unsafe"
    """Our best guess, or a change of behaviour that the finding asks for."""


class Edit(Struct, frozen=True):
    """Replace the characters of `span` in `source` by `text`; an empty span inserts."""

    source: Source
    span: Span
    text: str


class Fix(Struct, frozen=True):
    """A change that removes a finding. `title` says in an imperative what it does.

    `changes` are the paths, beside that of the finding, at which values change or come to be. What
    is moved as it is need not be named.
    """

    title: str
    safety: Safety
    edits: tuple[Edit, ...]
    changes: tuple[Path, ...] = ()


class Related(Struct, frozen=True):
    """Another place that a finding speaks of, and what is there."""

    source: Source
    span: Span
    message: str


class Finding(Struct, frozen=True):
    """One thing that is wrong, or worth knowing.

    `message` says what is wrong here and what Compose does with it; `remedy` what to write, as a
    sentence of its own, or is empty. `span` is where in `source`; `path` leads to the value in the
    file's tree. `suggestions` are bare names or values to write in place of the characters of the
    span, the best first.
    """

    rule: str
    severity: Severity
    message: str
    source: Source
    span: Span
    remedy: str = ""
    path: Path = ()
    suggestions: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    @property
    def text(self) -> str:
        """Message and remedy in one, for where there is only one line."""
        return f"{self.message} {self.remedy}" if self.remedy else self.message


def splice(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with all `edits` applied to it.

    Edits must not overlap, and must all belong to this text. Raises ValueError if two overlap.
    """
    pieces = []
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        if edit.span.start < position:
            raise ValueError(f"edits overlap at offset {edit.span.start}")
        pieces.append(text[position : edit.span.start])
        pieces.append(edit.text)
        position = edit.span.end
    pieces.append(text[position:])
    return "".join(pieces)
