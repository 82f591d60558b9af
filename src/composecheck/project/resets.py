"""`!reset` and `!override`: what a document takes away from those before it.

Compose drops what is marked `!reset` from the document itself, and then whatever the documents and
files before it have at the same path; `!override` does the latter only. Within `!override` neither
means anything. (Facts: compose-go, `loader/reset.go`, measured.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.project.making import with_entries, with_value
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, follow, tag_of
from composecheck.yaml.structure import OVERRIDE_TAG, RESET_TAG, is_merge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.yaml.nodes import Node

KeyPath = tuple[str, ...]


def marked_paths(root: Node) -> frozenset[KeyPath]:
    """Return the paths of all that is marked `!reset` or `!override` under `root`.

    What stands in a list is not among them: Compose never finds it again. Aliases are followed; the
    tree must not be deeper than Python's stack allows.
    """
    text = root.source.text
    if RESET_TAG not in text and OVERRIDE_TAG not in text:
        return frozenset()
    return frozenset(_marked(root, {}))


def _marked(node: Node, known: dict[Node, tuple[KeyPath, ...]]) -> tuple[KeyPath, ...]:
    content = follow(node)
    if content is None:
        return ()
    if tag_of(content) in (RESET_TAG, OVERRIDE_TAG):
        return ((),)
    if not isinstance(content, Mapping):
        return ()
    if content not in known:
        known[content] = ()
        paths: list[KeyPath] = []
        for entry in content.entries:
            # What an alias merges in counts at the place of the merge; a list of such does not.
            if is_merge(entry):
                paths += _marked(entry.value, known)
            elif (name := name_of(entry.key)) is not None:
                paths += [(name, *path) for path in _marked(entry.value, known)]
        known[content] = tuple(path for path in paths if path)
    return known[content]


def without(node: Node, paths: Iterable[KeyPath]) -> Node:
    """Return the tree `node` without what stands at `paths`; it has no aliases and merge keys."""
    below: dict[str, list[KeyPath]] = {}
    for path in paths:
        if path:
            below.setdefault(path[0], []).append(path[1:])
    if not below or not isinstance(node, Mapping):
        return node
    entries = []
    changed = False
    for entry in node.entries:
        rest = below.get(name_of(entry.key) or "")
        if rest is None:
            entries.append(entry)
        elif () in rest:
            changed = True
        else:
            value = without(entry.value, rest)
            changed = changed or value is not entry.value
            entries.append(entry if value is entry.value else with_value(entry, value))
    return with_entries(node, entries) if changed else node
