"""Moving an entry with its comments to another place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.yaml.editing import lines
from composecheck.yaml.editing.change import Change, Touched
from composecheck.yaml.editing.deletion import outermost_emptied, take_out
from composecheck.yaml.editing.habits import habits_of
from composecheck.yaml.editing.insertion import position, put_among
from composecheck.yaml.editing.joining import joined
from composecheck.yaml.editing.refusal import CannotEdit, named, starting, within
from composecheck.yaml.editing.rendering import Written
from composecheck.yaml.editing.spots import (
    check_keys,
    check_not_merged,
    check_order,
    check_own,
    locate,
)
from composecheck.yaml.editing.values import is_empty, old_place, put_over
from composecheck.yaml.nodes import Mapping, Sequence, properties_of
from composecheck.yaml.structure import is_merge, key_name

if TYPE_CHECKING:
    from composecheck.finding import Edit
    from composecheck.yaml import Document
    from composecheck.yaml.editing.spots import Place, Spot


def moving(
    document: Document,
    place: Place,
    to: Place,
    *,
    before: str | None = None,
    after: str | None = None,
    drop_emptied: bool = False,
) -> Change:
    """Return the change that moves the entry at `place` into the keys and values at `to`.

    It comes last there, or directly before or after the key that is named, with its comments, and
    indented as what is there. For `drop_emptied` see `deletion.deleting`. No change if it is there
    already. Raises CannotEdit if the text does not allow it.
    """
    spot, target = locate(document, place), locate(document, to)
    entry = spot.entry
    if entry is None or spot.above is None or is_merge(entry):
        raise CannotEdit(f"{starting(spot.path)} is no key with a value that can be moved.")
    if target.path[: len(spot.path)] == spot.path:
        raise CannotEdit(f"{starting(spot.path)} cannot be moved into itself.")
    name = key_name(entry)
    check_own(spot.above)
    check_own(target)
    check_not_merged(spot)
    _check_block(spot.above)
    is_same_parent = target.node is spot.above.node
    if isinstance(target.node, Mapping) and not is_same_parent:
        _check_free(target, name)
    left = outermost_emptied(spot) if drop_emptied and not is_same_parent else spot
    if target.path[: len(left.path)] == left.path:
        left = spot
    taken = take_out(left, left)
    gone = (taken.first, taken.last)
    if is_empty(target.node) and not isinstance(target.node, Sequence) and target.parent:
        paste = _fill(spot, target)
    else:
        found = _put(spot, target, before, after, gone)
        if found is None:
            return Change()
        paste = (found,)
    check_order(spot, paste[-1].span.start)
    moved = ((spot.path, (*target.path, name)),)
    deleted = () if left is spot else (left.path,)
    changed = () if isinstance(target.node, Mapping) else (target.path,)
    touched = Touched(changed=changed, deleted=deleted, moved=moved)
    return Change(joined((*taken.edits, *paste)), touched)


def _put(
    spot: Spot, target: Spot, before: str | None, after: str | None, gone: tuple[int, int]
) -> Edit | None:
    """Return the edit that writes the entry into a block; None if it stands there already."""
    _check_block(target)
    check_keys(target)
    node = target.node
    assert isinstance(node, Mapping)
    names = [key_name(entry) for entry in node.entries]
    index, is_before = position(target, names, before, after)
    if spot.parent is node and index in (spot.index, spot.index + 1):
        return None
    column = lines.column_of(target.source, node.entries[0].start)
    return put_among(target, index, lifted(spot, column), is_before=is_before, gone=gone)


def _fill(spot: Spot, target: Spot) -> tuple[Edit, ...]:
    """Return the edits that write the entry where a key has no value yet."""
    if target.parent is None or target.parent.is_flow:
        raise CannotEdit(f"The value at {named(target.path)} stands between brackets.")
    properties = properties_of(target.node)
    if properties is not None:
        raise CannotEdit(f"The value at {named(target.path)} has an anchor or a tag.")
    if target.entry is None:
        raise CannotEdit(f"Nothing can be moved to {named(target.path)}, an item of a list.")
    column = lines.column_of(target.source, target.entry.start)
    column += habits_of(target.document).step
    return put_over(target, old_place(target), lifted(spot, column))


def lifted(spot: Spot, column: int) -> Written:
    """Return the lines of the entry at `spot` with its comments, as they are in `column`."""
    source = spot.source
    own = lines.lines_of(spot)
    lines.check_end(source, spot.node, own.last)
    by = column - own.column
    texts = lines.lines_in_texts([spot.node])
    body = lines.shifted_lines(source, own.first, own.own - 1, by, texts)
    # In `- a: 1`, the dash stands before the key; it does not come along.
    body.append(" " * column + lines.line_at(source, own.own)[own.column :])
    body += lines.shifted_lines(source, own.own + 1, own.last, by, texts)
    block = lines.text_block(spot.node)
    ends_in = None if block is None else replace(block, column=block.column + by)
    return Written("", tuple(body), ends_in)


def _check_block(spot: Spot) -> None:
    if not isinstance(spot.node, Mapping):
        raise CannotEdit(f"There are no keys and values at {named(spot.path)}.")
    if spot.node.is_flow:
        raise CannotEdit(
            f"The keys and values at {named(spot.path)} stand between braces; only lines are moved."
        )


def _check_free(target: Spot, name: str) -> None:
    assert isinstance(target.node, Mapping)
    if any(key_name(entry) == name for entry in target.node.entries):
        raise CannotEdit(f'There is a key "{name}" {within(target.path)} already.')
