"""Numbers that Compose reads and cannot pass on: `.inf` and `.nan`.

It refuses the file wherever they stand, also under keys that it ignores (measured: `json:
unsupported value: +Inf`).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from composecheck.schema.tree import Place
from composecheck.schema.violation import Fault, Violation
from composecheck.yaml.nodes import Mapping, Scalar, Sequence
from composecheck.yaml.scalars import resolve
from composecheck.yaml.structure import is_reset

if TYPE_CHECKING:
    from composecheck.finding import Path
    from composecheck.yaml.nodes import Node

_SIGNS = frozenset(".+-")


def says_infinite(text: str) -> bool:
    """Whether there may be such a number in `text`."""
    lower = text.lower()
    return ".inf" in lower or ".nan" in lower


def infinite_numbers(root: Node) -> list[Violation]:
    """Return the places of all numbers under `root` that are infinite or none at all."""
    found = []
    seen = set()
    waiting: list[tuple[Node, Path]] = [(root, ())]
    while waiting:
        node, path = waiting.pop()
        if node in seen or is_reset(node):
            continue
        seen.add(node)
        match node:
            case Scalar() if node.text[:1] in _SIGNS:
                value = resolve(node)
                if isinstance(value, float) and not math.isfinite(value):
                    found.append(Violation(Fault.INFINITE, _place(node, path)))
            case Mapping():
                waiting += [
                    (entry.value, (*path, entry.key.text))
                    for entry in node.entries
                    if isinstance(entry.key, Scalar)
                ]
            case Sequence():
                waiting += [(item, (*path, index)) for index, item in enumerate(node.items)]
    return found


def _place(node: Node, path: Path) -> Place:
    """Return a place at `path` whose value is written as `node`."""
    place = Place(node=node, shape=None)
    for key in path:
        place = Place(node=node, shape=None, parent=place, key=key)
    return place
