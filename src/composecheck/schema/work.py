"""The violations of one document, while they are turned into findings.

Who explains a violation claims the place: what is wrong at or under it follows from what has been
said, and is not said again.
"""

from __future__ import annotations

import functools
from functools import cached_property
from typing import TYPE_CHECKING, Any

from composecheck.finding import Finding, Related, Severity
from composecheck.source import Span
from composecheck.yaml.editing.habits import Habits, habits_of
from composecheck.yaml.nodes import Alias, Mapping, Sequence, follow, properties_of
from composecheck.yaml.structure import is_merge, key_name
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Path
    from composecheck.schema.grammar import Shape
    from composecheck.schema.tree import Place
    from composecheck.schema.violation import Fault, Violation
    from composecheck.yaml import Document
    from composecheck.yaml.nodes import Entry, Node


class Work:
    """What is wrong in the tree under `root`, less what has been explained.

    `document` has the text, for edits.
    """

    def __init__(self, root: Place, violations: list[Violation], document: Document) -> None:
        self.root = root
        self.document = document
        self._open: dict[int, Violation] = {}
        self._under: dict[int, list[Violation]] = {}
        # What stands in an anchor is wrong wherever it is used: once is enough to say so, and
        # best at the place itself.
        seen = set()
        for violation in sorted(violations, key=_order):
            identity = (violation.fault, id(violation.place.mark), violation.name)
            if identity in seen:
                continue
            seen.add(identity)
            self._open[id(violation)] = violation
            here: Place | None = violation.place
            while here is not None:
                self._under.setdefault(id(here), []).append(violation)
                here = here.parent

    def remaining(self, *faults: Fault) -> Iterator[Violation]:
        """Yield the violations of these kinds that nobody has explained, in the order of text.

        What is explained while the caller looks at one is not yielded any more.
        """
        for violation in sorted(self._open.values(), key=lambda item: item.place.mark.start):
            if violation.fault in faults and id(violation) in self._open:
                yield violation

    def under(self, place: Place) -> list[Violation]:
        """Return what is wrong at or under `place` and has not been explained."""
        return [item for item in self._under.get(id(place), ()) if id(item) in self._open]

    def claim(self, *places: Place) -> None:
        """Say that all that is wrong at or under `places` has been explained."""
        for place in places:
            for violation in self._under.get(id(place), ()):
                self._open.pop(id(violation), None)

    def drop(self, violation: Violation) -> None:
        """Say that one violation has been explained."""
        self._open.pop(id(violation), None)

    def is_used_elsewhere(self, place: Place) -> bool:
        """Whether the text at `place` counts somewhere else too, through an alias or a merge."""
        if place.is_shared:
            return True
        here: Place | None = place
        while here is not None:
            if id(here.node) in self._aliased:
                return True
            here = here.parent
        return False

    def is_anchored(self, place: Place) -> bool:
        """Whether the value at `place` itself is what an alias stands for."""
        return id(place.node) in self._aliased

    def may_edit(self, place: Place) -> bool:
        """Whether a change of the text at `place` is a change for the better wherever it counts.

        That is: it counts nowhere else, or may be the same, and stands among the same, everywhere.
        """
        if not self.is_used_elsewhere(place):
            return True
        here, uses = _shapes(place), self._uses.get(id(place.entry or place.node), ())
        # What stands under `x-` counts only where it is used.
        there = [shapes for shapes in map(_shapes, uses) if shapes[0] is None or shapes[0].kinds]
        return bool(there) and here[0] is not None and all(shapes == here for shapes in there)

    @cached_property
    def habits(self) -> Habits:
        """How the file is written."""
        return habits_of(self.document)

    @cached_property
    def _uses(self) -> dict[int, list[Place]]:
        """All places at which a text counts, by the identity of its entry or, in a list, node."""
        found: dict[int, list[Place]] = {}
        waiting = [self.root]
        while waiting:
            place = waiting.pop()
            waiting += place.children.values()
            found.setdefault(id(place.entry or place.node), []).append(place)
        return found

    @cached_property
    def _aliased(self) -> frozenset[int]:
        """The identities of the nodes that aliases stand for."""
        return frozenset(
            id(follow(node)) for node in walk(self.root.node) if isinstance(node, Alias)
        )


def _shapes(place: Place) -> tuple[Shape | None, Shape | None]:
    """Return what may stand around `place`, and what in place of it."""
    above = place.parent.shape if place.parent is not None else None
    return above, place.shape


def _order(violation: Violation) -> tuple[bool, int]:
    return violation.place.is_shared, violation.place.mark.start


def content_span(node: Node) -> Span:
    """Return the characters of a node without the tag and the anchor before it."""
    properties = properties_of(node)
    return node.span if properties is None else Span(properties.content_start, node.end)


def value_mark(place: Place) -> Node:
    """Return what to underline when a value is wrong: the value, if it is on one line.

    Of what is empty, or has parts on several lines, the key says it better; of such an item of a
    list, the first key in it.
    """
    node = place.node
    text = node.source.text[node.start : node.end]
    has_parts = isinstance(node, Mapping | Sequence)
    is_elsewhere = place.is_shared and place.entry is not None
    if not text or is_elsewhere or (has_parts and ("\n" in text or "\r" in text)):
        if place.entry is not None:
            return place.entry.key
        if isinstance(node, Mapping) and node.entries:
            return node.entries[0].key
    return node


def said(place: Place) -> str:
    """Return what a value without parts comes to; as it is written where that is unknown."""
    text = place.text
    if text is None:
        return str(place.data)
    return text.text if text.is_known else text.source.slice(text.span)


def written_path(place: Place) -> Path:
    """Return the path to the text at `place`, which may stand elsewhere, at an anchor."""
    if not place.is_shared:
        return place.path
    waiting: list[tuple[Node, Path]] = [(place.root.node, ())]
    while waiting:
        node, path = waiting.pop()
        if isinstance(node, Mapping):
            for entry in node.entries:
                at = (*path, key_name(entry))
                if entry is place.entry:
                    return at
                waiting.append((entry.value, at))
        elif isinstance(node, Sequence):
            waiting += [(item, (*path, index)) for index, item in enumerate(node.items)]
        if place.entry is None and node is place.node:
            return path
    return place.path


def names_beside(place: Place) -> frozenset[str]:
    """Return the names of the keys that are written beside that of `place`, in the same block.

    What is merged into the block is not: a key that is written there replaces it.
    """
    holder = None if place.parent is None else _holder(follow(place.parent.node), place.entry)
    if holder is None:
        return frozenset()
    names = _names_of(holder)
    own = "" if place.entry is None else key_name(place.entry)
    return names - {own} if len(names) == len(holder.entries) else _others(holder, place.entry)


# It is asked for each of its keys.
@functools.lru_cache(maxsize=8)
def _names_of(holder: Mapping) -> frozenset[str]:
    return frozenset(map(key_name, holder.entries))


def _others(holder: Mapping, entry: Entry | None) -> frozenset[str]:
    """Return the names of the keys beside `entry`, where one of them is there twice."""
    return frozenset(key_name(other) for other in holder.entries if other is not entry)


def _holder(node: Node | None, entry: Entry | None) -> Mapping | None:
    """Return the mapping that has `entry`: `node`, or one that is merged into it."""
    match node:
        case Mapping() if entry in node.entries:
            return node
        case Mapping():
            merged = [other.value for other in node.entries if is_merge(other)]
        case Sequence():
            merged = list(node.items)
        case _:
            return None
    found = (_holder(follow(part), entry) for part in merged)
    return next((holder for holder in found if holder is not None), None)


def own_child(place: Place, key: str) -> Place | None:
    """Return what stands under `key` in the mapping itself, not merged into it."""
    child = place.children.get(key)
    return None if child is None or child.is_shared > place.is_shared else child


def related(place: Place, message: str) -> Related:
    """Point at another place (its key, if it has one), and say what is there."""
    return Related(place.mark.source, content_span(place.mark), message)


def related_value(place: Place, message: str) -> Related:
    """Point at another value, and say what is there."""
    node = value_mark(place)
    return Related(node.source, content_span(node), message)


def error(rule: str, place: Place, node: Node, message: str, remedy: str, **more: Any) -> Finding:
    """Make the finding of an error at `node`, which is at or stands for `place`."""
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        message=message,
        remedy=remedy,
        source=node.source,
        span=content_span(node),
        path=place.path,
        **more,
    )
