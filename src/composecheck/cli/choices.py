"""What options may be, where it is one of a few words."""

from __future__ import annotations

from enum import StrEnum


class FailOn(StrEnum):
    """From which severity on the exit status is 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class When(StrEnum):
    """When to write for a terminal."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"
