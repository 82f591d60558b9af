"""Values as plain Python data: what is written into a file, and what is read from one."""

from __future__ import annotations

import math
from collections.abc import Mapping as AnyMapping
from typing import TYPE_CHECKING

from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, Scalar, Sequence, follow, tag_of
from composecheck.yaml.scalars import Absent, Timestamp, Unresolvable, resolve

if TYPE_CHECKING:
    from composecheck.yaml.nodes import Node

Data = "str | int | float | bool | None | list[Data] | tuple[Data, ...] | AnyMapping[str, Data]"
"""Text, numbers, true and false, None, and lists and dictionaries of these; keys are text."""


def data_of(node: Node) -> object:
    """Return what `node` means to Compose, as plain Python data.

    Aliases and merge keys are followed. A moment in time is the text that Compose makes of it; what
    Compose cannot read, or drops, is None.
    """
    content = follow(node)
    match content:
        case Mapping():
            return {name: data_of(e.value) for name, e in effective_entries(content).items()}
        case Sequence():
            return [data_of(item) for item in content.items]
        case Scalar():
            value = resolve(content)
            if isinstance(value, Timestamp):
                return value.text
            return None if isinstance(value, Absent | Unresolvable) else value
        case _:
            return None


def is_same(node: Node, value: object) -> bool:
    """Whether what is written at `node` itself is `value`, kinds of values included.

    An anchored value, an alias, a merge or a tag is never the same as plain data.
    """
    match node:
        case Scalar():
            return (node.properties is None or tag_of(node) is None) and equal(resolve(node), value)
        case Mapping():
            if not isinstance(value, AnyMapping) or tag_of(node) is not None:
                return False
            keys = [entry.key for entry in node.entries]
            names = [key.text if isinstance(key, Scalar) else None for key in keys]
            return names == list(value) and all(
                is_same(entry.value, value[name])
                for entry, name in zip(node.entries, names, strict=True)
            )
        case Sequence():
            if not isinstance(value, list | tuple) or tag_of(node) is not None:
                return False
            return len(node.items) == len(value) and all(map(is_same, node.items, value))
        case _:
            return False


def equal(one: object, other: object) -> bool:
    """Whether two values are the same, kinds included: 1, 1.0 and true are three things."""
    if isinstance(one, float) and isinstance(other, float):
        if math.isnan(one) or math.isnan(other):
            return math.isnan(one) and math.isnan(other)
        return one == other and math.copysign(1, one) == math.copysign(1, other)
    if isinstance(one, AnyMapping) and isinstance(other, AnyMapping):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(equal, one, other))
    return type(one) is type(other) and one == other


def check_data(value: object) -> None:
    """Raise TypeError if `value` is no plain data, or has keys that are no text."""
    if isinstance(value, AnyMapping):
        for key, part in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key must be text, not {key!r}")
            check_data(part)
    elif isinstance(value, list | tuple):
        for part in value:
            check_data(part)
    elif value is not None and not isinstance(value, str | int | float | bool):
        raise TypeError(f"cannot be written as YAML: {value!r}")
