"""Fixes of text where a list or keys with values should stand: what each of its lines becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.finding import Edit
from composecheck.schema.foreign_blanks import FOREIGN_BLANKS
from composecheck.schema.grammar import Kind
from composecheck.source import Span
from composecheck.yaml.editing import lines
from composecheck.yaml.nodes import Mapping, Scalar, Style

if TYPE_CHECKING:
    from composecheck.schema.grammar import Shape
    from composecheck.schema.tree import Place
    from composecheck.schema.work import Work
    from composecheck.source import Source

_KEY_VALUE = expression(r"[^\s=:#'\"]+=")
_NEVER_IN_A_LIST = expression(r"[,;\s]")
_SIGN = rf":[{FOREIGN_BLANKS}]*|[ \t]*=[ \t]*"
_WORD_AND_REST = expression(
    rf"(?P<key>[A-Za-z_][\w.-]*)(?:{_SIGN}|[ \t{FOREIGN_BLANKS}]+)(?P<value>\S.*)"
)
_KEY_AND_VALUE = expression(rf"(?P<key>[A-Za-z_][\w.-]*)(?:{_SIGN})(?P<value>[^\s=:].*)")


class _Line(Struct, frozen=True):
    """One line of a text that stands below its key: `start` is the offset of `text`."""

    start: int
    text: str


def list_of_lines(work: Work, place: Place) -> tuple[Edit, ...] | None:
    """Make a list of a text: each of its lines an item, after `- `.

    A line that has a dash already keeps it; it may lack the blank behind it.
    """
    node, parent = place.node, place.parent
    if not isinstance(node, Scalar) or place.entry is None or parent is None:
        return None
    if node.properties is not None or node.style.is_block or node.start == node.end:
        return None
    source = node.source
    written = source.text[node.start : node.end]
    below = _lines_below(place)
    parts = [written] if below is None else [line.text for line in below]
    if not _may_be_items(place, parts):
        return None
    is_on_one_line = len(written.splitlines()) == 1
    if isinstance(parent.node, Mapping) and parent.node.is_flow:
        return (Edit(source, node.span, f"[{written}]"),) if is_on_one_line else None
    if below is None:
        if not is_on_one_line or lines.line_of(source, place.entry.key.start) != lines.line_of(
            source, node.start
        ):
            return None
        column = lines.column_of(source, place.entry.key.start)
        at = source.text.index(":", place.entry.key.end) + 1
        indent = " " * (column + work.habits.step)
        return (Edit(source, Span(at, node.start), f"{lines.line_break(source)}{indent}- "),)
    edits = []
    for line in below:
        if _has_dash(line.text):
            continue
        is_stuck = line.text.startswith("-")
        at = line.start + is_stuck
        edits.append(Edit(source, Span(at, at), " " if is_stuck else "- "))
    return tuple(edits)


def _has_dash(line: str) -> bool:
    return line.startswith("- ")


def _may_be_items(place: Place, parts: list[str]) -> bool:
    """Whether each line of a text can be an item of the list that belongs there."""
    node, shape = place.node, place.shape
    if shape is None or shape.items is None or not shape.items.takes(Kind.STRING):
        return False
    if len(parts) > 1 and not (isinstance(node, Scalar) and node.style is Style.PLAIN):
        return False
    # Where others have a dash, the first line is an item of its own, whatever it says.
    has_dashes = any(_has_dash(line) for line in parts)
    for index, part in enumerate(parts):
        if _has_dash(part) or (has_dashes and not index):
            continue
        text = part.removeprefix("-").strip("'\"")
        if shape.items.syntax == "key-value":
            if not _KEY_VALUE.match(text):
                return False
        elif _NEVER_IN_A_LIST.search(text):
            return False
    return True


def _lines_below(place: Place) -> list[_Line] | None:
    """Return the lines of a text that begins below its key; None if they are not in one column."""
    node, entry = place.node, place.entry
    if not isinstance(node, Scalar) or entry is None or node.start == node.end:
        return None
    source = node.source
    first, last = lines.line_of(source, node.start), lines.last_line(source, node.end)
    if lines.line_of(source, entry.key.end) == first:
        return None
    found = [_line(source, number, node.end) for number in range(first, last + 1)]
    written = [line for line in found if line.text]
    columns = {lines.column_of(source, line.start) for line in written}
    return written if len(columns) == 1 else None


def _line(source: Source, number: int, end: int) -> _Line:
    line = source.line_span(number)
    text = source.text[line.start : min(line.end, end)]
    return _Line(line.start + len(text) - len(text.lstrip(" \t")), text.strip(" \t"))


class Pairs(Struct, frozen=True):
    """A text as keys with values: how it is to be written, and the edits."""

    written: tuple[str, ...]
    edits: tuple[Edit, ...]


def pairs_of_lines(place: Place, shape: Shape) -> Pairs | None:
    """Put a colon and a blank behind the first word of each line: `driver bridge`, `image=nginx`.

    None if that word is no key there, or nothing stands behind it.
    """
    node = place.node
    if not isinstance(node, Scalar) or node.style is not Style.PLAIN or node.properties is not None:
        return None
    written, edits, names = [], [], set()
    for line in _lines_below(place) or ():
        named = _KEY_AND_VALUE.fullmatch(line.text) if shape.named is not None else None
        match = named or _WORD_AND_REST.fullmatch(line.text)
        if match is None or (named is None and match["key"] not in shape.keys):
            return None
        names.add(match["key"])
        written.append(f"{match['key']}: {match['value']}")
        span = Span(line.start + match.end("key"), line.start + match.start("value"))
        if node.source.slice(span) == " ":
            span = Span(span.start, span.start)
        text = ":" if not len(span) else ": "
        edits.append(Edit(node.source, span, text))
    if not edits or len(names) < len(edits):
        return None
    return Pairs(tuple(written), tuple(edits))
