"""Lists in brackets that lack a sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Scalar, Sequence
from tests.fixing.mistakes.file import is_quoted
from tests.fixing.mistakes.mistake import Change, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.fixing.mistakes.file import File, Place


def _lists(file: File) -> Iterator[tuple[Place, Sequence]]:
    """Yield the lists in brackets that stand on one line, behind a key, with nothing behind."""
    for place in file.places:
        node = place.node
        if (
            isinstance(node, Sequence)
            and node.is_flow
            and node.properties is None
            and len(node.items) > 1
            and all(isinstance(item, Scalar) for item in node.items)
            and file.is_line(place)
            and file.is_one_line(place)
            and file.is_last_in_line(place)
            and file.text[node.end - 2] != ","
        ):
            yield place, node


def not_closed(file: File, random: Random) -> Iterator[Slip]:
    for place, node in _lists(file):
        change = Change(node.end - 1, node.end, "")
        yield Slip((change,), True, (place.path,), is_refused=True)


def not_opened(file: File, random: Random) -> Iterator[Slip]:
    for place, node in _lists(file):
        change = Change(node.start, node.start + 1, "")
        yield Slip((change,), is_quoted(node.items[0]), (place.path,), is_refused=None)


def closed_by_the_other(file: File, random: Random) -> Iterator[Slip]:
    for place, node in _lists(file):
        change = Change(node.end - 1, node.end, random.choice("})"))
        yield Slip((change,), True, (place.path,), is_refused=True)


def comma_missing(file: File, random: Random) -> Iterator[Slip]:
    for place, node in _lists(file):
        for one, other in zip(node.items, node.items[1:], strict=False):
            between = file.text[one.end : other.start]
            if is_quoted(one) and is_quoted(other) and between.strip(" ") == ",":
                change = Change(one.end, one.end + between.index(",") + 1, "")
                yield Slip((change,), True, (place.path,), is_refused=True)


SLIPS = {
    "brackets: not closed": not_closed,
    "brackets: not opened": not_opened,
    "brackets: closed by another sign": closed_by_the_other,
    "brackets: comma missing": comma_missing,
}
