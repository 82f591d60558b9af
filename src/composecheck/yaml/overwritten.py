"""Values of which nothing is left, since something else is read into their place.

Compose reads a mapping from the top; an alias as a key can have the text of another key, and what
is merged in gives way to what is written beside it. What is wrong with the kind of a key inside of
such a value, Compose never sees. (Measured.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Mapping, Sequence, properties_of
from composecheck.yaml.structure import is_merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.finding import Finding
    from composecheck.yaml.nodes import Node

_ABOUT_KINDS = "yaml-key-type"


def without_overwritten(findings: list[Finding], roots: Iterable[Node]) -> list[Finding]:
    """Return `findings` without those on the kind of a key that Compose never sees."""
    if not any(finding.rule == _ABOUT_KINDS for finding in findings):
        return findings
    gone = [node for root in roots for node in _overwritten(root)]
    return [
        finding
        for finding in findings
        if finding.rule != _ABOUT_KINDS
        or not any(
            node.start <= finding.span.start and finding.span.end <= node.end for node in gone
        )
    ]


def _overwritten(root: Node) -> Iterator[Node]:
    """Yield the values that something else is read into the place of."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Sequence):
            waiting += node.items
        elif isinstance(node, Mapping):
            waiting += (entry.value for entry in node.entries)
            yield from (value for value in _beside(node) if not _is_used_elsewhere(value))


def _beside(mapping: Mapping) -> Iterator[Node]:
    """Yield the values of `mapping`, and of what it merges in, that others take the place of."""
    last: dict[str, Node] = {}
    for entry in mapping.entries:
        name = name_of(entry.key)
        if name is None or is_merge(entry):
            continue
        if name in last:
            yield last[name]
        last[name] = entry.value
    for entry in mapping.entries:
        if is_merge(entry) and isinstance(entry.value, Mapping):
            yield from (old.value for old in entry.value.entries if name_of(old.key) in last)


def _is_used_elsewhere(node: Node) -> bool:
    """Whether `node` or something in it has an anchor, so that it may count elsewhere."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        properties = properties_of(part)
        if properties is not None and properties.anchor is not None:
            return True
        if isinstance(part, Sequence):
            waiting += part.items
        elif isinstance(part, Mapping):
            waiting += (entry.value for entry in part.entries)
    return False
