"""Whether edits of comments leave what the file says as it is."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from composecheck.finding import splice
from composecheck.source import Source
from composecheck.yaml import load
from composecheck.yaml.nodes import Alias, Mapping, Scalar, Sequence, properties_of
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.finding import Edit
    from composecheck.yaml import Document
    from composecheck.yaml.nodes import Node


def after(document: Document, edits: Iterable[Edit]) -> Document | None:
    """Return the document with `edits`, or None if anything but comments would change."""
    source = document.source
    text = splice(source.text, edits)
    changed = load(Source(source.name, text, source.encoding, source.byte_order_mark))
    if changed.is_complete != document.is_complete:
        return None
    if len(changed.roots) != len(document.roots) or len(changed.findings) != len(document.findings):
        return None
    pairs = zip_longest(_values(document), _values(changed))
    return changed if all(one == other for one, other in pairs) else None


def _values(document: Document) -> Iterator[tuple[object, ...]]:
    for node in (node for root in document.roots for node in walk(root)):
        yield _value(node)


def _value(node: Node) -> tuple[object, ...]:
    """Return what a node says, without what is in it."""
    properties = properties_of(node)
    own = (properties.anchor, properties.tag) if properties else (None, None)
    match node:
        case Scalar():
            return (*own, node.style, node.text)
        case Alias():
            return (*own, "alias", node.name)
        case Mapping():
            return (*own, "keys", node.is_flow, len(node.entries))
        case Sequence():
            return (*own, "list", node.is_flow, len(node.items))
