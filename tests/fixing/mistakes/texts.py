"""Slips in the little languages of Compose: paths, variables, assignments, ports, dependencies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Mapping, Scalar
from tests.fixing.mistakes.file import ASSIGNMENT, is_plain, shifted
from tests.fixing.mistakes.mistake import Change, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.fixing.mistakes.file import File, Place


def _texts(file: File) -> Iterator[tuple[Place, Scalar]]:
    """Yield the values in services that are written on one line."""
    for place in file.places:
        node = place.node
        if place.path[0] == "services" and isinstance(node, Scalar) and file.is_one_line(place):
            yield place, node


def _is_item_of(place: Place, key: str) -> bool:
    return place.entry is None and len(place.path) == 4 and place.path[2] == key


def path_without_dot(file: File, random: Random) -> Iterator[Slip]:
    for place, node in _texts(file):
        match = re.match(r"\./\w[\w.-]*/[\w./-]*:/", node.text)
        if match and _is_item_of(place, "volumes"):
            at = file.text.index("./", node.start)
            yield Slip((Change(at, at + 2, ""),), True, (place.path,), is_refused=True)


def default_without_dash(file: File, random: Random) -> Iterator[Slip]:
    for place, node in _texts(file):
        for match in re.finditer(r"\$\{\w+(:-)[\w./-]+\}", file.text[node.start : node.end]):
            at = node.start + match.end(1) - 1
            if not file.text.startswith("$", node.start + match.start() - 1):
                yield Slip((Change(at, at + 1, ""),), True, (place.path,), is_refused=True)


def brace_not_closed(file: File, random: Random) -> Iterator[Slip]:
    for place, node in _texts(file):
        match = re.search(r"(?<!\$)\$\{\w+(?::-[\w./-]+)?(\})['\"]?$", file.text[: node.end])
        if match and match.start() >= node.start:
            at = match.start(1)
            yield Slip((Change(at, at + 1, ""),), True, (place.path,), is_refused=True)


def dollar_halved(file: File, random: Random) -> Iterator[Slip]:
    """Make `$NAME` of `$$NAME`: it may be a variable of the shell, or of Compose."""
    for place, node in _texts(file):
        for match in re.finditer(r"\$\$(?=[A-Za-z_{])", file.text[node.start : node.end]):
            at = node.start + match.start()
            yield Slip((Change(at, at + 1, ""),), False, (place.path,))


def local_host_as_address(file: File, random: Random) -> Iterator[Slip]:
    for place, node in _texts(file):
        if _is_item_of(place, "ports") and node.text.startswith("127.0.0.1:"):
            at = file.text.index("127.0.0.1", node.start)
            change = Change(at, at + len("127.0.0.1"), "localhost")
            yield Slip((change,), node.text.count(":") == 2, (place.path,), is_refused=True)


def _assignments(file: File, *, least: int = 1) -> Iterator[tuple[Place, int]]:
    """Yield the variables in lists, such as `A=b`, and where the sign stands."""
    for items in file.block_lists:
        path = items[0].path[:-1]
        if len(path) != 3 or path[2] != "environment" or len(items) < least:
            continue
        for place in items:
            text = file.text[place.start : place.end]
            if is_plain(place.node) and ASSIGNMENT.fullmatch(text):
                yield place, place.start + text.index("=")


def colon_for_equals(file: File, random: Random) -> Iterator[Slip]:
    for place, sign in _assignments(file, least=2):
        yield Slip((Change(sign, sign + 1, ": "),), True, (place.path,), is_refused=True)


def blank_behind_equals(file: File, random: Random) -> Iterator[Slip]:
    for place, sign in _assignments(file):
        yield Slip((Change(sign + 1, sign + 1, " "),), True, (place.path,), is_refused=False)


def blank_before_equals(file: File, random: Random) -> Iterator[Slip]:
    for place, sign in _assignments(file):
        yield Slip((Change(sign, sign, " "),), True, (place.path,), is_refused=True)


def _conditions(file: File) -> Iterator[tuple[Place, Place]]:
    """Yield the dependencies that have nothing but a condition on a line of its own."""
    for place in file.places:
        if place.path[2:3] == ("depends_on",) and len(place.path) == 5 and not place.siblings:
            above = file.get(*(str(key) for key in place.path[:-1]))
            if place.name == "condition" and above is not None and file.is_line(place):
                yield above, place


def no_condition(file: File, random: Random) -> Iterator[Slip]:
    for above, place in _conditions(file):
        start, end = file.line_start(place.start), file.next_line(place.end)
        is_exact = isinstance(place.node, Scalar) and place.node.text == "service_started"
        if file.is_one_line(place) and "#" not in file.text[start:end] and file.is_line(above):
            change = Change(start, end, "")
            yield Slip((change,), is_exact, (above.path,), is_refused=True)


def dependencies_with_dashes(file: File, random: Random) -> Iterator[Slip]:
    """Write `- db:` with its condition below, as if it were a list."""
    for place in file.in_service:
        node = place.node
        if place.name != "depends_on" or not isinstance(node, Mapping) or node.is_flow:
            continue
        inner = [other for other in file.places if other.path[:-1] == place.path]
        changes = []
        for dependency in inner:
            start, end = file.next_line(dependency.start), file.next_line(dependency.end)
            lines = shifted(file.text[start:end], 2)
            if not file.is_line(dependency) or start == end or lines is None:
                break
            changes += [Change(dependency.start, dependency.start, "- "), Change(start, end, lines)]
        if len(changes) == 2 * len(inner):
            yield Slip(tuple(changes), True, (place.path,), is_refused=True)


SLIPS = {
    "text: path without ./": path_without_dot,
    "text: ${X:default}": default_without_dash,
    "text: ${X without }": brace_not_closed,
    "text: $ for $$": dollar_halved,
    "text: localhost for 127.0.0.1": local_host_as_address,
    "text: - A: b in a list": colon_for_equals,
    "text: - A= b": blank_behind_equals,
    "text: - A =b": blank_before_equals,
    "text: dependency without condition": no_condition,
    "text: dependencies with dashes": dependencies_with_dashes,
}
