"""Keys that a build may use to log in elsewhere: `build.ssh`.

(Facts: compose-go, `transform/ssh.go`; the tests ask Docker Compose v5.6.1 itself.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.key_values import read_key_values
from composecheck.language.patterns import spelled

if TYPE_CHECKING:
    from composecheck.language.key_values import KeyValue
    from composecheck.language.traced import Traced
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node


class Fault(Enum):
    """Why Compose refuses a key."""

    NO_PATH = "no path"
    """An item of a list that has no `=`, and is not `default`."""


class InvalidSshKey(Struct, frozen=True):
    """A key that Compose refuses; `span` and `text` are all of it."""

    span: Span
    text: str
    fault: Fault


class SshKey(Struct, frozen=True, eq=False):
    """A key by its name; `path` is that of a socket or a file, or None for the agent's own."""

    name: Traced
    path: Traced | None
    span: Span


def read_ssh_keys(node: Node, text_of: TextOf) -> tuple[SshKey | InvalidSshKey, ...]:
    """Read a list of `name=path`, or a mapping.

    An item in which it depends on a variable whether it has a `=` is left out.
    """
    keys = (_check(pair) for pair in read_key_values(node, text_of))
    return tuple(key for key in keys if key is not None)


def _check(pair: KeyValue) -> SshKey | InvalidSshKey | None:
    name = pair.key
    if pair.is_listed and pair.value is None and not name.equals("default"):
        if not name.is_known:
            return None
        return InvalidSshKey(name.span, spelled(name), Fault.NO_PATH)
    return SshKey(name, pair.value, pair.span)
