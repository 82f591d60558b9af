"""Fixes that write a value in another form: as text, as a list, as keys with values.

Each takes places whose value is of the wrong kind, and returns the edits, or None where the text
does not allow an exact change.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.finding import Edit
from composecheck.schema.grammar import Kind
from composecheck.schema.moves import indentation_step, is_empty_plain, line_break
from composecheck.source import Span
from composecheck.yaml.nodes import Mapping, Scalar, Sequence, Style, properties_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work

_KEY_VALUE = re.compile(r"[^\s=:#'\"]+=")
_NEVER_IN_A_LIST = re.compile(r"[,;\s]")


def quote(places: Iterable[Place]) -> tuple[Edit, ...] | None:
    """Put quotes around plain values."""
    edits = []
    for place in places:
        node = place.node
        if not _is_plain(node) or is_empty_plain(node):
            return None
        text = node.source.text[node.start : node.end]
        edits.append(Edit(node.source, node.span, f'"{text}"'))
    return tuple(edits)


def replace(place: Place, text: str) -> tuple[Edit, ...] | None:
    """Write `text` in place of a plain or quoted value on one line."""
    node = place.node
    if not isinstance(node, Scalar) or node.properties is not None or node.style.is_block:
        return None
    written = node.source.text[node.start : node.end]
    if is_empty_plain(node) or "\n" in written or "\r" in written:
        return None
    return (Edit(node.source, node.span, text),)


def fill_empty(place: Place, text: str) -> tuple[Edit, ...] | None:
    """Write `text`, such as `[]`, where a key has no value; or in place of a written `null`."""
    node = place.node
    if place.entry is None or not _is_plain(node):
        return None
    if not is_empty_plain(node):
        return (Edit(node.source, node.span, text),)
    source, at = node.source, place.entry.key.end
    while source.text[at : at + 1] in (" ", "\t"):
        at += 1
    if source.text[at : at + 1] != ":":
        return None
    return (Edit(source, Span(at + 1, at + 1), f" {text}"),)


def list_of_lines(work: Work, place: Place) -> tuple[Edit, ...] | None:
    """Make a list of a value: each of its lines an item, after `- `."""
    node, entry, parent = place.node, place.entry, place.parent
    if not isinstance(node, Scalar) or node.properties is not None or node.style.is_block:
        return None
    if entry is None or parent is None or is_empty_plain(node):
        return None
    source = node.source
    first, last = source.position(node.start).line, source.position(node.end - 1).line
    written = source.text[node.start : node.end]
    if not _may_be_items(place, written):
        return None
    if isinstance(parent.node, Mapping) and parent.node.is_flow:
        return (Edit(source, node.span, f"[{written}]"),) if first == last else None
    if source.position(entry.key.start).line == first:
        if first != last:
            return None
        column = source.position(entry.key.start).column - 1
        at = source.text.index(":", entry.key.end) + 1
        indent = " " * (column + indentation_step(work.root))
        return (Edit(source, Span(at, node.start), f"{line_break(source)}{indent}- "),)
    edits = []
    for number in range(first, last + 1):
        span = source.line_span(number)
        line = source.slice(span)
        if not line.strip():
            return None
        at = span.start + len(line) - len(line.lstrip())
        edits.append(Edit(source, Span(at, at), "- "))
    return tuple(edits)


def _may_be_items(place: Place, written: str) -> bool:
    """Whether each line of a value can be an item of the list that belongs there."""
    node, shape = place.node, place.shape
    if shape is None or shape.items is None or not isinstance(node, Scalar):
        return False
    lines = [line.strip() for line in written.splitlines()]
    if node.style is not Style.PLAIN and len(lines) > 1:
        return False
    if not shape.items.takes(Kind.STRING):
        return False
    if shape.items.syntax == "key-value":
        return all(_KEY_VALUE.match(line.strip("'\"")) for line in lines)
    return not any(_NEVER_IN_A_LIST.search(line) for line in lines)


def assignments(places: Iterable[Place]) -> tuple[Edit, ...] | None:
    """Write `KEY=value` for each `KEY: value`."""
    edits: list[Edit] = []
    for place in places:
        pair = _pair(place)
        if pair is None:
            return None
        key, value = pair
        source = key.source
        if value.style is Style.PLAIN:
            edits.append(Edit(source, Span(key.end, value.start), "="))
        else:
            mark = value.style.value
            edits.append(Edit(source, Span(key.start, key.start), mark))
            edits.append(Edit(source, Span(key.end, value.start + 1), "="))
    return tuple(edits)


def whole_items(places: Iterable[Place]) -> tuple[Edit, ...] | None:
    """Put quotes around items that a colon makes keys with values."""
    edits = []
    for place in places:
        pair = _pair(place)
        if pair is None or pair[1].style is not Style.PLAIN:
            return None
        source, start, end = pair[0].source, pair[0].start, pair[1].end
        text = source.text[start:end]
        mark = "'" if '"' in text or "\\" in text else '"'
        if mark in text:
            return None
        edits.append(Edit(source, Span(start, end), f"{mark}{text}{mark}"))
    return tuple(edits)


def close_colon(place: Place) -> tuple[Edit, ...] | None:
    """Take away the blanks behind the colon: `a: b` is two things to YAML, `a:b` is one."""
    pair = _pair(place)
    if pair is None:
        return None
    key, value = pair
    if value.style is not Style.PLAIN or key.style is not Style.PLAIN:
        return None
    return (Edit(key.source, Span(key.end, value.start), ":"),)


def _pair(place: Place) -> tuple[Scalar, Scalar] | None:
    """Return key and value of a mapping with one pair, on one line, if both are simple."""
    mapping = place.node
    if not isinstance(mapping, Mapping) or mapping.is_flow or len(mapping.entries) != 1:
        return None
    key, value = mapping.entries[0].key, mapping.entries[0].value
    if not isinstance(key, Scalar) or not isinstance(value, Scalar):
        return None
    if key.style is not Style.PLAIN or value.style.is_block or is_empty_plain(value):
        return None
    if any(properties_of(node) is not None for node in (mapping, key, value)):
        return None
    text = key.source.text[key.start : value.end]
    return None if "\n" in text or "\r" in text else (key, value)


def without_dashes(place: Place) -> tuple[Edit, ...] | None:
    """Make one mapping of a list of mappings: a blank for each dash."""
    node = place.node
    if not isinstance(node, Sequence) or node.is_flow or node.properties is not None:
        return None
    names: list[str] = []
    edits = []
    for item in node.items:
        if not isinstance(item, Mapping) or item.is_flow or item.properties is not None:
            return None
        dash = _dash_before(item)
        if dash is None:
            return None
        names += [entry.key.text for entry in item.entries if isinstance(entry.key, Scalar)]
        edits.append(Edit(item.source, Span(dash, dash + 1), " "))
    if len(set(names)) < len(names) or place.shape is None:
        return None
    if any(place.shape.child(name) is None for name in names):
        return None
    return tuple(edits)


def names_with_colons(place: Place) -> tuple[Edit, ...] | None:
    """Make a mapping of a list of names: `name:` for each `- name`."""
    node = place.node
    named = place.shape.named if place.shape is not None else None
    if not isinstance(node, Sequence) or node.is_flow or named is None:
        return None
    if not named.takes(Kind.NULL):
        return None
    edits = []
    for item in node.items:
        if not isinstance(item, Scalar) or not _is_plain(item) or is_empty_plain(item):
            return None
        dash = _dash_before(item)
        if dash is None or place.shape is None or place.shape.child(item.text) is not named:
            return None
        edits.append(Edit(item.source, Span(dash, item.start), ""))
        edits.append(Edit(item.source, Span(item.end, item.end), ":"))
    if len({item.text for item in node.items if isinstance(item, Scalar)}) < len(node.items):
        return None
    parent = place.entry
    if parent is None:
        return None
    column = node.source.position(parent.key.start).column
    if node.source.position(node.start).column <= column:
        return None  # names would stand beside the key, not under it
    return tuple(edits)


def _dash_before(node: Mapping | Scalar) -> int | None:
    """Return the offset of the dash of a list item that begins on the dash's line."""
    text, at = node.source.text, node.start - 1
    while at >= 0 and text[at] == " ":
        at -= 1
    return at if at >= 0 and text[at] == "-" else None


def items_of_names(places: list[Place]) -> tuple[Edit, ...] | None:
    """Make a list of keys without values: `- name` for each `name:`."""
    edits = []
    for place in places:
        entry = place.entry
        if entry is None or not is_empty_plain(place.node) or not _is_plain(entry.key):
            return None
        source = place.node.source
        at = source.text.find(":", entry.key.end)
        if at < 0 or source.text[entry.key.end : at].strip():
            return None
        edits.append(Edit(source, Span(entry.key.start, entry.key.start), "- "))
        edits.append(Edit(source, Span(entry.key.end, at + 1), ""))
    return tuple(edits)


def _is_plain(node: object) -> bool:
    return (
        isinstance(node, Scalar)
        and node.style is Style.PLAIN
        and node.properties is None
        and "\n" not in node.source.text[node.start : node.end]
    )
