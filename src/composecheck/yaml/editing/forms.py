"""A list of `KEY=value` as keys with values, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit
from composecheck.source import Span
from composecheck.yaml.editing import lines
from composecheck.yaml.editing.change import Change, Touched
from composecheck.yaml.editing.habits import habits_of
from composecheck.yaml.editing.joining import joined
from composecheck.yaml.editing.refusal import CannotEdit, named, starting, within
from composecheck.yaml.editing.rendering import Hand
from composecheck.yaml.editing.spots import (
    check_keys,
    check_own,
    check_unused,
    child,
    count,
    locate,
)
from composecheck.yaml.nodes import Mapping, Scalar, Sequence, Style, properties_of
from composecheck.yaml.scalars import resolve
from composecheck.yaml.structure import is_merge

if TYPE_CHECKING:
    from composecheck.yaml import Document
    from composecheck.yaml.editing.spots import Place, Spot


def as_mapping(document: Document, place: Place, *, separator: str = "=") -> Change:
    """Return the change that writes `KEY: value` for each `- KEY=value` of the list at `place`.

    What has no `separator` becomes a key without a value. Values stay text. Raises CannotEdit if
    the list is not made of such texts, has a key twice, or stands between brackets.
    """
    spot = locate(document, place)
    node = spot.node
    if not isinstance(node, Sequence) or node.is_flow or spot.entry is None:
        raise CannotEdit(f"There is no list of lines under a key at {named(spot.path)}.")
    _check_alone(spot)
    column = lines.column_of(spot.source, spot.entry.start)
    hand = Hand(spot.source, habits_of(document))
    dash_column = lines.column_of(spot.source, lines.span_of(child(spot, 0)).start)
    if dash_column <= column:
        dash_column = column + hand.habits.step
    edits, names = [], set()
    for index in range(count(node)):
        item = child(spot, index)
        text = _text_on_line(item)
        name, sign, value = text.partition(separator)
        if name in names:
            raise CannotEdit(f'"{name}" is more than once {within(spot.path)}.')
        names.add(name)
        written = f"{hand.key(name)}:"
        if sign:
            hand_of_value = Hand(spot.source, hand.habits, _style(item))
            written += f" {hand_of_value.text(value)}"
        start = spot.source.line_starts[lines.lines_of(item).own - 1]
        written = " " * dash_column + written
        edits.append(Edit(spot.source, Span(start, item.node.end), written))
    return Change(joined(edits), Touched(changed=(spot.path,)))


def as_list(document: Document, place: Place, *, separator: str = "=") -> Change:
    """Return the change that writes `- KEY=value` for each `KEY: value` at `place`.

    A key without a value becomes its name alone. Raises CannotEdit for values that are no text,
    whole number, true or false on one line, and for what stands between braces.
    """
    spot = locate(document, place)
    node = spot.node
    if not isinstance(node, Mapping) or node.is_flow or spot.entry is None or spot.above is None:
        raise CannotEdit(f"There are no lines of keys and values at {named(spot.path)}.")
    _check_alone(spot)
    check_keys(spot)
    habits = habits_of(document, spot.above.node)
    edits = []
    for index in range(count(node)):
        entry = child(spot, index)
        key = node.entries[index].key
        if not isinstance(key, Scalar) or is_merge(node.entries[index]):
            raise CannotEdit(f"{starting(entry.path)} cannot be written as text.")
        if separator in key.text:
            raise CannotEdit(f'The name "{key.text}" has a "{separator}" in it.')
        value = _text_of_value(entry)
        text = key.text if value is None else f"{key.text}{separator}{value}"
        hand = Hand(spot.source, habits, _style(entry))
        written = f"-{' ' * habits.dash_gap}{hand.text(text)}"
        end = max(entry.node.end, lines.header_end(entry))
        edits.append(Edit(spot.source, Span(key.start, end), written))
    return Change(joined(edits), Touched(changed=(spot.path,)))


def _check_alone(spot: Spot) -> None:
    check_own(spot)
    check_unused(spot)
    properties = properties_of(spot.node)
    if properties is not None and properties.tag_span is not None:
        raise CannotEdit(f"The value at {named(spot.path)} has a tag.")
    for index in range(count(spot.node)):
        if properties_of(child(spot, index).node) is not None:
            raise CannotEdit(f"{starting(child(spot, index).path)} has an anchor or a tag.")
        if lines.lines_of(child(spot, index)).is_compact:
            raise CannotEdit(f"{starting(child(spot, index).path)} stands behind a dash.")


def _text_on_line(spot: Spot) -> str:
    """Return the text of an item that is one, on the line of its dash."""
    node = spot.node
    if not isinstance(node, Scalar) or node.style.is_block:
        raise CannotEdit(f"{starting(spot.path)} is no text on one line.")
    _check_one_line(spot)
    value = resolve(node)
    if not isinstance(value, str) or not value:
        raise CannotEdit(f"{starting(spot.path)} is no text.")
    return value


def _text_of_value(spot: Spot) -> str | None:
    """Return what a value is once Compose makes text of it; None if there is none."""
    node = spot.node
    if not isinstance(node, Scalar) or node.style.is_block:
        raise CannotEdit(f"{starting(spot.path)} is no text on one line.")
    _check_one_line(spot)
    value = resolve(node)
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    raise CannotEdit(f"It is not certain what text {named(spot.path)} would be.")


def _check_one_line(spot: Spot) -> None:
    start, end = lines.span_of(spot).start, spot.node.end
    if "\n" in spot.source.text[start:end] or "\r" in spot.source.text[start:end]:
        raise CannotEdit(f"{starting(spot.path)} stands on several lines.")


def _style(spot: Spot) -> Style:
    node = spot.node
    assert isinstance(node, Scalar)
    return node.style
