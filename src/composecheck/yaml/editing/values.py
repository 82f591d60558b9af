"""Setting a value: writing another one in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from composecheck.expressions import expression
from composecheck.finding import Edit
from composecheck.source import Span
from composecheck.yaml.editing import lines
from composecheck.yaml.editing.change import Change, Touched
from composecheck.yaml.editing.data import check_data, is_same
from composecheck.yaml.editing.habits import habits_of, quoting_of
from composecheck.yaml.editing.joining import joined
from composecheck.yaml.editing.lines import text_block
from composecheck.yaml.editing.refusal import CannotEdit, named
from composecheck.yaml.editing.rendering import Hand, in_flow, of_item, of_key
from composecheck.yaml.editing.spots import check_keys, check_own, check_unused, locate
from composecheck.yaml.nodes import Alias, Mapping, Scalar, Sequence, Style, properties_of
from composecheck.yaml.structure import is_merge

if TYPE_CHECKING:
    from composecheck.yaml import Document
    from composecheck.yaml.editing.rendering import Written
    from composecheck.yaml.editing.spots import Place, Spot
    from composecheck.yaml.nodes import Node

_INDICATORS = expression(r"[|>][-+0-9]*")


def setting(document: Document, place: Place, value: object) -> Change:
    """Return the change that writes `value` (plain data) in place of the value at `place`.

    No change if it is there already. Raises CannotEdit if that is not possible without touching
    something else, and TypeError if `value` is no plain data.
    """
    check_data(value)
    spot = locate(document, place)
    if spot.parent is None:
        raise CannotEdit("The whole file cannot be replaced; that would be another file.")
    if is_same(spot.node, value):
        return Change()
    check_own(spot)
    check_unused(spot)
    _check_untagged(spot)
    check_not_merging(spot)
    edits = write_over(spot, value)
    path = spot.path
    if _may_hold_comments(spot.node):
        return Change(edits, Touched(deleted=(path,), inserted=(path,)))
    return Change(edits, Touched(changed=(path,)))


def check_not_merging(spot: Spot) -> None:
    """Raise CannotEdit if what is at `spot` is merged by `<<`, or is in the list of what is."""
    above = spot.above.entry if spot.above is not None and spot.entry is None else None
    if any(entry is not None and is_merge(entry) for entry in (spot.entry, above)):
        raise CannotEdit('What "<<" merges can only be another place of the file, no new value.')


def _may_hold_comments(node: Node) -> bool:
    return isinstance(node, Mapping | Sequence)


def _check_untagged(spot: Spot) -> None:
    properties = properties_of(spot.node)
    if properties is not None and properties.tag_span is not None:
        tag = spot.source.slice(properties.tag_span)
        raise CannotEdit(
            f'The value at {named(spot.path)} has the tag "{tag}", which says how to read it. Take'
            " the tag away first."
        )


def write_over(spot: Spot, value: object) -> tuple[Edit, ...]:
    """Return the edits that write `value` in place of what is at `spot`, which has a parent."""
    hand = _hand(spot)
    parent = spot.parent
    assert parent is not None
    if parent.is_flow:
        return (_write_in_flow(spot, in_flow(value, hand)),)
    assert spot.above is not None
    check_keys(spot.above)
    old = old_place(spot)
    try:
        return put_over(spot, old, _render(spot, value, hand))
    except CannotEdit:
        # A block of text would swallow what stands below it; in quotes it does not.
        return put_over(spot, old, _render(spot, value, replace(hand, has_blocks=False)))


def _hand(spot: Spot) -> Hand:
    node, parent, source = spot.node, spot.parent, spot.source
    near = parent if isinstance(parent, Mapping) else None
    style = Style.PLAIN
    if isinstance(node, Scalar) and not node.style.is_block and node.start < node.end:
        style = node.style
    elif isinstance(parent, Mapping):
        style = quoting_of([entry.value for entry in parent.entries])
    elif isinstance(parent, Sequence):
        style = quoting_of(list(parent.items))
    key_style = Style.PLAIN
    if parent is not None and parent.is_flow and isinstance(parent, Mapping):
        key_style = quoting_of([entry.key for entry in parent.entries])
    return Hand(source, habits_of(spot.document, near), style, key_style)


def _render(spot: Spot, value: object, hand: Hand) -> Written:
    source, span = spot.source, lines.span_of(spot)
    column = lines.column_of(source, span.start)
    if spot.entry is not None:
        return of_key(value, column, hand)
    begin = _begin(spot.node)
    is_beside = lines.line_of(source, begin) == lines.line_of(source, span.start)
    content = column + 1 + hand.habits.dash_gap
    if is_beside and begin > span.start + 1:
        content = lines.column_of(source, begin)
    return of_item(value, column, content, hand)


def _write_in_flow(spot: Spot, text: str) -> Edit:
    node, source = spot.node, spot.source
    span = Span(_begin(node), node.end)
    if len(span):
        return Edit(source, span, text)
    entry = spot.entry
    has_colon = entry is None or source.text[entry.key.end : node.end].rstrip().endswith(":")
    before = "" if source.text[span.start - 1] in " \t\r\n[" else " "
    return Edit(source, span, f"{before}{text}" if has_colon else f": {text}")


def _begin(node: Node) -> int:
    properties = properties_of(node)
    return properties.content_start if properties is not None else node.start


class OldPlace(Struct, frozen=True):
    """Where a value stands: what of it is on the line of its key or dash, and its lines below.

    `header` is the offset behind colon or dash, tag and anchor; `last` the line on which it ends.
    `body` are line numbers (from 1), both ends included, or None. `apart` is the value itself, if
    it begins on a line below its key and is no block.
    """

    header: int
    head: Span
    body: tuple[int, int] | None
    last: int
    apart: Span | None = None


def old_place(spot: Spot) -> OldPlace:
    """Return where the value at `spot` stands, in a parent in block style."""
    source, node = spot.source, spot.node
    header, begin, end = lines.header_end(spot), _begin(node), node.end
    own, last = lines.line_of(source, header), lines.last_line(source, node.end)
    if begin >= end:
        return OldPlace(header, Span(header, header), None, own)
    is_block = isinstance(node, Mapping | Sequence) and not node.is_flow
    if lines.line_of(source, begin) > own:
        if not is_block and "#" in source.text[header:begin]:
            raise CannotEdit(
                f"There is a comment between {named(spot.path)} and its value on a line below."
            )
        apart = None if is_block or text_block(node) else Span(begin, end)
        return OldPlace(header, Span(header, header), (own + 1, last), last, apart)
    if is_block:
        stop = end if own == last else source.line_span(own).end
        return OldPlace(header, Span(begin, stop), (own + 1, last) if own < last else None, last)
    if isinstance(node, Scalar) and node.style.is_block:
        match = _INDICATORS.match(source.text, begin)
        stop = match.end() if match else begin
        return OldPlace(header, Span(begin, stop), (own + 1, last) if own < last else None, last)
    return OldPlace(header, Span(begin, end), None, last)


def put_over(spot: Spot, old: OldPlace, new: Written) -> tuple[Edit, ...]:
    """Return the edits that put `new` in the place of the value at `spot`."""
    source, text = spot.source, spot.source.text
    lines.check_not_swallowed(source, new.ends_in, old.last + 1)
    if old.apart is not None and new.head and not new.body:
        return (Edit(source, old.apart, new.head),)
    if not isinstance(spot.node, Mapping | Sequence) and old.body is not None:
        _check_no_comment(spot, old)
    edits = []
    if new.head:
        before = "" if text[old.head.start - 1] in " \t" else " "
        edits.append(Edit(source, old.head, before + new.head))
    elif old.header < old.head.end:
        edits.append(Edit(source, Span(old.header, old.head.end), ""))
    needs_break = new.ends_in is not None and new.ends_in.has_break
    if old.body is None:
        if new.body:
            below = lines.line_of(source, old.head.end)
            edits.append(lines.paste(source, below, list(new.body), needs_break=needs_break))
    elif new.body:
        start = source.line_span(old.body[0] - 1).end
        end = source.line_span(old.body[1]).end
        ending = lines.line_break(source)
        body = "".join(ending + line for line in new.body)
        if needs_break and end == len(text):
            body += ending
        edits.append(Edit(source, Span(start, end), body))
    else:
        edits.append(lines.cut(source, *old.body))
    return joined(edits)


def _check_no_comment(spot: Spot, old: OldPlace) -> None:
    """Raise CannotEdit if a comment stands behind a value, or its `|`, on a line below its key."""
    source, node = spot.source, spot.node
    begin = _begin(node)
    own = lines.line_of(source, begin)
    if own == lines.line_of(source, old.header):
        return
    block = text_block(node)
    place = begin if block is not None else node.end
    line = lines.line_of(source, place)
    if "#" in source.text[place : source.line_span(line).end]:
        raise CannotEdit(
            f"There is a comment behind the value at {named(spot.path)}, on a line below its key."
        )


def is_empty(node: Node) -> bool:
    """Whether `node` has nothing in it yet: `{}`, `[]`, or no value at all."""
    if isinstance(node, Alias):
        return False
    if isinstance(node, Scalar):
        return node.style is Style.PLAIN and node.text in ("", "~", "null", "Null", "NULL")
    return not (node.entries if isinstance(node, Mapping) else node.items)
