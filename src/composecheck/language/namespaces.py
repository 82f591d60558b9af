"""Whose network, processes or memory a container uses: `network_mode`, `pid`, `ipc`, `uts`.

A word, or the name of a service of the project, or of any container: `service:db`, `container:x`.
(Facts: compose-go, `loader/normalize.go`; the tests ask Docker Compose v5.6.1 itself.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from composecheck.language.traced import Traced
    from composecheck.source import Span


class Owner(Enum):
    """Whose it is."""

    SERVICE = "service"
    """Of another service of the project, which Compose then starts first."""
    CONTAINER = "container"
    """Of a container that has nothing to do with the project."""
    NAMED = "named"
    """What the word says: `host`, `none`, `bridge`, `shareable`; or, of a network, its name."""


class Namespace(Struct, frozen=True, eq=False):
    """Whose namespace a container uses.

    `name` is the name of the service or container, or the word. `owner` is None where it depends on
    a variable; then `name` is all of the text.
    """

    owner: Owner | None
    name: Traced
    span: Span


_PREFIXES = {"service:": Owner.SERVICE, "container:": Owner.CONTAINER}


def parse_namespace(text: Traced) -> Namespace:
    """Read the value of `network_mode`, `pid`, `ipc` or `uts`: Compose takes any text."""
    for prefix, owner in _PREFIXES.items():
        if text.startswith(prefix):
            return Namespace(owner, text[len(prefix) :], text.span)
    before = text[: text.holes[0][0]].text if text.holes else ""
    is_open = text.holes and any(prefix.startswith(before) for prefix in _PREFIXES)
    return Namespace(None if is_open else Owner.NAMED, text, text.span)
