"""What a file says: its values without parts, each with the keys that lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from composecheck.finding import splice
from composecheck.yaml.document import load
from composecheck.yaml.nodes import Alias, Mapping, Scalar, Sequence
from composecheck.yaml.scalars import resolve
from composecheck.yaml.structure import key_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from composecheck.finding import Edit, Path
    from composecheck.yaml.document import Document
    from composecheck.yaml.nodes import Node

ABSENT = ("absent",)
"""The value of a key behind whose colon nothing stands."""


class Leaf(Struct, frozen=True):
    """A value without parts, an alias, or something empty: where it is, and what."""

    path: Path
    start: int
    value: object
    is_touched: bool
    has_touched_key: bool


class Reading:
    """The leaves of a document, and where its keys begin that are not touched.

    `is_touched` tells of which nodes something is to be changed; by default, of none.
    """

    def __init__(
        self, document: Document, is_touched: Callable[[Node], bool] = lambda _: False
    ) -> None:
        self.leaves: list[Leaf] = []
        self.untouched_keys: list[int] = []
        self._is_touched = is_touched
        for root in document.roots:
            self._read(root, (), has_touched_key=False)

    def _read(self, node: Node, path: Path, *, has_touched_key: bool) -> None:
        if isinstance(node, Mapping) and node.entries:
            for entry in node.entries:
                key = entry.key
                is_touched = self._is_touched(key)
                if not is_touched:
                    self.untouched_keys.append(key.start)
                self._read(
                    entry.value,
                    (*path, key_name(entry)),
                    has_touched_key=has_touched_key or is_touched,
                )
        elif isinstance(node, Sequence) and node.items:
            for index, item in enumerate(node.items):
                self._read(item, (*path, index), has_touched_key=has_touched_key)
        else:
            self.leaves.append(
                Leaf(path, node.start, _value(node), self._is_touched(node), has_touched_key)
            )


def _value(node: Node) -> object:
    if isinstance(node, Alias):
        return ("alias", node.name)
    if not isinstance(node, Scalar):
        return ("empty", isinstance(node, Mapping))
    if node.start == node.end:
        return ABSENT
    value = resolve(node)
    return (type(value).__name__, str(value))


def commented(document: Document, edits: Iterable[Edit]) -> Document | None:
    """Return the document with `edits` of its comments, or None if they change anything else."""
    source = document.source
    changed = load(replace(source, text=splice(source.text, edits)))
    if changed.is_complete != document.is_complete:
        return None
    if len(changed.roots) != len(document.roots) or len(changed.findings) != len(document.findings):
        return None
    before, after = (
        [(leaf.path, leaf.value) for leaf in Reading(each).leaves] for each in (document, changed)
    )
    return changed if before == after else None
