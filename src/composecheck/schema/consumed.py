"""What Compose reads and takes out before it judges the shape: `extends` and `include`.

It asks less of them than its own schema says. Measured: keys that it does not know are ignored
there, and so is much else; what it does refuse is below.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.schema.accept import takes
from composecheck.schema.grammar import Kind, Shape
from composecheck.schema.tree import EXTENDING_SECTIONS, Place, build_tree, kind_of
from composecheck.schema.violation import Fault, Violation
from composecheck.yaml.merge import effective_entries
from composecheck.yaml.nodes import Mapping, follow
from composecheck.yaml.structure import is_reset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.yaml.nodes import Node

_TEXT = Shape(kinds=frozenset({Kind.STRING}))
_TEXT_IF_ANY = Shape(kinds=frozenset({Kind.STRING, Kind.NULL}))
_TEXTS = Shape(kinds=frozenset({Kind.STRING, Kind.ARRAY, Kind.NULL}), items=_TEXT)

_EXTENDS = Shape(
    title="the extends section",
    kinds=frozenset({Kind.STRING, Kind.OBJECT}),
    keys={"service": _TEXT, "file": _TEXT_IF_ANY},
    required=("service",),
)
_INCLUDE = Shape(
    title="the include section",
    kinds=frozenset({Kind.ARRAY, Kind.NULL}),
    items=Shape(
        title="an include entry",
        kinds=frozenset({Kind.STRING, Kind.OBJECT, Kind.NULL}),
        keys={"path": _TEXTS, "env_file": _TEXTS},
    ),
)
_EXTENDS_ASIDE = Shape(
    title="the extends section",
    kinds=frozenset({Kind.STRING, Kind.OBJECT}),
    keys={"file": _TEXT},
)
_INCLUDE_ENTRY_ASIDE = Shape(title="an include entry", kinds=frozenset({Kind.STRING, Kind.OBJECT}))
_INCLUDE_ASIDE = Shape(
    title="the include section",
    kinds=frozenset({Kind.ARRAY, Kind.OBJECT}),
    patterns=((re.compile(""), _INCLUDE_ENTRY_ASIDE),),
    items=_INCLUDE_ENTRY_ASIDE,
)


def has_consumed_violations(root: Node) -> bool:
    """Whether there are any in the document under `root`: the quick answer, without places."""
    text = root.source.text
    return ("extends" in text or "include" in text) and any(
        next(_violations(build_tree(value, shape, is_partial=False), shape), None) is not None
        for value, shape in _consumed(root)
    )


def _consumed(root: Node) -> Iterator[tuple[Node, Shape]]:
    sections = _values(root)
    if "include" in sections:
        yield sections["include"], _INCLUDE
    for name in EXTENDING_SECTIONS:
        for service in _values(sections[name]).values() if name in sections else ():
            extends = _values(service).get("extends")
            if extends is not None:
                yield extends, _EXTENDS


def _values(node: Node) -> dict[str, Node]:
    """Return the values of keys and values that Compose does not drop."""
    content = follow(node)
    if not isinstance(content, Mapping):
        return {}
    entries = effective_entries(content)
    return {key: entry.value for key, entry in entries.items() if not is_reset(entry.value)}


def consumed_violations(root: Place) -> list[Violation]:
    """Return what Compose refuses in the `include` of a file, and in each `extends`."""
    found = list(_judge(root, "include", _INCLUDE))
    for name in EXTENDING_SECTIONS:
        section = root.children.get(name)
        if section is not None and isinstance(section.data, dict):
            for extending in section.children.values():
                if isinstance(extending.data, dict):
                    found += _judge(extending, "extends", _EXTENDS)
    return found


def consumed_place(parent: Place, key: str) -> Place | None:
    """Return what stands under `include` or `extends` of a file that a service is taken from.

    There, Compose does not follow it, and yet it must be of a certain kind. None for another key.
    """
    shape = {"include": _INCLUDE_ASIDE, "extends": _EXTENDS_ASIDE}.get(key)
    return None if shape is None else _place(parent, key, shape)


def _judge(parent: Place, key: str, shape: Shape) -> Iterator[Violation]:
    place = _place(parent, key, shape)
    if place is not None:
        yield from _violations(place, shape)


def _place(parent: Place, key: str, shape: Shape) -> Place | None:
    node = follow(parent.node)
    if not isinstance(node, Mapping):
        return None
    entry = effective_entries(node).get(key)
    if entry is None or is_reset(entry.value):
        return None
    place = build_tree(entry.value, shape, is_partial=False)
    place.parent, place.key, place.entry = parent, key, entry
    place.is_shared = (
        place.is_shared or parent.is_shared or all(entry is not own for own in node.entries)
    )
    return place


def _violations(place: Place, shape: Shape) -> Iterator[Violation]:
    kind = kind_of(place.data)
    if kind is None:
        return
    if not takes(place.data, kind, shape):
        yield Violation(Fault.TYPE, place)
        return
    if isinstance(place.data, dict):
        for name in shape.required:
            if name not in place.data and not _is_written(place, name):
                yield Violation(Fault.MISSING_KEY, place, name=name)
    for child in place.children.values():
        if child.shape is not None:
            yield from _violations(child, child.shape)


def _is_written(place: Place, name: str) -> bool:
    """Whether the key is there, if with a value that is dropped (`!reset`)."""
    node = follow(place.node)
    return isinstance(node, Mapping) and name in effective_entries(node)
