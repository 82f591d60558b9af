"""Where a container's output goes: `logging`.

(Facts: compose-go, `types/types.go`; Compose knows no drivers and no options of theirs.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.key_values import KeyValue, read_key_values
from composecheck.language.values import read_text
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, follow

if TYPE_CHECKING:
    from composecheck.language.traced import Traced
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Node


class Logging(Struct, frozen=True, eq=False):
    """A driver, None if it is the engine's own, and its options."""

    driver: Traced | None
    options: tuple[KeyValue, ...]
    span: Span


def read_logging(node: Node, text_of: TextOf) -> Logging | None:
    """Read `logging`; None for what cannot be it."""
    content = follow(node)
    if not isinstance(content, Mapping):
        return None
    keys = effective_entries(content)
    options = keys.get("options")
    return Logging(
        read_text(keys.get("driver"), text_of),
        read_key_values(options.value, text_of) if options else (),
        content.span,
    )
