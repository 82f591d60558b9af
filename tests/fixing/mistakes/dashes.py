"""Dashes that are missing, too many, or stuck to what follows."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Mapping, Scalar
from tests.fixing.mistakes.allowed import allowed_at
from tests.fixing.mistakes.file import is_plain, is_quoted
from tests.fixing.mistakes.mistake import Change, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.fixing.mistakes.file import File, Place

ONLY_LISTS = frozenset(
    ("ports", "volumes", "expose", "cap_add", "cap_drop", "devices", "security_opt", "configs")
)
"""Keys of a service whose value cannot be anything but a list."""


def _texts(file: File, *, least: int = 2) -> Iterator[tuple[Place, ...]]:
    """Yield lists of texts, each on one line that does not itself begin with a dash."""
    for items in file.block_lists:
        if len(items) >= least and all(
            isinstance(item.node, Scalar)
            and file.is_one_line(item)
            and not file.text.startswith(("-", "?"), item.start)
            for item in items
        ):
            yield items


def dash_dropped(file: File, random: Random) -> Iterator[Slip]:
    for items in _texts(file):
        for item in items:
            change = Change(item.start - 2, item.start, "")
            yield Slip((change,), True, (item.path[:-1],), is_refused=True)


def dash_replaced_by_blanks(file: File, random: Random) -> Iterator[Slip]:
    for items in _texts(file):
        for before, item in pairwise(items):
            # Text without quotes may go on in the next line.
            is_sure = is_quoted(before.node)
            change = Change(item.start - 2, item.start, "  ")
            yield Slip((change,), is_sure, (item.path[:-1],), True if is_sure else None)


def only_dash_dropped(file: File, random: Random) -> Iterator[Slip]:
    for item, *more in _texts(file, least=1):
        path = item.path[:-1]
        if not more and len(path) == 3 and path[0] == "services" and path[2] in ONLY_LISTS:
            change = Change(item.start - 2, item.start, "")
            yield Slip((change,), True, (path,), is_refused=True)


def dash_without_blank(file: File, random: Random) -> Iterator[Slip]:
    for items in _texts(file):
        for item in items:
            change = Change(item.start - 1, item.start, "")
            yield Slip((change,), True, (item.path[:-1],), is_refused=True)


def dash_before_a_key(file: File, random: Random) -> Iterator[Slip]:
    for place in file.places:
        if not file.is_line(place) or not file.is_one_line(place) or not place.siblings:
            continue
        # Where a list may stand as well, two or more neighbours must speak against it.
        is_clear = bool(allowed_at(place.path[:-1])) or place.siblings > 1
        if isinstance(place.node, Scalar):
            change = Change(place.start, place.start, "- ")
            yield Slip((change,), is_clear, (place.path[:-1],), is_refused=True)


def dashes_before_names(file: File, random: Random) -> Iterator[Slip]:
    """Write the names of a section as a list: `- data:`."""
    for section in file.sections.values():
        if not isinstance(section.node, Mapping) or section.node.is_flow:
            continue
        names = [place for place in file.places if place.path[:-1] == section.path]
        if section.name in ("volumes", "networks") and all(
            file.is_line(place) and file.is_one_line(place) and place.node.start == place.node.end
            for place in names
        ):
            changes = tuple(
                Change(
                    place.start,
                    place.end,
                    f"- {file.text[place.start : place.entry.key.end if place.entry else 0]}",
                )
                for place in names
                if file.colon(place) is not None
            )
            if changes and len(changes) == len(names):
                yield Slip(changes, True, (section.path,), is_refused=True)


def list_as_keys(file: File, random: Random) -> Iterator[Slip]:
    """Write mounts as keys with values: `./data: /data`."""
    for items in _texts(file, least=1):
        path = items[0].path[:-1]
        if len(path) != 3 or path[0] != "services" or path[2] != "volumes":
            continue
        if not _is_indented(file.text, items[0].start):
            continue  # without its dashes, it would be keys of the service
        pairs = [file.text[item.start : item.end].split(":") for item in items]
        sources = {pair[0] for pair in pairs}
        if all(is_plain(item.node) for item in items) and all(len(pair) == 2 for pair in pairs):
            changes = tuple(
                Change(item.start - 2, item.end, f"{source}: {target}")
                for item, (source, target) in zip(items, pairs, strict=True)
            )
            if len(sources) == len(items):
                yield Slip(changes, True, (path,), is_refused=True)


def _is_indented(text: str, start: int) -> bool:
    """Whether the dash before the item at `start` stands further right than the key above it."""
    *above, own = text[:start].splitlines()
    header = next(line for line in reversed(above) if line.strip().startswith("volumes"))
    return own.index("-") > len(header) - len(header.lstrip())


SLIPS = {
    "dash: dropped": dash_dropped,
    "dash: replaced by blanks": dash_replaced_by_blanks,
    "dash: dropped before the only item": only_dash_dropped,
    "dash: without blank": dash_without_blank,
    "dash: before a key": dash_before_a_key,
    "dash: names of a section as a list": dashes_before_names,
    "dash: mounts as keys with values": list_as_keys,
}
