"""Names that do not fit each other, and definitions that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Alias, Mapping, Scalar
from composecheck.yaml.walk import walk
from tests.fixing.mistakes.file import is_empty
from tests.fixing.mistakes.mistake import Change, Slip
from tests.fixing.mistakes.nearness import is_nearest, slip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from composecheck.finding import Path
    from tests.fixing.mistakes.file import File, Place

_SECTION_OF = {
    "depends_on": "services",
    "networks": "networks",
    "volumes": "volumes",
    "secrets": "secrets",
    "configs": "configs",
}


def _uses(file: File, section: str) -> Iterator[tuple[Place, str, int]]:
    """Yield the places in services that name something of a section: the name, and where."""
    for place in file.places:
        if len(place.path) != 4 or place.path[0] != "services":
            continue
        if _SECTION_OF.get(str(place.path[2])) != section:
            continue
        key = place.node if place.entry is None else place.entry.key
        if not isinstance(key, Scalar) or key.style.is_block or key.properties:
            continue
        if place.entry is not None and section not in ("services", "networks"):
            continue
        name = key.text.partition(":")[0] if section == "volumes" else key.text
        at = file.text.find(name, key.start, key.end)
        if name and at >= 0:
            yield place, name, at


def _defined(file: File, section: str) -> dict[str, Place]:
    return {
        place.name: place
        for place in file.places
        if len(place.path) == 2 and place.path[0] == section
    }


def _is_always_on(file: File, path: Path) -> bool:
    return file.get("services", str(path[1]), "profiles") is None


def _free_slip(name: str, taken: set[str], random: Random) -> str | None:
    new = slip(name, random)
    if new == name or new in taken or not new[0].isalnum() or not new[-1].isalnum():
        return None
    return new


def misspelt_at_use(file: File, random: Random) -> Iterator[Slip]:
    for section in dict.fromkeys(_SECTION_OF.values()):
        defined = _defined(file, section)
        for place, name, at in _uses(file, section):
            new = _free_slip(name, {*defined, "default"}, random) if name in defined else None
            if new is None or len(name) < 2:
                continue
            is_exact = is_nearest(new, name, defined) and not _is_own(place, name)
            is_refused = True if _is_always_on(file, place.path) else None
            change = Change(at, at + len(name), new)
            yield Slip((change,), is_exact, (place.path, place.path[:-1]), is_refused)


def _is_own(place: Place, name: str) -> bool:
    return place.path[2] == "depends_on" and place.path[1] == name


def misspelt_at_definition(file: File, random: Random) -> Iterator[Slip]:
    """With two uses or more of one spelling, it is the definition that is odd."""
    for section in dict.fromkeys(_SECTION_OF.values()):
        defined = _defined(file, section)
        uses = list(_uses(file, section))
        for name, place in defined.items():
            using = [use for use, used, _ in uses if used == name]
            new = _free_slip(name, {*defined, "default"}, random)
            if not using or new is None or place.entry is None or place.is_in_flow:
                continue
            key = place.entry.key
            at = file.text.find(name, key.start, key.end)
            is_on = any(_is_always_on(file, use.path) for use in using)
            is_exact = len(using) > 1 and is_nearest(new, name, defined)
            paths = (place.path, (section, new), *(use.path for use in using))
            if at >= 0:
                change = Change(at, at + len(name), new)
                yield Slip((change,), is_exact, paths, True if is_on else None)


def definition_removed(file: File, random: Random) -> Iterator[Slip]:
    """Take away one of several entries of a section; with options or comments, those are lost."""
    for section in ("networks", "volumes", "secrets", "configs"):
        defined = _defined(file, section)
        using = list(_uses(file, section))
        for name, place in defined.items():
            users = [use for use, used, _ in using if used == name]
            start, end = file.line_start(place.start), file.next_line(place.end)
            if not users or not place.siblings or not file.is_line(place) or name == "default":
                continue
            lines = file.text[start:end]
            others = [other for other in defined.values() if other is not place]
            is_last = place.index == place.siblings
            is_bare = file.is_one_line(place) and is_empty(place.node)
            is_exact = is_last and is_bare and all(is_empty(other.node) for other in others)
            is_on = any(_is_always_on(file, use.path) for use in users)
            paths = (place.path, *(use.path for use in users))
            if "#" not in lines:
                yield Slip((Change(start, end, ""),), is_exact, paths, True if is_on else None)


def section_removed(file: File, random: Random) -> Iterator[Slip]:
    """Take away a section that is the last of the file, with the blank line before it."""
    for section in ("networks", "volumes", "secrets", "configs"):
        place = file.sections.get(section)
        used = {name for use, name, _ in _uses(file, section) if _is_always_on(file, use.path)}
        if place is None or not isinstance(place.node, Mapping) or not file.is_line(place):
            continue
        start, end = file.line_start(place.start), file.next_line(place.end)
        before = file.text[:start]
        blank = 2 * len(file.line_break)
        defined = _defined(file, section)
        if end != len(file.text) or not used & {*defined} or "#" in file.text[start:end]:
            continue
        is_apart = before.endswith(2 * file.line_break) and before[:-blank].strip() != ""
        # That sections are apart is seen only from others.
        others = [other for other in file.sections.values() if other is not place and other.index]
        are_apart = bool(others) and all(
            file.text[: file.line_start(other.start)].endswith(2 * file.line_break)
            for other in others
        )
        are_bare = all(
            is_empty(other.node) and other.name in used and file.is_line(other)
            for other in defined.values()
        )
        # Two names could stand in either order.
        is_exact = (
            is_apart
            and are_apart
            and are_bare
            and len(defined) == 1
            and _is_two_deep(file, defined)
        )
        start -= len(file.line_break) if is_apart else 0
        yield Slip((Change(start, end, ""),), is_exact, (place.path, ("services",)), True)


def _is_two_deep(file: File, defined: dict[str, Place]) -> bool:
    """Tell whether the names stand as deep as the services, and those apart from each other."""
    return bool(file.services) and all(
        file.column(place.start) == file.column(file.services[0].start)
        for place in defined.values()
    )


def alias_misspelt(file: File, random: Random) -> Iterator[Slip]:
    nodes = list(walk(file.root))
    names = {
        node.properties.anchor
        for node in nodes
        if not isinstance(node, Alias) and node.properties and node.properties.anchor
    }
    for node in nodes:
        if isinstance(node, Alias) and len(node.name) > 2 and file.text[node.end : node.end + 1]:
            new = _free_slip(node.name, names, random)
            if new is not None:
                is_exact = is_nearest(new, node.name, names)
                change = Change(node.start + 1, node.end, new)
                yield Slip((change,), is_exact, ((),), is_refused=True)


SLIPS = {
    "name: misspelt where it is used": misspelt_at_use,
    "name: misspelt where it is defined": misspelt_at_definition,
    "name: definition removed": definition_removed,
    "name: section removed": section_removed,
    "name: alias misspelt": alias_misspelt,
}
