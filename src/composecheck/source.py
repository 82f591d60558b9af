"""A file's text, and places in it.

Everything that points into a file does so with offsets: Unicode code points of the decoded text
without its byte order mark, counted from 0, ends exclusive. Lines and columns, counted from 1, are
worked out only when somebody asks.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression

if TYPE_CHECKING:
    from pathlib import Path

# Longest first where one begins with another.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_LINE_BREAK = expression(r"\r\n|\n|\r")


class Span(Struct, frozen=True):
    """The characters from offset `start` up to, not including, `end`; both count from 0."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


class Position(Struct, frozen=True):
    """A line and a column, both counting from 1; columns are code points."""

    line: int
    column: int


class Source(Struct, frozen=True, dict=True):
    """A file as text.

    `name` is what people call it (the path as given, `<stdin>`, or anything for a text that is no
    file). `text` is decoded, without byte order mark. A byte that is no UTF-8 stands in it as a
    lone surrogate (PEP 383), so that nothing is lost: see `undecodable`.
    """

    name: str
    text: str
    encoding: str = "utf-8"
    byte_order_mark: bytes = b""

    def __repr__(self) -> str:
        return f"Source({self.name!r})"

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins; the first is 0."""
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]

    def position(self, offset: int) -> Position:
        """Return the line and column (from 1) of the character at `offset` (from 0)."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """Return the characters of line number `line` (from 1), without its line break."""
        starts = self.line_starts
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def first_line(self, span: Span) -> Span:
        """Return the part of `span` that stands on its first line: enough to point at it."""
        end = self.text.find("\n", span.start, span.end)
        return span if end < 0 else Span(span.start, end)

    def slice(self, span: Span) -> str:
        """Return the characters of `span`."""
        return self.text[span.start : span.end]

    @property
    def undecodable(self) -> int | None:
        """The offset of the first byte that is no valid text, or None."""
        match = re.search("[\udc80-\udcff]", self.text)
        return match.start() if match else None

    def byte_offset(self, offset: int) -> int:
        """Return where in the file's bytes (from 0) the character at `offset` begins."""
        before = self.text[:offset].encode(self.encoding, "surrogateescape")
        return len(self.byte_order_mark) + len(before)

    def encode(self) -> bytes:
        """Return the bytes of the file: exactly those it was decoded from."""
        return self.byte_order_mark + self.text.encode(self.encoding, "surrogateescape")


def decode(data: bytes, name: str) -> Source:
    """Make a Source of a file's bytes, as Compose's YAML reader decodes them.

    UTF-8, unless a byte order mark says UTF-16. (Facts: go-yaml, `readerc.go`; measured: it takes
    a mark of UTF-8 and of UTF-16 in both orders.)
    """
    mark, encoding = next(
        (known for known in _BYTE_ORDER_MARKS if data.startswith(known[0])), (b"", "utf-8")
    )
    body = data[len(mark) :]
    try:
        # In UTF-16 no surrogate can carry half a character and be written back as what it was.
        text = body.decode(encoding, "surrogateescape" if encoding == "utf-8" else "strict")
    except UnicodeDecodeError:
        mark, encoding = b"", "utf-8"
        text = data.decode("utf-8", "surrogateescape")
    return Source(name, text, encoding, mark)


def read(path: Path, name: str | None = None) -> Source:
    """Read the file at `path`; `name` is what to call it, by default the path as given.

    Raises OSError if it cannot be read.
    """
    return decode(path.read_bytes(), str(path) if name is None else name)
