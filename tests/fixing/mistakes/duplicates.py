"""What is written twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Scalar
from tests.fixing.mistakes.file import is_plain
from tests.fixing.mistakes.mistake import Change, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.fixing.mistakes.file import File, Place

_SETS = frozenset(("ports", "expose", "networks", "depends_on", "cap_add", "cap_drop", "secrets"))
"""Lists in which it makes no sense to say the same twice."""


def _whole_lines(file: File) -> Iterator[tuple[Place, str]]:
    """Yield the entries that are one line without a comment, with that line."""
    for place in file.places:
        end = file.next_line(place.end)
        is_simple = isinstance(place.node, Scalar) and place.node.properties is None
        if (
            is_simple
            and file.is_line(place)
            and file.is_one_line(place)
            and file.is_last_in_line(place)
            and file.text.endswith("\n", 0, end)
            and len(place.path) > 2
        ):
            yield place, file.text[file.line_start(place.start) : end]


def entry(file: File, random: Random) -> Iterator[Slip]:
    for place, line in _whole_lines(file):
        at = file.next_line(place.end)
        yield Slip((Change(at, at, line),), True, (place.path,), is_refused=True)


def entry_with_another_value(file: File, random: Random) -> Iterator[Slip]:
    for place, line in _whole_lines(file):
        if is_plain(place.node) and place.node.end - place.node.start > 1:
            at = file.next_line(place.end)
            cut = line.rstrip("\r\n")
            other = f"{cut}2{line[len(cut) :]}"
            yield Slip((Change(at, at, other),), False, (place.path,), is_refused=True)


def key_over_each_half(file: File, random: Random) -> Iterator[Slip]:
    """Write the key of a list again in the middle of it."""
    for items in file.block_lists:
        above = file.get(*(str(key) for key in items[0].path[:-1]))
        if len(items) < 2 or above is None or not file.is_line(above):
            continue
        key_line = file.text[file.line_start(above.start) : file.next_line(above.start)]
        item = random.choice(items[1:])
        is_bare = key_line.strip() == f"{above.name}:" and not file.is_one_line(above)
        at = file.line_start(item.start)
        if is_bare and not file.text[file.line_start(at - 1) : at].lstrip().startswith("#"):
            yield Slip((Change(at, at, key_line),), True, (above.path,), is_refused=True)


def item(file: File, random: Random) -> Iterator[Slip]:
    for items in file.block_lists:
        path = items[0].path[:-1]
        for place in items if len(path) == 3 and path[2] in _SETS else ():
            end = file.next_line(place.end)
            line = file.text[file.line_start(place.start) : end]
            if isinstance(place.node, Scalar) and file.is_last_in_line(place) and line[-1] == "\n":
                is_refused = True if path[2] in ("networks", "depends_on") else None
                yield Slip((Change(end, end, line),), True, (path,), is_refused)


SLIPS = {
    "twice: entry": entry,
    "twice: entry with another value": entry_with_another_value,
    "twice: key over each half of a list": key_over_each_half,
    "twice: item": item,
}
