"""Whether an edited file is what it was, but for what the edits were to change.

Nothing here trusts the author of an edit: the new text is read, and what is in it is compared with
what was there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Alias, Mapping, Scalar
from composecheck.yaml.scalars import resolve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from composecheck.finding import Edit, Path
    from composecheck.source import Span
    from composecheck.yaml import Document
    from composecheck.yaml.nodes import Node


def objection(
    before: Document, after: Document, edits: Sequence[Edit], declared: Collection[Path]
) -> str | None:
    """Return why `after` is not what `edits` should have made of `before`, as a sentence, or None.

    All edits must be of `before`, and must not overlap. Held is:

    - What could be read can still be read.
    - No comment is lost, none is added.
    - A value that no edit touches is what it was, and under the same keys; unless one of those
      keys is touched, or all of it is under one of the `declared` paths.
    - A value that is touched is moved as it is, or it is at or under a declared path.
    """
    if after.refusal is not None or (before.is_complete and not after.is_complete):
        return "The file could not be read any more."
    if not _keeps_comments(before, after, edits):
        return "A comment would be lost."
    shift = _Shift(edits)
    old = list(_leaves(before, shift.old))
    new = {leaf.start: leaf for leaf in _leaves(after, shift.new)}
    moved: Counter[object] = Counter()
    for leaf in old:
        if leaf.is_touched:
            if not _is_under(leaf.path, declared):
                moved[leaf.value] += 1
            continue
        other = new.pop(shift.to_new(leaf.start), None)
        if other is None and leaf.value is _ABSENT and leaf.has_touched_key:
            continue
        if other is None or other.value != leaf.value:
            return f"The value of {_shown(leaf.path)} would change as well."
        is_free = leaf.has_touched_key or other.has_touched_key
        is_declared = _is_under(leaf.path, declared) and _is_under(other.path, declared)
        if not (is_free or is_declared or _steps(leaf.path) == _steps(other.path)):
            return f"{_shown(leaf.path)} would come to stand elsewhere."
    for leaf in new.values():
        if not _is_under(leaf.path, declared):
            moved[leaf.value] -= 1
    # A key that had no value may have one now: what stands below it.
    moved[_ABSENT] = min(moved[_ABSENT], 0)
    if not before.is_complete:
        # Behind a syntax error nothing was read, so what is there now is new to us.
        moved = +moved
    if any(moved.values()):
        return "A value would be lost or made up."
    return None


_ABSENT = ("absent",)
"""The value of a key behind whose colon nothing stands."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A value without parts, an alias, or something empty: where it is, and what."""

    path: Path
    start: int
    value: object
    is_touched: bool
    has_touched_key: bool


def _leaves(document: Document, edited: _Regions) -> Iterator[_Leaf]:
    for number, root in enumerate(document.roots):
        # The trees of several documents are told apart by the number.
        yield from _leaves_in(root, (number,), edited, has_touched_key=False)


def _leaves_in(
    node: Node, path: Path, edited: _Regions, *, has_touched_key: bool
) -> Iterator[_Leaf]:
    if isinstance(node, Mapping) and node.entries:
        for entry in node.entries:
            key = entry.key
            name = key.text if isinstance(key, Scalar) else f"*{key.start}"
            yield from _leaves_in(
                entry.value,
                (*path, name),
                edited,
                has_touched_key=has_touched_key or edited.touch(key.span),
            )
    elif not isinstance(node, Scalar | Alias | Mapping) and node.items:
        for index, item in enumerate(node.items):
            yield from _leaves_in(item, (*path, index), edited, has_touched_key=has_touched_key)
    else:
        yield _Leaf(path[1:], node.start, _value(node), edited.touch(node.span), has_touched_key)


def _value(node: Node) -> object:
    if isinstance(node, Alias):
        return ("alias", node.name)
    if not isinstance(node, Scalar):
        return ("empty", isinstance(node, Mapping))
    if node.start == node.end:
        return _ABSENT
    value = resolve(node)
    return (type(value).__name__, str(value))


@dataclass(frozen=True, slots=True)
class _Regions:
    """Stretches of a text, in order, none of which overlap."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def touch(self, span: Span) -> bool:
        """Tell whether one of them shares a character with `span`, or borders on it."""
        return bisect_left(self.ends, span.start) < bisect_right(self.starts, span.end)


class _Shift:
    """Where in a text edits are, before and after, and where that moves everything else."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        ordered = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))
        growths = [len(edit.text) - (edit.span.end - edit.span.start) for edit in ordered]
        self._growth = (0, *accumulate(growths))
        starts = tuple(edit.span.start for edit in ordered)
        self.old = _Regions(starts, tuple(edit.span.end for edit in ordered))
        shifted = tuple(start + by for start, by in zip(starts, self._growth, strict=False))
        lengths = (len(edit.text) for edit in ordered)
        self.new = _Regions(
            shifted, tuple(start + length for start, length in zip(shifted, lengths, strict=True))
        )

    def to_new(self, offset: int) -> int:
        """Return where the character at `offset`, which no edit touches, stands in the new text."""
        return offset + self._growth[bisect_right(self.old.ends, offset)]


def _keeps_comments(before: Document, after: Document, edits: Sequence[Edit]) -> bool:
    old = Counter(comment.text.rstrip() for comment in before.comments)
    new = Counter(comment.text.rstrip() for comment in after.comments)
    if before.is_complete:
        return old == new
    # Behind a syntax error no comment is known, but every one has its sign.
    removed = sum(edit.source.text.count("#", edit.span.start, edit.span.end) for edit in edits)
    return old <= new and removed <= sum(edit.text.count("#") for edit in edits)


def _is_under(path: Path, declared: Collection[Path]) -> bool:
    return any(path[: len(top)] == top for top in declared)


def _steps(path: Path) -> Path:
    """Return a path in which all indices are the same: an item may have lost the one before it."""
    return tuple(0 if isinstance(key, int) else key for key in path)


def _shown(path: Path) -> str:
    return f'"{".".join(str(key) for key in path)}"' if path else "the file"
