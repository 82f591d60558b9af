"""The violations of one file, while they are turned into findings.

Who explains a violation claims the place: what is wrong at or under it follows from what has been
said, and is not said again.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from composecheck.finding import Finding, Related, Severity
from composecheck.source import Span
from composecheck.yaml.nodes import Alias, Mapping, Sequence, follow, properties_of
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.schema.tree import Place
    from composecheck.schema.violation import Fault, Violation
    from composecheck.yaml.nodes import Node


class Work:
    """What is wrong in the tree under `root`, less what has been explained."""

    def __init__(self, root: Place, violations: list[Violation]) -> None:
        self.root = root
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

    @cached_property
    def _aliased(self) -> frozenset[int]:
        """The identities of the nodes that aliases stand for."""
        return frozenset(
            id(follow(node)) for node in walk(self.root.node) if isinstance(node, Alias)
        )


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
    if not text or place.is_shared or (has_parts and ("\n" in text or "\r" in text)):
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
