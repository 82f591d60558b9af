"""File systems in memory: an item of `tmpfs`, `/run` or `/run:size=64m,noexec`.

Compose compares the paths and hands the rest to the engine as it is. (Facts: compose-go,
`loader/validate.go`; the tests ask Docker Compose v5.6.1.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.traced import Traced
from composecheck.language.values import read_value
from composecheck.yaml.nodes import Sequence, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.yaml.nodes import Node


class TmpfsOption(Struct, frozen=True, eq=False):
    """An option, `noexec` or `size=64m`; without a `=` its value is None."""

    name: Traced
    value: Traced | None


class TmpfsMount(Struct, frozen=True, eq=False):
    """A file system in memory at the path `target`, which Compose compares as it is written.

    A target that is known is right in any case; one that is not may hold a colon, and then the
    options are others.
    """

    text: Traced
    target: Traced
    options: tuple[TmpfsOption, ...]


def parse_tmpfs(text: Traced) -> TmpfsMount:
    """Read an item of `tmpfs`; Compose takes any text."""
    target, colon, options = text.partition(":")
    return TmpfsMount(text, target, _options(options) if len(colon) else ())


def read_tmpfs(node: Node, text_of: TextOf) -> tuple[TmpfsMount, ...]:
    """Read the value of `tmpfs`, one text or a list of them; what is no text is left out."""
    content = follow(node)
    items = content.items if isinstance(content, Sequence) else (node,)
    values = (read_value(item, text_of) for item in items)
    return tuple(parse_tmpfs(value) for value in values if isinstance(value, Traced))


def _options(text: Traced) -> tuple[TmpfsOption, ...]:
    options = []
    for option in text.split(","):
        name, equals, value = option.partition("=")
        options.append(TmpfsOption(name, value if len(equals) else None))
    return tuple(options)
