"""What a service waits for: `depends_on`, as a list or with conditions.

(Facts: compose-go, `transform/dependson.go`; the tests ask Docker Compose v5.6.1 itself.)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.language.casts import Boolean, cast_boolean
from composecheck.language.key_values import entries, key_of
from composecheck.language.names import read_names
from composecheck.language.traced import Traced
from composecheck.language.values import read_text, read_value
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, follow

if TYPE_CHECKING:
    from composecheck.language.values import TextOf
    from composecheck.source import Span
    from composecheck.yaml.nodes import Entry, Node


class Condition(Enum):
    """What has to have happened to the other service."""

    STARTED = "service_started"
    HEALTHY = "service_healthy"
    COMPLETED = "service_completed_successfully"


class Dependency(Struct, frozen=True, eq=False):
    """A service that another one waits for.

    `condition`, `is_required` and `restarts` are what Compose takes where they are not written.
    They are None where they depend on a variable, and where they are none of what Compose takes
    (which its schema refuses). `condition_span` is None where no condition is written.
    """

    service: Traced
    span: Span
    is_listed: bool
    condition: Condition | None = Condition.STARTED
    condition_span: Span | None = None
    is_required: bool | None = True
    restarts: bool | None = False


def read_dependencies(node: Node, text_of: TextOf) -> tuple[Dependency, ...]:
    """Read `depends_on`, in the order of the text; what cannot be a dependency is left out."""
    content = follow(node)
    if isinstance(content, Mapping):
        return tuple(_read_entry(entry, text_of) for entry in entries(content))
    return tuple(Dependency(name, name.span, is_listed=True) for name in read_names(node, text_of))


def _read_entry(entry: Entry, text_of: TextOf) -> Dependency:
    content = follow(entry.value)
    keys = effective_entries(content) if isinstance(content, Mapping) else {}
    condition: Condition | None = Condition.STARTED
    condition_span = None
    if "condition" in keys:
        text = read_text(keys["condition"], text_of)
        condition_span = text.span if text else keys["condition"].value.span
        condition = _CONDITIONS.get(text.text) if text and text.is_known else None
    return Dependency(
        key_of(entry),
        entry.span,
        is_listed=False,
        condition=condition,
        condition_span=condition_span,
        is_required=read_boolean(keys.get("required"), text_of, default=True),
        restarts=read_boolean(keys.get("restart"), text_of, default=False),
    )


_CONDITIONS = {condition.value: condition for condition in Condition}


def read_boolean(entry: Entry | None, text_of: TextOf, *, default: bool) -> bool | None:
    """Return the value of `entry`, `default` without one; None if it is neither true nor false."""
    if entry is None:
        return default
    value = read_value(entry.value, text_of)
    if isinstance(value, Traced):
        cast = cast_boolean(value)
        return cast.value if isinstance(cast, Boolean) else None
    return value.value if isinstance(value, Boolean) else None
