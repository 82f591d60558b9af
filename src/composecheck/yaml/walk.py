"""Going over a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import PathKey
    from composecheck.yaml.nodes import Node


def walk(root: Node) -> Iterator[Node]:
    """Yield `root` and all nodes in it, keys included, in the order of the text.

    Aliases are yielded, not followed.
    """
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def children(node: Node) -> list[Node]:
    """Return the nodes directly in `node`: its items, or its keys and values in turn."""
    if isinstance(node, Mapping):
        return [part for entry in node.entries for part in (entry.key, entry.value)]
    return list(node.items) if isinstance(node, Sequence) else []


def find(root: Node, path: tuple[PathKey, ...]) -> Node | None:
    """Return the node at `path` (keys, and indices from 0), or None if there is none.

    Aliases and merge keys on the way are followed; an alias at the end is returned as it is.
    """
    # Imported here because `merge` stands on this package's checks, and they on this module.
    from composecheck.yaml.merge import effective_entries
    from composecheck.yaml.nodes import follow

    node: Node = root
    for key in path:
        content = follow(node)
        if isinstance(content, Mapping) and isinstance(key, str):
            entry = effective_entries(content).get(key)
            if entry is None:
                return None
            node = entry.value
        elif isinstance(content, Sequence) and isinstance(key, int):
            if not 0 <= key < len(content.items):
                return None
            node = content.items[key]
        else:
            return None
    return node
