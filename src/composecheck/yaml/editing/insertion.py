"""Inserting an entry into keys and values, or an item into a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from composecheck.finding import Edit
from composecheck.source import Span
from composecheck.yaml.editing import flow, lines
from composecheck.yaml.editing.change import Change, Touched
from composecheck.yaml.editing.data import check_data
from composecheck.yaml.editing.habits import blank_lines_between, habits_of, quoting_of
from composecheck.yaml.editing.refusal import CannotEdit, named, within
from composecheck.yaml.editing.rendering import Hand, entries, in_flow, items
from composecheck.yaml.editing.spots import (
    check_keys,
    check_own,
    child,
    count,
    locate,
)
from composecheck.yaml.editing.values import check_not_merging, is_empty, write_over
from composecheck.yaml.nodes import Mapping, Sequence, Style, properties_of
from composecheck.yaml.structure import key_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping as AnyMapping

    from composecheck.yaml import Document
    from composecheck.yaml.editing.rendering import Written
    from composecheck.yaml.editing.spots import Place, Spot
    from composecheck.yaml.nodes import Node


def inserting(
    document: Document,
    place: Place,
    key: str,
    value: object = None,
    *,
    before: str | None = None,
    after: str | None = None,
) -> Change:
    """Return the change that adds `key` with `value` to the keys and values at `place`.

    It comes last, or directly before or after the key that is named. Raises CannotEdit if the key
    is there already, or if the text does not allow it; TypeError if `value` is no plain data.
    """
    return inserting_all(document, place, {key: value}, before=before, after=after)


def inserting_all(
    document: Document,
    place: Place,
    new: AnyMapping[str, object],
    *,
    before: str | None = None,
    after: str | None = None,
    like: Node | None = None,
) -> Change:
    """Return the change that adds all keys of `new` with their values, one below the other.

    All is as in `inserting`. What is in a value is written as it is in the keys and values `like`,
    if these are given: in the same quotes, in braces or not.
    """
    check_data(new)
    spot = locate(document, place)
    node = spot.node
    check_own(spot)
    _check_no_text_tag(spot)
    touched = Touched(inserted=tuple((*spot.path, key) for key in new))
    if is_empty(node) and not isinstance(node, Sequence) and not _is_in_flow(spot):
        if not isinstance(node, Mapping):
            touched = Touched(changed=(spot.path,))
        return Change(write_over(spot, new), touched)
    if not isinstance(node, Mapping):
        raise CannotEdit(f"There are no keys and values at {named(spot.path)}.")
    names = [key_name(entry) for entry in node.entries]
    for key in new:
        if key in names:
            raise CannotEdit(f'There is a key "{key}" {within(spot.path)} already.')
    check_keys(spot)
    index, is_before = position(spot, names, before, after)
    hand = hand_among(spot)
    if isinstance(like, Mapping):
        style = quoting_of([entry.value for entry in like.entries])
        hand = replace(hand, style=style, has_braces=like.is_flow)
    if node.is_flow:
        pairs = (f"{hand.key(key, in_flow=True)}: {in_flow(new[key], hand)}" for key in new)
        return Change((flow.put_in(spot, index, ", ".join(pairs)),), touched)
    column = lines.column_of(spot.source, node.entries[0].start)
    edit = _put(spot, index, lambda hand: entries(new, column, hand), hand, is_before=is_before)
    return Change((edit,), touched)


def appending(
    document: Document, place: Place, value: object, *, index: int | None = None
) -> Change:
    """Return the change that adds `value` to the list at `place`.

    It comes last, or becomes number `index` (from 0). Raises CannotEdit if the text does not allow
    it, IndexError if there is no such number, and TypeError if `value` is no plain data.
    """
    check_data(value)
    spot = locate(document, place)
    node = spot.node
    check_own(spot)
    _check_no_text_tag(spot)
    check_not_merging(spot)
    is_new = is_empty(node) and not isinstance(node, Mapping)
    size = count(node) if isinstance(node, Sequence) else 0
    number = size if index is None else index
    if not 0 <= number <= size:
        raise IndexError(f"the list has {size} items, so there is no place number {number}")
    touched = Touched(inserted=((*spot.path, number),))
    if is_new and not _is_in_flow(spot):
        if not isinstance(node, Sequence):
            touched = Touched(changed=(spot.path,))
        return Change(write_over(spot, [value]), touched)
    if not isinstance(node, Sequence):
        raise CannotEdit(f"There is no list at {named(spot.path)}.")
    hand = hand_among(spot)
    if node.is_flow:
        return Change((flow.put_in(spot, number, in_flow(value, hand)),), touched)
    column = lines.column_of(spot.source, lines.span_of(child(spot, 0)).start)
    edit = _put(spot, number, lambda hand: items([value], column, hand), hand, is_before=False)
    return Change((edit,), touched)


def _is_in_flow(spot: Spot) -> bool:
    """Whether the empty value at `spot` must stay on one line: as the whole file, or in braces."""
    if spot.parent is None:
        return isinstance(spot.node, Mapping | Sequence)
    return spot.parent.is_flow and isinstance(spot.node, Mapping | Sequence)


def _check_no_text_tag(spot: Spot) -> None:
    properties = properties_of(spot.node)
    if properties is not None and properties.tag_span is not None:
        tag = spot.source.slice(properties.tag_span)
        if tag != "!override" or is_empty(spot.node):
            raise CannotEdit(f'The value at {named(spot.path)} has the tag "{tag}".')


def position(
    spot: Spot, names: list[str], before: str | None, after: str | None
) -> tuple[int, bool]:
    """Return the number (from 0) that is meant, and whether it is directly before a key.

    Raises CannotEdit if there is no such key, and TypeError if both are given.
    """
    if before is not None and after is not None:
        raise TypeError("an entry can be put before one key, or after one, but not both")
    name = after if before is None else before
    if name is None:
        return len(names), False
    if name not in names:
        raise CannotEdit(f'There is no key "{name}" {within(spot.path)}.')
    return names.index(name) + (before is None), before is not None


def hand_among(spot: Spot) -> Hand:
    """Return how the entries or items at `spot` are written."""
    node = spot.node
    habits = habits_of(spot.document, node)
    if isinstance(node, Mapping):
        keys = [entry.key for entry in node.entries]
        values = [entry.value for entry in node.entries]
        return Hand(spot.source, habits, quoting_of(values), quoting_of(keys))
    style = quoting_of(list(node.items)) if isinstance(node, Sequence) else Style.PLAIN
    return Hand(spot.source, habits, style)


def _put(
    spot: Spot, index: int, write: Callable[[Hand], Written], hand: Hand, *, is_before: bool
) -> Edit:
    try:
        return put_among(spot, index, write(hand), is_before=is_before)
    except CannotEdit:
        # A block of text would swallow what stands below it; in quotes it does not.
        return put_among(spot, index, write(replace(hand, has_blocks=False)), is_before=is_before)


def put_among(
    spot: Spot,
    index: int,
    written: Written,
    *,
    is_before: bool,
    gone: tuple[int, int] = (0, -1),
) -> Edit:
    """Return the edit that puts the lines of `written` at number `index` in the block at `spot`.

    `is_before` asks for the place directly above what stands there now, in place of directly below
    what stands before it. `gone` are lines (from 1, ends included) that are taken out as well.
    """
    source, node = spot.source, spot.node
    assert isinstance(node, Mapping | Sequence)
    body, ends_in = list(written.body), written.ends_in
    keeps = ends_in is not None and ends_in.keeps
    blanks = blank_lines_between(spot)
    below_it = 0
    if index == 0:
        first = lines.lines_of(child(spot, 0))
        if first.is_compact:
            return _put_behind_dash(spot, first, body)
        below = first.first - 1
        below_it = blanks
        if lines.is_comment(source, below) and body[0].lstrip().startswith("#"):
            body.insert(0, "")
    elif index < count(node) and is_before:
        following = lines.lines_of(child(spot, index))
        below = following.first - 1
        below_it = lines.blank_lines_above(source, following.first)
    else:
        previous = child(spot, index - 1)
        own = lines.lines_of(previous)
        below = own.last
        is_cut = gone[0] <= below <= gone[1]
        if not is_cut:
            is_apart = bool(blanks) and index == count(node)
            below = lines.last_comment(source, below, own.column, stays_apart=is_apart)
        if index < count(node):
            blanks = lines.blank_lines_below(source, below)
        block = None if is_cut else lines.text_block(previous.node)
        if not is_cut:
            lines.check_end(source, previous.node, below)
        if block is None or not block.keeps:
            body[:0] = [""] * blanks
    following_line = below + 1
    if gone[0] <= below <= gone[1]:
        below, following_line = gone[0] - 1, gone[1] + 1
    elif gone[0] == following_line:
        following_line = gone[1] + 1
    if below_it and not keeps:
        body += [""] * below_it
    else:
        lines.check_not_swallowed(source, ends_in, following_line)
    needs_break = ends_in is not None and ends_in.has_break
    return lines.paste(source, below, body, needs_break=needs_break)


def _put_behind_dash(spot: Spot, first: lines.Lines, body: list[str]) -> Edit:
    if body[0].lstrip().startswith("#"):
        raise CannotEdit(
            f"A comment cannot stand at the beginning of {named(spot.path)}, behind the dash."
        )
    source, blanks = spot.source, " " * first.column
    ending = lines.line_break(source)
    text = ending.join(body)[first.column :] + ending + blanks
    return Edit(source, Span(first.start, first.start), text)
