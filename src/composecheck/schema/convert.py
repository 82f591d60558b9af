"""Fixes that write a value in another form: as text, as a list, as keys with values.

Each takes places whose value is of the wrong kind, and returns the edits, or None where the text
does not allow an exact change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.finding import Edit
from composecheck.schema.grammar import Kind
from composecheck.source import Span
from composecheck.yaml.editing import CannotEdit, levels, lines, setting
from composecheck.yaml.editing.scalars import as_written
from composecheck.yaml.nodes import Mapping, Scalar, Sequence, Style, properties_of, tag_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composecheck.schema.grammar import Shape
    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work
    from composecheck.yaml.nodes import Node

_ABSOLUTE = expression(r"/|[A-Za-z]:[/\\]")
_COLON = expression(r"(?P<sign>[ \t]*:)[ \t]*")


def quote(work: Work, places: Iterable[Place]) -> tuple[Edit, ...] | None:
    """Put quotes around plain values."""
    mark = work.habits.quote
    edits = []
    for place in places:
        node = place.node
        if not isinstance(node, Scalar) or not _is_plain(node) or is_empty_plain(node):
            return None
        text = node.source.text[node.start : node.end]
        quoted = as_written(text, mark, mark, node.source, in_flow=False)
        edits.append(Edit(node.source, node.span, quoted))
    return tuple(edits)


def is_empty_plain(node: object) -> bool:
    """Whether nothing at all is written where this value stands."""
    return isinstance(node, Scalar) and node.start == node.end


def replace(place: Place, text: str) -> tuple[Edit, ...] | None:
    """Write `text`, as it is, in place of a plain or quoted value on one line."""
    node = place.node
    if not isinstance(node, Scalar) or node.properties is not None or node.style.is_block:
        return None
    written = node.source.text[node.start : node.end]
    if is_empty_plain(node) or "\n" in written or "\r" in written:
        return None
    return (Edit(node.source, node.span, text),)


def fill_empty(work: Work, place: Place) -> tuple[Edit, ...] | None:
    """Write `[]`, or `{}` where no list may stand, for a key that has no value."""
    if place.entry is None or place.shape is None:
        return None
    try:
        value: list[str] | dict[str, str] = [] if place.shape.takes(Kind.ARRAY) else {}
        return setting(work.document, place.entry, value).edits
    except CannotEdit:
        return None


def assignments(places: Iterable[Place]) -> tuple[Edit, ...] | None:
    """Write `KEY=value` for each `KEY: value`."""
    edits: list[Edit] = []
    for place in places:
        pair = _pair(place)
        if pair is None:
            return None
        edits += _joined(*pair, "=")
    return tuple(edits)


def _joined(key: Scalar, value: Scalar, sign: str, *, before: str = "") -> list[Edit]:
    """Return the edits that make one text of a key and its value, in the quotes of the value."""
    source, is_quoted = key.source, value.style is not Style.PLAIN
    before += value.style.value if is_quoted else ""
    edits = [Edit(source, Span(key.end, value.start + is_quoted), sign)]
    return [Edit(source, Span(key.start, key.start), before), *edits] if before else edits


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
    if not isinstance(mapping, Mapping) or len(mapping.entries) != 1:
        return None
    if mapping.properties is not None or mapping.source.text.startswith("{", mapping.start):
        return None
    return _simple(mapping.entries[0].key, mapping.entries[0].value)


def _simple(key: Node, value: Node) -> tuple[Scalar, Scalar] | None:
    """Return a key and its value, if both are on one line, the key without quotes."""
    if not isinstance(key, Scalar) or not isinstance(value, Scalar):
        return None
    if key.style is not Style.PLAIN or value.style.is_block or is_empty_plain(value):
        return None
    if key.properties is not None or value.properties is not None:
        return None
    text = key.source.text[key.start : value.end]
    return None if "\n" in text or "\r" in text else (key, value)


def without_dashes(work: Work, place: Place) -> tuple[Edit, ...] | None:
    """Make one mapping of a list of mappings: its keys come to stand where the dashes were.

    A name without anything under it gets what it must have.
    """
    node, shape = place.node, place.shape
    if not isinstance(node, Sequence) or node.is_flow or shape is None or place.entry is None:
        return None
    if tag_of(node) is not None:
        return None
    names: list[str] = []
    edits: list[Edit] = []
    source, step = node.source, work.habits.step
    for item in node.items:
        if not isinstance(item, Mapping | Scalar) or item.properties is not None:
            return None
        dash = _dash_before(item)
        if dash is None or (isinstance(item, Mapping) and item.is_flow):
            return None
        names += _names_in(item)
        inside, own = lines.column_of(source, item.start), lines.line_of(source, dash)
        outside, column = (lines.column_of(source, n) for n in (place.entry.key.start, dash))
        if column <= outside:
            column = inside
        elif (column - outside) % step:
            column = outside + step
        edits.append(Edit(source, Span(source.line_starts[own - 1], item.start), " " * column))
        if isinstance(item, Scalar):
            below = _what_is_below(item, shape.named, " " * (column + step))
            if below is None:
                return None
            edits += below
            continue
        try:
            last = lines.last_line(source, item.end)
            texts = lines.lines_in_texts([item])
            edits += levels.shift(source, own + 1, last, column - inside, texts)
        except CannotEdit:
            return None
    if len(set(names)) < len(names) or any(shape.child(name) is None for name in names):
        return None
    return tuple(edits)


def _names_in(item: Mapping | Scalar) -> list[str]:
    if isinstance(item, Scalar):
        return [item.text]
    return [entry.key.text for entry in item.entries if isinstance(entry.key, Scalar)]


def _what_is_below(name: Scalar, shape: Shape | None, blanks: str) -> list[Edit] | None:
    """Return the edits that make a key of a text, with what a key of this shape must have."""
    if shape is None or not _is_plain(name) or is_empty_plain(name):
        return None
    source = name.source
    edits = [Edit(source, Span(name.end, name.end), ":")]
    if shape.takes(Kind.NULL):
        return edits
    required = shape.keys[shape.required[0]] if len(shape.required) == 1 else None
    if required is None or not required.enum:
        return None
    end = source.line_span(lines.line_of(source, name.end)).end
    line = f"{lines.line_break(source)}{blanks}{shape.required[0]}: {required.enum[0]}"
    return [*edits, Edit(source, Span(end, end), line)]


def items_of_pairs(place: Place) -> tuple[Edit, ...] | None:
    """Make a list of keys with values: `- ./data:/data` for each `./data: /data`."""
    node = place.node
    if not isinstance(node, Mapping) or node.is_flow or properties_of(node) is not None:
        return None
    edits: list[Edit] = []
    for entry in node.entries:
        pair = _simple(entry.key, entry.value)
        if pair is None or not _ABSOLUTE.match(pair[1].text):
            return None
        edits += _joined(*pair, ":", before="- ")
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
    """Make a list of keys without values: `- name` for each `name:`, `[name]` of `{name: }`.

    They must be all that their block holds.
    """
    edits = []
    block = places[0].parent.node if places[0].parent is not None else None
    if not isinstance(block, Mapping):
        return None
    if block.is_flow:
        source, properties = block.source, block.properties
        start = properties.content_start if properties else block.start
        edits.append(Edit(source, Span(start, start + 1), "["))
        edits.append(Edit(source, Span(block.end - 1, block.end), "]"))
    for place in places:
        entry = place.entry
        if entry is None or not is_empty_plain(place.node) or not _is_plain(entry.key):
            return None
        source = place.node.source
        colon = _COLON.match(source.text, entry.key.end)
        if block.is_flow:
            end = colon.end() if colon else entry.key.end
            edits.append(Edit(source, Span(entry.key.end, end), ""))
        elif colon is None:
            return None
        else:
            edits.append(Edit(source, Span(entry.key.start, entry.key.start), "- "))
            edits.append(Edit(source, Span(entry.key.end, colon.end("sign")), ""))
    return tuple(edit for edit in edits if edit.text or len(edit.span))


def _is_plain(node: object) -> bool:
    return (
        isinstance(node, Scalar)
        and node.style is Style.PLAIN
        and node.properties is None
        and "\n" not in node.source.text[node.start : node.end]
    )
