"""Which comments belong to which value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.source import Span
from composecheck.yaml.editing import lines
from composecheck.yaml.editing.refusal import CannotEdit
from composecheck.yaml.editing.spots import Spot, child
from composecheck.yaml.extent import item_spans
from composecheck.yaml.nodes import Mapping, Sequence
from composecheck.yaml.structure import key_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.finding import Path, PathKey
    from composecheck.yaml import Document
    from composecheck.yaml.comments import Comment
    from composecheck.yaml.nodes import Node


class Extent(Struct, frozen=True):
    """Where an entry or item stands, with all comments that belong to it.

    `whole` reaches from the comments above it to the one at the end of its last line. `top` is
    where those begin with which the file opens, `bottom` where those end that stand below it and
    further right. `inside` is its value, without a comment at the end of the line of its key.
    """

    whole: Span
    inside: Span
    top: int
    bottom: int


def extent_of(spot: Spot) -> Extent:
    """Return the extent of the entry or item at `spot`."""
    source, node = spot.source, spot.node
    span = lines.span_of(spot)
    inside = node.span
    is_block = isinstance(node, Mapping | Sequence) and not node.is_flow
    if is_block:
        end = source.line_span(lines.last_line(source, node.end)).end
        inside = Span(_inner_start(spot), max(end, node.end))
    if spot.parent is None or spot.parent.is_flow:
        return Extent(span, inside, span.start, span.end)
    try:
        own, with_top = lines.lines_of(spot), lines.lines_of(spot, with_opening=True)
    except CannotEdit:
        return Extent(span, inside, span.start, span.end)
    end = max(source.line_span(own.bare_last).end, span.end)
    bottom = max(source.line_span(own.last).end, span.end)
    start = span.start if own.is_compact else source.line_starts[own.first - 1]
    top = span.start if own.is_compact else source.line_starts[with_top.first - 1]
    return Extent(Span(start, end), inside, top, bottom)


def _inner_start(spot: Spot) -> int:
    """Return where what is in a block begins: below the line of its key, or on that of its dash."""
    source, start = spot.source, spot.node.start
    if spot.entry is None:
        return start
    return min(start, source.line_span(lines.line_of(source, spot.entry.key.end)).end)


def spots_at(document: Document, paths: Iterable[Path]) -> list[Spot]:
    """Return the spots at `paths`; keys that are there twice are all meant, others left out."""
    found: list[Spot] = []
    for path in dict.fromkeys(paths):
        here = [Spot(document, (), root) for root in document.roots]
        for key in path:
            here = [child(spot, index) for spot in here for index in _numbers(spot.node, key)]
        found += here
    return found


def _numbers(node: Node, key: PathKey) -> list[int]:
    """Return which entries or items of `node` a part of a path means."""
    if isinstance(node, Mapping):
        return [number for number, entry in enumerate(node.entries) if key_name(entry) == key]
    if isinstance(node, Sequence) and isinstance(key, int) and 0 <= key < len(node.items):
        return [key]
    return []


def owners(document: Document, comments: Iterable[Comment]) -> dict[int, Path]:
    """Return what the comments on lines of their own are about, by the offset of each comment.

    That is the entry or item directly below, in the same column. Those with which the file opens,
    and those with nothing directly below, are about nothing in particular.
    """
    source = document.source
    found: dict[int, Path] = {}
    commented = {lines.line_of(source, c.span.start) for c in comments if c.is_own_line}
    below = {line + 1 for line in commented} - commented
    if not below:
        return found
    waiting = [Spot(document, (), root) for root in document.roots]
    while waiting:
        spot = waiting.pop()
        for number, start in enumerate(_starts(spot.node)):
            inner = child(spot, number)
            if inner.node.end > inner.node.start:
                waiting.append(inner)
            if start is None or lines.line_of(source, start) not in below:
                continue
            try:
                own = lines.lines_of(inner)
            except CannotEdit:
                continue
            for line in range(own.first, own.own):
                found[source.line_starts[line - 1] + own.column] = inner.path
    return found


def _starts(node: Node) -> list[int | None]:
    """Return where each entry or item in `node` starts; None for those between brackets."""
    if isinstance(node, Mapping):
        return [None if node.is_flow else entry.start for entry in node.entries]
    if isinstance(node, Sequence):
        if node.is_flow:
            return [None] * len(node.items)
        return [span.start for span in item_spans(node)]
    return []
