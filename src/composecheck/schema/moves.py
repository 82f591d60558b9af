"""Edits that move whole lines of a file, and change nothing in them but their indentation.

Only text in block style moves. Whatever cannot be moved exactly is not moved: each function then
returns None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from composecheck.finding import Edit
from composecheck.source import Span
from composecheck.yaml.nodes import Alias, Mapping, Scalar, properties_of
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from composecheck.schema.tree import Place
    from composecheck.source import Source
    from composecheck.yaml.nodes import Node


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of a file: `first` to `last`, counted from 1, both included.

    `column` is how many blanks stand before their keys.
    """

    source: Source
    first: int
    last: int
    column: int

    @property
    def start(self) -> int:
        """The offset (from 0) of its first character."""
        return self.source.line_starts[self.first - 1]

    @property
    def end(self) -> int:
        """The offset (from 0) behind its last character, a line break included."""
        starts = self.source.line_starts
        return starts[self.last] if self.last < len(starts) else len(self.source.text)


def block_of(place: Place) -> Block | None:
    """Return the lines of a key with its value, and of the comments directly above it.

    None if the key does not begin a line, stands in flow style, or shares its last line with
    something else.
    """
    if place.entry is None or place.parent is None or place.is_shared:
        return None
    mapping = place.parent.node
    if not isinstance(mapping, Mapping) or mapping.is_flow:
        return None
    source, key, value = place.entry.key.source, place.entry.key, place.entry.value
    text = source.text
    first = source.position(key.start).line
    line = source.line_span(first)
    before = text[line.start : key.start]
    if before.strip(" "):
        return None
    end = max(key.end, value.end)
    last = source.position(end - 1 if text[end - 1] in "\r\n" else end).line
    rest = text[end : max(end, source.line_span(last).end)].lstrip(" \t")
    if value.end <= key.end or value.start == value.end:
        rest = rest.removeprefix(":").lstrip(" \t")
    if rest and not rest.startswith("#"):
        return None
    return Block(source, _first_comment_above(source, first, len(before)), last, len(before))


def join(blocks: list[Block | None]) -> Block | None:
    """Return the lines from the first block to the last; None if they are not in one column."""
    found = [block for block in blocks if block is not None]
    if len(found) < len(blocks) or not found or len({block.column for block in found}) > 1:
        return None
    return Block(
        found[0].source,
        min(block.first for block in found),
        max(block.last for block in found),
        found[0].column,
    )


def shift(block: Block, by: int, *, above: str = "") -> tuple[Edit, ...] | None:
    """Indent the lines of `block` by that many blanks more (less, if negative).

    `above` is a line to write above them, without its line break.
    """
    source = block.source
    edits = []
    if above:
        edits.append(Edit(source, Span(block.start, block.start), above + line_break(source)))
    for number in range(block.first, block.last + 1):
        span = source.line_span(number)
        line = source.slice(span)
        if not line:
            continue
        if by >= 0:
            edits.append(Edit(source, Span(span.start, span.start), " " * by))
            continue
        blanks = len(line) - len(line.lstrip(" "))
        if blanks < -by and line.strip() and not line.lstrip().startswith("#"):
            return None
        gone = min(blanks, -by)
        if gone:
            edits.append(Edit(source, Span(span.start, span.start + gone), ""))
    return merge_insertions(edits)


def transplant(
    block: Block, nodes: list[Node], below: int, by: int, *, above: str = ""
) -> tuple[Edit, ...] | None:
    """Take the lines of `block` away and write them below line `below`, indented by `by` more.

    `nodes` are what moves: anchors and aliases in them forbid the move, since an anchor must stand
    before what uses it.
    """
    if any(has_anchors(node) for node in nodes):
        return None
    source = block.source
    lines = []
    for number in range(block.first, block.last + 1):
        line = source.slice(source.line_span(number))
        if by >= 0:
            lines.append(" " * by + line if line else line)
            continue
        blanks = len(line) - len(line.lstrip(" "))
        if blanks < -by and line.strip() and not line.lstrip().startswith("#"):
            return None
        lines.append(line[min(blanks, -by) :])
    ending = line_break(source)
    if above:
        lines.insert(0, above)
    cut = Edit(source, Span(block.start, block.end), "")
    starts = source.line_starts
    if below < len(starts):
        at = starts[below]
        paste = Edit(source, Span(at, at), "".join(line + ending for line in lines))
    else:
        at = len(source.text)
        lead = "" if source.text.endswith(("\n", "\r")) else ending
        paste = Edit(source, Span(at, at), lead + ending.join(lines))
    return (cut, paste)


def merge_insertions(edits: list[Edit]) -> tuple[Edit, ...]:
    """Join edits that insert at the same place, in their order, into one."""
    merged: list[Edit] = []
    for edit in edits:
        if merged and not len(edit.span) and not len(merged[-1].span):
            before = merged[-1]
            if before.span.start == edit.span.start:
                merged[-1] = Edit(edit.source, edit.span, before.text + edit.text)
                continue
        merged.append(edit)
    return tuple(merged)


def line_break(source: Source) -> str:
    """Return the line break that the file uses first; that of Unix if it has none."""
    end = source.text.find("\n")
    if end < 0:
        return "\r" if "\r" in source.text else "\n"
    return "\r\n" if source.text[:end].endswith("\r") else "\n"


def indentation_step(root: Place) -> int:
    """Return by how many blanks the file indents what stands under a key at the top."""
    for child in root.children.values():
        node = child.node
        if child.is_shared or not isinstance(node, Mapping) or node.is_flow or not node.entries:
            continue
        column = node.source.position(node.entries[0].key.start).column - 1
        if column > 0:
            return column
    return 2


def has_anchors(node: Node) -> bool:
    """Whether anchors or aliases stand in `node`."""
    for part in walk(node):
        properties = properties_of(part)
        if isinstance(part, Alias) or (properties is not None and properties.anchor is not None):
            return True
    return False


def is_empty_plain(node: Node) -> bool:
    """Whether nothing at all is written where this value stands."""
    return isinstance(node, Scalar) and node.start == node.end


def _first_comment_above(source: Source, line: int, column: int) -> int:
    """Return the first line of the comments that stand directly above `line`, in its column."""
    while line > 1:
        above = source.slice(source.line_span(line - 1))
        if above[column : column + 1] != "#" or above[:column].strip(" "):
            break
        line -= 1
    return line
