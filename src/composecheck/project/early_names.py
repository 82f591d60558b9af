"""Keys that Compose still reads by the names that they had at first (measured)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.project.making import text_at, with_entries, with_items, with_value
from composecheck.project.reading import entries_of
from composecheck.yaml.nodes import Entry, Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.yaml.nodes import Node

_EARLY, _NAME = "x-initialSync", "initial_sync"


def early_names(tree: Mapping) -> Mapping:
    """Return the tree of a document in which each watch rule has the name `initial_sync`.

    Where both names are there, the early one counts for nothing.
    """
    if _EARLY not in tree.source.text:
        return tree
    renamed = _at(tree, "services", lambda services: _each(services, _service))
    return renamed if isinstance(renamed, Mapping) else tree


def _service(service: Node) -> Node:
    return _at(service, "develop", lambda develop: _at(develop, "watch", _rules))


def _rules(rules: Node) -> Node:
    if not isinstance(rules, Sequence):
        return rules
    return with_items(rules, [_renamed(rule) for rule in rules.items])


def _renamed(rule: Node) -> Node:
    entries = dict(entries_of(rule))
    if not isinstance(rule, Mapping) or _EARLY not in entries:
        return rule
    early = entries.pop(_EARLY)
    if _NAME not in entries:
        entries[_NAME] = Entry(text_at(early.key, _NAME), early.value, early.start)
    return with_entries(rule, entries.values())


def _at(node: Node, key: str, change: Callable[[Node], Node]) -> Node:
    """Return `node` with what `change` makes of the value under `key`."""
    entries = dict(entries_of(node))
    if not isinstance(node, Mapping) or key not in entries:
        return node
    entries[key] = with_value(entries[key], change(entries[key].value))
    return with_entries(node, entries.values())


def _each(node: Node, change: Callable[[Node], Node]) -> Node:
    if not isinstance(node, Mapping):
        return node
    return with_entries(node, [with_value(old, change(old.value)) for old in node.entries])
