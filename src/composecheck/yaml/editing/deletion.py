"""Deleting an entry or an item, with the comments that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.finding import Edit
from composecheck.source import Span
from composecheck.yaml.editing import flow, lines
from composecheck.yaml.editing.change import Change, Touched
from composecheck.yaml.editing.joining import joined
from composecheck.yaml.editing.refusal import CannotEdit, named
from composecheck.yaml.editing.spots import (
    check_keys,
    check_not_merged,
    check_own,
    check_unused,
    child,
    count,
    locate,
)
from composecheck.yaml.nodes import Sequence

if TYPE_CHECKING:
    from composecheck.yaml import Document
    from composecheck.yaml.editing.spots import Place, Spot


def deleting(document: Document, place: Place, *, drop_emptied: bool = False) -> Change:
    """Return the change that deletes the entry or item at `place`, with its comments.

    Where nothing else is beside it, `{}` or `[]` is left; with `drop_emptied`, the key under which
    nothing would be left goes as well. Raises CannotEdit if something else needs it, or if it
    cannot be told apart from what stands beside it.
    """
    spot = locate(document, place)
    if spot.above is None:
        raise CannotEdit("The whole file cannot be deleted.")
    if drop_emptied:
        spot = outermost_emptied(spot)
    assert spot.above is not None
    check_own(spot.above)
    check_unused(spot)
    check_not_merged(spot)
    if spot.parent is not None and spot.parent.is_flow:
        edits: tuple[Edit, ...] = (flow.take_from(spot),)
    else:
        edits = take_out(spot, spot, is_move=False).edits
    return Change(edits, Touched(deleted=(spot.path,)))


def outermost_emptied(spot: Spot) -> Spot:
    """Return the outermost entry in which there is nothing but what is at `spot`.

    Raises CannotEdit if a comment in it would go that does not belong to `spot`.
    """
    top = spot
    while top.above is not None and top.above.entry is not None and top.is_only:
        top = top.above
    if top is not spot and spot.parent is not None and not spot.parent.is_flow:
        inner, outer, source = lines.lines_of(spot), lines.lines_of(top), spot.source
        between = [
            number
            for number in range(outer.own, outer.last + 1)
            if not inner.first <= number <= inner.bare_last
            and lines.line_at(source, number).lstrip().startswith("#")
        ]
        if between:
            comment = lines.line_at(source, between[0]).strip()
            raise CannotEdit(f'The comment "{comment}" would be lost with {named(top.path)}.')
    return top


class TakenOut(Struct, frozen=True):
    """The edits that take lines out, and which lines: `first` to `last`, none if that is less."""

    edits: tuple[Edit, ...]
    first: int = 0
    last: int = -1


def take_out(start: Spot, end: Spot, *, is_move: bool = True) -> TakenOut:
    """Return the edits that take out the entries or items from `start` to `end`, in block style.

    Both are in the same parent. With `is_move`, the comments below go that stand further right, as
    they come to stand elsewhere. Blank lines go where there would be more than the file has between
    two entries.
    """
    above, source = start.above, start.source
    assert above is not None
    check_keys(above)
    if end.index - start.index + 1 == count(above.node):
        return _take_all(start, end, is_move=is_move)
    first, own_end = lines.lines_of(start), lines.lines_of(end)
    last = own_end.last if is_move else own_end.bare_last
    if first.is_compact:
        return TakenOut((_pull_up(end, first, last),))
    from_line, to_line = _with_blank_lines(start, end, first.first, last)
    block = lines.text_block(child(above, start.index - 1).node) if start.index else None
    lines.check_not_swallowed(source, block, to_line + 1)
    keep_break = block is not None and not block.strips
    return TakenOut(
        (lines.cut(source, from_line, to_line, keep_break=keep_break),), from_line, to_line
    )


def _with_blank_lines(start: Spot, end: Spot, first: int, last: int) -> tuple[int, int]:
    """Return the lines to take out: those from `first` to `last`, and blank ones beside them."""
    source = start.source
    assert start.above is not None
    above = lines.blank_lines_above(source, first)
    below = lines.blank_lines_below(source, last)
    if not start.index:
        is_below_comment = not above and lines.is_comment(source, first - 1)
        return first, last if is_below_comment else last + below
    if end.index + 1 == count(start.above.node):
        previous = child(start.above, start.index - 1)
        is_below_value = first - 1 - above == lines.lines_of(previous).last
        return first - above if is_below_value else first, last
    if above <= below:
        return first - above, last
    return first, last + below


def _take_all(start: Spot, end: Spot, *, is_move: bool) -> TakenOut:
    above, source = start.above, start.source
    assert above is not None
    empty = "[]" if isinstance(above.node, Sequence) else "{}"
    first, own_end = lines.lines_of(start), lines.lines_of(end)
    last = own_end.last if is_move else own_end.bare_last
    if first.is_compact:
        span = Span(first.start, source.line_span(last).end)
        return TakenOut((Edit(source, span, empty),))
    if above.above is None:
        # Directly at the top of the file there is no key to write it behind.
        span = Span(source.line_starts[first.first - 1], source.line_span(last).end)
        return TakenOut((Edit(source, span, " " * first.column + empty),))
    header = lines.header_end(above)
    edits = (
        Edit(source, Span(header, header), f" {empty}"),
        lines.cut(source, first.first, last),
    )
    return TakenOut(joined(edits), first.first, last)


def _pull_up(end: Spot, first: lines.Lines, last: int) -> Edit:
    """Return the edit that puts what follows `end` behind the dash where `first` stands."""
    assert end.above is not None
    source = end.source
    following = lines.span_of(child(end.above, end.index + 1)).start
    between = source.text[source.line_span(last).end : following]
    if "#" in between:
        raise CannotEdit(
            f"There is a comment below {named(end.path)}, which stands behind a dash; it would have"
            " no place."
        )
    return Edit(source, Span(first.start, following), "")
