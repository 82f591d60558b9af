"""Quotes that are missing, left open, or not those of YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Scalar, Style
from composecheck.yaml.scalars import resolve
from tests.fixing.mistakes.file import is_plain, is_quoted
from tests.fixing.mistakes.mistake import Change, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.fixing.mistakes.file import File, Place

_NEVER_FIRST = "@`%"
_TEXTS_THAT_ARE_NUMBERS = frozenset(("user", "hostname", "working_dir", "stop_signal", "cpuset"))


def _quoted(file: File) -> Iterator[tuple[Place, Scalar, str]]:
    """Yield the values in quotes on one line, with what is between the quotes."""
    for place in file.places:
        node = place.node
        if isinstance(node, Scalar) and is_quoted(node) and node.properties is None:
            inner = file.text[node.start + 1 : node.end - 1]
            if "\n" not in inner and inner and "\\" not in inner and "''" not in inner:
                yield place, node, inner


def _unquoted(place: Place, node: Scalar, inner: str, *, is_exact: bool) -> Slip:
    change = Change(node.start, node.end, inner)
    return Slip((change,), is_exact, (place.path,), True if is_exact else None)


def needed_before_a_sign(file: File, random: Random) -> Iterator[Slip]:
    for place, node, inner in _quoted(file):
        if inner[0] not in "@`%*&![{>|" or place.is_in_flow or inner != inner.strip():
            continue
        is_clear = inner[0] in _NEVER_FIRST or (inner[0] == "*" and " #" not in inner)
        is_exact = is_clear and file.has_one_kind_of_quote(node) and ": " not in inner
        yield _unquoted(place, node, inner, is_exact=is_exact)


def needed_around_a_colon(file: File, random: Random) -> Iterator[Slip]:
    for place, node, inner in _quoted(file):
        if ": " not in inner or " #" in inner or place.is_in_flow or place.entry is None:
            continue
        if inner[0].isalnum() and not inner.endswith(":") and "'" not in inner:
            is_exact = file.has_one_kind_of_quote(node) and file.is_last_in_line(place)
            yield _unquoted(place, node, inner, is_exact=is_exact)


def needed_around_a_hash(file: File, random: Random) -> Iterator[Slip]:
    """Make a comment of what is behind the sign: nobody can know that it was meant as text."""
    for place, node, inner in _quoted(file):
        if " #" in inner and inner[0].isalnum() and not place.is_in_flow and ": " not in inner:
            change = Change(node.start, node.end, inner)
            yield Slip((change,), False, (place.path,))


def needed_around_a_number(file: File, random: Random) -> Iterator[Slip]:
    for place, node, inner in _quoted(file):
        if place.name in _TEXTS_THAT_ARE_NUMBERS and len(place.path) == 3 and inner.isdigit():
            is_exact = file.has_one_kind_of_quote(node)
            change = Change(node.start, node.end, inner)
            yield Slip((change,), is_exact, (place.path,), is_refused=True)


def not_closed(file: File, random: Random) -> Iterator[Slip]:
    for place, node, inner in _quoted(file):
        if file.is_last_in_line(place) and " #" not in inner and not place.is_in_flow:
            change = Change(node.end - 1, node.end, "")
            yield Slip((change,), True, (place.path,), is_refused=True)


def not_closed_in_brackets(file: File, random: Random) -> Iterator[Slip]:
    for place, node, inner in _quoted(file):
        is_one = place.is_in_flow and "\n" not in file.text[place.parent.start : place.parent.end]
        if is_one and place.entry is None and not set(inner) & set("[]{},:#'\""):
            change = Change(node.end - 1, node.end, "")
            yield Slip((change,), True, (place.path[:-1],), is_refused=True)


def not_opened(file: File, random: Random) -> Iterator[Slip]:
    """Whether a quote is missing before the value, or one too many behind it, is not clear."""
    for place, node, _ in _quoted(file):
        change = Change(node.start, node.start + 1, "")
        yield Slip((change,), False, (place.path,))


def closed_by_the_other(file: File, random: Random) -> Iterator[Slip]:
    for place, node, inner in _quoted(file):
        other = "'" if node.style is Style.DOUBLE_QUOTED else '"'
        is_clear = not set(inner) & set("'\"#") and file.is_last_in_line(place)
        if is_clear and not place.is_in_flow:
            change = Change(node.end - 1, node.end, other)
            yield Slip((change,), True, (place.path,), is_refused=True)


def typographic(file: File, random: Random) -> Iterator[Slip]:
    for place, node, inner in _quoted(file):
        opening, closing = "“”" if node.style is Style.DOUBLE_QUOTED else "‘’"
        # Whether straight quotes were needed, and which, must be clear.
        is_text = not isinstance(resolve(node), str) or inner.isprintable()
        if is_text and not set(inner) & set("#,[]{}'\""):
            changes = (
                Change(node.start, node.start + 1, opening),
                Change(node.end - 1, node.end, closing),
            )
            yield Slip(changes, True, (place.path,))


def around_what_is_assigned(file: File, random: Random) -> Iterator[Slip]:
    """Write `- A="b"`: to Compose, the quotes belong to the value."""
    for place in file.places:
        name, sign, value = file.text[place.start : place.end].partition("=")
        is_pair = place.entry is None and is_plain(place.node) and bool(sign)
        if is_pair and place.path[2:3] == ("environment",) and value and name.isidentifier():
            if set(value) & set("'\"#\\") or not file.is_one_line(place) or place.is_in_flow:
                continue
            start = place.start + len(name) + 1
            changes = (Change(start, start, '"'), Change(place.end, place.end, '"'))
            yield Slip(changes, True, (place.path,), is_refused=False)


SLIPS = {
    "quotes: needed before a sign": needed_before_a_sign,
    "quotes: needed around a colon": needed_around_a_colon,
    "quotes: needed around a hash": needed_around_a_hash,
    "quotes: needed around a number": needed_around_a_number,
    "quotes: not closed": not_closed,
    "quotes: not closed in brackets": not_closed_in_brackets,
    "quotes: not opened": not_opened,
    "quotes: closed by the other kind": closed_by_the_other,
    "quotes: typographic": typographic,
    'quotes: - A="b"': around_what_is_assigned,
}
