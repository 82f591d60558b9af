"""Questions to the nodes of an effective tree: one without aliases and merge keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.traced import HOLE
from composecheck.yaml.nodes import Mapping, Scalar, Sequence
from composecheck.yaml.scalars import Timestamp, Unresolvable, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from composecheck.yaml.nodes import Entry, Node


def entries_of(node: Node | None) -> Table[str, Entry]:
    """Return keys and values by key, or nothing for anything else; of several the first."""
    return node.by_name if isinstance(node, Mapping) else _NOTHING


_NOTHING: Table[str, Entry] = {}


def child(node: Node | None, *keys: str) -> Node | None:
    """Return the value under `keys`, one below the other, or None."""
    for key in keys:
        if not isinstance(node, Mapping):
            return None
        found = node.by_name.get(key)
        node = None if found is None else found.value
    return node


def value_of(node: Node | None) -> object:
    """Return what a value without parts means; None also for all else.

    A moment in time is its text as Go writes it.
    """
    if not isinstance(node, Scalar):
        return None
    value = resolve(node)
    if isinstance(value, Timestamp | Unresolvable):
        return value.text if isinstance(value, Timestamp) else node.text
    return value


def text_of(node: Node | None) -> str | None:
    """Return the text of `node` if it is text, else None."""
    value = resolve(node) if isinstance(node, Scalar) else None
    return value if isinstance(value, str) else None


def is_null(node: Node) -> bool:
    """Tell whether nothing stands there: `~`, `null`, or no characters at all."""
    return isinstance(node, Scalar) and resolve(node) is None


def kind_of(node: Node) -> str:
    """Return the kind of `node`: `mapping`, `list`, `text`, `number`, `boolean` or `null`."""
    if isinstance(node, Mapping):
        return "mapping"
    if isinstance(node, Sequence):
        return "list"
    match value_of(node):
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
    return "text"


def identity_of(node: Node) -> object:
    """Return something that is equal for two nodes that Compose takes for the same.

    A number with a fraction, even `.0`, differs from one without. What is unknown in part is like
    nothing else.
    """
    if isinstance(node, Mapping):
        return frozenset(
            (name, identity_of(entry.value)) for name, entry in entries_of(node).items()
        )
    if isinstance(node, Sequence):
        return tuple(identity_of(item) for item in node.items)
    if not isinstance(node, Scalar) or HOLE in node.text:
        return node
    value = resolve(node)
    return (type(value), value)
