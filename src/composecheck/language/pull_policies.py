"""When Compose pulls an image: `pull_policy`.

(Facts: compose-go, `types/types.go`, and Compose's JSON Schema, which decides what is refused; the
tests ask Docker Compose v5.6.1 itself.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.durations import NANOSECONDS, Duration, parse_duration
from composecheck.language.patterns import DIGITS, Pattern, spelled

if TYPE_CHECKING:
    from composecheck.language.traced import Traced
    from composecheck.source import Span


class Policy(Enum):
    """When an image is pulled."""

    ALWAYS = "always"
    NEVER = "never"
    MISSING = "missing"
    """If it is not there; also written `if_not_present`."""
    BUILD = "build"
    """Never: it is built, also if it is there."""
    REFRESH = "refresh"
    """If it was pulled too long ago: `daily`, `weekly`, `every_12h`."""


class Fault(Enum):
    """Why Compose refuses a policy."""

    EMPTY = "empty"
    """There is no text: often a variable that is not set."""
    UNKNOWN = "unknown"
    """None of Compose's words: `Always`, `ifnotpresent`."""
    INTERVAL = "interval"
    """What stands behind `every_` is no row of whole numbers with a unit: `every_1.5h`."""


class InvalidPullPolicy(Struct, frozen=True):
    """A policy that Compose refuses.

    `span` and `text` are the characters at fault: all of it, or what stands behind `every_`. Of an
    unknown part, `text` has what is written in the file.
    """

    span: Span
    text: str
    fault: Fault


class PullPolicy(Struct, frozen=True):
    """When an image is pulled. `interval` is how old it may be: of REFRESH, unless that is all."""

    policy: Policy
    span: Span
    interval: Duration | None = None


_POLICIES = {
    "always": Policy.ALWAYS,
    "never": Policy.NEVER,
    "build": Policy.BUILD,
    "if_not_present": Policy.MISSING,
    "missing": Policy.MISSING,
    "refresh": Policy.REFRESH,
    "daily": Policy.REFRESH,
    "weekly": Policy.REFRESH,
}
_NANOSECONDS = {"daily": NANOSECONDS["d"], "weekly": NANOSECONDS["w"]}
_EVERY = "every_"
_INTERVAL_STEPS = {
    _EVERY: ((DIGITS, "number"),),
    "number": ((DIGITS, "number"), ("wdhms", "unit")),
    "unit": ((DIGITS, "number"),),
}
_INTERVAL = Pattern(_INTERVAL_STEPS, frozenset(["unit"]))
_WITH_INTERVAL = Pattern(
    {
        **{
            _EVERY[:length]: ((letter, _EVERY[: length + 1]),)
            for length, letter in enumerate(_EVERY)
        },
        **_INTERVAL_STEPS,
    },
    frozenset(["unit"]),
)


def parse_pull_policy(text: Traced) -> PullPolicy | InvalidPullPolicy | None:
    """Read a policy; None where it depends on a variable what it is."""
    if text.startswith(_EVERY):
        interval = text[len(_EVERY) :]
        if _INTERVAL.misfit(interval) is not None:
            return InvalidPullPolicy(interval.span, spelled(interval), Fault.INTERVAL)
        # Compose finds out only when it pulls that an interval is longer than it can count.
        duration = parse_duration(interval)
        length = duration if isinstance(duration, Duration) else None
        return PullPolicy(Policy.REFRESH, text.span, length) if text.is_known else None
    if not text.is_known:
        if any(text.could_be(word) for word in _POLICIES) or _WITH_INTERVAL.misfit(text) is None:
            return None
        return InvalidPullPolicy(text.span, spelled(text), Fault.UNKNOWN)
    word = text.text
    if word not in _POLICIES:
        return InvalidPullPolicy(text.span, word, Fault.UNKNOWN if word else Fault.EMPTY)
    length = Duration(_NANOSECONDS[word], text.span) if word in _NANOSECONDS else None
    return PullPolicy(_POLICIES[word], text.span, length)
