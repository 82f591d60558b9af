"""Whether an edited file is what it was, but for what the edits were to change.

Nothing here trusts the author of an edit: the new text is read, and what is in it is compared with
what was there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from composecheck.source import Span
from composecheck.yaml.leaves import ABSENT, Reading
from composecheck.yaml.nodes import Scalar
from composecheck.yaml.swallowing import swallows_keys
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Set
    from collections.abc import Sequence as List

    from composecheck.finding import Edit, Path
    from composecheck.yaml import Document
    from composecheck.yaml.leaves import Leaf
    from composecheck.yaml.nodes import Node


def objection(
    before: Document,
    after: Document,
    edits: List[Edit],
    declared: Set[Path],
    spoken_of: Collection[Span] = (),
) -> str | None:
    """Return why `after` is not what `edits` should have made of `before`, as a sentence, or None.

    All edits must be of `before`, and must not overlap. Held is:

    - What could be read can still be read; what could not can be read further than before, and not
      because it has become part of a block of text. No key comes to stand twice.
    - No comment is lost, none is added; but one that a span of `spoken_of` touches may be another,
      or go: the edits are about it.
    - A value that no edit touches is what it was, unless it is at or under a `declared` path; and
      it is under the same keys, unless one of them is touched or both places are declared.
    - A value that is touched is moved as it is, or it is at or under a declared path.
    """
    if after.refusal is not None or (before.is_complete and not after.is_complete):
        return "The file could not be read any more."
    if before.is_complete and _count_twice(after) > _count_twice(before):
        return "A key would stand there twice."
    if not _keeps_comments(before, after, edits, spoken_of):
        return "A comment would be lost."
    shift = _Shift(edits)
    if not after.is_complete and _trouble(after) <= shift.to_new(_trouble(before)):
        return "The file could not be read further than before."
    if not before.is_complete and swallows_keys(before.text, after.text, _texts(after)):
        return "Keys would become a part of the text above them."
    old = Reading(before, lambda node: shift.touches(_reach(node)))
    kept = {shift.to_new(start) for start in old.untouched_keys}
    new_reading = Reading(after, lambda node: node.start not in kept)
    new = {leaf.start: leaf for leaf in new_reading.leaves}
    touched = [leaf for leaf in old.leaves if leaf.is_touched]
    for leaf in old.leaves:
        if leaf.is_touched:
            continue
        other = new.pop(shift.to_new(leaf.start), None)
        if other is None and leaf.value is ABSENT:
            continue  # what stands below the key has come to be in it
        if other is None or other.value != leaf.value:
            if leaf.path and _is_under(leaf.path, declared - {()}):
                continue
            return f"The value of {_shown(leaf.path)} would change as well."
        is_free = leaf.has_touched_key or other.has_touched_key
        is_declared = _is_under(leaf.path, declared) and _is_under(other.path, declared)
        if not (is_free or is_declared or _steps(leaf.path) == _steps(other.path)):
            return f"{_shown(leaf.path)} would come to stand elsewhere."
    came = list(new.values())
    # A key that had no value may have one now: what stands below it.
    lost = _values(touched, but_not_under=declared) - _values(came)
    del lost[ABSENT]
    # Behind a syntax error nothing was read, so what is there now is new to us.
    made_up = _values(came, but_not_under=declared) - _values(touched)
    del made_up[ABSENT]
    if lost or (made_up and before.is_complete):
        return "A value would be lost or made up."
    return None


def _texts(document: Document) -> Iterator[Span]:
    """Yield where blocks of text stand."""
    for root in document.roots:
        for node in walk(root):
            if isinstance(node, Scalar) and node.style.is_block:
                start = node.properties.content_start if node.properties else node.start
                yield Span(start, node.end)


def _count_twice(document: Document) -> int:
    return sum(finding.rule == "yaml-duplicate-key" for finding in document.findings)


def _values(leaves: Iterable[Leaf], but_not_under: Collection[Path] = ()) -> Counter[object]:
    return Counter(leaf.value for leaf in leaves if not _is_under(leaf.path, but_not_under))


def _reach(node: Node) -> Span:
    """Return the characters of `node` with the blanks and dashes before it in its line.

    Whoever edits these moves it.
    """
    text = node.source.text
    start = node.start
    while start > 0 and text[start - 1] in " \t-":
        start -= 1
    is_first = start == 0 or text[start - 1] in "\r\n"
    return Span(start if is_first else node.start, node.end)


class _Shift:
    """Where in a text edits are, and where they move everything else."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        ordered = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))
        growths = (len(edit.text) - (edit.span.end - edit.span.start) for edit in ordered)
        self._growth = (0, *accumulate(growths))
        self._spans = tuple(edit.span for edit in ordered)
        self._ends = tuple(edit.span.end for edit in ordered)

    def touches(self, span: Span) -> bool:
        """Tell whether an edit shares a character with `span`, or inserts something at its ends."""
        index = bisect_left(self._ends, span.start)
        while index < len(self._spans) and self._spans[index].start <= span.end:
            edited = self._spans[index]
            if edited.start == edited.end or (edited.start < span.end and span.start < edited.end):
                return True
            index += 1
        return False

    def to_new(self, offset: int) -> int:
        """Return where the character at `offset`, which no edit touches, stands in the new text."""
        return offset + self._growth[bisect_right(self._ends, offset)]


def _trouble(document: Document) -> int:
    """Return where the first thing is found that keeps a file from being read to its end."""
    end_of_trees = document.roots[-1].end if document.roots else 0
    starts = (finding.span.start for finding in document.findings)
    return min((start for start in starts if start >= end_of_trees), default=end_of_trees)


def _keeps_comments(
    before: Document, after: Document, edits: List[Edit], spoken_of: Collection[Span]
) -> bool:
    old = list(before.comments)
    kept = [
        comment
        for comment in old
        if not any(
            span.start < comment.span.end and comment.span.start < span.end for span in spoken_of
        )
    ]
    new = Counter(comment.text.rstrip() for comment in after.comments)
    lost = Counter(comment.text.rstrip() for comment in kept) - new
    if before.is_complete:
        return not lost and new.total() <= len(old)
    # Behind a syntax error no comment is known, but every one has its sign.
    removed = sum(edit.source.text.count("#", edit.span.start, edit.span.end) for edit in edits)
    return not lost and removed <= sum(edit.text.count("#") for edit in edits)


def _is_under(path: Path, declared: Collection[Path]) -> bool:
    return any(path[: len(top)] == top for top in declared)


def _steps(path: Path) -> Path:
    """Return a path in which all indices are the same: an item may have lost the one before it."""
    return tuple(0 if isinstance(key, int) else key for key in path)


def _shown(path: Path) -> str:
    return f'"{".".join(str(key) for key in path)}"' if path else "the file"
