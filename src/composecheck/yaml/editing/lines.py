"""Whole lines of a text: those of an entry or item, taking them out, and putting others in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.finding import Edit
from composecheck.source import Span
from composecheck.yaml.editing.refusal import CannotEdit, named
from composecheck.yaml.extent import item_spans
from composecheck.yaml.nodes import Mapping, Scalar, Sequence, properties_of
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.source import Source
    from composecheck.yaml.editing.spots import Spot
    from composecheck.yaml.nodes import Node


class Lines(Struct, frozen=True):
    """The lines of an entry or item in block style, counted from 1, both ends included.

    `first` is that of the comments above it that belong to it, `own` that of its key or dash,
    `bare_last` that on which its value ends, `last` that of the comments below it that stand
    further right: what was in it, out of use. When it moves they go along; when it is deleted they
    stay.
    `start` is the offset of the key or dash, `column` (from 0) its column. `is_compact` says that
    it stands behind the dash of the item it begins, as `a` does in `- a: 1`.
    """

    first: int
    own: int
    bare_last: int
    last: int
    start: int
    column: int
    is_compact: bool


def line_break(source: Source) -> str:
    """Return the line break that the file uses first; that of Unix if it has none."""
    ends = source.line_starts
    if len(ends) < 2:
        return "\n"
    text, at = source.text, ends[1]
    return text[at - 2 : at] if text[at - 2 : at] == "\r\n" else text[at - 1]


def line_of(source: Source, offset: int) -> int:
    """Return the number (from 1) of the line with the character at `offset`."""
    return source.position(offset).line


def column_of(source: Source, offset: int) -> int:
    """Return the column, from 0, of the character at `offset`."""
    return source.position(offset).column - 1


def line_at(source: Source, number: int) -> str:
    """Return line `number` (from 1) without its line break."""
    return source.slice(source.line_span(number))


def last_line(source: Source, end: int) -> int:
    """Return the number of the last line of what ends before offset `end`."""
    is_behind_break = end > 0 and source.text[end - 1] in "\r\n"
    return line_of(source, end - 1 if is_behind_break else end)


def count_lines(source: Source) -> int:
    """Return how many lines the text has; behind a line break at its end, none begins."""
    starts = source.line_starts
    return len(starts) - (starts[-1] == len(source.text) and len(starts) > 1)


def ends_openly(source: Source) -> bool:
    """Whether the last line of the text has no line break."""
    return not source.text.endswith(("\n", "\r"))


def span_of(spot: Spot) -> Span:
    """Return the characters of the entry or item at `spot`, the dash included in block style."""
    parent = spot.parent
    if isinstance(parent, Mapping):
        return parent.entries[spot.index].span
    if isinstance(parent, Sequence):
        return item_spans(parent)[spot.index]
    return spot.node.span


def lines_of(spot: Spot, *, with_opening: bool = False) -> Lines:
    """Return the lines of the entry or item at `spot`, whose parent is in block style.

    The comments with which a file opens belong to the file, not to its first key, unless
    `with_opening` says otherwise. Raises CannotEdit if it shares a line with something else.
    """
    source, span = spot.source, span_of(spot)
    text = source.text
    own = line_of(source, span.start)
    start = source.line_span(own).start
    column = span.start - start
    last = last_line(source, span.end)
    rest = text[span.end : max(span.end, source.line_span(last).end)].strip(" \t")
    before = text[start : span.start]
    is_compact = bool(before.strip(" "))
    if (rest and not rest.startswith("#")) or before.strip(" -"):
        raise CannotEdit(f"The value at {named(spot.path)} shares its line with something else.")
    first = own
    if not is_compact:
        first = first_comment(source, own, column, _line_before(spot))
        if not with_opening and not spot.index and _opens_file(source, first):
            first = own
    end = last_comment(source, last, column, stays_apart=False)
    return Lines(first, own, last, end, span.start, column, is_compact)


def _line_before(spot: Spot) -> int:
    """Return the last line above that belongs to what stands before the entry or item."""
    source, parent, above = spot.source, spot.parent, spot.above
    if spot.index and isinstance(parent, Mapping):
        return last_line(source, parent.entries[spot.index - 1].span.end)
    if spot.index and isinstance(parent, Sequence):
        return last_line(source, parent.items[spot.index - 1].end)
    if above is None or above.above is None:
        return 0
    return line_of(source, header_end(above))


def first_comment(source: Source, line: int, column: int, above: int) -> int:
    """Return the first line of the comments directly above `line`, in `column`, below `above`."""
    while line - 1 > above:
        text = line_at(source, line - 1)
        if text[column : column + 1] != "#" or text[:column].strip(" "):
            break
        line -= 1
    return line


def _opens_file(source: Source, line: int) -> bool:
    """Whether nothing but blank lines, `---` and directives stands above `line`."""
    return all(
        not text.strip() or text.startswith(("---", "%"))
        for text in (line_at(source, number) for number in range(1, line))
    )


def header_end(spot: Spot) -> int:
    """Return the offset behind what stands before a value: its colon or dash, tag and anchor."""
    properties = properties_of(spot.node)
    if properties is not None:
        return max(span.end for span in (properties.anchor_span, properties.tag_span) if span)
    if spot.entry is None:
        return span_of(spot).start + (isinstance(spot.parent, Sequence))
    text, at = spot.source.text, spot.entry.key.end
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    if text[at : at + 1] != ":":
        raise CannotEdit(f"There is no colon behind the key of {named(spot.path)}.")
    return at + 1


def blank_lines_above(source: Source, line: int) -> int:
    """Return how many blank lines stand directly above `line`."""
    number = line - 1
    while number > 0 and not line_at(source, number).strip():
        number -= 1
    return line - 1 - number


def blank_lines_below(source: Source, line: int) -> int:
    """Return how many blank lines stand directly below `line`."""
    number, end = line + 1, count_lines(source)
    while number <= end and not line_at(source, number).strip():
        number += 1
    return number - 1 - line


def is_comment(source: Source, line: int) -> bool:
    """Whether line `line`, which lies between values, is a comment."""
    return 0 < line <= count_lines(source) and line_at(source, line).lstrip().startswith("#")


def last_comment(source: Source, line: int, column: int, *, stays_apart: bool) -> int:
    """Return the last line of the comments below an entry or item that ends on line `line`.

    They stand further right than its `column` (from 0): what was in it, out of use. Those below a
    blank line and directly above something else are about that. `stays_apart` says that a blank
    line will follow: then comments in its own column count as well, if they are about nothing.
    """
    last, end = _end_of_comments(source, line, column + 1), count_lines(source)
    if stays_apart:
        beside = _end_of_comments(source, last, column)
        below = line_at(source, beside + 1) if beside < end else ""
        if not below.strip() or len(below) - len(below.lstrip(" ")) < column:
            last = beside
    while True:
        start = last + blank_lines_below(source, last)
        stop = _end_of_comments(source, start, column + 1)
        below = line_at(source, stop + 1).strip() if stop < end else ""
        if stop == start or (below and not below.startswith("#")):
            return last
        last = stop


def _end_of_comments(source: Source, line: int, column: int) -> int:
    """Return the last of the comments directly below `line` that stand in `column` or deeper."""
    while is_comment(source, line + 1):
        text = line_at(source, line + 1)
        if len(text) - len(text.lstrip(" ")) < column:
            break
        line += 1
    return line


def cut(source: Source, first: int, last: int, *, keep_break: bool = False) -> Edit:
    """Return the edit that takes lines `first` to `last` out.

    At the end of a file without a final line break, the one before goes in its place, unless
    `keep_break` says that it is needed.
    """
    start = source.line_starts[first - 1]
    if last < len(source.line_starts):
        return Edit(source, Span(start, source.line_starts[last]), "")
    if first > 1 and not keep_break:
        start = source.line_span(first - 1).end
    return Edit(source, Span(start, len(source.text)), "")


def paste(source: Source, below: int, lines: list[str], *, needs_break: bool = False) -> Edit:
    """Return the edit that puts `lines` below line `below`; 0 is the top of the file.

    At the end of a file without a final line break none is added, unless `needs_break` says that
    the last line must have one.
    """
    ending = line_break(source)
    if not below:
        return Edit(source, Span(0, 0), "".join(line + ending for line in lines))
    at = source.line_span(below).end
    text = "".join(ending + line for line in lines)
    if needs_break and at == len(source.text):
        text += ending
    return Edit(source, Span(at, at), text)


def shifted(line: str, by: int, *, is_in_text: bool = False) -> str:
    """Return `line` with `by` more blanks before it (less, if negative).

    A line of blanks stays as it is, unless it stands in a block of text (`is_in_text`), where they
    may count. One with a tab does not: YAML minds where that stands. Raises CannotEdit if it has
    fewer blanks than it would lose, and is no comment.
    """
    if not is_in_text and not line.strip(" "):
        return line
    if by >= 0:
        return " " * by + line if line else line
    blanks = len(line) - len(line.lstrip(" "))
    if blanks < -by and line.strip(" ") and not line.lstrip().startswith("#"):
        raise CannotEdit(f'The line "{line.strip()}" cannot be indented {-by} blanks less.')
    return line[min(blanks, -by) :]


def lines_in_texts(nodes: Iterable[Node]) -> set[int]:
    """Return the numbers of the lines in blocks of text in `nodes`, blank ones below included."""
    found: set[int] = set()
    for node in (inner for outer in nodes for inner in walk(outer)):
        if isinstance(node, Scalar) and node.style.is_block:
            source = node.source
            last = last_line(source, node.end)
            last += blank_lines_below(source, last)
            begin = node.properties.content_start if node.properties else node.start
            found.update(range(line_of(source, begin) + 1, last + 1))
    return found


def shifted_lines(source: Source, first: int, last: int, by: int, texts: set[int]) -> list[str]:
    """Return lines `first` to `last`, each with `by` more blanks; `texts` are `lines_in_texts`."""
    return [
        shifted(line_at(source, number), by, is_in_text=number in texts)
        for number in range(first, last + 1)
    ]


def last_leaf(node: Node) -> Node:
    """Return the innermost value that ends `node`: in block style, the last one of the last."""
    while True:
        if isinstance(node, Mapping) and not node.is_flow and node.entries:
            node = node.entries[-1].value
        elif isinstance(node, Sequence) and not node.is_flow and node.items:
            node = node.items[-1]
        else:
            return node


class TextBlock(Struct, frozen=True):
    """A block of text (`|` or `>`): the column (from 0) of its lines, and what ends it.

    `has_break` says that its value ends with a line break, `strips` that a line break below is no
    part of it (`|-`), `keeps` that even blank lines below are (`|+`).
    """

    column: int
    has_break: bool
    strips: bool
    keeps: bool = False


def text_block(node: Node) -> TextBlock | None:
    """Return the block of text with which `node` ends, if it ends with one."""
    leaf = last_leaf(node)
    if not isinstance(leaf, Scalar) or not leaf.style.is_block:
        return None
    source = leaf.source
    begin = leaf.properties.content_start if leaf.properties else leaf.start
    own = line_of(source, begin)
    header = source.text[begin : source.line_span(own).end].split("#")[0]
    columns = [
        len(line) - len(line.lstrip(" "))
        for line in (line_at(source, n) for n in range(own + 1, last_line(source, leaf.end) + 1))
        if line.strip(" ")
    ]
    ends_with_break = leaf.text.endswith(("\n", "\u2028", "\u2029"))
    column = min(columns, default=0)
    return TextBlock(column, ends_with_break, strips="-" in header, keeps="+" in header)


def check_not_swallowed(source: Source, block: TextBlock | None, below: int) -> None:
    """Raise CannotEdit if the lines from `below` on would become part of the text above them."""
    if block is None:
        return
    blanks = blank_lines_below(source, below - 1) if below > 0 else 0
    if blanks and block.keeps:
        raise CannotEdit(
            "Blank lines would become part of the text above them, which keeps them (|+ or >+)."
        )
    written = (line_at(source, number) for number in range(below, below + blanks))
    if any(len(line) > block.column or "\t" in line for line in written):
        raise CannotEdit("A line of blanks would become part of the text above it.")
    line = below + blanks
    if not is_comment(source, line):
        return
    text = line_at(source, line)
    if len(text) - len(text.lstrip(" ")) >= block.column:
        raise CannotEdit(f'The comment "{text.strip()}" would become part of the text above it.')


def check_end(source: Source, node: Node, last: int) -> None:
    """Raise CannotEdit if a line break below line `last` would become part of the text there."""
    block = text_block(node)
    if block is None or last < count_lines(source) or not ends_openly(source):
        return
    if not block.strips:
        raise CannotEdit(
            "The file ends within a block of text, without a line break: the next line would"
            " add one to its value."
        )
