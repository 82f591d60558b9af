"""Fixes that bring a key to the level it belongs to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Safety
from composecheck.schema.grammar import Kind
from composecheck.schema.likeness import adopts, roughly_fits
from composecheck.schema.moves import (
    Block,
    block_of,
    indentation_step,
    is_empty_plain,
    join,
    line_break,
    shift,
    transplant,
)
from composecheck.schema.words import more, quoted
from composecheck.schema.work import own_child
from composecheck.source import Span
from composecheck.yaml.nodes import Mapping

if TYPE_CHECKING:
    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work


def child_column(mapping: Place) -> int | None:
    """Return how many blanks stand before the keys of a mapping in block style, or None."""
    node = mapping.node
    if not isinstance(node, Mapping) or node.is_flow or not node.entries:
        return None
    return node.source.position(node.entries[0].key.start).column - 1


def indent_under(work: Work, run: list[Place], adopter: Place) -> Fix | None:
    """Indent a row of keys, so that the block they stand directly below takes them in."""
    if any(work.is_used_elsewhere(place) for place in run) or work.is_used_elsewhere(adopter):
        return None
    block = join([block_of(place) for place in run])
    if block is None:
        return None
    if adopter.data is None:
        header = block_of(adopter)
        if header is None or not is_empty_plain(adopter.node):
            return None
        column: int | None = header.column + indentation_step(work.root)
    else:
        column = child_column(adopter)
    if column is None or column <= block.column:
        return None
    swallowed = _swallowed(run[-1], adopter, column)
    if swallowed is not None:
        last = swallowed.first - 1
        while last > block.first and not block.source.slice(block.source.line_span(last)).strip():
            last -= 1
        block = replace(block, last=last)
    edits = shift(block, column - block.column)
    names = [str(place.key) for place in run]
    title = f"Indent {more(names)} under {quoted(adopter.name)}"
    return None if edits is None else Fix(title, Safety.SAFE, edits)


def outdent_header(work: Work, place: Place, beside: Place) -> Fix | None:
    """Move out a key with nothing under it, so that what stands below it comes to be under it."""
    header, outer = block_of(place), block_of(beside)
    if header is None or outer is None or work.is_used_elsewhere(place):
        return None
    edits = shift(header, outer.column - header.column)
    title = f"Indent {quoted(place.key)} less, above what belongs to it"
    return None if edits is None else Fix(title, Safety.SAFE, edits)


def _swallowed(place: Place, adopter: Place, column: int) -> Block | None:
    """Return the lines of the first neighbour that stands under `place` by its indentation only.

    That is: a key in the column where `place` belongs, at home beside it, and not in it.
    """
    shape = adopter.shape.child(str(place.key)) if adopter.shape is not None else None
    if adopter.shape is None or shape is None or place.is_shared:
        return None
    for key, child in place.children.items():
        block = block_of(child)
        is_given = key in adopter.shape.keys and key not in shape.keys
        is_at_home = roughly_fits(child.data, shape.child(str(key))) and not is_given
        if block is None or block.column != column or is_at_home:
            continue
        if adopts(adopter.data, adopter.shape, str(key), child.data):
            return block
    return None


def move_out(work: Work, run: list[Place], beside: Place) -> Fix | None:
    """Move a row of keys with their values out of the block `beside`, to stand below it.

    A key under which nothing would be left goes as well, unless it may be empty: then the fix is
    unsafe.
    """
    outer, block = block_of(beside), _movable(work, run)
    if beside.parent is None or block is None or outer is None:
        return None
    if any(own_child(beside.parent, str(place.key)) is not None for place in run):
        return None
    by = outer.column - block.column
    if block.last >= outer.last:
        edits = shift(block, by)
    else:
        edits = transplant(block, [place.node for place in run], outer.last, by)
    parent = run[0].parent
    emptied = _emptied(run, beside)
    if edits is None or parent is None:
        return None
    if emptied is not None:
        header = _header_line(emptied)
        if header is None:
            return None
        edits = (header, *edits)
    names = more([str(place.key) for place in run])
    safety = Safety.SAFE if emptied is None else Safety.UNSAFE
    return Fix(f"Move {names} out of {quoted(parent.name)}", safety, edits)


def move_below(work: Work, run: list[Place], target: Place) -> Fix | None:
    """Move a row of keys to the end of the mapping `target`, which stands elsewhere.

    A key under which nothing would be left goes as well; then the fix is unsafe.
    """
    block, column, outer = _movable(work, run), child_column(target), block_of(target)
    if column is None or block is None or outer is None or work.is_used_elsewhere(target):
        return None
    if any(str(place.key) in target.data for place in run):
        return None
    nodes = [place.node for place in run]
    edits = transplant(block, nodes, outer.last, column - block.column)
    parent = run[0].parent
    if edits is None or parent is None:
        return None
    safety = Safety.SAFE
    if parent.entry is not None and len(parent.children) == len(run):
        header = _header_line(parent)
        if header is None:
            return None
        edits, safety = (header, *edits), Safety.UNSAFE
    names = more([str(place.key) for place in run])
    return Fix(f"Move {names} under {quoted(target.name)}", safety, edits)


def _movable(work: Work, run: list[Place]) -> Block | None:
    """Return the lines of a row of keys, if they can be moved together."""
    if any(work.is_used_elsewhere(place) for place in run) or not _is_row(run):
        return None
    return join([block_of(place) for place in run])


def move_into(work: Work, run: list[Place], path: tuple[str, ...]) -> Fix | None:
    """Move a row of keys into the mapping that `path` leads to from beside them.

    What is missing on the path is made.
    """
    beside = target = run[0].parent
    block = _movable(work, run)
    if target is None or block is None:
        return None
    depth = 0
    for name in path:
        child = target.children.get(name)
        if child is None:
            break
        if not isinstance(child.data, dict) or work.is_used_elsewhere(child):
            return None
        target, depth = child, depth + 1
    if target is not beside and any(place.key in target.data for place in run):
        return None
    missing = path[depth:]
    column = child_column(target)
    if column is None:
        return None
    step = indentation_step(work.root)
    headers = line_break(block.source).join(
        f"{' ' * (column + step * level)}{name}:" for level, name in enumerate(missing)
    )
    by = column + step * len(missing) - block.column
    if target is beside:
        edits = shift(block, by, above=headers)
    else:
        outer = block_of(target)
        if outer is None:
            return None
        edits = transplant(block, [place.node for place in run], outer.last, by, above=headers)
    title = f"Move {more([str(place.key) for place in run])} under {quoted(path[-1])}"
    return None if edits is None else Fix(title, Safety.UNSAFE, edits)


def wrap(work: Work, run: list[Place], header: str, *, title: str, safety: Safety) -> Fix | None:
    """Write `header:` above a row of keys, and indent them under it."""
    if any(place.is_shared for place in run):
        return None
    block = join([block_of(place) for place in run])
    if block is None or not _is_row(run):
        return None
    step = indentation_step(work.root)
    edits = shift(block, step, above=f"{' ' * block.column}{header}:")
    return None if edits is None else Fix(title, safety, edits)


def unwrap(work: Work, outer: Place) -> Fix | None:
    """Take a key away, and bring all that stands under it to its level."""
    if work.is_used_elsewhere(outer):
        return None
    header = block_of(outer)
    block = join([block_of(child) for child in outer.children.values()])
    line = _header_line(outer)
    if header is None or block is None or line is None:
        return None
    edits = shift(block, header.column - block.column)
    title = f"Remove {quoted(outer.key)}, and move out what stands under it"
    return None if edits is None else Fix(title, Safety.SAFE, (line, *edits))


def _is_row(run: list[Place]) -> bool:
    """Whether no other key stands between the first and the last of `run`."""
    parent = run[0].parent
    if parent is None or not isinstance(parent.node, Mapping):
        return False
    entries = list(parent.node.entries)
    first = next((i for i, entry in enumerate(entries) if entry is run[0].entry), -1)
    return first >= 0 and entries[first : first + len(run)] == [place.entry for place in run]


def _emptied(run: list[Place], beside: Place) -> Place | None:
    """Return the outermost block that would be left empty, and may not be, if `run` went."""
    found = None
    here, leaving = run[0].parent, len(run)
    while here is not None and here.entry is not None and len(here.children) == leaving:
        if here.shape is None or not here.shape.takes(Kind.NULL):
            found = here
        if here is beside:
            break
        here, leaving = here.parent, 1
    return found


def _header_line(place: Place) -> Edit | None:
    """Return the edit that deletes the line of a key, if nothing else stands on it."""
    block = block_of(place)
    if block is None or place.entry is None:
        return None
    source = block.source
    number = source.position(place.entry.key.start).line
    span = source.line_span(number)
    if source.text[place.entry.key.end : span.end].strip() != ":":
        return None
    return Edit(source, Span(span.start, Block(source, number, number, 0).end), "")
