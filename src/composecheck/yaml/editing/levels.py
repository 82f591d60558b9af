"""Putting entries under a new key, and taking such a key away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.finding import Edit
from composecheck.source import Span
from composecheck.yaml.editing import flow, lines
from composecheck.yaml.editing.change import Change, Touched
from composecheck.yaml.editing.deletion import take_out
from composecheck.yaml.editing.habits import blank_lines_between
from composecheck.yaml.editing.insertion import hand_among
from composecheck.yaml.editing.joining import joined
from composecheck.yaml.editing.refusal import CannotEdit, named, within
from composecheck.yaml.editing.spots import (
    check_keys,
    check_order,
    check_own,
    child,
    count,
    locate,
)
from composecheck.yaml.nodes import Mapping, properties_of
from composecheck.yaml.structure import is_merge, key_name

if TYPE_CHECKING:
    from collections.abc import Collection

    from composecheck.source import Source
    from composecheck.yaml import Document
    from composecheck.yaml.editing.spots import Place, Spot


def wrapping(document: Document, place: Place, names: Collection[str], key: str) -> Change:
    """Return the change that puts the keys `names` of `place` under a new `key`, where they are.

    Their lines are indented by one step more. Those that do not stand together with the first are
    moved below those that do. Raises CannotEdit if the text does not allow it.
    """
    spot = locate(document, place)
    node = spot.node
    if not isinstance(node, Mapping):
        raise CannotEdit(f"There are no keys and values at {named(spot.path)}.")
    check_own(spot)
    check_keys(spot)
    wanted = _numbers(spot, names, key)
    hand = hand_among(spot)
    new = (*spot.path, key)
    moved = tuple((child(spot, i).path, (*new, key_name(node.entries[i]))) for i in wanted)
    touched = Touched(inserted=(new,), moved=moved)
    runs = _runs(wanted)
    if node.is_flow:
        if len(runs) > 1:
            raise CannotEdit("The keys to put under another one do not stand side by side.")
        edits = flow.wrap_in(spot, *runs[0], hand.key(key, in_flow=True))
        return Change(edits, touched)
    step = hand.habits.step
    texts = lines.lines_in_texts(child(spot, i).node for i in wanted)
    first, last = (lines.lines_of(child(spot, i)) for i in runs[0])
    source = document.source
    header = hand.key(key) + ":" + lines.line_break(source)
    if first.is_compact:
        # Behind the dash stands the new key now, and what stood there on a line of its own.
        header += " " * (first.column + step)
        result = [Edit(source, Span(first.start, first.start), header)]
        result += shift(source, first.own + 1, last.last, step, texts)
    else:
        top = source.line_starts[first.first - 1]
        result = [Edit(source, Span(top, top), " " * first.column + header)]
        result += shift(source, first.first, last.last, step, texts)
    result += _gather(spot, runs, last.last, step)
    return Change(joined(result), touched)


def _numbers(spot: Spot, names: Collection[str], key: str) -> list[int]:
    """Return the numbers (from 0) of the entries with these names."""
    node = spot.node
    assert isinstance(node, Mapping)
    known = [key_name(entry) for entry in node.entries]
    for name in names:
        if known.count(name) != 1:
            times = "more than once" if name in known else "not"
            raise CannotEdit(f'"{name}" is {times} {within(spot.path)}.')
    if key in known and key not in names:
        raise CannotEdit(f'There is a key "{key}" {within(spot.path)} already.')
    wanted = [number for number, name in enumerate(known) if name in names]
    if not wanted:
        raise CannotEdit("There are no keys to put under another one.")
    if any(is_merge(node.entries[number]) for number in wanted):
        raise CannotEdit('A merge key ("<<") cannot be put under another key.')
    return wanted


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return the first and last number of each row without a gap."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _gather(spot: Spot, runs: list[tuple[int, int]], below: int, step: int) -> list[Edit]:
    """Return the edits that move all but the first of `runs` below line `below`."""
    source, node = spot.source, spot.node
    assert isinstance(node, Mapping)
    edits: list[Edit] = []
    gathered: list[str] = []
    above = child(spot, runs[0][1]).node
    blanks = blank_lines_between(spot)
    for first, last in runs[1:]:
        start, end = child(spot, first), child(spot, last)
        lines.check_end(source, end.node, lines.lines_of(end).last)
        edits += take_out(start, end).edits
        block = lines.text_block(above)
        if block is None or not block.keeps:
            gathered += [""] * blanks
        texts = lines.lines_in_texts(child(spot, i).node for i in range(first, last + 1))
        own = lines.lines_of(start).first, lines.lines_of(end).last
        gathered += lines.shifted_lines(source, *own, step, texts)
        for index in range(first, last + 1):
            check_order(child(spot, index), source.line_span(below).end)
        above = end.node
    if gathered:
        block = lines.text_block(above)
        lines.check_not_swallowed(source, block, below + 1)
        edits.append(lines.paste(source, below, gathered))
    return edits


def unwrapping(document: Document, place: Place) -> Change:
    """Return the change that takes the key at `place` away, and brings what is in it to its level.

    Raises CannotEdit if one of the keys in it is there already, if a comment is about the key that
    goes, or if the text does not allow it.
    """
    spot = locate(document, place)
    node, above = spot.node, spot.above
    if above is None or not isinstance(above.node, Mapping) or not isinstance(node, Mapping):
        raise CannotEdit(f"There are no keys and values under a key at {named(spot.path)}.")
    if node.is_flow or above.node.is_flow:
        raise CannotEdit(f"The keys and values at {named(spot.path)} stand between braces.")
    check_own(spot)
    if properties_of(node) is not None:
        raise CannotEdit(f"The value at {named(spot.path)} has an anchor or a tag.")
    beside = [key_name(entry) for entry in above.node.entries if entry is not spot.entry]
    for entry in node.entries:
        if key_name(entry) in beside or is_merge(entry):
            raise CannotEdit(f'"{key_name(entry)}" is {within(above.path)} already.')
    check_keys(spot)
    check_keys(above)
    source, own = document.source, lines.lines_of(spot)
    header = lines.line_at(source, own.own)
    if own.first < own.own or "#" in header[lines.column_of(source, lines.header_end(spot)) :]:
        raise CannotEdit(f"There is a comment about {named(spot.path)}, which would go.")
    inner = lines.lines_of(child(spot, 0))
    by = own.column - inner.column
    texts = lines.lines_in_texts([node])
    _check_text_around(spot, own, by)
    _check_comments_within(spot, own, by)
    if own.is_compact:
        if source.text[lines.header_end(spot) : inner.start].strip():
            raise CannotEdit(f"There is a comment between {named(spot.path)} and what is in it.")
        edits = [Edit(source, Span(own.start, inner.start), "")]
        edits += shift(source, inner.own + 1, own.last, by, texts)
    else:
        edits = [lines.cut(source, own.own, own.own)]
        edits += shift(source, own.own + 1, own.last, by, texts)
    moved = tuple(
        (path := child(spot, i).path, (*above.path, path[-1])) for i in range(count(node))
    )
    return Change(joined(edits), Touched(deleted=(spot.path,), moved=moved))


def _check_text_around(spot: Spot, own: lines.Lines, by: int) -> None:
    """Raise CannotEdit if a block of text above or at the end would take in what follows."""
    if spot.index and spot.above is not None:
        above = lines.text_block(child(spot.above, spot.index - 1).node)
        lines.check_not_swallowed(spot.source, above, own.own + 1)
    block = lines.text_block(spot.node)
    if block is not None:
        block = replace(block, column=block.column + by, keeps=False)
        lines.check_not_swallowed(spot.source, block, own.last + 1)


def _check_comments_within(spot: Spot, own: lines.Lines, by: int) -> None:
    """Raise CannotEdit if a comment that is about nothing would come to be about a key below it."""
    source = spot.source
    for index in range(count(spot.node)):
        inner = child(spot, index)
        number = lines.lines_of(inner).first - 1
        if number > own.own and lines.is_comment(source, number):
            line = lines.line_at(source, number)
            if len(lines.shifted(line, by)) - len(line.lstrip(" ")) == own.column:
                raise CannotEdit(
                    f'The comment "{line.strip()}" would come to be about {named(inner.path)}.'
                )


def shift(
    source: Source, first: int, last: int, by: int, texts: Collection[int] = ()
) -> list[Edit]:
    """Return the edits that indent lines `first` to `last` (from 1) by so many blanks more.

    Less, if `by` is negative. Lines of blanks stay as they are but for `texts`, the lines in blocks
    of text (`lines.lines_in_texts`). Raises CannotEdit for a line that has not so many blanks.
    """
    edits = []
    for number in range(first, last + 1):
        line, start = lines.line_at(source, number), source.line_starts[number - 1]
        change = len(lines.shifted(line, by, is_in_text=number in texts)) - len(line)
        if change > 0:
            edits.append(Edit(source, Span(start, start), " " * change))
        elif change < 0:
            edits.append(Edit(source, Span(start, start - change), ""))
    return edits
