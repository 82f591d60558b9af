"""Blocks that stand a level too deep or too shallow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Alias, Mapping, Scalar, Sequence
from tests.fixing.mistakes.allowed import allowed_at
from tests.fixing.mistakes.file import is_empty, shifted
from tests.fixing.mistakes.mistake import Change, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from composecheck.finding import Path
    from composecheck.yaml.nodes import Entry, Node
    from tests.fixing.mistakes.file import File, Place


def _moved(
    file: File, place: Place, by: int, paths: tuple[Path, ...], *, is_exact: bool
) -> Iterator[Slip]:
    start, end = file.block(place)
    lines = shifted(file.text[start:end], by)
    above = file.text[file.line_start(max(start - 1, 0)) : start]
    # A comment above that stays where it is may belong to the block, or to what was before it.
    is_exact = is_exact and not above.lstrip().startswith("#")
    if lines is not None:
        yield Slip((Change(start, end, lines),), is_exact, paths, is_refused=True)


def _entry_before(place: Place) -> Entry | None:
    if place.index == 0 or not isinstance(place.parent, Mapping):
        return None
    return place.parent.entries[place.index - 1]


def _ends_in_mapping(node: Node) -> bool:
    while isinstance(node, Sequence) and not node.is_flow and node.items:
        node = node.items[-1]
    return isinstance(node, Mapping) and not node.is_flow


def _is_block_text(node: Node) -> bool:
    while isinstance(node, Sequence | Mapping) and not node.is_flow:
        parts = node.items if isinstance(node, Sequence) else [e.value for e in node.entries]
        node = parts[-1]
    return isinstance(node, Scalar) and node.style.is_block


def key_too_deep(file: File, random: Random) -> Iterator[Slip]:
    """Put a key of a service under the key before it."""
    for place in file.in_service:
        before = _entry_before(place)
        if before is None or _is_block_text(before.value) or is_empty(before.value):
            continue
        column = file.column(place.start)
        by = column - file.column(_service_of(file, place).start)
        path = (*place.path[:-1], before.key.text if isinstance(before.key, Scalar) else "")
        is_exact = True
        if isinstance(before.value, Mapping) and not before.value.is_flow:
            by = file.column(before.value.start) - column
            allowed = allowed_at(path)
            # Among variables or labels, any name may be meant.
            if not allowed or place.name in allowed:
                continue
        elif isinstance(before.value, Alias) or _ends_in_mapping(before.value):
            continue
        if by > 0:
            yield from _moved(file, place, by, (place.path, path), is_exact=is_exact)


def _service_of(file: File, place: Place) -> Place:
    return next(service for service in file.services if service.path == place.path[:2])


def key_in_free_form(file: File, random: Random) -> Iterator[Slip]:
    """Put a key of a service among the variables or labels before it: Compose may take that."""
    for place in file.in_service:
        before = _entry_before(place)
        if before is None or not isinstance(before.value, Mapping) or before.value.is_flow:
            continue
        path = (*place.path[:-1], before.key.text if isinstance(before.key, Scalar) else "")
        by = file.column(before.value.start) - file.column(place.start)
        if by > 0 and path[-1] in ("environment", "labels") and not _is_block_text(before.value):
            for slip in _moved(file, place, by, (place.path, path), is_exact=False):
                yield Slip(slip.changes, slip.has_exact_remedy, slip.paths, None)


def key_too_shallow(file: File, random: Random) -> Iterator[Slip]:
    """Put a key of a service beside the services."""
    for place in file.in_service:
        service = _service_of(file, place)
        by = file.column(service.start) - file.column(place.start)
        if place.index == 0 or by >= 0 or place.name == "<<":
            continue
        is_section = isinstance(place.node, Mapping) and place.name in allowed_at(())
        # With more keys behind it, those seem to belong to what was moved.
        takes_more = isinstance(place.node, Mapping) or is_empty(place.node)
        is_exact = not is_section and not (place.index < place.siblings and takes_more)
        paths = (place.path, ("services", place.name))
        yield from _moved(file, place, by, paths, is_exact=is_exact)


def section_in_services(file: File, random: Random) -> Iterator[Slip]:
    """Put the section behind the services into them."""
    services = file.sections.get("services")
    if services is None or not file.services:
        return
    for place in file.sections.values():
        by = file.column(file.services[0].start)
        is_next = place.index == services.index + 1
        if is_next and place.name != "name" and isinstance(place.node, Mapping) and by > 0:
            paths = (place.path, ("services", place.name))
            yield from _moved(file, place, by, paths, is_exact=True)


def service_outside(file: File, random: Random) -> Iterator[Slip]:
    """Put the last service to the top level."""
    if len(file.services) < 2 or not file.is_line(file.services[-1]):
        return
    last = file.services[-1]
    if last.index == last.siblings and last.name not in allowed_at(()):
        paths = (last.path, (last.name,))
        yield from _moved(file, last, -file.column(last.start), paths, is_exact=True)


def _first_line_of_services(file: File) -> tuple[Place, int, int, bool] | None:
    """Return the section, where its first line is, and whether it is clear where that belongs."""
    section = file.sections.get("services")
    if section is None or not file.services or not file.is_line(section):
        return None
    start, end = file.line_start(section.start), file.next_line(section.start)
    if file.text[start:end].rstrip() != "services:" or file.column(file.services[0].start) == 0:
        return None
    is_first_service_next = end == file.line_start(section.node.start)
    above = file.text[file.line_start(max(start - 1, 0)) : start]
    is_clear = is_first_service_next and not above.lstrip().startswith("#")
    return section, start, end, is_clear


def no_line_of_services(file: File, random: Random) -> Iterator[Slip]:
    """Take the line `services:` away, and leave what is under it."""
    found = _first_line_of_services(file)
    if found is not None:
        section, start, end, is_clear = found
        before = _entry_before(section)
        # Below an extension, they become a part of that.
        is_clear = is_clear and (before is None or isinstance(before.value, Scalar))
        is_refused = True if is_clear else None
        yield Slip((Change(start, end, ""),), is_clear, (section.path, ()), is_refused)


def version_one(file: File, random: Random) -> Iterator[Slip]:
    """Take the line `services:` away, and put the services to the left."""
    found = _first_line_of_services(file)
    if found is None or len(file.sections) > 1:
        return
    section, start, end, is_clear = found
    column = file.column(file.services[0].start)
    last = file.next_line(section.end)
    lines = shifted(file.text[end:last], -column)
    steps = {file.column(place.start) - column for place in file.in_service}
    has_other = any(place.name in allowed_at(()) for place in file.services)
    if lines is not None and not has_other:
        paths = ((), section.path, *((service.name,) for service in file.services))
        is_exact = is_clear and steps == {column}
        yield Slip((Change(start, last, lines),), is_exact, paths, is_refused=True)


SLIPS = {
    "block: a service's key too deep": key_too_deep,
    "block: a service's key among variables": key_in_free_form,
    "block: a service's key too shallow": key_too_shallow,
    "block: section inside services": section_in_services,
    "block: service outside services": service_outside,
    "block: no line services:": no_line_of_services,
    "block: version-1 layout": version_one,
}
