"""Where Compose fails over aliases and marks because of how it writes paths down.

As it looks for `!reset` and `!override`, it remembers at which paths an alias stands. If the path
of one use begins with that of another one of the same alias, it takes that for a circle; and what
is merged in (`<<`) has the path of what it is merged into. It also gets lost where a mark stands
under a merge key, and that under a key with a point in it. (Facts: compose-go, `loader/reset.go`
and `tree/path.go`, measured.)
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct, field

from composecheck.expressions import expression
from composecheck.project.problem import Fault, Place
from composecheck.yaml.merge import name_of
from composecheck.yaml.nodes import Alias, Mapping, Sequence, tag_of
from composecheck.yaml.structure import OVERRIDE_TAG, RESET_TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.project.ledger import Ledger
    from composecheck.yaml.nodes import Node

_ALIAS = expression(r"\*([^\s,\[\]{}]+)")
_POINT = "\0"
"""How a point in a key is written in a path."""


def check_alias_paths(root: Node, ledger: Ledger) -> None:
    """Note what Compose takes for a circle in the document under `root`, and where it gets lost.

    There must be no alias that stands inside of what it means.
    """
    if _may_fail(root):
        _Walk(ledger).visit(root, "", root)


def _may_fail(root: Node) -> bool:
    """Whether the paths matter at all, by a glance at the text: it is so in few files."""
    text = root.source.text
    if not isinstance(root, Mapping):
        return False
    if "<<" in text and (RESET_TAG in text or OVERRIDE_TAG in text):
        return True
    if "*" not in text:
        return False
    uses: dict[str, list[int]] = {}
    for match in _ALIAS.finditer(text, root.start, root.end):
        uses.setdefault(match[1], []).append(match.start())
    uses = {name: places for name, places in uses.items() if len(places) > 1}
    if not uses:
        return False
    starts = list(_starts(root))
    if any(name == "<<" or "." in name for name, _ in starts):
        return True
    bounds = [start for _, start in starts]
    return any(
        bisect_right(bounds, one) == bisect_right(bounds, other)
        for places in uses.values()
        for one, other in pairwise(places)
    )


def _starts(root: Mapping) -> Iterator[tuple[str, int]]:
    """Yield the keys at the top, and those of `services`, with where each begins.

    Of two paths that are in different ones, neither begins with the other.
    """
    for entry in root.entries:
        name = name_of(entry.key) or ""
        yield name, entry.start
        if name == "services" and isinstance(entry.value, Mapping):
            for below in entry.value.entries:
                key = name_of(below.key) or ""
                # Here a point in a key does no harm.
                yield key.replace(".", ""), below.start


class _Use(Struct, frozen=True):
    """A use of an alias at a path; `is_merge` if it stands behind `<<` alone."""

    path: str
    alias: Alias
    is_merge: bool


class _Walk(Struct):
    ledger: Ledger
    uses: dict[Node, list[_Use]] = field(default_factory=dict)
    marks: list[tuple[str, Node]] = field(default_factory=list)
    below: dict[Node, list[tuple[str, Node]]] = field(default_factory=dict)
    """The marks in what has been visited, by their paths from there."""

    def visit(self, node: Node, path: str, place: Node, *, is_merge: bool = False) -> None:
        """Visit `node` at `path`; `place` is where it is written."""
        plain = path.replace(_POINT, ".")
        if ".<<" in plain:
            path = plain.replace(".<<", "", 1)
        target: Node | None = node
        if isinstance(node, Alias):
            target = node.target
            if target is None:
                return
            self._use(target, _Use(path, node, is_merge))
        assert target is not None
        if tag_of(target) in (RESET_TAG, OVERRIDE_TAG):
            self.marks.append((path, place))
        elif isinstance(target, Mapping | Sequence):
            self._enter(target, path)

    def _enter(self, node: Mapping | Sequence, path: str) -> None:
        known = self.below.get(node)
        if known is not None:
            self.marks += [(f"{path}.{rest}" if path else rest, place) for rest, place in known]
            return
        start = len(self.marks)
        if isinstance(node, Mapping):
            for entry in node.entries:
                key = name_of(entry.key) or ""
                is_merge = key == "<<"
                self.visit(entry.value, _next(path, key), entry.value, is_merge=is_merge)
        else:
            for index, item in enumerate(node.items):
                self.visit(item, _next(path, str(index)), item)
        found = []
        for mark, place in self.marks[start:]:
            if not path or mark.startswith(f"{path}."):
                found.append((mark.removeprefix(f"{path}.") if path else mark, place))
            elif mark != path:
                keys = (key for key in path.split(".") if _POINT in key)
                name = next(keys, "").replace(_POINT, ".")
                self.ledger.refuse(Fault.MARK_LOST, place, (), name=name)
        self.below[node] = found

    def _use(self, target: Node, use: _Use) -> None:
        """Note the use of an alias, and a problem if Compose takes it for a circle."""
        before = self.uses.setdefault(target, [])
        other = next((known for known in before if _is_around(known.path, use.path)), None)
        if other is not None:
            outer = min((other, use), key=lambda one: len(one.path))
            self.ledger.refuse(
                Fault.ALIAS_AROUND,
                use.alias,
                (),
                name=use.alias.name,
                related=(Place(other.alias.source, other.alias.span, other.alias.name),),
                payload=outer.alias if outer.is_merge else None,
            )
        before.append(use)


def _next(path: str, key: str) -> str:
    return f"{path}.{key.replace('.', _POINT)}" if path else key


def _is_around(one: str, other: str) -> bool:
    """Whether one of two paths begins with the other, and Compose takes that for a circle."""
    if one == other or "<<" in one or "<<" in other:
        return False
    if not (one.startswith(f"{other}.") or other.startswith(f"{one}.")):
        return False
    for (first, below), (second, under) in zip(_pairs(one), _pairs(other), strict=False):
        if first == second == "services":
            return below == under
    return True


def _pairs(path: str) -> list[tuple[str, str]]:
    """Return each key of a path with the one below it."""
    keys = path.split(".")
    return list(pairwise(keys))
