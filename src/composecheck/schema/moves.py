"""Keys side by side that change their place or their level, as whole lines, and nothing else of it.

Only text in block style moves. Whatever cannot be moved exactly is not: `CannotEdit` is raised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.finding import Edit
from composecheck.source import Span
from composecheck.yaml.editing import CannotEdit, levels, lines
from composecheck.yaml.editing.deletion import TakenOut, take_out
from composecheck.yaml.editing.habits import habits_of
from composecheck.yaml.editing.insertion import put_among
from composecheck.yaml.editing.joining import joined
from composecheck.yaml.editing.rendering import Written
from composecheck.yaml.editing.spots import check_keys, check_order, child, count, locate
from composecheck.yaml.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from composecheck.schema.tree import Place
    from composecheck.source import Source
    from composecheck.yaml import Document
    from composecheck.yaml.editing.spots import Spot
    from composecheck.yaml.nodes import Entry


class Row(Struct, frozen=True):
    """Keys with their values, side by side in one block: their lines, with the comments above them.

    Lines `first` to `last` count from 1, both ends included; `own` is that of the first key itself.
    `column` is how many blanks stand before the keys.
    """

    start: Spot
    end: Spot
    first: int
    own: int
    last: int
    column: int

    @property
    def source(self) -> Source:
        """The text it stands in."""
        return self.start.source

    @property
    def above(self) -> Spot:
        """The mapping that the keys are in."""
        assert self.start.above is not None
        return self.start.above

    @property
    def keys(self) -> tuple[Entry, ...]:
        """All keys with values that stand in that mapping."""
        node = self.above.node
        return node.entries if isinstance(node, Mapping) else ()

    @property
    def is_all(self) -> bool:
        """Whether there is nothing else in that mapping."""
        return self.end.index - self.start.index + 1 == count(self.above.node)

    def lines_in_texts(self) -> set[int]:
        """Return the numbers of the lines that belong to blocks of text."""
        numbers = range(self.start.index, self.end.index + 1)
        return lines.lines_in_texts(child(self.above, number).node for number in numbers)


def row_of(document: Document, places: list[Place]) -> Row:
    """Return the row of keys at `places`, in the order of the text.

    Raises CannotEdit if they do not stand side by side in block style, or share a line with
    something else.
    """
    if any(place.entry is None for place in places):
        raise CannotEdit("Only keys with values stand in a row.")
    found = [locate(document, place.entry) for place in places if place.entry is not None]
    start, end = found[0], found[-1]
    if start.parent is None or start.parent.is_flow:
        raise CannotEdit("The keys stand between braces.")
    if [spot.index for spot in found] != list(range(start.index, end.index + 1)):
        raise CannotEdit("The keys do not stand side by side.")
    first, last = lines.lines_of(start), lines.lines_of(end)
    if first.is_compact:
        raise CannotEdit("The first key stands behind a dash.")
    return Row(start, end, first.first, first.own, last.last, first.column)


def column_within(target: Spot) -> int:
    """Return how many blanks stand before the keys in the block at `target`.

    Where it has none yet, before those that it will have. Raises CannotEdit if it is no block.
    """
    node = target.node
    if isinstance(node, Mapping) and not node.is_flow and node.entries:
        return lines.column_of(node.source, node.entries[0].start)
    if isinstance(node, Scalar) and node.start == node.end and target.entry is not None:
        return lines.lines_of(target).column + habits_of(target.document).step
    raise CannotEdit("There are no lines of keys.")


def shift(row: Row, by: int, *, last: int | None = None) -> tuple[Edit, ...]:
    """Return the edits that indent `row` by that many blanks more (less, if negative).

    Down to line `last`, by default all of it. Lines of blanks stay as they are, unless they belong
    to a block of text. Raises CannotEdit for a line that has not so many.
    """
    return tuple(levels.shift(row.source, row.first, last or row.last, by, row.lines_in_texts()))


def line_above(row: Row, line: str) -> Edit:
    """Return the edit that writes `line` above a row, and the comments that belong to it."""
    at = row.source.line_starts[row.first - 1]
    return Edit(row.source, Span(at, at), line + lines.line_break(row.source))


def transplant(
    row: Row, target: Spot, by: int, *, after: int | None = None, above: tuple[str, ...] = ()
) -> tuple[Edit, ...]:
    """Return the edits that take `row` away, and write it in the block at `target`.

    It comes behind the key number `after` (from 0), by default the last; indented by `by` more.
    `above` are lines to write above it. Raises CannotEdit where the text does not allow that.
    """
    check_keys(target)
    check_keys(row.above)
    source = row.source
    index = count(target.node) if after is None else after + 1
    taken = _taken_out(row)
    body = lines.shifted_lines(source, row.first, row.last, by, row.lines_in_texts())
    lines.check_end(source, row.end.node, row.last)
    block = lines.text_block(row.end.node)
    if block is not None:
        block = lines.TextBlock(block.column + by, block.has_break, block.strips, block.keeps)
    written = Written("", (*above, *body), block)
    paste = put_among(target, index, written, is_before=False, gone=(taken.first, taken.last))
    for number in range(row.start.index, row.end.index + 1):
        check_order(child(row.above, number), paste.span.start)
    return joined((*taken.edits, paste))


def _taken_out(row: Row) -> TakenOut:
    if not row.is_all:
        return take_out(row.start, row.end)
    # What is left is a key with nothing behind its colon.
    return TakenOut((lines.cut(row.source, row.first, row.last),), row.first, row.last)


def header_line(spot: Spot) -> Edit:
    """Return the edit that deletes the line of a key; raises CannotEdit if more stands on it."""
    own = lines.lines_of(spot)
    source, end = spot.source, lines.header_end(spot)
    if own.is_compact or source.text[end : source.line_span(own.own).end].strip():
        raise CannotEdit("Something else stands on the line of the key.")
    return lines.cut(source, own.own, own.own)
