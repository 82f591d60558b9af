"""Fixes of a key that stands twice in the same place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.finding import Edit, Fix, Safety
from composecheck.source import Span
from composecheck.yaml.editing import CannotEdit, levels, lines
from composecheck.yaml.mistakes.cause import shown
from composecheck.yaml.nodes import Alias, Mapping, Scalar, Sequence, properties_of
from composecheck.yaml.structure import is_merge, key_name
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from composecheck.source import Source
    from composecheck.yaml.nodes import Entry, Node

_ONE_COMMAND = frozenset(("command", "entrypoint"))
"""Keys whose list is one thing: two of them say two things."""


class _Lines(Struct, frozen=True):
    """The lines of an entry, from 1, comments included as in `editing.lines`; its column, from 0.

    `is_bare` says that no comment is behind it.
    """

    first: int
    own: int
    bare_last: int
    last: int
    column: int
    is_bare: bool


def remedy_of_duplicate(mapping: Mapping, first: Entry, second: Entry) -> Fix | None:
    """Return the fix of a key that `mapping` has twice, or None if it is not clear what is meant.

    The second goes if it says the same. Lists, or keys with values that do not clash, are put
    together: that is a guess, since one of the two may be a leftover.
    """
    if mapping.is_flow or is_merge(first) or not isinstance(second.key, Scalar):
        return None
    if any(_has_properties(node) for node in (*walk(first.value), *walk(second.value))):
        return None
    source = mapping.source
    old, new = _lines_of(source, first), _lines_of(source, second)
    if old is None or new is None:
        return None
    name = shown(key_name(second))
    if _written(source, first) == _written(source, second):
        if not new.is_bare or new.first < new.own or new.bare_last < new.last:
            return None  # a comment would go, or come to be about something else
        return Fix(
            f"Remove the second {name}", Safety.SAFE, (lines.cut(source, new.own, new.last),)
        )
    try:
        edits = _joined(mapping, (first, old), (second, new))
    except CannotEdit:
        return None
    return None if edits is None else Fix(f"Put both {name} together", Safety.UNSAFE, edits)


def _has_properties(node: Node) -> bool:
    return isinstance(node, Alias) or properties_of(node) is not None


def _lines_of(source: Source, entry: Entry) -> _Lines | None:
    """Return the lines of an entry; None if another one stands on them."""
    own = lines.line_of(source, entry.start)
    start = source.line_span(own).start
    last = lines.last_line(source, entry.span.end)
    behind = source.text[entry.span.end : max(entry.span.end, source.line_span(last).end)].strip()
    if source.text[start : entry.start].strip(" ") or (behind and not behind.startswith("#")):
        return None
    column = entry.start - start
    first = lines.first_comment(source, own, column, 0)
    end = lines.last_comment(source, last, column, stays_apart=False)
    return _Lines(first, own, last, end, column, is_bare=not behind)


def _written(source: Source, entry: Entry) -> str:
    return source.text[entry.key.end : entry.span.end]


_Found = tuple["Entry", _Lines]


def _joined(mapping: Mapping, first: _Found, second: _Found) -> tuple[Edit, ...] | None:
    """Return the edits that bring what stands under the second key under the first."""
    source = mapping.source
    (one, old), (other, new) = first, second
    if not _may_be_one(one, other):
        return None
    if isinstance(one.value, Sequence) and one.value.is_flow:
        if old.own != old.bare_last or new.first != new.last or not new.is_bare:
            return None
        inside = source.text[other.value.start + 1 : other.value.end - 1].strip()
        before = source.text[one.value.start : one.value.end - 1].rstrip()
        at = one.value.start + len(before)
        put = Edit(source, Span(at, at), f", {inside}")
        return (put, lines.cut(source, new.own, new.last))
    if source.text[other.key.end : source.line_span(new.own).end].strip() != ":":
        return None  # a comment stands behind the key
    columns = [lines.column_of(source, entry.value.start) for entry in (one, other)]
    is_next = mapping.entries.index(other) == mapping.entries.index(one) + 1
    if is_next and columns[0] == columns[1]:
        above = levels.shift(source, new.first, new.own - 1, columns[0] - new.column)
        return (*above, lines.cut(source, new.own, new.own))
    lines.check_end(source, one.value, old.last)
    texts = lines.lines_in_texts([other.value])
    by = columns[0] - columns[1]
    body = lines.shifted_lines(source, new.first, new.own - 1, columns[0] - new.column, texts)
    body += lines.shifted_lines(source, new.own + 1, new.last, by, texts)
    block = lines.text_block(one.value)
    lines.check_not_swallowed(source, block, old.last + 1)
    paste = lines.paste(source, old.last, body)
    return (paste, lines.cut(source, new.first, new.last))


def _may_be_one(one: Entry, other: Entry) -> bool:
    """Whether both values are lists, or both keys with values, that do not clash."""
    value, its = one.value, other.value
    if isinstance(value, Sequence) and isinstance(its, Sequence):
        texts = [item.text for item in (*value.items, *its.items) if isinstance(item, Scalar)]
        return (
            value.is_flow is its.is_flow
            and bool(value.items and its.items)
            and len(set(texts)) == len(texts)
            and _may_go_on(key_name(one), *texts[:1], *texts[len(value.items) :][:1])
        )
    if isinstance(value, Mapping) and isinstance(its, Mapping):
        names = [key_name(entry) for entry in (*value.entries, *its.entries)]
        return not value.is_flow and not its.is_flow and len(set(names)) == len(names)
    return False


def _may_go_on(name: str, first: str = "", second: str = "") -> bool:
    """Whether a list that begins with `second` can be the rest of one that begins with `first`."""
    if name == "test":
        return first.startswith("CMD") and not second.startswith(("CMD", "NONE"))
    return name not in _ONE_COMMAND
