"""Comments, found in the gaps between nodes (as yamllint finds them between tokens).

Wherever no scalar, alias, tag or anchor stands, a `#` can only begin a comment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.source import Span
from composecheck.yaml.gaps import BLANKS, BREAKS, start_of_line
from composecheck.yaml.nodes import Alias, Scalar, properties_of
from composecheck.yaml.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from composecheck.source import Source
    from composecheck.yaml.nodes import Node

# A line that begins with % between documents is a directive, whatever stands in it.
_COMMENT_OR_DIRECTIVE = expression(
    rf"(?<![^{BREAKS}])%[^{BLANKS}]+(?:[ \t]+[^{BLANKS}#][^{BLANKS}]*)*"
    rf"|(?P<comment>#[^{BREAKS}]*)"
)
_BLOCK_HEADER = expression(rf"(?P<indicators>[|>][-+0-9]*)[^{BREAKS}]*")


class Comment(Struct, frozen=True):
    """A comment: its span from `#` up to, not including, the line break."""

    source: Source
    span: Span
    is_own_line: bool
    """Whether nothing but blanks stands before it in its line."""

    @property
    def text(self) -> str:
        """What it says, `#` included."""
        return self.source.slice(self.span)


def find_comments(source: Source, roots: Iterable[Node], end: int) -> Iterator[Comment]:
    """Yield the comments of a file whose trees are `roots`, in the order of the text.

    From offset `end` on, there are trees that could not be read: nothing there is looked at.
    """
    position = 0
    for taken_from, taken_to in (*_taken(roots), (end, end)):
        for match in _COMMENT_OR_DIRECTIVE.finditer(source.text, position, taken_from):
            if match["comment"] is not None:
                yield _comment(source, match.start(), match.end())
        position = max(position, taken_to)


def _taken(roots: Iterable[Node]) -> Iterator[tuple[int, int]]:
    """Yield where characters belong to scalars, aliases, anchors and tags, in order."""
    for node in (node for root in roots for node in walk(root)):
        start = node.start
        properties = properties_of(node)
        if properties:
            start = properties.content_start
            spans = (properties.anchor_span, properties.tag_span)
            for span in sorted((span for span in spans if span), key=lambda span: span.start):
                yield span.start, span.end
        if isinstance(node, Alias):
            yield start, node.end
        elif isinstance(node, Scalar):
            if node.style.is_block:
                yield from _taken_by_block(node, start)
            else:
                yield start, node.end


def _taken_by_block(scalar: Scalar, start: int) -> Iterator[tuple[int, int]]:
    """Yield the indicators of a block scalar, and its lines: a comment may be between them."""
    header = _BLOCK_HEADER.match(scalar.source.text, start)
    if header:
        yield start, header.end("indicators")
    if header and scalar.text:
        yield header.end(), scalar.end


def _comment(source: Source, start: int, end: int) -> Comment:
    is_own_line = not source.text[start_of_line(source.text, start) : start].strip(" \t")
    return Comment(source, Span(start, end), is_own_line)
