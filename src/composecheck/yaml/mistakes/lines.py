"""The lines of a YAML text that cannot be parsed, read as far as each can be by itself."""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.source import Span
from composecheck.yaml.mistakes.scan import comment_start, flow_end, quote_end

if TYPE_CHECKING:
    from composecheck.source import Source

_LEADING = expression(r"[ \t]*")
_DASH = expression(r"-(?:[ \t]+|(?=[\r\n]|\Z))")
_PROPERTIES = expression(r"(?:[&!][^\s,\[\]{}]*[ \t]+)+")
_PLAIN_KEY = expression(r"(?:(?![ \t]#)[^\r\n])+?(?=[ \t]*:(?:[ \t\r\n]|\Z))")
_COLON = expression(r"[ \t]*:(?=[ \t\r\n]|\Z)")
_MARKER = expression(r"(?:---|\.\.\.)(?=\s|\Z)")
BLOCK_HEADER = expression(r"[|>](?:[+-]?[1-9]?|[1-9][+-])(?=[ \t]*(?:[ \t]#|[\r\n]|\Z))")

# No Compose file is nested deeper; a file that is must not cost more than others.
_MOST_LEVELS = 40


class Kind(Enum):
    """What a line is, taken by itself."""

    BLANK = "blank"
    COMMENT = "comment"
    MARKER = "marker"
    """`---` or `...`."""
    CONTENT = "content"


class Shape(Enum):
    """What runs over several lines."""

    QUOTED = "quoted"
    FLOW = "flow"
    BLOCK = "block"


class Stretch(Struct, frozen=True):
    """Something that begins on one line and goes on over the next; `closed` if it has an end.

    `indent` is, for a block of text, the number of blanks before its first line.
    """

    shape: Shape
    span: Span
    closed: bool
    indent: int = 0


class Line(Struct, frozen=True):
    """One line. Offsets count from 0, `number` from 1; `end` excludes the line break.

    `indent` counts the blanks and tabs at its start, `dashes` are the offsets of the list dashes,
    `content` is the offset behind them. `value` is what follows the key (or the dashes), without
    blanks around it and a comment behind it. `inside` is the stretch that an earlier line began.
    """

    number: int
    start: int
    end: int
    indent: int
    kind: Kind
    dashes: tuple[int, ...]
    content: int
    key: Span | None
    colon: int | None
    value: Span
    inside: Stretch | None

    @property
    def column(self) -> int:
        """How far right its content begins, from 0, behind any dashes."""
        return self.content - self.start

    @property
    def columns(self) -> list[int]:
        """The columns (from 0) at which something begins that later lines can stand under."""
        columns = [dash - self.start for dash in self.dashes]
        if self.key is not None or not self.dashes:
            columns.append(self.column)
        return columns

    @property
    def opens(self) -> bool:
        """Whether it ends with a key that has nothing behind it: what is below belongs to it."""
        return self.key is not None and len(self.value) == 0


class Layout(Struct, frozen=True):
    """All lines of a text and where they start, and the stretches in the order of their starts."""

    text: str
    lines: tuple[Line, ...]
    stretches: tuple[Stretch, ...]
    starts: tuple[int, ...]

    def line_at(self, offset: int) -> Line:
        """Return the line that the character at `offset` stands on."""
        return self.lines[max(0, bisect_right(self.starts, offset) - 1)]

    def before(self, line: Line) -> Line | None:
        """Return the nearest line above that has content of its own."""
        for other in reversed(self.lines[: line.number - 1]):
            if other.kind is Kind.CONTENT and other.inside is None:
                return other
        return None

    def after(self, line: Line) -> Line | None:
        """Return the nearest line below that has content of its own."""
        for other in self.lines[line.number :]:
            if other.kind is Kind.CONTENT and other.inside is None:
                return other
        return None

    def levels(self, line: Line) -> list[tuple[int, Line]]:
        """Return the columns (from 0) that are open above `line`, the deepest first.

        Each with the nearest line that has something at it.
        """
        levels = []
        limit: float = float("inf")
        for other in reversed(self.lines[: line.number - 1]):
            if other.kind is Kind.MARKER:
                break
            if other.kind is not Kind.CONTENT or other.inside is not None:
                continue
            for column in reversed(other.columns):
                if column < limit:
                    levels.append((column, other))
                    limit = column
            if limit == 0 or len(levels) >= _MOST_LEVELS:
                break
        return levels

    def parent(self, line: Line, column: int) -> Line | None:
        """Return the nearest line above with a key that stands left of `column`."""
        for _, other in self.levels(line):
            if other.key is not None and other.column < column:
                return other
        return None

    def name(self, line: Line) -> str:
        """Return the key of `line`, without quotes, or what it says if it has none."""
        if line.key is not None:
            return self.text[line.key.start : line.key.end].strip("\"'")
        return self.text[line.value.start : line.value.end]


def lay_out(source: Source) -> Layout:
    """Read every line of `source` by itself, and what runs over several of them."""
    text = source.text
    lines: list[Line] = []
    stretches: list[Stretch] = []
    current: Stretch | None = None
    for number in range(1, len(source.line_starts) + 1):
        span = source.line_span(number)
        if current is not None and span.start >= current.span.end:
            current = None
        line = _read_line(text, number, span, current)
        lines.append(line)
        if line.kind is Kind.CONTENT and current is None:
            current = _stretch_from(source, line)
            if current is not None:
                stretches.append(current)
                if current.span.end <= line.end:
                    current = None
    return Layout(text, tuple(lines), tuple(stretches), tuple(source.line_starts))


def _read_line(text: str, number: int, span: Span, inside: Stretch | None) -> Line:
    start, end = span.start, span.end
    leading = _LEADING.match(text, start, end)
    position = leading.end() if leading else start
    indent = position - start
    kind = Kind.CONTENT
    if position == end:
        kind = Kind.BLANK
    elif text[position] == "#":
        kind = Kind.COMMENT
    elif indent == 0 and _MARKER.match(text, position):
        kind = Kind.MARKER
    if kind is not Kind.CONTENT:
        return Line(
            number, start, end, indent, kind, (), position, None, None, Span(position, end), inside
        )
    dashes = []
    while match := _DASH.match(text, position, end):
        dashes.append(position)
        position = match.end()
    content = position
    if properties := _PROPERTIES.match(text, position, end):
        position = properties.end()
    key, colon = _find_key(text, position, end)
    value_start = position if colon is None else colon + 1
    while value_start < end and text[value_start] in " \t":
        value_start += 1
    value_end = _value_end(text, value_start, end)
    value = Span(value_start, max(value_start, value_end))
    return Line(number, start, end, indent, kind, tuple(dashes), content, key, colon, value, inside)


def _find_key(text: str, position: int, end: int) -> tuple[Span | None, int | None]:
    """Return the key at `position` and the offset of its colon."""
    if position >= end or text[position] in "[{":
        return None, None
    if text[position] in "\"'":
        close = quote_end(text, position, end)
        if close is None:
            return None, None
        key = Span(position, close)
    else:
        match = _PLAIN_KEY.match(text, position, end)
        if match is None:
            return None, None
        key = Span(position, match.end())
    colon = _COLON.match(text, key.end)
    if colon is None or colon.end() > end:
        return None, None
    return key, colon.end() - 1


def _value_end(text: str, start: int, end: int) -> int:
    """Return where the value that begins at `start` ends on this line, before a comment."""
    search = start
    if start < end and text[start] in "\"'":
        search = quote_end(text, start, end) or start
    elif start < end and text[start] in "[{":
        close, closed = flow_end(text, start, end)
        search = close if closed else start
    stop = comment_start(text, search, end)
    while stop > start and text[stop - 1] in " \t":
        stop -= 1
    return stop


def _stretch_from(source: Source, line: Line) -> Stretch | None:
    """Return what the value of `line` begins, if that is something with an end of its own."""
    text = source.text
    start = line.value.start
    if properties := _PROPERTIES.match(text, start, line.end):
        start = properties.end()
    if start >= line.end:
        return None
    character = text[start]
    if character in "\"'":
        close = quote_end(text, start)
        span = Span(start, len(text) if close is None else close)
        return Stretch(Shape.QUOTED, span, close is not None)
    if character in "[{":
        end, closed = flow_end(text, start)
        return Stretch(Shape.FLOW, Span(start, end), closed)
    if BLOCK_HEADER.match(text, start):
        parent = (
            line.column
            if line.key is not None
            else line.dashes[-1] - line.start
            if line.dashes
            else -1
        )
        end, indent = _block_end(source, line.number, parent)
        return Stretch(Shape.BLOCK, Span(start, max(end, line.end)), closed=True, indent=indent)
    return None


def _block_end(source: Source, number: int, parent: int) -> tuple[int, int]:
    """Return where a block of text under line `number` ends, and the indent of its first line."""
    end = source.line_span(number).end
    indent = 0
    for below in range(number + 1, len(source.line_starts) + 1):
        span = source.line_span(below)
        line = source.text[span.start : span.end]
        stripped = line.lstrip(" ")
        if not stripped:
            continue
        width = len(line) - len(stripped)
        if width <= parent or (indent and width < indent):
            break
        indent = indent or width
        end = span.end
    return end, indent
