"""Lines that are a blank too far to the right or to the left, and tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Mapping, Scalar, Sequence
from tests.fixing.mistakes.allowed import allowed_at
from tests.fixing.mistakes.file import is_empty, is_quoted, shifted
from tests.fixing.mistakes.mistake import Change, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from composecheck.yaml.nodes import Node
    from tests.fixing.mistakes.file import File, Place


def _before(place: Place) -> Node | None:
    parent = place.parent
    if place.index == 0:
        return None
    return (
        parent.entries[place.index - 1].value
        if isinstance(parent, Mapping)
        else parent.items[place.index - 1]
    )


def _last_part(node: Node | None) -> Node | None:
    while isinstance(node, Sequence | Mapping) and not node.is_flow:
        parts = node.items if isinstance(node, Sequence) else [e.value for e in node.entries]
        node = parts[-1]
    return node


def _lines(file: File, place: Place, by: int) -> Slip | None:
    start, end = file.line_start(place.start), file.next_line(place.end)
    lines = shifted(file.text[start:end], by)
    if lines is None:
        return None
    return Slip((Change(start, end, lines),), True, (place.path,), is_refused=True)


def entry_one_deeper(file: File, random: Random) -> Iterator[Slip]:
    for place in file.places:
        before = _before(place)
        if before is None or not file.is_line(place):
            continue
        last = _last_part(before)
        if is_empty(before) or (isinstance(last, Scalar) and last.style.is_block):
            continue  # it becomes a part of what is above
        if isinstance(before, Mapping) and not before.is_flow:
            if file.column(before.start) <= file.column(place.start) + 1:
                continue
            if place.name not in allowed_at(place.path[:-1]):
                continue  # it may as well belong to what is above
        slip = _lines(file, place, 1)
        if slip is not None:
            yield slip


def entry_one_shallower(file: File, random: Random) -> Iterator[Slip]:
    for place in file.places:
        if place.index == 0 or not file.is_line(place) or len(place.path) < 2:
            continue
        above = file.get(*(str(key) for key in place.path[:-1]))
        if above is None or file.column(above.start) >= file.column(place.start) - 1:
            continue
        slip = _lines(file, place, -1)
        if slip is not None:
            yield slip


def item_one_deeper(file: File, random: Random) -> Iterator[Slip]:
    for items in file.block_lists:
        for place in items[1:]:
            before = _before(place)
            slip = _lines(file, place, 1)
            if slip is None or not isinstance(before, Scalar) or before.style.is_block:
                continue
            # Behind text without quotes, the line goes on with that text: `a - b`.
            is_refused = True if is_quoted(before) else None
            yield Slip(slip.changes, True, slip.paths, is_refused)


def item_one_shallower(file: File, random: Random) -> Iterator[Slip]:
    for items in file.block_lists:
        above = file.get(*(str(key) for key in items[0].path[:-1]))
        for place in items[1:]:
            slip = _lines(file, place, -1)
            dash = file.column(place.start) - 2
            if slip is not None and above is not None and file.column(above.start) < dash:
                yield slip


def _tab_lines(file: File, place: Place, tabs: int) -> Change:
    start = file.line_start(place.start)
    indentation = file.column(place.start) if place.entry else file.column(place.start) - 2
    return Change(start, start + indentation, "\t" * tabs)


def tab_before_a_line(file: File, random: Random) -> Iterator[Slip]:
    """Write the indentation of one entry with tabs, among neighbours that have blanks."""
    for place in file.places:
        if not place.index or not file.is_line(place) or not isinstance(place.node, Scalar):
            continue
        last = _last_part(_before(place))
        is_text = isinstance(last, Scalar) and (last.style.is_block or is_empty(last))
        if file.is_one_line(place) and file.column(place.start) and not is_text:
            change = _tab_lines(file, place, random.choice((1, len(place.path) - 1)))
            yield Slip((change,), True, (place.path,), is_refused=True)


def tabs_everywhere(file: File, random: Random) -> Iterator[Slip]:
    """Write all indentation of a file with tabs: how deep a step was is lost."""
    changes = []
    for place in file.places:
        is_entry = file.is_line(place) and file.column(place.start) > 0
        if is_entry or (place.entry is None and not place.is_in_flow and file.has_dash(place)):
            changes.append(_tab_lines(file, place, len(place.path) - 1))
    if len(changes) > 1:
        yield Slip(tuple(changes), False, ((),), is_refused=True)


def no_break_blank_before_a_line(file: File, random: Random) -> Iterator[Slip]:
    for place in file.places:
        start = file.line_start(place.start)
        if place.index and file.is_line(place) and file.is_one_line(place) and place.start > start:
            change = Change(start, place.start, "\u00a0" * (place.start - start))
            yield Slip((change,), True, (place.path,))


SLIPS = {
    "indentation: entry one blank too deep": entry_one_deeper,
    "indentation: entry one blank too shallow": entry_one_shallower,
    "indentation: item one blank too deep": item_one_deeper,
    "indentation: item one blank too shallow": item_one_shallower,
    "indentation: tab before a line": tab_before_a_line,
    "indentation: tabs everywhere": tabs_everywhere,
    "indentation: non-breaking blanks": no_break_blank_before_a_line,
}
