"""Colons that are missing, stuck to what is around them, or another sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Mapping, Scalar
from tests.fixing.mistakes.allowed import allowed_at
from tests.fixing.mistakes.file import is_empty, is_plain, is_quoted
from tests.fixing.mistakes.mistake import Change, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.fixing.mistakes.file import File, Place


def _with_colon(file: File) -> Iterator[tuple[Place, int]]:
    for place in file.places:
        colon = file.colon(place)
        if colon is not None and file.is_line(place) and not is_quoted(place.entry.key):  # type: ignore[union-attr] # it has a colon
            yield place, colon


def _with_value_beside(file: File) -> Iterator[tuple[Place, int]]:
    """Yield the entries that have a value one blank behind the colon, all on one line."""
    for place, colon in _with_colon(file):
        if place.node.start == colon + 2 and file.is_one_line(place) and len(place.path) > 1:
            is_simple = is_quoted(place.node) or is_plain(place.node)
            if is_simple or not isinstance(place.node, Scalar):
                yield place, colon


def _is_clear(place: Place) -> bool:
    """Tell whether neighbours, or what Compose knows here, say that it is a key."""
    return place.siblings > 0 or place.name in allowed_at(place.path[:-1])


def no_blank_behind(file: File, random: Random) -> Iterator[Slip]:
    for place, colon in _with_value_beside(file):
        if place.name != "<<":
            change = Change(colon + 1, colon + 2, "")
            # Alone, it may make a text that is allowed as well: `build: context:.`.
            is_refused = True if place.siblings else None
            yield Slip((change,), _is_clear(place), (place.path[:-1],), is_refused)


def blank_before(file: File, random: Random) -> Iterator[Slip]:
    for place, colon in _with_colon(file):
        yield Slip((Change(colon, colon, " "),), True, (place.path,), is_refused=False)


def missing_before_a_value(file: File, random: Random) -> Iterator[Slip]:
    for place, colon in _with_value_beside(file):
        if place.name in allowed_at(place.path[:-1]):
            change = Change(colon, colon + 1, "")
            is_refused = True if place.siblings else None
            yield Slip((change,), True, (place.path[:-1],), is_refused)


def missing_before_a_block(file: File, random: Random) -> Iterator[Slip]:
    for place, colon in _with_colon(file):
        is_block = not isinstance(place.node, Scalar) and place.node.start > file.line_end(colon)
        is_known = place.name in allowed_at(place.path[:-1]) or len(place.path) == 2
        if is_block and is_known and file.line_end(colon) == colon + 1:
            change = Change(colon, colon + 1, "")
            yield Slip((change,), True, (place.path,), is_refused=True)


def equals_sign(file: File, random: Random) -> Iterator[Slip]:
    for place, colon in _with_value_beside(file):
        sign = random.choice(("=", " = "))
        if place.name != "<<":
            change = Change(colon, colon + 2, sign)
            is_refused = True if place.siblings else None
            yield Slip((change,), _is_clear(place), (place.path[:-1],), is_refused)


def pair_in_a_list_of_keys(file: File, random: Random) -> Iterator[Slip]:
    """Write a variable as `- A=b` among others that are `A: b`."""
    for place, colon in _with_value_beside(file):
        if place.path[-2:-1] == ("environment",) and place.siblings > 1 and is_plain(place.node):
            changes = (Change(place.start, place.start, "- "), Change(colon, colon + 2, "="))
            yield Slip(changes, True, (place.path[:-1],), is_refused=True)


def another_blank(file: File, random: Random) -> Iterator[Slip]:
    """Write a non-breaking blank behind the colon."""
    for place, colon in _with_value_beside(file):
        change = Change(colon + 1, colon + 2, "\u00a0")
        is_alone = place.siblings == 0
        if place.name != "<<":
            yield Slip((change,), _is_clear(place), (place.path[:-1],), None if is_alone else True)


def value_gone_to_the_next_key(file: File, random: Random) -> Iterator[Slip]:
    """Leave the line break between two entries out."""
    for place, _ in _with_value_beside(file):
        parent = place.parent
        if not isinstance(parent, Mapping) or place.index == place.siblings:
            continue
        following = parent.entries[place.index + 1]
        if (
            file.is_last_in_line(place)
            and file.next_line(place.end) == file.line_start(following.start)
            and is_plain(place.node)
            and not is_empty(following.value)
        ):
            change = Change(place.end, following.start, " ")
            name = getattr(following.key, "text", "")
            are_known = {place.name, name} <= allowed_at(place.path[:-1])
            paths = ((*place.path[:-1], name), place.path)
            yield Slip((change,), are_known, paths, is_refused=True)


SLIPS = {
    "colon: no blank behind it": no_blank_behind,
    "colon: blank before it": blank_before,
    "colon: missing before a value": missing_before_a_value,
    "colon: missing before a block": missing_before_a_block,
    "colon: equals sign": equals_sign,
    "colon: - A=b among keys": pair_in_a_list_of_keys,
    "colon: non-breaking blank": another_blank,
    "colon: two entries on one line": value_gone_to_the_next_key,
}
