"""When Docker starts a container again: `restart`.

Compose takes any text, and Docker fails when it makes the container. (Facts: docker/compose,
`pkg/compose/create.go`, and moby, `api/types/container`; no engine was asked.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.casts import Integer, InvalidCast, cast_integer
from composecheck.language.patterns import spelled

if TYPE_CHECKING:
    from composecheck.language.traced import Traced
    from composecheck.source import Span


class Policy(Enum):
    """When a container is started again."""

    NO = "no"
    ALWAYS = "always"
    UNLESS_STOPPED = "unless-stopped"
    ON_FAILURE = "on-failure"


class Fault(Enum):
    """What is wrong with a policy; Compose itself takes it, and Docker may not."""

    UNKNOWN = "unknown"
    """None of the words: `on_failure`, `unless_stopped`, `true`. Docker refuses the container."""
    RETRIES = "retries"
    """What stands behind the colon is no whole number: `on-failure:x`. Compose takes it for 0,
    which is without end."""
    NEGATIVE_RETRIES = "negative retries"
    """`on-failure:-1`. Docker refuses the container."""
    RETRIES_NOT_ALLOWED = "retries not allowed"
    """A number behind another word than `on-failure`: `always:3`. Docker refuses the container."""


class InvalidRestartPolicy(Struct, frozen=True):
    """A policy that cannot be meant. Compose itself does not refuse it.

    `span` and `text` are the characters at fault: the word, or what stands behind the colon. Of an
    unknown part, `text` has what is written in the file.
    """

    span: Span
    text: str
    fault: Fault


class RestartPolicy(Struct, frozen=True):
    """When a container is started again.

    `retries` is how often at most, after a failure; 0 is without end.
    """

    policy: Policy
    span: Span
    retries: int = 0


_POLICIES = {
    "": Policy.NO,
    "no": Policy.NO,
    "none": Policy.NO,
    "always": Policy.ALWAYS,
    "any": Policy.ALWAYS,
    "unless-stopped": Policy.UNLESS_STOPPED,
    "on-failure": Policy.ON_FAILURE,
}


def parse_restart_policy(text: Traced) -> RestartPolicy | InvalidRestartPolicy | None:
    """Read a policy; None where it depends on a variable what it is."""
    word, colon, number = text.partition(":")
    if not word.is_known:
        # Without a known colon, the unknown part may hold it.
        fits = (word.could_be(policy) or not len(colon) for policy in _POLICIES)
        return None if any(fits) else _invalid(word, Fault.UNKNOWN)
    if word.text not in _POLICIES or (len(colon) and not len(word)):
        return _invalid(word if len(word) else text, Fault.UNKNOWN)
    policy = _POLICIES[word.text]
    if not len(number):
        return RestartPolicy(policy, text.span)
    retries = cast_integer(number)
    match retries:
        case None:
            return None
        case InvalidCast():
            return _invalid(number, Fault.RETRIES)
        case Integer(value) if value and policy is not Policy.ON_FAILURE:
            return _invalid(number, Fault.RETRIES_NOT_ALLOWED)
        case Integer(value) if value < 0:
            return _invalid(number, Fault.NEGATIVE_RETRIES)
    return RestartPolicy(policy, text.span, retries.value)


def _invalid(wrong: Traced, fault: Fault) -> InvalidRestartPolicy:
    return InvalidRestartPolicy(wrong.span, spelled(wrong), fault)
